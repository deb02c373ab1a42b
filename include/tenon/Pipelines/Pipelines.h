//===- Pipelines.h - The named pipelines ----------------------------------===//
//
// The only place where pass order is written.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_PIPELINES_PIPELINES_H
#define TENON_PIPELINES_PIPELINES_H

#include "tenon/Codegen/Schedule.h"
#include "tenon/Codegen/Target.h"
#include "tenon/RewriteOptions.h"

#include "mlir/Pass/PassManager.h"

namespace tenon {

/// `tenon-rewrite-model`: puts an imported model's broken-up patterns together
/// again and moves what depends on weights alone into @prepare. The layout is
/// that which kernels for the device like to read.
void buildRewritePipeline(mlir::OpPassManager &manager,
                          const RewriteOptions &options = {},
                          DeviceKind device = DeviceKind::Cpu);

/// `tenon-to-kernels`: from tenon ops to a list of launches over outlined
/// kernels.
void buildKernelsPipeline(mlir::OpPassManager &manager,
                          DeviceKind device = DeviceKind::Cpu);

/// `tenon-to-llvm`: from one kernel on tensors to the LLVM dialect, for a CPU.
void buildLLVMPipeline(mlir::OpPassManager &manager, const Target &target,
                       std::optional<Schedule> schedule = {});

/// The first part of it, which cuts kernels into the cost model's tiles, and
/// what tenon-find-footprints says of these.
void buildFootprintPipeline(mlir::OpPassManager &manager);

/// `tenon-to-nvvm`: from one kernel on tensors to the LLVM dialect with NVVM
/// ops, for the threads of a GPU. tenon-add-device-entry or tenon-emulate-gpu
/// comes next.
void buildNVVMPipeline(mlir::OpPassManager &manager, const GpuTarget &target,
                       DeviceKind device);

/// `tenon-thread-to-nvvm`, the second half of it: from what one thread does, on
/// memrefs with gpu ops.
void buildThreadPipeline(mlir::OpPassManager &manager, DeviceKind device);

/// Makes the pipelines known to tenon-opt by their names.
void registerPipelines();

} // namespace tenon

#endif // TENON_PIPELINES_PIPELINES_H
