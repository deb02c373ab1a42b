//===- Indexing.cpp - Gathering, scattering, padding, ordering ------------===//

#include "tenon/IR/TenonOps.h"

#include "mlir/IR/Builders.h"

#include <limits>

using namespace mlir;
using namespace mlir::tenon;

LogicalResult GatherOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  ArrayRef<int64_t> input = shapeOf(adaptor.getInput());
  ArrayRef<int64_t> indices = shapeOf(adaptor.getIndices());
  int64_t axis = adaptor.getAxis();
  // gather_c1
  if (failed(checkAxis(location, "axis", axis, input.size())))
    return failure();
  // gather_c2
  SmallVector<int64_t> shape(input.take_front(axis));
  llvm::append_range(shape, indices);
  llvm::append_range(shape, input.drop_front(axis + 1));
  if (failed(checkReadable(location, input[axis], shape)))
    return failure();
  return appendResult(location, shape, elementTypeOf(adaptor.getInput()),
                      types);
}

/// The indices of gather_elements and scatter_elements: of input's rank, and no
/// longer than it off `axis`.
static LogicalResult checkElementIndices(std::optional<Location> location,
                                         Value input, Value indices,
                                         int64_t axis) {
  // gather_elements_c1, scatter_elements_c1
  int64_t rank = shapeOf(input).size();
  if (failed(checkAxis(location, "axis", axis, rank)) ||
      failed(checkRank(location, "indices", indices, rank)))
    return failure();
  // gather_elements_c2, scatter_elements_c2
  for (auto [i, sizes] :
       llvm::enumerate(llvm::zip(shapeOf(indices), shapeOf(input)))) {
    auto [index, size] = sizes;
    if (static_cast<int64_t>(i) != axis && !isDynamic(index) &&
        !isDynamic(size) && index > size)
      return emitOptionalError(location, "axis ", i, " of indices has size ",
                               index, " but that of input only ", size);
  }
  return success();
}

LogicalResult GatherElementsOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput(), indices = adaptor.getIndices();
  int64_t axis = adaptor.getAxis();
  if (failed(checkElementIndices(location, input, indices, axis)))
    return failure();
  // gather_elements_c3
  if (failed(checkReadable(location, shapeOf(input)[axis], shapeOf(indices))))
    return failure();
  return appendResult(location, shapeOf(indices), elementTypeOf(input), types);
}

/// The number of coordinates in the last axis of `indices`, which name axes of
/// `input` after the first `batchAxes`.
static FailureOr<int64_t> checkCoordinates(std::optional<Location> location,
                                           Value input, Value indices,
                                           int64_t batchAxes) {
  // gather_nd_c1, scatter_nd_c1
  if (shapeOf(indices).empty())
    return emitOptionalError(location, "indices must have rank 1 or more");
  int64_t count = shapeOf(indices).back();
  int64_t most = static_cast<int64_t>(shapeOf(input).size()) - batchAxes;
  // gather_nd_c2, scatter_nd_c2
  if (isDynamic(count))
    return emitOptionalError(location, "the last axis of indices must be static"
                                       ": the rank follows from it");
  // gather_nd_c3, scatter_nd_c3
  if (count < 1 || count > most)
    return emitOptionalError(location, "index vectors have ", count,
                             " coordinates but must have 1 to ", most);
  return count;
}

LogicalResult GatherNdOp::inferReturnTypes(MLIRContext *,
                                           std::optional<Location> location,
                                           Adaptor adaptor,
                                           SmallVectorImpl<Type> &types) {
  ArrayRef<int64_t> input = shapeOf(adaptor.getInput());
  ArrayRef<int64_t> indices = shapeOf(adaptor.getIndices());
  int64_t batch = adaptor.getBatchDims();
  // gather_nd_c4
  int64_t most = std::min(input.size(), indices.size());
  if (batch < 0 || batch >= std::max<int64_t>(most, 1))
    return emitOptionalError(location, "batch_dims ", batch,
                             " is not below the ranks ", input.size(), " and ",
                             indices.size());
  FailureOr<int64_t> count = checkCoordinates(location, adaptor.getInput(),
                                              adaptor.getIndices(), batch);
  if (failed(count))
    return failure();
  SmallVector<int64_t> shape;
  for (int64_t axis = 0; axis < batch; ++axis) {
    // gather_nd_c5
    if (failed(checkAxisSize(location, "indices", adaptor.getIndices(), axis,
                             input[axis], "the batch axis of input")))
      return failure();
    shape.push_back(refineSize(indices[axis], input[axis]));
  }
  llvm::append_range(shape, indices.drop_back().drop_front(batch));
  llvm::append_range(shape, input.drop_front(batch + *count));
  // gather_nd_c6
  for (int64_t size : input.slice(batch, *count))
    if (failed(checkReadable(location, size, shape)))
      return failure();
  return appendResult(location, shape, elementTypeOf(adaptor.getInput()),
                      types);
}

