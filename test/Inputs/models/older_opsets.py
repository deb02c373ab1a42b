"""Operators whose meaning or signature changed between opsets."""
import numpy as np

from text import model, rng, values

MODELS = {}


def of_text(name, opset, body, shapes, weights=lambda r: {}):
    """A model of float inputs, given by name and shape."""
    def make(folder):
        r = rng(name)
        folder.save(model(opset, body, weights(r)))
        folder.case({k: values(r, *s) for k, s in shapes.items()})
    MODELS[name] = make


# Below opset 13 the input is flattened at `axis`, 1 unless said (SEMANTICS H5).
for opset in (7, 11, 12):
    of_text(f"softmax-{opset}", opset,
            """g (float[2, 3, 4] x) => (float[2, 3, 4] a, float[2, 3, 4] b, float[2, 3, 4] c, float[2, 3, 4] d) {
                 a = Softmax (x)
                 b = Softmax <axis = 2> (x)
                 c = LogSoftmax <axis = 0> (x)
                 d = Hardmax (x)
               }""", {"x": (2, 3, 4)})
of_text("softmax-13", 13,
        """g (float[2, 3, 4] x) => (float[2, 3, 4] a, float[2, 3, 4] b, float[2, 3, 4] c, float[2, 3, 4] d) {
             a = Softmax (x)
             b = Softmax <axis = 1> (x)
             c = LogSoftmax <axis = 0> (x)
             d = Hardmax (x)
           }""", {"x": (2, 3, 4)})

for opset in (7, 9, 14, 15):
    of_text(f"batch-norm-{opset}", opset,
            """g (float[2, 3, 4, 5] x) => (float[2, 3, 4, 5] y) {
                 y = BatchNormalization <epsilon = 0.01> (x, scale, bias, mean, variance)
               }""", {"x": (2, 3, 4, 5)},
            lambda r: {"scale": values(r, 3), "bias": values(r, 3), "mean": values(r, 3),
                       "variance": np.abs(values(r, 3)) + 0.5})

of_text("slice-1", 9,
        """g (float[4, 5, 6] x) => (float[a, b, c] y, float[d, e, f] z) {
             y = Slice <starts = [1, -3], ends = [3, 9223372036854775807], axes = [0, 2]> (x)
             z = Slice <starts = [0, 1], ends = [-1, 1000]> (x)
           }""", {"x": (4, 5, 6)})
of_text("squeeze-1", 11,
        """g (float[1, 3, 1, 2] x) => (float[a, b] y, float[c, d, e] z, float[f, h, i, j, k] w) {
             y = Squeeze (x)
             z = Squeeze <axes = [0]> (x)
             w = Unsqueeze <axes = [0, 4]> (z)
           }""", {"x": (1, 3, 1, 2)})
of_text("squeeze-13", 13,
        """g (float[1, 3, 1, 2] x) => (float[a, b] y, float[c, d, e] z) {
             axes = Constant <value = int64[1] {-2}> ()
             y = Squeeze (x)
             z = Squeeze (x, axes)
           }""", {"x": (1, 3, 1, 2)})
for opset in (7, 10, 12, 13):
    of_text(f"dropout-{opset}", opset,
            "g (float[3, 4] x) => (float[3, 4] y) { d = Dropout (x)\n y = Relu (d) }", {"x": (3, 4)})
of_text("clip-6", 10,
        """g (float[3, 4] x) => (float[3, 4] y, float[3, 4] z) {
             y = Clip <min = -0.5, max = 0.25> (x)
             z = Clip <max = 0.0> (x)
           }""", {"x": (3, 4)})
of_text("clip-11", 11,
        """g (float[3, 4] x) => (float[3, 4] y, float[3, 4] z) {
             high = Constant <value = float {0.25}> ()
             low = Constant <value = float {-0.5}> ()
             y = Clip (x, low, high)
             z = Clip (x, , high)
           }""", {"x": (3, 4)})
of_text("pad-2", 10,
        """g (float[1, 2, 4, 5] x) => (float[a, b, c, d] y, float[e, f, h, i] z, float[j, k, l, m] w) {
             y = Pad <mode = "reflect", pads = [0, 0, 1, 2, 0, 0, 3, 1]> (x)
             z = Pad <mode = "edge", pads = [0, 0, 1, 2, 0, 0, 0, 1]> (x)
             w = Pad <pads = [0, 1, 0, 0, 0, 0, -1, 2], value = 7.5> (x)
           }""", {"x": (1, 2, 4, 5)})
