//===- Pipelines.h - The named pipelines ----------------------------------===//
//
// The only place where pass order is written.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_PIPELINES_PIPELINES_H
#define TENON_PIPELINES_PIPELINES_H

#include "tenon/RewriteOptions.h"

#include "mlir/Pass/PassManager.h"

namespace tenon {

/// `tenon-rewrite-model`: puts an imported model's broken-up patterns together
/// again and moves what depends on weights alone into @prepare.
void buildRewritePipeline(mlir::OpPassManager &manager,
                          const RewriteOptions &options = {});

/// `tenon-to-kernels`: from tenon ops to a list of launches over outlined
/// kernels.
void buildKernelsPipeline(mlir::OpPassManager &manager);

/// `tenon-to-llvm`: from one kernel on tensors to the LLVM dialect, for a CPU
/// with vectors of `vectorBytes`.
void buildLLVMPipeline(mlir::OpPassManager &manager, unsigned vectorBytes);

/// Makes the pipelines known to tenon-opt by their names.
void registerPipelines();

} // namespace tenon

#endif // TENON_PIPELINES_PIPELINES_H
