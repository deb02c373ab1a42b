//===- TileKernel.cpp - Cut a kernel's parallel loops into tiles ----------===//

#include "tenon/Codegen/KernelTiling.h"
#include "tenon/Codegen/Panels.h"
#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace tenon {
#define GEN_PASS_DEF_TILEKERNELPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

/// Scalar operations below which a second thread costs more than it brings (a
/// parallel region takes about as long as 10,000 of them).
static constexpr int64_t smallestTile = 16384;
/// Along the two innermost axes of a contraction's result a tile is a multiple
/// of these, so that the register tiles inside fill it.
static constexpr int64_t rowGrain = 12, columnGrain = 32;
/// Along the innermost axis of an input that is not the result's a tile is a
/// multiple of a cache line.
static constexpr int64_t lineGrain = 16;
/// A tile of a product holds as many rows as fit half a second cache with what
/// is summed up of them at a time (see LowerContraction.cpp), within these
/// bounds, so that what comes of the other operand is used often; more where
/// that one exceeds the caches.
static constexpr int64_t rowBlockBytes = 192 << 10, summedBlockBytes = 1 << 10,
                         leastRows = 24, fewestRows = 36, mostRows = 192,
                         manyRows = 240, fewTiles = 16,
                         largeOperandBytes = 8 << 20;

/// Sums of so many products or fewer read little beside what they give. Where
/// that is no result yet (it is rounded next) and too much for the second
/// cache, a tile is what registers hold: so many rows of columnGrain.
static constexpr int64_t shortSum = 64, cachedBytes = 256 << 10,
                         rowsInRegisters = 8;

/// Scalar operations in the whole kernel, about.
static int64_t workOf(func::FuncOp kernel) {
  int64_t work = 0;
  kernel.walk([&](linalg::LinalgOp op) {
    int64_t body =
        std::max<int64_t>(1, std::distance(op->getRegion(0).front().begin(),
                                           op->getRegion(0).front().end()) -
                                 1);
    work += llvm::product_of(op.getStaticLoopRanges()) * body;
  });
  return work;
}

namespace {
/// The loops of the kernel's root, the size of the pieces into which each is
/// cut (0 leaves it whole), and how many pieces are still wanted.
struct Tiling {
  Tiling(linalg::LinalgOp root, int64_t wanted)
      : ranges(root.getStaticLoopRanges()), sizes(ranges.size(), 0),
        wanted(wanted) {
    for (auto [index, iterator] : llvm::enumerate(root.getIteratorTypesArray()))
      if (iterator == utils::IteratorType::parallel)
        parallel.push_back(index);
  }

  /// Cuts loop `loop` into about as many pieces as are still wanted but at most
  /// `most`: into equal ones of a multiple of `grain` where there is such a
  /// size near the one wanted, so that all sizes are known, else into pieces of
  /// a multiple of it and a smaller last one. Equal pieces of rows may be of
  /// any size.
  void cut(int64_t loop, int64_t grain, int64_t most) {
    int64_t equalGrain = grain == rowGrain ? 1 : grain;
    int64_t range = ranges[loop], pieces = std::min({wanted, most, range});
    if (pieces <= 1)
      return;
    int64_t even = llvm::divideCeil(range, pieces);
    int64_t size = llvm::alignTo(even, grain);
    for (int64_t near = even + even / 2; near > even / 2; --near)
      if (range % near == 0 && near % equalGrain == 0 &&
          (range % size != 0 || std::abs(near - even) < std::abs(size - even)))
        size = near;
    if (size >= range)
      return;
    sizes[loop] = size;
    wanted = llvm::divideCeil(wanted, llvm::divideCeil(range, size));
  }

  SmallVector<int64_t> ranges, sizes;
  SmallVector<unsigned> parallel;
  int64_t wanted;
};
} // namespace

/// Whether an input of `root` lies contiguous along `loop`.
static bool isInnermostOfInput(linalg::LinalgOp root, unsigned loop) {
  return llvm::any_of(root.getDpsInputOperands(), [&](OpOperand *input) {
    AffineMap map = root.getMatchingIndexingMap(input);
    return map.getNumResults() > 1 &&
           map.getResults().back() == getAffineDimExpr(loop, map.getContext());
  });
}

/// Outer loops are cut first.
static void cutInOrder(Tiling &tiling, linalg::LinalgOp root, bool reduces) {
  for (auto [position, loop] : llvm::enumerate(tiling.parallel)) {
    size_t fromEnd = tiling.parallel.size() - position;
    int64_t grain = fromEnd == 1                     ? columnGrain
                    : reduces && fromEnd == 2        ? rowGrain
                    : isInnermostOfInput(root, loop) ? lineGrain
                                                     : 1;
    tiling.cut(loop, grain, tiling.wanted);
  }
}

