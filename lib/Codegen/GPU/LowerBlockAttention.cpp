//===- LowerBlockAttention.cpp - Attention by tensor cores ----------------===//
//
// A block does a tile of queries, each warp 16 of them, and walks over blocks
// of keys. Scores, sums and what is known of each row stay in registers: the
// scores' fragment is, once rounded, the first factor of the product with the
// values (Dao, "FlashAttention-2", 2023, arXiv:2307.08691). The next keys and
// values are on their way while those at hand are used.
//
//===----------------------------------------------------------------------===//

#include "AddressSpaces.h"
#include "MatmulParts.h"
#include "Temporaries.h"

#include "tenon/Codegen/Passes.h"
#include "tenon/IR/Shapes.h"
#include "tenon/IR/TensorCoreAttention.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <numbers>

namespace tenon {
#define GEN_PASS_DEF_LOWERBLOCKATTENTIONPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using arith::CmpIPredicate;
using mlir::tenon::AttentionOp;
using mlir::tenon::CausalKind;
using mlir::tenon::shapeOf;
using ::tenon::globalSpace;
using ::tenon::sharedSpace;
using ::tenon::StagedFactor;
using ::tenon::warpSize;

static constexpr int64_t rowsOfWarp = 16, keysOfBlock = 64, unit = 16,
                         matrixSize = 8, copiedBytes = 16;
static constexpr int64_t slots = 2;

namespace {
/// One of the op's tensors, [B, heads, length, size] or [B, length, heads
/// size].
struct Heads {
  Value memref;
  int64_t length = 0, size = 0;
  bool isSplit = true;

  Heads() = default;
  Heads(Value memref, int64_t heads) : memref(memref) {
    ArrayRef<int64_t> shape = cast<MemRefType>(memref.getType()).getShape();
    isSplit = shape.size() == 4;
    length = shape[isSplit ? 2 : 1];
    size = isSplit ? shape[3] : shape[2] / heads;
  }

  SmallVector<Value> indices(ImplicitLocOpBuilder &b, Value batch, Value head,
                             Value row, Value place) const {
    if (isSplit)
      return {batch, head, row, place};
    Value first =
        arith::MulIOp::create(b, head, arith::ConstantIndexOp::create(b, size));
    return {batch, row, arith::AddIOp::create(b, first, place)};
  }
};

/// What a thread holds of its two rows: sums of values, the largest score so
/// far, in powers of two, and its part of the sum of exponentials.
struct Rows {
  SmallVector<Value> sums;
  Value largest[2], total[2];

  SmallVector<Value> all() const {
    SmallVector<Value> values = sums;
    values.append({largest[0], largest[1], total[0], total[1]});
    return values;
  }
  static Rows of(ValueRange values) {
    Rows rows;
    rows.sums = llvm::to_vector_of<Value>(values.drop_back(4));
    auto rest = values.take_back(4);
    rows.largest[0] = rest[0];
    rows.largest[1] = rest[1];
    rows.total[0] = rest[2];
    rows.total[1] = rest[3];
    return rows;
  }
};

class BlockAttention {
public:
  BlockAttention(func::FuncOp kernel, AttentionOp op, int64_t threads);
  void emit();

private:
  Value index(int64_t value) {
    return arith::ConstantIndexOp::create(b, value);
  }
  Value number(double value) {
    return arith::ConstantOp::create(b, b.getF32FloatAttr(value));
  }
  Value plus(Value left, Value right) {
    return arith::AddIOp::create(b, left, right);
  }
  Value times(Value left, int64_t right) {
    return arith::MulIOp::create(b, left, index(right));
  }
  Value less(Value left, Value right) {
    return arith::CmpIOp::create(b, CmpIPredicate::slt, left, right);
  }
  Value exp2(Value x) {
    return math::Exp2Op::create(b, x, arith::FastMathFlags::afn);
  }
  Value fma(Value x, Value y, Value z) {
    return math::FmaOp::create(b, x, y, z);
  }

