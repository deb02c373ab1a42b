//===- TileForBlocks.cpp - Cut a kernel's loops into tiles for blocks -----===//

#include "MemoryVectors.h"
#include "SumOfProducts.h"

#include "tenon/Codegen/KernelTiling.h"
#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace tenon {
#define GEN_PASS_DEF_TILEFORBLOCKSPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using ::tenon::SumOfProducts;
using utils::IteratorType;

/// Elements that a thread of a block computes where nothing is summed up.
static constexpr int64_t elementsPerThread = 4;
/// Elements of a row for each thread of a block from which on the block does
/// one row at a time.
static constexpr int64_t elementsOfLongRow = 8;
/// Rows and columns of a tile of sums of products, the largest first; smaller
/// ones where there are fewer tiles than this for a GPU's many processors.
struct MatmulTile {
  int64_t rows, columns;
};
static constexpr MatmulTile tensorTiles[] = {{128, 128}, {128, 64}, {64, 64},
                                             {64, 32},   {32, 32},  {16, 32}};
static constexpr MatmulTile plainTiles[] = {
    {64, 128}, {64, 64}, {32, 64}, {32, 32}, {16, 32}};
static constexpr MatmulTile warpgroupTiles[] = {
    {128, 256}, {128, 128}, {64, 128}, {64, 64}, {64, 32}, {32, 32}, {16, 32}};
static constexpr int64_t wantedTiles = 128;
/// Up to so many rows each result is a sum of its own, by a warp.
static constexpr int64_t fewRows = 4;

/// The largest divisor of `range` up to `most` that is not much smaller, so
/// that all tiles are alike; else `most`.
static int64_t chooseSize(int64_t range, int64_t most) {
  for (int64_t size = most; 2 * size > most; --size)
    if (range % size == 0)
      return size;
  return most;
}

namespace {
/// The root's loops and the size of the pieces of each (0: it stays whole).
struct BlockTiling {
  explicit BlockTiling(linalg::LinalgOp root)
      : ranges(root.getStaticLoopRanges()), sizes(ranges.size(), 0) {
    for (auto [loop, kind] : llvm::enumerate(root.getIteratorTypesArray()))
      if (kind == IteratorType::parallel)
        parallel.push_back(loop);
  }

  void cut(unsigned loop, int64_t most) {
    if (ranges[loop] > most)
      sizes[loop] = chooseSize(ranges[loop], std::max<int64_t>(1, most));
  }

  /// Cuts the first `count` parallel loops, so that about `elements` of them
  /// are left in a tile, the inner ones whole.
  void cutTo(int64_t elements, size_t count) {
    for (unsigned loop : llvm::reverse(ArrayRef(parallel).take_front(count))) {
      cut(loop, elements);
      elements /=
          sizes[loop] ? sizes[loop] : std::max<int64_t>(1, ranges[loop]);
    }
  }

  SmallVector<int64_t> ranges, sizes;
  SmallVector<unsigned> parallel;
};
} // namespace

/// A sum of products' loops: how many rows (which only the first factor has),
/// columns (which the second has) and batches (which both have) there are.
struct MatmulSizes {
  int64_t rows = 1, columns = 1, batches = 1;
};

static MatmulTile chooseTile(ArrayRef<MatmulTile> tiles,
                             const MatmulSizes &sizes) {
  for (const MatmulTile &tile : tiles)
    if (sizes.batches * llvm::divideCeil(sizes.rows, tile.rows) *
            llvm::divideCeil(sizes.columns, tile.columns) >=
        wantedTiles)
      return tile;
  return tiles.back();
}

/// What the op multiplies; where that is not known its two inputs' elements.
static SumOfProducts factorsOf(linalg::LinalgOp op) {
  FailureOr<SumOfProducts> product = ::tenon::matchSumOfProducts(op);
  if (succeeded(product))
    return *product;
  auto factor = [&](int64_t input) {
    OpOperand *operand = op.getDpsInputOperand(input);
    return ::tenon::ProductFactor{
        {operand}, Value(), getElementTypeOrSelf(operand->get().getType())};
  };
  return {factor(0), factor(1)};
}

/// Bytes of a row of the second factor that a block takes where columns lie
/// side by side: as many as memory is read in, more where there are blocks
/// enough. Lines of bytes are whole ones of a panel, which follow one another.
static constexpr int64_t sectorBytes = 32, lineBytes = 128;

/// The columns of a block that sums up few rows: a warp sums each up where
/// steps of the sum lie side by side, else neighbours share what is read.
static int64_t columnsOfRow(linalg::LinalgOp op, const SumOfProducts &product,
                            const MatmulSizes &sizes, int64_t warps) {
  OpOperand &largest = product.right.largestInput(op);
  AffineMap map = op.getMatchingIndexingMap(&largest);
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  bool hasColumnsInner =
      llvm::any_of(result.getResults(), [&](AffineExpr loop) {
        return map.getResults().back() == loop;
      });
  if (!hasColumnsInner)
    return warps;
  int64_t bytes =
      ::tenon::bytesOf(getElementTypeOrSelf(largest.get().getType()));
  int64_t columns = bytes == 1 ? ::tenon::widestAccess : sectorBytes / bytes;
  while (bytes * columns < lineBytes &&
         sizes.batches * sizes.rows * sizes.columns / columns >=
             4 * wantedTiles)
    columns *= 2;
  return columns;
}

