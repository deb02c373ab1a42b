//===- FusedAttention.cpp - Attention tile by tile ------------------------===//
//
// A tile of queries walks over blocks of keys, and keeps of the scores only
// their largest value and the sum of their exponentials so far; what it has
// summed is scaled whenever the largest changes (online softmax: Milakov and
// Gimelshein, 2018, arXiv:1805.02867; Rabe and Staats, 2021, arXiv:2112.05682).
// No scores go to memory.
//
// Everything inside a tile has the queries last: keys and values are read as
// they lie, one number at a time, against vectors of queries, and no step
// works across the lanes of a vector.
//
//===----------------------------------------------------------------------===//

#include "AttentionTiles.h"
#include "ElementConversion.h"

using namespace mlir;
using namespace mlir::tenon;
using arith::CmpFPredicate;
using utils::IteratorType;

/// Queries of a tile are a multiple of two vectors of 32 bytes; fewer than
/// these leave most lanes empty.
static constexpr int64_t queryGrain = 16, fewestQueries = 12;
/// With 64 queries a block of scores takes 32 KB.
static constexpr int64_t mostKeys = 128;
/// A number of a mask at or below which a key is hidden from queries that have
/// a score above the other: its probability is 0 even if scores differ by 1e29.
static constexpr double hidingMask = -1e30, seenScore = -1e29;

/// The size of tiles that cover `queries` with the least left over.
static int64_t chooseQueryTile(int64_t queries) {
  int64_t best = 0, leastCovered = 0;
  for (int64_t tile : {64, 80, 96, 48}) {
    if (queries <= tile)
      tile = llvm::alignTo(queries, queryGrain);
    int64_t covered = llvm::alignTo(queries, tile);
    if (best == 0 || covered < leastCovered) {
      best = tile;
      leastCovered = covered;
    }
  }
  return best;
}

namespace {
/// The sums of values are [value size, queries] here, the others [queries].
class FusedAttention : AttentionTiles {
public:
  explicit FusedAttention(AttentionLowering &lowering)
      : AttentionTiles(lowering), tile(chooseQueryTile(a.queries)),
        block(llvm::divideCeil(a.keys, llvm::divideCeil(a.keys, mostKeys))) {}

  Value lower();

private:
  // What all tiles share.
  Value transposeMask();

  // Steps of one tile.
  void enterTile(ValueRange position);
  Value createQueries();
  Progress createStart();
  Progress overAllBlocks(Progress start);
  Progress addKeys(Progress before, Value firstKey, int64_t count,
                   bool isMasked);
  std::pair<Value, Value> createScores(Value products, Value firstKey,
                                       bool isMasked);
  Value createMaskTile(Value firstKey, int64_t count);
  Value createIsHidden(const Progress &before, Value firstKey, int64_t count);
  Value createVisible(ImplicitLocOpBuilder &b, Value firstKey, Value mask);
  Value createResult(Progress end);

  // Slices and loops.
  Value ofRows(Value tensor);
  Value putRows(Value part, Value whole);
  int64_t tile, block;
  LoopedTensor keys, values, queries;
  Value mask; ///< [batch, head, key, query], each of full size or 1

  // The tile at hand: where it is, its first query among the queries and among
  // the keys, how many queries it has, the valid length of its batch entry.
  Value batch, head, firstQuery, position, length;
  OpFoldResult rows;
  Value scaledQueries; ///< [key size, tile]
};
} // namespace

//===----------------------------------------------------------------------===//
// Slices and loops
//===----------------------------------------------------------------------===//

/// The entries along the last axis that belong to queries.
Value FusedAttention::ofRows(Value tensor) {
  ArrayRef<int64_t> shape = shapeOf(tensor);
  if (getConstantIntValue(rows) == shape.back())
    return tensor;
  SmallVector<OpFoldResult> offsets(shape.size(), b.getIndexAttr(0)),
      sizes = getAsIndexOpFoldResult(b.getContext(), shape);
  sizes.back() = rows;
  return slice(tensor, offsets, sizes,
               llvm::to_vector(llvm::seq<int64_t>(0, shape.size())));
}

