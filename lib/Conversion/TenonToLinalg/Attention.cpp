//===- Attention.cpp - Scaled dot-product attention -----------------------===//
//
// Scores, mask, softmax and the sum of values one after another, for every form
// of the op: where scores are results, and where there is nothing to attend to.
// Query heads that share a key head are an axis of their own ("group"), so that
// no key or value is ever repeated in memory.
//
//===----------------------------------------------------------------------===//

#include "AttentionLowering.h"
#include "ElementConversion.h"

using namespace mlir;
using namespace mlir::tenon;

namespace {
/// Scores, probabilities and sums as whole tensors.
struct WholeAttention : AttentionLowering {
  using AttentionLowering::AttentionLowering;

  SmallVector<int64_t> scoresShape() const;
  SmallVector<int64_t> perQuery(int64_t first, ArrayRef<int64_t> heads,
                                int64_t query, int64_t last) const;
  LoopedTensor createQuery();
  Value createVisibility(Value mask);
  Value createScores(Value products, ScoresKind kind, Value mask,
                     Value visible);
  Value createWidened(LoopedTensor cache, Value scale);
  Value createSeenValues(LoopedTensor values, Value visible);
  Value createScoresResult(Value scores);
  SmallVector<Value> lower();

private:
  Value createPosition(ImplicitLocOpBuilder &b, Value query, Value length);
};
} // namespace

/// [B, heads.., L, last] or [B, L, heads.., last], as the operands lie.
SmallVector<int64_t> WholeAttention::perQuery(int64_t first,
                                              ArrayRef<int64_t> heads,
                                              int64_t query,
                                              int64_t last) const {
  SmallVector<int64_t> all = {first};
  if (!isSplit)
    all.push_back(query);
  llvm::append_range(all, heads);
  if (isSplit)
    all.push_back(query);
  all.push_back(last);
  return all;
}

SmallVector<int64_t> WholeAttention::scoresShape() const {
  SmallVector<int64_t> shape = {batch};
  llvm::append_range(shape, headShape());
  shape.append({queries, keys});
  return shape;
}

LoopedTensor WholeAttention::createQuery() {
  Value query = createReshape(b, op.getQuery(),
                              perQuery(batch, headShape(), queries, keySize));
  return {query, perQuery(0, headLoops(), queryLoop(), innerLoop())};
}

/// Where query `query` stands among the keys.
Value WholeAttention::createPosition(ImplicitLocOpBuilder &b, Value query,
                                     Value length) {
  if (hasOwnOffset())
    return arith::AddIOp::create(
        b, query, arith::SubIOp::create(b, length, createIndex(b, queries)));
  return arith::AddIOp::create(b, query, createIndex(b, getOffset()));
}

/// Which keys each query sees: all conditions as one boolean, of size 1 along
/// the axes on which none depends; null where every key is seen.
Value WholeAttention::createVisibility(Value mask) {
  Value lengths = op.getValidLengths();
  if (!mask && !isByPosition() && !lengths)
    return {};
  SmallVector<int64_t> shape(scoresShape().size(), 1);
  if (mask)
    shape.assign(shapeOf(mask).begin(), shapeOf(mask).end());
  shape.back() = keys;
  if (lengths)
    shape[0] = batch;
  if (isByPosition())
    shape[queryLoop()] = queries;
  MLIRContext *context = b.getContext();
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
  if (mask) {
    inputs.push_back(mask);
    maps.push_back(broadcastMap(context, shapeOf(mask), shape));
  }
  if (lengths) {
    inputs.push_back(lengths);
    maps.push_back(selectLoops(context, shape.size(), {0}));
  }
  maps.push_back(b.getMultiDimIdentityMap(shape.size()));
  auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
    Value key = linalg::IndexOp::create(b, keyLoop());
    Value length, position;
    if (lengths)
      length = arith::IndexCastOp::create(b, b.getIndexType(), x[mask ? 1 : 0]);
    if (isByPosition())
      position =
          createPosition(b, linalg::IndexOp::create(b, queryLoop()), length);
    return createVisible(b, key, position, length, mask ? x[0] : Value());
  };
  return createLoops(b, inputs, createEmpty(b, shape, b.getI1Type()), maps,
                     body);
}

/// The products, scaled, softcapped and masked as far as `kind` asks. The
/// additive mask and all booleans meet the score in one select.
Value WholeAttention::createScores(Value products, ScoresKind kind, Value mask,
                                   Value visible) {
  bool isMasked = kind == ScoresKind::masked;
  bool isAdditive = isMasked && mask && isa<FloatType>(elementTypeOf(mask));
  SmallVector<Value> inputs = {products};
  if (isMasked && visible)
    inputs.push_back(visible);
  if (isAdditive)
    inputs.push_back(mask);
  auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
    Value score = createMul(b, x[0], createScalar(b, wide, getScale()));
    if (kind != ScoresKind::raw)
      score = createCapped(b, score);
    return createMasked(b, score, isAdditive ? x[2] : Value(), /*unit=*/1.0,
                        isMasked && visible ? x[1] : Value());
  };
  return createElementwise(b, inputs, shapeOf(products), wide, body);
}

