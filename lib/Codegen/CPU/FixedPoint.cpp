//===- FixedPoint.cpp - Rows as digits of few bits ------------------------===//
//
// Processors multiply bytes four times as fast as f32, exactly. A number of f32
// has 24 bits; so has each here, counted from the largest of its block.
//
//===----------------------------------------------------------------------===//

#include "QuantizedTile.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace ::tenon;

/// Below it a block's unit would be no normal number.
static constexpr double smallestFitting = 0x1p-100;
/// How many times as large as the others are on average the largest number of a
/// block may be, so that these keep 16 bits or more.
static constexpr double largestOutlier = 256;

namespace {
class FixedPointRow {
public:
  FixedPointRow(ImplicitLocOpBuilder &b, Value x, const QuantizedShape &shape,
                const DigitForm &form)
      : b(b), x(x), shape(shape), form(form) {
    // Blocks and groups are whole vectors.
    lanes = std::gcd(std::gcd(shape.blockWords, shape.groupWords) * shape.steps,
                     mostLanes);
  }

  FixedPointRows create();

private:
  static constexpr int64_t mostLanes = 16;

  struct Unit {
    Value fits, unit, inverse;
  };

  Value read(Value row, Value input) {
    return createWidened(b, createVectorRead(b, x, {row, input}, lanes));
  }
  VectorType vectorOf(Type element) const {
    return VectorType::get({lanes}, element);
  }
  Value splat(Value scalar) {
    return vector::BroadcastOp::create(b, vectorOf(scalar.getType()), scalar);
  }
  Value inputOf(Value word) {
    return arith::MulIOp::create(b, word, createIndex(b, shape.steps));
  }

  Unit chooseUnit(Value row, const QuantizedBlock &block);
  Value sideBySide(Value digits);
  void addBlock(Value row, const QuantizedBlock &block,
                SmallVector<Value> &made);

  ImplicitLocOpBuilder &b;
  Value x;
  const QuantizedShape &shape;
  const DigitForm &form;
  int64_t lanes;
};
} // namespace

/// Of a block of a row.
FixedPointRow::Unit FixedPointRow::chooseUnit(Value row,
                                              const QuantizedBlock &block) {
  Type f32 = b.getF32Type();
  VectorType floats = vectorOf(f32);
  auto overMagnitudes =
      [&](llvm::function_ref<Value(Value magnitude, Value result)> body) {
        return createFor(b, inputOf(block.begin), inputOf(block.end), lanes,
                         createNumber(b, floats, 0),
                         [&](Value input, SmallVector<Value> &result) {
                           Value magnitude =
                               math::AbsFOp::create(b, read(row, input));
                           result[0] = body(magnitude, result[0]);
                         })
            .front();
      };
  // A NaN stays.
  Value largest = vector::ReductionOp::create(
      b, vector::CombiningKind::MAXIMUMF,
      overMagnitudes([&](Value magnitude, Value result) -> Value {
        return arith::MaximumFOp::create(b, result, magnitude);
      }));
  Value most = splat(largest);
  Value others = vector::ReductionOp::create(
      b, vector::CombiningKind::ADD,
      overMagnitudes([&](Value magnitude, Value result) -> Value {
        Value isOther = arith::CmpFOp::create(b, arith::CmpFPredicate::OLT,
                                              magnitude, most);
        return arith::AddFOp::create(
            b, result,
            arith::SelectOp::create(b, isOther, magnitude,
                                    createNumber(b, floats, 0)));
      }));
  auto number = [&](double value) { return createNumber(b, f32, value); };
  auto compare = [&](arith::CmpFPredicate predicate, Value left,
                     Value right) -> Value {
    return arith::CmpFOp::create(b, predicate, left, right);
  };
  Value isNumber = compare(arith::CmpFPredicate::OLE, largest,
                           number(std::numeric_limits<float>::max())),
        isLarge = compare(arith::CmpFPredicate::OGE, largest,
                          number(smallestFitting)),
        isZero = compare(arith::CmpFPredicate::OEQ, largest, number(0));
  double size = shape.blockWords * shape.steps;
  Value limit = arith::MulFOp::create(b, others, number(largestOutlier / size));
  Value isEven = arith::OrIOp::create(
      b, compare(arith::CmpFPredicate::OLE, largest, limit),
      compare(arith::CmpFPredicate::OLE, others, number(0)));
  Value isScaled = arith::AndIOp::create(
      b, arith::AndIOp::create(b, isNumber, isLarge), isEven);
  Value fits = arith::OrIOp::create(b, isScaled, isZero);
  Value fixed = number(form.largest());
  Value inverse = arith::SelectOp::create(
      b, isScaled, arith::DivFOp::create(b, fixed, largest), number(0));
  Value none = arith::SelectOp::create(
      b, compare(arith::CmpFPredicate::OLT, largest, number(smallestFitting)),
      number(std::numeric_limits<double>::infinity()),
      number(std::numeric_limits<double>::quiet_NaN()));
  Value unit = arith::SelectOp::create(
      b, fits, arith::DivFOp::create(b, largest, fixed), none);
  return {fits, unit, inverse};
}

