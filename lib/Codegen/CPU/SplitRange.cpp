//===- SplitRange.cpp - Let a kernel do a part of its loop ----------------===//

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace tenon {
#define GEN_PASS_DEF_SPLITRANGEPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

/// The kernel's only op with effects other than making and freeing its buffers,
/// if it is an scf.forall with constant bounds.
static scf::ForallOp onlyLoop(func::FuncOp kernel) {
  scf::ForallOp only;
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    if (isPure(&op) ||
        isa<memref::AllocaOp, memref::AllocOp, memref::DeallocOp>(op))
      continue;
    auto loop = dyn_cast<scf::ForallOp>(op);
    if (!loop || only || !loop.getDynamicLowerBound().empty() ||
        !loop.getDynamicUpperBound().empty() || !loop.getDynamicStep().empty())
      return nullptr;
    only = loop;
  }
  return only;
}

/// Turns `loop` into a loop over [begin, end) of its iterations, counted
/// row-major; returns how many there are.
static int64_t runPart(scf::ForallOp loop, Value begin, Value end) {
  OpBuilder builder(loop);
  Location loc = loop.getLoc();
  SmallVector<int64_t> counts;
  for (auto [low, high, step] :
       llvm::zip(loop.getStaticLowerBound(), loop.getStaticUpperBound(),
                 loop.getStaticStep()))
    counts.push_back(std::max<int64_t>(0, llvm::divideCeil(high - low, step)));
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  auto part = scf::ForOp::create(builder, loc, begin, end, constant(1));
  builder.setInsertionPointToStart(part.getBody());
  Value rest = part.getInductionVar();
  SmallVector<Value> indices(counts.size());
  int64_t extent = 1;
  for (int64_t axis = counts.size() - 1; axis >= 0; --axis) {
    Value index = rest;
    if (axis > 0) {
      index = arith::RemUIOp::create(
          builder, loc, rest, constant(std::max<int64_t>(1, counts[axis])));
      rest = arith::DivUIOp::create(
          builder, loc, rest, constant(std::max<int64_t>(1, counts[axis])));
    }
    index = arith::MulIOp::create(builder, loc, index,
                                  constant(loop.getStaticStep()[axis]));
    indices[axis] = arith::AddIOp::create(
        builder, loc, index, constant(loop.getStaticLowerBound()[axis]));
    extent *= counts[axis];
  }
  Block *body = loop.getBody();
  body->getTerminator()->erase();
  for (auto [argument, index] : llvm::zip(body->getArguments(), indices))
    argument.replaceAllUsesWith(index);
  part.getBody()->getOperations().splice(
      part.getBody()->getTerminator()->getIterator(), body->getOperations());
  loop.erase();
  return extent;
}

namespace {
struct SplitRange : ::tenon::impl::SplitRangePassBase<SplitRange> {
  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (!kernel->hasAttr("tenon.kernel") || kernel.isExternal())
      return;
    Block &entry = kernel.getBody().front();
    Type index = IndexType::get(&getContext());
    Value begin = entry.addArgument(index, kernel.getLoc());
    Value end = entry.addArgument(index, kernel.getLoc());
    kernel.setType(
        FunctionType::get(&getContext(), entry.getArgumentTypes(), {}));
    int64_t extent = 1;
    if (scf::ForallOp loop = onlyLoop(kernel))
      extent = runPart(loop, begin, end);
    kernel->setAttr("tenon.extent",
                    Builder(&getContext()).getI64IntegerAttr(extent));
  }
};
} // namespace
