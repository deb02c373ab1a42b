"""Gathering, scattering, padding, slicing, ordering, held against ONNX Runtime and torch."""
import math

import numpy as np
import torch

from grid import onnx_node
from grid.case import Case, mlir_type
from grid.convolution import listed

FAMILY = "Indexing"
I64 = torch.int64


def tensor(values, dtype=I64):
    return torch.tensor(values, dtype=dtype)


def gathers():
    case = Case(FAMILY, "gather", "Every axis, indices of any rank, negative ones, i32.")
    x = case.randn(4, 5, 6)
    for axis, indices in ((0, tensor([[3, -1], [0, -4]])), (1, tensor(2)), (2, tensor([[5, -6, 1]], torch.int32))):
        expected, = onnx_node.run("Gather", [x[1], indices], axis=axis)
        case.op(f"tenon.gather {{0}}, {{1}} axis {axis} : {{operands}} -> {{results}}", [x, case.input(indices)], expected)
    bools = case.input(torch.tensor([True, False, True]))
    case.op("tenon.gather {0}, {1} axis 0 : {operands} -> {results}", [bools, case.input(tensor([2, 1]))], tensor([1, 0], torch.bool))

    case = Case(FAMILY, "gather-outside", "An index outside is clamped: no read leaves the input.")
    x = case.input(torch.arange(5.))
    places = case.input(tensor([5, -6, 2**40, -2**63, 2**63 - 1]))
    case.op("tenon.gather {0}, {1} axis 0 : {operands} -> {results}", [x, places], torch.tensor([4., 0, 4, 0, 4]))
    case.op("tenon.gather_elements {0}, {1} axis 0 : {operands} -> {results}", [x, places], torch.tensor([4., 0, 4, 0, 4]))
    vectors = (case.input(places[1].reshape(5, 1)))
    case.op("tenon.gather_nd {0}, {1} batch_dims 0 : {operands} -> {results}", [x, vectors], torch.tensor([4., 0, 4, 0, 4]))

    case = Case(FAMILY, "gather-elements", "Indices longer along the axis, shorter off it.")
    x = case.randn(4, 5, 6)
    for axis, shape in ((0, (7, 5, 6)), (1, (2, 3, 4)), (2, (4, 1, 6))):
        size = x[1].shape[axis]
        indices = case.integers(-size, size, *shape)
        expected, = onnx_node.run("GatherElements", [x[1], indices[1]], axis=axis)
        case.op(f"tenon.gather_elements {{0}}, {{1}} axis {axis} : {{operands}} -> {{results}}", [x, indices], expected)

    case = Case(FAMILY, "gather-nd", "Whole and partial vectors of coordinates, with batch axes.")
    x = case.randn(2, 3, 4, 5)
    for batch, indices in ((0, tensor([[1, 2, -1, 0], [-2, 0, 3, 4]])), (0, tensor([[[1, -1]], [[0, 2]]])),
                           (1, tensor([[[2, 3]], [[-3, 0]]])), (2, tensor([[[1], [2], [0]], [[3], [-4], [2]]]))):
        expected, = onnx_node.run("GatherND", [x[1], indices], batch_dims=batch)
        case.op(f"tenon.gather_nd {{0}}, {{1}} batch_dims {batch} : {{operands}} -> {{results}}", [x, case.input(indices)], expected)


def transposes():
    case = Case(FAMILY, "transposes", "Axes of fewer, exactly and more than the 8 that registers hold; arithmetic on the way.", 1e-6, 1e-6)
    for shape, order in (((19, 37), (1, 0)), ((8, 16), (1, 0)), ((2, 7, 40), (0, 2, 1)), ((2, 9, 3, 24), (0, 3, 1, 2)),
                         ((2, 33, 4, 8), (3, 2, 0, 1)), ((5, 16, 12), (2, 0, 1))):
        x = case.randn(*shape)
        moved = x[1].permute(order)
        text = f"tenon.transpose {{0}} [{', '.join(map(str, order))}] : {{t0}} -> {{results}}"
        y, = case.op(text, [x], moved)
        other = case.randn(*moved.shape)
        case.op("arith.addf {0}, {1} : {t0}", [y, other], moved + other[1])
        case.op(text, [case.integers(-9, 9, *shape, dtype=torch.int32)], case.inputs[-1].permute(order))


