"""Convolutions and transposed convolutions, held against torch.nn.functional."""
import torch
import torch.nn.functional as F

from grid.case import Case, mlir_type

FAMILY = "Convolution"


def listed(values):
    return "[" + ", ".join(str(value) for value in values) + "]"


def per_axis(value, axes):
    return list(value) if isinstance(value, (list, tuple)) else [value] * axes


def pad_zero(x, begin, end):
    flat = [pad for pair in zip(reversed(begin), reversed(end)) for pad in pair]
    return F.pad(x, flat)


def conv(case, x, w, bias=None, stride=1, dilation=1, begin=0, end=None, groups=1):
    axes = x[1].dim() - 2
    stride, dilation, begin = per_axis(stride, axes), per_axis(dilation, axes), per_axis(begin, axes)
    end = begin if end is None else per_axis(end, axes)
    exact = x[1].dtype if x[1].dtype.is_floating_point and x[1].dtype.itemsize >= 4 else torch.float32
    if not x[1].dtype.is_floating_point:
        exact = torch.float64
    function = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}[axes]
    padded = pad_zero(x[1].to(exact), begin, end)
    expected = function(padded, w[1].to(exact), None if bias is None else bias[1].to(exact), stride, 0, dilation, groups)
    expected = expected.to(x[1].dtype if x[1].dtype.is_floating_point else torch.int32)
    text = "tenon.conv {0}, {1}" + (", {2}" if bias is not None else "")
    text += f" strides {listed(stride)} dilations {listed(dilation)} pads {listed(begin)} {listed(end)} groups {groups}"
    case.op(text + " : {operands} -> {results}", [x, w] + ([] if bias is None else [bias]), expected)


def depthwise(case, x, w, bias=None, stride=1, dilation=1, begin=0, end=None, then=False):
    """`x` [N, axes.., C], `w` [kernel.., C]. `then`: the result is cut at 0, and nothing else reads it, so that this goes into its
    tiles."""
    axes = x[1].dim() - 2
    stride, dilation, begin = per_axis(stride, axes), per_axis(dilation, axes), per_axis(begin, axes)
    end = begin if end is None else per_axis(end, axes)
    function = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}[axes]
    padded = pad_zero(x[1].double().movedim(-1, 1), begin, end)
    expected = function(padded, w[1].double().movedim(-1, 0).unsqueeze(1), None if bias is None else bias[1].double(), stride, 0,
                        dilation, x[1].shape[-1]).movedim(1, -1).to(x[1].dtype)
    text = "tenon.depthwise_conv {0}, {1}" + (", {2}" if bias is not None else "")
    text += f" strides {listed(stride)} dilations {listed(dilation)} pads {listed(begin)} {listed(end)}"
    case.op(text + " : {operands} -> {results}", [x, w] + ([] if bias is None else [bias]), expected)
    if then:
        cut(case)


def cut(case):
    """Replaces the newest result by what is left of it cut at 0."""
    result = case.results.pop()
    step = len(case.lines)
    case.lines[-1] = f"  %c{step} = " + case.lines[-1].split(" = ", 1)[1]
    case.op("tenon.activation relu {0} : {t0}", [(f"%c{step}", result)], torch.relu(result))


def padded(case, x, w, bias=None, stride=1, dilation=1, begin=0, end=None, width=8, then=False):
    """`x` [N, axes.., C], `w` [O, C, kernel..], which goes into panels. `then` as for depthwise()."""
    axes = x[1].dim() - 2
    stride, dilation, begin = per_axis(stride, axes), per_axis(dilation, axes), per_axis(begin, axes)
    end = begin if end is None else per_axis(end, axes)
    panels = case.input(w.reshape(-1, width, *w.shape[1:]).movedim((2, 1), (-2, -1)))
    function = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}[axes]
    image = pad_zero(x[1].double().movedim(-1, 1), begin, end)
    expected = function(image, w.double(), None if bias is None else bias[1].double(), stride, 0, dilation).movedim(1, -1).to(x[1].dtype)
    text = "tenon.packed_conv {0}, {1}" + (", {2}" if bias is not None else "")
    text += f" strides {listed(stride)} dilations {listed(dilation)} pads {listed(begin)} {listed(end)}"
    case.op(text + " : {operands} -> {results}", [x, panels] + ([] if bias is None else [bias]), expected)
    if then:
        cut(case)


