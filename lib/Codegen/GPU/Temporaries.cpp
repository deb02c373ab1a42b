//===- Temporaries.cpp - Where a block's temporaries lie ------------------===//

#include "Temporaries.h"
#include "AddressSpaces.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using ::tenon::sharedSpace;

/// Of temporaries, and of those that hold pieces of factors: patterns of
/// swizzled lines.
static constexpr int64_t temporaryAlignment = 128, pieceAlignment = 1024;

static int64_t bytesOf(MemRefType type) {
  return type.getNumElements() *
         llvm::divideCeil(type.getElementTypeBitWidth(), 8);
}

void tenon::placeTemporaries(func::FuncOp kernel, int64_t sharedBytes,
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

void tenon::describeLaunch(func::FuncOp kernel, int64_t tiles,
                           int64_t threads) {
  Builder b(kernel.getContext());
  SmallVector<int64_t> bytes;
  for (Type type : kernel.getArgumentTypes())
    bytes.push_back(bytesOf(cast<MemRefType>(type)));
  kernel->setAttr("tenon.buffer_bytes", b.getDenseI64ArrayAttr(bytes));
  kernel->setAttr("tenon.extent", b.getI64IntegerAttr(tiles));
  kernel->setAttr("tenon.threads", b.getI64IntegerAttr(threads));
}

Value tenon::addWorkspace(func::FuncOp kernel) {
  // Its size is known once the temporaries are placed; a bare pointer must have
  // one.
  Builder b(kernel.getContext());
  Block &entry = kernel.getBody().front();
  Value workspace =
      entry.addArgument(MemRefType::get({1}, b.getI8Type()), kernel.getLoc());
  kernel.setType(
      FunctionType::get(b.getContext(), entry.getArgumentTypes(), {}));
  return workspace;
}
