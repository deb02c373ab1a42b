//===- MatmulFactor.h - A factor's way into shared memory -----------------===//

#ifndef TENON_CODEGEN_GPU_MATMULFACTOR_H
#define TENON_CODEGEN_GPU_MATMULFACTOR_H

#include "MatmulParts.h"
#include "SumOfProducts.h"

namespace tenon {

/// One factor of a sum of products that a block stages piece by piece. One
/// that is computed is made on its way, and rounded where it is staged in 16
/// bits.
class MatmulFactor {
public:
  /// `own` are the loops that only this factor has with the result, `sums`
  /// those that both factors have.
  MatmulFactor(mlir::linalg::LinalgOp op, const ProductFactor &factor,
               llvm::ArrayRef<unsigned> own, llvm::ArrayRef<unsigned> sums,
               llvm::ArrayRef<mlir::OpFoldResult> sizes);

  /// Whether 16 bytes can be copied at once, without going through registers.
  bool isCopied(mlir::Type staged) const;
  /// Makes the buffer for pieces of `extent` by `depth`, as `staged` numbers,
  /// perhaps swizzled.
  void allocate(mlir::ImplicitLocOpBuilder &b, int64_t slots, int64_t extent,
                int64_t depth, mlir::Type staged, bool isSwizzled);
  const StagedFactor &staged() const { return piece; }

  /// Brings the piece that starts at `first` of its own axis and at `sum` into
  /// `slot`; zeros where the axes end. `places` are the places along the loops
  /// of batches.
  void stage(mlir::ImplicitLocOpBuilder &b, ThreadGroup threads,
             llvm::ArrayRef<mlir::Value> places, mlir::Value slot,
             mlir::Value first, mlir::Value sum);

private:
  llvm::SmallVector<mlir::Value> placesOf(mlir::ImplicitLocOpBuilder &b,
                                          llvm::ArrayRef<mlir::Value> batches,
                                          mlir::Value own, mlir::Value sum);
  llvm::SmallVector<mlir::Value>
  loadElements(mlir::ImplicitLocOpBuilder &b, mlir::OpOperand &input,
               llvm::ArrayRef<mlir::Value> places, int64_t count);
  llvm::SmallVector<mlir::Value> numbersAt(mlir::ImplicitLocOpBuilder &b,
                                           llvm::ArrayRef<mlir::Value> places,
                                           int64_t count, mlir::Type type);

  mlir::linalg::LinalgOp op;
  ProductFactor factor;
  mlir::Value source; ///< the factor's largest input, read by `map`
  mlir::AffineMap map;
  llvm::SmallVector<unsigned> own, sums;
  llvm::SmallVector<mlir::OpFoldResult> sizes;
  unsigned inner = 0; ///< the loop along which lines of a piece go on
  int64_t vector = 1; ///< elements in 16 bytes, 1 where these do not line up
  /// Numbers along the inner loop that a thread makes at once.
  int64_t together = 1;
  StagedFactor piece;
};

} // namespace tenon

#endif // TENON_CODEGEN_GPU_MATMULFACTOR_H
