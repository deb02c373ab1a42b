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

static Value scaled(ImplicitLocOpBuilder &b, Value value, double scale) {
  if (scale == 1)
    return value;
  auto type = cast<RankedTensorType>(value.getType());
  Value factor = arith::ConstantOp::create(
      b, DenseElementsAttr::get(type,
                                b.getFloatAttr(type.getElementType(), scale)));
  return arith::MulFOp::create(b, value, factor);
}

/// Rows of the length that `magnitude` [rows] says.
static Value withLengths(ImplicitLocOpBuilder &b, Value matrix,
                         Value magnitude) {
  auto type = cast<RankedTensorType>(matrix.getType());
  int64_t rows = type.getDimSize(0);
  Value lengths = ir::ReduceOp::create(
      b, ir::ReductionKind::l2, matrix, b.getDenseI64ArrayAttr({1}),
      /*keep_dims=*/false, /*unsigned_elements=*/false);
  Value factors = arith::DivFOp::create(b, magnitude, lengths);
  factors = ir::ReshapeOp::create(
      b, RankedTensorType::get({rows, 1}, type.getElementType()), factors);
  return arith::MulFOp::create(b, matrix,
                               ir::BroadcastOp::create(b, type, factors));
}

Value mergeChanges(OpBuilder &builder, Location loc, Value weight,
                   ArrayRef<LowRankChange> changes) {
  ImplicitLocOpBuilder b(loc, builder);
  Type element = cast<RankedTensorType>(weight.getType()).getElementType(),
       f32 = b.getF32Type();
  Value sum;
  for (const LowRankChange &change : changes) {
    // Off is the base bit for bit (C17).
    if (change.scale == 0 && !change.magnitude)
      continue;
    if (!sum)
      sum = ir::createCast(b, weight, f32);
    Value a = createStored(b, loc, *change.a, f32),
          factor = createStored(b, loc, *change.b, f32);
    // (B A)^T = A^T B^T
    Value product =
        change.isOfTable
            ? ir::MatmulOp::create(b, a, factor, /*transpose_lhs=*/true,
                                   /*transpose_rhs=*/true)
            : ir::MatmulOp::create(b, factor, a, /*transpose_lhs=*/false,
                                   /*transpose_rhs=*/false);
    sum = arith::AddFOp::create(b, sum, scaled(b, product, change.scale));
    if (change.magnitude)
      sum = withLengths(b, sum, createStored(b, loc, *change.magnitude, f32));
  }
  return sum ? ir::createCast(b, sum, element) : weight;
}

Value mergeBias(OpBuilder &builder, Location loc, Value bias,
                const StoredTensor &added, double scale) {
  ImplicitLocOpBuilder b(loc, builder);
  Type element = cast<RankedTensorType>(bias.getType()).getElementType(),
       f32 = b.getF32Type();
  if (scale == 0)
    return bias;
  Value change = scaled(b, createStored(b, loc, added, f32), scale);
  return ir::createCast(
      b, arith::AddFOp::create(b, ir::createCast(b, bias, f32), change),
      element);
}

} // namespace tenon
