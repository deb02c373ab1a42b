"""Normalisations, held against torch in f64."""
import torch
import torch.nn.functional as F

from grid.case import Case
from nn.elementwise import INF, softmax

FAMILY = "Norm"


def optional(words, operands):
    """`scale {1} bias {2}` for those operands that are there."""
    text, found = "", []
    for word, operand in zip(words, operands):
        if operand:
            found.append(operand)
            text += f" {word} {{{len(found)}}}"
    return text, found


def layer_norm(case, x, axis, scale=None, bias=None, epsilon=1e-5, statistics=False):
    axes = tuple(range(axis, x[1].dim()))
    wide = x[1].double()
    mean = wide.mean(axes, keepdim=True)
    inverse = 1 / torch.sqrt(((wide - mean) ** 2).mean(axes, keepdim=True) + epsilon)
    expected = (wide - mean) * inverse
    expected = expected if scale is None else expected * scale[1].double()
    expected = expected if bias is None else expected + bias[1].double()
    text, extra = optional(("scale", "bias"), (scale, bias))
    case.op("tenon.layer_norm {0}" + text + f" axis {axis} epsilon {epsilon:.1e}" + " {{with_statistics}}" * statistics +
            " : {operands} -> {results}", [x] + extra, expected.to(x[1].dtype),
            *((mean.float(), inverse.float()) if statistics else ()))


def layers():
    case = Case(FAMILY, "layer-norm", "Every axis to start from, parameters that broadcast, statistics as results.", 1e-4, 1e-5)
    for axis in range(3):
        x = case.randn(3, 4, 5)
        shape = x[1].shape[axis:]
        layer_norm(case, x, axis)
        layer_norm(case, x, axis, case.randn(*shape), case.randn(*shape), statistics=True)
    layer_norm(case, x, 1, case.randn(4, 1), case.randn(3, 1, 5))
    layer_norm(case, x, 2, None, case.randn(5), epsilon=0.1)
    torch.testing.assert_close(case.results[0].double(), F.layer_norm(case.inputs[0].double(), (3, 4, 5)), rtol=1e-5, atol=1e-6)
    layer_norm(case, case.randn(0, 4), 1)
    layer_norm(case, case.randn(2, 4, dtype=torch.float64), 1)
    case = Case(FAMILY, "e2-square-in-f32", "E2: squares of f16 values beyond 256 do not overflow.", 2e-3, 1e-3)
    x = case.input((torch.randn(2, 64, generator=case.generator) * 5000).half())
    layer_norm(case, x, 1)
    rms_norm(case, x, 1, case.randn(64, dtype=torch.float16))
    case.op("tenon.group_norm {0} groups 2 epsilon 1.0e-5 : {operands} -> {results}",
            [(x[0], x[1])], F.group_norm(x[1].double(), 2).half())
    case = Case(FAMILY, "e3-far-mean", "E3: mean 1000, deviation 0.1: the variance keeps its digits.", 2e-3, 2e-3)
    x = case.input(torch.randn(2, 6, 400, generator=case.generator) * 0.1 + 1000)
    layer_norm(case, x, 2)
    for groups in (1, 3, 6):
        group_norm(case, x, groups)


def rms_norm(case, x, axis, weight=None, rounding="once", epsilon=1e-6):
    axes, dtype = tuple(range(axis, x[1].dim())), x[1].dtype
    wide = x[1].double() if dtype == torch.float64 else x[1].float()
    value = wide * torch.rsqrt((wide ** 2).mean(axes, keepdim=True) + epsilon)
    if weight is None:
        expected = value.to(dtype)
    elif rounding == "llama":
        expected = value.to(dtype) * weight[1]
    elif rounding == "gemma":
        expected = (value * (1 + weight[1].to(wide.dtype))).to(dtype)
    else:
        expected = (value * weight[1].to(wide.dtype)).to(dtype)
    text, extra = optional(("weight",), (weight,))
    attribute = " {{rounding = #tenon<rms_rounding " + rounding + ">}}" if rounding != "once" else ""
    case.op("tenon.rms_norm {0}" + text + f" axis {axis} epsilon {epsilon:.1e}" + attribute + " : {operands} -> {results}",
            [x] + extra, expected)


def roots():
    case = Case(FAMILY, "rms-norm", "Without and with a weight, over one axis and several.", 1e-4, 1e-5)
    for axis in (0, 1, 2):
        x = case.randn(2, 3, 8)
        rms_norm(case, x, axis)
        rms_norm(case, x, axis, case.randn(*x[1].shape[axis:]))
    rms_norm(case, case.randn(2, 5, dtype=torch.float64), 1)
    for rounding in ("llama", "gemma"):
        rms_norm(case, x, 2, case.randn(8), rounding)
    # Sixteenths: their squares sum without rounding in any order, so that all machines round alike.
    for dtype in (torch.float16, torch.bfloat16):
        for rounding in ("once", "llama", "gemma"):
            name = f"a19-rounding-{rounding}-{str(dtype).removeprefix('torch.')}"
            case = Case(FAMILY, name, "A19: where a 16-bit RMS norm rounds.", 0, 0)
            x = case.input((torch.randint(-40, 41, (8, 64), generator=case.generator) / 16).to(dtype))
            rms_norm(case, x, 1, case.randn(64, dtype=dtype), rounding)


