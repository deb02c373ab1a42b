#!/usr/bin/env python3
"""Writes the models of Inputs/: one node each, for what the importer decides.

    test/Import/ONNX/make_models.py        (needs the onnx package)
"""
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = pathlib.Path(__file__).resolve().parent / "Inputs"
TYPES = {"f32": TensorProto.FLOAT, "f16": TensorProto.FLOAT16, "i64": TensorProto.INT64,
         "bool": TensorProto.BOOL}


def write(name, op, inputs, opset, constants=None, outputs=1, domain="", **attributes):
    """A model of one node. `inputs` are strings as "f32:1x3x8", or "" for none;
    `constants` gives arrays for inputs by number."""
    constants = constants or {}
    ports, initializers, names = [], [], []
    for i, text in enumerate(inputs):
        if i in constants:
            initializers.append(numpy_helper.from_array(constants[i], f"in{i}"))
        elif text:
            kind, _, sizes = text.partition(":")
            shape = [int(size) for size in sizes.split("x")] if sizes else []
            ports.append(helper.make_tensor_value_info(f"in{i}", TYPES[kind], shape))
        names.append(f"in{i}" if text or i in constants else "")
    results = [f"out{i}" for i in range(outputs)]
    node = helper.make_node(op, names, results, domain=domain, **attributes)
    graph = helper.make_graph([node], name, ports,
                              [helper.make_tensor_value_info(result, TYPES[inputs[0][:3]], None)
                               for result in results], initializers)
    imports = [helper.make_opsetid("", opset)]
    if domain:
        imports.append(helper.make_opsetid(domain, 1))
    model = helper.make_model(graph, opset_imports=imports, producer_name="make_models.py")
    model.ir_version = 8
    onnx.save(model, FOLDER / f"{name}.onnx")


def ints(*values):
    return np.array(values, np.int64)


def floats(*values):
    return np.array(values, np.float32)


def convolutions():
    image, kernel = "f32:1x1x6x7", "f32:1x1x2x4"
    for pad in ("SAME_UPPER", "SAME_LOWER", "VALID"):
        write(f"conv-{pad.lower().replace('_', '-')}", "Conv", [image, kernel], 11, auto_pad=pad)
    write("conv-two-paddings", "Conv", [image, kernel], 11, auto_pad="SAME_UPPER", pads=[1, 1, 1, 1])
    write("pool-same-ceil", "MaxPool", ["f32:1x1x7x7"], 12, kernel_shape=[2, 2], strides=[2, 2],
          auto_pad="SAME_LOWER", ceil_mode=1)
    write("conv-short-strides", "Conv", [image, kernel], 11, strides=[2])

    x, w = "f32:1x1x3x3", "f32:1x1x3x3"
    for pad in ("NOTSET", "SAME_UPPER", "SAME_LOWER"):
        write(f"deconv-shape-{pad.lower().replace('_', '-')}", "ConvTranspose", [x, w], 11,
              strides=[2, 2], output_shape=[6, 6], auto_pad=pad)
    write("deconv-same-dilated", "ConvTranspose", [x, w], 11, strides=[2, 2], dilations=[2, 2],
          auto_pad="SAME_UPPER")
    write("deconv-same-output-padding", "ConvTranspose", [x, w], 11, strides=[2, 2],
          output_padding=[1, 1], auto_pad="SAME_UPPER")
    write("deconv-larger-shape", "ConvTranspose", [x, w], 11, strides=[3, 2], output_shape=[10, 8])
    write("deconv-output-padding-dilation", "ConvTranspose", ["f32:1x1x3", "f32:1x1x3"], 11,
          dilations=[2], output_padding=[1])
    for stride in (1, 2):
        write(f"deconv-output-padding-stride-{stride}", "ConvTranspose", ["f32:1x1x3", "f32:1x1x3"],
              11, strides=[stride], output_padding=[stride])


def products():
    write("gemm-layer", "Gemm", ["f32:2x3", "f32:4x3", "f32:4"], 13, transB=1)
    write("gemm-untransposed", "Gemm", ["f32:2x3", "f32:3x4", "f32:4"], 13)
    write("gemm-f16-scaled", "Gemm", ["f16:2x3", "f16:4x3", "f16:4"], 13, transB=1, beta=0.5)
    write("gemm-wrong-bias", "Gemm", ["f32:2x3", "f32:3x4", "f32:3x4"], 13)
    write("matmul-vectors", "MatMul", ["f32:3", "f32:2x3x4"], 13)
    write("einsum-trace-product", "Einsum", ["f32:2x3x3", "f32:2x3"], 13, equation="bii,bi->b")
    write("einsum-missing-input", "Einsum", ["f32:2x3", ""], 13, equation="ab,bc->ac")
    write("einsum-sizes", "Einsum", ["f32:2x3", "f32:4x5"], 13, equation="ab,bc->ac")


