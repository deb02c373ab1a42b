"""Weights, external data, inputs and arguments that do not fit."""
import struct

import numpy as np
from onnx import TensorProto, numpy_helper

from making import adder, graph, kind, named, saved, with_input, x23


def weighted(folder, change):
    m = named(graph("g (float[2, 3] x) => (float[2, 3] y) { y = Add (x, w) }"))
    w = numpy_helper.from_array(x23(), "w")
    change(w)
    m.graph.initializer.append(w)
    return with_input(folder, m, x=x23())


@kind
def negative_dimension(folder):
    return weighted(folder, lambda w: w.dims.__setitem__(0, -2))


@kind
def huge_dimension(folder):
    def change(w):
        w.dims[0] = 1 << 61
    return weighted(folder, change)


@kind
def overflowing_dimensions(folder):
    def change(w):
        w.dims[:] = [1 << 40, 1 << 40]
    return weighted(folder, change)


@kind
def short_tensor(folder):
    def change(w):
        w.raw_data = w.raw_data[:-5]
    return weighted(folder, change)


@kind
def unknown_type(folder):
    def change(w):
        w.data_type = 77
    return weighted(folder, change)


def external(folder, **entries):
    def change(w):
        w.ClearField("raw_data")
        w.data_location = TensorProto.EXTERNAL
        for key, value in entries.items():
            w.external_data.add(key=key, value=str(value))
    return weighted(folder, change)


@kind
def missing_external_file(folder):
    return external(folder, location="weights.bin", offset=0, length=24)


@kind
def short_external_file(folder):
    (folder / "weights.bin").write_bytes(bytes(20))
    return external(folder, location="weights.bin", offset=0, length=24)


@kind
def external_offset(folder):
    (folder / "weights.bin").write_bytes(bytes(24))
    return external(folder, location="weights.bin", offset=-8, length=24)


@kind
def external_length(folder):
    (folder / "weights.bin").write_bytes(bytes(64))
    return external(folder, location="weights.bin", offset=0, length=12)


@kind
def external_elsewhere(folder):
    """A model does not read files outside its own folder."""
    (folder.parent / "outside.bin").write_bytes(bytes(24))
    return external(folder, location="../outside.bin", offset=0, length=24)


@kind
def input_rank(folder):
    return with_input(folder, adder(), x=np.ones((2, 3, 1), np.float32))


@kind
def input_size(folder):
    return with_input(folder, adder(), x=np.ones((2, 4), np.float32))


@kind
def input_type(folder):
    return with_input(folder, adder(), x=np.ones((2, 3), np.float64))


@kind
def input_missing(folder):
    return saved(folder, adder())


@kind
def sizes_disagree(folder):
    """Two inputs share a dimension's name, but not its size."""
    m = graph("g (float[n, 3] x, float[n, 3] w) => (float[n, 3] y) { y = Add (x, w) }")
    return with_input(folder, m, x=x23(), w=np.ones((4, 3), np.float32))


@kind
def inputs_truncated(folder):
    arguments = with_input(folder, adder(), x=x23())
    data = arguments[-1].read_bytes()
    arguments[-1].write_bytes(data[:len(data) // 2])
    return arguments


@kind
def npy_huge_shape(folder):
    header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 8), }"
    header += b" " * (63 - (10 + len(header)) % 64) + b"\n"
    (folder / "x.npy").write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + bytes(24))
    return [*saved(folder, adder()), "--input", f"x={folder / 'x.npy'}"]


@kind
def npy_bad_header(folder):
    header = b"{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2, 3), }"
    header += b" " * (63 - (10 + len(header)) % 64) + b"\n"
    (folder / "x.npy").write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + bytes(24))
    return [*saved(folder, adder()), "--input", f"x={folder / 'x.npy'}"]


def free_size(folder, dim):
    m = graph("g (float[n, 3] x) => (float[n, 3] y) { y = Relu (x) }")
    return [*with_input(folder, m, x=x23()), "--dim", dim]


@kind
def dim_unknown(folder):
    return free_size(folder, "m=2")


@kind
def dim_disagrees(folder):
    return free_size(folder, "n=5")


@kind
def dim_not_a_number(folder):
    return free_size(folder, "n=many")


@kind
def flag_unknown(folder):
    return [*saved(folder, adder()), "--inptus", "x.npz"]
