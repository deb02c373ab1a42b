//===- Pipelines.h - The named pipelines ----------------------------------===//
//
// The only place where pass order is written.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_PIPELINES_PIPELINES_H
#define TENON_PIPELINES_PIPELINES_H

#include "mlir/Pass/PassManager.h"

namespace tenon {

/// What a rewrite may do beside what leaves a model's sums as they are.
struct RewriteOptions {
  /// Whether convolutions may form sums that save products.
  bool winograd = true;
  /// Bits of linear layers' weights, 8 or 4; 0 leaves them as they are.
  int64_t weightBits = 0;
  /// Inputs that share a scale; 0: all of an output.
  int64_t weightGroup = 0;
};

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
