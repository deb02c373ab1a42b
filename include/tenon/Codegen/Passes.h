//===- Passes.h - Passes from kernels to machine code ---------------------===//

#ifndef TENON_CODEGEN_PASSES_H
#define TENON_CODEGEN_PASSES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/Pass.h"

namespace tenon {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "tenon/Codegen/Passes.h.inc"

} // namespace tenon

#endif // TENON_CODEGEN_PASSES_H
