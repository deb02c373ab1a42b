//===- DecodeAttention.cpp - Attention of few queries ---------------------===//
//
// One query a batch entry, as when tokens are generated, or a few: time goes
// into reading keys and values, so each is read once, for all query heads of
// its group, and none behind the last that is seen. As in FusedAttention.cpp
// blocks of keys are walked over with an online softmax; here the queries of
// all heads of a group are rows, and vectors lie along keys and values. Few
// heads are split along the keys, so that all threads have work; what the
// splits give is put together by their largest scores.
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
/// The sums of values are [rows, value size] here, the others [rows]. A row is
/// a query of a head: the first head's queries, then the second's, ...
class DecodeAttention : AttentionTiles {
public:
  explicit DecodeAttention(AttentionLowering &lowering)
      : AttentionTiles(lowering), rows(a.group * a.queries),
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
  Value swapMiddleAxes(Value tensor);

  int64_t rows, block, blocks, splits;
  LoopedTensor keys, values;
  Value queries; ///< [batch, key heads, rows, key size]
  /// [batch, key heads, heads, queries, keys], each of full size or 1.
  Value mask;

  // The tile at hand, what its batch entry holds, and where its first query
  // stands.
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
  position = a.hasOwnOffset() ? fold<arith::SubIOp>(length, index(a.queries))
                              : index(a.getOffset());
  scaledQueries = createQueries();
}

/// [rows, key size] in the type of the sums.
Value DecodeAttention::createQueries() {
  OpFoldResult one = b.getIndexAttr(1), zero = b.getIndexAttr(0);
  Value given = slice(
      queries, {batch, keyHead, zero, zero},
      {one, one, b.getIndexAttr(rows), b.getIndexAttr(a.keySize)}, {2, 3});
  auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) -> SmallVector<Value> {
    return {createMul(b, convertFloat(b, x[0], a.wide),
                      createScalar(b, a.wide, getQueryScale()))};
  };
  return createLoopNest(given, createEmpty(b, {rows, a.keySize}, a.wide),
                        {{0, 1}, {0, 1}},
                        {IteratorType::parallel, IteratorType::parallel}, body)
      .front();
}

Progress DecodeAttention::createStart() {
  Value zero = createScalar(b, a.wide, 0);
  return {createFilled(b, {rows, a.valueSize}, zero), createLowestRow(rows),
          createFilled(b, {rows}, zero)};
}

/// Whether the query at loop 1 sees the key at loop 2, and this is not before
/// `begin`, where the block starts with key `first`.
Value DecodeAttention::createVisible(ImplicitLocOpBuilder &b, Value first,
                                     Value begin, Value mask) {
  // 32 bits, of which a vector holds as many as of the scores.
  auto fromFirst = [&](Value value) -> Value {
    return arith::IndexCastOp::create(b, b.getI32Type(),
                                      arith::SubIOp::create(b, value, first));
  };
  Value key = arith::IndexCastOp::create(b, b.getI32Type(),
                                         linalg::IndexOp::create(b, 2));
  Value place = fromFirst(position);
  if (a.queries > 1)
    place = createAdd(b, place,
                      arith::IndexCastOp::create(
                          b, b.getI32Type(), linalg::IndexOp::create(b, 1)));
  Value visible = a.createVisible(b, key, place,
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
  if (!isMasked && !op.getSoftcap())
    return products;
  SmallVector<Value> inputs;
  SmallVector<SmallVector<int64_t>> axes;
  if (isMasked && mask) {
    ArrayRef<int64_t> shape = shapeOf(mask);
    OpFoldResult zero = b.getIndexAttr(0), one = b.getIndexAttr(1);
    auto along = [&](int64_t axis, OpFoldResult at) {
      return shape[axis] == 1 ? zero : at;
    };
    inputs.push_back(slice(
        mask, {along(0, batch), along(1, keyHead), zero, zero, along(4, first)},
        {one, one, b.getIndexAttr(shape[2]), b.getIndexAttr(shape[3]),
         shape[4] == 1 ? one : b.getIndexAttr(block)},
        {2, 3, 4}));
    axes.push_back({shape[2] == 1 ? -1 : 0, shape[3] == 1 ? -1 : 1,
                    shape[4] == 1 ? -1 : 2});
  }
  axes.push_back({0, 1, 2});
  auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) -> SmallVector<Value> {
    Value maskHere = inputs.empty() ? Value() : x[0];
    Value score = a.createCapped(b, x[inputs.size()], perScore);
    if (isMasked)
      score = a.createMasked(b, score, maskHere, perScore,
                             createVisible(b, first, begin, maskHere));
    return {score};
  };
  SmallVector<ReassociationIndices> split = {{0, 1}, {2}};
  auto type = RankedTensorType::get({a.group, a.queries, block}, a.wide);
  products = tensor::ExpandShapeOp::create(b, type, products, split);
  Value scores =
      createLoopNest(inputs, products, axes,
                     SmallVector<IteratorType>(3, IteratorType::parallel), body)
          .front();
  return tensor::CollapseShapeOp::create(b, scores, split);
}

