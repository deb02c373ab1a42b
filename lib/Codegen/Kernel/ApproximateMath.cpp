//===- ApproximateMath.cpp - Functions of f32 without library calls -------===//

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_APPROXIMATEMATHPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

namespace {
/// f32 to bf16 to nearest even, in integers. Upstream's expansion ends in a
/// choice between two bf16, for which LLVM calls a library on processors
/// without that type; here nothing is chosen between once the bits are rounded.
struct RoundToBf16 : OpRewritePattern<arith::TruncFOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(arith::TruncFOp op,
                                PatternRewriter &rewriter) const override {
    Value input = op.getIn();
    if (!getElementTypeOrSelf(input.getType()).isF32() ||
        !getElementTypeOrSelf(op.getType()).isBF16())
      return rewriter.notifyMatchFailure(op, "does not round f32 to bf16");
    Location loc = op.getLoc();
    auto like = [&](Type element) -> Type {
      auto shaped = dyn_cast<ShapedType>(input.getType());
      return shaped ? shaped.clone(element) : element;
    };
    Type wide = like(rewriter.getI32Type());
    auto constant = [&](int64_t value) -> Value {
      TypedAttr number = rewriter.getI32IntegerAttr(value);
      if (auto shaped = dyn_cast<ShapedType>(wide))
        number = DenseElementsAttr::get(shaped, Attribute(number));
      return arith::ConstantOp::create(rewriter, loc, number);
    };
    Value bits = arith::BitcastOp::create(rewriter, loc, wide, input);
    Value half = constant(16);
    Value last = arith::AndIOp::create(
        rewriter, loc, arith::ShRUIOp::create(rewriter, loc, bits, half),
        constant(1));
    Value step = arith::AddIOp::create(rewriter, loc, last, constant(0x7FFF));
    // A NaN must neither overflow nor lose all that makes it one.
    Value isNan = arith::CmpFOp::create(
        rewriter, loc, arith::CmpFPredicate::UNO, input, input);
    Value rounded = arith::SelectOp::create(
        rewriter, loc, isNan,
        arith::OrIOp::create(rewriter, loc, bits, constant(0x400000)),
        arith::AddIOp::create(rewriter, loc, bits, step));
    Value high = arith::TruncIOp::create(
        rewriter, loc, like(rewriter.getIntegerType(16)),
        arith::ShRUIOp::create(rewriter, loc, rounded, half));
    rewriter.replaceOpWithNewOp<arith::BitcastOp>(op, op.getType(), high);
    return success();
  }
};

struct ApproximateMath
    : ::tenon::impl::ApproximateMathPassBase<ApproximateMath> {
  using Base::Base;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    if (roundToBf16)
      patterns.add<RoundToBf16>(&getContext());
    // sin, cos and the inverse functions lose too much for large arguments; the
    // C library has them.
    populateMathPolynomialApproximationPatterns(patterns, [](StringRef name) {
      return llvm::is_contained(
          {math::ExpOp::getOperationName(), math::TanhOp::getOperationName(),
           math::ErfOp::getOperationName(), math::LogOp::getOperationName()},
          name);
    });
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
