#!/usr/bin/env python3
"""huge.py TENON_RUN FOLDER: a weight whose offsets need more than 32 bits.

A file of holes stands for the weight; only rows that the model reads are
written. Exits 1 where a result differs from numpy's.
"""
import pathlib
import shutil
import subprocess
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper

ROWS, WIDTH = 262144, 8960
WRITTEN = 3


def model_of(nodes, outputs):
    table = TensorProto(name="table", data_type=TensorProto.FLOAT, dims=[ROWS, WIDTH],
                        data_location=TensorProto.EXTERNAL)
    for key, value in (("location", "table"), ("offset", "0"), ("length", str(ROWS * WIDTH * 4))):
        table.external_data.add(key=key, value=value)
    integers = [helper.make_tensor(name, TensorProto.INT64, [2], value)
                for name, value in (("starts", [ROWS - 2, WIDTH - 5]), ("ends", [ROWS, WIDTH]), ("axes", [0, 1]))]
    graph = helper.make_graph(
        nodes, "g", [helper.make_tensor_value_info("ids", TensorProto.INT64, [4])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs],
        [table, *integers])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tail = np.random.default_rng(0).standard_normal((WRITTEN, WIDTH), np.float32)
    with open(folder / "table", "wb") as file:
        file.seek((ROWS - WRITTEN) * WIDTH * 4)
        file.write(tail.tobytes())
    nodes = [helper.make_node("Gather", ["table", "ids"], ["rows"]),
             helper.make_node("Neg", ["rows"], ["negated"]),
             helper.make_node("Slice", ["table", "starts", "ends", "axes"], ["corner"]),
             helper.make_node("Add", ["corner", "corner"], ["doubled"])]
    (folder / "model.onnx").write_bytes(
        model_of(nodes, [("negated", [4, WIDTH]), ("doubled", [2, 5])]).SerializeToString())
    ids = np.array([ROWS - 1, ROWS - 3, 0, -2])
    np.savez(folder / "inputs.npz", ids=ids)
    rows = np.stack([tail[2], tail[0], 0 * tail[0], tail[1]])
    np.savez(folder / "expected.npz", negated=-rows, doubled=2 * tail[1:, -5:])
    run = subprocess.run([program, folder / "model.onnx", "--inputs", folder / "inputs.npz",
                          "--expect", folder / "expected.npz", "--rtol", "0", "--atol", "0"])
    shutil.rmtree(folder)
    return run.returncode


if __name__ == "__main__":
    sys.exit(main())
