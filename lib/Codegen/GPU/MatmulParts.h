//===- MatmulParts.h - What a block's sum of products is made of ----------===//
//
// A block sums products for a tile of rows by columns. Pieces of the summed
// axis of both factors are staged in shared memory; from there a core takes
// them into the registers of its threads, which hold the tile's sums.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_CODEGEN_GPU_MATMULPARTS_H
#define TENON_CODEGEN_GPU_MATMULPARTS_H

#include "ThreadLoops.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace tenon {

/// What the loops of a sum of products are to it: rows are the first factor's
/// and the result's, columns the second's and the result's, sums both factors',
/// batches all three's.
struct MatmulLoops {
  llvm::SmallVector<unsigned> batches, rows, columns, sums;
};

/// A piece of one factor in shared memory: `extent` rows (or columns) by
/// `depth` steps of the sum. Lines are followed by 16 bytes of room, so that
/// neighbouring lines start in other banks.
struct StagedFactor {
  mlir::Value buffer;     ///< [slots, lines, elements of a line], space 3
  bool isSumInner = true; ///< a line holds steps of the sum, or else rows
  int64_t extent = 0, depth = 0;

  int64_t lines() const { return isSumInner ? extent : depth; }
  int64_t lineLength() const { return isSumInner ? depth : extent; }
};

/// A pointer to an element of a memref, in the address space `space`.
mlir::Value pointerTo(mlir::ImplicitLocOpBuilder &b, mlir::Value memref,
                      mlir::ValueRange indices, unsigned space);

/// How the threads of a block share a tile of sums.
class MatmulCore {
public:
  virtual ~MatmulCore() = default;
  /// Rows and columns that a block does at once.
  int64_t rows = 0, columns = 0;
  /// How many sums a thread holds.
  virtual int64_t sumCount() const = 0;
  /// Adds the products of the piece in `slot` to a thread's sums.
  virtual llvm::SmallVector<mlir::Value> multiply(mlir::ImplicitLocOpBuilder &b,
                                                  const StagedFactor &lhs,
                                                  const StagedFactor &rhs,
                                                  mlir::Value slot,
                                                  mlir::ValueRange sums) = 0;
  /// The row and the column in the tile of a thread's sum number `index`.
  virtual std::pair<mlir::Value, mlir::Value>
  placeOf(mlir::ImplicitLocOpBuilder &b, int64_t index) = 0;
};

/// Each thread holds up to 8 x 8 sums and multiplies one by one, in f32.
std::unique_ptr<MatmulCore> createFmaCore(ThreadGroup threads, int64_t rows,
                                          int64_t columns);

/// Each warp holds up to 64 x 64 sums and multiplies by tensor cores
/// (mma.sync): factors of 16 bits (`element`), sums in f32. Null where the
/// warps cannot share such a tile.
std::unique_ptr<MatmulCore> createTensorCore(ThreadGroup threads, int64_t rows,
                                             int64_t columns,
                                             mlir::FloatType element);

} // namespace tenon

#endif // TENON_CODEGEN_GPU_MATMULPARTS_H
