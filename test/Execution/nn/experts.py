"""Mixtures of experts: rows put together by their choices, and products with each one's weight, by their formulas in f64."""
import torch

from grid.case import Case

FAMILY = "Linear"


def group(choice, experts, tile):
    """The three results of tenon.group_rows."""
    choices = choice.numel()
    tiles = min(choices, (choices + experts * (tile - 1)) // tile)
    rows, of, places = torch.zeros(tiles * tile, dtype=torch.int64), torch.full((tiles,), -1), torch.zeros_like(choice, dtype=torch.int64)
    place = 0
    for expert in range(experts):
        place = -(-place // tile) * tile
        for row, slot in (choice.clamp(0, experts - 1) == expert).nonzero().tolist():
            rows[place], of[place // tile], places[row, slot] = row, expert, place
            place += 1
    return rows, of, places


def mix(case, tokens, per_token, experts, tile, size, outputs, dtype=torch.float32, panel=None, choice=None):
    choice = torch.randint(0, experts, (tokens, per_token), generator=case.generator) if choice is None else choice
    given = case.input(choice)
    rows, of, places = group(choice, experts, tile)
    text = "tenon.group_rows {0} experts %d tile %d : {t0} -> %s" % (
        experts, tile, ", ".join(f"tensor<{'x'.join(map(str, t.shape))}xi64>" for t in (rows, of, places)))
    grouped = case.op(text, [given], rows, of, places)
    name, x = case.randn(tokens, size, dtype=dtype)
    (chosen,) = case.op("tenon.gather {0}, {1} axis 0 : {operands} -> {results}", [(name, x), grouped[0]], x[rows])
    weight = torch.randn(experts, outputs, size, generator=case.generator).to(dtype)
    result = torch.einsum("si,soi->so", x[rows].double(), weight.double()[of.clamp(0).repeat_interleave(tile)])
    result[(of < 0).repeat_interleave(tile)] = 0
    stored = weight if panel is None else weight.reshape(experts, outputs // panel, panel, size).transpose(2, 3)
    case.op("tenon.grouped_linear {0}, {1} of {2} : {operands} -> {results}", [chosen, case.input(stored), grouped[1]], result.to(dtype))


def make():
    case = Case(FAMILY, "experts", "Tiles of one expert each, of one row or several, tiles left over, experts that nobody chose.", 1e-5, 1e-5)
    mix(case, 1, 3, 8, 1, 12, 20)
    mix(case, 5, 2, 4, 2, 32, 48, panel=16)
    mix(case, 40, 3, 6, 16, 24, 32, panel=8)
    mix(case, 33, 2, 64, 4, 8, 160, panel=16)
    mix(case, 6, 2, 5, 4, 10, 9, choice=torch.full((6, 2), 3))
    mix(case, 4, 2, 3, 2, 7, 130, choice=torch.tensor([[-1, 5], [2, 0], [3, 1], [1, 1]]))
    case = Case(FAMILY, "experts-half-precision", "16-bit experts, summed in f32.", 1e-2, 1e-2)
    for dtype in (torch.float16, torch.bfloat16):
        mix(case, 9, 2, 4, 4, 48, 32, dtype=dtype, panel=16)
        mix(case, 1, 2, 4, 1, 48, 32, dtype=dtype)