/// Rows and columns in pieces, the inner loops of each first; each batch is a
/// tile of its own.
static void cutContraction(BlockTiling &tiling, linalg::LinalgOp root,
                           linalg::LinalgOp contraction, int64_t warps,
                           bool hasWarpgroupProducts, bool usesTf32) {
  SumOfProducts product = factorsOf(contraction);
  AffineMap result = contraction.getMatchingIndexingMap(
                contraction.getDpsInitOperand(0)),
            whole = root.getMatchingIndexingMap(root.getDpsInitOperand(0));
  MatmulSizes sizes;
  for (unsigned axis = 0; axis < result.getNumResults(); ++axis) {
    unsigned loop = result.getDimPosition(axis);
    bool isLeft = product.left.isFunctionOf(contraction, loop),
         isRight = product.right.isFunctionOf(contraction, loop);
    (isLeft && isRight ? sizes.batches
     : isLeft ? sizes.rows
              : sizes.columns) *= tiling.ranges[whole.getDimPosition(axis)];
  }
  Type element = product.tensorElement(usesTf32);
  MatmulTile tile = chooseTile(!element ? ArrayRef(plainTiles)
                               : hasWarpgroupProducts && product.narrowElement()
                                   ? ArrayRef(warpgroupTiles)
                                   : ArrayRef(tensorTiles),
                               sizes);
  if (sizes.rows <= fewRows)
    tile = {1, columnsOfRow(contraction, product, sizes, warps)};
  for (unsigned axis = result.getNumResults(); axis-- > 0;) {
    unsigned inner = result.getDimPosition(axis),
             loop = whole.getDimPosition(axis);
    bool isRight = product.right.isFunctionOf(contraction, inner);
    if (isRight && product.left.isFunctionOf(contraction, inner)) {
      tiling.cut(loop, 1);
      continue;
    }
    int64_t &left = isRight ? tile.columns : tile.rows;
    tiling.cut(loop, left);
    left =
        std::max<int64_t>(1, left / std::max<int64_t>(1, tiling.ranges[loop]));
  }
}

/// How many of the root's outer loops every reduction of the kernel has too: a
/// cut of another would repeat reductions in each tile.
static size_t countSharedLoops(func::FuncOp kernel, linalg::LinalgOp root,
                               size_t loops) {
  kernel.walk([&](linalg::LinalgOp op) {
    if (op != root && op.getNumReductionLoops() > 0)
      loops = std::min<size_t>(loops, op.getNumParallelLoops());
  });
  return loops;
}

namespace {
struct TileForBlocks : ::tenon::impl::TileForBlocksPassBase<TileForBlocks> {
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
    BlockTiling tiling(root);
    int64_t longestRow = 0;
    bool hasRows = false;
    kernel.walk([&](linalg::LinalgOp op) {
      int64_t row = 1;
      for (auto [range, kind] :
           llvm::zip(op.getStaticLoopRanges(), op.getIteratorTypesArray()))
        // A length that is not known is none to cut by.
        if (kind == IteratorType::reduction && !ShapedType::isDynamic(range))
          row *= std::max<int64_t>(1, range);
      if (op.getNumReductionLoops() > 0)
        longestRow = std::max(longestRow, row);
    });
    auto isProduct = [](linalg::LinalgOp op) {
      return op.getNumDpsInputs() == 2 ||
             succeeded(::tenon::matchSumOfProducts(op));
    };
    if (linalg::LinalgOp contraction =
            ::tenon::findContraction(kernel, root, isProduct)) {
      cutContraction(tiling, root, contraction, threads / 32, warpgroups, tf32);
    } else if (longestRow > 0) {
      // A warp to each result of a reduction, or to each row around one; a
      // block where that is long.
      hasRows = root.getNumReductionLoops() == 0;
      size_t loops = countSharedLoops(kernel, root, tiling.parallel.size());
      bool isLong = longestRow >= elementsOfLongRow * threads;
      tiling.cutTo(isLong ? 1 : std::max<int64_t>(1, threads / 32), loops);
    } else {
      tiling.cutTo(elementsPerThread * threads, tiling.parallel.size());
    }
    if (llvm::any_of(tiling.sizes, [](int64_t size) { return size != 0; }) &&
        // Shared memory is a better place for rows than that of the result.
        failed(::tenon::tileRoot(kernel, root, tiling.sizes,
                                 /*worksInPlace=*/!hasRows)))
      signalPassFailure();
  }
};
} // namespace
