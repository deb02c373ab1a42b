"""Models from onnx's text form, with weights from NumPy."""
import numpy as np
import onnx
import onnx.parser
from onnx import numpy_helper


def rng(name):
    return np.random.default_rng([2026, *name.encode()])


def values(r, *shape, scale=1.0):
    return (scale * r.standard_normal(shape)).astype(np.float32)


def model(opset, body, weights=None, functions="", domains=""):
    """`body` is a graph in text form; `weights` become its initializers."""
    ir = 4 if opset < 10 else 6 if opset < 13 else 8 if opset < 19 else 10
    made = onnx.parser.parse_model(
        f'<ir_version: {ir}, opset_import: ["" : {opset}{domains}]>\n{body}\n{functions}')
    for name, array in (weights or {}).items():
        made.graph.initializer.append(numpy_helper.from_array(np.asarray(array), name))
    return made
