//===- BlockMatmul.cpp - A sum of products by all threads of a block ------===//
//
// The block walks along the summed axis. While it multiplies one piece of both
// factors, the next ones are on their way into other slots of shared memory
// (asynchronous copies: PTX ISA, "cp.async"), as far as 16 bytes of a factor
// lie side by side; else it brings one piece, waits, and multiplies it.
//
//===----------------------------------------------------------------------===//

#include "BlockMatmul.h"
#include "MatmulFactor.h"

#include "tenon/Codegen/KernelLoops.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using ::tenon::MatmulCore;
using ::tenon::MatmulFactor;
using ::tenon::MatmulLoops;
using ::tenon::ThreadGroup;
using utils::IteratorType;

/// Steps of the sum in a piece: 64 bytes of each line.
static constexpr int64_t depth32Bits = 16, depth16Bits = 32;
static constexpr int64_t slotsOfCopies = 3;
/// A smaller tile, or a shorter sum, is quicker without staging.
static constexpr int64_t smallestSide = 8, shortestSum = 16;

/// What the loops are to the op; failure where some are none of these.
static FailureOr<MatmulLoops> findLoops(linalg::LinalgOp op) {
  AffineMap lhs = op.getMatchingIndexingMap(op.getDpsInputOperand(0)),
            rhs = op.getMatchingIndexingMap(op.getDpsInputOperand(1)),
            result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  MatmulLoops loops;
  for (unsigned loop = 0; loop < op.getNumLoops(); ++loop) {
    bool isLeft = lhs.isFunctionOfDim(loop),
         isRight = rhs.isFunctionOfDim(loop),
         isResult = result.isFunctionOfDim(loop);
    if (isLeft && isRight)
      (isResult ? loops.batches : loops.sums).push_back(loop);
    else if (isResult && isLeft)
      loops.rows.push_back(loop);
    else if (isResult && isRight)
      loops.columns.push_back(loop);
    else
      return failure();
  }
  if (loops.rows.empty() || loops.columns.empty() || loops.sums.empty() ||
      !result.isProjectedPermutation())
    return failure();
  return loops;
}

/// The number that is multiplied: an argument of the body, perhaps widened.
static bool isFactor(Value value, BlockArgument argument) {
  if (auto widened = value.getDefiningOp<arith::ExtFOp>())
    value = widened.getIn();
  return value == argument;
}

/// Whether the body is acc + a * b in f32.
static bool addsProduct(linalg::LinalgOp op) {
  Block *body = op.getBlock();
  auto sum =
      body->getTerminator()->getOperand(0).getDefiningOp<arith::AddFOp>();
  if (!sum || !sum.getType().isF32())
    return false;
  BlockArgument acc = op.getMatchingBlockArgument(op.getDpsInitOperand(0));
  Value product = sum.getLhs() == acc   ? sum.getRhs()
                  : sum.getRhs() == acc ? sum.getLhs()
                                        : Value();
  auto multiplied =
      product ? product.getDefiningOp<arith::MulFOp>() : arith::MulFOp();
  if (!multiplied)
    return false;
  BlockArgument a = op.getMatchingBlockArgument(op.getDpsInputOperand(0)),
                c = op.getMatchingBlockArgument(op.getDpsInputOperand(1));
  return (isFactor(multiplied.getLhs(), a) &&
          isFactor(multiplied.getRhs(), c)) ||
         (isFactor(multiplied.getLhs(), c) && isFactor(multiplied.getRhs(), a));
}

/// The largest count that the loops have together; nothing where it is unknown.
static std::optional<int64_t> boundOf(ArrayRef<unsigned> loops,
                                      ArrayRef<OpFoldResult> sizes) {
  int64_t count = 1;
  for (unsigned loop : loops) {
    std::optional<int64_t> size = ::tenon::boundOf(sizes[loop]);
    if (!size)
      return std::nullopt;
    count *= *size;
  }
  return count;
}

static bool areConstant(ArrayRef<unsigned> loops,
                        ArrayRef<OpFoldResult> sizes) {
  return llvm::all_of(loops, [&](unsigned loop) {
    return getConstantIntValue(sizes[loop]).has_value();
  });
}

namespace {
class BlockMatmul {
public:
  BlockMatmul(linalg::LinalgOp op, const MatmulLoops &loops,
              ThreadGroup threads)
      : op(op), loops(loops), threads(threads),
        b(op.getLoc(), op.getOperation()) {
    for (const Range &range : op.createLoopRanges(b, op.getLoc()))
      sizes.push_back(range.size);
    places.assign(sizes.size(), index(0));
  }

  void emit();

private:
  Value index(int64_t value) {
    return arith::ConstantIndexOp::create(b, value);
  }
  Value toValue(OpFoldResult number) {
    return getValueOrCreateConstantIndexOp(b, op.getLoc(), number);
  }
  Value countOf(ArrayRef<unsigned> of);
  Value plus(Value left, Value right) {
    return arith::AddIOp::create(b, left, right);
  }
  template <typename Body> void loop(Value end, int64_t step, Body body) {
    auto counter = scf::ForOp::create(b, index(0), end, index(step));
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(counter.getBody());
    body(counter.getInductionVar());
  }

