//===- Quantized.h - What quantized products share ------------------------===//

#ifndef TENON_LIB_IMPORT_ONNX_QUANTIZED_H
#define TENON_LIB_IMPORT_ONNX_QUANTIZED_H

#include "NodeImporter.h"

namespace tenon::onnx_import {

/// `input` (8 bits) as i32 minus `point` (i32, broadcast; may be null).
mlir::FailureOr<mlir::Value>
subtractZeroPoint(const Node &node, const OnnxValue &input, mlir::Value point);

/// Sets output 0 to round(sums * scaleA * scaleB / scaleY) + zero point,
/// saturated in the zero point's type. The scales are f32 and broadcast.
mlir::LogicalResult setRequantized(Node &node, mlir::Value sums,
                                   mlir::Value scaleA, mlir::Value scaleB,
                                   mlir::Value scaleY,
                                   const OnnxValue &zeroPoint);

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_QUANTIZED_H
