//===- Shapes.h - Arithmetic and checks of tensor shapes --------*- C++ -*-===//
//
// What the ops of the dialect, the importers and the rewrites need to know of
// shapes. A size is an int64_t, ShapedType::kDynamic where it is not known.
// Every check takes an optional location and reports there if it has one.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_IR_SHAPES_H
#define TENON_IR_SHAPES_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/TypeRange.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/ArrayRef.h"
#include <optional>

namespace mlir::tenon {

/// Products of two sizes do not overflow in it.
using WideInt = __int128;

inline bool isDynamic(int64_t size) { return ShapedType::isDynamic(size); }

/// Whether both sizes can be the same at run time.
bool mayEqual(int64_t left, int64_t right);

/// The static one of two sizes that may be equal, if there is one.
int64_t refineSize(int64_t left, int64_t right);

/// Number of elements; none where a size is dynamic or the count needs more
/// than 63 bits.
std::optional<int64_t> countElements(ArrayRef<int64_t> shape);

/// Whether the types agree pairwise in element type, rank and every size that
/// both know.
bool areCompatibleTypes(TypeRange left, TypeRange right);

ArrayRef<int64_t> shapeOf(Value tensor);
Type elementTypeOf(Value tensor);

/// A size that was computed: an error if it is negative or needs more than 63
/// bits. `what` names it.
FailureOr<int64_t> checkSize(std::optional<Location> location, WideInt size,
                             const Twine &what);

/// Adds a tensor type to `types`; an error where the bytes of such a tensor
/// cannot be counted in 63 bits.
LogicalResult appendResult(std::optional<Location> location,
                           ArrayRef<int64_t> shape, Type elementType,
                           SmallVectorImpl<Type> &types);

/// The checks below accept a null value: an absent operand is in order.
LogicalResult checkRank(std::optional<Location> location, StringRef name,
                        Value tensor, int64_t rank);
LogicalResult checkRankBetween(std::optional<Location> location, StringRef name,
                               Value tensor, int64_t least, int64_t most);
/// `tensor` has the element type of `other`.
LogicalResult checkElementType(std::optional<Location> location, StringRef name,
                               Value tensor, StringRef otherName, Value other);
/// Axis `axis` of `tensor` may have size `expected`, which is `meaning`.
LogicalResult checkAxisSize(std::optional<Location> location, StringRef name,
                            Value tensor, int64_t axis, int64_t expected,
                            const Twine &meaning);
/// `tensor` can be broadcast to `shape` by repetition of axes of size 1.
LogicalResult checkBroadcastsTo(std::optional<Location> location,
                                StringRef name, Value tensor,
                                ArrayRef<int64_t> shape);

/// 0 <= axis < rank.
LogicalResult checkAxis(std::optional<Location> location, StringRef name,
                        int64_t axis, int64_t rank);
/// One entry per axis, each at least `least`.
LogicalResult checkEntries(std::optional<Location> location, StringRef name,
                           ArrayRef<int64_t> values, int64_t axes,
                           int64_t least);
/// The entries of a convolution's or pool's windows.
template <typename Adaptor>
LogicalResult checkWindows(std::optional<Location> location, Adaptor adaptor,
                           int64_t axes) {
  return success(succeeded(checkEntries(location, "strides",
                                        adaptor.getStrides(), axes, 1)) &&
                 succeeded(checkEntries(location, "dilations",
                                        adaptor.getDilations(), axes, 1)) &&
                 succeeded(checkEntries(location, "pads_begin",
                                        adaptor.getPadsBegin(), axes, 0)) &&
                 succeeded(checkEntries(location, "pads_end",
                                        adaptor.getPadsEnd(), axes, 0)));
}
/// `unsigned_...` attributes speak of integers.
LogicalResult checkUnsigned(std::optional<Location> location, StringRef name,
                            bool isUnsigned, Type elementType);
/// An axis from which elements are read by clamped index must not be empty.
LogicalResult checkReadable(std::optional<Location> location, int64_t size,
                            ArrayRef<int64_t> indices);

/// The shape that both broadcast to by NumPy's rules.
FailureOr<SmallVector<int64_t>>
broadcastShapes(std::optional<Location> location, ArrayRef<int64_t> left,
                ArrayRef<int64_t> right);

/// One axis over which a window slides.
struct WindowAxis {
  int64_t size;
  int64_t kernel;
  int64_t stride = 1;
  int64_t dilation = 1;
  int64_t padBegin = 0;
  int64_t padEnd = 0;

  bool isStatic() const { return !isDynamic(size) && !isDynamic(kernel); }
  /// Distance from the first tap to the one past the last.
  WideInt extent() const { return WideInt(dilation) * (kernel - 1) + 1; }
  /// Whether the windows are the elements, one by one.
  bool isPointwise() const {
    return kernel == 1 && stride == 1 && padBegin == 0 && padEnd == 0;
  }
};

/// Window axis `axis` of an op, or its adaptor, with strides, dilations and
/// pads.
template <typename OpTy>
WindowAxis getWindowAxis(OpTy op, int64_t axis, int64_t size, int64_t kernel) {
  return {size,
          kernel,
          op.getStrides()[axis],
          op.getDilations()[axis],
          op.getPadsBegin()[axis],
          op.getPadsEnd()[axis]};
}
/// Those of all axes, of `sizes`.
template <typename OpTy>
SmallVector<WindowAxis> getWindowAxes(OpTy op, ArrayRef<int64_t> sizes,
                                      ArrayRef<int64_t> kernel) {
  SmallVector<WindowAxis> axes;
  for (auto [i, size] : llvm::enumerate(sizes))
    axes.push_back(getWindowAxis(op, i, size, kernel[i]));
  return axes;
}

/// Number of windows that fit:
/// floor((size + pads - extent) / stride) + 1.
FailureOr<int64_t> convolvedSize(std::optional<Location> location,
                                 const WindowAxis &axis);
/// As convolvedSize, but with `ceilMode` a last window may reach past the end
/// if it starts inside the input or the padding before it.
FailureOr<int64_t> pooledSize(std::optional<Location> location,
                              const WindowAxis &axis, bool ceilMode);
/// stride (size - 1) + output padding + extent - pads.
FailureOr<int64_t> transposedSize(std::optional<Location> location,
                                  const WindowAxis &axis,
                                  int64_t outputPadding);

} // namespace mlir::tenon

#endif // TENON_IR_SHAPES_H
