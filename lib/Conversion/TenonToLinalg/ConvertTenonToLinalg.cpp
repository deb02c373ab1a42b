//===- ConvertTenonToLinalg.cpp - Tenon ops to loops on tensors -----------===//

#include "LoweringBuilders.h"
#include "Lowerings.h"

#include "tenon/Conversion/Passes.h"
#include "tenon/IR/TensorCoreAttention.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/DialectConversion.h"

namespace mlir::tenon {
#define GEN_PASS_DEF_CONVERTTENONTOLINALGPASS
#include "tenon/Conversion/Passes.h.inc"
} // namespace mlir::tenon

using namespace mlir;
using namespace mlir::tenon;

/// Lowerings read sizes off the types, so that a dynamic one is refused here,
/// once, rather than in each of them.
static LogicalResult checkStaticShapes(ModuleOp module) {
  auto isOpen = [](Type type) {
    auto shaped = dyn_cast<ShapedType>(type);
    return shaped && !shaped.hasStaticShape();
  };
  WalkResult walk = module.walk([&](Operation *op) {
    if (!isa_and_nonnull<TenonDialect>(op->getDialect()))
      return WalkResult::advance();
    if (llvm::none_of(op->getOperandTypes(), isOpen) &&
        llvm::none_of(op->getResultTypes(), isOpen))
      return WalkResult::advance();
    op->emitOpError("has a tensor of dynamic shape, but only static shapes can "
                    "be compiled");
    return WalkResult::interrupt();
  });
  return failure(walk.wasInterrupted());
}

namespace {
/// Results without elements are made here, whatever the op: lowerings need not
/// think of loops that do not run.
struct LowerEmptyResults : RewritePattern {
  explicit LowerEmptyResults(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/2, context) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (op->getNumResults() == 0 ||
        !isa_and_nonnull<TenonDialect>(op->getDialect()))
      return rewriter.notifyMatchFailure(op, "is not a tenon op with results");
    for (Type type : op->getResultTypes())
      if (cast<ShapedType>(type).getNumElements() != 0)
        return rewriter.notifyMatchFailure(op, "has a result with elements");
    SmallVector<Value> results;
    for (Type type : op->getResultTypes())
      results.push_back(arith::ConstantOp::create(
          rewriter, op->getLoc(),
          DenseElementsAttr::get(cast<ShapedType>(type),
                                 ArrayRef<Attribute>())));
    rewriter.replaceOp(op, results);
    return success();
  }
};

struct ConvertTenonToLinalgPass
    : tenon::impl::ConvertTenonToLinalgPassBase<ConvertTenonToLinalgPass> {
  using Base::Base;

  void runOnOperation() override {
    if (failed(checkStaticShapes(getOperation())))
      return signalPassFailure();
    ConversionTarget target(getContext());
    target.markUnknownOpDynamicallyLegal([](Operation *) { return true; });
    target.addIllegalDialect<TenonDialect>();
    // Weights and reshapes are views of memory that the host function holds.
    target.addLegalOp<WeightOp, ParameterOp, ReshapeOp, LaunchOp>();
    target.addDynamicallyLegalOp<AttentionOp>([&](AttentionOp op) {
      return forGpu && isForTensorCores(op) &&
             (op.getSplits() || chooseSplits(op) == 1);
    });
    target.addDynamicallyLegalOp<QuantizedLinearOp>([](QuantizedLinearOp op) {
      return op->getParentOfType<scf::ForallOp>() && hasFewRows(op);
    });
    RewritePatternSet patterns(&getContext());
    patterns.add<LowerEmptyResults>(&getContext());
    populateAttentionToLinalgPatterns(patterns);
    populateConvolutionToLinalgPatterns(patterns, forGpu);
    populateElementwiseToLinalgPatterns(patterns);
    populateExpertsToLinalgPatterns(patterns);
    populateIndexingToLinalgPatterns(patterns);
    populateLinearToLinalgPatterns(patterns);
    populateNormToLinalgPatterns(patterns);
    if (forGpu) {
      populateQuantizedSumsToLinalgPatterns(patterns);
      populateSplitAttentionPatterns(patterns);
    }
    populatePackedToLinalgPatterns(patterns, forGpu);
    populatePoolingToLinalgPatterns(patterns);
    populateReductionToLinalgPatterns(patterns);
    populateResampleToLinalgPatterns(patterns);
    if (failed(applyPartialConversion(getOperation(), target,
                                      std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