def transposes_in_tiles():
    """Enough arithmetic behind the transpose that it is cut into tiles, the last of which is smaller."""
    case = Case(FAMILY, "transposes-in-tiles", "A tile of an axis that is no multiple of it is shorter than the squares that registers hold.",
                1e-5, 1e-5)
    x = case.randn(1, 24, 28, 28)
    expected = x[1].permute(0, 2, 3, 1).double()
    kind = mlir_type(expected.float())
    case.lines.append(f"  %t0 = tenon.transpose {x[0]} [0, 2, 3, 1] : {mlir_type(x[1])} -> {kind}")
    for step in range(8):
        name, other = ("addf", "%t0") if step % 2 else ("mulf", "%h")
        if step == 0:
            case.lines.append(f"  %h = arith.constant dense<0.5> : {kind}")
        case.lines.append(f"  %t{step + 1} = arith.{name} %t{step}, {other} : {kind}")
    first = expected
    for step in range(8):
        expected = expected + first if step % 2 else expected * 0.5
    case.op("arith.negf {0} : {t0}", [("%t8", expected.float())], -expected.float())


def scatter(case, op, x, indices, updates, axis=None, reduction="none", unsigned=False, expected=None):
    flags = ([f"reduction = #tenon<scatter_reduction {reduction}>"] if reduction != "none" else [])
    flags += ["unsigned_elements"] if unsigned else []
    attributes = " {{" + ", ".join(flags) + "}}" if flags else ""
    if expected is None:
        wide = torch.float32 if x[1].dtype in (torch.float16, torch.bfloat16) else x[1].dtype
        name = "ScatterElements" if axis is not None else "ScatterND"
        given = {} if axis is None else {"axis": axis}
        expected, = onnx_node.run(name, [x[1].to(wide), indices[1], updates[1].to(wide)], reduction=reduction, **given)
        expected = expected.to(x[1].dtype)
    place = f" axis {axis}" if axis is not None else ""
    case.op(f"tenon.{op} {{0}}, {{1}}, {{2}}{place}{attributes} : {{operands}} -> {{results}}", [x, indices, updates], expected)


