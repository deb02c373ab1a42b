//===- Kernel.td - Calls of outlined kernels ------------------------------===//

#ifndef TENON_KERNEL
#define TENON_KERNEL

include "Tenon/TenonBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/CallInterfaces.td"

def Tenon_LaunchOp : Tenon_Op<"launch", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "the run of a kernel";
  let description = [{
    Runs the function `kernel` (a `func.func` with the unit attribute `tenon.kernel`) on the operands. The kernel's trailing
    arguments are the destinations of its results, one each; the memory planner chooses where they lie. With `in_place` result i
    lies where input in_place[i] does, which it overwrites; -1 for a result of its own memory.

    Constraints: (launch_c1) `kernel` is a function and (c2) marked as a kernel; (c3) its arguments are the inputs and the results,
    by type; (c4) its results are the results, by type; (c5) `in_place` has an entry for each result, -1 or an input of its type
    that nothing else uses.

    ```mlir
    %y = tenon.launch @gelu_0(%x) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$kernel, Variadic<Tenon_AnyTensor>:$inputs, OptionalAttr<DenseI64ArrayAttr>:$in_place);
  let hasVerifier = 1;
  let results = (outs Variadic<Tenon_AnyTensor>:$results);
  let assemblyFormat = "$kernel `(` $inputs `)` attr-dict `:` functional-type($inputs, results)";
}

#endif // TENON_KERNEL
