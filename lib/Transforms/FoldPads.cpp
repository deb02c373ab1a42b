//===- FoldPads.cpp - Padding that convolutions do themselves -------------===//

#include "Matching.h"

#include "tenon/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_FOLDPADSPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// Why a convolution cannot do this padding, or nothing.
static std::optional<StringRef> whyNot(PadOp pad) {
  if (pad.getMode() != PadMode::constant ||
      (pad.getValue() && !isUniform(pad.getValue(), 0)))
    return "other values than zero";
  auto isZero = [](int64_t size) { return size == 0; };
  if (!llvm::all_of(pad.getLow().take_front(2), isZero) ||
      !llvm::all_of(pad.getHigh().take_front(2), isZero))
    return "batch or channels are padded";
  auto isCropped = [](int64_t size) { return size < 0; };
  if (llvm::any_of(pad.getLow(), isCropped) ||
      llvm::any_of(pad.getHigh(), isCropped))
    return "something is cropped";
  return std::nullopt;
}

static SmallVector<int64_t> sums(ArrayRef<int64_t> pads,
                                 ArrayRef<int64_t> more) {
  return llvm::map_to_vector(llvm::zip_equal(pads, more), [](auto both) {
    auto [own, other] = both;
    return own + other;
  });
}

namespace {
/// conv(pad(x)) -> conv(x) with larger pads
struct FoldPad : OpRewritePattern<ConvOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConvOp op,
                                PatternRewriter &rewriter) const override {
    auto pad = op.getInput().getDefiningOp<PadOp>();
    if (!pad)
      return rewriter.notifyMatchFailure(op, "nothing is padded");
    if (std::optional<StringRef> reason = whyNot(pad))
      return rewriter.notifyMatchFailure(op, *reason);
    rewriter.replaceOpWithNewOp<ConvOp>(
        op, pad.getInput(), op.getWeight(), op.getBias(), op.getStrides(),
        op.getDilations(), sums(op.getPadsBegin(), pad.getLow().drop_front(2)),
        sums(op.getPadsEnd(), pad.getHigh().drop_front(2)), op.getGroups());
    return success();
  }
};

struct FoldPads : ::tenon::impl::FoldPadsPassBase<FoldPads> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<FoldPad>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
