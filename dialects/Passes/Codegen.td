//===- Codegen.td - Passes from kernels to machine code -------------------===//

#ifndef TENON_PASSES_CODEGEN
#define TENON_PASSES_CODEGEN

include "mlir/Pass/PassBase.td"

#endif
