//===- SharedRowsAttention.cpp - Attention with rows shared by warps ------===//
//
// Of few queries the heads that read one key head are rows of one tile, so that
// keys and values are read once for all of them. A warp has the scores of 16
// rows and 16 keys, or of several such units, and sums of some columns of the
// values for all rows. Between them stand the largest scores, the weights and
// their sums, in shared memory; what is known of a row is known to every warp.
//
//===----------------------------------------------------------------------===//

#include "BlockAttention.h"
#include "MemoryVectors.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using ::tenon::AttentionRow;
using ::tenon::BlockAttention;
using ::tenon::fragmentSize;
using ::tenon::matrixSize;
using ::tenon::StagedFactor;
using ::tenon::warpSize;

/// Heads beyond this size have half as many keys in a block, for the sake of
/// shared memory.
static constexpr int64_t largestSmallSize = 128, keysOfLargeHeads = 32;
/// Tiles of 16 rows for which a thread holds sums, as far as its registers
/// reach for these; one more where fragments of values and keys are of one
/// buffer, whose addresses take fewer.
static constexpr int64_t mostRowTiles = 3, mostRowTilesOfLatents = 4,
                         mostSums = 128;
static constexpr int64_t sumsOfUnit = 8;

namespace {
/// What a thread holds: sums of its columns for two rows of each tile of 16
/// rows, the largest scores of these rows and the sums of their exponentials.
struct Held {
  SmallVector<Value> sums, largest, total;

  SmallVector<Value> all() const {
    SmallVector<Value> values = sums;
    llvm::append_range(values, largest);
    llvm::append_range(values, total);
    return values;
  }
  static Held of(ValueRange values, int64_t rows) {
    Held held;
    held.sums = llvm::to_vector_of<Value>(values.drop_back(2 * rows));
    held.largest =
        llvm::to_vector_of<Value>(values.take_back(2 * rows).drop_back(rows));
    held.total = llvm::to_vector_of<Value>(values.take_back(rows));
    return held;
  }
};

/// 16 rows by 16 keys of which a warp has the scores.
struct ScoreUnit {
  Value isThere; ///< null where it always is
  Value rowTile, firstRow, firstKey, keyNumber;
  SmallVector<Value> scores;
};

class SharedRowsAttention : public BlockAttention {
public:
  SharedRowsAttention(func::FuncOp kernel, mlir::tenon::AttentionOp op,
                      int64_t threads, int64_t sharedBytes)
      : BlockAttention(kernel, op, threads), sharedBytes(sharedBytes),
        warps(threads / warpSize) {}

protected:
  void chooseSizes() override;
  void allocate() override;
  Values start() override;
  Values addKeys(ValueRange before, Value firstKey, Value slot) override;
  void store(ValueRange held) override;

private:
  int64_t bytesOf(int64_t tiles) const;
  ScoreUnit unitAt(int64_t number);
  void createScores(ScoreUnit &unit, Value firstKey, Value slot);
  void publishLargest(const ScoreUnit &unit);
  void publishWeights(const ScoreUnit &unit, ArrayRef<Value> shifts);
  void ifThere(Value condition, llvm::function_ref<void()> body);
  Value pick(ArrayRef<Value> ofTiles, Value tile, int64_t half);
  Value overKeyUnits(Value numbers, int64_t tile, int64_t half, bool isSum);
  void addValues(Held &held, Value slot);
  Value columnUnit(int64_t number) { return plus(warp, number * warps); }
  Value laneRow() { return over(lane, 4); }

  int64_t sharedBytes, warps;
  int64_t rowTiles = 1, keyUnits = 1, columnUnits = 1;
  StagedFactor weights;
  /// [key units, rows] and, where there is a mask, [key units, tiles of rows,
  /// 4]: the keys that some row of a unit sees.
  Value largestOfUnits, totalOfUnits, seenOfUnits;
};
} // namespace

int64_t SharedRowsAttention::bytesOf(int64_t tiles) const {
  static constexpr int64_t room = 8, grain = 1024, slots = 2;
  auto padded = [](int64_t numbers, int64_t bytes) {
    return static_cast<int64_t>(llvm::alignTo(numbers * bytes, grain));
  };
  int64_t rows = tiles * fragmentSize, units = keysOfBlock / fragmentSize;
  return padded(rows * (key.size + room), 2) +
         padded(slots * keysOfBlock * (key.size + room), 2) +
         (hasValuesInKeys
              ? 0
              : padded(slots * keysOfBlock * (value.size + room), 2)) +
         padded(rows * (keysOfBlock + room), 2) + 2 * padded(units * rows, 4) +
         padded(units * tiles * 4, 4);
}

