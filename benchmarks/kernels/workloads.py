#!/usr/bin/env python3
"""Single layers as models, to be measured beside their peers.

    workloads.py DIR [NAME...]      write DIR/NAME/{model.onnx,inputs.npz,
                                    outputs.npz,meta.json}; all by default
    workloads.py --list             the names, with their operations

The names say what is measured:
  matmul-MxKxN     both factors are inputs
  linear-MxKxN     the second factor is a weight; -f16, -bf16, -int8, -int4 (in
                   groups of 128) are the types in which it is stored
  attention-HxTxD  one batch, H heads, T queries and keys of D; -causal
  conv-C-O-RxS     3 x 3 from C to O channels on R x S, padded by 1
  pointwise-C-O-RxS, depthwise-KxK-C-RxS[-s2]
  transposed-KxK-T-C-O-RxS   stride T, to T times the size

Outputs come from ONNX Runtime. meta.json says under "layer" what worker.py has
to compute. Needs numpy, onnx, onnxruntime.
"""
import json
import pathlib
import re
import sys

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

NAMES = """
matmul-1024x1024x1024 matmul-512x4096x4096
linear-1024x1024x1024 linear-512x4096x4096
linear-1x4096x4096 linear-1x4096x4096-f16 linear-1x4096x4096-bf16
linear-1x4096x4096-int8 linear-1x4096x4096-int4
attention-8x1024x64 attention-8x1024x64-causal
attention-16x4096x64 attention-16x4096x64-causal
conv-320-320-64x64 conv-640-640-32x32 conv-1280-1280-16x16 conv-1280-1280-8x8
conv-960-320-64x64 conv-512-512-64x64 conv-512-512-128x128
conv-256-256-256x256 conv-128-128-256x256 conv-128-3-256x256
pointwise-320-320-64x64 pointwise-1280-1280-16x16 pointwise-96-576-28x28
depthwise-3x3-96-112x112 depthwise-3x3-96-112x112-s2 depthwise-5x5-240-28x28
depthwise-7x7-96-56x56
transposed-4x4-2-128-64-64x64 transposed-3x3-2-128-64-64x64
transposed-2x2-2-256-128-64x64 transposed-4x4-2-512-256-8x8
""".split()

FLOAT, HALF = TensorProto.FLOAT, TensorProto.FLOAT16


class Layer:
    """What a workload is made of: nodes, inputs, weights, operations."""

    def __init__(self, name):
        self.rng = np.random.default_rng(sum(name.encode()))
        self.nodes, self.feeds, self.weights, self.layer = [], {}, [], {}
        self.flops = self.bytes = 0
        self.opset, self.microsoft = 21, False

    def random(self, *shape, scale=1.0):
        return (self.rng.standard_normal(shape, dtype=np.float32) * scale).astype(np.float32)

    def input(self, name, array):
        self.feeds[name] = array

    def weight(self, name, array, data_type=None):
        if data_type == TensorProto.BFLOAT16:
            bits = array.astype(np.float32).view(np.uint32)
            raw = ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)
            tensor = helper.make_tensor(name, data_type, array.shape, raw.tobytes(), raw=True)
            self.bytes += raw.nbytes
        else:
            tensor = numpy_helper.from_array(array, name)
            self.bytes += array.nbytes
        self.weights.append(tensor)

    def node(self, *args, **kwargs):
        self.nodes.append(helper.make_node(*args, **kwargs))


def matmul(w, m, k, n):
    w.input("x", w.random(m, k))
    w.input("y", w.random(k, n, scale=k**-0.5))
    w.node("MatMul", ["x", "y"], ["out"])
    w.layer = {"kind": "matmul"}
    w.flops = 2 * m * k * n


