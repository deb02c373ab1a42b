//===- ResizeTaps.cpp - What each element of a resized axis reads ---------===//

#include "ResizeTaps.h"

#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace mlir::tenon;

namespace {
/// Where a result element lies on the input axis, element centres being whole.
struct Position {
  int64_t whole = 0;
  /// 0 <= fraction < 1.
  double fraction = 0;
  /// -1, 0 or 1: fraction is below, at or above 1/2.
  int againstHalf = -1;

  double value() const { return static_cast<double>(whole) + fraction; }
};
} // namespace

/// numerator / denominator, exactly. Ties of the nearest modes hang on it.
static Position getRatio(WideInt numerator, WideInt denominator) {
  WideInt whole = numerator / denominator, rest = numerator % denominator;
  if (rest < 0) {
    --whole;
    rest += denominator;
  }
  WideInt twice = 2 * rest;
  return {static_cast<int64_t>(whole),
          static_cast<double>(rest) / static_cast<double>(denominator),
          twice < denominator    ? -1
          : twice == denominator ? 0
                                 : 1};
}

static Position getPosition(double value) {
  // Far outside, where only the edge counts, it must fit an integer.
  value = std::isnan(value) ? 0 : std::clamp(value, -0x1p62, 0x1p62);
  double whole = std::floor(value), fraction = value - whole;
  return {static_cast<int64_t>(whole), fraction,
          fraction < 0.5    ? -1
          : fraction == 0.5 ? 0
                            : 1};
}

/// Positions where the scale is the ratio of the sizes.
static Position locateExactly(CoordinateMode mode, const ResizeAxis &axis,
                              int64_t i) {
  WideInt in = axis.size, out = axis.resultSize, twice = 2 * WideInt(i) + 1;
  switch (mode) {
  case CoordinateMode::asymmetric:
    return getRatio(i * in, out);
  case CoordinateMode::align_corners:
    return out == 1 ? Position() : getRatio(i * (in - 1), out - 1);
  case CoordinateMode::tf_half_pixel_for_nn:
    return getRatio(twice * in, 2 * out);
  case CoordinateMode::pytorch_half_pixel:
    if (out == 1)
      return {};
    [[fallthrough]];
  default:
    // Symmetric half pixels differ only where the scale is not the ratio.
    return getRatio(twice * in - out, 2 * out);
  }
}

/// In f32, in which files hold scales: (x + 0.5) / 0.6 then is whole where the
/// decimal number makes it so.
static float locateByScale(CoordinateMode mode, const ResizeAxis &axis,
                           int64_t i) {
  float scale = static_cast<float>(*axis.scale), x = static_cast<float>(i);
  float size = static_cast<float>(axis.size);
  switch (mode) {
  case CoordinateMode::asymmetric:
    return x / scale;
  case CoordinateMode::tf_half_pixel_for_nn:
    return (x + 0.5f) / scale;
  case CoordinateMode::half_pixel_symmetric: {
    float adjustment = static_cast<float>(axis.resultSize) / (scale * size);
    return size / 2 * (1 - adjustment) + (x + 0.5f) / scale - 0.5f;
  }
  case CoordinateMode::align_corners:
    // The size is scale times size, before it is rounded down.
    return axis.resultSize == 1 ? 0 : x * (size - 1) / (scale * size - 1);
  case CoordinateMode::pytorch_half_pixel:
    if (axis.resultSize == 1)
      return 0;
    [[fallthrough]];
  default:
    return (x + 0.5f) / scale - 0.5f;
  }
}

static float locateInCrop(const ResizeAxis &axis, int64_t i) {
  float begin = static_cast<float>(axis.begin);
  float end = static_cast<float>(axis.end);
  float last = static_cast<float>(axis.size - 1);
  if (axis.resultSize == 1)
    return 0.5f * (begin + end) * last;
  return begin * last + static_cast<float>(i) * (end - begin) * last /
                            static_cast<float>(axis.resultSize - 1);
}

static Position locate(CoordinateMode mode, const ResizeAxis &axis, int64_t i) {
  if (mode == CoordinateMode::tf_crop_and_resize)
    return getPosition(locateInCrop(axis, i));
  return axis.scale ? getPosition(locateByScale(mode, axis, i))
                    : locateExactly(mode, axis, i);
}

static int64_t roundPosition(NearestMode mode, const Position &position) {
  switch (mode) {
  case NearestMode::floor:
    return position.whole;
  case NearestMode::ceil:
    return position.whole + (position.fraction > 0);
  case NearestMode::round_prefer_floor:
    return position.whole + (position.againstHalf > 0);
  case NearestMode::round_prefer_ceil:
    return position.whole + (position.againstHalf >= 0);
  }
  return position.whole;
}

