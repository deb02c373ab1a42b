#!/usr/bin/env python3
"""Kernels on an NVIDIA GPU beside PyTorch on the same card (cuBLAS, its SDPA and softmax).

    compare.py [--tenon build/bin/tenon-run] [--target cuda] [--rounds 5] [NAME...]

Both take turns. Tenon's times are those of `tenon-run --profile`: of each launch with the
wait for it, a few microseconds more than the kernel; PyTorch's lie between two events.
Medians in ms over the rounds, and how much of PyTorch's speed Tenon has.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile

import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]
DTYPES = {"bf16": ("bfloat16", torch.bfloat16), "f16": ("float16", torch.float16), "f32": ("float32", torch.float32)}


def model(inputs, result, element, op):
    """The text of a model of one op; `inputs` are (name, shape)."""
    def type_of(shape):
        return "tensor<" + "x".join(map(str, shape)) + f"x{element}>"

    long = DTYPES[element][0]
    arguments = ", ".join(f'%{n}: {type_of(s)} {{tenon.name = "{n}", tenon.dtype = "{long}"}}' for n, s in inputs)
    signature = f"({', '.join(type_of(s) for _, s in inputs)}) -> {type_of(result)}"
    return (f'func.func @step({arguments}) -> ({type_of(result)} {{tenon.name = "y", tenon.dtype = "{long}"}}) {{\n'
            f"  %y = {op.format(type=type_of(result), signature=signature)}\n  return %y : {type_of(result)}\n}}\n")


def linear(rows, outputs, sums, element):
    return (model([("x", (rows, sums)), ("w", (outputs, sums))], (rows, outputs), element,
                  "tenon.linear %x, %w : {signature}"),
            [(rows, sums), (outputs, sums)], element, lambda x, w: x @ w.t(), 2 * rows * outputs * sums)


def attention(heads, length, size, element):
    shape = (1, heads, length, size)
    return (model([("q", shape), ("k", shape), ("v", shape)], shape, element,
                  f"tenon.attention %q, %k, %v {{{{num_heads = {heads}, num_kv_heads = {heads}, "
                  "causal = #tenon<causal top_left>}} : {signature}"),
            [shape] * 3, element,
            lambda q, k, v: torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True),
            2 * heads * length * length * size)


def softmax(rows, columns):
    return (model([("x", (rows, columns))], (rows, columns), "f32", "tenon.softmax %x axis 1 : {type}"),
            [(rows, columns)], "f32", lambda x: torch.softmax(x, 1), 0)


WORKLOADS = {
    "matmul-bf16-4096": lambda: linear(4096, 4096, 4096, "bf16"),
    "matmul-f32-2048": lambda: linear(2048, 2048, 2048, "f32"),
    "row-bf16-4096x16384": lambda: linear(1, 16384, 4096, "bf16"),
    "attention-16x2048x128": lambda: attention(16, 2048, 128, "bf16"),
    "softmax-8192x4096": lambda: softmax(8192, 4096),
}


def time_tenon(options, file, scratch):
    trace = scratch / "trace.json"
    subprocess.run([options.tenon, file, "--random-inputs", "1", "--target", options.target, "--profile", trace],
                   check=True, stdout=subprocess.DEVNULL)
    events = json.loads(trace.read_text())
    events = events["traceEvents"] if isinstance(events, dict) else events
    return sum(event["dur"] for event in events if event.get("ph") == "X") / 1000


def time_torch(function, tensors, times=20):
    milliseconds = []
    for turn in range(times + 3):
        begin, end = torch.cuda.Event(True), torch.cuda.Event(True)
        begin.record()
        function(*tensors)
        end.record()
        end.synchronize()
        if turn >= 3:
            milliseconds.append(begin.elapsed_time(end))
    return statistics.median(milliseconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tenon", default=ROOT / "build" / "bin" / "tenon-run")
    parser.add_argument("--target", default="cuda")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("names", nargs="*", default=list(WORKLOADS))
    options = parser.parse_args()
    torch.backends.cuda.matmul.allow_tf32 = False
    print(torch.cuda.get_device_name(), "torch", torch.__version__)
    print(f"{'kernel':24} {'Tenon':>8} {'PyTorch':>8} {'speed':>6} {'TFLOP/s':>8}")
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        for name in options.names:
            text, shapes, element, function, operations = WORKLOADS[name]()
            file = scratch / f"{name}.mlir"
            file.write_text(text)
            tensors = [torch.randn(shape, device="cuda", dtype=DTYPES[element][1]) for shape in shapes]
            own, other = [], []
            for _ in range(options.rounds):
                own.append(time_tenon(options, file, scratch))
                other.append(time_torch(function, tensors))
            own, other = statistics.median(own), statistics.median(other)
            print(f"{name:24} {own:8.4f} {other:8.4f} {other / own:6.2f} {operations / own / 1e9:8.0f}", flush=True)


main()
