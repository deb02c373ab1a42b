"""Every layer that makes images larger, over a grid of shapes and modes, as ONNX models.

  python upsampling.py

Odd sizes, images of one pixel, scales below 1, batches of none, 1, 2 and 3 spatial axes. Each folder of upsampling/ holds model.onnx,
whose nodes are the grid, inputs.safetensors and expected.safetensors. Where a layer has a weight, given.onnx takes the weights as inputs
(given.safetensors), so that no rewrite of them applies.

Results are ONNX Runtime's. Where it refuses a case or breaks a rule, those of onnx's reference implementation or of PyTorch, which
`Grid.add` is told beside the case; all others are held against onnx's reference too. onnx 1.23.2, onnxruntime 1.32.0, torch 2.15.0.
"""
import hashlib
import itertools
import math
import pathlib
import shutil
import warnings
from fractions import Fraction

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from safetensors.numpy import save_file

HERE = pathlib.Path(__file__).resolve().parent / "upsampling"
COORDINATES = ("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel", "half_pixel_symmetric")
ROUNDINGS = ("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")


def numbers(name, *shape):
    """Eighths, which are exact and pack well."""
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "little")
    return (np.random.default_rng(seed).integers(-16, 17, shape) / 8).astype(np.float32)


def info(name, array, shape=True):
    return helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape if shape else None)


class Grid:
    """One model. Arrays that nodes take are graph inputs (`image`), or weights, or constants, which stay in the file."""

    def __init__(self, name, opset=19):
        self.name, self.opset, self.nodes, self.counts = name, opset, [], {}
        self.inputs, self.weights, self.constants, self.known, self.outputs, self.results = {}, {}, {}, {}, {}, {}

    def image(self, *shape):
        name = "x" + "x".join(map(str, shape))
        self.inputs[name] = self.known[name] = numbers(self.name + name, *shape)
        return name

    def weight(self, *shape):
        name = f"w{len(self.weights)}"
        self.weights[name] = self.known[name] = numbers(self.name + name, *shape) / 8
        return name

    def constant(self, array):
        name = f"{array.dtype}_" + "_".join(str(value) for value in array.flatten())
        self.constants[name] = self.known[name] = array
        return name

    def add(self, kind, operands, by="onnxruntime", keeps=True, outputs=1, **attributes):
        """A node, whose first result the model gives where `keeps`. `by`: whose result it is, or the result itself."""
        label = f"{kind.lower()}{self.counts.setdefault(kind, 0)}"
        self.counts[kind] += 1
        names = [label] + [f"{label}_{i}" for i in range(1, outputs)]
        node = helper.make_node(kind, operands, names, label, **attributes)
        arrays = {name: self.known[name] for name in operands if name}
        results = judge(node, arrays, self.opset, by)
        self.nodes.append(node)
        self.known |= dict(zip(names, results))
        if keeps:
            self.outputs[label] = results[0]
        return label if outputs == 1 else names

    def write(self):
        folder = HERE / self.name
        folder.mkdir()
        self.save(folder / "model.onnx", self.inputs, {**self.weights, **self.constants})
        save_file(self.inputs, folder / "inputs.safetensors")
        save_file({name: np.ascontiguousarray(array) for name, array in self.outputs.items()}, folder / "expected.safetensors")
        if self.weights:
            self.save(folder / "given.onnx", {**self.inputs, **self.weights}, self.constants)
            save_file({**self.inputs, **self.weights}, folder / "given.safetensors")
        print(f"{self.name}: {len(self.nodes)} nodes, {sum(file.stat().st_size for file in folder.iterdir())} bytes", flush=True)

    def save(self, path, inputs, constants):
        graph = helper.make_graph(self.nodes, self.name, [info(*each) for each in inputs.items()], [info(*each) for each in self.outputs.items()],
                                  [numpy_helper.from_array(array, name) for name, array in constants.items()])
        onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)], ir_version=10), path)


