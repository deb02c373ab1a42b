//===- SharedReductions.cpp - Sums that several threads share -------------===//
//
// Where a block has fewer sums than threads, several threads form each. Where
// steps of a sum lie side by side the lanes of a warp take turns at them; where
// sums do, a thread takes as many of them as it reads at once, and the others
// further steps.
//
//===----------------------------------------------------------------------===//

#include "AddressSpaces.h"
#include "LoopNest.h"
#include "MemoryVectors.h"
#include "SumOfProducts.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using ::tenon::bytesOf;
using ::tenon::liesInVectors;
using ::tenon::LoopNest;
using ::tenon::sharedSpace;
using ::tenon::warpSize;
using ::tenon::widestAccess;

/// Sums that a thread holds at most where it reads several columns at once.
static constexpr int64_t mostColumnSums = 32;
/// Iterations of a loop that is done whole by a thread, at most.
static constexpr int64_t shortLoop = 2;
/// Steps whose loads are on their way together.
static constexpr int64_t stepsTogether = 2;

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

Value LoopNest::allocateParts(int64_t rows, int64_t columns, Type type) {
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(
      &op->getParentOfType<FunctionOpInterface>().getFunctionBody().front());
  return memref::AllocaOp::create(
      b, MemRefType::get({rows, columns}, type, AffineMap(),
                         b.getI64IntegerAttr(sharedSpace)));
}

/// Adds a result up between the lanes of groups of `lanes`, by exchanges
/// between lanes whose numbers differ in one bit of `from` and more.
void LoopNest::joinLanes(ArrayRef<Operation *> joins,
                         MutableArrayRef<Value> results, int64_t lanes,
                         int64_t from) {
  for (int64_t distance = lanes / 2; distance >= from; distance /= 2)
    for (auto [number, value] : llvm::enumerate(results)) {
      Operation *with = joins[number % joins.size()];
      value = join(with, value,
                   gpu::ShuffleOp::create(b, value, distance, warpSize,
                                          gpu::ShuffleMode::XOR)
                       .getShuffleResult());
    }
}

/// Groups of lanes, or of whole warps, sum up each element: every lane a part,
/// then all parts by exchanges within a warp, and what warps have through
/// shared memory.
void LoopNest::emitSharedReductions(ArrayRef<Operation *> joins) {
  int64_t count = *getConstantIntValue(countOf(parallel)),
          length = *getConstantIntValue(countOf(reduction));
  int64_t together = reducedNeighbours(), parts = length / together;
  int64_t lanes = threads.count / count;
  if (lanes < 2 * warpSize || threads.count % (count * warpSize) != 0 ||
      parts < lanes) {
    lanes = warpSize;
    while (lanes / 2 * count >= threads.count || lanes / 2 >= parts)
      lanes /= 2;
  }
  int64_t warps = llvm::divideCeil(lanes, warpSize),
          groups = threads.count / lanes;
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
    unsigned loop = reduction.back();
    Value first = places[loop];
    SmallVector<Value> sums(part.getRegionIterArgs());
    DenseMap<OpOperand *, SmallVector<Value>> loaded;
    if (together > 1)
      for (OpOperand *input : op.getDpsInputOperands())
        loaded[input] = loadAlong(*input, loop, together);
    for (int64_t step = 0; step < together; ++step) {
      places[loop] = b.createOrFold<arith::AddIOp>(first, index(step));
      know(loaded, step);
      sums = runBody(sums);
    }
    known.clear();
    scf::YieldOp::create(b, sums);
  }
  for (unsigned loop : reduction)
    places[loop] = index(0);
  SmallVector<Value> results(part.getResults());
  joinLanes(joins, results, std::min(lanes, warpSize), 1);
  Value isFirst =
      arith::CmpIOp::create(b, arith::CmpIPredicate::eq, lane, index(0));
  if (warps > 1)
    joinWarps(joins, results, group, lane, warps);
  auto last = scf::IfOp::create(b, arith::AndIOp::create(b, isThere, isFirst));
  b.setInsertionPointToStart(last.thenBlock());
  for (auto [value, output, with] :
       llvm::zip(results, op.getDpsInitsMutable(), joins))
    store(output, join(with, load(output), value));
}

