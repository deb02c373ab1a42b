//===- BlockAttention.h - Attention as a block's threads do it ------------===//
//
// A block has a tile of rows and walks over blocks of keys with an online
// softmax (Dao, "FlashAttention-2", 2023, arXiv:2307.08691). The next keys and
// values are on their way while those at hand are used. A row is a query of a
// head. Who holds what of a tile is said by the two classes derived of this
// one: OwnRowsAttention.cpp and SharedRowsAttention.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_CODEGEN_GPU_BLOCKATTENTION_H
#define TENON_CODEGEN_GPU_BLOCKATTENTION_H

#include "MatmulParts.h"

#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"

namespace tenon {

/// Rows or columns of one fragment, and of the matrices that it is made of.
inline constexpr int64_t fragmentSize = 16, matrixSize = 8;

/// One of the op's tensors, [B, heads, length, size] or [B, length, heads
/// size].
struct Heads {
  mlir::Value memref;
  int64_t length = 0, size = 0;
  bool isSplit = true;

  Heads() = default;
  Heads(mlir::Value memref, int64_t heads);
  llvm::SmallVector<mlir::Value> indices(mlir::ImplicitLocOpBuilder &b,
                                         mlir::Value batch, mlir::Value head,
                                         mlir::Value row,
                                         mlir::Value place) const;
};

/// A row: a query of a head, and where the query stands among the keys.
struct AttentionRow {
  mlir::Value number, query, head, position;
};

class BlockAttention {
public:
  using Value = mlir::Value;
  using Values = llvm::SmallVector<mlir::Value>;

  BlockAttention(mlir::func::FuncOp kernel, mlir::tenon::AttentionOp op,
                 int64_t threads);
  virtual ~BlockAttention() = default;
  void emit();

protected:
  /// Sets tileRows and keysOfBlock, when all sizes are known.
  virtual void chooseSizes() = 0;
  /// Shared memory beside that of the factors.
  virtual void allocate() {}
  /// Queries have come to shared memory.
  virtual void beginTile() {}
  /// What a thread holds before the first keys.
  virtual Values start() = 0;
  /// That after one more block of keys, which lie in `slot`.
  virtual Values addKeys(mlir::ValueRange before, Value firstKey,
                         Value slot) = 0;
  virtual void store(mlir::ValueRange held) = 0;

  Value index(int64_t value) {
    return mlir::arith::ConstantIndexOp::create(b, value);
  }
  Value number(double value) {
    return mlir::arith::ConstantOp::create(b, b.getF32FloatAttr(value));
  }
  Value lowest() { return number(-std::numeric_limits<double>::infinity()); }
  Value integer(int64_t value) {
    return mlir::arith::ConstantOp::create(
        b, b.getI32IntegerAttr(static_cast<int32_t>(value)));
  }
  Value plus(Value left, Value right) {
    return mlir::arith::AddIOp::create(b, left, right);
  }
  Value plus(Value left, int64_t right) { return plus(left, index(right)); }
  Value times(Value left, int64_t right) {
    return mlir::arith::MulIOp::create(b, left, index(right));
  }
  Value over(Value left, int64_t right) {
    return mlir::arith::DivUIOp::create(b, left, index(right));
  }
  Value rest(Value left, int64_t right) {
    return mlir::arith::RemUIOp::create(b, left, index(right));
  }
  Value larger(Value left, Value right) {
    return mlir::arith::MaxSIOp::create(b, left, right);
  }
  Value smaller(Value left, Value right) {
    return mlir::arith::MinSIOp::create(b, left, right);
  }
  Value less(Value left, Value right) {
    return mlir::arith::CmpIOp::create(b, mlir::arith::CmpIPredicate::slt, left,
                                       right);
  }
  Value both(Value left, Value right) {
    return mlir::arith::AndIOp::create(b, left, right);
  }
  Value either(Value left, Value right) {
    return mlir::arith::OrIOp::create(b, left, right);
  }
  Value choose(Value condition, Value yes, Value no) {
    return mlir::arith::SelectOp::create(b, condition, yes, no);
  }
  /// What `join` makes of the values of lanes whose numbers differ in the bits
  /// `distances`.
  Value overLanes(Value value, llvm::ArrayRef<int64_t> distances,
                  llvm::function_ref<Value(Value, Value)> join);
  /// The largest of, or the sum over, the four lanes that share a row.
  Value overRow(Value value, bool isSum);
  Value sharedMemory(llvm::ArrayRef<int64_t> shape, mlir::Type type);
  /// Adds the products of 16 rows with 16 columns, two fragments of 8, to the
  /// thread's eight `sums`.
  void addProducts(llvm::ArrayRef<Value> rows, llvm::ArrayRef<Value> columns,
                   Value *sums);

