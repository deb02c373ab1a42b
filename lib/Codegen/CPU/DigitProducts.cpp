//===- DigitProducts.cpp - Weights of few bits times digits ---------------===//

#include "ProcessorProducts.h"
#include "QuantizedTile.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace ::tenon;

/// Words whose products, in pairs of at most 2 * 15 * 128, an i16 can sum up.
static constexpr int64_t mostTogether = 4;

namespace {
class DigitSums {
public:
  DigitSums(QuantizedTile &tile, const FixedPointRows &x, const DigitForm &form)
      : tile(tile), x(x), form(form), b(tile.b), shape(tile.shape),
        sumType(tile.vectorOf(b.getI32Type())) {
    int64_t size = form.inputsOfWord;
    factorType =
        VectorType::get({size * shape.lanes}, b.getIntegerType(32 / size));
    if (form.products == DigitProducts::BytePairs)
      together =
          std::gcd(std::gcd(shape.blockWords, shape.groupWords), mostTogether);
  }

  SmallVector<Value> run();

private:
  /// Words of factors that a word of the weight becomes.
  int64_t parts() const { return shape.steps / form.inputsOfWord; }
  size_t numberOf(size_t v, size_t row, int64_t digit) const {
    return (v * tile.rows.size() + row) * form.count + digit;
  }
  Value factors(Value words) {
    return vector::BitCastOp::create(b, factorType, words);
  }
  Value add(Value left, Value right) {
    return arith::AddIOp::create(b, left, right);
  }

  SmallVector<Value> partsOf(Value words);
  Value digitsAt(Value row, int64_t digit, Value word, int64_t part);
  void addWord(Value word, SmallVector<Value> &sums);
  void addPairs(Value word, SmallVector<Value> &sums);
  SmallVector<Value> sumsOf(const QuantizedBlock &block);
  void addToRow(size_t row, Value group, const QuantizedBlock &block,
                ArrayRef<Value> products, SmallVector<Value> &state);
  SmallVector<Value> addProducts(size_t row, const QuantizedBlock &block,
                                 ArrayRef<Value> products,
                                 ArrayRef<Value> ofGroup);
  SmallVector<Value> addFloats(size_t row, Value group,
                               const QuantizedBlock &block, Value unit,
                               ArrayRef<Value> sums);

  QuantizedTile &tile;
  const FixedPointRows &x;
  const DigitForm &form;
  ImplicitLocOpBuilder &b;
  const QuantizedShape &shape;
  VectorType sumType, factorType;
  /// Words of a step of the loop.
  int64_t together = 1;
};
} // namespace

/// The integers plus `middle`: of 4 bits the bytes' lower halves and the upper
/// ones, of 8 bits bytes, or as words those of inputs 0 and 2 and of 1 and 3.
SmallVector<Value> DigitSums::partsOf(Value words) {
  auto constant = [&](uint32_t value) {
    return createNumber(b, sumType, static_cast<int32_t>(value));
  };
  if (form.products == DigitProducts::WordPairs) {
    Value eight = createNumber(b, factorType, 8), second = factors(words);
    Value first = arith::ShRSIOp::create(
        b, arith::ShLIOp::create(b, second, eight), eight);
    return {first, arith::ShRSIOp::create(b, second, eight)};
  }
  if (shape.bits == 8 && form.middle == 0)
    return {factors(words)};
  if (shape.bits == 8)
    return {factors(arith::XOrIOp::create(b, words, constant(0x80808080)))};
  words = arith::XOrIOp::create(b, words, constant(0x88888888));
  Value half = constant(0x0f0f0f0f);
  Value upper = arith::ShRUIOp::create(b, words, constant(4));
  return {factors(arith::AndIOp::create(b, words, half)),
          factors(arith::AndIOp::create(b, upper, half))};
}

/// A digit of each of the inputs of a part of a word, in every lane.
Value DigitSums::digitsAt(Value row, int64_t digit, Value word, int64_t part) {
  Value place = arith::AddIOp::create(
      b, arith::MulIOp::create(b, word, createIndex(b, parts())),
      createIndex(b, part));
  return factors(createSplat(b, x.digits, {row, createIndex(b, digit), place},
                             shape.lanes));
}

