//===- RaiseAttention.cpp - Decomposed attention --------------------------===//

#include "AttentionParts.h"
#include "Matching.h"

#include "tenon/Transforms/Passes.h"

namespace tenon {
#define GEN_PASS_DEF_RAISEATTENTIONPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

static Value reshapeTo(OpBuilder &builder, Location loc, Value value,
                       ArrayRef<int64_t> shape) {
  if (shapeOf(value) == shape)
    return value;
  auto type = RankedTensorType::get(shape, elementTypeOf(value));
  return ReshapeOp::create(builder, loc, type, value);
}

static Value broadcastTo(OpBuilder &builder, Location loc, Value value,
                         ArrayRef<int64_t> shape) {
  if (shapeOf(value) == shape)
    return value;
  auto type = RankedTensorType::get(shape, elementTypeOf(value));
  return BroadcastOp::create(builder, loc, type, value);
}

//===----------------------------------------------------------------------===//
// Keys and values
//===----------------------------------------------------------------------===//

/// `value` with its last two axes exchanged, through the transposes that
/// exporters put there.
static Value exchangeLast(OpBuilder &builder, Location loc, Value value) {
  ArrayRef<int64_t> shape = shapeOf(value);
  SmallVector<int64_t> exchanged(shape);
  std::swap(exchanged.back(), exchanged[shape.size() - 2]);
  if (auto transpose = value.getDefiningOp<TransposeOp>()) {
    SmallVector<int64_t> permutation(transpose.getPermutation());
    std::swap(permutation.back(), permutation[permutation.size() - 2]);
    if (llvm::is_sorted(permutation))
      return transpose.getInput();
    return TransposeOp::create(builder, loc, transpose.getInput(), permutation);
  }
  // [B, H, T, d] -> [B H, T, d] -> [B H, d, T] -> [B, H, d, T]
  if (auto split = value.getDefiningOp<ReshapeOp>())
    if (auto transpose = split.getInput().getDefiningOp<TransposeOp>();
        transpose && transpose.getPermutation() == ArrayRef<int64_t>{0, 2, 1} &&
        shapeOf(transpose).take_back(2) == shape.take_back(2)) {
      Value merged = transpose.getInput();
      Value operand = operandOf<ReshapeOp>(merged);
      if (operand && shapeOf(operand) == ArrayRef<int64_t>(exchanged))
        return operand;
      return reshapeTo(builder, loc, merged, exchanged);
    }
  SmallVector<int64_t> permutation(
      llvm::to_vector(llvm::seq<int64_t>(0, shape.size())));
  std::swap(permutation.back(), permutation[permutation.size() - 2]);
  return TransposeOp::create(builder, loc, value, permutation);
}

/// Heads that were repeated for grouped queries, before they were:
/// [B, Hkv, T, d] -> [B, Hkv, 1, T, d] -> [B, Hkv, G, T, d] -> [B, Hkv G, T, d]
static Value withoutRepeatedHeads(OpBuilder &builder, Location loc,
                                  Value value) {
  ArrayRef<int64_t> shape = shapeOf(value);
  auto repeated = operandOf<ReshapeOp>(value)
                      ? operandOf<ReshapeOp>(value).getDefiningOp<BroadcastOp>()
                      : BroadcastOp();
  if (!repeated || shape.size() != 4)
    return value;
  ArrayRef<int64_t> wide = shapeOf(repeated),
                    narrow = shapeOf(repeated.getInput());
  if (wide.size() != 5 || narrow.size() != 5 || narrow[2] != 1 ||
      narrow[0] != wide[0] || narrow[1] != wide[1] || narrow[3] != wide[3] ||
      narrow[4] != wide[4] || wide[0] != shape[0] || wide[3] != shape[2] ||
      wide[4] != shape[3])
    return value;
  SmallVector<int64_t> heads = {wide[0], wide[1], wide[3], wide[4]};
  Value operand = operandOf<ReshapeOp>(repeated.getInput());
  if (operand && shapeOf(operand) == ArrayRef<int64_t>(heads))
    return operand;
  return reshapeTo(builder, loc, repeated.getInput(), heads);
}

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

namespace {
/// Puts masks together into the one operand of tenon.attention.
class MaskBuilder {
public:
  MaskBuilder(OpBuilder &builder, Location loc, int64_t batch, int64_t heads,
              int64_t keys)
      : builder(builder), loc(loc), batch(batch), heads(heads), keys(keys) {}

