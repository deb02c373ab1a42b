//===- Lowerings.h - Lowerings that several families use --------*- C++ -*-===//

#ifndef TENON_CONVERSION_TENONTOLINALG_LOWERINGS_H
#define TENON_CONVERSION_TENONTOLINALG_LOWERINGS_H

#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::tenon {

/// A tensor and the loops that run over its axes, outermost axis first.
struct LoopedTensor {
  Value tensor;
  SmallVector<int64_t> loops;
};

/// The sum of products of `lhs` and `rhs` over all loops that are not in
/// `resultLoops`, formed and left in the compute type of the elements. The
/// loops are numbered without gaps.
Value createContraction(ImplicitLocOpBuilder &b, const LoopedTensor &lhs,
                        const LoopedTensor &rhs, ArrayRef<int64_t> resultLoops);
/// The same of sums of `sumType`, to which `multiplyAdd` adds a product.
Value createContraction(ImplicitLocOpBuilder &b, const LoopedTensor &lhs,
                        const LoopedTensor &rhs, ArrayRef<int64_t> resultLoops,
                        Type sumType, BodyBuilder multiplyAdd);

/// The tensor with its float elements rounded to `element`.
Value createRounded(ImplicitLocOpBuilder &b, Value tensor, Type element);

/// sums + bias (none where null), rounded to `element`. The loops are those of
/// the result's `shape`; the sums are read by `map`, the bias by `biasLoops`.
Value createBiased(ImplicitLocOpBuilder &b, Value sums, AffineMap map,
                   Value bias, ArrayRef<int64_t> biasLoops,
                   ArrayRef<int64_t> shape, Type element);

/// Softmax of `input` along `axis`, or its logarithm, rounded to `element`. A
/// row of -inf gives zeros (its logarithm -inf).
Value createSoftmax(ImplicitLocOpBuilder &b, Value input, int64_t axis,
                    bool log, Type element);

/// The tensor with each element repeated `factors` times along each axis.
Value createRepeated(ImplicitLocOpBuilder &b, Value input,
                     ArrayRef<int64_t> factors);

/// Whether so few rows meet the weight's words that they meet these as they
/// are, in tiles which code generation expands.
bool hasFewRows(QuantizedLinearOp op);

/// Parts of the elementwise and attention families with files of their own.
void populateActivationToLinalgPatterns(RewritePatternSet &patterns);
void populateRopeToLinalgPatterns(RewritePatternSet &patterns);
/// For a GPU, before those of populatePackedToLinalgPatterns.
void populateQuantizedSumsToLinalgPatterns(RewritePatternSet &patterns);
/// For a GPU: attention of few heads as parts of the keys and their join.
void populateSplitAttentionPatterns(RewritePatternSet &patterns);
/// Parts of populatePackedToLinalgPatterns.
void populateDepthwiseToLinalgPatterns(RewritePatternSet &patterns);
void populateQuantizedToLinalgPatterns(RewritePatternSet &patterns);
void populateCacheUpdateToLinalgPatterns(RewritePatternSet &patterns);
void populateWinogradToLinalgPatterns(RewritePatternSet &patterns);
/// Part of populateResampleToLinalgPatterns.
void populateResizeToLinalgPatterns(RewritePatternSet &patterns);
/// Parts of populateIndexingToLinalgPatterns.
void populateScatterToLinalgPatterns(RewritePatternSet &patterns);
void populateSlicingToLinalgPatterns(RewritePatternSet &patterns);
void populateTopKToLinalgPatterns(RewritePatternSet &patterns);

} // namespace mlir::tenon

#endif // TENON_CONVERSION_TENONTOLINALG_LOWERINGS_H
