"""What makes each attribute and operand of each op show (SEMANTICS A7): the table that effect_format.py runs.

`Op(name, result, ...)` is a valid op, "name-variant" one more of the same kind; `.vary(...)` gives attributes or operands a list of values, each of which
must lead to another result than all others. None leaves the attribute or operand away; EVERY is each case of the
enum. Operands are types, or (type, low, high) for the range of their elements; one that varies is drawn anew
for each value. Every operand of `Op` itself is also varied alone.
"""
import typing

EVERY = object()
OPS = {}
# Ops that no lowering sees, and what an attribute says to people only.
NOT_LOWERED = {"launch": "made behind the lowerings"}
NO_EFFECT = {("weight", "tensor"): "names the tensor in errors; its bytes are found by the offset",
             ("parameter", "name"): "says which of a program's parameters it is",
             ("mla", "form"): "chooses the order of products; what they give is the same"}


class Comparison(typing.NamedTuple):
    sizes_only: bool = False
    same: tuple = ()
    first: int = 0


class Op:
    def __init__(self, name, result, /, **settings):
        self.name, self.base, self.groups = name, dict(settings, result=result), []
        OPS[name] = self

    def vary(self, sizes_only=False, same=(), first=0, **settings):
        """Where the results differ in size, they are compared in the corner that they share, so that a different size
        alone is no effect; `sizes_only` is for what can have no other. `same` are two values that agree by definition.
        The results before the `first` are not compared."""
        self.groups.append((Comparison(sizes_only, same, first), settings))
        return self


#
# Attention and rotary positions
#
for label, queries, keys, size, element in (("attention", 3, 5, 8, "f32"), ("attention-large", 33, 70, 64, "f32"),
                                            ("attention-half", 20, 48, 64, "f16"), ("attention-bfloat", 4, 24, 32, "bf16")):
    RESULT, KEYS, PAST = f"2x4x{queries}x{size}x{element}", f"2x2x{keys}x{size}x{element}", f"2x2x2x{size}x{element}"
    MASK, BIAS, ALL = f"{queries}x{keys}xi1", f"{queries}x{keys}x{element}", ("2xi64", queries, keys + 1)
    (Op(label, RESULT, query=RESULT, key=KEYS, value=KEYS, num_heads=4, num_kv_heads=2)
     .vary(scale=[None, 0.5, -1.0])
     .vary(softcap=[None, 0.5, 2.0])
     .vary(causal=["none", "top_left"])
     .vary(causal=EVERY, valid_lengths=("2xi64", keys - 1, keys))
     .vary(window=[None, 1, 2])
     .vary(window=[None, 1, 2], causal="bottom_right")
     .vary(window=[None, 1, 2], causal="cached", valid_lengths=ALL)
     .vary(valid_lengths=[None, ("2xi64", 1, 3), ("2xi32", 3, keys)])
     .vary(valid_lengths=[("2xi64", queries, queries + 1), ("2xi64", keys - 1, keys), ("2xi64", keys, keys + 1)], causal="cached")
     .vary(mask=[None, MASK, MASK, BIAS, f"2x1x{BIAS}", f"2x4x{queries}x{keys - 3}xi1"])
     .vary(mask=[None, MASK, BIAS], causal="bottom_right", window=3, softcap=1.0, valid_lengths=("2xi64", keys - 1, keys + 1))
     .vary(past_key=[None, PAST, PAST], past_value=[None, PAST, PAST])
     .vary(past_key=[PAST, PAST], past_value=PAST, causal="cached")
     .vary(past_value=[PAST, PAST], past_key=PAST, causal="cached")
     .vary(causal=EVERY, past_key=PAST, past_value=PAST, window=4)
     .vary(scores=EVERY, softcap=0.5, mask=BIAS, first=1, result=(RESULT, f"2x4x{BIAS}"))
     .vary(scores=[None, "raw"], sizes_only=True, result=[RESULT, (RESULT, f"2x4x{BIAS}")])
     .vary(splits=[1, 2, 3], sizes_only=True, result=[(f"2x2x{parts}x{2 * queries}x{size}xf32", f"2x2x{parts}x{2 * queries}x2xf32") for parts in (1, 2, 3)])
     .vary(num_heads=[2, 4], num_kv_heads=[2, 4], query=f"2x{queries}x32x{element}", key=f"2x{keys}x32x{element}",
           value=f"2x{keys}x32x{element}", result=f"2x{queries}x32x{element}"))
    BYTES, SCALE = f"2x2x{keys}x{size}xi8", f"2x2x{keys}x1xf32"
    (OPS[label].vary(key=[BYTES] * 2, value=BYTES, key_scale=SCALE, value_scale=SCALE)
     .vary(key_scale=[SCALE, SCALE, f"2x2x{keys}x4xf32"], key=BYTES, value=BYTES, value_scale=SCALE)
     .vary(value_scale=[SCALE, SCALE, f"2x2x{keys}x4xf32"], key=BYTES, value=BYTES, key_scale=SCALE)
     .vary(value=[f"2x2x{keys}x{size}xf16"] * 2, key=f"2x2x{keys}x{size}xf16"))