  void add(const ScoreMask &mask) {
    Value value = fourAxes(mask);
    if (mask.kind == ScoreMask::Added) {
      added = added ? join<arith::AddFOp>(added, value) : value;
      return;
    }
    if (mask.kind == ScoreMask::Hidden) {
      Value allTrue = arith::ConstantOp::create(
          builder, loc,
          DenseElementsAttr::get(cast<RankedTensorType>(value.getType()),
                                 true));
      value = arith::XOrIOp::create(builder, loc, value, allTrue);
    }
    seen = seen ? join<arith::AndIOp>(seen, value) : value;
  }

  /// Null where there is no mask.
  Value finish() {
    if (!seen || !added)
      return seen ? seen : added;
    SmallVector<int64_t> shape = common(seen, added);
    Value wide = broadcastTo(builder, loc, added, shape);
    auto type = cast<RankedTensorType>(wide.getType());
    auto element = cast<FloatType>(type.getElementType());
    Value hidden = arith::ConstantOp::create(
        builder, loc,
        DenseElementsAttr::get(type,
                               APFloat::getInf(element.getFloatSemantics(),
                                               /*Negative=*/true)));
    return arith::SelectOp::create(
        builder, loc, broadcastTo(builder, loc, seen, shape), wide, hidden);
  }

private:
  /// The narrowest tensor that broadcasts to [batch, heads, L, keys] as the
  /// mask does. The last axis stays whole: one shorter than the keys hides
  /// some.
  Value fourAxes(const ScoreMask &mask) {
    Value narrow = withoutBroadcast(mask.value);
    SmallVector<int64_t> shape(shapeOf(narrow));
    if (shape.empty())
      shape.push_back(1);
    shape.back() = keys;
    narrow = broadcastTo(builder, loc, narrow, shape);
    if (mask.axes == 4 || shape.size() < 3)
      return narrow;
    // Of three axes the first is batch and heads together.
    auto [first, second] = shape[0] == 1 ? std::pair<int64_t, int64_t>(1, 1)
                                         : std::pair(batch, heads);
    return reshapeTo(builder, loc, narrow, {first, second, shape[1], shape[2]});
  }

  SmallVector<int64_t> common(Value one, Value other) {
    // Both broadcast to the scores, hence with each other.
    return *broadcastShapes(std::nullopt, shapeOf(one), shapeOf(other));
  }

  template <typename OpTy> Value join(Value one, Value other) {
    SmallVector<int64_t> shape = common(one, other);
    return OpTy::create(builder, loc, broadcastTo(builder, loc, one, shape),
                        broadcastTo(builder, loc, other, shape));
  }

