"""Attention and rotary positions (SEMANTICS A1-A10, A17, A18, H1).

The expected results are the formula below in float64: ONNX Runtime and the
onnx reference disagree with each other on several of these.
"""
import numpy as np

from text import model, rng, values

MODELS = {}
FLOAT, HALF = "float", "float16"


def maker(name):
    def keep(make):
        MODELS[name] = make
        return make
    return keep


def attend(q, k, v, allowed=None, bias=None, scale=None, softcap=0.0):
    """q (B, H, L, d), k and v (B, Hkv, T, d); `allowed` is True where a key counts.

    A row that sees no key gives zeros; a key that no row sees has no influence.
    """
    q, k, v = (np.asarray(t, np.float64) for t in (q, k, v))
    group = q.shape[1] // k.shape[1]
    k, v = np.repeat(k, group, 1), np.repeat(v, group, 1)
    s = np.einsum("bhld,bhtd->bhlt", q, np.nan_to_num(k)) * (q.shape[-1] ** -0.5 if scale is None else scale)
    if softcap:
        s = softcap * np.tanh(s / softcap)
    if bias is not None:
        s = s + bias
    seen = np.broadcast_to(True if allowed is None else allowed, s.shape) & (s > -np.inf)
    top = np.where(seen, s, -np.inf).max(-1, keepdims=True, initial=-np.inf)
    p = np.where(seen, np.exp(np.where(seen, s, 0) - np.where(np.isfinite(top), top, 0)), 0)
    total = p.sum(-1, keepdims=True)
    p = np.divide(p, total, out=np.zeros_like(p), where=total > 0)
    return np.einsum("bhlt,bhtd->bhld", p, np.nan_to_num(v))


def graph(inputs, node, outputs="y", opset=23, type=FLOAT, domains=""):
    """A model of one Attention node on dynamic sizes."""
    ports = ", ".join(f"{types} {name}" for name, types in inputs.items())
    results = ", ".join(f"{type}[{name}0, {name}1, {name}2, {name}3] {name}" for name in outputs.split(", "))
    return model(opset, f"g ({ports}) => ({results}) {{ {outputs} = {node} }}", domains=domains)


def four(type=FLOAT, **more):
    shapes = {n: f"{type}[B, {h}, {t}, {d}]" for n, h, t, d in
              (("q", "H", "L", "D"), ("k", "G", "T", "D"), ("v", "G", "T", "E"))}
    return {**shapes, **more}


def qkv(r, batch, heads, kv_heads, length, keys, size, value_size=None, scale=1.0, type=np.float32):
    make = lambda *s: values(r, *s, scale=scale).astype(type)
    return {"q": make(batch, heads, length, size), "k": make(batch, kv_heads, keys, size),
            "v": make(batch, kv_heads, keys, value_size or size)}


def causal(length, keys, offset=0):
    return np.arange(keys)[None, :] <= np.arange(length)[:, None] + offset


def f32(y):
    return y.astype(np.float32)


@maker("attention-causal-corner")
def causal_corner(folder):
    """A1: without past, query i sees keys 0..i however many keys there are."""
    folder.save(graph(four(), "Attention <is_causal = 1> (q, k, v)"))
    for k, (length, keys) in enumerate(((1, 4), (4, 2), (3, 3), (2, 5))):
        t = qkv(rng(f"corner{k}"), 1, 2, 2, length, keys, 8)
        folder.case(t, {"y": f32(attend(**t, allowed=causal(length, keys)))})


@maker("attention-past")
def past(folder):
    """A2: with past keys the offset is their number; the present ones are handed back."""
    folder.save(graph(four(pk="float[B, G, P, D]", pv="float[B, G, P, E]"),
                      "Attention <is_causal = 1> (q, k, v, , pk, pv)", "y, present_key, present_value"))
    for k, (length, old) in enumerate(((1, 5), (3, 2))):
        r = rng(f"past{k}")
        t = qkv(r, 2, 4, 2, length, length, 8)
        pk, pv = values(r, 2, 2, old, 8), values(r, 2, 2, old, 8)
        k_all, v_all = np.concatenate([pk, t["k"]], 2), np.concatenate([pv, t["v"]], 2)
        folder.case({**t, "pk": pk, "pv": pv},
                    {"y": f32(attend(t["q"], k_all, v_all, causal(length, old + length, old))),
                     "present_key": k_all, "present_value": v_all})


