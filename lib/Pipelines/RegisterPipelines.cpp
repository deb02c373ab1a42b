//===- RegisterPipelines.cpp - The pipelines' names -----------------------===//

#include "tenon/Pipelines/Pipelines.h"

#include "mlir/Pass/PassRegistry.h"

using namespace mlir;

void tenon::registerPipelines() {
  PassPipelineRegistration<>(
      "tenon-rewrite-model",
      "Put broken-up patterns together and move work to @prepare",
      [](OpPassManager &manager) { buildRewritePipeline(manager); });
  PassPipelineRegistration<>(
      "tenon-to-kernels", "From tenon ops to launches of outlined kernels",
      [](OpPassManager &manager) { buildKernelsPipeline(manager); });
  PassPipelineRegistration<>(
      "tenon-to-llvm",
      "From a kernel on tensors to the LLVM dialect (256-bit vectors)",
      [](OpPassManager &manager) {
        Target target;
        target.vectorBytes = 32;
        buildLLVMPipeline(manager, target);
      });
  PassPipelineRegistration<>(
      "tenon-to-nvvm",
      "From a kernel on tensors to the LLVM dialect with NVVM ops (blocks of "
      "128 threads)",
      [](OpPassManager &manager) {
        buildNVVMPipeline(manager, {"sm_80", 128, 48 << 10}, DeviceKind::Cuda);
      });
  PassPipelineRegistration<>(
      "tenon-thread-to-nvvm",
      "From what one thread of a GPU does to the LLVM dialect with NVVM ops",
      [](OpPassManager &manager) {
        buildThreadPipeline(manager, DeviceKind::Cuda);
      });
}
