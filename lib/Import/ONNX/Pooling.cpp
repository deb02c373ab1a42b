//===- Pooling.cpp - Pools and their inverse ------------------------------===//

#include "Expressions.h"
#include "Windows.h"

using namespace mlir;
using mlir::tenon::ReductionKind;

namespace tenon::onnx_import {

namespace {
struct Pool {
  Window window;
  bool ceilMode;
};
} // namespace

static FailureOr<Pool> readPool(const Node &node) {
  if (failed(checkImage(node, 0)))
    return failure();
  ArrayRef<int64_t> sizes = node.input(0).shape().drop_front(2);
  SmallVector<int64_t> kernel = node.intsAttribute("kernel_shape");
  if (kernel.size() != sizes.size())
    return node.error("kernel_shape has " + Twine(kernel.size()) +
                      " entries, not " + Twine(sizes.size()));
  FailureOr<Window> window = readPaddedWindow(node, kernel, sizes);
  FailureOr<AutoPad> autoPad = readAutoPad(node);
  if (failed(window) || failed(autoPad))
    return failure();
  // The sizes that auto_pad asks for do not depend on ceil_mode.
  bool ceilMode =
      *autoPad == AutoPad::NotSet && node.intAttribute("ceil_mode", 0) != 0;
  return Pool{std::move(*window), ceilMode};
}

static LogicalResult importMaxPool(Node &node) {
  FailureOr<Pool> pool = readPool(node);
  if (failed(pool))
    return failure();
  const OnnxValue &x = node.input(0);
  const Window &window = pool->window;
  bool columnMajor = node.intAttribute("storage_order", 0) != 0;
  bool withIndices = node.wants(1);
  auto op = node.create<mlir::tenon::MaxPoolOp>(
      x.value, window.kernel, window.strides, window.dilations,
      window.padsBegin, window.padsEnd, pool->ceilMode, withIndices,
      columnMajor && withIndices, isUnsigned(x.type));
  if (failed(op))
    return failure();
  node.setOutput(0, op->getResult(), x.type);
  if (withIndices)
    node.setOutput(1, op->getIndices(), DataType::Int64);
  return mlir::success();
}

static LogicalResult setAvgPool(Node &node, bool countPadding,
                                std::optional<int64_t> p) {
  FailureOr<Pool> pool = readPool(node);
  if (failed(pool))
    return failure();
  if (!isFloatValue(node.input(0)))
    return node.error("the input has no float elements");
  const Window &window = pool->window;
  auto op = node.create<mlir::tenon::AvgPoolOp>(
      node.input(0).value, window.kernel, window.strides, window.dilations,
      window.padsBegin, window.padsEnd, pool->ceilMode, countPadding,
      p ? node.builder.getI64IntegerAttr(*p) : IntegerAttr());
  if (failed(op))
    return failure();
  node.setOutput(0, op->getResult(), node.input(0).type);
  return mlir::success();
}

static LogicalResult importAveragePool(Node &node) {
  return setAvgPool(node, node.intAttribute("count_include_pad", 0) != 0, {});
}

static LogicalResult importLpPool(Node &node) {
  return setAvgPool(node, false, node.intAttribute("p", 2));
}

/// A reduction of every spatial axis.
static LogicalResult setGlobalPool(Node &node, ReductionKind kind) {
  const OnnxValue &x = node.input(0);
  if (x.rank() < 3)
    return node.error("the input has no spatial axes");
  SmallVector<int64_t> axes;
  for (int64_t axis = 2; axis < x.rank(); ++axis)
    axes.push_back(axis);
  auto op = node.create<mlir::tenon::ReduceOp>(
      kind, x.value, axes, /*keep_dims=*/true, isUnsigned(x.type));
  if (failed(op))
    return failure();
  node.setOutput(0, op->getResult(), x.type);
  return mlir::success();
}

static LogicalResult importGlobalAveragePool(Node &node) {
  return setGlobalPool(node, ReductionKind::mean);
}

static LogicalResult importGlobalMaxPool(Node &node) {
  return setGlobalPool(node, ReductionKind::max);
}

static LogicalResult importGlobalLpPool(Node &node) {
  int64_t p = node.intAttribute("p", 2);
  if (p == 1 || p == 2)
    return setGlobalPool(node, p == 1 ? ReductionKind::l1 : ReductionKind::l2);
  if (failed(checkImage(node, 0)))
    return failure();
  const OnnxValue &x = node.input(0);
  SmallVector<int64_t> ones(x.rank() - 2, 1), zeros(x.rank() - 2, 0);
  auto op = node.create<mlir::tenon::AvgPoolOp>(
      x.value, x.shape().drop_front(2), ones, ones, zeros, zeros,
      /*ceil_mode=*/false, /*count_include_pad=*/false,
      node.builder.getI64IntegerAttr(p));
  if (failed(op))
    return failure();
  node.setOutput(0, op->getResult(), x.type);
  return mlir::success();
}

static LogicalResult importMaxUnpool(Node &node) {
  if (failed(checkImage(node, 0)))
    return failure();
  const OnnxValue &x = node.input(0), &indices = node.input(1);
  if (indices.shape() != x.shape())
    return node.error("the indices have another shape than the input");
  SmallVector<int64_t> kernel = node.intsAttribute("kernel_shape");
  if (static_cast<int64_t>(kernel.size()) + 2 != x.rank())
    return node.error("kernel_shape has " + Twine(kernel.size()) +
                      " entries, not " + Twine(x.rank() - 2));
  FailureOr<Window> window = readWindow(node, kernel);
  if (failed(window))
    return failure();
  SmallVector<int64_t> shape(x.shape());
  for (size_t i = 0; i < kernel.size(); ++i)
    shape[i + 2] = (shape[i + 2] - 1) * window->strides[i] + kernel[i] -
                   window->padsBegin[i] - window->padsEnd[i];
  if (node.has(2)) {
    auto asked = node.constantInts(2, "the output's shape");
    if (failed(asked))
      return failure();
    shape.assign(asked->begin(), asked->end());
  }
  if (static_cast<int64_t>(shape.size()) != x.rank() ||
      ArrayRef<int64_t>(shape).take_front(2) != x.shape().take_front(2))
    return node.error("output_shape does not keep the batch and channel axes");
  for (int64_t size : shape)
    if (size < 0 || size > (int64_t(1) << 40))
      return node.error("an output of size " + Twine(size));
  auto type = RankedTensorType::get(shape, elementTypeOf(x.value));
  Value result = mlir::tenon::MaxUnpoolOp::create(node.builder, node.loc, type,
                                                  x.value, indices.value,
                                                  /*whole_tensor=*/true);
  node.setOutput(0, result, x.type);
  return mlir::success();
}

void addRoiPooling(OperatorTable &table);

void addPooling(OperatorTable &table) {
  table["::MaxPool"] = withInputs<1, importMaxPool>;
  table["::AveragePool"] = withInputs<1, importAveragePool>;
  table["::LpPool"] = withInputs<1, importLpPool>;
  table["::GlobalAveragePool"] = withInputs<1, importGlobalAveragePool>;
  table["::GlobalMaxPool"] = withInputs<1, importGlobalMaxPool>;
  table["::GlobalLpPool"] = withInputs<1, importGlobalLpPool>;
  table["::MaxUnpool"] = withInputs<2, importMaxUnpool>;
  addRoiPooling(table);
}

} // namespace tenon::onnx_import
