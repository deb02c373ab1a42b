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
/// neighbouring lines start in other banks; or they are swizzled: of each 128
/// bytes long, the 16 bytes number c of line l being at number c xor l mod 8.
struct StagedFactor {
  mlir::Value buffer;     ///< [slots, lines, elements of a line], space 3
  bool isSumInner = true; ///< a line holds steps of the sum, or else rows
  bool isSwizzled = false;
  int64_t extent = 0, depth = 0;

  int64_t lines() const { return isSumInner ? extent : depth; }
  int64_t lineLength() const { return isSumInner ? depth : extent; }
};

/// A pointer to an element of a memref, in the address space `space`.
mlir::Value pointerTo(mlir::ImplicitLocOpBuilder &b, mlir::Value memref,
                      mlir::ValueRange indices, unsigned space);

/// 16 rows (or columns) from `first` by 16 steps from `step` of a piece, for
/// mma.m16n8k16 (by 8 steps for m16n8k8 of tf32, to which numbers of an f32
/// piece are rounded; by 32 for m16n8k32 of bytes): of the first factor the
/// four registers that one instruction takes, of the second two for each of
/// two. `lane` is the thread's in its warp.
llvm::SmallVector<mlir::Value>
loadFragments(mlir::ImplicitLocOpBuilder &b, mlir::Value lane,
              const StagedFactor &factor, mlir::Value slot, mlir::Value first,
              int64_t step, bool isLhs);

/// The four sums of a lane after one such instruction: two neighbours in row
/// lane / 4 from column 2 (lane % 4) on, then those eight rows further down.
llvm::SmallVector<mlir::Value>
multiplyFragments(mlir::ImplicitLocOpBuilder &b, mlir::FloatType element,
                  llvm::ArrayRef<mlir::Value> left,
                  llvm::ArrayRef<mlir::Value> right,
                  llvm::ArrayRef<mlir::Value> sums);

/// The same of bytes, in i32, with a sign or without as their types have it.
llvm::SmallVector<mlir::Value> multiplyBytes(mlir::ImplicitLocOpBuilder &b,
                                             mlir::Type leftType,
                                             mlir::Type rightType,
                                             llvm::ArrayRef<mlir::Value> left,
                                             llvm::ArrayRef<mlir::Value> right,
                                             llvm::ArrayRef<mlir::Value> sums);

/// How the threads of a block share a tile of sums.
class MatmulCore {
public:
  virtual ~MatmulCore() = default;
  /// Rows and columns that a block does at once.
  int64_t rows = 0, columns = 0;
  /// Steps of the sum in a piece.
  virtual int64_t depth() const = 0;
  /// Whether multiply() only begins to multiply: the piece must stay until
  /// wait() says that it is done. Pieces are then swizzled, with the sum inner.
  virtual bool isAsynchronous() const { return false; }

  /// A thread's sums at first.
  virtual llvm::SmallVector<mlir::Value>
  start(mlir::ImplicitLocOpBuilder &b) = 0;
  /// Adds the products of the piece in `slot` to a thread's sums.
  virtual llvm::SmallVector<mlir::Value> multiply(mlir::ImplicitLocOpBuilder &b,
                                                  const StagedFactor &lhs,
                                                  const StagedFactor &rhs,
                                                  mlir::Value slot,
                                                  mlir::ValueRange sums) = 0;
  /// Before threads wait for one another: lets what this one has staged be
  /// multiplied asynchronously.
  virtual void publish(mlir::ImplicitLocOpBuilder &b) {}
  /// Waits until all but the last `left` pieces are multiplied.
  virtual void wait(mlir::ImplicitLocOpBuilder &b, int64_t left) {}
  /// A thread's sums one by one, when all is multiplied.
  virtual llvm::SmallVector<mlir::Value> finish(mlir::ImplicitLocOpBuilder &b,
                                                mlir::ValueRange sums) {
    return llvm::to_vector(sums);
  }

  /// How many of a thread's sums, counted from a multiple of it, are neighbours
  /// in a row, the first one in a column of a multiple of it.
  virtual int64_t neighbours() const { return 1; }
  /// The row and the column in the tile of a thread's sum number `index`.
  virtual std::pair<mlir::Value, mlir::Value>
  placeOf(mlir::ImplicitLocOpBuilder &b, int64_t index) = 0;
};

/// Zeros for `count` sums.
llvm::SmallVector<mlir::Value> createZeros(mlir::ImplicitLocOpBuilder &b,
                                           int64_t count, mlir::Type type);

/// Each thread holds up to 8 x 8 sums and multiplies one by one, in f32.
std::unique_ptr<MatmulCore> createFmaCore(ThreadGroup threads, int64_t rows,
                                          int64_t columns);

/// Each warp holds up to 64 x 64 sums and multiplies by tensor cores
/// (mma.sync): factors of 16 bits or f32 rounded to tf32, sums in f32, or of
/// bytes with sums in i32. Null where the warps cannot share such a tile.
std::unique_ptr<MatmulCore> createTensorCore(ThreadGroup threads, int64_t rows,
                                             int64_t columns, mlir::Type left,
                                             mlir::Type right);

/// Each group of four warps holds 64 x 256 sums or less and multiplies
/// asynchronously out of shared memory (wgmma, which sm_90a has): factors of 16
/// bits, sums in f32. Null where the tile is too small for the groups.
std::unique_ptr<MatmulCore> createWarpgroupCore(ThreadGroup threads,
                                                int64_t rows, int64_t columns,
                                                mlir::FloatType element);

} // namespace tenon

#endif // TENON_CODEGEN_GPU_MATMULPARTS_H
