"""Rules that hold between several ops: rotary weights of either flavour, permuted adapters, decoding step by step."""
import math

import torch
import torch.nn.functional as F
from transformers.models.gptj.modeling_gptj import apply_rotary_pos_emb as gptj_rotary
from transformers.models.llama.modeling_llama import apply_rotary_pos_emb as llama_rotary

from grid.case import Case
from nn.attention import attend, turn

BATCH, TOKENS, HEADS, KV_HEADS, SIZE = 2, 5, 4, 2, 8


def angles(tokens, size):
    """The angle of each pair at each position: [tokens, size / 2]."""
    return torch.arange(tokens)[:, None] * 100.0 ** (-torch.arange(0, size, 2) / size)


def evens_then_odds(heads, size, rotary):
    """Where each row of a half-split projection stands in the interleaved one: within each head, never across."""
    head = torch.cat([torch.arange(0, rotary, 2), torch.arange(1, rotary, 2), torch.arange(rotary, size)])
    return torch.cat([head + size * number for number in range(heads)])


def rotary_oracles(x, heads, rotary):
    """[B, L, heads d] turned by GPT-J (interleaved) and by LLaMA (half-split), each its own code."""
    size = x.shape[2] // heads
    turned, rest = x.reshape(*x.shape[:2], heads, size).double().split([rotary, size - rotary], -1)
    angle = angles(x.shape[1], rotary).double().expand(x.shape[0], -1, -1)
    interleaved = gptj_rotary(turned, angle.sin(), angle.cos())
    twice = torch.cat([angle, angle], -1)
    half, _ = llama_rotary(turned, turned, twice.cos(), twice.sin(), unsqueeze_dim=2)
    return [torch.cat([value, rest], -1).reshape(x.shape).to(x.dtype) for value in (interleaved, half)]