  void chooseCore();
  void emitBatches(ArrayRef<unsigned> left);
  void emitTile(Value firstRow, Value firstColumn);
  SmallVector<Value> emitCopied(SmallVector<Value> sums);
  SmallVector<Value> emitStaged(SmallVector<Value> sums);
  void stage(Value piece, Value slot);
  void storeSums(ValueRange sums);
  void decode(Value number, ArrayRef<unsigned> of);

  linalg::LinalgOp op;
  const MatmulLoops &loops;
  ThreadGroup threads;
  ImplicitLocOpBuilder b;
  SmallVector<OpFoldResult> sizes;
  SmallVector<Value> places;
  std::unique_ptr<MatmulCore> core;
  std::optional<MatmulFactor> lhs, rhs;
  Type staged;
  int64_t depth = depth32Bits;
  Value firstRow, firstColumn;
};
} // namespace

Value BlockMatmul::countOf(ArrayRef<unsigned> of) {
  Value count = index(1);
  for (unsigned loop : of)
    count = arith::MulIOp::create(b, count, toValue(sizes[loop]));
  return count;
}

void BlockMatmul::chooseCore() {
  Value left = op.getDpsInputOperand(0)->get(),
        right = op.getDpsInputOperand(1)->get();
  Type leftType = cast<MemRefType>(left.getType()).getElementType(),
       rightType = cast<MemRefType>(right.getType()).getElementType();
  int64_t rows = *boundOf(loops.rows, sizes),
          columns = *boundOf(loops.columns, sizes);
  staged = b.getF32Type();
  if (leftType == rightType && (leftType.isF16() || leftType.isBF16()))
    core = ::tenon::createTensorCore(threads, std::min<int64_t>(rows, 128),
                                     std::min<int64_t>(columns, 128),
                                     cast<FloatType>(leftType));
  if (core) {
    staged = leftType;
    depth = depth16Bits;
  } else {
    core = ::tenon::createFmaCore(threads, rows, columns);
  }
  lhs.emplace(op, *op.getDpsInputOperand(0), loops.rows, loops.sums, sizes);
  rhs.emplace(op, *op.getDpsInputOperand(1), loops.columns, loops.sums, sizes);
}

void BlockMatmul::stage(Value piece, Value slot) {
  Value sum = arith::MulIOp::create(b, piece, index(depth));
  lhs->stage(b, threads, places, slot, firstRow, sum);
  rhs->stage(b, threads, places, slot, firstColumn, sum);
}

/// One slot: bring a piece, wait, multiply, wait.
SmallVector<Value> BlockMatmul::emitStaged(SmallVector<Value> sums) {
  int64_t pieces = llvm::divideCeil(*boundOf(loops.sums, sizes), depth);
  auto walk = scf::ForOp::create(b, index(0), index(pieces), index(1), sums);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(walk.getBody());
  stage(walk.getInductionVar(), index(0));
  // Perhaps one of the factors is copied.
  NVVM::CpAsyncCommitGroupOp::create(b);
  NVVM::CpAsyncWaitGroupOp::create(b, 0);
  gpu::BarrierOp::create(b);
  SmallVector<Value> next = core->multiply(b, lhs->staged(), rhs->staged(),
                                           index(0), walk.getRegionIterArgs());
  gpu::BarrierOp::create(b);
  scf::YieldOp::create(b, next);
  return llvm::to_vector_of<Value>(walk.getResults());
}

/// Several slots: all but one are on their way while one is multiplied.
SmallVector<Value> BlockMatmul::emitCopied(SmallVector<Value> sums) {
  int64_t pieces = llvm::divideCeil(*boundOf(loops.sums, sizes), depth);
  for (int64_t piece = 0; piece < slotsOfCopies - 1; ++piece) {
    if (piece < pieces)
      stage(index(piece), index(piece));
    NVVM::CpAsyncCommitGroupOp::create(b);
  }
  auto walk = scf::ForOp::create(b, index(0), index(pieces), index(1), sums);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(walk.getBody());
    Value piece = walk.getInductionVar();
    NVVM::CpAsyncWaitGroupOp::create(b, slotsOfCopies - 2);
    // The piece is there for all, and none reads the slot that comes next.
    gpu::BarrierOp::create(b);
    Value coming = plus(piece, index(slotsOfCopies - 1));
    Value isComing = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, coming,
                                           index(pieces));
    auto some = scf::IfOp::create(b, isComing);
    {
      OpBuilder::InsertionGuard inner(b);
      b.setInsertionPointToStart(some.thenBlock());
      stage(coming, arith::RemUIOp::create(b, coming, index(slotsOfCopies)));
    }
    NVVM::CpAsyncCommitGroupOp::create(b);
    Value slot = arith::RemUIOp::create(b, piece, index(slotsOfCopies));
    scf::YieldOp::create(b, core->multiply(b, lhs->staged(), rhs->staged(),
                                           slot, walk.getRegionIterArgs()));
  }
  NVVM::CpAsyncWaitGroupOp::create(b, 0);
  gpu::BarrierOp::create(b);
  return llvm::to_vector_of<Value>(walk.getResults());
}

