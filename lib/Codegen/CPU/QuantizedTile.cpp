//===- QuantizedTile.cpp - Sums over weights of few bits in f32 -----------===//

#include "QuantizedTile.h"

#include "tenon/IR/QuantizedWords.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using mlir::tenon::QuantizedLinearOp;
using mlir::tenon::shapeOf;
using namespace ::tenon;

/// Inputs of a block, at most: the sum of so many numbers of 24 bits is an i32,
/// and so is 256 times that of products of bytes.
static constexpr int64_t mostSteps = 128;
/// Sums in flight that hide their latency.
static constexpr size_t wantedSums = 8;

QuantizedShape::QuantizedShape(QuantizedLinearOp op, int64_t mostLanes)
    : bits(op.getBits()), rows(shapeOf(op.getInput())[0]),
      panels(shapeOf(op.getScale())[0]), width(shapeOf(op.getScale())[2]),
      groups(shapeOf(op.getScale())[1]), steps(op.getInputsOfElement()),
      words(shapeOf(op.getWeight())[1]), groupWords(words / groups) {
  lanes = std::gcd(width, mostLanes);
  // Of equal size, or nearly so.
  int64_t most = mostSteps / steps;
  blocksOfGroup = llvm::divideCeil(groupWords, most);
  blockWords = llvm::divideCeil(groupWords, blocksOfGroup);
  for (int64_t size = blockWords; size > blockWords / 2; --size)
    if (groupWords % size == 0) {
      blockWords = size;
      break;
    }
  blocksOfGroup = llvm::divideCeil(groupWords, blockWords);
}

namespace tenon {

SmallVector<Value> createFor(ImplicitLocOpBuilder &b, Value begin, Value end,
                             int64_t step, ValueRange start, LoopBody body) {
  auto loop = scf::ForOp::create(b, begin, end, createIndex(b, step), start);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  auto values = llvm::to_vector_of<Value>(loop.getRegionIterArgs());
  body(loop.getInductionVar(), values);
  scf::YieldOp::create(b, values);
  return SmallVector<Value>(loop.getResults());
}

SmallVector<Value> createForBlocks(ImplicitLocOpBuilder &b,
                                   const QuantizedShape &shape, Value group,
                                   ValueRange start, BlockBody body) {
  auto index = [&](int64_t value) { return createIndex(b, value); };
  auto times = [&](Value value, int64_t factor) {
    return b.createOrFold<arith::MulIOp>(value, index(factor));
  };
  auto plus = [&](Value left, Value right) {
    return b.createOrFold<arith::AddIOp>(left, right);
  };
  Value first = times(group, shape.groupWords);
  if (shape.blocksOfGroup == 1) {
    SmallVector<Value> values(start);
    body({group, first, plus(first, index(shape.groupWords))}, values);
    return values;
  }
  return createFor(
      b, index(0), index(shape.groupWords), shape.blockWords, start,
      [&](Value inGroup, SmallVector<Value> &values) {
        Value number = plus(
            times(group, shape.blocksOfGroup),
            b.createOrFold<arith::DivUIOp>(inGroup, index(shape.blockWords)));
        Value end = plus(inGroup, index(shape.blockWords));
        if (shape.groupWords % shape.blockWords != 0)
          end = arith::MinUIOp::create(b, end, index(shape.groupWords));
        body({number, plus(first, inGroup), plus(first, end)}, values);
      });
}

Value createIndex(ImplicitLocOpBuilder &b, int64_t value) {
  return arith::ConstantIndexOp::create(b, value);
}

Value createNumber(ImplicitLocOpBuilder &b, Type type, double value) {
  Type element = getElementTypeOrSelf(type);
  TypedAttr number = isa<FloatType>(element)
                         ? TypedAttr(b.getFloatAttr(element, value))
                         : b.getIntegerAttr(element, int64_t(value));
  if (auto vector = dyn_cast<VectorType>(type))
    number = DenseElementsAttr::get(vector, Attribute(number));
  return arith::ConstantOp::create(b, number);
}

Value createSplat(ImplicitLocOpBuilder &b, Value tensor, ValueRange place,
                  int64_t lanes) {
  Value element = tensor::ExtractOp::create(b, tensor, place);
  return vector::BroadcastOp::create(
      b, VectorType::get({lanes}, element.getType()), element);
}

Value createVectorRead(ImplicitLocOpBuilder &b, Value tensor, ValueRange place,
                       int64_t lanes) {
  auto type = VectorType::get({lanes}, getElementTypeOrSelf(tensor));
  return vector::TransferReadOp::create(b, type, tensor, place, std::nullopt,
                                        ArrayRef<bool>{true});
}

Value createVectorWrite(ImplicitLocOpBuilder &b, Value vector, Value tensor,
                        ValueRange place) {
  return vector::TransferWriteOp::create(b, vector, tensor, place,
                                         ArrayRef<bool>{true})
      .getResult();
}

Value createWidened(ImplicitLocOpBuilder &b, Value value) {
  if (getElementTypeOrSelf(value).isF32())
    return value;
  Type f32 = b.getF32Type();
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    f32 = vector.clone(f32);
  return arith::ExtFOp::create(b, f32, value);
}

} // namespace tenon

