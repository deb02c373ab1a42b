//===- TileForBlocks.cpp - Cut a kernel's loops into tiles for blocks -----===//

#include "tenon/Codegen/KernelTiling.h"
#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace tenon {
#define GEN_PASS_DEF_TILEFORBLOCKSPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using utils::IteratorType;

/// Elements that a thread of a block computes where nothing is summed up.
static constexpr int64_t elementsPerThread = 4;
/// Sums of products in a tile: rows by columns.
static constexpr int64_t rowTile = 32, columnTile = 64;

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

/// The result's last loop of rows (which only the first factor has) and the
/// last of columns in pieces; of the others each iteration is a tile of its
/// own.
static void cutContraction(BlockTiling &tiling, linalg::LinalgOp root,
                           linalg::LinalgOp contraction) {
  auto mapOf = [&](OpOperand *operand) {
    return contraction.getMatchingIndexingMap(operand);
  };
  AffineMap rhs = mapOf(contraction.getDpsInputOperand(1)),
            result = mapOf(contraction.getDpsInitOperand(0)),
            whole = root.getMatchingIndexingMap(root.getDpsInitOperand(0));
  int64_t rows = rowTile, columns = columnTile;
  for (unsigned axis = result.getNumResults(); axis-- > 0;) {
    int64_t &left =
        rhs.isFunctionOfDim(result.getDimPosition(axis)) ? columns : rows;
    unsigned loop = whole.getDimPosition(axis);
    tiling.cut(loop, left);
    left /= std::max<int64_t>(1, std::min(left, tiling.ranges[loop]));
    left = std::max<int64_t>(1, left);
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
    ::tenon::readBackwardsInBody(kernel);
    linalg::LinalgOp root = ::tenon::findRoot(kernel);
    if (!root || root.hasDynamicShape())
      return;
    if (scf::ForallOp loop = ::tenon::findTiledProducer(root)) {
      if (failed(::tenon::fuseIntoTiles(loop, root)))
        signalPassFailure();
      return;
    }
    BlockTiling tiling(root);
    bool reduces = false;
    int64_t longest = 1;
    kernel.walk([&](linalg::LinalgOp op) {
      reduces |= op.getNumReductionLoops() > 0;
      longest = std::max(longest, llvm::product_of(op.getStaticLoopRanges()));
    });
    if (linalg::LinalgOp contraction = ::tenon::findContraction(kernel, root)) {
      cutContraction(tiling, root, contraction);
    } else if (reduces) {
      // A warp to each result of a reduction, or to each row around one.
      size_t loops = countSharedLoops(kernel, root, tiling.parallel.size());
      tiling.cutTo(std::max<int64_t>(1, threads / 32), loops);
    } else {
      tiling.cutTo(elementsPerThread * threads, tiling.parallel.size());
    }
    if (llvm::any_of(tiling.sizes, [](int64_t size) { return size != 0; }) &&
        failed(::tenon::tileRoot(kernel, root, tiling.sizes)))
      signalPassFailure();
  }
};
} // namespace