Value FusedAttention::putRows(Value part, Value whole) {
  if (part.getType() == whole.getType())
    return part;
  ArrayRef<int64_t> shape = shapeOf(whole);
  SmallVector<OpFoldResult> offsets(shape.size(), b.getIndexAttr(0)),
      strides(shape.size(), b.getIndexAttr(1)),
      sizes = getAsIndexOpFoldResult(b.getContext(), shape);
  sizes.back() = rows;
  return tensor::InsertSliceOp::create(b, part, whole, offsets, sizes, strides);
}

//===----------------------------------------------------------------------===//
// Steps of a tile
//===----------------------------------------------------------------------===//

void FusedAttention::enterTile(ValueRange place) {
  batch = place[0];
  head = place[1];
  firstQuery = place[2];
  rows = b.getIndexAttr(std::min(tile, a.queries));
  if (a.queries > tile && a.queries % tile != 0)
    rows = fold<arith::MinSIOp>(
        index(tile), fold<arith::SubIOp>(index(a.queries), firstQuery));
  if (Value lengths = op.getValidLengths())
    length = arith::IndexCastOp::create(
        b, b.getIndexType(), tensor::ExtractOp::create(b, lengths, batch));
  Value offset = a.hasOwnOffset()
                     ? fold<arith::SubIOp>(length, index(a.queries))
                     : index(a.getOffset());
  position = fold<arith::AddIOp>(firstQuery, offset);
}

/// The queries, scaled; zeros past the last.
Value FusedAttention::createQueries() {
  Value given = sliceHead(queries, batch, head, firstQuery, rows);
  SmallVector<int64_t> shape = {a.keySize, tile};
  Value whole = getConstantIntValue(rows) == tile
                    ? createEmpty(b, shape, a.wide)
                    : createFilled(b, shape, createScalar(b, a.wide, 0));
  auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) -> SmallVector<Value> {
    return {createMul(b, convertFloat(b, x[0], a.wide),
                      createScalar(b, a.wide, getQueryScale()))};
  };
  Value part =
      createLoopNest(given, ofRows(whole), {{1, 0}, {0, 1}},
                     {IteratorType::parallel, IteratorType::parallel}, body)
          .front();
  return putRows(part, whole);
}

Progress FusedAttention::createStart() {
  Value zero = createScalar(b, a.wide, 0);
  return {createFilled(b, {a.valueSize, tile}, zero), createLowestRow(tile),
          createFilled(b, {tile}, zero)};
}

/// [keys of the block or 1, queries of the tile or 1].
Value FusedAttention::createMaskTile(Value firstKey, int64_t count) {
  ArrayRef<int64_t> shape = shapeOf(mask);
  OpFoldResult zero = b.getIndexAttr(0), one = b.getIndexAttr(1);
  auto along = [&](int64_t axis, OpFoldResult at) {
    return shape[axis] == 1 ? zero : at;
  };
  return slice(mask,
               {along(0, batch), along(1, head), along(2, firstKey),
                along(3, firstQuery)},
               {one, one, shape[2] == 1 ? one : b.getIndexAttr(count),
                shape[3] == 1 ? one : rows},
               {2, 3});
}

