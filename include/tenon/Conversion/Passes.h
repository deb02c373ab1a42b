//===- Passes.h - Leaving the tenon dialect ---------------------*- C++ -*-===//

#ifndef TENON_CONVERSION_PASSES_H
#define TENON_CONVERSION_PASSES_H

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Pass/Pass.h"

namespace mlir::tenon {

#define GEN_PASS_DECL
#include "tenon/Conversion/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "tenon/Conversion/Passes.h.inc"

/// The lowerings of each family of ops. Shapes must be static. The patterns may
/// create ops of other families, above all tenon.reshape, which stays.
void populateAttentionToLinalgPatterns(RewritePatternSet &patterns);
void populateConvolutionToLinalgPatterns(RewritePatternSet &patterns,
                                         bool forGpu);
void populateElementwiseToLinalgPatterns(RewritePatternSet &patterns);
void populateExpertsToLinalgPatterns(RewritePatternSet &patterns);
void populateIndexingToLinalgPatterns(RewritePatternSet &patterns);
void populateLinearToLinalgPatterns(RewritePatternSet &patterns);
void populateNormToLinalgPatterns(RewritePatternSet &patterns);
void populatePackedToLinalgPatterns(RewritePatternSet &patterns, bool forGpu);
void populatePoolingToLinalgPatterns(RewritePatternSet &patterns);
void populateReductionToLinalgPatterns(RewritePatternSet &patterns);
void populateResampleToLinalgPatterns(RewritePatternSet &patterns);

} // namespace mlir::tenon

#endif // TENON_CONVERSION_PASSES_H
