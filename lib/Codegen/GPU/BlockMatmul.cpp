//===- BlockMatmul.cpp - A sum of products by all threads of a block ------===//
//
// The block walks along the summed axis. While it multiplies one piece of both
// factors, the next ones are on their way into other slots of shared memory
// (asynchronous copies: PTX ISA, "cp.async"), as far as 16 bytes of a factor
// lie side by side; else it brings one piece, waits, and multiplies it.
//
//===----------------------------------------------------------------------===//

#include "BlockMatmul.h"
#include "LoopPlaces.h"
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
using ::tenon::MatmulSurroundings;
using ::tenon::SumOfProducts;
using ::tenon::ThreadGroup;

/// Pieces in shared memory at once: one is multiplied, the others come. Where
/// multiplying is asynchronous too, one more is still being read.
static constexpr int64_t slotsOfCopies = 3, slotsOfAsynchronous = 4;
/// A smaller tile, or a shorter sum, is quicker without staging.
static constexpr int64_t smallestSide = 8, shortestSum = 16;

/// What the loops are to the op; failure where some are none of these.
static FailureOr<MatmulLoops> findLoops(linalg::LinalgOp op,
                                        const SumOfProducts &product) {
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  MatmulLoops loops;
  for (unsigned loop = 0; loop < op.getNumLoops(); ++loop) {
    bool isLeft = product.left.isFunctionOf(op, loop),
         isRight = product.right.isFunctionOf(op, loop),
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
  BlockMatmul(linalg::LinalgOp op, const SumOfProducts &product,
              const MatmulLoops &loops, ThreadGroup threads,
              const MatmulSurroundings &surroundings)
      : op(op), product(product), loops(loops), threads(threads),
        surroundings(surroundings),
        b(op.getLoc(),
          static_cast<Operation *>(surroundings.epilogue ? surroundings.epilogue
                                                         : op)) {
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
  Value countOf(ArrayRef<unsigned> of) {
    return toValue(::tenon::countOf(b, of, sizes));
  }
  Value plus(Value left, Value right) {
    return arith::AddIOp::create(b, left, right);
  }
  template <typename Body> void loop(Value end, int64_t step, Body body) {
    auto counter = scf::ForOp::create(b, index(0), end, index(step));
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(counter.getBody());
    body(counter.getInductionVar());
  }

  int64_t slots() const {
    return !copies                  ? 1
           : core->isAsynchronous() ? slotsOfAsynchronous
                                    : slotsOfCopies;
  }
  void chooseCore();
  void emitBatches(ArrayRef<unsigned> left);
  void emitTile(Value firstRow, Value firstColumn);
  SmallVector<Value> emitCopied(SmallVector<Value> sums);
  SmallVector<Value> emitStaged(SmallVector<Value> sums);
  void stage(Value piece, Value slot);
  void storeSum(Value row, Value column, Value sum);
  void storeSums(ValueRange sums);
  void decode(Value number, ArrayRef<unsigned> of) {
    ::tenon::placeIteration(b, number, of, sizes, places);
  }

  linalg::LinalgOp op;
  const SumOfProducts &product;
  const MatmulLoops &loops;
  ThreadGroup threads;
  const MatmulSurroundings &surroundings;
  ImplicitLocOpBuilder b;
  SmallVector<OpFoldResult> sizes;
  SmallVector<Value> places;
  std::unique_ptr<MatmulCore> core;
  std::optional<MatmulFactor> lhs, rhs;
  Type staged;
  bool copies = false; ///< of both factors 16 bytes at once
  Value firstRow, firstColumn;
};
} // namespace

/// Tensor cores for a tile as far as they do it at once.
static std::unique_ptr<MatmulCore>
createTensorCoreFor(const SumOfProducts &product, ThreadGroup threads,
                    int64_t rows, int64_t columns) {
  static constexpr int64_t mostAtOnce = 128;
  Type element = product.tensorElement(threads.usesTf32);
  bool areBytes = product.areBytes();
  return ::tenon::createTensorCore(threads, std::min(rows, mostAtOnce),
                                   std::min(columns, mostAtOnce),
                                   areBytes ? product.left.element : element,
                                   areBytes ? product.right.element : element);
}

void BlockMatmul::chooseCore() {
  Type element = product.tensorElement(threads.usesTf32);
  int64_t rows = *boundOf(loops.rows, sizes),
          columns = *boundOf(loops.columns, sizes);
  lhs.emplace(op, product.left, loops.rows, loops.sums, sizes);
  rhs.emplace(op, product.right, loops.columns, loops.sums, sizes);
  staged = element ? element : b.getF32Type();
  copies = lhs->isCopied(staged) && rhs->isCopied(staged);
  if (product.narrowElement() && threads.hasWarpgroupProducts && copies &&
      lhs->staged().isSumInner && rhs->staged().isSumInner)
    core = ::tenon::createWarpgroupCore(threads, rows, columns,
                                        product.narrowElement());
  if (!core && element)
    core = createTensorCoreFor(product, threads, rows, columns);
  if (!core) {
    staged = b.getF32Type();
    core = ::tenon::createFmaCore(threads, rows, columns);
  }
  copies = lhs->isCopied(staged) && rhs->isCopied(staged);
}

void BlockMatmul::stage(Value piece, Value slot) {
  Value sum = arith::MulIOp::create(b, piece, index(core->depth()));
  lhs->stage(b, threads, places, slot, firstRow, sum);
  rhs->stage(b, threads, places, slot, firstColumn, sum);
}

/// One slot: bring a piece, wait, multiply, wait.
SmallVector<Value> BlockMatmul::emitStaged(SmallVector<Value> sums) {
  int64_t pieces = llvm::divideCeil(*boundOf(loops.sums, sizes), core->depth());
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

/// Several slots: all but one are on their way while one is multiplied. Where
/// that is asynchronous, the piece before may be read for a while yet.
SmallVector<Value> BlockMatmul::emitCopied(SmallVector<Value> sums) {
  int64_t pieces = llvm::divideCeil(*boundOf(loops.sums, sizes), core->depth());
  int64_t ahead = slots() - (core->isAsynchronous() ? 2 : 1);
  for (int64_t piece = 0; piece < ahead; ++piece) {
    if (piece < pieces)
      stage(index(piece), index(piece));
    NVVM::CpAsyncCommitGroupOp::create(b);
  }
  auto walk = scf::ForOp::create(b, index(0), index(pieces), index(1), sums);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(walk.getBody());
    Value piece = walk.getInductionVar(), slotCount = index(slots());
    Value slot = arith::RemUIOp::create(b, piece, slotCount);
    SmallVector<Value> next(walk.getRegionIterArgs());
    auto multiply = [&] {
      next = core->multiply(b, lhs->staged(), rhs->staged(), slot, next);
    };
    NVVM::CpAsyncWaitGroupOp::create(b, ahead - 1);
    core->publish(b);
    core->wait(b, 1);
    // The piece is there for all, and none reads the slot that comes next.
    gpu::BarrierOp::create(b);
    if (core->isAsynchronous())
      multiply();
    Value coming = plus(piece, index(ahead));
    Value isComing = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, coming,
                                           index(pieces));
    auto some = scf::IfOp::create(b, isComing);
    {
      OpBuilder::InsertionGuard inner(b);
      b.setInsertionPointToStart(some.thenBlock());
      stage(coming, arith::RemUIOp::create(b, coming, slotCount));
    }
    NVVM::CpAsyncCommitGroupOp::create(b);
    if (!core->isAsynchronous())
      multiply();
    scf::YieldOp::create(b, next);
  }
  NVVM::CpAsyncWaitGroupOp::create(b, 0);
  SmallVector<Value> finished = core->finish(b, walk.getResults());
  gpu::BarrierOp::create(b);
  return finished;
}

