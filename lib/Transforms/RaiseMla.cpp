//===- RaiseMla.cpp - Attention over products of one latent a token -------===//

#include "Matching.h"

#include "tenon/IR/Create.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_RAISEMLAPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// What `value` takes of a tensor's last axis, all else being whole.
struct Columns {
  Value tensor;
  int64_t start, size;
};
static std::optional<Columns> matchColumns(Value value) {
  auto slice = value.getDefiningOp<SliceOp>();
  if (!slice ||
      llvm::any_of(slice.getSteps(), [](int64_t step) { return step != 1; }))
    return std::nullopt;
  ArrayRef<int64_t> whole = shapeOf(slice.getInput()), part = shapeOf(value);
  if (whole.drop_back() != part.drop_back())
    return std::nullopt;
  return Columns{slice.getInput(), slice.getStarts().back(), part.back()};
}

/// The two parts of a concatenation along the last axis.
static std::optional<std::pair<Value, Value>> matchJoined(Value value) {
  auto concat = value.getDefiningOp<ConcatOp>();
  if (!concat || concat.getInputs().size() != 2 ||
      static_cast<int64_t>(concat.getAxis()) + 1 !=
          static_cast<int64_t>(shapeOf(value).size()))
    return std::nullopt;
  return std::pair(concat.getInputs()[0], concat.getInputs()[1]);
}

/// [B, 1, T, d], repeated for all heads or not: [B, T, d]. Null where heads
/// differ.
static Value withoutHeads(PatternRewriter &rewriter, Value value) {
  value = withoutBroadcast(value);
  ArrayRef<int64_t> shape = shapeOf(value);
  if (shape.size() != 4 || shape[1] != 1)
    return {};
  ImplicitLocOpBuilder b(value.getLoc(), rewriter);
  return createReshape(b, value, {shape[0], shape[2], shape[3]});
}

/// linear(latent, weight) split into heads: [B, H, T, d], from [B, 1, T, H d]
/// or [B, T, H d].
static LinearOp matchHeads(Value value, int64_t heads) {
  auto transpose = value.getDefiningOp<TransposeOp>();
  if (!transpose || transpose.getPermutation() != ArrayRef<int64_t>{0, 2, 1, 3})
    return {};
  Value rows = transpose.getInput();
  auto linear = operandOf<ReshapeOp>(rows)
                    ? operandOf<ReshapeOp>(rows).getDefiningOp<LinearOp>()
                    : LinearOp();
  if (!linear || linear.getBias())
    return {};
  ArrayRef<int64_t> split = shapeOf(rows), joined = shapeOf(linear);
  bool isSplit = split.size() == 4 && split[2] == heads &&
                 joined.back() == heads * split[3] &&
                 joined.front() == split[0] &&
                 joined[joined.size() - 2] == split[1] &&
                 (joined.size() == 3 || (joined.size() == 4 && joined[1] == 1));
  return isSplit ? linear : LinearOp();
}

namespace {
struct RaiseLatents : OpRewritePattern<AttentionOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(AttentionOp op,
                                PatternRewriter &rewriter) const override {
    auto no = [&](const char *reason) {
      return rewriter.notifyMatchFailure(op, reason);
    };
    int64_t heads = static_cast<int64_t>(op.getNumHeads());
    if (op.getNumKvHeads() != op.getNumHeads() || op.getPastKey() ||
        op.getWindow() || op.getSoftcap() || op.getScores())
      return no("latent attention has none of this");
    if (llvm::any_of(op->getOperandTypes(), [](Type type) {
          return !cast<RankedTensorType>(type).hasStaticShape();
        }))
      return no("sizes are unknown");
    if (shapeOf(op.getQuery()).size() != 4)
      return no("heads are not split");
    auto keyParts = matchJoined(op.getKey());
    if (!keyParts)
      return no("the key has no turned part");
    std::optional<Columns> key = matchColumns(keyParts->first),
                           value = matchColumns(op.getValue());
    if (!key || !value || key->tensor != value->tensor || key->start != 0 ||
        value->start != key->size ||
        value->start + value->size != shapeOf(key->tensor).back())
      return no("key and value are not the columns of one product");
    LinearOp linear = matchHeads(key->tensor, heads);
    if (!linear || !isKnownAtLoad(linear.getWeight()))
      return no("that product is none of latents with a weight");
    Value turned = withoutHeads(rewriter, keyParts->second);
    if (!turned)
      return no("the turned part differs by head");

    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ArrayRef<int64_t> query = shapeOf(op.getQuery());
    auto partOfQuery = [&](int64_t start, int64_t size) -> Value {
      SmallVector<int64_t> sizes(query);
      sizes.back() = size;
      return SliceOp::create(b, op.getQuery(),
                             ArrayRef<int64_t>{0, 0, 0, start}, sizes,
                             ArrayRef<int64_t>{1, 1, 1, 1});
    };
    int64_t ropeSize = shapeOf(turned).back();
    auto queryParts = matchJoined(op.getQuery());
    bool isJoined =
        queryParts && shapeOf(queryParts->first).back() == key->size;
    Value plain = isJoined ? queryParts->first : partOfQuery(0, key->size);
    Value turnedQuery =
        isJoined ? queryParts->second : partOfQuery(key->size, ropeSize);
    Value latent = createReshape(b, linear.getInput(),
                                 {shapeOf(turned)[0], shapeOf(turned)[1],
                                  shapeOf(linear.getInput()).back()});
    rewriter.replaceOp(op, MlaOp::create(b, plain, turnedQuery, latent, turned,
                                         linear.getWeight(), op.getMask(),
                                         op.getValidLengths(),
                                         /*latent_scale=*/Value(),
                                         /*key_rope_scale=*/Value(),
                                         op.getScaleAttr(), op.getCausalAttr(),
                                         /*form=*/MlaFormAttr()));
    return success();
  }
};

struct RaiseMla : ::tenon::impl::RaiseMlaPassBase<RaiseMla> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<RaiseLatents>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
