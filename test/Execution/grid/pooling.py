"""Pooling, held against ONNX Runtime and torch."""
import math

import torch

from grid import onnx_node
from grid.case import Case
from grid.convolution import listed, per_axis

FAMILY = "Pooling"


def window_text(op, x, kernel, stride, dilation, begin, end, flags):
    text = f"tenon.{op} {{0}} kernel {listed(kernel)} strides {listed(stride)} dilations {listed(dilation)}"
    text += f" pads {listed(begin)} {listed(end)}"
    return text + (" {{" + ", ".join(flags) + "}}" if flags else "") + " : {operands} -> {results}"


def pool(case, op, x, kernel, stride=1, dilation=1, begin=0, end=None, ceil=False, indices=False, column_major=False,
         count_pad=False, lp=None, expected=None, unsigned=False):
    axes = x[1].dim() - 2
    kernel, stride, dilation, begin = (per_axis(value, axes) for value in (kernel, stride, dilation, begin))
    end = begin if end is None else per_axis(end, axes)
    flags = [name for name, given in (("ceil_mode", ceil), ("with_indices", indices), ("column_major", column_major),
                                      ("count_include_pad", count_pad), ("unsigned_elements", unsigned)) if given]
    if lp is not None:
        flags.append(f"lp = {lp} : i64")
    attributes = dict(kernel_shape=kernel, strides=stride, dilations=dilation, pads=begin + end, ceil_mode=int(ceil))
    if expected is None:
        name = {"max_pool": "MaxPool", "avg_pool": "AveragePool"}[op] if lp is None else "LpPool"
        if lp is not None:
            attributes["p"] = lp
        elif op == "max_pool":
            attributes["storage_order"] = int(column_major)
        else:
            attributes["count_include_pad"] = int(count_pad)
        wide = x[1].float() if x[1].dtype in (torch.float16, torch.bfloat16) else x[1]
        expected = onnx_node.run(name, [wide], outputs=2 if indices else 1, **attributes)
        expected = (expected[0].to(x[1].dtype), *expected[1:])
    case.op(window_text(op, x, kernel, stride, dilation, begin, end, flags), [x], *expected)


