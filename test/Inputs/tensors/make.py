#!/usr/bin/env python3
"""Writes the tensor files beside this script: what other programs' readers are tested against.

Written with numpy 2.4.6, ml_dtypes 0.6.0, safetensors 0.8.0, onnx 1.23.2.
Number i (counted in row-major order) of a float tensor is i / 2 - 1, of an integer tensor i - 1 (i where it is
unsigned), of a boolean tensor whether i is odd.
"""
import pathlib

import ml_dtypes
import numpy as np
import onnx
import safetensors
import safetensors.numpy

HERE = pathlib.Path(__file__).parent


def values(dtype, *shape):
    i = np.arange(int(np.prod(shape)), dtype=np.float64).reshape(shape)
    dtype = np.dtype(dtype)
    if dtype == np.bool_:
        return i % 2 == 1
    if "int" in dtype.name:
        return (i if dtype.name.startswith("u") else i - 1).astype(dtype)
    return (i / 2 - 1).astype(dtype)


def npy(name, array, version=None):
    with open(HERE / name, "wb") as file:
        np.lib.format.write_array(file, array, version=version)


npy("float32.npy", values("<f4", 2, 3))
npy("float32-fortran.npy", np.asfortranarray(values("<f4", 2, 3, 4)))
npy("float64-big-endian.npy", values(">f8", 5))
npy("int16-big-endian-fortran.npy", np.asfortranarray(values(">i2", 3, 5)))
npy("float16.npy", values("<f2", 7))
npy("bfloat16.npy", values(ml_dtypes.bfloat16, 3, 3))
npy("float8_e5m2.npy", values(ml_dtypes.float8_e5m2, 4))
npy("bool.npy", values(np.bool_, 3, 3))
npy("scalar-int64.npy", values("<i8"))
npy("empty-uint8.npy", values("u1", 0, 3))
npy("version-2.npy", values("<u4", 4), (2, 0))
npy("version-3.npy", values("<i8", 2, 2), (3, 0))
npy("complex.npy", np.zeros(2, "<c8"))
npy("structured.npy", np.zeros(2, [("a", "<f4")]))

several = {"a": values("<f4", 2, 3), "deep/b": values("<i8", 4), "scalar": values("<f8")}
np.savez(HERE / "stored.npz", **several)
np.savez_compressed(HERE / "deflated.npz", **several)

safetensors.numpy.save_file(
    {"weight": values("<f4", 2, 3), "mask": values(np.bool_, 3), "half": values("<f2", 5), "nothing": values("<f4", 0)},
    HERE / "plain.safetensors", metadata={"format": "np"})
safetensors.numpy.save_file(
    {"bfloat16": values(ml_dtypes.bfloat16, 3), "float8_e4m3fn": values(ml_dtypes.float8_e4m3fn, 3),
     "float8_e5m2": values(ml_dtypes.float8_e5m2, 3)}, HERE / "small-floats.safetensors")

for dtype in ("float32", "float16", "int64", "uint8", "bool", "bfloat16", "float8_e4m3fn", "float8_e5m2", "int4",
              "uint4"):
    array = values(np.dtype(getattr(ml_dtypes, dtype, dtype)), 3, 3)
    kind = onnx.helper.np_dtype_to_tensor_dtype(array.dtype)
    (HERE / f"{dtype}.pb").write_bytes(onnx.numpy_helper.from_array(array, "x").SerializeToString())
    typed = onnx.helper.make_tensor("x", kind, array.shape, array.astype(np.float64).ravel().tolist())
    (HERE / f"{dtype}-typed.pb").write_bytes(typed.SerializeToString())

for file in HERE.glob("*.safetensors"):
    file.chmod(0o644)
