//===- LowerBlockAttention.cpp - Attention by tensor cores ----------------===//

#include "BlockAttention.h"
#include "Temporaries.h"

#include "tenon/Codegen/Passes.h"
#include "tenon/IR/TensorCoreAttention.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace tenon {
#define GEN_PASS_DEF_LOWERBLOCKATTENTIONPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using mlir::tenon::AttentionOp;

/// The attention that is all of the kernel, but for the part of its keys that
/// its values are; null where there is more.
static AttentionOp onlyAttention(func::FuncOp kernel) {
  AttentionOp only;
  int64_t others = 0;
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    auto attention = dyn_cast<AttentionOp>(op);
    if (!attention) {
      ++others;
      continue;
    }
    if (only)
      return nullptr;
    only = attention;
  }
  if (!only)
    return nullptr;
  bool slices = only.getValue().getDefiningOp<tensor::ExtractSliceOp>() &&
                mlir::tenon::hasValuesInKeys(only);
  if (others != (slices ? 1 : 0))
    return nullptr;
  for (Value operand : only->getOperands())
    if (!isa<BlockArgument>(operand) && !(slices && operand == only.getValue()))
      return nullptr;
  return only;
}

namespace {
struct LowerBlockAttention
    : ::tenon::impl::LowerBlockAttentionPassBase<LowerBlockAttention> {
  using Base::Base;

  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (!kernel->hasAttr("tenon.kernel") || kernel.isExternal())
      return;
    AttentionOp op = onlyAttention(kernel);
    if (!op || !mlir::tenon::isForTensorCores(op))
      return;
    std::unique_ptr<::tenon::BlockAttention> attention =
        mlir::tenon::sharesRows(op)
            ? ::tenon::createSharedRowsAttention(kernel, op, threads,
                                                 sharedBytes)
            : ::tenon::createOwnRowsAttention(kernel, op, threads);
    attention->emit();
    Value workspace = ::tenon::addWorkspace(kernel);
    ::tenon::placeTemporaries(kernel, sharedBytes, workspace);
  }
};
} // namespace
