//===- Resampling.cpp - Resizing and pixel shuffles -----------------------===//

#include "Expressions.h"

#include <cmath>

using namespace mlir;
using mlir::tenon::CoordinateMode;
using mlir::tenon::NearestMode;
using mlir::tenon::PixelOrder;
using mlir::tenon::ResizeMode;

namespace tenon::onnx_import {

namespace {
/// What a resize does, an entry for every axis of the input.
struct ResizePlan {
  ResizeMode mode = ResizeMode::nearest;
  CoordinateMode coordinates = CoordinateMode::half_pixel;
  NearestMode nearest = NearestMode::round_prefer_floor;
  SmallVector<int64_t> sizes;
  std::optional<SmallVector<double>> scales, roi;
  double cubicCoeff = -0.75, extrapolation = 0;
  bool excludeOutside = false, antialias = false;
};
} // namespace

static FailureOr<ResizeMode> readMode(const Node &node) {
  std::string name = node.stringAttribute("mode", "nearest");
  auto mode = llvm::StringSwitch<std::optional<ResizeMode>>(name)
                  .Case("nearest", ResizeMode::nearest)
                  .Cases({"linear", "bilinear"}, ResizeMode::linear)
                  .Case("cubic", ResizeMode::cubic)
                  .Default(std::nullopt);
  if (!mode)
    return node.error("mode '" + name + "' is not known");
  return *mode;
}

/// The size of an axis after scaling; the product is one of floats, so that 10
/// times 0.7 is 7.
static FailureOr<int64_t> scaledSize(const Node &node, int64_t size,
                                     double scale) {
  float result =
      std::floor(static_cast<float>(size) * static_cast<float>(scale));
  if (!(scale > 0) || !(result < 1e12f))
    return node.error("scale " + Twine(std::to_string(scale)) +
                      " is not a factor for " + Twine(size) + " elements");
  return static_cast<int64_t>(result);
}

static LogicalResult planScales(const Node &node, ArrayRef<double> scales,
                                ResizePlan &plan) {
  ArrayRef<int64_t> shape = node.input(0).shape();
  if (scales.size() != shape.size())
    return node.error(Twine(scales.size()) + " scales for " +
                      Twine(shape.size()) + " axes");
  plan.scales = SmallVector<double>(scales);
  plan.sizes.clear();
  for (auto [size, scale] : llvm::zip(shape, scales)) {
    FailureOr<int64_t> result = scaledSize(node, size, scale);
    if (failed(result))
      return failure();
    plan.sizes.push_back(*result);
  }
  return mlir::success();
}

/// Whether every pixel is repeated a whole number of times along the spatial
/// axes; gives the numbers.
static std::optional<SmallVector<int64_t>>
repetitions(const ResizePlan &plan, ArrayRef<int64_t> shape) {
  if (plan.mode != ResizeMode::nearest || shape.size() < 3 ||
      plan.sizes[0] != shape[0] || plan.sizes[1] != shape[1])
    return std::nullopt;
  bool rounds = plan.nearest == NearestMode::round_prefer_floor ||
                plan.nearest == NearestMode::round_prefer_ceil;
  bool centred = plan.coordinates == CoordinateMode::half_pixel ||
                 plan.coordinates == CoordinateMode::half_pixel_symmetric;
  SmallVector<int64_t> factors;
  for (size_t axis = 0; axis < shape.size(); ++axis) {
    int64_t factor = shape[axis] == 0 ? 0 : plan.sizes[axis] / shape[axis];
    if (factor < 1 || factor * shape[axis] != plan.sizes[axis] ||
        (plan.scales && (*plan.scales)[axis] != static_cast<double>(factor)))
      return std::nullopt;
    // Where the nearest pixel of every i is i / factor.
    bool repeats =
        factor == 1 || (centred && rounds) ||
        (plan.coordinates == CoordinateMode::asymmetric &&
         (plan.nearest == NearestMode::floor ||
          (plan.nearest == NearestMode::round_prefer_floor && factor == 2)));
    if (!repeats)
      return std::nullopt;
    if (axis >= 2)
      factors.push_back(factor);
  }
  return factors;
}

static Value emitResize(const Node &node, Value input, const ResizePlan &plan) {
  OpBuilder &builder = node.builder;
  auto type = RankedTensorType::get(plan.sizes, elementTypeOf(input));
  auto list = [&](const std::optional<SmallVector<double>> &values) {
    return values ? builder.getDenseF64ArrayAttr(*values) : DenseF64ArrayAttr();
  };
  auto flag = [&](bool set) {
    return set ? builder.getUnitAttr() : UnitAttr();
  };
  MLIRContext *context = builder.getContext();
  return mlir::tenon::ResizeOp::create(
      builder, node.loc, type, input,
      mlir::tenon::ResizeModeAttr::get(context, plan.mode),
      mlir::tenon::CoordinateModeAttr::get(context, plan.coordinates),
      mlir::tenon::NearestModeAttr::get(context, plan.nearest),
      list(plan.scales), list(plan.roi),
      builder.getF64FloatAttr(plan.cubicCoeff),
      builder.getF64FloatAttr(plan.extrapolation), flag(plan.excludeOutside),
      flag(plan.antialias));
}

static LogicalResult setResized(Node &node, const ResizePlan &plan) {
  TensorMath math(node);
  const OnnxValue &x = node.input(0);
  for (auto [size, result] : llvm::zip(x.shape(), plan.sizes))
    if (result < 0 || (size == 0 && result > 0))
      return node.error("an axis of size " + Twine(size) +
                        " cannot become one of size " + Twine(result));
  if (ArrayRef<int64_t>(plan.sizes) == x.shape() && !plan.roi &&
      (!plan.scales ||
       llvm::all_of(*plan.scales, [](double scale) { return scale == 1; }))) {
    node.setOutput(0, x.value, x.type);
    return mlir::success();
  }
  if (auto factors = repetitions(plan, x.shape())) {
    auto op = node.create<mlir::tenon::UpsampleOp>(x.value, *factors);
    if (failed(op))
      return failure();
    node.setOutput(0, op->getResult(), x.type);
    return mlir::success();
  }
  bool mixesIntegers = plan.mode != ResizeMode::nearest && !isFloatValue(x);
  if (!mixesIntegers) {
    node.setOutput(0, emitResize(node, x.value, plan), x.type);
    return mlir::success();
  }
  // Mixed integers are rounded to the nearest and saturated.
  Value wide = castTo(node.builder, node.loc, x, DataType::Float32);
  OnnxValue mixed;
  mixed.value = math.unary<math::RoundEvenOp>(emitResize(node, wide, plan));
  mixed.type = DataType::Float32;
  node.setOutput(0, castTo(node.builder, node.loc, mixed, x.type), x.type);
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// Upsample and the first Resize
//===----------------------------------------------------------------------===//

/// Nearest pixels of Resize-10 are found by rounding down along axes that grow
/// and by rounding up along those that shrink.
static LogicalResult setAsymmetric(Node &node, ArrayRef<double> scales) {
  FailureOr<ResizeMode> mode = readMode(node);
  ResizePlan plan;
  if (failed(mode) || failed(planScales(node, scales, plan)))
    return failure();
  if (*mode == ResizeMode::cubic)
    return node.error("mode 'cubic' is not known");
  plan.mode = *mode;
  plan.coordinates = CoordinateMode::asymmetric;
  plan.nearest = NearestMode::floor;
  bool shrinks = llvm::any_of(scales, [](double scale) { return scale < 1; });
  bool grows = llvm::any_of(scales, [](double scale) { return scale > 1; });
  if (*mode != ResizeMode::nearest || !shrinks)
    return setResized(node, plan);
  plan.nearest = NearestMode::ceil;
  if (!grows)
    return setResized(node, plan);
  ResizePlan growing = plan;
  growing.nearest = NearestMode::floor;
  for (auto [axis, scale] : llvm::enumerate(scales)) {
    if (scale > 1) {
      (*plan.scales)[axis] = 1;
    } else {
      (*growing.scales)[axis] = 1;
      growing.sizes[axis] = node.input(0).shape()[axis];
    }
  }
  if (llvm::is_contained(node.input(0).shape(), 0))
    return node.error("an empty tensor cannot be resized");
  Value grown = emitResize(node, node.input(0).value, growing);
  node.setOutput(0, emitResize(node, grown, plan), node.input(0).type);
  return mlir::success();
}

static LogicalResult importUpsample(Node &node) {
  if (node.opset >= 10)
    return node.error("Upsample is gone from opset 10 on");
  if (node.opset < 9)
    return setAsymmetric(node, node.floatsAttribute("scales"));
  auto scales = node.constantFloats(1, "the scales");
  if (failed(scales))
    return failure();
  return setAsymmetric(node, *scales);
}

//===----------------------------------------------------------------------===//
// Resize
//===----------------------------------------------------------------------===//

static LogicalResult readCoordinates(const Node &node, ResizePlan &plan) {
  std::string name =
      node.stringAttribute("coordinate_transformation_mode", "half_pixel");
  std::optional<CoordinateMode> coordinates =
      mlir::tenon::symbolizeCoordinateMode(name);
  if (!coordinates)
    return node.error("coordinate_transformation_mode '" + name +
                      "' is not known");
  plan.coordinates = *coordinates;
  name = node.stringAttribute("nearest_mode", "round_prefer_floor");
  std::optional<NearestMode> nearest = mlir::tenon::symbolizeNearestMode(name);
  if (!nearest)
    return node.error("nearest_mode '" + name + "' is not known");
  plan.nearest = *nearest;
  plan.cubicCoeff = node.floatAttribute("cubic_coeff_a", -0.75);
  plan.excludeOutside = node.intAttribute("exclude_outside", 0) != 0;
  plan.antialias = node.intAttribute("antialias", 0) != 0;
  if (plan.mode == ResizeMode::nearest) {
    if (plan.excludeOutside)
      return node.unsupported("exclude_outside in mode nearest");
    if (plan.antialias)
      return node.error("antialias is not for mode nearest");
  }
  if (plan.coordinates == CoordinateMode::tf_crop_and_resize)
    plan.extrapolation = node.floatAttribute("extrapolation_value", 0);
  return mlir::success();
}

static FailureOr<SmallVector<int64_t>> readAxes(const Node &node) {
  int64_t rank = node.input(0).rank();
  SmallVector<int64_t> axes = node.intsAttribute("axes");
  if (axes.empty())
    axes.assign(llvm::seq<int64_t>(rank).begin(),
                llvm::seq<int64_t>(rank).end());
  SmallVector<bool> used(rank, false);
  for (int64_t &axis : axes) {
    FailureOr<int64_t> known = resolveAxis(node, axis, rank);
    if (failed(known))
      return failure();
    axis = *known;
    if (used[axis])
      return node.error("axes names axis " + Twine(axis) + " twice");
    used[axis] = true;
  }
  return axes;
}

/// The sizes asked for, and with an aspect ratio to keep the one scale for all.
static LogicalResult planSizes(const Node &node, ArrayRef<int64_t> axes,
                               ArrayRef<int64_t> sizes, ResizePlan &plan) {
  ArrayRef<int64_t> shape = node.input(0).shape();
  std::string policy =
      node.stringAttribute("keep_aspect_ratio_policy", "stretch");
  bool larger = policy == "not_smaller";
  if (policy != "stretch" && policy != "not_larger" && !larger)
    return node.error("keep_aspect_ratio_policy '" + policy + "' is not known");
  plan.sizes.assign(shape.begin(), shape.end());
  std::optional<double> scale;
  for (auto [axis, size] : llvm::zip(axes, sizes)) {
    if (size < 0 || size > (int64_t(1) << 40))
      return node.error("a size of " + Twine(size));
    plan.sizes[axis] = size;
    double own = static_cast<double>(size) / static_cast<double>(shape[axis]);
    scale = !scale   ? own
            : larger ? std::max(*scale, own)
                     : std::min(*scale, own);
  }
  if (policy == "stretch" || !scale)
    return mlir::success();
  if (!std::isfinite(*scale))
    return node.error("an empty axis has no aspect ratio");
  plan.scales = SmallVector<double>(shape.size(), 1);
  for (int64_t axis : axes) {
    (*plan.scales)[axis] = *scale;
    plan.sizes[axis] =
        static_cast<int64_t>(*scale * static_cast<double>(shape[axis]) + 0.5);
  }
  return mlir::success();
}

static LogicalResult readRoi(const Node &node, ArrayRef<int64_t> axes,
                             ResizePlan &plan) {
  if (plan.coordinates != CoordinateMode::tf_crop_and_resize)
    return mlir::success();
  if (!node.has(1))
    return node.error("tf_crop_and_resize needs roi");
  auto values = node.constantFloats(1, "the region of interest");
  if (failed(values))
    return failure();
  if (values->size() != 2 * axes.size())
    return node.error("roi has " + Twine(values->size()) + " values for " +
                      Twine(axes.size()) + " axes, two each");
  size_t rank = node.input(0).rank();
  SmallVector<double> roi(2 * rank, 0);
  std::fill(roi.begin() + rank, roi.end(), 1);
  for (auto [i, axis] : llvm::enumerate(axes)) {
    roi[axis] = (*values)[i];
    roi[rank + axis] = (*values)[axes.size() + i];
  }
  plan.roi = std::move(roi);
  return mlir::success();
}

/// Whether input `i` is given and not empty: an empty tensor stands for none.
static bool isGiven(const Node &node, size_t i) {
  return node.has(i) && !llvm::is_contained(node.input(i).shape(), 0);
}

static LogicalResult importResize(Node &node) {
  if (node.opset < 11) {
    auto scales = node.constantFloats(1, "the scales");
    if (failed(scales))
      return failure();
    return setAsymmetric(node, *scales);
  }
  FailureOr<ResizeMode> mode = readMode(node);
  FailureOr<SmallVector<int64_t>> axes = readAxes(node);
  if (failed(mode) || failed(axes))
    return failure();
  ResizePlan plan;
  plan.mode = *mode;
  if (failed(readCoordinates(node, plan)) || failed(readRoi(node, *axes, plan)))
    return failure();
  if (isGiven(node, 2) == isGiven(node, 3))
    return node.error("either scales or sizes must be given");
  if (isGiven(node, 2)) {
    auto values = node.constantFloats(2, "the scales");
    if (failed(values))
      return failure();
    if (values->size() != axes->size())
      return node.error(Twine(values->size()) + " scales for " +
                        Twine(axes->size()) + " axes");
    SmallVector<double> scales(node.input(0).rank(), 1);
    for (auto [axis, scale] : llvm::zip(*axes, *values))
      scales[axis] = scale;
    if (failed(planScales(node, scales, plan)))
      return failure();
  } else {
    auto sizes = node.constantInts(3, "the sizes");
    if (failed(sizes))
      return failure();
    if (sizes->size() != axes->size())
      return node.error(Twine(sizes->size()) + " sizes for " +
                        Twine(axes->size()) + " axes");
    if (failed(planSizes(node, *axes, *sizes, plan)))
      return failure();
  }
  return setResized(node, plan);
}

//===----------------------------------------------------------------------===//
// Pixel shuffles, cropping, grids
//===----------------------------------------------------------------------===//

static FailureOr<PixelOrder> readPixelOrder(const Node &node) {
  std::string mode = node.stringAttribute("mode", "DCR");
  if (mode != "DCR" && mode != "CRD")
    return node.error("mode '" + mode + "' is not known");
  return mode == "DCR" ? PixelOrder::dcr : PixelOrder::crd;
}

template <typename Op> static LogicalResult importPixelBlocks(Node &node) {
  FailureOr<PixelOrder> order = readPixelOrder(node);
  if (failed(order))
    return failure();
  auto op = node.create<Op>(node.input(0).value,
                            node.intAttribute("blocksize", 0), *order);
  if (failed(op))
    return failure();
  node.setOutput(0, op->getResult(), node.input(0).type);
  return mlir::success();
}

static LogicalResult importCenterCropPad(Node &node) {
  const OnnxValue &x = node.input(0);
  FailureOr<SmallVector<int64_t>> axes = readAxes(node);
  auto target = node.constantInts(1, "the shape");
  if (failed(axes) || failed(target))
    return failure();
  if (target->size() != axes->size())
    return node.error(Twine(target->size()) + " sizes for " +
                      Twine(axes->size()) + " axes");
  // Cropping is negative padding; the odd element goes to the end.
  SmallVector<int64_t> low(x.rank(), 0), high(x.rank(), 0);
  for (auto [axis, size] : llvm::zip(*axes, *target)) {
    int64_t missing = size - x.shape()[axis];
    if (size < 0 || size > (int64_t(1) << 40))
      return node.error("a size of " + Twine(size));
    low[axis] = missing / 2;
    high[axis] = missing - missing / 2;
  }
  auto op = node.create<mlir::tenon::PadOp>(x.value, Value(), low, high,
                                            mlir::tenon::PadMode::constant);
  if (failed(op))
    return failure();
  node.setOutput(0, op->getResult(), x.type);
  return mlir::success();
}

/// Positions from -1 to 1: pixel centres, the corners' at the ends or half a
/// pixel inside.
static double gridPosition(int64_t i, int64_t size, bool alignCorners) {
  if (!alignCorners)
    return (2.0 * i + 1) / size - 1;
  return size == 1 ? 0 : 2.0 * i / (size - 1) - 1;
}

static LogicalResult importAffineGrid(Node &node) {
  const OnnxValue &theta = node.input(0);
  auto size = node.constantInts(1, "the size");
  if (failed(size))
    return failure();
  int64_t axes = static_cast<int64_t>(size->size()) - 2;
  if (axes != 2 && axes != 3)
    return node.error("the size has " + Twine(size->size()) +
                      " entries, not 4 or 5");
  if (!isFloatValue(theta) ||
      theta.shape() != ArrayRef<int64_t>{(*size)[0], axes, axes + 1})
    return node.error("theta is not a float matrix [" + Twine(axes) + ", " +
                      Twine(axes + 1) + "] for each of " + Twine((*size)[0]) +
                      " images");
  ArrayRef<int64_t> spatial = ArrayRef<int64_t>(*size).drop_front(2);
  std::optional<int64_t> places =
      elementCount(std::vector<int64_t>(spatial.begin(), spatial.end()));
  if (!places || *places > (int64_t(1) << 28))
    return node.error("the size is out of range");
  bool alignCorners = node.intAttribute("align_corners", 0) != 0;
  // Homogeneous positions, the innermost axis first.
  SmallVector<double> positions;
  for (int64_t place = 0; place < *places; ++place) {
    int64_t rest = place;
    for (int64_t axis = axes - 1; axis >= 0; --axis) {
      positions.push_back(
          gridPosition(rest % spatial[axis], spatial[axis], alignCorners));
      rest /= spatial[axis];
    }
    positions.push_back(1);
  }
  TensorMath math(node);
  Type element = elementTypeOf(theta.value);
  Value table = tableOf(node, element, {*places, axes + 1}, positions);
  Value grid =
      math.matmul(table, math.convert(theta.value, accumulatorOf(element)),
                  /*transposeA=*/false, /*transposeB=*/true);
  SmallVector<int64_t> shape = {(*size)[0]};
  shape.append(spatial.begin(), spatial.end());
  shape.push_back(axes);
  node.setOutput(0, math.convert(math.reshape(grid, shape), element),
                 theta.type);
  return mlir::success();
}

void addGridSample(OperatorTable &table);

void addResampling(OperatorTable &table) {
  table["::Resize"] = withInputs<1, importResize>;
  table["::Upsample"] = withInputs<1, importUpsample>;
  table["::DepthToSpace"] =
      withInputs<1, importPixelBlocks<mlir::tenon::PixelShuffleOp>>;
  table["::SpaceToDepth"] =
      withInputs<1, importPixelBlocks<mlir::tenon::PixelUnshuffleOp>>;
  table["::CenterCropPad"] = withInputs<2, importCenterCropPad>;
  table["::AffineGrid"] = withInputs<2, importAffineGrid>;
  addGridSample(table);
}

} // namespace tenon::onnx_import
