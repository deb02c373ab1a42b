//===- Expressions.cpp - Tensor and scalar arithmetic at a node -----------===//

#include "Expressions.h"

#include "llvm/ADT/APFloat.h"

using namespace mlir;

namespace tenon::onnx_import {

Type accumulatorOf(Type element) {
  return element.isF64() ? element : Float32Type::get(element.getContext());
}

bool isFloatValue(const OnnxValue &value) {
  return isa<FloatType>(elementTypeOf(value.value));
}

template <typename FloatOp, typename IntOp>
Value TensorMath::binary(Value a, Value b) const {
  FailureOr<SmallVector<int64_t>> shape =
      broadcastShape(shapeOf(a), shapeOf(b));
  a = broadcast(a, *shape);
  b = broadcast(b, *shape);
  if (isa<FloatType>(elementTypeOf(a)))
    return FloatOp::create(builder, loc, a, b);
  return IntOp::create(builder, loc, a, b);
}

Value TensorMath::add(Value a, Value b) const {
  return binary<arith::AddFOp, arith::AddIOp>(a, b);
}
Value TensorMath::sub(Value a, Value b) const {
  return binary<arith::SubFOp, arith::SubIOp>(a, b);
}
Value TensorMath::mul(Value a, Value b) const {
  return binary<arith::MulFOp, arith::MulIOp>(a, b);
}
Value TensorMath::div(Value a, Value b) const {
  return binary<arith::DivFOp, arith::DivSIOp>(a, b);
}
Value TensorMath::add(Value a, double b) const {
  return b == 0 ? a : add(a, like(a, b));
}
Value TensorMath::mul(Value a, double b) const {
  return b == 1 ? a : mul(a, like(a, b));
}
Value TensorMath::clamp(Value a, double low, double high) const {
  a = arith::MaximumFOp::create(builder, loc, a, like(a, low));
  return arith::MinimumFOp::create(builder, loc, a, like(a, high));
}

Value TensorMath::select(Value condition, Value a, Value b) const {
  FailureOr<SmallVector<int64_t>> shape =
      broadcastShape(shapeOf(a), shapeOf(b));
  shape = broadcastShape(*shape, shapeOf(condition));
  return arith::SelectOp::create(builder, loc, broadcast(condition, *shape),
                                 broadcast(a, *shape), broadcast(b, *shape));
}

Value TensorMath::like(Value a, double value) const {
  return splat(builder, loc, cast<RankedTensorType>(a.getType()), value);
}

Value TensorMath::activation(mlir::tenon::ActivationKind kind, Value a,
                             std::optional<double> alpha,
                             std::optional<double> beta) const {
  auto attribute = [&](std::optional<double> value) {
    return value ? builder.getF64FloatAttr(*value) : FloatAttr();
  };
  return mlir::tenon::ActivationOp::create(builder, loc, a.getType(), kind, a,
                                           attribute(alpha), attribute(beta));
}

Value TensorMath::convert(Value a, Type element) const {
  if (elementTypeOf(a) == element)
    return a;
  return mlir::tenon::CastOp::create(
      builder, loc, RankedTensorType::get(shapeOf(a), element), a,
      /*unsigned_input=*/false, /*unsigned_result=*/false,
      /*saturate=*/false);
}

Value TensorMath::reshape(Value a, ArrayRef<int64_t> shape) const {
  return reshapeTo(builder, loc, a, shape);
}

Value TensorMath::transpose(Value a, ArrayRef<int64_t> permutation) const {
  if (llvm::is_sorted(permutation))
    return a;
  return mlir::tenon::TransposeOp::create(builder, loc, a, permutation);
}

Value TensorMath::broadcast(Value a, ArrayRef<int64_t> shape) const {
  return broadcastTo(builder, loc, a, shape);
}

Value TensorMath::slice(Value a, int64_t axis, int64_t start,
                        int64_t size) const {
  SmallVector<int64_t> sizes(shapeOf(a));
  if (start == 0 && sizes[axis] == size)
    return a;
  SmallVector<int64_t> starts(sizes.size(), 0), steps(sizes.size(), 1);
  starts[axis] = start;
  sizes[axis] = size;
  return mlir::tenon::SliceOp::create(builder, loc, a, starts, sizes, steps);
}

Value TensorMath::concat(ArrayRef<Value> values, int64_t axis) const {
  // Long lists are joined in groups: kernels of equal groups are one, and none
  // has more operands than compiles fast.
  constexpr size_t most = 16;
  SmallVector<Value> parts(values);
  while (parts.size() > 1) {
    SmallVector<Value> joined;
    for (size_t i = 0; i < parts.size(); i += most) {
      ArrayRef<Value> group =
          ArrayRef<Value>(parts).slice(i, std::min(most, parts.size() - i));
      joined.push_back(group.size() == 1 ? group.front()
                                         : mlir::tenon::ConcatOp::create(
                                               builder, loc, group, axis));
    }
    parts = std::move(joined);
  }
  return parts.front();
}

Value TensorMath::matmul(Value a, Value b, bool transposeA,
                         bool transposeB) const {
  return mlir::tenon::MatmulOp::create(builder, loc, a, b, transposeA,
                                       transposeB);
}

Value TensorMath::reduce(mlir::tenon::ReductionKind kind, Value a,
                         ArrayRef<int64_t> axes, bool keepDims) const {
  return mlir::tenon::ReduceOp::create(builder, loc, kind, a, axes, keepDims,
                                       /*unsigned_elements=*/false);
}

Value ScalarMath::number(double value) const {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getFloatAttr(type, value));
}
Value ScalarMath::index(int64_t value) const {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

template <typename FloatOp, typename IndexOp>
static Value scalarBinary(OpBuilder &builder, Location loc, Value a, Value b) {
  if (isa<FloatType>(a.getType()))
    return FloatOp::create(builder, loc, a, b);
  return IndexOp::create(builder, loc, a, b);
}

Value ScalarMath::add(Value a, Value b) const {
  return scalarBinary<arith::AddFOp, arith::AddIOp>(builder, loc, a, b);
}
Value ScalarMath::sub(Value a, Value b) const {
  return scalarBinary<arith::SubFOp, arith::SubIOp>(builder, loc, a, b);
}
Value ScalarMath::mul(Value a, Value b) const {
  return scalarBinary<arith::MulFOp, arith::MulIOp>(builder, loc, a, b);
}
Value ScalarMath::div(Value a, Value b) const {
  return arith::DivFOp::create(builder, loc, a, b);
}
Value ScalarMath::max(Value a, Value b) const {
  return scalarBinary<arith::MaximumFOp, arith::MaxSIOp>(builder, loc, a, b);
}
Value ScalarMath::min(Value a, Value b) const {
  return scalarBinary<arith::MinimumFOp, arith::MinSIOp>(builder, loc, a, b);
}
Value ScalarMath::floor(Value a) const {
  return math::FloorOp::create(builder, loc, a);
}
Value ScalarMath::ceil(Value a) const {
  return math::CeilOp::create(builder, loc, a);
}
Value ScalarMath::select(Value condition, Value a, Value b) const {
  return arith::SelectOp::create(builder, loc, condition, a, b);
}
Value ScalarMath::both(Value a, Value b) const {
  return arith::AndIOp::create(builder, loc, a, b);
}

Value ScalarMath::less(Value a, Value b) const {
  if (isa<FloatType>(a.getType()))
    return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT, a, b);
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, a, b);
}
Value ScalarMath::lessOrEqual(Value a, Value b) const {
  if (isa<FloatType>(a.getType()))
    return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLE, a, b);
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::sle, a, b);
}

