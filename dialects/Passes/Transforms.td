//===- Transforms.td - Passes that rewrite models -------------------------===//

#ifndef TENON_PASSES_TRANSFORMS
#define TENON_PASSES_TRANSFORMS

include "mlir/Pass/PassBase.td"

def FormKernelsPass : Pass<"tenon-form-kernels", "::mlir::ModuleOp"> {
  let summary = "Outline compute ops into kernels";
  let description = [{
    Every op on tensors that computes becomes a call of a kernel, a `func.func` with the attribute `tenon.kernel`
    whose trailing arguments are the destinations of its results. An op joins its only consumer's kernel where the consumer
    continues in its destination (fill and matmul, a chain of insertions) or only passes over a reduction's
    elements one by one (bias, activation). Equal kernels are one: a kernel's name is a hash of its content.
    Weights, constants and reshapes stay in the host's function.

    ```mlir
    %e = tensor.empty() : tensor<4x8xf32>
    %y = linalg.exp ins(%x) outs(%e)
    // becomes
    %y = tenon.launch @exp_1f2e(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let dependentDialects = ["::mlir::tenon::TenonDialect", "::mlir::func::FuncDialect"];
}

#endif