/// Digits of neighbouring inputs in words: those of four in order, or those of
/// inputs 0 and 2 of four and then of 1 and 3, as words of i16 come of bytes.
Value FixedPointRow::sideBySide(Value digits) {
  Type i32 = b.getI32Type();
  auto words = VectorType::get({lanes / form.inputsOfWord}, i32);
  if (form.inputsOfWord == 4)
    return vector::BitCastOp::create(
        b, words, arith::TruncIOp::create(b, vectorOf(b.getI8Type()), digits));
  SmallVector<int64_t> first, second;
  for (int64_t lane = 0; lane < lanes; ++lane)
    (lane % 4 < 2 ? first : second).push_back(lane);
  auto select = [&](ArrayRef<int64_t> lanes) -> Value {
    return vector::ShuffleOp::create(b, digits, digits, lanes);
  };
  return arith::OrIOp::create(
      b,
      arith::AndIOp::create(b, select(first), createNumber(b, words, 0xffff)),
      arith::ShLIOp::create(b, select(second), createNumber(b, words, 16)));
}

/// Writes what is known of a block of a row into digits, starts and units,
/// which `made` are, and adds its sum to the group's, the last of them.
void FixedPointRow::addBlock(Value row, const QuantizedBlock &block,
                             SmallVector<Value> &made) {
  Type i32 = b.getI32Type(), f32 = b.getF32Type();
  VectorType integers = vectorOf(i32), floats = vectorOf(f32);
  int64_t base = 1 << form.bits;
  Unit unit = chooseUnit(row, block);
  // Each number rounded to a unit and to multiples of it; summed up.
  SmallVector<Value> state = {made[0]};
  state.append(form.count, createNumber(b, integers, 0));
  auto addDigits = [&](Value input, SmallVector<Value> &state) {
    Value number = arith::SelectOp::create(b, unit.fits, read(row, input),
                                           createNumber(b, floats, 0));
    number = arith::MulFOp::create(b, number, splat(unit.inverse));
    number = math::RoundEvenOp::create(b, number);
    Value rest = arith::FPToSIOp::create(b, integers, number);
    Value word =
        arith::DivUIOp::create(b, input, createIndex(b, form.inputsOfWord));
    for (int64_t digit = 0; digit < form.count; ++digit) {
      state[1 + digit] = arith::AddIOp::create(b, state[1 + digit], rest);
      Value next = arith::ShRSIOp::create(
          b,
          arith::AddIOp::create(b, rest, createNumber(b, integers, base / 2)),
          createNumber(b, integers, form.bits));
      Value own = arith::SubIOp::create(
          b, rest,
          arith::ShLIOp::create(b, next, createNumber(b, integers, form.bits)));
      state[0] = createVectorWrite(b, sideBySide(own), state[0],
                                   {row, createIndex(b, digit), word});
      rest = next;
    }
  };
  state = createFor(b, inputOf(block.begin), inputOf(block.end), lanes, state,
                    addDigits);
  made[0] = state[0];
  SmallVector<Value> sums;
  for (Value lanes : ArrayRef<Value>(state).drop_front())
    sums.push_back(
        vector::ReductionOp::create(b, vector::CombiningKind::ADD, lanes));
  for (int64_t digit = 0; digit < form.count; ++digit) {
    Value ofDigit = sums[digit];
    if (digit + 1 < form.count)
      ofDigit = arith::SubIOp::create(
          b, ofDigit,
          arith::MulIOp::create(b, sums[digit + 1],
                                createNumber(b, i32, base)));
    Value start =
        arith::MulIOp::create(b, ofDigit, createNumber(b, i32, -form.middle));
    made[1] = tensor::InsertOp::create(
        b, start, made[1],
        ValueRange{row, block.number, createIndex(b, digit)});
  }
  made[2] = tensor::InsertOp::create(b, unit.unit, made[2],
                                     ValueRange{row, block.number});
  Value total = arith::MulFOp::create(
      b, arith::SIToFPOp::create(b, f32, sums[0]), unit.unit);
  total = arith::SelectOp::create(b, unit.fits, total, createNumber(b, f32, 0));
  made[3] = arith::AddFOp::create(b, made[3], total);
}

