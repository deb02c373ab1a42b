//===- BuildProgram.h - The host's functions as a program -----------------===//

#ifndef TENON_CODEGEN_HOST_BUILDPROGRAM_H
#define TENON_CODEGEN_HOST_BUILDPROGRAM_H

#include "tenon/Runtime/Program.h"

#include "mlir/IR/BuiltinOps.h"

namespace tenon {

/// Turns @prepare and `function` of a module of launches into a program, memory
/// planned. Extents are left at 1: they are known when the kernels are
/// compiled. The error says which op the host cannot run.
Result<Program> buildProgram(mlir::ModuleOp module,
                             llvm::StringRef function = "step");

} // namespace tenon

#endif // TENON_CODEGEN_HOST_BUILDPROGRAM_H
