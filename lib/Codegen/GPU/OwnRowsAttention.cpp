//===- OwnRowsAttention.cpp - Attention with 16 rows for each warp --------===//
//
// Scores, sums and what is known of each row stay in registers: the scores'
// fragment is, once rounded, the first factor of the product with the values.
//
//===----------------------------------------------------------------------===//

#include "BlockAttention.h"
#include "MemoryVectors.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using ::tenon::AttentionRow;
using ::tenon::BlockAttention;
using ::tenon::fragmentSize;
using ::tenon::matrixSize;
using ::tenon::warpSize;

namespace {
/// What a thread holds of its two rows: sums of values, the largest score so
/// far, and its part of the sum of exponentials.
struct Held {
  SmallVector<Value> sums;
  Value largest[2], total[2];

  SmallVector<Value> all() const {
    SmallVector<Value> values = sums;
    values.append({largest[0], largest[1], total[0], total[1]});
    return values;
  }
  static Held of(ValueRange values) {
    Held held;
    held.sums = llvm::to_vector_of<Value>(values.drop_back(4));
    auto rest = values.take_back(4);
    for (int64_t row = 0; row < 2; ++row) {
      held.largest[row] = rest[row];
      held.total[row] = rest[2 + row];
    }
    return held;
  }
};

class OwnRowsAttention : public BlockAttention {
public:
  using BlockAttention::BlockAttention;

protected:
  void chooseSizes() override { tileRows = threads / warpSize * fragmentSize; }
  void beginTile() override;
  Values start() override;
  Values addKeys(ValueRange before, Value firstKey, Value slot) override;
  void store(ValueRange held) override;

private:
  Values loadQueries(int64_t step);
  Values createProducts(Value slot);
  Values hide(ArrayRef<Value> products, Value firstKey, ArrayRef<Value> masks);
  Held add(const Held &before, Value firstKey, Value slot,
           ArrayRef<Value> masks);
  Values addValues(Values sums, ArrayRef<Value> weights, Value seen,
                   Value slot);

  Value firstRow;
  std::array<AttentionRow, 2> rows;
  SmallVector<Values> queryFragments;
};
} // namespace

SmallVector<Value> OwnRowsAttention::loadQueries(int64_t step) {
  return ::tenon::loadFragments(b, lane, queries, index(0),
                                times(warp, fragmentSize), step,
                                /*isLhs=*/true);
}

void OwnRowsAttention::beginTile() {
  firstRow = plus(tileRow, times(warp, fragmentSize));
  rows = rowsAt(firstRow);
  queryFragments.clear();
  // A mask's numbers take these registers: then fragments are read as they are
  // needed.
  if (!hasMask())
    for (int64_t step = 0; step < key.size; step += fragmentSize)
      queryFragments.push_back(loadQueries(step));
}

SmallVector<Value> OwnRowsAttention::start() {
  Held held;
  held.sums.assign(value.size / matrixSize * 4, number(0));
  for (int64_t row = 0; row < 2; ++row) {
    held.largest[row] = lowest();
    held.total[row] = number(0);
  }
  return held.all();
}

/// Of 16 queries and the block's keys.
SmallVector<Value> OwnRowsAttention::createProducts(Value slot) {
  Values products(keysOfBlock / matrixSize * 4, number(0));
  for (int64_t step = 0; step < key.size; step += fragmentSize) {
    Values left =
        hasMask() ? loadQueries(step) : queryFragments[step / fragmentSize];
    for (int64_t first = 0; first < keysOfBlock; first += fragmentSize) {
      Values right = ::tenon::loadFragments(b, lane, keys, slot, index(first),
                                            step, /*isLhs=*/false);
      addProducts(left, right, &products[first / matrixSize * 4]);
    }
  }
  return products;
}