  OpBuilder &builder;
  Location loc;
  int64_t batch, heads, keys;
  Value seen, added;
};
} // namespace

/// Whether MaskBuilder can read `mask` as [batch, heads, L, keys].
static bool isReadable(const ScoreMask &mask, int64_t batchTimesHeads) {
  ArrayRef<int64_t> shape = shapeOf(withoutBroadcast(mask.value));
  if (mask.axes > 4 || llvm::any_of(shape, isDynamic))
    return false;
  return mask.axes == 4 || shape.size() < 3 || shape[0] == 1 ||
         shape[0] == batchTimesHeads;
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

namespace {
/// matmul(softmax(mask(scale * matmul(q, k^T))), v) -> attention(q, k, v)
struct RaiseProduct : OpRewritePattern<MatmulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(MatmulOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getTransposeLhs())
      return rewriter.notifyMatchFailure(op, "the left factor is transposed");
    StringRef reason;
    FailureOr<ScoreParts> parts = matchScores(op.getLhs(), reason);
    if (failed(parts))
      return rewriter.notifyMatchFailure(op, reason);
    ArrayRef<int64_t> query = shapeOf(parts->query);
    ArrayRef<int64_t> product = shapeOf(op);
    if (query.size() != product.size() || query.size() < 3 || query.size() > 4)
      return rewriter.notifyMatchFailure(op, "not three or four axes");
    SmallVector<Value> all = {parts->query, parts->keyTransposed, op.getRhs(),
                              op.getResult()};
    for (Value value : all) {
      if (shapeOf(value).size() != query.size() ||
          llvm::any_of(shapeOf(value), isDynamic))
        return rewriter.notifyMatchFailure(op, "axes differ or are not known");
      if (elementTypeOf(value) != elementTypeOf(op))
        return rewriter.notifyMatchFailure(op, "element types differ");
    }

    // Three axes are [batch heads, L, d]; without another view every head is a
    // batch of its own.
    bool isFlat = query.size() == 3;
    auto [batch, heads] = std::pair(query[0], isFlat ? 1 : query[1]);
    if (isFlat && parts->batchAndHeads) {
      std::tie(batch, heads) = *parts->batchAndHeads;
      if (batch * heads != query[0])
        return rewriter.notifyMatchFailure(op, "batch and heads do not fit");
    }
    for (const ScoreMask &mask : parts->masks)
      if (!isReadable(mask, batch * heads))
        return rewriter.notifyMatchFailure(op, "the mask has another shape");
    ArrayRef<int64_t> keyShape = shapeOf(parts->keyTransposed);
    ArrayRef<int64_t> valueShape = shapeOf(op.getRhs());
    if (keyShape[0] != query[0] || valueShape[0] != query[0] ||
        (!isFlat && (keyShape[1] != valueShape[1] || keyShape[1] == 0 ||
                     heads % keyShape[1] != 0)))
      return rewriter.notifyMatchFailure(op, "batch or heads are repeated");
    if (query.back() == 0)
      return rewriter.notifyMatchFailure(op, "heads of size 0");

    Location loc = fusedLocation(op.getResult(), {parts->query, op.getRhs()});
    Value key = parts->isKeyTransposed
                    ? parts->keyTransposed
                    : exchangeLast(rewriter, loc, parts->keyTransposed);
    takeScale(key, parts->scale);
    Value value = op.getTransposeRhs()
                      ? exchangeLast(rewriter, loc, op.getRhs())
                      : op.getRhs();
    auto split = [&](Value tensor) {
      ArrayRef<int64_t> shape = shapeOf(tensor);
      if (!isFlat)
        return tensor;
      return reshapeTo(rewriter, loc, tensor,
                       {batch, heads, shape[1], shape[2]});
    };
    create(op, *parts, split(parts->query), split(key), split(value), loc,
           rewriter);
    return success();
  }

private:
  static void create(MatmulOp op, const ScoreParts &parts, Value query,
                     Value key, Value value, Location loc,
                     PatternRewriter &rewriter) {
    int64_t batch = shapeOf(query)[0], heads = shapeOf(query)[1];
    Value fewKeys = withoutRepeatedHeads(rewriter, loc, key);
    Value fewValues = withoutRepeatedHeads(rewriter, loc, value);
    if (shapeOf(fewKeys)[1] == shapeOf(fewValues)[1]) {
      key = fewKeys;
      value = fewValues;
    }
    MaskBuilder masks(rewriter, loc, batch, heads, shapeOf(key)[2]);
    for (const ScoreMask &mask : parts.masks)
      masks.add(mask);
    double usual = 1 / std::sqrt(static_cast<double>(shapeOf(query)[3]));
    FloatAttr scale = isNear(parts.scale, usual, elementTypeOf(query))
                          ? FloatAttr()
                          : rewriter.getF64FloatAttr(parts.scale);
    FloatAttr softcap =
        parts.softcap ? rewriter.getF64FloatAttr(*parts.softcap) : FloatAttr();
    auto attention = AttentionOp::create(
        rewriter, loc, query, key, value, masks.finish(), /*past_key=*/Value(),
        /*past_value=*/Value(), /*valid_lengths=*/Value(),
        /*key_scale=*/Value(), /*value_scale=*/Value(), heads, shapeOf(key)[1],
        scale, CausalKind::none, /*window=*/IntegerAttr(), softcap,
        /*scores=*/ScoresKindAttr(), /*splits=*/IntegerAttr());
    rewriter.replaceOp(
        op, reshapeTo(rewriter, loc, attention.getResult(), shapeOf(op)));
  }
};
} // namespace

