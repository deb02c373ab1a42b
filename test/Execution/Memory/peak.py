#!/usr/bin/env python3
"""peak.py TENON_RUN FOLDER: the peak memory of runs of models of known needs.

What the process takes for itself (code, the compiler) is measured on a model of
the same nodes with next to no weights and activations, and taken off. Exits 1
where a model needs more than its weights, twice the largest live set of its
activations, its inputs and outputs, and 16 MB for what differs from run to run
and for the one weight that is being laid out anew.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

MARGIN = 16 << 20
LAYERS = 32


def layers(rows, size):
    """Linear layers, each with a weight of its own."""
    rng = np.random.default_rng(0)
    nodes, weights = [], []
    for layer in range(LAYERS):
        weights.append(numpy_helper.from_array(rng.standard_normal((size, size), np.float32), f"w{layer}"))
        nodes.append(helper.make_node("MatMul", [f"x{layer}", f"w{layer}"], [f"m{layer}"]))
        nodes.append(helper.make_node("Relu", [f"m{layer}"], [f"x{layer + 1}"]))
    return nodes, weights, rows, size


def activations(rows, size):
    """A chain of steps that each need all of the one before."""
    nodes = []
    for layer in range(LAYERS):
        nodes.append(helper.make_node("Softmax", [f"x{layer}"], [f"s{layer}"], axis=-1))
        nodes.append(helper.make_node("Softmax", [f"s{layer}"], [f"x{layer + 1}"], axis=0))
    return nodes, [], rows, size


def save(folder, nodes, weights, rows, size):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    port = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [rows, size]) for name in ("x0", f"x{LAYERS}")]
    graph = helper.make_graph(nodes, "g", port[:1], port[1:], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    onnx.save(model, folder / "model.onnx", save_as_external_data=True, location="weights", size_threshold=0)
    return folder / "model.onnx"


def measure(program, model):
    """The second run, whose kernels are compiled already."""
    environment = dict(os.environ, TENON_CACHE=str(model.parent / "cache"))
    for _ in range(2):
        run = subprocess.run([program, model, "--random-inputs", "1", "--bench", "2"], check=True, env=environment,
                             stdout=subprocess.PIPE, text=True)
    return json.loads(run.stdout.splitlines()[-1])


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    wrong = 0
    for kind, rows, size in ((layers, 4, 1024), (activations, 2048, 2048)):
        small = measure(program, save(folder / "small", *kind(4, 16)))
        large = measure(program, save(folder / "large", *kind(rows, size)))
        shutil.rmtree(folder)
        used = large["peak_bytes"] - small["peak_bytes"]
        ports = 4 * rows * size * 4  # random inputs, and the outputs of two runs
        allowed = large["weight_bytes"] + 2 * large["live_bytes"] + ports + MARGIN
        print(f"{kind.__name__}: {used >> 20} MB of {allowed >> 20}; {large}")
        wrong += used > allowed or large["weight_bytes"] + large["live_bytes"] < 8 << 20
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
