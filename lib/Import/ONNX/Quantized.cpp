//===- Quantized.cpp - What quantized products share ----------------------===//

#include "Quantized.h"
#include "Expressions.h"

using namespace mlir;

namespace tenon::onnx_import {

FailureOr<Value> subtractZeroPoint(const Node &node, const OnnxValue &input,
                                   Value point) {
  TensorMath math(node);
  if (isFloatValue(input))
    return node.error("the input is not quantized");
  Value wide = castTo(node.builder, node.loc, input, DataType::Int32);
  if (!point)
    return wide;
  FailureOr<SmallVector<int64_t>> shape =
      broadcastShape(shapeOf(wide), shapeOf(point));
  if (failed(shape) || ArrayRef<int64_t>(*shape) != shapeOf(wide))
    return node.error("the zero point does not broadcast to its tensor");
  return math.sub(wide, point);
}

LogicalResult setRequantized(Node &node, Value sums, Value scaleA, Value scaleB,
                             Value scaleY, const OnnxValue &zeroPoint) {
  TensorMath math(node);
  Type f32 = node.builder.getF32Type();
  for (Value scale : {scaleA, scaleB, scaleY}) {
    FailureOr<SmallVector<int64_t>> shape =
        broadcastShape(shapeOf(sums), shapeOf(scale));
    if (failed(shape) || ArrayRef<int64_t>(*shape) != shapeOf(sums))
      return node.error("a scale does not broadcast to the result");
  }
  if (zeroPoint.rank() > 1 ||
      (zeroPoint.rank() == 1 && zeroPoint.shape()[0] != 1))
    return node.unsupported("a zero point of the result that is no scalar");
  Value scale = math.div(math.mul(scaleA, scaleB), scaleY);
  Value real = math.mul(math.convert(sums, f32), scale);
  Value whole = math.unary<math::RoundEvenOp>(real);
  Value point = castTo(node.builder, node.loc, zeroPoint, DataType::Float32);
  OnnxValue shifted;
  shifted.value = math.add(whole, point);
  shifted.type = DataType::Float32;
  node.setOutput(0, castTo(node.builder, node.loc, shifted, zeroPoint.type),
                 zeroPoint.type);
  return mlir::success();
}

} // namespace tenon::onnx_import
