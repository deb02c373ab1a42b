//===- KernelPhases.h - What the pipelines of all targets share -----------===//

#ifndef TENON_LIB_PIPELINES_KERNELPHASES_H
#define TENON_LIB_PIPELINES_KERNELPHASES_H

#include "mlir/Pass/PassManager.h"

namespace tenon {

void addCleanUp(mlir::OpPassManager &manager);

/// Memory: after it no tensor is left, temporaries lie at the kernel's entry,
/// those of up to `stackBytes` on the stack.
void addBufferization(mlir::OpPassManager &manager, int64_t stackBytes);

/// Arithmetic: 16-bit floats compute in f32, functions become polynomials. What
/// converts bf16 becomes integer arithmetic unless the processor converts it.
void addArithmetic(mlir::OpPassManager &manager, bool convertsBf16);

/// The LLVM dialect, with bare pointers for arguments.
void addConversions(mlir::OpPassManager &manager);

} // namespace tenon

#endif // TENON_LIB_PIPELINES_KERNELPHASES_H
