//===- KernelLoops.cpp - The loop over a kernel's tiles -------------------===//

#include "tenon/Codegen/KernelLoops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"

using namespace mlir;

static bool isOwnBuffer(Value value) {
  while (value) {
    Operation *op = value.getDefiningOp();
    if (isa_and_nonnull<memref::AllocaOp, memref::AllocOp>(op))
      return true;
    auto view = dyn_cast_or_null<ViewLikeOpInterface>(op);
    value = view ? view.getViewSource() : Value();
  }
  return false;
}

/// Whether `op` changes nothing but buffers that the kernel makes itself.
static bool fillsOwnBuffers(Operation &op) {
  std::optional<SmallVector<MemoryEffects::EffectInstance>> effects =
      getEffectsRecursively(&op);
  return effects && llvm::all_of(*effects, [](const auto &effect) {
           return isa<MemoryEffects::Read>(effect.getEffect()) ||
                  isOwnBuffer(effect.getValue());
         });
}

scf::ForallOp tenon::findOnlyLoop(func::FuncOp kernel, bool mayPrepare) {
  scf::ForallOp only;
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    if (isPure(&op) ||
        isa<memref::AllocaOp, memref::AllocOp, memref::DeallocOp>(op))
      continue;
    auto loop = dyn_cast<scf::ForallOp>(op);
    if (!loop && !only && mayPrepare && fillsOwnBuffers(op))
      continue;
    if (!loop || only || !loop.getDynamicLowerBound().empty() ||
        !loop.getDynamicUpperBound().empty() || !loop.getDynamicStep().empty())
      return nullptr;
    only = loop;
  }
  return only;
}

SmallVector<int64_t> tenon::countAlongAxes(scf::ForallOp loop) {
  SmallVector<int64_t> counts;
  for (auto [low, high, step] :
       llvm::zip(loop.getStaticLowerBound(), loop.getStaticUpperBound(),
                 loop.getStaticStep()))
    counts.push_back(std::max<int64_t>(0, llvm::divideCeil(high - low, step)));
  return counts;
}

int64_t tenon::countIterations(scf::ForallOp loop) {
  return llvm::product_of(countAlongAxes(loop));
}

scf::ForOp tenon::flatten(scf::ForallOp loop, Value begin, Value end,
                          Value step) {
  SmallVector<int64_t> counts = countAlongAxes(loop);
  ImplicitLocOpBuilder b(loop.getLoc(), loop);
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(b, value);
  };
  auto part = scf::ForOp::create(b, begin, end, step);
  b.setInsertionPointToStart(part.getBody());
  Value rest = part.getInductionVar();
  SmallVector<Value> indices(counts.size());
  for (int64_t axis = counts.size() - 1; axis >= 0; --axis) {
    Value index = rest;
    if (axis > 0) {
      Value count = constant(std::max<int64_t>(1, counts[axis]));
      index = arith::RemUIOp::create(b, rest, count);
      rest = arith::DivUIOp::create(b, rest, count);
    }
    index =
        arith::MulIOp::create(b, index, constant(loop.getStaticStep()[axis]));
    indices[axis] = arith::AddIOp::create(
        b, index, constant(loop.getStaticLowerBound()[axis]));
  }
  Block *body = loop.getBody();
  body->getTerminator()->erase();
  for (auto [argument, index] : llvm::zip(body->getArguments(), indices))
    argument.replaceAllUsesWith(index);
  part.getBody()->getOperations().splice(
      part.getBody()->getTerminator()->getIterator(), body->getOperations());
  loop.erase();
  return part;
}

std::optional<int64_t> tenon::boundOf(OpFoldResult size) {
  if (std::optional<int64_t> known = getConstantIntValue(size))
    return known;
  // Upstream's bounds know no minimum.
  if (auto least = cast<Value>(size).getDefiningOp<arith::MinSIOp>()) {
    std::optional<int64_t> left = boundOf(least.getLhs()),
                           right = boundOf(least.getRhs());
    return left && right ? std::min(*left, *right) : left ? left : right;
  }
  FailureOr<int64_t> bound = ValueBoundsConstraintSet::computeConstantBound(
      presburger::BoundType::UB, size, /*stopCondition=*/nullptr,
      /*closedUB=*/true);
  return failed(bound) ? std::nullopt : std::optional(*bound);
}