static Value addUp(ImplicitLocOpBuilder &b, Value before, Value sum) {
  if (isa<FloatType>(sum.getType()))
    return arith::AddFOp::create(b, before, sum);
  return arith::AddIOp::create(b, before, sum);
}

/// What becomes of one sum: it is added to the result, or goes through the
/// epilogue without being there at all.
void BlockMatmul::storeSum(Value row, Value column, Value sum) {
  OpOperand *output = op.getDpsInitOperand(0);
  SmallVector<Value> outside = places;
  decode(row, loops.rows);
  decode(column, loops.columns);
  SmallVector<Value> indices;
  for (AffineExpr expr : op.getMatchingIndexingMap(output).getResults())
    indices.push_back(places[cast<AffineDimExpr>(expr).getPosition()]);
  places = outside;
  if (!surroundings.startsAtZero)
    sum = addUp(b, memref::LoadOp::create(b, output->get(), indices), sum);
  if (surroundings.epilogue)
    ::tenon::emitElement(b, surroundings.epilogue, output->get(), indices, sum);
  else
    memref::StoreOp::create(b, sum, output->get(), indices);
}

void BlockMatmul::storeSums(ValueRange sums) {
  auto dividesEvenly = [&](ArrayRef<unsigned> of, int64_t size) {
    return areConstant(of, sizes) && *boundOf(of, sizes) % size == 0;
  };
  bool isWhole = dividesEvenly(loops.rows, core->rows) &&
                 dividesEvenly(loops.columns, core->columns);
  int64_t together =
      dividesEvenly(loops.columns, core->neighbours()) ? core->neighbours() : 1;
  Value rows = countOf(loops.rows), columns = countOf(loops.columns);
  for (size_t number = 0; number < sums.size(); number += together) {
    OpBuilder::InsertionGuard guard(b);
    auto [row, column] = core->placeOf(b, number);
    row = plus(row, firstRow);
    column = plus(column, firstColumn);
    if (!isWhole) {
      Value isInside = arith::AndIOp::create(
          b, arith::CmpIOp::create(b, arith::CmpIPredicate::ult, row, rows),
          arith::CmpIOp::create(b, arith::CmpIPredicate::ult, column, columns));
      auto some = scf::IfOp::create(b, isInside);
      b.setInsertionPointToStart(some.thenBlock());
    }
    for (int64_t next = 0; next < together; ++next)
      storeSum(row, plus(column, index(next)), sums[number + next]);
  }
}