Value QuantizedTile::readWords(size_t v, Value word) {
  return createVectorRead(b, op.getWeight(), {panels[v], word, columns[v]},
                          shape.lanes);
}

Value QuantizedTile::readScale(size_t v, Value group) {
  return createVectorRead(b, op.getScale(), {panels[v], group, columns[v]},
                          shape.lanes);
}

Value QuantizedTile::readOffset(size_t v, Value group) {
  return createVectorRead(b, op.getOffset(), {panels[v], group, columns[v]},
                          shape.lanes);
}

/// Fields that end at bit 32 after a shift by `up`, as f32.
static Value toFloats(ImplicitLocOpBuilder &b, Value words, Value up,
                      int64_t bits) {
  Type type = words.getType();
  Value field = arith::ShLIOp::create(b, words, up);
  field = arith::ShRSIOp::create(b, field, createNumber(b, type, 32 - bits));
  return arith::SIToFPOp::create(
      b, cast<VectorType>(type).clone(b.getF32Type()), field);
}

Value QuantizedTile::createNumbers(Value words, int64_t step) {
  int64_t up = 32 - shape.bits - mlir::tenon::getPlaceInWord(step);
  return toFloats(b, words, createNumber(b, words.getType(), up), shape.bits);
}

Value QuantizedTile::createNumbers(Value words, Value step) {
  Value up = mlir::tenon::createShiftToTop(b, step, shape.bits);
  return toFloats(b, words, vector::BroadcastOp::create(b, words.getType(), up),
                  shape.bits);
}

void QuantizedTile::addGroup(Value group, ArrayRef<Value> ofGroup, Value totals,
                             SmallVector<Value> &sums) {
  size_t next = 0;
  for (size_t v = 0; v < panels.size(); ++v) {
    Value scale = readScale(v, group), offset;
    if (op.getOffset())
      offset = arith::NegFOp::create(b, readOffset(v, group));
    for (Value row : rows) {
      Value &sum = sums[next];
      sum = vector::FMAOp::create(b, ofGroup[next++], scale, sum);
      if (offset)
        sum = vector::FMAOp::create(
            b, createSplat(b, totals, {row, group}, shape.lanes), offset, sum);
    }
  }
}

/// The products of a word of each vector, added to `sums`; those of input after
/// input to one after the other of their `turns`.
static void addWord(QuantizedTile &tile, Value x, Value word, size_t turns,
                    SmallVector<Value> &sums) {
  ImplicitLocOpBuilder &b = tile.b;
  const QuantizedShape &shape = tile.shape;
  SmallVector<Value> words;
  for (size_t v = 0; v < tile.panels.size(); ++v)
    words.push_back(tile.readWords(v, word));
  Value first = arith::MulIOp::create(b, word, createIndex(b, shape.steps));
  for (int64_t step = 0; step < shape.steps; ++step) {
    Value input = arith::AddIOp::create(b, first, createIndex(b, step));
    SmallVector<Value> factors;
    for (Value row : tile.rows)
      factors.push_back(createSplat(b, x, {row, input}, shape.lanes));
    size_t next = step % turns * tile.count();
    for (Value ofVector : words) {
      Value numbers = tile.createNumbers(ofVector, step);
      for (Value factor : factors) {
        Value &sum = sums[next++];
        sum = vector::FMAOp::create(b, factor, numbers, sum);
      }
    }
  }
}

namespace tenon {

SmallVector<Value> sumFloats(QuantizedTile &tile, Value x, Value totals) {
  ImplicitLocOpBuilder &b = tile.b;
  const QuantizedShape &shape = tile.shape;
  Value zero = createNumber(b, tile.vectorOf(b.getF32Type()), 0);
  size_t count = tile.count(), turns = count < wantedSums ? 2 : 1;
  return createFor(
      b, createIndex(b, 0), createIndex(b, shape.groups), 1,
      SmallVector<Value>(count, zero),
      [&](Value group, SmallVector<Value> &sums) {
        Value words = createIndex(b, shape.groupWords);
        Value begin = arith::MulIOp::create(b, group, words);
        SmallVector<Value> ofGroup =
            createFor(b, begin, arith::AddIOp::create(b, begin, words), 1,
                      SmallVector<Value>(turns * count, zero),
                      [&](Value word, SmallVector<Value> &sums) {
                        addWord(tile, x, word, turns, sums);
                      });
        for (size_t i = 0; turns == 2 && i < count; ++i)
          ofGroup[i] = arith::AddFOp::create(b, ofGroup[i], ofGroup[i + count]);
        tile.addGroup(group, ofGroup, totals, sums);
      });
}

} // namespace tenon
