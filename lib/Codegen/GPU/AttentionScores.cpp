//===- AttentionScores.cpp - From products to exponentials ----------------===//
//
// What the lanes of a warp do with the scores that they hold: scale, softcap
// and masks, and the steps of softmax in powers of two.
//
//===----------------------------------------------------------------------===//

#include "BlockAttention.h"
#include "MemoryVectors.h"

#include "tenon/IR/Shapes.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <numbers>

using namespace mlir;
using ::tenon::AttentionRow;
using ::tenon::BlockAttention;

/// A number of a mask at or below which a key is hidden from rows that have a
/// score above the other: its weight is 0 even if scores differ by 1e29.
static constexpr double hidingMask = -1e30, seenScore = -1e29;

static Value exp2(ImplicitLocOpBuilder &b, Value x) {
  return math::Exp2Op::create(b, x, arith::FastMathFlags::afn);
}

Value BlockAttention::overLanes(Value value, ArrayRef<int64_t> distances,
                                llvm::function_ref<Value(Value, Value)> join) {
  for (int64_t distance : distances)
    value = join(value, gpu::ShuffleOp::create(b, value, distance, warpSize,
                                               gpu::ShuffleMode::XOR)
                            .getShuffleResult());
  return value;
}

Value BlockAttention::overRow(Value value, bool isSum) {
  return overLanes(value, {1, 2}, [&](Value left, Value right) -> Value {
    return isSum ? arith::AddFOp::create(b, left, right).getResult()
                 : arith::MaxNumFOp::create(b, left, right).getResult();
  });
}

AttentionRow BlockAttention::rowAt(Value number) {
  AttentionRow row;
  row.number = number;
  row.query = over(number, members);
  row.head = plus(firstHead, rest(number, members));
  row.position = plus(row.query, offset);
  return row;
}

std::array<AttentionRow, 2> BlockAttention::rowsAt(Value first) {
  Value own = plus(first, over(lane, 4));
  return {rowAt(own), rowAt(plus(own, matrixSize))};
}

Value BlockAttention::firstKeyOfLane(Value firstKey) {
  return plus(firstKey, times(rest(lane, 4), 2));
}

bool BlockAttention::areProducts() {
  bool addsMask =
      op.getMask() && isa<FloatType>(mlir::tenon::elementTypeOf(op.getMask()));
  // Hidden scores are -inf: a scale must leave them so.
  return !op.getSoftcap() && !addsMask && scale > 0;
}

SmallVector<Value> BlockAttention::loadMask(ArrayRef<AttentionRow> rows,
                                            Value firstKey, int64_t count) {
  SmallVector<Value> numbers;
  if (!mask)
    return numbers;
  auto type = cast<MemRefType>(mask.getType());
  ArrayRef<int64_t> shape = type.getShape();
  int64_t width = shape.back();
  Value own = firstKeyOfLane(firstKey);
  // Numbers of two neighbours share a register until they are used.
  int64_t together =
      width % 2 == 0 && isa<FloatType>(type.getElementType()) ? 2 : 1;
  for (int64_t i = 0; i < count; i += together) {
    const AttentionRow &row = rows[i / 2 % 2];
    Value place = plus(own, i / 4 * matrixSize + i % 2);
    SmallVector<Value> indices = {batch, row.head,
                                  smaller(row.query, index(query.length - 1)),
                                  smaller(place, index(width - together))};
    indices.erase(indices.begin(), indices.end() - shape.size());
    for (auto [axis, size] : llvm::enumerate(shape))
      if (size == 1)
        indices[axis] = index(0);
    llvm::append_range(numbers,
                       ::tenon::loadVector(b, mask, indices, together));
  }
  return numbers;
}

/// A number of a mask as it is added to scores.
static Value widen(ImplicitLocOpBuilder &b, Value shown) {
  if (shown.getType().isF32())
    return shown;
  return arith::ExtFOp::create(b, b.getF32Type(), shown);
}

Value BlockAttention::isHidden(ArrayRef<Value> masks, ArrayRef<Value> largest) {
  static constexpr int64_t allLanes[] = {1, 2, 4, 8, 16};
  if (masks.front().getType().isInteger(1)) {
    Value any = masks.front();
    for (Value one : masks.drop_front())
      any = either(any, one);
    any = arith::ExtUIOp::create(b, b.getI32Type(), any);
    any = overLanes(any, allLanes, [&](Value left, Value right) {
      return either(left, right);
    });
    return arith::CmpIOp::create(b, arith::CmpIPredicate::eq, any, integer(0));
  }
  auto most = [&](Value left, Value right) -> Value {
    return arith::MaximumFOp::create(b, left, right);
  };
  auto least = [&](Value left, Value right) -> Value {
    return arith::MinimumFOp::create(b, left, right);
  };
  auto compare = [&](arith::CmpFPredicate predicate, Value left, double right) {
    return arith::CmpFOp::create(b, predicate, left, number(right)).getResult();
  };
  Value highest = widen(b, masks.front()), lowestLargest = largest.front();
  for (Value one : masks.drop_front())
    highest = most(highest, widen(b, one));
  for (Value one : largest.drop_front())
    lowestLargest = least(lowestLargest, one);
  highest = overLanes(highest, allLanes, most);
  lowestLargest = overLanes(lowestLargest, allLanes, least);
  Value isFar = compare(arith::CmpFPredicate::OLE, highest, hidingMask),
        isSeen = compare(arith::CmpFPredicate::OGE, lowestLargest, seenScore);
  Value isInfinite =
      arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, highest, lowest());
  return either(isInfinite, both(isFar, isSeen));
}

