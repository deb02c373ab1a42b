//===- SinkReshapes.cpp - Elementwise ops before reshapes -----------------===//

#include "AxisGroups.h"

#include "tenon/IR/TenonOps.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_SINKRESHAPESPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

static bool isElementwise(linalg::GenericOp op) {
  return op.getNumReductionLoops() == 0 && op.getNumResults() == 1 &&
         !op.hasIndexSemantics() && !op.hasDynamicShape() &&
         op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isIdentity() &&
         !op.payloadUsesValueFromOperand(op.getDpsInitOperand(0));
}

/// Whether `value` is a reduction or comes of a loop over tiles, perhaps with
/// elementwise ops behind, and nothing else reads it.
static bool isSummed(Value value) {
  while (value.hasOneUse()) {
    if (auto loop = value.getDefiningOp<scf::ForallOp>())
      return loop.getNumResults() == 1;
    auto op = value.getDefiningOp<linalg::LinalgOp>();
    if (!op)
      return false;
    if (op.getNumReductionLoops() != 0)
      return true;
    Value next;
    for (OpOperand *input : op.getDpsInputOperands())
      if (op.getMatchingIndexingMap(input).isIdentity() &&
          isa_and_nonnull<linalg::LinalgOp, scf::ForallOp>(
              input->get().getDefiningOp()))
        next = input->get();
    if (!next)
      return false;
    value = next;
  }
  return false;
}

/// How an input read by `map` in loops of `shape` is read in loops of
/// `target`: its shape and map. It must have all axes of a group, side by side,
/// or none; groups may stand in another order.
static std::optional<std::pair<SmallVector<int64_t>, AffineMap>>
readThrough(AffineMap map, ArrayRef<int64_t> shape, ArrayRef<int64_t> target,
            ArrayRef<AxisGroup> groups, MLIRContext *context) {
  if (map.isIdentity())
    return std::make_pair(
        SmallVector<int64_t>(target),
        AffineMap::getMultiDimIdentityMap(target.size(), context));
  // The axes that a result stands for; one of size 1 may be read by a constant.
  SmallVector<int64_t> axes;
  for (AffineExpr expr : map.getResults()) {
    if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
      if (shape[dim.getPosition()] != 1)
        axes.push_back(dim.getPosition());
      continue;
    }
    auto constant = dyn_cast<AffineConstantExpr>(expr);
    if (!constant || constant.getValue() != 0)
      return std::nullopt;
  }
  SmallVector<int64_t> sizes;
  SmallVector<AffineExpr> read;
  for (ArrayRef<int64_t> rest = axes; !rest.empty();) {
    const AxisGroup *group = llvm::find_if(groups, [&](const AxisGroup &each) {
      return rest.front() >= each.fromBegin && rest.front() < each.fromEnd;
    });
    SmallVector<int64_t> whole;
    for (int64_t axis = group->fromBegin; axis < group->fromEnd; ++axis)
      if (shape[axis] != 1)
        whole.push_back(axis);
    if (rest.take_front(whole.size()) != ArrayRef(whole))
      return std::nullopt;
    rest = rest.drop_front(whole.size());
    for (int64_t axis = group->toBegin; axis < group->toEnd; ++axis) {
      sizes.push_back(target[axis]);
      read.push_back(getAffineDimExpr(axis, context));
    }
  }
  return std::make_pair(sizes, AffineMap::get(target.size(), 0, read, context));
}

