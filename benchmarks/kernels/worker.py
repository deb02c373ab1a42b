#!/usr/bin/env python3
"""A peer that computes one layer of workloads.py with a library's own call.

    worker.py torch|numpy MODEL inputs.npz outputs.npz THREADS

torch runs on oneDNN or MKL and has a fused attention; numpy's matmul is
OpenBLAS's. The protocol is tenon-bench-model's: a JSON object a line. A layer a
library has no call for is {"error":..}.
"""
import json
import os
import pathlib
import resource
import sys
import time


def torch_layer(layer, feeds, weights, threads):
    import torch
    from torch.nn import functional

    torch.set_num_threads(threads)
    x = {k: torch.from_numpy(v) for k, v in feeds.items()}
    w = {k: torch.from_numpy(v) for k, v in weights.items()}
    kind = layer["kind"]
    if kind == "matmul":
        return lambda: torch.matmul(x["x"], x["y"])
    if kind == "linear" and layer["stored"] in ("f32", "f16", "bf16"):
        types = {"f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16}
        given = x["x"].to(types[layer["stored"]])
        rows = w["w"].to(given.dtype).t().contiguous()
        return lambda: functional.linear(given, rows)
    if kind == "attention":
        return lambda: functional.scaled_dot_product_attention(
            x["q"], x["k"], x["v"], is_causal=layer["causal"])
    if kind == "conv":
        import torch.utils.mkldnn as mkldnn

        o, c, k, _ = w["w"].shape
        groups = layer["groups"]
        conv = torch.nn.Conv2d(c * groups, o, k, layer["stride"], layer["pad"], groups=groups)
        with torch.no_grad():
            conv.weight.copy_(w["w"])
            conv.bias.copy_(w["b"])
        # oneDNN's blocked weights; the image is brought and taken as NCHW.
        packed = mkldnn.to_mkldnn(conv.eval())
        return lambda: packed(x["x"].to_mkldnn()).to_dense()
    raise NotImplementedError(f"torch has no call for {layer}")


def numpy_layer(layer, feeds, weights, threads):
    import numpy as np

    if layer["kind"] == "matmul":
        return lambda: np.matmul(feeds["x"], feeds["y"])
    if layer["kind"] == "linear" and layer["stored"] == "f32":
        return lambda: np.matmul(feeds["x"], weights["w"])
    raise NotImplementedError(f"OpenBLAS has no call for {layer}")


def main():
    library, model, inputs, outputs, threads = sys.argv[1:6]
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = threads
    import numpy as np
    import onnx

    def say(thing):
        print(json.dumps(thing), flush=True)

    try:
        layer = json.loads((pathlib.Path(model).parent / "meta.json").read_text())["layer"]
        feeds = dict(np.load(inputs))
        weights = {}
        for tensor in onnx.load(model).graph.initializer:
            if tensor.data_type == onnx.TensorProto.BFLOAT16:
                raw = np.frombuffer(tensor.raw_data, np.uint16).astype(np.uint32) << 16
                weights[tensor.name] = raw.view(np.float32).reshape(tensor.dims)
            else:
                weights[tensor.name] = onnx.numpy_helper.to_array(tensor).copy()
        call = {"torch": torch_layer, "numpy": numpy_layer}[library](
            layer, feeds, weights, int(threads))
        if library == "torch":
            import torch

            torch.set_grad_enabled(False)
        start = time.perf_counter()
        result = call()
        result = np.asarray(result if library == "numpy" else result.float())
        expected = np.load(outputs)["out"]
        error = float(np.abs(result - expected).max() / np.abs(expected).max())
        say({"ready": 1, "load_s": time.perf_counter() - start, "compile_s": 0, "rel_err": error})
    except Exception as failure:
        say({"error": f"{type(failure).__name__}: {failure}"})
        return
    for line in sys.stdin:
        request = json.loads(line)
        if "quit" in request:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            say({"peak_rss_mb": peak})
            return
        times, spent = [], 0.0
        call()
        while not times or spent < request["run_ms"] and len(times) < 200:
            start = time.perf_counter()
            call()
            times.append((time.perf_counter() - start) * 1e3)
            spent += times[-1]
        say({"ms": times})


if __name__ == "__main__":
    main()