  StagedFactor allocate(const Heads &source, int64_t extent, int64_t count,
                        bool isSumInner);
  void enterTile(Value tile);
  void stage(const Heads &source, Value head, const StagedFactor &piece,
             Value slot, Value first, Value begin, Value end);
  void stageKeys(Value block);
  Value larger(Value left, Value right) {
    return arith::MaxSIOp::create(b, left, right);
  }
  Value smaller(Value left, Value right) {
    return arith::MinSIOp::create(b, left, right);
  }
  bool isCausal() { return op.getCausal() != CausalKind::none; }
  void findKeys(Value tileRow);
  Rows addKeys(const Rows &before, Value block, Value slot);
  SmallVector<Value> createScores(Value slot);
  SmallVector<Value> hide(ArrayRef<Value> scores, Value firstKey);
  Value overRow(Value value, bool isSum);
  void store(const Rows &rows);

  func::FuncOp kernel;
  AttentionOp op;
  ImplicitLocOpBuilder b;
  int64_t threads, tileRows;
  int64_t headsOfAll = 0, tilesOfHead = 0; ///< heads of all batch entries
  double scale = 1;
  FloatType element;
  Heads query, key, value, result;
  StagedFactor queries, keys, values;
  SmallVector<SmallVector<Value>> queryFragments;
  Value lengths; ///< null where all keys count
  Value thread, lane, warp;
  // The tile at hand: where it is, how far its queries stand behind its keys,
  // how many keys there are, and which of them some query of it sees.
  Value batch, head, keyHead, firstRow, offset, keyLength, keyBegin, keyEnd;
};
} // namespace

BlockAttention::BlockAttention(func::FuncOp kernel, AttentionOp op,
                               int64_t threads)
    : kernel(kernel), op(op), b(op.getLoc(), op), threads(threads),
      tileRows(threads / warpSize * rowsOfWarp),
      element(cast<FloatType>(mlir::tenon::elementTypeOf(op.getQuery()))) {}

StagedFactor BlockAttention::allocate(const Heads &source, int64_t extent,
                                      int64_t count, bool isSumInner) {
  StagedFactor piece;
  piece.isSumInner = isSumInner;
  piece.extent = isSumInner ? extent : source.size;
  piece.depth = isSumInner ? source.size : extent;
  int64_t room = copiedBytes * 8 / element.getWidth();
  piece.buffer = memref::AllocaOp::create(
      b,
      MemRefType::get({count, piece.lines(), piece.lineLength() + room},
                      element, AffineMap(), b.getI64IntegerAttr(sharedSpace)));
  return piece;
}

/// Begins to copy the lines from `first` on into `slot`; zeros for those that
/// are not from `begin` to `end`.
void BlockAttention::stage(const Heads &source, Value sourceHead,
                           const StagedFactor &piece, Value slot, Value first,
                           Value begin, Value end) {
  int64_t vector = copiedBytes * 8 / element.getWidth(),
          parts = source.size / vector, total = parts * piece.lines();
  for (int64_t turn = 0; turn * threads < total; ++turn) {
    OpBuilder::InsertionGuard guard(b);
    Value part = plus(thread, index(turn * threads));
    if ((turn + 1) * threads > total) {
      auto some = scf::IfOp::create(b, less(part, index(total)));
      b.setInsertionPointToStart(some.thenBlock());
    }
    Value line = arith::DivUIOp::create(b, part, index(parts)),
          place = times(arith::RemUIOp::create(b, part, index(parts)), vector);
    Value row = plus(first, line);
    Value isThere = arith::AndIOp::create(
        b, less(row, end),
        arith::CmpIOp::create(b, CmpIPredicate::sge, row, begin));
    row = arith::SelectOp::create(b, isThere, row, index(0));
    auto bytes = [&](int64_t count) -> Value {
      return arith::ConstantOp::create(b, b.getI32IntegerAttr(count));
    };
    NVVM::CpAsyncOp::create(
        b,
        ::tenon::pointerTo(b, piece.buffer, {slot, line, place}, sharedSpace),
        ::tenon::pointerTo(b, source.memref,
                           source.indices(b, batch, sourceHead, row, place),
                           globalSpace),
        copiedBytes, NVVM::LoadCacheModifierKind::CG,
        arith::SelectOp::create(b, isThere, bytes(copiedBytes), bytes(0)));
  }
}

/// Scores of 16 queries and the block's keys.
SmallVector<Value> BlockAttention::createScores(Value slot) {
  SmallVector<Value> scores(keysOfBlock / matrixSize * 4, number(0));
  for (int64_t step = 0; step < key.size; step += unit)
    for (int64_t first = 0; first < keysOfBlock; first += unit) {
      SmallVector<Value> fragments = ::tenon::loadFragments(
          b, lane, keys, slot, index(first), step, /*isLhs=*/false);
      for (int64_t half = 0; half < 2; ++half) {
        Value *own = &scores[(first / matrixSize + half) * 4];
        llvm::copy(
            ::tenon::multiplyFragments(b, element, queryFragments[step / unit],
                                       ArrayRef(fragments).slice(half * 2, 2),
                                       ArrayRef(own, 4)),
            own);
      }
    }
  return scores;
}

/// The scores, -inf where a query does not see the key.
SmallVector<Value> BlockAttention::hide(ArrayRef<Value> scores,
                                        Value firstKey) {
  Value hidden = number(-std::numeric_limits<double>::infinity());
  Value row = plus(firstRow, arith::DivUIOp::create(b, lane, index(4)));
  Value pair =
      plus(firstKey, times(arith::RemUIOp::create(b, lane, index(4)), 2));
  SmallVector<Value> result;
  for (auto [number, score] : llvm::enumerate(scores)) {
    auto i = static_cast<int64_t>(number);
    Value place = plus(pair, index(i / 4 * matrixSize + i % 2));
    Value position = plus(plus(row, offset), index(i / 2 % 2 * matrixSize));
    Value limit = keyLength;
    if (isCausal())
      limit = smaller(limit, plus(position, index(1)));
    Value isSeen = less(place, limit);
    if (op.getWindow())
      isSeen = arith::AndIOp::create(
          b, isSeen, less(position, plus(place, index(*op.getWindow()))));
    result.push_back(arith::SelectOp::create(b, isSeen, score, hidden));
  }
  return result;
}

/// The largest of, or the sum over, the four lanes that share a row.
Value BlockAttention::overRow(Value value, bool isSum) {
  for (int64_t distance : {1, 2}) {
    Value other = gpu::ShuffleOp::create(b, value, distance, warpSize,
                                         gpu::ShuffleMode::XOR)
                      .getShuffleResult();
    value = isSum ? arith::AddFOp::create(b, value, other).getResult()
                  : arith::MaxNumFOp::create(b, value, other).getResult();
  }
  return value;
}

/// One block of keys and their values.
Rows BlockAttention::addKeys(const Rows &before, Value block, Value slot) {
  Value firstKey = times(block, keysOfBlock);
  SmallVector<Value> scores = createScores(slot);
  // Only the first and the last blocks have keys that some query does not see.
  Value lastSeen = keyLength;
  if (isCausal())
    lastSeen = smaller(lastSeen, plus(plus(firstRow, offset), index(1)));
  Value isPartly = less(lastSeen, plus(firstKey, index(keysOfBlock)));
  if (op.getWindow()) {
    Value last = plus(plus(firstRow, offset), index(rowsOfWarp));
    isPartly = arith::OrIOp::create(
        b, isPartly, less(plus(firstKey, index(*op.getWindow())), last));
  }
  SmallVector<Type> types(scores.size(), b.getF32Type());
  auto masked = scf::IfOp::create(b, types, isPartly, /*withElse=*/true);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(masked.thenBlock());
    scf::YieldOp::create(b, hide(scores, firstKey));
    b.setInsertionPointToStart(masked.elseBlock());
    scf::YieldOp::create(b, scores);
  }
  scores = llvm::to_vector_of<Value>(masked.getResults());