of_text("split-2", 11,
        """g (float[5, 6] x) => (float[a, b] p, float[c, d] q, float[e, f] r, float[h, i] s) {
             p, q = Split <axis = 1, split = [2, 4]> (x)
             r, s = Split <axis = 1> (x)
           }""", {"x": (5, 6)})
of_text("reduce-11", 11,
        """g (float[2, 3, 4] x) => (float[a, b, c] p, float[d, e] q, float[f, h, i] r, float s) {
             p = ReduceSum <axes = [1, 2]> (x)
             q = ReduceMean <axes = [-1], keepdims = 0> (x)
             r = ReduceL2 <axes = [0]> (x)
             s = ReduceMax <keepdims = 0> (x)
           }""", {"x": (2, 3, 4)})
of_text("gemm-7", 7,
        """g (float[4, 3] a, float[5, 4] b) => (float[3, 5] y) {
             y = Gemm <alpha = 0.5, beta = 2.0, transA = 1, transB = 1> (a, b, c)
           }""", {"a": (4, 3), "b": (5, 4)}, lambda r: {"c": values(r, 5)})
of_text("gemm-11", 11,
        "g (float[3, 4] a, float[4, 5] b) => (float[3, 5] y) { y = Gemm (a, b) }",
        {"a": (3, 4), "b": (4, 5)})
of_text("topk-1", 9,
        "g (float[3, 7] x) => (float[3, 4] y, int64[3, 4] i) { y, i = TopK <axis = 1, k = 4> (x) }",
        {"x": (3, 7)})
of_text("pooling-7", 7,
        """g (float[1, 2, 7, 7] x) => (float[a, b, c, d] p, float[e, f, h, i] q, float[j, k, l, m] r) {
             p = MaxPool <kernel_shape = [3, 3], strides = [2, 2], pads = [1, 1, 0, 0]> (x)
             q = AveragePool <kernel_shape = [3, 2], pads = [1, 0, 1, 1], count_include_pad = 1> (x)
             r = AveragePool <kernel_shape = [3, 3], strides = [2, 2], auto_pad = "SAME_LOWER"> (x)
           }""", {"x": (1, 2, 7, 7)})
of_text("pooling-10", 10,
        """g (float[1, 2, 8, 7] x) => (float[a, b, c, d] p, float[e, f, h, i] q) {
             p = MaxPool <kernel_shape = [3, 3], strides = [2, 2], ceil_mode = 1, dilations = [1, 2]> (x)
             q = AveragePool <kernel_shape = [3, 3], strides = [2, 2], ceil_mode = 1> (x)
           }""", {"x": (1, 2, 8, 7)})
of_text("variadic-8", 8,
        """g (float[2, 3] x, float[3] y, float[2, 1] z) => (float[2, 3] s, float[2, 3] m, float[2, 3] n, float[2, 3] t) {
             s = Sum (x, y, z)
             m = Max (x, y, z)
             n = Min (x, z)
             t = Mean (x, y, z)
           }""", {"x": (2, 3), "y": (3,), "z": (2, 1)})
of_text("activations-7", 7,
        """g (float[4, 5] x) => (float[4, 5] a, float[4, 5] b, float[4, 5] c, float[4, 5] d, float[4, 5] e, float[4, 5] f) {
             a = LeakyRelu <alpha = 0.2> (x)
             b = Elu <alpha = 1.5> (x)
             c = Selu (x)
             d = HardSigmoid <alpha = 0.3> (x)
             e = PRelu (x, slope)
             f = Softplus (x)
           }""", {"x": (4, 5)}, lambda r: {"slope": values(r, 5)})
of_text("instance-norm-6", 7,
        "g (float[2, 3, 4, 5] x) => (float[2, 3, 4, 5] y) { y = InstanceNormalization (x, s, b) }",
        {"x": (2, 3, 4, 5)}, lambda r: {"s": values(r, 3), "b": values(r, 3)})
of_text("flatten-reshape-7", 7,
        """g (float[2, 3, 4] x) => (float[a, b] p, float[c, d, e] q) {
             s = Constant <value = int64[3] {0, -1, 2}> ()
             p = Flatten <axis = 2> (x)
             q = Reshape (x, s)
           }""", {"x": (2, 3, 4)})
