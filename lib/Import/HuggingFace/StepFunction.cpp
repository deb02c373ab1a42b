//===- StepFunction.cpp - The function that a folder becomes --------------===//

#include "StepFunction.h"

#include "tenon/IR/ElementTypes.h"

using namespace mlir;

namespace tenon::hugging_face {

static DictionaryAttr portAttributes(OpBuilder &builder, const Port &port) {
  SmallVector<NamedAttribute> attributes = {
      builder.getNamedAttr("tenon.dtype",
                           builder.getStringAttr(name(port.type))),
      builder.getNamedAttr("tenon.name", builder.getStringAttr(port.name))};
  if (port.updated)
    attributes.push_back(
        builder.getNamedAttr("tenon.updated", builder.getUnitAttr()));
  return builder.getDictionaryAttr(attributes);
}

func::FuncOp createStep(OpBuilder &builder, ArrayRef<Port> inputs,
                        const std::map<std::string, int64_t> &sizes) {
  SmallVector<Type> types;
  for (const Port &port : inputs) {
    SmallVector<int64_t> shape;
    for (auto [size, symbol] : llvm::zip_equal(port.shape, port.symbols))
      shape.push_back(size < 0 ? sizes.at(symbol) : size);
    types.push_back(RankedTensorType::get(
        shape, elementType(builder.getContext(), port.type)));
  }
  auto step = func::FuncOp::create(builder, builder.getUnknownLoc(), "step",
                                   builder.getFunctionType(types, {}));
  step.addEntryBlock();
  for (auto [i, port] : llvm::enumerate(inputs))
    step.setArgAttrs(i, portAttributes(builder, port));
  return step;
}

void finishStep(OpBuilder &builder, func::FuncOp step, ArrayRef<Value> results,
                ArrayRef<Port> outputs) {
  func::ReturnOp::create(builder, step.getLoc(), results);
  step.setFunctionType(builder.getFunctionType(step.getArgumentTypes(),
                                               TypeRange(ValueRange(results))));
  for (auto [i, port] : llvm::enumerate(outputs))
    step.setResultAttrs(i, portAttributes(builder, port));
}

} // namespace tenon::hugging_face