@maker("attention-valid-lengths")
def valid_lengths(folder):
    """A2, A5: keys past the valid length, NaN here, change nothing."""
    folder.save(graph(four(n="int64[B]"), "Attention <is_causal = 1> (q, k, v, , , , n)", opset=24))
    lengths = np.array([3, 4, 2], np.int64)
    t = qkv(rng("valid"), 3, 2, 1, 2, 4, 8)
    allowed = np.stack([causal(2, 4, n - 2) & (np.arange(4) < n) for n in lengths])[:, None]
    expected = f32(attend(**t, allowed=allowed))
    folder.case({**t, "n": lengths}, {"y": expected})
    for b, n in enumerate(lengths):
        t["k"][b, :, n:] = np.nan
        t["v"][b, :, n:] = np.nan
    folder.case({**t, "n": lengths}, {"y": expected})
    for b, n in enumerate(lengths):
        t["k"][b, :, n:] = np.inf
        t["v"][b, :, n:] = -np.inf
    folder.case({**t, "n": lengths}, {"y": expected})


@maker("attention-masked-rows")
def masked_rows(folder):
    """A3: a row that sees nothing is zero."""
    folder.save(graph(four(m="bool[L, T]"), "Attention (q, k, v, m)"))
    t = qkv(rng("masked"), 1, 2, 2, 3, 4, 8)
    m = np.array([[1, 0, 1, 1], [0, 0, 0, 0], [0, 1, 0, 0]], bool)
    folder.case({**t, "m": m}, {"y": f32(attend(**t, allowed=m))})


@maker("attention-additive-mask")
def additive_mask(folder):
    """A3: all -inf is a masked row, all lowest-finite is the mean of the values."""
    folder.save(graph(four(m="float[L, T]"), "Attention (q, k, v, m)"))
    t = qkv(rng("additive"), 1, 2, 2, 3, 4, 8)
    m = np.zeros((3, 4), np.float32)
    m[0], m[1], m[2] = -np.inf, np.finfo(np.float32).min, [0.5, -np.inf, -1, 2]
    y = attend(**t, bias=m)
    y[:, :, 1] = t["v"].astype(np.float64).mean(2)
    folder.case({**t, "m": m}, {"y": f32(y)})


@maker("attention-half-mask")
def half_mask(folder):
    """A4: a float16 mask of the lowest value and a negative score do not make -inf."""
    folder.save(graph(four(HALF, m="float16[L, T]"), "Attention <scale = 1.0> (q, k, v, m)", type=HALF))
    t = {"q": np.ones((1, 1, 1, 4)), "k": np.full((1, 1, 3, 4), -8.0), "v": np.arange(12).reshape(1, 1, 3, 4)}
    t = {n: a.astype(np.float16) for n, a in t.items()}
    m = np.full((1, 3), np.finfo(np.float16).min, np.float16)
    folder.case({**t, "m": m}, {"y": t["v"].mean(2, keepdims=True, dtype=np.float32).astype(np.float16)})


@maker("attention-softcap")
def softcap(folder):
    """A6: the cap comes before the mask."""
    folder.save(graph(four(m="bool[L, T]"), "Attention <softcap = 2.0, scale = 1.0> (q, k, v, m)"))
    t = {"q": np.ones((1, 1, 1, 1), np.float32), "k": np.array([1, 3], np.float32).reshape(1, 1, 2, 1),
         "v": np.array([[1, 0], [0, 1]], np.float32).reshape(1, 1, 2, 2)}
    folder.case({**t, "m": np.array([[True, False]])}, {"y": np.array([1, 0], np.float32).reshape(1, 1, 1, 2)})
    t = qkv(rng("softcap"), 1, 2, 2, 3, 4, 8, scale=3.0)
    m = np.array([[1, 0, 1, 1], [1, 1, 1, 0], [0, 1, 0, 1]], bool)
    folder.case({**t, "m": m}, {"y": f32(attend(**t, allowed=m, scale=1.0, softcap=2.0))})


