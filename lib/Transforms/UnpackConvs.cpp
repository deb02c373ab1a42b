//===- UnpackConvs.cpp - Convolutions between channels first --------------===//
//
// Runs where transposes have been moved and cancelled: a convolution that kept
// both of its own stands alone in a model with the channels first.
//
//===----------------------------------------------------------------------===//

#include "Layout.h"
#include "Matching.h"

#include "tenon/IR/Create.h"
#include "tenon/IR/PlaneConvolution.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_UNPACKCONVSPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// Positions from which on they fill vectors as well as channels would.
static constexpr int64_t fewestPositions = 128;

/// Whether `op`, a convolution on images with the channels last, takes less
/// time with them first than between two transposes.
static bool paysFirst(Operation *op) {
  if (!isa_and_nonnull<PackedConvOp, DepthwiseConvOp>(op))
    return false;
  ArrayRef<int64_t> counts = shapeOf(op->getResult(0)).drop_front().drop_back();
  ArrayRef<int64_t> sizes = shapeOf(op->getOperand(0)).drop_front().drop_back();
  ArrayRef<int64_t> weight = shapeOf(op->getOperand(1));
  if (auto conv = dyn_cast<DepthwiseConvOp>(op))
    return paysByPlanes(getWindowAxes(conv, sizes, weight.drop_back()), counts,
                        elementTypeOf(conv));
  auto isPointwise = [](const WindowAxis &axis) { return axis.isPointwise(); };
  return llvm::product_of(counts) >= fewestPositions &&
         llvm::all_of(getWindowAxes(cast<PackedConvOp>(op), sizes,
                                    weight.drop_front().drop_back(2)),
                      isPointwise);
}

/// The image with the channels first of which `op`, used once and such a
/// convolution, has the transpose for itself; or null.
static Value imageFirst(Operation *op) {
  if (!paysFirst(op) || !op->hasOneUse())
    return {};
  auto given = op->getOperand(0).getDefiningOp<TransposeOp>();
  if (!given || !given->hasOneUse() ||
      given.getPermutation() !=
          ArrayRef(toChannelsLast(given.getPermutation().size())))
    return {};
  return given.getInput();
}

static bool isToFirst(TransposeOp op) {
  return op.getPermutation() ==
         ArrayRef(toChannelsFirst(op.getPermutation().size()));
}

/// The one operand of an elementwise op, used once, that is neither a scalar
/// nor known at load; null where there are others or none.
static OpOperand *onlyImage(Operation *op) {
  if (!op || !isElementwise(op) || !op->hasOneUse())
    return nullptr;
  OpOperand *image = nullptr;
  for (OpOperand &operand : op->getOpOperands()) {
    Value value = operand.get();
    if (!isa<RankedTensorType>(value.getType()) || isKnownAtLoad(value))
      continue;
    if (image)
      return nullptr;
    image = &operand;
  }
  return image;
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

/// Taps [axes.., C] as [C, 1, axes..].
static Value createUnpackedTaps(ImplicitLocOpBuilder &b, Value taps) {
  ArrayRef<int64_t> shape = shapeOf(taps);
  int64_t axes = shape.size() - 1;
  SmallVector<int64_t> permutation = {axes}, kernels = {shape.back(), 1};
  llvm::append_range(permutation, llvm::seq<int64_t>(0, axes));
  llvm::append_range(kernels, shape.drop_back());
  return createReshape(b, TransposeOp::create(b, taps, permutation), kernels);
}

template <typename OpTy>
static Value createConv(ImplicitLocOpBuilder &b, OpTy op, Value image,
                        Value weight, int64_t groups) {
  return ConvOp::create(b, image, weight, op.getBias(), op.getStrides(),
                        op.getDilations(), op.getPadsBegin(), op.getPadsEnd(),
                        groups);
}

namespace {
/// first(conv(last(x), panels)) -> conv(x, weight)
struct UnpackConv : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    Operation *conv = op.getInput().getDefiningOp();
    Value image = imageFirst(conv);
    if (!image || !isToFirst(op))
      return rewriter.notifyMatchFailure(op, "no convolution that is alone");
    ImplicitLocOpBuilder b(conv->getLoc(), rewriter);
    if (auto depthwise = dyn_cast<DepthwiseConvOp>(conv))
      rewriter.replaceOp(
          op, createConv(b, depthwise, image,
                         createUnpackedTaps(b, depthwise.getWeight()),
                         /*groups=*/shapeOf(image)[1]));
    else if (auto packed = dyn_cast<PackedConvOp>(conv))
      rewriter.replaceOp(op, createConv(b, packed, image,
                                        createUnpacked(b, packed.getWeight()),
                                        packed.countGroups()));
    return success();
  }
};

/// first(f(x, y)) -> f(first(x), first(y)), where x comes of such a convolution
/// and y is known at load.
struct HoistBeforeElementwise : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    Operation *last = op.getInput().getDefiningOp(), *conv = last;
    while (OpOperand *image = onlyImage(conv))
      conv = image->get().getDefiningOp();
    if (conv == last || !isToFirst(op) || !imageFirst(conv))
      return rewriter.notifyMatchFailure(op, "no convolution that is alone");
    ImplicitLocOpBuilder b(last->getLoc(), rewriter);
    Value image = onlyImage(last)->get();
    SmallVector<Value> operands;
    for (Value operand : last->getOperands())
      operands.push_back(
          operand == image ? TransposeOp::create(b, image, op.getPermutation())
          : isa<RankedTensorType>(operand.getType())
              ? createTransposed(b, operand, op.getPermutation())
              : operand);
    rewriter.replaceOp(op, recreate(rewriter, last, operands, op.getType()));
    return success();
  }
};

struct UnpackConvs : ::tenon::impl::UnpackConvsPassBase<UnpackConvs> {
  using UnpackConvsPassBase::UnpackConvsPassBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<UnpackConv, HoistBeforeElementwise>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
