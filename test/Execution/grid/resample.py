"""Resizing, upsampling, pixel shuffles and unpooling, held against ONNX Runtime and torch."""
import torch
import torch.nn.functional as F

from grid import onnx_node
from grid.case import Case
from grid.convolution import conv, listed

FAMILY = "Resample"


def resize_text(mode, result, coordinates, nearest, scales, roi, coefficient, extrapolation, exclude, antialias):
    flags = []
    if coordinates != "half_pixel":
        flags.append(f"coordinates = #tenon<coordinate_mode {coordinates}>")
    if nearest != "round_prefer_floor":
        flags.append(f"nearest = #tenon<nearest_mode {nearest}>")
    for name, values in (("scales", scales), ("roi", roi)):
        if values is not None:
            flags.append(f"{name} = array<f64: {', '.join(repr(float(torch.tensor(v, dtype=torch.float32))) for v in values)}>")
    if coefficient != -0.75:
        flags.append(f"cubic_coeff = {coefficient:e} : f64")
    if extrapolation:
        flags.append(f"extrapolation_value = {extrapolation:e} : f64")
    flags += [name for name, given in (("exclude_outside", exclude), ("antialias", antialias)) if given]
    return f"tenon.resize {mode} {{0}}" + (" {{" + ", ".join(flags) + "}}" if flags else "") + " : {t0} to {results}"


def resize(case, mode, x, sizes=None, scales=None, coordinates="half_pixel", nearest="round_prefer_floor", roi=None,
           coefficient=-0.75, extrapolation=0.0, exclude=False, antialias=False, expected=None):
    if expected is None:
        wide = x[1].float() if x[1].dtype in (torch.float16, torch.bfloat16) else x[1]
        box = torch.tensor(roi) if roi is not None else None
        given = torch.tensor(scales) if scales is not None else None
        size = torch.tensor(sizes) if sizes is not None else None
        expected, = onnx_node.run(
            "Resize", [wide, box, given, size] if size is not None else [wide, box, given], mode=mode,
            coordinate_transformation_mode=coordinates, nearest_mode=nearest, cubic_coeff_a=coefficient,
            extrapolation_value=extrapolation, exclude_outside=int(exclude), antialias=int(antialias))
        expected = expected.to(x[1].dtype)
    return case.op(resize_text(mode, expected, coordinates, nearest, scales, roi, coefficient, extrapolation, exclude, antialias),
                   [x], expected)


COORDINATES = ("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel", "half_pixel_symmetric")


