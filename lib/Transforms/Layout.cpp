//===- Layout.cpp - Where the channels of an image stand ------------------===//

#include "Layout.h"

#include "tenon/IR/Create.h"
#include "tenon/IR/TenonOps.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"

namespace mlir::tenon {

SmallVector<int64_t> toChannelsFirst(int64_t rank) {
  SmallVector<int64_t> permutation = {0, rank - 1};
  llvm::append_range(permutation, llvm::seq<int64_t>(1, rank - 1));
  return permutation;
}

SmallVector<int64_t> toChannelsLast(int64_t rank) {
  SmallVector<int64_t> permutation = {0};
  llvm::append_range(permutation, llvm::seq<int64_t>(2, rank));
  permutation.push_back(1);
  return permutation;
}

Value createTransposed(ImplicitLocOpBuilder &b, Value value,
                       ArrayRef<int64_t> permutation) {
  ArrayRef<int64_t> shape = shapeOf(value);
  if (auto broadcast = value.getDefiningOp<BroadcastOp>()) {
    Value source = broadcast.getInput();
    SmallVector<int64_t> sourceShape(shapeOf(source));
    sourceShape.insert(sourceShape.begin(), shape.size() - sourceShape.size(),
                       1);
    source =
        createTransposed(b, createReshape(b, source, sourceShape), permutation);
    return BroadcastOp::create(
        b,
        RankedTensorType::get(permuted(shape, permutation),
                              elementTypeOf(value)),
        source);
  }
  int64_t last = -1;
  bool movesData = llvm::any_of(permutation, [&](int64_t axis) {
    if (shape[axis] == 1)
      return false;
    bool isBehind = axis < last;
    last = axis;
    return isBehind;
  });
  if (movesData)
    return TransposeOp::create(b, value, permutation);
  return createReshape(b, value, permuted(shape, permutation));
}

bool isElementwise(Operation *op) {
  if (op->getNumResults() != 1 || op->getNumRegions() != 0)
    return false;
  return isa<ActivationOp, CastOp>(op) ||
         (op->hasTrait<OpTrait::Elementwise>() &&
          isa<RankedTensorType>(op->getResult(0).getType()));
}

Operation *recreate(PatternRewriter &rewriter, Operation *op,
                    ValueRange operands, Type type) {
  OperationState state(op->getLoc(), op->getName());
  state.addOperands(operands);
  state.addAttributes(op->getAttrs());
  state.addTypes(type);
  return rewriter.create(state);
}

} // namespace mlir::tenon
