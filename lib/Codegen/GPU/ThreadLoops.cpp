//===- ThreadLoops.cpp - A loop nest shared by the threads of a block -----===//

#include "ThreadLoops.h"
#include "LoopPlaces.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

using namespace mlir;
using ::tenon::ThreadGroup;
using ::tenon::warpSize;
using utils::IteratorType;

/// Neighbouring elements that a thread computes together, so that it reads and
/// writes 16 bytes of f32 at once.
static constexpr int64_t elementsPerThread = 4;
/// Shorter reductions are quicker in one thread than an exchange between lanes.
static constexpr int64_t shortestSharedReduction = 32;

namespace {
/// The loops of one linalg op, in the order of its iterators.
class LoopNest {
public:
  LoopNest(linalg::LinalgOp op, ThreadGroup threads)
      : LoopNest(op, threads,
                 ImplicitLocOpBuilder(op.getLoc(), op.getOperation())) {}
  LoopNest(linalg::LinalgOp op, ThreadGroup threads,
           const ImplicitLocOpBuilder &builder)
      : op(op), threads(threads), b(builder) {
    for (const Range &range : op.createLoopRanges(b, op.getLoc()))
      sizes.push_back(range.size);
    for (auto [loop, kind] : llvm::enumerate(op.getIteratorTypesArray()))
      (kind == IteratorType::parallel ? parallel : reduction).push_back(loop);
    places.assign(sizes.size(), index(0));
  }

  void emit();
  void emitElementAt(ValueRange place, Value memref, Value value);

private:
  void emitElements();
  void emitNeighbours(int64_t count);
  void emitSharedReductions();

  Value index(int64_t value) {
    return arith::ConstantIndexOp::create(b, value);
  }
  Value toValue(OpFoldResult number) {
    return getValueOrCreateConstantIndexOp(b, op.getLoc(), number);
  }
  OpFoldResult countOf(ArrayRef<unsigned> loops) {
    return ::tenon::countOf(b, loops, sizes);
  }
  /// Sets the places along `loops` to those of element `number`, row-major.
  void decode(Value number, ArrayRef<unsigned> loops) {
    ::tenon::placeIteration(b, number, loops, sizes, places);
  }
  bool isInnermost(unsigned loop);
  int64_t neighbours();
  int64_t reducedNeighbours();

  SmallVector<Value> indicesOf(AffineMap map) {
    return ::tenon::indicesAt(b, map, places);
  }
  Value load(OpOperand &operand);
  /// Whether the output is a sum (or the like) over the reduction, rather than
  /// written to at each of its places.
  bool isSum(OpOperand &output) {
    AffineMap map = op.getMatchingIndexingMap(&output);
    return llvm::none_of(
        reduction, [&](unsigned loop) { return map.isFunctionOfDim(loop); });
  }
  /// The values of the outputs after the body has run once at the places, given
  /// those of the sums before.
  SmallVector<Value> runBody(ValueRange sums);
  /// As runBody(), writes what is no sum and returns the sums.
  SmallVector<Value> runStep(ValueRange sums);
  void store(OpOperand &output, Value value);
  /// Runs the body over all of the reduction from loop `depth` on.
  SmallVector<Value> reduce(size_t depth, ValueRange sums);

  /// For each output the op that joins two partial results, or nothing.
  FailureOr<SmallVector<Operation *>> findJoins();
  Value join(Operation *with, Value left, Value right);

  linalg::LinalgOp op;
  ThreadGroup threads;
  ImplicitLocOpBuilder b;
  SmallVector<OpFoldResult> sizes;
  SmallVector<unsigned> parallel, reduction;
  SmallVector<Value> places;
  /// A memref whose elements at the places are at hand.
  Value known, knownValue;
};
} // namespace

Value LoopNest::load(OpOperand &operand) {
  if (known && operand.get() == known)
    return knownValue;
  if (!isa<MemRefType>(operand.get().getType()))
    return operand.get();
  return memref::LoadOp::create(b, operand.get(),
                                indicesOf(op.getMatchingIndexingMap(&operand)));
}

SmallVector<Value> LoopNest::runBody(ValueRange sums) {
  Block *body = op.getBlock();
  IRMapping mapping;
  for (OpOperand *input : op.getDpsInputOperands())
    if (BlockArgument argument = op.getMatchingBlockArgument(input);
        !argument.use_empty())
      mapping.map(argument, load(*input));
  for (OpOperand &output : op.getDpsInitsMutable()) {
    BlockArgument argument = op.getMatchingBlockArgument(&output);
    if (!reduction.empty() && isSum(output)) {
      mapping.map(argument, sums.front());
      sums = sums.drop_front();
    } else if (!argument.use_empty()) {
      mapping.map(argument, load(output));
    }
  }
  for (Operation &inner : body->without_terminator()) {
    if (auto place = dyn_cast<linalg::IndexOp>(inner))
      mapping.map(place.getResult(), places[place.getDim()]);
    else
      b.clone(inner, mapping);
  }
  return llvm::map_to_vector(
      body->getTerminator()->getOperands(),
      [&](Value value) { return mapping.lookupOrDefault(value); });
}

