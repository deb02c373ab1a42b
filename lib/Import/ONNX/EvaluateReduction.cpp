//===- EvaluateReduction.cpp - Reductions of known elements ---------------===//

#include "Evaluator.h"

#include "tenon/IR/TenonOps.h"

#include <cmath>
#include <limits>

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::tenon::ReductionKind;

namespace {

/// The value that a reduction starts from, and one more value taken in.
struct Accumulator {
  ReductionKind kind;
  bool isFloat;
  bool isUnsigned;
  unsigned width;
  double real = 0;
  int64_t integer = 0;

  Accumulator(ReductionKind kind, const Contents &input, bool isUnsigned)
      : kind(kind), isFloat(input.isFloat()), isUnsigned(isUnsigned),
        width(input.width()) {
    double infinity = std::numeric_limits<double>::infinity();
    if (kind == ReductionKind::prod) {
      real = 1;
      integer = 1;
    } else if (kind == ReductionKind::max) {
      real = -infinity;
      integer = isUnsigned || width == 1
                    ? 0
                    : std::numeric_limits<int64_t>::min() >> (64 - width);
    } else if (kind == ReductionKind::min) {
      real = infinity;
      integer = width == 1 ? 1
                : isUnsigned
                    ? -1
                    : std::numeric_limits<int64_t>::max() >> (64 - width);
    }
  }

  void take(double value) {
    switch (kind) {
    case ReductionKind::prod:
      real *= value;
      break;
    case ReductionKind::max:
      real = std::isnan(real) || real > value ? real : value;
      break;
    case ReductionKind::min:
      real = std::isnan(real) || real < value ? real : value;
      break;
    default:
      real += value;
    }
  }

  void take(int64_t value, uint64_t bits) {
    uint64_t mask = ~uint64_t(0) >> (64 - width);
    uint64_t held = static_cast<uint64_t>(integer) & mask;
    bool isBelow = isUnsigned || width == 1 ? held < bits : integer < value;
    switch (kind) {
    case ReductionKind::prod:
      integer = static_cast<int64_t>(uint64_t(integer) * uint64_t(value));
      break;
    case ReductionKind::max:
      integer = isBelow ? value : integer;
      break;
    case ReductionKind::min:
      integer = isBelow ? integer : value;
      break;
    default:
      integer = static_cast<int64_t>(uint64_t(integer) + uint64_t(value));
    }
  }
};

} // namespace

/// Offset in the reduced tensor (whose reduced axes have size 1) of element `i`
/// of `shape`.
static size_t reducedOffset(size_t i, llvm::ArrayRef<int64_t> shape,
                            const llvm::SmallBitVector &isReduced) {
  size_t offset = 0, stride = 1;
  for (size_t axis = shape.size(); axis-- > 0;) {
    size_t coordinate = i % shape[axis];
    i /= shape[axis];
    if (isReduced.test(axis))
      continue;
    offset += coordinate * stride;
    stride *= shape[axis];
  }
  return offset;
}

static Results evaluateReduce(mlir::tenon::ReduceOp op, const Contents &input) {
  ReductionKind kind = op.getKind();
  bool isMean = kind == ReductionKind::mean;
  if (kind != ReductionKind::sum && kind != ReductionKind::prod &&
      kind != ReductionKind::max && kind != ReductionKind::min &&
      !(isMean && input.isFloat()))
    return std::nullopt;
  llvm::SmallBitVector isReduced(input.shape.size());
  for (int64_t axis : op.getAxes())
    isReduced.set(axis);
  auto type = mlir::cast<mlir::RankedTensorType>(op.getResult().getType());
  Contents result(type.getShape(), input.element);
  std::vector<Accumulator> held(
      result.size(), Accumulator(kind, input, op.getUnsignedElements()));
  for (size_t i = 0; i < input.size(); ++i) {
    Accumulator &accumulator = held[reducedOffset(i, input.shape, isReduced)];
    if (input.isFloat())
      accumulator.take(input.floats[i]);
    else
      accumulator.take(input.ints[i], input.unsignedAt(i));
  }
  double count = result.size() ? double(input.size()) / result.size() : 1;
  for (size_t i = 0; i < result.size(); ++i) {
    if (input.isFloat())
      result.set(i, isMean ? held[i].real / count : held[i].real);
    else
      result.set(i, held[i].integer);
  }
  return std::vector<Contents>{std::move(result)};
}

static Results evaluateCumulative(mlir::tenon::CumulativeOp op,
                                  const Contents &input) {
  Contents result(input.shape, input.element);
  if (input.size() == 0)
    return std::vector<Contents>{std::move(result)};
  size_t axis = op.getAxis(), length = input.shape[axis];
  size_t stride = stridesOf(input.shape)[axis];
  for (size_t line = 0; line < input.size() / length; ++line) {
    size_t first = line / stride * stride * length + line % stride;
    Accumulator sum(op.getKind(), input, false);
    for (size_t k = 0; k < length; ++k) {
      size_t at = first + (op.getReverse() ? length - 1 - k : k) * stride;
      Accumulator before = sum;
      if (input.isFloat())
        sum.take(input.floats[at]);
      else
        sum.take(input.ints[at], input.unsignedAt(at));
      const Accumulator &shown = op.getExclusive() ? before : sum;
      if (input.isFloat())
        result.set(at, shown.real);
      else
        result.set(at, shown.integer);
    }
  }
  return std::vector<Contents>{std::move(result)};
}

Results onnx_import::evaluateReduction(mlir::Operation *op, Operands operands) {
  if (auto reduce = mlir::dyn_cast<mlir::tenon::ReduceOp>(op))
    return evaluateReduce(reduce, *operands[0]);
  if (auto cumulative = mlir::dyn_cast<mlir::tenon::CumulativeOp>(op))
    return evaluateCumulative(cumulative, *operands[0]);
  return std::nullopt;
}
