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

def Tenon_IntegerMatmulOp : Tenon_InferredOp<"integer_matmul"> {
  let summary = "batched matrix product of unsigned with signed bytes";
  let description = [{
    `lhs` is [..., M, K], its bytes read as unsigned, `rhs` [..., K, N], its bytes read as signed; both have rank 2 or more,
    leading axes broadcast. The result is i32, exact but for wrapping past its range. It is what processors with dot products of bytes compute
    (Intel's `vpdpbusd`); other signs are a flipped highest bit and another zero point:
    sum (a - za) (b - zb) = sum a b - za sum b - zb sum a + K za zb.

    Constraints: (integer_matmul_c1) these ranks; (c2) i8 elements; (c3) both K agree; (c4) the leading axes broadcast.

    ```mlir
    %y = tenon.integer_matmul %a, %b : (tensor<4x8xi8>, tensor<8x16xi8>) -> tensor<4x16xi32>
    ```
  }];
  let arguments = (ins Tenon_AnyTensor:$lhs, Tenon_AnyTensor:$rhs);
  let results = (outs Tenon_AnyTensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` functional-type(operands, $result)";
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

def Tenon_AdaptersOp : Tenon_InferredOp<"adapters"> {
  let summary = "what low-rank adapters add to a layer's output";
  let description = [{
    `base` [.., out] is what a layer makes of `input` [.., in], in whatever way. Of C adapters with factors `a` [C, rank, in] and `b`
    [C, out, rank] and `scales` [C], of any float type, the result is base + the sum of s_c (x A_c^T) B_c^T (Hu et al., 2021,
    arXiv:2106.09685). Adapters of fewer ranks have zeros behind them.

    With `rows` [batch], the first axis of input being the batch, each row of the batch has the one adapter that `rows` names
    (Chen et al., 2023, arXiv:2310.18547). A row that names none of 0 to C - 1, or one of scale 0, is its base bit for bit.

    Constraints: (adapters_c1) `a` and `b` have rank 3, `scales` and `rows` 1; (c2) base, `a` and `b` have input's element type;
    (c3) base's shape is input's but for the last axis; (c4) `a`, `b` and `scales` are of as many adapters; (c5) `in` and `out` are
    the last axes of input and base; (c6) both `rank` agree; (c7) `rows` has the size of a first axis that is not the last.

    ```mlir
    %y = tenon.linear %x, %w : (tensor<2x5x3xf32>, tensor<4x3xf32>) -> tensor<2x5x4xf32>
    %z = tenon.adapters %y, %x, %a, %b, %scales rows %rows
        : (tensor<2x5x4xf32>, tensor<2x5x3xf32>, tensor<6x8x3xf32>, tensor<6x4x8xf32>, tensor<6xf32>, tensor<2xi64>) -> tensor<2x5x4xf32>
    ```
  }];
  let arguments = (ins Tenon_FloatTensor:$base, Tenon_FloatTensor:$input, Tenon_FloatTensor:$a, Tenon_FloatTensor:$b,
                       Tenon_FloatTensor:$scales, Optional<Tenon_IndexTensor>:$rows);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $base `,` $input `,` $a `,` $b `,` $scales (`rows` $rows^)? attr-dict `:` functional-type(operands, $result)
  }];
}

#endif // TENON_LINEAR
