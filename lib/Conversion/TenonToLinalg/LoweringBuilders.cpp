//===- LoweringBuilders.cpp - What the lowerings build from ---------------===//

#include "LoweringBuilders.h"

using namespace mlir;
using namespace mlir::tenon;

Type tenon::getComputeType(Type element) {
  auto type = dyn_cast<FloatType>(element);
  if (!type || type.getWidth() >= 32)
    return element;
  return Float32Type::get(element.getContext());
}

//===----------------------------------------------------------------------===//
// Destinations
//===----------------------------------------------------------------------===//

Value tenon::createEmpty(ImplicitLocOpBuilder &b, ArrayRef<int64_t> shape,
                         Type element) {
  return tensor::EmptyOp::create(b, shape, element);
}

Value tenon::createFilled(ImplicitLocOpBuilder &b, ArrayRef<int64_t> shape,
                          Value scalar) {
  Value empty = createEmpty(b, shape, scalar.getType());
  return linalg::FillOp::create(b, scalar, empty).getResult(0);
}

Value tenon::createSlice(ImplicitLocOpBuilder &b, Value tensor,
                         ArrayRef<OpFoldResult> offsets,
                         ArrayRef<OpFoldResult> sizes) {
  SmallVector<OpFoldResult> ones(offsets.size(), b.getIndexAttr(1));
  return tensor::ExtractSliceOp::create(b, tensor, offsets, sizes, ones);
}

//===----------------------------------------------------------------------===//
// Indexing maps
//===----------------------------------------------------------------------===//

AffineMap tenon::selectLoops(MLIRContext *context, int64_t loops,
                             ArrayRef<int64_t> axes) {
  SmallVector<AffineExpr> results;
  for (int64_t axis : axes)
    results.push_back(getAffineDimExpr(axis, context));
  return AffineMap::get(loops, 0, results, context);
}

AffineMap tenon::broadcastMap(MLIRContext *context, ArrayRef<int64_t> shape,
                              ArrayRef<int64_t> result) {
  int64_t missing = result.size() - shape.size();
  SmallVector<AffineExpr> results;
  for (auto [axis, size] : llvm::enumerate(shape))
    results.push_back(size == 1 && result[missing + axis] != 1
                          ? getAffineConstantExpr(0, context)
                          : getAffineDimExpr(missing + axis, context));
  return AffineMap::get(result.size(), 0, results, context);
}