SmallVector<Value> BlockAttention::finishScores(ArrayRef<Value> products,
                                                ArrayRef<AttentionRow> rows,
                                                Value firstKey,
                                                ArrayRef<Value> masks,
                                                bool hides) {
  Value own = firstKeyOfLane(firstKey);
  SmallVector<Value> scores;
  for (auto [i, product] : llvm::enumerate(products)) {
    Value score = product;
    const AttentionRow &row = rows[i / 2 % 2];
    if (op.getSoftcap()) {
      double cap = op.getSoftcap()->convertToDouble();
      Value ratio = arith::MulFOp::create(b, score, number(scale / cap));
      score =
          arith::MulFOp::create(b, number(cap), math::TanhOp::create(b, ratio));
    } else if (!areProducts()) {
      score = arith::MulFOp::create(b, score, number(scale));
    }
    Value isSeen;
    if (hides) {
      Value place = plus(own, static_cast<int64_t>(i) / 4 * matrixSize +
                                  static_cast<int64_t>(i) % 2);
      Value limit = keyLength;
      if (isCausal())
        limit = smaller(limit, plus(row.position, 1));
      isSeen = less(place, limit);
      if (op.getWindow())
        isSeen = both(isSeen,
                      less(row.position,
                           plus(place, static_cast<int64_t>(*op.getWindow()))));
    }
    if (!masks.empty()) {
      Value shown = masks[i];
      if (!shown.getType().isInteger(1)) {
        shown = widen(b, shown);
        score = arith::AddFOp::create(b, score, shown);
        shown = arith::CmpFOp::create(b, arith::CmpFPredicate::UNE, shown,
                                      lowest());
      }
      isSeen = isSeen ? both(isSeen, shown) : shown;
    }
    scores.push_back(isSeen ? choose(isSeen, score, lowest()) : score);
  }
  return scores;
}

Value BlockAttention::seenKeys(ArrayRef<Value> scores) {
  Value bits = integer(0);
  for (size_t i = 0; i < scores.size(); ++i) {
    if (i / 2 % 2 == 1)
      continue;
    auto isSeen = [&](Value score) -> Value {
      return arith::CmpFOp::create(b, arith::CmpFPredicate::UNE, score,
                                   lowest());
    };
    Value any = either(isSeen(scores[i]), isSeen(scores[i + 2]));
    bits = either(bits, choose(any, integer(int64_t(1) << (i / 4 * 2 + i % 2)),
                               integer(0)));
  }
  return overLanes(bits, {4, 8, 16}, [&](Value left, Value right) {
    return either(left, right);
  });
}

SmallVector<Value> BlockAttention::withoutUnseen(ArrayRef<Value> fragments,
                                                 Value seen, int64_t first) {
  // A register has two keys; every second one those eight further on.
  SmallVector<Value> kept;
  for (int64_t half = 0; half < 2; ++half) {
    Value all = integer(0);
    for (int64_t place = 0; place < 2; ++place) {
      Value bit = arith::AndIOp::create(
          b, seen, integer(int64_t(1) << (first + half * 2 + place)));
      Value isSeen =
          arith::CmpIOp::create(b, arith::CmpIPredicate::ne, bit, integer(0));
      all = either(all, choose(isSeen, integer(place ? 0xffff0000 : 0xffff),
                               integer(0)));
    }
    kept.push_back(all);
  }
  SmallVector<Value> result;
  for (auto [i, fragment] : llvm::enumerate(fragments))
    result.push_back(both(fragment, kept[i % 2]));
  return result;
}

Value BlockAttention::largestOf(Value score) {
  if (!areProducts())
    return score;
  return arith::MulFOp::create(b, score, number(scale * std::numbers::log2e));
}

Value BlockAttention::powerOf(Value score, Value shift) {
  if (areProducts())
    return exp2(b, math::FmaOp::create(b, score,
                                       number(scale * std::numbers::log2e),
                                       arith::NegFOp::create(b, shift)));
  // Sums with a large finite number must not overflow before the difference.
  Value difference = arith::SubFOp::create(b, score, shift);
  return exp2(
      b, arith::MulFOp::create(b, difference, number(std::numbers::log2e)));
}

Value BlockAttention::shiftOf(Value largest) {
  Value isEmpty =
      arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, largest, lowest());
  return choose(isEmpty, number(0), largest);
}

Value BlockAttention::factorOf(Value before, Value shift) {
  Value difference = arith::SubFOp::create(b, before, shift);
  if (!areProducts())
    difference =
        arith::MulFOp::create(b, difference, number(std::numbers::log2e));
  return exp2(b, difference);
}

Value BlockAttention::exponentOf(Value largest) {
  if (!areProducts())
    largest = arith::MulFOp::create(b, largest, number(std::numbers::log2e));
  return arith::MaxNumFOp::create(b, largest,
                                  number(std::numeric_limits<float>::lowest()));
}

Value BlockAttention::inverseOf(Value total) {
  Value isNone =
      arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, total, number(0));
  return choose(isNone, number(0), arith::DivFOp::create(b, number(1), total));
}

Value BlockAttention::roundPair(Value low, Value high) {
  Value pair = vector::FromElementsOp::create(
      b, VectorType::get({2}, element),
      ValueRange{arith::TruncFOp::create(b, element, low),
                 arith::TruncFOp::create(b, element, high)});
  Value bits =
      vector::BitCastOp::create(b, VectorType::get({1}, b.getI32Type()), pair);
  return vector::ExtractOp::create(b, bits, ArrayRef<int64_t>{0});
}
