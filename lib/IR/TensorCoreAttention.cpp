//===- TensorCoreAttention.cpp - Attention that tensor cores may do -------===//

#include "tenon/IR/TensorCoreAttention.h"
#include "tenon/IR/Shapes.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::tenon;

/// Queries that give each of four warps 16 rows, or most of them.
static constexpr int64_t fewestOwnQueries = 16;
static constexpr int64_t sizeGrain = 16, largestOwnSize = 128,
                         largestSize = 256, largestLatent = 576;
/// Blocks that keep a GPU's processors busy, rows that one of them has at least
/// room for, and the keys that are worth a block of their own.
static constexpr int64_t wantedBlocks = 128, rowsOfBlock = 16,
                         fewestKeysOfSplit = 256;

static int64_t lengthOf(Value tensor) {
  ArrayRef<int64_t> shape = shapeOf(tensor);
  return shape[shape.size() == 4 ? 2 : 1];
}

static int64_t headSizeOf(Value tensor, int64_t heads) {
  ArrayRef<int64_t> shape = shapeOf(tensor);
  return shape.size() == 4 ? shape[3] : shape[2] / heads;
}

bool tenon::hasValuesInKeys(AttentionOp op) {
  if (op.getNumKvHeads() != 1)
    return false;
  Operation *definition = op.getValue().getDefiningOp();
  // Sizes of all axes but the last agree by the op's own rules.
  if (auto slice = dyn_cast_or_null<SliceOp>(definition))
    return slice.getInput() == op.getKey() &&
           llvm::all_of(slice.getStarts(), [](int64_t s) { return s == 0; }) &&
           llvm::all_of(slice.getSteps(), [](int64_t s) { return s == 1; });
  if (auto slice = dyn_cast_or_null<tensor::ExtractSliceOp>(definition))
    return slice.getSource() == op.getKey() &&
           slice.getType().getRank() == slice.getSourceType().getRank() &&
           slice.hasZeroOffset() && slice.hasUnitStride();
  return false;
}

bool tenon::isForTensorCores(AttentionOp op) {
  Type element = elementTypeOf(op.getQuery());
  if (!element.isF16() && !element.isBF16())
    return false;
  if (elementTypeOf(op.getKey()) != element ||
      elementTypeOf(op.getValue()) != element)
    return false;
  if (op.getPastKey() || op.getKeyScale() || op.getScores())
    return false;
  if (op.getMask() && (elementTypeOf(op.getMask()).isF64() ||
                       ShapedType::isDynamicShape(shapeOf(op.getMask())) ||
                       llvm::is_contained(shapeOf(op.getMask()), 0)))
    return false;
  ArrayRef<int64_t> query = shapeOf(op.getQuery()), key = shapeOf(op.getKey()),
                    value = shapeOf(op.getValue());
  if (ShapedType::isDynamicShape(query) || ShapedType::isDynamicShape(key) ||
      ShapedType::isDynamicShape(value) || llvm::is_contained(key, 0) ||
      llvm::is_contained(query, 0))
    return false;
  int64_t largest = hasValuesInKeys(op) ? largestLatent : largestSize;
  auto isFit = [&](Value tensor, int64_t heads) {
    int64_t size = headSizeOf(tensor, heads);
    return size > 0 && size % sizeGrain == 0 && size <= largest;
  };
  return isFit(op.getKey(), op.getNumKvHeads()) &&
         isFit(op.getValue(), op.getNumKvHeads());
}

bool tenon::sharesRows(AttentionOp op) {
  return op.getSplits() || lengthOf(op.getQuery()) < fewestOwnQueries ||
         std::max(headSizeOf(op.getKey(), op.getNumKvHeads()),
                  headSizeOf(op.getValue(), op.getNumKvHeads())) >
             largestOwnSize;
}

int64_t tenon::chooseSplits(AttentionOp op) {
  if (!sharesRows(op))
    return 1;
  int64_t keyHeads = op.getNumKvHeads(),
          rows = op.getNumHeads() / keyHeads * lengthOf(op.getQuery());
  int64_t blocks = shapeOf(op.getQuery())[0] * keyHeads *
                   llvm::divideCeil(rows, rowsOfBlock);
  return std::clamp<int64_t>(lengthOf(op.getKey()) / fewestKeysOfSplit, 1,
                             llvm::divideCeil(wantedBlocks, blocks));
}
