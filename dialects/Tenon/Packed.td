//===- Packed.td - Ops on weights laid out for registers ------------------===//
//
// What tenon-pack-weights makes of tenon.linear and tenon.conv: the channels are
// the last axis of every image, and a weight lies as the code walks it, panels of
// a few outputs side by side.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_PACKED
#define TENON_PACKED

include "Tenon/TenonBase.td"

def Tenon_PackedLinearOp : Tenon_InferredOp<"packed_linear"> {
  let summary = "tenon.linear with a weight in panels";
  let description = [{
    `input` is [..., in], `weight` [panels, in, width], `bias` [panels width]; the result is [..., panels width]. Row
    `width p + l` of `tenon.linear`'s weight is `weight[p, :, l]`. Sums and rounding as there. Under an `input` of f32 the weight
    may be f16 or bf16: its elements are widened, which is exact.

    Constraints: (packed_linear_c1) these ranks; (c2) one element type, but for such a weight; (c3) both `in` agree; (c4) the bias has panels width
    elements.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, Tenon_FloatTensor:$weight, Optional<Tenon_FloatTensor>:$bias);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`,` $bias^)? attr-dict `:` functional-type(operands, $result)
  }];
}

def Tenon_PackedConvOp : Tenon_InferredOp<"packed_conv"> {
  let summary = "convolution with the channels last and a weight in panels";
  let description = [{
    `input` [N, spatial..., C], `weight` [panels, kernel..., C, width], `bias` [panels width]; the result is
    [N, spatial..., panels width], each size as of `tenon.conv`. Sums and rounding as there. Where `input` has g C channels there are g groups: panels / g
    panels in turn see the next C channels.

    Constraints: (packed_conv_c1) these ranks, 1 to 3 spatial axes; (c2) one element type; (c3) strides and dilations are
    positive, pads not negative, an entry per spatial axis each; (c4) the kernel is not empty and no longer than the
    padded axis, unless the axis is empty; (c5) the input's C is the weight's, or a multiple of it that divides the panels into groups; (c6) the bias has panels width elements.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, Tenon_FloatTensor:$weight, Optional<Tenon_FloatTensor>:$bias,
      DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$dilations,
      DenseI64ArrayAttr:$pads_begin, DenseI64ArrayAttr:$pads_end);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`,` $bias^)? `strides` $strides `dilations` $dilations `pads` $pads_begin $pads_end
    attr-dict `:` functional-type(operands, $result)
  }];
  let extraClassDeclaration = [{
    /// How many groups of channels there are; 1 where sizes are unknown.
    int64_t countGroups();
  }];
}

def Tenon_WinogradConvOp : Tenon_InferredOp<"winograd_conv"> {
  let summary = "3 x 3 convolution with step 1 by 16 products for 4 outputs";
  let description = [{
    F(2 x 2, 3 x 3) of Lavin and Gray (2015, arXiv:1509.09308). `input` [N, H, W, C], `weight` [panels, 16, C, width], `bias`
    [panels width]; the result is [N, H + pads - 2, W + pads - 2, panels width]. The kernel g of an input and an output channel
    is given as the 16 elements of G g G^T, rows first, with

        G = [1, 0, 0], [1/2, 1/2, 1/2], [1/2, -1/2, 1/2], [0, 0, 1].

    Sums are formed in another order than by `tenon.packed_conv`: the results differ in the last places, and an infinity or
    NaN in the input reaches the outputs of every tile that reads it.

    Constraints: (winograd_conv_c1) these ranks; (c2) one element type, f32 or f64; (c3) two pads each, 0 to 2; (c4) the padded
    image is 3 by 3 or more; (c5) both C agree and the weight has 16 places; (c6) the bias has panels width elements.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, Tenon_FloatTensor:$weight, Optional<Tenon_FloatTensor>:$bias,
      DenseI64ArrayAttr:$pads_begin, DenseI64ArrayAttr:$pads_end);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`,` $bias^)? `pads` $pads_begin $pads_end attr-dict `:` functional-type(operands, $result)
  }];
}

def Tenon_DepthwiseConvOp : Tenon_InferredOp<"depthwise_conv"> {
  let summary = "convolution of each channel with a kernel of its own, the channels last";
  let description = [{
    `input` [N, spatial..., C], `weight` [kernel..., C], `bias` [C]; the result is [N, spatial..., C], each size as of
    `tenon.conv`. Sums and rounding as there.

    Constraints: (depthwise_conv_c1) these ranks, 1 to 3 spatial axes; (c2) to (c6) as of `tenon.packed_conv`, the bias with C
    elements.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, Tenon_FloatTensor:$weight, Optional<Tenon_FloatTensor>:$bias,
      DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$dilations,
      DenseI64ArrayAttr:$pads_begin, DenseI64ArrayAttr:$pads_end);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`,` $bias^)? `strides` $strides `dilations` $dilations `pads` $pads_begin $pads_end
    attr-dict `:` functional-type(operands, $result)
  }];
}

#endif // TENON_PACKED
