"""Runs a model on a processor that an emulator plays: run.py BUILD PROCESSOR MODEL [OPTIONS of tenon-run].

MODEL is compiled ahead of time for PROCESSOR first, unless it is a library already, which the emulator's PROCESSOR then runs.
Options that choose what is compiled go to tenon-compile, the others to run-compiled (see there).
"""
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

import numpy

# Where Debian's cross toolchain keeps the libraries of AArch64.
LIBRARIES = "/usr/aarch64-linux-gnu"
# What qemu calls the processors that it plays; "max" has all that it knows, and so has every instruction of the others.
PLAYED = {"generic": "cortex-a57", "neoverse-n1": "neoverse-n1"}
RUNNING = {"inputs", "input", "expect", "outputs", "rtol", "atol", "threads", "random-inputs"}
FLAGS = {"no-cache": None, "tune": "--tune", "tf32": "--tf32"}
TYPES = {"F64": "float64", "F32": "float32", "F16": "float16", "BF16": "bfloat16", "F8_E4M3": "float8_e4m3fn",
         "F8_E5M2": "float8_e5m2", "BOOL": "bool", **{f"{kind}{bits}": f"{name}{bits}" for kind, name in
                                                    (("I", "int"), ("U", "uint")) for bits in (8, 16, 32, 64)}}


def tensors_of(path):
    """(name, type, shape, bytes) of each tensor."""
    path = pathlib.Path(path)
    if path.suffix == ".safetensors":
        data = path.read_bytes()
        size, = struct.unpack("<Q", data[:8])
        header = json.loads(data[8:8 + size])
        header.pop("__metadata__", None)
        return [(name, TYPES[entry["dtype"]], entry["shape"], data[8 + size:][slice(*entry["data_offsets"])])
                for name, entry in header.items()]
    loaded = numpy.load(path)
    arrays = loaded.items() if path.suffix == ".npz" else [("", loaded)]
    return [(name, array.dtype.name, array.shape, numpy.ascontiguousarray(array).tobytes()) for name, array in arrays]


def write_plain(path, tensors):
    with open(path, "wb") as file:
        for name, type, shape, data in tensors:
            file.write(f"{type}\t{'x'.join(map(str, shape))}\t{name}\n".encode() + data)


def read_plain(path):
    data, tensors = pathlib.Path(path).read_bytes(), []
    while data:
        line, data = data.split(b"\n", 1)
        type, sizes, name = line.decode().split("\t", 2)
        shape = [int(size) for size in sizes.split("x") if size]
        bits = 8 if type == "bool" or type.startswith("float8") else int("".join(filter(str.isdigit, type)))
        count = int(numpy.prod(shape, dtype=numpy.int64)) * bits // 8
        tensors.append((name, type, shape, data[:count]))
        data = data[count:]
    return tensors


def save(path, tensors):
    if not str(path).endswith(".safetensors"):
        numpy.savez(path, **{name: numpy.frombuffer(data, type).reshape(shape) for name, type, shape, data in tensors})
        return
    header, content, names = {}, b"", {long: short for short, long in TYPES.items()}
    for name, type, shape, data in tensors:
        header[name] = {"dtype": names[type], "shape": shape, "data_offsets": [len(content), len(content) + len(data)]}
        content += data
    text = json.dumps(header).encode()
    pathlib.Path(path).write_bytes(struct.pack("<Q", len(text)) + text + content)


def parse(arguments):
    """The model, the options for tenon-compile, and those for running as (name, value)."""
    model, compiling, running = None, [], []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if not word.startswith("-"):
            model = word
            continue
        name, equals, value = word.lstrip("-").partition("=")
        if name in FLAGS:
            compiling += [FLAGS[name]] if FLAGS[name] else []
            continue
        value = value if equals else rest.pop(0)
        if name in RUNNING:
            running.append((name, value))
        else:
            compiling += [f"--{name}", value]
    return model, compiling, running


def main():
    build, processor = pathlib.Path(sys.argv[1]), sys.argv[2]
    model, compiling, running = parse(sys.argv[3:])
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        single = [value for name, value in running if name == "input"]
        calls = [tensors_of(value) for name, value in running if name == "inputs"]
        if single and not calls:
            calls.append([])
        for call in calls:
            call += [(value.rpartition("=")[0], *tensors_of(value.rpartition("=")[2])[0][1:]) for value in single]
        if not model.endswith(".so"):
            library = str(folder / "model.so")
            command = [str(build / "bin" / "tenon-compile"), model, *compiling, "--triple", "aarch64-linux-gnu", "--cpu", processor,
                       "--emit", "so", "-o", library]
            for number, call in enumerate(calls):
                save(folder / f"{number}.safetensors", call)
                command += ["--inputs", str(folder / f"{number}.safetensors")]
            if code := subprocess.run(command).returncode:
                return code
            model = library
        played = ["qemu-aarch64", "-L", LIBRARIES, "-cpu", PLAYED.get(processor, "max"),
                  str(build / "aarch64" / "bin" / "run-compiled"), model]
        for number, call in enumerate(calls):
            write_plain(folder / f"{number}.inputs", call)
            played += ["--inputs", str(folder / f"{number}.inputs")]
        outputs = None
        for number, (name, value) in enumerate(running):
            if name == "expect":
                write_plain(folder / f"{number}.expected", tensors_of(value))
                value = str(folder / f"{number}.expected")
            elif name == "outputs":
                outputs, value = value, str(folder / "outputs")
            elif name in ("inputs", "input"):
                continue
            played += [f"--{name}", value]
        code = subprocess.run(played).returncode
        if outputs and code == 0:
            save(outputs, read_plain(folder / "outputs"))
        return code


if __name__ == "__main__":
    sys.exit(main())
