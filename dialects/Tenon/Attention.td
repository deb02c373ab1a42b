//===- Attention.td - Attention and rotary embeddings ---------------------===//

#ifndef TENON_ATTENTION
#define TENON_ATTENTION

include "Tenon/TenonBase.td"

def Tenon_CausalKind
    : Tenon_Enum<"CausalKind", [I32EnumAttrCase<"none", 0>,
                                I32EnumAttrCase<"top_left", 1>,
                                I32EnumAttrCase<"bottom_right", 2>,
                                I32EnumAttrCase<"cached", 3>]>;
def Tenon_CausalKindAttr : Tenon_EnumAttr<Tenon_CausalKind, "causal">;

def Tenon_ScoresKind
    : Tenon_Enum<"ScoresKind", [I32EnumAttrCase<"raw", 0>,
                                I32EnumAttrCase<"softcapped", 1>,
                                I32EnumAttrCase<"masked", 2>,
                                I32EnumAttrCase<"probabilities", 3>]>;
def Tenon_ScoresKindAttr : Tenon_EnumAttr<Tenon_ScoresKind, "scores">;

def Tenon_CacheTensor : RankedTensorOf<[AnyFloat, I8]>;

def Tenon_AttentionOp
    : Tenon_InferredOp<"attention", [AttrSizedOperandSegments]> {
  let summary = "scaled dot-product attention";
  let description = [{
    softmax(mask(softcap(scale Q K^T))) V, scores and softmax in f32.

    Shapes (B batch, L queries, T keys, past included): `query` [B, num_heads, L, d] or [B, L, num_heads d];
    `key` [B, num_kv_heads, T', d] or [B, T', num_kv_heads d]; `value` likewise with its own head size;
    `past_key`, `past_value` [B, num_kv_heads, P, d], put before `key` and `value` (T = P + T'). Query,
    key and value have the same rank; the result has it too. Query head h reads key head
    h / (num_heads / num_kv_heads). The scale is 1/sqrt(d) unless given.

    A key j is seen by query i where all of these hold:
    - `causal`: `none` always; `top_left` j <= i; `bottom_right` j <= i + T - L; `cached`
      j <= i + offset, offset = P where a past is given, else valid_lengths[b] - L;
    - `window` W: i' - W < j, i' the position i + offset as above (0, T - L or the cached offset);
    - `valid_lengths` [B]: j < valid_lengths[b];
    - a boolean `mask` is true; a float `mask` is added to the score. The mask broadcasts to
      [B, num_heads, L, T]; a last axis shorter than T, but not of size 1, hides the keys past it.

    Keys and values may be stored in another float type than the query's, or as i8 beside scales [B, num_kv_heads, T, G]: the channels
    of a row are G groups, one behind the other and as wide, and each group is multiplied by its scale. A cache is read as it is kept.

    `softcap` c > 0 maps s to c tanh(s / c) before masking. A query that sees no key gives zeros.
    A key has no influence on a query that does not see it, and a value that no query of its batch entry sees has
    none at all, whatever they hold (NaN too).
    With `scores` given there is a second result [B, num_heads, L, T]: the `raw` scaled product, the `softcapped`
    or `masked` scores, or the `probabilities`.

    With `splits` S the keys are seen in S parts, whose join is left to others: the result is then [B, num_kv_heads, S, R, dv], for each
    part the sum of the values weighed by exp(score - largest score), and the second result [B, num_kv_heads, S, R, 2] that largest score times log2(e) (the lowest
    finite number where the part has no key that is seen) and the sum of these weights, all of them f32 (f64 for f64). Row g L + i of R is query i of head g of the R / L that read a key head. Which keys
    are which part's is not said, but that each is seen in one.

    Constraints: (attention_c1) `num_heads` and `num_kv_heads` are positive, and (c2) the first is a multiple of the second;
    (c3) these ranks; (c4) key, value and past have one element type; (c5) both pasts are given or none; (c6) query, key
    and value agree in batch, heads, head size and T'; (c7) the past agrees with them; (c8) the head size is not 0;
    (c9) `valid_lengths` is [B]; (c10) `cached` has a past or `valid_lengths`; (c11) `window` is positive; (c12) the mask is boolean
    or float, (c13) broadcasts and is not longer than T; (c14) `scale` is finite; (c15) `softcap` is finite and positive;
    (c16) `softcapped` scores have a `softcap`; (c17) keys of i8 have both scales, others none; (c18) scales are [B, num_kv_heads, T, G],
    with G a divisor of the head size, and with them there is no past; (c19) `splits` is positive, and without `scores`.

    ```mlir
    %y = tenon.attention %q, %k, %v {causal = #tenon<causal top_left>, num_heads = 8 : i64, num_kv_heads = 2 : i64}
        : (tensor<1x8x5x64xf16>, tensor<1x2x5x64xf16>, tensor<1x2x5x64xf16>) -> tensor<1x8x5x64xf16>
    ```
  }];
  let arguments = (ins Tenon_FloatTensor:$query, Tenon_CacheTensor:$key,
      Tenon_CacheTensor:$value, Optional<Tenon_AnyTensor>:$mask,
      Optional<Tenon_CacheTensor>:$past_key,
      Optional<Tenon_CacheTensor>:$past_value,
      Optional<Tenon_IndexTensor>:$valid_lengths,
      Optional<Tenon_FloatTensor>:$key_scale,
      Optional<Tenon_FloatTensor>:$value_scale, I64Attr:$num_heads,
      I64Attr:$num_kv_heads, OptionalAttr<F64Attr>:$scale,
      DefaultValuedAttr<Tenon_CausalKindAttr,
                        "::mlir::tenon::CausalKind::none">:$causal,
      OptionalAttr<I64Attr>:$window, OptionalAttr<F64Attr>:$softcap,
      OptionalAttr<Tenon_ScoresKindAttr>:$scores,
      OptionalAttr<I64Attr>:$splits);
  let results = (outs Tenon_FloatTensor:$result,
      Optional<Tenon_FloatTensor>:$scores_result);
  let assemblyFormat = [{
    $query `,` $key `,` $value (`mask` $mask^)? (`past` $past_key^ `,` $past_value)?
    (`valid_lengths` $valid_lengths^)? (`scales` $key_scale^ `,` $value_scale)? attr-dict `:` functional-type(operands, results)
  }];
}

def Tenon_MlaForm : Tenon_Enum<"MlaForm", [I32EnumAttrCase<"absorbed", 0>,
                                           I32EnumAttrCase<"expanded", 1>]>;
def Tenon_MlaFormAttr : Tenon_EnumAttr<Tenon_MlaForm, "mla_form">;

def Tenon_MlaOp : Tenon_InferredOp<"mla", [AttrSizedOperandSegments]> {
  let summary = "multi-head latent attention";
  let description = [{
    Attention whose keys and values are products of one latent row a token, shared by all heads (DeepSeek-V2, 2024,
    arXiv:2405.04434, section 2.1). With the rows of `weight` split into key rows K_h and value rows V_h of each head h, the score
    of query i and key j is scale (query[h, i] . K_h latent[j] + query_rope[h, i] . key_rope[j]), and the result the mean of
    V_h latent[j] by the softmax of the scores, both in f32.

    Shapes (B batch, H heads, L queries, T keys): `query` [B, H, L, dn], `query_rope` [B, H, L, dr], `latent` [B, T, r],
    `key_rope` [B, T, dr], both turned by their positions already; `weight` [H (dn + dv), r], for each head dn key rows,
    then dv value rows; the result [B, H, L, dv]. The scale is 1/sqrt(dn + dr) unless given: that of the heads, whatever r.
    `causal`, `valid_lengths` and `mask` hide keys as those of `tenon.attention` do.

    A cache may keep `latent` and `key_rope` in another float type than the rest, or as i8 beside scales [B, T, G], each for one of G groups of
    channels as those of `tenon.attention`.

    `tenon-absorb-mla` and `tenon-expand-mla` rewrite it to the one or other order of these products; `form`, which
    `tenon-choose-mla` sets, says which of them is to take it.

    Constraints: (mla_c1) these ranks; (c2) one element type, and one of `latent` and `key_rope`; (c3) `query` and `query_rope` agree in B, H and L, (c4) `latent`
    and `key_rope` in B and T, (c5) both `dr` agree, and both `r`; (c6) there are heads, and `weight` has as many rows for each,
    more than dn; (c7) `valid_lengths` is [B]; (c8) `cached` has `valid_lengths`; (c9) the mask is boolean or float, (c10) broadcasts
    to [B, H, L, T] and is not longer than T; (c11) `scale` is finite; (c12) latents of i8 have both scales, others none; (c13) scales are
    [B, T, G], with G a divisor of r or dr, and of one element type; (c14) groups of both are as wide, so that a row of both is one of such groups.

    ```mlir
    %y = tenon.mla %q, %qr, %c, %kr, %w {causal = #tenon<causal top_left>}
        : (tensor<1x8x5x128xf32>, tensor<1x8x5x64xf32>, tensor<1x5x512xf32>, tensor<1x5x64xf32>, tensor<2048x512xf32>)
        -> tensor<1x8x5x128xf32>
    ```
  }];
  let arguments = (ins Tenon_FloatTensor:$query, Tenon_FloatTensor:$query_rope,
      Tenon_CacheTensor:$latent, Tenon_CacheTensor:$key_rope,
      Tenon_FloatTensor:$weight, Optional<Tenon_AnyTensor>:$mask,
      Optional<Tenon_IndexTensor>:$valid_lengths,
      Optional<Tenon_FloatTensor>:$latent_scale,
      Optional<Tenon_FloatTensor>:$key_rope_scale, OptionalAttr<F64Attr>:$scale,
      DefaultValuedAttr<Tenon_CausalKindAttr,
                        "::mlir::tenon::CausalKind::none">:$causal,
      OptionalAttr<Tenon_MlaFormAttr>:$form);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $query `,` $query_rope `,` $latent `,` $key_rope `,` $weight (`mask` $mask^)?
    (`valid_lengths` $valid_lengths^)? (`scales` $latent_scale^ `,` $key_rope_scale)? attr-dict `:` functional-type(operands, $result)
  }];
  let extraClassDeclaration = [{
    /// Sizes, where they are static.
    int64_t getHeads() { return getQuery().getType().getShape()[1]; }
    int64_t getKeySize() { return getQuery().getType().getShape()[3]; }
    int64_t getRopeSize() { return getQueryRope().getType().getShape()[3]; }
    int64_t getValueSize() { return getWeight().getType().getShape()[0] / getHeads() - getKeySize(); }
    /// 1/sqrt(dn + dr), or what the op has.
    double getScaleValue();
  }];
}