void LoopNest::store(OpOperand &output, Value value) {
  memref::StoreOp::create(b, value, output.get(),
                          indicesOf(op.getMatchingIndexingMap(&output)));
}

SmallVector<Value> LoopNest::runStep(ValueRange sums) {
  SmallVector<Value> next;
  for (auto [output, value] :
       llvm::zip(op.getDpsInitsMutable(), runBody(sums))) {
    if (isSum(output))
      next.push_back(value);
    else
      store(output, value);
  }
  return next;
}

SmallVector<Value> LoopNest::reduce(size_t depth, ValueRange sums) {
  if (depth == reduction.size())
    return runStep(sums);
  unsigned loop = reduction[depth];
  Value zero = places[loop];
  auto counter =
      scf::ForOp::create(b, index(0), toValue(sizes[loop]), index(1), sums);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(counter.getBody());
  places[loop] = counter.getInductionVar();
  SmallVector<Value> next = reduce(depth + 1, counter.getRegionIterArgs());
  if (!next.empty())
    scf::YieldOp::create(b, next);
  places[loop] = zero;
  return llvm::to_vector_of<Value>(counter.getResults());
}

/// Whether elements along `loop` lie side by side in all memory that is walked
/// along it.
bool LoopNest::isInnermost(unsigned loop) {
  AffineExpr own = getAffineDimExpr(loop, b.getContext());
  return llvm::all_of(op.getIndexingMapsArray(), [&](AffineMap map) {
    return llvm::all_of(llvm::enumerate(map.getResults()), [&](auto result) {
      return !result.value().isFunctionOfDim(loop) ||
             (result.index() + 1 == map.getNumResults() &&
              result.value() == own);
    });
  });
}

/// How many neighbours along the last axis a thread takes.
int64_t LoopNest::neighbours() {
  if (!reduction.empty() || parallel.empty())
    return 1;
  std::optional<int64_t> last = getConstantIntValue(sizes[parallel.back()]);
  std::optional<int64_t> all = getConstantIntValue(countOf(parallel));
  bool fits = last && all && *last % elementsPerThread == 0 &&
              *all >= elementsPerThread * threads.count;
  return fits && isInnermost(parallel.back()) ? elementsPerThread : 1;
}

/// How many neighbours of a reduction a lane takes at a time: 16 bytes of the
/// narrowest input.
int64_t LoopNest::reducedNeighbours() {
  int64_t count = 1;
  for (OpOperand *input : op.getDpsInputOperands())
    if (auto type = dyn_cast<MemRefType>(input->get().getType());
        type && type.getElementType().isIntOrFloat())
      count = std::max<int64_t>(
          count, 128 / std::max(8u, type.getElementTypeBitWidth()));
  int64_t last = *getConstantIntValue(sizes[reduction.back()]);
  return last % count == 0 && isInnermost(reduction.back()) ? count : 1;
}

/// Each thread computes every `threads.count`-th element.
void LoopNest::emitElements() {
  OpFoldResult count = countOf(parallel);
  int64_t together = neighbours();
  if (together > 1)
    count = b.getIndexAttr(*getConstantIntValue(count) / together);
  auto elements = scf::ForOp::create(b, threads.number, toValue(count),
                                     index(threads.count));
  b.setInsertionPointToStart(elements.getBody());
  Value number = elements.getInductionVar();
  if (together > 1) {
    number = arith::MulIOp::create(b, number, index(together));
    decode(number, parallel);
    emitNeighbours(together);
    return;
  }
  decode(number, parallel);
  SmallVector<Value> sums;
  for (OpOperand &output : op.getDpsInitsMutable())
    if (!reduction.empty() && isSum(output))
      sums.push_back(load(output));
  if (reduction.empty())
    sums = runBody({});
  else
    sums = reduce(0, sums);
  Value *sum = sums.begin();
  for (OpOperand &output : op.getDpsInitsMutable())
    if (isSum(output))
      store(output, *sum++);
}

/// `count` elements side by side: all is read before the first is written, so
/// that each is one access.
void LoopNest::emitNeighbours(int64_t count) {
  Value first = places[parallel.back()];
  auto moveTo = [&](int64_t step) {
    places[parallel.back()] = arith::AddIOp::create(b, first, index(step));
  };
  SmallVector<SmallVector<Value>> results;
  for (int64_t step = 0; step < count; ++step) {
    moveTo(step);
    results.push_back(runBody({}));
  }
  for (int64_t step = 0; step < count; ++step) {
    moveTo(step);
    for (auto [output, value] :
         llvm::zip(op.getDpsInitsMutable(), results[step]))
      store(output, value);
  }
}

FailureOr<SmallVector<Operation *>> LoopNest::findJoins() {
  SmallVector<Operation *> joins;
  for (unsigned output = 0; output < op.getNumDpsInits(); ++output) {
    SmallVector<Operation *> found;
    if (!isSum(*op.getDpsInitOperand(output)) ||
        !matchReduction(op.getRegionOutputArgs(), output, found) ||
        found.size() != 1 || !arith::getNeutralElement(found.front()))
      return failure();
    Type type = found.front()->getResult(0).getType();
    if (!type.isF32() && !type.isInteger(32))
      return failure();
    joins.push_back(found.front());
  }
  return joins;
}