/// The scores, -inf where a query does not see the key. By their place alone
/// only the first and the last blocks have such keys.
SmallVector<Value> OwnRowsAttention::hide(ArrayRef<Value> products,
                                          Value firstKey,
                                          ArrayRef<Value> masks) {
  if (hasMask())
    return finishScores(products, rows, firstKey, masks, /*hides=*/true);
  Value first = plus(firstRow, offset), lastSeen = keyLength;
  if (isCausal())
    lastSeen = smaller(lastSeen, plus(first, 1));
  Value isPartly = less(lastSeen, plus(firstKey, keysOfBlock));
  if (op.getWindow())
    isPartly = either(
        isPartly, less(plus(firstKey, static_cast<int64_t>(*op.getWindow())),
                       plus(first, fragmentSize)));
  SmallVector<Type> types(products.size(), b.getF32Type());
  auto choice = scf::IfOp::create(b, types, isPartly, /*withElse=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(choice.thenBlock());
  scf::YieldOp::create(b, finishScores(products, rows, firstKey, {}, true));
  b.setInsertionPointToStart(choice.elseBlock());
  scf::YieldOp::create(b, finishScores(products, rows, firstKey, {}, false));
  return llvm::to_vector_of<Value>(choice.getResults());
}

/// The sums with the values of the block's keys, as these weigh them. `seen` is
/// null where staged values are those that some query sees.
SmallVector<Value> OwnRowsAttention::addValues(Values sums,
                                               ArrayRef<Value> weights,
                                               Value seen, Value slot) {
  for (int64_t step = 0; step < keysOfBlock; step += fragmentSize) {
    // Rounded weights of 16 keys are a first factor as they lie.
    ArrayRef<Value> own = weights.slice(step / matrixSize * 4, 8);
    Values left;
    for (int64_t pair = 0; pair < 8; pair += 2)
      left.push_back(roundPair(own[pair], own[pair + 1]));
    for (int64_t first = 0; first < value.size; first += fragmentSize) {
      Values right = ::tenon::loadFragments(b, lane, values, slot, index(first),
                                            step, /*isLhs=*/false);
      if (seen)
        right = withoutUnseen(right, seen, step / 4);
      addProducts(left, right, &sums[first / matrixSize * 4]);
    }
  }
  return sums;
}

Held OwnRowsAttention::add(const Held &before, Value firstKey, Value slot,
                           ArrayRef<Value> masks) {
  Values scores = hide(createProducts(slot), firstKey, masks);
  Value seen = hasMask() ? seenKeys(scores) : Value();
  Held held = before;
  Value factor[2], shift[2];
  for (int64_t row = 0; row < 2; ++row) {
    Value largest = lowest();
    for (size_t i = 0; i < scores.size(); ++i)
      if (static_cast<int64_t>(i) / 2 % 2 == row)
        largest = arith::MaxNumFOp::create(b, largest, scores[i]);
    largest = largestOf(overRow(largest, false));
    held.largest[row] =
        arith::MaxNumFOp::create(b, before.largest[row], largest);
    shift[row] = shiftOf(held.largest[row]);
    factor[row] = factorOf(before.largest[row], shift[row]);
    held.total[row] = arith::MulFOp::create(b, before.total[row], factor[row]);
  }
  for (auto [i, sum] : llvm::enumerate(held.sums))
    sum = arith::MulFOp::create(b, sum, factor[i / 2 % 2]);
  for (auto [i, score] : llvm::enumerate(scores)) {
    int64_t row = static_cast<int64_t>(i) / 2 % 2;
    score = powerOf(score, shift[row]);
    held.total[row] = arith::AddFOp::create(b, held.total[row], score);
  }
  held.sums = addValues(held.sums, scores, seen, slot);
  return held;
}

SmallVector<Value> OwnRowsAttention::addKeys(ValueRange before, Value firstKey,
                                             Value slot) {
  Held held = Held::of(before);
  if (!hasMask())
    return add(held, firstKey, slot, {}).all();
  Values masks = loadMask(rows, firstKey, keysOfBlock / matrixSize * 4);
  auto choice =
      scf::IfOp::create(b, before.getTypes(), isHidden(masks, held.largest),
                        /*withElse=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(choice.thenBlock());
  scf::YieldOp::create(b, before);
  b.setInsertionPointToStart(choice.elseBlock());
  scf::YieldOp::create(b, add(held, firstKey, slot, masks).all());
  return llvm::to_vector_of<Value>(choice.getResults());
}

/// The results of the warp's queries; zeros of one that sees no key.
void OwnRowsAttention::store(ValueRange values) {
  Held held = Held::of(values);
  for (int64_t row = 0; row < 2; ++row) {
    Value inverse = inverseOf(overRow(held.total[row], true));
    auto isThere =
        scf::IfOp::create(b, less(rows[row].number, index(rowCount)));
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(isThere.thenBlock());
    Value own = times(rest(lane, 4), 2);
    for (int64_t i = row * 2; i < static_cast<int64_t>(held.sums.size());
         i += 4) {
      Values pair;
      for (Value sum : ArrayRef(held.sums).slice(i, 2))
        pair.push_back(arith::TruncFOp::create(
            b, element, arith::MulFOp::create(b, sum, inverse)));
      ::tenon::storeVector(b, result.memref,
                           result.indices(b, batch, rows[row].head,
                                          rows[row].query,
                                          plus(own, i / 4 * matrixSize)),
                           pair);
    }
  }
}

namespace tenon {

std::unique_ptr<BlockAttention>
createOwnRowsAttention(func::FuncOp kernel, ::mlir::tenon::AttentionOp op,
                       int64_t threads) {
  return std::make_unique<OwnRowsAttention>(kernel, op, threads);
}

} // namespace tenon