def Tenon_RopeOp : Tenon_InferredOp<"rope"> {
  let summary = "rotary position embedding";
  let description = [{
    Rotates pairs of the first `rotary_dim` channels of each head; the others pass unchanged (Su et al., 2021).
    `input` is [B, heads, L, d] or [B, L, heads d] with `num_heads`. `cos` and `sin` are [positions, rotary_dim/2] together with
    `position_ids` [B, L], or [B, L, rotary_dim/2] without. Pairs are (i, i + rotary_dim/2), or (2i, 2i + 1) with `interleaved`:
    (a, b) becomes (a cos - b sin, b cos + a sin). A position outside the table is clamped into it.

    Constraints: (rope_c1) the input has rank 3 or 4; (c2) one element type; (c3) `num_heads` is given for rank 3, and positive;
    (c4) it fits the input; (c5) `rotary_dim` is even, positive and at most the head size d; (c6) these ranks of `cos` and `sin`;
    (c7) they hold rotary_dim/2 angles a position; (c8) they agree with each other, or with B and L; (c9) `position_ids` is [B, L];
    (c10) a table without positions is read by no id.
  }];
  let arguments = (ins Tenon_FloatTensor:$input, Tenon_FloatTensor:$cos,
      Tenon_FloatTensor:$sin, Optional<Tenon_IndexTensor>:$position_ids,
      OptionalAttr<I64Attr>:$num_heads, I64Attr:$rotary_dim,
      UnitAttr:$interleaved);
  let results = (outs Tenon_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $cos `,` $sin (`positions` $position_ids^)? attr-dict `:` functional-type(operands, $result)
  }];
}

