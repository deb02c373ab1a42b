//===- Reduction.td - Reductions and running sums -------------------------===//

#ifndef TENON_REDUCTION
#define TENON_REDUCTION

include "Tenon/TenonBase.td"

def Tenon_ReductionKind : Tenon_Enum<"ReductionKind", [
  I32EnumAttrCase<"sum", 0>, I32EnumAttrCase<"mean", 1>, I32EnumAttrCase<"max", 2>, I32EnumAttrCase<"min", 3>,
  I32EnumAttrCase<"prod", 4>, I32EnumAttrCase<"l1", 5>, I32EnumAttrCase<"l2", 6>, I32EnumAttrCase<"sum_square", 7>,
  I32EnumAttrCase<"log_sum", 8>, I32EnumAttrCase<"log_sum_exp", 9>
]>;
def Tenon_ReductionKindAttr : Tenon_EnumAttr<Tenon_ReductionKind, "reduction_kind">;

def Tenon_ReduceOp : Tenon_InferredOp<"reduce"> {
  let summary = "reduction over axes";
  let description = [{
    Reduced axes keep size 1 with `keep_dims`, else they vanish. Over no element:
    sum, l1, l2, sum_square 0, prod 1, max the lowest value (-inf), min the highest, mean NaN, log_sum and log_sum_exp -inf. Sums of
    16-bit floats are formed in f32. max and min propagate NaN; i1 max is or, min is and. A mean of integers is rounded
    towards zero.

    Constraints: (reduce_c1) `axes` are axes of the input, sorted and distinct; (c2) l2, log_sum and log_sum_exp have float
    elements, `i1` only max and min; (c3) `unsigned_elements` stands beside integers.
  }];
  let arguments = (ins Tenon_ReductionKindAttr:$kind, Tenon_AnyTensor:$input, DenseI64ArrayAttr:$axes, UnitAttr:$keep_dims, UnitAttr:$unsigned_elements);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$kind $input `axes` $axes attr-dict `:` type($input) `->` type($result)";
}

def Tenon_ArgReduceOp : Tenon_InferredOp<"arg_reduce"> {
  let summary = "where the largest or smallest element stands along an axis, as i64";
  let description = [{
    The first on a tie, or the last with `select_last`. `minimum` looks for the smallest. The axis keeps size 1 with `keep_dims`,
    else it vanishes.

    Constraints: (arg_reduce_c1) `axis` is an axis of the input; (c2) elements are integers or floats, (c3) with
    `unsigned_elements` integers; (c4) an empty axis has no largest element, unless the result is empty.
  }];
  let arguments = (ins Tenon_AnyTensor:$input, I64Attr:$axis, UnitAttr:$minimum, UnitAttr:$keep_dims, UnitAttr:$select_last, UnitAttr:$unsigned_elements);
  let results = (outs RankedTensorOf<[I64]>:$result);
  let assemblyFormat = "$input `axis` $axis attr-dict `:` type($input) `->` type($result)";
}

def Tenon_CumulativeOp : Tenon_InferredOp<"cumulative"> {
  let summary = "running sum or product along an axis";
  let description = [{
    `exclusive` leaves the own element out, `reverse` runs from the end.

    Constraints: (cumulative_c1) `axis` is an axis of the input; (c2) `kind` is `sum` or `prod`; (c3) elements are floats or
    integers but `i1`.
  }];
  let arguments = (ins Tenon_ReductionKindAttr:$kind, Tenon_AnyTensor:$input, I64Attr:$axis, UnitAttr:$exclusive, UnitAttr:$reverse);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$kind $input `axis` $axis attr-dict `:` type($input)";
}

#endif // TENON_REDUCTION
