"""A lit test for each set of inputs under test/Inputs/models.

tenon-run runs the model, and its results are held against expected*.npz.
`flags` beside a model stands in for the usual tolerances.
"""
import shlex
import subprocess

import lit.Test
import lit.formats


class ModelFormat(lit.formats.TestFormat):
    def __init__(self, folder, program):
        """`program` is tenon-run with arguments that every call has."""
        self.folder, self.program = folder, program

    def getTestsInDirectory(self, suite, path_in_suite, lit_config, local_config):
        for expected in sorted(self.folder.glob("*/expected*.npz")):
            name = expected.parent.name + expected.stem.removeprefix("expected").replace("_", "#")
            yield lit.Test.Test(suite, path_in_suite + (name,), local_config)

    def execute(self, test, lit_config):
        name, _, number = test.path_in_suite[-1].partition("#")
        folder = self.folder / name
        tail = f"_{number}" if number else ""
        whole = folder / "model"
        flags = folder / "flags"
        given = shlex.split(flags.read_text()) if flags.exists() else ["--rtol", "1e-4", "--atol", "1e-5"]
        command = [*self.program, str(whole if whole.is_dir() else folder / "model.onnx"),
                   "--inputs", str(folder / f"inputs{tail}.npz"), "--expect", str(folder / f"expected{tail}.npz"), *given]
        try:
            run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                 errors="replace", timeout=120, env=test.config.environment)
        except subprocess.TimeoutExpired:
            return lit.Test.TIMEOUT, shlex.join(command)
        output = f"{shlex.join(command)}\nexit code {run.returncode}\n{run.stdout}"
        return (lit.Test.FAIL if run.returncode else lit.Test.PASS), output
