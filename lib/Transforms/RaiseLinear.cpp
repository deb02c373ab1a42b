//===- RaiseLinear.cpp - Products with weights to linear layers -----------===//

#include "Matching.h"

#include "tenon/IR/Create.h"
#include "tenon/Transforms/Passes.h"

namespace tenon {
#define GEN_PASS_DEF_RAISELINEARPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// `matrix` [1..., in, out] as [out, in]; with `isTransposed` it is [1..., out,
/// in] already.
static Value outByIn(PatternRewriter &rewriter, Location loc, Value matrix,
                     bool isTransposed) {
  ArrayRef<int64_t> last = shapeOf(matrix).take_back(2);
  ImplicitLocOpBuilder b(loc, rewriter);
  matrix = createReshape(b, matrix, last);
  if (isTransposed)
    return matrix;
  // A weight that was exported transposed is taken as it lies in the file.
  if (auto transpose = matrix.getDefiningOp<TransposeOp>())
    if (transpose.getPermutation() == ArrayRef<int64_t>{1, 0})
      return transpose.getInput();
  return TransposeOp::create(rewriter, loc, matrix, ArrayRef<int64_t>{1, 0});
}

namespace {
/// matmul(x, W) -> linear(x, W^T) where W is known at load and x is not
struct RaiseProduct : OpRewritePattern<MatmulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(MatmulOp op,
                                PatternRewriter &rewriter) const override {
    Value input = op.getLhs(), matrix = op.getRhs();
    if (!isa<FloatType>(elementTypeOf(input)))
      return rewriter.notifyMatchFailure(op, "integers are not linear's");
    if (op.getTransposeLhs())
      return rewriter.notifyMatchFailure(op, "the input is transposed");
    ArrayRef<int64_t> shape = shapeOf(matrix);
    if (shape.size() > shapeOf(input).size() ||
        llvm::any_of(shape.drop_back(2),
                     [](int64_t size) { return size != 1; }) ||
        llvm::any_of(shape, isDynamic))
      return rewriter.notifyMatchFailure(op, "a batch of matrices");
    if (!isKnownAtLoad(matrix))
      return rewriter.notifyMatchFailure(op, "the matrix depends on inputs");
    // Loading computes it once; as a layer it would be taken for one that has a
    // weight to be packed.
    if (isKnownAtLoad(input))
      return rewriter.notifyMatchFailure(op, "the input is a weight too");
    Value weight = outByIn(rewriter, op.getLoc(), matrix, op.getTransposeRhs());
    rewriter.replaceOpWithNewOp<LinearOp>(op, input, weight, Value());
    return success();
  }
};

/// matmul(x, transpose(y)) -> matmul(x, y transposed) where x has few rows:
/// making the transpose would take longer than the product.
struct TakeTransposed : OpRewritePattern<MatmulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(MatmulOp op,
                                PatternRewriter &rewriter) const override {
    auto transpose = op.getRhs().getDefiningOp<TransposeOp>();
    if (!transpose || isKnownAtLoad(transpose))
      return rewriter.notifyMatchFailure(op, "nothing is transposed each run");
    SmallVector<int64_t> swap =
        llvm::to_vector(llvm::seq<int64_t>(shapeOf(transpose).size()));
    std::swap(swap[swap.size() - 1], swap[swap.size() - 2]);
    if (transpose.getPermutation() != ArrayRef(swap))
      return rewriter.notifyMatchFailure(op, "other axes are moved");
    int64_t rows =
        shapeOf(op.getLhs()).take_back(2)[op.getTransposeLhs() ? 1 : 0];
    if (isDynamic(rows) || rows > fewRows)
      return rewriter.notifyMatchFailure(op, "many rows");
    rewriter.replaceOpWithNewOp<MatmulOp>(op, op.getLhs(), transpose.getInput(),
                                          op.getTransposeLhs(),
                                          !op.getTransposeRhs());
    return success();
  }

  static constexpr int64_t fewRows = 32;
};

/// addf(linear(x, W), broadcast(b)) -> linear(x, W, b)
struct AbsorbBias : OpRewritePattern<arith::AddFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::AddFOp op,
                                PatternRewriter &rewriter) const override {
    for (auto [sum, other] : bothOrders<arith::AddFOp>(op.getResult())) {
      auto linear = sum.getDefiningOp<LinearOp>();
      if (!linear || linear.getBias())
        continue;
      if (!linear->hasOneUse())
        return rewriter.notifyMatchFailure(
            op, "the product is used without the sum too");
      std::optional<Parameter> bias = matchParameter(other);
      int64_t out = shapeOf(linear.getWeight())[0];
      // A bias of size 1 may have lost the axis along which it repeats.
      if (!bias || bias->shape != SmallVector<int64_t>{out})
        return rewriter.notifyMatchFailure(
            op, "what is added is no row known at load");
      Location loc = rewriter.getFusedLoc({linear.getLoc(), op.getLoc()});
      Value row = materialize(rewriter, loc, *bias);
      rewriter.replaceOp(op, LinearOp::create(rewriter, loc, linear.getInput(),
                                              linear.getWeight(), row));
      return success();
    }
    return rewriter.notifyMatchFailure(op, "no linear layer is added to");
  }
};

struct RaiseLinear : ::tenon::impl::RaiseLinearPassBase<RaiseLinear> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<RaiseProduct, TakeTransposed, AbsorbBias>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