void SharedRowsAttention::chooseSizes() {
  if (std::max(key.size, value.size) > largestSmallSize)
    keysOfBlock = keysOfLargeHeads;
  keyUnits = keysOfBlock / fragmentSize;
  columnUnits = llvm::divideCeil(value.size / fragmentSize, warps);
  int64_t most = std::clamp<int64_t>(mostSums / sumsOfUnit / columnUnits, 1,
                                     hasValuesInKeys ? mostRowTilesOfLatents
                                                     : mostRowTiles),
          all = llvm::divideCeil(rowCount, fragmentSize);
  // As many blocks as it takes, all of them alike.
  rowTiles = llvm::divideCeil(all, llvm::divideCeil(all, most));
  while (rowTiles > 1 && bytesOf(rowTiles) > sharedBytes)
    --rowTiles;
  tileRows = rowTiles * fragmentSize;
}

void SharedRowsAttention::allocate() {
  static constexpr int64_t room = 8;
  weights.extent = tileRows;
  weights.depth = keysOfBlock;
  weights.buffer = sharedMemory({1, tileRows, keysOfBlock + room}, element);
  largestOfUnits = sharedMemory({keyUnits, tileRows}, b.getF32Type());
  totalOfUnits = sharedMemory({keyUnits, tileRows}, b.getF32Type());
  if (hasMask())
    seenOfUnits = sharedMemory({keyUnits, rowTiles, 4}, b.getI32Type());
}

SmallVector<Value> SharedRowsAttention::start() {
  Held held;
  held.sums.assign(rowTiles * columnUnits * sumsOfUnit, number(0));
  held.largest.assign(rowTiles * 2, lowest());
  held.total.assign(rowTiles * 2, number(0));
  return held.all();
}

void SharedRowsAttention::ifThere(Value condition,
                                  llvm::function_ref<void()> body) {
  OpBuilder::InsertionGuard guard(b);
  if (condition)
    b.setInsertionPointToStart(scf::IfOp::create(b, condition).thenBlock());
  body();
}

/// The warp's unit `number`. One that is not there is another warp's, and its
/// scores are nobody's.
ScoreUnit SharedRowsAttention::unitAt(int64_t number) {
  ScoreUnit unit;
  int64_t all = rowTiles * keyUnits;
  Value own = plus(warp, number * warps);
  if ((number + 1) * warps > all) {
    unit.isThere = less(own, index(all));
    own = rest(own, all);
  }
  unit.rowTile = rest(own, rowTiles);
  unit.keyNumber = over(own, rowTiles);
  unit.firstRow = times(unit.rowTile, fragmentSize);
  unit.firstKey = times(unit.keyNumber, fragmentSize);
  return unit;
}

void SharedRowsAttention::createScores(ScoreUnit &unit, Value firstKey,
                                       Value slot) {
  Values products(sumsOfUnit, number(0));
  for (int64_t step = 0; step < key.size; step += fragmentSize) {
    Values left = ::tenon::loadFragments(b, lane, queries, index(0),
                                         unit.firstRow, step, /*isLhs=*/true);
    Values right = ::tenon::loadFragments(b, lane, keys, slot, unit.firstKey,
                                          step, /*isLhs=*/false);
    addProducts(left, right, products.data());
  }
  std::array<AttentionRow, 2> rows = rowsAt(plus(tileRow, unit.firstRow));
  Value first = plus(firstKey, unit.firstKey);
  unit.scores = finishScores(products, rows, first,
                             loadMask(rows, first, sumsOfUnit), /*hides=*/true);
}

/// The largest score of each of the unit's rows, and which keys they see.
void SharedRowsAttention::publishLargest(const ScoreUnit &unit) {
  Value largest[2];
  for (int64_t half = 0; half < 2; ++half) {
    ArrayRef<Value> own = ArrayRef(unit.scores).drop_front(half * 2);
    largest[half] = arith::MaxNumFOp::create(b, own[0], own[1]);
    for (int64_t i : {4, 5})
      largest[half] = arith::MaxNumFOp::create(b, largest[half], own[i]);
    largest[half] = largestOf(overRow(largest[half], false));
  }
  Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::eq,
                                        rest(lane, 4), index(0));
  ifThere(unit.isThere ? both(unit.isThere, isFirst) : isFirst, [&] {
    Value row = plus(unit.firstRow, laneRow());
    for (int64_t half = 0; half < 2; ++half)
      memref::StoreOp::create(
          b, largest[half], largestOfUnits,
          ValueRange{unit.keyNumber, plus(row, half * matrixSize)});
  });
  if (!hasMask())
    return;
  Value seen = seenKeys(unit.scores);
  Value isOne = less(lane, index(4));
  ifThere(unit.isThere ? both(unit.isThere, isOne) : isOne, [&] {
    memref::StoreOp::create(b, seen, seenOfUnits,
                            ValueRange{unit.keyNumber, unit.rowTile, lane});
  });
}

