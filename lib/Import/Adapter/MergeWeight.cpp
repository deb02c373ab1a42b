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

/// The product of A and B, in the shape of the weight with the axes of a window
/// as one.
static Value createLowRank(ImplicitLocOpBuilder &b, const WeightChange &change,
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
  case ChangeKind::Hadamard:
  case ChangeKind::Kronecker:
    break;
  }
  llvm_unreachable("it is no product of A and B");
}

/// `matrix` [rows, columns, taps], or without taps where there is one.
static Value createMatrix(ImplicitLocOpBuilder &b, const FactoredMatrix &matrix,
                          int64_t rows, int64_t columns, int64_t taps) {
  Location loc = b.getLoc();
  auto stored = [&](const StoredTensor *tensor) {
    return createStored(b, loc, *tensor, b.getF32Type());
  };
  Value value;
  if (matrix.whole) {
    value = stored(matrix.whole);
  } else if (!matrix.core) {
    value = ir::MatmulOp::create(b, stored(matrix.a), stored(matrix.b), false,
                                 false);
  } else {
    // First every output of the core's first axis, then for each of them every
    // column of its second.
    Value a = stored(matrix.a), core = stored(matrix.core);
    int64_t rank = cast<RankedTensorType>(a.getType()).getDimSize(0);
    Value half = ir::MatmulOp::create(
        b, a, ir::createReshape(b, core, {rank, rank * taps}),
        /*transpose_lhs=*/true, /*transpose_rhs=*/false);
    half = ir::createReshape(b, half, {rows, rank, taps});
    value = ir::MatmulOp::create(b, stored(matrix.b), half,
                                 /*transpose_lhs=*/true,
                                 /*transpose_rhs=*/false);
  }
  SmallVector<int64_t> shape = {rows, columns};
  if (taps != 1)
    shape.push_back(taps);
  return ir::createReshape(b, value, shape);
}

/// Each element of `first` [rows, columns] times all of `second`.
static Value createKronecker(ImplicitLocOpBuilder &b,
                             const WeightChange &change,
                             ArrayRef<int64_t> shape, int64_t taps) {
  const FactoredMatrix &first = change.first;
  int64_t rows = (first.whole ? first.whole : first.a)->entry.shape[0],
          columns = (first.whole ? first.whole : first.b)->entry.shape[1],
          innerRows = shape[0] / rows, innerColumns = shape[1] / columns;
  auto type = RankedTensorType::get(
      {rows, innerRows, columns, innerColumns, taps}, b.getF32Type());
  auto spread = [&](Value value, ArrayRef<int64_t> own) -> Value {
    return ir::BroadcastOp::create(b, type, ir::createReshape(b, value, own));
  };
  return arith::MulFOp::create(
      b,
      spread(createMatrix(b, first, rows, columns, 1),
             {rows, 1, columns, 1, 1}),
      spread(createMatrix(b, change.second, innerRows, innerColumns, taps),
             {1, innerRows, 1, innerColumns, taps}));
}

/// What the factors make of a weight of `shape`, in its shape with the axes of
/// a window as one.
static Value createProduct(ImplicitLocOpBuilder &b, const WeightChange &change,
                           ArrayRef<int64_t> shape, int64_t rank) {
  int64_t taps = 1;
  for (int64_t size : shape.drop_front(2))
    taps *= size;
  if (change.kind == ChangeKind::Hadamard)
    return ir::createReshape(
        b,
        arith::MulFOp::create(
            b, createMatrix(b, change.first, shape[0], shape[1], taps),
            createMatrix(b, change.second, shape[0], shape[1], taps)),
        {shape[0], shape[1] * taps});
  if (change.kind == ChangeKind::Kronecker)
    return ir::createReshape(b, createKronecker(b, change, shape, taps),
                             {shape[0], shape[1] * taps});
  return createLowRank(b, change, rank);
}

/// The weight of `shape` plus s times what the factors make, in f32, as
/// createProduct() gives it.
static Value createSum(ImplicitLocOpBuilder &b, Value weight,
                       const WeightChange &change, ArrayRef<int64_t> shape,
                       int64_t rank, const std::string &name) {
  Value product = createProduct(b, change, shape, rank);
  return arith::AddFOp::create(
      b,
      ir::createReshape(b, weight,
                        cast<RankedTensorType>(product.getType()).getShape()),
      scaled(b, b.getLoc(), product, change.scale, name));
}

/// What gives rows, or columns, of [rows, columns, ..] the lengths that the
/// change says, [rows] or [columns].
static Value createFactors(ImplicitLocOpBuilder &b, Value matrix,
                           const WeightChange &change) {
  SmallVector<int64_t> axes = llvm::to_vector(llvm::seq<int64_t>(
      0, cast<RankedTensorType>(matrix.getType()).getRank()));
  axes.erase(axes.begin() + (change.isOfColumns ? 1 : 0));
  Value lengths = ir::ReduceOp::create(
      b, ir::ReductionKind::l2, matrix, b.getDenseI64ArrayAttr(axes),
      /*keep_dims=*/false, /*unsigned_elements=*/false);
  Value magnitude =
      createStored(b, b.getLoc(), *change.magnitude, b.getF32Type());
  magnitude = ir::createReshape(
      b, magnitude, cast<RankedTensorType>(lengths.getType()).getShape());
  return arith::DivFOp::create(b, magnitude, lengths);
}

Value rowFactors(OpBuilder &builder, Location loc, Value weight,
                 const WeightChange &change) {
  ImplicitLocOpBuilder b(loc, builder);
  Value sum = createSum(b, ir::createCast(b, weight, b.getF32Type()), change,
                        cast<RankedTensorType>(weight.getType()).getShape(),
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

/// `sum`, the weight of `shape` in any, with the lengths that the change says.
static Value withLengths(ImplicitLocOpBuilder &b, Value sum,
                         const WeightChange &change, ArrayRef<int64_t> shape) {
  SmallVector<int64_t> ones = {shape[0], 1};
  if (change.isOfColumns) {
    sum = ir::createReshape(b, sum, shape);
    ones.assign(shape.size(), 1);
    ones[1] = shape[1];
  }
  auto type = cast<RankedTensorType>(sum.getType());
  ones.resize(type.getRank(), 1);
  Value factors = ir::createReshape(b, createFactors(b, sum, change), ones);
  return arith::MulFOp::create(b, sum,
                               ir::BroadcastOp::create(b, type, factors));
}

Value mergeChanges(OpBuilder &builder, Location loc, Value weight,
                   ArrayRef<WeightChange> changes, int64_t rank) {
  ImplicitLocOpBuilder b(loc, builder);
  auto type = cast<RankedTensorType>(weight.getType());
  Type element = type.getElementType(), f32 = b.getF32Type();
  ArrayRef<int64_t> shape = type.getShape();
  Value sum;
  for (auto [number, change] : llvm::enumerate(changes)) {
    // Off is the base bit for bit (C17).
    if (change.scale == 0 && !change.magnitude)
      continue;
    sum =
        createSum(b, sum ? sum : ir::createCast(b, weight, f32), change, shape,
                  rank, change.module + " scale " + std::to_string(number));
    if (change.magnitude)
      sum = withLengths(b, sum, change, shape);
  }
  if (!sum)
    return weight;
  return ir::createCast(b, ir::createReshape(b, sum, shape), element);
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