def padded_convolutions():
    case = Case(FAMILY, "padded", "Packed convolutions leave out taps in the padding, and windows that have none give the bias; strides, "
                "dilations, kernels that are too wide and channels too few for it.", 1e-4, 1e-5)

    def kernel(outputs, channels, *size, dtype=torch.float32):
        return torch.randn(outputs, channels, *size, generator=case.generator).to(dtype)

    x, bias = case.randn(2, 9, 14, 32), case.randn(16)
    w = kernel(16, 32, 3, 3)
    padded(case, x, w, begin=1)
    padded(case, x, w, bias, begin=1, stride=2)
    padded(case, x, w, bias, stride=2, begin=[0, 1], end=[1, 0], then=True)
    padded(case, x, w, bias, stride=[1, 3], dilation=[3, 2], begin=[3, 2])
    padded(case, x, w, bias, begin=4, end=5, width=16)
    padded(case, x, w, bias, stride=[3, 4], dilation=2, begin=[7, 5], end=[6, 8])
    padded(case, x, kernel(6, 32, 5, 5), begin=2, width=6, then=True)
    padded(case, x, kernel(16, 32, 1, 9), begin=[0, 4])
    padded(case, x, kernel(16, 32, 1, 11), begin=[1, 5])
    padded(case, x, kernel(16, 32, 9, 1), bias, begin=[4, 0], stride=2)
    padded(case, case.randn(1, 6, 7, 31), kernel(8, 31, 3, 3), begin=1)
    padded(case, case.randn(1, 1, 1, 33), kernel(8, 33, 3, 3), case.randn(8), begin=1)
    padded(case, case.randn(1, 1, 40, 32), kernel(48, 32, 3, 3), begin=1)
    padded(case, case.randn(3, 40, 1, 32), kernel(16, 32, 3, 3), begin=1, stride=[2, 1], then=True)
    case = Case(FAMILY, "padded-ranks", "One and three axes.", 1e-4, 1e-5)
    padded(case, case.randn(2, 23, 32), kernel(16, 32, 4), case.randn(16), begin=[2], end=[1])
    padded(case, case.randn(2, 3, 6, 7, 32), kernel(16, 32, 3, 3, 3), case.randn(16), begin=1)
    padded(case, case.randn(1, 4, 6, 7, 40), kernel(8, 40, 2, 3, 2), stride=[1, 2, 1], dilation=[1, 1, 3], begin=[1, 2, 3], end=[0, 1, 2])
    for name, dtype, rtol, atol in (("bfloat16", torch.bfloat16, 8e-3, 1e-4), ("float16", torch.float16, 1e-3, 1e-4),
                                    ("float64", torch.float64, 1e-11, 1e-12)):
        # Rounded once: half a unit in the last place.
        case = Case(FAMILY, f"padded-{name}", f"Packed convolutions with pads in {name}.", rtol, atol)
        padded(case, case.randn(1, 6, 11, 32, dtype=dtype), kernel(16, 32, 3, 3, dtype=dtype), case.randn(16, dtype=dtype), begin=1)
        padded(case, case.randn(1, 6, 11, 40, dtype=dtype), kernel(8, 40, 5, 5, dtype=dtype), stride=2, begin=2, then=True)


