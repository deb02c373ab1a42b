//===- TuneKernel.h - Find a kernel's schedule by measuring ---------------===//

#ifndef TENON_PIPELINES_TUNEKERNEL_H
#define TENON_PIPELINES_TUNEKERNEL_H

#include "tenon/Codegen/Schedule.h"
#include "tenon/Pipelines/CompileKernel.h"

namespace tenon {

/// Measures the kernel `name` of `text` with other schedules than the default
/// on this machine, for which `target` must be, on `threads` threads: one
/// number of the schedule after the other. The default is kept unless another
/// is faster by more than measurements differ. Kernels without sums of
/// products, and those that other schedules give the same code, are not run.
Result<Schedule> tuneKernel(mlir::MLIRContext &context, llvm::StringRef text,
                            const std::string &name, const Target &target,
                            unsigned threads);

} // namespace tenon

#endif // TENON_PIPELINES_TUNEKERNEL_H
