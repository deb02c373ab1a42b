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

namespace {
/// An elementwise op on the reshaped result of a reduction, or of a loop over
/// tiles, works on that result itself, so that both become one kernel; the
/// reshape follows it.
struct SinkBehindElementwise : OpRewritePattern<linalg::GenericOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(linalg::GenericOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getNumReductionLoops() != 0 || op.getNumResults() != 1 ||
        op.hasIndexSemantics() || op.hasDynamicShape() ||
        !op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isIdentity() ||
        op.payloadUsesValueFromOperand(op.getDpsInitOperand(0)))
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

private:
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
    Location loc = op.getLoc();
    SmallVector<Value> inputs;
    SmallVector<AffineMap> maps;
    for (auto [input, read] : llvm::zip_equal(op.getInputs(), reads)) {
      auto type = dyn_cast<RankedTensorType>(input.getType());
      if (type && type.getShape() != ArrayRef<int64_t>(read.first))
        // Folds where the input is a reshape of what it becomes.
        input = rewriter.createOrFold<ReshapeOp>(
            loc, RankedTensorType::get(read.first, type.getElementType()),
            input);
      inputs.push_back(input);
      maps.push_back(read.second);
    }
    maps.push_back(AffineMap::getMultiDimIdentityMap(target.size(), context));
    Value empty = tensor::EmptyOp::create(rewriter, loc, target,
                                          elementTypeOf(op.getResult(0)));
    SmallVector<utils::IteratorType> iterators(target.size(),
                                               utils::IteratorType::parallel);
    auto sunk = linalg::GenericOp::create(rewriter, loc, empty.getType(),
                                          inputs, empty, maps, iterators);
    rewriter.inlineRegionBefore(op.getRegion(), sunk.getRegion(),
                                sunk.getRegion().begin());
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getResult(0).getType(),
                                           sunk.getResult(0));
    return success();
  }

  /// How an input read by `map` in loops of `shape` is read in loops of
  /// `target`: its shape and map. It must have all axes of a group or none.
  static std::optional<std::pair<SmallVector<int64_t>, AffineMap>>
  readThrough(AffineMap map, ArrayRef<int64_t> shape, ArrayRef<int64_t> target,
              ArrayRef<AxisGroup> groups, MLIRContext *context) {
    if (map.isIdentity())
      return std::make_pair(
          SmallVector<int64_t>(target),
          AffineMap::getMultiDimIdentityMap(target.size(), context));
    SmallVector<bool> has(shape.size(), false);
    int64_t previous = -1;
    for (AffineExpr expr : map.getResults()) {
      auto dim = dyn_cast<AffineDimExpr>(expr);
      // An axis of size 1 may be read by a constant.
      if (!dim) {
        auto constant = dyn_cast<AffineConstantExpr>(expr);
        if (!constant || constant.getValue() != 0)
          return std::nullopt;
        continue;
      }
      int64_t position = dim.getPosition();
      if (position <= previous)
        return std::nullopt;
      previous = position;
      has[position] = true;
    }
    SmallVector<int64_t> sizes;
    SmallVector<AffineExpr> read;
    for (const AxisGroup &group : groups) {
      bool all = true, any = false;
      for (int64_t axis = group.fromBegin; axis < group.fromEnd; ++axis) {
        if (shape[axis] == 1)
          continue;
        all &= has[axis];
        any |= has[axis];
      }
      if (any && !all)
        return std::nullopt;
      if (!any)
        continue;
      for (int64_t axis = group.toBegin; axis < group.toEnd; ++axis) {
        sizes.push_back(target[axis]);
        read.push_back(getAffineDimExpr(axis, context));
      }
    }
    return std::make_pair(sizes,
                          AffineMap::get(target.size(), 0, read, context));
  }
};

struct SinkReshapes : ::tenon::impl::SinkReshapesPassBase<SinkReshapes> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<SinkBehindElementwise>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