/// Of a number for each half of each tile of rows that of tile `tile`.
Value SharedRowsAttention::pick(ArrayRef<Value> ofTiles, Value tile,
                                int64_t half) {
  Value picked = ofTiles[half];
  for (int64_t other = 1; other < rowTiles; ++other) {
    Value isOther =
        arith::CmpIOp::create(b, arith::CmpIPredicate::eq, tile, index(other));
    picked = choose(isOther, ofTiles[other * 2 + half], picked);
  }
  return picked;
}

/// The unit's rounded weights and their sums.
void SharedRowsAttention::publishWeights(const ScoreUnit &unit,
                                         ArrayRef<Value> shifts) {
  Value pair = plus(unit.firstKey, times(rest(lane, 4), 2));
  Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::eq,
                                        rest(lane, 4), index(0));
  for (int64_t half = 0; half < 2; ++half) {
    Value shift = pick(shifts, unit.rowTile, half), total;
    Value row = plus(plus(unit.firstRow, laneRow()), half * matrixSize);
    SmallVector<Value> powers;
    for (int64_t i : {0, 1, 4, 5}) {
      powers.push_back(powerOf(unit.scores[half * 2 + i], shift));
      total = total ? arith::AddFOp::create(b, total, powers.back()).getResult()
                    : powers.back();
    }
    total = overRow(total, true);
    ifThere(unit.isThere, [&] {
      for (int64_t next = 0; next < 2; ++next) {
        Values rounded;
        for (Value power : ArrayRef(powers).slice(next * 2, 2))
          rounded.push_back(arith::TruncFOp::create(b, element, power));
        ::tenon::storeVector(b, weights.buffer,
                             {index(0), row, plus(pair, next * matrixSize)},
                             rounded);
      }
    });
    ifThere(unit.isThere ? both(unit.isThere, isFirst) : isFirst, [&] {
      memref::StoreOp::create(b, total, totalOfUnits,
                              ValueRange{unit.keyNumber, row});
    });
  }
}

/// The largest or the sum of what the units have of the thread's row.
Value SharedRowsAttention::overKeyUnits(Value numbers, int64_t tile,
                                        int64_t half, bool isSum) {
  Value all;
  Value row = plus(laneRow(), tile * fragmentSize + half * matrixSize);
  for (int64_t unit = 0; unit < keyUnits; ++unit) {
    Value one =
        memref::LoadOp::create(b, numbers, ValueRange{index(unit), row});
    if (!all)
      all = one;
    else
      all = isSum ? arith::AddFOp::create(b, all, one).getResult()
                  : arith::MaxNumFOp::create(b, all, one).getResult();
  }
  return all;
}

void SharedRowsAttention::addValues(Held &held, Value slot) {
  int64_t all = value.size / fragmentSize;
  for (int64_t unit = 0; unit < keyUnits; ++unit) {
    int64_t step = unit * fragmentSize;
    SmallVector<Values> left;
    Value seen;
    for (int64_t tile = 0; tile < rowTiles; ++tile) {
      left.push_back(::tenon::loadFragments(b, lane, weights, index(0),
                                            index(tile * fragmentSize), step,
                                            /*isLhs=*/true));
      if (!hasMask())
        continue;
      Value own = memref::LoadOp::create(
          b, seenOfUnits, ValueRange{index(unit), index(tile), rest(lane, 4)});
      seen = seen ? either(seen, own) : own;
    }
    for (int64_t number = 0; number < columnUnits; ++number) {
      // Columns that are not there are computed as others, and not stored.
      Value column = columnUnit(number);
      if ((number + 1) * warps > all)
        column = rest(column, all);
      Values right = ::tenon::loadFragments(b, lane, values, slot,
                                            times(column, fragmentSize), step,
                                            /*isLhs=*/false);
      if (seen)
        right = withoutUnseen(right, seen, 0);
      for (int64_t tile = 0; tile < rowTiles; ++tile)
        addProducts(left[tile], right,
                    &held.sums[(tile * columnUnits + number) * sumsOfUnit]);
    }
  }
}

