"""A lit test for each set of inputs under test/Inputs/models.

tenon-run runs the model, and its results are held against expected*.npz.
`flags` beside a model stands in for the usual tolerances. With the compiler
given, the model is compiled ahead of time, and tenon-run runs what that wrote.
"""
import os
import shlex
import subprocess

import lit.Test
import lit.formats


class ModelFormat(lit.formats.TestFormat):
    def __init__(self, folder, program, compiler=None):
        """`program` and `compiler` are tenon-run and tenon-compile with arguments that every call has."""
        self.folder, self.program, self.compiler = folder, program, compiler

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
        model = str(whole if whole.is_dir() else folder / "model.onnx")
        inputs = ["--inputs", str(folder / f"inputs{tail}.npz")]
        commands = []
        if self.compiler:
            library = os.path.join(test.config.test_exec_root, "Execution", "Models", f"{name}{tail}.so")
            os.makedirs(os.path.dirname(library), exist_ok=True)
            commands.append([*self.compiler, model, *inputs, "--emit", "so", "-o", library])
            model = library
        commands.append([*self.program, model, *inputs, "--expect", str(folder / f"expected{tail}.npz"), *given])
        output = ""
        for command in commands:
            output += shlex.join(command) + "\n"
            try:
                run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                     errors="replace", timeout=120, env=test.config.environment)
            except subprocess.TimeoutExpired:
                return lit.Test.TIMEOUT, output
            output += f"exit code {run.returncode}\n{run.stdout}"
            if run.returncode:
                return lit.Test.FAIL, output
        return lit.Test.PASS, output