void BlockMatmul::emitTile(Value row, Value column) {
  firstRow = row;
  firstColumn = column;
  SmallVector<Value> sums = core->start(b);
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
  bool isSwizzled = core->isAsynchronous();
  lhs->allocate(b, slots(), core->rows, core->depth(), staged, isSwizzled);
  rhs->allocate(b, slots(), core->columns, core->depth(), staged, isSwizzled);
  emitBatches(loops.batches);
}

SmallVector<Value> tenon::createZeros(ImplicitLocOpBuilder &b, int64_t count,
                                      Type type) {
  return SmallVector<Value>(count,
                            arith::ConstantOp::create(b, b.getZeroAttr(type)));
}

bool tenon::isBlockMatmul(linalg::LinalgOp op, ThreadGroup threads) {
  if (!llvm::all_of(op->getOperandTypes(), llvm::IsaPred<MemRefType>))
    return false;
  FailureOr<SumOfProducts> product = ::tenon::matchSumOfProducts(op);
  if (failed(product))
    return false;
  FailureOr<MatmulLoops> loops = findLoops(op, *product);
  if (failed(loops))
    return false;
  OpBuilder b(op);
  SmallVector<OpFoldResult> sizes;
  for (const Range &range : op.createLoopRanges(b, op.getLoc()))
    sizes.push_back(range.size);
  std::optional<int64_t> rows = ::boundOf(loops->rows, sizes),
                         columns = ::boundOf(loops->columns, sizes),
                         sums = ::boundOf(loops->sums, sizes);
  // Only tensor cores sum bytes up.
  if (product->areBytes() && rows && columns &&
      !createTensorCoreFor(*product, threads, *rows, *columns))
    return false;
  return rows && columns && sums && areConstant(loops->sums, sizes) &&
         areConstant(ArrayRef(loops->rows).drop_front(), sizes) &&
         areConstant(ArrayRef(loops->columns).drop_front(), sizes) &&
         *rows >= smallestSide && *columns >= smallestSide &&
         *sums >= shortestSum;
}

void tenon::lowerBlockMatmul(linalg::LinalgOp op, ThreadGroup threads,
                             const MatmulSurroundings &surroundings) {
  SumOfProducts product = *::tenon::matchSumOfProducts(op);
  MatmulLoops loops = *findLoops(op, product);
  BlockMatmul(op, product, loops, threads, surroundings).emit();
  if (surroundings.epilogue)
    surroundings.epilogue->erase();
  op.erase();
}
