//===- DeformConv.cpp - Deformable convolution ----------------------------===//
//
// The values under the kernel are read at their displaced places into columns;
// the rest is a matrix product (Dai et al., 2017).
//
//===----------------------------------------------------------------------===//

#include "Sampling.h"
#include "Windows.h"

using namespace mlir;

namespace tenon::onnx_import {

namespace {
struct DeformableWindow {
  Window window;
  int64_t groups, offsetGroups;
  int64_t height, width; ///< of the output
};
} // namespace

static LogicalResult checkShape(const Node &node, size_t i, StringRef name,
                                ArrayRef<int64_t> expected) {
  if (node.input(i).shape() == expected && isFloatValue(node.input(i)))
    return mlir::success();
  return node.error(name + " does not fit the input and the weight");
}

static FailureOr<DeformableWindow> readDeformableWindow(const Node &node) {
  const OnnxValue &x = node.input(0), &weight = node.input(1);
  if (x.rank() != 4 || weight.rank() != 4)
    return node.unsupported("other than two spatial axes");
  if (!isFloatValue(x) || !isFloatValue(weight))
    return node.error("the input has no float elements");
  FailureOr<Window> window = readWindow(node, weight.shape().drop_front(2));
  if (failed(window))
    return failure();
  int64_t groups = node.intAttribute("group", 1);
  int64_t offsetGroups = node.intAttribute("offset_group", 1);
  int64_t channels = x.shape()[1];
  if (groups < 1 || offsetGroups < 1 || channels % offsetGroups != 0 ||
      weight.shape()[0] % groups != 0 || channels != weight.shape()[1] * groups)
    return node.error("the channels do not divide into groups and offset "
                      "groups");
  int64_t sizes[2];
  for (size_t axis : {0, 1}) {
    int64_t room = x.shape()[axis + 2] + window->padsBegin[axis] +
                   window->padsEnd[axis] - window->extent(axis);
    if (room < 0)
      return node.error("the kernel does not fit the input");
    sizes[axis] = room / window->strides[axis] + 1;
  }
  if (llvm::is_contained(x.shape().drop_front(2), 0))
    return node.error("the input is empty");
  int64_t area = window->kernel[0] * window->kernel[1];
  if (failed(checkShape(
          node, 2, "offset",
          {x.shape()[0], offsetGroups * area * 2, sizes[0], sizes[1]})) ||
      (node.has(3) && failed(checkShape(node, 3, "B", {weight.shape()[0]}))) ||
      (node.has(4) && failed(checkShape(node, 4, "mask",
                                        {x.shape()[0], offsetGroups * area,
                                         sizes[0], sizes[1]}))))
    return failure();
  return DeformableWindow{std::move(*window), groups, offsetGroups, sizes[0],
                          sizes[1]};
}

/// [N, C, kernel area, H, W]: what lies under each tap of each window.
static Value buildColumns(const Node &node, const DeformableWindow &deformed) {
  const OnnxValue &x = node.input(0);
  const Window &window = deformed.window;
  int64_t area = window.kernel[0] * window.kernel[1];
  int64_t channelsPerOffset = x.shape()[1] / deformed.offsetGroups;
  TensorMath tensors(node);
  ArrayRef<int64_t> batch = x.shape().take_front(1);
  Value offsets = tensors.reshape(node.input(2).value,
                                  {batch[0], deformed.offsetGroups, area, 2,
                                   deformed.height, deformed.width});
  Value mask;
  if (node.has(4))
    mask = tensors.reshape(node.input(4).value,
                           {batch[0], deformed.offsetGroups, area,
                            deformed.height, deformed.width});
  return computeElements(
      node, {batch[0], x.shape()[1], area, deformed.height, deformed.width},
      accumulatorOf(elementTypeOf(x.value)),
      [&](const ScalarMath &math, ValueRange at) {
        auto divide = [&](Value a, int64_t b) -> Value {
          return arith::DivUIOp::create(math.builder, math.loc, a,
                                        math.index(b));
        };
        Value group = divide(at[1], channelsPerOffset);
        Value row = divide(at[2], window.kernel[1]);
        Value column =
            math.sub(at[2], math.mul(row, math.index(window.kernel[1])));
        Value position[2];
        for (size_t axis : {0, 1}) {
          Value place =
              math.mul(at[3 + axis], math.index(window.strides[axis]));
          place = math.add(place, math.mul(axis == 0 ? row : column,
                                           math.index(window.dilations[axis])));
          place = math.sub(place, math.index(window.padsBegin[axis]));
          position[axis] = math.add(
              math.toNumber(place),
              math.read(offsets, {at[0], group, at[2],
                                  math.index(static_cast<int64_t>(axis)), at[3],
                                  at[4]}));
        }
        Value sum;
        for (Value part : weighNeighbours(math, x.value, at[0], at[1],
                                          position[0], position[1]))
          sum = sum ? math.add(sum, part) : part;
        if (mask)
          sum = math.mul(sum,
                         math.read(mask, {at[0], group, at[2], at[3], at[4]}));
        return sum;
      });
}

static LogicalResult importDeformConv(Node &node) {
  FailureOr<DeformableWindow> deformed = readDeformableWindow(node);
  if (failed(deformed))
    return failure();
  const OnnxValue &x = node.input(0), &weight = node.input(1);
  TensorMath math(node);
  Type element = elementTypeOf(x.value), wide = accumulatorOf(element);
  int64_t batch = x.shape()[0], outputs = weight.shape()[0];
  int64_t groups = deformed->groups;
  int64_t area = deformed->window.kernel[0] * deformed->window.kernel[1];
  int64_t depth = weight.shape()[1] * area;
  int64_t places = deformed->height * deformed->width;
  Value columns = math.reshape(buildColumns(node, *deformed),
                               {batch, groups, depth, places});
  Value filters = math.reshape(math.convert(weight.value, wide),
                               {groups, outputs / groups, depth});
  Value result =
      math.reshape(math.matmul(filters, columns),
                   {batch, outputs, deformed->height, deformed->width});
  if (node.has(3))
    result =
        math.add(result, math.reshape(math.convert(node.input(3).value, wide),
                                      {outputs, 1, 1}));
  node.setOutput(0, math.convert(result, element), x.type);
  return mlir::success();
}

void addDeformConv(OperatorTable &table) {
  table["::DeformConv"] = withInputs<3, importDeformConv>;
}

} // namespace tenon::onnx_import
