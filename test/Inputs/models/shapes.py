"""Dynamic sizes, empty tensors, the ends of int64, external data (SEMANTICS H1-H4)."""
import numpy as np

from text import model, rng, values

MODELS = {}


def maker(name):
    def keep(make):
        MODELS[name] = make
        return make
    return keep


@maker("dynamic-sizes")
def dynamic_sizes(folder):
    """One model, three shapes; the target of Reshape is computed from the shape."""
    folder.save(model(17, """g (float[batch, length, 6] x) => (float[a, b, c, d] y, float[e, f] z) {
        s = Shape <start = 0, end = 2> (x)
        heads = Constant <value = int64[2] {2, -1}> ()
        target = Concat <axis = 0> (s, heads)
        h = MatMul (x, w)
        r = Reshape (h, target)
        y = Transpose <perm = [0, 2, 1, 3]> (r)
        axis = Constant <value = int64[1] {1}> ()
        m = ReduceMean <axes = [1], keepdims = 0> (x)
        z = Softmax (m)
    }""", {"w": values(rng("dynamic-sizes"), 6, 8)}))
    r = rng("dynamic-sizes-inputs")
    for batch, length in ((1, 1), (2, 5), (3, 16)):
        folder.case({"x": values(r, batch, length, 6)})


@maker("dynamic-arithmetic")
def dynamic_arithmetic(folder):
    """Sizes that pass through Cast, Div, Floor, Range and a slice, as exporters write them."""
    folder.save(model(16, """g (float[N, C, H, W] x) => (float[a, b, c, d] y, int64[e] positions) {
        s = Shape (x)
        two = Constant <value = int64[1] {2}> ()
        four = Constant <value = int64[1] {4}> ()
        hw = Slice (s, two, four)
        f = Cast <to = 1> (hw)
        factor = Constant <value = float {1.5}> ()
        g1 = Mul (f, factor)
        g2 = Floor (g1)
        size = Cast <to = 7> (g2)
        zero = Constant <value = int64[1] {0}> ()
        nc = Slice (s, zero, two)
        sizes = Concat <axis = 0> (nc, size)
        y = Resize <mode = "nearest", nearest_mode = "floor", coordinate_transformation_mode = "asymmetric"> (x, , , sizes)
        i3 = Constant <value = int64 {3}> ()
        w = Gather (s, i3)
        start = Constant <value = int64 {0}> ()
        step = Constant <value = int64 {1}> ()
        positions = Range (start, w, step)
    }"""))
    r = rng("dynamic-arithmetic")
    folder.case({"x": values(r, 1, 2, 3, 4)})
    folder.case({"x": values(r, 2, 1, 5, 2)})


@maker("slice-ends")
def slice_ends(folder):
    """H3: INT64_MAX is "to the end", INT64_MIN "past the start"; negative steps."""
    folder.save(model(13, """g (float[5, 6] x) => (float[a, b] p, float[c, d] q, float[e, f] r, float[h, i] s) {
        one = Constant <value = int64[1] {1}> ()
        zero = Constant <value = int64[1] {0}> ()
        end = Constant <value = int64[1] {9223372036854775807}> ()
        front = Constant <value = int64[1] {-9223372036854775808}> ()
        back = Constant <value = int64[1] {-1}> ()
        two = Constant <value = int64[1] {2}> ()
        minus2 = Constant <value = int64[1] {-2}> ()
        p = Slice (x, one, end, zero)
        q = Slice (x, back, front, one, minus2)
        r = Slice (x, end, front, one, back)
        s = Slice (x, front, end, zero, two)
    }"""))
    folder.case({"x": values(rng("slice-ends"), 5, 6)})


