"""A lit test for each file under Inputs: calls one after the other, each behind the caches of those before.

See make_decoding.py. tenon-run takes a file for each call; these are cut out of the one that is committed.
"""
import json
import pathlib
import shlex
import struct
import subprocess

import lit.Test
import lit.formats

CAPACITY = 81
# Of rows of caches: half a step of 16-bit floats, of 1/127 of a row's largest number. What comes of it was measured with the
# committed models, whose logits reach 1.8: 9.4e-4, 5.2e-3 and 1.7e-2.
CACHES = {"f16": 2e-3, "bf16": 1e-2, "int8": 3e-2}
OF_TYPES = {name: ("f16", "bf16", "int8") for name in ("llama@3-7-5", "gemma2@64")} | {name: ("f16", "bf16", "int8") for name in ("deepseek3@64", "deepseek2@3-7-5", "deepseek3-halves@3-7-5")}


def read(path):
    data = path.read_bytes()
    size, = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + size])
    header.pop("__metadata__", None)
    return {name: (entry["dtype"], entry["shape"], data[8 + size:][slice(*entry["data_offsets"])])
            for name, entry in header.items()}


def write(path, tensors):
    header, offset = {}, 0
    for name, (dtype, shape, data) in tensors.items():
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(data for _, _, data in tensors.values()))


class DecodingFormat(lit.formats.TestFormat):
    def __init__(self, models, program, compiler=None):
        """`program` and `compiler` (to compile ahead of time) are the tools with arguments that every call has."""
        self.models, self.program, self.compiler = models, program, compiler

    def getTestsInDirectory(self, suite, path_in_suite, lit_config, local_config):
        folder = pathlib.Path(suite.getSourcePath(path_in_suite)) / "Inputs"
        for calls in sorted(folder.glob("*.safetensors")):
            yield lit.Test.Test(suite, path_in_suite + (calls.stem,), local_config)
            for cache in OF_TYPES.get(calls.stem, ()):
                yield lit.Test.Test(suite, path_in_suite + (f"{calls.stem}={cache}",), local_config)

    def execute(self, test, lit_config):
        name = test.path_in_suite[-1]
        inputs = pathlib.Path(test.getSourcePath()).parent / "Inputs"
        work = pathlib.Path(test.getExecPath()).parent / "Output"
        name, _, cache = name.partition("=")
        passed, output, last = self.decode(name, inputs, work, test.config.environment, cache=cache)
        plain = name.removesuffix("-poisoned")
        if passed and plain != name:
            # What unused slots hold changes no bit.
            passed, more, other = self.decode(plain, inputs, work, test.config.environment, "plain-of-")
            output += more
            if last != other:
                passed, output = False, output + "the last logits differ from those of caches of zeros"
        return (lit.Test.PASS if passed else lit.Test.FAIL), output

    def decode(self, name, inputs, work, environment, prefix="", cache=""):
        work = work / (prefix + name + cache)
        work.mkdir(parents=True, exist_ok=True)
        calls = {}
        for full, tensor in read(inputs / f"{name}.safetensors").items():
            number, kind, rest = full.split(".", 2)
            calls.setdefault(number, {"input": {}, "expected": {}})[kind][rest] = tensor
        # What is expected behind caches of 8 bits is rounded as they are.
        kept = "int8" if "-int8" in name else cache
        half = any(dtype == "F16" for dtype, _, _ in calls["00"]["expected"].values())
        last = work / "last.safetensors"
        model = str(self.models / name.split("@")[0] / "model")
        compiling = ["--dim", f"capacity={CAPACITY}", *(["--cache-type", kept] if kept else [])]
        running = ["--outputs", str(last), *(["--rtol", "0", "--atol", str(CACHES[cache])] if cache else
                                             ["--rtol", "1e-2", "--atol", "5e-2"] if half else ["--rtol", "1e-4", "--atol", "1e-4"])]
        given = []
        for number, parts in sorted(calls.items()):
            for kind, option in (("input", "--inputs"), ("expected", "--expect")):
                write(work / f"{number}.{kind}.safetensors", parts[kind])
                (given if kind == "input" else running).extend([option, str(work / f"{number}.{kind}.safetensors")])
        commands = [[*self.program, model, *compiling, *given, *running]]
        if self.compiler:
            library = str(work / "model.so")
            commands = [[*self.compiler, model, *compiling, *given, "--emit", "so", "-o", library],
                        [*self.program, library, *given, *running]]
        output = ""
        for command in commands:
            try:
                run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                                     timeout=300, env=environment)
            except subprocess.TimeoutExpired:
                return False, f"{shlex.join(command)}\ntimed out\n", b""
            output += f"{shlex.join(command)}\nexit code {run.returncode}\n{run.stdout}"
        passed = run.returncode == 0 and run.stdout.count("agrees") == len(calls)
        return passed, output, last.read_bytes() if passed else b""
