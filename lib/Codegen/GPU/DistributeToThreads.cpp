//===- DistributeToThreads.cpp - A kernel for blocks of GPU threads -------===//
//
// A block does one tile after another; its threads go through the tile's ops in
// step. What computes elements is divided among them, what is a single store is
// done by the first, what only reads is done by all. After each write they wait
// for one another, so that the tile's ops see each other's memory as on a CPU.
//
//===----------------------------------------------------------------------===//

#include "BlockMatmul.h"
#include "Temporaries.h"

#include "tenon/Codegen/KernelLoops.h"
#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/Transforms.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

namespace tenon {
#define GEN_PASS_DEF_DISTRIBUTETOTHREADSPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using ::tenon::ThreadGroup;

/// Whether `op`, or anything in it, writes to memory.
static bool writesMemory(Operation *op) {
  std::optional<SmallVector<MemoryEffects::EffectInstance>> effects =
      getEffectsRecursively(op);
  return !effects || llvm::any_of(*effects, [](const auto &effect) {
    return isa<MemoryEffects::Write>(effect.getEffect());
  });
}

/// Whether anything in `op` is divided among threads.
static bool hasLoopNests(Operation *op) {
  return op->walk([](linalg::LinalgOp) { return WalkResult::interrupt(); })
      .wasInterrupted();
}

namespace {
class Distribution {
public:
  explicit Distribution(ThreadGroup threads) : threads(threads) {}

  /// Rewrites the ops of a region that all threads are in.
  LogicalResult distribute(Block &block);

private:
  LogicalResult distribute(Operation &op);
  void wait(Operation *before) {
    OpBuilder b(before);
    gpu::BarrierOp::create(b, before->getLoc());
    hasOpenReads = false;
  }
  void waitForReads(Operation *before) {
    if (hasOpenReads)
      wait(before);
  }
  void runOnFirst(Operation &op);
  bool isStartOfMatmul(linalg::LinalgOp op);
  linalg::LinalgOp findEpilogue(linalg::LinalgOp matmul);