(Op("mla", "2x4x3x8xf32", query="2x4x3x6xf32", query_rope="2x4x3x4xf32", latent="2x5x10xf32", key_rope="2x5x4xf32", weight="56x10xf32")
 .vary(scale=[None, 0.5, -1.0])
 .vary(causal=["none", "top_left"])
 .vary(causal=EVERY, valid_lengths=("2xi64", 4, 5))
 .vary(valid_lengths=[None, ("2xi64", 1, 3), ("2xi32", 3, 5)])
 .vary(mask=[None, "3x5xi1", "3x5xi1", "3x5xf32", "2x1x3x5xf32", "2x4x3x4xi1"])
 .vary(latent=["2x5x10xi8"] * 2, key_rope="2x5x4xi8", latent_scale="2x5x5xf32", key_rope_scale="2x5x2xf32")
 .vary(key_rope=["2x5x4xi8"] * 2, latent="2x5x10xi8", latent_scale="2x5x5xf32", key_rope_scale="2x5x2xf32")
 .vary(latent_scale=["2x5x5xf32"] * 2, latent="2x5x10xi8", key_rope="2x5x4xi8", key_rope_scale="2x5x2xf32")
 .vary(key_rope_scale=["2x5x2xf32"] * 2, latent="2x5x10xi8", key_rope="2x5x4xi8", latent_scale="2x5x5xf32"))
(Op("rope", "2x4x3x8xf32", input="2x4x3x8xf32", cos="2x3x4xf32", sin="2x3x4xf32", rotary_dim=8)
 .vary(interleaved=[None, True])
 .vary(interleaved=[None, True], rotary_dim=4, cos="2x3x2xf32", sin="2x3x2xf32")
 .vary(rotary_dim=[4, 8], cos=["2x3x2xf32", "2x3x4xf32"], sin=["2x3x2xf32", "2x3x4xf32"])
 .vary(num_heads=[2, 3], rotary_dim=4, input="2x3x24xf32", cos="2x3x2xf32", sin="2x3x2xf32", result="2x3x24xf32")
 .vary(position_ids=[("2x3xi64", 0, 5), ("2x3xi64", 0, 5), ("2x3xi32", 0, 5)], cos="5x4xf32", sin="5x4xf32"))
(Op("cache_update", "2x3x6x4xf32", cache="2x3x6x4xf32", rows="2x2x12xf32", positions=("2xi64", 0, 4))
 .vary(positions=[("2xi64", 0, 1), ("2xi64", 1, 2), ("2xi32", 3, 4)])
 .vary(rows=["2x2x12xf32", "2x3x2x4xf32", "2x3x2x4xf32"]))

#
# Products
#
Op("linear", "3x5xf32", input="3x4xf32", weight="5x4xf32").vary(bias=[None, "5xf32", "5xf32"])
Op("packed_linear", "3x16xf32", input="3x4xf32", weight="2x4x8xf32").vary(bias=[None, "16xf32", "16xf32"])
(Op("group_rows", ("8xi64", "4xi64", "3x2xi64"), choice=("3x2xi64", 0, 3), num_experts=3, tile=2)
 .vary(num_experts=[2, 3], choice=("3x2xi64", 2, 3), result=[("8xi64", "4xi64", "3x2xi64"), ("8xi64", "4xi64", "3x2xi64")])
 .vary(tile=[1, 2], result=[("6xi64", "6xi64", "3x2xi64"), ("8xi64", "4xi64", "3x2xi64")])
 .vary(choice=[("3x2xi64", 0, 1), ("3x2xi64", 2, 3), ("3x2xi32", 1, 2)]))
