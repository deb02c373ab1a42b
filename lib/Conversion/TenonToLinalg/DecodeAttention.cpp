//===- DecodeAttention.cpp - Attention of one query -----------------------===//
//
// One query a batch entry, as when tokens are generated: time goes into reading
// keys and values, so each is read once, for all query heads of its group, and
// none behind the last that is seen. As in FusedAttention.cpp blocks of keys
// are walked over with an online softmax; heads are rows here, and vectors lie
// along keys and values. Few heads are split along the keys, so that all
// threads have work; what the splits give is put together by their largest
// scores.
//
//===----------------------------------------------------------------------===//

#include "AttentionTiles.h"
#include "ElementConversion.h"

using namespace mlir;
using namespace mlir::tenon;
using arith::CmpFPredicate;
using arith::CmpIPredicate;
using utils::IteratorType;

/// Keys of a block: their scores for 16 heads take 4 KB.
static constexpr int64_t mostKeys = 64;
/// Tiles that keep threads busy, and the keys that are worth one.
static constexpr int64_t wantedTiles = 16, fewestKeysOfSplit = 256;

namespace {
/// The sums of values are [heads, value size] here, the others [heads].
class DecodeAttention : AttentionTiles {
public:
  explicit DecodeAttention(AttentionLowering &lowering)
      : AttentionTiles(lowering), heads(a.group),
        block(std::min(a.keys, mostKeys)),
        blocks(llvm::divideCeil(a.keys, block)) {
    int64_t wanted = llvm::divideCeil(
        wantedTiles, std::max<int64_t>(1, a.batch * a.keyHeads));
    splits = std::clamp<int64_t>(a.keys / fewestKeysOfSplit, 1, wanted);
  }

  Value lower();

private:
  void enterTile(ValueRange position);
  Value createQueries();
  Progress createStart();
  Value createVisible(ImplicitLocOpBuilder &b, Value first, Value begin,
                      Value mask);
  Value createScores(Value products, Value first, Value begin, bool isMasked);
  Progress addKeys(Progress before, Value number, bool isMasked);
  Progress overAllBlocks();
  Value createMean(ImplicitLocOpBuilder &b, Value sum, Value total);
  Value putTogether(ValueRange parts);

  int64_t heads, block, blocks, splits;
  LoopedTensor keys, values;
  Value queries; ///< [batch, key heads, heads, key size]
  Value mask;    ///< [batch, key heads, heads, keys], each of full size or 1

  // The tile at hand, and what its batch entry holds.
  Value batch, keyHead, split, length, position, scaledQueries;
};
} // namespace

void DecodeAttention::enterTile(ValueRange place) {
  batch = place[0];
  keyHead = place[1];
  split = place[2];
  if (Value lengths = op.getValidLengths())
    length = arith::IndexCastOp::create(
        b, b.getIndexType(), tensor::ExtractOp::create(b, lengths, batch));
  position = a.hasOwnOffset() ? fold<arith::SubIOp>(length, index(1))
                              : index(a.getOffset());
  scaledQueries = createQueries();
}

/// [heads, key size] in the type of the sums.
Value DecodeAttention::createQueries() {
  OpFoldResult one = b.getIndexAttr(1), zero = b.getIndexAttr(0);
  Value given = slice(
      queries, {batch, keyHead, zero, zero},
      {one, one, b.getIndexAttr(heads), b.getIndexAttr(a.keySize)}, {2, 3});
  auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) -> SmallVector<Value> {
    return {createMul(b, convertFloat(b, x[0], a.wide),
                      createScalar(b, a.wide, a.getScale()))};
  };
  return createLoopNest(given, createEmpty(b, {heads, a.keySize}, a.wide),
                        {{0, 1}, {0, 1}},
                        {IteratorType::parallel, IteratorType::parallel}, body)
      .front();
}

Progress DecodeAttention::createStart() {
  Value zero = createScalar(b, a.wide, 0);
  return {createFilled(b, {heads, a.valueSize}, zero), createLowestRow(heads),
          createFilled(b, {heads}, zero)};
}