SmallVector<int64_t> tenon::otherAxes(int64_t rank, ArrayRef<int64_t> axes) {
  SmallVector<int64_t> others;
  for (int64_t axis : llvm::seq<int64_t>(rank))
    if (!llvm::is_contained(axes, axis))
      others.push_back(axis);
  return others;
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// Whether a loop runs over an axis of size 0.
static bool isEmptyLoopNest(ValueRange tensors, ArrayRef<AffineMap> maps) {
  for (auto [tensor, map] : llvm::zip_equal(tensors, maps))
    for (auto [size, index] :
         llvm::zip_equal(shapeOf(tensor), map.getResults()))
      if (size == 0 && isa<AffineDimExpr>(index))
        return true;
  return false;
}

Value tenon::createLoops(ImplicitLocOpBuilder &b, ValueRange inputs, Value init,
                         ArrayRef<AffineMap> maps, BodyBuilder body) {
  SmallVector<Value> tensors(inputs);
  tensors.push_back(init);
  if (isEmptyLoopNest(tensors, maps))
    return init;
  AffineMap written = maps.back();
  SmallVector<utils::IteratorType> iterators;
  for (int64_t loop : llvm::seq<int64_t>(written.getNumDims()))
    iterators.push_back(written.isFunctionOfDim(loop)
                            ? utils::IteratorType::parallel
                            : utils::IteratorType::reduction);
  auto build = [&](OpBuilder &nested, Location loc, ValueRange elements) {
    ImplicitLocOpBuilder inner(loc, nested);
    linalg::YieldOp::create(inner, body(inner, elements));
  };
  return linalg::GenericOp::create(b, init.getType(), inputs, init, maps,
                                   iterators, build)
      .getResult(0);
}

Value tenon::createElementwise(ImplicitLocOpBuilder &b, ValueRange inputs,
                               ArrayRef<int64_t> shape, Type element,
                               BodyBuilder body) {
  MLIRContext *context = b.getContext();
  SmallVector<AffineMap> maps;
  for (Value input : inputs)
    maps.push_back(broadcastMap(context, shapeOf(input), shape));
  maps.push_back(AffineMap::getMultiDimIdentityMap(shape.size(), context));
  return createLoops(b, inputs, createEmpty(b, shape, element), maps, body);
}

Value tenon::createReduction(ImplicitLocOpBuilder &b, ValueRange inputs,
                             ArrayRef<int64_t> axes, Value initial,
                             BodyBuilder body) {
  MLIRContext *context = b.getContext();
  ArrayRef<int64_t> shape = shapeOf(inputs.front());
  SmallVector<int64_t> kept = otherAxes(shape.size(), axes);
  SmallVector<int64_t> resultShape;
  for (int64_t axis : kept)
    resultShape.push_back(shape[axis]);
  SmallVector<AffineMap> maps;
  for (Value input : inputs)
    maps.push_back(broadcastMap(context, shapeOf(input), shape));
  maps.push_back(selectLoops(context, shape.size(), kept));
  return createLoops(b, inputs, createFilled(b, resultShape, initial), maps,
                     body);
}

//===----------------------------------------------------------------------===//
// Scalars
//===----------------------------------------------------------------------===//

Value tenon::createScalar(ImplicitLocOpBuilder &b, Type type, double value) {
  if (isa<FloatType>(type))
    return arith::ConstantOp::create(b, b.getFloatAttr(type, value));
  return arith::ConstantOp::create(
      b, b.getIntegerAttr(type, static_cast<int64_t>(value)));
}

Value tenon::createIndex(ImplicitLocOpBuilder &b, int64_t value) {
  return arith::ConstantIndexOp::create(b, value);
}

Value tenon::createLowest(ImplicitLocOpBuilder &b, Type type, bool isUnsigned) {
  if (auto floatType = dyn_cast<FloatType>(type)) {
    APFloat lowest = APFloat::getInf(floatType.getFloatSemantics(), true);
    return arith::ConstantOp::create(b, FloatAttr::get(type, lowest));
  }
  unsigned width = type.getIntOrFloatBitWidth();
  // i1 is a boolean: false is below true.
  APInt lowest = isUnsigned || width == 1 ? APInt::getMinValue(width)
                                          : APInt::getSignedMinValue(width);
  return arith::ConstantOp::create(b, IntegerAttr::get(type, lowest));
}

Value tenon::createHighest(ImplicitLocOpBuilder &b, Type type,
                           bool isUnsigned) {
  if (auto floatType = dyn_cast<FloatType>(type)) {
    APFloat highest = APFloat::getInf(floatType.getFloatSemantics(), false);
    return arith::ConstantOp::create(b, FloatAttr::get(type, highest));
  }
  unsigned width = type.getIntOrFloatBitWidth();
  APInt highest = isUnsigned || width == 1 ? APInt::getMaxValue(width)
                                           : APInt::getSignedMaxValue(width);
  return arith::ConstantOp::create(b, IntegerAttr::get(type, highest));
}

Value tenon::createAdd(ImplicitLocOpBuilder &b, Value left, Value right) {
  if (isa<FloatType>(left.getType()))
    return arith::AddFOp::create(b, left, right);
  return arith::AddIOp::create(b, left, right);
}

Value tenon::createSub(ImplicitLocOpBuilder &b, Value left, Value right) {
  if (isa<FloatType>(left.getType()))
    return arith::SubFOp::create(b, left, right);
  return arith::SubIOp::create(b, left, right);
}

Value tenon::createMul(ImplicitLocOpBuilder &b, Value left, Value right) {
  if (isa<FloatType>(left.getType()))
    return arith::MulFOp::create(b, left, right);
  return arith::MulIOp::create(b, left, right);
}

Value tenon::createMax(ImplicitLocOpBuilder &b, Value left, Value right,
                       bool isUnsigned) {
  if (isa<FloatType>(left.getType()))
    return arith::MaximumFOp::create(b, left, right);
  if (isUnsigned || left.getType().isInteger(1))
    return arith::MaxUIOp::create(b, left, right);
  return arith::MaxSIOp::create(b, left, right);
}

Value tenon::createMin(ImplicitLocOpBuilder &b, Value left, Value right,
                       bool isUnsigned) {
  if (isa<FloatType>(left.getType()))
    return arith::MinimumFOp::create(b, left, right);
  if (isUnsigned || left.getType().isInteger(1))
    return arith::MinUIOp::create(b, left, right);
  return arith::MinSIOp::create(b, left, right);
}

Value tenon::createClampedIndex(ImplicitLocOpBuilder &b, Value element,
                                int64_t size) {
  Value index = arith::IndexCastOp::create(b, b.getIndexType(), element);
  Value zero = createIndex(b, 0);
  Value isNegative =
      arith::CmpIOp::create(b, arith::CmpIPredicate::slt, index, zero);
  Value fromEnd = arith::AddIOp::create(b, index, createIndex(b, size));
  index = arith::SelectOp::create(b, isNegative, fromEnd, index);
  index = arith::MaxSIOp::create(b, index, zero);
  return arith::MinSIOp::create(b, index, createIndex(b, size - 1));
}
