"""Multi-head latent attention, by its formula in f64 with keys and values made first; both forms of each case."""
import math

import torch

from grid.case import Case
from nn.attention import formula, in_bytes

FAMILY = "Attention"
FORMS = ("", "absorbed", "expanded")


def expected(q, qr, c, kr, w, lengths=None, **rest):
    batch, heads, _, key_size = q.shape
    rows = (c.double() @ w.double().T).reshape(batch, c.shape[1], heads, -1).transpose(1, 2)
    turned = kr.double()[:, None].expand(-1, heads, -1, -1)
    query = torch.cat([q, qr], -1).double()
    result, _ = formula(query, torch.cat([rows[..., :key_size], turned], -1), rows[..., key_size:], heads, heads,
                        lengths=lengths, **rest)
    return result.to(q.dtype)


def latent(case, batch, heads, queries, keys, sizes, mask=None, lengths=None, garbage=None, dtype=torch.float32, kept=None, **rest):
    """`sizes` are dn, dr, dv and r. Slots past each row's length hold `garbage`. Rows `kept` as i8 have a scale for as many channels as divide
    r and dr."""
    dn, dr, dv, rank = sizes
    operands = [case.randn(batch, heads, queries, dn, dtype=dtype), case.randn(batch, heads, queries, dr, dtype=dtype)]
    rows = [torch.randn(batch, keys, size, generator=case.generator) for size in (rank, dr)]
    scales = []
    if kept == torch.int8:
        rows[1] *= 9
        width = math.gcd(rank, dr)
        rows, scales, clean = map(list, zip(*(in_bytes(row, row.shape[-1] // width) for row in rows)))
    else:
        rows = [row.to(kept or dtype) for row in rows]
        clean = [row.clone() for row in rows]
    weight = torch.randn(heads * (dn + dv), rank, generator=case.generator).to(dtype) / math.sqrt(rank)
    if garbage is not None:
        for b, length in enumerate(lengths.tolist()):
            for dirty, row in zip(scales or rows, clean):
                dirty[b, length:], row[b, length:] = garbage, 0
    given = [x for _, x in operands] + clean + [weight]
    operands += [case.input(row) for row in rows] + [case.input(weight)]
    text = "tenon.mla {0}, {1}, {2}, {3}, {4}"
    for word, value in (("mask", mask), ("valid_lengths", lengths)):
        if value is not None:
            text += f" {word} {{{len(operands)}}}"
            operands.append(case.input(value))
    if scales:
        text += f" scales {{{len(operands)}}}, {{{len(operands) + 1}}}"
        operands += [case.input(scale) for scale in scales]
    attributes = [f"{k} = #tenon<causal {v}>" if k == "causal" else f"{k} = {v!r} : f64" for k, v in rest.items()]
    result = expected(*given, lengths=lengths, mask=mask, **{"scale": 1 / math.sqrt(dn + dr), **rest})
    for form in FORMS:
        named = attributes + ([f"form = #tenon<mla_form {form}>"] if form else [])
        case.op(text + " {{" + ", ".join(named) + "}} : {operands} -> {results}", operands, result)


def make():
    case = Case(FAMILY, "mla", "B3: latent attention, absorbed, expanded and as chosen: one query, few, many; causal or not.", 1e-5, 1e-5)
    small, wide = (6, 4, 5, 10), (24, 8, 16, 64)
    latent(case, 2, 3, 1, 7, small)
    latent(case, 2, 4, 3, 9, small, causal="bottom_right")
    latent(case, 1, 2, 5, 5, small, causal="top_left")
    latent(case, 1, 4, 1, 300, wide, causal="bottom_right")
    latent(case, 1, 2, 40, 150, wide, causal="bottom_right", scale=0.3)
    latent(case, 2, 2, 5, 20, wide, mask=torch.rand(2, 1, 5, 20, generator=case.generator) > 0.3)
    latent(case, 1, 3, 2, 9, small, mask=torch.randn(2, 9, generator=case.generator))
    case = Case(FAMILY, "mla-cached", "A5, A16: each row sees its own length; what lies behind it, NaN included, changes nothing.", 1e-5, 1e-5)
    for queries, lengths in ((1, [3, 9]), (1, [1, 12]), (4, [4, 11]), (16, [16, 21])):
        for garbage in (math.nan, math.inf):
            latent(case, 2, 4, queries, 24, small, lengths=torch.tensor(lengths), garbage=garbage, causal="cached")
    latent(case, 1, 2, 2, 8, small, lengths=torch.tensor([5], dtype=torch.int32), garbage=math.nan)
    case = Case(FAMILY, "mla-branches", "The form that a run chooses by its longest row: none behind the queries, one, many.", 1e-5, 1e-5)
    for lengths in ([48, 48], [49, 48], [60, 200]):
        latent(case, 2, 2, 48, 200, wide, lengths=torch.tensor(lengths), garbage=math.nan, causal="cached")
    latent(case, 1, 2, 48, 200, wide, lengths=torch.tensor([48], dtype=torch.int32), causal="cached")
    for kept in (torch.float16, torch.bfloat16):
        latent(case, 2, 4, 1, 24, small, lengths=torch.tensor([3, 9]), garbage=math.nan, causal="cached", kept=kept)
        latent(case, 1, 2, 48, 200, wide, lengths=torch.tensor([48]), garbage=math.nan, causal="cached", kept=kept)
    case = Case(FAMILY, "mla-bytes", "Latents of 8 bits, with scales of their own beside those of turned keys, which are larger here: all forms, ragged rows.", 1e-4, 1e-5)
    for queries, lengths in ((1, [3, 9]), (4, [4, 11]), (16, [16, 21])):
        latent(case, 2, 4, queries, 24, (6, 4, 5, 12), lengths=torch.tensor(lengths), garbage=math.nan, causal="cached", kept=torch.int8)
    latent(case, 1, 2, 1, 600, wide, lengths=torch.tensor([597]), garbage=math.nan, causal="cached", kept=torch.int8)
    for lengths in ([48, 48], [49, 48], [60, 200]):
        latent(case, 2, 2, 48, 200, wide, lengths=torch.tensor(lengths), garbage=math.nan, causal="cached", kept=torch.int8)
    latent(case, 1, 2, 3, 20, (6, 4, 5, 10), causal="bottom_right", kept=torch.int8)
    case = Case(FAMILY, "mla-half-precision", "Sums in f32; the absorbed query and the mean of latents are rounded to the type between.", 2e-2, 2e-2)
    for dtype in (torch.float16, torch.bfloat16):
        latent(case, 1, 4, 1, 40, wide, dtype=dtype)
        latent(case, 2, 4, 20, 40, wide, dtype=dtype, causal="bottom_right")