/// What the updates of both scatters must be.
static LogicalResult checkUpdates(std::optional<Location> location, Value input,
                                  Value updates, ArrayRef<int64_t> expected,
                                  ScatterReduction reduction, bool isUnsigned) {
  // scatter_elements_c3, scatter_nd_c4
  Type element = elementTypeOf(input);
  if (failed(checkElementType(location, "updates", updates, "input", input)))
    return failure();
  // scatter_elements_c4, scatter_nd_c5
  if (failed(checkRank(location, "updates", updates, expected.size())))
    return failure();
  for (auto [axis, size] : llvm::enumerate(expected))
    if (failed(checkAxisSize(location, "updates", updates, axis, size,
                             "the size that indices and input ask for")))
      return failure();
  // scatter_elements_c5, scatter_nd_c6
  if (reduction != ScatterReduction::none && !element.isIntOrFloat())
    return emitOptionalError(location, "elements of type ", element,
                             " have no ", stringifyScatterReduction(reduction));
  // scatter_elements_c6, scatter_nd_c7
  return checkUnsigned(location, "unsigned_elements", isUnsigned, element);
}

LogicalResult ScatterElementsOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput(), indices = adaptor.getIndices();
  if (failed(
          checkElementIndices(location, input, indices, adaptor.getAxis())) ||
      failed(checkUpdates(location, input, adaptor.getUpdates(),
                          shapeOf(indices), adaptor.getReduction(),
                          adaptor.getUnsignedElements())))
    return failure();
  return appendResult(location, shapeOf(input), elementTypeOf(input), types);
}

LogicalResult ScatterNdOp::inferReturnTypes(MLIRContext *,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput(), indices = adaptor.getIndices();
  FailureOr<int64_t> count =
      checkCoordinates(location, input, indices, /*batchAxes=*/0);
  if (failed(count))
    return failure();
  SmallVector<int64_t> expected(shapeOf(indices).drop_back());
  llvm::append_range(expected, shapeOf(input).drop_front(*count));
  if (failed(checkUpdates(location, input, adaptor.getUpdates(), expected,
                          adaptor.getReduction(),
                          adaptor.getUnsignedElements())))
    return failure();
  return appendResult(location, shapeOf(input), elementTypeOf(input), types);
}

/// The size of one padded axis. Negative paddings crop first; what is then
/// left is padded.
static FailureOr<int64_t> paddedSize(std::optional<Location> location,
                                     int64_t axis, int64_t size, int64_t low,
                                     int64_t high, PadMode mode) {
  if (isDynamic(size))
    return low == 0 && high == 0 ? size : ShapedType::kDynamic;
  WideInt left =
      WideInt(size) + std::min<int64_t>(low, 0) + std::min<int64_t>(high, 0);
  WideInt most = std::max({low, high, int64_t(0)});
  // pad_c4
  if (left < 0)
    return emitOptionalError(location, "more is cropped from axis ", axis,
                             " than its size ", size);
  // pad_c5
  if (mode == PadMode::reflect && most > 0 && most >= left)
    return emitOptionalError(location, "axis ", axis, " of size ",
                             static_cast<int64_t>(left), " cannot be mirrored ",
                             static_cast<int64_t>(most), " elements far");
  // pad_c6
  if (mode != PadMode::constant && most > 0 && left == 0)
    return emitOptionalError(location, "axis ", axis,
                             " is empty: there is nothing to pad it with");
  // pad_c7
  return checkSize(location, WideInt(size) + low + high, "the padded size");
}

LogicalResult PadOp::inferReturnTypes(MLIRContext *,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput(), value = adaptor.getValue();
  ArrayRef<int64_t> sizes = shapeOf(input);
  constexpr int64_t anything = std::numeric_limits<int64_t>::min();
  // pad_c1
  if (failed(checkEntries(location, "low", adaptor.getLow(), sizes.size(),
                          anything)) ||
      failed(checkEntries(location, "high", adaptor.getHigh(), sizes.size(),
                          anything)))
    return failure();
  // pad_c2
  if (failed(checkRank(location, "value", value, 0)) ||
      failed(checkElementType(location, "value", value, "input", input)))
    return failure();
  // pad_c3
  if (value && adaptor.getMode() != PadMode::constant)
    return emitOptionalError(location, "mode ",
                             stringifyPadMode(adaptor.getMode()),
                             " takes no value");
  SmallVector<int64_t> shape;
  for (auto [axis, size] : llvm::enumerate(sizes)) {
    FailureOr<int64_t> padded =
        paddedSize(location, axis, size, adaptor.getLow()[axis],
                   adaptor.getHigh()[axis], adaptor.getMode());
    if (failed(padded))
      return failure();
    shape.push_back(*padded);
  }
  return appendResult(location, shape, elementTypeOf(input), types);
}