  Rows rows = before;
  Value factor[2], shift[2];
  Value inPowers = number(scale * std::numbers::log2e), none = number(0),
        lowest = number(-std::numeric_limits<double>::infinity());
  for (int64_t row = 0; row < 2; ++row) {
    Value largest = lowest;
    for (size_t i = 0; i < scores.size(); ++i)
      if (static_cast<int64_t>(i) / 2 % 2 == row)
        largest = arith::MaxNumFOp::create(b, largest, scores[i]);
    largest = arith::MulFOp::create(b, overRow(largest, false), inPowers);
    Value now = arith::MaxNumFOp::create(b, before.largest[row], largest);
    // A row that has seen no key yet must not subtract infinities.
    Value isEmpty =
        arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, now, lowest);
    shift[row] = arith::SelectOp::create(b, isEmpty, none, now);
    factor[row] =
        exp2(arith::SubFOp::create(b, before.largest[row], shift[row]));
    rows.largest[row] = now;
    rows.total[row] = arith::MulFOp::create(b, before.total[row], factor[row]);
  }
  for (auto [i, sum] : llvm::enumerate(rows.sums))
    sum = arith::MulFOp::create(b, sum, factor[i / 2 % 2]);
  for (auto [i, score] : llvm::enumerate(scores)) {
    int64_t row = static_cast<int64_t>(i) / 2 % 2;
    score = exp2(fma(score, inPowers, arith::NegFOp::create(b, shift[row])));
    rows.total[row] = arith::AddFOp::create(b, rows.total[row], score);
  }

  // Rounded scores of 16 keys are a first factor as they lie.
  auto round = [&](Value low, Value high) -> Value {
    Value pair = vector::FromElementsOp::create(
        b, VectorType::get({2}, element),
        ValueRange{arith::TruncFOp::create(b, element, low),
                   arith::TruncFOp::create(b, element, high)});
    Value bits = vector::BitCastOp::create(
        b, VectorType::get({1}, b.getI32Type()), pair);
    return vector::ExtractOp::create(b, bits, ArrayRef<int64_t>{0});
  };
  for (int64_t step = 0; step < keysOfBlock; step += unit) {
    ArrayRef<Value> own = ArrayRef(scores).slice(step / matrixSize * 4, 8);
    SmallVector<Value> left = {round(own[0], own[1]), round(own[2], own[3]),
                               round(own[4], own[5]), round(own[6], own[7])};
    for (int64_t first = 0; first < value.size; first += unit) {
      SmallVector<Value> right = ::tenon::loadFragments(
          b, lane, values, slot, index(first), step, /*isLhs=*/false);
      for (int64_t half = 0; half < 2; ++half) {
        Value *sums = &rows.sums[(first / matrixSize + half) * 4];
        llvm::copy(::tenon::multiplyFragments(
                       b, element, left, ArrayRef(right).slice(half * 2, 2),
                       ArrayRef(sums, 4)),
                   sums);
      }
    }
  }
  return rows;
}