/// Keys or values in the query's type, their groups of channels multiplied by
/// `scale` [batch, heads, keys, groups], where there is one.
Value WholeAttention::createWidened(LoopedTensor cache, Value scale) {
  if (elementTypeOf(cache.tensor) == element)
    return cache.tensor;
  SmallVector<int64_t> shape(shapeOf(cache.tensor)), split = shape;
  bool isKeyFirst = cache.loops[1] == keyLoop();
  if (scale) {
    split.insert(split.end() - 1, shapeOf(scale).back());
    split.back() /= shapeOf(scale).back();
  }
  AffineMap whole = b.getMultiDimIdentityMap(split.size());
  SmallVector<Value> inputs = {createReshape(b, cache.tensor, split)};
  SmallVector<AffineMap> maps = {whole};
  if (scale) {
    inputs.push_back(scale);
    maps.push_back(selectLoops(b.getContext(), split.size(),
                               isKeyFirst ? ArrayRef<int64_t>{0, 2, 1, 3}
                                          : ArrayRef<int64_t>{0, 1, 2, 3}));
  }
  maps.push_back(whole);
  auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
    Value number = convertElement(b, x[0], wide, {});
    if (scale)
      number = createMul(b, number, convertFloat(b, x[1], wide));
    return convertFloat(b, number, element);
  };
  Value widened =
      createLoops(b, inputs, createEmpty(b, split, element), maps, body);
  return createReshape(b, widened, shape);
}

/// The values, those that no query sees set to 0: their probability is 0, but 0
/// times what an unused slot of a cache holds may be NaN.
Value WholeAttention::createSeenValues(LoopedTensor values, Value visible) {
  if (!hidesValues())
    return values.tensor;
  SmallVector<int64_t> unseenAxes = {queryLoop()};
  if (group > 1)
    unseenAxes.insert(unseenAxes.begin(), 2);
  Value no = createScalar(b, b.getI1Type(), 0);
  Value seen =
      createReduction(b, visible, unseenAxes, no,
                      [](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
                        return arith::OrIOp::create(b, x[0], x[1]);
                      });
  ArrayRef<int64_t> shape = shapeOf(values.tensor);
  MLIRContext *context = b.getContext();
  bool isKeyFirst = values.loops[1] == keyLoop();
  SmallVector<AffineExpr> read = {
      getAffineDimExpr(0, context),
      getAffineDimExpr(isKeyFirst ? 2 : 1, context),
      getAffineDimExpr(isKeyFirst ? 1 : 2, context)};
  for (auto [size, index] : llvm::zip_equal(shapeOf(seen), read))
    if (size == 1)
      index = getAffineConstantExpr(0, context);
  AffineMap whole = b.getMultiDimIdentityMap(shape.size());
  return createLoops(
      b, {values.tensor, seen}, createEmpty(b, shape, element),
      {whole, AffineMap::get(shape.size(), 0, read, context), whole},
      [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
        return arith::SelectOp::create(b, x[1], x[0],
                                       createScalar(b, element, 0.0));
      });
}

Value WholeAttention::createScoresResult(Value scores) {
  return createReshape(b, createRounded(b, scores, element),
                       shapeOf(op.getScoresResult()));
}

SmallVector<Value> WholeAttention::lower() {
  LoopedTensor query = createQuery();
  LoopedTensor key = createCache(op.getPastKey(), op.getKey(), keySize);
  LoopedTensor value = createCache(op.getPastValue(), op.getValue(), valueSize);
  key.tensor = createWidened(key, op.getKeyScale());
  value.tensor = createWidened(value, op.getValueScale());
  SmallVector<int64_t> scoreLoops = {0};
  llvm::append_range(scoreLoops, headLoops());
  scoreLoops.append({queryLoop(), keyLoop()});
  Value products = createContraction(b, query, key, scoreLoops);
  Value mask = createMask();
  Value visible = createVisibility(mask);
  Value masked = createScores(products, ScoresKind::masked, mask, visible);
  Value probabilities =
      createSoftmax(b, masked, keyLoop(), /*log=*/false, wide);
  value.tensor = createSeenValues(value, visible);
  Value result =
      createContraction(b, {probabilities, scoreLoops}, value,
                        perQuery(0, headLoops(), queryLoop(), innerLoop()));
  result = createRounded(b, result, element);
  SmallVector<Value> results = {
      createReshape(b, result, shapeOf(op.getResult()))};
  if (!op.getScores())
    return results;
  ScoresKind kind = *op.getScores();
  Value scores = kind == ScoresKind::probabilities ? probabilities
                 : kind == ScoresKind::masked
                     ? masked
                     : createScores(products, kind, mask, visible);
  results.push_back(createScoresResult(scores));
  return results;
}

namespace {
struct LowerAttention : OpRewritePattern<AttentionOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(AttentionOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    bool isEmpty = llvm::any_of(
        ValueRange{op.getQuery(), op.getKey(), op.getValue()},
        [](Value tensor) { return llvm::is_contained(shapeOf(tensor), 0); });
    if (op.getScores() || isEmpty)
      rewriter.replaceOp(op, WholeAttention(b, op).lower());
    else if (hasManyQueries(op))
      rewriter.replaceOp(op, lowerFusedAttention({b, op}));
    else
      rewriter.replaceOp(op, lowerDecodeAttention({b, op}));
    return success();
  }
};
} // namespace

void tenon::populateAttentionToLinalgPatterns(RewritePatternSet &patterns) {
  populateRopeToLinalgPatterns(patterns);
  populateCacheUpdateToLinalgPatterns(patterns);
  patterns.add<LowerAttention>(patterns.getContext());
}
