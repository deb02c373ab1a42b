"""Reductions, arg reductions and running sums, held against torch in f64."""
import math

import torch

from grid.case import Case

FAMILY = "Reduction"
INF, NAN = float("inf"), float("nan")


def wide(x):
    return x.double() if x.dtype.is_floating_point else x.long()


def many(function):
    def over(x, axes):
        for axis in sorted(axes, reverse=True):
            x = function(x, axis)
        return x
    return over


KINDS = {
    "sum": lambda x, axes: x.sum(axes) if axes else x,
    "mean": lambda x, axes: x.mean(axes) if axes else x,
    "max": many(lambda x, axis: x.amax(axis)),
    "min": many(lambda x, axis: x.amin(axis)),
    "prod": many(lambda x, axis: x.prod(axis)),
    "l1": lambda x, axes: x.abs().sum(axes) if axes else x.abs(),
    "l2": lambda x, axes: torch.sqrt((x * x).sum(axes)) if axes else x.abs(),
    "sum_square": lambda x, axes: (x * x).sum(axes) if axes else x * x,
    "log_sum": lambda x, axes: torch.log(x.sum(axes) if axes else x),
    "log_sum_exp": lambda x, axes: torch.logsumexp(x, axes) if axes else x,
}


def reduce(case, kind, x, axes, keep=False, expected=None):
    if expected is None:
        expected = KINDS[kind](wide(x[1]), tuple(axes)).to(x[1].dtype)
    if keep:
        shape = [1 if axis in axes else size for axis, size in enumerate(x[1].shape)]
        expected = expected.reshape(shape)
    listed = "[" + ", ".join(map(str, axes)) + "]"
    case.op(f"tenon.reduce {kind} {{0}} axes {listed}" + " {{keep_dims}}" * keep + " : {t0} -> {results}", [x], expected)


def kinds():
    case = Case(FAMILY, "reduce-kinds", "Every kind over one axis, several, all and none.", 1e-4, 1e-5)
    x = case.input(torch.rand(3, 4, 5, generator=case.generator) + 0.5)
    for kind in KINDS:
        for axes in ([0], [2], [0, 2], [0, 1, 2], []):
            reduce(case, kind, x, axes)
        reduce(case, kind, x, [1], keep=True)
    reduce(case, "sum", case.randn(3, 4, dtype=torch.float64), [1])
    case = Case(FAMILY, "reduce-edges", "NaN wins in max and min; infinite exponents do not become NaN.", 1e-5, 1e-6)
    rows = torch.tensor([[1.0, NAN, 3.0], [-INF, -INF, -INF], [INF, 0.0, -1.0], [1000.0, 1000.0, 999.0], [-0.5, 2.0, 1.0]])
    x = case.input(rows)
    for kind in ("max", "min", "sum", "log_sum_exp"):
        reduce(case, kind, x, [1])
    case = Case(FAMILY, "reduce-no-element", "What each kind is over no element.", 0, 0)
    x = case.randn(2, 0)
    none = dict(sum=0.0, mean=NAN, max=-INF, min=INF, prod=1.0, l1=0.0, l2=0.0, sum_square=0.0, log_sum=-INF, log_sum_exp=-INF)
    for kind, value in none.items():
        reduce(case, kind, x, [1], expected=torch.full((2,), value))
    whole = case.input(torch.zeros(2, 0, dtype=torch.int32))
    info = torch.iinfo(torch.int32)
    for kind, value in dict(sum=0, mean=0, max=info.min, min=info.max, prod=1).items():
        reduce(case, kind, whole, [1], expected=torch.full((2,), value, dtype=torch.int32))
    case = Case(FAMILY, "reduce-integers", "Integers keep their type; a mean truncates; i1 max is or, min is and.", 0, 0)
    for dtype in (torch.int32, torch.int64, torch.int8):
        x = case.integers(-9, 9, 3, 4, dtype=dtype)
        for kind in ("sum", "max", "min", "l1", "sum_square", "prod"):
            reduce(case, kind, x, [1])
        total = x[1].long().sum(1)
        reduce(case, "mean", x, [1], expected=torch.div(total, 4, rounding_mode="trunc").to(dtype))
    bits = case.input(torch.tensor([[True, False], [False, False], [True, True]]))
    reduce(case, "max", bits, [1], expected=bits[1].any(1))
    reduce(case, "min", bits, [1], expected=bits[1].all(1))
    bytes_ = case.input(torch.tensor([[200, 100, 3], [0, 255, 128]], dtype=torch.uint8))
    for kind in ("max", "min"):
        case.op(f"tenon.reduce {kind} {{0}} axes [1] {{{{unsigned_elements}}}} : {{t0}} -> {{results}}", [bytes_],
                KINDS[kind](bytes_[1], [1]))
    case = Case(FAMILY, "reduce-half-precision", "Sums of f16 beyond 65504 and of 4096 ones are formed in f32.", 1e-3, 0)
    ones = case.input(torch.ones(2, 5000, dtype=torch.float16))
    for kind in ("sum", "mean", "l1", "l2"):
        reduce(case, kind, ones, [1])
    big = case.input(torch.full((2, 64), 3000.0, dtype=torch.float16))
    for kind in ("mean", "l2", "max"):
        reduce(case, kind, big, [1])
    reduce(case, "sum", case.input(torch.ones(2, 5000, dtype=torch.bfloat16)), [1])