/// The results of the warp's queries; zeros of one that sees no key.
void BlockAttention::store(const Rows &rows) {
  Value inverse[2];
  for (int64_t row = 0; row < 2; ++row) {
    Value total = overRow(rows.total[row], true);
    Value isNone =
        arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, total, number(0));
    inverse[row] = arith::SelectOp::create(
        b, isNone, number(0), arith::DivFOp::create(b, number(1), total));
  }
  Value first = plus(firstRow, arith::DivUIOp::create(b, lane, index(4)));
  Value pair = times(arith::RemUIOp::create(b, lane, index(4)), 2);
  for (int64_t row = 0; row < 2; ++row) {
    Value place = plus(first, index(row * matrixSize));
    auto isThere = scf::IfOp::create(b, less(place, index(query.length)));
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(isThere.thenBlock());
    for (int64_t i = 0; i < static_cast<int64_t>(rows.sums.size()); ++i) {
      if (i / 2 % 2 != row)
        continue;
      Value sum = arith::MulFOp::create(b, rows.sums[i], inverse[row]);
      memref::StoreOp::create(
          b, arith::TruncFOp::create(b, element, sum), result.memref,
          result.indices(b, batch, head, place,
                         plus(pair, index(i / 4 * matrixSize + i % 2))));
    }
  }
}