/// Rows (loops that only the first input has) in pieces that are large enough
/// to read the second input rarely, columns (loops that only the second input
/// has) for what is still wanted; batches, which both have, come first.
static void cutContraction(Tiling &tiling, linalg::LinalgOp root,
                           linalg::LinalgOp contraction) {
  AffineMap lhs =
      contraction.getMatchingIndexingMap(contraction.getDpsInputOperand(0));
  AffineMap rhs =
      contraction.getMatchingIndexingMap(contraction.getDpsInputOperand(1));
  AffineMap result =
      contraction.getMatchingIndexingMap(contraction.getDpsInitOperand(0));
  AffineMap whole = root.getMatchingIndexingMap(root.getDpsInitOperand(0));
  int64_t rows = 1;
  int64_t lhsBytes =
      4 *
      llvm::product_of(contraction.getShape(contraction.getDpsInputOperand(0)));
  int64_t rhsBytes =
      4 *
      llvm::product_of(contraction.getShape(contraction.getDpsInputOperand(1)));
  SmallVector<std::pair<unsigned, bool>> rowLoops, columnLoops;
  for (auto [position, expr] : llvm::enumerate(result.getResults())) {
    unsigned loop = cast<AffineDimExpr>(expr).getPosition();
    unsigned own = whole.getDimPosition(position);
    bool isLast = position + 1 == result.getNumResults();
    bool inLhs = lhs.isFunctionOfDim(loop), inRhs = rhs.isFunctionOfDim(loop);
    if (inLhs && inRhs && !isLast) {
      tiling.cut(own, 1, tiling.wanted);
    } else if (inLhs && !inRhs) {
      rows *= tiling.ranges[own];
      rowLoops.push_back({own, isLast});
    } else {
      columnLoops.push_back({own, isLast});
    }
  }
  int64_t fitting =
      rowBlockBytes / std::clamp<int64_t>(lhsBytes / rows, 1, summedBlockBytes);
  int64_t fewest = rhsBytes > largeOperandBytes
                       ? manyRows
                       : std::clamp(fitting, fewestRows, mostRows);
  // Where large pieces of rows and whole register tiles of columns are few, the
  // rows are cut again, though all of these then read the second input.
  int64_t columns = 1;
  for (auto [loop, isLast] : columnLoops)
    columns *= std::max<int64_t>(
        1, tiling.ranges[loop] / (isLast ? columnGrain : ::tenon::panelGrain));
  int64_t most = std::max<int64_t>(
      {int64_t(1), rows / fewest,
       std::min<int64_t>(
           llvm::divideCeil(std::min(tiling.wanted, fewTiles), columns),
           rows / leastRows)});
  for (auto [position, entry] : llvm::enumerate(rowLoops)) {
    auto [loop, isLast] = entry;
    bool isInnermost = position + 1 == rowLoops.size();
    int64_t before = tiling.wanted;
    tiling.cut(loop, isLast ? columnGrain : isInnermost ? rowGrain : 1, most);
    if (tiling.wanted < before)
      most = std::max<int64_t>(1, most * tiling.wanted / before);
  }
  for (auto [loop, isLast] : columnLoops)
    tiling.cut(loop, isLast ? columnGrain : 1,
               isLast ? tiling.wanted
                      : std::max<int64_t>(1, tiling.ranges[loop] /
                                                 ::tenon::panelGrain));
}

/// Whether `contraction`'s sums are short, not yet what `root` gives, many, and
/// of rows enough for a tile.
static bool givesTemporaries(const Tiling &tiling, linalg::LinalgOp root,
                             linalg::LinalgOp contraction) {
  ArrayRef<unsigned> loops = tiling.parallel;
  if (loops.size() < 2 ||
      tiling.ranges[loops.drop_back().back()] < rowsInRegisters)
    return false;
  int64_t summed = 1;
  for (auto [size, iterator] : llvm::zip(contraction.getStaticLoopRanges(),
                                         contraction.getIteratorTypesArray()))
    if (iterator == utils::IteratorType::reduction)
      summed *= size;
  Type sum = getElementTypeOrSelf(contraction->getResultTypes().front());
  return summed <= shortSum &&
         sum != getElementTypeOrSelf(root->getResultTypes().front()) &&
         llvm::product_of(tiling.ranges) * sum.getIntOrFloatBitWidth() / 8 >
             cachedBytes;
}

/// So that the sums of a tile are still in registers, or on their way to the
/// first cache, when the rest of the kernel reads them.
static void cutToRegisters(Tiling &tiling) {
  for (auto [position, loop] : llvm::enumerate(tiling.parallel)) {
    size_t fromEnd = tiling.parallel.size() - position;
    int64_t size = fromEnd == 1   ? columnGrain
                   : fromEnd == 2 ? rowsInRegisters
                                  : 1;
    int64_t grain = fromEnd == 1 ? lineGrain : 1;
    tiling.wanted = llvm::divideCeil(tiling.ranges[loop], size);
    tiling.cut(loop, grain, tiling.wanted);
  }
}

namespace {
struct TileKernel : ::tenon::impl::TileKernelPassBase<TileKernel> {
  using Base::Base;

  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (!kernel->hasAttr("tenon.kernel"))
      return;
    FailureOr<linalg::LinalgOp> found = ::tenon::findRootToTile(kernel);
    if (failed(found))
      return signalPassFailure();
    linalg::LinalgOp root = *found;
    if (!root)
      return;
    bool reduces = false;
    kernel.walk(
        [&](linalg::LinalgOp op) { reduces |= op.getNumReductionLoops() > 0; });
    Tiling tiling(root,
                  std::min<int64_t>(tiles, workOf(kernel) / smallestTile));
    linalg::LinalgOp contraction = ::tenon::findContraction(kernel, root);
    if (contraction && givesTemporaries(tiling, root, contraction)) {
      cutToRegisters(tiling);
    } else if (contraction) {
      cutContraction(tiling, root, contraction);
    } else {
      cutInOrder(tiling, root, reduces);
    }
    ArrayRef<int64_t> sizes = tiling.sizes;
    if (llvm::all_of(sizes, [](int64_t size) { return size == 0; }))
      return;

    if (failed(::tenon::tileRoot(kernel, root, sizes)))
      signalPassFailure();
  }
};
} // namespace
