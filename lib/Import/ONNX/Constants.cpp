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
template <typename T>
static mlir::FailureOr<std::vector<T>> rangeOf(const Node &node, T start,
                                               T limit, T delta) {
  if (delta == 0)
    return node.error("its step is 0");
  double steps =
      std::ceil((static_cast<double>(limit) - static_cast<double>(start)) /
                static_cast<double>(delta));
  if (!(steps < double(1 << 28)))
    return node.error("it has too many elements");
  std::vector<T> values(std::max<int64_t>(0, static_cast<int64_t>(steps)));
  // Integers are counted without sign: the distance may need all 64 bits.
  using Counted = std::conditional_t<std::is_integral_v<T>, uint64_t, T>;
  for (size_t i = 0; i < values.size(); ++i)
    values[i] =
        static_cast<T>(static_cast<Counted>(start) +
                       static_cast<Counted>(i) * static_cast<Counted>(delta));
  return values;
}

/// Computed in 64 bits for integers, else in float32 where the type is no
/// wider.
static LogicalResult range(Node &node) {
  if (failed(requireInputs(node, 3)))
    return failure();
  mlir::RankedTensorType scalar = node.input(0).tensorType();
  DataType type = node.input(0).type;
  const char *names[] = {"its start", "its limit", "its step"};
  Contents bounds[3];
  for (int i = 0; i < 3; ++i) {
    auto tensor = node.constant(i, names[i]);
    if (failed(tensor))
      return failure();
    auto contents = Contents::fromTensor(*tensor, scalar);
    if (tensor->type() != type || tensor->elements() != 1 || !contents)
      return node.error(llvm::Twine(names[i]) +
                        " is not a scalar of the first input's type");
    bounds[i] = std::move(*contents);
  }
  Contents result;
  result.element = scalar.getElementType();
  auto set = [&](const auto &values) {
    result = Contents({static_cast<int64_t>(values.size())}, result.element);
    for (auto [i, value] : llvm::enumerate(values))
      result.set(i, value);
  };
  auto floats = [&](auto zero) -> LogicalResult {
    using T = decltype(zero);
    auto values = rangeOf<T>(node, bounds[0].floats[0], bounds[1].floats[0],
                             bounds[2].floats[0]);
    if (failed(values))
      return failure();
    set(std::vector<double>(values->begin(), values->end()));
    return mlir::success();
  };
  if (!isFloat(type)) {
    auto values = rangeOf<int64_t>(node, bounds[0].ints[0], bounds[1].ints[0],
                                   bounds[2].ints[0]);
    if (failed(values))
      return failure();
    set(*values);
  } else if (failed(type == DataType::Float64 ? floats(double())
                                              : floats(float()))) {
    return failure();
  }
  node.setOutput(0, OnnxValue{{}, type, result.toTensor(type)});
  return mlir::success();
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