/// Whether the key at loop 1 is seen and not before `begin`, where the block
/// starts with key `first`.
Value DecodeAttention::createVisible(ImplicitLocOpBuilder &b, Value first,
                                     Value begin, Value mask) {
  // 32 bits, of which a vector holds as many as of the scores.
  auto fromFirst = [&](Value value) -> Value {
    return arith::IndexCastOp::create(b, b.getI32Type(),
                                      arith::SubIOp::create(b, value, first));
  };
  Value key = arith::IndexCastOp::create(b, b.getI32Type(),
                                         linalg::IndexOp::create(b, 1));
  Value visible = a.createVisible(b, key, fromFirst(position),
                                  length ? fromFirst(length) : Value(), mask);
  if (a.keys % block == 0)
    return visible;
  Value isNew =
      arith::CmpIOp::create(b, CmpIPredicate::sge, key, fromFirst(begin));
  return visible ? arith::AndIOp::create(b, visible, isNew).getResult() : isNew;
}

/// The products, softcapped and masked.
Value DecodeAttention::createScores(Value products, Value first, Value begin,
                                    bool isMasked) {
  SmallVector<Value> inputs;
  SmallVector<SmallVector<int64_t>> axes;
  if (isMasked && mask) {
    ArrayRef<int64_t> shape = shapeOf(mask);
    OpFoldResult zero = b.getIndexAttr(0), one = b.getIndexAttr(1);
    auto along = [&](int64_t axis, OpFoldResult at) {
      return shape[axis] == 1 ? zero : at;
    };
    inputs.push_back(
        slice(mask, {along(0, batch), along(1, keyHead), zero, along(3, first)},
              {one, one, b.getIndexAttr(shape[2]),
               shape[3] == 1 ? one : b.getIndexAttr(block)},
              {2, 3}));
    axes.push_back({shape[2] == 1 ? -1 : 0, shape[3] == 1 ? -1 : 1});
  }
  axes.push_back({0, 1});
  auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) -> SmallVector<Value> {
    Value maskHere = inputs.empty() ? Value() : x[0];
    Value score = a.createCapped(b, x[inputs.size()]);
    if (isMasked)
      score = a.createMasked(b, score, maskHere,
                             createVisible(b, first, begin, maskHere));
    return {score};
  };
  if (!isMasked && !op.getSoftcap())
    return products;
  return createLoopNest(inputs, products, axes,
                        {IteratorType::parallel, IteratorType::parallel}, body)
      .front();
}

/// The keys of block `number`. The last one begins early where keys are no
/// whole blocks, and leaves out what the one before had.
Progress DecodeAttention::addKeys(Progress before, Value number,
                                  bool isMasked) {
  Value begin = fold<arith::MulIOp>(number, index(block)), first = begin;
  if (a.keys % block != 0)
    first = fold<arith::MinSIOp>(begin, index(a.keys - block));
  Value key = readHead(keys, op.getKeyScale(), batch, keyHead, first, block);
  Value nothing = createFilled(b, {heads, block}, createScalar(b, a.wide, 0.0));
  // Loops: head, key, summed.
  Value products = sumProducts(scaledQueries, {0, 2}, key, {1, 2}, nothing);
  Value scores = createScores(products, first, begin, isMasked);
  Value value =
      readHead(values, op.getValueScale(), batch, keyHead, first, block);
  if (isMasked)
    value = createSeenValues(value, scores, {1, 0});
  auto larger = [&](ImplicitLocOpBuilder &b,
                    ValueRange x) -> SmallVector<Value> {
    return {createLarger(b, x[0], x[1])};
  };
  Value largestHere =
      createLoopNest(scores, createLowestRow(heads), {{0, 1}, {0}},
                     {IteratorType::parallel, IteratorType::reduction}, larger)
          .front();
  Progress now = advance(before, largestHere, /*axis=*/0);
  auto toProbability = [&](ImplicitLocOpBuilder &b,
                           ValueRange x) -> SmallVector<Value> {
    return {createExpOfDifference(b, x[1], x[0])};
  };
  Value probabilities =
      createLoopNest(now.largest, scores, {{0}, {0, 1}},
                     {IteratorType::parallel, IteratorType::parallel},
                     toProbability)
          .front();
  auto add = [&](ImplicitLocOpBuilder &b, ValueRange x) -> SmallVector<Value> {
    return {createAdd(b, x[1], x[0])};
  };
  Value total =
      createLoopNest(probabilities, now.total, {{0, 1}, {0}},
                     {IteratorType::parallel, IteratorType::reduction}, add)
          .front();
  return {sumProducts(probabilities, {0, 2}, value, {2, 1}, now.sums),
          now.largest, total};
}

