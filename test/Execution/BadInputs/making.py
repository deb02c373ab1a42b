"""What the makers of bad files share."""
import pathlib

import numpy as np
import onnx.parser

MODELS = pathlib.Path(__file__).resolve().parents[2] / "Inputs" / "models"
KINDS = {}


def kind(make):
    """Registers a maker: given a folder, it gives tenon-run's arguments."""
    KINDS[make.__name__.replace("_", "-")] = make
    return make


def graph(text, opset=17):
    return onnx.parser.parse_model(f'<ir_version: 8, opset_import: ["" : {opset}]>\n{text}')


def saved(folder, model):
    path = folder / "model.onnx"
    path.write_bytes(model.SerializeToString())
    return [path]


def with_input(folder, model, **arrays):
    np.savez(folder / "inputs.npz", **arrays)
    return [*saved(folder, model), "--inputs", folder / "inputs.npz"]


def x23():
    return np.ones((2, 3), np.float32)


def named(model):
    for number, node in enumerate(model.graph.node):
        node.name = f"node_{number}"
    return model


def adder():
    return named(graph("g (float[2, 3] x) => (float[2, 3] y) { h = Relu (x)  y = Neg (h) }"))