def depthwises():
    case = Case(FAMILY, "depthwise", "Each channel with its own kernel, the channels last: taps in the padding are left out, rows "
                "and columns that have none give the bias; strides, dilations, channels that fill no vector.", 1e-4, 1e-5)
    x, w, bias = case.randn(2, 9, 14, 24), case.randn(3, 3, 24), case.randn(24)
    depthwise(case, x, w)
    depthwise(case, x, w, bias, begin=1)
    depthwise(case, x, w, bias, stride=2, begin=1)
    depthwise(case, x, w, bias, stride=2, begin=[0, 1], end=[1, 0])
    depthwise(case, x, w, bias, stride=[1, 3], dilation=[3, 2], begin=[3, 2])
    depthwise(case, x, w, bias, begin=4, end=5)
    depthwise(case, x, w, bias, stride=[3, 4], dilation=2, begin=[7, 5], end=[6, 8])
    depthwise(case, x, w, bias, begin=1, then=True)
    depthwise(case, x, case.randn(5, 5, 24), bias, begin=2, then=True)
    depthwise(case, x, case.randn(7, 9, 24), begin=[3, 4])
    depthwise(case, x, case.randn(2, 11, 24), begin=[1, 6], end=[0, 5])
    depthwise(case, x, case.randn(1, 3, 24), begin=[0, 1])
    depthwise(case, case.randn(1, 1, 1, 5), case.randn(3, 3, 5), case.randn(5), begin=1)
    depthwise(case, case.randn(1, 3, 9, 320), case.randn(3, 3, 320), case.randn(320), begin=1, then=True)
    depthwise(case, case.randn(1, 4, 5, 1), case.randn(3, 3, 1), begin=1)
    case = Case(FAMILY, "depthwise-ranks", "One and three axes.", 1e-4, 1e-5)
    depthwise(case, case.randn(2, 23, 20), case.randn(4, 20), case.randn(20), begin=[2], end=[1])
    depthwise(case, case.randn(1, 40, 8), case.randn(9, 8), stride=2, dilation=3)
    depthwise(case, case.randn(1, 5, 6, 7, 20), case.randn(3, 3, 3, 20), case.randn(20), begin=1)
    depthwise(case, case.randn(2, 4, 6, 7, 9), case.randn(2, 3, 2, 9), stride=[1, 2, 1], dilation=[1, 1, 3], begin=[1, 2, 3], end=[0, 1, 2])
    for name, dtype, rtol, atol in (("bfloat16", torch.bfloat16, 8e-3, 1e-5), ("float16", torch.float16, 1e-3, 1e-5),
                                    ("float64", torch.float64, 1e-12, 1e-12)):
        # Rounded once: half a unit in the last place.
        case = Case(FAMILY, f"depthwise-{name}", f"Depthwise in {name}.", rtol, atol)
        depthwise(case, case.randn(1, 6, 11, 24, dtype=dtype), case.randn(3, 3, 24, dtype=dtype), case.randn(24, dtype=dtype), begin=1)
        depthwise(case, case.randn(1, 6, 11, 40, dtype=dtype), case.randn(5, 5, 40, dtype=dtype), stride=2, begin=2)


