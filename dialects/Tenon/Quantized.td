//===- Quantized.td - Ops on weights of few bits --------------------------===//

#ifndef TENON_QUANTIZED
#define TENON_QUANTIZED

include "Tenon/TenonBase.td"

def Tenon_QuantizedLinearOp : Tenon_InferredOp<"quantized_linear", [AttrSizedOperandSegments]> {
  let summary = "tenon.linear with a weight of 8 or 4 bits in panels";
  let description = [{
    `input` is [..., in]. The weight of output `width p + l` and input i is `q * scale[p, g, l] - offset[p, g, l]` (without
    `offset`: `q * scale[p, g, l]`) with g = i / (in / groups), where q comes from `weight`, which is of bytes:

    - 8 bits: the signed byte `weight[p, i, l]`, [panels, in, width];
    - 4 bits: for l < width / 2 the lower four bits of `weight[p, i, l]`, else the upper four of
      `weight[p, i, l - width / 2]`, from 0 to 15: [panels, in, width / 2];

    or of words (i32), each of which has several inputs of one output, as signed integers:

    - 8 bits: of the word `weight[p, i / 4, l]` bits 8 (i mod 4) and on, from -128 to 127: [panels, in / 4, width];
    - 4 bits: of the word `weight[p, i / 8, l]` bits 8 (i mod 4) and on where i mod 8 < 4, else bits 8 (i mod 4) + 4 and on, from
      -8 to 7: [panels, in / 8, width].

    `scale` and `offset` are [panels, groups, width]; `bias` is [panels width]; the result [..., panels width]. Sums are formed in
    f32 and rounded once. A group's weights meet the inputs either as numbers made of the formula, or q alone does and the
    formula is applied to the sums; then the inputs may be rounded to 24 bits of a group's largest. These differ in the last places.

    Constraints: (quantized_linear_c1) these ranks; (c2) `bits` is 8 or 4; (c3) the weight has elements of i8 or i32, scale and
    offset of f32, the bias input's type; (c4) both `in` agree; (c5) panels, groups and width agree, the width is even for 4 bits in
    bytes; (c6) the groups divide `in`, into whole words where it has such; (c7) the bias has panels width elements.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, RankedTensorOf<[I8, I32]>:$weight, RankedTensorOf<[F32]>:$scale,
      Optional<RankedTensorOf<[F32]>>:$offset, Optional<Tenon_FloatTensor>:$bias, I64Attr:$bits);
  let results = (outs Tenon_FloatTensor:$result);
  let extraClassDeclaration = [{
    bool hasWords() { return getWeight().getType().getElementType().isInteger(32); }
    /// Neighbouring inputs of an output that an element of the weight has.
    int64_t getInputsOfElement() { return hasWords() ? 32 / getBits() : 1; }
  }];
  let assemblyFormat = [{
    $input `,` $weight `scale` $scale (`offset` $offset^)? (`bias` $bias^)? `bits` $bits attr-dict
    `:` functional-type(operands, $result)
  }];
}

#endif // TENON_QUANTIZED
