"""Activations, softmax, casts, broadcasts and transposes, held against torch."""
import itertools
import math

import numpy as np
import torch
import torch.nn.functional as F

from grid.case import Case

FAMILY = "Elementwise"
INF, NAN = float("inf"), float("nan")
EDGES = [0.0, -0.0, 1e-6, -1e-6, 0.3, -0.3, 1.0, -1.0, 2.9, -2.9, 3.1, -3.1, 20.0, -20.0, 90.0, -90.0, 1e4, -1e4, INF, NAN]

# kind: attributes and the function, ONNX's defaults.
ACTIVATIONS = {
    "relu": ({}, F.relu),
    "leaky_relu": ({}, lambda x: F.leaky_relu(x, 0.01)),
    "elu": ({}, F.elu),
    "selu": ({}, F.selu),
    "celu": ({}, F.celu),
    "sigmoid": ({}, torch.sigmoid),
    "hard_sigmoid": ({}, lambda x: (0.2 * x + 0.5).clamp(0, 1)),
    "silu": ({}, F.silu),
    "hard_swish": ({}, lambda x: x * (x / 6 + 0.5).clamp(0, 1)),
    "gelu": ({}, F.gelu),
    "gelu_tanh": ({}, lambda x: F.gelu(x, approximate="tanh")),
    "mish": ({}, lambda x: x * torch.tanh(F.softplus(x, threshold=1000))),
    "softplus": ({}, lambda x: torch.logaddexp(x, torch.zeros_like(x))),
    "softsign": ({}, F.softsign),
    "thresholded_relu": ({}, lambda x: torch.where(x > 1, x, 0.0)),
    "shrink": ({}, lambda x: torch.where(x < -0.5, x, torch.where(x > 0.5, x, 0.0))),
}
TUNED = {
    "leaky_relu": (dict(alpha=0.2), lambda x: F.leaky_relu(x, 0.2)),
    "elu": (dict(alpha=2.0), lambda x: F.elu(x, 2.0)),
    "selu": (dict(alpha=2.0, beta=3.0), lambda x: 3 * F.elu(x, 2.0)),
    "celu": (dict(alpha=2.0), lambda x: F.celu(x, 2.0)),
    "hard_sigmoid": (dict(alpha=0.5, beta=0.6), lambda x: (0.5 * x + 0.6).clamp(0, 1)),
    "silu": (dict(alpha=1.702), lambda x: x * torch.sigmoid(1.702 * x)),
    "thresholded_relu": (dict(alpha=2.0), lambda x: torch.where(x > 2, x, 0.0)),
    "shrink": (dict(alpha=1.5, beta=0.5),
               lambda x: torch.where(x < -1.5, x + 0.5, torch.where(x > 1.5, x - 0.5, 0.0))),
}


def activate(case, kind, x, attributes, function):
    text = ", ".join(f"{name} = {value!r} : f64" for name, value in attributes.items())
    case.op(f"tenon.activation {kind} {{0}}" + (" {{" + text + "}}" if text else "") + " : {t0}", [x],
            function(x[1].double()).to(x[1].dtype))


def activations():
    case = Case(FAMILY, "activations", "Every activation with its default parameters; large values neither overflow nor lose NaN.", 1e-5, 1e-6)
    x = case.input(torch.tensor(EDGES))
    for kind, (attributes, function) in ACTIVATIONS.items():
        activate(case, kind, x, attributes, function)
    wide = case.randn(3, 5, dtype=torch.float64)
    for kind in ("gelu", "sigmoid", "mish"):
        activate(case, kind, wide, *ACTIVATIONS[kind])
    for dtype in (torch.int32, torch.int64, torch.int8):
        whole = case.input(torch.tensor([[-5, 0], [7, -128]], dtype=dtype))
        case.op("tenon.activation relu {0} : {t0}", [whole], F.relu(whole[1]))
    case = Case(FAMILY, "activations-tuned", "Activations with parameters of their own.", 1e-5, 1e-6)
    x = case.input(torch.tensor(EDGES))
    for kind, (attributes, function) in TUNED.items():
        activate(case, kind, x, attributes, function)
    case = Case(FAMILY, "activations-half-precision", "f16 and bf16 are computed in f32 and rounded once: no error beyond that rounding.", 1e-3, 1e-6)
    x = case.input(torch.linspace(-6, 6, 64).half())
    for kind, (attributes, function) in ACTIVATIONS.items():
        activate(case, kind, x, attributes, function)


def softmax(case, x, axis):
    wide = x[1].double()
    for log in (False, True):
        expected = torch.log_softmax(wide, axis) if log else torch.softmax(wide, axis)
        empty = (wide == -INF).all(axis, keepdim=True)
        expected = torch.where(empty, torch.tensor(-INF if log else 0.0, dtype=torch.float64), expected)
        case.op(f"tenon.softmax {{0}} axis {axis}" + " log" * log + " : {t0}", [x], expected.to(x[1].dtype))


