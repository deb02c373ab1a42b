//===- LowerColumnReduction.cpp - Reductions of columns in registers ------===//

#include "VectorBody.h"

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace tenon {
#define GEN_PASS_DEF_LOWERCOLUMNREDUCTIONPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using utils::IteratorType;

/// Vectors that are reduced at the same time, where there are 32 registers and
/// where there are 16.
static constexpr int64_t mostVectors = 4, vectorsOfFewRegisters = 2;

namespace {
/// One op, whose innermost loop runs over columns and others over what is
/// reduced.
class ColumnReduction {
public:
  explicit ColumnReduction(linalg::GenericOp op)
      : op(op), column(op.getNumLoops() - 1), sizes(op.getStaticLoopRanges()),
        builder(op), loc(op.getLoc()), indices(op.getNumLoops()) {}

  bool isOne();
  bool isFor(int64_t lanes) const { return sizes[column] % lanes == 0; }
  void lower(int64_t lanes, int64_t vectors);

private:
  AffineMap mapOf(OpOperand &operand) {
    return op.getMatchingIndexingMap(&operand);
  }
  /// Whether `operand` holds an element for each column.
  bool hasColumns(OpOperand &operand) {
    return isa<MemRefType>(operand.get().getType()) &&
           mapOf(operand).isFunctionOfDim(column);
  }
  bool isReduced(OpOperand &init);
  bool isSuitable(OpOperand &operand);

  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }
  SmallVector<Value> placeOf(OpOperand &operand);
  Value load(OpOperand &operand);
  void store(Value value, OpOperand &init);
  void overParallel(ArrayRef<unsigned> loops, llvm::function_ref<void()> body);
  SmallVector<Value> overReduced(ArrayRef<unsigned> loops,
                                 SmallVector<Value> accumulators);
  SmallVector<Value> step(ArrayRef<Value> accumulators);

  linalg::GenericOp op;
  unsigned column;
  SmallVector<int64_t> sizes;
  OpBuilder builder;
  Location loc;
  SmallVector<Value> indices; ///< of the loops; the first of the columns
  int64_t width = 0;          ///< columns that are reduced at the same time
};
} // namespace

/// Whether `init` has one element for all that is reduced.
bool ColumnReduction::isReduced(OpOperand &init) {
  SmallVector<IteratorType> kinds = op.getIteratorTypesArray();
  AffineMap map = mapOf(init);
  return llvm::none_of(llvm::enumerate(kinds), [&](auto loop) {
    return loop.value() == IteratorType::reduction &&
           map.isFunctionOfDim(loop.index());
  });
}

/// Whether each access is to neighbours, of numbers that have bytes of their
/// own, or to one element.
bool ColumnReduction::isSuitable(OpOperand &operand) {
  auto type = dyn_cast<MemRefType>(operand.get().getType());
  if (!type)
    return operand.get().getType().isIntOrIndexOrFloat();
  AffineMap map = mapOf(operand);
  if (!map.isProjectedPermutation(/*allowZeroInResults=*/true))
    return false;
  if (!map.isFunctionOfDim(column))
    return true;
  SmallVector<int64_t> strides;
  int64_t offset;
  auto last = dyn_cast<AffineDimExpr>(map.getResults().back());
  return last && last.getPosition() == column &&
         type.getElementType().isIntOrFloat() &&
         type.getElementTypeBitWidth() >= 8 &&
         succeeded(type.getStridesAndOffset(strides, offset)) &&
         strides.back() == 1;
}

bool ColumnReduction::isOne() {
  SmallVector<IteratorType> kinds = op.getIteratorTypesArray();
  if (!op.hasPureBufferSemantics() || op.getNumReductionLoops() == 0 ||
      kinds[column] != IteratorType::parallel ||
      ShapedType::isDynamicShape(sizes))
    return false;
  bool isAnyReduced = false;
  for (OpOperand &init : op.getDpsInitsMutable()) {
    if (!hasColumns(init))
      return false;
    isAnyReduced |= isReduced(init);
  }
  return isAnyReduced &&
         llvm::all_of(
             op->getOpOperands(),
             [&](OpOperand &operand) { return isSuitable(operand); }) &&
         llvm::all_of(op.getBody()->without_terminator(), [](Operation &inner) {
           return isa<linalg::IndexOp>(inner) ||
                  (isa<arith::ArithDialect, math::MathDialect>(
                       inner.getDialect()) &&
                   tenon::isElementwiseOnNumbers(inner));
         });
}

SmallVector<Value> ColumnReduction::placeOf(OpOperand &operand) {
  return llvm::map_to_vector(
      mapOf(operand).getResults(), [&](AffineExpr expr) -> Value {
        auto dim = dyn_cast<AffineDimExpr>(expr);
        return dim ? indices[dim.getPosition()] : constant(0);
      });
}

