"""Resize, Upsample, transposed convolution, unpooling (SEMANTICS D1-D16)."""
import numpy as np

from text import model, rng, values

MODELS = {}


def of_text(name, opset, body, shapes, weights=lambda r: {}):
    def make(folder):
        r = rng(name)
        folder.save(model(opset, body, weights(r)))
        folder.case({k: values(r, *s) for k, s in shapes.items()})
    MODELS[name] = make


of_text("upsample-7", 7,
        """g (float[1, 2, 3, 4] x) => (float[a, b, c, d] n, float[e, f, h, i] l) {
             n = Upsample <scales = [1.0, 1.0, 2.0, 3.0]> (x)
             l = Upsample <mode = "linear", scales = [1.0, 1.0, 2.0, 2.0]> (x)
           }""", {"x": (1, 2, 3, 4)})
of_text("upsample-9", 9,
        """g (float[1, 2, 3, 4] x) => (float[a, b, c, d] n, float[e, f, h, i] l) {
             s = Constant <value = float[4] {1.0, 1.0, 2.0, 1.5}> ()
             n = Upsample (x, s)
             l = Upsample <mode = "linear"> (x, s)
           }""", {"x": (1, 2, 3, 4)})
of_text("resize-10", 10,
        """g (float[1, 2, 6, 4] x) => (float[a, b, c, d] n, float[e, f, h, i] l) {
             s = Constant <value = float[4] {1.0, 1.0, 0.5, 2.0}> ()
             n = Resize (x, s)
             l = Resize <mode = "linear"> (x, s)
           }""", {"x": (1, 2, 6, 4)})

MODES = ["half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric"]
for mode in MODES:
    # With align_corners ONNX Runtime rounds size x scale where the node tests do not: whole there.
    scales = "1.6, 0.5" if mode == "align_corners" else "1.7, 0.6"
    of_text(f"resize-13-{mode.replace('_', '-')}", 13,
            f"""g (float[1, 2, 5, 4] x) => (float[a, b, c, d] n, float[e, f, h, i] l, float[j, k, m, o] q, float[p, r, t, u] w) {{
                 scales = Constant <value = float[4] {{1.0, 1.0, {scales}}}> ()
                 sizes = Constant <value = int64[4] {{1, 2, 9, 7}}> ()
                 n = Resize <mode = "nearest", nearest_mode = "floor", coordinate_transformation_mode = "{mode}"> (x, , scales)
                 l = Resize <mode = "linear", coordinate_transformation_mode = "{mode}"> (x, , , sizes)
                 q = Resize <mode = "cubic", cubic_coeff_a = -0.5, coordinate_transformation_mode = "{mode}"> (x, , scales)
                 w = Resize <mode = "cubic", exclude_outside = 1, coordinate_transformation_mode = "{mode}"> (x, , , sizes)
               }}""", {"x": (1, 2, 5, 4)})


def resize_ties(folder):
    """D6, D7: which pixel a tie takes, on 1 2 3 4 doubled."""
    nodes, outputs = [], []
    for mode in ("half_pixel", "asymmetric"):
        for rule in ("floor", "ceil", "round_prefer_floor", "round_prefer_ceil"):
            out = f"{mode}_{rule}"
            outputs.append(f"float[1, 1, 1, 8] {out}")
            nodes.append(f'{out} = Resize <mode = "nearest", nearest_mode = "{rule}", '
                         f'coordinate_transformation_mode = "{mode}"> (x, , s)')
    folder.save(model(13, f"""g (float[1, 1, 1, 4] x) => ({', '.join(outputs)}) {{
        s = Constant <value = float[4] {{1.0, 1.0, 1.0, 2.0}}> ()
        {chr(10).join(nodes)}
    }}"""))
    row = lambda *v: np.array(v, np.float32).reshape(1, 1, 1, 8)
    repeat, late, early = row(1, 1, 2, 2, 3, 3, 4, 4), row(1, 2, 2, 3, 3, 4, 4, 4), row(1, 1, 1, 2, 2, 3, 3, 4)
    folder.case({"x": np.array([1, 2, 3, 4], np.float32).reshape(1, 1, 1, 4)}, {
        "half_pixel_floor": early, "half_pixel_ceil": late,
        "half_pixel_round_prefer_floor": repeat, "half_pixel_round_prefer_ceil": repeat,
        "asymmetric_floor": repeat, "asymmetric_ceil": late,
        "asymmetric_round_prefer_floor": repeat, "asymmetric_round_prefer_ceil": late})