def softmaxes():
    case = Case(FAMILY, "softmax", "Along every axis; large values, rows of -inf (zeros), rows with NaN (NaN).", 1e-5, 1e-6)
    x = case.randn(3, 4, 5)
    for axis in range(3):
        softmax(case, x, axis)
    rows = [[1000.0, 1001.0, 999.0], [-INF, -INF, -INF], [0.0, -INF, 1.0], [NAN, 0.0, 1.0], [-1e38, -3e38, -1e38]]
    softmax(case, case.input(torch.tensor(rows)), 1)
    softmax(case, case.randn(2, 3, dtype=torch.float64), 1)
    softmax(case, case.randn(7, 1), 1)
    softmax(case, case.randn(0, 3), 1)
    case = Case(FAMILY, "softmax-half-precision", "Sums of f16 exponentials are formed in f32.", 2e-3, 1e-6)
    softmax(case, case.randn(2, 300, dtype=torch.float16), 1)


def saturated(x, dtype):
    """Float to integer: truncated, the bounds beyond them, 0 for NaN."""
    info = torch.iinfo(dtype)
    whole = [0 if math.isnan(v) else info.max if v >= info.max else info.min if v <= info.min else int(v)
             for v in x.double().flatten().tolist()]
    return torch.tensor(whole, dtype=dtype).reshape(x.shape)


def cast(case, x, expected, flags=()):
    case.op("tenon.cast {0}" + (" {{" + ", ".join(flags) + "}}" if flags else "") + " : {t0} to {results}", [x], expected)


def casts():
    case = Case(FAMILY, "cast-float-to-integer", "Truncation towards zero; out of range the bound, NaN gives 0.", 0, 0)
    values = [0.0, 0.9, -0.9, 1.5, -1.5, 127.4, 128.0, -128.9, -129.0, 255.5, 300.0, 65504.0, -65504.0, 2.0 ** 31, -(2.0 ** 31),
              2.0 ** 32, 2.0 ** 63, -(2.0 ** 63), 1e20, -1e20, INF, -INF, NAN]
    for source in (torch.float32, torch.float64, torch.float16, torch.bfloat16):
        x = case.input(torch.tensor(values).to(source))
        for target in (torch.int8, torch.int16, torch.int32, torch.int64):
            cast(case, x, saturated(x[1], target))
        cast(case, x, saturated(x[1], torch.uint8), ["unsigned_result"])
        cast(case, x, x[1] != 0)
    case = Case(FAMILY, "cast-integer", "Integers keep their low bits, read with or without sign; booleans are 0 and 1.", 0, 0)
    whole = torch.tensor([0, 1, -1, 127, -128, 300, -300, 2 ** 31 - 1, -(2 ** 31), 2 ** 40 + 3, -(2 ** 62) - 1])
    for source in (torch.int8, torch.int16, torch.int32, torch.int64):
        x = case.input(whole.to(source))
        for target in (torch.int8, torch.int16, torch.int32, torch.int64, torch.float32, torch.float64, torch.float16):
            if target != source:
                cast(case, x, x[1].to(target))
        # By way of f64, which holds what bfloat16's own conversion rounds twice.
        cast(case, x, x[1].double().to(torch.bfloat16))
        cast(case, x, x[1] != 0)
    x = case.input(whole.to(torch.uint8))
    for target in (torch.int16, torch.int64, torch.float32, torch.float16):
        cast(case, x, x[1].to(target), ["unsigned_input"])
    x = case.input(torch.tensor([True, False]))
    for target in (torch.int8, torch.int64, torch.float32, torch.float16, torch.float64):
        cast(case, x, x[1].to(target))
    case = Case(FAMILY, "cast-float", "One rounding to nearest even, from f64 to 16 bits too.", 0, 0)
    steps = torch.cat([torch.randn(200, generator=case.generator, dtype=torch.float64) * scale for scale in (1, 1e-6, 1e-39, 1e4)])
    # Halfway between two f16 and two bf16, and next to it by less than f32 can say.
    near = torch.tensor([1 + 2 ** -11, 1 + 2 ** -11 + 2 ** -40, 1 + 3 * 2 ** -11 - 2 ** -40, 1 + 2 ** -8 + 2 ** -40, 1 + 3 * 2 ** -8 - 2 ** -40,
                         65519.999999, 65520.0, 1e300, INF, -INF, NAN, -0.0], dtype=torch.float64)
    x = case.input(torch.cat([steps, near, -near]))
    cast(case, x, x[1].float())
    for half in (torch.float16, torch.bfloat16):
        cast(case, x, round_once(x[1], half))
        y = case.input(x[1].float().to(half))
        cast(case, y, y[1].float())
        cast(case, y, y[1].double())
    y = case.input(x[1].float().half())
    cast(case, y, y[1].float().bfloat16())