Value ScalarMath::toIndex(Value value) const {
  // MaxNumF gives the bound for NaN, for which fptosi has no meaning.
  value = arith::MaxNumFOp::create(builder, loc, value, number(-1 << 30));
  value = arith::MinNumFOp::create(builder, loc, value, number(1 << 30));
  Value whole =
      arith::FPToSIOp::create(builder, loc, builder.getI64Type(), value);
  return arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                    whole);
}

Value ScalarMath::toNumber(Value index) const {
  Value whole =
      arith::IndexCastOp::create(builder, loc, builder.getI64Type(), index);
  return arith::SIToFPOp::create(builder, loc, type, whole);
}

Value ScalarMath::read(Value tensor, ArrayRef<Value> indices) const {
  Value element = tensor::ExtractOp::create(builder, loc, tensor, indices);
  unsigned width = element.getType().getIntOrFloatBitWidth();
  if (width < type.getIntOrFloatBitWidth())
    return arith::ExtFOp::create(builder, loc, type, element);
  if (width > type.getIntOrFloatBitWidth())
    return arith::TruncFOp::create(builder, loc, type, element);
  return element;
}

Value ScalarMath::readIndex(Value tensor, ArrayRef<Value> indices) const {
  Value element = tensor::ExtractOp::create(builder, loc, tensor, indices);
  return arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                    element);
}

