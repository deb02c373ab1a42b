//===- Shapes.cpp - Arithmetic and checks of tensor shapes ----------------===//

#include "tenon/IR/Shapes.h"

#include <limits>

using namespace mlir;
using namespace mlir::tenon;

bool tenon::mayEqual(int64_t left, int64_t right) {
  return left == right || isDynamic(left) || isDynamic(right);
}

int64_t tenon::refineSize(int64_t left, int64_t right) {
  return isDynamic(left) ? right : left;
}

/// The product of the static sizes, those of zero left out, so that the strides
/// of an empty tensor are counted too.
static std::optional<WideInt> countStrides(ArrayRef<int64_t> shape) {
  WideInt count = 1;
  for (int64_t size : shape) {
    if (isDynamic(size) || size == 0)
      continue;
    count *= size;
    if (count > std::numeric_limits<int64_t>::max())
      return std::nullopt;
  }
  return count;
}

std::optional<int64_t> tenon::countElements(ArrayRef<int64_t> shape) {
  std::optional<WideInt> count = countStrides(shape);
  if (!count || ShapedType::isDynamicShape(shape))
    return std::nullopt;
  return llvm::is_contained(shape, 0) ? 0 : static_cast<int64_t>(*count);
}

bool tenon::areCompatibleTypes(TypeRange left, TypeRange right) {
  return llvm::equal(left, right, [](Type a, Type b) {
    auto first = dyn_cast<RankedTensorType>(a);
    auto second = dyn_cast<RankedTensorType>(b);
    return first && second &&
           first.getElementType() == second.getElementType() &&
           first.getEncoding() == second.getEncoding() &&
           llvm::equal(first.getShape(), second.getShape(), mayEqual);
  });
}

ArrayRef<int64_t> tenon::shapeOf(Value tensor) {
  return cast<RankedTensorType>(tensor.getType()).getShape();
}

Type tenon::elementTypeOf(Value tensor) {
  return cast<RankedTensorType>(tensor.getType()).getElementType();
}

FailureOr<int64_t> tenon::checkSize(std::optional<Location> location,
                                    WideInt size, const Twine &what) {
  if (size < 0) {
    if (size < std::numeric_limits<int64_t>::min())
      return emitOptionalError(location, what, " is negative");
    return emitOptionalError(location, what,
                             " is negative: ", static_cast<int64_t>(size));
  }
  if (size > std::numeric_limits<int64_t>::max())
    return emitOptionalError(location, what, " does not fit in 64 bits");
  return static_cast<int64_t>(size);
}

LogicalResult tenon::appendResult(std::optional<Location> location,
                                  ArrayRef<int64_t> shape, Type elementType,
                                  SmallVectorImpl<Type> &types) {
  auto type = RankedTensorType::get(shape, elementType);
  int64_t bits =
      elementType.isIntOrFloat() ? elementType.getIntOrFloatBitWidth() : 64;
  std::optional<WideInt> count = countStrides(shape);
  if (!count || *count * std::max<int64_t>(bits / 8, 1) >
                    std::numeric_limits<int64_t>::max())
    return emitOptionalError(location, "a tensor of type ", type,
                             " has more bytes than 64 bits can count");
  types.push_back(type);
  return success();
}

LogicalResult tenon::checkRank(std::optional<Location> location, StringRef name,
                               Value tensor, int64_t rank) {
  if (!tensor || static_cast<int64_t>(shapeOf(tensor).size()) == rank)
    return success();
  return emitOptionalError(location, name, " must have rank ", rank,
                           " but has type ", tensor.getType());
}

LogicalResult tenon::checkRankBetween(std::optional<Location> location,
                                      StringRef name, Value tensor,
                                      int64_t least, int64_t most) {
  if (!tensor)
    return success();
  int64_t rank = shapeOf(tensor).size();
  if (rank >= least && rank <= most)
    return success();
  return emitOptionalError(location, name, " must have rank ", least, " to ",
                           most, " but has type ", tensor.getType());
}

LogicalResult tenon::checkElementType(std::optional<Location> location,
                                      StringRef name, Value tensor,
                                      StringRef otherName, Value other) {
  if (!tensor || elementTypeOf(tensor) == elementTypeOf(other))
    return success();
  return emitOptionalError(location, name, " has elements of type ",
                           elementTypeOf(tensor), " but ", otherName, " of ",
                           elementTypeOf(other));
}

LogicalResult tenon::checkAxisSize(std::optional<Location> location,
                                   StringRef name, Value tensor, int64_t axis,
                                   int64_t expected, const Twine &meaning) {
  if (!tensor || mayEqual(shapeOf(tensor)[axis], expected))
    return success();
  return emitOptionalError(location, "axis ", axis, " of ", name, " has size ",
                           shapeOf(tensor)[axis], " but ", meaning, " is ",
                           expected);
}

