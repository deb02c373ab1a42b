//===- AttentionTiles.cpp - What attention tile by tile is made of --------===//

#include "AttentionTiles.h"
#include "ElementConversion.h"

using namespace mlir;
using namespace mlir::tenon;
using arith::CmpFPredicate;
using utils::IteratorType;

/// 2^r 2^n with r = d - n, which is exact. The polynomial is 1 at 0 and has the
/// least relative error otherwise (of degree 6 on [-1/2, 1/2]: 2.6e-9).
Value tenon::createPowerOfDifference(ImplicitLocOpBuilder &b, Value x,
                                     Value largest) {
  Value d = createSub(b, x, largest);
  Type f32 = d.getType();
  if (!f32.isF32())
    return math::Exp2Op::create(b, d);
  auto number = [&](double value) { return createScalar(b, f32, value); };
  // The sum's last bits are the nearest integer: 1.5 * 2^23 leaves no others.
  Value rounder = number(12582912.0);
  Value sum = createAdd(b, d, rounder);
  Value r = createSub(b, d, createSub(b, sum, rounder));
  Value p = number(1.55946781e-4);
  for (double coefficient : {1.34066434e-3, 9.61769279e-3, 5.55031039e-2,
                             2.40226522e-1, 6.93147242e-1, 1.0})
    p = math::FmaOp::create(b, p, r, number(coefficient));
  Type i32 = b.getI32Type();
  auto integer = [&](int64_t value) -> Value {
    return arith::ConstantOp::create(b, b.getI32IntegerAttr(value));
  };
  Value exponent = arith::ShLIOp::create(
      b, arith::BitcastOp::create(b, i32, sum), integer(23));
  Value power = arith::BitcastOp::create(
      b, f32, arith::AddIOp::create(b, exponent, integer(0x3F800000)));
  Value isTiny =
      arith::CmpFOp::create(b, CmpFPredicate::OLT, d, number(-126.0));
  return arith::SelectOp::create(b, isTiny, number(0.0),
                                 createMul(b, p, power));
}

Value tenon::createLarger(ImplicitLocOpBuilder &b, Value x, Value other) {
  Value isMore = arith::CmpFOp::create(b, CmpFPredicate::OGT, x, other);
  return createAdd(b, arith::SelectOp::create(b, isMore, x, other),
                   createScalar(b, x.getType(), 0.0));
}

Value AttentionTiles::slice(Value tensor, ArrayRef<OpFoldResult> offsets,
                            ArrayRef<OpFoldResult> sizes,
                            ArrayRef<int64_t> kept) {
  SmallVector<OpFoldResult> strides(offsets.size(), b.getIndexAttr(1));
  SmallVector<int64_t> shape;
  for (int64_t axis : kept)
    shape.push_back(
        getConstantIntValue(sizes[axis]).value_or(ShapedType::kDynamic));
  auto type = RankedTensorType::get(shape, elementTypeOf(tensor));
  return tensor::ExtractSliceOp::create(b, type, tensor, offsets, sizes,
                                        strides);
}

Value AttentionTiles::sliceHead(const LoopedTensor &tensor, Value batch,
                                Value head, Value first, OpFoldResult count) {
  OpFoldResult one = b.getIndexAttr(1), zero = b.getIndexAttr(0),
               size = b.getIndexAttr(shapeOf(tensor.tensor).back());
  bool isLengthFirst = tensor.loops[1] != 1;
  if (isLengthFirst)
    return slice(tensor.tensor, {batch, first, head, zero},
                 {one, count, one, size}, {1, 3});
  return slice(tensor.tensor, {batch, head, first, zero},
               {one, one, count, size}, {2, 3});
}

Value AttentionTiles::readHead(const LoopedTensor &tensor, Value scale,
                               Value batch, Value head, Value first,
                               int64_t count) {
  OpFoldResult size = b.getIndexAttr(count), one = b.getIndexAttr(1);
  Value rows = sliceHead(tensor, batch, head, first, size);
  if (elementTypeOf(rows) == a.element)
    return rows;
  int64_t groups = scale ? shapeOf(scale).back() : 1;
  SmallVector<int64_t> whole = {0, 1};
  SmallVector<ReassociationIndices> split = {{0}, {1, 2}};
  SmallVector<int64_t> shape(shapeOf(rows));
  if (groups > 1) {
    whole.push_back(2);
    shape = {count, groups, shape.back() / groups};
    rows = tensor::ExpandShapeOp::create(
        b, RankedTensorType::get(shape, elementTypeOf(rows)), rows, split);
  }
  SmallVector<Value> inputs = {rows};
  SmallVector<SmallVector<int64_t>> axes = {whole};
  if (scale) {
    inputs.push_back(slice(scale, {batch, head, first, b.getIndexAttr(0)},
                           {one, one, size, b.getIndexAttr(groups)}, {2, 3}));
    axes.push_back({0, groups > 1 ? 1 : -1});
  }
  axes.push_back(whole);
  auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) -> SmallVector<Value> {
    Value number = convertElement(b, x[0], a.wide, {});
    if (scale)
      number = createMul(b, number, convertFloat(b, x[1], a.wide));
    return {number};
  };
  Value widened =
      createLoopNest(
          inputs, createEmpty(b, shape, a.wide), axes,
          SmallVector<IteratorType>(shape.size(), IteratorType::parallel), body)
          .front();
  if (groups > 1)
    widened = tensor::CollapseShapeOp::create(b, widened, split);
  return widened;
}