Value computeElements(
    const Node &node, ArrayRef<int64_t> shape, Type element,
    llvm::function_ref<Value(const ScalarMath &, ValueRange)> body) {
  OpBuilder &builder = node.builder;
  Value empty = tensor::EmptyOp::create(builder, node.loc, shape, element);
  AffineMap map = builder.getMultiDimIdentityMap(shape.size());
  SmallVector<utils::IteratorType> loops(shape.size(),
                                         utils::IteratorType::parallel);
  auto generic = linalg::GenericOp::create(
      builder, node.loc, TypeRange(empty.getType()), ValueRange(),
      ValueRange(empty), ArrayRef<AffineMap>(map), loops,
      [&](OpBuilder &nested, Location loc, ValueRange) {
        SmallVector<Value> indices;
        for (size_t axis = 0; axis < shape.size(); ++axis)
          indices.push_back(linalg::IndexOp::create(nested, loc, axis));
        Type type = accumulatorOf(element);
        Value result = body(ScalarMath(nested, loc, type), indices);
        if (type != element)
          result = arith::TruncFOp::create(nested, loc, element, result);
        linalg::YieldOp::create(nested, loc, result);
      });
  return generic.getResult(0);
}

/// `value` rounded to nearest even in `semantics`, as bits.
static uint64_t roundTo(const llvm::fltSemantics &semantics, double value) {
  llvm::APFloat number(value);
  bool lost = false;
  number.convert(semantics, llvm::APFloat::rmNearestTiesToEven, &lost);
  return number.bitcastToAPInt().getZExtValue();
}

template <typename T>
static void fill(const Tensor &tensor, ArrayRef<double> values) {
  for (auto [place, value] : llvm::zip(tensor.as<T>(), values))
    place = static_cast<T>(value);
}

Tensor tensorOf(DataType type, ArrayRef<int64_t> shape,
                ArrayRef<double> values) {
  Tensor tensor(type, std::vector<int64_t>(shape.begin(), shape.end()));
  auto fillBits = [&](const llvm::fltSemantics &semantics) {
    for (auto [place, value] : llvm::zip(tensor.as<uint16_t>(), values))
      place = static_cast<uint16_t>(roundTo(semantics, value));
  };
  switch (type) {
  case DataType::Float64:
    fill<double>(tensor, values);
    break;
  case DataType::Float32:
    fill<float>(tensor, values);
    break;
  case DataType::Float16:
    fillBits(llvm::APFloat::IEEEhalf());
    break;
  case DataType::BFloat16:
    fillBits(llvm::APFloat::BFloat());
    break;
  case DataType::Bool:
    for (auto [place, value] : llvm::zip(tensor.as<uint8_t>(), values))
      place = value != 0;
    break;
  case DataType::Int8:
    fill<int8_t>(tensor, values);
    break;
  case DataType::UInt8:
    fill<uint8_t>(tensor, values);
    break;
  case DataType::Int16:
    fill<int16_t>(tensor, values);
    break;
  case DataType::UInt16:
    fill<uint16_t>(tensor, values);
    break;
  case DataType::Int32:
    fill<int32_t>(tensor, values);
    break;
  case DataType::UInt32:
    fill<uint32_t>(tensor, values);
    break;
  case DataType::Int64:
    fill<int64_t>(tensor, values);
    break;
  case DataType::UInt64:
    fill<uint64_t>(tensor, values);
    break;
  default:
    // Types of 8 bits and less are in no operator's list of output types.
    break;
  }
  return tensor;
}

Value tableOf(const Node &node, Type element, ArrayRef<int64_t> shape,
              ArrayRef<double> values) {
  DataType type = element.isF64() ? DataType::Float64 : DataType::Float32;
  return constantTensor(node.builder, node.loc, tensorOf(type, shape, values));
}

} // namespace tenon::onnx_import
