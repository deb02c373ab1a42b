//===- BlockAttention.cpp - A block's walk over tiles and keys ------------===//

#include "BlockAttention.h"
#include "AddressSpaces.h"
#include "Temporaries.h"

#include "tenon/IR/Shapes.h"
#include "tenon/IR/TensorCoreAttention.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using mlir::tenon::AttentionOp;
using mlir::tenon::CausalKind;
using ::tenon::BlockAttention;
using ::tenon::Heads;
using ::tenon::StagedFactor;

static constexpr int64_t copiedBytes = 16;
/// Blocks of keys in shared memory: one in use, one on its way.
static constexpr int64_t slots = 2;

Heads::Heads(Value memref, int64_t heads) : memref(memref) {
  ArrayRef<int64_t> shape = cast<MemRefType>(memref.getType()).getShape();
  isSplit = shape.size() == 4;
  length = shape[isSplit ? 2 : 1];
  size = isSplit ? shape[3] : shape[2] / heads;
}

SmallVector<Value> Heads::indices(ImplicitLocOpBuilder &b, Value batch,
                                  Value head, Value row, Value place) const {
  if (isSplit)
    return {batch, head, row, place};
  Value first =
      arith::MulIOp::create(b, head, arith::ConstantIndexOp::create(b, size));
  return {batch, row, arith::AddIOp::create(b, first, place)};
}

BlockAttention::BlockAttention(func::FuncOp kernel, AttentionOp op,
                               int64_t threads)
    : kernel(kernel), op(op), b(op.getLoc(), op), threads(threads),
      element(cast<FloatType>(mlir::tenon::elementTypeOf(op.getQuery()))),
      hasValuesInKeys(mlir::tenon::hasValuesInKeys(op)),
      splits(op.getSplits().value_or(1)) {}

Value BlockAttention::sharedMemory(ArrayRef<int64_t> shape, Type type) {
  return memref::AllocaOp::create(
      b, MemRefType::get(shape, type, AffineMap(),
                         b.getI64IntegerAttr(sharedSpace)));
}

void BlockAttention::addProducts(ArrayRef<Value> rows, ArrayRef<Value> columns,
                                 Value *sums) {
  for (int64_t half = 0; half < 2; ++half)
    llvm::copy(::tenon::multiplyFragments(b, element, rows,
                                          columns.slice(half * 2, 2),
                                          ArrayRef(sums + half * 4, 4)),
               sums + half * 4);
}

StagedFactor BlockAttention::createPiece(const Heads &source, int64_t extent,
                                         int64_t count, bool isSumInner) {
  StagedFactor piece;
  piece.isSumInner = isSumInner;
  piece.extent = isSumInner ? extent : source.size;
  piece.depth = isSumInner ? source.size : extent;
  int64_t room = copiedBytes * 8 / element.getWidth();
  piece.buffer =
      sharedMemory({count, piece.lines(), piece.lineLength() + room}, element);
  return piece;
}

void BlockAttention::stage(const Heads &source, const StagedFactor &piece,
                           Value slot, llvm::function_ref<Line(Value)> lineAt) {
  // So many threads share a line that places are a thread's own and constants:
  // what is left of the addresses of all copies needs few registers.
  int64_t vector = copiedBytes * 8 / element.getWidth(),
          parts = source.size / vector;
  int64_t across = threads % parts == 0
                       ? parts
                       : std::min<int64_t>(llvm::PowerOf2Ceil(parts), warpSize);
  int64_t together = threads / across;
  Value ownLine = over(thread, across), ownPart = rest(thread, across);
  for (int64_t turn = 0; turn < piece.lines(); turn += together) {
    OpBuilder::InsertionGuard guard(b);
    Value line = plus(ownLine, turn);
    if (turn + together > piece.lines()) {
      auto some = scf::IfOp::create(b, less(line, index(piece.lines())));
      b.setInsertionPointToStart(some.thenBlock());
    }
    Line from = lineAt(line);
    Value bytes = choose(from.isThere, integer(copiedBytes), integer(0));
    for (int64_t part = 0; part < parts; part += across) {
      OpBuilder::InsertionGuard inner(b);
      Value own = plus(ownPart, part);
      if (part + across > parts) {
        auto some = scf::IfOp::create(b, less(own, index(parts)));
        b.setInsertionPointToStart(some.thenBlock());
      }
      Value place = times(own, vector);
      NVVM::CpAsyncOp::create(
          b,
          ::tenon::pointerTo(b, piece.buffer, {slot, line, place}, sharedSpace),
          ::tenon::pointerTo(
              b, source.memref,
              source.indices(b, batch, from.head, from.row, place),
              globalSpace),
          copiedBytes, NVVM::LoadCacheModifierKind::CG, bytes);
    }
  }
}

