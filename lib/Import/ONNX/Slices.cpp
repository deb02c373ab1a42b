//===- Slices.cpp - Slice, Split, Pad -------------------------------------===//

#include "Axes.h"
#include "Operands.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::LogicalResult;
using mlir::Value;

using Sizes = llvm::SmallVector<int64_t>;

namespace {
/// Slice's arguments, an entry per listed axis.
struct SliceArguments {
  Sizes starts, ends, axes, steps;
};
} // namespace

static FailureOr<SliceArguments> sliceArguments(const Node &node,
                                                int64_t rank) {
  SliceArguments result;
  if (node.opset < 10) {
    result.starts = node.intsAttribute("starts");
    result.ends = node.intsAttribute("ends");
    result.axes = node.intsAttribute("axes");
  } else {
    if (failed(requireInputs(node, 3)))
      return failure();
    auto starts = node.constantInts(1, "where it starts");
    auto ends = node.constantInts(2, "where it ends");
    if (failed(starts) || failed(ends))
      return failure();
    result.starts = *starts;
    result.ends = *ends;
    for (auto [i, list, what] : {std::tuple(3, &result.axes, "its axes"),
                                 std::tuple(4, &result.steps, "its steps")}) {
      if (!node.has(i))
        continue;
      auto values = node.constantInts(i, what);
      if (failed(values))
        return failure();
      *list = *values;
    }
  }
  if (result.axes.empty())
    for (size_t axis = 0; axis < result.starts.size(); ++axis)
      result.axes.push_back(axis);
  if (result.steps.empty())
    result.steps.assign(result.starts.size(), 1);
  size_t count = result.starts.size();
  if (result.ends.size() != count || result.axes.size() != count ||
      result.steps.size() != count)
    return node.error("its starts, ends, axes and steps differ in number");
  for (int64_t &axis : result.axes) {
    auto known = resolveAxis(node, axis, rank);
    if (failed(known))
      return failure();
    axis = *known;
  }
  return result;
}

/// Clamps a bound: ends may be as far out as INT64_MAX, "to the end".
static int64_t clampBound(int64_t at, int64_t size, int64_t least,
                          int64_t most) {
  if (at < 0)
    at = at < -size ? -1 : at + size;
  return std::clamp(at, least, most);
}

static LogicalResult slice(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  auto given = sliceArguments(node, input.rank());
  if (failed(given))
    return failure();
  Sizes starts(input.rank(), 0), steps(input.rank(), 1);
  Sizes sizes(input.shape());
  for (size_t i = 0; i < given->axes.size(); ++i) {
    int64_t axis = given->axes[i], step = given->steps[i];
    int64_t size = input.shape()[axis];
    if (step == 0)
      return node.error("its step along axis " + llvm::Twine(axis) + " is 0");
    // A step longer than the axis takes one element, whatever its length.
    step = std::clamp<int64_t>(step, -size - 1, size + 1);
    bool forward = step > 0;
    int64_t start =
        clampBound(given->starts[i], size, 0, forward ? size : size - 1);
    int64_t end = forward ? clampBound(given->ends[i], size, 0, size)
                          : clampBound(given->ends[i], size, -1, size - 1);
    int64_t distance = forward ? end - start : start - end;
    int64_t stride = std::abs(step);
    sizes[axis] = distance <= 0 ? 0 : (distance + stride - 1) / stride;
    starts[axis] = sizes[axis] ? start : 0;
    steps[axis] = sizes[axis] > 1 ? step : 1;
  }
  auto result = sliceOf(node, input.value, starts, sizes, steps);
  if (failed(result))
    return failure();
  node.setOutput(0, *result, input.type);
  return mlir::success();
}

/// The lengths of Split's parts.
static FailureOr<Sizes> splitSizes(const Node &node, int64_t size) {
  int64_t parts = node.outputCount();
  if (node.opset >= 13 && node.has(1))
    return node.constantInts(1, "the sizes of the parts");
  if (node.opset < 13 && node.hasAttribute("split"))
    return node.intsAttribute("split");
  if (node.hasAttribute("num_outputs"))
    parts = node.intAttribute("num_outputs", parts);
  if (parts <= 0 || parts > size + static_cast<int64_t>(node.outputCount()))
    return node.error("it has " + llvm::Twine(parts) + " parts");
  // The last part is the shorter one where they cannot be equal.
  int64_t length = (size + parts - 1) / parts;
  Sizes sizes(parts, length);
  sizes.back() = size - length * (parts - 1);
  return sizes;
}

