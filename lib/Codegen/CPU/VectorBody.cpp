//===- VectorBody.cpp - Bodies of linalg ops on vectors -------------------===//

#include "VectorBody.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

bool tenon::isElementwiseOnNumbers(Operation &op) {
  return (OpTrait::hasElementwiseMappableTraits(&op) ||
          op.hasTrait<OpTrait::ConstantLike>()) &&
         llvm::all_of(op.getResultTypes(),
                      [](Type type) { return type.isIntOrIndexOrFloat(); });
}

SmallVector<Value>
tenon::computeBody(OpBuilder &builder, linalg::GenericOp op,
                   ArrayRef<Value> arguments,
                   llvm::function_ref<Value(int64_t)> indexOf) {
  Location loc = op.getLoc();
  ArrayRef<int64_t> lanes;
  for (Value argument : arguments)
    if (auto type = dyn_cast<VectorType>(argument.getType()))
      lanes = type.getShape();
  auto typeOf = [&](Type element) -> Type {
    return lanes.empty() ? element : VectorType::get(lanes, element);
  };
  IRMapping mapping;
  mapping.map(op.getBody()->getArguments().take_front(arguments.size()),
              arguments);
  auto valueOf = [&](Value value) -> Value {
    Value now = mapping.lookupOrDefault(value);
    if (!lanes.empty() && !isa<VectorType>(now.getType()))
      now =
          vector::BroadcastOp::create(builder, loc, typeOf(now.getType()), now);
    return now;
  };
  for (Operation &inner : op.getBody()->without_terminator()) {
    if (auto index = dyn_cast<linalg::IndexOp>(inner)) {
      mapping.map(index.getResult(), indexOf(index.getDim()));
      continue;
    }
    if (inner.hasTrait<OpTrait::ConstantLike>()) {
      builder.clone(inner, mapping);
      continue;
    }
    OperationState state(loc, inner.getName());
    for (Value operand : inner.getOperands())
      state.addOperands(valueOf(operand));
    for (Type type : inner.getResultTypes())
      state.addTypes(typeOf(type));
    state.addAttributes(inner.getAttrs());
    mapping.map(inner.getResults(), builder.create(state)->getResults());
  }
  return llvm::map_to_vector(op.getBody()->getTerminator()->getOperands(),
                             valueOf);
}