def norms():
    for opset, size in ((18, 2), (21, 4)):
        write(f"group-norm-{opset}", "GroupNormalization", ["f32:1x4x3", f"f32:{size}", f"f32:{size}"],
              opset, num_groups=2)
    write("group-norm-21-per-group", "GroupNormalization", ["f32:1x4x3", "f32:2", "f32:2"], 21,
          num_groups=2)
    write("layer-norm-bf16-stash", "LayerNormalization", ["f32:2x4", "f32:4"], 17,
          stash_type=TensorProto.BFLOAT16)
    write("rms-norm-f16", "RMSNormalization", ["f16:2x4", "f16:4"], 23)


def attention():
    q, k = "f32:1x2x3x8", "f32:1x2x4x8"
    write("attention-causal", "Attention", [q, k, k], 23, is_causal=1)
    write("attention-causal-past", "Attention", [q, k, k, "", "f32:1x2x5x8", "f32:1x2x5x8"], 23,
          outputs=3, is_causal=1)
    write("attention-causal-nonpad", "Attention", [q, k, k, "", "", "", "i64:1"], 24, is_causal=1)
    write("attention-past-and-nonpad", "Attention",
          [q, k, k, "", "f32:1x2x5x8", "f32:1x2x5x8", "i64:1"], 24)
    write("attention-mask-one-23", "Attention", [q, k, k, "bool:3x1"], 23)
    write("attention-mask-one-24", "Attention", [q, k, k, "bool:3x1"], 24)
    write("attention-mask-short-23", "Attention", [q, k, k, "bool:3x2"], 23)
    write("attention-mask-short-24", "Attention", [q, k, k, "bool:3x2"], 24)
    write("attention-left-window", "Attention", [q, k, k], 25, left_window_size=1)
    write("attention-right-zero", "Attention", [q, k, k], 25, left_window_size=1, right_window_size=0)
    write("attention-both-windows", "Attention", [q, k, k], 25, left_window_size=1, right_window_size=1)
    for mode in range(4):
        write(f"attention-scores-{mode}", "Attention", [q, k, k], 24, outputs=4, softcap=2.0,
              qk_matmul_output_mode=mode)
    write("attention-double-softmax", "Attention", [q, k, k], 23, softmax_precision=TensorProto.DOUBLE)
    write("attention-flat-without-heads", "Attention", ["f32:1x3x16", "f32:1x4x16", "f32:1x4x16"], 23)
    write("rope-partial-interleaved", "RotaryEmbedding",
          ["f32:1x3x16", "f32:9x2", "f32:9x2", "i64:1x3"], 23, num_heads=2, rotary_embedding_dim=4,
          interleaved=1)


def resampling():
    x = "f32:1x1x1x4"

    def resize(name, scales=None, sizes=None, opset=13, shape=x, **attributes):
        given = {2: floats(*scales)} if scales else {3: ints(*sizes)}
        write(name, "Resize", [shape, "", "", ""][: 3 if scales else 4], opset, given, **attributes)

    double = [1, 1, 1, 2]
    resize("resize-half-pixel-floor", double, nearest_mode="floor")
    resize("resize-half-pixel-round", double)
    resize("resize-asymmetric-floor", double, nearest_mode="floor",
           coordinate_transformation_mode="asymmetric")
    resize("resize-asymmetric-ceil", double, nearest_mode="ceil",
           coordinate_transformation_mode="asymmetric")
    resize("resize-asymmetric-round-3", [1, 1, 1, 3], coordinate_transformation_mode="asymmetric")
    resize("resize-identity", [1, 1, 1, 1], mode="cubic")
    resize("resize-scale-seven-tenths", [1, 1, 1, 0.7], shape="f32:1x1x1x10", mode="linear")
    resize("resize-sizes", sizes=[1, 1, 1, 7], mode="linear")
    resize("resize-not-larger", sizes=[6, 8], opset=18, shape="f32:1x1x4x4", axes=[2, 3], mode="linear",
           keep_aspect_ratio_policy="not_larger")
    resize("resize-antialias", [1, 1, 1, 0.5], opset=18, mode="cubic", antialias=1, cubic_coeff_a=-0.5,
           exclude_outside=1)
    resize("resize-unknown-mode", double, coordinate_transformation_mode="half_pixels")
    write("resize-crop", "Resize", [x, "", "", ""], 13,
          {1: floats(0, 0, 0, 0.25, 1, 1, 1, 0.75), 3: ints(1, 1, 1, 3)}, mode="linear",
          coordinate_transformation_mode="tf_crop_and_resize", extrapolation_value=9.0)
    write("resize-10-shrinking", "Resize", ["f32:1x1x1x10", ""], 10, {1: floats(1, 1, 1, 0.5)})
    write("upsample-7", "Upsample", [x], 7, scales=[1.0, 1.0, 1.0, 2.0])
    write("upsample-9-linear", "Upsample", [x, ""], 9, {1: floats(1, 1, 1, 2)}, mode="linear")
    blocks = "f32:1x8x1x1"
    write("depth-to-space-1", "DepthToSpace", [blocks], 7, blocksize=2)
    write("depth-to-space-crd", "DepthToSpace", [blocks], 13, blocksize=2, mode="CRD")
    write("space-to-depth", "SpaceToDepth", ["f32:1x2x2x2"], 13, blocksize=2)


def main():
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.onnx"):
        old.unlink()
    convolutions()
    products()
    norms()
    attention()
    resampling()


if __name__ == "__main__":
    main()