(Op("grouped_linear", "6x16xf32", input="6x4xf32", weight="3x16x4xf32", experts=("3xi64", -1, 3))
 .vary(weight=["3x16x4xf32", "3x2x4x8xf32", "3x1x4x16xf32"])
 .vary(experts=[("3xi64", 0, 1), ("3xi64", 1, 2), ("3xi32", 2, 3)]))
(Op("quantized_linear", "3x16xf32", input="3x4xf32", weight="2x4x8xi8", scale="2x2x8xf32", bits=8)
 .vary(bias=[None, "16xf32", "16xf32"]).vary(offset=[None, "2x2x8xf32", "2x2x8xf32"])
 .vary(bits=[8, 4], weight=["2x4x8xi8", "2x4x4xi8"]))
(Op("quantized_linear-words", "3x16xf32", input="3x32xf32", weight="2x4x8xi32", scale="2x2x8xf32", bits=4)
 .vary(bias=[None, "16xf32", "16xf32"]).vary(offset=[None, "2x2x8xf32", "2x2x8xf32"])
 .vary(bits=[4, 8], weight=["2x4x8xi32", "2x8x8xi32"]))
(Op("adapters", "3x2x5xf32", base="3x2x5xf32", input="3x2x4xf32", a="3x2x4xf32", b="3x5x2xf32", scales="3xf32")
 .vary(rows=[None, ("3xi64", 0, 1), ("3xi64", 2, 3), ("3xi32", 1, 2), ("3xi64", 7, 8)]))
(Op("lora", "3x5xf32", input="3x4xf32", weight="5x4xf32", a="2x4xf32", b="5x2xf32", scale="f32")
 .vary(bias=[None, "5xf32", "5xf32"]))
Op("embedding", "3x4xf32", table="6x4xf32", ids=("3xi64", 0, 6))
(Op("matmul", "4x4xf32", lhs="4x4xf32", rhs="4x4xf32")
 .vary(transpose_lhs=[None, True]).vary(transpose_rhs=[None, True])
 .vary(transpose_lhs=[None, True], transpose_rhs=True))

Op("integer_matmul", "4x5xi32", lhs="4x8xi8", rhs="8x5xi8")

#
# Norms
#
(Op("layer_norm", "3x4x5xf32", input="3x4x5xf32", axis=1, epsilon=1e-5)
 .vary(axis=[0, 1, 2]).vary(epsilon=[1e-5, 0.1])
 .vary(scale=[None, "4x5xf32", "4x5xf32"]).vary(bias=[None, "4x5xf32", "4x5xf32"])
 .vary(with_statistics=[None, True], sizes_only=True, result=["3x4x5xf32", ("3x4x5xf32", "3x1x1xf32", "3x1x1xf32")]))
(Op("rms_norm", "3x4x5xf32", input="3x4x5xf32", axis=1, epsilon=1e-5)
 .vary(axis=[0, 1, 2]).vary(epsilon=[1e-5, 0.1]).vary(weight=[None, "4x5xf32", "4x5xf32"])
 .vary(rounding=EVERY, input="3x4x64xf16", weight="64xf16", axis=2, result="3x4x64xf16")
 .vary(rounding=EVERY, input="3x4x64xbf16", weight="64xbf16", axis=2, result="3x4x64xbf16"))
(Op("group_norm", "2x6x5xf32", input="2x6x5xf32", groups=2, epsilon=1e-5)
 .vary(groups=[1, 2, 3, 6]).vary(epsilon=[1e-5, 0.1])
 .vary(channels_last=[None, True], input="2x6x6xf32", result="2x6x6xf32")
 .vary(scale=[None, "6xf32", "6xf32"]).vary(bias=[None, "6xf32", "6xf32"]))