FixedPointRows FixedPointRow::create() {
  Type i32 = b.getI32Type(), f32 = b.getF32Type();
  int64_t rows = shape.rows, blocks = shape.blocks();
  auto empty = [&](ArrayRef<int64_t> sizes, Type element) -> Value {
    return tensor::EmptyOp::create(b, sizes, element);
  };
  SmallVector<Value> made = {
      empty({rows, form.count, shape.words * shape.steps / form.inputsOfWord},
            i32),
      empty({rows, blocks, form.count}, i32), empty({rows, blocks}, f32),
      empty({rows, shape.groups}, f32)};
  auto addGroup = [&](Value row, Value group, SmallVector<Value> &made) {
    Value totals = made.back();
    made.back() = createNumber(b, f32, 0);
    made = createForBlocks(
        b, shape, group, made,
        [&](const QuantizedBlock &block, SmallVector<Value> &made) {
          addBlock(row, block, made);
        });
    made.back() = tensor::InsertOp::create(b, made.back(), totals,
                                           ValueRange{row, group});
  };
  made = createFor(b, createIndex(b, 0), createIndex(b, rows), 1, made,
                   [&](Value row, SmallVector<Value> &made) {
                     made = createFor(
                         b, createIndex(b, 0), createIndex(b, shape.groups), 1,
                         made, [&](Value group, SmallVector<Value> &made) {
                           addGroup(row, group, made);
                         });
                   });
  return {x, made[0], made[1], made[2], made[3]};
}

DigitForm::DigitForm(DigitProducts products, const QuantizedShape &shape)
    : products(products), middle(1 << (shape.bits - 1)) {
  // Bytes that are signed are as they are in words.
  if (products == DigitProducts::FourSignedBytes && shape.bits == 8)
    middle = 0;
  if (products != DigitProducts::WordPairs)
    return;
  count = 2;
  bits = 12;
  inputsOfWord = 2;
  middle = 0;
}

/// One less, since rounding may add a last place.
int64_t DigitForm::largest() const {
  int64_t ofDigit = (1 << (bits - 1)) - 1, result = 0;
  for (int64_t digit = 0; digit < count; ++digit)
    result = (result << bits) + ofDigit;
  return result - 1;
}

namespace tenon {

FixedPointRows createFixedPoint(ImplicitLocOpBuilder &b, Value x,
                                const QuantizedShape &shape,
                                const DigitForm &form) {
  return FixedPointRow(b, x, shape, form).create();
}

} // namespace tenon