/// Whether the mask hides all keys of a block from all queries of the tile;
/// null where the mask does not depend on keys.
Value FusedAttention::createIsHidden(const Progress &before, Value firstKey,
                                     int64_t count) {
  bool isPerQuery = shapeOf(mask)[3] != 1,
       isBoolean = !isa<FloatType>(elementTypeOf(mask));
  if (shapeOf(mask)[2] == 1)
    return {};
  Type type = isBoolean ? b.getI32Type() : a.wide;
  Value start = isBoolean ? createScalar(b, type, 0)
                          : createLowest(b, type, /*isUnsigned=*/false);
  auto combine = [&](ImplicitLocOpBuilder &b, Value most, Value x) -> Value {
    if (!isBoolean)
      return arith::MaximumFOp::create(b, most, convertFloat(b, x, type));
    return arith::OrIOp::create(
        b, most, x.getType() == type ? x : arith::ExtUIOp::create(b, type, x));
  };
  auto larger = [&](ImplicitLocOpBuilder &b,
                    ValueRange x) -> SmallVector<Value> {
    return {combine(b, x[1], x[0])};
  };
  auto smaller = [&](ImplicitLocOpBuilder &b,
                     ValueRange x) -> SmallVector<Value> {
    return {arith::MinimumFOp::create(b, x[1], x[0])};
  };
  auto reduceRow = [&](Value row, Value init, LoopBody body) {
    Value result = createLoopNest(row, createFilled(b, {1}, init), {{0}, {-1}},
                                  {IteratorType::reduction}, body)
                       .front();
    return tensor::ExtractOp::create(b, result, index(0)).getResult();
  };
  Value part = createMaskTile(firstKey, count);
  if (isPerQuery)
    part = createLoopNest(
               part, ofRows(createFilled(b, {tile}, start)), {{0, 1}, {1}},
               {IteratorType::reduction, IteratorType::parallel}, larger)
               .front();
  else
    part = slice(part, {b.getIndexAttr(0), b.getIndexAttr(0)},
                 {b.getIndexAttr(count), b.getIndexAttr(1)}, {0});
  Value most = reduceRow(part, start, larger);
  if (isBoolean)
    return arith::CmpIOp::create(b, arith::CmpIPredicate::eq, most, start);
  Value isHidden = arith::CmpFOp::create(b, CmpFPredicate::OEQ, most, start);
  // A sum with a large finite number hides a key only if there are others.
  Value least =
      reduceRow(ofRows(before.largest),
                createHighest(b, type, /*isUnsigned=*/false), smaller);
  Value isFar = arith::CmpFOp::create(b, CmpFPredicate::OLE, most,
                                      createScalar(b, type, hidingMask));
  Value isSeen = arith::CmpFOp::create(b, CmpFPredicate::OGE, least,
                                       createScalar(b, type, seenScore));
  return arith::OrIOp::create(b, isHidden,
                              arith::AndIOp::create(b, isFar, isSeen));
}

/// Whether the query at loop 1 sees the key at loop 0; null where it must.
Value FusedAttention::createVisible(ImplicitLocOpBuilder &b, Value firstKey,
                                    Value mask) {
  // 32 bits, of which a vector holds as many as of the scores.
  auto narrow = [&](Value value) -> Value {
    return arith::IndexCastOp::create(b, b.getI32Type(), value);
  };
  auto fromFirstKey = [&](Value value) {
    return narrow(arith::SubIOp::create(b, value, firstKey));
  };
  Value key = narrow(linalg::IndexOp::create(b, 0));
  Value place, valid;
  if (length)
    valid = fromFirstKey(length);
  if (a.isByPosition())
    place = createAdd(b, fromFirstKey(position),
                      narrow(linalg::IndexOp::create(b, 1)));
  return a.createVisible(b, key, place, valid, mask);
}

/// The products, softcapped and masked, and the largest of them for each query.
std::pair<Value, Value>
FusedAttention::createScores(Value products, Value firstKey, bool isMasked) {
  int64_t count = shapeOf(products).front();
  Value lowest = createLowestRow(tile);
  SmallVector<Value> inputs;
  SmallVector<SmallVector<int64_t>> axes;
  if (isMasked && mask) {
    inputs.push_back(createMaskTile(firstKey, count));
    axes.push_back(
        {shapeOf(mask)[2] == 1 ? -1 : 0, shapeOf(mask)[3] == 1 ? -1 : 1});
  }
  axes.push_back({0, 1});
  axes.push_back({1});
  auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) -> SmallVector<Value> {
    Value maskHere = inputs.empty() ? Value() : x[0];
    Value score = a.createCapped(b, x[inputs.size()], perScore),
          most = x[inputs.size() + 1];
    if (isMasked)
      score = a.createMasked(b, score, maskHere, perScore,
                             createVisible(b, firstKey, maskHere));
    return {score, createLarger(b, score, most)};
  };
  SmallVector<Value> results =
      createLoopNest(inputs, {ofRows(products), ofRows(lowest)}, axes,
                     {IteratorType::reduction, IteratorType::parallel}, body);
  return {putRows(results[0], products), putRows(results[1], lowest)};
}