@maker("empty-sizes")
def empty_sizes(folder):
    """H1: no rows, no inner dimension, no batch. From NumPy."""
    r = rng("empty-sizes")
    w, k = values(r, 3, 4), values(r, 2, 3, 3, 3)
    folder.save(model(13, """g (float[n, 3] x, float[2, m] a, float[m, 4] b, float[o, 3, 5, 5] image) => (float[n, 4] y, float[2, 4] z, float[o, 2, 3, 3] c, float[n, 3] t, float[n2, 3] u) {
        y = MatMul (x, w)
        z = MatMul (a, b)
        c = Conv (image, k)
        e = Exp (x)
        t = Softmax (e)
        u = Concat <axis = 0> (x, t)
    }""", {"w": w, "k": k}))
    for n, m, o in ((0, 0, 0), (2, 0, 0), (0, 3, 1)):
        x, a, b, image = values(r, n, 3), values(r, 2, m), values(r, m, 4), values(r, o, 3, 5, 5)
        y = x @ w
        e = np.exp(np.exp(x))
        windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3), (2, 3))
        t = e / e.sum(1, keepdims=True)
        folder.case({"x": x, "a": a, "b": b, "image": image},
                    {"y": y, "z": a @ b, "c": np.einsum("ncyxij,ocij->noyx", windows, k), "t": t,
                     "u": np.concatenate([x, t])})


@maker("reduce-empty")
def reduce_empty(folder):
    """H1: reductions over nothing give their neutral element."""
    folder.save(model(18, """g (float[2, n] x) => (float[2] s, float[2] p, float[2] hi, float[2] lo) {
        axes = Constant <value = int64[1] {1}> ()
        s = ReduceSum <keepdims = 0> (x, axes)
        p = ReduceProd <keepdims = 0> (x, axes)
        hi = ReduceMax <keepdims = 0> (x, axes)
        lo = ReduceMin <keepdims = 0> (x, axes)
    }"""))
    both = lambda v: np.full(2, v, np.float32)
    folder.case({"x": np.zeros((2, 0), np.float32)},
                {"s": both(0), "p": both(1), "hi": both(-np.inf), "lo": both(np.inf)})


@maker("external-data")
def external_data(folder):
    """H4: the weights lie in a file beside the model."""
    r = rng("external-data")
    made = model(17, """g (float[2, 16] x) => (float[2, 8] y, int64[2] i) {
        h = MatMul (x, w)
        y = Add (h, b)
        t = Constant <value = int64 {3}> ()
        i = Add (pair, t)
    }""", {"w": values(r, 16, 8), "b": values(r, 8), "pair": np.array([40, -2], np.int64)})
    folder.save(made, save_as_external_data=True, all_tensors_to_one_file=True,
                location="weights.bin", size_threshold=0)
    folder.case({"x": values(r, 2, 16)})


@maker("linear-panels")
def linear_panels(folder):
    """Outputs that fill whole panels, half ones in every number, and none; for few rows and for many."""
    outputs = (8, 16, 24, 40, 48, 56, 61, 120)
    r = rng("linear-panels")
    nodes = "\n".join(f"h{n} = MatMul (x, w{n})\ny{n} = Add (h{n}, b{n})" for n in outputs)
    results = ", ".join(f"float[rows, {n}] y{n}" for n in outputs)
    weights = {}
    for n in outputs:
        weights |= {f"w{n}": values(r, 37, n), f"b{n}": values(r, n)}
    folder.save(model(17, f"g (float[rows, 37] x) => ({results}) {{\n{nodes}\n}}", weights))
    for rows in (1, 5, 13, 50):
        folder.case({"x": values(r, rows, 37)})


@maker("integer-products")
def integer_products(folder):
    """Bytes of either sign, with zero points and without, of weights and of inputs; sums of whole groups of four and others."""
    r = rng("integer-products")
    weights, nodes, results = {}, [], []

    def product(name, a, b, zeros=""):
        nodes.append(f"{name} = MatMulInteger ({a}, {b}{zeros})")
        results.append(f"int32[{'n, m, p' if a == 'batch' else 'n, m'}] {name}")

    for summed in (64, 37):
        for kind, low, high in (("int8", -128, 128), ("uint8", 0, 256)):
            name = f"{kind[0]}{summed}"
            weights[name] = r.integers(low, high, (summed, 32)).astype(kind)
            weights[f"z{name}"] = r.integers(low, high, ()).astype(kind)
            weights[f"c{name}"] = r.integers(low, high, (32,)).astype(kind)
            for sign in "us":
                a = f"{sign}x{summed}"
                product(f"{sign}{name}", a, name)
                product(f"{sign}{name}_z", a, name, f", {sign}zero, z{name}")
                product(f"{sign}{name}_c", a, name, f", {sign}zero, c{name}")
    product("batched", "batch", "wide", ", uzero")
    inputs = ", ".join(["uint8[rows, 64] ux64", "int8[rows, 64] sx64", "uint8[rows, 37] ux37", "int8[rows, 37] sx37",
                        "uint8 uzero", "int8 szero", "uint8[2, rows, 132] batch", "int8[2, 132, 48] wide"])
    body = "\n".join(nodes)
    folder.save(model(17, f"g ({inputs}) => ({', '.join(results)}) {{\n{body}\n}}", weights))
    for rows in (1, 13):
        u8 = lambda *shape: r.integers(0, 256, shape).astype(np.uint8)
        s8 = lambda *shape: r.integers(-128, 128, shape).astype(np.int8)
        folder.case({"ux64": u8(rows, 64), "sx64": s8(rows, 64), "ux37": u8(rows, 37), "sx37": s8(rows, 37), "uzero": u8(),
                     "szero": s8(), "batch": u8(2, rows, 132), "wide": s8(2, 132, 48)})


