//===- KernelTiling.cpp - What cutting a kernel into tiles is made of -----===//

#include "tenon/Codegen/KernelTiling.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"

using namespace mlir;

/// The linalg op that gives all the kernel's results, if one does.
static linalg::LinalgOp findRoot(func::FuncOp kernel) {
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

linalg::LinalgOp
tenon::findContraction(func::FuncOp kernel, linalg::LinalgOp root,
                       llvm::function_ref<bool(linalg::LinalgOp)> isProduct) {
  linalg::LinalgOp largest;
  int64_t work = 0;
  if (!root.getMatchingIndexingMap(root.getDpsInitOperand(0))
           .isProjectedPermutation())
    return largest;
  kernel.walk([&](linalg::LinalgOp op) {
    bool isCandidate = isProduct ? isProduct(op) : op.getNumDpsInputs() == 2;
    if (!isCandidate || op.getNumDpsInits() != 1 ||
        op.getNumReductionLoops() == 0 || op.hasDynamicShape() ||
        op.getNumParallelLoops() != root.getNumParallelLoops() ||
        op.getShape(op.getDpsInitOperand(0)) !=
            root.getShape(root.getDpsInitOperand(0)) ||
        !op.getMatchingIndexingMap(op.getDpsInitOperand(0))
             .isProjectedPermutation())
      return;
    int64_t size = llvm::product_of(op.getStaticLoopRanges());
    if (size > work) {
      work = size;
      largest = op;
    }
  });
  return largest;
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
static scf::ForallOp findTiledProducer(linalg::LinalgOp root) {
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
static LogicalResult fuseIntoTiles(scf::ForallOp loop, linalg::LinalgOp root) {
  IRRewriter rewriter(root.getContext());
  SmallVector<LoopLikeOpInterface> loops = {loop};
  if (failed(scf::tileAndFuseConsumer(rewriter, root, loops)))
    return root->emitError("cannot be moved into the tiles before it");
  return success();
}

FailureOr<linalg::LinalgOp> tenon::findRootToTile(func::FuncOp kernel) {
  SmallVector<linalg::GenericOp> generics;
  kernel.walk([&](linalg::GenericOp op) { generics.push_back(op); });
  for (linalg::GenericOp op : generics)
    readBackwardsInBody(op);
  linalg::LinalgOp root = findRoot(kernel);
  if (!root || root.hasDynamicShape())
    return linalg::LinalgOp();
  scf::ForallOp loop = findTiledProducer(root);
  if (!loop)
    return root;
  if (failed(fuseIntoTiles(loop, root)))
    return failure();
  return linalg::LinalgOp();
}

LogicalResult tenon::tileRoot(func::FuncOp kernel, linalg::LinalgOp root,
                              ArrayRef<int64_t> sizes, bool worksInPlace) {
  MLIRContext *context = root.getContext();
  IRRewriter rewriter(context);
  rewriter.setInsertionPoint(root);
  scf::SCFTileAndFuseOptions options;
  options.tilingOptions.setLoopType(scf::SCFTilingOptions::LoopType::ForallOp);
  options.tilingOptions.setTileSizes(getAsIndexOpFoldResult(context, sizes));
  RewritePatternSet cleanup(context);
  tensor::populateMergeConsecutiveInsertExtractSlicePatterns(cleanup);
  tensor::ExtractSliceOp::getCanonicalizationPatterns(cleanup, context);
  options.cleanupPatterns = std::move(cleanup);
  FailureOr<scf::SCFTileAndFuseResult> tiled =
      scf::tileConsumerAndFuseProducersUsingSCF(
          rewriter, cast<TilingInterface>(root.getOperation()), options);
  if (failed(tiled)) {
    return root->emitError("cannot be tiled");
  }
  for (auto [result, replacement] : tiled->replacements)
    rewriter.replaceAllUsesWith(result, replacement);
  for (Operation &op :
       llvm::make_early_inc_range(llvm::reverse(kernel.getBody().front())))
    if (isOpTriviallyDead(&op))
      rewriter.eraseOp(&op);
  if (worksInPlace)
    kernel.walk([](scf::ForallOp loop) { shareDestination(loop); });
  return success();
}
