//===- Contraction.cpp - A sum of products as strides ---------------------===//

#include "Contraction.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/AffineExpr.h"

#include <numeric>

using namespace mlir;
using namespace tenon;

/// Adds `factor` times the coefficients of `expr` to `strides` and `offset`;
/// false where it is not linear.
static bool accumulate(AffineExpr expr, int64_t factor,
                       SmallVectorImpl<int64_t> &strides, int64_t &offset) {
  if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
    strides[dim.getPosition()] += factor;
    return true;
  }
  if (auto constant = dyn_cast<AffineConstantExpr>(expr)) {
    offset += factor * constant.getValue();
    return true;
  }
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!binary)
    return false;
  if (binary.getKind() == AffineExprKind::Add)
    return accumulate(binary.getLHS(), factor, strides, offset) &&
           accumulate(binary.getRHS(), factor, strides, offset);
  if (binary.getKind() == AffineExprKind::Mul)
    if (auto constant = dyn_cast<AffineConstantExpr>(binary.getRHS()))
      return accumulate(binary.getLHS(), factor * constant.getValue(), strides,
                        offset);
  return false;
}

static std::optional<StridedOperand> stridedOperand(linalg::LinalgOp op,
                                                    OpOperand &operand) {
  auto type = dyn_cast<MemRefType>(operand.get().getType());
  SmallVector<int64_t> memoryStrides;
  int64_t start;
  if (!type || failed(type.getStridesAndOffset(memoryStrides, start)) ||
      llvm::any_of(memoryStrides, ShapedType::isDynamic))
    return std::nullopt;
  StridedOperand result{operand.get(),
                        type.getElementType(),
                        SmallVector<int64_t>(op.getNumLoops(), 0),
                        0,
                        {},
                        {}};
  AffineMap map = op.getMatchingIndexingMap(&operand);
  for (auto [expr, stride] : llvm::zip(map.getResults(), memoryStrides))
    if (!accumulate(expr, stride, result.strides, result.offset))
      return std::nullopt;
  return result;
}

/// Whether `op` makes a number of another one, element by element: a cast, or
/// an integer operation with a constant.
static bool isConversion(Operation *op) {
  if (isa<arith::ExtFOp, arith::SIToFPOp, arith::UIToFPOp, arith::ExtSIOp,
          arith::ExtUIOp>(op))
    return true;
  return isa<arith::AndIOp, arith::ShRUIOp, arith::ShRSIOp>(op) &&
         op->getOperand(1).getDefiningOp<arith::ConstantOp>();
}

namespace {
/// A body argument and what is done to it.
struct Factor {
  BlockArgument argument;
  SmallVector<Operation *, 2> conversions;
};
} // namespace

static Factor factorOf(Value value) {
  Factor factor;
  for (Operation *op = value.getDefiningOp(); op && isConversion(op);
       op = value.getDefiningOp()) {
    factor.conversions.insert(factor.conversions.begin(), op);
    value = op->getOperand(0);
  }
  factor.argument = dyn_cast<BlockArgument>(value);
  return factor;
}

/// The operands of `value` where it is an Op, else null.
template <typename Op> static std::pair<Value, Value> operandsOf(Value value) {
  auto op = value.getDefiningOp<Op>();
  return op ? std::pair(op.getLhs(), op.getRhs()) : std::pair<Value, Value>();
}

/// The factors a and b, in this order, where the body yields acc + a * b of its
/// three arguments.
template <typename Add, typename Mul>
static std::optional<std::pair<Factor, Factor>> sumOfProducts(Block &body) {
  if (body.getNumArguments() != 3)
    return std::nullopt;
  auto [left, right] = operandsOf<Add>(body.getTerminator()->getOperand(0));
  Value accumulator = body.getArgument(2);
  if (right == accumulator)
    std::swap(left, right);
  if (!left || left != accumulator)
    return std::nullopt;
  auto [a, b] = operandsOf<Mul>(right);
  if (!a)
    return std::nullopt;
  Factor first = factorOf(a), second = factorOf(b);
  if (first.argument != body.getArgument(0))
    std::swap(first, second);
  if (first.argument != body.getArgument(0) ||
      second.argument != body.getArgument(1))
    return std::nullopt;
  return std::make_pair(first, second);
}