Value LoopNest::join(Operation *with, Value left, Value right) {
  Operation *copy = b.clone(*with);
  copy->setOperands({left, right});
  return copy->getResult(0);
}

/// A group of lanes sums up each element: every lane a part, then all parts by
/// exchanges between lanes whose numbers differ in one bit.
void LoopNest::emitSharedReductions() {
  SmallVector<Operation *> joins = *findJoins();
  int64_t count = *getConstantIntValue(countOf(parallel)),
          length = *getConstantIntValue(countOf(reduction));
  int64_t together = reducedNeighbours(), parts = length / together;
  int64_t lanes = warpSize;
  while (lanes / 2 * count >= threads.count || lanes / 2 >= parts)
    lanes /= 2;
  int64_t groups = threads.count / lanes;
  Value group = arith::DivUIOp::create(b, threads.number, index(lanes)),
        lane = arith::RemUIOp::create(b, threads.number, index(lanes));
  // All lanes of a warp take the same number of turns, since they exchange.
  auto turns = scf::ForOp::create(
      b, index(0), index(llvm::divideCeil(count, groups)), index(1));
  b.setInsertionPointToStart(turns.getBody());
  Value wanted = arith::AddIOp::create(
      b, arith::MulIOp::create(b, turns.getInductionVar(), index(groups)),
      group);
  Value isThere =
      arith::CmpIOp::create(b, arith::CmpIPredicate::ult, wanted, index(count));
  decode(arith::SelectOp::create(b, isThere, wanted, index(0)), parallel);

  SmallVector<Value> neutral;
  for (Operation *with : joins)
    neutral.push_back(
        arith::ConstantOp::create(b, *arith::getNeutralElement(with)));
  auto part = scf::ForOp::create(b, lane, index(parts), index(lanes), neutral);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(part.getBody());
    decode(arith::MulIOp::create(b, part.getInductionVar(), index(together)),
           reduction);
    Value first = places[reduction.back()];
    SmallVector<Value> sums(part.getRegionIterArgs());
    for (int64_t step = 0; step < together; ++step) {
      places[reduction.back()] = arith::AddIOp::create(b, first, index(step));
      sums = runBody(sums);
    }
    scf::YieldOp::create(b, sums);
  }
  for (unsigned loop : reduction)
    places[loop] = index(0);
  SmallVector<Value> results(part.getResults());
  for (int64_t distance = lanes / 2; distance > 0; distance /= 2)
    for (auto [value, with] : llvm::zip(results, joins))
      value = join(with, value,
                   gpu::ShuffleOp::create(b, value, distance, warpSize,
                                          gpu::ShuffleMode::XOR)
                       .getShuffleResult());
  Value isFirst =
      arith::CmpIOp::create(b, arith::CmpIPredicate::eq, lane, index(0));
  auto last = scf::IfOp::create(b, arith::AndIOp::create(b, isThere, isFirst));
  b.setInsertionPointToStart(last.thenBlock());
  for (auto [value, output, with] :
       llvm::zip(results, op.getDpsInitsMutable(), joins))
    store(output, join(with, load(output), value));
}

void LoopNest::emit() {
  std::optional<int64_t> count = getConstantIntValue(countOf(parallel)),
                         length = getConstantIntValue(countOf(reduction));
  bool isShared = !reduction.empty() && count && length &&
                  *length >= shortestSharedReduction &&
                  2 * *count <= threads.count && succeeded(findJoins());
  if (isShared)
    emitSharedReductions();
  else
    emitElements();
}

void tenon::distributeLoops(linalg::LinalgOp op, ThreadGroup threads) {
  LoopNest(op, threads).emit();
  op.erase();
}

void LoopNest::emitElementAt(ValueRange place, Value memref, Value value) {
  places.assign(place.begin(), place.end());
  known = memref;
  knownValue = value;
  SmallVector<Value> results = runBody({});
  for (auto [output, result] : llvm::zip(op.getDpsInitsMutable(), results))
    store(output, result);
}

bool tenon::isElementwiseOn(linalg::LinalgOp op, Value memref) {
  if (op.getNumReductionLoops() != 0)
    return false;
  bool reads = false;
  for (OpOperand &operand : op->getOpOperands()) {
    if (operand.get() != memref)
      continue;
    if (!op.getMatchingIndexingMap(&operand).isIdentity())
      return false;
    reads |=
        op.isDpsInput(&operand) || op.payloadUsesValueFromOperand(&operand);
  }
  return reads;
}

void tenon::emitElement(OpBuilder &builder, linalg::LinalgOp op, Value memref,
                        ValueRange place, Value value) {
  ImplicitLocOpBuilder b(op.getLoc(), builder);
  LoopNest(op, {Value(), warpSize, false}, b)
      .emitElementAt(place, memref, value);
}