SmallVector<Value>
AttentionTiles::createLoopNest(ValueRange inputs, ValueRange inits,
                               ArrayRef<SmallVector<int64_t>> axes,
                               ArrayRef<IteratorType> kinds, LoopBody body) {
  SmallVector<AffineMap> maps;
  for (const SmallVector<int64_t> &loops : axes) {
    SmallVector<AffineExpr> exprs;
    for (int64_t loop : loops)
      exprs.push_back(loop < 0 ? b.getAffineConstantExpr(0)
                               : b.getAffineDimExpr(loop));
    maps.push_back(AffineMap::get(kinds.size(), 0, exprs, b.getContext()));
  }
  return linalg::GenericOp::create(
             b, inits.getTypes(), inputs, inits, maps, kinds,
             [&](OpBuilder &builder, Location loc, ValueRange elements) {
               ImplicitLocOpBuilder inner(loc, builder);
               linalg::YieldOp::create(inner, body(inner, elements));
             })
      .getResults();
}

Value AttentionTiles::sumProducts(Value lhs, SmallVector<int64_t> lhsLoops,
                                  Value rhs, SmallVector<int64_t> rhsLoops,
                                  Value init) {
  auto body = [](ImplicitLocOpBuilder &b, ValueRange x) -> SmallVector<Value> {
    return {createMultiplyAdd(b, x)};
  };
  return createLoopNest({lhs, rhs}, init, {lhsLoops, rhsLoops, {0, 1}},
                        {IteratorType::parallel, IteratorType::parallel,
                         IteratorType::reduction},
                        body)
      .front();
}

Value AttentionTiles::createLowestScore() {
  auto type = cast<FloatType>(a.wide);
  return arith::ConstantFloatOp::create(
      b, type, APFloat::getLargest(type.getFloatSemantics(), true));
}

Progress AttentionTiles::advance(Progress before, Value largestHere,
                                 int64_t axis) {
  auto shrink = [&](ImplicitLocOpBuilder &b,
                    ValueRange x) -> SmallVector<Value> {
    Value now = createLarger(b, x[0], x[2]);
    Value factor = createPowerOfDifference(b, x[2], now);
    return {factor, now, createMul(b, x[3], factor)};
  };
  SmallVector<Value> shrunk =
      createLoopNest(largestHere,
                     {createEmpty(b, shapeOf(largestHere), a.wide),
                      before.largest, before.total},
                     {{0}, {0}, {0}, {0}}, {IteratorType::parallel}, shrink);
  auto scale = [&](ImplicitLocOpBuilder &b,
                   ValueRange x) -> SmallVector<Value> {
    return {createMul(b, x[1], x[0])};
  };
  Value sums =
      createLoopNest(shrunk[0], before.sums, {{axis}, {0, 1}},
                     {IteratorType::parallel, IteratorType::parallel}, scale)
          .front();
  return {sums, shrunk[1], shrunk[2]};
}

Value AttentionTiles::createSeenValues(Value values, Value scores,
                                       SmallVector<int64_t> loops) {
  int64_t count = shapeOf(values).front();
  Type i32 = b.getI32Type();
  auto isScore = [&](ImplicitLocOpBuilder &b,
                     ValueRange x) -> SmallVector<Value> {
    Value isSeen = arith::CmpFOp::create(b, CmpFPredicate::UNE, x[0],
                                         createLowest(b, a.wide, false));
    return {
        arith::OrIOp::create(b, x[1], arith::ExtUIOp::create(b, i32, isSeen))};
  };
  Value seen =
      createLoopNest(scores, createFilled(b, {count}, createScalar(b, i32, 0)),
                     {loops, {0}},
                     {IteratorType::parallel, IteratorType::reduction}, isScore)
          .front();
  auto choose = [&](ImplicitLocOpBuilder &b,
                    ValueRange x) -> SmallVector<Value> {
    Value isSeen = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, x[1],
                                         createScalar(b, i32, 0));
    return {arith::SelectOp::create(b, isSeen, x[0],
                                    createScalar(b, x[0].getType(), 0.0))};
  };
  return createLoopNest({values, seen},
                        createEmpty(b, shapeOf(values), elementTypeOf(values)),
                        {{0, 1}, {0}, {0, 1}},
                        {IteratorType::parallel, IteratorType::parallel},
                        choose)
      .front();
}

Progress AttentionTiles::unless(Value condition, Progress before,
                                llvm::function_ref<Progress()> add) {
  SmallVector<Value> now = {before.sums, before.largest, before.total};
  auto choice = scf::IfOp::create(b, TypeRange(ValueRange(now)), condition,
                                  /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(choice.thenBlock());
  scf::YieldOp::create(b, now);
  b.setInsertionPointToStart(choice.elseBlock());
  Progress next = add();
  scf::YieldOp::create(b, ValueRange{next.sums, next.largest, next.total});
  return {choice.getResult(0), choice.getResult(1), choice.getResult(2)};
}

Progress AttentionTiles::overBlocks(
    Progress before, Value begin, Value end,
    llvm::function_ref<Progress(Progress, Value)> addBlock) {
  auto loop =
      scf::ForOp::create(b, begin, end, index(1),
                         ValueRange{before.sums, before.largest, before.total});
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  ValueRange now = loop.getRegionIterArgs();
  Progress next = addBlock({now[0], now[1], now[2]}, loop.getInductionVar());
  scf::YieldOp::create(b, ValueRange{next.sums, next.largest, next.total});
  return {loop.getResult(0), loop.getResult(1), loop.getResult(2)};
}
