//===- UnpackPointwise.cpp - 1x1 convolutions between channels first ------===//

#include "Layout.h"

#include "tenon/IR/Create.h"
#include "tenon/IR/TenonOps.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_UNPACKPOINTWISEPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// Positions from which on they fill vectors as well as channels would.
static constexpr int64_t fewestPositions = 128;

static bool isPointwise(PackedConvOp op) {
  auto isNothing = [](int64_t value) { return value == 0; };
  auto isOne = [](int64_t value) { return value == 1; };
  return llvm::all_of(shapeOf(op.getWeight()).drop_front().drop_back(2),
                      isOne) &&
         llvm::all_of(op.getStrides(), isOne) &&
         llvm::all_of(op.getPadsBegin(), isNothing) &&
         llvm::all_of(op.getPadsEnd(), isNothing);
}

/// Panels [panels, 1.., C, width] as [panels width, C, 1..].
static Value createUnpacked(ImplicitLocOpBuilder &b, Value panels) {
  ArrayRef<int64_t> shape = shapeOf(panels);
  int64_t rank = shape.size();
  // What tenon::createPanels() does, backwards; then the channels come first.
  SmallVector<int64_t> permutation = {0, rank - 1};
  llvm::append_range(permutation, llvm::seq<int64_t>(1, rank - 1));
  Value rows = TransposeOp::create(b, panels, permutation);
  SmallVector<int64_t> rowShape(shapeOf(rows).drop_front());
  rowShape[0] = shape.front() * shape.back();
  return TransposeOp::create(b, createReshape(b, rows, rowShape),
                             toChannelsFirst(rank - 1));
}

namespace {
/// transpose(packed_conv(transpose(x), panels)) -> conv(x, weight)
struct Unpack : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    auto conv = op.getInput().getDefiningOp<PackedConvOp>();
    if (!conv || !conv->hasOneUse() || !isPointwise(conv))
      return rewriter.notifyMatchFailure(op, "no 1x1 convolution's own");
    auto given = conv.getInput().getDefiningOp<TransposeOp>();
    int64_t rank = shapeOf(op).size();
    if (!given || !given->hasOneUse() ||
        given.getPermutation() != ArrayRef(toChannelsLast(rank)) ||
        op.getPermutation() != ArrayRef(toChannelsFirst(rank)))
      return rewriter.notifyMatchFailure(op, "no transposes on both sides");
    if (llvm::product_of(shapeOf(op).drop_front(2)) < fewestPositions)
      return rewriter.notifyMatchFailure(op, "few positions");
    ImplicitLocOpBuilder b(conv.getLoc(), rewriter);
    rewriter.replaceOpWithNewOp<ConvOp>(
        op, given.getInput(), createUnpacked(b, conv.getWeight()),
        conv.getBias(), conv.getStrides(), conv.getDilations(),
        conv.getPadsBegin(), conv.getPadsEnd(), /*groups=*/1);
    return success();
  }
};

struct UnpackPointwise
    : ::tenon::impl::UnpackPointwisePassBase<UnpackPointwise> {
  using UnpackPointwisePassBase::UnpackPointwisePassBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<Unpack>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