def judge(node, arrays, opset, by):
    """The node's results by the implementation `by`; ONNX Runtime's are held against the reference where that has any."""
    if isinstance(by, np.ndarray):
        return [by]
    graph = helper.make_graph([node], "g", [info(*each) for each in arrays.items()],
                              [helper.make_tensor_value_info(name, onnx.TensorProto.INT64 if i else onnx.TensorProto.FLOAT, None)
                               for i, name in enumerate(node.output)])
    # Scales and sizes must be constants.
    for name in [name for name in node.input[1:] if name and arrays[name].ndim == 1 and node.op_type not in ("ConvTranspose", "Conv")]:
        graph.initializer.append(numpy_helper.from_array(arrays[name], name))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10)
    reference = None
    if by == "reference" or node.op_type == "Resize":
        try:
            reference = ReferenceEvaluator(model).run(None, arrays)
        except (ValueError, RuntimeError):
            assert by != "reference", node
    if by == "reference":
        return [result.astype(np.float32) for result in reference]
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    results = session.run(None, arrays)
    if reference is not None and not np.allclose(results[0], reference[0], 1e-4, 1e-5):
        attribute = {each.name: helper.get_attribute_value(each) for each in node.attribute}
        # The reference computes in f64, and finds other ties at scales such as 1.7, which no float holds. A result of one pixel, which
        # is to stand at 0 (SEMANTICS D9), it looks for at -1/2.
        assert attribute["mode"] == b"nearest" or attribute["coordinate_transformation_mode"] == b"pytorch_half_pixel" and results[0].shape[-1] == 1, node
    return results


def nearest_exactly(x, sizes, mapping, rounding):
    """Nearest pixels by the exact ratio of sizes (SEMANTICS D6)."""
    for axis, size in enumerate(sizes):
        old = x.shape[axis]
        if old == size:
            continue
        pixels = []
        for i in range(size):
            place = {"asymmetric": Fraction(i * old, size), "align_corners": Fraction(i * (old - 1), max(size - 1, 1)),
                     "tf_half_pixel_for_nn": Fraction((2 * i + 1) * old, 2 * size)}.get(mapping, Fraction((2 * i + 1) * old - size, 2 * size))
            if mapping == "pytorch_half_pixel" and size == 1:
                place = Fraction(0)
            half = Fraction(1, 2)
            pixel = {"floor": math.floor(place), "ceil": math.ceil(place), "round_prefer_floor": math.ceil(place - half),
                     "round_prefer_ceil": math.floor(place + half)}[rounding]
            pixels.append(min(max(pixel, 0), old - 1))
        x = np.take(x, pixels, axis)
    return x


def resizes(mode, **variants):
    """Nodes of Resize: every coordinate mode and each combination of `variants`, for each image."""
    name = "resize-" + mode + ("-antialias" if "antialias" in variants else "")
    grid = Grid(name)
    plane, pixel, line, row, block, none = (grid.image(*shape) for shape in (
        (1, 2, 5, 7), (2, 1, 1, 1), (2, 3, 7), (1, 2, 1, 6), (1, 2, 3, 5, 4), (0, 2, 5, 7)))
    coordinates = COORDINATES + (("tf_half_pixel_for_nn",) if mode == "nearest" else ())
    targets = [(plane, (2., 3.)), (plane, (1.7, .6)), (plane, (9, 11)), (plane, (3, 10)), (plane, (.5, .3)), (plane, (1, 1))]
    few = [(pixel, (2.6, 3.)), (pixel, (4, 3)), (row, (4, 9)), (row, (3., .5)), (line, (1.4,)), (line, (4,)), (block, (2., .6, 1.5)),
           (none, (2., 2.))]
    for values in itertools.product(*variants.values()):
        attributes = dict(zip(variants, values))
        isFirst = values == tuple(each[0] for each in variants.values())
        for mapping, (image, target) in itertools.product(coordinates, targets + few if isFirst else targets[:4]):
            shape = grid.known[image].shape
            # Of 7 at 0.6 a symmetric half pixel is a tie by decimals and by f64, but not by f32, nor the same for any two implementations.
            if mapping == "half_pixel_symmetric" and mode == "nearest" and target == (1.7, .6):
                target = (1.7, .7)
            if isinstance(target[0], float):
                operands = [image, "", grid.constant(np.array([1, 1, *target], np.float32))]
            else:
                operands = [image, "", "", grid.constant(np.array([*shape[:2], *target]))]
            by = "onnxruntime"
            # ONNX Runtime has cubic filters for two axes alone.
            if mode == "cubic" and len(shape) != 4:
                by = "reference"
            # It rounds size x scale down before it aligns corners; onnx's node cases do not.
            if mapping == "align_corners" and isinstance(target[0], float) and not all(scale.is_integer() for scale in target):
                by = "reference"
            label = grid.add("Resize", operands, by, mode=mode, coordinate_transformation_mode=mapping, **attributes)
            if mode == "nearest" and not isinstance(target[0], float):
                exact = nearest_exactly(grid.known[image], [*shape[:2], *target], mapping, attributes["nearest_mode"])
                if not np.array_equal(exact, grid.known[label]):
                    print("ONNX Runtime misses a tie:", shape, target, mapping, attributes)
                    grid.outputs[label] = exact
    grid.write()