LogicalResult SliceOp::inferReturnTypes(MLIRContext *,
                                        std::optional<Location> location,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &types) {
  ArrayRef<int64_t> input = shapeOf(adaptor.getInput());
  int64_t axes = input.size();
  constexpr int64_t anything = std::numeric_limits<int64_t>::min();
  // slice_c1
  if (failed(checkEntries(location, "starts", adaptor.getStarts(), axes,
                          anything)) ||
      failed(checkEntries(location, "sizes", adaptor.getSizes(), axes, 0)) ||
      failed(
          checkEntries(location, "steps", adaptor.getSteps(), axes, anything)))
    return failure();
  for (int64_t axis = 0; axis < axes; ++axis) {
    int64_t start = adaptor.getStarts()[axis];
    int64_t size = adaptor.getSizes()[axis];
    int64_t step = adaptor.getSteps()[axis];
    // slice_c2
    if (step == 0)
      return emitOptionalError(location, "the step of axis ", axis, " is 0");
    if (size == 0)
      continue;
    // slice_c3
    WideInt last = start + WideInt(size - 1) * step;
    int64_t end = isDynamic(input[axis]) ? std::numeric_limits<int64_t>::max()
                                         : input[axis];
    if (start < 0 || last < 0 || start >= end || last >= end)
      return emitOptionalError(location, size, " elements from ", start,
                               " in steps of ", step,
                               " do not lie inside axis ", axis, " of ",
                               adaptor.getInput().getType());
  }
  return appendResult(location, adaptor.getSizes(),
                      elementTypeOf(adaptor.getInput()), types);
}

OpFoldResult SliceOp::fold(FoldAdaptor adaptor) {
  auto isOne = [](int64_t step) { return step == 1; };
  // With steps of 1 a slice as long as its input is the input.
  if (getInput().getType() == getType() && getType().hasStaticShape() &&
      getSizes() == getType().getShape() && llvm::all_of(getSteps(), isOne))
    return getInput();
  auto constant = dyn_cast_or_null<SplatElementsAttr>(adaptor.getInput());
  if (constant && getType().hasStaticShape())
    return constant.resizeSplat(getType());
  return {};
}

LogicalResult ConcatOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  // concat_c1
  if (adaptor.getInputs().empty())
    return emitOptionalError(location, "there is no input");
  Value first = adaptor.getInputs().front();
  SmallVector<int64_t> shape(shapeOf(first));
  int64_t axis = adaptor.getAxis();
  // concat_c2
  if (failed(checkAxis(location, "axis", axis, shape.size())))
    return failure();
  WideInt total = 0;
  bool isOpen = false;
  for (auto [i, input] : llvm::enumerate(adaptor.getInputs())) {
    std::string name = ("input " + Twine(i)).str();
    // concat_c3
    if (failed(checkRank(location, name, input, shape.size())) ||
        failed(checkElementType(location, name, input, "input 0", first)))
      return failure();
    for (auto [other, size] : llvm::enumerate(shapeOf(input))) {
      if (static_cast<int64_t>(other) == axis)
        continue;
      // concat_c4
      if (failed(checkAxisSize(location, name, input, other, shape[other],
                               "that of the inputs before it")))
        return failure();
      shape[other] = refineSize(shape[other], size);
    }
    int64_t size = shapeOf(input)[axis];
    isOpen |= isDynamic(size);
    total += isDynamic(size) ? 0 : size;
  }
  // concat_c5
  FailureOr<int64_t> size =
      checkSize(location, total, "the size of the joined axis");
  if (failed(size))
    return failure();
  shape[axis] = isOpen ? ShapedType::kDynamic : *size;
  return appendResult(location, shape, elementTypeOf(first), types);
}

OpFoldResult ConcatOp::fold(FoldAdaptor) {
  if (getInputs().size() == 1 && getInputs().front().getType() == getType())
    return getInputs().front();
  return {};
}

LogicalResult TopKOp::inferReturnTypes(MLIRContext *context,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  SmallVector<int64_t> shape(shapeOf(adaptor.getInput()));
  Type element = elementTypeOf(adaptor.getInput());
  int64_t axis = adaptor.getAxis(), k = adaptor.getK();
  // top_k_c1
  if (failed(checkAxis(location, "axis", axis, shape.size())))
    return failure();
  // top_k_c2
  if (k < 0)
    return emitOptionalError(location, "k ", k, " is negative");
  if (!isDynamic(shape[axis]) && k > shape[axis])
    return emitOptionalError(location, "k ", k, " is larger than size ",
                             shape[axis], " of axis ", axis);
  // top_k_c3
  if (!element.isIntOrFloat())
    return emitOptionalError(location, "elements of type ", element,
                             " have no order");
  // top_k_c4
  if (failed(checkUnsigned(location, "unsigned_elements",
                           adaptor.getUnsignedElements(), element)))
    return failure();
  shape[axis] = k;
  return success(succeeded(appendResult(location, shape, element, types)) &&
                 succeeded(appendResult(location, shape,
                                        IntegerType::get(context, 64), types)));
}