SmallVector<Value> SharedRowsAttention::addKeys(ValueRange before,
                                                Value firstKey, Value slot) {
  Held held = Held::of(before, rowTiles * 2);
  int64_t count = llvm::divideCeil(rowTiles * keyUnits, warps);
  SmallVector<ScoreUnit> units;
  for (int64_t number = 0; number < count; ++number) {
    units.push_back(unitAt(number));
    createScores(units.back(), firstKey, slot);
    publishLargest(units.back());
  }
  gpu::BarrierOp::create(b);
  Values shifts, factors;
  for (int64_t tile = 0; tile < rowTiles; ++tile)
    for (int64_t half = 0; half < 2; ++half) {
      Value &largest = held.largest[tile * 2 + half];
      Value now = arith::MaxNumFOp::create(
          b, largest, overKeyUnits(largestOfUnits, tile, half, false));
      shifts.push_back(shiftOf(now));
      factors.push_back(factorOf(largest, shifts.back()));
      largest = now;
    }
  for (const ScoreUnit &unit : units)
    publishWeights(unit, shifts);
  gpu::BarrierOp::create(b);
  for (int64_t tile = 0; tile < rowTiles; ++tile)
    for (int64_t half = 0; half < 2; ++half) {
      int64_t row = tile * 2 + half;
      held.total[row] =
          math::FmaOp::create(b, held.total[row], factors[row],
                              overKeyUnits(totalOfUnits, tile, half, true));
    }
  int64_t ofTile = columnUnits * sumsOfUnit;
  for (auto [i, sum] : llvm::enumerate(held.sums))
    sum = arith::MulFOp::create(b, sum, factors[i / ofTile * 2 + i / 2 % 2]);
  addValues(held, slot);
  return held.all();
}

void SharedRowsAttention::store(ValueRange values) {
  Held held = Held::of(values, rowTiles * 2);
  int64_t all = value.size / fragmentSize;
  bool isPart = op.getSplits().has_value();
  Value isWriter = arith::CmpIOp::create(b, arith::CmpIPredicate::slt, thread,
                                         index(warpSize));
  for (int64_t tile = 0; tile < rowTiles; ++tile) {
    std::array<AttentionRow, 2> rows =
        rowsAt(plus(tileRow, tile * fragmentSize));
    for (int64_t half = 0; half < 2; ++half) {
      const AttentionRow &row = rows[half];
      Value inverse = isPart ? Value() : inverseOf(held.total[tile * 2 + half]);
      Value rowOfHead = plus(
          times(arith::SubIOp::create(b, row.head, firstHead), query.length),
          row.query);
      ifThere(less(row.number, index(rowCount)), [&] {
        for (int64_t number = 0; number < columnUnits; ++number) {
          Value column = columnUnit(number), isThere;
          if ((number + 1) * warps > all)
            isThere = less(column, index(all));
          ifThere(isThere, [&] {
            Value first =
                plus(times(column, fragmentSize), times(rest(lane, 4), 2));
            for (int64_t next = 0; next < 2; ++next) {
              int64_t at = (tile * columnUnits + number) * sumsOfUnit +
                           next * 4 + half * 2;
              Value place = plus(first, next * matrixSize);
              Values pair(ArrayRef(held.sums).slice(at, 2));
              if (isPart) {
                ::tenon::storeVector(b, result.memref,
                                     {batch, keyHead, split, rowOfHead, place},
                                     pair);
                continue;
              }
              for (Value &sum : pair)
                sum = arith::TruncFOp::create(
                    b, element, arith::MulFOp::create(b, sum, inverse));
              ::tenon::storeVector(
                  b, result.memref,
                  result.indices(b, batch, row.head, row.query, place), pair);
            }
          });
        }
        if (!largestAndTotal)
          return;
        Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::eq,
                                              rest(lane, 4), index(0));
        ifThere(both(isWriter, isFirst), [&] {
          ::tenon::storeVector(b, largestAndTotal,
                               {batch, keyHead, split, rowOfHead, index(0)},
                               {exponentOf(held.largest[tile * 2 + half]),
                                held.total[tile * 2 + half]});
        });
      });
    }
  }
}

namespace tenon {

std::unique_ptr<BlockAttention>
createSharedRowsAttention(func::FuncOp kernel, ::mlir::tenon::AttentionOp op,
                          int64_t threads, int64_t sharedBytes) {
  return std::make_unique<SharedRowsAttention>(kernel, op, threads,
                                               sharedBytes);
}

} // namespace tenon
