//===- StepFunction.cpp - The function that a folder becomes --------------===//

#include "StepFunction.h"

#include "Sizes.h"

#include "tenon/IR/ElementTypes.h"
#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace tenon::hugging_face {

Port adapterPort() {
  return {"adapters", DataType::Int64, {-1}, {"batch"}, /*optional=*/true};
}

static DictionaryAttr portAttributes(OpBuilder &builder, const Port &port) {
  SmallVector<NamedAttribute> attributes = {
      builder.getNamedAttr("tenon.dtype",
                           builder.getStringAttr(name(port.type))),
      builder.getNamedAttr("tenon.name", builder.getStringAttr(port.name))};
  if (!port.stage.empty())
    attributes.push_back(builder.getNamedAttr(
        "tenon.stage", builder.getStringAttr(port.stage)));
  if (port.updated)
    attributes.push_back(
        builder.getNamedAttr("tenon.updated", builder.getUnitAttr()));
  return builder.getDictionaryAttr(attributes);
}

/// @step with `inputs` as arguments; its body is empty.
static func::FuncOp
createFunction(OpBuilder &builder, ArrayRef<Port> inputs,
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

ImportedModel createStep(MLIRContext &context, const Signature &signature,
                         const ImportOptions &options,
                         const std::map<std::string, int64_t> &sizes,
                         StepBuilder build) {
  context.loadDialect<mlir::tenon::TenonDialect, func::FuncDialect,
                      arith::ArithDialect, math::MathDialect>();
  OpBuilder builder(&context);
  ImportedModel imported;
  imported.module = ModuleOp::create(builder, builder.getUnknownLoc());
  builder.setInsertionPointToEnd(imported.module->getBody());
  std::vector<Port> inputs;
  for (const Port &port : signature.inputs)
    if (!port.optional || isGiven(port.name, options))
      inputs.push_back(port);
  func::FuncOp step = createFunction(builder, inputs, sizes);
  builder.setInsertionPointToStart(&step.getBody().front());
  SmallVector<Value> results = build(builder, step, inputs);
  if (results.empty())
    return imported;
  func::ReturnOp::create(builder, step.getLoc(), results);
  step.setFunctionType(builder.getFunctionType(step.getArgumentTypes(),
                                               TypeRange(ValueRange(results))));
  for (auto [i, port] : llvm::enumerate(signature.outputs))
    step.setResultAttrs(i, portAttributes(builder, port));
  return imported;
}

} // namespace tenon::hugging_face
