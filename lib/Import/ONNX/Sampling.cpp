//===- Sampling.cpp - Reading an image between its pixels -----------------===//

#include "Sampling.h"

using namespace mlir;

namespace tenon::onnx_import {

Value isInside(const ScalarMath &math, Value place, int64_t size) {
  return math.both(math.lessOrEqual(math.index(0), place),
                   math.less(place, math.index(size)));
}

Value clampIndex(const ScalarMath &math, Value place, int64_t size) {
  return math.max(math.min(place, math.index(size - 1)), math.index(0));
}

SmallVector<Value> weighNeighbours(const ScalarMath &math, Value image,
                                   Value batch, Value channel, Value y,
                                   Value x) {
  ArrayRef<int64_t> sizes = shapeOf(image).drop_front(2);
  SmallVector<Value, 4> places[2], weights[2], inside[2];
  std::array<Value, 2> positions = {y, x};
  for (size_t axis : {0, 1}) {
    Value position = positions[axis];
    Value floor = math.floor(position);
    Value fraction = math.sub(position, floor);
    Value first = math.toIndex(floor);
    for (Value place : {first, math.add(first, math.index(1))}) {
      inside[axis].push_back(isInside(math, place, sizes[axis]));
      places[axis].push_back(clampIndex(math, place, sizes[axis]));
    }
    weights[axis] = {math.sub(math.number(1), fraction), fraction};
  }
  SmallVector<Value> products;
  for (int row : {0, 1})
    for (int column : {0, 1}) {
      Value pixel =
          math.read(image, {batch, channel, places[0][row], places[1][column]});
      pixel = math.select(math.both(inside[0][row], inside[1][column]), pixel,
                          math.number(0));
      products.push_back(
          math.mul(math.mul(weights[0][row], weights[1][column]), pixel));
    }
  return products;
}

} // namespace tenon::onnx_import
