//===- RoiPooling.cpp - Pooling inside regions ----------------------------===//

#include "Sampling.h"

using namespace mlir;

namespace tenon::onnx_import {

namespace {
struct RoiAlign {
  bool isMax, halfPixel;
  int64_t samples; ///< along each axis of a bin; 0 is as many as pixels
  double scale;
  int64_t sizes[2]; ///< of the output
};

/// Where the bins of a region begin and how large they are, along one axis.
struct Bins {
  Value start, size, samples;
};
} // namespace

/// A loop from 0 to `count` that carries a number.
static Value
accumulate(const ScalarMath &math, Value count, Value start,
           llvm::function_ref<Value(const ScalarMath &, Value, Value)> body) {
  auto loop = scf::ForOp::create(
      math.builder, math.loc, math.index(0), count, math.index(1), start,
      [&](OpBuilder &nested, Location loc, Value i, ValueRange carried) {
        Value next = body(ScalarMath(nested, loc, math.type), i, carried[0]);
        scf::YieldOp::create(nested, loc, next);
      });
  return loop.getResult(0);
}

static FailureOr<RoiAlign> readRoiAlign(const Node &node) {
  RoiAlign align;
  std::string mode = node.stringAttribute("mode", "avg");
  if (mode != "avg" && mode != "max")
    return node.error("mode '" + mode + "' is not known");
  align.isMax = mode == "max";
  // Opset 10 knew the coordinates without the shift only.
  std::string coordinates =
      node.opset < 16 ? "output_half_pixel"
                      : node.stringAttribute("coordinate_transformation_mode",
                                             "half_pixel");
  if (coordinates != "half_pixel" && coordinates != "output_half_pixel")
    return node.error("coordinate_transformation_mode '" + coordinates +
                      "' is not known");
  align.halfPixel = coordinates == "half_pixel";
  align.samples = node.intAttribute("sampling_ratio", 0);
  align.scale = node.floatAttribute("spatial_scale", 1);
  align.sizes[0] = node.intAttribute("output_height", 1);
  align.sizes[1] = node.intAttribute("output_width", 1);
  if (align.samples < 0 || align.sizes[0] < 1 || align.sizes[1] < 1)
    return node.error("sampling_ratio, output_height or output_width is out of "
                      "range");
  return align;
}

static Bins findBins(const ScalarMath &math, const RoiAlign &align, Value rois,
                     Value roi, int64_t axis) {
  auto bound = [&](int64_t i) {
    Value value = math.mul(math.read(rois, {roi, math.index(i)}),
                           math.number(align.scale));
    return align.halfPixel ? math.sub(value, math.number(0.5)) : value;
  };
  // A region is x1, y1, x2, y2; axis 0 is y.
  Value start = bound(1 - axis), end = bound(3 - axis);
  Value extent = math.sub(end, start);
  if (!align.halfPixel)
    extent = math.max(extent, math.number(1));
  Value size =
      math.div(extent, math.number(static_cast<double>(align.sizes[axis])));
  Value samples = align.samples > 0
                      ? math.index(align.samples)
                      : math.max(math.toIndex(math.ceil(size)), math.index(0));
  return {start, size, samples};
}

/// The position of sample `i` in bin `bin`.
static Value samplePosition(const ScalarMath &math, const Bins &bins, Value bin,
                            Value i) {
  Value start = math.add(bins.start, math.mul(math.toNumber(bin), bins.size));
  Value inside =
      math.mul(math.add(math.toNumber(i), math.number(0.5)), bins.size);
  return math.add(start, math.div(inside, math.toNumber(bins.samples)));
}

/// The weighed pixels around a sample: nothing where it lies more than a pixel
/// outside, the edge where it lies less.
static SmallVector<Value> readSample(const ScalarMath &math, Value image,
                                     Value batch, Value channel, Value y,
                                     Value x) {
  ArrayRef<int64_t> sizes = shapeOf(image).drop_front(2);
  Value isNear;
  std::array<Value, 2> positions = {y, x};
  for (size_t axis : {0, 1}) {
    Value &position = positions[axis];
    double size = static_cast<double>(sizes[axis]);
    Value near = math.both(math.lessOrEqual(math.number(-1), position),
                           math.lessOrEqual(position, math.number(size)));
    isNear = isNear ? math.both(isNear, near) : near;
    position =
        math.min(math.max(position, math.number(0)), math.number(size - 1));
  }
  SmallVector<Value> parts =
      weighNeighbours(math, image, batch, channel, positions[0], positions[1]);
  for (Value &part : parts)
    part = math.select(isNear, part, math.number(0));
  return parts;
}

static Value poolBin(const ScalarMath &math, const RoiAlign &align,
                     const Node &node, ValueRange at) {
  Value image = node.input(0).value, rois = node.input(1).value;
  Value batch = clampIndex(math, math.readIndex(node.input(2).value, {at[0]}),
                           shapeOf(image)[0]);
  Bins rows = findBins(math, align, rois, at[0], 0);
  Bins columns = findBins(math, align, rois, at[0], 1);
  double lowest = -std::numeric_limits<double>::infinity();
  Value start = math.number(align.isMax ? lowest : 0);
  Value pooled = accumulate(
      math, rows.samples, start,
      [&](const ScalarMath &outer, Value i, Value carried) {
        Value y = samplePosition(outer, rows, at[2], i);
        return accumulate(
            outer, columns.samples, carried,
            [&](const ScalarMath &inner, Value j, Value sum) {
              Value x = samplePosition(inner, columns, at[3], j);
              for (Value part : readSample(inner, image, batch, at[1], y, x))
                sum = align.isMax ? inner.max(sum, part) : inner.add(sum, part);
              return sum;
            });
      });
  Value count = math.mul(rows.samples, columns.samples);
  if (!align.isMax)
    return math.div(pooled, math.toNumber(math.max(count, math.index(1))));
  return math.select(math.less(math.index(0), count), pooled, math.number(0));
}

/// The input is an image and not empty, the regions have `columns` numbers.
static LogicalResult checkRegions(const Node &node, int64_t columns) {
  const OnnxValue &x = node.input(0), &rois = node.input(1);
  if (x.rank() != 4 || rois.rank() != 2 || rois.shape()[1] != columns)
    return node.error("the input must have rank 4, and rois be [regions, " +
                      Twine(columns) + "]");
  if (!isFloatValue(x) || !isFloatValue(rois))
    return node.error("input and rois must have float elements");
  if (llvm::is_contained(x.shape(), 0))
    return node.error("the input is empty");
  return mlir::success();
}

static LogicalResult importRoiAlign(Node &node) {
  FailureOr<RoiAlign> align = readRoiAlign(node);
  if (failed(align) || failed(checkRegions(node, 4)))
    return failure();
  const OnnxValue &x = node.input(0), &rois = node.input(1);
  const OnnxValue &batches = node.input(2);
  if (batches.shape() != rois.shape().take_front(1) || isFloatValue(batches))
    return node.error("batch_indices does not hold a number for each region");
  Value result = computeElements(
      node, {rois.shape()[0], x.shape()[1], align->sizes[0], align->sizes[1]},
      elementTypeOf(x.value), [&](const ScalarMath &math, ValueRange at) {
        return poolBin(math, *align, node, at);
      });
  node.setOutput(0, result, x.type);
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// MaxRoiPool
//===----------------------------------------------------------------------===//

/// First pixel and the one past the last of bin `bin` along `axis`.
static std::pair<Value, Value> wholeBin(const ScalarMath &math, Value rois,
                                        Value roi, int64_t axis, double scale,
                                        int64_t bins, Value bin, int64_t size) {
  auto bound = [&](int64_t i) {
    Value value =
        math.mul(math.read(rois, {roi, math.index(i)}), math.number(scale));
    return Value(math::RoundOp::create(math.builder, math.loc, value));
  };
  // A region is batch, x1, y1, x2, y2; axis 0 is y.
  Value start = bound(2 - axis), end = bound(4 - axis);
  Value extent =
      math.max(math.add(math.sub(end, start), math.number(1)), math.number(1));
  Value step = math.div(extent, math.number(static_cast<double>(bins)));
  Value number = math.toNumber(bin);
  auto place = [&](Value offset) {
    Value index = math.toIndex(math.add(offset, start));
    return math.max(math.min(index, math.index(size)), math.index(0));
  };
  Value next = math.add(number, math.number(1));
  return {place(math.floor(math.mul(number, step))),
          place(math.ceil(math.mul(next, step)))};
}

static LogicalResult importMaxRoiPool(Node &node) {
  SmallVector<int64_t> sizes = node.intsAttribute("pooled_shape");
  if (sizes.size() != 2 || sizes[0] < 1 || sizes[1] < 1)
    return node.error("pooled_shape does not hold two positive sizes");
  if (failed(checkRegions(node, 5)))
    return failure();
  const OnnxValue &x = node.input(0), &rois = node.input(1);
  double scale = node.floatAttribute("spatial_scale", 1);
  auto poolRegion = [&](const ScalarMath &math, ValueRange at) {
    Value batch = math.toIndex(math.read(rois.value, {at[0], math.index(0)}));
    batch = clampIndex(math, batch, x.shape()[0]);
    auto [top, bottom] = wholeBin(math, rois.value, at[0], 0, scale, sizes[0],
                                  at[2], x.shape()[2]);
    auto [left, right] = wholeBin(math, rois.value, at[0], 1, scale, sizes[1],
                                  at[3], x.shape()[3]);
    Value first = top, firstColumn = left;
    Value height = math.max(math.sub(bottom, top), math.index(0));
    Value width = math.max(math.sub(right, left), math.index(0));
    double lowest = -std::numeric_limits<double>::infinity();
    Value largest = accumulate(
        math, height, math.number(lowest),
        [&](const ScalarMath &outer, Value i, Value carried) {
          Value row = outer.add(first, i);
          return accumulate(
              outer, width, carried,
              [&](const ScalarMath &inner, Value j, Value value) {
                Value column = inner.add(firstColumn, j);
                return inner.max(
                    value, inner.read(x.value, {batch, at[1], row, column}));
              });
        });
    Value isFilled = math.both(math.less(math.index(0), height),
                               math.less(math.index(0), width));
    return math.select(isFilled, largest, math.number(0));
  };
  Value result =
      computeElements(node, {rois.shape()[0], x.shape()[1], sizes[0], sizes[1]},
                      elementTypeOf(x.value), poolRegion);
  node.setOutput(0, result, x.type);
  return mlir::success();
}

void addRoiPooling(OperatorTable &table) {
  table["::RoiAlign"] = withInputs<3, importRoiAlign>;
  table["::MaxRoiPool"] = withInputs<2, importMaxRoiPool>;
}

} // namespace tenon::onnx_import
