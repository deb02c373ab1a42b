//===- AttentionLowering.cpp - What all lowerings of attention share ------===//

#include "AttentionLowering.h"
#include "ElementConversion.h"

#include <cmath>

using namespace mlir;
using namespace mlir::tenon;
using arith::CmpFPredicate;
using arith::CmpIPredicate;

AttentionLowering::AttentionLowering(ImplicitLocOpBuilder &b, AttentionOp op)
    : b(b), op(op) {
  ArrayRef<int64_t> query = shapeOf(op.getQuery());
  ArrayRef<int64_t> key = shapeOf(op.getKey()), value = shapeOf(op.getValue());
  isSplit = query.size() == 4;
  batch = query[0];
  keyHeads = op.getNumKvHeads();
  group = op.getNumHeads() / keyHeads;
  queries = query[isSplit ? 2 : 1];
  newKeys = key[isSplit ? 2 : 1];
  if (op.getPastKey())
    pastKeys = shapeOf(op.getPastKey())[2];
  keys = pastKeys + newKeys;
  keySize = isSplit ? key.back() : key.back() / keyHeads;
  valueSize = isSplit ? value.back() : value.back() / keyHeads;
  element = elementTypeOf(op.getQuery());
  wide = getComputeType(element);
}

LoopedTensor AttentionLowering::createCache(Value past, Value current,
                                            int64_t size) {
  SmallVector<int64_t> split = {batch, keyHeads, newKeys, size};
  Type stored = elementTypeOf(current);
  if (!isSplit)
    current = createReshape(b, current, {batch, newKeys, keyHeads, size});
  if (!past && !isSplit)
    return {current, {0, keyLoop(), 1, innerLoop()}};
  if (!isSplit)
    current = TransposeOp::create(b, RankedTensorType::get(split, stored),
                                  current, ArrayRef<int64_t>{0, 2, 1, 3});
  if (past) {
    split[2] = keys;
    current = ConcatOp::create(b, RankedTensorType::get(split, stored),
                               ValueRange{past, current}, 2);
  }
  return {current, {0, 1, keyLoop(), innerLoop()}};
}

Value AttentionLowering::createMask() {
  Value mask = op.getMask();
  if (!mask)
    return {};
  Type type = elementTypeOf(mask);
  SmallVector<int64_t> shape(shapeOf(mask));
  if (shape.back() < keys && shape.back() != 1) {
    SmallVector<int64_t> low(shape.size(), 0), high(shape.size(), 0);
    high.back() = keys - shape.back();
    shape.back() = keys;
    Attribute hidden = b.getBoolAttr(false);
    if (auto floatType = dyn_cast<FloatType>(type))
      hidden = FloatAttr::get(
          type, APFloat::getInf(floatType.getFloatSemantics(), true));
    Value value = arith::ConstantOp::create(
        b, DenseElementsAttr::get(RankedTensorType::get({}, type), hidden));
    mask = PadOp::create(b, RankedTensorType::get(shape, type), mask, value,
                         low, high, PadMode::constant);
  }
  shape.insert(shape.begin(), 4 - shape.size(), 1);
  if (group > 1) {
    bool isShared = shape[1] == 1;
    shape[1] = isShared ? 1 : keyHeads;
    shape.insert(shape.begin() + 2, isShared ? 1 : group);
  }
  return createReshape(b, mask, shape);
}

double AttentionLowering::getScale() {
  return op.getScale() ? op.getScale()->convertToDouble()
                       : 1.0 / std::sqrt(double(keySize));
}

bool AttentionLowering::hasOwnOffset() {
  return op.getCausal() == CausalKind::cached && !op.getPastKey();
}

int64_t AttentionLowering::getOffset() {
  switch (op.getCausal()) {
  case CausalKind::bottom_right:
    return keys - queries;
  case CausalKind::cached:
    return pastKeys;
  default:
    return 0;
  }
}

bool AttentionLowering::hidesValues() {
  int64_t offset = getOffset();
  bool hidesLast = isCausal() && queries - 1 + offset < keys - 1;
  bool hidesFirst = op.getWindow() && offset - *op.getWindow() >= 0;
  return op.getMask() || op.getValidLengths() || hidesLast || hidesFirst;
}

Value AttentionLowering::createVisible(ImplicitLocOpBuilder &b, Value key,
                                       Value position, Value length,
                                       Value mask) {
  SmallVector<Value> conditions;
  auto require = [&](CmpIPredicate predicate, Value left, Value right) {
    conditions.push_back(arith::CmpIOp::create(b, predicate, left, right));
  };
  if (length)
    require(CmpIPredicate::slt, key, length);
  if (isCausal())
    require(CmpIPredicate::sle, key, position);
  if (std::optional<int64_t> window = op.getWindow()) {
    // One beyond 32 bits hides nothing.
    int64_t size = std::min<int64_t>(*window, INT32_MAX / 2);
    Value start = arith::ConstantOp::create(
        b, b.getIntegerAttr(position.getType(), size));
    require(CmpIPredicate::sgt, key, createSub(b, position, start));
  }
  if (mask && isa<FloatType>(mask.getType())) {
    Value value = convertFloat(b, mask, getComputeType(mask.getType()));
    conditions.push_back(arith::CmpFOp::create(
        b, CmpFPredicate::UNE, value,
        createLowest(b, value.getType(), /*isUnsigned=*/false)));
  } else if (mask) {
    conditions.push_back(mask);
  }
  if (conditions.empty())
    return {};
  Value all = conditions.front();
  for (Value condition : ArrayRef(conditions).drop_front())
    all = arith::AndIOp::create(b, all, condition);
  return all;
}

Value AttentionLowering::createCapped(ImplicitLocOpBuilder &b, Value score,
                                      double unit) {
  if (!op.getSoftcap())
    return score;
  double cap = op.getSoftcap()->convertToDouble();
  Value ratio = arith::DivFOp::create(b, score, createScalar(b, wide, cap));
  return createMul(b, createScalar(b, wide, cap * unit),
                   math::TanhOp::create(b, ratio));
}

Value AttentionLowering::createMasked(ImplicitLocOpBuilder &b, Value score,
                                      Value mask, double unit, Value visible) {
  if (mask && isa<FloatType>(mask.getType())) {
    Value added = convertFloat(b, mask, wide);
    if (unit != 1.0) {
      // The lowest number of the type, which exporters use, times more than 1.
      Value scaled = createMul(b, added, createScalar(b, wide, unit));
      auto type = cast<FloatType>(wide);
      Value least = arith::ConstantFloatOp::create(
          b, type, APFloat::getLargest(type.getFloatSemantics(), true));
      Value isLess =
          arith::CmpFOp::create(b, CmpFPredicate::OLT, scaled, least);
      added = arith::SelectOp::create(b, isLess, least, scaled);
    }
    score = createAdd(b, score, added);
  }
  if (!visible)
    return score;
  return arith::SelectOp::create(b, visible, score,
                                 createLowest(b, wide, /*isUnsigned=*/false));
}