FailureOr<Contraction> tenon::matchContraction(linalg::LinalgOp op) {
  if (!op.hasPureBufferSemantics() || op.getNumDpsInputs() != 2 ||
      op.getNumDpsInits() != 1 || op.getNumReductionLoops() == 0)
    return failure();
  Block &body = op->getRegion(0).front();
  auto factors = sumOfProducts<arith::AddFOp, arith::MulFOp>(body);
  if (!factors)
    factors = sumOfProducts<arith::AddIOp, arith::MulIOp>(body);
  if (!factors)
    return failure();
  std::optional<StridedOperand> lhs =
      stridedOperand(op, *op.getDpsInputOperand(0));
  std::optional<StridedOperand> rhs =
      stridedOperand(op, *op.getDpsInputOperand(1));
  std::optional<StridedOperand> result =
      stridedOperand(op, *op.getDpsInitOperand(0));
  if (!lhs || !rhs || !result ||
      !(isa<Float32Type, Float64Type>(result->elementType) ||
        result->elementType.isInteger(32)))
    return failure();
  lhs->conversions = factors->first.conversions;
  rhs->conversions = factors->second.conversions;
  Contraction contraction{
      op, *lhs, *rhs, *result, {}, {}, op.getStaticLoopRanges()};
  for (auto [loop, kind] : llvm::enumerate(op.getIteratorTypesArray()))
    (kind == utils::IteratorType::parallel ? contraction.parallel
                                           : contraction.reduction)
        .push_back(loop);
  return contraction;
}

linalg::FillOp tenon::zeroBefore(linalg::LinalgOp op) {
  AffineMap written = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (!written.isProjectedPermutation() ||
      written.getNumResults() != op.getNumParallelLoops())
    return nullptr;
  for (Operation *before = op->getPrevNode(); before;
       before = before->getPrevNode()) {
    auto fill = dyn_cast<linalg::FillOp>(before);
    if (fill && fill.output() == op.getDpsInits().front() &&
        (matchPattern(fill.value(), m_PosZeroFloat()) ||
         matchPattern(fill.value(), m_Zero())))
      return fill;
    if (!isMemoryEffectFree(before))
      return nullptr;
  }
  return nullptr;
}

/// Lanes that lie further apart are not loaded as whole vectors.
static constexpr int64_t longestVectorStep = 2;

/// The size of a loop for comparisons: an unknown one counts as large.
static int64_t weight(const Contraction &contraction, int64_t loop) {
  int64_t size = contraction.sizes[loop];
  return ShapedType::isDynamic(size) ? 64 : size;
}

/// The same of rows: tiles fill one of a known size, if it is not that short.
static int64_t weightOfRows(const Contraction &contraction, int64_t loop) {
  constexpr int64_t enough = 6;
  int64_t size = contraction.sizes[loop];
  return ShapedType::isDynamic(size) ? enough - 1 : size;
}

/// The loop among `candidates` that `accepts` and is largest by `size`, or -1.
template <typename Predicate>
static int64_t largest(const Contraction &contraction,
                       ArrayRef<int64_t> candidates, Predicate accepts,
                       int64_t (*size)(const Contraction &, int64_t) = weight) {
  int64_t best = -1;
  for (int64_t loop : candidates)
    if (accepts(loop) &&
        (best < 0 || size(contraction, loop) > size(contraction, best)))
      best = loop;
  return best;
}

/// Iterations from which on a loop's vectors are streams enough.
static constexpr int64_t fewestStreams = 4;

