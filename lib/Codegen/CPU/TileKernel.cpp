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
/// Along the innermost axis of an input that is not the result's a tile is a
/// multiple of a cache line.
static constexpr int64_t lineGrain = 16;
/// A tile of a product holds as many rows as fit half a second cache with what
/// is summed up of them at a time (see LowerContraction.cpp), within these
/// bounds, so that what comes of the other operand is used often; more where
/// that one exceeds the caches.
static constexpr int64_t rowBlockBytes = 192 << 10, summedBlockBytes = 1 << 10,
                         fewestRows = 36, mostRows = 192, manyRows = 240,
                         largeOperandBytes = 8 << 20;

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

/// The kernel's largest sum of products of two tensors whose result has the
/// root's shape.
static linalg::LinalgOp contractionOf(func::FuncOp kernel,
                                      linalg::LinalgOp root) {
  linalg::LinalgOp largest;
  int64_t work = 0;
  if (!root.getMatchingIndexingMap(root.getDpsInitOperand(0))
           .isProjectedPermutation())
    return largest;
  kernel.walk([&](linalg::LinalgOp op) {
    if (op.getNumDpsInputs() != 2 || op.getNumDpsInits() != 1 ||
        op.getNumReductionLoops() == 0 || op.hasDynamicShape() ||
        op.getNumParallelLoops() != root.getNumParallelLoops() ||
        op.getShape(op.getDpsInitOperand(0)) !=
            root.getShape(root.getDpsInitOperand(0)) ||
        !op.getMatchingIndexingMap(op.getDpsInitOperand(0))
             .isProjectedPermutation())
      return;
    int64_t size = product(op.getStaticLoopRanges());
    if (size > work) {
      work = size;
      largest = op;
    }
  });
  return largest;
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
      4 * product(contraction.getShape(contraction.getDpsInputOperand(0)));
  int64_t rhsBytes =
      4 * product(contraction.getShape(contraction.getDpsInputOperand(1)));
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
  int64_t most = std::max<int64_t>(1, rows / fewest);
  for (auto [position, entry] : llvm::enumerate(rowLoops)) {
    auto [loop, isLast] = entry;
    bool isInnermost = position + 1 == rowLoops.size();
    int64_t before = tiling.wanted;
    tiling.cut(loop, isLast ? columnGrain : isInnermost ? rowGrain : 1, most);
    if (tiling.wanted < before)
      most = std::max<int64_t>(1, most * tiling.wanted / before);
  }
  for (auto [loop, isLast] : columnLoops)
    tiling.cut(loop, isLast ? columnGrain : 1, tiling.wanted);
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

/// The loop over tiles, made by a lowering, whose result `root` passes over
/// element by element.
static scf::ForallOp tiledProducerOf(linalg::LinalgOp root) {
  for (OpOperand *input : root.getDpsInputOperands())
    if (auto loop = input->get().getDefiningOp<scf::ForallOp>())
      return loop;
  return nullptr;
}

/// Whether some axis is walked backwards.
static bool isBackwards(AffineMap map) {
  bool found = false;
  map.walkExprs([&](AffineExpr expr) {
    auto product = dyn_cast<AffineBinaryOpExpr>(expr);
    if (!product || product.getKind() != AffineExprKind::Mul)
      return;
    auto factor = dyn_cast<AffineConstantExpr>(product.getRHS());
    found |= factor && factor.getValue() < 0;
  });
  return found;
}

/// Lets the body of `op` itself take elements of the inputs that are walked
/// backwards: upstream takes a tile's slice to begin at the element of its
/// first iteration, which there is the last.
static linalg::GenericOp readBackwardsInBody(linalg::GenericOp op) {
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
  BitVector gone(op.getBody()->getNumArguments());
  OpBuilder body = OpBuilder::atBlockBegin(op.getBody());
  Location loc = op.getLoc();
  for (OpOperand *input : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(input);
    if (!isBackwards(map)) {
      inputs.push_back(input->get());
      maps.push_back(map);
      continue;
    }
    SmallVector<OpFoldResult> loops;
    for (unsigned loop = 0; loop < map.getNumDims(); ++loop)
      loops.push_back(linalg::IndexOp::create(body, loc, loop).getResult());
    SmallVector<Value> place;
    for (unsigned axis = 0; axis < map.getNumResults(); ++axis)
      place.push_back(getValueOrCreateConstantIndexOp(
          body, loc,
          affine::makeComposedFoldedAffineApply(body, loc, map.getSubMap(axis),
                                                loops)));
    Value element = tensor::ExtractOp::create(body, loc, input->get(), place);
    op.getMatchingBlockArgument(input).replaceAllUsesWith(element);
    gone.set(input->getOperandNumber());
  }
  if (gone.none())
    return op;
  for (OpOperand &init : op.getDpsInitsMutable())
    maps.push_back(op.getMatchingIndexingMap(&init));
  OpBuilder builder(op);
  auto replacement = linalg::GenericOp::create(
      builder, loc, op->getResultTypes(), inputs, op.getDpsInits(), maps,
      op.getIteratorTypesArray());
  replacement.getRegion().takeBody(op.getRegion());
  replacement.getBody()->eraseArguments(gone);
  op.replaceAllUsesWith(replacement.getResults());
  op.erase();
  return replacement;
}

/// Moves `root` into the tiles of `loop`.
static LogicalResult fuseIntoLoop(scf::ForallOp loop, linalg::LinalgOp root) {
  IRRewriter rewriter(root.getContext());
  SmallVector<LoopLikeOpInterface> loops = {loop};
  if (failed(scf::tileAndFuseConsumer(rewriter, root, loops)))
    return root->emitError("cannot be moved into the tiles before it");
  return success();
}

namespace {
struct TileKernel : ::tenon::impl::TileKernelPassBase<TileKernel> {
  using Base::Base;

  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (!kernel->hasAttr("tenon.kernel"))
      return;
    SmallVector<linalg::GenericOp> generics;
    kernel.walk([&](linalg::GenericOp op) { generics.push_back(op); });
    for (linalg::GenericOp op : generics)
      readBackwardsInBody(op);
    linalg::LinalgOp root = rootOf(kernel);
    if (!root || root.hasDynamicShape())
      return;
    if (scf::ForallOp loop = tiledProducerOf(root)) {
      if (failed(fuseIntoLoop(loop, root)))
        return signalPassFailure();
      return;
    }
    bool reduces = false;
    kernel.walk(
        [&](linalg::LinalgOp op) { reduces |= op.getNumReductionLoops() > 0; });
    Tiling tiling(root,
                  std::min<int64_t>(tiles, workOf(kernel) / smallestTile));
    if (linalg::LinalgOp contraction = contractionOf(kernel, root))
      cutContraction(tiling, root, contraction);
    else
      cutInOrder(tiling, root, reduces);
    ArrayRef<int64_t> sizes = tiling.sizes;
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
