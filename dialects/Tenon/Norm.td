//===- Norm.td - Layer, RMS, group and batch normalisation ----------------===//

#ifndef TENON_NORM
#define TENON_NORM

include "Tenon/TenonBase.td"

def Tenon_LayerNormOp : Tenon_InferredOp<"layer_norm", [AttrSizedOperandSegments]> {
  let summary = "normalisation over the trailing axes from `axis` on";
  let description = [{
    (x - mean) / sqrt(var + epsilon) * scale + bias with mean and (biased) variance over the axes
    `axis`.. of each row, in f32 or wider, by two passes (Ba et al., 2016). `scale` and `bias`
    broadcast to the input. With `with_statistics` the mean and 1/sqrt(var + epsilon) are results too, in f32, with the
    normalised axes of size 1.

    Constraints: (layer_norm_c1) `axis` is an axis of the input; (c2) `epsilon` is a number from 0 up; (c3) one element type;
    (c4) `scale` and `bias` broadcast.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, Optional<Tenon_FloatTensor>:$scale,
      Optional<Tenon_FloatTensor>:$bias, I64Attr:$axis, F64Attr:$epsilon, UnitAttr:$with_statistics);
  let results = (outs Tenon_FloatTensor:$result, Variadic<Tenon_FloatTensor>:$statistics);
  let assemblyFormat = [{
    $input (`scale` $scale^)? (`bias` $bias^)? `axis` $axis `epsilon` $epsilon attr-dict `:` functional-type(operands, results)
  }];
}

def Tenon_RmsRounding : Tenon_Enum<"RmsRounding", [
  I32EnumAttrCase<"once", 0>, I32EnumAttrCase<"llama", 1>, I32EnumAttrCase<"gemma", 2>
]>;
def Tenon_RmsRoundingAttr : Tenon_EnumAttr<Tenon_RmsRounding, "rms_rounding">;

def Tenon_RmsNormOp : Tenon_InferredOp<"rms_norm"> {
  let summary = "division by the root mean square over the trailing axes from `axis` on";
  let description = [{
    x / sqrt(mean(x^2) + epsilon) * weight (Zhang and Sennrich, 2019, arXiv:1910.07467), squares in
    f32. `rounding` says where a 16-bit type is rounded: `once` at the end; `llama` after the
    division, then the product in the element type; `gemma` multiplies by 1 + weight in f32 and rounds at the end.

    Constraints: (rms_norm_c1) `axis` is an axis of the input; (c2) `epsilon` is a number from 0 up; (c3) one element type;
    (c4) `weight` broadcasts to the input; (c5) `llama` and `gemma` need a weight.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, Optional<Tenon_FloatTensor>:$weight, I64Attr:$axis,
      F64Attr:$epsilon, DefaultValuedAttr<Tenon_RmsRoundingAttr, "::mlir::tenon::RmsRounding::once">:$rounding);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $input (`weight` $weight^)? `axis` $axis `epsilon` $epsilon attr-dict `:` functional-type(operands, $result)
  }];
}

def Tenon_GroupNormOp : Tenon_InferredOp<"group_norm", [AttrSizedOperandSegments]> {
  let summary = "normalisation over groups of channels and all spatial axes";
  let description = [{
    `input` is [N, C, spatial...]; each of `groups` groups of C / groups neighbouring channels is
    normalised over its channels and spatial axes by shifted two-pass statistics in f32 (Wu and He, 2018), then scaled and
    shifted per channel by `scale` [C] and `bias` [C]. groups = C is instance normalisation. With `channels_last` the
    input is [N, spatial..., C].

    Constraints: (group_norm_c1) the input has rank 2 or more; (c2) `groups` is positive and divides C; (c3) `epsilon` is a
    number from 0 up; (c4) `scale` and `bias` are [C], of input's element type.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, Optional<Tenon_FloatTensor>:$scale,
      Optional<Tenon_FloatTensor>:$bias, I64Attr:$groups, F64Attr:$epsilon, UnitAttr:$channels_last);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $input (`scale` $scale^)? (`bias` $bias^)? `groups` $groups `epsilon` $epsilon (`channels_last` $channels_last^)? attr-dict `:` functional-type(operands, $result)
  }];
}

def Tenon_BatchNormOp : Tenon_InferredOp<"batch_norm"> {
  let summary = "batch normalisation by running statistics";
  let description = [{
    (x - mean) / sqrt(variance + epsilon) * scale + bias per channel (axis 1), inference form
    (Ioffe and Szegedy, 2015). All four parameters are [C].

    Constraints: (batch_norm_c1) the input has rank 2 or more; (c2) `epsilon` is a number from 0 up; (c3) the parameters are
    [C], of input's element type.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, Tenon_FloatTensor:$scale, Tenon_FloatTensor:$bias,
      Tenon_FloatTensor:$mean, Tenon_FloatTensor:$variance, F64Attr:$epsilon);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $scale `,` $bias `,` $mean `,` $variance `epsilon` $epsilon attr-dict `:` functional-type(operands, $result)
  }];
}

#endif // TENON_NORM
