//===- Conversion.td - Passes that leave the tenon dialect ----------------===//

#ifndef TENON_PASSES_CONVERSION
#define TENON_PASSES_CONVERSION

include "mlir/Pass/PassBase.td"

def ConvertTenonToLinalgPass : Pass<"convert-tenon-to-linalg", "::mlir::ModuleOp"> {
  let summary = "Lower tenon ops to linalg, tensor, arith, math and scf on tensors";
  let description = [{
    Every op of the dialect but `tenon.weight`, `tenon.launch`, `tenon.reshape` and those below becomes loops in the form of
    linalg ops. Shapes must be static. With `for-gpu` an attention that a GPU's tensor cores do as one kernel
    stays, and a product with a weight of few bits is one sum whose body makes the weight's numbers. Otherwise such a product of few rows
    with words is cut into tiles of panels, each a `tenon.quantized_linear` still.

    ```mlir
    %y = tenon.upsample %x factors [2] : tensor<1x1x4xf32> -> tensor<1x1x8xf32>
    // becomes
    %y = linalg.generic ... { // d2 floordiv 2
    ```
  }];
  let options = [Option<"forGpu", "for-gpu", "bool", /*default=*/"false",
                        "Whether ops take the forms that kernels for a GPU are made of">];
  let dependentDialects = ["::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect",
      "::mlir::arith::ArithDialect", "::mlir::math::MathDialect", "::mlir::scf::SCFDialect",
      "::mlir::affine::AffineDialect", "::mlir::bufferization::BufferizationDialect",
      "::mlir::vector::VectorDialect"];
}

#endif