/// `count` keys more, from `firstKey` on.
Progress FusedAttention::addKeys(Progress before, Value firstKey, int64_t count,
                                 bool isMasked) {
  Value keyHead =
      a.group == 1 ? head : fold<arith::DivUIOp>(head, index(a.group));
  Value key = readHead(keys, op.getKeyScale(), batch, keyHead, firstKey, count);
  Value value =
      readHead(values, op.getValueScale(), batch, keyHead, firstKey, count);
  Value nothing = createFilled(b, {count, tile}, createScalar(b, a.wide, 0.0));
  Value products = sumProducts(key, {0, 2}, scaledQueries, {2, 1}, nothing);
  auto [scores, largestHere] = createScores(products, firstKey, isMasked);
  if (isMasked && a.hidesValues())
    value = createSeenValues(value, ofRows(scores), {0, 1});

  Progress now = advance(before, largestHere, /*axis=*/1);
  auto toProbability = [&](ImplicitLocOpBuilder &b,
                           ValueRange x) -> SmallVector<Value> {
    Value probability = createPowerOfDifference(b, x[1], x[0]);
    return {probability, createAdd(b, x[2], probability)};
  };
  SmallVector<Value> results = createLoopNest(
      now.largest, {scores, now.total}, {{1}, {0, 1}, {1}},
      {IteratorType::reduction, IteratorType::parallel}, toProbability);
  return {sumProducts(value, {2, 0}, results[0], {2, 1}, now.sums), now.largest,
          results[1]};
}

/// All keys, but for blocks that no query of the tile sees.
Progress FusedAttention::overAllBlocks(Progress start) {
  int64_t whole = a.keys / block, rest = a.keys % block;
  Value begin = index(0), end = index(whole), all = end;
  auto clamped = [&](Value value) {
    return fold<arith::MinSIOp>(fold<arith::MaxSIOp>(value, index(0)), all);
  };
  auto blocksBefore = [&](Value key) -> Value {
    return clamped(arith::CeilDivSIOp::create(b, key, index(block)));
  };
  if (a.isCausal())
    end = blocksBefore(fold<arith::AddIOp>(
        position, getValueOrCreateConstantIndexOp(b, b.getLoc(), rows)));
  if (length)
    end = fold<arith::MinSIOp>(end, blocksBefore(length));
  if (std::optional<int64_t> window = op.getWindow()) {
    Value first = fold<arith::SubIOp>(position, index(*window - 1));
    begin = clamped(arith::FloorDivSIOp::create(b, first, index(block)));
  }
  auto addBlock = [&](bool isMasked) {
    return [&, isMasked](Progress before, Value number) {
      Value firstKey = arith::MulIOp::create(b, number, index(block));
      Value isHidden = isMasked && mask && whole > 1
                           ? createIsHidden(before, firstKey, block)
                           : Value();
      auto add = [&] { return addKeys(before, firstKey, block, isMasked); };
      return isHidden ? unless(isHidden, before, add) : add();
    };
  };
  Progress now = start;
  bool isMasked = a.isByPosition() || length || mask;
  if (a.isCausal() && !op.getWindow() && !length && !mask) {
    // The first query sees all of these.
    Value seen = fold<arith::AddIOp>(position, index(1));
    Value plain = clamped(arith::FloorDivSIOp::create(b, seen, index(block)));
    plain = fold<arith::MinSIOp>(plain, end);
    now = overBlocks(now, begin, plain, addBlock(/*isMasked=*/false));
    begin = plain;
  }
  now = overBlocks(now, begin, end, addBlock(isMasked));
  if (rest > 0)
    now = addKeys(now, index(whole * block), rest, isMasked);
  return now;
}