def rotary_weights():
    case = Case("Attention", "a10-rope-weights",
                "A10: a half-split rotation of rows permuted head by head is the interleaved rotation, permuted.", 1e-4, 1e-5)
    for rotary in (8, 4):
        x = case.randn(BATCH, TOKENS, 16)
        cos, sin = (case.input(f(angles(TOKENS, rotary)).expand(BATCH, -1, -1)) for f in (torch.cos, torch.sin))
        turned = {"interleaved": [], "half": []}
        for heads in (HEADS, KV_HEADS):
            order = evens_then_odds(heads, SIZE, rotary)
            weight = torch.randn(heads * SIZE, 16, generator=case.generator)
            projected = F.linear(x[1].double(), weight.double())
            wanted = rotary_oracles(projected.float(), heads, rotary)[0], rotary_oracles(projected[..., order].float(), heads, rotary)[1]
            torch.testing.assert_close(wanted[1], wanted[0][..., order])
            for flavour, rows, expected in (("interleaved", weight, wanted[0]), ("half", weight[order], wanted[1])):
                y, = case.op("tenon.linear {0}, {1} : {operands} -> {results}", [x, case.input(rows)],
                             F.linear(x[1].double(), rows.double()).float())
                turn(case, y, cos, sin, heads, rotary, flavour == "interleaved", None)
                torch.testing.assert_close(case.results[-1], expected, rtol=1e-4, atol=1e-5)
                turned[flavour].append((f"%y{len(case.results) - 1}", expected))
        v = case.randn(BATCH, TOKENS, KV_HEADS * SIZE)
        results = [attend(case, q, k, v, HEADS, KV_HEADS, causal="top_left") for q, k in turned.values()]
        torch.testing.assert_close(*results, rtol=1e-4, atol=1e-5)
    # The mistake that is known best: the key's rows permuted by the query's number of heads.
    wrong = rotary_oracles(projected[..., evens_then_odds(HEADS, SIZE // 2, 4)].float(), KV_HEADS, 4)[1]
    assert not torch.allclose(attend_plain(turned["half"][0][1], wrong, v[1]), results[0], atol=1e-2)
    case = Case("Attention", "a10-rope-weights-half-precision", "A10: in f16 and bf16 the two flavours agree bit for bit.", 0, 0)
    for dtype in (torch.float16, torch.bfloat16):
        x = torch.randn(BATCH, KV_HEADS, TOKENS, SIZE, generator=case.generator).to(dtype)
        order = evens_then_odds(1, SIZE, SIZE)
        cos, sin = (case.input(f(angles(TOKENS, SIZE)).expand(BATCH, -1, -1).to(dtype)) for f in (torch.cos, torch.sin))
        for value, interleaved in ((x, True), (x[..., order], False)):
            turn(case, case.input(value), cos, sin, None, SIZE, interleaved, None)
        assert case.results[-1].equal(case.results[-2][..., order])


def attend_plain(q, k, v):
    """Causal attention of packed heads, by torch."""
    q, k, v = (x.reshape(BATCH, TOKENS, -1, SIZE).transpose(1, 2) for x in (q, k, v))
    return F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True).transpose(1, 2).reshape(BATCH, TOKENS, -1)


def permuted_adapters():
    case = Case("Linear", "a11-permuted-factors",
                "A11: rows of W permuted go with rows of B, columns of W with columns of A; square, so that no shape tells.", 1e-4, 1e-5)
    x, weight, bias = (torch.randn(*shape, generator=case.generator) for shape in ((2, 3, 16), (16, 16), (16,)))
    a, b = torch.randn(4, 16, generator=case.generator), torch.randn(16, 4, generator=case.generator)
    rows = evens_then_odds(2, 8, 8)
    columns = torch.randperm(16, generator=case.generator)

    def adapted(x, weight, a, b, bias, expected):
        operands = [case.input(t) for t in (x, weight, a, b, torch.tensor(0.5), bias)]
        case.op("tenon.lora {0}, {1}, {2}, {3}, {4}, {5} : {operands} -> {results}", operands, expected.float())

    plain = F.linear(x.double(), weight.double() + 0.5 * b.double() @ a.double(), bias.double())
    adapted(x, weight, a, b, bias, plain)
    adapted(x, weight[rows], a, b[rows], bias[rows], plain[..., rows])
    adapted(x[..., columns], weight[:, columns], a[:, columns], b, bias, plain)
    adapted(x[..., columns], weight[rows][:, columns], a[:, columns], b[rows], bias[rows], plain[..., rows])
    for wrong in (F.linear(x, weight[rows] + 0.5 * b @ a, bias[rows]), F.linear(x, weight[rows] + 0.5 * b @ a[:, rows], bias[rows])):
        assert not torch.allclose(wrong, plain[..., rows].float(), atol=1e-2)


def part(case, x, axis, start, size):
    starts, sizes = [0] * x[1].dim(), list(x[1].shape)
    starts[axis], sizes[axis] = start, size
    value = x[1].narrow(axis, start, size)
    return case.op(f"tenon.slice {{0}} starts {starts} sizes {sizes} steps {[1] * x[1].dim()} : {{t0}} -> {{results}}", [x], value)[0]


def join(case, parts, axis):
    return case.op("tenon.concat " + ", ".join("{%d}" % i for i in range(len(parts))) + f" axis {axis} : {{operands}} -> {{results}}",
                   parts, torch.cat([value for _, value in parts], axis))[0]


def whole_sequence(q, k, v):
    """What every way of decoding must give, by torch."""
    q, k, v = (x.double() for x in (q, k, v))
    return F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)


def steps():
    """The results of attention in `expected` are torch's for the whole sequence, cut at the step."""
    for dtype, tolerance in ((torch.float32, 1e-4), (torch.float16, 4e-3), (torch.bfloat16, 3e-2)):
        name = "a16-decode-steps" + ("" if dtype == torch.float32 else "-" + str(dtype).removeprefix("torch."))
        case = Case("Attention", name, "A16: k tokens at once and the rest in steps over the growing past are the whole at once.",
                    tolerance, tolerance / 10)
        q = case.randn(BATCH, HEADS, TOKENS, SIZE, dtype=dtype)
        k, v = case.randn(BATCH, KV_HEADS, TOKENS, SIZE, dtype=dtype), case.randn(BATCH, KV_HEADS, TOKENS, SIZE, dtype=dtype)
        whole = whole_sequence(q[1], k[1], v[1]).to(dtype)
        for step in (1, 2):
            for prompt in range(TOKENS, -1, -step):
                past, outputs, place = None, [], 0
                while place < TOKENS:
                    size = prompt if place == 0 and prompt else min(step, TOKENS - place)
                    now = [part(case, x, 2, place, size) for x in (q, k, v)]
                    text = "tenon.attention {0}, {1}, {2}" + (" past {3}, {4}" if past else "")
                    causal = "cached" if past else "top_left"
                    text += f" {{{{num_heads = {HEADS}, num_kv_heads = {KV_HEADS}, causal = #tenon<causal {causal}>}}}}"
                    outputs += case.op(text + " : {operands} -> {results}", now + (past or []), whole[:, :, place:place + size])
                    past = [join(case, [old, new], 2) for old, new in zip(past, now[1:])] if past else now[1:]
                    place += size
                join(case, outputs, 2)
                assert case.results[-1].equal(whole)


def ragged_steps():
    case = Case("Attention", "a16-ragged-cache",
                "A16: rows of unequal prompts write behind their own last token, and turn by the position they write.", 1e-4, 1e-5)
    tokens, capacity, rows = 6, 8, 3
    q = torch.randn(rows, HEADS, tokens, SIZE, generator=case.generator)
    k, v = (torch.randn(rows, KV_HEADS, tokens, SIZE, generator=case.generator) for _ in range(2))
    angle = angles(capacity, SIZE)
    cos, sin = case.input(angle.cos()), case.input(angle.sin())

    def rotated(x):
        angle = angles(tokens, SIZE).double()
        twice = torch.cat([angle, angle], -1).expand(rows, -1, -1)
        return llama_rotary(x.double(), x.double(), twice.cos(), twice.sin())[0].float()

    whole = whole_sequence(rotated(q), rotated(k), v).float()
    for prompts in ([3, 1, 4], [1, 1, 1], [2, 3, 3]):
        longest = max(prompts)
        lengths = torch.tensor(prompts)
        # Padding holds numbers like any other: what stands there must not matter.
        padded = [torch.where(torch.arange(longest)[:, None] < lengths[:, None, None, None], x[:, :, :longest],
                              torch.randn(rows, x.shape[1], longest, SIZE, generator=case.generator)) for x in (q, k, v)]
        ids = case.input(torch.arange(longest).expand(rows, -1))
        turned = [rotated_op(case, case.input(x), cos, sin, ids) for x in padded[:2]]
        new_v = case.input(padded[2])
        result, = case.op("tenon.attention {0}, {1}, {2} {{num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>}} : "
                          "{operands} -> {results}", [*turned, new_v],
                          attend_padded(turned, padded[2]))
        for row, length in enumerate(prompts):
            torch.testing.assert_close(result[1][row, :, :length], whole[row, :, :length], rtol=1e-4, atol=1e-5)
        caches = [write(case, case.input(torch.full((rows, KV_HEADS, capacity, SIZE), math.nan)), new,
                        torch.zeros(rows, dtype=torch.int64)) for new in (turned[1], new_v)]
        for step in range(min(tokens - length for length in prompts)):
            at = lengths + step
            now = [torch.stack([x[row, :, at[row]:at[row] + 1] for row in range(rows)]) for x in (q, k, v)]
            ids = case.input(at[:, None])
            new_q, new_k = (rotated_op(case, case.input(x), cos, sin, ids) for x in now[:2])
            caches = [write(case, cache, new, at) for cache, new in zip(caches, (new_k, case.input(now[2])))]
            expected = torch.stack([whole[row, :, at[row]:at[row] + 1] for row in range(rows)])
            case.op("tenon.attention {0}, {1}, {2} valid_lengths {3} {{num_heads = 4, num_kv_heads = 2, "
                    "causal = #tenon<causal cached>}} : {operands} -> {results}",
                    [new_q, *caches, case.input(at + 1)], expected)


def rotated_op(case, x, cos, sin, ids):
    turn(case, x, cos, sin, None, SIZE, False, ids)
    return f"%y{len(case.results) - 1}", case.results[-1]


def attend_padded(turned, v):
    return whole_sequence(turned[0][1], turned[1][1], v).float()


def write(case, cache, new, at):
    """`new` behind each row's first `at` places."""
    rows, heads, count, size = new[1].shape
    places = torch.stack(torch.meshgrid(torch.arange(rows), torch.arange(heads), torch.arange(count), indexing="ij"), -1)
    places[..., 2] += at[:, None, None]
    expected = cache[1].clone()
    for row in range(rows):
        expected[row, :, at[row]:at[row] + count] = new[1][row]
    return case.op("tenon.scatter_nd {0}, {1}, {2} : {operands} -> {results}", [cache, case.input(places), new], expected)[0]


def make():
    for part in (rotary_weights, permuted_adapters, steps, ragged_steps):
        part()
