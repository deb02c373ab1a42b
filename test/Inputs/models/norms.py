"""Normalisation: groups, 16-bit inputs, far means (SEMANTICS A19, E1-E3). The
expected results are formulas in float64."""
import numpy as np

from text import model, rng, values

MODELS = {}


def maker(name):
    def keep(make):
        MODELS[name] = make
        return make
    return keep


def normalised(x, axes, epsilon):
    x = np.asarray(x, np.float64)
    mean = x.mean(axes, keepdims=True)
    return (x - mean) / np.sqrt(((x - mean) ** 2).mean(axes, keepdims=True) + epsilon)


@maker("group-norm-one-group")
def one_group(folder):
    """E1: the statistics of a group run over its channels too."""
    folder.save(model(21, """g (float[1, 4, 2] x) => (float[1, 4, 2] y, float[1, 4, 2] z) {
        y = GroupNormalization <num_groups = 1, epsilon = 0.0> (x, one, zero)
        z = GroupNormalization <num_groups = 2, epsilon = 0.001> (x, s, b)
    }""", {"one": np.ones(4, np.float32), "zero": np.zeros(4, np.float32),
           "s": np.array([1, 2, 3, 4], np.float32), "b": np.array([0, 1, 0, -1], np.float32)}))
    x = np.arange(8, dtype=np.float32).reshape(1, 4, 2)
    y = normalised(x, (1, 2), 0)
    assert abs(y[0, 0, 0] + 1.52752) < 1e-5
    z = normalised(x.reshape(1, 2, 4), 2, 1e-3).reshape(1, 4, 2)
    z = z * np.array([1, 2, 3, 4])[:, None] + np.array([0, 1, 0, -1])[:, None]
    folder.case({"x": x}, {"y": y.astype(np.float32), "z": z.astype(np.float32)})


@maker("group-norm-18")
def group_norm_18(folder):
    """Below opset 21 scale and bias are one a group. onnx's checker refuses the deprecated form."""
    r = rng("group-norm-18")
    s, b = values(r, 2), values(r, 2)
    folder.save(model(18, """g (float[2, 4, 3, 2] x) => (float[2, 4, 3, 2] y) {
        y = GroupNormalization <num_groups = 2> (x, s, b)
    }""", {"s": s, "b": b}), check=False)
    x = values(r, 2, 4, 3, 2)
    y = normalised(x.reshape(2, 2, 12), 2, 1e-5) * s[:, None] + b[:, None]
    folder.case({"x": x}, {"y": y.reshape(x.shape).astype(np.float32)})


@maker("norms-far-mean")
def far_mean(folder):
    """E3: mean 1000, deviation 0.1: E[x^2] - E[x]^2 in float32 has no digit right."""
    folder.save(model(22, """g (float[1, 2, 64] x) => (float[1, 2, 64] l, float[1, 2, 64] i, float[1, 2, 64] g) {
        l = LayerNormalization (x, one)
        i = InstanceNormalization (x, s, b)
        g = GroupNormalization <num_groups = 1> (x, s, b)
    }""", {"one": np.ones(64, np.float32), "s": np.ones(2, np.float32), "b": np.zeros(2, np.float32)}))
    x = (1000 + 0.1 * rng("far").standard_normal((1, 2, 64))).astype(np.float32)
    each, whole = normalised(x, 2, 1e-5).astype(np.float32), normalised(x, (1, 2), 1e-5).astype(np.float32)
    folder.case({"x": x}, {"l": each, "i": each, "g": whole})
    folder.flags("--rtol 1e-3 --atol 1e-3")


@maker("norms-half-squares")
def half_squares(folder):
    """E2: the square of 300 does not fit float16."""
    folder.save(model(23, """g (float16[2, 8] x) => (float16[2, 8] l, float16[2, 8] r) {
        l = LayerNormalization (x, one)
        r = RMSNormalization (x, one)
    }""", {"one": np.ones(8, np.float16)}))
    x = (300 + 100 * rng("squares").standard_normal((2, 8))).astype(np.float16)
    wide = x.astype(np.float64)
    rms = wide / np.sqrt((wide ** 2).mean(1, keepdims=True) + 1e-5)
    folder.case({"x": x}, {"l": normalised(wide, 1, 1e-5).astype(np.float16), "r": rms.astype(np.float16)})
    folder.flags("--rtol 2e-3 --atol 1e-3")


@maker("rms-norm-round-first")
def round_first(folder):
    """A19: with stash_type float32 the normalised value is rounded to float16, then scaled in float16."""
    r = rng("round-first")
    w = (1 + 0.5 * r.standard_normal(64)).astype(np.float16)
    folder.save(model(23, "g (float16[16, 64] x) => (float16[16, 64] y) { y = RMSNormalization (x, w) }",
                      {"w": w}))
    x = r.standard_normal((16, 64)).astype(np.float16)
    wide = x.astype(np.float32)
    n = (wide / np.sqrt((wide ** 2).mean(1, keepdims=True, dtype=np.float32) + np.float32(1e-5))).astype(np.float16)
    folder.case({"x": x}, {"y": n * w})
    folder.flags("--rtol 0 --atol 0")


@maker("layer-norm-axes")
def layer_norm_axes(folder):
    """Several normalised dimensions, and the two further results."""
    r = rng("layer-norm-axes")
    s, b = values(r, 3, 4), values(r, 3, 4)
    folder.save(model(17, """g (float[2, 3, 4] x) => (float[2, 3, 4] y, float[2, 1, 1] mean, float[2, 1, 1] inverse) {
        y, mean, inverse = LayerNormalization <axis = 1, epsilon = 0.01> (x, s, b)
    }""", {"s": s, "b": b}))
    x = values(r, 2, 3, 4)
    wide = x.astype(np.float64)
    f32 = lambda v: v.astype(np.float32)
    folder.case({"x": x}, {"y": f32(normalised(x, (1, 2), 0.01) * s + b),
                           "mean": f32(wide.mean((1, 2), keepdims=True)),
                           "inverse": f32(1 / np.sqrt(wide.var((1, 2), keepdims=True) + 0.01))})