def crops():
    grid = Grid("resize-crop")
    plane = grid.image(1, 1, 4, 5)
    boxes = [(0., 0., .4, .6, 1., 1., .7, .8), (0., 0., .4, -.3, 1., 1., 1.2, 1.7), (0., 0., 1., .9, 1., 1., .1, .2)]
    for mode, box, sizes in itertools.product(("nearest", "linear", "cubic"), boxes, ((3, 4), (7, 1), (1, 9))):
        grid.add("Resize", [plane, grid.constant(np.array(box, np.float32)), "", grid.constant(np.array([1, 1, *sizes]))], mode=mode,
                 coordinate_transformation_mode="tf_crop_and_resize", extrapolation_value=9.5)
    grid.write()


def torch_layers():
    """torch.nn.functional.interpolate, by the attributes that torch's exporter writes for it."""
    grid = Grid("torch-interpolate")
    images = [grid.image(*shape) for shape in ((2, 3, 7), (1, 2, 5, 7), (2, 1, 1, 1), (1, 2, 1, 6), (1, 2, 3, 5, 4))]
    kinds = {"nearest": [("nearest", "asymmetric", {"nearest_mode": "floor"}, {})],
             "nearest-exact": [("nearest", "half_pixel", {"nearest_mode": "round_prefer_ceil"}, {})]}
    for name, mode in (("linear", "linear"), ("bilinear", "linear"), ("trilinear", "linear"), ("bicubic", "cubic")):
        kinds[name] = [(mode, "align_corners" if align else "half_pixel", {}, {"align_corners": align}) for align in (True, False)]
        if name.startswith("bi"):
            filtered = {"antialias": 1, "exclude_outside": 1} | ({"cubic_coeff_a": -.5} if mode == "cubic" else {})
            kinds[name].append((mode, "half_pixel", filtered, {"antialias": True}))
    for image in images:
        x = torch.from_numpy(grid.known[image])
        axes = x.dim() - 2
        targets = {1: [(13,), (4,), (1,)], 2: [(9, 11), (3, 10), (1, 1), (2, 2)], 3: [(6, 4, 5), (2, 7, 1)]}[axes]
        for name, forms in kinds.items():
            if name in {1: "bilinear trilinear bicubic", 2: "linear trilinear", 3: "linear bilinear bicubic"}[axes].split():
                continue
            for (mode, mapping, attributes, flags), target in itertools.product(forms, targets):
                expected = F.interpolate(x, target, mode=name, **flags).numpy()
                grid.add("Resize", [image, "", "", grid.constant(np.array([*x.shape[:2], *target]))], expected, mode=mode,
                         coordinate_transformation_mode=mapping, **attributes)
    grid.write()