def scatters():
    case = Case(FAMILY, "scatter-elements", "Every reduction, negative indices, several updates of one element.")
    x, indices = case.randn(4, 5), case.integers(-4, 4, 6, 3)
    updates = case.randn(6, 3)
    for reduction in ("add", "mul", "max", "min"):
        scatter(case, "scatter_elements", x, indices, updates, 0, reduction)
    numbers = case.integers(-50, 50, 4, 5)
    scatter(case, "scatter_elements", numbers, indices, case.integers(-9, 9, 6, 3), 0, "add")
    unique = case.input(tensor([[0, 3, -1], [1, 0, 2]]))
    scatter(case, "scatter_elements", x, unique, case.randn(2, 3), 1)

    case = Case(FAMILY, "scatter-duplicates", "Without reduction the last update stays.")
    x, indices = case.randn(2, 3), case.input(tensor([[1, 1, 1], [2, 0, 0]]))
    updates = case.input(torch.arange(6.).reshape(2, 3))
    expected = x[1].clone()
    expected[0, 1], expected[1, 2], expected[1, 0] = 2, 3, 5
    scatter(case, "scatter_elements", x, indices, updates, 1, expected=expected)

    case = Case(FAMILY, "scatter-outside", "An update outside is dropped; the input itself is left as it was.")
    x = case.input(torch.arange(5.))
    places, updates = case.input(tensor([5, -6, 2**40, 3])), case.input(torch.tensor([7., 8, 9, 10]))
    expected = torch.tensor([0., 1, 2, 10, 4])
    scatter(case, "scatter_elements", x, places, updates, 0, expected=expected)
    scatter(case, "scatter_nd", x, case.input(places[1].reshape(4, 1)), updates, expected=expected)

    case = Case(FAMILY, "scatter-nd", "Whole and partial vectors of coordinates, every reduction.")
    x = case.randn(4, 3, 2)
    whole = case.input(tensor([[0, 1, 1], [3, -1, 0], [0, 1, 1]]))
    rows = case.input(tensor([[2], [-4]]))
    scatter(case, "scatter_nd", x, rows, case.randn(2, 3, 2))
    for reduction in ("add", "mul", "max", "min"):
        scatter(case, "scatter_nd", x, whole, case.randn(3), reduction=reduction)
        scatter(case, "scatter_nd", x, rows, case.randn(2, 3, 2), reduction=reduction)

    case = Case(FAMILY, "scatter-types", "Bytes by sign, booleans, and 16-bit sums formed in f32.", 1e-3, 1e-3)
    indices = case.input(tensor([0, 2, 0, 1, 1]))
    signed, unsigned = tensor([-5, 100, 7], torch.int8), tensor([251, 100, 7], torch.uint8)
    updates = tensor([3, -100, -9, 101, 90], torch.int8)
    for reduction, signed_result, unsigned_result in (("max", [3, 101, 7], [251, 101, 156]), ("min", [-9, 90, -100], [3, 90, 7])):
        scatter(case, "scatter_elements", case.input(signed), indices, case.input(updates), 0, reduction, expected=tensor(signed_result, torch.int8))
        scatter(case, "scatter_elements", case.input(unsigned), indices, case.input(updates.view(torch.uint8)), 0, reduction, True,
                expected=tensor(unsigned_result, torch.uint8))
    mask, marks = case.input(tensor([0, 0, 1], torch.bool)), case.input(tensor([1, 0, 0, 0, 1], torch.bool))
    scatter(case, "scatter_elements", mask, indices, marks, 0, "max", expected=tensor([1, 1, 1], torch.bool))
    scatter(case, "scatter_elements", mask, indices, marks, 0, expected=tensor([0, 1, 0], torch.bool))
    half = case.input(torch.tensor([1., 2048, 0], dtype=torch.float16))
    ones = case.input(torch.ones(64, dtype=torch.float16))
    scatter(case, "scatter_elements", half, case.input(torch.ones(64, dtype=I64)), ones, 0, "add",
            expected=torch.tensor([1., 2112, 0], dtype=torch.float16))

    case = Case(FAMILY, "scatter-h1-empty", "SEMANTICS H1: without updates the input comes back.")
    x = case.randn(3, 2)
    scatter(case, "scatter_elements", x, case.input(torch.zeros(0, 2, dtype=I64)), case.randn(0, 2), 0, expected=x[1])
    scatter(case, "scatter_nd", x, case.input(torch.zeros(0, 1, dtype=I64)), case.randn(0, 2), expected=x[1])


def pad(case, x, low, high, mode="constant", value=None, expected=None):
    if expected is None:
        cropped = x[1]
        for axis, (before, after) in enumerate(zip(low, high)):
            begin, end = max(0, -before), cropped.shape[axis] - max(0, -after)
            cropped = cropped.narrow(axis, begin, end - begin)
        widths = [(max(0, before), max(0, after)) for before, after in zip(low, high)]
        arguments = {"constant_values": 0 if value is None else value[1].item()} if mode == "constant" else {}
        expected = torch.from_numpy(np.pad(cropped.numpy(), widths, mode=mode, **arguments))
    attribute = f" {{{{mode = #tenon<pad_mode {mode}>}}}}" if mode != "constant" else ""
    fill = " value {1}" if value is not None else ""
    case.op(f"tenon.pad {{0}}{fill} low {listed(low)} high {listed(high)}{attribute} : {{operands}} -> {{results}}",
            [x] + ([value] if value is not None else []), expected)