/// The keys of block `number`. The last one begins early where keys are no
/// whole blocks, and leaves out what the one before had.
Progress DecodeAttention::addKeys(Progress before, Value number,
                                  bool isMasked) {
  Value begin = fold<arith::MulIOp>(number, index(block)), first = begin;
  if (a.keys % block != 0)
    first = fold<arith::MinSIOp>(begin, index(a.keys - block));
  Value key = readHead(keys, op.getKeyScale(), batch, keyHead, first, block);
  Value nothing = createFilled(b, {rows, block}, createScalar(b, a.wide, 0.0));
  // Loops: row, key, summed.
  Value products = sumProducts(scaledQueries, {0, 2}, key, {1, 2}, nothing);
  Value scores = createScores(products, first, begin, isMasked);
  Value value =
      readHead(values, op.getValueScale(), batch, keyHead, first, block);
  if (isMasked && a.hidesValues())
    value = createSeenValues(value, scores, {1, 0});
  auto larger = [&](ImplicitLocOpBuilder &b,
                    ValueRange x) -> SmallVector<Value> {
    return {createLarger(b, x[0], x[1])};
  };
  Value largestHere =
      createLoopNest(scores, createLowestRow(rows), {{0, 1}, {0}},
                     {IteratorType::parallel, IteratorType::reduction}, larger)
          .front();
  Progress now = advance(before, largestHere, /*axis=*/0);
  auto toProbability = [&](ImplicitLocOpBuilder &b,
                           ValueRange x) -> SmallVector<Value> {
    return {createPowerOfDifference(b, x[1], x[0])};
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
  // The keys below what it gives are those that the query sees, where one
  // number says it.
  auto seenBy = [&](int64_t query) -> Value {
    if (!a.isCausal())
      return length;
    Value own = fold<arith::AddIOp>(position, index(query + 1));
    return length ? fold<arith::MinSIOp>(length, own) : own;
  };
  Value seenByAll = seenBy(0);
  if (seenByAll)
    end = blocksBefore(seenBy(a.queries - 1));
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
    if (seenByAll)
      plain = within(arith::FloorDivSIOp::create(b, seenByAll, index(block)),
                     index(0), plain);
    plain = fold<arith::MaxSIOp>(fold<arith::MinSIOp>(plain, end), begin);
    now = overBlocks(now, begin, plain, addBlock(/*isMasked=*/false));
    begin = plain;
    if (!seenByAll && a.keys % block == 0)
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

/// The splits' sums [batch, key heads, splits, rows, size] with their largest
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
                    return createPowerOfDifference(b, x[0], x[1]);
                  });
  Value zero = createScalar(b, a.wide, 0.0);
  auto weighted = [](ImplicitLocOpBuilder &b, ValueRange x) {
    return createAdd(b, x[2], createMul(b, x[0], x[1]));
  };
  SmallVector<int64_t> shape = {a.batch, a.keyHeads, rows};
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

/// Heads in front of lengths, or back.
Value DecodeAttention::swapMiddleAxes(Value tensor) {
  SmallVector<int64_t> shape(shapeOf(tensor));
  std::swap(shape[1], shape[2]);
  return TransposeOp::create(
      b, RankedTensorType::get(shape, elementTypeOf(tensor)), tensor,
      ArrayRef<int64_t>{0, 2, 1, 3});
}

Value DecodeAttention::lower() {
  keys = a.createCache(op.getPastKey(), op.getKey(), a.keySize);
  values = a.createCache(op.getPastValue(), op.getValue(), a.valueSize);
  int64_t heads = a.keyHeads * a.group;
  queries = op.getQuery();
  if (!a.isSplit && a.queries > 1)
    queries = swapMiddleAxes(
        createReshape(b, queries, {a.batch, a.queries, heads, a.keySize}));
  queries = createReshape(b, queries, {a.batch, a.keyHeads, rows, a.keySize});
  if ((mask = a.createMask())) {
    SmallVector<int64_t> shape(shapeOf(mask));
    if (a.group == 1)
      shape.insert(shape.begin() + 2, 1);
    mask = createReshape(b, mask, shape);
  }
  bool isSplit = splits > 1;
  SmallVector<SmallVector<int64_t>> shapes = {{rows, a.valueSize}};
  if (isSplit)
    shapes.append({{rows}, {rows}});
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
      results = createLoopNest(
          {end.sums, end.total}, createEmpty(b, {rows, a.valueSize}, a.element),
          {{0, 1}, {0}, {0, 1}},
          {IteratorType::parallel, IteratorType::parallel}, divide);
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
  if (!a.isSplit && a.queries > 1)
    result = swapMiddleAxes(
        createReshape(b, result, {a.batch, heads, a.queries, a.valueSize}));
  return createReshape(b, result, shapeOf(op.getResult()));
}

Value tenon::lowerDecodeAttention(AttentionLowering lowering) {
  return DecodeAttention(lowering).lower();
}