def Tenon_CacheUpdateOp : Tenon_InferredOp<"cache_update"> {
  let summary = "keys or values of new tokens put into a cache";
  let description = [{
    The `cache` [B, H, C, d] with row i of batch entry b of `rows` ([B, H, L, d] or [B, L, H d]) at position positions[b] + i.
    Rows whose position is outside of the capacity C are left out. Where the cache is an argument of the function marked
    `tenon.updated` and nothing else reads it, the rows are written into its memory and nothing is copied.

    Constraints: (cache_update_c1) `cache` has rank 4 and `rows` rank 3 or 4; (c2) one element type; (c3) `rows` fits the cache's
    B, H and d; (c4) `positions` is [B].

    ```mlir
    %now = tenon.cache_update %cache, %keys at %lengths : (tensor<2x4x128x64xf16>, tensor<2x1x256xf16>, tensor<2xi64>) -> tensor<2x4x128x64xf16>
    ```
  }];
  let arguments = (ins Tenon_CacheTensor:$cache, Tenon_CacheTensor:$rows,
      Tenon_IndexTensor:$positions);
  let results = (outs Tenon_CacheTensor:$result);
  let assemblyFormat = "$cache `,` $rows `at` $positions attr-dict `:` "
                       "functional-type(operands, $result)";
}

#endif // TENON_ATTENTION