void BlockMatmul::decode(Value number, ArrayRef<unsigned> of) {
  for (size_t position = of.size(); position-- > 1;) {
    Value size = toValue(sizes[of[position]]);
    places[of[position]] = arith::RemUIOp::create(b, number, size);
    number = arith::DivUIOp::create(b, number, size);
  }
  places[of.front()] = number;
}

/// Adds a thread's sums to the result.
void BlockMatmul::storeSums(ValueRange sums) {
  Value rows = countOf(loops.rows), columns = countOf(loops.columns);
  OpOperand *output = op.getDpsInitOperand(0);
  AffineMap map = op.getMatchingIndexingMap(output);
  for (auto [number, sum] : llvm::enumerate(sums)) {
    OpBuilder::InsertionGuard guard(b);
    auto [row, column] = core->placeOf(b, number);
    row = plus(row, firstRow);
    column = plus(column, firstColumn);
    Value isInside = arith::AndIOp::create(
        b, arith::CmpIOp::create(b, arith::CmpIPredicate::ult, row, rows),
        arith::CmpIOp::create(b, arith::CmpIPredicate::ult, column, columns));
    auto some = scf::IfOp::create(b, isInside);
    b.setInsertionPointToStart(some.thenBlock());
    SmallVector<Value> outside = places;
    decode(row, loops.rows);
    decode(column, loops.columns);
    SmallVector<Value> indices;
    for (AffineExpr expr : map.getResults())
      indices.push_back(places[cast<AffineDimExpr>(expr).getPosition()]);
    places = outside;
    Value before = memref::LoadOp::create(b, output->get(), indices);
    memref::StoreOp::create(b, arith::AddFOp::create(b, before, sum),
                            output->get(), indices);
  }
}

void BlockMatmul::emitTile(Value row, Value column) {
  firstRow = row;
  firstColumn = column;
  Value zero = arith::ConstantOp::create(b, b.getF32FloatAttr(0));
  SmallVector<Value> sums(core->sumCount(), zero);
  bool copies = lhs->isCopied(staged) && rhs->isCopied(staged);
  storeSums(copies ? emitCopied(sums) : emitStaged(sums));
}

void BlockMatmul::emitBatches(ArrayRef<unsigned> left) {
  if (left.empty()) {
    loop(countOf(loops.rows), core->rows, [&](Value row) {
      loop(countOf(loops.columns), core->columns,
           [&](Value column) { emitTile(row, column); });
    });
    return;
  }
  loop(toValue(sizes[left.front()]), 1, [&](Value place) {
    places[left.front()] = place;
    emitBatches(left.drop_front());
  });
}

void BlockMatmul::emit() {
  chooseCore();
  int64_t slots =
      lhs->isCopied(staged) && rhs->isCopied(staged) ? slotsOfCopies : 1;
  lhs->allocate(b, slots, core->rows, depth, staged);
  rhs->allocate(b, slots, core->columns, depth, staged);
  emitBatches(loops.batches);
}

bool tenon::isBlockMatmul(linalg::LinalgOp op, ThreadGroup threads) {
  if (op.getNumDpsInputs() != 2 || op.getNumDpsInits() != 1 ||
      !llvm::all_of(op->getOperandTypes(), llvm::IsaPred<MemRefType>) ||
      !addsProduct(op))
    return false;
  FailureOr<MatmulLoops> loops = findLoops(op);
  if (failed(loops))
    return false;
  for (OpOperand *input : op.getDpsInputOperands())
    if (!isa<Float16Type, BFloat16Type, Float32Type>(
            cast<MemRefType>(input->get().getType()).getElementType()))
      return false;
  OpBuilder b(op);
  SmallVector<OpFoldResult> sizes;
  for (const Range &range : op.createLoopRanges(b, op.getLoc()))
    sizes.push_back(range.size);
  std::optional<int64_t> rows = ::boundOf(loops->rows, sizes),
                         columns = ::boundOf(loops->columns, sizes),
                         sums = ::boundOf(loops->sums, sizes);
  return rows && columns && sums && areConstant(loops->sums, sizes) &&
         areConstant(ArrayRef(loops->rows).drop_front(), sizes) &&
         areConstant(ArrayRef(loops->columns).drop_front(), sizes) &&
         *rows >= smallestSide && *columns >= smallestSide &&
         *sums >= shortestSum;
}

void tenon::lowerBlockMatmul(linalg::LinalgOp op, ThreadGroup threads) {
  MatmulLoops loops = *findLoops(op);
  BlockMatmul(op, loops, threads).emit();
  op.erase();
}
