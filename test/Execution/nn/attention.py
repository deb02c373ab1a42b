"""Attention and rotary embeddings, by their formulas in f64; the plain forms also held against torch."""
import math

import torch
import torch.nn.functional as F

from grid.case import Case, mlir_type

FAMILY = "Attention"
INF = float("inf")


def split(x, heads):
    """[B, L, heads d] as [B, heads, L, d]."""
    return x.reshape(x.shape[0], x.shape[1], heads, x.shape[2] // heads).transpose(1, 2) if x.dim() == 3 else x


def visibility(batch, queries, keys, past, causal, window, lengths):
    offset = torch.zeros(batch, dtype=torch.int64)
    if causal == "bottom_right":
        offset += keys - queries
    if causal == "cached":
        offset = offset + past if past is not None else lengths.long() - queries
    i = torch.arange(queries).reshape(1, 1, queries, 1) + offset.reshape(batch, 1, 1, 1)
    j = torch.arange(keys).reshape(1, 1, 1, keys)
    visible = torch.ones(batch, 1, queries, keys, dtype=torch.bool)
    if causal != "none":
        visible = visible & (j <= i)
    if window is not None:
        visible = visible & (j > i - window)
    if lengths is not None:
        visible = visible & (j < lengths.reshape(batch, 1, 1, 1))
    return visible


def formula(q, k, v, heads, kv_heads, mask=None, past=None, lengths=None, scale=None, causal="none", window=None,
            softcap=None):
    """The result and the four kinds of scores, in f64."""
    rank, dtype = q.dim(), q.dtype
    q, k, v = (split(x, n).double() for x, n in ((q, heads), (k, kv_heads), (v, kv_heads)))
    if past is not None:
        k, v = (torch.cat([old.double(), new], 2) for old, new in zip(past, (k, v)))
    k, v = (x.repeat_interleave(heads // kv_heads, 1) for x in (k, v))
    batch, _, queries, size = q.shape
    keys = k.shape[2]
    raw = q @ k.transpose(-1, -2) * (1 / math.sqrt(size) if scale is None else scale)
    capped = raw if softcap is None else softcap * torch.tanh(raw / softcap)
    visible = visibility(batch, queries, keys, None if past is None else past[0].shape[2], causal, window, lengths)
    scores = capped
    if mask is not None:
        missing = keys - mask.shape[-1] if mask.shape[-1] > 1 else 0
        if mask.dtype == torch.bool:
            visible = visible & F.pad(mask, (0, missing), value=False)
        else:
            scores = scores + F.pad(mask.double(), (0, missing), value=-INF)
    masked = torch.where(visible, scores, -INF)
    top = masked.amax(-1, keepdim=True) if keys else masked.new_zeros(*masked.shape[:-1], 1)
    weights = torch.exp(masked - torch.where(top == -INF, 0.0, top))
    total = weights.sum(-1, keepdim=True)
    probabilities = weights / torch.where(total == 0, 1.0, total)
    result = torch.where(probabilities[..., None] == 0, 0.0, probabilities[..., None] * v[:, :, None]).sum(-2)
    if rank == 3:
        result = result.transpose(1, 2).reshape(batch, queries, -1)
    kinds = dict(raw=raw, softcapped=capped, masked=masked, probabilities=probabilities)
    return result.to(dtype), {kind: value.to(dtype) for kind, value in kinds.items()}


def attend(case, q, k, v, heads, kv_heads, mask=None, past=None, lengths=None, scores=None, clean=None, **rest):
    """`clean` are the query, key and value to compute with where those of the case hold garbage."""
    operands, text = [q, k, v], "tenon.attention {0}, {1}, {2}"
    for word, extra in (("mask", mask and [mask]), ("past", past), ("valid_lengths", lengths and [lengths])):
        if extra:
            text += f" {word} " + ", ".join("{%d}" % (len(operands) + i) for i in range(len(extra)))
            operands += extra
    attributes = [f"num_heads = {heads}", f"num_kv_heads = {kv_heads}"]
    for name, value in rest.items():
        attributes.append(f"{name} = #tenon<causal {value}>" if name == "causal" else
                          f"{name} = {value}" if name == "window" else f"{name} = {value!r} : f64")
    if scores:
        attributes.append(f"scores = #tenon<scores {scores}>")
    given = clean or [x[1] for x in (q, k, v)]
    result, kinds = formula(*given, heads, kv_heads, mask and mask[1], past and [x[1] for x in past],
                            lengths and lengths[1], **rest)
    case.op(text + " {{" + ", ".join(attributes) + "}} : {operands} -> {results}", operands, result,
            *([kinds[scores]] if scores else []))
    return result


def operands(case, batch, heads, kv_heads, queries, keys, size, value_size=None, dtype=torch.float32):
    return (case.randn(batch, heads, queries, size, dtype=dtype), case.randn(batch, kv_heads, keys, size, dtype=dtype),
            case.randn(batch, kv_heads, keys, value_size or size, dtype=dtype))


def packed(case, batch, heads, kv_heads, queries, keys, size, dtype=torch.float32):
    return (case.randn(batch, queries, heads * size, dtype=dtype), case.randn(batch, keys, kv_heads * size, dtype=dtype),
            case.randn(batch, keys, kv_heads * size, dtype=dtype))


def plain():
    case = Case(FAMILY, "plain", "Attention as torch computes it, of 3 and 4 dimensions, with every kind of scores.", 1e-4)
    q, k, v = operands(case, 2, 4, 4, 5, 7, 8, 6)
    for kind in (None, "raw", "masked", "probabilities"):
        result = attend(case, q, k, v, 4, 4, scores=kind)
    torch.testing.assert_close(result, F.scaled_dot_product_attention(q[1], k[1], v[1]))
    attend(case, q, k, v, 4, 4, scores="softcapped", softcap=3.0, scale=0.5)
    attend(case, *packed(case, 2, 3, 3, 4, 6, 5), 3, 3, scores="raw")
    case = Case(FAMILY, "plain-f64", "Attention of f64 keeps its digits.", 1e-12, 1e-13)
    attend(case, *operands(case, 1, 2, 1, 3, 4, 5, dtype=torch.float64), 2, 1, causal="top_left")


def causal():
    case = Case(FAMILY, "a1-causal-corner", "A1: which corner the causal mask starts from, queries and keys of different number.", 1e-4)
    for queries, keys in ((1, 4), (4, 4), (4, 2), (2, 5)):
        q, k, v = operands(case, 2, 2, 2, queries, keys, 4)
        for corner in ("top_left", "bottom_right"):
            result = attend(case, q, k, v, 2, 2, causal=corner)
        if (queries, keys) == (4, 2):
            assert (result[:, :, :2] == 0).all()
    case = Case(FAMILY, "a2-cached-offset", "A2: a query's place follows from the past, or from its own row's valid length.", 1e-4)
    attend(case, *operands(case, 2, 2, 2, 2, 3, 4), 2, 2, causal="cached",
           past=[case.randn(2, 2, 4, 4), case.randn(2, 2, 4, 4)])
    for dtype in (torch.int64, torch.int32):
        lengths = case.input(torch.tensor([3, 2, 4], dtype=dtype))
        attend(case, *operands(case, 3, 2, 1, 2, 4, 4), 2, 1, causal="cached", lengths=lengths)
    attend(case, *packed(case, 2, 4, 2, 3, 3, 4), 4, 2, causal="cached", past=[case.randn(2, 2, 2, 4), case.randn(2, 2, 2, 4)])
    case = Case(FAMILY, "a15-window", "A15: a window of W keys counts the query's own.", 1e-4)
    q, k, v = operands(case, 1, 2, 2, 6, 6, 4)
    for window in (1, 2, 3, 8):
        attend(case, q, k, v, 2, 2, causal="top_left", window=window)
    attend(case, q, k, v, 2, 2, window=2)
    attend(case, *operands(case, 1, 2, 2, 2, 6, 4), 2, 2, causal="bottom_right", window=3, scores="masked")
    attend(case, *operands(case, 2, 2, 2, 2, 6, 4), 2, 2, causal="cached", window=2, lengths=case.input(torch.tensor([6, 4])))


def masks():
    case = Case(FAMILY, "a3-masked-rows", "A3: a row that sees no key gives zeros; a row of lowest finite values is no mask.", 1e-4)
    q, k, v = operands(case, 2, 2, 2, 3, 4, 4)
    boolean = torch.ones(3, 4, dtype=torch.bool)
    boolean[1] = False
    assert (attend(case, q, k, v, 2, 2, mask=case.input(boolean), scores="probabilities")[:, :, 1] == 0).all()
    infinite = torch.zeros(2, 1, 3, 4)
    infinite[0, :, 2] = -INF
    infinite[1, :, 0, :2] = -INF
    attend(case, q, k, v, 2, 2, mask=case.input(infinite), scores="masked")
    lowest = torch.full((1, 1, 3, 4), torch.finfo(torch.float32).min)
    result = attend(case, q, k, v, 2, 2, mask=case.input(lowest))
    torch.testing.assert_close(result, v[1].mean(2, keepdim=True).expand_as(result))
    case = Case(FAMILY, "a4-saturating-masks", "A4: the lowest f16 plus a negative score stays finite; masks meet in one select.", 2e-3, 1e-3)
    for dtype in (torch.float16, torch.bfloat16):
        q, k, v = operands(case, 1, 2, 2, 3, 4, 8, dtype=dtype)
        low = torch.full((1, 1, 3, 4), torch.finfo(dtype).min, dtype=dtype)
        attend(case, q, k, v, 2, 2, mask=case.input(low), scale=4.0)
        low[..., 0] = 0
        attend(case, q, k, v, 2, 2, mask=case.input(low), causal="top_left", window=2)
    case = Case(FAMILY, "mask-shapes", "Masks of every rank broadcast; one with fewer keys, but more than one, hides the rest.", 1e-4)
    for heads, kv_heads in ((2, 2), (4, 2)):
        q, k, v = operands(case, 2, heads, kv_heads, 3, 5, 4)
        for shape in ((5,), (3, 5), (heads, 3, 5), (1, 1, 5), (2, 1, 1, 5), (2, heads, 3, 5), (2, 1, 3, 3), (1, 2), (2, 1, 3, 1)):
            mask = torch.rand(shape, generator=case.generator) > 0.4
            attend(case, q, k, v, heads, kv_heads, mask=case.input(mask))
            attend(case, q, k, v, heads, kv_heads, mask=case.randn(*shape))
    hidden_blocks()
    case = Case(FAMILY, "a6-softcap", "A6: the cap comes before the mask.", 1e-4)
    q, k, v = operands(case, 1, 2, 2, 2, 2, 4)
    mask = case.input(torch.tensor([[True, False], [True, True]]))
    for kind in ("softcapped", "masked", "probabilities"):
        attend(case, q, k, v, 2, 2, mask=mask, softcap=2.0, scores=kind)
    attend(case, q, k, v, 2, 2, causal="top_left", softcap=0.5, scale=3.0)


def chosen(case, seen, yes, no, dtype=torch.float32):
    """yes where a key is seen and no elsewhere, made by the test itself: masks of floats would be large files."""
    tensor = torch.where(seen[1], yes, no).to(dtype)
    name, type = f"%m{len(case.lines)}", mlir_type(tensor)
    bits = {torch.float32: torch.int32, torch.float16: torch.int16}[dtype]
    for word, value in (("yes", yes), ("no", no)):
        number = torch.tensor(value, dtype=dtype).view(bits).item() % 2 ** (8 * dtype.itemsize)
        case.lines.append(f"  {name}{word} = arith.constant dense<0x{number:0{2 * dtype.itemsize}X}> : {type}")
    case.lines.append(f"  {name} = arith.select {seen[0]}, {name}yes, {name}no : {mlir_type(seen[1])}, {type}")
    return name, tensor


def hidden_blocks():
    """300 keys are three blocks, 130 queries three tiles: masks that hide some blocks from some tiles as a whole."""
    case = Case(FAMILY, "hidden-blocks", "Blocks that a mask hides are left out; of rows that only have lowest finite values none is.", 1e-4)
    queries, keys = 130, 300
    q, k, v = operands(case, 2, 4, 2, queries, keys, 4)
    row, column = torch.arange(queries)[:, None], torch.arange(keys)[None]
    lowest = torch.finfo(torch.float32).min
    band = (column <= row + keys - queries) & (column > row + 20)
    padded = (column >= torch.tensor([130, 0])[:, None])[:, None, None]
    for seen in (column <= row, band, (column <= row) & (row >= 100), padded):
        seen = case.input(seen)
        attend(case, q, k, v, 4, 2, mask=seen)
        attend(case, q, k, v, 4, 2, mask=chosen(case, seen, 0.0, lowest))
        attend(case, q, k, v, 4, 2, mask=chosen(case, seen, 0.5, -INF))
    # Hidden from some heads; the lowest of some rows above that of others; in 16 bits, whose lowest is no number far below a score.
    blocks = torch.rand(4, 3, 3, generator=case.generator) < 0.5
    seen = case.input(blocks.repeat_interleave(100, 2).repeat_interleave(48, 1)[:, :queries])
    attend(case, q, k, v, 4, 2, mask=seen)
    attend(case, q, k, v, 4, 2, mask=chosen(case, seen, 0.0, lowest))
    attend(case, q, k, v, 4, 2, mask=chosen(case, seen, -1e31, lowest))
    half = operands(case, 1, 2, 2, queries, keys, 4, dtype=torch.float16)
    seen = case.input(column <= row)
    attend(case, *half, 2, 2, mask=chosen(case, seen, 0.0, torch.finfo(torch.float16).min, torch.float16))


def garbage():
    case = Case(FAMILY, "a5-unused-slots", "A5: what a key or value holds that no query sees has no influence, NaN included.", 1e-4)
    for junk in (math.nan, INF, -INF):
        q, k, v = operands(case, 2, 4, 2, 2, 5, 4)
        lengths = torch.tensor([3, 4])
        dirty_k, dirty_v = k[1].clone(), v[1].clone()
        for row, length in enumerate(lengths):
            dirty_k[row, :, length:] = junk
            dirty_v[row, :, length:] = junk
        clean = [q[1], k[1].clone(), v[1].clone()]
        for row, length in enumerate(lengths):
            clean[1][row, :, length:] = 0
            clean[2][row, :, length:] = 0
        k, v = case.input(dirty_k), case.input(dirty_v)
        given = case.input(lengths)
        attend(case, q, k, v, 4, 2, lengths=given, clean=clean)
        attend(case, q, k, v, 4, 2, lengths=given, causal="cached", clean=clean)
        seen = torch.arange(5).reshape(1, 1, 1, 5) < lengths.reshape(2, 1, 1, 1)
        attend(case, q, k, v, 4, 2, mask=case.input(seen), clean=clean)
        attend(case, q, k, v, 4, 2, mask=case.input(torch.where(seen, 0.0, -INF)), clean=clean)
    q, k, v = operands(case, 1, 2, 2, 2, 4, 4)
    clean = [q[1], k[1].clone(), v[1].clone()]
    dirty_k, dirty_v = k[1].clone(), v[1].clone()
    dirty_k[:, :, 2:] = dirty_v[:, :, 2:] = math.nan
    attend(case, q, case.input(dirty_k), case.input(dirty_v), 2, 2, causal="top_left", clean=clean)


def tiles():
    case = Case(FAMILY, "tiles", "Many queries: tiles of them, the last one short, walk over blocks of keys, the last one short.", 1e-4)
    for heads, kv_heads, queries, keys in ((2, 1, 13, 20), (2, 2, 70, 70), (4, 2, 97, 259)):
        q, k, v = operands(case, 1, heads, kv_heads, queries, keys, 4, 3)
        lengths = case.input(torch.tensor([keys - 1]))
        result = attend(case, q, k, v, heads, kv_heads)
        for corner in ("top_left", "bottom_right"):
            attend(case, q, k, v, heads, kv_heads, causal=corner)
        attend(case, q, k, v, heads, kv_heads, causal="cached", lengths=lengths, softcap=2.0)
        attend(case, q, k, v, heads, kv_heads, causal="bottom_right", window=7)
        attend(case, q, k, v, heads, kv_heads, window=5, scale=0.3)
        boolean = torch.rand((1, 1, queries, keys), generator=case.generator) > 0.4
        boolean[..., 5, :] = False
        attend(case, q, k, v, heads, kv_heads, mask=case.input(boolean))
        attend(case, q, k, v, heads, kv_heads, mask=case.randn(heads, queries, keys), causal="top_left")
        attend(case, q, k, v, heads, kv_heads, mask=case.randn(1, keys), lengths=lengths)
        wide = [x[1].repeat_interleave(heads // kv_heads, 1) for x in (k, v)]
        torch.testing.assert_close(result, F.scaled_dot_product_attention(q[1], *wide))
    attend(case, *packed(case, 2, 2, 2, 30, 150, 4), 2, 2, past=[case.randn(2, 2, 9, 4), case.randn(2, 2, 9, 4)], causal="cached")
    case = Case(FAMILY, "tiles-unused-slots", "A5 where queries are many: what no query sees has no influence, NaN included.", 1e-4)
    q, k, v = operands(case, 2, 2, 2, 20, 140, 4)
    lengths = torch.tensor([101, 130])
    clean = [x[1].clone() for x in (q, k, v)]
    for row, length in enumerate(lengths):
        k[1][row, :, length:] = v[1][row, :, length:] = math.nan
        clean[1][row, :, length:] = clean[2][row, :, length:] = 0
    dirty = [q, case.input(k[1]), case.input(v[1])]
    seen = torch.arange(140).reshape(1, 1, 1, 140) < lengths.reshape(2, 1, 1, 1)
    attend(case, *dirty, 2, 2, lengths=case.input(lengths), clean=clean)
    attend(case, *dirty, 2, 2, lengths=case.input(lengths), causal="cached", clean=clean)
    attend(case, *dirty, 2, 2, mask=case.input(seen), clean=clean)
    case = Case(FAMILY, "tiles-half-precision", "Tiles of f16 and bf16 sum in f32.", 2e-2, 2e-3)
    for dtype in (torch.float16, torch.bfloat16):
        attend(case, *operands(case, 1, 2, 1, 70, 70, 8, dtype=dtype), 2, 1, causal="top_left")


def heads():
    case = Case(FAMILY, "a8-grouped-heads", "A8: query head h reads key head h / (heads / kv heads).", 1e-4)
    q, k = case.randn(1, 8, 3, 4), case.randn(1, 2, 5, 4)
    v = case.input(torch.arange(2.0).reshape(1, 2, 1, 1).expand(1, 2, 5, 4))
    result = attend(case, q, k, v, 8, 2)
    assert result[0, :, 0, 0].round().tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    for kv_heads in (1, 2, 4):
        attend(case, *packed(case, 2, 4, kv_heads, 3, 5, 6), 4, kv_heads, causal="bottom_right", scores="probabilities")
    case = Case(FAMILY, "a17-head-sizes", "A17: any head size, the scale its own.", 1e-4)
    for size in (1, 8, 40, 80, 160, 256):
        attend(case, *operands(case, 1, 2, 2, 3, 5, size), 2, 2)
    case = Case(FAMILY, "a18-half-overflow", "A18: products beyond f16 are summed and scaled in f32.", 2e-3, 1e-3)
    q = case.input(torch.full((1, 1, 2, 64), 40.0, dtype=torch.float16))
    k, v = case.input(torch.full((1, 1, 3, 64), 40.0, dtype=torch.float16)), case.randn(1, 1, 3, 8, dtype=torch.float16)
    result = attend(case, q, k, v, 1, 1, scores="raw")
    assert case.results[-1].eq(12800).all() and result.isfinite().all()
    case = Case(FAMILY, "h1-no-element", "H1: no queries give an empty result, no keys give zeros.")
    attend(case, *operands(case, 2, 2, 1, 0, 3, 4), 2, 1, causal="bottom_right")
    attend(case, *operands(case, 2, 2, 1, 3, 0, 4), 2, 1, causal="bottom_right", scores="probabilities")
    attend(case, *packed(case, 2, 2, 2, 3, 0, 4), 2, 2, past=[case.randn(2, 2, 0, 4), case.randn(2, 2, 0, 4)])
    attend(case, *operands(case, 0, 2, 1, 3, 3, 4), 2, 1)


def rotate(x, cos, sin, heads, rotary, interleaved, ids):
    own = split(x, heads or 0).double()
    if ids is not None:
        cos, sin = (table[ids.clamp(0, table.shape[0] - 1)] for table in (cos, sin))
    cos, sin = cos.double()[:, None], sin.double()[:, None]
    turned = own[..., :rotary]
    first, second = (turned[..., ::2], turned[..., 1::2]) if interleaved else turned.split(rotary // 2, -1)
    pair = [first * cos - second * sin, second * cos + first * sin]
    turned = torch.stack(pair, -1).flatten(-2) if interleaved else torch.cat(pair, -1)
    out = torch.cat([turned, own[..., rotary:]], -1)
    return (out if x.dim() == 4 else out.transpose(1, 2).reshape(x.shape)).to(x.dtype)


def rope():
    for interleaved in (False, True):
        flavour = "interleaved" if interleaved else "half"
        case = Case(FAMILY, f"a9-rope-{flavour}", "A9: both flavours of pairs; channels past rotary_dim pass unchanged.")
        for rotary in (8, 4):
            cos, sin = case.randn(6, rotary // 2), case.randn(6, rotary // 2)
            ids = case.input(torch.tensor([[0, 1, 2, 5], [3, 9, -4, 1]]))
            for shape, heads in (((2, 3, 4, 8), None), ((2, 4, 24), 3)):
                turn(case, case.randn(*shape), cos, sin, heads, rotary, interleaved, ids)
                angles = [case.randn(2, 4, rotary // 2) for _ in range(2)]
                turn(case, case.randn(*shape), *angles, heads, rotary, interleaved, None)
    case = Case(FAMILY, "rope-in-tiles", "Both flavours where the work is cut into tiles.")
    for interleaved in (False, True):
        angles = [case.randn(1, 48, 16) for _ in range(2)]
        turn(case, case.randn(1, 48, 8 * 32), *angles, 8, 32, interleaved, None)
    case = Case(FAMILY, "rope-half-precision", "Rotation of f16 and bf16 rounds once.", 0, 0)
    for dtype in (torch.float16, torch.bfloat16):
        x, cos, sin = case.randn(1, 2, 3, 8, dtype=dtype), case.randn(1, 3, 4, dtype=dtype), case.randn(1, 3, 4, dtype=dtype)
        turn(case, x, cos, sin, None, 8, False, None)


def turn(case, x, cos, sin, heads, rotary, interleaved, ids):
    attributes = [f"rotary_dim = {rotary}"] + ([f"num_heads = {heads}"] if heads else []) + (["interleaved"] if interleaved else [])
    text = "tenon.rope {0}, {1}, {2}" + (" positions {3}" if ids else "")
    case.op(text + " {{" + ", ".join(attributes) + "}} : {operands} -> {results}", [x, cos, sin] + ([ids] if ids else []),
            rotate(x[1], cos[1], sin[1], heads, rotary, interleaved, ids and ids[1]))


def one_query():
    for name, dtype, tolerance in (("one-query", torch.float32, 1e-4), ("one-query-half", torch.float16, 2e-3)):
        case = Case(FAMILY, name, "One query: blocks of keys, the last one short or not, all that may hide keys; enough of them to be split.",
                    tolerance, 1e-5 if dtype == torch.float32 else 2e-3)
        for keys in (1, 63, 64, 150, 1030):
            q, k, v = operands(case, 2, 4, 2, 1, keys, 4, 6, dtype=dtype) if keys < 1000 else operands(case, 1, 4, 1, 1, keys, 4, 6, dtype=dtype)
            heads, batch = k[1].shape[1], k[1].shape[0]
            attend(case, q, k, v, 4, heads)
            few = case.input(torch.tensor([1, keys][:batch]))
            most = case.input(torch.tensor([keys - keys // 3, 0][:batch]))
            attend(case, q, k, v, 4, heads, lengths=few)
            attend(case, q, k, v, 4, heads, lengths=most, softcap=2.0)
            attend(case, q, k, v, 4, heads, lengths=most, causal="cached", window=max(1, keys // 2))
            attend(case, q, k, v, 4, heads, causal="bottom_right", window=3, scale=-0.5)
            attend(case, q, k, v, 4, heads, causal="top_left")
            seen = case.input(torch.rand(batch, 4, 1, keys, generator=case.generator) < 0.6)
            attend(case, q, k, v, 4, heads, mask=seen)
            added = case.input(torch.where(seen[1][:1, :1], torch.randn(1, 1, 1, keys, generator=case.generator), -INF).to(dtype))
            attend(case, q, k, v, 4, heads, mask=added, lengths=most)
    case = Case(FAMILY, "one-query-packed", "One query of three dimensions, with and without a past; rank-f64 keeps its digits.", 1e-4)
    attend(case, *packed(case, 2, 6, 3, 1, 70, 5), 6, 3, causal="bottom_right")
    attend(case, *packed(case, 2, 4, 2, 1, 1, 4), 4, 2, causal="cached", past=[case.randn(2, 2, 80, 4), case.randn(2, 2, 80, 4)])
    attend(case, *operands(case, 1, 2, 1, 1, 530, 3, dtype=torch.float64), 2, 1)


def few_queries():
    """2 to 11: each sees keys of its own, which the first or the last of them bounds; masks of any shape."""
    for name, dtype, tolerance in (("few-queries", torch.float32, 1e-4), ("few-queries-half", torch.bfloat16, 2e-2)):
        case = Case(FAMILY, name, "A few queries: blocks of keys, the last one short or not, all that may hide keys; enough of them to be split.",
                    tolerance, 1e-5 if dtype == torch.float32 else 2e-2)
        for queries, keys in ((2, 64), (5, 150), (11, 70), (3, 1030)):
            batch, heads = (1, 1) if keys > 1000 else (2, 2)
            q, k, v = operands(case, batch, 4, heads, queries, keys, 4, 6, dtype=dtype)
            attend(case, q, k, v, 4, heads)
            few = case.input(torch.tensor([queries, 1][:batch]))
            most = case.input(torch.tensor([keys - keys // 3, 0][:batch]))
            attend(case, q, k, v, 4, heads, lengths=few, causal="cached")
            attend(case, q, k, v, 4, heads, lengths=most, causal="cached", softcap=2.0)
            attend(case, q, k, v, 4, heads, lengths=most, causal="cached", window=max(1, keys // 2))
            attend(case, q, k, v, 4, heads, lengths=most, causal="top_left", window=2)
            attend(case, q, k, v, 4, heads, causal="bottom_right", window=3, scale=-0.5)
            for shape in ((batch, 4, queries, keys), (queries, keys), (batch, 4, 1, keys), (1, 1, queries, 1), (queries, keys - 9)):
                seen = torch.rand(shape, generator=case.generator) < 0.6
                attend(case, q, k, v, 4, heads, mask=case.input(seen), lengths=most)
                added = torch.where(seen, torch.randn(shape, generator=case.generator), -INF).to(dtype)
                attend(case, q, k, v, 4, heads, mask=case.input(added), causal="bottom_right")
    case = Case(FAMILY, "few-queries-packed", "A few queries of three dimensions, with and without a past; f64 keeps its digits.", 1e-4)
    attend(case, *packed(case, 2, 6, 3, 4, 70, 5), 6, 3, causal="bottom_right")
    attend(case, *packed(case, 2, 6, 3, 4, 70, 5), 6, 3, mask=case.input(torch.rand(2, 6, 4, 70, generator=case.generator) < 0.6))
    attend(case, *packed(case, 1, 4, 1, 3, 700, 4), 4, 1)
    attend(case, *packed(case, 2, 4, 2, 3, 3, 4), 4, 2, causal="cached", past=[case.randn(2, 2, 80, 4), case.randn(2, 2, 80, 4)])
    attend(case, *operands(case, 1, 2, 1, 5, 530, 3, dtype=torch.float64), 2, 1)


def cache_updates():
    case = Case(FAMILY, "a16-cache-update", "A16: row i of an entry goes to its position + i; what has no place is left out.", 0, 0)
    for capacity, length, dtype in ((7, 3, torch.float32), (4, 1, torch.float16), (2, 4, torch.bfloat16)):
        cache, rows = case.randn(3, 2, capacity, 5, dtype=dtype), case.randn(3, length, 10, dtype=dtype)
        for positions in ((0, 1, 2), (capacity - 1, capacity, 0), (-1, -length, capacity - length)):
            expected = cache[1].clone()
            for entry, start in enumerate(positions):
                for i in range(length):
                    if 0 <= start + i < capacity:
                        expected[entry, :, start + i] = rows[1][entry, i].reshape(2, 5)
            case.op("tenon.cache_update {0}, {1} at {2} : {operands} -> {results}",
                    [cache, rows, case.input(torch.tensor(positions))], expected)
    split = case.randn(3, 2, 2, 5)
    cache = case.randn(3, 2, 7, 5)
    expected = cache[1].clone()
    expected[:, :, 4:6] = split[1]
    case.op("tenon.cache_update {0}, {1} at {2} : {operands} -> {results}",
            [cache, split, case.input(torch.tensor([4, 4, 4], dtype=torch.int32))], expected)


def in_bytes(rows, groups):
    """The integers, the scales of each row's groups of channels, and what both stand for."""
    split = rows.unflatten(-1, (groups, -1))
    scale = split.abs().amax(-1) / 127
    kept = (split / scale[..., None]).round().to(torch.int8)
    return kept.flatten(-2), scale, (kept.float() * scale[..., None]).flatten(-2)


def narrow():
    """Keys and values as a cache keeps them: one query, a few, and tiles of them; behind the valid lengths stand NaN."""
    case = Case(FAMILY, "narrow-caches", "Caches of other floats, and of i8 with scales of a row's groups, are read as they are kept.", 1e-4, 1e-5)
    for queries, keys, heads, kv_heads, groups in ((1, 9, 4, 2, (1, 1)), (1, 600, 8, 2, (1, 4)), (3, 20, 4, 4, (2, 1)), (20, 150, 4, 2, (8, 2)), (20, 30, 2, 2, (1, 1))):
        for stored in (torch.float16, torch.bfloat16, torch.float64, torch.int8):
            q = case.randn(2, heads, queries, 16)
            lengths = torch.tensor([queries, keys - 2])
            rows, scales, clean = [], [], [q[1]]
            for count in groups:
                x = torch.randn(2, kv_heads, keys, 16, generator=case.generator)
                kept, scale, value = in_bytes(x, count) if stored == torch.int8 else (x.to(stored), None, x.to(stored).float())
                for b, length in enumerate(lengths.tolist()):
                    value[b, :, length:] = 0
                    if stored == torch.int8:
                        scale[b, :, length:] = math.nan
                    else:
                        kept[b, :, length:] = math.nan
                rows.append(case.input(kept))
                scales.append(scale)
                clean.append(value)
            operands, text = [q, *rows, case.input(lengths)], "tenon.attention {0}, {1}, {2} valid_lengths {3}"
            if stored == torch.int8:
                operands += [case.input(scale) for scale in scales]
                text += " scales {4}, {5}"
            result, _ = formula(*clean, heads, kv_heads, lengths=lengths, causal="cached")
            case.op(text + " {{num_heads = %d, num_kv_heads = %d, causal = #tenon<causal cached>}} : {operands} -> {results}" % (heads, kv_heads),
                    operands, result)


def make():
    for part in (narrow, plain, causal, masks, garbage, tiles, heads, rope, one_query, few_queries, cache_updates):
        part()