(Op("batch_norm", "2x3x4xf32", input="2x3x4xf32", scale="3xf32", bias="3xf32", mean="3xf32", variance=("3xf32", 0.5, 2),
    epsilon=1e-5).vary(epsilon=[1e-5, 0.1]))

#
# Convolution and pooling
#
(Op("conv", "1x4x6x6xf32", input="1x4x6x6xf32", weight="4x2x3x3xf32", strides=(1, 1), dilations=(1, 1), pads_begin=(1, 1),
    pads_end=(1, 1), groups=2)
 .vary(strides=[(1, 1), (2, 1), (1, 2)], result=["1x4x6x6xf32", "1x4x3x6xf32", "1x4x6x3xf32"])
 .vary(dilations=[(1, 1), (2, 1), (1, 2)], result=["1x4x6x6xf32", "1x4x4x6xf32", "1x4x6x4xf32"])
 .vary(pads_begin=[(1, 1), (2, 1), (1, 2)], result=["1x4x6x6xf32", "1x4x7x6xf32", "1x4x6x7xf32"])
 .vary(pads_begin=[(1, 1), (2, 0), (0, 2)], pads_end=[(1, 1), (0, 2), (2, 0)])
 .vary(pads_end=[(1, 1), (2, 1), (1, 2)], result=["1x4x6x6xf32", "1x4x7x6xf32", "1x4x6x7xf32"], sizes_only=True)
 .vary(groups=[1, 2, 4], weight=["4x4x3x3xf32", "4x2x3x3xf32", "4x1x3x3xf32"])
 .vary(bias=[None, "4xf32", "4xf32"]))
for label, weight in (("packed_conv", "1x3x3x8x8xf32"), ("depthwise_conv", "3x3x8xf32")):
    (Op(label, "1x6x6x8xf32", input="1x6x6x8xf32", weight=weight, strides=(1, 1), dilations=(1, 1), pads_begin=(1, 1), pads_end=(1, 1))
     .vary(strides=[(1, 1), (2, 1), (1, 2)], result=["1x6x6x8xf32", "1x3x6x8xf32", "1x6x3x8xf32"])
     .vary(dilations=[(1, 1), (2, 1), (1, 2)], result=["1x6x6x8xf32", "1x4x6x8xf32", "1x6x4x8xf32"])
     .vary(pads_begin=[(1, 1), (2, 1), (1, 2)], result=["1x6x6x8xf32", "1x7x6x8xf32", "1x6x7x8xf32"])
     .vary(pads_begin=[(1, 1), (2, 0), (0, 2)], pads_end=[(1, 1), (0, 2), (2, 0)])
     .vary(pads_end=[(1, 1), (2, 1), (1, 2)], result=["1x6x6x8xf32", "1x7x6x8xf32", "1x6x7x8xf32"], sizes_only=True)
     .vary(bias=[None, "8xf32", "8xf32"]))
(Op("winograd_conv", "1x6x6x8xf32", input="1x6x6x8xf32", weight="1x16x8x8xf32", pads_begin=(1, 1), pads_end=(1, 1))
 .vary(pads_begin=[(1, 1), (2, 1), (1, 2)], result=["1x6x6x8xf32", "1x7x6x8xf32", "1x6x7x8xf32"])
 .vary(pads_begin=[(1, 1), (2, 0), (0, 2)], pads_end=[(1, 1), (0, 2), (2, 0)])
 .vary(pads_end=[(1, 1), (2, 1), (1, 2)], result=["1x6x6x8xf32", "1x7x6x8xf32", "1x6x7x8xf32"], sizes_only=True)
 .vary(bias=[None, "8xf32", "8xf32"]))