def filters():
    for mode in ("linear", "cubic"):
        case = Case(FAMILY, f"resize-{mode}", "Every coordinate mode, up and down, by sizes.", 1e-4, 1e-4)
        x = case.randn(1, 2, 7, 9)
        for coordinates in COORDINATES:
            for sizes in ((1, 2, 14, 18), (1, 2, 9, 5), (1, 2, 3, 4)):
                resize(case, mode, x, sizes, coordinates=coordinates)

        case = Case(FAMILY, f"resize-{mode}-d13-antialias",
                    "SEMANTICS D13: the filter widens when an axis shrinks; taps outside clamp, or drop out and the rest is normalised.", 1e-4, 1e-4)
        x = case.randn(1, 2, 11, 13)
        for exclude in (False, True):
            for sizes in ((1, 2, 4, 5), (1, 2, 22, 6), (1, 2, 1, 13)):
                resize(case, mode, x, sizes, antialias=True, exclude=exclude)
        resize(case, mode, x, scales=(1, 1, 0.6, 0.3), antialias=True, exclude=True)
        expected = F.interpolate(x[1], (4, 6), mode="bi" + mode, align_corners=False, antialias=True)
        resize(case, mode, x, antialias=True, exclude=True, coefficient=-0.5, expected=expected)

    case = Case(FAMILY, "resize-torch", "As torch interpolates: bilinear and bicubic with both corners, linear and trilinear.", 1e-4, 1e-4)
    x = case.randn(1, 2, 6, 5)
    for align in (False, True):
        coordinates = "align_corners" if align else "half_pixel"
        for mode in ("linear", "cubic"):
            resize(case, mode, x, coordinates=coordinates, expected=F.interpolate(x[1], (13, 8), mode="bi" + mode, align_corners=align))
    line = case.randn(1, 3, 7)
    resize(case, "linear", line, expected=F.interpolate(line[1], 11, mode="linear"))
    block = case.randn(1, 2, 3, 4, 5)
    resize(case, "linear", block, expected=F.interpolate(block[1], (6, 5, 9), mode="trilinear"))

    case = Case(FAMILY, "resize-exclude-outside", "Cubic taps outside drop out and the weights are normalised again.", 1e-4, 1e-4)
    x = case.randn(1, 2, 5, 6)
    resize(case, "cubic", x, (1, 2, 10, 11), exclude=True)
    resize(case, "cubic", x, (1, 2, 3, 4), exclude=True, coefficient=-0.5)

    case = Case(FAMILY, "resize-d9-length-1", "SEMANTICS D9: 5 to 1 reads x[0] with aligned corners and pytorch_half_pixel, x[2] with half_pixel.", 1e-5, 1e-6)
    x = case.input(torch.arange(1., 6).reshape(1, 1, 5, 1).repeat(1, 1, 1, 2))
    for coordinates, value in (("align_corners", 1.), ("pytorch_half_pixel", 1.), ("half_pixel", 3.)):
        for mode in ("linear", "cubic"):
            if mode == "linear":
                resize(case, mode, x, coordinates=coordinates, expected=torch.full((1, 1, 1, 2), value))
            resize(case, mode, x, (1, 1, 1, 2), coordinates=coordinates)
    single = case.randn(1, 1, 1, 3)
    resize(case, "linear", single, (1, 1, 4, 5), coordinates="align_corners")

    case = Case(FAMILY, "resize-crop", "tf_crop_and_resize: a part of each axis; what lies outside takes the value.", 1e-4, 1e-4)
    x = case.randn(1, 1, 4, 5)
    box = (0., 0., .4, .6, 1., 1., .7, .8)
    for mode in ("nearest", "linear", "cubic"):
        resize(case, mode, x, (1, 1, 3, 3), coordinates="tf_crop_and_resize", roi=box)
        resize(case, mode, x, (1, 1, 3, 4), coordinates="tf_crop_and_resize", roi=(0., 0., .4, -.3, 1., 1., 1.2, 1.7), extrapolation=10.)
        resize(case, mode, x, (1, 1, 1, 1), coordinates="tf_crop_and_resize", roi=box)

    for dtype, rtol in ((torch.float16, 1e-3), (torch.bfloat16, 8e-3)):
        name = str(dtype).removeprefix("torch.")
        case = Case(FAMILY, f"resize-{name}", "Filters of 16-bit floats are summed in f32 and rounded once.", rtol, 2e-3)
        x = case.randn(1, 2, 8, 9, dtype=dtype)
        for mode in ("nearest", "linear", "cubic"):
            resize(case, mode, x, (1, 2, 13, 21))
        resize(case, "linear", x, (1, 2, 3, 4), antialias=True, exclude=True)


