//===- UseWinograd.cpp - 3 x 3 convolutions with fewer products -----------===//

#include "Matching.h"
#include "WinogradUse.h"

#include "tenon/IR/Create.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_USEWINOGRADPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// Why `op` has no such form, or nothing.
static std::optional<StringRef> whyNot(PackedConvOp op) {
  ArrayRef<int64_t> image = shapeOf(op.getInput()),
                    weight = shapeOf(op.getWeight()), result = shapeOf(op);
  if (image.size() != 4)
    return "not two spatial axes";
  if (!op.getType().hasStaticShape() || ShapedType::isDynamicShape(image) ||
      ShapedType::isDynamicShape(weight))
    return "sizes are unknown";
  auto isOne = [](int64_t value) { return value == 1; };
  if (op.countGroups() != 1)
    return "several groups";
  if (weight[1] != 3 || weight[2] != 3 ||
      !llvm::all_of(op.getStrides(), isOne) ||
      !llvm::all_of(op.getDilations(), isOne))
    return "not 3 x 3 with step 1";
  auto isSmall = [](int64_t pad) { return pad <= 2; };
  if (!llvm::all_of(op.getPadsBegin(), isSmall) ||
      !llvm::all_of(op.getPadsEnd(), isSmall))
    return "wide borders";
  if (!paysAsWinograd(op.getType().getElementType(), image.back(),
                      result.back(), result[0] * result[1] * result[2]))
    return "small, or of few bits";
  if (!isKnownAtLoad(op.getWeight()))
    return "the weight depends on inputs";
  return std::nullopt;
}

/// G (x) G, [16, 9]: takes a kernel's elements to its 16 places.
static DenseElementsAttr placesOfKernel(MLIRContext *context) {
  constexpr float g[4][3] = {
      {1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
  SmallVector<float> values;
  for (auto &row : g)
    for (auto &column : g)
      for (float byRow : row)
        for (float byColumn : column)
          values.push_back(byRow * byColumn);
  return DenseElementsAttr::get(
      RankedTensorType::get({16, 9}, Float32Type::get(context)),
      ArrayRef(values));
}

namespace {
struct UseWinogradConv : OpRewritePattern<PackedConvOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(PackedConvOp op,
                                PatternRewriter &rewriter) const override {
    if (std::optional<StringRef> reason = whyNot(op))
      return rewriter.notifyMatchFailure(op, *reason);
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ArrayRef<int64_t> shape = shapeOf(op.getWeight());
    int64_t panels = shape.front(), channels = shape[3], width = shape.back();
    Value taps =
        createReshape(b, op.getWeight(), {panels, 9, channels * width});
    Value places =
        arith::ConstantOp::create(b, placesOfKernel(op.getContext()));
    Value weight = MatmulOp::create(b, places, taps, /*transpose_lhs=*/false,
                                    /*transpose_rhs=*/false);
    rewriter.replaceOpWithNewOp<WinogradConvOp>(
        op, op.getInput(),
        createReshape(b, weight, {panels, 16, channels, width}), op.getBias(),
        op.getPadsBegin(), op.getPadsEnd());
    return success();
  }
};

struct UseWinograd : ::tenon::impl::UseWinogradPassBase<UseWinograd> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<UseWinogradConv>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