@maker("attention-grouped")
def grouped(folder):
    """A8: query head h reads key head h / (heads / kv_heads); values are the head's number."""
    folder.save(graph(four(), "Attention (q, k, v)"))
    for heads, kv_heads in ((8, 2), (6, 1), (6, 3)):
        t = qkv(rng(f"grouped{heads}"), 1, heads, kv_heads, 2, 3, 4, 1)
        t["v"] = np.broadcast_to(np.arange(kv_heads, dtype=np.float32)[None, :, None, None],
                                 (1, kv_heads, 3, 1)).copy()
        y = np.repeat(np.arange(kv_heads, dtype=np.float32), heads // kv_heads)
        folder.case(t, {"y": np.broadcast_to(y[None, :, None, None], (1, heads, 2, 1)).copy()})


@maker("attention-three-dimensions")
def three_dimensions(folder):
    """Heads side by side in the last dimension; value heads of another size."""
    folder.save(model(23, """g (float[B, L, 24] q, float[B, T, 12] k, float[B, T, 10] v) => (float[B, L, 20] y) {
        y = Attention <q_num_heads = 4, kv_num_heads = 2> (q, k, v)
    }"""))
    t = qkv(rng("three"), 2, 4, 2, 3, 5, 6, 5)
    flat = lambda a: np.ascontiguousarray(a.transpose(0, 2, 1, 3)).reshape(a.shape[0], a.shape[2], -1)
    folder.case({n: flat(a) for n, a in t.items()}, {"y": flat(f32(attend(**t)))})


@maker("attention-head-sizes")
def head_sizes(folder):
    """A17: the scale is that of the true head size."""
    folder.save(graph(four(), "Attention (q, k, v)"))
    for size in (1, 8, 40, 80, 160, 256):
        t = qkv(rng(f"size{size}"), 1, 1, 1, 2, 3, size)
        folder.case(t, {"y": f32(attend(**t))})


@maker("attention-half-overflow")
def half_overflow(folder):
    """A18: products of 102400 are scaled before anything is stored in float16."""
    folder.save(graph(four(HALF), "Attention (q, k, v)", type=HALF))
    q = np.full((1, 1, 1, 64), 40, np.float16)
    k = np.full((1, 1, 2, 64), 40, np.float16)
    v = np.array([[2] * 64, [4] * 64], np.float16).reshape(1, 1, 2, 64)
    folder.case({"q": q, "k": k, "v": v}, {"y": np.full((1, 1, 1, 64), 3, np.float16)})


@maker("attention-empty")
def empty(folder):
    """H1: no queries give nothing, no keys give zeros."""
    folder.save(graph(four(), "Attention (q, k, v)"))
    for length, keys in ((0, 3), (2, 0)):
        t = qkv(rng("empty"), 1, 2, 2, length, keys, 8)
        folder.case(t, {"y": np.zeros((1, 2, length, 8), np.float32)})


def rotate(x, cos, sin, interleaved, turned):
    """x (B, H, L, d); cos and sin (L, turned / 2)."""
    x = np.asarray(x, np.float64)
    head, rest = x[..., :turned], x[..., turned:]
    a, b = (head[..., ::2], head[..., 1::2]) if interleaved else np.split(head, 2, -1)
    p, q = a * cos - b * sin, a * sin + b * cos
    head = np.stack([p, q], -1).reshape(head.shape) if interleaved else np.concatenate([p, q], -1)
    return np.concatenate([head, rest], -1)


for flavour, interleaved, turned in (("half", 0, 8), ("interleaved", 1, 8), ("partial", 0, 4),
                                     ("partial-interleaved", 1, 4)):
    @maker(f"rotary-attention-{flavour}")
    def rotary(folder, interleaved=interleaved, turned=turned):
        """A9: the flavour survives whatever is fused with the attention behind it."""
        attributes = f"interleaved = {interleaved}" + (f", rotary_embedding_dim = {turned}" if turned < 8 else "")
        angles = np.arange(10)[:, None] * 0.7 ** np.arange(turned // 2)
        cos, sin = np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)
        folder.save(model(23, f"""g (float[2, 2, 3, 8] q, float[2, 2, 3, 8] k, float[2, 2, 3, 8] v, int64[2, 3] at) => (float[2, 2, 3, 8] y) {{
            rq = RotaryEmbedding <{attributes}> (q, cos, sin, at)
            rk = RotaryEmbedding <{attributes}> (k, cos, sin, at)
            y = Attention <is_causal = 1> (rq, rk, v)
        }}""", {"cos": cos, "sin": sin}))
        t = qkv(rng("rotary"), 2, 2, 2, 3, 3, 8)
        at = np.array([[0, 1, 2], [4, 7, 9]], np.int64)
        turn = lambda x: rotate(x, cos[at][:, None], sin[at][:, None], interleaved, turned)
        folder.case({**t, "at": at}, {"y": f32(attend(turn(t["q"]), turn(t["k"]), t["v"], causal(3, 3)))})
