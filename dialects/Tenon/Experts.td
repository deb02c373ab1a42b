//===- Experts.td - Layers of which each row takes its own ----------------===//

#ifndef TENON_EXPERTS
#define TENON_EXPERTS

include "Tenon/TenonBase.td"

def Tenon_GroupRowsOp : Tenon_InferredOp<"group_rows"> {
  let summary = "rows put together by the experts that they chose";
  let description = [{
    Each of N rows chose k of `num_experts` E experts: `choice` [N, k], an expert outside of 0 to E - 1 being clamped. The
    choices get places in tiles of `tile` R places, so that all of a tile are of one expert: experts in order, their choices in
    the order of rows, places left over at the end of an expert's last tile, tiles left over at the end. There are
    S = R min(N k, floor((N k + E (R - 1)) / R)) places, which is enough for any choice.

    Results: `rows` [S], the row of each place, 0 where it is left over; `experts` [S / R], the expert of each tile, -1 where
    it is left over; `places` [N, k], the place of each choice; all i64. A mixture of experts (Shazeer et al., 2017,
    arXiv:1701.06538) gathers its rows by `rows`, has each tile computed by `tenon.grouped_linear` and gathers what comes of
    it by `places`.

    Constraints: (group_rows_c1) `choice` has rank 2; (c2) `num_experts` and (c3) `tile` are positive.

    ```mlir
    // Two rows choose experts 2 and 0, and 2 and 1: rows = [0, 0, 1, 0, 0, 1, ..], experts = [0, 1, 2, ..],
    // places = [[4, 0], [5, 2]]
    %rows, %experts, %places = tenon.group_rows %choice experts 3 tile 2
        : tensor<2x2xi64> -> tensor<6xi64>, tensor<3xi64>, tensor<2x2xi64>
    ```
  }];
  let arguments = (ins Tenon_IndexTensor:$choice, I64Attr:$num_experts, I64Attr:$tile);
  let results = (outs RankedTensorOf<[I64]>:$rows, RankedTensorOf<[I64]>:$experts, RankedTensorOf<[I64]>:$places);
  let assemblyFormat = [{
    $choice `experts` $num_experts `tile` $tile attr-dict `:` type($choice) `->` type($rows) `,` type($experts) `,` type($places)
  }];
}

def Tenon_GroupedLinearOp : Tenon_InferredOp<"grouped_linear"> {
  let summary = "a linear layer whose weight each tile of rows chooses";
  let description = [{
    `input` is [S, in], `weight` [E, out, in] or, in panels, [E, panels, in, width] with out = panels width, `experts` [tiles],
    S being tiles R. Rows R t to R t + R - 1 are multiplied by the weight of expert experts[t] as `tenon.linear` does; the result
    is [S, out]. A tile of expert -1 costs nothing and gives zeros; another expert outside of 0 to E - 1 is clamped.

    Constraints: (grouped_linear_c1) these ranks; (c2) one element type; (c3) both `in` agree; (c4) S is a multiple of the
    tiles; (c5) there are experts.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, Tenon_FloatTensor:$weight, Tenon_IndexTensor:$experts);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = "$input `,` $weight `of` $experts attr-dict `:` functional-type(operands, $result)";
}

#endif // TENON_EXPERTS
