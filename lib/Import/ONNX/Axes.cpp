//===- Axes.cpp - Axes and their checks -----------------------------------===//

#include "Axes.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::Value;

FailureOr<int64_t> onnx_import::resolveAxis(const Node &node, int64_t axis,
                                            int64_t rank) {
  if (axis < -rank || axis >= rank)
    return node.error("axis " + llvm::Twine(axis) +
                      " does not exist, the tensor has " + llvm::Twine(rank));
  return axis < 0 ? axis + rank : axis;
}

FailureOr<llvm::SmallVector<int64_t>>
onnx_import::resolveAxes(const Node &node, llvm::ArrayRef<int64_t> axes,
                         int64_t rank) {
  llvm::SmallVector<int64_t> resolved;
  for (int64_t axis : axes) {
    FailureOr<int64_t> known = resolveAxis(node, axis, rank);
    if (failed(known))
      return failure();
    resolved.push_back(*known);
  }
  llvm::sort(resolved);
  if (std::adjacent_find(resolved.begin(), resolved.end()) != resolved.end())
    return node.error("an axis is given twice");
  return resolved;
}

int64_t onnx_import::sizeProduct(llvm::ArrayRef<int64_t> sizes) {
  int64_t product = 1;
  for (int64_t size : sizes)
    product *= size;
  return product;
}

std::string onnx_import::shapeText(llvm::ArrayRef<int64_t> shape) {
  return shapeString(std::span<const int64_t>(shape.data(), shape.size()));
}

Value onnx_import::positions(const Node &node, llvm::ArrayRef<int64_t> shape,
                             int64_t axis) {
  Tensor line(DataType::Int64, {shape[axis]});
  for (auto [i, value] : llvm::enumerate(line.as<int64_t>()))
    value = static_cast<int64_t>(i);
  llvm::SmallVector<int64_t> aligned(shape.size() - axis, 1);
  aligned[0] = shape[axis];
  Value value = constantTensor(node.builder, node.loc, line);
  return broadcastTo(node.builder, node.loc,
                     reshapeTo(node.builder, node.loc, value, aligned), shape);
}

FailureOr<Value> onnx_import::sliceOf(const Node &node, Value value,
                                      llvm::ArrayRef<int64_t> starts,
                                      llvm::ArrayRef<int64_t> sizes,
                                      llvm::ArrayRef<int64_t> steps) {
  llvm::SmallVector<int64_t> ones(starts.size(), 1);
  auto shape = mlir::cast<mlir::RankedTensorType>(value.getType()).getShape();
  bool whole = llvm::equal(shape, sizes) &&
               (steps.empty() || steps == llvm::ArrayRef(ones));
  if (whole)
    return value;
  auto slice = node.create<mlir::tenon::SliceOp>(
      value, starts, sizes, steps.empty() ? llvm::ArrayRef(ones) : steps);
  if (failed(slice))
    return failure();
  return slice->getResult();
}

FailureOr<Value> onnx_import::sliceAxis(const Node &node, Value value,
                                        int64_t axis, int64_t begin,
                                        int64_t size) {
  auto type = mlir::cast<mlir::RankedTensorType>(value.getType());
  llvm::SmallVector<int64_t> starts(type.getRank(), 0);
  llvm::SmallVector<int64_t> sizes(type.getShape());
  starts[axis] = begin;
  sizes[axis] = size;
  return sliceOf(node, value, starts, sizes);
}

FailureOr<Value> onnx_import::concatOf(const Node &node,
                                       llvm::ArrayRef<Value> values,
                                       int64_t axis) {
  if (values.size() == 1)
    return values.front();
  auto concat =
      node.create<mlir::tenon::ConcatOp>(mlir::ValueRange(values), axis);
  if (failed(concat))
    return failure();
  return concat->getResult();
}