void BlockAttention::stageQueries() {
  stage(query, queries, index(0), [&](Value line) -> Line {
    Value number = plus(tileRow, line);
    Value isThere = less(number, index(rowCount));
    AttentionRow row = rowAt(choose(isThere, number, index(0)));
    return {isThere, row.head, row.query};
  });
}

void BlockAttention::stageKeys(Value block) {
  Value slot = rest(block, slots), first = times(block, keysOfBlock);
  auto lineAt = [&](Value line) -> Line {
    Value row = plus(first, line);
    Value isThere = both(
        less(row, keyEnd),
        arith::CmpIOp::create(b, arith::CmpIPredicate::sge, row, keyBegin));
    return {isThere, keyHead, choose(isThere, row, index(0))};
  };
  stage(key, keys, slot, lineAt);
  if (!hasValuesInKeys)
    stage(value, values, slot, lineAt);
}

/// Finds the tile's place. Causal tiles that see many keys come first.
void BlockAttention::enterTile(Value tile) {
  int64_t heads = op.getNumHeads(),
          group = heads / static_cast<int64_t>(op.getNumKvHeads()),
          perPlace = headSets * splits;
  Value place =
      arith::SubIOp::create(b, index(tilesOfHead - 1), over(tile, perPlace));
  Value own = rest(tile, perPlace);
  split = rest(own, splits);
  own = over(own, splits);
  batch = over(own, heads / members);
  firstHead = times(rest(own, heads / members), members);
  keyHead = over(firstHead, group);
  tileRow = times(place, tileRows);
  findKeys();
  stageQueries();
}

/// Which keys some query of the tile sees.
void BlockAttention::findKeys() {
  keyLength = index(key.length);
  if (lengths) {
    Value given = memref::LoadOp::create(b, lengths, batch);
    given = arith::IndexCastOp::create(b, b.getIndexType(), given);
    keyLength = larger(index(0), smaller(keyLength, given));
    offset = arith::SubIOp::create(b, given, index(query.length));
  }
  if (op.getCausal() != CausalKind::cached)
    offset = index(op.getCausal() == CausalKind::bottom_right
                       ? key.length - query.length
                       : 0);
  if (mask) {
    // A short mask hides the keys behind its last.
    int64_t width = mlir::tenon::shapeOf(op.getMask()).back();
    if (width > 1)
      keyLength = smaller(keyLength, index(width));
  }
  Value firstPosition = plus(over(tileRow, members), offset);
  keyEnd = keyLength;
  if (isCausal()) {
    Value lastRow = smaller(plus(tileRow, tileRows - 1), index(rowCount - 1));
    Value end = plus(plus(over(lastRow, members), offset), 1);
    keyEnd = larger(index(0), smaller(keyEnd, end));
  }
  keyBegin = index(0);
  if (op.getWindow())
    keyBegin =
        larger(keyBegin,
               plus(firstPosition, 1 - static_cast<int64_t>(*op.getWindow())));
}

/// The blocks of keys that the tile sees, or this split's part of them.
std::pair<Value, Value> BlockAttention::findBlocks() {
  Value begin = over(keyBegin, keysOfBlock),
        end = over(plus(keyEnd, keysOfBlock - 1), keysOfBlock);
  if (splits == 1)
    return {begin, end};
  Value all = larger(index(0), arith::SubIOp::create(b, end, begin));
  Value each = over(plus(all, splits - 1), splits);
  begin = smaller(end, plus(begin, arith::MulIOp::create(b, split, each)));
  return {begin, smaller(end, plus(begin, each))};
}