/// The columns' elements, or the one that is the same for them.
Value ColumnReduction::load(OpOperand &operand) {
  auto type = dyn_cast<MemRefType>(operand.get().getType());
  if (!type)
    return operand.get();
  if (!hasColumns(operand))
    return memref::LoadOp::create(builder, loc, operand.get(),
                                  placeOf(operand));
  auto vectors = VectorType::get({width}, type.getElementType());
  return vector::LoadOp::create(builder, loc, vectors, operand.get(),
                                placeOf(operand));
}

void ColumnReduction::store(Value value, OpOperand &init) {
  vector::StoreOp::create(builder, loc, value, init.get(), placeOf(init));
}

void ColumnReduction::overParallel(ArrayRef<unsigned> loops,
                                   llvm::function_ref<void()> body) {
  if (loops.empty())
    return body();
  unsigned loop = loops.front();
  auto nest =
      scf::ForOp::create(builder, loc, constant(0), constant(sizes[loop]),
                         constant(loop == column ? width : 1));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(nest.getBody());
  indices[loop] = nest.getInductionVar();
  overParallel(loops.drop_front(), body);
}

/// The body for one set of columns: what it makes of the accumulators; other
/// results are stored.
SmallVector<Value> ColumnReduction::step(ArrayRef<Value> accumulators) {
  SmallVector<Value> arguments, next;
  const Value *accumulator = accumulators.begin();
  for (OpOperand *input : op.getDpsInputOperands())
    arguments.push_back(load(*input));
  for (OpOperand &init : op.getDpsInitsMutable())
    arguments.push_back(isReduced(init) ? *accumulator++ : load(init));
  auto indexOf = [&](int64_t loop) -> Value {
    if (loop != column)
      return indices[loop];
    auto type = VectorType::get({width}, builder.getIndexType());
    Value first =
        vector::BroadcastOp::create(builder, loc, type, indices[column]);
    return arith::AddIOp::create(builder, loc, first,
                                 vector::StepOp::create(builder, loc, type));
  };
  SmallVector<Value> results =
      tenon::computeBody(builder, op, arguments, indexOf);
  for (auto [result, init] : llvm::zip_equal(results, op.getDpsInitsMutable()))
    if (isReduced(init))
      next.push_back(result);
    else
      store(result, init);
  return next;
}

SmallVector<Value>
ColumnReduction::overReduced(ArrayRef<unsigned> loops,
                             SmallVector<Value> accumulators) {
  if (loops.empty())
    return step(accumulators);
  auto nest = scf::ForOp::create(builder, loc, constant(0),
                                 constant(sizes[loops.front()]), constant(1),
                                 accumulators);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(nest.getBody());
  indices[loops.front()] = nest.getInductionVar();
  SmallVector<Value> next = overReduced(
      loops.drop_front(), llvm::to_vector_of<Value>(nest.getRegionIterArgs()));
  scf::YieldOp::create(builder, loc, next);
  return nest.getResults();
}

void ColumnReduction::lower(int64_t lanes, int64_t vectors) {
  while (sizes[column] % (vectors * lanes) != 0)
    vectors /= 2;
  width = vectors * lanes;
  SmallVector<unsigned> parallel, reduced;
  for (auto [loop, kind] : llvm::enumerate(op.getIteratorTypesArray()))
    (kind == IteratorType::parallel ? parallel : reduced).push_back(loop);
  overParallel(parallel, [&] {
    SmallVector<Value> accumulators;
    for (OpOperand &init : op.getDpsInitsMutable())
      if (isReduced(init))
        accumulators.push_back(load(init));
    accumulators = overReduced(reduced, accumulators);
    const Value *accumulator = accumulators.begin();
    for (OpOperand &init : op.getDpsInitsMutable())
      if (isReduced(init))
        store(*accumulator++, init);
  });
  op.erase();
}

namespace {
struct LowerColumnReduction
    : ::tenon::impl::LowerColumnReductionPassBase<LowerColumnReduction> {
  using LowerColumnReductionPassBase::LowerColumnReductionPassBase;

  void runOnOperation() override {
    int64_t lanes = vectorBytes / 4,
            vectors = registers > 16 ? mostVectors : vectorsOfFewRegisters;
    SmallVector<linalg::GenericOp> ops;
    getOperation().walk([&](linalg::GenericOp op) { ops.push_back(op); });
    for (linalg::GenericOp op : ops)
      if (ColumnReduction reduction(op);
          reduction.isOne() && reduction.isFor(lanes))
        reduction.lower(lanes, vectors);
  }
};
} // namespace