def pixels():
    """Channels to pixels and back, and unpooling."""
    grid = Grid("pixels")
    for block, shape in itertools.product((1, 2, 3), ((2, 1, 3), (1, 1, 1), (0, 2, 3))):
        channels = grid.image(shape[0], 2 * block * block, *shape[1:])
        for mode in ("DCR", "CRD"):
            grid.add("DepthToSpace", [channels], blocksize=block, mode=mode)
        image = grid.image(shape[0], 3, shape[1] * block, shape[2] * block)
        grid.add("SpaceToDepth", [image], blocksize=block)
        expected = F.pixel_unshuffle(torch.from_numpy(grid.known[image]), block) if shape[0] else None
        if expected is not None:
            # torch's order is CRD, which ONNX's SpaceToDepth has not: as its exporter writes it.
            n, c, h, w = grid.known[image].shape
            apart = grid.add("Reshape", [image, grid.constant(np.array([n, c, h // block, block, w // block, block]))], keeps=False)
            moved = grid.add("Transpose", [apart], keeps=False, perm=[0, 1, 3, 5, 2, 4])
            grid.add("Reshape", [moved, grid.constant(np.array(expected.shape))], expected.numpy())
    # Unpooling puts values where the pooling found them (SEMANTICS D15). ONNX Runtime takes larger results as torch does.
    for shape, larger in (((2, 2, 6, 8), (7, 9)), ((1, 2, 7, 5), (7, 5)), ((1, 1, 2, 2), (3, 2)), ((2, 3, 9), (9,)), ((1, 2, 4, 5, 6), (4, 5, 7)), ((0, 2, 6, 8), (7, 9))):
        axes = len(shape) - 2
        pool = {"kernel_shape": [2] * axes, "strides": [2] * axes}
        pooled, places = grid.add("MaxPool", [grid.image(*shape)], outputs=2, **pool)
        x = torch.from_numpy(grid.known[pooled])
        # torch counts within a plane, ONNX through the tensor.
        where = torch.from_numpy(grid.known[places]) % int(np.prod(shape[2:]))
        function = (F.max_unpool1d, F.max_unpool2d, F.max_unpool3d)[axes - 1]
        plain = tuple(2 * size for size in x.shape[2:])
        if int(np.prod(plain)) == int(np.prod(shape[2:])):
            expected = function(x, where, 2).numpy() if shape[0] else np.zeros((*shape[:2], *plain), np.float32)
            grid.add("MaxUnpool", [pooled, places], expected, **pool)
        if larger == shape[2:]:
            expected = function(x, where, 2, output_size=larger).numpy()
            grid.add("MaxUnpool", [pooled, places, grid.constant(np.array([*shape[:2], *larger]))], expected, **pool)
    grid.write()


def transposed(x, w, bias, strides, dilations, begin, end, extra, groups):
    """By torch, whose pads are alike at both ends: the whole result is made and cut."""
    function = (F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)[x.ndim - 3]
    whole = function(torch.from_numpy(x).double(), torch.from_numpy(w).double(), None, strides, 0, 0, groups, dilations)
    whole = F.pad(whole, [pad for value in reversed(extra) for pad in (0, value)])
    for axis, (low, high) in enumerate(zip(begin, end)):
        whole = whole.narrow(axis + 2, low, whole.shape[axis + 2] - low - high)
    if bias is not None:
        whole = whole + torch.from_numpy(bias).double().reshape(-1, *[1] * (x.ndim - 2))
    return whole.float().numpy()


def conv_transposes():
    grid = Grid("conv-transpose", opset=11)

    def add(shape, kernel, outputs=5, groups=1, bias=True, strides=1, dilations=1, begin=0, end=None, extra=0, **attributes):
        axes = len(kernel)
        strides, dilations, begin, extra = (list(each) if isinstance(each, tuple) else [each] * axes for each in (strides, dilations, begin, extra))
        end = begin if end is None else list(end)
        image = grid.image(*shape)
        operands = [image, grid.weight(shape[1], outputs, *kernel)] + ([grid.weight(outputs * groups)] if bias else [])
        if attributes:
            # Pads that follow from the size asked for (SEMANTICS D2, D3).
            grid.add("ConvTranspose", operands, group=groups, strides=strides, dilations=dilations, output_padding=extra, **attributes)
            return
        arrays = [grid.known[name] for name in operands]
        expected = transposed(arrays[0], arrays[1], arrays[2] if bias else None, strides, dilations, begin, end, extra, groups)
        # ONNX Runtime refuses an output padding that only the dilation allows (SEMANTICS D5).
        isRefused = any(value >= stride for value, stride in zip(extra, strides))
        by = expected if isRefused else "onnxruntime"
        label = grid.add("ConvTranspose", operands, by, group=groups, strides=strides, dilations=dilations, pads=[*begin, *end], output_padding=extra)
        assert np.allclose(grid.known[label], expected, 1e-4, 1e-5), label

    plane = (1, 4, 5, 3)
    for kernel, stride in itertools.product((1, 2, 3, 4, 5), (1, 2, 3)):
        add(plane, (kernel, kernel), strides=stride, bias=kernel % 2 == 0)
    for stride, dilation in itertools.product((1, 2, 3), (2, 3)):
        add(plane, (3, 2), strides=stride, dilations=dilation)
    for begin, end, extra in (((1, 1), (1, 1), 0), ((1, 1), (1, 1), 1), ((0, 1), (2, 0), 0), ((2, 3), (0, 1), 1), ((4, 0), (0, 2), 0)):
        for kernel, stride in ((3, 2), (4, 2), (5, 3)):
            add(plane, (kernel, kernel), strides=stride, begin=begin, end=end, extra=extra)
    add(plane, (3, 3), dilations=3, extra=2)
    add(plane, (3, 3), strides=(1, 2), dilations=(2, 3), extra=(1, 2))
    for groups, outputs in ((2, 2), (2, 4), (4, 1), (4, 2)):
        for kernel, stride in ((3, 2), (2, 2), (3, 1)):
            add(plane, (kernel, kernel), outputs, groups, strides=stride, begin=1 if kernel == 3 else 0)
    for shape, kernel, strides in (((2, 4, 7), (4,), 2), ((2, 4, 1), (3,), 3), ((1, 4, 2, 3, 2), (2, 3, 4), (2, 1, 2)), ((1, 4, 1, 1, 1), (2, 2, 2), 2)):
        add(shape, kernel, strides=strides)
        add(shape, kernel, 2, 2, strides=strides, bias=False)
    for shape in ((2, 4, 1, 1), (1, 4, 1, 6), (0, 4, 5, 3)):
        add(shape, (4, 4), strides=2, begin=1)
        add(shape, (2, 2), strides=2)
        add(shape, (3, 3), strides=1)
    for pad in ("SAME_UPPER", "SAME_LOWER", "VALID"):
        for kernel, stride, dilation in ((3, 2, 1), (2, 3, 2), (4, 2, 1), (1, 2, 1)):
            # A kernel shorter than the stride leaves places that nothing reaches.
            if pad == "VALID" or dilation * (kernel - 1) + 1 >= stride:
                add(plane, (kernel, kernel), strides=stride, dilations=dilation, auto_pad=pad)
    # Phases of several lengths are convolutions of their own where there are many channels, unless all as one take Winograd's form.
    for kernel, strides, begin, extra in (((3, 3), 2, 1, 1), ((3, 3), 2, 0, 0), ((5, 3), 2, (2, 1), (1, 0)), ((5, 5), 3, 1, 2), ((3, 4), 2, 1, 0), ((4, 7), (3, 2), 1, 0),
                                          ((3, 3), 2, 2, 0), ((5, 5), 2, (1, 3), 0), ((3, 2), (2, 3), 0, 1)):
        add((2, 64, 4, 3), kernel, 4, strides=strides, begin=begin, extra=extra)
    for shape, kernel, strides in (((1, 64, 7), (5,), 3), ((1, 64, 1), (3,), 2), ((1, 64, 2, 1, 3), (3, 2, 3), 2), ((1, 64, 1, 1), (3, 3), 2)):
        add(shape, kernel, 4, strides=strides)
    add((1, 16, 16, 17), (5, 5), 4, strides=2, begin=2, extra=1)
    for size in ((10, 6), (11, 7), (9, 8)):
        add(plane, (3, 3), strides=2, output_shape=list(size))
        add(plane, (3, 3), strides=2, output_shape=list(size), auto_pad="SAME_UPPER")
    grid.write()


def between():
    """Layers between convolutions, whose images have the channels last; and convolutions of repeated pixels."""
    grid = Grid("between-convolutions", opset=18)

    def convolve(x, outputs, kernel, keeps=True, pads=None, **attributes):
        shape = grid.known[x].shape
        axes = len(shape) - 2
        w = grid.weight(outputs, shape[1] // attributes.get("group", 1), *[kernel] * axes)
        return grid.add("Conv", [x, w, grid.weight(outputs)], keeps=keeps, pads=pads or [kernel // 2] * (2 * axes), **attributes)

    def resize(x, target, **attributes):
        shape = grid.known[x].shape
        isScale = isinstance(target[0], float)
        array = np.array([1, 1, *target], np.float32) if isScale else np.array([*shape[:2], *target])
        return grid.add("Resize", [x, "", grid.constant(array)] if isScale else [x, "", "", grid.constant(array)], keeps=False, **attributes)

    floor = {"mode": "nearest", "nearest_mode": "floor", "coordinate_transformation_mode": "asymmetric"}
    exact = {"mode": "nearest", "coordinate_transformation_mode": "half_pixel"}
    filters = [{"mode": mode, "coordinate_transformation_mode": mapping} for mode in ("linear", "cubic") for mapping in ("half_pixel", "align_corners")]
    sharp = {"mode": "linear", "antialias": 1, "exclude_outside": 1}
    for shape in ((1, 3, 5, 7), (2, 3, 1, 1), (0, 3, 5, 7), (1, 3, 1, 6)):
        x = convolve(grid.image(*shape), 8, 3, keeps=False)
        for attributes, target in ((floor, (2., 2.)), (floor, (3., 2.)), (exact, (1.7, 2.)), (exact, (9, 13)), (sharp, (3, 4)), *((each, (7, 9)) for each in filters)):
            if shape[0] or target[0] == 2.:
                convolve(resize(x, target, **attributes), 8, 3)
    # Kernels, groups and strides behind repeated pixels.
    x = convolve(grid.image(1, 3, 5, 7), 8, 1, keeps=False)
    up = resize(x, (2., 2.), **floor)
    for kernel, attributes in ((1, {}), (2, {"pads": [0, 0, 1, 1]}), (2, {"pads": [1, 1, 0, 0]}), (5, {}), (3, {"group": 2}), (3, {"group": 8}), (3, {"strides": [2, 2]}),
                               (3, {"dilations": [2, 2], "pads": [2, 2, 2, 2]}), (3, {"pads": [0, 0, 0, 0]}), (3, {"pads": [2, 0, 0, 2]})):
        convolve(up, 8, kernel, **attributes)
    for shape, factors in (((1, 3, 7), (2.,)), ((1, 3, 1), (3.,)), ((1, 3, 2, 3, 2), (2., 2., 2.))):
        convolve(resize(convolve(grid.image(*shape), 8, 3, keeps=False), factors, **floor), 8, 3)
    # As many products as Winograd's form takes.
    convolve(resize(convolve(grid.image(1, 3, 9, 11), 16, 1, keeps=False), (2., 2.), **floor), 16, 3)
    # Pixels and transposed convolutions.
    x = convolve(grid.image(1, 3, 5, 7), 16, 3, keeps=False)
    for mode in ("DCR", "CRD"):
        convolve(grid.add("DepthToSpace", [x], keeps=False, blocksize=2, mode=mode), 8, 3)
    for kernel, groups, attributes in ((2, 1, {"strides": [2, 2]}), (4, 1, {"strides": [2, 2], "pads": [1, 1, 1, 1]}), (3, 2, {"strides": [2, 2]}), (3, 1, {})):
        up = grid.add("ConvTranspose", [x, grid.weight(16, 8 // groups, kernel, kernel), grid.weight(8)], keeps=False, group=groups, **attributes)
        convolve(up, 8, 3)
    pooled, places = grid.add("MaxPool", [grid.image(1, 8, 6, 4)], outputs=2, keeps=False, kernel_shape=[2, 2], strides=[2, 2])
    convolve(grid.add("MaxUnpool", [convolve(pooled, 8, 1, keeps=False), places], keeps=False, kernel_shape=[2, 2], strides=[2, 2]), 8, 3)
    # Padding as a node of its own.
    x = convolve(grid.image(1, 3, 9, 15), 16, 1, keeps=False)
    for image, pads, attributes in ((x, (0, 0, 1, 1), {"strides": [2, 2]}), (x, (1, 1, 1, 1), {}), (x, (2, 1, 0, 3), {"dilations": [2, 2]}), (x, (1, 1, 1, 1), {"mode": "reflect"}),
                                    (x, (1, 0, -1, 1), {}), (resize(x, (2., 2.), **floor), (1, 1, 1, 1), {})):
        amounts = grid.constant(np.array([0, 0, *pads[:2], 0, 0, *pads[2:]]))
        padded = grid.add("Pad", [image, amounts], keeps=False, mode=attributes.pop("mode", "constant"))
        convolve(padded, 16, 3, pads=[0, 0, 0, 0], **attributes)
    grid.write()


def main():
    warnings.simplefilter("ignore")
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir()
    resizes("nearest", nearest_mode=ROUNDINGS)
    resizes("linear", cubic_coeff_a=(-.75,))
    resizes("cubic", exclude_outside=(0, 1), cubic_coeff_a=(-.75, -.5))
    for mode in ("linear", "cubic"):
        resizes(mode, antialias=(1,), exclude_outside=(0, 1))
    crops()
    torch_layers()
    pixels()
    conv_transposes()
    between()


if __name__ == "__main__":
    main()