def round_once(x, dtype):
    """f64 to 16 bits. torch goes by way of f32, numpy does not but has no bf16: there the candidates around the value are
    compared in f64."""
    if dtype == torch.float16:
        with np.errstate(over="ignore"):
            return torch.from_numpy(x.numpy().astype(np.float16))
    near = x.float().to(dtype)
    bits = near.view(torch.int16)
    best, best_distance = near.clone(), (near.double() - x).abs()
    for step in (-1, 1):
        other = (bits + step).view(dtype)
        distance = (other.double() - x).abs()
        closer = (distance < best_distance) | ((distance == best_distance) & (other.view(torch.int16) % 2 == 0) & (best.view(torch.int16) % 2 != 0))
        closer &= other.isfinite() & near.isfinite() & (near != 0)
        best, best_distance = torch.where(closer, other, best), torch.where(closer, distance, best_distance)
    return best


# The code of NaN, where there are several the one that tenon.cast gives.
SMALL_FLOATS = {"f8E4M3FN": (torch.float8_e4m3fn, 0x7F), "f8E4M3FNUZ": (torch.float8_e4m3fnuz, 0x80),
                "f8E5M2": (torch.float8_e5m2, 0x7F), "f8E5M2FNUZ": (torch.float8_e5m2fnuz, 0x80)}


def through(case, first, second, x, expected):
    """Two ops, of which the first gives an 8-bit float: that cannot cross the interface."""
    index = len(case.results)
    case.op(f"{first}\n  %y{index} = {second} {{results}}", [x], expected)
    # The name on the left that `op` gave the first op.
    case.lines[-1] = case.lines[-1].replace(f"%y{index}", f"%small{index}", 1).replace("%small ", f"%small{index} ")


def small_floats():
    for name, (dtype, nan) in SMALL_FLOATS.items():
        case = Case(FAMILY, f"cast-{name.lower()}", f"{name}: all codes to wider floats; from them rounded, saturated, NaN.", 0, 0)
        codes = case.input(torch.arange(256).to(torch.uint8))
        value = codes[1].view(dtype).float()
        small = f"tensor<256x{name}>"
        for target in (torch.float32, torch.float16, torch.float64):
            through(case, f"arith.bitcast {{0}} : {{t0}} to {small}", f"tenon.cast %small : {small} to", codes, value.to(target))
        largest = torch.finfo(dtype).max
        finite = value[value.isfinite()].sort().values
        middle = (finite[1:] + finite[:-1]) / 2
        given = torch.cat([finite, middle, torch.nextafter(middle, middle + INF), torch.nextafter(middle, middle - INF),
                           torch.tensor([largest * 1.01, largest * 1.5, -largest * 4, 1e-30, -1e-30, NAN])])
        small = f"tensor<{len(given)}x{name}>"
        for source in (torch.float32, torch.float64):
            through(case, f"tenon.cast {{0}} {{{{saturate}}}} : {{t0}} to {small}", f"arith.bitcast %small : {small} to",
                    case.input(given.to(source)), nearest_codes(given, value.double(), nan))


def nearest_codes(given, value, nan):
    """By comparison with the value of every code of the same sign, ties to the even code."""
    codes = []
    for v in given.tolist():
        sign = math.copysign(1, v)
        own = [(abs(w - v), code % 2, code) for code, w in enumerate(value.tolist())
               if math.isfinite(w) and (math.copysign(1, w) == sign or w == 0 and nan == 0x80)]
        codes.append(nan if math.isnan(v) else min(own)[2])
    return torch.tensor(codes, dtype=torch.uint8)


def shapes():
    case = Case(FAMILY, "broadcast-transpose", "NumPy's broadcasting; every permutation of three axes.", 0, 0)
    for source, target in (((), (2, 3)), ((3,), (2, 3)), ((2, 1), (2, 3)), ((1, 4, 1), (5, 2, 4, 3)), ((2, 3), (2, 3)), ((1,), (0,))):
        for dtype in (torch.float32, torch.int64, torch.bool):
            x = case.input(torch.randint(0, 9, source, generator=case.generator).to(dtype))
            case.op("tenon.broadcast {0} : {t0} to {results}", [x], x[1].expand(target))
    x = case.randn(2, 3, 4)
    for permutation in itertools.permutations(range(3)):
        listed = "[" + ", ".join(map(str, permutation)) + "]"
        case.op(f"tenon.transpose {{0}} {listed} : {{t0}} -> {{results}}", [x], x[1].permute(permutation))
    y = case.input(torch.arange(70 * 90).reshape(70, 90))
    case.op("tenon.transpose {0} [1, 0] : {t0} -> {results}", [y], y[1].T)


def make():
    for part in (activations, softmaxes, casts, small_floats, shapes):
        part()