/// Adds the products of a word to `sums` (numberOf); nothing is a sum yet where
/// they are of pairs of bytes.
void DigitSums::addWord(Value word, SmallVector<Value> &sums) {
  Location loc = b.getLoc();
  auto product = [&](Value sum, Value left, Value right) {
    switch (form.products) {
    case DigitProducts::FourBytes:
      return addByteProducts(b, loc, /*isArm=*/false, sum, left, right);
    case DigitProducts::FourSignedBytes:
      return addSignedByteProducts(b, loc, sum, left, right);
    case DigitProducts::WordPairs:
      return add(sum, createWordProducts(b, loc, left, right));
    default:
      Value pair = createBytePairProducts(b, loc, left, right);
      return sum ? add(sum, pair) : pair;
    }
  };
  for (size_t v = 0; v < tile.panels.size(); ++v)
    for (auto [part, integers] :
         llvm::enumerate(partsOf(tile.readWords(v, word))))
      for (auto [r, row] : llvm::enumerate(tile.rows))
        for (int64_t digit = 0; digit < form.count; ++digit) {
          Value &sum = sums[numberOf(v, r, digit)];
          sum = product(sum, integers, digitsAt(row, digit, word, part));
        }
}

/// Adds the products of `together` words, of pairs of bytes, to the sums.
void DigitSums::addPairs(Value word, SmallVector<Value> &sums) {
  SmallVector<Value> pairs(sums.size());
  for (int64_t i = 0; i < together; ++i)
    addWord(add(word, createIndex(b, i)), pairs);
  Value ones = createNumber(b, cast<VectorType>(pairs.front().getType()), 1);
  for (auto [sum, pair] : llvm::zip(sums, pairs))
    sum = add(sum, createWordProducts(b, b.getLoc(), pair, ones));
}

/// The sums of a block's products.
SmallVector<Value> DigitSums::sumsOf(const QuantizedBlock &block) {
  SmallVector<Value> starts;
  for (Value row : tile.rows)
    for (int64_t digit = 0; digit < form.count; ++digit)
      starts.push_back(createSplat(b, x.starts,
                                   {row, block.number, createIndex(b, digit)},
                                   shape.lanes));
  SmallVector<Value> sums;
  for (size_t v = 0; v < tile.panels.size(); ++v)
    llvm::append_range(sums, starts);
  return createFor(b, block.begin, block.end, together, sums,
                   [&](Value word, SmallVector<Value> &sums) {
                     if (form.products == DigitProducts::BytePairs)
                       addPairs(word, sums);
                     else
                       addWord(word, sums);
                   });
}

/// The sums of a group in one row, with a block that fits.
SmallVector<Value> DigitSums::addProducts(size_t row,
                                          const QuantizedBlock &block,
                                          ArrayRef<Value> products,
                                          ArrayRef<Value> ofGroup) {
  VectorType floats = tile.vectorOf(b.getF32Type());
  auto toFloats = [&](Value integers) -> Value {
    return arith::SIToFPOp::create(b, floats, integers);
  };
  Value unit =
      createSplat(b, x.units, {tile.rows[row], block.number}, shape.lanes);
  SmallVector<Value> result;
  for (size_t v = 0; v < tile.panels.size(); ++v) {
    auto digit = [&](int64_t digit) {
      return products[numberOf(v, row, digit)];
    };
    // The lower ones are an i32 together.
    Value low = digit(0);
    for (int64_t i = 1; i + 1 < form.count; ++i)
      low = add(low, arith::ShLIOp::create(
                         b, digit(i), createNumber(b, sumType, i * form.bits)));
    int64_t last = form.count - 1;
    Value sum = vector::FMAOp::create(
        b, toFloats(digit(last)),
        createNumber(b, floats, 1 << (last * form.bits)), toFloats(low));
    result.push_back(vector::FMAOp::create(b, sum, unit, ofGroup[v]));
  }
  return result;
}

