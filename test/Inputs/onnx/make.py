#!/usr/bin/env python3
"""Makes the small models of test/Import/ONNX: where an operator's meaning depends
on its opset, where values are known at import, and models that are refused.

    python test/Inputs/onnx/make.py
"""
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper, parser

FOLDER = pathlib.Path(__file__).resolve().parent


def model(opset, graph, functions="", domains="", ir=8):
    imports = f'"" : {opset}' + domains
    return parser.parse_model(f"<ir_version: {ir}, opset_import: [{imports}]> {graph} {functions}")


MODELS = {
    # Softmax flattens below opset 13.
    "softmax-12": model(12, "g (float[2,3,4] x) => (float[2,3,4] y) { y = Softmax(x) }"),
    "softmax-13": model(13, "g (float[2,3,4] x) => (float[2,3,4] y) { y = Softmax(x) }"),
    "hardmax-11": model(11, "g (float[2,3,4] x) => (float[2,3,4] y) { y = Hardmax<axis = 2>(x) }"),
    "hardmax-13": model(13, "g (float[2,3,4] x) => (float[2,3,4] y) { y = Hardmax<axis = 0>(x) }"),
    # Attributes that became inputs.
    "squeeze-11": model(11, "g (float[1,3,1] x) => (float[3,1] y) { y = Squeeze<axes = [0]>(x) }"),
    "squeeze-13": model(13, """g (float[1,3,1] x) => (float[1,3] y) {
        axes = Constant<value_ints = [-1]>()
        y = Squeeze(x, axes) }"""),
    "slice-9": model(9, "g (float[5,6] x) => (float[5,3] y) { y = Slice<axes = [1], starts = [2], ends = [-1]>(x) }"),
    "slice-10": model(13, """g (float[5,6] x) => (float[3,6] y) {
        starts = Constant<value_ints = [-1]>()
        ends = Constant<value_ints = [-9223372036854775807]>()
        axes = Constant<value_ints = [0]>()
        steps = Constant<value_ints = [-2]>()
        y = Slice(x, starts, ends, axes, steps) }"""),
    "slice-to-the-end": model(13, """g (float[5,6] x) => (float[2,6] y) {
        starts = Constant<value_ints = [3]>()
        ends = Constant<value_ints = [9223372036854775807]>()
        y = Slice(x, starts, ends) }"""),
    "reduce-sum-11": model(11, "g (float[2,3] x) => (float[2] y) { y = ReduceSum<axes = [1], keepdims = 0>(x) }"),
    "reduce-sum-13": model(13, """g (float[2,3] x) => (float[2,1] y) {
        axes = Constant<value_ints = [-1]>()
        y = ReduceSum(x, axes) }"""),
    "clip-6": model(6, "g (float[4] x) => (float[4] y) { y = Clip<min = 0.0, max = 6.0>(x) }"),
    "clip-13": model(13, "g (float[4] x, float low) => (float[4] y) { y = Clip(x, low) }"),
    "split-18": model(18, "g (float[7] x) => (float[3] a, float[3] b, float[1] c) { a, b, c = Split<num_outputs = 3>(x) }"),
    "pad-18": model(18, """g (float[2,3] x) => (float[2,6] y) {
        pads = Constant<value_ints = [1, 2]>()
        axes = Constant<value_ints = [-1]>()
        y = Pad<mode = "edge">(x, pads, , axes) }"""),
    "dropout-13": model(13, """g (float[4] x) => (float[4] y, bool[4] mask) {
        ratio = Constant<value_float = 0.5>()
        y, mask = Dropout(x, ratio) }"""),
    "dropout-training": model(13, """g (float[4] x) => (float[4] y) {
        ratio = Constant<value_float = 0.5>()
        training = Constant<value = bool {1}>()
        y = Dropout(x, ratio, training) }"""),
    # Integers that would trap.
    "integer-division": model(14, "g (int32[4] a, int32[4] b) => (int32[4] q) { q = Div(a, b) }"),
    "unsigned-division": model(14, """g (uint8[4] a) => (uint8[4] q) {
        b = Constant<value = uint8[4] {2, 3, 4, 5}>()
        q = Div(a, b) }"""),
    # Shape arithmetic leaves nothing behind.
    "shape-arithmetic": model(17, """g (float[N,4,6] x) => (float[M,24] y) {
        shape = Shape(x)
        zero = Constant<value_ints = [0]>()
        batch = Gather(shape, zero)
        rest = Constant<value_ints = [-1]>()
        to = Concat<axis = 0>(batch, rest)
        y = Reshape(x, to) }"""),
    "shape-input": model(17, """g (float[2,6] x, int64[2] shape) => (float[A,B] y) {
        one = Constant<value_int = 1>()
        two = Add(shape, one)
        y = Reshape(x, two) }"""),
    "two-symbols": model(17, "g (float[N,4] x, float[N,4] z) => (float[N,4] y) { y = Add(x, z) }"),
    "unnamed-size": model(17, "g (float[?,4] x) => (float[?,4] y) { y = Neg(x) }"),
    # Graphs within graphs.
    "if-shape": model(17, """g (float[N,4] x) => (float[A,4] y) {
        shape = Shape<end = 1>(x)
        one = Constant<value_ints = [1]>()
        several = Greater(shape, one)
        y = If(several) <
            then_branch = then () => (float[A,4] a) { a = Neg(x) },
            else_branch = other () => (float[A,4] b) { b = Identity(x) }> }"""),
    "if-input": model(17, """g (bool c, float[4] x) => (float[4] y) {
        y = If(c) <
            then_branch = then () => (float[4] a) { a = Neg(x) },
            else_branch = other () => (float[4] b) { b = Identity(x) }> }"""),
    # Too many elements to follow at import.
    "if-data": model(17, """g (float[70000] x) => (float[70000] y) {
        zero = Constant<value_int = 0>()
        large = CumSum(x, zero)
        k = Constant<value_float = 3.0>()
        over = Less(large, k)
        first = Gather(over, zero)
        y = If(first) <
            then_branch = then () => (float[70000] a) { a = Neg(x) },
            else_branch = other () => (float[70000] b) { b = Identity(x) }> }"""),
    "loop-sequence": model(17, """g (float[2] x) => (float[3,2] y) {
        three = Constant<value_int = 3>()
        going = Constant<value = bool {1}>()
        empty = SequenceEmpty()
        list = Loop(three, going, empty) <
            body = body (int64 i, bool c, seq(float[2]) s) => (bool d, seq(float[2]) t) {
                d = Identity(c)
                f = Cast<to = 1>(i)
                z = Add(x, f)
                t = SequenceInsert(s, z) }>
        y = ConcatFromSequence<axis = 0, new_axis = 1>(list) }"""),
    "scan-reverse": model(17, """g (float[2] start, float[3,2] x) => (float[2] last, float[2,3] sums) {
        last, sums = Scan(start, x) <num_scan_inputs = 1, scan_input_directions = [1], scan_output_axes = [1],
            body = body (float[2] s, float[2] e) => (float[2] t, float[2] u) {
                t = Add(s, e)
                u = Identity(t) }> }"""),
    "function": model(17, "g (float[4] x) => (float[4] y) { y = own.twice<slope = 0.5>(x) }",
                      """<opset_import: ["" : 17], domain: "own"> twice <slope> (a) => (c) {
                          b = LeakyRelu<alpha: float = @slope>(a)
                          c = LeakyRelu<alpha: float = @slope>(b) }""", ', "own" : 1'),
    "function-recursive": model(17, "g (float[4] x) => (float[4] y) { y = own.f(x) }",
                                """<opset_import: ["" : 17, "own" : 1], domain: "own"> f (a) => (b) {
                                    b = own.f(a) }""", ', "own" : 1'),
    # Models that are refused.
    "cycle": model(17, """g (float[4] x) => (float[4] y) {
        a = Add(x, b)
        b = Neg(a)
        y = Neg(b) }"""),
    "defined-twice": model(17, """g (float[4] x) => (float[4] y) {
        y = Neg(x)
        y = Abs(x) }"""),
    "unknown-operator": model(17, "g (float[4] x) => (float[4] y) { y = Frobnicate(x) }"),
    # An attribute that no one reads: of no meaning where it stands, of a meaning
    # that is not implemented, of none that anybody knows.
    "attribute-silent": model(18, """g (float[1,1,2,2] x) => (float[1,1,4,4] y) {
        sizes = Constant<value_ints = [1, 1, 4, 4]>()
        y = Resize<mode = "linear", cubic_coeff_a = -0.5, extrapolation_value = 7.0>(x, , , sizes) }"""),
    "attribute-precision": model(23, """g (float[4] x, float scale, int8 zero) => (int8[4] y) {
        y = QuantizeLinear<precision = 10>(x, scale, zero) }"""),
    "attribute-unknown": model(17, "g (float[4] x) => (float[4] y) { y = Elu<alfa = 0.5>(x) }"),
    "mixed-types": model(17, "g (float[4] x, int32[4] z) => (float[4] y) { y = Add(x, z) }"),
    "bad-broadcast": model(17, "g (float[4] x, float[3] z) => (float[4] y) { y = Add(x, z) }"),
    "bad-transpose": model(17, "g (float[4,2] x) => (float[2,4] y) { y = Transpose<perm = [0, 2]>(x) }"),
    "huge-expand": model(17, """g (float[1] x) => (float[A,B] y) {
        to = Constant<value_ints = [4611686018427387904, 8]>()
        y = Expand(x, to) }"""),
    "newer-opset": model(99, "g (float[4] x) => (float[4] y) { y = Neg(x) }"),
    "string": model(17, "g (string[4] x) => (string[4] y) { y = Identity(x) }"),
}


