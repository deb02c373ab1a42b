//===- Windows.h - Sliding windows of convolutions and pools --------------===//

#ifndef TENON_LIB_IMPORT_ONNX_WINDOWS_H
#define TENON_LIB_IMPORT_ONNX_WINDOWS_H

#include "NodeImporter.h"

namespace tenon::onnx_import {

/// A node's window, one entry per spatial axis, every default filled in.
struct Window {
  llvm::SmallVector<int64_t> kernel, strides, dilations, padsBegin, padsEnd;

  size_t axes() const { return kernel.size(); }
  /// Distance from the first tap to the one past the last.
  int64_t extent(size_t axis) const {
    return dilations[axis] * (kernel[axis] - 1) + 1;
  }
  /// Gives `total` elements of padding to both ends of `axis`.
  void splitPadding(size_t axis, int64_t total, bool smallerFirst);
};

enum class AutoPad { NotSet, SameUpper, SameLower, Valid };
mlir::FailureOr<AutoPad> readAutoPad(const Node &node);

/// Input `i` has a batch axis, a channel axis and 1 to 3 spatial axes.
mlir::LogicalResult checkImage(const Node &node, size_t i);
/// strides, dilations and pads; `kernel` is given. auto_pad is not looked at.
mlir::FailureOr<Window> readWindow(const Node &node,
                                   llvm::ArrayRef<int64_t> kernel);
/// The same with auto_pad resolved for an input with spatial sizes `sizes`.
mlir::FailureOr<Window> readPaddedWindow(const Node &node,
                                         llvm::ArrayRef<int64_t> kernel,
                                         llvm::ArrayRef<int64_t> sizes);

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_WINDOWS_H
