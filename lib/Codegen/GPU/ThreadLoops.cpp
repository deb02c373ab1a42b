//===- ThreadLoops.cpp - A loop nest shared by the threads of a block -----===//

#include "LoopNest.h"
#include "MemoryVectors.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using ::tenon::bytesOf;
using ::tenon::liesInVectors;
using ::tenon::LoopNest;
using ::tenon::shortestSharedReduction;
using ::tenon::ThreadGroup;
using ::tenon::warpSize;
using ::tenon::widestAccess;

/// Neighbouring elements that a thread computes together, so that it reads and
/// writes 16 bytes of f32 at once.
static constexpr int64_t elementsPerThread = 4;

Value LoopNest::load(OpOperand &operand) {
  if (Value element = known.lookup(operand.get()))
    return element;
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

SmallVector<Value> LoopNest::loadAlong(OpOperand &input, unsigned loop,
                                       int64_t count) {
  AffineMap map = op.getMatchingIndexingMap(&input);
  bool isOnce = llvm::count(op->getOperands(), input.get()) == 1;
  if (!isOnce || !isa<MemRefType>(input.get().getType()) ||
      !map.isFunctionOfDim(loop) ||
      !liesInVectors(input.get(), map, loop, sizes, count))
    return {};
  return ::tenon::loadVector(b, input.get(), indicesOf(map), count);
}

void LoopNest::know(const DenseMap<OpOperand *, SmallVector<Value>> &loaded,
                    int64_t step) {
  for (const auto &[input, elements] : loaded)
    if (!elements.empty())
      known[input->get()] = elements[step];
}

/// `count` elements side by side: all is read before the first is written, so
/// that each is one access.
void LoopNest::emitNeighbours(int64_t count) {
  unsigned loop = parallel.back();
  Value first = places[loop];
  DenseMap<OpOperand *, SmallVector<Value>> loaded;
  for (OpOperand *input : op.getDpsInputOperands())
    if (op.payloadUsesValueFromOperand(input))
      loaded[input] = loadAlong(*input, loop, count);
  SmallVector<SmallVector<Value>> results(op.getNumDpsInits());
  for (int64_t step = 0; step < count; ++step) {
    places[loop] = b.createOrFold<arith::AddIOp>(first, index(step));
    know(loaded, step);
    for (auto [values, value] : llvm::zip(results, runBody({})))
      values.push_back(value);
  }
  known.clear();
  for (auto [output, values] : llvm::zip(op.getDpsInitsMutable(), results)) {
    AffineMap map = op.getMatchingIndexingMap(&output);
    int64_t together =
        bytesOf(values.front().getType()) * count <= widestAccess &&
                liesInVectors(output.get(), map, loop, sizes, count)
            ? count
            : 1;
    for (int64_t step = 0; step < count; step += together) {
      places[loop] = b.createOrFold<arith::AddIOp>(first, index(step));
      ::tenon::storeVector(b, output.get(), indicesOf(map),
                           ArrayRef(values).slice(step, together));
    }
  }
}

void LoopNest::emit() {
  std::optional<int64_t> count = getConstantIntValue(countOf(parallel)),
                         length = getConstantIntValue(countOf(reduction));
  FailureOr<SmallVector<Operation *>> joins = failure();
  if (!reduction.empty() && count && length &&
      *length >= shortestSharedReduction)
    joins = findJoins();
  if (failed(joins))
    return emitElements();
  if (int64_t together = columnsTogether(); together > 1)
    return emitColumnReductions(*joins, together);
  if (2 * *count <= threads.count)
    return emitSharedReductions(*joins);
  emitElements();
}

void tenon::distributeLoops(linalg::LinalgOp op, ThreadGroup threads) {
  LoopNest(op, threads).emit();
  op.erase();
}

void LoopNest::emitElementAt(ValueRange place, Value memref, Value value) {
  places.assign(place.begin(), place.end());
  known[memref] = value;
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
