//===- MergeWeight.cpp - A weight with its adapters -----------------------===//

#include "MergeWeight.h"

#include "tenon/IR/Create.h"
#include "tenon/IR/ElementTypes.h"
#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

using namespace mlir;
namespace ir = mlir::tenon;

namespace tenon {

Value createStored(OpBuilder &builder, Location loc, const StoredTensor &tensor,
                   Type element) {
  ImplicitLocOpBuilder b(loc, builder);
  const SafetensorsEntry &entry = tensor.entry;
  auto type = RankedTensorType::get(
      entry.shape, elementType(builder.getContext(), entry.type));
  Value stored = ir::WeightOp::create(b, type, entry.name, tensor.file,
                                      static_cast<int64_t>(entry.offset));
  return ir::createCast(b, stored, element);
}

Value scaled(OpBuilder &builder, Location loc, Value value, double scale,
             const std::string &name) {
  ImplicitLocOpBuilder b(loc, builder);
  auto type = cast<RankedTensorType>(value.getType());
  Value factor = ir::ParameterOp::create(
      b, name,
      DenseElementsAttr::get(RankedTensorType::get({}, type.getElementType()),
                             b.getFloatAttr(type.getElementType(), scale)));
  return arith::MulFOp::create(b, value,
                               ir::BroadcastOp::create(b, type, factor));
}

Value filledUp(OpBuilder &builder, Location loc, Value factor, int64_t axis,
               int64_t rank) {
  auto type = cast<RankedTensorType>(factor.getType());
  int64_t missing = rank - type.getDimSize(axis);
  if (missing <= 0)
    return factor;
  SmallVector<int64_t> low(type.getRank(), 0), high = low;
  high[axis] = missing;
  return ir::PadOp::create(builder, loc, factor, /*value=*/Value(), low, high,
                           ir::PadMode::constant);
}

/// The axes of a kernel behind `first` as one.
static Value flattened(ImplicitLocOpBuilder &b, Value value, int64_t first) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(value.getType()).getShape();
  SmallVector<int64_t> flat(shape.take_front(first));
  int64_t rest = 1;
  for (int64_t size : shape.drop_front(first))
    rest *= size;
  flat.push_back(rest);
  return ir::createReshape(b, value, flat);
}

/// The product of the factors, in the shape of the weight with the axes of a
/// window as one.
static Value createProduct(ImplicitLocOpBuilder &b, const LowRankChange &change,
                           int64_t rank) {
  Location loc = b.getLoc();
  Value first = createStored(b, loc, *change.a, b.getF32Type()),
        second = createStored(b, loc, *change.b, b.getF32Type());
  if (change.kind == ChangeKind::Kernel ||
      change.kind == ChangeKind::TransposedKernel)
    second = flattened(b, second, 1);
  second = filledUp(b, loc, second, 1, rank);
  auto multiply = [&](Value lhs, Value rhs, bool areTransposed) -> Value {
    return ir::MatmulOp::create(b, lhs, rhs, areTransposed, areTransposed);
  };
  switch (change.kind) {
  case ChangeKind::Matrix:
    return multiply(second, filledUp(b, loc, first, 0, rank), false);
  case ChangeKind::Table: // (B A)^T = A^T B^T
    return multiply(filledUp(b, loc, first, 0, rank), second, true);
  case ChangeKind::Kernel:
    return multiply(second, filledUp(b, loc, flattened(b, first, 1), 0, rank),
                    false);
  case ChangeKind::TransposedKernel: // for each input channel
    return multiply(second, filledUp(b, loc, flattened(b, first, 2), 1, rank),
                    false);
  case ChangeKind::AcrossGroups:
    break;
  }
  llvm_unreachable("across groups there is no product");
}

/// W + s B A in f32, as createProduct() gives it.
static Value createSum(ImplicitLocOpBuilder &b, Value weight,
                       const LowRankChange &change, int64_t rank,
                       const std::string &name) {
  Value product = createProduct(b, change, rank);
  return arith::AddFOp::create(
      b,
      ir::createReshape(b, weight,
                        cast<RankedTensorType>(product.getType()).getShape()),
      scaled(b, b.getLoc(), product, change.scale, name));
}

/// What gives rows [rows, ..] the lengths that the change says.
static Value createFactors(ImplicitLocOpBuilder &b, Value matrix,
                           const LowRankChange &change) {
  Value lengths = ir::ReduceOp::create(
      b, ir::ReductionKind::l2, matrix, b.getDenseI64ArrayAttr({1}),
      /*keep_dims=*/false, /*unsigned_elements=*/false);
  Value magnitude =
      createStored(b, b.getLoc(), *change.magnitude, b.getF32Type());
  magnitude = ir::createReshape(
      b, magnitude, cast<RankedTensorType>(lengths.getType()).getShape());
  return arith::DivFOp::create(b, magnitude, lengths);
}

Value rowFactors(OpBuilder &builder, Location loc, Value weight,
                 const LowRankChange &change) {
  ImplicitLocOpBuilder b(loc, builder);
  Value sum = createSum(b, ir::createCast(b, weight, b.getF32Type()), change,
                        change.rank(), change.module + " length scale");
  return createFactors(b, sum, change);
}

Value withRowFactors(OpBuilder &builder, Location loc, Value result,
                     Value factors, Value bias) {
  ImplicitLocOpBuilder b(loc, builder);
  auto type = cast<RankedTensorType>(result.getType());
  auto wide = type.clone(b.getF32Type());
  Value product =
      arith::MulFOp::create(b, ir::createCast(b, result, b.getF32Type()),
                            ir::BroadcastOp::create(b, wide, factors));
  if (bias)
    product = arith::AddFOp::create(
        b, product,
        ir::BroadcastOp::create(b, wide,
                                ir::createCast(b, bias, b.getF32Type())));
  return ir::createCast(b, product, type.getElementType());
}

Value mergeChanges(OpBuilder &builder, Location loc, Value weight,
                   ArrayRef<LowRankChange> changes, int64_t rank) {
  ImplicitLocOpBuilder b(loc, builder);
  Type element = cast<RankedTensorType>(weight.getType()).getElementType(),
       f32 = b.getF32Type();
  Value sum;
  for (auto [number, change] : llvm::enumerate(changes)) {
    // Off is the base bit for bit (C17).
    if (change.scale == 0 && !change.magnitude)
      continue;
    sum = createSum(b, sum ? sum : ir::createCast(b, weight, f32), change, rank,
                    change.module + " scale " + std::to_string(number));
    if (!change.magnitude)
      continue;
    auto type = cast<RankedTensorType>(sum.getType());
    Value factors = ir::createReshape(b, createFactors(b, sum, change),
                                      {type.getDimSize(0), 1});
    sum = arith::MulFOp::create(b, sum,
                                ir::BroadcastOp::create(b, type, factors));
  }
  if (!sum)
    return weight;
  sum = ir::createReshape(b, sum,
                          cast<RankedTensorType>(weight.getType()).getShape());
  return ir::createCast(b, sum, element);
}

Value mergeBias(OpBuilder &builder, Location loc, Value bias,
                const StoredTensor &added, double scale,
                const std::string &name) {
  ImplicitLocOpBuilder b(loc, builder);
  Type element = cast<RankedTensorType>(bias.getType()).getElementType(),
       f32 = b.getF32Type();
  if (scale == 0)
    return bias;
  Value change = scaled(b, loc, createStored(b, loc, added, f32), scale, name);
  return ir::createCast(
      b, arith::AddFOp::create(b, ir::createCast(b, bias, f32), change),
      element);
}

} // namespace tenon