def group_norm(case, x, groups, scale=None, bias=None, epsilon=1e-5, last=False):
    image = x[1].double().movedim(-1, 1) if last else x[1].double()
    expected = F.group_norm(image, groups, None if scale is None else scale[1].double(),
                            None if bias is None else bias[1].double(), epsilon)
    if last:
        expected = expected.movedim(1, -1).contiguous()
    text, extra = optional(("scale", "bias"), (scale, bias))
    layout = " channels_last" if last else ""
    case.op("tenon.group_norm {0}" + text + f" groups {groups} epsilon {epsilon:.1e}{layout} : {{operands}} -> {{results}}",
            [x] + extra, expected.to(x[1].dtype))


def groups():
    case = Case(FAMILY, "e1-group-norm", "E1: statistics over the channels of a group and all pixels together.", 1e-4, 1e-5)
    ramp = case.input(torch.arange(8.0).reshape(1, 4, 2))
    group_norm(case, ramp, 1)
    assert abs(case.results[0].max().item() - 1.52752) < 1e-4
    for count in (1, 2, 3, 6):
        x = case.randn(2, 6, 3, 5)
        group_norm(case, x, count)
        group_norm(case, x, count, case.randn(6), case.randn(6))
    group_norm(case, case.randn(2, 4), 2, case.randn(4))
    group_norm(case, case.randn(2, 4, 2, 3, 2), 4, None, case.randn(4), 0.1)
    group_norm(case, case.randn(0, 4, 3), 2)
    case = Case(FAMILY, "e1-group-norm-channels-last", "E1 with the channels last: blocks of pixels, joined. Several of a "
                "divisor's size, one alone, a prime number of them, and a mean far from 0.", 1e-4, 1e-5)
    for count in (1, 2, 3, 6):
        x = case.randn(2, 3, 5, 6)
        group_norm(case, x, count, last=True)
        group_norm(case, x, count, case.randn(6), case.randn(6), last=True)
    group_norm(case, case.randn(2, 4), 2, case.randn(4), last=True)
    group_norm(case, case.randn(2, 2, 3, 2, 4), 4, None, case.randn(4), 0.1, last=True)
    group_norm(case, case.randn(0, 3, 4), 2, last=True)
    group_norm(case, case.randn(1, 32, 32, 48), 6, case.randn(48), case.randn(48), last=True)
    group_norm(case, case.randn(1, 701, 64), 32, last=True)
    group_norm(case, case.input(case.randn(1, 1024, 40)[1] + 100), 8, last=True)
    group_norm(case, case.input(case.randn(1, 20, 4)[1].half()), 2, last=True)
    case = Case(FAMILY, "batch-norm", "Running statistics per channel.", 1e-4, 1e-5)
    for shape in ((2, 3), (2, 3, 4), (2, 3, 4, 5)):
        x, scale, bias, mean = case.randn(*shape), case.randn(3), case.randn(3), case.randn(3)
        variance = case.input(torch.rand(3, generator=case.generator))
        expected = F.batch_norm(x[1].double(), mean[1].double(), variance[1].double(), scale[1].double(), bias[1].double())
        case.op("tenon.batch_norm {0}, {1}, {2}, {3}, {4} epsilon 1.0e-5 : {operands} -> {results}",
                [x, scale, bias, mean, variance], expected.float())


def long_rows():
    """Rows that a GPU's block reduces and passes over at once: a warp to each, or a block."""
    for dtype, suffix, rtol in ((torch.float32, "", 1e-4), (torch.float16, "-half-precision", 2e-3)):
        # Probabilities are small: what may be off is counted from them alone.
        case = Case(FAMILY, "long-rows-softmax" + suffix, "A warp to a row, a block to a row; -inf; lengths that no vector divides.",
                    rtol, 1e-7)
        for length in (300, 2050):
            softmax(case, case.randn(3, length, dtype=dtype), 1)
        x = torch.randn(2, 2, 1024, generator=case.generator).to(dtype)
        x[1, 1] = -INF
        softmax(case, case.input(x), 2)
        case = Case(FAMILY, "long-rows" + suffix, "Norms of a warp's rows and of a block's.", rtol, 1e-5)
        x = case.randn(2, 3, 384, dtype=dtype)
        layer_norm(case, x, 2, case.randn(384, dtype=dtype), case.randn(384, dtype=dtype))
        layer_norm(case, x, 1)
        layer_norm(case, x, 2, statistics=True)
        rms_norm(case, case.randn(5, 1536, dtype=dtype), 1, case.randn(1536, dtype=dtype))
    case = Case(FAMILY, "long-rows-f64", "Sums that lanes do not exchange.", 1e-10, 1e-12)
    softmax(case, case.randn(2, 1100, dtype=torch.float64), 1)
    layer_norm(case, case.randn(2, 1100, dtype=torch.float64), 1)


def make():
    for part in (layers, roots, groups, long_rows):
        part()
