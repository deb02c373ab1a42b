//===- RowGroups.cpp - Ops that work row by row ---------------------------===//

#include "RowGroups.h"

using namespace mlir;

/// Shorter rows are no work for a warp.
static constexpr int64_t shortestRow = 128;
/// What the ops of a row leave to one another: of a block's shared memory, so
/// that a processor has several blocks.
static constexpr int64_t mostBytesBetween = 64 << 10;

namespace {
/// What an op is to rows, which are the trailing axes of a shape.
enum class RowKind {
  Other,
  Full,   ///< passes over all elements
  PerRow, ///< passes over what there is one of in a row
  Reduces ///< makes one of the elements of a row
};

/// Rows are all axes of `shape` but the first `outer`.
struct Rows {
  ArrayRef<int64_t> shape;
  size_t outer;

  int64_t length() const { return llvm::product_of(shape.drop_front(outer)); }
  RowKind kindOf(Operation *op) const;
  bool fits(OpOperand &use) const;
};
} // namespace

/// (d0, d1, ..) -> (d0, .., d<count - 1>).
static bool isPrefix(AffineMap map, size_t count) {
  return map.getNumResults() == count && map.getNumDims() >= count &&
         map == AffineMap::getMultiDimIdentityMap(map.getNumDims(),
                                                  map.getContext())
                    .getMajorSubMap(count);
}

RowKind Rows::kindOf(Operation *candidate) const {
  auto op = dyn_cast<linalg::LinalgOp>(candidate);
  if (!op || op->getNumResults() != 1 || op.hasDynamicShape() ||
      isa<linalg::FillOp>(candidate))
    return RowKind::Other;
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  OpOperand *output = op.getDpsInitOperand(0);
  AffineMap map = op.getMatchingIndexingMap(output);
  if (op.getNumReductionLoops() == 0) {
    if (!map.isIdentity() || op.payloadUsesValueFromOperand(output))
      return RowKind::Other;
    if (ArrayRef(ranges) == shape)
      return RowKind::Full;
    return ArrayRef(ranges) == shape.take_front(outer) ? RowKind::PerRow
                                                       : RowKind::Other;
  }
  bool reducesRows =
      ArrayRef(ranges) == shape && isPrefix(map, outer) &&
      llvm::all_of(llvm::enumerate(op.getIteratorTypesArray()), [&](auto loop) {
        return (loop.value() == utils::IteratorType::parallel) ==
               (loop.index() < outer);
      });
  return reducesRows ? RowKind::Reduces : RowKind::Other;
}

/// Whether a row of the use's op needs just the same row of what is used.
bool Rows::fits(OpOperand &use) const {
  RowKind made = kindOf(use.get().getDefiningOp()),
          user = kindOf(use.getOwner());
  auto op = dyn_cast<linalg::LinalgOp>(use.getOwner());
  if (made == RowKind::Other || user == RowKind::Other || !op.isDpsInput(&use))
    return false;
  AffineMap map = op.getMatchingIndexingMap(&use);
  return made == RowKind::Full ? map.isIdentity() : isPrefix(map, outer);
}

/// How many axes are outside of rows: those of a reduction's result that each
/// element of the row is given.
static std::optional<size_t> findOuter(linalg::LinalgOp root) {
  for (OpOperand *input : root.getDpsInputOperands()) {
    AffineMap map = root.getMatchingIndexingMap(input);
    size_t outer = map.getNumResults();
    if (input->get().getDefiningOp<linalg::LinalgOp>() &&
        outer < root.getNumLoops() && isPrefix(map, outer))
      return outer;
  }
  return std::nullopt;
}

SmallVector<Operation *> tenon::collectRows(
    linalg::LinalgOp root,
    llvm::function_ref<SmallVector<Operation *>(Operation *)> kernelOf) {
  if (root->getNumResults() != 1 || root.getNumReductionLoops() != 0 ||
      root.hasDynamicShape())
    return {};
  std::optional<size_t> outer = findOuter(root);
  if (!outer)
    return {};
  SmallVector<int64_t> shape = root.getStaticLoopRanges();
  Rows rows{shape, *outer};
  if (rows.kindOf(root) != RowKind::Full || rows.length() < shortestRow)
    return {};
  auto mayJoin = [&](Operation *op) {
    SmallVector<Operation *> kernel = kernelOf(op);
    return !kernel.empty() && llvm::all_of(kernel, [&](Operation *member) {
      return rows.kindOf(member) != RowKind::Other;
    });
  };
  if (!mayJoin(root))
    return {};
  SetVector<Operation *> members;
  members.insert(root);
  bool reduces = false;
  int64_t bytesBetween = 0;
  // A maker is asked about again whenever another of its users has joined.
  for (size_t next = 0; next < members.size(); ++next)
    for (OpOperand &use : members[next]->getOpOperands()) {
      Operation *maker = use.get().getDefiningOp();
      if (!maker || members.contains(maker) ||
          maker->getBlock() != root->getBlock() || !mayJoin(maker) ||
          !llvm::all_of(maker->getUses(), [&](OpOperand &other) {
            return members.contains(other.getOwner()) && rows.fits(other);
          }))
        continue;
      members.insert(maker);
      RowKind kind = rows.kindOf(maker);
      reduces |= kind == RowKind::Reduces;
      if (kind == RowKind::Full)
        bytesBetween +=
            rows.length() *
            llvm::divideCeil(getElementTypeOrSelf(use.get().getType())
                                 .getIntOrFloatBitWidth(),
                             8);
    }
  bool isWhole = llvm::all_of(members, [&](Operation *member) {
    return llvm::all_of(kernelOf(member), [&](Operation *other) {
      return members.contains(other);
    });
  });
  if (!reduces || !isWhole || bytesBetween > mostBytesBetween)
    return {};
  return llvm::to_vector(llvm::reverse(members.takeVector()));
}