/// Finds the tile's place. Causal tiles that see many keys come first.
void BlockAttention::enterTile(Value tile) {
  int64_t heads = op.getNumHeads();
  Value place =
      arith::SubIOp::create(b, index(tilesOfHead - 1),
                            arith::DivUIOp::create(b, tile, index(headsOfAll)));
  Value rest = arith::RemUIOp::create(b, tile, index(headsOfAll));
  batch = arith::DivUIOp::create(b, rest, index(heads));
  head = arith::RemUIOp::create(b, rest, index(heads));
  keyHead = arith::DivUIOp::create(
      b, head, index(heads / static_cast<int64_t>(op.getNumKvHeads())));
  Value tileRow = times(place, tileRows);
  firstRow = plus(tileRow, times(warp, rowsOfWarp));
  findKeys(tileRow);
  stage(query, head, queries, index(0), tileRow, index(0), index(query.length));
}

/// Which keys some query of the tile sees.
void BlockAttention::findKeys(Value tileRow) {
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
  Value first = plus(tileRow, offset);
  keyEnd = keyLength;
  if (isCausal())
    keyEnd = larger(index(0), smaller(keyEnd, plus(first, index(tileRows))));
  keyBegin = index(0);
  if (op.getWindow())
    keyBegin =
        larger(keyBegin,
               plus(first, index(1 - static_cast<int64_t>(*op.getWindow()))));
}

/// Begins to copy the keys and values of a block.
void BlockAttention::stageKeys(Value block) {
  Value slot = arith::RemUIOp::create(b, block, index(slots)),
        first = times(block, keysOfBlock);
  stage(key, keyHead, keys, slot, first, keyBegin, keyEnd);
  stage(value, keyHead, values, slot, first, keyBegin, keyEnd);
}

