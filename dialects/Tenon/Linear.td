//===- Linear.td - Matrix products, embeddings, LoRA ----------------------===//

#ifndef TENON_LINEAR
#define TENON_LINEAR

include "Tenon/TenonBase.td"

def Tenon_LinearOp : Tenon_InferredOp<"linear"> {
  let summary = "x W^T + b along the last axis";
  let description = [{
    `input` is [..., in], `weight` [out, in], `bias` [out]; the result is [..., out].
    Products are summed in f32 (f64 for f64) and rounded once.

    Constraints: (linear_c1) these ranks; (c2) one element type; (c3) both `in` agree; (c4) both `out` agree.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, Tenon_FloatTensor:$weight, Optional<Tenon_FloatTensor>:$bias);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`,` $bias^)? attr-dict `:` functional-type(operands, $result)
  }];
}

def Tenon_MatmulOp : Tenon_InferredOp<"matmul"> {
  let summary = "batched matrix product with NumPy's broadcasting of batch axes";
  let description = [{
    `lhs` is [..., M, K] ([..., K, M] with `transpose_lhs`), `rhs` [..., K, N] ([..., N, K] with
    `transpose_rhs`); both have rank 2 or more, leading axes broadcast. Sums are formed in
    f32 (f64 for f64, the element type for integers). K = 0 gives zeros.

    Constraints: (matmul_c1) these ranks; (c2) one element type, (c3) an integer or a float; (c4) both K agree; (c5) the
    leading axes broadcast.
  }];
  let arguments = (ins Tenon_AnyTensor:$lhs, Tenon_AnyTensor:$rhs,
                       UnitAttr:$transpose_lhs, UnitAttr:$transpose_rhs);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = [{
    $lhs (`transposed` $transpose_lhs^)? `,` $rhs (`transposed` $transpose_rhs^)? attr-dict `:` functional-type(operands, $result)
  }];
}

def Tenon_EmbeddingOp : Tenon_InferredOp<"embedding"> {
  let summary = "rows of a table";
  let description = [{
    `table` is [vocabulary, dim], `ids` any shape of i32 or i64; the result is ids' shape with
    dim appended. A negative id counts from the end; an id outside the table is clamped into it
    (the read stays inside the table whatever the input holds).

    Constraints: (embedding_c1) these ranks; (c2) a table without rows is read by no id.
  }];
  let arguments = (ins Tenon_AnyTensor:$table, Tenon_IndexTensor:$ids);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$table `,` $ids attr-dict `:` functional-type(operands, $result)";
}

def Tenon_LoraOp : Tenon_InferredOp<"lora"> {
  let summary = "a linear layer with a low-rank adapter";
  let description = [{
    x W^T + s (x A^T) B^T + b with `weight` [out, in], `a` [rank, in], `b` [out, rank], `scale` a
    scalar tensor (Hu et al., 2021, arXiv:2106.09685). A scale of 0 gives the base bit for bit.
    The scale may have another float type than the rest.

    Constraints: (lora_c1) `weight` has rank 2, `bias` 1; (c2) they have input's element type; (c3) both `in` agree;
    (c4) both `out` agree; (c5) `a` and `b` have rank 2, `scale` 0; (c6) `a` and `b` have input's element type; (c7) their `in`
    and `out` are those of `weight`; (c8) both `rank` agree.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, Tenon_FloatTensor:$weight, Tenon_FloatTensor:$a,
                       Tenon_FloatTensor:$b, Tenon_FloatTensor:$scale, Optional<Tenon_FloatTensor>:$bias);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight `,` $a `,` $b `,` $scale (`,` $bias^)? attr-dict `:` functional-type(operands, $result)
  }];
}

#endif // TENON_LINEAR
