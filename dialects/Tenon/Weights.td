//===- Weights.td - Weights by reference ----------------------------------===//

#ifndef TENON_WEIGHTS
#define TENON_WEIGHTS

include "Tenon/TenonBase.td"

def Tenon_WeightOp : Tenon_SizedOp<"weight"> {
  let summary = "a tensor that lies in a file";
  let description = [{
    The bytes of the result are those at `offset` in `file`, in row-major order and
    little endian. They are mapped when the model is loaded and never pass through
    the IR. `tensor` is the name under which the file knows the tensor.

    ```mlir
    %w = tenon.weight "encoder.layer.0.query.weight" in "model.safetensors" at 1024 : tensor<384x384xf32>
    ```

    A relative `file` is meant from the folder of the model. `i1` is stored as one byte each.

    Constraints: (weight_c1) the shape is static; (c2) elements are integers or floats of whole bytes, or `i1`;
    (c3) `tensor` and `file` are not empty; (c4) `offset` is not negative; (c5) the end of the tensor fits in 64 bits.
  }];
  let arguments = (ins StrAttr:$tensor, StrAttr:$file, I64Attr:$offset);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$tensor `in` $file `at` $offset attr-dict `:` type($result)";
}

def Tenon_ParameterOp : Tenon_Op<"parameter", [AllTypesMatch<["value", "result"]>]> {
  let summary = "a constant that kernels read from memory";
  let description = [{
    The result has the elements of `value`, as an `arith.constant`'s, but nothing is compiled for them: a program can be given
    other elements under the parameter's `name`. The scale of an adapter is one.

    ```mlir
    %scale = tenon.parameter "layers.0.q_proj scale 0" = dense<2.0> : tensor<f32>
    ```
  }];
  let arguments = (ins StrAttr:$name, ElementsAttr:$value);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$name `=` $value attr-dict";
}

#endif // TENON_WEIGHTS