def negative_size():
    made = model(17, "g (float[4] x) => (float[4] y) { y = Neg(x) }")
    made.graph.input[0].type.tensor_type.shape.dim[0].dim_value = -4
    return made


def weights():
    """One tensor long enough to stay in the file, one that becomes a constant, and a default input."""
    long = numpy_helper.from_array(np.arange(2048, dtype=np.float32).reshape(2, 1024), "long")
    short = numpy_helper.from_array(np.float32([0.5]), "short")
    node = [helper.make_node("Mul", ["x", "long"], ["m"], name="/scale/Mul"),
            helper.make_node("Add", ["m", "short"], ["y"], name="/scale/Add")]
    value = lambda name, *shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
    graph = helper.make_graph(node, "g", [value("x", 2, 1024), value("short", 1)], [value("y", 2, 1024)], [long, short])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def external(location, length=8192):
    made = weights()
    tensor = made.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", location), ("offset", "0"), ("length", str(length))):
        tensor.external_data.add(key=key, value=value)
    return made


def nbits(attributes="bits = 4, block_size = 32", a="2,64", b="16,2,16", scales="32", more="", inputs=""):
    return model(18, f"""g (float[{a}] a, uint8[{b}] b, float[{scales}] s{inputs}) => (float[2,16] y) {{
        y = com.microsoft.MatMulNBits<K = 64, N = 16, {attributes}>(a, b, s{more}) }}""", domains=', "com.microsoft" : 1')