static LogicalResult split(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  auto axis = resolveAxis(node, node.intAttribute("axis", 0), input.rank());
  if (failed(axis))
    return failure();
  int64_t size = input.shape()[*axis];
  auto sizes = splitSizes(node, size);
  if (failed(sizes))
    return failure();
  int64_t begin = 0;
  if (sizes->size() < node.outputCount())
    return node.error("it has " + llvm::Twine(sizes->size()) + " parts for " +
                      llvm::Twine(node.outputCount()) + " outputs");
  for (auto [i, length] : llvm::enumerate(*sizes)) {
    if (length < 0 || length > size - begin)
      return node.error("its parts do not fit axis " + llvm::Twine(*axis) +
                        " of size " + llvm::Twine(size));
    if (node.wants(i)) {
      auto part = sliceAxis(node, input.value, *axis, begin, length);
      if (failed(part))
        return failure();
      node.setOutput(i, *part, input.type);
    }
    begin += length;
  }
  if (begin != size)
    return node.error("its parts do not fill axis " + llvm::Twine(*axis) +
                      " of size " + llvm::Twine(size));
  return mlir::success();
}

/// Low and high padding of every axis.
static FailureOr<std::pair<Sizes, Sizes>> padSizes(const Node &node,
                                                   int64_t rank) {
  Sizes given = node.intsAttribute(node.opset < 2 ? "paddings" : "pads");
  if (node.opset >= 11) {
    if (failed(requireInputs(node, 2)))
      return failure();
    auto values = node.constantInts(1, "the padding");
    if (failed(values))
      return failure();
    given = *values;
  }
  Sizes axes;
  for (int64_t axis = 0; axis < rank; ++axis)
    axes.push_back(axis);
  if (node.has(3)) {
    auto values = node.constantInts(3, "its axes");
    if (failed(values))
      return failure();
    axes.clear();
    for (int64_t axis : *values) {
      auto known = resolveAxis(node, axis, rank);
      if (failed(known))
        return failure();
      axes.push_back(*known);
    }
  }
  if (given.size() != 2 * axes.size())
    return node.error("it has " + llvm::Twine(given.size()) +
                      " sizes of padding for " + llvm::Twine(axes.size()) +
                      " axes");
  std::pair<Sizes, Sizes> pads{Sizes(rank, 0), Sizes(rank, 0)};
  for (size_t i = 0; i < axes.size(); ++i) {
    pads.first[axes[i]] = given[i];
    pads.second[axes[i]] = given[i + axes.size()];
  }
  return pads;
}

static LogicalResult pad(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  auto pads = padSizes(node, input.rank());
  if (failed(pads))
    return failure();
  std::string modeName = node.stringAttribute("mode", "constant");
  auto mode = mlir::tenon::symbolizePadMode(modeName);
  if (!mode)
    return node.error("its mode '" + modeName + "' is unknown");
  Value filling;
  if (*mode == mlir::tenon::PadMode::constant) {
    if (node.opset >= 11 && node.has(2)) {
      const OnnxValue &value = node.input(2);
      if (value.type != input.type || value.tensorType().getNumElements() != 1)
        return node.error("its value is not a scalar of the input's type");
      filling = reshapeTo(node.builder, node.loc, value.value, {});
    } else if (node.opset < 11 && node.floatAttribute("value", 0) != 0) {
      filling = splat(
          node.builder, node.loc,
          mlir::RankedTensorType::get({}, input.tensorType().getElementType()),
          node.floatAttribute("value", 0));
    }
  }
  auto result = node.create<mlir::tenon::PadOp>(
      input.value, filling, pads->first, pads->second, *mode);
  if (failed(result))
    return failure();
  node.setOutput(0, result->getResult(), input.type);
  return mlir::success();
}

void onnx_import::addSlices(OperatorTable &table) {
  table["::Slice"] = slice;
  table["::Split"] = split;
  table["::Pad"] = pad;
}
