//===- Matching.h - What the raising patterns look for --------------------===//
//
// Exporters write one formula in many spellings: constants as splats or
// broadcasts, means as sums over a count, products in any order. What is common
// to all of them is recognised here.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_TRANSFORMS_MATCHING_H
#define TENON_LIB_TRANSFORMS_MATCHING_H

#include "tenon/IR/TenonOps.h"

#include "mlir/IR/PatternMatch.h"

namespace mlir::tenon {

/// The number that every element of a constant is, through broadcasts, reshapes
/// and float casts.
std::optional<double> uniformValue(Value value);
/// Whether `number` is `expected` as an exporter may have rounded it to
/// `element` (or to f32, where the element is wider).
bool isNear(double number, double expected, Type element);
/// Whether every element of `value` is `expected`, in that sense.
bool isUniform(Value value, double expected);

/// The operand of a `tenon.broadcast`, or the value itself.
Value withoutBroadcast(Value value);
/// Whether `value` follows from weights and constants alone.
bool isKnownAtLoad(Value value);

/// One operand of a commutative op and the other.
struct Operands {
  Value one, other;
};
/// The operands of the op that defines `value`, in both orders; none where it
/// is no `OpTy`.
template <typename OpTy> SmallVector<Operands, 2> bothOrders(Value value) {
  auto op = value.getDefiningOp<OpTy>();
  if (!op)
    return {};
  return {{op.getLhs(), op.getRhs()}, {op.getRhs(), op.getLhs()}};
}

/// The one operand of the op that defines `value`; null where it is no `OpTy`.
template <typename OpTy> Value operandOf(Value value) {
  auto op = value.getDefiningOp<OpTy>();
  return op ? op->getOperand(0) : Value();
}

/// x^2 as x * x or as a power: x. Null for anything else.
Value squaredOperand(Value value);

/// A mean over `axes` whose value stands at every element of the input's rows,
/// or has size 1 along them.
struct RowMean {
  Value input;
  SmallVector<int64_t> axes;
};
std::optional<RowMean> matchRowMean(Value value);

/// The operand of a channel- or row-wise parameter: `value` as it was before it
/// was broadcast, without leading axes of size 1. Its shape is `shape`.
struct Parameter {
  Value source;
  SmallVector<int64_t> shape;
};
/// `value` as a parameter known at load; nothing where it depends on inputs.
std::optional<Parameter> matchParameter(Value value);
/// A parameter of axis 1 alone, [channels, 1, ...], as [channels].
std::optional<Parameter> matchChannelParameter(Value value);
/// The parameter's source under its own shape.
Value materialize(OpBuilder &builder, Location loc, const Parameter &parameter);

/// The location of an op that stands for all ops between `inputs` and `result`.
Location fusedLocation(Value result, ValueRange inputs);

} // namespace mlir::tenon

#endif // TENON_LIB_TRANSFORMS_MATCHING_H