MODELS["nbits-bits"] = nbits("bits = 2, block_size = 32")
MODELS["nbits-block"] = nbits("bits = 4, block_size = 12")
MODELS["nbits-input"] = nbits(a="2,60")
MODELS["nbits-weight"] = nbits(b="16,2,8")
MODELS["nbits-scales"] = nbits(scales="16")
MODELS["nbits-zeros"] = nbits(inputs=", uint8[32] z", more=", z")
MODELS["nbits-order"] = nbits(inputs=", int32[64] z", more=", , z")
MODELS["negative-size"] = negative_size()
MODELS["weights"] = weights()
MODELS["external"] = external("external.bin")
MODELS["external-missing"] = external("nowhere.bin")
MODELS["external-outside"] = external("../onnx/external.bin")
MODELS["external-length"] = external("external.bin", length=16)

if __name__ == "__main__":
    (FOLDER / "external.bin").write_bytes(np.arange(2048, dtype=np.float32).tobytes())
    np.save(FOLDER / "shape.npy", np.int64([3, 2]))
    np.save(FOLDER / "line.npy", np.float32([1, 2, 3]))
    for name, made in MODELS.items():
        made.producer_name = ""
        (FOLDER / f"{name}.onnx").write_bytes(made.SerializeToString(deterministic=True))