def winograd(case, x, w, bias=None, begin=(1, 1), end=(1, 1), width=8, then=False):
    """`w` [O, C, 3, 3] becomes the 16 places of G g G^T in panels; the op's image has the channels last. `then`: a tensor is
    added and the sum cut at 0, and nothing else reads the convolution, so that this goes into its tiles."""
    g = torch.tensor([[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]], dtype=torch.float64)
    outputs, channels = w.shape[:2]
    places = torch.einsum("ia,ocab,jb->ocij", g, w.double(), g).reshape(outputs // width, width, channels, 16)
    weight = case.input(places.permute(0, 3, 2, 1).to(x[1].dtype))
    exact = None if bias is None else bias[1].double()
    expected = F.conv2d(pad_zero(x[1].double().movedim(-1, 1), begin, end), w.double(), exact).movedim(1, -1).to(x[1].dtype)
    operands = [x, weight] + ([] if bias is None else [bias])
    names = ", ".join("{%d}" % i for i in range(len(operands)))
    text = f"tenon.winograd_conv {names} pads {listed(begin)} {listed(end)} : {{operands}} -> {{results}}"
    if not then:
        case.op(text, operands, expected)
        return
    # Only the last of the three is a result.
    image = case.op(text, operands, expected)[0][1]
    case.results.pop()
    other = case.randn(*expected.shape, dtype=x[1].dtype)
    convolved = case.lines.pop().split(" = ", 1)[1]
    step = len(case.lines)
    case.lines += [f"  %c{step} = {convolved}", f"  %s{step} = arith.addf %c{step}, {other[0]} : {mlir_type(expected)}"]
    case.op("tenon.activation relu {0} : {t0}", [(f"%s{step}", expected)], torch.relu(image + other[1]))


def winograd_large(case, x, outputs, width):
    """A weight of more bytes than caches hold, multiplied out of a vector of outputs, one of channels and one kernel."""
    channels, panels = x[1].shape[-1], outputs // width
    g = torch.tensor([[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]], dtype=torch.float64)
    kernel = torch.randn(3, 3, generator=case.generator, dtype=torch.float64) / channels ** 0.5
    parts = [case.randn(panels, 1, 1, width), case.randn(1, 1, channels, 1),
             case.input((g @ kernel @ g.T).reshape(1, 16, 1, 1).float())]
    w = torch.einsum("o,c,ij->ocij", parts[0][1].double().flatten(), parts[1][1].double().flatten(), kernel)
    weight = torch.empty(panels, 16, channels, width)
    whole, step = mlir_type(weight), len(case.lines)
    case.lines += [f"  %b{step}_{i} = tenon.broadcast {part[0]} : {mlir_type(part[1])} to {whole}" for i, part in enumerate(parts)]
    case.lines += [f"  %p{step} = arith.mulf %b{step}_0, %b{step}_1 : {whole}", f"  %w{step} = arith.mulf %p{step}, %b{step}_2 : {whole}"]
    expected = F.conv2d(pad_zero(x[1].double().movedim(-1, 1), (1, 1), (1, 1)), w).movedim(1, -1).float()
    case.op("tenon.winograd_conv {0}, {1} pads [1, 1] [1, 1] : {operands} -> {results}", [x, (f"%w{step}", weight)], expected)


def conv_transpose(case, x, w, bias=None, stride=1, dilation=1, begin=0, end=None, extra=0, groups=1):
    axes = x[1].dim() - 2
    stride, dilation, begin, extra = (per_axis(value, axes) for value in (stride, dilation, begin, extra))
    end = begin if end is None else per_axis(end, axes)
    exact = torch.promote_types(x[1].dtype, torch.float32)
    function = {1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d}[axes]
    # torch pads both ends alike: the whole result is made and cut.
    whole = function(x[1].to(exact), w[1].to(exact), None, stride, 0, 0, groups, dilation)
    whole = pad_zero(whole, [0] * axes, extra)
    for axis in range(axes):
        size = whole.shape[axis + 2]
        whole = whole.narrow(axis + 2, begin[axis], size - begin[axis] - end[axis])
    if bias is not None:
        whole = whole + bias[1].to(exact).reshape(-1, *[1] * axes)
    text = "tenon.conv_transpose {0}, {1}" + (", {2}" if bias is not None else "")
    text += f" strides {listed(stride)} dilations {listed(dilation)} pads {listed(begin)} {listed(end)}"
    text += f" output_padding {listed(extra)} groups {groups}"
    case.op(text + " : {operands} -> {results}", [x, w] + ([] if bias is None else [bias]), whole.to(x[1].dtype))


def planes():
    case = Case(FAMILY, "planes", "Each channel with its own kernel, the channels first, in rows that fill vectors: strips of rows, whole "
                "and with a rest, rows and columns in the padding; strides, dilations, steps that are too long for it.", 1e-4, 1e-5)
    x, w, bias = case.randn(2, 5, 19, 21), case.randn(5, 1, 3, 3), case.randn(5)

    def alone(x, w, *bias, then=False, **windows):
        conv(case, x, w, *bias, groups=x[1].shape[1], **windows)
        if then:
            cut(case)

    alone(x, w)
    alone(x, w, bias, begin=1)
    alone(x, w, bias, stride=[3, 1], begin=1)
    alone(x, w, bias, stride=[1, 2], begin=[0, 6], end=[1, 7], then=True)
    alone(x, w, bias, dilation=[3, 2], begin=[3, 2], then=True)
    alone(case.randn(1, 5, 4, 6), w, bias, begin=[7, 9], end=[8, 11])
    alone(x, case.randn(5, 1, 7, 5), begin=[3, 2])
    alone(x, case.randn(5, 1, 1, 3), begin=[0, 1])
    alone(x, case.randn(5, 1, 9, 1), bias, begin=[4, 0])
    alone(x, case.randn(5, 1, 19, 2), stride=[2, 1], begin=[9, 0], end=[9, 0])
    alone(x, case.randn(5, 1, 3, 24), begin=[1, 20])
    alone(x, w, stride=[1, 3], begin=[1, 18])
    wide = case.randn(1, 2, 35, 260)
    alone(wide, case.randn(2, 1, 3, 3), begin=1, then=True)
    alone(wide, case.randn(2, 1, 5, 5), case.randn(2), stride=2, begin=2)
    alone(case.randn(1, 3, 47, 40), case.randn(3, 1, 3, 3), begin=1)
    alone(case.randn(1, 3, 1, 16), case.randn(3, 1, 3, 3), case.randn(3), begin=1)
    alone(case.randn(1, 2, 1, 20), case.randn(2, 1, 1, 3), case.randn(2), stride=[4, 1], begin=[3, 1], end=[0, 1])
    alone(case.randn(1, 2, 3, 250), case.randn(2, 1, 3, 3), begin=[1, 3])
    conv(case, x, case.randn(10, 1, 3, 3), begin=1, groups=5)
    conv_transpose(case, x, w, bias, begin=[4, 3], groups=5)
    for name, dtype, rtol, atol in (("bfloat16", torch.bfloat16, 8e-3, 1e-5), ("float16", torch.float16, 1e-3, 1e-5),
                                    ("float64", torch.float64, 1e-12, 1e-12)):
        # Rounded once: half a unit in the last place.
        case = Case(FAMILY, f"planes-{name}", f"The same in {name}.", rtol, atol)
        x = case.randn(1, 3, 18, 43, dtype=dtype)
        alone(x, case.randn(3, 1, 3, 3, dtype=dtype), case.randn(3, dtype=dtype), begin=1, then=True)
        alone(x, case.randn(3, 1, 5, 5, dtype=dtype), stride=2, begin=2)


def convolutions():
    case = Case(FAMILY, "conv-ranks", "Convolutions over one, two and three axes, with and without bias.", 1e-4, 1e-5)
    conv(case, case.randn(2, 3, 11), case.randn(4, 3, 3), case.randn(4), begin=1)
    conv(case, case.randn(2, 3, 8, 9), case.randn(4, 3, 3, 3), case.randn(4), begin=1)
    conv(case, case.randn(1, 2, 5, 6, 7), case.randn(3, 2, 3, 2, 3), case.randn(3), begin=1)
    conv(case, case.randn(1, 3, 8, 9), case.randn(4, 3, 3, 5))

    case = Case(FAMILY, "conv-windows", "Strides, dilations and pads that differ by axis and end; rests behind the last window.", 1e-4, 1e-5)
    x, w, bias = case.randn(2, 3, 10, 12), case.randn(4, 3, 3, 2), case.randn(4)
    conv(case, x, w, bias, stride=[2, 3], begin=[0, 2], end=[3, 1])
    conv(case, x, w, dilation=[2, 3], begin=1)
    conv(case, x, w, bias, stride=3, dilation=2, begin=[4, 0], end=0)
    conv(case, x, w, stride=[4, 5])

    case = Case(FAMILY, "conv-groups", "Groups, several outputs a group, and depthwise (also with a multiplier).", 1e-4, 1e-5)
    x = case.randn(2, 6, 7, 8)
    conv(case, x, case.randn(4, 3, 3, 3), case.randn(4), begin=1, groups=2)
    conv(case, x, case.randn(6, 1, 3, 3), case.randn(6), stride=2, begin=1, groups=6)
    conv(case, x, case.randn(12, 1, 3, 2), begin=1, groups=6)
    conv(case, x, case.randn(9, 2, 1, 1), groups=3)
    conv(case, case.randn(1, 4, 9), case.randn(4, 1, 4), dilation=2, groups=4)

    case = Case(FAMILY, "conv-pointwise", "Kernels of one tap: a matrix product where nothing moves, and the near misses.", 1e-4, 1e-5)
    x, w, bias = case.randn(1, 5, 6, 7), case.randn(8, 5, 1, 1), case.randn(8)
    conv(case, x, w, bias)
    conv(case, case.randn(3, 5, 6, 7), w, bias)
    conv(case, x, w, bias, stride=2)
    conv(case, x, w, bias, begin=1)
    conv(case, case.randn(2, 5, 9), case.randn(8, 5, 1))

    case = Case(FAMILY, "conv-d17-asymmetric-pads", "SEMANTICS D17: pads (0, 1) before a stride of 2 give other values than pads (1, 1).", 1e-4, 1e-5)
    x, w, bias = case.randn(1, 4, 8, 8), case.randn(4, 4, 3, 3), case.randn(4)
    conv(case, x, w, bias, stride=2, begin=0, end=1)
    conv(case, x, w, bias, stride=2, begin=1, end=1)

    for dtype, rtol in ((torch.float16, 1e-3), (torch.bfloat16, 8e-3), (torch.float64, 1e-12)):
        name = str(dtype).removeprefix("torch.")
        case = Case(FAMILY, f"conv-{name}", "Sums in f32 or wider and one rounding: a bias of 16 bits is added before it.", rtol, 1e-3 if dtype != torch.float64 else 1e-12)
        conv(case, case.randn(2, 32, 6, 6, dtype=dtype), case.randn(8, 32, 3, 3, dtype=dtype), case.randn(8, dtype=dtype), begin=1)
        conv(case, case.randn(1, 32, 6, 6, dtype=dtype), case.randn(8, 32, 1, 1, dtype=dtype))
        conv_transpose(case, case.randn(1, 16, 5, 5, dtype=dtype), case.randn(16, 4, 4, 4, dtype=dtype), case.randn(4, dtype=dtype), stride=2, begin=1)

    case = Case(FAMILY, "conv-integer", "Integers of 8 bits sum to i32 without wrapping.")
    conv(case, case.integers(-128, 128, 1, 16, 6, 6, dtype=torch.int8), case.integers(-128, 128, 4, 16, 3, 3, dtype=torch.int8), begin=1)
    conv(case, case.integers(-128, 128, 1, 16, 6, 6, dtype=torch.int32), case.integers(-128, 128, 4, 16, 1, 1, dtype=torch.int32))

    case = Case(FAMILY, "conv-h1-empty", "SEMANTICS H1: batch 0 gives an empty result, no channels give the bias.")
    conv(case, case.randn(0, 3, 6, 6), case.randn(4, 3, 3, 3), case.randn(4), begin=1)
    conv(case, case.randn(0, 3, 6, 6), case.randn(4, 3, 1, 1))
    x, w, bias = case.randn(2, 0, 6, 6), case.randn(4, 0, 3, 3), case.randn(4)
    case.op("tenon.conv {0}, {1}, {2} strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : {operands} -> {results}",
            [x, w, bias], bias[1].reshape(1, 4, 1, 1).expand(2, 4, 6, 6))
    x, w = case.randn(2, 4, 0, 3), case.randn(4, 2, 3, 3)
    case.op("tenon.conv_transpose {0}, {1} strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 1"
            " : {operands} -> {results}", [x, w], torch.zeros(2, 2, 2, 5))
    conv_transpose(case, case.randn(0, 4, 3, 3), case.randn(4, 2, 3, 3), stride=2)


def transposed():
    case = Case(FAMILY, "conv-transpose-ranks", "Transposed convolutions over one, two and three axes.", 1e-4, 1e-5)
    conv_transpose(case, case.randn(2, 3, 6), case.randn(3, 4, 3), case.randn(4), stride=2, begin=1, extra=1)
    conv_transpose(case, case.randn(2, 3, 4, 5), case.randn(3, 4, 3, 3), case.randn(4), stride=2, begin=1, extra=1)
    conv_transpose(case, case.randn(1, 2, 3, 4, 2), case.randn(2, 3, 3, 2, 3), case.randn(3), stride=[2, 1, 3], begin=[1, 0, 1])

    case = Case(FAMILY, "conv-transpose-strides", "Kernels that are shorter than, as long as and longer than the stride, whole multiples and not.", 1e-4, 1e-5)
    x, bias = case.randn(1, 3, 5, 6), case.randn(4)
    for kernel, stride in ((2, 2), (4, 2), (3, 2), (1, 2), (2, 3), (5, 3), (3, 1), (1, 1)):
        conv_transpose(case, x, case.randn(3, 4, kernel, kernel), bias, stride=stride)
    conv_transpose(case, x, case.randn(3, 1, 2, 4), stride=[2, 1])

    case = Case(FAMILY, "conv-transpose-pads", "Pads crop: unequal ends, more than the kernel, past whole strides.", 1e-4, 1e-5)
    x, w = case.randn(1, 3, 5, 6), case.randn(3, 4, 4, 3)
    conv_transpose(case, x, w, stride=2, begin=[1, 0], end=[2, 3])
    conv_transpose(case, x, w, stride=2, begin=[5, 7], end=0)
    conv_transpose(case, x, w, stride=3, begin=[0, 4], end=[6, 5], extra=[1, 2])
    conv_transpose(case, x, w, stride=1, begin=[6, 5], end=0)

    case = Case(FAMILY, "conv-transpose-d1-dilation", "SEMANTICS D1: the size with dilation; dilation and stride share a factor and do not.", 1e-4, 1e-5)
    x, w, bias = case.randn(1, 3, 5, 6), case.randn(3, 4, 3, 3), case.randn(4)
    for stride, dilation in ((1, 2), (2, 2), (2, 3), (3, 2), (4, 2)):
        conv_transpose(case, x, w, bias, stride=stride, dilation=dilation, begin=1)
    conv_transpose(case, x, w, bias, stride=[2, 1], dilation=[3, 2], begin=[2, 1], end=[0, 3], extra=[2, 1])

    case = Case(FAMILY, "conv-transpose-d2-d3-derived-pads", "SEMANTICS D2, D3: the pads that SAME_UPPER, SAME_LOWER and output_shape lead to.", 1e-4, 1e-5)
    x, w = case.randn(1, 2, 3, 3), case.randn(2, 2, 4, 4)
    for extra in (0, 1):
        # out = 2 in, total = 2 (in - 1) + extra + 4 - out: the smaller half first, or last.
        total = 2 + extra
        conv_transpose(case, x, w, stride=2, begin=total // 2, end=total - total // 2, extra=extra)
        conv_transpose(case, x, w, stride=2, begin=total - total // 2, end=total // 2, extra=extra)

    case = Case(FAMILY, "conv-transpose-d4-groups", "SEMANTICS D4: the weight is [C, O/g, kernel]; C 4, g 2, O/g 2, and depthwise.", 1e-4, 1e-5)
    x = case.randn(2, 4, 5, 5)
    conv_transpose(case, x, case.randn(4, 2, 3, 3), case.randn(4), stride=2, begin=1, groups=2)
    conv_transpose(case, x, case.randn(4, 1, 4, 4), case.randn(4), stride=2, begin=1, groups=4)
    conv_transpose(case, x, case.randn(4, 3, 2, 2), stride=2, groups=4)
    conv_transpose(case, x, case.randn(4, 2, 3, 3), groups=2)

    case = Case(FAMILY, "conv-transpose-d5-output-padding", "SEMANTICS D5: an output padding below the dilation is legal: 3 to 8.", 1e-4, 1e-5)
    x, w, bias = case.randn(1, 2, 3, 3), case.randn(2, 2, 3, 3), case.randn(2)
    conv_transpose(case, x, w, bias, dilation=2, extra=1)
    conv_transpose(case, x, w, bias, stride=3, extra=2)
    conv_transpose(case, x, w, bias, stride=1, dilation=5, extra=4, begin=[12, 0], end=0)


def winograds():
    case = Case(FAMILY, "winograd", "16 products for 4 outputs: odd and even sizes, borders of every width, images smaller than "
                "a tile, blocks inside and across the borders, a last block past the end.", 1e-4, 1e-5)
    def kernel(outputs, channels):
        return case.randn(outputs, channels, 3, 3)[1]
    winograd(case, case.randn(1, 4, 4, 3), kernel(8, 3))
    winograd(case, case.randn(2, 5, 7, 3), kernel(16, 3), case.randn(16))
    winograd(case, case.randn(1, 1, 1, 2), kernel(8, 2), case.randn(8))
    winograd(case, case.randn(1, 3, 3, 4), kernel(8, 4), begin=(0, 0), end=(0, 0))
    winograd(case, case.randn(1, 6, 5, 4), kernel(8, 4), begin=(2, 0), end=(0, 2))
    winograd(case, case.randn(1, 6, 5, 4), kernel(8, 4), begin=(0, 2), end=(2, 1))
    winograd(case, case.randn(1, 8, 262, 5), kernel(16, 5), case.randn(16))
    winograd(case, case.randn(1, 41, 37, 6), kernel(16, 6), width=16)
    winograd(case, case.randn(1, 16, 16, 200), kernel(8, 200) / 40, case.randn(8))
    winograd(case, case.randn(1, 9, 8, 4, dtype=torch.float64), kernel(8, 4))
    case = Case(FAMILY, "winograd-large", "Place by place where the weight exceeds the caches: a last block past the end.", 1e-4, 1e-5)
    winograd_large(case, case.randn(1, 25, 9, 244), 272, 16)
    case = Case(FAMILY, "winograd-groups", "Few tiles: the panels in groups, place by place or not, with blocks at borders and whole.", 1e-4, 1e-5)
    winograd_large(case, case.randn(2, 8, 7, 244), 288, 16)
    winograd(case, case.randn(1, 8, 8, 4), kernel(192, 4), case.randn(192), width=16)
    winograd(case, case.randn(1, 7, 9, 4), kernel(128, 4), case.randn(128), width=16, then=True)
    case = Case(FAMILY, "winograd-epilogue", "What follows works on the tiles.", 1e-4, 1e-5)
    winograd(case, case.randn(1, 32, 24, 8), kernel(16, 8), case.randn(16), then=True)
    winograd(case, case.randn(2, 33, 71, 8), kernel(16, 8), then=True)


def make():
    winograds()
    depthwises()
    padded_convolutions()
    planes()
    convolutions()
    transposed()