/// transpose [0, 2, 1, 3] of [B, L, heads, d]: its rows [B, L, heads d].
static Value rowsOfHeads(OpBuilder &builder, Location loc, Value value) {
  auto transpose = value.getDefiningOp<TransposeOp>();
  if (!transpose || transpose.getPermutation() != ArrayRef<int64_t>{0, 2, 1, 3})
    return {};
  ArrayRef<int64_t> shape = shapeOf(transpose.getInput());
  SmallVector<int64_t> rows = {shape[0], shape[1], shape[2] * shape[3]};
  Value operand = operandOf<ReshapeOp>(transpose.getInput());
  if (operand && shapeOf(operand) == ArrayRef<int64_t>(rows))
    return operand;
  return reshapeTo(builder, loc, transpose.getInput(), rows);
}

namespace {
/// Heads that lie side by side need no transposes:
///
///   %a = attention %q, %k, %v, each a transpose [0, 2, 1, 3]
///   %y = transpose %a [0, 2, 1, 3]
/// becomes an attention of [B, L, heads d]
struct KeepHeadsInRows : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    auto attention = op.getInput().getDefiningOp<AttentionOp>();
    if (!attention || op.getPermutation() != ArrayRef<int64_t>{0, 2, 1, 3})
      return rewriter.notifyMatchFailure(op, "no heads of an attention");
    if (!op.getInput().hasOneUse() || attention.getPastKey() ||
        attention.getScores() || op.getInput() != attention.getResult() ||
        !op.getType().hasStaticShape())
      return rewriter.notifyMatchFailure(op, "the heads are used as they are");
    auto isSplit = [](Value value) {
      auto transpose = value.getDefiningOp<TransposeOp>();
      return transpose &&
             transpose.getPermutation() == ArrayRef<int64_t>{0, 2, 1, 3} &&
             transpose.getType().hasStaticShape();
    };
    if (!isSplit(attention.getQuery()) || !isSplit(attention.getKey()) ||
        !isSplit(attention.getValue()))
      return rewriter.notifyMatchFailure(op, "an operand has heads outermost");
    Location loc = rewriter.getFusedLoc({attention.getLoc(), op.getLoc()});
    // A scale that was given stays; the usual one follows from the head size,
    // which is the same.
    auto rows = AttentionOp::create(
        rewriter, loc, rowsOfHeads(rewriter, loc, attention.getQuery()),
        rowsOfHeads(rewriter, loc, attention.getKey()),
        rowsOfHeads(rewriter, loc, attention.getValue()), attention.getMask(),
        /*past_key=*/Value(), /*past_value=*/Value(),
        attention.getValidLengths(), attention.getKeyScale(),
        attention.getValueScale(), attention.getNumHeads(),
        attention.getNumKvHeads(), attention.getScaleAttr(),
        attention.getCausal(), attention.getWindowAttr(),
        attention.getSoftcapAttr(), /*scores=*/ScoresKindAttr(),
        /*splits=*/IntegerAttr());
    rewriter.replaceOp(op,
                       reshapeTo(rewriter, loc, rows.getResult(), shapeOf(op)));
    return success();
  }
};

/// A mask of zeros, or of true alone, changes nothing where it is as long as
/// the keys (a shorter one hides some): diffusers' attention is exported with
/// one.
struct DropMask : OpRewritePattern<AttentionOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(AttentionOp op,
                                PatternRewriter &rewriter) const override {
    DenseElementsAttr mask;
    if (!op.getMask() || !matchPattern(op.getMask(), m_Constant(&mask)) ||
        !mask.isSplat())
      return rewriter.notifyMatchFailure(op, "the mask may change scores");
    int64_t axis = shapeOf(op.getKey()).size() == 4 ? 2 : 1,
            keys = shapeOf(op.getKey())[axis];
    if (op.getPastKey() || isDynamic(keys) || mask.getType().getRank() == 0 ||
        mask.getType().getShape().back() != keys)
      return rewriter.notifyMatchFailure(op, "the mask may hide the last keys");
    bool isBoolean = !isa<FloatType>(mask.getElementType());
    if (isBoolean ? mask.getSplatValue<APInt>().isZero()
                  : !mask.getSplatValue<APFloat>().isZero())
      return rewriter.notifyMatchFailure(op, "the mask changes scores");
    rewriter.modifyOpInPlace(op, [&] { op.getMaskMutable().clear(); });
    return success();
  }
};