def make():
    case = Case(FAMILY, "max-pool", "Windows over one to three axes; pads never win, also where all is negative.")
    x = case.input(torch.randn(2, 3, 9, 10, generator=case.generator) - 5)
    pool(case, "max_pool", x, 3, stride=2, begin=1)
    pool(case, "max_pool", x, [2, 3], stride=[1, 2], begin=[0, 1], end=[1, 2])
    pool(case, "max_pool", x, 3, dilation=2, begin=2)
    pool(case, "max_pool", case.randn(1, 2, 11), 4, stride=3, begin=1)
    pool(case, "max_pool", case.randn(1, 2, 5, 6, 7), [2, 3, 2], stride=2, begin=[0, 1, 1])

    case = Case(FAMILY, "max-pool-ceil", "A last window may reach past the end if it starts before it.")
    x = case.randn(1, 2, 6, 7)
    pool(case, "max_pool", x, 3, stride=2, ceil=True)
    pool(case, "max_pool", x, 2, stride=3, begin=1, ceil=True)
    pool(case, "max_pool", x, 3, stride=4, dilation=2, begin=1, ceil=True, indices=True)

    case = Case(FAMILY, "max-pool-indices", "Flat indices in the whole tensor, row-major or column-major in space.")
    x = case.randn(2, 3, 6, 8)
    pool(case, "max_pool", x, 2, stride=2, indices=True)
    pool(case, "max_pool", x, 3, stride=2, begin=1, indices=True)
    pool(case, "max_pool", x, 2, stride=2, indices=True, column_major=True)
    pool(case, "max_pool", case.randn(1, 2, 4, 5, 6), 2, stride=2, indices=True)

    case = Case(FAMILY, "max-pool-ties", "The first of equals; a window of -inf names its first element, not its padding; NaN wins.")
    x = case.input(torch.tensor([[[[1., 1, 0, 2], [1, 1, 2, 2], [0, 5, 5, 5], [5, 5, 0, 0]]]]))
    pool(case, "max_pool", x, 2, stride=2, indices=True)
    low = case.input(torch.full((1, 1, 3, 3), -math.inf))
    values, indices = torch.nn.functional.max_pool2d(low[1], 3, 2, 1, return_indices=True)
    pool(case, "max_pool", low, 3, stride=2, begin=1, indices=True, expected=(values, indices))
    broken = case.input(torch.tensor([[[[1., math.nan, 0, 2], [math.inf, 1, 2, 3]]]]))
    values, indices = torch.nn.functional.max_pool2d(broken[1], 2, 2, return_indices=True)
    pool(case, "max_pool", broken, 2, stride=2, indices=True, expected=(values, indices))
    pool(case, "max_pool", broken, 2, stride=2, expected=(values,))

    case = Case(FAMILY, "max-pool-integer", "Signed and unsigned bytes: pads are the lowest of each.")
    signed = case.integers(-128, 128, 1, 2, 6, 6, dtype=torch.int8)
    unsigned = case.integers(0, 256, 1, 2, 6, 6, dtype=torch.uint8)
    pool(case, "max_pool", signed, 3, stride=2, begin=1)
    pool(case, "max_pool", unsigned, 3, stride=2, begin=1, unsigned=True)
    pool(case, "max_pool", unsigned, 3, stride=2, begin=1, unsigned=True, indices=True)

    case = Case(FAMILY, "avg-pool", "The divisor counts the input's elements, or the pads' too.")
    x = case.randn(2, 3, 9, 10)
    for count_pad in (False, True):
        pool(case, "avg_pool", x, 3, stride=2, begin=1, count_pad=count_pad)
        pool(case, "avg_pool", x, [2, 4], stride=[1, 3], begin=[1, 2], end=[0, 1], count_pad=count_pad)
        pool(case, "avg_pool", x, 3, dilation=2, begin=2, count_pad=count_pad)
    pool(case, "avg_pool", x, [9, 10])
    pool(case, "avg_pool", case.randn(1, 2, 11), 4, stride=3, begin=1)
    pool(case, "avg_pool", case.randn(1, 2, 5, 6, 7), [2, 3, 2], stride=2, begin=[0, 1, 1])

    case = Case(FAMILY, "avg-pool-ceil", "What ceil_mode adds behind the pads is never counted.")
    x = case.randn(1, 2, 6, 7)
    for count_pad in (False, True):
        expected = torch.nn.functional.avg_pool2d(x[1], 3, 2, 1, ceil_mode=True, count_include_pad=count_pad)
        pool(case, "avg_pool", x, 3, stride=2, begin=1, ceil=True, count_pad=count_pad, expected=(expected,))
        expected = torch.nn.functional.avg_pool2d(x[1], 2, 3, 0, ceil_mode=True, count_include_pad=count_pad)
        pool(case, "avg_pool", x, 2, stride=3, ceil=True, count_pad=count_pad, expected=(expected,))

    case = Case(FAMILY, "lp-pool", "Norms of windows for p = 1, 2, 3.", 1e-4, 1e-5)
    x = case.randn(1, 2, 7, 8)
    for p in (1, 2, 3):
        pool(case, "avg_pool", x, 3, stride=2, begin=1, lp=p)

    for dtype, rtol in ((torch.float16, 1e-3), (torch.bfloat16, 8e-3)):
        name = str(dtype).removeprefix("torch.")
        case = Case(FAMILY, f"pool-{name}", "Means are formed in f32 and rounded once; maxima are exact.", rtol, 1e-3)
        x = case.randn(1, 2, 16, 16, dtype=dtype)
        pool(case, "avg_pool", x, 16)
        pool(case, "avg_pool", x, 3, stride=2, begin=1)
        pool(case, "max_pool", x, 3, stride=2, begin=1, indices=True)

    case = Case(FAMILY, "pool-h1-empty", "SEMANTICS H1: no batch, no result.")
    for op in ("max_pool", "avg_pool"):
        pool(case, op, case.randn(0, 3, 6, 6), 2, stride=2, expected=(torch.zeros(0, 3, 3, 3),))
    pool(case, "max_pool", case.randn(0, 3, 6, 6), 2, stride=2, indices=True,
         expected=(torch.zeros(0, 3, 3, 3), torch.zeros(0, 3, 3, 3, dtype=torch.int64)))
