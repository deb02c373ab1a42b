//===- Indexing.td - Gathering, scattering, padding, ordering -------------===//

#ifndef TENON_INDEXING
#define TENON_INDEXING

include "Tenon/TenonBase.td"

def Tenon_GatherOp : Tenon_InferredOp<"gather"> {
  let summary = "slices along an axis, chosen by index";
  let description = [{
    result[i.., j.., k..] = input[i.., indices[j..], k..] with i.. the axes before `axis`. Negative indices count
    from the end; an index outside is clamped.

    Constraints: (gather_c1) `axis` is an axis of the input; (c2) an empty axis is read by no index.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, Tenon_IndexTensor:$indices, I64Attr:$axis);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$input `,` $indices `axis` $axis attr-dict `:` functional-type(operands, $result)";
}

def Tenon_GatherElementsOp : Tenon_InferredOp<"gather_elements"> {
  let summary = "single elements along an axis";
  let description = [{
    result[i..] = input[i.. with the coordinate at `axis` replaced by indices[i..]]. Indices as in `tenon.gather`.

    Constraints: (gather_elements_c1) input and indices have one rank, `axis` below it; (c2) off `axis` the indices are no longer
    than the input; (c3) an empty axis is read by no index.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, Tenon_IndexTensor:$indices, I64Attr:$axis);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$input `,` $indices `axis` $axis attr-dict `:` functional-type(operands, $result)";
}

def Tenon_GatherNdOp : Tenon_InferredOp<"gather_nd"> {
  let summary = "slices chosen by index vectors (ONNX GatherND)";
  let description = [{
    The last axis of `indices` holds coordinates of the input's axes from `batch_dims` on; the first `batch_dims` axes are
    common. The result is indices' shape without its last axis, then the input's axes that no coordinate names. Indices as in
    `tenon.gather`.

    Constraints: (gather_nd_c1) `indices` has rank 1 or more; (c2) its last axis is static and (c3) names 1 or more axes of the
    input; (c4) `batch_dims` is below both ranks; (c5) the common axes agree; (c6) an empty axis is read by no index.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, Tenon_IndexTensor:$indices, I64Attr:$batch_dims);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$input `,` $indices `batch_dims` $batch_dims attr-dict `:` functional-type(operands, $result)";
}

def Tenon_ScatterReduction : Tenon_Enum<"ScatterReduction", [
  I32EnumAttrCase<"none", 0>, I32EnumAttrCase<"add", 1>, I32EnumAttrCase<"mul", 2>,
  I32EnumAttrCase<"max", 3>, I32EnumAttrCase<"min", 4>
]>;
def Tenon_ScatterReductionAttr : Tenon_EnumAttr<Tenon_ScatterReduction, "scatter_reduction">;

def Tenon_ScatterElementsOp : Tenon_InferredOp<"scatter_elements"> {
  let summary = "single elements written along an axis";
  let description = [{
    A copy of `input` in which, for each i.., the element at i.. with the coordinate at `axis` replaced by indices[i..] is combined with updates[i..]:
    replaced, or added, multiplied, and so on by `reduction`. An index outside is dropped. On duplicates without reduction the last in row-major order stays.

    Constraints: (scatter_elements_c1) input and indices have one rank, `axis` below it; (c2) off `axis` the indices are no longer
    than the input; (c3) `updates` has input's element type and (c4) indices' shape; (c5) what is reduced are integers or
    floats, (c6) with `unsigned_elements` integers.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, Tenon_IndexTensor:$indices, Tenon_AnyTensor:$updates, I64Attr:$axis,
      DefaultValuedAttr<Tenon_ScatterReductionAttr, "::mlir::tenon::ScatterReduction::none">:$reduction, UnitAttr:$unsigned_elements);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$input `,` $indices `,` $updates `axis` $axis attr-dict `:` functional-type(operands, $result)";
}

def Tenon_ScatterNdOp : Tenon_InferredOp<"scatter_nd"> {
  let summary = "slices written at index vectors (ONNX ScatterND)";
  let description = [{
    The last axis of `indices` holds coordinates of the input's first axes; combination as in `tenon.scatter_elements`.

    Constraints: (scatter_nd_c1) `indices` has rank 1 or more; (c2) its last axis is static and (c3) names 1 or more axes of the
    input; (c4) `updates` has input's element type and (c5) indices' shape without the last axis, then the input's other axes;
    (c6) what is reduced are integers or floats, (c7) with `unsigned_elements` integers.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, Tenon_IndexTensor:$indices, Tenon_AnyTensor:$updates,
      DefaultValuedAttr<Tenon_ScatterReductionAttr, "::mlir::tenon::ScatterReduction::none">:$reduction, UnitAttr:$unsigned_elements);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$input `,` $indices `,` $updates attr-dict `:` functional-type(operands, $result)";
}

def Tenon_PadMode : Tenon_Enum<"PadMode", [
  I32EnumAttrCase<"constant", 0>, I32EnumAttrCase<"reflect", 1>, I32EnumAttrCase<"edge", 2>, I32EnumAttrCase<"wrap", 3>
]>;
def Tenon_PadModeAttr : Tenon_EnumAttr<Tenon_PadMode, "pad_mode">;

def Tenon_PadOp : Tenon_InferredOp<"pad"> {
  let summary = "padding (or, where negative, cropping) of every axis";
  let description = [{
    `low` and `high` have an entry per axis. `constant` fills with `value` (a scalar tensor; zero when absent), `reflect` mirrors
    without repeating the edge, `edge` repeats it, `wrap` continues at the other end. Negative entries crop first; what is
    left is padded.

    Constraints: (pad_c1) an entry per axis each; (c2) `value` has rank 0 and input's element type, and (c3) stands only beside
    `constant`; (c4) no more is cropped than there is; (c5) `reflect` reaches less far than the axis is long; (c6) `reflect`,
    `edge` and `wrap` do not pad an empty axis; (c7) the sizes fit in 64 bits.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, Optional<Tenon_AnyTensor>:$value, DenseI64ArrayAttr:$low, DenseI64ArrayAttr:$high,
      DefaultValuedAttr<Tenon_PadModeAttr, "::mlir::tenon::PadMode::constant">:$mode);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$input (`value` $value^)? `low` $low `high` $high attr-dict `:` functional-type(operands, $result)";
}

def Tenon_SliceOp : Tenon_InferredOp<"slice"> {
  let summary = "every `steps`-th element from `starts`, backwards where a step is negative";
  let description = [{
    One entry per axis in each attribute. result[i] = input[starts + i steps], `sizes` elements long.

    Constraints: (slice_c1) an entry per axis each, no size negative; (c2) no step is 0; (c3) all elements lie inside the input.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, DenseI64ArrayAttr:$starts, DenseI64ArrayAttr:$sizes, DenseI64ArrayAttr:$steps);
  let results = (outs Tenon_AnyTensor:$result);
  let hasFolder = 1;
  let assemblyFormat = "$input `starts` $starts `sizes` $sizes `steps` $steps attr-dict `:` type($input) `->` type($result)";
}

def Tenon_ConcatOp : Tenon_InferredOp<"concat"> {
  let summary = "tensors one after another along an axis";
  let description = [{
    The result has input's sizes but on `axis`, where it has their sum.

    Constraints: (concat_c1) there is an input; (c2) `axis` is an axis of it; (c3) the inputs agree in rank and element type and
    (c4) in every axis but `axis`; (c5) the sum fits in 64 bits.
  }];
  let arguments = (ins Variadic<Tenon_AnyTensor>:$inputs, I64Attr:$axis);
  let results = (outs Tenon_AnyTensor:$result);
  let hasFolder = 1;
  let assemblyFormat = "$inputs `axis` $axis attr-dict `:` functional-type(operands, $result)";
}

def Tenon_TopKOp : Tenon_InferredOp<"top_k"> {
  let summary = "the k largest (or smallest) elements along an axis, sorted, and where they stood";
  let description = [{
    On ties the lower index comes first. The second result is i64. NaN counts as largest.

    Constraints: (top_k_c1) `axis` is an axis of the input; (c2) `k` is from 0 to its size; (c3) elements are integers or floats,
    (c4) with `unsigned_elements` integers.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, I64Attr:$k, I64Attr:$axis, UnitAttr:$smallest, UnitAttr:$unsigned_elements);
  let results = (outs Tenon_AnyTensor:$values, RankedTensorOf<[I64]>:$indices);
  let assemblyFormat = "$input `k` $k `axis` $axis attr-dict `:` functional-type(operands, results)";
}

#endif // TENON_INDEXING
