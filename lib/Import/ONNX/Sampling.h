//===- Sampling.h - Reading an image between its pixels -------------------===//

#ifndef TENON_LIB_IMPORT_ONNX_SAMPLING_H
#define TENON_LIB_IMPORT_ONNX_SAMPLING_H

#include "Expressions.h"

namespace tenon::onnx_import {

/// Whether 0 <= place < size.
mlir::Value isInside(const ScalarMath &math, mlir::Value place, int64_t size);
/// `place` held to the range from 0 to size - 1.
mlir::Value clampIndex(const ScalarMath &math, mlir::Value place, int64_t size);

/// The four pixels around (y, x) of image [N, C, H, W] at `batch`, `channel`,
/// each with its weight: products in the order top left, top right, bottom
/// left, bottom right. Places outside the image weigh nothing.
llvm::SmallVector<mlir::Value>
weighNeighbours(const ScalarMath &math, mlir::Value image, mlir::Value batch,
                mlir::Value channel, mlir::Value y, mlir::Value x);

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_SAMPLING_H