void BlockAttention::emit() {
  Block &entry = kernel.getBody().front();
  auto find = [&](Value tensor) -> unsigned {
    return cast<BlockArgument>(tensor).getArgNumber();
  };
  unsigned queryArgument = find(op.getQuery()), keyArgument = find(op.getKey()),
           valueArgument = find(op.getValue());
  SmallVector<Type> types;
  for (BlockArgument argument : entry.getArguments()) {
    auto tensor = cast<RankedTensorType>(argument.getType());
    types.push_back(
        MemRefType::get(tensor.getShape(), tensor.getElementType()));
  }
  // The new body stands before the op, which still says what it is.
  SmallVector<Value> memrefs;
  for (Type type : types)
    memrefs.push_back(entry.addArgument(type, kernel.getLoc()));
  query = Heads(memrefs[queryArgument], op.getNumHeads());
  headsOfAll = shapeOf(op.getQuery())[0] * op.getNumHeads();
  tilesOfHead = llvm::divideCeil(query.length, tileRows);
  int64_t tiles = headsOfAll * tilesOfHead;
  scale = op.getScale() ? op.getScale()->convertToDouble()
                        : 1 / std::sqrt(static_cast<double>(query.size));
  key = Heads(memrefs[keyArgument], op.getNumKvHeads());
  value = Heads(memrefs[valueArgument], op.getNumKvHeads());
  result = Heads(memrefs.back(), op.getNumHeads());
  if (op.getValidLengths())
    lengths = memrefs[find(op.getValidLengths())];

  b.setInsertionPointToStart(&entry);
  thread = gpu::ThreadIdOp::create(b, gpu::Dimension::x);
  Value block = gpu::BlockIdOp::create(b, gpu::Dimension::x),
        blocks = gpu::GridDimOp::create(b, gpu::Dimension::x);
  warp = arith::DivUIOp::create(b, thread, index(warpSize));
  lane = arith::RemUIOp::create(b, thread, index(warpSize));
  queries = allocate(query, tileRows, 1, /*isSumInner=*/true);
  keys = allocate(key, keysOfBlock, slots, /*isSumInner=*/true);
  values = allocate(value, keysOfBlock, slots, /*isSumInner=*/false);

  auto walk = scf::ForOp::create(b, block, index(tiles), blocks);
  b.setInsertionPointToStart(walk.getBody());
  enterTile(walk.getInductionVar());
  Value firstBlock = arith::DivUIOp::create(b, keyBegin, index(keysOfBlock));
  stageKeys(firstBlock);
  NVVM::CpAsyncCommitGroupOp::create(b);
  NVVM::CpAsyncWaitGroupOp::create(b, 0);
  gpu::BarrierOp::create(b);
  for (int64_t step = 0; step < key.size; step += unit)
    queryFragments.push_back(::tenon::loadFragments(
        b, lane, queries, index(0), times(warp, rowsOfWarp), step,
        /*isLhs=*/true));

  Rows start;
  start.sums.assign(value.size / matrixSize * 4, number(0));
  for (int64_t row = 0; row < 2; ++row) {
    start.largest[row] = number(-std::numeric_limits<double>::infinity());
    start.total[row] = number(0);
  }
  Value count = arith::DivUIOp::create(b, plus(keyEnd, index(keysOfBlock - 1)),
                                       index(keysOfBlock));
  auto overKeys =
      scf::ForOp::create(b, firstBlock, count, index(1), start.all());
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(overKeys.getBody());
    Value number = overKeys.getInductionVar();
    Value slot = arith::RemUIOp::create(b, number, index(slots));
    NVVM::CpAsyncWaitGroupOp::create(b, 0);
    gpu::BarrierOp::create(b);
    Value next = plus(number, index(1));
    auto more = scf::IfOp::create(b, less(next, count));
    {
      OpBuilder::InsertionGuard inner(b);
      b.setInsertionPointToStart(more.thenBlock());
      stageKeys(next);
    }
    NVVM::CpAsyncCommitGroupOp::create(b);
    Rows after = addKeys(Rows::of(overKeys.getRegionIterArgs()), number, slot);
    scf::YieldOp::create(b, after.all());
  }
  NVVM::CpAsyncWaitGroupOp::create(b, 0);
  store(Rows::of(overKeys.getResults()));
  // The next tile's queries take the place of these.
  gpu::BarrierOp::create(b);

  auto terminator = cast<func::ReturnOp>(entry.getTerminator());
  terminator->setOperands({});
  op.erase();
  entry.eraseArguments(0, types.size());
  kernel.setType(FunctionType::get(kernel.getContext(), types, {}));
  kernel->setAttr("tenon.results", b.getI64IntegerAttr(1));
  ::tenon::describeLaunch(kernel, tiles, threads);
}

/// The attention that is all of the kernel; null where there is more.
static AttentionOp onlyAttention(func::FuncOp kernel) {
  AttentionOp only;
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    auto attention = dyn_cast<AttentionOp>(op);
    if (only || !attention ||
        !llvm::all_of(op.getOperands(), llvm::IsaPred<BlockArgument>))
      return nullptr;
    only = attention;
  }
  return only;
}

namespace {
struct LowerBlockAttention
    : ::tenon::impl::LowerBlockAttentionPassBase<LowerBlockAttention> {
  using Base::Base;

  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (!kernel->hasAttr("tenon.kernel") || kernel.isExternal())
      return;
    AttentionOp op = onlyAttention(kernel);
    if (!op || !mlir::tenon::isForTensorCores(op))
      return;
    BlockAttention(kernel, op, threads).emit();
    Value workspace = ::tenon::addWorkspace(kernel);
    ::tenon::placeTemporaries(kernel, sharedBytes, workspace);
  }
};
} // namespace