/// The share of an element at a distance from the position.
static double weigh(ResizeMode mode, double coefficient, double distance) {
  double d = std::abs(distance), a = coefficient;
  if (mode == ResizeMode::linear)
    return std::max(0.0, 1 - d);
  // Keys' cubic convolution.
  if (d <= 1)
    return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
}

ResizeAxis tenon::getResizeAxis(ResizeOp op, int64_t axis) {
  ResizeAxis result = {shapeOf(op.getInput())[axis],
                       shapeOf(op.getResult())[axis], std::nullopt};
  if (std::optional<ArrayRef<double>> scales = op.getScales()) {
    // Files hold scales in f32: one that is the rounded ratio means the ratio.
    double ratio = static_cast<double>(result.resultSize) /
                   static_cast<double>(result.size);
    if (static_cast<float>((*scales)[axis]) != static_cast<float>(ratio))
      result.scale = (*scales)[axis];
  }
  if (std::optional<ArrayRef<double>> roi = op.getRoi()) {
    result.begin = (*roi)[axis];
    result.end = (*roi)[roi->size() / 2 + axis];
  }
  return result;
}

bool tenon::isIdentity(ResizeOp op, const ResizeAxis &axis) {
  if (axis.size != axis.resultSize)
    return false;
  if (op.getCoordinates() == CoordinateMode::tf_crop_and_resize)
    return axis.begin == 0 && axis.end == 1;
  return !axis.scale;
}

/// Appends the taps of an element at `position`.
static void appendFilter(ResizeOp op, const ResizeAxis &axis,
                         const Position &position, int64_t reach, double shrink,
                         ResizeTaps &taps) {
  int64_t last = axis.size - 1;
  double a = op.getCubicCoeff().convertToDouble(), sum = 0;
  size_t first = taps.weights.size();
  for (int64_t t = 1 - reach; t <= reach; ++t) {
    int64_t index = position.whole + t;
    double distance = static_cast<double>(t) - position.fraction;
    double weight = weigh(op.getMode(), a, distance * shrink);
    bool isInside = index >= 0 && index <= last;
    if (op.getExcludeOutside() && !isInside)
      weight = 0;
    taps.indices.push_back(std::clamp<int64_t>(index, 0, last));
    taps.weights.push_back(weight);
    sum += weight;
  }
  if (sum == 0) {
    // Nothing is within reach: the edge stands in.
    taps.weights[first] = 1;
    return;
  }
  for (double &weight : MutableArrayRef(taps.weights).drop_front(first))
    weight /= sum;
}

static double getShrink(ResizeOp op, const ResizeAxis &axis) {
  double scale = axis.scale.value_or(static_cast<double>(axis.resultSize) /
                                     static_cast<double>(axis.size));
  return op.getAntialias() ? std::min(1.0, scale) : 1.0;
}

std::optional<int64_t> tenon::countResizeTaps(ResizeOp op,
                                              const ResizeAxis &axis) {
  constexpr double mostEntries = 0x1p26;
  double support = op.getMode() == ResizeMode::linear ? 1 : 2;
  double count = op.getMode() == ResizeMode::nearest
                     ? 1
                     : 2 * std::ceil(support / getShrink(op, axis));
  if (count * static_cast<double>(axis.resultSize) > mostEntries)
    return std::nullopt;
  return static_cast<int64_t>(count);
}

ResizeTaps tenon::computeResizeTaps(ResizeOp op, const ResizeAxis &axis) {
  ResizeTaps taps;
  taps.count = *countResizeTaps(op, axis);
  double shrink = getShrink(op, axis);
  int64_t reach = taps.count / 2;
  bool isNearest = op.getMode() == ResizeMode::nearest;
  bool crops = op.getCoordinates() == CoordinateMode::tf_crop_and_resize;
  for (int64_t i : llvm::seq(axis.resultSize)) {
    Position position = locate(op.getCoordinates(), axis, i);
    if (crops)
      taps.isOutside.push_back(position.value() < 0 ||
                               position.value() >
                                   static_cast<double>(axis.size - 1));
    if (isNearest) {
      int64_t index = roundPosition(op.getNearest(), position);
      taps.indices.push_back(std::clamp<int64_t>(index, 0, axis.size - 1));
      taps.weights.push_back(1);
      continue;
    }
    appendFilter(op, axis, position, reach, shrink, taps);
  }
  if (!llvm::is_contained(taps.isOutside, true))
    taps.isOutside.clear();
  return taps;
}