/// The sums over the total, zero where no key was seen: [queries, value size].
Value FusedAttention::createResult(Progress end) {
  auto divide = [&](ImplicitLocOpBuilder &b,
                    ValueRange x) -> SmallVector<Value> {
    Value zero = createScalar(b, a.wide, 0.0);
    Value isEmpty = arith::CmpFOp::create(b, CmpFPredicate::OEQ, x[1], zero);
    Value mean = arith::DivFOp::create(b, x[0], x[1]);
    Value result = arith::SelectOp::create(b, isEmpty, zero, mean);
    return {convertFloat(b, result, a.element)};
  };
  Value means =
      createLoopNest({end.sums, end.total},
                     createEmpty(b, {a.valueSize, tile}, a.element),
                     {{0, 1}, {1}, {0, 1}},
                     {IteratorType::parallel, IteratorType::parallel}, divide)
          .front();
  Value init = tensor::EmptyOp::create(
      b, ArrayRef<OpFoldResult>{rows, b.getIndexAttr(a.valueSize)}, a.element);
  return linalg::TransposeOp::create(b, ofRows(means), init,
                                     ArrayRef<int64_t>{1, 0})
      ->getResult(0);
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

/// The mask with the queries last, so that tiles read it as vectors, and one
/// axis for all heads.
Value FusedAttention::transposeMask() {
  Value given = a.createMask();
  if (!given)
    return {};
  SmallVector<int64_t> shape(shapeOf(given));
  if (a.group > 1) {
    int64_t heads = shape[1] * shape[2];
    shape = {shape[0], heads, shape[3], shape[4]};
    given = createReshape(b, given, shape);
  }
  std::swap(shape[2], shape[3]);
  if (shape[2] == 1 || shape[3] == 1)
    return createReshape(b, given, shape);
  return TransposeOp::create(b,
                             RankedTensorType::get(shape, elementTypeOf(given)),
                             given, ArrayRef<int64_t>{0, 1, 3, 2});
}

Value FusedAttention::lower() {
  int64_t heads = a.keyHeads * a.group;
  keys = a.createCache(op.getPastKey(), op.getKey(), a.keySize);
  values = a.createCache(op.getPastValue(), op.getValue(), a.valueSize);
  mask = transposeMask();
  auto perHead = [&](int64_t size) {
    return a.isSplit ? SmallVector<int64_t>{a.batch, heads, a.queries, size}
                     : SmallVector<int64_t>{a.batch, a.queries, heads, size};
  };
  queries = {createReshape(b, op.getQuery(), perHead(a.keySize)),
             a.isSplit ? SmallVector<int64_t>{0, 1, 2, 3}
                       : SmallVector<int64_t>{0, 2, 1, 3}};

  Value empty = createEmpty(b, perHead(a.valueSize), a.element);
  auto indices = [&](ArrayRef<int64_t> values) {
    return getAsIndexOpFoldResult(b.getContext(), values);
  };
  auto loop = scf::ForallOp::create(b, indices({0, 0, 0}),
                                    indices({a.batch, heads, a.queries}),
                                    indices({1, 1, tile}), empty, std::nullopt);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    enterTile(loop.getInductionVars());
    scaledQueries = createQueries();
    Value result = createResult(overAllBlocks(createStart()));
    b.setInsertionPointToStart(loop.getTerminator().getBody());
    OpFoldResult one = b.getIndexAttr(1), zero = b.getIndexAttr(0),
                 size = b.getIndexAttr(a.valueSize);
    SmallVector<OpFoldResult> offsets = {batch, head, firstQuery, zero},
                              sizes = {one, one, rows, size}, strides(4, one);
    if (!a.isSplit) {
      std::swap(offsets[1], offsets[2]);
      std::swap(sizes[1], sizes[2]);
    }
    tensor::ParallelInsertSliceOp::create(
        b, result, loop.getRegionIterArgs().front(), offsets, sizes, strides);
  }
  return createReshape(b, loop.getResult(0), shapeOf(op.getResult()));
}

bool tenon::hasManyQueries(AttentionOp op) {
  ArrayRef<int64_t> query = shapeOf(op.getQuery());
  return query[query.size() == 4 ? 2 : 1] >= fewestQueries;
}

Value tenon::lowerFusedAttention(AttentionLowering lowering) {
  return FusedAttention(lowering).lower();
}
