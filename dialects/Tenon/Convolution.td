//===- Convolution.td - Convolution and transposed convolution ------------===//

#ifndef TENON_CONVOLUTION
#define TENON_CONVOLUTION

include "Tenon/TenonBase.td"

def Tenon_ConvOp : Tenon_InferredOp<"conv"> {
  let summary = "convolution (cross-correlation) over 1 to 3 spatial axes";
  let description = [{
    `input` [N, C, spatial...], `weight` [O, C / groups, kernel...], `bias` [O]. Output size per axis:
    floor((in + pad_begin + pad_end - dilation (k - 1) - 1) / stride) + 1. Padding is zero. Sums in f32 (or wider).
    Integer inputs give an i32 result.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, Tenon_AnyTensor:$weight, Optional<Tenon_AnyTensor>:$bias,
      DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$dilations,
      DenseI64ArrayAttr:$pads_begin, DenseI64ArrayAttr:$pads_end, I64Attr:$groups);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`,` $bias^)? `strides` $strides `dilations` $dilations `pads` $pads_begin $pads_end
    `groups` $groups attr-dict `:` functional-type(operands, $result)
  }];
}

def Tenon_ConvTransposeOp : Tenon_InferredOp<"conv_transpose"> {
  let summary = "transposed convolution over 1 to 3 spatial axes";
  let description = [{
    `input` [N, C, spatial...], `weight` [C, O / groups, kernel...], `bias` [O]. Output size per axis:
    stride (in - 1) + output_padding + dilation (k - 1) + 1 - pad_begin - pad_end.
    output_padding must be below max(stride, dilation).
  }];
  let arguments = (ins Tenon_FloatTensor:$input, Tenon_FloatTensor:$weight, Optional<Tenon_FloatTensor>:$bias,
      DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$dilations,
      DenseI64ArrayAttr:$pads_begin, DenseI64ArrayAttr:$pads_end,
      DenseI64ArrayAttr:$output_padding, I64Attr:$groups);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`,` $bias^)? `strides` $strides `dilations` $dilations `pads` $pads_begin $pads_end
    `output_padding` $output_padding `groups` $groups attr-dict `:` functional-type(operands, $result)
  }];
}

#endif // TENON_CONVOLUTION