/// Puts memrefs in the place of the kernel's tensors. The new body stands
/// before the op, which still says what it is.
void BlockAttention::findArguments() {
  Block &entry = kernel.getBody().front();
  SmallVector<Type> types;
  for (BlockArgument argument : entry.getArguments()) {
    auto tensor = cast<RankedTensorType>(argument.getType());
    types.push_back(
        MemRefType::get(tensor.getShape(), tensor.getElementType()));
  }
  SmallVector<Value> memrefs;
  for (Type type : types)
    memrefs.push_back(entry.addArgument(type, kernel.getLoc()));
  auto find = [&](Value tensor) {
    return memrefs[cast<BlockArgument>(tensor).getArgNumber()];
  };
  query = Heads(find(op.getQuery()), op.getNumHeads());
  key = Heads(find(op.getKey()), op.getNumKvHeads());
  if (hasValuesInKeys) {
    value = key;
    value.size = mlir::tenon::shapeOf(op.getValue()).back() /
                 (key.isSplit ? 1 : op.getNumKvHeads());
  } else {
    value = Heads(find(op.getValue()), op.getNumKvHeads());
  }
  if (op.getValidLengths())
    lengths = find(op.getValidLengths());
  if (op.getMask())
    mask = find(op.getMask());
  // The last arguments are what the kernel returns.
  auto returned = entry.getTerminator()->getOperands();
  for (auto [value, memref] : llvm::zip_equal(
           returned, ArrayRef(memrefs).take_back(returned.size()))) {
    if (value != op.getResult())
      largestAndTotal = memref;
    else if (op.getSplits())
      result.memref = memref;
    else
      result = Heads(memref, op.getNumHeads());
  }
  kernel->setAttr("tenon.results", b.getI64IntegerAttr(returned.size()));
  kernel.setType(FunctionType::get(kernel.getContext(), types, {}));
}

void BlockAttention::emit() {
  Block &entry = kernel.getBody().front();
  unsigned tensors = entry.getNumArguments();
  findArguments();
  int64_t heads = op.getNumHeads();
  scale = op.getScale() ? op.getScale()->convertToDouble()
                        : 1 / std::sqrt(static_cast<double>(query.size));
  if (mlir::tenon::sharesRows(op))
    members = heads / static_cast<int64_t>(op.getNumKvHeads());
  rowCount = query.length * members;
  headSets = mlir::tenon::shapeOf(op.getQuery())[0] * heads / members;
  chooseSizes();
  tilesOfHead = llvm::divideCeil(rowCount, tileRows);
  int64_t tiles = headSets * tilesOfHead * splits;

  b.setInsertionPointToStart(&entry);
  thread = gpu::ThreadIdOp::create(b, gpu::Dimension::x);
  Value block = gpu::BlockIdOp::create(b, gpu::Dimension::x),
        blocks = gpu::GridDimOp::create(b, gpu::Dimension::x);
  warp = over(thread, warpSize);
  lane = rest(thread, warpSize);
  queries = createPiece(query, tileRows, 1, /*isSumInner=*/true);
  keys = createPiece(key, keysOfBlock, slots, /*isSumInner=*/true);
  if (hasValuesInKeys) {
    values = keys;
    values.isSumInner = false;
    values.extent = value.size;
    values.depth = keysOfBlock;
  } else {
    values = createPiece(value, keysOfBlock, slots, /*isSumInner=*/false);
  }
  allocate();

  auto walk = scf::ForOp::create(b, block, index(tiles), blocks);
  b.setInsertionPointToStart(walk.getBody());
  enterTile(walk.getInductionVar());
  auto [firstBlock, endBlock] = findBlocks();
  stageKeys(firstBlock);
  NVVM::CpAsyncCommitGroupOp::create(b);
  NVVM::CpAsyncWaitGroupOp::create(b, 0);
  gpu::BarrierOp::create(b);
  beginTile();
  auto overKeys =
      scf::ForOp::create(b, firstBlock, endBlock, index(1), start());
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(overKeys.getBody());
    Value number = overKeys.getInductionVar();
    NVVM::CpAsyncWaitGroupOp::create(b, 0);
    gpu::BarrierOp::create(b);
    Value next = plus(number, 1);
    auto more = scf::IfOp::create(b, less(next, endBlock));
    {
      OpBuilder::InsertionGuard inner(b);
      b.setInsertionPointToStart(more.thenBlock());
      stageKeys(next);
    }
    NVVM::CpAsyncCommitGroupOp::create(b);
    Values after = addKeys(overKeys.getRegionIterArgs(),
                           times(number, keysOfBlock), rest(number, slots));
    scf::YieldOp::create(b, after);
  }
  NVVM::CpAsyncWaitGroupOp::create(b, 0);
  store(overKeys.getResults());
  // The next tile's queries take the place of these.
  gpu::BarrierOp::create(b);

  entry.getTerminator()->setOperands({});
  Operation *slice = op.getValue().getDefiningOp();
  op.erase();
  if (slice)
    slice->erase();
  entry.eraseArguments(0, tensors);
  ::tenon::describeLaunch(kernel, tiles, threads);
}