def places():
    case = Case(FAMILY, "arg-reduce", "The first place on a tie, or the last; NaN is the extreme where there is one.", 0, 0)
    x = case.input(torch.tensor([[1.0, 3.0, 3.0, -2.0], [-INF, -INF, -INF, -INF], [0.0, NAN, 5.0, NAN], [INF, 1.0, INF, 0.0],
                                 [2.0, -2.0, -2.0, 1.0]]))
    for tensor in (x, case.integers(-3, 3, 4, 6, dtype=torch.int32), case.randn(5, 7, dtype=torch.float16)):
        for axis in (0, 1):
            for minimum in (False, True):
                for last in (False, True):
                    arg_reduce(case, tensor, axis, minimum, last, keep=last)
    bytes_ = case.input(torch.tensor([[200, 100, 3], [0, 255, 128]], dtype=torch.uint8))
    arg_reduce(case, bytes_, 1, False, False, False, unsigned=True)
    arg_reduce(case, case.input(torch.tensor([[False, True, True], [False, False, False]])), 1, False, False, False)


def arg_reduce(case, x, axis, minimum, last, keep, unsigned=False):
    value = x[1].to(torch.float64)
    value = torch.where(value.isnan(), INF, -value if minimum else value)
    value = torch.where(x[1].double().isnan(), math.inf, value.clamp(max=1e300))
    if last:
        place = value.shape[axis] - 1 - torch.from_numpy(value.flip(axis).numpy().argmax(axis))
    else:
        place = torch.from_numpy(value.numpy().argmax(axis))
    if keep:
        place = place.unsqueeze(axis)
    flags = ["minimum"] * minimum + ["keep_dims"] * keep + ["select_last"] * last + ["unsigned_elements"] * unsigned
    text = " {{" + ", ".join(flags) + "}}" if flags else ""
    case.op(f"tenon.arg_reduce {{0}} axis {axis}" + text + " : {t0} -> {results}", [x], place)


def cumulative(case, kind, x, axis, exclusive, reverse):
    value = wide(x[1])
    if reverse:
        value = value.flip(axis)
    value = value.cumsum(axis) if kind == "sum" else value.cumprod(axis)
    if exclusive:
        first = torch.full_like(value.narrow(axis, 0, 1), 0 if kind == "sum" else 1)
        value = torch.cat([first, value.narrow(axis, 0, value.shape[axis] - 1)], axis)
    if reverse:
        value = value.flip(axis)
    flags = ["exclusive"] * exclusive + ["reverse"] * reverse
    case.op(f"tenon.cumulative {kind} {{0}} axis {axis}" + (" {{" + ", ".join(flags) + "}}" if flags else "") + " : {t0}", [x],
            value.to(x[1].dtype))


def running():
    case = Case(FAMILY, "cumulative", "Running sums and products, with and without the own element, from either end.", 1e-4, 1e-5)
    for x in (case.randn(3, 4, 5), case.integers(-3, 4, 6, dtype=torch.int32), case.randn(2, 1)):
        for axis in range(x[1].dim()):
            for kind in ("sum", "prod"):
                for exclusive in (False, True):
                    for reverse in (False, True):
                        cumulative(case, kind, x, axis, exclusive, reverse)
    cumulative(case, "sum", case.input(torch.ones(3000, dtype=torch.float16)), 0, False, False)
    cumulative(case, "sum", case.randn(2, 3, dtype=torch.float64), 1, False, True)


def make():
    for part in (kinds, places, running):
        part()
