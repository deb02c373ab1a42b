//===- Reduction.cpp - Reductions and running sums ------------------------===//

#include "tenon/IR/TenonOps.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace mlir::tenon;

static bool isReducible(ReductionKind kind, Type element) {
  if (isa<FloatType>(element))
    return true;
  if (!isa<IntegerType>(element))
    return false;
  switch (kind) {
  case ReductionKind::max:
  case ReductionKind::min:
    return true;
  case ReductionKind::sum:
  case ReductionKind::mean:
  case ReductionKind::prod:
  case ReductionKind::l1:
  case ReductionKind::sum_square:
    return !element.isInteger(1);
  case ReductionKind::l2:
  case ReductionKind::log_sum:
  case ReductionKind::log_sum_exp:
    return false;
  }
  return false;
}

LogicalResult ReduceOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  ArrayRef<int64_t> input = shapeOf(adaptor.getInput());
  Type element = elementTypeOf(adaptor.getInput());
  // reduce_c1
  int64_t last = -1;
  for (int64_t axis : adaptor.getAxes()) {
    if (failed(checkAxis(location, "axis", axis, input.size())))
      return failure();
    if (axis <= last)
      return emitOptionalError(location, "axis ", axis, " follows axis ", last,
                               ": axes must be sorted and distinct");
    last = axis;
  }
  // reduce_c2
  if (!isReducible(adaptor.getKind(), element))
    return emitOptionalError(location, "elements of type ", element,
                             " have no ",
                             stringifyReductionKind(adaptor.getKind()));
  // reduce_c3
  if (failed(checkUnsigned(location, "unsigned_elements",
                           adaptor.getUnsignedElements(), element)))
    return failure();
  SmallVector<int64_t> shape;
  for (auto [axis, size] : llvm::enumerate(input)) {
    if (!llvm::is_contained(adaptor.getAxes(), axis))
      shape.push_back(size);
    else if (adaptor.getKeepDims())
      shape.push_back(1);
  }
  return appendResult(location, shape, element, types);
}

LogicalResult ArgReduceOp::inferReturnTypes(MLIRContext *context,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  SmallVector<int64_t> shape(shapeOf(adaptor.getInput()));
  Type element = elementTypeOf(adaptor.getInput());
  int64_t axis = adaptor.getAxis();
  // arg_reduce_c1
  if (failed(checkAxis(location, "axis", axis, shape.size())))
    return failure();
  // arg_reduce_c2
  if (!element.isIntOrFloat())
    return emitOptionalError(location, "elements of type ", element,
                             " have no order");
  // arg_reduce_c3
  if (failed(checkUnsigned(location, "unsigned_elements",
                           adaptor.getUnsignedElements(), element)))
    return failure();
  int64_t size = shape[axis];
  if (adaptor.getKeepDims())
    shape[axis] = 1;
  else
    shape.erase(shape.begin() + axis);
  // arg_reduce_c4
  if (size == 0 && !llvm::is_contained(shape, 0))
    return emitOptionalError(location, "axis ", axis,
                             " is empty: no element stands anywhere on it");
  return appendResult(location, shape, IntegerType::get(context, 64), types);
}

LogicalResult CumulativeOp::inferReturnTypes(MLIRContext *,
                                             std::optional<Location> location,
                                             Adaptor adaptor,
                                             SmallVectorImpl<Type> &types) {
  ArrayRef<int64_t> shape = shapeOf(adaptor.getInput());
  Type element = elementTypeOf(adaptor.getInput());
  // cumulative_c1
  if (failed(checkAxis(location, "axis", adaptor.getAxis(), shape.size())))
    return failure();
  // cumulative_c2
  ReductionKind kind = adaptor.getKind();
  if (kind != ReductionKind::sum && kind != ReductionKind::prod)
    return emitOptionalError(location, "a running ",
                             stringifyReductionKind(kind),
                             " is not defined, only sum and prod are");
  // cumulative_c3
  if (!isReducible(kind, element))
    return emitOptionalError(location, "elements of type ", element,
                             " have no ", stringifyReductionKind(kind));
  return appendResult(location, shape, element, types);
}