LogicalResult tenon::checkBroadcastsTo(std::optional<Location> location,
                                       StringRef name, Value tensor,
                                       ArrayRef<int64_t> shape) {
  if (!tensor)
    return success();
  ArrayRef<int64_t> from = shapeOf(tensor);
  bool fits = from.size() <= shape.size();
  for (size_t i = 0; fits && i < from.size(); ++i)
    fits = from[i] == 1 ||
           mayEqual(from[i], shape[shape.size() - from.size() + i]);
  if (fits)
    return success();
  if (!location)
    return failure();
  InFlightDiagnostic diagnostic = emitError(*location)
                                  << name << " of type " << tensor.getType()
                                  << " does not broadcast to [";
  llvm::interleaveComma(shape, diagnostic, [&](int64_t size) {
    isDynamic(size) ? diagnostic << "?" : diagnostic << size;
  });
  return diagnostic << "]";
}

LogicalResult tenon::checkAxis(std::optional<Location> location, StringRef name,
                               int64_t axis, int64_t rank) {
  if (axis >= 0 && axis < rank)
    return success();
  return emitOptionalError(location, name, " ", axis,
                           " is not an axis of a tensor of rank ", rank);
}

LogicalResult tenon::checkEntries(std::optional<Location> location,
                                  StringRef name, ArrayRef<int64_t> values,
                                  int64_t axes, int64_t least) {
  if (static_cast<int64_t>(values.size()) != axes)
    return emitOptionalError(location, name, " has ", values.size(),
                             " entries for ", axes, " axes");
  for (int64_t value : values)
    if (value < least)
      return emitOptionalError(location, name, " must be at least ", least,
                               " but has an entry ", value);
  return success();
}

LogicalResult tenon::checkUnsigned(std::optional<Location> location,
                                   StringRef name, bool isUnsigned,
                                   Type elementType) {
  if (!isUnsigned || isa<IntegerType>(elementType))
    return success();
  return emitOptionalError(
      location, name, " is for integers but the elements are ", elementType);
}

LogicalResult tenon::checkReadable(std::optional<Location> location,
                                   int64_t size, ArrayRef<int64_t> indices) {
  std::optional<int64_t> reads = countElements(indices);
  if (size != 0 || !reads || *reads == 0)
    return success();
  return emitOptionalError(location, *reads,
                           " indices read from an axis of size 0");
}

FailureOr<SmallVector<int64_t>>
tenon::broadcastShapes(std::optional<Location> location, ArrayRef<int64_t> left,
                       ArrayRef<int64_t> right) {
  if (left.size() < right.size())
    std::swap(left, right);
  SmallVector<int64_t> shape(left);
  int64_t offset = left.size() - right.size();
  for (auto [i, size] : llvm::enumerate(right)) {
    int64_t &result = shape[offset + i];
    // A dynamic size against 1 may stay 1; against n it is 1 or n.
    if (size == 1)
      continue;
    if (result == 1)
      result = size;
    else if (mayEqual(result, size))
      result = refineSize(result, size);
    else
      return emitOptionalError(location, "sizes ", result, " and ", size,
                               " do not broadcast");
  }
  return shape;
}

static WideInt floorDivide(WideInt value, WideInt divisor) {
  WideInt quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}

FailureOr<int64_t> tenon::convolvedSize(std::optional<Location> location,
                                        const WindowAxis &axis) {
  if (!axis.isStatic())
    return ShapedType::kDynamic;
  FailureOr<int64_t> padded =
      checkSize(location, WideInt(axis.size) + axis.padBegin + axis.padEnd,
                "the padded size");
  FailureOr<int64_t> extent =
      checkSize(location, axis.extent(), "the extent of a window");
  if (failed(padded) || failed(extent))
    return failure();
  if (*extent <= *padded)
    return (*padded - *extent) / axis.stride + 1;
  // An empty axis is no mistake of the model's: no window fits there.
  if (axis.size == 0)
    return 0;
  return emitOptionalError(location, "a window spans ", *extent,
                           " elements but its axis has, with padding, only ",
                           *padded);
}

FailureOr<int64_t> tenon::pooledSize(std::optional<Location> location,
                                     const WindowAxis &axis, bool ceilMode) {
  if (!ceilMode || !axis.isStatic())
    return convolvedSize(location, axis);
  WideInt start = WideInt(axis.size) + axis.padBegin;
  WideInt room = start + axis.padEnd - axis.extent();
  WideInt windows = floorDivide(room + axis.stride - 1, axis.stride) + 1;
  if ((windows - 1) * axis.stride >= start)
    --windows;
  return checkSize(location, windows, "the number of windows");
}

FailureOr<int64_t> tenon::transposedSize(std::optional<Location> location,
                                         const WindowAxis &axis,
                                         int64_t outputPadding) {
  if (!axis.isStatic())
    return ShapedType::kDynamic;
  WideInt size = WideInt(axis.stride) * (WideInt(axis.size) - 1) +
                 outputPadding + axis.extent() - axis.padBegin - axis.padEnd;
  return checkSize(location, size,
                   "the output size of a transposed convolution");
}