/// The split's blocks, but for those of which nothing is seen.
Progress DecodeAttention::overAllBlocks() {
  Value all = index(blocks), end = all, begin = index(0);
  auto within = [&](Value value, Value low, Value high) {
    return fold<arith::MinSIOp>(fold<arith::MaxSIOp>(value, low), high);
  };
  auto blocksBefore = [&](Value key) -> Value {
    return within(arith::CeilDivSIOp::create(b, key, index(block)), index(0),
                  all);
  };
  Value seen; // keys below it, where one number says it
  if (length)
    seen = length;
  if (a.isCausal()) {
    Value own = fold<arith::AddIOp>(position, index(1));
    seen = seen ? fold<arith::MinSIOp>(seen, own) : own;
  }
  if (seen)
    end = blocksBefore(seen);
  if (std::optional<int64_t> window = op.getWindow()) {
    Value first = fold<arith::SubIOp>(position, index(*window - 1));
    begin = within(arith::FloorDivSIOp::create(b, first, index(block)),
                   index(0), all);
  }
  int64_t each = llvm::divideCeil(blocks, splits);
  Value from = fold<arith::MulIOp>(split, index(each));
  Value to = fold<arith::AddIOp>(from, index(each));
  begin = fold<arith::MaxSIOp>(begin, from);
  end = fold<arith::MinSIOp>(end, to);
  auto addBlock = [&](bool isMasked) {
    return [&, isMasked](Progress before, Value number) {
      return addKeys(before, number, isMasked);
    };
  };
  Progress now = createStart();
  // Blocks of which all is seen need no comparing.
  if (!mask && !op.getWindow()) {
    Value plain = index(a.keys / block);
    if (seen)
      plain = within(arith::FloorDivSIOp::create(b, seen, index(block)),
                     index(0), plain);
    plain = fold<arith::MaxSIOp>(fold<arith::MinSIOp>(plain, end), begin);
    now = overBlocks(now, begin, plain, addBlock(/*isMasked=*/false));
    begin = plain;
    if (!seen && a.keys % block == 0)
      return now;
  }
  return overBlocks(now, begin, end, addBlock(/*isMasked=*/true));
}

/// Zero where no key was seen.
Value DecodeAttention::createMean(ImplicitLocOpBuilder &b, Value sum,
                                  Value total) {
  Value zero = createScalar(b, a.wide, 0.0);
  Value isEmpty = arith::CmpFOp::create(b, CmpFPredicate::OEQ, total, zero);
  Value mean = arith::DivFOp::create(b, sum, total);
  return convertFloat(b, arith::SelectOp::create(b, isEmpty, zero, mean),
                      a.element);
}

/// The splits' sums [batch, key heads, splits, heads, size] with their largest
/// scores and totals as one.
Value DecodeAttention::putTogether(ValueRange parts) {
  Value sums = parts[0], largest = parts[1], total = parts[2];
  MLIRContext *context = b.getContext();
  auto of = [&](int64_t count, ArrayRef<int64_t> axes) {
    return selectLoops(context, count, axes);
  };
  Value all =
      createReduction(b, largest, {2}, createLowestScore(),
                      [](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
                        return arith::MaximumFOp::create(b, x[1], x[0]);
                      });
  Value weights =
      createLoops(b, {largest, all}, createEmpty(b, shapeOf(largest), a.wide),
                  {of(4, {0, 1, 2, 3}), of(4, {0, 1, 3}), of(4, {0, 1, 2, 3})},
                  [](ImplicitLocOpBuilder &b, ValueRange x) {
                    return createExpOfDifference(b, x[0], x[1]);
                  });
  Value zero = createScalar(b, a.wide, 0.0);
  auto weighted = [](ImplicitLocOpBuilder &b, ValueRange x) {
    return createAdd(b, x[2], createMul(b, x[0], x[1]));
  };
  SmallVector<int64_t> shape = {a.batch, a.keyHeads, heads};
  Value whole = createLoops(
      b, {total, weights}, createFilled(b, shape, zero),
      {of(4, {0, 1, 3, 2}), of(4, {0, 1, 3, 2}), of(4, {0, 1, 2})}, weighted);
  shape.push_back(a.valueSize);
  Value sum = createLoops(
      b, {sums, weights}, createFilled(b, shape, zero),
      {of(5, {0, 1, 4, 2, 3}), of(5, {0, 1, 4, 2}), of(5, {0, 1, 2, 3})},
      weighted);
  return createLoops(
      b, {sum, whole}, createEmpty(b, shape, a.element),
      {of(4, {0, 1, 2, 3}), of(4, {0, 1, 2}), of(4, {0, 1, 2, 3})},
      [&](ImplicitLocOpBuilder &b, ValueRange x) {
        return createMean(b, x[0], x[1]);
      });
}