def linear(w, m, k, n, stored):
    w.input("x", w.random(m, k))
    weight = w.random(k, n, scale=k**-0.5)
    w.layer = {"kind": "linear", "stored": stored}
    w.flops = 2 * m * k * n
    if stored == "f32":
        w.weight("w", weight)
        w.node("MatMul", ["x", "w"], ["out"])
    elif stored in ("f16", "bf16"):
        data_type = HALF if stored == "f16" else TensorProto.BFLOAT16
        w.weight("w", weight.astype(np.float16) if stored == "f16" else weight, data_type)
        w.node("Cast", ["w"], ["wide"], to=FLOAT)
        w.node("MatMul", ["x", "wide"], ["out"])
    else:
        bits, block = int(stored[3:]), 128
        codes = w.rng.integers(0, 256, (n, k // block, block * bits // 8), dtype=np.uint8)
        w.weight("w", codes)
        w.weight("scales", np.abs(w.random(n, k // block, scale=k**-0.5 / 2 ** (bits - 1))) + 1e-6)
        w.node("MatMulNBits", ["x", "w", "scales"], ["out"], K=k, N=n, bits=bits,
               block_size=block, domain="com.microsoft")
        w.microsoft = True


def attention(w, heads, tokens, size, causal):
    for name in "qkv":
        w.input(name, w.random(1, heads, tokens, size))
    w.node("Attention", ["q", "k", "v"], ["out"], is_causal=int(causal))
    w.opset = 23
    w.layer = {"kind": "attention", "causal": causal}
    w.flops = 4 * heads * tokens * tokens * size // (2 if causal else 1)


def conv(w, c, o, rows, columns, kernel, stride=1, groups=1):
    pad = kernel // 2
    w.input("x", w.random(1, c, rows, columns))
    w.weight("w", w.random(o, c // groups, kernel, kernel, scale=(c // groups * kernel**2) ** -0.5))
    w.weight("b", w.random(o))
    w.node("Conv", ["x", "w", "b"], ["out"], pads=[pad] * 4, strides=[stride] * 2, group=groups)
    w.layer = {"kind": "conv", "pad": pad, "stride": stride, "groups": groups}
    w.flops = 2 * o * (c // groups) * kernel**2 * (rows // stride) * (columns // stride)


def transposed(w, kernel, stride, c, o, rows, columns):
    w.input("x", w.random(1, c, rows, columns))
    w.weight("w", w.random(c, o, kernel, kernel, scale=(c * kernel**2 / stride**2) ** -0.5))
    w.weight("b", w.random(o))
    before = (kernel - stride + 1) // 2
    after = kernel - stride - before
    extra = max(-after, 0)
    w.node("ConvTranspose", ["x", "w", "b"], ["out"], pads=[before] * 2 + [max(after, 0)] * 2, strides=[stride] * 2,
           output_padding=[extra] * 2)
    w.layer = {"kind": "transposed", "stride": stride}
    w.flops = 2 * o * c * kernel**2 * rows * columns


def describe(name):
    w = Layer(name)
    kind, _, rest = name.partition("-")
    numbers = [int(v) for v in re.findall(r"(?<![a-z0-9])\d+|(?<=\dx)\d+", rest)]
    if kind == "matmul":
        matmul(w, *numbers)
    elif kind == "linear":
        stored = re.search(r"-(f16|bf16|int8|int4)$", rest)
        linear(w, *numbers[:3], stored[1] if stored else "f32")
    elif kind == "attention":
        attention(w, *numbers, rest.endswith("causal"))
    elif kind == "conv":
        conv(w, *numbers, kernel=3)
    elif kind == "pointwise":
        conv(w, *numbers, kernel=1)
    elif kind == "depthwise":
        k, _, c, rows, columns = numbers[:5]
        conv(w, c, c, rows, columns, k, 2 if rest.endswith("-s2") else 1, c)
    elif kind == "transposed":
        transposed(w, *numbers[1:])
    else:
        sys.exit(f"unknown layer {name}: see --list")
    return w


def write(directory, name):
    w = describe(name)
    given = [helper.make_tensor_value_info(k, FLOAT, v.shape) for k, v in w.feeds.items()]
    out = helper.make_empty_tensor_value_info("out")
    graph = helper.make_graph(w.nodes, name, given, [out], w.weights)
    opsets = [helper.make_opsetid("", w.opset)]
    if w.microsoft:
        opsets.append(helper.make_opsetid("com.microsoft", 1))
    model = helper.make_model(graph, opset_imports=opsets, ir_version=10)
    if w.opset < 23:
        model = onnx.shape_inference.infer_shapes(model)
    data = model.SerializeToString()
    session = ort.InferenceSession(data, providers=["CPUExecutionProvider"])
    result = session.run(None, w.feeds)[0]
    del model.graph.output[:]
    model.graph.output.append(helper.make_tensor_value_info("out", FLOAT, result.shape))
    place = directory / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "model.onnx").write_bytes(model.SerializeToString())
    np.savez(place / "inputs.npz", **w.feeds)
    np.savez(place / "outputs.npz", out=result)
    moved = w.bytes + sum(v.nbytes for v in w.feeds.values()) + result.nbytes
    meta = {"name": name, "note": "one layer", "flops": w.flops, "flops_torch": w.flops,
            "weight_bytes": w.bytes, "moved_bytes": moved, "layer": w.layer,
            "inputs": {}, "outputs": {}}
    (place / "meta.json").write_text(json.dumps(meta, indent=1))


def main():
    if sys.argv[1:] == ["--list"]:
        for name in NAMES:
            print(f"{name:36} {describe(name).flops / 1e9:8.2f} GFLOP")
        return
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for name in sys.argv[2:] or NAMES:
        write(pathlib.Path(sys.argv[1]), name)


if __name__ == "__main__":
    main()
