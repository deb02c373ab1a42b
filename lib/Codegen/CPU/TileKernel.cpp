//===- TileKernel.cpp - Cut a kernel's parallel loops into tiles ----------===//

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"

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

/// The linalg op that gives all the kernel's results, if one does.
static linalg::LinalgOp rootOf(func::FuncOp kernel) {
  auto terminator =
      cast<func::ReturnOp>(kernel.getBody().front().getTerminator());
  Operation *root = nullptr;
  for (Value value : terminator.getOperands()) {
    Operation *definition = value.getDefiningOp();
    if (!definition || (root && definition != root))
      return nullptr;
    root = definition;
  }
  return dyn_cast_or_null<linalg::LinalgOp>(root);
}

static int64_t product(ArrayRef<int64_t> sizes) {
  int64_t result = 1;
  for (int64_t size : sizes)
    result *= size;
  return result;
}

/// Scalar operations in the whole kernel, about.
static int64_t workOf(func::FuncOp kernel) {
  int64_t work = 0;
  kernel.walk([&](linalg::LinalgOp op) {
    int64_t body =
        std::max<int64_t>(1, std::distance(op->getRegion(0).front().begin(),
                                           op->getRegion(0).front().end()) -
                                 1);
    work += product(op.getStaticLoopRanges()) * body;
  });
  return work;
}

/// A tile size for each loop of `root`; 0 leaves the loop whole. Outer loops
/// are cut first.
static SmallVector<int64_t> tileSizes(linalg::LinalgOp root, bool contracts,
                                      int64_t work, int64_t tiles) {
  SmallVector<int64_t> ranges = root.getStaticLoopRanges();
  SmallVector<utils::IteratorType> iterators = root.getIteratorTypesArray();
  SmallVector<int64_t> sizes(ranges.size(), 0);
  int64_t wanted = std::min(tiles, work / smallestTile);
  SmallVector<unsigned> parallel;
  for (auto [index, iterator] : llvm::enumerate(iterators))
    if (iterator == utils::IteratorType::parallel)
      parallel.push_back(index);
  for (auto [position, index] : llvm::enumerate(parallel)) {
    if (wanted <= 1)
      break;
    int64_t size =
        llvm::divideCeil(ranges[index], std::min(wanted, ranges[index]));
    size_t fromEnd = parallel.size() - position;
    if (contracts && fromEnd <= 2)
      size = llvm::alignTo(size, fromEnd == 2 ? rowGrain : columnGrain);
    else if (fromEnd == 1)
      size = llvm::alignTo(size, columnGrain);
    if (size >= ranges[index])
      continue;
    sizes[index] = size;
    wanted /= llvm::divideCeil(ranges[index], size);
  }
  return sizes;
}

/// Whether nothing has been written to `buffer` yet.
static bool isFresh(Value buffer) {
  if (auto slice = buffer.getDefiningOp<tensor::ExtractSliceOp>())
    buffer = slice.getSource();
  return buffer.getDefiningOp<tensor::EmptyOp>() != nullptr;
}

/// The elementwise op at the end of a tile overwrites its input in place, and
/// the input is made in the destination at once, instead of in a buffer of its
/// own.
static void shareDestination(scf::ForallOp loop) {
  loop.getBody()->walk([](linalg::GenericOp op) {
    if (op.getNumReductionLoops() != 0 || op.getNumDpsInits() != 1)
      return;
    OpOperand *init = op.getDpsInitOperand(0);
    if (!op.getMatchingIndexingMap(init).isIdentity() ||
        op.payloadUsesValueFromOperand(init))
      return;
    for (OpOperand *input : op.getDpsInputOperands()) {
      Value value = input->get();
      if (!value.hasOneUse() || value.getType() != init->get().getType() ||
          !op.getMatchingIndexingMap(input).isIdentity())
        continue;
      // Walk to the buffer in which the input came to be.
      OpOperand *start = nullptr;
      for (auto producer = value.getDefiningOp<DestinationStyleOpInterface>();
           producer;
           producer = start->get().getDefiningOp<DestinationStyleOpInterface>())
        start = producer.getTiedOpOperand(
            cast<OpResult>(start ? start->get() : value));
      if (!start || !isFresh(start->get()))
        continue;
      Value destination = init->get();
      Operation *definition = destination.getDefiningOp(),
                *writer = start->getOwner();
      if (definition && definition->getBlock() == writer->getBlock() &&
          writer->isBeforeInBlock(definition)) {
        if (llvm::any_of(definition->getOperands(), [&](Value operand) {
              Operation *needed = operand.getDefiningOp();
              return needed && needed->getBlock() == writer->getBlock() &&
                     !needed->isBeforeInBlock(writer);
            }))
          continue;
        definition->moveBefore(writer);
      }
      start->set(destination);
      init->set(value);
      return;
    }
  });
}

namespace {
struct TileKernel : ::tenon::impl::TileKernelPassBase<TileKernel> {
  using Base::Base;

  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (!kernel->hasAttr("tenon.kernel"))
      return;
    linalg::LinalgOp root = rootOf(kernel);
    if (!root || root.hasDynamicShape())
      return;
    bool contracts = false;
    kernel.walk([&](linalg::LinalgOp op) {
      contracts |= op.getNumReductionLoops() > 0;
    });
    SmallVector<int64_t> sizes =
        tileSizes(root, contracts, workOf(kernel), tiles);
    if (llvm::all_of(sizes, [](int64_t size) { return size == 0; }))
      return;

    IRRewriter rewriter(&getContext());
    rewriter.setInsertionPoint(root);
    scf::SCFTileAndFuseOptions options;
    options.tilingOptions.setLoopType(
        scf::SCFTilingOptions::LoopType::ForallOp);
    options.tilingOptions.setTileSizes(
        getAsIndexOpFoldResult(&getContext(), sizes));
    RewritePatternSet cleanup(&getContext());
    tensor::populateMergeConsecutiveInsertExtractSlicePatterns(cleanup);
    tensor::ExtractSliceOp::getCanonicalizationPatterns(cleanup, &getContext());
    options.cleanupPatterns = std::move(cleanup);
    FailureOr<scf::SCFTileAndFuseResult> tiled =
        scf::tileConsumerAndFuseProducersUsingSCF(
            rewriter, cast<TilingInterface>(root.getOperation()), options);
    if (failed(tiled)) {
      root->emitError("cannot be tiled");
      return signalPassFailure();
    }
    for (auto [result, replacement] : tiled->replacements)
      rewriter.replaceAllUsesWith(result, replacement);
    for (Operation &op :
         llvm::make_early_inc_range(llvm::reverse(kernel.getBody().front())))
      if (isOpTriviallyDead(&op))
        rewriter.eraseOp(&op);
    kernel.walk([](scf::ForallOp loop) { shareDestination(loop); });
  }
};
} // namespace
