#!/usr/bin/env python3
"""Makes the small models under this folder, and what they must give.

    make.py [NAME...]      all, or those whose folder name starts so

Made with onnx 1.23.2, onnxruntime 1.32.0, torch 2.15.0, onnxscript 0.7.2,
transformers 5.24.0, safetensors 0.8.0, numpy 2.4.6. Each model is a folder:

    model.onnx | model/     the model file, or a Hugging Face folder
    inputs.npz              the graph inputs; more sets: inputs_1.npz, ...
    expected.npz            the results by output name; expected_1.npz, ...
    flags                   further arguments of tenon-run, where there are any

The expected results are ONNX Runtime's, with its graph optimisations off, or
PyTorch's or a formula's where the maker says so. The committed files are what
the tests read; this script is run again only to add or change a model.
"""
import pathlib
import shutil
import sys

import numpy as np
import onnx
import onnxruntime

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
MAKERS = ["older_opsets", "resampling", "control_flow", "shapes", "attention", "decoding", "norms", "exports",
          "hugging_face", "quantized", "decoders"]


def ask_onnxruntime(path, feeds):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return dict(zip([o.name for o in session.get_outputs()], session.run(None, feeds)))


class Folder:
    """The folder of one model, filled by its maker."""

    def __init__(self, name):
        self.path = HERE / name
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir()
        self.sets = 0

    def save(self, model, check=True, **options):
        if check:
            onnx.checker.check_model(model)
        onnx.save(model, self.path / "model.onnx", **options)

    def flags(self, text):
        (self.path / "flags").write_text(text + "\n")

    def ask(self, feeds):
        """What ONNX Runtime gives."""
        return ask_onnxruntime(self.path / "model.onnx", feeds)

    def case(self, feeds, expected=None):
        """One set of inputs; without `expected`, ONNX Runtime is asked. Gives what is expected."""
        if expected is None:
            expected = self.ask(feeds)
        tail = f"_{self.sets}" if self.sets else ""
        np.savez_compressed(self.path / f"inputs{tail}.npz", **feeds)
        np.savez_compressed(self.path / f"expected{tail}.npz", **expected)
        self.sets += 1
        return expected


def main():
    wanted = sys.argv[1:]
    for module in MAKERS:
        for name, maker in __import__(module).MODELS.items():
            if not wanted or any(name.startswith(w) for w in wanted):
                folder = Folder(name)
                maker(folder)
                size = sum(f.stat().st_size for f in folder.path.rglob("*") if f.is_file())
                print(f"{name}: {folder.sets} set(s), {size} bytes", flush=True)
                assert folder.sets, name
                assert size < 200_000, name


if __name__ == "__main__":
    main()