/// The sums of one row, with a block that has no `unit`: input by input, so
/// that an infinity meets the numbers that the weight stands for. Small numbers
/// are made larger meanwhile.
SmallVector<Value> DigitSums::addFloats(size_t row, Value group,
                                        const QuantizedBlock &block, Value unit,
                                        ArrayRef<Value> sums) {
  Type f32 = b.getF32Type();
  VectorType floats = tile.vectorOf(f32);
  auto number = [&](double value) { return createNumber(b, f32, value); };
  Value isSmall =
      arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, unit,
                            number(std::numeric_limits<double>::infinity()));
  auto ifSmall = [&](double value) -> Value {
    return vector::BroadcastOp::create(
        b, floats,
        arith::SelectOp::create(b, isSmall, number(value), number(1)));
  };
  Value up = ifSmall(0x1p64), down = ifSmall(0x1p-64);
  SmallVector<Value> ofBlock(sums.size(), createNumber(b, floats, 0));
  auto addStep = [&](Value word, ArrayRef<Value> words, Value step,
                     SmallVector<Value> &ofBlock) {
    Value input = arith::AddIOp::create(
        b, arith::MulIOp::create(b, word, createIndex(b, shape.steps)), step);
    Value factor = createWidened(
        b, createSplat(b, x.x, {tile.rows[row], input}, shape.lanes));
    factor = arith::MulFOp::create(b, factor, up);
    for (size_t v = 0; v < tile.panels.size(); ++v) {
      Value weight = arith::MulFOp::create(
          b, tile.createNumbers(words[v], step), tile.readScale(v, group));
      if (tile.op.getOffset())
        weight = arith::SubFOp::create(b, weight, tile.readOffset(v, group));
      ofBlock[v] = vector::FMAOp::create(b, factor, weight, ofBlock[v]);
    }
  };
  ofBlock =
      createFor(b, block.begin, block.end, 1, ofBlock,
                [&](Value word, SmallVector<Value> &ofBlock) {
                  SmallVector<Value> words;
                  for (size_t v = 0; v < tile.panels.size(); ++v)
                    words.push_back(tile.readWords(v, word));
                  ofBlock = createFor(
                      b, createIndex(b, 0), createIndex(b, shape.steps), 1,
                      ofBlock, [&](Value step, SmallVector<Value> &ofBlock) {
                        addStep(word, words, step, ofBlock);
                      });
                });
  for (auto [own, sum] : llvm::zip(ofBlock, sums))
    own = vector::FMAOp::create(b, own, down, sum);
  return ofBlock;
}

/// Adds a block to the sums of one row or, where it fits, to those of the
/// group: `state` is all of the former, then of the latter.
void DigitSums::addToRow(size_t row, Value group, const QuantizedBlock &block,
                         ArrayRef<Value> products, SmallVector<Value> &state) {
  SmallVector<Value> sums, ofGroup;
  auto number = [&](size_t v) { return v * tile.rows.size() + row; };
  for (size_t v = 0; v < tile.panels.size(); ++v) {
    sums.push_back(state[number(v)]);
    ofGroup.push_back(state[tile.count() + number(v)]);
  }
  Value unit = tensor::ExtractOp::create(
      b, x.units, ValueRange{tile.rows[row], block.number});
  Value fits = arith::CmpFOp::create(
      b, arith::CmpFPredicate::OLT, unit,
      createNumber(b, b.getF32Type(), std::numeric_limits<double>::infinity()));
  auto yield = [&](SmallVector<Value> sums, ArrayRef<Value> ofGroup) {
    llvm::append_range(sums, ofGroup);
    scf::YieldOp::create(b, sums);
  };
  auto choice = scf::IfOp::create(
      b, fits,
      [&](OpBuilder &, Location) {
        yield(sums, addProducts(row, block, products, ofGroup));
      },
      [&](OpBuilder &, Location) {
        yield(addFloats(row, group, block, unit, sums), ofGroup);
      });
  for (size_t v = 0; v < tile.panels.size(); ++v) {
    state[number(v)] = choice.getResult(v);
    state[tile.count() + number(v)] = choice.getResult(tile.panels.size() + v);
  }
}

SmallVector<Value> DigitSums::run() {
  Value zero = createNumber(b, tile.vectorOf(b.getF32Type()), 0);
  SmallVector<Value> zeros(tile.count(), zero);
  return createFor(
      b, createIndex(b, 0), createIndex(b, shape.groups), 1, zeros,
      [&](Value group, SmallVector<Value> &sums) {
        SmallVector<Value> state(sums);
        llvm::append_range(state, zeros);
        state = createForBlocks(
            b, shape, group, state,
            [&](const QuantizedBlock &block, SmallVector<Value> &state) {
              SmallVector<Value> products = sumsOf(block);
              for (size_t row = 0; row < tile.rows.size(); ++row)
                addToRow(row, group, block, products, state);
            });
        ArrayRef<Value> all(state);
        sums.assign(all.begin(), all.begin() + tile.count());
        tile.addGroup(group, all.drop_front(tile.count()), x.totals, sums);
      });
}

namespace tenon {

SmallVector<Value> sumDigits(QuantizedTile &tile, const FixedPointRows &x,
                             const DigitForm &form) {
  return DigitSums(tile, x, form).run();
}

} // namespace tenon
