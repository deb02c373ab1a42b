//===- PlanProgram.h - A lowered module's host, under a memory limit ------===//

#ifndef TENON_PIPELINES_PLANPROGRAM_H
#define TENON_PIPELINES_PLANPROGRAM_H

#include "tenon/Codegen/Host/BuildProgram.h"
#include "tenon/Codegen/Target.h"

namespace tenon {

/// The program of a lowered module. Under a limit of bytes its intermediates
/// take no more, on a CPU; an Error where that cannot be had.
Result<Program> planProgram(mlir::ModuleOp module, llvm::StringRef function,
                            DeviceKind device,
                            std::optional<uint64_t> memoryLimit);

} // namespace tenon

#endif // TENON_PIPELINES_PLANPROGRAM_H
