"""How lit finds and runs the tests of Tenon."""

import os
import sys

import lit.formats
import lit.util

config.name = "Tenon"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.excludes = ["Inputs", "Unit", "Emulated"]
config.test_source_root = os.path.join(config.tenon_source_root, "test")
config.test_exec_root = os.path.join(config.tenon_build_root, "test")

# The built tools come before installed ones; FileCheck, not and split-file are LLVM's.
config.environment["PATH"] = os.pathsep.join(
    [os.path.join(config.tenon_build_root, "bin"), config.llvm_tools, os.environ["PATH"]])
config.substitutions.append(("%source_root", config.tenon_source_root))
config.substitutions.append(("%build_root", config.tenon_build_root))
config.substitutions.append(("%tblgen", "mlir-tblgen -I %s/dialects -I %s" % (config.tenon_source_root, config.mlir_include)))

# NVIDIA's assembler, which tests of PTX ask where it is there.
cuda_bin = os.path.join(os.environ.get("CUDA_HOME", "/usr/local/cuda"), "bin")
if lit.util.which("ptxas", os.pathsep.join([os.environ["PATH"], cuda_bin])):
    config.available_features.add("ptxas")

# Runs a model on an AArch64 processor, which is the next argument: where qemu and a cross toolchain are installed.
aarch64_run = [sys.executable, os.path.join(config.test_source_root, "Emulated", "run.py"), config.tenon_build_root]
config.substitutions.append(("%run_aarch64", " ".join(aarch64_run)))
if os.path.exists(os.path.join(config.tenon_build_root, "aarch64", "bin", "run-compiled")):
    config.available_features.add("aarch64")

# `lit --param target=emulated-cuda test/Execution` runs what is compiled there for that target.
# With `--param ahead=1` models are compiled ahead of time there, with `--param ahead=aarch64[:PROCESSOR]` for another machine,
# which qemu plays.
target = lit_config.params.get("target")
config.tenon_run = [os.path.join(config.tenon_build_root, "bin", "tenon-run")]
config.tenon_compile = None
ahead, _, processor = lit_config.params.get("ahead", "").partition(":")
if ahead == "aarch64":
    config.tenon_run = aarch64_run + [processor or "generic"]
    config.substitutions.append((r"(?<![\w/-])tenon-run(?= )", " ".join(config.tenon_run)))
    # What is not asked of a GPU is of this machine's processor alone.
    config.available_features.add("gpu-target")
    config.name += " on " + lit_config.params["ahead"]
elif ahead:
    config.tenon_compile = [os.path.join(config.tenon_build_root, "bin", "tenon-compile")]
    config.name += " ahead of time"
if target:
    config.available_features.add("gpu-target")
    config.tenon_run.append("--target=" + target)
    config.name += " on " + target
    for tool in ("tenon-run", "tenon-conformance"):
        config.substitutions.append((r"(?<![\w/-])%s(?= )" % tool, "%s --target=%s" % (tool, target)))
