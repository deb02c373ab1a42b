//===- Convolution.td - Convolution and transposed convolution ------------===//

#ifndef TENON_CONVOLUTION
#define TENON_CONVOLUTION

include "Tenon/TenonBase.td"

def Tenon_ConvOp : Tenon_InferredOp<"conv"> {
  let summary = "convolution (cross-correlation) over 1 to 3 spatial axes";
  let description = [{
    `input` [N, C, spatial...], `weight` [O, C / groups, kernel...], `bias` [O]. Output size per axis:
    floor((in + pad_begin + pad_end - dilation (k - 1) - 1) / stride) + 1. Padding is zero. Sums in f32 (or wider).
    Integer inputs, read with sign, give an i32 result and take an i32 bias.

    Constraints: (conv_c1) these ranks; (c2) input and weight have one element type; (c3) strides and dilations are positive,
    pads not negative, an entry per spatial axis each; (c4) the kernel is not empty; (c5) `groups` is positive; (c6) the bias has
    the result's element type; (c7) `groups` divides C and O; (c8) the weight has C / groups channels; (c9) the bias has O;
    (c10) the kernel is no longer than the padded axis, unless the axis is empty.
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

    Constraints: (conv_transpose_c1) these ranks; (c2) input and weight have one element type; (c3) strides and dilations are
    positive, pads not negative, an entry per spatial axis each; (c4) the kernel is not empty; (c5) `groups` is positive;
    (c6) the bias has input's element type; (c7) `groups` divides C; (c8) the weight has C rows; (c9) the bias has O;
    (c10) output_padding is not negative, an entry per spatial axis, and (c11) below max(stride, dilation); (c12) no output size is
    negative.
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