/// Gives the first lane of each group of `warps` warps what all of them have.
/// All threads of the block are here at once, once.
void LoopNest::joinWarps(ArrayRef<Operation *> joins,
                         MutableArrayRef<Value> results, Value group,
                         Value lane, int64_t warps) {
  int64_t groups = threads.count / (warps * warpSize);
  Value size = index(warpSize);
  Value warp = arith::DivUIOp::create(b, lane, size),
        inWarp = arith::RemUIOp::create(b, lane, size);
  SmallVector<Value> memories;
  for (Value result : results)
    memories.push_back(allocateParts(groups, warps, result.getType()));
  auto first = scf::IfOp::create(
      b, arith::CmpIOp::create(b, arith::CmpIPredicate::eq, inWarp, index(0)));
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(first.thenBlock());
    for (auto [result, memory] : llvm::zip(results, memories))
      memref::StoreOp::create(b, result, memory, ValueRange{group, warp});
  }
  gpu::BarrierOp::create(b);
  for (auto [result, memory, with] : llvm::zip(results, memories, joins)) {
    result = memref::LoadOp::create(b, memory, ValueRange{group, index(0)});
    for (int64_t other = 1; other < warps; ++other)
      result = join(
          with, result,
          memref::LoadOp::create(b, memory, ValueRange{group, index(other)}));
  }
}

OpOperand &LoopNest::largestInput() {
  return ::tenon::largestInput(op, op.getDpsInputOperands());
}

SmallVector<unsigned> LoopNest::loopsOfThread() {
  AffineMap map = op.getMatchingIndexingMap(&largestInput());
  SmallVector<unsigned> loops;
  for (unsigned loop : ArrayRef(parallel).drop_back())
    if (!map.isFunctionOfDim(loop) &&
        *getConstantIntValue(sizes[loop]) <= shortLoop)
      loops.push_back(loop);
  return loops;
}

int64_t LoopNest::columnsTogether() {
  if (parallel.empty() || op.getNumDpsInits() != 1 ||
      op.getNumDpsInputs() == 0 ||
      !llvm::all_of(op.getDpsInputs(), [](Value input) {
        return isa<MemRefType>(input.getType());
      }))
    return 1;
  OpOperand &largest = largestInput();
  Type element = cast<MemRefType>(largest.get().getType()).getElementType();
  if (!element.isIntOrFloat())
    return 1;
  int64_t count = *getConstantIntValue(countOf(parallel)),
          whole = *getConstantIntValue(countOf(loopsOfThread()));
  int64_t together =
      std::min(widestAccess / bytesOf(element), mostColumnSums / whole);
  while (together > 1 &&
         !liesInVectors(largest.get(), op.getMatchingIndexingMap(&largest),
                        parallel.back(), sizes, together))
    together /= 2;
  bool isShared = 2 * (count / (together * whole)) <= threads.count;
  return together > 1 && isShared ? together : 1;
}

/// Adds what is at the places to a thread's sums: `together` columns from that
/// at the places on, in all iterations of the `whole` loops.
SmallVector<Value> LoopNest::addColumns(ValueRange sums,
                                        ArrayRef<unsigned> whole,
                                        int64_t together) {
  unsigned column = parallel.back();
  Value first = places[column];
  SmallVector<Value> next;
  DenseMap<OpOperand *, SmallVector<Value>> loaded;
  int64_t copies = *getConstantIntValue(countOf(whole));
  for (int64_t copy = 0; copy < copies; ++copy) {
    decode(index(copy), whole);
    for (OpOperand *input : op.getDpsInputOperands()) {
      AffineMap map = op.getMatchingIndexingMap(input);
      bool changes = llvm::any_of(
          whole, [&](unsigned loop) { return map.isFunctionOfDim(loop); });
      if (copy == 0 || changes)
        loaded[input] = loadAlong(*input, column, together);
    }
    for (int64_t step = 0; step < together; ++step) {
      places[column] = b.createOrFold<arith::AddIOp>(first, index(step));
      know(loaded, step);
      next.push_back(runBody(sums[next.size()]).front());
    }
    places[column] = first;
  }
  known.clear();
  return next;
}

