//===- Pooling.td - Pooling over windows ----------------------------------===//

#ifndef TENON_POOLING
#define TENON_POOLING

include "Tenon/TenonBase.td"

def Tenon_MaxPoolOp : Tenon_InferredOp<"max_pool"> {
  let summary = "the largest value of each window, and where it stood";
  let description = [{
    `input` [N, C, spatial...]. Windows start at stride i - pad_begin; padding never wins. Output size per axis:
    (in + pad_begin + pad_end - dilation (k - 1) - 1) / stride + 1, rounded up with `ceil_mode` (a last window must start
    inside the input or its leading padding). With `with_indices` a second result, i64: the flat row-major index of the maximum (the first on a tie) in the whole
    input tensor [N, C, spatial...] (ONNX); with `column_major` the spatial part of it counts column-major.

    Constraints: (max_pool_c1) 1 to 3 spatial axes; (c2) kernel, strides and dilations are positive, pads not negative, an entry
    per spatial axis each; (c3) a padding is smaller than the window, dilation (k - 1) + 1; (c4) without `ceil_mode` the
    window is no longer than the padded axis, unless that is empty;
    (c5) elements are integers or floats, with `unsigned_elements` integers; (c6) `column_major` goes with `with_indices`.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, DenseI64ArrayAttr:$kernel, DenseI64ArrayAttr:$strides,
      DenseI64ArrayAttr:$dilations, DenseI64ArrayAttr:$pads_begin, DenseI64ArrayAttr:$pads_end,
      UnitAttr:$ceil_mode, UnitAttr:$with_indices, UnitAttr:$column_major, UnitAttr:$unsigned_elements);
  let results = (outs Tenon_AnyTensor:$result, Optional<RankedTensorOf<[I64]>>:$indices);
  let assemblyFormat = [{
    $input `kernel` $kernel `strides` $strides `dilations` $dilations `pads` $pads_begin $pads_end attr-dict
    `:` functional-type(operands, results)
  }];
}

def Tenon_AvgPoolOp : Tenon_InferredOp<"avg_pool"> {
  let summary = "the mean of each window";
  let description = [{
    Windows as in `tenon.max_pool`. The divisor is the number of elements inside the input, with `count_include_pad`
    also those inside the padding (but never those past it that `ceil_mode` adds). With `lp` p the result is
    (sum |x|^p)^(1/p) instead of the mean (ONNX LpPool).

    Constraints: (avg_pool_c1 to c4) as of `tenon.max_pool`; (c5) `lp` is positive; (c6) `count_include_pad` stands without `lp`.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, DenseI64ArrayAttr:$kernel, DenseI64ArrayAttr:$strides,
      DenseI64ArrayAttr:$dilations, DenseI64ArrayAttr:$pads_begin, DenseI64ArrayAttr:$pads_end,
      UnitAttr:$ceil_mode, UnitAttr:$count_include_pad, OptionalAttr<I64Attr>:$lp);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $input `kernel` $kernel `strides` $strides `dilations` $dilations `pads` $pads_begin $pads_end attr-dict
    `:` functional-type(operands, $result)
  }];
}

#endif // TENON_POOLING
