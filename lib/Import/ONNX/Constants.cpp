//===- Constants.cpp - Operators that make tensors from nothing -----------===//

#include "Axes.h"
#include "GraphImporter.h"
#include "Operands.h"

#include "tenon/Import/Tensors/TensorProto.h"

#include <cmath>

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::LogicalResult;

/// Constants of more elements stay in the model's file.
static constexpr int64_t smallConstant = 1024;

static LogicalResult setStored(Node &node, const onnx::TensorProto &proto) {
  Result<StoredTensor> stored = node.graph.file.locate(proto);
  if (!stored)
    return node.error(stored.error().message);
  ValueRef value = std::make_shared<GraphValue>();
  value->tensor.type = stored->type;
  if (stored->inFile() && stored->elements > smallConstant &&
      stored->type != DataType::Int4 && stored->type != DataType::UInt4) {
    stored->name = node.proto.output(0);
    value->stored = std::move(*stored);
  } else {
    Result<Tensor> loaded = node.graph.file.load(*stored);
    if (!loaded)
      return node.error(loaded.error().message);
    value->tensor.constant = std::move(*loaded);
  }
  node.graph.setOutputOf(node, 0, value);
  return mlir::success();
}

template <typename T, typename Range>
static LogicalResult setValues(Node &node, DataType type,
                               std::vector<int64_t> shape,
                               const Range &values) {
  Tensor tensor(type, std::move(shape));
  llvm::copy(values, tensor.as<T>().begin());
  node.setOutput(0, OnnxValue{{}, type, tensor});
  return mlir::success();
}

static LogicalResult constant(Node &node) {
  if (const onnx::AttributeProto *value = node.attribute("value"))
    return setStored(node, value->t());
  if (const onnx::AttributeProto *value = node.attribute("sparse_value")) {
    Result<Tensor> dense = node.graph.file.densify(value->sparse_tensor());
    if (!dense)
      return node.error(dense.error().message);
    node.setOutput(0, OnnxValue{{}, dense->type(), *dense});
    return mlir::success();
  }
  if (const onnx::AttributeProto *value = node.attribute("value_float"))
    return setValues<float>(node, DataType::Float32, {},
                            llvm::ArrayRef(value->f()));
  if (const onnx::AttributeProto *value = node.attribute("value_int"))
    return setValues<int64_t>(node, DataType::Int64, {},
                              llvm::ArrayRef<int64_t>(value->i()));
  if (const onnx::AttributeProto *value = node.attribute("value_floats"))
    return setValues<float>(node, DataType::Float32, {value->floats_size()},
                            value->floats());
  if (const onnx::AttributeProto *value = node.attribute("value_ints"))
    return setValues<int64_t>(node, DataType::Int64, {value->ints_size()},
                              value->ints());
  if (node.hasAttribute("value_string") || node.hasAttribute("value_strings"))
    return node.unsupported("it is a string");
  return node.error("it has no value");
}

static LogicalResult constantOfShape(Node &node) {
  auto sizes = node.constantInts(0, "the shape");
  if (failed(sizes))
    return failure();
  std::optional<int64_t> count =
      elementCount(std::span<const int64_t>(sizes->data(), sizes->size()));
  if (!count || *count > largestTensor)
    return node.error("no tensor can have the shape " + shapeText(*sizes));
  Tensor element(DataType::Float32, {1});
  if (const onnx::AttributeProto *value = node.attribute("value")) {
    Result<StoredTensor> stored = node.graph.file.locate(value->t());
    Result<Tensor> loaded =
        stored ? node.graph.file.load(*stored) : stored.error();
    if (!loaded)
      return node.error(loaded.error().message);
    if (loaded->elements() != 1)
      return node.error("its value has " + llvm::Twine(loaded->elements()) +
                        " elements, not 1");
    element = std::move(*loaded);
  }
  Tensor scalar(element.type(), {}, element.data(),
                std::make_shared<Tensor>(element));
  mlir::Value value = constantTensor(node.builder, node.loc, scalar);
  node.setOutput(0, broadcastTo(node.builder, node.loc, value, *sizes),
                 element.type());
  return mlir::success();
}

/// start, start + delta, ... up to limit, each computed from its index.
template <typename T> static LogicalResult rangeOf(Node &node) {
  T bounds[3];
  const char *names[] = {"its start", "its limit", "its step"};
  DataType type = node.input(0).type;
  for (int i = 0; i < 3; ++i) {
    auto tensor = node.constant(i, names[i]);
    if (failed(tensor))
      return failure();
    if (tensor->type() != type || tensor->elements() != 1)
      return node.error(llvm::Twine(names[i]) +
                        " is not a scalar of the first input's type");
    bounds[i] = tensor->as<T>()[0];
  }
  auto [start, limit, delta] = bounds;
  if (delta == 0)
    return node.error("its step is 0");
  double steps =
      std::ceil((static_cast<double>(limit) - static_cast<double>(start)) /
                static_cast<double>(delta));
  if (!(steps < double(1 << 28)))
    return node.error("it has too many elements");
  int64_t count = std::max<int64_t>(0, static_cast<int64_t>(steps));
  Tensor result(type, {count});
  for (int64_t i = 0; i < count; ++i)
    result.as<T>()[i] = static_cast<T>(start + static_cast<T>(i) * delta);
  node.setOutput(0, OnnxValue{{}, type, result});
  return mlir::success();
}

static LogicalResult range(Node &node) {
  if (failed(requireInputs(node, 3)))
    return failure();
  switch (node.input(0).type) {
  case DataType::Int64:
    return rangeOf<int64_t>(node);
  case DataType::Int32:
    return rangeOf<int32_t>(node);
  case DataType::Int16:
    return rangeOf<int16_t>(node);
  case DataType::Float32:
    return rangeOf<float>(node);
  case DataType::Float64:
    return rangeOf<double>(node);
  default:
    return node.unsupported("of " + llvm::Twine(name(node.input(0).type)) +
                            " values");
  }
}

/// Ones where the column is the row plus k.
static LogicalResult eyeLike(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  if (input.rank() != 2)
    return node.error("its input has " + llvm::Twine(input.rank()) +
                      " axes, not 2");
  DataType type = input.type;
  if (node.hasAttribute("dtype")) {
    auto given = dataTypeFromProto(node.intAttribute("dtype", 0));
    if (!given)
      return node.unsupported(protoTypeName(node.intAttribute("dtype", 0)) +
                              " elements");
    type = *given;
  }
  Arithmetic math(node, DataType::Int64);
  mlir::Value rows = positions(node, input.shape(), 0);
  mlir::Value columns = positions(node, input.shape(), 1);
  mlir::Value ones = math.equal(
      math.add(rows, math.integer(rows, node.intAttribute("k", 0))), columns);
  node.setOutput(
      0,
      castTo(node.builder, node.loc, OnnxValue{ones, DataType::Bool, {}}, type),
      type);
  return mlir::success();
}

void onnx_import::addConstants(OperatorTable &table) {
  table["::Constant"] = constant;
  table["::ConstantOfShape"] = constantOfShape;
  table["::Range"] = range;
  table["::EyeLike"] = eyeLike;
}
