//===- Quantization.cpp - To and from scaled integers ---------------------===//

#include "Axes.h"
#include "Operands.h"

#include "tenon/Import/Tensors/TensorProto.h"

#include <limits>

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::LogicalResult;
using mlir::Value;

/// A scale or zero point spread over the input: one for all, one per index of
/// an axis, or one per block along it.
static FailureOr<Value> spread(const Node &node, Value parameter,
                               llvm::ArrayRef<int64_t> shape) {
  auto given =
      mlir::cast<mlir::RankedTensorType>(parameter.getType()).getShape();
  if (sizeProduct(given) == 1)
    return broadcastTo(node.builder, node.loc,
                       reshapeTo(node.builder, node.loc, parameter, {}), shape);
  auto axis = resolveAxis(node, node.intAttribute("axis", 1), shape.size());
  if (failed(axis))
    return failure();
  if (given.size() == 1) {
    if (given[0] != shape[*axis])
      return node.error("it has " + llvm::Twine(given[0]) +
                        " scales for axis " + llvm::Twine(*axis) + " of size " +
                        llvm::Twine(shape[*axis]));
    llvm::SmallVector<int64_t> aligned(shape.size() - *axis, 1);
    aligned[0] = given[0];
    return broadcastTo(node.builder, node.loc,
                       reshapeTo(node.builder, node.loc, parameter, aligned),
                       shape);
  }
  int64_t block = node.intAttribute("block_size", 0);
  if (given.size() != shape.size() || given[*axis] == 0)
    return node.error("scales of " + shapeText(given) +
                      " do not fit an input of " + shapeText(shape));
  if (block == 0)
    block = (shape[*axis] + given[*axis] - 1) / given[*axis];
  if (block < 1 || (shape[*axis] + block - 1) / block != given[*axis])
    return node.error("blocks of " + llvm::Twine(block) + " do not fit axis " +
                      llvm::Twine(*axis) + " of size " +
                      llvm::Twine(shape[*axis]));
  for (size_t i = 0; i < shape.size(); ++i)
    if (static_cast<int64_t>(i) != *axis && given[i] != shape[i])
      return node.error("scales of " + shapeText(given) +
                        " do not fit an input of " + shapeText(shape));
  // Repeated along the axis; the last block may be cut.
  llvm::SmallVector<int64_t> apart(given), wide, joined(given);
  apart.insert(apart.begin() + *axis + 1, 1);
  wide = apart;
  wide[*axis + 1] = block;
  joined[*axis] *= block;
  Value value = reshapeTo(node.builder, node.loc, parameter, apart);
  value = broadcastTo(node.builder, node.loc, value, wide);
  value = reshapeTo(node.builder, node.loc, value, joined);
  return sliceAxis(node, value, *axis, 0, shape[*axis]);
}

static DataType computeType(DataType type) {
  return type == DataType::Float64 ? type : DataType::Float32;
}

/// The type of the quantized values: that of the zero point, else an
/// attribute's, else uint8.
static FailureOr<DataType> quantizedType(const Node &node) {
  if (node.has(2))
    return node.input(2).type;
  int64_t number = node.intAttribute("output_dtype", 0);
  if (number == 0)
    return DataType::UInt8;
  if (auto type = dataTypeFromProto(number))
    return *type;
  return node.unsupported("to " + llvm::Twine(protoTypeName(number)));
}

static LogicalResult quantizeLinear(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  auto type = quantizedType(node);
  if (failed(type))
    return failure();
  const OnnxValue &input = node.input(0);
  DataType computed = computeType(input.type);
  auto scale =
      spread(node, castTo(node.builder, node.loc, node.input(1), computed),
             input.shape());
  if (failed(scale))
    return failure();
  if (int64_t number = node.intAttribute("precision", 0))
    if (dataTypeFromProto(number) != computed)
      return node.unsupported("dividing in " +
                              llvm::Twine(protoTypeName(number)));
  Arithmetic math(node, computed);
  Value value =
      math.div(castTo(node.builder, node.loc, input, computed), *scale);
  if (!isFloat(*type))
    value = mlir::math::RoundEvenOp::create(node.builder, node.loc, value);
  if (node.has(2)) {
    auto zero =
        spread(node, castTo(node.builder, node.loc, node.input(2), computed),
               input.shape());
    if (failed(zero))
      return failure();
    value = math.add(value, *zero);
  }
  // Conversion saturates, but for 4 bits, where it wraps.
  if (*type == DataType::Int4 || *type == DataType::UInt4) {
    double low = *type == DataType::Int4 ? -8 : 0;
    auto tensor = mlir::cast<mlir::RankedTensorType>(value.getType());
    value = mlir::arith::MaximumFOp::create(
        node.builder, node.loc, value,
        splat(node.builder, node.loc, tensor, low));
    value = mlir::arith::MinimumFOp::create(
        node.builder, node.loc, value,
        splat(node.builder, node.loc, tensor, low + 15));
  }
  node.setOutput(0,
                 castTo(node.builder, node.loc, OnnxValue{value, computed, {}},
                        *type, node.intAttribute("saturate", 1)),
                 *type);
  return mlir::success();
}

