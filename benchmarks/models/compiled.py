#!/usr/bin/env python3
"""A worker of bench_peers.py: Tenon ahead of time, as IREE is measured there.

    compiled.py BUILD MODEL inputs.npz outputs.npz THREADS

tenon-compile makes a shared library in a process of its own, whose time and
memory are "compile_s" and "compile_rss_mb"; tenon-bench-compiled, which holds
libTenonRuntime alone, loads and runs it. The rest is said as tenon-bench-model
says it. Needs numpy.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy


def say(**fields):
    print(json.dumps(fields), flush=True)


def compile_model(build, model, inputs, library, cache):
    """Seconds and MB of tenon-compile with a cold cache; raises where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [build / "bin/tenon-compile", model, "--inputs", inputs, "--emit", "so", "-o", library],
        env=dict(os.environ, TENON_CACHE=cache), stderr=subprocess.PIPE, text=True)
    message = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(message)
    return time.perf_counter() - start, usage.ru_maxrss >> 10


def largest_error(path, expected):
    """Relative to the largest number of each expected output."""
    data, offset, worst = path.read_bytes(), 0, 0.0
    for want in expected:
        got = numpy.frombuffer(data, want.dtype, want.size, offset).reshape(want.shape)
        offset += want.nbytes
        scale = float(numpy.abs(want).max()) + 1e-30
        worst = max(worst, float(numpy.abs(got.astype("f8") - want).max()) / scale)
    assert offset == len(data), "outputs of other sizes than expected"
    return worst


def main():
    build, model, inputs, outputs, threads = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        library, given, got = folder / "model.so", folder / "inputs", folder / "outputs"
        seconds, megabytes = compile_model(pathlib.Path(build), model, inputs, library, folder)
        with numpy.load(inputs) as arrays, open(given, "wb") as file:
            for name in arrays.files:
                array = numpy.ascontiguousarray(arrays[name])
                file.write(f"{name}\n{array.nbytes}\n".encode() + array.tobytes())
        worker = subprocess.Popen(
            [pathlib.Path(build) / "bin/tenon-bench-compiled", library, given, got, threads],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        ready = json.loads(worker.stdout.readline())
        if "error" in ready:
            raise RuntimeError(ready["error"])
        with numpy.load(outputs) as arrays:
            error = largest_error(got, [arrays[name] for name in arrays.files])
        say(ready=1, load_s=ready["load_s"], compile_s=seconds, compile_rss_mb=megabytes,
            rel_err=error)
        for line in sys.stdin:
            worker.stdin.write(line)
            worker.stdin.flush()
            print(worker.stdout.readline(), end="", flush=True)
        worker.stdin.close()
        worker.wait()


if __name__ == "__main__":
    try:
        main()
    except (RuntimeError, AssertionError, OSError, ValueError) as failure:
        say(error=str(failure)[:400])
        sys.exit(2)