@maker("specialised-values")
def specialised_values(folder):
    """Inputs whose values decide a shape: each set needs a program of its own."""
    folder.save(model(13, """g (float[4, 6] x, int64[n] shape, int64[1] first, int64[1] k) => (float[a, b, c] y, float[d, e] z, float[f, h] t) {
        y = Reshape (x, shape)
        end = Constant <value = int64[1] {4}> ()
        z = Slice (x, first, end)
        t, u = TopK (x, k)
    }"""))
    x = values(rng("specialised-values"), 4, 6)
    ints = lambda *v: np.array(v, np.int64)
    folder.case({"x": x, "shape": ints(2, 3, 4), "first": ints(1), "k": ints(2)})
    folder.case({"x": x, "shape": ints(4, 0, -1), "first": ints(-3), "k": ints(6)})


@maker("types")
def types(folder):
    """Integers and halves: signs, wrap-around, division. From NumPy and C."""
    folder.save(model(14, """g (uint8[4] u, int32[4] i, int64[4] l, float16[4] h) => (uint8[4] a, int32[4] b, int64[4] c, float16[4] d, float[4] e, bool[4] f, int32[4] k, int8[4] n) {
        two = Constant <value = uint8 {2}> ()
        minus3 = Constant <value = int32 {-3}> ()
        m = Add (u, u)
        a = Div (m, two)
        b = Div (i, minus3)
        c = Mod (l, three)
        d = Mul (h, h)
        e = Cast <to = 1> (u)
        f = Cast <to = 9> (i)
        k = Mod <fmod = 1> (i, minus3)
        n = Cast <to = 3> (i)
    }""", {"three": np.array([3, -3, 3, -3], np.int64)}))
    u, h = np.array([1, 100, 128, 255], np.uint8), np.array([0.5, -3, 250, 1e-4], np.float16)
    i, l = np.array([7, -7, 0, 100], np.int32), np.array([7, 7, -7, -7], np.int64)
    folder.case({"u": u, "i": i, "l": l, "h": h},
                {"a": (u + u) // 2, "b": np.array([-2, 2, 0, -33], np.int32),
                 "c": np.array([1, -2, 2, -1], np.int64), "d": h * h, "e": u.astype(np.float32),
                 "f": i != 0, "k": np.array([1, -1, 0, 1], np.int32), "n": i.astype(np.int8)})


@maker("joins-many")
def joins_many(folder):
    """More tensors joined than one kernel takes, as an unrolled loop leaves them."""
    parts = [f"p{i}" for i in range(60)]
    folder.save(model(18, f"""g (float[4, 60] x) => (float[4, 60] y) {{
        {", ".join(parts)} = Split <axis = 1, num_outputs = 60> (x)
        y = Concat <axis = 1> ({", ".join(reversed(parts))})
    }}"""))
    folder.case({"x": values(rng("joins-many"), 4, 60)})


@maker("stft-flat")
def stft_flat(folder):
    """A real signal without its last axis of 1, which ONNX Runtime takes."""
    folder.save(model(17, """g (float[2, 100] x, float[16] window) => (float[2, frames, 9, 2] y) {
        step = Constant <value = int64 {5}> ()
        y = STFT (x, step, window)
    }"""), check=False)
    r = rng("stft-flat")
    folder.case({"x": values(r, 2, 100), "window": np.hanning(16).astype(np.float32)})
