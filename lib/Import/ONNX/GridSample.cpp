//===- GridSample.cpp - Sampling an image where a grid points -------------===//
//
// One loop over the output whose body reads the grid, maps the position into
// the image and mixes the neighbours, in f32 or wider.
//
//===----------------------------------------------------------------------===//

#include "Sampling.h"

using namespace mlir;

namespace tenon::onnx_import {

namespace {
enum class Interpolation { Nearest, Linear, Cubic };
enum class Padding { Zeros, Border, Reflection };

struct Sampler {
  Interpolation interpolation;
  Padding padding;
  bool alignCorners;
};

/// The neighbours of a position along one axis: their places and weights.
struct Taps {
  SmallVector<Value> places, weights, inside;
};
} // namespace

static FailureOr<Sampler> readSampler(const Node &node) {
  std::string mode =
      node.stringAttribute("mode", node.opset < 20 ? "bilinear" : "linear");
  auto interpolation = llvm::StringSwitch<std::optional<Interpolation>>(mode)
                           .Case("nearest", Interpolation::Nearest)
                           .Cases({"linear", "bilinear"}, Interpolation::Linear)
                           .Cases({"cubic", "bicubic"}, Interpolation::Cubic)
                           .Default(std::nullopt);
  if (!interpolation)
    return node.error("mode '" + mode + "' is not known");
  std::string name = node.stringAttribute("padding_mode", "zeros");
  auto padding = llvm::StringSwitch<std::optional<Padding>>(name)
                     .Case("zeros", Padding::Zeros)
                     .Case("border", Padding::Border)
                     .Case("reflection", Padding::Reflection)
                     .Default(std::nullopt);
  if (!padding)
    return node.error("padding_mode '" + name + "' is not known");
  return Sampler{*interpolation, *padding,
                 node.intAttribute("align_corners", 0) != 0};
}

/// `position` mirrored at `low` and `high` until it lies between them.
static Value reflect(const ScalarMath &math, Value position, double low,
                     double high) {
  double range = high - low;
  if (range <= 0)
    return math.number(low);
  // Distance from low, folded: a triangle wave of period 2 range.
  Value away = math.sub(position, math.number(low));
  Value periods = math.floor(math.div(away, math.number(2 * range)));
  Value phase = math.sub(away, math.mul(periods, math.number(2 * range)));
  Value folded = math.min(phase, math.sub(math.number(2 * range), phase));
  return math.add(folded, math.number(low));
}

/// The grid's value as a position along an axis of `size` pixels, moved into
/// the image where the padding asks for that.
static Value toPosition(const ScalarMath &math, const Sampler &sampler,
                        Value normalised, int64_t size) {
  Value shifted = math.add(normalised, math.number(1));
  double low = sampler.alignCorners ? 0 : -0.5;
  double high = sampler.alignCorners ? size - 1.0 : size - 0.5;
  Value position;
  if (sampler.alignCorners) {
    position =
        math.mul(math.div(shifted, math.number(2)), math.number(size - 1.0));
  } else {
    position = math.sub(math.mul(shifted, math.number(size)), math.number(1));
    position = math.div(position, math.number(2));
  }
  if (sampler.interpolation == Interpolation::Nearest)
    position = math::RoundEvenOp::create(math.builder, math.loc, position);
  if (sampler.padding == Padding::Zeros)
    return position;
  Value isInside = math.both(math.lessOrEqual(math.number(low), position),
                             math.lessOrEqual(position, math.number(high)));
  Value moved = sampler.padding == Padding::Reflection
                    ? reflect(math, position, low, high)
                    : math.max(math.min(position, math.number(size - 1.0)),
                               math.number(0));
  return math.select(isInside, position, moved);
}

/// A neighbour's place moved into the image.
static Value insidePlace(const ScalarMath &math, const Sampler &sampler,
                         Value place, int64_t size) {
  if (sampler.padding == Padding::Reflection) {
    double low = sampler.alignCorners ? 0 : -0.5;
    double high = sampler.alignCorners ? size - 1.0 : size - 0.5;
    Value folded = reflect(math, math.toNumber(place), low, high);
    // Rounding saves what the folding of a whole number may have lost.
    place =
        math.toIndex(math::RoundEvenOp::create(math.builder, math.loc, folded));
  }
  return clampIndex(math, place, size);
}

static SmallVector<Value> cubicWeights(const ScalarMath &math, Value fraction) {
  constexpr double a = -0.75;
  auto number = [&](double value) { return math.number(value); };
  // Inside a distance of 1, and from 1 to 2.
  auto near = [&](Value x) {
    Value inner = math.sub(math.mul(number(a + 2), x), number(a + 3));
    return math.add(math.mul(math.mul(inner, x), x), number(1));
  };
  auto far = [&](Value x) {
    Value inner = math.sub(math.mul(number(a), x), number(5 * a));
    inner = math.add(math.mul(inner, x), number(8 * a));
    return math.sub(math.mul(inner, x), number(4 * a));
  };
  Value rest = math.sub(number(1), fraction);
  return {far(math.add(fraction, number(1))), near(fraction), near(rest),
          far(math.add(rest, number(1)))};
}

static Taps findTaps(const ScalarMath &math, const Sampler &sampler,
                     Value position, int64_t size) {
  Taps taps;
  Value floor = math.floor(position);
  Value first = math.toIndex(floor);
  Value fraction = math.sub(position, floor);
  int64_t start = 0;
  switch (sampler.interpolation) {
  case Interpolation::Nearest:
    taps.weights = {math.number(1)};
    break;
  case Interpolation::Linear:
    taps.weights = {math.sub(math.number(1), fraction), fraction};
    break;
  case Interpolation::Cubic:
    start = -1;
    taps.weights = cubicWeights(math, fraction);
    break;
  }
  for (size_t i = 0; i < taps.weights.size(); ++i) {
    Value place = math.add(first, math.index(start + static_cast<int64_t>(i)));
    if (sampler.padding == Padding::Zeros)
      taps.inside.push_back(isInside(math, place, size));
    taps.places.push_back(insidePlace(math, sampler, place, size));
  }
  return taps;
}

/// The mix of all neighbours; `chosen` are the places along the axes before
/// `axis`.
static Value mixTaps(const ScalarMath &math, Value image, ArrayRef<Taps> taps,
                     size_t axis, SmallVectorImpl<Value> &chosen,
                     Value isVisible) {
  if (axis == taps.size()) {
    Value pixel = math.read(image, chosen);
    return isVisible ? math.select(isVisible, pixel, math.number(0)) : pixel;
  }
  Value sum;
  for (size_t i = 0; i < taps[axis].places.size(); ++i) {
    Value visible = isVisible;
    if (!taps[axis].inside.empty())
      visible = visible ? math.both(visible, taps[axis].inside[i])
                        : taps[axis].inside[i];
    chosen.push_back(taps[axis].places[i]);
    Value part = mixTaps(math, image, taps, axis + 1, chosen, visible);
    chosen.pop_back();
    if (taps[axis].places.size() > 1)
      part = math.mul(part, taps[axis].weights[i]);
    sum = sum ? math.add(sum, part) : part;
  }
  return sum;
}

static LogicalResult importGridSample(Node &node) {
  const OnnxValue &x = node.input(0), &grid = node.input(1);
  FailureOr<Sampler> sampler = readSampler(node);
  if (failed(sampler))
    return failure();
  int64_t axes = x.rank() - 2;
  if (axes < 1 || axes > 3)
    return node.unsupported("an image of " + Twine(axes) + " axes");
  if (!isFloatValue(x) || !isFloatValue(grid))
    return node.unsupported("elements that are no floats");
  if (grid.rank() != x.rank() || grid.shape().back() != axes ||
      grid.shape()[0] != x.shape()[0])
    return node.error("the grid does not hold " + Twine(axes) +
                      " coordinates for each place and image");
  if (llvm::is_contained(x.shape().drop_front(2), 0))
    return node.error("the image is empty");
  SmallVector<int64_t> shape(x.shape().take_front(2));
  llvm::append_range(shape, grid.shape().drop_front().drop_back());
  Value result = computeElements(
      node, shape, elementTypeOf(x.value),
      [&](const ScalarMath &math, ValueRange indices) {
        SmallVector<Value> at = {indices[0]};
        llvm::append_range(at, indices.drop_front(2));
        SmallVector<Taps> taps;
        for (int64_t axis = 0; axis < axes; ++axis) {
          // The grid names the innermost axis first.
          at.push_back(math.index(axes - 1 - axis));
          int64_t size = x.shape()[axis + 2];
          Value position =
              toPosition(math, *sampler, math.read(grid.value, at), size);
          at.pop_back();
          taps.push_back(findTaps(math, *sampler, position, size));
        }
        SmallVector<Value> chosen = {indices[0], indices[1]};
        return mixTaps(math, x.value, taps, 0, chosen, Value());
      });
  node.setOutput(0, result, x.type);
  return mlir::success();
}

void addGridSample(OperatorTable &table) {
  table["::GridSample"] = withInputs<2, importGridSample>;
}

} // namespace tenon::onnx_import