(Op("conv_transpose", "1x4x7x7xf32", input="1x4x5x5xf32", weight="4x2x3x3xf32", strides=(1, 1), dilations=(1, 1),
    pads_begin=(0, 0), pads_end=(0, 0), output_padding=(0, 0), groups=2)
 .vary(strides=[(1, 1), (2, 1), (1, 2)], result=["1x4x7x7xf32", "1x4x11x7xf32", "1x4x7x11xf32"])
 .vary(dilations=[(1, 1), (2, 1), (1, 2)], result=["1x4x7x7xf32", "1x4x9x7xf32", "1x4x7x9xf32"])
 .vary(pads_begin=[(0, 0), (1, 0), (0, 1)], result=["1x4x7x7xf32", "1x4x6x7xf32", "1x4x7x6xf32"])
 .vary(pads_end=[(0, 0), (1, 0), (0, 1)], result=["1x4x7x7xf32", "1x4x6x7xf32", "1x4x7x6xf32"], sizes_only=True)
 .vary(output_padding=[(0, 0), (1, 0), (0, 1)], strides=(2, 2), sizes_only=True,
       result=["1x4x11x11xf32", "1x4x12x11xf32", "1x4x11x12xf32"])
 .vary(groups=[1, 2, 4], weight=["4x4x3x3xf32", "4x2x3x3xf32", "4x1x3x3xf32"])
 .vary(bias=[None, "4xf32", "4xf32"]))
for name in ("max_pool", "avg_pool"):
    (Op(name, "1x2x6x6xf32", input="1x2x6x6xf32", kernel=(3, 3), strides=(1, 1), dilations=(1, 1), pads_begin=(1, 1),
        pads_end=(1, 1))
     .vary(kernel=[(3, 3), (2, 3), (3, 2)], result=["1x2x6x6xf32", "1x2x7x6xf32", "1x2x6x7xf32"])
     .vary(strides=[(1, 1), (2, 1), (1, 2)], result=["1x2x6x6xf32", "1x2x3x6xf32", "1x2x6x3xf32"])
     .vary(dilations=[(1, 1), (2, 1), (1, 2)], result=["1x2x6x6xf32", "1x2x4x6xf32", "1x2x6x4xf32"])
     .vary(pads_begin=[(1, 1), (2, 1), (1, 2)], result=["1x2x6x6xf32", "1x2x7x6xf32", "1x2x6x7xf32"])
     .vary(pads_end=[(1, 1), (2, 1), (1, 2)], result=["1x2x6x6xf32", "1x2x7x6xf32", "1x2x6x7xf32"], sizes_only=True)
     .vary(ceil_mode=[None, True], strides=(2, 2), result=["1x2x3x3xf32", "1x2x4x4xf32"], sizes_only=True))
INDEXED = ("1x2x6x6xf32", "1x2x6x6xi64")
(OPS["max_pool"]
 .vary(with_indices=[None, True], result=["1x2x6x6xf32", INDEXED], sizes_only=True)
 .vary(column_major=[None, True], with_indices=True, result=INDEXED)
 .vary(unsigned_elements=[None, True], input=("1x2x6x6xi8", -100, 100), result="1x2x6x6xi8"))
OPS["avg_pool"].vary(count_include_pad=[None, True]).vary(lp=[None, 1, 2, 3])
(Op("max_unpool", "2x2x4x4xf32", input="2x2x2x2xf32", indices=("2x2x2x2xi64", 0, 16)).vary(whole_tensor=[None, True]))

#
# Resampling
#
SMALL, LARGE = "1x1x5x7xf32", "1x1x9x12xf32"
(Op("resize", LARGE, input=SMALL, mode="linear")
 .vary(mode=EVERY)
 .vary(coordinates=["half_pixel", "asymmetric", "align_corners", "half_pixel_symmetric", "tf_half_pixel_for_nn"],
       scales=(1.0, 1.0, 1.9, 1.8))
 .vary(coordinates=["half_pixel", "pytorch_half_pixel"], result="1x1x1x12xf32")
 .vary(coordinates=["half_pixel", "tf_crop_and_resize"], roi=[None, (0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0)])
 .vary(nearest=EVERY, mode="nearest", coordinates="asymmetric", input="1x1x4x4xf32", result="1x1x8x10xf32")
 .vary(scales=[None, (1.0, 1.0, 1.9, 1.8), (1.0, 1.0, 1.8, 1.8)])
 .vary(roi=[(0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0), (0.0, 0.0, 0.2, 0.0, 1.0, 1.0, 1.0, 1.0),
            (0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.7)], coordinates="tf_crop_and_resize")
 .vary(extrapolation_value=[None, 3.0], coordinates="tf_crop_and_resize", roi=(0.0, 0.0, -0.2, 0.0, 1.0, 1.0, 1.3, 1.0))
 .vary(cubic_coeff=[None, -0.5], mode="cubic")
 .vary(exclude_outside=[None, True], mode="cubic")
 .vary(exclude_outside=[None, True], antialias=True, input=LARGE, result=SMALL)
 .vary(antialias=[None, True], input=LARGE, result=SMALL)
 .vary(antialias=[None, True], mode="cubic", input=LARGE, result=SMALL))