def slices():
    case = Case(FAMILY, "pad", "Every mode; negative pads crop first.")
    x = case.randn(3, 5, 4)
    for mode in ("constant", "reflect", "edge", "wrap"):
        pad(case, x, [1, 4, 0], [2, 3, 3], mode)
        pad(case, x, [-1, 2, -2], [1, -1, 1 if mode == "reflect" else -1], mode)
    pad(case, x, [1, -2, 0], [0, 3, -1], value=case.input(torch.tensor(2.5)))
    pad(case, case.input(tensor([1, 0, 1], torch.bool)), [1], [2], value=case.input(torch.tensor(True)))
    pad(case, x, [-1, 0, 0], [-1, -2, 0], value=case.input(torch.tensor(2.5)))

    case = Case(FAMILY, "slice-backwards-in-tiles", "Axes walked backwards where the work is cut into tiles.")
    x = case.randn(160, 210)
    for axes in ((0,), (1,), (0, 1)):
        start = [159 if 0 in axes else 0, 209 if 1 in axes else 0]
        by = [-1 if axis in axes else 1 for axis in (0, 1)]
        case.op(f"tenon.slice {{0}} starts {start} sizes [160, 210] steps {by} : {{t0}} -> {{results}}", [x], x[1].flip(axes))
    case = Case(FAMILY, "pad-wrap-around", "Wrapping farther than the axis is long, either way.")
    x = case.input(torch.arange(3.))
    pad(case, x, [8], [10], "wrap")
    pad(case, x, [3], [0], "wrap")
    pad(case, x, [8], [10], "edge")

    case = Case(FAMILY, "pad-onnx", "As ONNX Runtime pads.")
    x = case.randn(2, 3, 4)
    for mode in ("constant", "reflect", "edge", "wrap"):
        expected, = onnx_node.run("Pad", [x[1], tensor([0, 2, 1, 1, 0, 3])], mode=mode)
        pad(case, x, [0, 2, 1], [1, 0, 3], mode, expected=expected)

    case = Case(FAMILY, "slice", "Steps of either sign on every axis.")
    x = case.randn(5, 6, 7)
    for starts, sizes, steps in (([1, 0, 2], [3, 6, 4], [1, 1, 1]), ([0, 1, 0], [3, 2, 4], [2, 3, 2]), ([4, 5, 6], [5, 3, 7], [-1, -2, -1]),
                                 ([4, 1, 0], [2, 5, 1], [-3, 1, 5]), ([2, 5, 3], [1, 1, 1], [-9, 7, 1])):
        index = tuple(tensor([start + i * step for i in range(size)]) for start, size, step in zip(starts, sizes, steps))
        case.op(f"tenon.slice {{0}} starts {listed(starts)} sizes {listed(sizes)} steps {listed(steps)} : {{t0}} -> {{results}}",
                [x], x[1][torch.meshgrid(*index, indexing="ij")])

    case = Case(FAMILY, "concat", "Any axis; inputs without elements in between.")
    for axis, shapes in ((0, ((2, 3), (1, 3), (4, 3))), (1, ((2, 3), (2, 0), (2, 5))), (1, ((2, 1),))):
        parts = [case.randn(*shape) for shape in shapes]
        names = ", ".join(f"{{{i}}}" for i in range(len(parts)))
        case.op(f"tenon.concat {names} axis {axis} : {{operands}} -> {{results}}", parts, torch.cat([part[1] for part in parts], axis))
    x = case.randn(2, 3)
    case.op("tenon.concat {0}, {1}, {2} axis 0 : {operands} -> {results}", [x, x, x], torch.cat([x[1]] * 3))

    case = Case(FAMILY, "joins-in-tiles", "Long enough for tiles: some of which see one input only, some a border, some several.")
    def bytes_of(*shape):
        return case.integers(-128, 128, *shape, dtype=torch.int8)
    pad(case, bytes_of(190, 190), [3, 5], [7, 5])
    pad(case, bytes_of(1, 8, 90, 50), [0, 0, 2, 0], [0, 0, 5, 1])
    pad(case, bytes_of(20, 30, 30), [21, 1, 0], [2, 3, 0])
    for axis, shapes in ((0, ((100, 150), (1, 150), (37, 150), (152, 150))), (1, ((9, 80, 60), (9, 3, 60), (9, 10, 60))),
                         (2, ((1, 1, 33000), (1, 1, 31), (1, 1, 17000)))):
        parts = [bytes_of(*shape) for shape in shapes]
        names = ", ".join(f"{{{i}}}" for i in range(len(parts)))
        case.op(f"tenon.concat {names} axis {axis} : {{operands}} -> {{results}}", parts, torch.cat([part[1] for part in parts], axis))

    case = Case(FAMILY, "slicing-h1-empty", "SEMANTICS H1: slices, joins and pads without elements.")
    x = case.randn(0, 3)
    case.op("tenon.concat {0}, {1} axis 1 : {operands} -> {results}", [x, x], torch.zeros(0, 6))
    case.op("tenon.slice {0} starts [0, 1] sizes [0, 2] steps [1, 1] : {t0} -> {results}", [x], torch.zeros(0, 2))
    case.op("tenon.gather {0}, {1} axis 0 : {operands} -> {results}", [x, case.input(torch.zeros(0, dtype=I64))], torch.zeros(0, 3))
    pad(case, x, [2, 0], [1, 0])


