//===- ToNVVM.cpp - tenon-to-nvvm: one kernel for a GPU's threads ---------===//

#include "KernelPhases.h"

#include "tenon/Codegen/Passes.h"
#include "tenon/Pipelines/Pipelines.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void tenon::buildNVVMPipeline(OpPassManager &manager, const GpuTarget &target,
                              DeviceKind device) {
  LowerBlockAttentionPassOptions attention;
  attention.threads = target.threads;
  attention.sharedBytes = target.sharedBytes;
  manager.addNestedPass<func::FuncOp>(createLowerBlockAttentionPass(attention));
  TileForBlocksPassOptions tiling;
  tiling.threads = target.threads;
  tiling.warpgroups = target.hasWarpgroupProducts;
  tiling.tf32 = target.usesTf32;
  manager.addNestedPass<func::FuncOp>(createTileForBlocksPass(tiling));
  manager.addNestedPass<func::FuncOp>(createTileCopiesPass());
  addCleanUp(manager);
  // Where temporaries lie is decided when all are known.
  addBufferization(manager, std::numeric_limits<int64_t>::max());
  manager.addNestedPass<func::FuncOp>(createAllowReassociationPass());
  DistributeToThreadsPassOptions distribution;
  distribution.threads = target.threads;
  distribution.sharedBytes = target.sharedBytes;
  distribution.warpgroups = target.hasWarpgroupProducts;
  distribution.tf32 = target.usesTf32;
  manager.addNestedPass<func::FuncOp>(
      createDistributeToThreadsPass(distribution));
  buildThreadPipeline(manager, device);
}

void tenon::buildThreadPipeline(OpPassManager &manager, DeviceKind device) {
  addCleanUp(manager);
  manager.addPass(createLoopInvariantCodeMotionPass());
  manager.addNestedPass<func::FuncOp>(createLowerGpuOpsPass());
  addArithmetic(manager, /*convertsBf16=*/device == DeviceKind::Cuda);
  addConversions(manager);
}