(Op("upsample", "1x2x4x6xf32", input="1x2x2x3xf32", factors=(2, 2))
 .vary(factors=[(2, 2), (3, 2), (2, 3)], result=["1x2x4x6xf32", "1x2x6x6xf32", "1x2x4x9xf32"]))
(Op("pixel_shuffle", "1x4x4x6xf32", input="1x16x2x3xf32", block=2)
 .vary(block=[2, 4], result=["1x4x4x6xf32", "1x1x8x12xf32"]).vary(order=EVERY))
(Op("pixel_unshuffle", "1x8x2x4xf32", input="1x2x4x8xf32", block=2)
 .vary(block=[2, 4], result=["1x8x2x4xf32", "1x32x1x2xf32"]).vary(order=EVERY))

#
# Elementwise work, softmax and reductions
#
(Op("activation", "40xf32", input="40xf32", kind="leaky_relu")
 .vary(kind=EVERY, same=("elu", "celu")).vary(kind=["elu", "celu"], alpha=0.5)
 .vary(beta=[None, 0.25], kind="selu").vary(beta=[None, 0.25], kind="hard_sigmoid").vary(beta=[None, 0.25], kind="shrink"))
for kind in ("leaky_relu", "elu", "selu", "celu", "hard_sigmoid", "silu", "thresholded_relu", "shrink"):
    OPS["activation"].vary(alpha=[None, 0.75, 0.25], kind=kind)
Op("broadcast", "2x3xf32", input="3xf32")
Op("reshape", "6xf32", input="2x3xf32")
(Op("cast", "40xi32", input=("40xi8", -100, 100))
 .vary(unsigned_input=[None, True])
 .vary(unsigned_input=[None, True], result="40xf32")
 .vary(unsigned_result=[None, True], input=("40xf32", -300, 300), result="40xi8")
 .vary(saturate=[None, True], input=("40xf32", -1000, 1000), result="40xf8E4M3FN")
 .vary(saturate=[None, True], input=("40xf32", -200000, 200000), result="40xf8E5M2"))
(Op("softmax", "3x4xf32", input="3x4xf32", axis=1).vary(axis=[0, 1]).vary(log=[None, True]))
(Op("reduce", "3x5xf32", input=("3x4x5xf32", 0.5, 2), kind="sum", axes=(1,))
 .vary(kind=EVERY, same=("sum", "l1")).vary(kind=["sum", "l1"], input="3x4x5xf32")
 .vary(axes=[(0,), (1,), (2,), ()], result=["4x5xf32", "3x5xf32", "3x4xf32", "3x4x5xf32"])
 .vary(keep_dims=[None, True], result=["3x5xf32", "3x1x5xf32"], sizes_only=True)
 .vary(unsigned_elements=[None, True], kind="max", input=("3x4x5xi8", -100, 100), result="3x5xi8")
 .vary(unsigned_elements=[None, True], kind="min", input=("3x4x5xi8", -100, 100), result="3x5xi8"))
(Op("arg_reduce", "3x5xi64", input=("3x4x5xi8", -3, 3), axis=1)
 .vary(axis=[0, 1, 2], result=["4x5xi64", "3x5xi64", "3x4xi64"]).vary(minimum=[None, True]).vary(select_last=[None, True])
 .vary(select_last=[None, True], minimum=True)
 .vary(keep_dims=[None, True], result=["3x5xi64", "3x1x5xi64"], sizes_only=True)
 .vary(unsigned_elements=[None, True]).vary(unsigned_elements=[None, True], minimum=True))
