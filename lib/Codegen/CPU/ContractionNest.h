//===- ContractionNest.h - Loops around a contraction's memory -----------===//
//
// What the loop nests of a contraction are made of: loops over its axes, the
// addresses of its operands at the current iteration, elements as factors, and
// copies of operands near each other.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_CODEGEN_CPU_CONTRACTIONNEST_H
#define TENON_LIB_CODEGEN_CPU_CONTRACTIONNEST_H

#include "Contraction.h"

namespace tenon {

class ContractionNest {
public:
  /// Makes ready to write loops before `contraction`'s op.
  ContractionNest(const Contraction &contraction, const ContractionForm &form,
                  int64_t lanes);

protected:
  using Value = mlir::Value;

  Value constant(int64_t value);

  /// Sums that nothing has been added to.
  Value zeros();

  /// The index of `operand` at the current iteration, `shift` elements on.
  Value address(const StridedOperand &operand, int64_t shift = 0);

  static int64_t strideOf(const StridedOperand &operand, int64_t loop) {
    return loop < 0 ? 0 : operand.strides[loop];
  }

  /// Runs `body` for each iteration of `loops` in this block, the first
  /// outermost.
  void overLoops(llvm::ArrayRef<int64_t> loops,
                 llvm::function_ref<void()> body);

  /// A loop over [begin, end) of loop `loop` in steps.
  void step(int64_t loop, Value begin, Value end, int64_t by,
            llvm::function_ref<void()> body);

  /// Runs the summed loops `loops` around `body`, which maps accumulators to
  /// accumulators and takes `unit` steps of the innermost; `splits` times so
  /// many at once, each with accumulators of its own.
  llvm::SmallVector<Value> reduceOver(
      llvm::ArrayRef<int64_t> loops, llvm::SmallVector<Value> accumulators,
      llvm::function_ref<llvm::SmallVector<Value>(llvm::SmallVector<Value>)>
          body,
      int64_t splits = 1, int64_t unit = 1);

  /// Covers loop `loop` by tiles of at most `tile` steps: where its size is
  /// known of nearly equal ones, else step by step at the end. `body` is told
  /// the tile's size.
  void tiles(int64_t loop, int64_t tile,
             llvm::function_ref<void(int64_t)> body);

  /// The factor that `value`, an element or a vector of them, stands for.
  Value convert(const StridedOperand &operand, Value value);

  Value loadScalar(const StridedOperand &operand, Value index);

  /// A vector of `operand` from `index` on, `stride` elements apart; where
  /// there is a mask, zero past it.
  Value loadVector(const StridedOperand &operand, Value index, int64_t stride,
                   Value mask);

  /// The lanes of a vector at the current iteration of `loop` that the loop
  /// has.
  Value maskAtEnd(int64_t loop);

  /// Stores sums at `index` of the result; where there is a mask, its lanes.
  void storeSums(Value sums, Value index, Value mask);

  /// A copy, in a buffer, of the factors that `operand` gives in this block
  /// along `loops` (unless `converted`, of its elements); along the last of
  /// them, where they are neighbours, `length` many and then `padding` unused
  /// ones.
  StridedOperand copied(const StridedOperand &operand,
                        llvm::ArrayRef<int64_t> loops, int64_t length,
                        int64_t padding, bool converted = true);

  /// A copy of the vectors that `operand` gives in this block along `loops`, of
  /// which the last is the vector loop (`length` many, in each of `columns`
  /// steps of the column loop) and the one before is summed: elements of
  /// `group` steps of it, 2 or 4, lie side by side, extended to integers of
  /// `elementType` where they are narrower.
  StridedOperand copiedGroups(const StridedOperand &operand,
                              llvm::ArrayRef<int64_t> loops, int64_t columns,
                              int64_t length, int64_t group,
                              mlir::Type elementType);

  /// `value`, a vector of bytes of `operand`, extended to `elementType` by the
  /// sign that the operand's have; itself where it has such elements.
  Value extended(const StridedOperand &operand, Value value,
                 mlir::Type elementType);

  const Contraction &contraction;
  const ContractionForm &form;
  int64_t lanes;
  mlir::OpBuilder builder;
  mlir::Location loc;
  StridedOperand lhs, rhs, result;
  mlir::VectorType vectorType;
  /// The current iteration; null for loops that are not open.
  llvm::SmallVector<Value> indices;
  /// All of each loop, and what the current block covers of it.
  llvm::SmallVector<Value> sizes, begins, ends;
  llvm::SmallVector<int64_t> extents;

private:
  /// Memory of the kernel for `elements`, on the stack.
  Value allocate(int64_t elements, mlir::Type elementType);

  /// A masked vector of 16-bit floats, lane by lane: LLVM would take a masked
  /// load apart into such elements and call a library to round each.
  Value loadLanes(const StridedOperand &operand, Value index, Value mask);

  /// Lets `operand` be addressed by one index from its first element on.
  void flatten(StridedOperand &operand);
};

} // namespace tenon

#endif // TENON_LIB_CODEGEN_CPU_CONTRACTIONNEST_H