def nearest():
    case = Case(FAMILY, "resize-d7-nearest-doubled", "SEMANTICS D7: 1..4 doubled, by coordinates and rounding; the wrong ones are not pixel repetition.")
    x = case.input(torch.arange(1., 5).reshape(1, 1, 1, 4))
    rule = {("half_pixel", "floor"): "11122334", ("half_pixel", "ceil"): "12233444", ("asymmetric", "ceil"): "12233444",
            ("asymmetric", "round_prefer_ceil"): "12233444", ("asymmetric", "floor"): "11223344",
            ("asymmetric", "round_prefer_floor"): "11223344", ("half_pixel", "round_prefer_floor"): "11223344"}
    for (coordinates, rounding), digits in rule.items():
        expected = torch.tensor([float(digit) for digit in digits]).reshape(1, 1, 1, 8)
        resize(case, "nearest", x, coordinates=coordinates, nearest=rounding, expected=expected)

    case = Case(FAMILY, "resize-nearest", "Every coordinate mode and rounding, up and down, by sizes.")
    x = case.randn(1, 1, 7, 9)
    for coordinates in (*COORDINATES, "tf_half_pixel_for_nn"):
        for rounding in ("round_prefer_floor", "round_prefer_ceil", "floor", "ceil"):
            for sizes in ((1, 1, 14, 27), (1, 1, 3, 4)):
                resize(case, "nearest", x, sizes, coordinates=coordinates, nearest=rounding)

    case = Case(FAMILY, "resize-d6-d12-exact-ratio", "SEMANTICS D6, D12: ties and torch's two nearest modes are decided by the exact ratio of the sizes.")
    for size in (6, 10, 22, 49):
        x = case.randn(1, 1, size)
        for result in (5, 15, 7 * size, 2 * size - 1):
            exact = torch.arange(result) * size // result
            resize(case, "nearest", x, coordinates="asymmetric", nearest="floor", expected=x[1][..., exact])
            centre = (2 * torch.arange(result) + 1) * size // (2 * result)
            resize(case, "nearest", x, coordinates="tf_half_pixel_for_nn", nearest="floor", expected=x[1][..., centre])

    case = Case(FAMILY, "resize-d8-d11-identity", "SEMANTICS D8, D11: an axis of equal size and scale 1 is identity whatever the modes.")
    x = case.randn(2, 3, 4, 5)
    for rounding in ("ceil", "floor"):
        expected = x[1].repeat_interleave(2, 3)
        resize(case, "nearest", x, coordinates="asymmetric", nearest="floor", expected=expected)
        resize(case, "nearest", x, coordinates="half_pixel", nearest=rounding, expected=x[1])
    resize(case, "linear", x, coordinates="half_pixel", antialias=True, expected=x[1])
    pair = case.input(torch.tensor([[[1., 2]]]))
    # torch 2.15 gives [1, 1] for its scale of 1.3.
    resize(case, "nearest", pair, coordinates="asymmetric", nearest="floor", expected=pair[1])

    case = Case(FAMILY, "resize-d10-given-scales", "SEMANTICS D10: with scales the size is floor(in scale), but the scale itself places the taps.", 1e-4, 1e-4)
    x = case.randn(1, 1, 5, 7)
    for mode in ("nearest", "linear", "cubic"):
        for coordinates in ("half_pixel", "asymmetric", "half_pixel_symmetric", "pytorch_half_pixel"):
            # Of 7 at 0.6 a symmetric half pixel is a tie by decimals, not in f32.
            for scales in ((1., 1., 1.3, 0.61), (1., 1., 0.7, 2.4)):
                resize(case, mode, x, scales=scales, coordinates=coordinates)

    case = Case(FAMILY, "resize-d10-aligned-corners", "SEMANTICS D10, as in onnx's own node data: the scale also places aligned corners.", 1e-4, 1e-4)
    x = case.input(torch.arange(1., 9).reshape(1, 1, 2, 4))
    # ONNX Runtime takes the rounded size here, (0, 4) on the last axis.
    resize(case, "linear", x, scales=(1., 1., 0.6, 0.6), coordinates="align_corners", expected=torch.tensor([[[[1., 22 / 7]]]]))

    case = Case(FAMILY, "resize-d18-clamp", "SEMANTICS D18: -0.5 rounds to -1 and is clamped to the edge.")
    x = case.input(torch.arange(1., 5).reshape(1, 1, 4))
    for rounding in ("round_prefer_floor", "floor", "round_prefer_ceil", "ceil"):
        resize(case, "nearest", x, (1, 1, 3), coordinates="half_pixel", nearest=rounding)
        resize(case, "nearest", x, scales=(1., 1., 4.6), coordinates="half_pixel", nearest=rounding)
        resize(case, "nearest", x, scales=(1., 1., 2.9), coordinates="half_pixel_symmetric", nearest=rounding)

    case = Case(FAMILY, "resize-d16-odd-skip", "SEMANTICS D16: an odd size is met by resizing to it, not by doubling; the join and convolution behind see its border.", 1e-4, 1e-5)
    small, skip = case.randn(1, 2, 3, 4), case.randn(1, 3, 7, 9)
    w = case.randn(4, 5, 3, 3)
    for mode, name in (("nearest", "nearest"), ("linear", "bilinear")):
        bigger = F.interpolate(small[1], skip[1].shape[2:], mode=name)
        extra = {"coordinates": "asymmetric", "nearest": "floor"} if mode == "nearest" else {}
        resized, = resize(case, mode, small, expected=bigger, **extra)
        joined, = case.op("tenon.concat {0}, {1} axis 1 : {operands} -> {results}", [resized, skip], torch.cat([bigger, skip[1]], 1))
        conv(case, joined, w, begin=1)

    case = Case(FAMILY, "resize-nearest-integer", "Integers and booleans move unchanged.")
    for tensor in (torch.arange(12, dtype=torch.int64).reshape(1, 1, 3, 4) << 33, torch.arange(12, dtype=torch.uint8).reshape(1, 1, 3, 4)):
        x = case.input(tensor)
        resize(case, "nearest", x, coordinates="asymmetric", nearest="floor", expected=tensor.repeat_interleave(2, 2).repeat_interleave(3, 3))


