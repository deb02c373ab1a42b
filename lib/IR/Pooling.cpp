//===- Pooling.cpp - Pooling over windows ---------------------------------===//

#include "tenon/IR/TenonOps.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace mlir::tenon;

/// Checks the windows of a pooling op and gives its result's shape.
template <typename Adaptor>
static FailureOr<SmallVector<int64_t>>
inferPooling(std::optional<Location> location, Adaptor adaptor) {
  // max_pool_c1, avg_pool_c1
  if (failed(checkRankBetween(location, "input", adaptor.getInput(), 3, 5)))
    return failure();
  ArrayRef<int64_t> input = shapeOf(adaptor.getInput());
  int64_t axes = input.size() - 2;
  // max_pool_c2, avg_pool_c2
  if (failed(checkEntries(location, "kernel", adaptor.getKernel(), axes, 1)) ||
      failed(checkWindows(location, adaptor, axes)))
    return failure();
  SmallVector<int64_t> shape(input.take_front(2));
  for (int64_t i = 0; i < axes; ++i) {
    WindowAxis axis =
        getWindowAxis(adaptor, i, input[i + 2], adaptor.getKernel()[i]);
    // max_pool_c3, avg_pool_c3: a window that is all padding has no value.
    int64_t pad = std::max(axis.padBegin, axis.padEnd);
    if (pad >= axis.extent())
      return emitOptionalError(location, "a padding of ", pad,
                               " leaves nothing of a window with kernel ",
                               axis.kernel, " and dilation ", axis.dilation);
    // max_pool_c4, avg_pool_c4
    FailureOr<int64_t> size = pooledSize(location, axis, adaptor.getCeilMode());
    if (failed(size))
      return failure();
    shape.push_back(*size);
  }
  return shape;
}

LogicalResult MaxPoolOp::inferReturnTypes(MLIRContext *context,
                                          std::optional<Location> location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &types) {
  FailureOr<SmallVector<int64_t>> shape = inferPooling(location, adaptor);
  if (failed(shape))
    return failure();
  Type element = elementTypeOf(adaptor.getInput());
  // max_pool_c5
  if (!element.isIntOrFloat())
    return emitOptionalError(location, "elements of type ", element,
                             " have no order");
  if (failed(checkUnsigned(location, "unsigned_elements",
                           adaptor.getUnsignedElements(), element)))
    return failure();
  // max_pool_c6
  if (adaptor.getColumnMajor() && !adaptor.getWithIndices())
    return emitOptionalError(location,
                             "column_major has no meaning without indices");
  if (failed(appendResult(location, *shape, element, types)))
    return failure();
  if (!adaptor.getWithIndices())
    return success();
  return appendResult(location, *shape, IntegerType::get(context, 64), types);
}

LogicalResult AvgPoolOp::inferReturnTypes(MLIRContext *,
                                          std::optional<Location> location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &types) {
  FailureOr<SmallVector<int64_t>> shape = inferPooling(location, adaptor);
  if (failed(shape))
    return failure();
  if (std::optional<uint64_t> lp = adaptor.getLp()) {
    // avg_pool_c5
    if (static_cast<int64_t>(*lp) < 1)
      return emitOptionalError(location, "lp ", static_cast<int64_t>(*lp),
                               " is not positive");
    // avg_pool_c6
    if (adaptor.getCountIncludePad())
      return emitOptionalError(
          location, "count_include_pad has no meaning with lp: a p-norm has no "
                    "divisor");
  }
  return appendResult(location, *shape, elementTypeOf(adaptor.getInput()),
                      types);
}