def order(values, k, axis, smallest):
    """torch's stable sort, with NaN above all as there."""
    ranked = values.to(torch.float64) if values.dtype in (torch.float16, torch.bfloat16) else values
    if smallest:
        indices = torch.sort(ranked, dim=axis, stable=True).indices
    else:
        # Descending and stable: ascending from the end, turned around.
        turned = torch.sort(ranked.flip(axis), dim=axis, stable=True).indices.flip(axis)
        indices = ranked.shape[axis] - 1 - turned
    indices = indices.narrow(axis, 0, k)
    return values.gather(axis, indices), indices


def top_k(case, x, k, axis, smallest=False, unsigned=False):
    flags = [name for name, given in (("smallest", smallest), ("unsigned_elements", unsigned)) if given]
    attributes = " {{" + ", ".join(flags) + "}}" if flags else ""
    values, indices = order(x[1], k, axis, smallest)
    case.op(f"tenon.top_k {{0}} k {k} axis {axis}{attributes} : {{operands}} -> {{results}}", [x], values, indices)


def orders():
    case = Case(FAMILY, "top-k", "Every axis, largest and smallest, all of them and one.")
    x = case.randn(4, 9, 5)
    for axis in (0, 1, 2):
        for smallest in (False, True):
            top_k(case, x, 3, axis, smallest)
            top_k(case, x, x[1].shape[axis], axis, smallest)
    top_k(case, x, 1, 1)

    case = Case(FAMILY, "top-k-ties", "The lower index comes first among equals; NaN counts as largest.")
    x = case.input(torch.tensor([2., 1, 2, math.nan, 1, 2, -math.inf, math.nan, math.inf]))
    for smallest in (False, True):
        for k in (2, 4, 9):
            top_k(case, x, k, 0, smallest)
    top_k(case, case.integers(0, 3, 40), 25, 0)
    top_k(case, case.integers(0, 2, 10, dtype=torch.bool), 6, 0)

    case = Case(FAMILY, "top-k-types", "Bytes by sign, and floats of 16 bits.")
    top_k(case, case.integers(-128, 128, 30, dtype=torch.int8), 9, 0)
    top_k(case, case.integers(0, 256, 30, dtype=torch.uint8), 9, 0, unsigned=True)
    top_k(case, case.integers(0, 256, 30, dtype=torch.uint8), 9, 0, True, unsigned=True)
    top_k(case, case.randn(30, dtype=torch.float16), 9, 0)
    top_k(case, case.randn(30, dtype=torch.bfloat16), 9, 0, True)

    case = Case(FAMILY, "top-k-merged", "Long rows of which many are wanted are sorted by merging.")
    x = case.input(torch.randint(0, 500, (2, 3001), generator=case.generator).float())
    top_k(case, x, 3001, 1)
    top_k(case, x, 1700, 1, True)

    case = Case(FAMILY, "top-k-h1-empty", "SEMANTICS H1: k 0 and rows that are not there.")
    top_k(case, case.randn(3, 4), 0, 1)
    top_k(case, case.randn(0, 4), 2, 1)


def make():
    gathers()
    transposes()
    transposes_in_tiles()
    scatters()
    slices()
    orders()
