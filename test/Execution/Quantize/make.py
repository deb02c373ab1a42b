#!/usr/bin/env python3
"""Makes layers.onnx, its inputs and what it must give with its weights rounded as --quantize says.

The rounding is written out in numpy, the layers are run by ONNX Runtime on the rounded weights: numpy 2.4, onnx 1.23,
onnxruntime 1.32.
  python make.py
"""
import pathlib

import numpy as np
import onnx
import onnxruntime as ort
from onnx import numpy_helper, parser

FOLDER = pathlib.Path(__file__).resolve().parent / "Inputs"
# The last layer has too few outputs for a panel: its weight stays.
GRAPH = """<ir_version: 8, opset_import: ["" : 17]> g (float[5,64] x) => (float[5,3] y, float[5,32] h) {
    a = MatMul(x, w0)
    h = Relu(a)
    b = Gemm<transB = 1>(h, w1, b1)
    y = MatMul(b, w2) }"""


def rounded(rows, bits, group):
    outputs, inputs = rows.shape
    group = group or inputs
    if outputs % 16 or inputs % group:
        return rows
    w = rows.reshape(outputs, -1, group)
    if bits == 8:
        scale = np.abs(w).max(2, keepdims=True) / np.float32(127)
        result = np.rint(w / np.where(scale == 0, 1, scale)) * scale
    else:
        low, high = np.minimum(w.min(2, keepdims=True), 0), np.maximum(w.max(2, keepdims=True), 0)
        scale = (high - low) / np.float32(15)
        divisor = np.where(scale == 0, 1, scale)
        zero = np.rint(-low / divisor)
        result = np.clip(np.rint(w / divisor) + zero, 0, 15) * scale - zero * scale
    return result.reshape(outputs, inputs).astype(np.float32)


def main():
    random = np.random.default_rng(4)
    w0, w1 = random.standard_normal((64, 32), np.float32), random.standard_normal((48, 32), np.float32)
    w0[:32, 3] = 0  # a group of zeros
    w1[7] = np.abs(w1[7])  # one that never goes below
    weights = {"w0": w0, "w1": w1, "b1": random.standard_normal(48, np.float32),
               "w2": random.standard_normal((48, 3), np.float32)}
    x = random.standard_normal((5, 64), np.float32)
    np.savez(FOLDER / "inputs.npz", x=x)

    def model(values):
        made = parser.parse_model(GRAPH)
        made.graph.initializer.extend(numpy_helper.from_array(np.ascontiguousarray(v), k) for k, v in values.items())
        return made

    onnx.save(model(weights), FOLDER / "layers.onnx")
    for name, bits, group in (("int8", 8, 0), ("int8-32", 8, 32), ("int4-32", 4, 32), ("int4-64", 4, 64)):
        changed = dict(weights, w0=rounded(w0.T, bits, group).T, w1=rounded(w1, bits, group), w2=rounded(weights["w2"].T, bits, group).T)
        session = ort.InferenceSession(model(changed).SerializeToString(), providers=["CPUExecutionProvider"])
        y, h = session.run(["y", "h"], {"x": x})
        np.savez(FOLDER / f"{name}.npz", y=y, h=h)


if __name__ == "__main__":
    main()