/// The loop whose steps are further vectors for the same rows, where the vector
/// loop has a single one; -1 where there is none.
static int64_t outerColumns(const Contraction &contraction,
                            const ContractionForm &form, int64_t lanes) {
  const StridedOperand &scalars =
      form.swapped ? contraction.rhs : contraction.lhs;
  const StridedOperand &vectors =
      form.swapped ? contraction.lhs : contraction.rhs;
  int64_t size = contraction.sizes[form.vectorLoop];
  if (ShapedType::isDynamic(size) || size >= 2 * lanes || form.rowLoop < 0 ||
      vectors.strides[form.rowLoop] != 0)
    return -1;
  return largest(contraction, contraction.parallel, [&](int64_t loop) {
    return loop != form.vectorLoop && loop != form.rowLoop &&
           !ShapedType::isDynamic(contraction.sizes[loop]) &&
           contraction.sizes[loop] > 1 && scalars.strides[loop] == 0 &&
           vectors.strides[loop] != 0 && contraction.result.strides[loop] != 0;
  });
}

static std::optional<ContractionForm> outerForm(const Contraction &contraction,
                                                int64_t lanes) {
  ContractionForm form;
  for (bool swapped : {false, true}) {
    const StridedOperand &scalars = swapped ? contraction.rhs : contraction.lhs;
    const StridedOperand &vectors = swapped ? contraction.lhs : contraction.rhs;
    int64_t loop =
        largest(contraction, contraction.parallel, [&](int64_t loop) {
          return contraction.result.strides[loop] == 1 &&
                 scalars.strides[loop] == 0 && vectors.strides[loop] >= 1;
        });
    bool better = loop >= 0 && (form.vectorLoop < 0 ||
                                weight(contraction, loop) >
                                    weight(contraction, form.vectorLoop));
    if (!better)
      continue;
    form.vectorLoop = loop;
    form.swapped = swapped;
  }
  if (form.vectorLoop < 0)
    return std::nullopt;
  const StridedOperand &vectors =
      form.swapped ? contraction.lhs : contraction.rhs;
  auto other = [&](int64_t loop) {
    return loop != form.vectorLoop && contraction.result.strides[loop] != 0;
  };
  form.rowLoop = largest(
      contraction, contraction.parallel,
      [&](int64_t loop) { return other(loop) && vectors.strides[loop] == 0; },
      weightOfRows);
  // Without a loop that leaves the vectors alone, any other still hides
  // latency. The one whose vectors lie farthest apart is best at keeping memory
  // busy: each is a stream of its own.
  if (form.rowLoop < 0 || weight(contraction, form.rowLoop) == 1) {
    int64_t farthest = 0;
    for (int64_t loop : contraction.parallel)
      if (other(loop) && weight(contraction, loop) >= fewestStreams)
        farthest = std::max(farthest, vectors.strides[loop]);
    form.rowLoop =
        largest(contraction, contraction.parallel, [&](int64_t loop) {
          return other(loop) && vectors.strides[loop] >= farthest;
        });
  }
  form.columnLoop = outerColumns(contraction, form, lanes);
  return form;
}

static std::optional<ContractionForm>
innerForm(const Contraction &contraction) {
  ContractionForm form;
  form.kind = ContractionForm::Kind::Inner;
  form.vectorLoop =
      largest(contraction, contraction.reduction, [&](int64_t loop) {
        return contraction.lhs.strides[loop] == 1 &&
               contraction.rhs.strides[loop] == 1;
      });
  if (form.vectorLoop < 0)
    return std::nullopt;
  form.rowLoop = largest(contraction, contraction.parallel, [&](int64_t loop) {
    return contraction.lhs.strides[loop] != 0 &&
           contraction.rhs.strides[loop] == 0;
  });
  form.columnLoop =
      largest(contraction, contraction.parallel, [&](int64_t loop) {
        return contraction.lhs.strides[loop] == 0 &&
               contraction.rhs.strides[loop] != 0;
      });
  return form;
}

