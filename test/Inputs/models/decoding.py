"""Decoding step by step gives what the whole sequence gives (SEMANTICS A16), by every way to keep keys and values.

The expected results are ONNX Runtime's, held here against the formula for the whole sequence.
"""
import numpy as np

from attention import attend, causal, f32, rotate
from text import model, rng, values

MODELS = {}
BATCH, HEADS, KV_HEADS, LENGTH, SIZE = 3, 4, 2, 6, 16
# Rows of unequal prompts, in a batch as long as the longest; then so many steps.
PROMPTS = ([3, 1, 4], [1, 1, 1], [2, 3, 3])
ANGLES = np.arange(LENGTH + 2)[:, None] * 0.7 ** np.arange(SIZE // 2)
COS, SIN = np.cos(ANGLES).astype(np.float32), np.sin(ANGLES).astype(np.float32)


def maker(name):
    def keep(make):
        MODELS[name] = make
        return make
    return keep


def tokens(r):
    return values(r, BATCH, HEADS, LENGTH, SIZE), *(values(r, BATCH, KV_HEADS, LENGTH, SIZE) for _ in range(2))


def whole(q, k, v, rotary=True):
    if rotary:
        q, k = (rotate(x, COS[:LENGTH], SIN[:LENGTH], 0, SIZE) for x in (q, k))
    return f32(attend(q, k, v, causal(LENGTH, LENGTH)))


def flat(x):
    return np.ascontiguousarray(x.transpose(0, 2, 1, 3)).reshape(x.shape[0], x.shape[2], -1)


def ragged(r, prompts, parts):
    """Each of `parts` as the padded prompts and the steps behind them. Padding holds numbers like any other."""
    longest, steps = max(prompts), LENGTH - max(prompts)
    feeds = {}
    for name, x in parts.items():
        first = values(r, *x.shape[:2], longest, SIZE)
        for row, length in enumerate(prompts):
            first[row, :, :length] = x[row, :, :length]
        feeds[f"{name}0"] = first
        for step in range(steps):
            feeds[f"{name}{step + 1}"] = np.stack([x[row, :, length + step:length + step + 1]
                                                   for row, length in enumerate(prompts)])
    return feeds


def check_rows(results, prompts, expected):
    """`results` are y0 of the prompts, then one token each."""
    for row, length in enumerate(prompts):
        got = np.concatenate([results[0][row, :, :length]] + [y[row] for y in results[1:]], 1)
        np.testing.assert_allclose(got, expected[row, :, :got.shape[1]], rtol=1e-3, atol=1e-4)


@maker("decoding-past")
def past(folder):
    """Every split into a prompt and steps, of one token and of two, over keys and values that grow."""
    lines, outputs, splits = [], [], {}
    for step in (1, 2):
        for prompt in range(0, LENGTH + 1):
            name = f"{step}_{prompt}"
            sizes = [prompt] * (prompt > 0) + [step] * ((LENGTH - prompt) // step) + [1] * ((LENGTH - prompt) % step)
            splits[f"sizes_{name}"] = np.array(sizes, np.int64)
            for x in "qkv":
                lines.append(", ".join(f"{x}_{name}_{i}" for i in range(len(sizes))) + f" = Split <axis = 2> ({x}, sizes_{name})")
            kept = ["empty", "empty"]
            for i in range(len(sizes)):
                now = [f"k_{name}_{i}_kept", f"v_{name}_{i}_kept"]
                lines.append(f"y_{name}_{i}, {', '.join(now)} = Attention <is_causal = 1> "
                             f"(q_{name}_{i}, k_{name}_{i}, v_{name}_{i}, , {', '.join(kept)})")
                kept = now
            lines.append(f"y_{name} = Concat <axis = 2> (" + ", ".join(f"y_{name}_{i}" for i in range(len(sizes))) + ")")
            outputs.append(f"y_{name}")
    lines.append(f"kept = Identity ({kept[0]})")
    ports = ", ".join(f"float[{BATCH}, {HEADS}, {LENGTH}, {SIZE}] {y}" for y in outputs)
    folder.save(model(23, f"""g (float[{BATCH}, {HEADS}, {LENGTH}, {SIZE}] q, float[{BATCH}, {KV_HEADS}, {LENGTH}, {SIZE}] k,
        float[{BATCH}, {KV_HEADS}, {LENGTH}, {SIZE}] v) => ({ports}, float[{BATCH}, {KV_HEADS}, {LENGTH}, {SIZE}] kept) {{
        {chr(10).join(lines)}
    }}""", {**splits, "empty": np.zeros((BATCH, KV_HEADS, 0, SIZE), np.float32)}))
    q, k, v = tokens(rng("decoding-past"))
    expected = whole(q, k, v, rotary=False)
    answers = folder.case({"q": q, "k": k, "v": v})
    for y in outputs:
        np.testing.assert_allclose(answers[y], expected, rtol=1e-4, atol=1e-5)
    assert (answers["kept"] == k).all()


def grouped_node(step):
    past = f"kk{step - 1}, vv{step - 1}" if step else ", "
    return (f"y{step}, kk{step}, vv{step} = com.microsoft.GroupQueryAttention <num_heads = {HEADS}, kv_num_heads = {KV_HEADS}, "
            f"do_rotary = 1> (q{step}, k{step}, v{step}, {past}, last{step}, total{step}, cos, sin)")


def ragged_models(name, opset, node, extra, domains="", packed=False):
    """A model for each set of prompts: the prompts, then each step on what the one before kept."""
    for number, prompts in enumerate(PROMPTS):
        @maker(f"{name}-{number}")
        def make(folder, number=number, prompts=prompts):
            r = rng(f"{name}{number}")
            q, k, v = tokens(r)
            feeds = ragged(r, prompts, {"q": q, "k": k, "v": v})
            if packed:
                feeds = {key: flat(x) for key, x in feeds.items()}
            steps = LENGTH - max(prompts)
            feeds |= extra(prompts, steps)
            kinds = {np.dtype("float32"): "float", np.dtype("int32"): "int32", np.dtype("int64"): "int64"}
            ports = ", ".join(f"{kinds[x.dtype]}{list(x.shape) or ''} {key}" for key, x in feeds.items())
            results = ", ".join(f"float{list(feeds[f'q{step}'].shape)} y{step}" for step in range(steps + 1))
            lines = "\n".join(node(step) for step in range(steps + 1))
            folder.save(model(opset, f"g ({ports}) => ({results}) {{ {lines} }}", {"cos": COS, "sin": SIN}, domains=domains))
            answers = folder.case(feeds)
            results = [answers[f"y{step}"] for step in range(steps + 1)]
            if packed:
                results = [x.reshape(*x.shape[:2], HEADS, SIZE).transpose(0, 2, 1, 3) for x in results]
            check_rows(results, prompts, whole(q, k, v))
            if "k_cache" in feeds:
                # What was never written must not matter. ONNX Runtime gives NaN here: rule A5.
                junk = {x: np.full_like(feeds[x], np.nan) for x in ("k_cache", "v_cache")}
                folder.case({**feeds, **junk}, answers)


def grouped_extra(prompts, steps):
    last = np.array(prompts, np.int32) - 1
    return ({f"last{step}": last + step for step in range(steps + 1)} |
            {f"total{step}": np.array([max(prompts) + step], np.int32) for step in range(steps + 1)})


def scatter_node(step):
    """The prompts are written from 0 on and see each other; a step's token is written at each row's length."""
    lines = [f"r{x}{step} = RotaryEmbedding ({x}{step}, cos, sin, at{step})" for x in "qk"]
    for x, new in (("k", f"rk{step}"), ("v", f"v{step}")):
        old = f"{x}{x}{step - 1}" if step else f"{x}_cache"
        lines.append(f"{x}{x}{step} = TensorScatter ({old}, {new}, begin{step})")
    if step:
        lines.append(f"y{step} = Attention <is_causal = 1> (rq{step}, kk{step}, vv{step}, , , , valid{step})")
    else:
        lines.append("y0 = Attention <is_causal = 1> (rq0, rk0, v0)")
    return "\n".join(lines)


def scatter_extra(prompts, steps):
    lengths = np.array(prompts, np.int64)
    cache = np.zeros((BATCH, KV_HEADS, LENGTH + 2, SIZE), np.float32)
    feeds = {"k_cache": cache, "v_cache": cache, "begin0": 0 * lengths,
             "at0": np.broadcast_to(np.arange(max(prompts)), (BATCH, max(prompts))).copy()}
    for step in range(1, steps + 1):
        at = lengths + step - 1
        feeds |= {f"begin{step}": at, f"at{step}": at[:, None], f"valid{step}": at + 1}
    return feeds


ragged_models("decoding-grouped", 18, grouped_node, grouped_extra, ', "com.microsoft" : 1', packed=True)
ragged_models("decoding-scatter", 24, scatter_node, scatter_extra)