(Op("cumulative", "3x4xf32", input="3x4xf32", kind="sum", axis=1)
 .vary(kind=["sum", "prod"]).vary(axis=[0, 1]).vary(exclusive=[None, True]).vary(reverse=[None, True])
 .vary(reverse=[None, True], exclusive=True))

#
# Indexing
#
Op("transpose", "3x3x3xf32", input="3x3x3xf32", permutation=(0, 2, 1)).vary(permutation=[(0, 1, 2), (0, 2, 1), (1, 2, 0), (2, 0, 1)])
Op("concat", "4x2xf32", inputs=["2x2xf32", "2x2xf32"], axis=0).vary(axis=[0, 1], result=["4x2xf32", "2x4xf32"], sizes_only=True)
(Op("slice", "3xf32", input="9xf32", starts=(1,), sizes=(3,), steps=(2,))
 .vary(starts=[(0,), (1,), (2,)]).vary(steps=[(1,), (2,), (3,)]).vary(starts=(8,), steps=[(-1,), (-2,)])
 .vary(sizes=[(2,), (3,)], result=["2xf32", "3xf32"], sizes_only=True))
(Op("pad", "8x8xf32", input="4x4xf32", low=(2, 2), high=(2, 2))
 .vary(low=[(2, 2), (3, 1), (1, 3)], high=[(2, 2), (1, 3), (3, 1)])
 .vary(low=[(2, 2), (1, 2), (-1, 2)], result=["8x8xf32", "7x8xf32", "5x8xf32"])
 .vary(high=[(2, 2), (1, 2), (-1, 2)], result=["8x8xf32", "7x8xf32", "5x8xf32"], sizes_only=True)
 .vary(mode=EVERY).vary(value=[None, "f32", "f32"]))
(Op("gather", "3x4xf32", input="4x4xf32", indices=("3xi64", 0, 4), axis=0)
 .vary(axis=[0, 1], result=["3x4xf32", "4x3xf32"]))
(Op("gather_elements", "3x3xf32", input="3x3xf32", indices=("3x3xi64", 0, 3), axis=0).vary(axis=[0, 1]))
(Op("gather_nd", "3xf32", input="3x3x3xf32", indices=("3x2xi64", 0, 3), batch_dims=1)
 .vary(batch_dims=[0, 1], result=["3x3xf32", "3xf32"]))
(Op("scatter_elements", "3x3xf32", input="3x3xf32", indices=("3x3xi64", 0, 3), updates="3x3xf32", axis=0)
 .vary(axis=[0, 1]).vary(reduction=EVERY))
(Op("scatter_nd", "6x2xf32", input="6x2xf32", indices=("7x1xi64", 0, 6), updates="7x2xf32").vary(reduction=EVERY))
for name, settings in (("scatter_elements", dict(input=("3x3xi8", -100, 100), updates=("3x3xi8", -100, 100), result="3x3xi8")),
                       ("scatter_nd", dict(input=("6x2xi8", -100, 100), updates=("7x2xi8", -100, 100), result="6x2xi8"))):
    for reduction in ("max", "min"):
        OPS[name].vary(unsigned_elements=[None, True], reduction=reduction, **settings)
PAIR = ("3x2xf32", "3x2xi64")
(Op("top_k", PAIR, input="3x4xf32", k=2, axis=1)
 .vary(k=[1, 2], result=[("3x1xf32", "3x1xi64"), PAIR], sizes_only=True)
 .vary(axis=[0, 1], input="4x4xf32", result=[("2x4xf32", "2x4xi64"), ("4x2xf32", "4x2xi64")]).vary(smallest=[None, True])
 .vary(unsigned_elements=[None, True], input=("3x4xi8", -100, 100), result=("3x2xi8", "3x2xi64")))

#
# Weights: the format writes these files, of 16 random numbers each.
#
(Op("parameter", "2xf32", name="scale", value=(1.0, 2.0))
 .vary(value=[(1.0, 2.0), (1.0, -2.0), (0.5, 2.0)]))
(Op("weight", "4xf32", tensor="w", file="a.bin", offset=0).vary(file=["a.bin", "b.bin"]).vary(offset=[0, 4, 16]))
