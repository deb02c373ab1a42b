"""ONNX files that are damaged, and graphs that make no sense."""
import numpy as np
from onnx import helper

from making import MODELS, adder, graph, kind, named, saved, with_input, x23


@kind
def no_such_file(folder):
    return [folder / "model.onnx"]


@kind
def empty_file(folder):
    (folder / "model.onnx").write_bytes(b"")
    return [folder / "model.onnx"]


@kind
def text_file(folder):
    (folder / "model.onnx").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\n")
    return [folder / "model.onnx"]


@kind
def truncated(folder):
    source = (MODELS / "export-linear-dynamo-18" / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(source[:len(source) * 3 // 5])
    return [folder / "model.onnx"]


@kind
def unknown_extension(folder):
    (folder / "model.tflite").write_bytes(b"TFL3")
    return [folder / "model.tflite"]


@kind
def cycle(folder):
    m = adder()
    m.graph.node[0].input[0] = "y"
    return with_input(folder, m, x=x23())


@kind
def undefined_name(folder):
    m = adder()
    m.graph.node[1].input[0] = "nothing"
    return with_input(folder, m, x=x23())


@kind
def defined_twice(folder):
    m = adder()
    m.graph.node[1].output[0] = "h"
    return with_input(folder, m, x=x23())


@kind
def missing_output(folder):
    m = adder()
    m.graph.output[0].name = "z"
    return with_input(folder, m, x=x23())


@kind
def unknown_op(folder):
    m = adder()
    m.graph.node[0].op_type = "Frobnicate"
    return with_input(folder, m, x=x23())


@kind
def unknown_domain(folder):
    m = adder()
    m.graph.node[0].domain = "com.example"
    m.opset_import.append(helper.make_opsetid("com.example", 1))
    return with_input(folder, m, x=x23())


@kind
def no_opset(folder):
    m = adder()
    del m.opset_import[:]
    return with_input(folder, m, x=x23())


@kind
def far_opset(folder):
    m = adder()
    m.opset_import[0].version = 9999
    return with_input(folder, m, x=x23())


@kind
def no_graph(folder):
    m = adder()
    m.ClearField("graph")
    return saved(folder, m)


@kind
def too_few_inputs(folder):
    m = adder()
    m.graph.node[0].op_type = "MatMul"
    return with_input(folder, m, x=x23())


@kind
def attribute_of_wrong_type(folder):
    m = named(graph("g (float[1, 1, 5, 5] x) => (float[a, b, c, d] y) { y = MaxPool <kernel_shape = [2, 2]> (x) }"))
    m.graph.node[0].attribute[0].CopyFrom(helper.make_attribute("kernel_shape", "two by two"))
    return with_input(folder, m, x=np.ones((1, 1, 5, 5), np.float32))


@kind
def missing_attribute(folder):
    m = named(graph("g (float[1, 1, 5, 5] x) => (float[a, b, c, d] y) { y = MaxPool (x) }"))
    return with_input(folder, m, x=np.ones((1, 1, 5, 5), np.float32))


def field(number, content):
    """A length-delimited protobuf field."""
    size, length = len(content), b""
    while size >= 128:
        length += bytes([size & 127 | 128])
        size >>= 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + content


@kind
def deep_subgraphs(folder):
    """A thousand If nodes inside each other, written by hand: Python's protobuf refuses to."""
    inner = b""
    for _ in range(1000):
        branch = field(1, b"then_branch") + field(6, inner) + b"\xa0\x01\x05"  # the type: a graph
        inner = field(1, field(1, b"c") + field(2, b"y") + field(4, b"If") + field(5, branch))
    opset = field(8, b"\x10\x11")
    (folder / "model.onnx").write_bytes(b"\x08\x08" + opset + field(7, inner))
    return [folder / "model.onnx"]


def inner_sizes(folder, text, **arrays):
    return with_input(folder, named(graph(text)), **arrays)


@kind
def matmul_sizes(folder):
    return inner_sizes(folder, "g (float[2, 3] x, float[4, 5] w) => (float[2, 5] y) { y = MatMul (x, w) }",
                       x=x23(), w=np.ones((4, 5), np.float32))


@kind
def broadcast_sizes(folder):
    return inner_sizes(folder, "g (float[2, 3] x, float[4] w) => (float[2, 3] y) { y = Add (x, w) }",
                       x=x23(), w=np.ones(4, np.float32))


@kind
def conv_channels(folder):
    return inner_sizes(folder, "g (float[1, 3, 5, 5] x, float[4, 2, 3, 3] w) => (float[a, b, c, d] y) { y = Conv (x, w) }",
                       x=np.ones((1, 3, 5, 5), np.float32), w=np.ones((4, 2, 3, 3), np.float32))


@kind
def reshape_count(folder):
    return inner_sizes(folder, "g (float[2, 3] x) => (float[a, b] y) { s = Constant <value = int64[2] {4, -1}> ()  y = Reshape (x, s) }",
                       x=x23())


@kind
def concat_sizes(folder):
    return inner_sizes(folder, "g (float[2, 3] x, float[3, 2] w) => (float[a, b] y) { y = Concat <axis = 0> (x, w) }",
                       x=x23(), w=np.ones((3, 2), np.float32))


@kind
def axis_out_of_range(folder):
    return inner_sizes(folder, "g (float[2, 3] x) => (float[2, 3] y) { y = Softmax <axis = 5> (x) }", x=x23())


@kind
def gather_out_of_range(folder):
    return inner_sizes(folder, "g (float[2, 3] x) => (float[1, 3] y) { i = Constant <value = int64[1] {7}> ()  y = Gather (x, i) }",
                       x=x23())


@kind
def output_padding(folder):
    """SEMANTICS D5: output_padding must be below the larger of stride and dilation."""
    return inner_sizes(folder, "g (float[1, 1, 3] x, float[1, 1, 3] w) => (float[a, b, c] y) "
                       "{ y = ConvTranspose <strides = [2], output_padding = [2]> (x, w) }",
                       x=np.ones((1, 1, 3), np.float32), w=np.ones((1, 1, 3), np.float32))


@kind
def attention_heads(folder):
    """SEMANTICS A8: the query heads are a multiple of the key heads."""
    m = named(graph("g (float[1, 12, 2, 4] q, float[1, 5, 2, 4] k, float[1, 5, 2, 4] v) => (float[1, 12, 2, 4] y) { y = Attention (q, k, v) }", 23))
    one = lambda h: np.ones((1, h, 2, 4), np.float32)
    return with_input(folder, m, q=one(12), k=one(5), v=one(5))


@kind
def zero_stride(folder):
    return inner_sizes(folder, "g (float[1, 1, 5] x) => (float[a, b, c] y) { y = MaxPool <kernel_shape = [2], strides = [0]> (x) }",
                       x=np.ones((1, 1, 5), np.float32))


@kind
def kernel_larger_than_input(folder):
    return inner_sizes(folder, "g (float[1, 1, 3] x, float[1, 1, 9] w) => (float[a, b, c] y) { y = Conv (x, w) }",
                       x=np.ones((1, 1, 3), np.float32), w=np.ones((1, 1, 9), np.float32))
