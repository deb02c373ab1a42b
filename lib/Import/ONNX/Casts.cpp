//===- Casts.cpp - Conversion of element types ----------------------------===//

#include "GraphImporter.h"
#include "Operands.h"

#include "tenon/Import/Tensors/TensorProto.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::LogicalResult;
using mlir::Value;

/// The element type that an attribute names.
static FailureOr<DataType> typeAttribute(const Node &node,
                                         llvm::StringRef attribute) {
  if (!node.hasAttribute(attribute))
    return node.error("it has no type '" + attribute + "'");
  int64_t number = node.intAttribute(attribute, 0);
  if (std::optional<DataType> type = dataTypeFromProto(number))
    return *type;
  return node.unsupported("to " + llvm::Twine(protoTypeName(number)));
}

static LogicalResult setCast(Node &node, DataType type) {
  const OnnxValue &input = node.input(0);
  node.setOutput(0,
                 castTo(node.builder, node.loc, input, type,
                        node.intAttribute("saturate", 1)),
                 type);
  return mlir::success();
}

static LogicalResult cast(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  auto type = typeAttribute(node, "to");
  return failed(type) ? failure() : setCast(node, *type);
}

static LogicalResult castLike(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  return setCast(node, node.graph.inputOf(node, 1)->tensor.type);
}

/// The same bits as another type of the same width.
static LogicalResult bitCast(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  auto type = typeAttribute(node, "to");
  if (failed(type))
    return failure();
  const OnnxValue &input = node.input(0);
  mlir::Type from = input.tensorType().getElementType();
  mlir::Type to = elementType(node.builder.getContext(), *type);
  if (byteWidth(input.type) != byteWidth(*type))
    return node.error("the types differ in width");
  // A boolean is a byte of 0 or 1 in memory, one bit in the IR.
  if (from.isInteger(1) || to.isInteger(1)) {
    node.setOutput(0, castTo(node.builder, node.loc, input, *type), *type);
    return mlir::success();
  }
  Value value = input.value;
  if (from != to)
    value = mlir::arith::BitcastOp::create(
        node.builder, node.loc, mlir::RankedTensorType::get(input.shape(), to),
        value);
  node.setOutput(0, value, *type);
  return mlir::success();
}

void onnx_import::addCasts(OperatorTable &table) {
  table["::Cast"] = cast;
  table["::CastLike"] = castLike;
  table["::BitCast"] = bitCast;
  addQuantization(table);
}