/// Below opset 13 a softmax is one of rows: reshape, softmax over the last
/// axis, reshape back. Without the reshapes it is the same.
struct UnflattenSoftmax : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    auto softmax = op.getInput().getDefiningOp<SoftmaxOp>();
    if (!softmax || !softmax->hasOneUse())
      return rewriter.notifyMatchFailure(op, "not of a softmax");
    Value input = operandOf<ReshapeOp>(softmax.getInput());
    if (!input || input.getType() != op.getType())
      return rewriter.notifyMatchFailure(op, "the shape does not come back");
    ArrayRef<int64_t> rows = shapeOf(softmax), shape = shapeOf(op);
    if (rows.empty() || shape.empty() || isDynamic(rows.back()) ||
        rows.back() != shape.back() || softmax.getAxis() + 1 != rows.size())
      return rewriter.notifyMatchFailure(op, "the rows are other ones");
    Location loc = rewriter.getFusedLoc({softmax.getLoc(), op.getLoc()});
    int64_t axis = shape.size() - 1;
    rewriter.replaceOp(
        op, SoftmaxOp::create(rewriter, loc, input, axis, softmax.getLog()));
    return success();
  }
};

/// Whether nothing but what may lie between a product and a softmax uses
/// `scores`.
static bool leadsToSoftmax(Value scores) {
  for (int steps = 0; steps < 16; ++steps) {
    if (!scores.hasOneUse())
      return false;
    Operation *user = *scores.getUsers().begin();
    if (isa<SoftmaxOp>(user))
      return true;
    if (!isa<arith::AddFOp, arith::MulFOp, arith::DivFOp, arith::SelectOp,
             CastOp, ReshapeOp>(user))
      return false;
    scores = user->getResult(0);
  }
  return false;
}

/// Scores in two parts, as latent attention has them, are one product of
/// queries and keys that are as long as both:
///
///   addf(matmul(q, k^T), matmul(r, l^T))
/// becomes
///   matmul(concat(q, r), concat(k, l)^T)
struct JoinScores : OpRewritePattern<arith::AddFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::AddFOp op,
                                PatternRewriter &rewriter) const override {
    auto left = op.getLhs().getDefiningOp<MatmulOp>(),
         right = op.getRhs().getDefiningOp<MatmulOp>();
    if (!left || !right || left == right || !left->hasOneUse() ||
        !right->hasOneUse() || !leadsToSoftmax(op.getResult()))
      return rewriter.notifyMatchFailure(op, "no sum of two parts of scores");
    bool isTransposed = left.getTransposeRhs();
    if (left.getTransposeLhs() || right.getTransposeLhs() ||
        isTransposed != right.getTransposeRhs())
      return rewriter.notifyMatchFailure(op, "the parts lie in other ways");
    FailureOr<Value> query = join(rewriter, left.getLhs(), right.getLhs(), 1);
    if (failed(query))
      return rewriter.notifyMatchFailure(op, "queries of two shapes");
    FailureOr<Value> key =
        join(rewriter, left.getRhs(), right.getRhs(), isTransposed ? 1 : 2);
    if (failed(key))
      return rewriter.notifyMatchFailure(op, "keys of two shapes");
    rewriter.replaceOpWithNewOp<MatmulOp>(op, *query, *key,
                                          /*transpose_lhs=*/false,
                                          isTransposed);
    return success();
  }

private:
  /// The two along the axis that is `fromEnd` from the end, the others being
  /// equal.
  static FailureOr<Value> join(PatternRewriter &rewriter, Value first,
                               Value second, int64_t fromEnd) {
    SmallVector<int64_t> one(shapeOf(first)), other(shapeOf(second));
    if (one.size() != other.size() || ShapedType::isDynamicShape(one) ||
        ShapedType::isDynamicShape(other))
      return failure();
    int64_t axis = static_cast<int64_t>(one.size()) - fromEnd;
    one[axis] = other[axis] = 0;
    if (one != other)
      return failure();
    Location loc = rewriter.getFusedLoc({first.getLoc(), second.getLoc()});
    return ConcatOp::create(rewriter, loc, ValueRange{first, second}, axis)
        .getResult();
  }
};

struct RaiseAttention : ::tenon::impl::RaiseAttentionPassBase<RaiseAttention> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<UnflattenSoftmax, JoinScores, RaiseProduct, DropMask,
                 KeepHeadsInRows>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
