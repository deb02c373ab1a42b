//===- PlaceAllocations.cpp - Where temporary buffers lie -----------------===//

#include "tenon/Codegen/KernelLoops.h"
#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace tenon {
#define GEN_PASS_DEF_PLACEALLOCATIONSPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

static int64_t bytesOf(MemRefType type) {
  return type.getNumElements() *
         llvm::divideCeil(type.getElementTypeBitWidth(), 8);
}

/// The largest shape of `op`'s buffer, where its sizes have bounds.
static std::optional<SmallVector<int64_t>> largestShape(memref::AllocOp op) {
  SmallVector<int64_t> shape(op.getType().getShape());
  auto size = op.getDynamicSizes().begin();
  for (int64_t &extent : shape) {
    if (!ShapedType::isDynamic(extent))
      continue;
    std::optional<int64_t> bound = ::tenon::boundOf(*size++);
    if (!bound)
      return std::nullopt;
    extent = *bound;
  }
  return shape;
}

/// Whether every user of `buffer`, or of a view of it, takes any layout.
static bool takesAnyLayout(Value buffer) {
  return llvm::all_of(buffer.getUsers(), [](Operation *user) {
    if (auto view = dyn_cast<memref::SubViewOp>(user))
      return takesAnyLayout(view);
    return isa<linalg::LinalgOp, memref::LoadOp, memref::StoreOp,
               memref::CopyOp>(user);
  });
}

/// Gives the views of `buffer` the types that follow from its own.
static void retypeViews(Value buffer) {
  for (Operation *user : buffer.getUsers())
    if (auto view = dyn_cast<memref::SubViewOp>(user)) {
      view.getResult().setType(memref::SubViewOp::inferRankReducedResultType(
          view.getType().getShape(), cast<MemRefType>(buffer.getType()),
          view.getMixedOffsets(), view.getMixedSizes(),
          view.getMixedStrides()));
      retypeViews(view);
    }
}

/// Makes a buffer of dynamic size a part of one of its largest size, so that
/// it needs memory once for all tiles and its strides are known.
static memref::AllocOp makeStatic(memref::AllocOp op) {
  std::optional<SmallVector<int64_t>> shape;
  if (op.getType().getLayout().isIdentity() && takesAnyLayout(op))
    shape = largestShape(op);
  if (!shape)
    return op;
  OpBuilder builder(op);
  auto whole = memref::AllocOp::create(
      builder, op.getLoc(),
      MemRefType::get(*shape, op.getType().getElementType(), AffineMap(),
                      op.getType().getMemorySpace()));
  int64_t rank = op.getType().getRank();
  SmallVector<OpFoldResult> zeros(rank, builder.getIndexAttr(0)),
      ones(rank, builder.getIndexAttr(1));
  auto part = memref::SubViewOp::create(builder, op.getLoc(), whole, zeros,
                                        op.getMixedSizes(), ones);
  op.replaceAllUsesWith(part.getResult());
  op.erase();
  retypeViews(part);
  return whole;
}

namespace {
struct PlaceAllocations
    : ::tenon::impl::PlaceAllocationsPassBase<PlaceAllocations> {
  using Base::Base;

  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (kernel.isExternal())
      return;
    Block &entry = kernel.getBody().front();
    SmallVector<memref::AllocOp> allocations;
    kernel.walk([&](memref::AllocOp op) { allocations.push_back(op); });
    OpBuilder builder(&getContext());
    for (memref::AllocOp op : allocations) {
      op = makeStatic(op);
      if (!op.getType().hasStaticShape()) {
        builder.setInsertionPoint(op->getBlock()->getTerminator());
        memref::DeallocOp::create(builder, op.getLoc(), op);
      } else if (bytesOf(op.getType()) <= stackBytes) {
        builder.setInsertionPointToStart(&entry);
        auto stack = memref::AllocaOp::create(
            builder, op.getLoc(), op.getType(), builder.getI64IntegerAttr(64));
        op.replaceAllUsesWith(stack.getResult());
        op.erase();
      } else {
        op->moveBefore(&entry.front());
        op.setAlignment(64);
        builder.setInsertionPoint(entry.getTerminator());
        memref::DeallocOp::create(builder, op.getLoc(), op);
      }
    }
  }
};
} // namespace
