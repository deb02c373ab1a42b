"""Attention of 16-bit numbers in sizes that a GPU's tensor cores do, by its formula in f64."""
import math

import torch

from grid.case import Case
from nn.attention import FAMILY, INF, attend, operands, packed
from nn.latent import latent

HALVES = (torch.float16, torch.bfloat16)


def plain():
    case = Case(FAMILY, "tensor-cores", "Sizes that a GPU's tensor cores do, which round the weights of values to 16 bits.", 2e-2, 1e-2)
    for dtype in HALVES:
        attend(case, *operands(case, 1, 4, 2, 70, 70, 32, 16, dtype=dtype), 4, 2, causal="top_left")
        q, k, v = operands(case, 2, 2, 1, 33, 150, 16, 48, dtype=dtype)
        lengths = case.input(torch.tensor([101, 12]))
        attend(case, q, k, v, 2, 1)
        attend(case, q, k, v, 2, 1, causal="bottom_right", scale=0.5)
        attend(case, q, k, v, 2, 1, causal="bottom_right", window=20)
        attend(case, q, k, v, 2, 1, window=9)
        attend(case, q, k, v, 2, 1, lengths=lengths)
        attend(case, q, k, v, 2, 1, causal="cached", lengths=lengths)
        attend(case, q, k, v, 2, 1, causal="cached", lengths=lengths, window=30)
    attend(case, *packed(case, 2, 2, 2, 80, 80, 16, dtype=torch.float16), 2, 2, causal="top_left")
    case = Case(FAMILY, "tensor-cores-unused-slots", "A5 there: what no query sees has no influence, NaN included.", 2e-2, 1e-2)
    q, k, v = operands(case, 2, 2, 2, 20, 140, 16, dtype=torch.bfloat16)
    lengths = torch.tensor([101, 130])
    clean = [x[1].clone() for x in (q, k, v)]
    for row, length in enumerate(lengths):
        k[1][row, :, length:] = v[1][row, :, length:] = math.nan
        clean[1][row, :, length:] = clean[2][row, :, length:] = 0
    dirty = [q, case.input(k[1]), case.input(v[1])]
    attend(case, *dirty, 2, 2, lengths=case.input(lengths), clean=clean)
    attend(case, *dirty, 2, 2, lengths=case.input(lengths), causal="cached", clean=clean)


def masks():
    """Own rows of warps: masks of every rank, type and broadcast axis, blocks that are hidden as a whole, softcap."""
    case = Case(FAMILY, "tensor-cores-masks", "Masks and softcap there: broadcast axes, short masks, hidden blocks and rows, what no query sees.", 2e-2, 1e-2)
    for dtype in HALVES:
        batch, heads, queries, keys = 2, 4, 70, 140
        q, k, v = operands(case, batch, heads, 2, queries, keys, 32, 16, dtype=dtype)
        attend(case, q, k, v, heads, 2, softcap=1.5)
        attend(case, q, k, v, heads, 2, softcap=0.5, causal="bottom_right", window=50)
        attend(case, q, k, v, heads, 2, scale=-0.3, causal="top_left")
        row, column = torch.arange(queries)[:, None], torch.arange(keys)[None]
        padded = (column < torch.tensor([130, 61])[:, None])[:, None, None]
        band = (column <= row + keys - queries) & (column > row + 20)
        for seen in (padded, band, torch.rand(heads, queries, keys, generator=case.generator) > 0.4,
                     torch.rand(batch, 1, queries, keys - 5, generator=case.generator) > 0.4):
            attend(case, q, k, v, heads, 2, mask=case.input(seen))
        hidden = torch.where(band, 0.0, -INF)
        hidden[5] = -INF
        attend(case, q, k, v, heads, 2, mask=case.input(hidden.to(dtype)))
        lowest = torch.where(band, 0.0, torch.finfo(torch.float32).min)
        lowest[5] = torch.finfo(torch.float32).min
        attend(case, q, k, v, heads, 2, mask=case.input(lowest))
        attend(case, q, k, v, heads, 2, mask=case.randn(1, keys, dtype=dtype), softcap=2.0, causal="bottom_right")
        attend(case, q, k, v, heads, 2, mask=case.randn(batch, heads, queries, 1))
        lengths = case.input(torch.tensor([101, 12]))
        attend(case, q, k, v, heads, 2, mask=case.input(band), lengths=lengths)
    q, k, v = packed(case, 2, 2, 1, 20, 80, 16, dtype=torch.float16)
    clean = [x[1].clone() for x in (q, k, v)]
    lengths = torch.tensor([30, 75])
    for entry, length in enumerate(lengths):
        k[1][entry, length:] = v[1][entry, length:] = math.nan
        clean[1][entry, length:] = clean[2][entry, length:] = 0
    dirty = [q, case.input(k[1]), case.input(v[1])]
    seen = torch.arange(80).reshape(1, 1, 1, 80) < lengths.reshape(2, 1, 1, 1)
    attend(case, *dirty, 2, 1, mask=case.input(seen), clean=clean)
    attend(case, *dirty, 2, 1, mask=case.input(torch.where(seen, 0.0, -INF)), clean=clean)
    # Keys behind the last query, which the last tile has room for.
    q, k, v = operands(case, 1, 1, 1, 20, 40, 16, dtype=torch.float16)
    clean = [x[1].clone() for x in (q, k, v)]
    k[1][:, :, 20:] = v[1][:, :, 20:] = math.nan
    clean[1][:, :, 20:] = clean[2][:, :, 20:] = 0
    attend(case, q, case.input(k[1]), case.input(v[1]), 1, 1, causal="top_left", clean=clean)


