//===- LoopPlaces.cpp - Where an iteration of several loops is ------------===//

#include "LoopPlaces.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"

using namespace mlir;

static Value toValue(ImplicitLocOpBuilder &b, OpFoldResult number) {
  return getValueOrCreateConstantIndexOp(b, b.getLoc(), number);
}

OpFoldResult tenon::countOf(ImplicitLocOpBuilder &b, ArrayRef<unsigned> loops,
                            ArrayRef<OpFoldResult> sizes) {
  OpFoldResult count = b.getIndexAttr(1);
  for (unsigned loop : loops) {
    std::optional<int64_t> known = getConstantIntValue(count),
                           size = getConstantIntValue(sizes[loop]);
    if (known && size)
      count = b.getIndexAttr(*known * *size);
    else
      count =
          arith::MulIOp::create(b, toValue(b, count), toValue(b, sizes[loop]))
              .getResult();
  }
  return count;
}

void tenon::placeIteration(ImplicitLocOpBuilder &b, Value number,
                           ArrayRef<unsigned> loops,
                           ArrayRef<OpFoldResult> sizes,
                           MutableArrayRef<Value> places) {
  for (size_t position = loops.size(); position-- > 1;) {
    Value size = toValue(b, sizes[loops[position]]);
    places[loops[position]] = arith::RemUIOp::create(b, number, size);
    number = arith::DivUIOp::create(b, number, size);
  }
  if (!loops.empty())
    places[loops.front()] = number;
}

SmallVector<Value> tenon::indicesAt(ImplicitLocOpBuilder &b, AffineMap map,
                                    ArrayRef<Value> places) {
  SmallVector<Value> indices;
  SmallVector<OpFoldResult> loops(places.begin(), places.end());
  for (unsigned axis = 0; axis < map.getNumResults(); ++axis)
    indices.push_back(
        toValue(b, affine::makeComposedFoldedAffineApply(
                       b, b.getLoc(), map.getSubMap(axis), loops)));
  return indices;
}
