//===- Windows.cpp - Sliding windows of convolutions and pools ------------===//

#include "Windows.h"

using namespace mlir;

namespace tenon::onnx_import {

void Window::splitPadding(size_t axis, int64_t total, bool smallerFirst) {
  int64_t smaller = total / 2;
  padsBegin[axis] = smallerFirst ? smaller : total - smaller;
  padsEnd[axis] = total - padsBegin[axis];
}

FailureOr<AutoPad> readAutoPad(const Node &node) {
  std::string name = node.stringAttribute("auto_pad", "NOTSET");
  auto kind = llvm::StringSwitch<std::optional<AutoPad>>(name)
                  .Cases({"NOTSET", ""}, AutoPad::NotSet)
                  .Case("SAME_UPPER", AutoPad::SameUpper)
                  .Case("SAME_LOWER", AutoPad::SameLower)
                  .Case("VALID", AutoPad::Valid)
                  .Default(std::nullopt);
  if (!kind)
    return node.error("auto_pad '" + name + "' is not known");
  return *kind;
}

LogicalResult checkImage(const Node &node, size_t i) {
  int64_t rank = node.input(i).rank();
  if (rank >= 3 && rank <= 5)
    return mlir::success();
  return node.unsupported("a window over " + Twine(rank - 2) +
                          " axes; 1 to 3 are");
}

/// An attribute with one entry per axis, all of them at least `least`.
static FailureOr<SmallVector<int64_t>> readPerAxis(const Node &node,
                                                   StringRef name, size_t count,
                                                   int64_t otherwise,
                                                   int64_t least) {
  SmallVector<int64_t> values = node.intsAttribute(name);
  if (values.empty())
    values.assign(count, otherwise);
  if (values.size() != count)
    return node.error(name + " has " + Twine(values.size()) + " entries, not " +
                      Twine(count));
  for (int64_t value : values)
    // 2^31 keeps every product of an extent inside 63 bits.
    if (value < least || value > (int64_t(1) << 31))
      return node.error(name + " holds " + Twine(value));
  return values;
}

FailureOr<Window> readWindow(const Node &node, ArrayRef<int64_t> kernel) {
  Window window;
  size_t axes = kernel.size();
  window.kernel.assign(kernel.begin(), kernel.end());
  for (int64_t size : kernel)
    if (size < 1 || size > (int64_t(1) << 31))
      return node.error("a kernel of size " + Twine(size));
  SmallVector<int64_t> given = node.intsAttribute("kernel_shape", kernel);
  if (ArrayRef<int64_t>(given) != kernel)
    return node.error("kernel_shape is not that of the weight");
  auto strides = readPerAxis(node, "strides", axes, 1, 1);
  auto dilations = readPerAxis(node, "dilations", axes, 1, 1);
  auto pads = readPerAxis(node, "pads", 2 * axes, 0, 0);
  if (failed(strides) || failed(dilations) || failed(pads))
    return failure();
  window.strides = std::move(*strides);
  window.dilations = std::move(*dilations);
  window.padsBegin.assign(pads->begin(), pads->begin() + axes);
  window.padsEnd.assign(pads->begin() + axes, pads->end());
  return window;
}

FailureOr<Window> readPaddedWindow(const Node &node, ArrayRef<int64_t> kernel,
                                   ArrayRef<int64_t> sizes) {
  FailureOr<Window> window = readWindow(node, kernel);
  FailureOr<AutoPad> autoPad = readAutoPad(node);
  if (failed(window) || failed(autoPad))
    return failure();
  if (*autoPad == AutoPad::NotSet)
    return window;
  Window padded = *window;
  for (size_t i = 0; i < padded.axes(); ++i) {
    int64_t total = 0;
    if (*autoPad != AutoPad::Valid) {
      int64_t stride = padded.strides[i];
      int64_t result = (sizes[i] + stride - 1) / stride;
      total = std::max<int64_t>(0, (result - 1) * stride + padded.extent(i) -
                                       sizes[i]);
    }
    padded.splitPadding(i, total, *autoPad != AutoPad::SameLower);
  }
  bool hasPads = llvm::any_of(node.intsAttribute("pads"),
                              [](int64_t pad) { return pad != 0; });
  if (hasPads && (padded.padsBegin != window->padsBegin ||
                  padded.padsEnd != window->padsEnd))
    return node.error("pads and auto_pad ask for different padding");
  return padded;
}

} // namespace tenon::onnx_import