def few():
    """Rows of all heads of a group, for all warps: one query and up to fifteen, large heads, keys in parts."""
    case = Case(FAMILY, "tensor-cores-few", "Few queries there: the heads of a group are rows of one tile, which all warps share.", 2e-2, 1e-2)
    for dtype in HALVES:
        for queries, keys, heads, kv_heads, size, value_size in ((1, 70, 4, 2, 32, 16), (5, 130, 6, 1, 16, 80)):
            batch = 2
            q, k, v = operands(case, batch, heads, kv_heads, queries, keys, size, value_size, dtype=dtype)
            attend(case, q, k, v, heads, kv_heads)
            most = case.input(torch.tensor([keys - keys // 3, 0]))
            every = case.input(torch.tensor([keys, queries]))
            attend(case, q, k, v, heads, kv_heads, lengths=every, causal="cached")
            attend(case, q, k, v, heads, kv_heads, lengths=most, softcap=2.0)
            attend(case, q, k, v, heads, kv_heads, lengths=every, causal="cached", window=max(1, keys // 2))
            attend(case, q, k, v, heads, kv_heads, causal="bottom_right", window=3, scale=-0.5)
            attend(case, q, k, v, heads, kv_heads, causal="top_left")
            for shape in ((batch, heads, queries, keys), (1, 1, queries, 1), (queries, keys - 9)):
                seen = torch.rand(shape, generator=case.generator) < 0.6
                attend(case, q, k, v, heads, kv_heads, mask=case.input(seen), lengths=most)
                added = torch.where(seen, torch.randn(shape, generator=case.generator), -INF).to(dtype)
                attend(case, q, k, v, heads, kv_heads, mask=case.input(added), causal="bottom_right")
        attend(case, *packed(case, 2, 6, 3, 4, 70, 16, dtype=dtype), 6, 3, causal="bottom_right")
        attend(case, *operands(case, 1, 5, 1, 15, 40, 48, 16, dtype=dtype), 5, 1, causal="bottom_right")
    case = Case(FAMILY, "tensor-cores-large-heads", "Heads of more numbers than a warp has registers for.", 2e-2, 1e-2)
    for dtype in HALVES:
        attend(case, *operands(case, 1, 2, 1, 40, 70, 256, dtype=dtype), 2, 1, causal="bottom_right")
        attend(case, *operands(case, 1, 2, 2, 3, 40, 160, 144, dtype=dtype), 2, 2)
    case = Case(FAMILY, "tensor-cores-unused-slots-few", "A5 there: what no query sees has no influence, NaN included.", 2e-2, 1e-2)
    q, k, v = operands(case, 2, 4, 2, 2, 140, 16, dtype=torch.bfloat16)
    lengths = torch.tensor([61, 130])
    clean = [x[1].clone() for x in (q, k, v)]
    for entry, length in enumerate(lengths):
        k[1][entry, :, length:] = v[1][entry, :, length:] = math.nan
        clean[1][entry, :, length:] = clean[2][entry, :, length:] = 0
    dirty = [q, case.input(k[1]), case.input(v[1])]
    attend(case, *dirty, 4, 2, lengths=case.input(lengths), causal="cached", clean=clean)
    seen = torch.arange(140).reshape(1, 1, 1, 140) < lengths.reshape(2, 1, 1, 1)
    attend(case, *dirty, 4, 2, mask=case.input(seen), clean=clean)
    attend(case, *dirty, 4, 2, mask=case.input(torch.where(seen, 0.0, -INF)), clean=clean)


def parts():
    """Keys enough for several blocks each: parts with and without keys that are seen, and their join."""
    case = Case(FAMILY, "tensor-cores-parts", "Few heads and many keys there: keys in parts, whose sums are joined.", 2e-2, 1e-2)
    for dtype in HALVES:
        q, k, v = operands(case, 1, 4, 1, 1, 1100, 16, dtype=dtype)
        attend(case, q, k, v, 4, 1)
        for length in (0, 3, 70, 700, 1100):
            attend(case, q, k, v, 4, 1, lengths=case.input(torch.tensor([length])), softcap=3.0)
        attend(case, q, k, v, 4, 1, causal="bottom_right", window=100)
        mask = torch.where(torch.rand(1100, generator=case.generator) < 0.6, torch.randn(1100, generator=case.generator), -INF)
        mask[300:900] = torch.finfo(torch.float32).min
        attend(case, q, k, v, 4, 1, mask=case.input(mask))
        attend(case, *packed(case, 1, 2, 1, 3, 530, 16, dtype=dtype), 2, 1, causal="bottom_right")


def latents():
    """Of all heads' rows each latent row is read once; it is key and, in its first numbers, value."""
    case = Case(FAMILY, "tensor-cores-latents", "Latents there, of r + dr = 576 numbers as DeepSeek has them, and of fewer.", 2e-2, 2e-2)
    for dtype in HALVES:
        small = (16, 16, 16, 64)
        latent(case, 2, 6, 1, 40, small, dtype=dtype, lengths=torch.tensor([3, 40]), causal="cached", garbage=math.nan)
        latent(case, 1, 4, 20, 40, small, dtype=dtype, causal="bottom_right")
        latent(case, 1, 3, 2, 24, small, dtype=dtype, mask=torch.rand(2, 24, generator=case.generator) > 0.4)
        latent(case, 1, 4, 1, 600, small, dtype=dtype, lengths=torch.tensor([550]), causal="cached", garbage=math.nan)
        latent(case, 1, 3, 1, 40, (16, 64, 8, 512), dtype=dtype)


def make():
    for part in (plain, masks, few, parts, latents):
        part()
