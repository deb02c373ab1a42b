//===- Matching.cpp - What the raising patterns look for ------------------===//

#include "Matching.h"

#include "tenon/IR/Create.h"

#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::tenon {

std::optional<double> uniformValue(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    if (isa<BroadcastOp, ReshapeOp>(op) ||
        (isa<CastOp>(op) && isa<FloatType>(elementTypeOf(value)) &&
         isa<FloatType>(elementTypeOf(op->getOperand(0)))))
      value = op->getOperand(0);
    else
      break;
  }
  DenseElementsAttr elements;
  if (!matchPattern(value, m_Constant(&elements)) || !elements.isSplat() ||
      !isa<FloatType>(elements.getElementType()))
    return std::nullopt;
  APFloat number = elements.getSplatValue<APFloat>();
  bool losesInfo;
  number.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                 &losesInfo);
  return number.convertToDouble();
}

bool isNear(double number, double expected, Type element) {
  double epsilon = 1e-6;
  if (element.isF16())
    epsilon = 1.0 / 1024;
  else if (element.isBF16())
    epsilon = 1.0 / 128;
  return std::abs(number - expected) <= epsilon * std::abs(expected);
}

bool isUniform(Value value, double expected) {
  std::optional<double> number = uniformValue(value);
  return number && isNear(*number, expected, elementTypeOf(value));
}

Value withoutBroadcast(Value value) {
  Value operand = operandOf<BroadcastOp>(value);
  return operand ? operand : value;
}

bool isKnownAtLoad(Value value) {
  llvm::SmallSetVector<Value, 8> pending;
  pending.insert(value);
  for (size_t i = 0; i < pending.size(); ++i) {
    Operation *op = pending[i].getDefiningOp();
    // Derived weights are a handful of ops; long chains are not worth the walk.
    if (!op || op->getNumRegions() != 0 || !isPure(op) || pending.size() > 64)
      return false;
    pending.insert_range(op->getOperands());
  }
  return true;
}

Value squaredOperand(Value value) {
  if (auto product = value.getDefiningOp<arith::MulFOp>())
    return product.getLhs() == product.getRhs() ? product.getLhs() : Value();
  if (auto power = value.getDefiningOp<math::PowFOp>())
    return isUniform(power.getRhs(), 2) ? power.getLhs() : Value();
  return {};
}

/// The number of elements along `axes`.
static double countAlong(Value value, ArrayRef<int64_t> axes) {
  double count = 1;
  for (int64_t axis : axes)
    count *= shapeOf(value)[axis];
  return count;
}

/// `value` is a mean of this kind or a sum divided by the number of elements.
static ReduceOp findMean(Value value) {
  if (auto reduce = value.getDefiningOp<ReduceOp>())
    return reduce.getKind() == ReductionKind::mean ? reduce : ReduceOp();
  ReduceOp sum;
  std::optional<double> factor;
  if (auto quotient = value.getDefiningOp<arith::DivFOp>()) {
    sum = quotient.getLhs().getDefiningOp<ReduceOp>();
    factor = uniformValue(quotient.getRhs());
  } else {
    for (auto [one, other] : bothOrders<arith::MulFOp>(value))
      if (auto reduce = one.getDefiningOp<ReduceOp>(); reduce && !sum) {
        sum = reduce;
        factor = uniformValue(other);
        if (factor)
          factor = 1 / *factor;
      }
  }
  if (!sum || !factor || sum.getKind() != ReductionKind::sum)
    return {};
  double count = countAlong(sum.getInput(), sum.getAxes());
  return isNear(*factor, count, elementTypeOf(value)) ? sum : ReduceOp();
}

std::optional<RowMean> matchRowMean(Value value) {
  value = withoutBroadcast(value);
  ArrayRef<int64_t> kept = shapeOf(value);
  if (Value operand = operandOf<ReshapeOp>(value))
    value = operand;
  ReduceOp mean = findMean(value);
  if (!mean)
    return std::nullopt;
  SmallVector<int64_t> rows(shapeOf(mean.getInput()));
  for (int64_t axis : mean.getAxes())
    rows[axis] = 1;
  // Without the axes of size 1 a broadcast would repeat along other axes.
  if (kept != ArrayRef<int64_t>(rows) || llvm::any_of(rows, isDynamic))
    return std::nullopt;
  return RowMean{mean.getInput(), SmallVector<int64_t>(mean.getAxes())};
}

std::optional<Parameter> matchParameter(Value value) {
  Parameter parameter;
  parameter.source = withoutBroadcast(value);
  ArrayRef<int64_t> shape = shapeOf(parameter.source);
  parameter.shape.assign(
      shape.drop_while([](int64_t size) { return size == 1; }).begin(),
      shape.end());
  if (llvm::any_of(shape, isDynamic) || !isKnownAtLoad(parameter.source))
    return std::nullopt;
  return parameter;
}

std::optional<Parameter> matchChannelParameter(Value value) {
  std::optional<Parameter> parameter = matchParameter(value);
  ArrayRef<int64_t> shape = shapeOf(value);
  if (!parameter || parameter->shape.size() != shape.size() - 1 ||
      parameter->shape.front() != shape[1] ||
      llvm::any_of(ArrayRef<int64_t>(parameter->shape).drop_front(),
                   [](int64_t size) { return size != 1; }))
    return std::nullopt;
  parameter->shape.resize(1);
  return parameter;
}

Value materialize(OpBuilder &builder, Location loc,
                  const Parameter &parameter) {
  ImplicitLocOpBuilder b(loc, builder);
  return createReshape(b, parameter.source, parameter.shape);
}

Location fusedLocation(Value result, ValueRange inputs) {
  llvm::SmallSetVector<Value, 16> pending;
  pending.insert(result);
  SmallVector<Location> locations;
  for (size_t i = 0; i < pending.size(); ++i) {
    Operation *op = pending[i].getDefiningOp();
    if (!op || llvm::is_contained(inputs, pending[i]) ||
        op->hasTrait<OpTrait::ConstantLike>() || isa<WeightOp, ParameterOp>(op))
      continue;
    locations.push_back(op->getLoc());
    // A pattern spans a few ops; what lies behind is an input left out.
    if (locations.size() >= 32)
      break;
    pending.insert_range(op->getOperands());
  }
  return FusedLoc::get(result.getContext(), locations);
}

} // namespace mlir::tenon
