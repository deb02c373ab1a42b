//===- Axes.h - Axes and their checks -------------------------------------===//

#ifndef TENON_LIB_IMPORT_ONNX_AXES_H
#define TENON_LIB_IMPORT_ONNX_AXES_H

#include "NodeImporter.h"

namespace tenon::onnx_import {

/// An axis of a tensor of `rank`, counted from the end where negative.
mlir::FailureOr<int64_t> resolveAxis(const Node &node, int64_t axis,
                                     int64_t rank);
/// The same of several, sorted; fails on duplicates.
mlir::FailureOr<llvm::SmallVector<int64_t>>
resolveAxes(const Node &node, llvm::ArrayRef<int64_t> axes, int64_t rank);

/// Product of some sizes.
int64_t sizeProduct(llvm::ArrayRef<int64_t> sizes);

std::string shapeText(llvm::ArrayRef<int64_t> shape);

/// 0, 1, ... along `axis` of a tensor of `shape`, as i64.
mlir::Value positions(const Node &node, llvm::ArrayRef<int64_t> shape,
                      int64_t axis);

/// Sizes `sizes` of every step-th element from `starts`.
mlir::FailureOr<mlir::Value> sliceOf(const Node &node, mlir::Value value,
                                     llvm::ArrayRef<int64_t> starts,
                                     llvm::ArrayRef<int64_t> sizes,
                                     llvm::ArrayRef<int64_t> steps = {});
/// Elements [begin, begin + size) along one axis.
mlir::FailureOr<mlir::Value> sliceAxis(const Node &node, mlir::Value value,
                                       int64_t axis, int64_t begin,
                                       int64_t size);
mlir::FailureOr<mlir::Value>
concatOf(const Node &node, llvm::ArrayRef<mlir::Value> values, int64_t axis);

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_AXES_H