  ThreadGroup threads;
  /// Whether some thread may still be reading what was there before the next
  /// write.
  bool hasOpenReads = false;
  /// A sum of products whose result was to be zeros before.
  Operation *startsAtZero = nullptr;
  /// Ops that were done along with one before them.
  llvm::SmallPtrSet<Operation *, 8> done;
};
} // namespace

LogicalResult Distribution::distribute(Block &block) {
  // An op may take those after it along.
  SmallVector<Operation *> ops;
  for (Operation &op : block.without_terminator())
    ops.push_back(&op);
  for (Operation *op : ops)
    if (!done.contains(op) && failed(distribute(*op)))
      return failure();
  // The block may be a loop's body, which begins with a write.
  waitForReads(block.getTerminator());
  return success();
}

/// The next op in the block that may have an effect.
static Operation *nextEffect(Operation *op) {
  do
    op = op->getNextNode();
  while (op && isPure(op));
  return op;
}

/// Whether `op` puts zeros where the next op adds up products: that one then
/// begins with zeros by itself.
bool Distribution::isStartOfMatmul(linalg::LinalgOp op) {
  auto fill = dyn_cast<linalg::FillOp>(op.getOperation());
  if (!fill || (!matchPattern(fill.value(), m_AnyZeroFloat()) &&
                !matchPattern(fill.value(), m_Zero())))
    return false;
  auto next = dyn_cast_or_null<linalg::LinalgOp>(nextEffect(op));
  if (!next || next.getNumDpsInits() != 1 ||
      next.getDpsInitOperand(0)->get() != fill.output() ||
      !::tenon::isBlockMatmul(next, threads))
    return false;
  startsAtZero = next;
  op.erase();
  return true;
}

/// The buffer that `memref` is a view of.
static Value originOf(Value memref) {
  while (auto view = memref.getDefiningOp<ViewLikeOpInterface>())
    memref = view.getViewSource();
  return memref;
}

/// The next op, where it passes over the products' sums element by element and
/// these are nobody else's: a temporary of the block.
linalg::LinalgOp Distribution::findEpilogue(linalg::LinalgOp matmul) {
  Value sums = matmul.getDpsInitOperand(0)->get();
  auto next = dyn_cast_or_null<linalg::LinalgOp>(nextEffect(matmul));
  if (!next || !::tenon::isElementwiseOn(next, sums))
    return nullptr;
  if (!llvm::all_of(sums.getUsers(), [&](Operation *user) {
        return user == next.getOperation() || user == matmul.getOperation();
      }))
    return nullptr;
  // Sums that are overwritten where they lie are the op's result.
  bool isInPlace = llvm::is_contained(next.getDpsInits(), sums);
  Value origin = originOf(sums);
  if (!isInPlace && (!origin.getDefiningOp<memref::AllocaOp>() ||
                     !(origin == sums || origin.hasOneUse())))
    return nullptr;
  done.insert(next);
  return next;
}

/// The first thread alone does `op`.
void Distribution::runOnFirst(Operation &op) {
  ImplicitLocOpBuilder b(op.getLoc(), &op);
  Value isFirst =
      arith::CmpIOp::create(b, arith::CmpIPredicate::eq, threads.number,
                            arith::ConstantIndexOp::create(b, 0));
  auto only = scf::IfOp::create(b, isFirst);
  op.moveBefore(only.thenBlock()->getTerminator());
  wait(only->getNextNode());
}

LogicalResult Distribution::distribute(Operation &op) {
  if (auto nest = dyn_cast<linalg::LinalgOp>(op)) {
    if (isStartOfMatmul(nest))
      return success();
    waitForReads(&op);
    Operation *next = op.getNextNode();
    if (!::tenon::isBlockMatmul(nest, threads)) {
      ::tenon::distributeLoops(nest, threads);
    } else {
      ::tenon::MatmulSurroundings surroundings = {startsAtZero == &op,
                                                  findEpilogue(nest)};
      if (surroundings.epilogue)
        next = surroundings.epilogue->getNextNode();
      ::tenon::lowerBlockMatmul(nest, threads, surroundings);
    }
    wait(next);
    return success();
  }
  if (auto copy = dyn_cast<memref::CopyOp>(op)) {
    OpBuilder b(&op);
    auto nest = linalg::CopyOp::create(b, op.getLoc(), copy.getSource(),
                                       copy.getTarget());
    op.erase();
    return distribute(*nest);
  }
  if (auto loop = dyn_cast<scf::ForallOp>(op)) {
    IRRewriter rewriter(op.getContext());
    rewriter.setInsertionPoint(&op);
    SmallVector<Operation *> loops;
    if (failed(scf::forallToForLoop(rewriter, loop, &loops)))
      return op.emitError("cannot become loops");
    return distribute(*loops.front());
  }
  if (op.getNumRegions() != 0) {
    if (!hasLoopNests(&op) && writesMemory(&op) && op.getNumResults() == 0) {
      waitForReads(&op);
      runOnFirst(op);
      return success();
    }
    if (writesMemory(&op)) {
      waitForReads(&op);
      for (Region &region : op.getRegions())
        for (Block &block : region)
          if (failed(distribute(block)))
            return failure();
      return success();
    }
    hasOpenReads |= !isMemoryEffectFree(&op);
    return success();
  }
  if (writesMemory(&op)) {
    if (op.getNumResults() != 0)
      return op.emitError(
          "writes memory and has a result, which the threads of "
          "a block cannot share");
    waitForReads(&op);
    runOnFirst(op);
    return success();
  }
  hasOpenReads |= !isMemoryEffectFree(&op);
  return success();
}

namespace {
struct DistributeToThreads
    : ::tenon::impl::DistributeToThreadsPassBase<DistributeToThreads> {
  using Base::Base;

  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (!kernel->hasAttr("tenon.kernel") || kernel.isExternal() ||
        kernel->hasAttr("tenon.threads"))
      return;
    WalkResult walk = kernel.walk([](memref::AllocOp op) {
      op.emitError("the size of a temporary has no bound");
      return WalkResult::interrupt();
    });
    if (walk.wasInterrupted())
      return signalPassFailure();

    Block &entry = kernel.getBody().front();
    auto b = ImplicitLocOpBuilder::atBlockBegin(kernel.getLoc(), &entry);
    Value thread = gpu::ThreadIdOp::create(b, gpu::Dimension::x),
          blocks = gpu::GridDimOp::create(b, gpu::Dimension::x),
          block = gpu::BlockIdOp::create(b, gpu::Dimension::x);

    int64_t extent = 1;
    Block *body = &entry;
    if (scf::ForallOp loop = ::tenon::findOnlyLoop(kernel)) {
      extent = ::tenon::countIterations(loop);
      Value end = arith::ConstantIndexOp::create(b, extent);
      body = ::tenon::flatten(loop, block, end, blocks).getBody();
    }
    ::tenon::describeLaunch(kernel, extent, threads);
    Value workspace = ::tenon::addWorkspace(kernel);
    if (failed(Distribution({thread, threads, warpgroups, tf32})
                   .distribute(*body)))
      return signalPassFailure();
    ::tenon::placeTemporaries(kernel, sharedBytes, workspace);
  }
};
} // namespace
