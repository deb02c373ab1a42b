//===- DistributeToThreads.cpp - A kernel for blocks of GPU threads -------===//
//
// A block does one tile after another; its threads go through the tile's ops in
// step. What computes elements is divided among them, what is a single store is
// done by the first, what only reads is done by all. After each write they wait
// for one another, so that the tile's ops see each other's memory as on a CPU.
//
//===----------------------------------------------------------------------===//

#include "BlockMatmul.h"

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
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "mlir/Transforms/RegionUtils.h"

namespace tenon {
#define GEN_PASS_DEF_DISTRIBUTETOTHREADSPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using ::tenon::ThreadGroup;

/// Address space of memory that a block shares, as NVPTX numbers it.
static constexpr unsigned sharedSpace = 3;
/// Of temporaries, and of those that hold pieces of factors: patterns of
/// swizzled lines.
static constexpr int64_t temporaryAlignment = 128, pieceAlignment = 1024;

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
  if (!fill || !matchPattern(fill.value(), m_AnyZeroFloat()))
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

static int64_t bytesOf(MemRefType type) {
  return type.getNumElements() *
         llvm::divideCeil(type.getElementTypeBitWidth(), 8);
}

/// Temporaries of a block: what must be in its shared memory, and what fits
/// into its shared memory lies there, the rest in the part of the workspace
/// that is the block's own.
static void placeTemporaries(func::FuncOp kernel, int64_t sharedBytes,
                             Value workspace) {
  // Sums that never went to memory leave theirs behind.
  IRRewriter rewriter(kernel.getContext());
  (void)runRegionDCE(rewriter, kernel->getRegions());
  SmallVector<memref::AllocaOp> buffers;
  kernel.walk([&](memref::AllocaOp op) { buffers.push_back(op); });
  // Small ones first: what is used most is small.
  auto isShared = [](memref::AllocaOp op) {
    return op.getType().getMemorySpaceAsInt() == sharedSpace;
  };
  auto paddedBytes = [&](memref::AllocaOp op) {
    return static_cast<int64_t>(
        llvm::alignTo(bytesOf(op.getType()),
                      isShared(op) ? pieceAlignment : temporaryAlignment));
  };
  llvm::sort(buffers, [&](auto a, auto b) {
    return std::tuple(!isShared(a), paddedBytes(a), b->isBeforeInBlock(a)) <
           std::tuple(!isShared(b), paddedBytes(b), a->isBeforeInBlock(b));
  });
  int64_t used = 0, workspaceBytes = 0;
  SmallVector<std::pair<memref::AllocaOp, int64_t>> shared, spilled;
  for (memref::AllocaOp op : buffers) {
    int64_t bytes = paddedBytes(op);
    if (isShared(op) || used + bytes <= sharedBytes) {
      shared.push_back({op, used});
      used += bytes;
    } else {
      spilled.push_back({op, workspaceBytes});
      workspaceBytes += bytes;
    }
  }
  ImplicitLocOpBuilder b(kernel.getLoc(), kernel.getContext());
  auto place = [&](memref::AllocaOp op, Value bytes, Value offset) {
    Value view = memref::ViewOp::create(
        b,
        MemRefType::get(op.getType().getShape(), op.getType().getElementType(),
                        MemRefLayoutAttrInterface(),
                        cast<MemRefType>(bytes.getType()).getMemorySpace()),
        bytes, offset, ValueRange());
    if (view.getType() != op.getType())
      view = memref::MemorySpaceCastOp::create(b, op.getType(), view);
    op.replaceAllUsesWith(view);
    op.erase();
  };
  auto index = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(b, value);
  };
  Value all;
  if (!shared.empty()) {
    auto type = MemRefType::get({used}, b.getI8Type(), AffineMap(),
                                b.getI64IntegerAttr(sharedSpace));
    OpBuilder atTop = OpBuilder::atBlockBegin(kernel->getBlock());
    std::string name = (kernel.getName() + "_shared").str();
    memref::GlobalOp::create(atTop, kernel.getLoc(), name,
                             atTop.getStringAttr("private"), type,
                             atTop.getUnitAttr(), /*constant=*/false,
                             atTop.getI64IntegerAttr(pieceAlignment));
    b.setInsertionPointToStart(&kernel.getBody().front());
    all = memref::GetGlobalOp::create(b, type, name);
  }
  for (auto [op, offset] : shared) {
    b.setInsertionPoint(op);
    place(op, all, index(offset));
  }
  for (auto [op, offset] : spilled) {
    b.setInsertionPointToStart(&kernel.getBody().front());
    Value block = gpu::BlockIdOp::create(b, gpu::Dimension::x);
    Value own = arith::MulIOp::create(b, block, index(workspaceBytes));
    place(op, workspace, arith::AddIOp::create(b, own, index(offset)));
  }
  kernel->setAttr("tenon.shared_bytes", b.getI64IntegerAttr(used));
  kernel->setAttr("tenon.workspace_bytes", b.getI64IntegerAttr(workspaceBytes));
}

namespace {
struct DistributeToThreads
    : ::tenon::impl::DistributeToThreadsPassBase<DistributeToThreads> {
  using Base::Base;

  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (!kernel->hasAttr("tenon.kernel") || kernel.isExternal())
      return;
    WalkResult walk = kernel.walk([](memref::AllocOp op) {
      op.emitError("the size of a temporary has no bound");
      return WalkResult::interrupt();
    });
    if (walk.wasInterrupted())
      return signalPassFailure();

    Block &entry = kernel.getBody().front();
    OpBuilder types(&getContext());
    SmallVector<int64_t> bytes;
    for (Type type : entry.getArgumentTypes())
      bytes.push_back(bytesOf(cast<MemRefType>(type)));
    kernel->setAttr("tenon.buffer_bytes", types.getDenseI64ArrayAttr(bytes));
    // Its size is known once the temporaries are placed; a bare pointer must
    // have one.
    Value workspace = entry.addArgument(MemRefType::get({1}, types.getI8Type()),
                                        kernel.getLoc());
    kernel.setType(
        FunctionType::get(&getContext(), entry.getArgumentTypes(), {}));
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
    kernel->setAttr("tenon.extent", types.getI64IntegerAttr(extent));
    kernel->setAttr("tenon.threads", types.getI64IntegerAttr(threads));
    if (failed(Distribution({thread, threads, warpgroups}).distribute(*body)))
      return signalPassFailure();
    placeTemporaries(kernel, sharedBytes, workspace);
  }
};
} // namespace