/// A thread sums up some steps of as many neighbours as it reads at once;
/// those that have the same neighbours add up theirs, within a warp by
/// exchanges and between warps in shared memory.
void LoopNest::emitColumnReductions(ArrayRef<Operation *> joins,
                                    int64_t together) {
  Operation *with = joins.front();
  OpOperand &output = *op.getDpsInitOperand(0);
  unsigned column = parallel.back();
  SmallVector<unsigned> whole = loopsOfThread(), outer;
  llvm::copy_if(parallel, std::back_inserter(outer), [&](unsigned loop) {
    return !llvm::is_contained(whole, loop);
  });
  int64_t own = together * *getConstantIntValue(countOf(whole)),
          units = *getConstantIntValue(countOf(outer)) / together,
          length = *getConstantIntValue(countOf(reduction));
  auto across = static_cast<int64_t>(
      llvm::bit_floor(static_cast<uint64_t>(std::min(units, threads.count))));
  while (threads.count % across != 0)
    across /= 2;
  int64_t slices = threads.count / across;
  // Threads that end up with sums of all their warp, or of one slice.
  int64_t span = std::max(across, warpSize), rows = threads.count / span;
  int64_t steps = stepsTogether;
  while (length % (steps * slices) != 0 && steps > 1)
    steps /= 2;

  Type type = with->getResult(0).getType();
  Value parts = allocateParts(rows, across * own, type);
  auto plus = [&](Value left, Value right) -> Value {
    return arith::AddIOp::create(b, left, right);
  };
  auto less = [&](Value left, int64_t right) -> Value {
    return arith::CmpIOp::create(b, arith::CmpIPredicate::ult, left,
                                 index(right));
  };
  /// Sets the places to those of a unit's first column.
  auto moveTo = [&](Value unit) {
    SmallVector<OpFoldResult> inUnits = sizes;
    inUnits[column] =
        b.getIndexAttr(*getConstantIntValue(sizes[column]) / together);
    ::tenon::placeIteration(b, unit, outer, inUnits, places);
    places[column] = arith::MulIOp::create(b, places[column], index(together));
  };
  Value position = arith::RemUIOp::create(b, threads.number, index(across)),
        slice = arith::DivUIOp::create(b, threads.number, index(across));
  // All threads take the same number of turns, since they wait for each other.
  auto turns = scf::ForOp::create(
      b, index(0), index(llvm::divideCeil(units, across)), index(1));
  b.setInsertionPointToStart(turns.getBody());
  Value firstUnit =
      arith::MulIOp::create(b, turns.getInductionVar(), index(across));
  Value unit = plus(firstUnit, position);
  moveTo(arith::SelectOp::create(b, less(unit, units), unit, index(0)));

  SmallVector<Value> neutral(
      own, arith::ConstantOp::create(b, *arith::getNeutralElement(with)));
  auto walk = scf::ForOp::create(b, slice, index(length), index(steps * slices),
                                 neutral);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(walk.getBody());
    SmallVector<Value> sums(walk.getRegionIterArgs());
    for (int64_t step = 0; step < steps; ++step) {
      decode(plus(walk.getInductionVar(), index(step * slices)), reduction);
      sums = addColumns(sums, whole, together);
    }
    scf::YieldOp::create(b, sums);
  }
  for (unsigned loop : reduction)
    places[loop] = index(0);
  SmallVector<Value> sums(walk.getResults());
  joinLanes(joins, sums, warpSize, across);
  {
    Value inSpan = arith::RemUIOp::create(b, threads.number, index(span)),
          row = arith::DivUIOp::create(b, threads.number, index(span));
    auto some = scf::IfOp::create(b, less(inSpan, across));
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(some.thenBlock());
    Value first = arith::MulIOp::create(b, position, index(own));
    for (auto [number, sum] : llvm::enumerate(sums))
      memref::StoreOp::create(
          b, sum, parts,
          ValueRange{row, plus(first, index(static_cast<int64_t>(number)))});
  }
  gpu::BarrierOp::create(b);
  auto results = scf::ForOp::create(b, threads.number, index(across * own),
                                    index(threads.count));
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(results.getBody());
    Value place = results.getInductionVar(),
          number = arith::RemUIOp::create(b, place, index(own));
    Value unit = plus(firstUnit, arith::DivUIOp::create(b, place, index(own)));
    auto some = scf::IfOp::create(b, less(unit, units));
    b.setInsertionPointToStart(some.thenBlock());
    moveTo(unit);
    decode(arith::DivUIOp::create(b, number, index(together)), whole);
    places[column] = plus(places[column],
                          arith::RemUIOp::create(b, number, index(together)));
    Value total = load(output);
    for (int64_t row = 0; row < rows; ++row)
      total =
          join(with, total,
               memref::LoadOp::create(b, parts, ValueRange{index(row), place}));
    store(output, total);
  }
  // The next turn's sums come where these are.
  gpu::BarrierOp::create(b);
}