def moves():
    case = Case(FAMILY, "upsample", "Pixels repeated by whole factors.")
    for x, factors in ((case.randn(2, 3, 4, 5), (2, 3)), (case.randn(1, 2, 5), (4,)), (case.randn(1, 2, 2, 3, 2), (1, 2, 3))):
        expected = x[1]
        for axis, factor in enumerate(factors):
            expected = expected.repeat_interleave(factor, axis + 2)
        case.op(f"tenon.upsample {{0}} factors {listed(factors)} : {{t0}} -> {{results}}", [x], expected)

    case = Case(FAMILY, "pixel-shuffle-d14-order", "SEMANTICS D14: CRD is torch's pixel_shuffle, DCR is ONNX DepthToSpace's default; and back.")
    x = case.input(torch.arange(8.).reshape(1, 8, 1, 1).repeat(1, 1, 2, 3) + torch.arange(6.).reshape(1, 1, 2, 3) * 10)
    y = case.randn(2, 27, 2, 4)
    for tensor, block in ((x, 2), (y, 3)):
        for order, mode in (("crd", "CRD"), ("dcr", "DCR")):
            expected, = onnx_node.run("DepthToSpace", [tensor[1]], blocksize=block, mode=mode)
            attribute = "" if order == "crd" else " {{order = #tenon<pixel_order dcr>}}"
            case.op(f"tenon.pixel_shuffle {{0}} block {block}{attribute} : {{t0}} -> {{results}}", [tensor], expected)
    case.op("tenon.pixel_shuffle {0} block 3 : {t0} -> {results}", [y], F.pixel_shuffle(y[1], 3))
    z = case.randn(2, 3, 4, 6)
    case.op("tenon.pixel_unshuffle {0} block 2 : {t0} -> {results}", [z], F.pixel_unshuffle(z[1], 2))
    expected, = onnx_node.run("SpaceToDepth", [z[1]], blocksize=2)
    case.op("tenon.pixel_unshuffle {0} block 2 {{order = #tenon<pixel_order dcr>}} : {t0} -> {results}", [z], expected)

    case = Case(FAMILY, "pixel-shuffle-channels-last", "Of an image with the channels last, which the result keeps.")
    def moved(value, axes):
        return case.op(f"tenon.transpose {{0}} {listed(axes)} : {{t0}} -> {{results}}", [value], value[1].permute(axes))[0]
    for order, mode in (("crd", "CRD"), ("dcr", "DCR")):
        attribute = "" if order == "crd" else " {{order = #tenon<pixel_order dcr>}}"
        for size, block in (((2, 3, 5, 12), 2), ((1, 1, 4, 18), 3)):
            image = moved(case.randn(*size), (0, 3, 1, 2))
            expected, = onnx_node.run("DepthToSpace", [image[1].contiguous()], blocksize=block, mode=mode)
            shuffled = case.op(f"tenon.pixel_shuffle {{0}} block {block}{attribute} : {{t0}} -> {{results}}", [image], expected)[0]
            moved(shuffled, (0, 2, 3, 1))
    image = moved(case.randn(2, 4, 6, 5), (0, 3, 1, 2))
    moved(case.op("tenon.pixel_unshuffle {0} block 2 : {t0} -> {results}", [image], F.pixel_unshuffle(image[1], 2))[0], (0, 2, 3, 1))
    image = moved(case.randn(2, 3, 5, 12), (0, 3, 1, 2))
    groups = case.op("tenon.reshape {0} : {t0} to {results}", [image], image[1].reshape(2, 3, 4, 3, 5))[0]
    groups = moved(groups, (0, 2, 1, 3, 4))
    moved(case.op("tenon.reshape {0} : {t0} to {results}", [groups], F.channel_shuffle(image[1].contiguous(), 3))[0], (0, 2, 3, 1))

    case = Case(FAMILY, "max-unpool-d15-indices", "SEMANTICS D15: indices are flat in the final plane (torch) or tensor (ONNX); larger outputs invent no padding.")
    x = case.randn(2, 3, 6, 8)
    values, indices = F.max_pool2d(x[1], 2, return_indices=True)
    for size in ((6, 8), (7, 9)):
        expected = F.max_unpool2d(values, indices, 2, output_size=size)
        case.op("tenon.max_unpool {0}, {1} : {operands} -> {results}", [case.input(values), case.input(indices)], expected)
    small = case.input(torch.tensor([[[[1., 2], [3, 4]]]]))
    places = case.input(torch.tensor([[[[5, 7], [13, 15]]]]))
    for size in ((1, 1, 4, 4), (1, 1, 5, 5)):
        expected, = onnx_node.run("MaxUnpool", [small[1], places[1], torch.tensor(size)], kernel_shape=[2, 2], strides=[2, 2])
        case.op("tenon.max_unpool {0}, {1} {{whole_tensor}} : {operands} -> {results}", [small, places], expected)
    pooled, whole = onnx_node.run("MaxPool", [x[1]], outputs=2, kernel_shape=[2, 2], strides=[2, 2])
    case.op("tenon.max_unpool {0}, {1} {{whole_tensor}} : {operands} -> {results}", [case.input(pooled), case.input(whole)],
            F.max_unpool2d(values, indices, 2))

    case = Case(FAMILY, "max-unpool-outside", "An index outside is dropped; equal indices with equal values meet.")
    x = case.input(torch.tensor([[[1., 2, 3, 4]]]))
    places = case.input(torch.tensor([[[2, -1, 5, 100]]]))
    case.op("tenon.max_unpool {0}, {1} : {operands} -> {results}", [x, places], torch.tensor([[[0., 0, 1, 0, 0, 3]]]))
    same = case.input(torch.tensor([[[7., 7, 3, 3]]]))
    places = case.input(torch.tensor([[[2, 2, 5, 5]]], dtype=torch.int32))
    case.op("tenon.max_unpool {0}, {1} : {operands} -> {results}", [same, places], torch.tensor([[[0., 0, 7, 0, 0, 3]]]))

    case = Case(FAMILY, "resample-h1-empty", "SEMANTICS H1: no batch, no result.")
    x = case.randn(0, 4, 3, 3)
    case.op("tenon.resize linear {0} : {t0} to {results}", [x], torch.zeros(0, 4, 6, 6))
    case.op("tenon.upsample {0} factors [2, 2] : {t0} -> {results}", [x], torch.zeros(0, 4, 6, 6))
    case.op("tenon.pixel_shuffle {0} block 2 : {t0} -> {results}", [x], torch.zeros(0, 1, 6, 6))


def make():
    filters()
    nearest()
    moves()
