//===- LoopNest.h - The loops of one linalg op for a block's threads ------===//

#ifndef TENON_CODEGEN_GPU_LOOPNEST_H
#define TENON_CODEGEN_GPU_LOOPNEST_H

#include "LoopPlaces.h"
#include "ThreadLoops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace tenon {

/// Shorter reductions are quicker in one thread than an exchange between lanes.
inline constexpr int64_t shortestSharedReduction = 32;

/// The loops of one linalg op, in the order of its iterators.
class LoopNest {
public:
  LoopNest(mlir::linalg::LinalgOp op, ThreadGroup threads)
      : LoopNest(op, threads,
                 mlir::ImplicitLocOpBuilder(op.getLoc(), op.getOperation())) {}
  LoopNest(mlir::linalg::LinalgOp op, ThreadGroup threads,
           const mlir::ImplicitLocOpBuilder &builder)
      : op(op), threads(threads), b(builder) {
    for (const mlir::Range &range : op.createLoopRanges(b, op.getLoc()))
      sizes.push_back(range.size);
    for (auto [loop, kind] : llvm::enumerate(op.getIteratorTypesArray()))
      (kind == mlir::utils::IteratorType::parallel ? parallel : reduction)
          .push_back(loop);
    places.assign(sizes.size(), index(0));
  }

  void emit();
  void emitElementAt(mlir::ValueRange place, mlir::Value memref,
                     mlir::Value value);

private:
  void emitElements();
  void emitNeighbours(int64_t count);
  void emitSharedReductions(llvm::ArrayRef<mlir::Operation *> joins);
  void joinLanes(llvm::ArrayRef<mlir::Operation *> joins,
                 llvm::MutableArrayRef<mlir::Value> results, int64_t lanes,
                 int64_t from);
  void joinWarps(llvm::ArrayRef<mlir::Operation *> joins,
                 llvm::MutableArrayRef<mlir::Value> results, mlir::Value group,
                 mlir::Value lane, int64_t warps);
  /// Shared memory for parts of sums.
  mlir::Value allocateParts(int64_t rows, int64_t columns, mlir::Type type);
  /// How many neighbours along the last parallel loop a thread reads at once of
  /// what it sums up; 1 where it cannot, or where there are sums enough.
  int64_t columnsTogether();
  void emitColumnReductions(llvm::ArrayRef<mlir::Operation *> joins,
                            int64_t together);
  /// The other parallel loops that a thread does all of: short ones without
  /// which the same memory is read.
  llvm::SmallVector<unsigned> loopsOfThread();
  llvm::SmallVector<mlir::Value> addColumns(mlir::ValueRange sums,
                                            llvm::ArrayRef<unsigned> whole,
                                            int64_t together);
  mlir::OpOperand &largestInput();

  mlir::Value index(int64_t value) {
    return mlir::arith::ConstantIndexOp::create(b, value);
  }
  mlir::Value toValue(mlir::OpFoldResult number) {
    return mlir::getValueOrCreateConstantIndexOp(b, op.getLoc(), number);
  }
  mlir::OpFoldResult countOf(llvm::ArrayRef<unsigned> loops) {
    return tenon::countOf(b, loops, sizes);
  }
  /// Sets the places along `loops` to those of element `number`, row-major.
  void decode(mlir::Value number, llvm::ArrayRef<unsigned> loops) {
    tenon::placeIteration(b, number, loops, sizes, places);
  }
  bool isInnermost(unsigned loop);
  int64_t neighbours();
  int64_t reducedNeighbours();

  llvm::SmallVector<mlir::Value> indicesOf(mlir::AffineMap map) {
    return tenon::indicesAt(b, map, places);
  }
  mlir::Value load(mlir::OpOperand &operand);
  /// `count` elements of an input from the places on along `loop`; nothing
  /// where they cannot be read at once.
  llvm::SmallVector<mlir::Value> loadAlong(mlir::OpOperand &input,
                                           unsigned loop, int64_t count);
  /// Lets the body have the elements number `step`.
  void know(const llvm::DenseMap<mlir::OpOperand *,
                                 llvm::SmallVector<mlir::Value>> &loaded,
            int64_t step);
  /// Whether the output is a sum (or the like) over the reduction, rather than
  /// written to at each of its places.
  bool isSum(mlir::OpOperand &output) {
    mlir::AffineMap map = op.getMatchingIndexingMap(&output);
    return llvm::none_of(
        reduction, [&](unsigned loop) { return map.isFunctionOfDim(loop); });
  }
  /// The values of the outputs after the body has run once at the places, given
  /// those of the sums before.
  llvm::SmallVector<mlir::Value> runBody(mlir::ValueRange sums);
  /// As runBody(), writes what is no sum and returns the sums.
  llvm::SmallVector<mlir::Value> runStep(mlir::ValueRange sums);
  void store(mlir::OpOperand &output, mlir::Value value);
  /// Runs the body over all of the reduction from loop `depth` on.
  llvm::SmallVector<mlir::Value> reduce(size_t depth, mlir::ValueRange sums);

  /// For each output the op that joins two partial results, or nothing.
  mlir::FailureOr<llvm::SmallVector<mlir::Operation *>> findJoins();
  mlir::Value join(mlir::Operation *with, mlir::Value left, mlir::Value right);

  mlir::linalg::LinalgOp op;
  ThreadGroup threads;
  mlir::ImplicitLocOpBuilder b;
  llvm::SmallVector<mlir::OpFoldResult> sizes;
  llvm::SmallVector<unsigned> parallel, reduction;
  llvm::SmallVector<mlir::Value> places;
  /// Memrefs whose elements at the places are at hand.
  llvm::SmallDenseMap<mlir::Value, mlir::Value> known;
};

} // namespace tenon

#endif // TENON_CODEGEN_GPU_LOOPNEST_H