def resize_to_one(folder):
    """D9: five to one."""
    folder.save(model(13, """g (float[1, 1, 5] x) => (float[1, 1, 1] a, float[1, 1, 1] p, float[1, 1, 1] h) {
        s = Constant <value = int64[3] {1, 1, 1}> ()
        a = Resize <mode = "linear", coordinate_transformation_mode = "align_corners"> (x, , , s)
        p = Resize <mode = "linear", coordinate_transformation_mode = "pytorch_half_pixel"> (x, , , s)
        h = Resize <mode = "linear", coordinate_transformation_mode = "half_pixel"> (x, , , s)
    }"""))
    one = lambda v: np.full((1, 1, 1), v, np.float32)
    folder.case({"x": np.array([10, 20, 30, 40, 50], np.float32).reshape(1, 1, 5)},
                {"a": one(10), "p": one(10), "h": one(30)})


def resize_exact_thirds(folder):
    """D6: a ratio that a float reciprocal gets wrong; nearest with exact in/out."""
    folder.save(model(13, """g (float[1, 1, 1, 49] x) => (float[1, 1, 1, 147] y) {
        s = Constant <value = int64[4] {1, 1, 1, 147}> ()
        y = Resize <mode = "nearest", nearest_mode = "floor", coordinate_transformation_mode = "asymmetric"> (x, , , s)
    }"""))
    x = np.arange(49, dtype=np.float32)
    folder.case({"x": x.reshape(1, 1, 1, 49)},
                {"y": x[np.arange(147) * 49 // 147].reshape(1, 1, 1, 147)})


of_text("resize-18-antialias", 18,
        """g (float[1, 2, 9, 8] x) => (float[1, 2, 4, 5] l, float[1, 2, 4, 5] c) {
             s = Constant <value = int64[2] {4, 5}> ()
             l = Resize <mode = "linear", antialias = 1, axes = [2, 3]> (x, , , s)
             c = Resize <mode = "cubic", antialias = 1, axes = [2, 3], cubic_coeff_a = -0.5> (x, , , s)
           }""", {"x": (1, 2, 9, 8)})
of_text("resize-18-axes", 18,
        """g (float[1, 6, 4, 2] x) => (float[a, b, c, d] p, float[e, f, h, i] q, float[j, k, l, m] r) {
             s = Constant <value = float[2] {2.0, 1.5}> ()
             z = Constant <value = int64[2] {9, 7}> ()
             p = Resize <mode = "linear", axes = [2, 1]> (x, , s)
             q = Resize <mode = "linear", axes = [1, 2], keep_aspect_ratio_policy = "not_larger"> (x, , , z)
             r = Resize <mode = "nearest", axes = [1, 2], keep_aspect_ratio_policy = "not_smaller"> (x, , , z)
           }""", {"x": (1, 6, 4, 2)})
of_text("resize-13-crop", 13,
        """g (float[1, 1, 4, 5] x) => (float[a, b, c, d] y) {
             roi = Constant <value = float[8] {0.0, 0.0, -0.2, 0.1, 1.0, 1.0, 0.9, 1.3}> ()
             sizes = Constant <value = int64[4] {1, 1, 6, 7}> ()
             y = Resize <mode = "linear", coordinate_transformation_mode = "tf_crop_and_resize", extrapolation_value = 9.5> (x, roi, , sizes)
           }""", {"x": (1, 1, 4, 5)})
of_text("depth-to-space", 13,
        """g (float[1, 8, 2, 3] x) => (float[1, 2, 4, 6] d, float[1, 2, 4, 6] c, float[1, 8, 2, 3] s) {
             d = DepthToSpace <blocksize = 2> (x)
             c = DepthToSpace <blocksize = 2, mode = "CRD"> (x)
             s = SpaceToDepth <blocksize = 2> (d)
           }""", {"x": (1, 8, 2, 3)})

TRANSPOSED = {
    "dilation": ("strides = [2, 2], dilations = [2, 1], output_padding = [1, 1], pads = [1, 0, 0, 1]", 1, 2, 3),
    # D4: Cin 4, two groups, two outputs a group.
    "groups": ("group = 2, strides = [2, 2]", 2, 4, 2),
    "depthwise": ("group = 4, strides = [2, 1], pads = [0, 1, 1, 0]", 4, 4, 1),
    # D2, D3.
    "same-upper": ('auto_pad = "SAME_UPPER", strides = [2, 3]', 1, 2, 3),
    "same-lower": ('auto_pad = "SAME_LOWER", strides = [2, 3]', 1, 2, 3),
    "output-shape": ("strides = [3, 2], output_shape = [10, 8]", 1, 2, 2),
}
for kind, (attributes, groups, channels, outputs) in TRANSPOSED.items():
    of_text(f"conv-transpose-{kind}", 11,
            f"""g (float[2, {channels}, 3, 4] x) => (float[a, b, c, d] y) {{
                  y = ConvTranspose <{attributes}> (x, w, b)
                }}""", {"x": (2, channels, 3, 4)},
            lambda r, channels=channels, groups=groups, outputs=outputs:
            {"w": values(r, channels, outputs, 3, 3), "b": values(r, outputs * groups)})
of_text("conv-transpose-1d-3d", 11,
        """g (float[1, 2, 5] x, float[1, 2, 2, 3, 2] v) => (float[a, b, c] y, float[d, e, f, h, i] z) {
             y = ConvTranspose <strides = [3], pads = [1, 0]> (x, w1)
             z = ConvTranspose <strides = [2, 1, 2], dilations = [1, 2, 1]> (v, w3)
           }""", {"x": (1, 2, 5), "v": (1, 2, 2, 3, 2)},
        lambda r: {"w1": values(r, 2, 3, 4), "w3": values(r, 2, 2, 2, 2, 3)})
of_text("conv-variants", 11,
        """g (float[2, 4, 7, 6] x, float[1, 2, 9] u, float[1, 2, 4, 3, 5] v) => (float[a, b, c, d] p, float[e, f, h, i] q, float[j, k, l] r, float[m, n, o, s, t] z) {
             p = Conv <group = 2, dilations = [2, 1], pads = [1, 0, 2, 1], strides = [1, 2]> (x, w, b)
             q = Conv <group = 4, auto_pad = "SAME_LOWER", strides = [2, 2]> (x, d)
             r = Conv <pads = [2, 0], strides = [2]> (u, w1)
             z = Conv <pads = [1, 0, 1, 0, 1, 1]> (v, w3)
           }""", {"x": (2, 4, 7, 6), "u": (1, 2, 9), "v": (1, 2, 4, 3, 5)},
        lambda r: {"w": values(r, 6, 2, 3, 2), "b": values(r, 6), "d": values(r, 4, 1, 2, 2),
                   "w1": values(r, 3, 2, 4), "w3": values(r, 2, 2, 2, 2, 3)})


def depthwise_alone(folder):
    """Depthwise layers between images with the channels first, with what follows them, for several batches."""
    r = rng("depthwise-alone")
    folder.save(model(17, """g (float[batch, 4, 14, 34] x) => (float[batch, 4, 14, 34] y, float[batch, 4, 7, 17] z, float[batch, 4, 14, 34] v) {
        zero = Constant <value = float {0.0}> ()
        six = Constant <value = float {6.0}> ()
        c = Conv <group = 4, pads = [1, 1, 1, 1]> (x, w, b)
        y = Clip (c, zero, six)
        d = Conv <group = 4, pads = [2, 2, 2, 2], strides = [2, 2]> (x, w5, b)
        h = HardSwish (d)
        z = Mul (h, s)
        e = Conv <group = 4, pads = [1, 1, 1, 1]> (x, w)
        v = Add (e, x)
    }""", {"w": values(r, 4, 1, 3, 3), "b": values(r, 4), "w5": values(r, 4, 1, 5, 5), "s": values(r, 4, 1, 1)}))
    for batch in (1, 2):
        folder.case({"x": values(r, batch, 4, 14, 34)})


def conv_groups(folder):
    """Groups of several channels: that fill panels, that fill them with their neighbours, that fill none."""
    r = rng("conv-groups")
    folder.save(model(17, """g (float[batch, 16, 9, 11] x, float[batch, 12, 20] u) => (float[batch, 32, 9, 11] y, float[batch, 16, 5, 6] z, float[batch, 12, 9, 11] v, float[batch, 32, 9, 11] p, float[batch, 24, 10] q) {
        y = Conv <group = 2, pads = [1, 1, 1, 1]> (x, w, b)
        c = Conv <group = 4, pads = [1, 1, 1, 1], strides = [2, 2]> (x, w4, b4)
        z = Relu (c)
        v = Conv <group = 4, pads = [1, 1, 1, 1]> (x, w3)
        p = Conv <group = 2> (x, w1, b)
        q = Conv <group = 3, pads = [2, 1], strides = [2], dilations = [2]> (u, wu)
    }""", {"w": values(r, 32, 8, 3, 3), "b": values(r, 32), "w4": values(r, 16, 4, 3, 3), "b4": values(r, 16),
           "w3": values(r, 12, 4, 3, 3), "w1": values(r, 32, 8, 1, 1), "wu": values(r, 24, 4, 3)}))
    for batch in (1, 2):
        folder.case({"x": values(r, batch, 16, 9, 11), "u": values(r, batch, 12, 20)})


def conv_transpose_padded(folder):
    """D1, D5: output_padding may be as large as dilation - 1. From PyTorch: ONNX Runtime refuses it."""
    import torch

    r = rng("conv-transpose-padded")
    w, x = values(r, 2, 3, 3, 3), values(r, 2, 2, 3, 4)
    folder.save(model(11, """g (float[2, 2, 3, 4] x) => (float[2, 3, 7, 9] y) {
        y = ConvTranspose <strides = [1, 2], dilations = [2, 1], output_padding = [1, 1], pads = [1, 0, 0, 1]> (x, w)
    }""", {"w": w}))
    # PyTorch pads both sides alike, so the uneven part is cut off afterwards.
    whole = torch.nn.functional.conv_transpose2d(torch.from_numpy(x), torch.from_numpy(w), stride=(1, 2),
                                                 dilation=(2, 1), output_padding=(1, 1))
    folder.case({"x": x}, {"y": whole[:, :, 1:, :-1].numpy()})


def max_unpool(folder):
    """D15: indices are flat in the final plane; no padding is made up."""
    folder.save(model(11, """g (float[1, 1, 4, 4] x) => (float[1, 1, 4, 4] y, float[1, 1, 5, 5] z) {
        p, i = MaxPool <kernel_shape = [2, 2], strides = [2, 2]> (x)
        y = MaxUnpool <kernel_shape = [2, 2], strides = [2, 2]> (p, i)
        s = Constant <value = int64[4] {1, 1, 5, 5}> ()
        z = MaxUnpool <kernel_shape = [2, 2], strides = [2, 2]> (p, i, s)
    }"""))
    folder.case({"x": values(rng("max-unpool"), 1, 1, 4, 4)})


MODELS |= {"resize-ties": resize_ties, "resize-to-one": resize_to_one,
           "resize-exact": resize_exact_thirds, "max-unpool": max_unpool,
           "conv-transpose-padded": conv_transpose_padded, "depthwise-alone": depthwise_alone,
           "conv-groups": conv_groups}