/// Has the op work on `target`, another shape of its result; a reshape follows.
static LogicalResult sink(linalg::GenericOp op, ArrayRef<int64_t> target,
                          PatternRewriter &rewriter) {
  ArrayRef<int64_t> shape = shapeOf(op.getResult(0));
  auto groups = groupAxes(shape, target);
  if (!groups)
    return failure();
  MLIRContext *context = rewriter.getContext();
  // First what each input becomes, then the changes.
  SmallVector<std::pair<SmallVector<int64_t>, AffineMap>> reads;
  for (OpOperand *input : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(input);
    auto read = readThrough(map, shape, target, *groups, context);
    if (!read)
      return failure();
    reads.push_back(std::move(*read));
  }
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  Location loc = op.getLoc();
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
  for (auto [input, read] : llvm::zip_equal(op.getInputs(), reads)) {
    auto type = dyn_cast<RankedTensorType>(input.getType());
    if (type && type.getShape() != ArrayRef<int64_t>(read.first))
      // Folds where the input is a reshape of what it becomes.
      input = rewriter.createOrFold<ReshapeOp>(
          loc, RankedTensorType::get(read.first, type.getElementType()), input);
    inputs.push_back(input);
    maps.push_back(read.second);
  }
  maps.push_back(AffineMap::getMultiDimIdentityMap(target.size(), context));
  Value empty = tensor::EmptyOp::create(rewriter, loc, target,
                                        elementTypeOf(op.getResult(0)));
  SmallVector<utils::IteratorType> iterators(target.size(),
                                             utils::IteratorType::parallel);
  auto sunk = linalg::GenericOp::create(rewriter, loc, empty.getType(), inputs,
                                        empty, maps, iterators);
  rewriter.inlineRegionBefore(op.getRegion(), sunk.getRegion(),
                              sunk.getRegion().begin());
  rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getResult(0).getType(),
                                         sunk.getResult(0));
  return success();
}

namespace {
/// An elementwise op on the reshaped result of a reduction, or of a loop over
/// tiles, works on that result itself, so that both become one kernel; the
/// reshape follows it.
struct SinkBehindElementwise : OpRewritePattern<linalg::GenericOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(linalg::GenericOp op,
                                PatternRewriter &rewriter) const override {
    if (!isElementwise(op))
      return rewriter.notifyMatchFailure(op, "is not elementwise");
    // Of sums in several shapes the first keeps its own.
    if (llvm::any_of(op.getDpsInputOperands(), [&](OpOperand *input) {
          return op.getMatchingIndexingMap(input).isIdentity() &&
                 isSummed(input->get());
        }))
      return rewriter.notifyMatchFailure(op, "works on sums already");
    for (OpOperand *input : op.getDpsInputOperands()) {
      auto reshape = input->get().getDefiningOp<ReshapeOp>();
      if (!reshape || !reshape->hasOneUse() ||
          !op.getMatchingIndexingMap(input).isIdentity() ||
          !isSummed(reshape.getInput()))
        continue;
      if (succeeded(sink(op, shapeOf(reshape.getInput()), rewriter)))
        return success();
    }
    return rewriter.notifyMatchFailure(op, "no reshaped sums");
  }
};

/// An elementwise op whose reshaped result another one reads works on that
/// shape, so that both become one: weights that are scaled, moved and then cut
/// into panels are so read and written once.
struct SinkBeforeElementwise : OpRewritePattern<linalg::GenericOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(linalg::GenericOp op,
                                PatternRewriter &rewriter) const override {
    if (!isElementwise(op))
      return rewriter.notifyMatchFailure(op, "is not elementwise");
    for (OpOperand *input : op.getDpsInputOperands()) {
      auto reshape = input->get().getDefiningOp<ReshapeOp>();
      if (!reshape || !reshape->hasOneUse() ||
          !op.getMatchingIndexingMap(input).isPermutation())
        continue;
      auto producer = reshape.getInput().getDefiningOp<linalg::GenericOp>();
      // What works on sums becomes one kernel with these.
      if (!producer || !producer->hasOneUse() || !isElementwise(producer) ||
          llvm::any_of(producer.getInputs(), isSummed))
        continue;
      if (succeeded(sink(producer, shapeOf(reshape), rewriter)))
        return success();
    }
    return rewriter.notifyMatchFailure(op, "no reshaped elementwise result");
  }
};

struct SinkReshapes : ::tenon::impl::SinkReshapesPassBase<SinkReshapes> {
  void runOnOperation() override {
    // Sums come first: what can work on theirs is moved to no other shape.
    RewritePatternSet behindSums(&getContext()), before(&getContext());
    behindSums.add<SinkBehindElementwise>(&getContext());
    before.add<SinkBeforeElementwise>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(behindSums))) ||
        failed(applyPatternsGreedily(getOperation(), std::move(before))))
      signalPassFailure();
  }
};
} // namespace