Value DecodeAttention::lower() {
  keys = a.createCache(op.getPastKey(), op.getKey(), a.keySize);
  values = a.createCache(op.getPastValue(), op.getValue(), a.valueSize);
  queries =
      createReshape(b, op.getQuery(), {a.batch, a.keyHeads, heads, a.keySize});
  if ((mask = a.createMask())) {
    ArrayRef<int64_t> shape = shapeOf(mask);
    mask = createReshape(
        b, mask,
        {shape[0], shape[1], a.group > 1 ? shape[2] : 1, shape.back()});
  }
  bool isSplit = splits > 1;
  SmallVector<SmallVector<int64_t>> shapes = {{heads, a.valueSize}};
  if (isSplit)
    shapes.append({{heads}, {heads}});
  SmallVector<Value> outputs;
  for (ArrayRef<int64_t> shape : shapes) {
    SmallVector<int64_t> all = {a.batch, a.keyHeads, splits};
    llvm::append_range(all, shape);
    outputs.push_back(createEmpty(b, all, isSplit ? a.wide : a.element));
  }
  auto indices = [&](ArrayRef<int64_t> values) {
    return getAsIndexOpFoldResult(b.getContext(), values);
  };
  auto loop = scf::ForallOp::create(b, indices({0, 0, 0}),
                                    indices({a.batch, a.keyHeads, splits}),
                                    indices({1, 1, 1}), outputs, std::nullopt);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    enterTile(loop.getInductionVars());
    Progress end = overAllBlocks();
    SmallVector<Value> results = {end.sums, end.largest, end.total};
    if (!isSplit) {
      auto divide = [&](ImplicitLocOpBuilder &b,
                        ValueRange x) -> SmallVector<Value> {
        return {createMean(b, x[0], x[1])};
      };
      results = createLoopNest({end.sums, end.total},
                               createEmpty(b, {heads, a.valueSize}, a.element),
                               {{0, 1}, {0}, {0, 1}},
                               {IteratorType::parallel, IteratorType::parallel},
                               divide);
    }
    b.setInsertionPointToStart(loop.getTerminator().getBody());
    OpFoldResult one = b.getIndexAttr(1), zero = b.getIndexAttr(0);
    for (auto [result, output, shape] :
         llvm::zip_equal(results, loop.getRegionIterArgs(), shapes)) {
      SmallVector<OpFoldResult> offsets = {batch, keyHead, split},
                                sizes = {one, one, one};
      offsets.append(shape.size(), zero);
      llvm::append_range(sizes, indices(shape));
      tensor::ParallelInsertSliceOp::create(
          b, result, output, offsets, sizes,
          SmallVector<OpFoldResult>(sizes.size(), one));
    }
  }
  Value result = isSplit ? putTogether(loop.getResults()) : loop.getResult(0);
  return createReshape(b, result, shapeOf(op.getResult()));
}

bool tenon::isDecoding(AttentionOp op) {
  ArrayRef<int64_t> query = shapeOf(op.getQuery()), key = shapeOf(op.getKey()),
                    value = shapeOf(op.getValue());
  bool isEmpty = llvm::is_contained(query, 0) || llvm::is_contained(key, 0) ||
                 llvm::is_contained(value, 0);
  return !op.getScores() && !isEmpty && query[query.size() == 4 ? 2 : 1] == 1;
}

Value tenon::lowerDecodeAttention(AttentionLowering lowering) {
  return DecodeAttention(lowering).lower();
}