static std::optional<ContractionForm>
windowForm(const Contraction &contraction) {
  ContractionForm form;
  form.kind = ContractionForm::Kind::Window;
  form.vectorLoop =
      largest(contraction, contraction.parallel, [&](int64_t loop) {
        return contraction.result.strides[loop] == 1 &&
               contraction.lhs.strides[loop] == 1 &&
               contraction.rhs.strides[loop] == 1;
      });
  if (form.vectorLoop < 0)
    return std::nullopt;
  for (bool swapped : {false, true}) {
    const StridedOperand &image = swapped ? contraction.rhs : contraction.lhs;
    const StridedOperand &weights = swapped ? contraction.lhs : contraction.rhs;
    int64_t loop =
        largest(contraction, contraction.parallel, [&](int64_t loop) {
          return image.strides[loop] != 0 && weights.strides[loop] == 0 &&
                 contraction.result.strides[loop] != 0;
        });
    if (loop < 0)
      continue;
    form.rowLoop = loop;
    form.swapped = swapped;
    break;
  }
  // The taps that lie nearest each other.
  const StridedOperand &image =
      form.swapped ? contraction.rhs : contraction.lhs;
  for (int64_t loop : contraction.reduction)
    if (image.strides[loop] != 0 && weight(contraction, loop) > 1 &&
        (form.tapLoop < 0 || image.strides[loop] < image.strides[form.tapLoop]))
      form.tapLoop = loop;
  return form;
}

/// Whether steps of `rows` read of `operand` what other steps read further on
/// along `taps`.
static bool overlaps(const Contraction &contraction,
                     const StridedOperand &operand, int64_t rows,
                     int64_t taps) {
  int64_t row = operand.strides[rows], tap = operand.strides[taps];
  if (row <= 0 || tap <= 0)
    return false;
  int64_t common = std::lcm(row, tap);
  return common / row < weight(contraction, rows) &&
         common / tap < weight(contraction, taps);
}

/// The window form in place of an outer one all of whose rows have vectors of
/// their own, where these overlap: windows that slide over a plane.
static std::optional<ContractionForm> planeForm(const Contraction &contraction,
                                                const ContractionForm &outer) {
  const StridedOperand &image =
      outer.swapped ? contraction.lhs : contraction.rhs;
  const StridedOperand &weights =
      outer.swapped ? contraction.rhs : contraction.lhs;
  if (image.strides[outer.vectorLoop] > longestVectorStep ||
      (outer.rowLoop >= 0 && image.strides[outer.rowLoop] == 0 &&
       weight(contraction, outer.rowLoop) > 1))
    return std::nullopt;
  ContractionForm form = outer;
  form.kind = ContractionForm::Kind::Window;
  form.columnLoop = -1;
  form.swapped = !outer.swapped;
  for (int64_t taps : contraction.reduction) {
    form.rowLoop =
        largest(contraction, contraction.parallel, [&](int64_t loop) {
          return loop != form.vectorLoop && weights.strides[loop] == 0 &&
                 contraction.result.strides[loop] != 0 &&
                 overlaps(contraction, image, loop, taps);
        });
    if (form.rowLoop < 0)
      continue;
    form.tapLoop = taps;
    return form;
  }
  return std::nullopt;
}

std::optional<ContractionForm> tenon::chooseForm(const Contraction &contraction,
                                                 int64_t lanes) {
  std::optional<ContractionForm> outer = outerForm(contraction, lanes), inner;
  // Sums of integers have the outer form alone.
  bool isFloat = isa<FloatType>(contraction.accumulatorType());
  if (isFloat)
    inner = innerForm(contraction);
  if (isFloat && outer)
    if (auto windows = planeForm(contraction, *outer))
      return windows;
  if (outer && inner) {
    // Contiguous vectors beat gathered ones; where both are, the longer axis
    // fills its lanes better.
    const StridedOperand &vectors =
        outer->swapped ? contraction.lhs : contraction.rhs;
    bool outerFills = vectors.strides[outer->vectorLoop] == 1 &&
                      weight(contraction, outer->vectorLoop) >= lanes;
    return outerFills || weight(contraction, inner->vectorLoop) < lanes ? outer
                                                                        : inner;
  }
  if (outer || inner)
    return outer ? outer : inner;
  if (isFloat)
    return windowForm(contraction);
  return std::nullopt;
}