static LogicalResult dequantizeLinear(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  const OnnxValue &input = node.input(0), &scale = node.input(1);
  DataType type = scale.type;
  if (int64_t number = node.intAttribute("output_dtype", 0)) {
    auto given = dataTypeFromProto(number);
    if (!given)
      return node.unsupported("to " + llvm::Twine(protoTypeName(number)));
    type = *given;
  }
  DataType computed = computeType(type);
  auto by = spread(node, castTo(node.builder, node.loc, scale, computed),
                   input.shape());
  if (failed(by))
    return failure();
  // Integers of 32 bits lose nothing where the difference is an integer.
  bool exact = input.type == DataType::Int32;
  DataType difference = exact ? DataType::Int32 : computed;
  Value value = castTo(node.builder, node.loc, input, difference);
  if (node.has(2)) {
    auto zero =
        spread(node, castTo(node.builder, node.loc, node.input(2), difference),
               input.shape());
    if (failed(zero))
      return failure();
    value = Arithmetic(node, difference).sub(value, *zero);
  }
  value = castTo(node.builder, node.loc, OnnxValue{value, difference, {}},
                 computed);
  value = Arithmetic(node, computed).mul(value, *by);
  node.setOutput(
      0, castTo(node.builder, node.loc, OnnxValue{value, computed, {}}, type),
      type);
  return mlir::success();
}

/// Scale and zero point from the smallest and largest value, 0 among them.
static LogicalResult dynamicQuantizeLinear(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  if (input.type != DataType::Float32)
    return node.error("its input is not float32");
  llvm::SmallVector<int64_t> axes;
  for (int64_t axis = 0; axis < input.rank(); ++axis)
    axes.push_back(axis);
  auto reduce = [&](mlir::tenon::ReductionKind kind) -> FailureOr<Value> {
    auto op = node.create<mlir::tenon::ReduceOp>(kind, input.value, axes,
                                                 /*keep_dims=*/false,
                                                 /*unsigned_elements=*/false);
    if (failed(op))
      return failure();
    return op->getResult();
  };
  auto most = reduce(mlir::tenon::ReductionKind::max);
  auto least = reduce(mlir::tenon::ReductionKind::min);
  if (failed(most) || failed(least))
    return failure();
  Arithmetic math(node, DataType::Float32);
  Value zero = math.constant(*most, 0), steps = math.constant(*most, 255);
  Value low = math.min(*least, zero), high = math.max(*most, zero);
  Value range = math.sub(high, low);
  Value scale = math.select(math.equal(range, zero), math.constant(*most, 1),
                            math.div(range, steps));
  auto round = [&](Value value) -> Value {
    return mlir::math::RoundEvenOp::create(node.builder, node.loc, value);
  };
  Value start = round(math.div(math.sub(zero, low), scale));
  start = math.min(math.max(start, zero), steps);
  auto wide = [&](Value value) {
    return broadcastTo(node.builder, node.loc, value, input.shape());
  };
  Value result =
      math.add(round(math.div(input.value, wide(scale))), wide(start));
  auto toByte = [&](Value value) {
    return castTo(node.builder, node.loc,
                  OnnxValue{value, DataType::Float32, {}}, DataType::UInt8);
  };
  node.setOutput(0, toByte(result), DataType::UInt8);
  node.setOutput(1, scale, DataType::Float32);
  node.setOutput(2, toByte(start), DataType::UInt8);
  return mlir::success();
}

void onnx_import::addQuantization(OperatorTable &table) {
  table["::QuantizeLinear"] = quantizeLinear;
  table["::DequantizeLinear"] = dequantizeLinear;
  table["::DynamicQuantizeLinear"] = dynamicQuantizeLinear;
}