  // Scores, in AttentionScores.cpp. A thread has scores of two rows: number i
  // is of row i / 2 % 2 and of key i / 4 * 8 + i % 2 from its first one on.

  /// Row `number` of the tile's heads.
  AttentionRow rowAt(Value number);
  /// The thread's two of the 16 rows from `first` on.
  std::array<AttentionRow, 2> rowsAt(Value first);
  Value firstKeyOfLane(Value firstKey);
  bool isCausal() { return op.getCausal() != mlir::tenon::CausalKind::none; }
  bool hasMask() { return mask != nullptr; }
  /// Whether scores stay products until they become exponentials, which takes
  /// one multiplication less.
  bool areProducts();
  /// The mask's elements for `count` scores. Rows and keys that there are not
  /// have those of others.
  Values loadMask(llvm::ArrayRef<AttentionRow> rows, Value firstKey,
                  int64_t count);
  /// Whether they hide all keys from all of the warp's rows, whose largest
  /// scores so far are `largest`; of no influence on those at least.
  Value isHidden(llvm::ArrayRef<Value> masks, llvm::ArrayRef<Value> largest);
  /// The products scaled, softcapped and masked; -inf where a row does not see
  /// a key, if `hides`.
  Values finishScores(llvm::ArrayRef<Value> products,
                      llvm::ArrayRef<AttentionRow> rows, Value firstKey,
                      llvm::ArrayRef<Value> masks, bool hides);
  /// Whether row `row` of the thread sees its keys: bit i / 4 * 2 + i % 2.
  Value seenKeys(llvm::ArrayRef<Value> scores);
  /// `fragments` of 16 keys' values, zero for keys of which bits `first` and up
  /// of `seen` say that none of the rows sees them.
  Values withoutUnseen(llvm::ArrayRef<Value> fragments, Value seen,
                       int64_t first);

  /// The largest score as exponentials are told it.
  Value largestOf(Value score);
  /// The exponential of a score less `shift`, a largest score.
  Value powerOf(Value score, Value shift);
  /// `largest`, or 0 where it is -inf: a row that has seen no key must not
  /// subtract infinities.
  Value shiftOf(Value largest);
  /// By what sums shrink when the largest score was `before`.
  Value factorOf(Value before, Value shift);
  /// The largest score as the op hands it out.
  Value exponentOf(Value largest);
  /// 1 / total, or 0 where no key was seen.
  Value inverseOf(Value total);
  /// Two numbers rounded, in one register.
  Value roundPair(Value low, Value high);

  mlir::func::FuncOp kernel;
  mlir::tenon::AttentionOp op;
  mlir::ImplicitLocOpBuilder b;
  int64_t threads;
  int64_t tileRows = 0, keysOfBlock = 64;
  /// Heads whose queries are rows of one tile, and rows of these.
  int64_t members = 1, rowCount = 0;
  double scale = 1;
  mlir::FloatType element;
  Heads query, key, value, result;
  StagedFactor queries, keys, values;
  Value mask, lengths; ///< null where there are none
  /// Of an op with splits [B, key heads, splits, rows, 2]; null where nobody
  /// wants them.
  Value largestAndTotal;
  /// Values are the first numbers of the keys.
  bool hasValuesInKeys = false;
  Value thread, lane, warp;
  // The tile at hand: where it is, how far its queries stand behind its keys,
  // how many keys there are, and which of them some query of it sees.
  Value batch, firstHead, keyHead, split, tileRow, offset, keyLength, keyBegin,
      keyEnd;

private:
  /// Where a line of a piece comes from; zeros where it is not there.
  struct Line {
    Value isThere, head, row;
  };
  StagedFactor createPiece(const Heads &source, int64_t extent, int64_t count,
                           bool isSumInner);
  void findArguments();
  void enterTile(Value tile);
  void findKeys();
  std::pair<Value, Value> findBlocks();
  /// Begins to copy the lines of a piece into `slot`.
  void stage(const Heads &source, const StagedFactor &piece, Value slot,
             llvm::function_ref<Line(Value)> lineAt);
  void stageQueries();
  void stageKeys(Value block);

  int64_t tilesOfHead = 0, headSets = 0, splits = 1;
};

/// Each warp has 16 rows of one head, and holds their scores and sums.
std::unique_ptr<BlockAttention>
createOwnRowsAttention(mlir::func::FuncOp kernel, mlir::tenon::AttentionOp op,
                       int64_t threads);

/// All warps have the block's rows: each has the scores of some keys, and the
/// sums of some columns of values. Scores meet in shared memory.
std::unique_ptr<BlockAttention>
createSharedRowsAttention(mlir::func::FuncOp kernel,
                          mlir::tenon::AttentionOp op, int64_t threads,
                          int64_t sharedBytes);

} // namespace tenon

#endif // TENON_CODEGEN_GPU_BLOCKATTENTION_H
