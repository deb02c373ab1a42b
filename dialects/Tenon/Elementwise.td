//===- Elementwise.td - Activations, softmax, casts, broadcasts -----------===//

#ifndef TENON_ELEMENTWISE
#define TENON_ELEMENTWISE

include "Tenon/TenonBase.td"

def Tenon_ActivationKind : Tenon_Enum<"ActivationKind", [
  I32EnumAttrCase<"relu", 0>, I32EnumAttrCase<"leaky_relu", 1>, I32EnumAttrCase<"elu", 2>,
  I32EnumAttrCase<"selu", 3>, I32EnumAttrCase<"celu", 4>, I32EnumAttrCase<"sigmoid", 5>,
  I32EnumAttrCase<"hard_sigmoid", 6>, I32EnumAttrCase<"silu", 7>, I32EnumAttrCase<"hard_swish", 8>,
  I32EnumAttrCase<"gelu", 9>, I32EnumAttrCase<"gelu_tanh", 10>, I32EnumAttrCase<"mish", 11>,
  I32EnumAttrCase<"softplus", 12>, I32EnumAttrCase<"softsign", 13>,
  I32EnumAttrCase<"thresholded_relu", 14>, I32EnumAttrCase<"shrink", 15>
]>;
def Tenon_ActivationKindAttr : Tenon_EnumAttr<Tenon_ActivationKind, "activation_kind">;

def Tenon_ActivationOp : Tenon_InferredOp<"activation"> {
  let summary = "an activation function, element by element";
  let description = [{
    | kind | value | alpha, beta unless given |
    |---|---|---|
    | `relu` | max(x, 0), NaN stays NaN | |
    | `leaky_relu` | x >= 0 ? x : alpha x | 0.01 |
    | `elu` | x > 0 ? x : alpha (e^x - 1) | 1 |
    | `selu` | beta (x > 0 ? x : alpha (e^x - 1)) (Klambauer et al., 2017) | 1.6732632, 1.0507010 |
    | `celu` | max(x, 0) + min(0, alpha (e^(x/alpha) - 1)) | 1 |
    | `sigmoid` | 1 / (1 + e^-x) | |
    | `hard_sigmoid` | min(1, max(0, alpha x + beta)) | 0.2, 0.5 |
    | `silu` | x sigmoid(alpha x) (Swish) | 1 |
    | `hard_swish` | x min(1, max(0, x/6 + 1/2)) | |
    | `gelu` | x/2 (1 + erf(x / sqrt 2)) (Hendrycks and Gimpel, 2016) | |
    | `gelu_tanh` | x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) | |
    | `mish` | x tanh(softplus(x)) | |
    | `softplus` | ln(1 + e^x), without overflow | |
    | `softsign` | x / (1 + abs x) | |
    | `thresholded_relu` | x > alpha ? x : 0 | 1 |
    | `shrink` | x < -alpha ? x + beta : x > alpha ? x - beta : 0 | 0.5, 0 |

    The result has the input's type. Values of 16 bits are computed in f32 and rounded once.

    Constraints: (activation_c1) elements are floats, for `relu` also integers; (c2) `alpha` and `beta` are given only to
    kinds that have them; (c3) `alpha` of `celu` is not 0.

    ```mlir
    %y = tenon.activation gelu %x : tensor<4x128xf32>
    %z = tenon.activation leaky_relu %x {alpha = 0.01 : f64} : tensor<4x128xf32>
    ```
  }];
  let arguments = (ins Tenon_ActivationKindAttr:$kind, Tenon_AnyTensor:$input,
      OptionalAttr<F64Attr>:$alpha, OptionalAttr<F64Attr>:$beta);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$kind $input attr-dict `:` type($input)";
}

def Tenon_SoftmaxOp : Tenon_InferredOp<"softmax"> {
  let summary = "softmax or its logarithm along one axis";
  let description = [{
    Subtracts the largest value along `axis`, takes exponentials and divides by their
    sum, in f32 or wider. With `log` the result is x - max - ln(sum). A row that is -inf throughout gives zeros, with `log` -inf (not NaN).

    Constraints: (softmax_c1) `axis` is an axis of the input, counted from 0.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, I64Attr:$axis, UnitAttr:$log);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = "$input `axis` $axis (`log` $log^)? attr-dict `:` type($input)";
}

def Tenon_CastOp : Tenon_SizedOp<"cast"> {
  let summary = "conversion of the element type";
  let description = [{
    Float to a narrower float rounds to nearest even. Float to integer truncates
    towards zero; a value outside the range saturates, NaN gives 0. Integer to integer
    keeps the low bits. Anything to `i1` asks whether the value is not zero.
    `unsigned_input` and `unsigned_result` say how integers are read; an `i1` is 0 or 1 always.
    For 8-bit and narrower floats `saturate` clamps to the largest finite value.

    Constraints: (cast_c1) the shape stays; (c2) elements are integers or floats; (c3) `unsigned_input` and
    `unsigned_result` stand beside integers; (c4) `saturate` stands beside a float result of 8 bits or less.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, UnitAttr:$unsigned_input,
                       UnitAttr:$unsigned_result, UnitAttr:$saturate);
  let results = (outs Tenon_AnyTensor:$result);
  let hasFolder = 1;
  let assemblyFormat = "$input attr-dict `:` type($input) `to` type($result)";
}

def Tenon_BroadcastOp : Tenon_SizedOp<"broadcast"> {
  let summary = "repetition along axes of size 1, by NumPy's rules";
  let description = [{
    The input's axes are aligned with the last axes of the result; an axis of size 1, or
    one that is missing in front, repeats.

    Constraints: (broadcast_c1) the element type stays; (c2) every other axis of the input has the size of the result's;
    (c3) the bytes of the result can be counted in 64 bits.
  }];
  let arguments = (ins Tenon_AnyTensor:$input);
  let results = (outs Tenon_AnyTensor:$result);
  let hasFolder = 1;
  let assemblyFormat = "$input attr-dict `:` type($input) `to` type($result)";
}

def Tenon_TransposeOp : Tenon_InferredOp<"transpose"> {
  let summary = "permutation of the axes";
  let description = [{
    Axis `i` of the result is axis `permutation[i]` of the input.

    Constraints: (transpose_c1) `permutation` has an entry per axis; (c2) it names each axis once.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, DenseI64ArrayAttr:$permutation);
  let results = (outs Tenon_AnyTensor:$result);
  let hasFolder = 1;
  let hasCanonicalizer = 1;
  let assemblyFormat = "$input $permutation attr-dict `:` type($input) `->` type($result)";
}

def Tenon_ReshapeOp : Tenon_SizedOp<"reshape"> {
  let summary = "the same elements in the same row-major order under another shape";
  let description = [{
    Costs nothing: the result is a view.

    Constraints: (reshape_c1) the element type stays; (c2) the elements can be counted in 64 bits; (c3) their number stays,
    as far as static sizes tell.
  }];
  let arguments = (ins Tenon_AnyTensor:$input);
  let results = (outs Tenon_AnyTensor:$result);
  let hasFolder = 1;
  let assemblyFormat = "$input attr-dict `:` type($input) `to` type($result)";
}

#endif // TENON_ELEMENTWISE
