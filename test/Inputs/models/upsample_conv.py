"""Convolutions of repeated pixels by PyTorch, for what tenon-split-upsample-conv makes of them.

  python upsample_conv.py

Factors 2, 3 and different ones, kernels of 1 to 5 taps, even ones with uneven borders, images of odd sizes and of one pixel, 1, 2 and
3 spatial axes: torch 2.15, onnx 1.23. All layers of one model, so that there is one folder.
"""
import pathlib

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).resolve().parent / "upsample-conv"
# Factors, taps, paddings before and behind, the image.
CASES = [((2, 2), (3, 3), (1, 1), (1, 1), (5, 6)), ((2, 2), (3, 3), (1, 1), (1, 1), (1, 1)), ((3, 3), (3, 3), (1, 1), (1, 1), (4, 3)),
         ((2, 2), (5, 5), (2, 2), (2, 2), (3, 4)), ((2, 2), (2, 2), (0, 0), (1, 1), (3, 5)), ((2, 2), (2, 2), (1, 1), (0, 0), (3, 5)),
         ((3, 2), (4, 3), (1, 1), (2, 1), (3, 4)), ((4, 1), (3, 3), (1, 1), (1, 1), (2, 5)), ((2, 2), (3, 3), (0, 2), (2, 0), (3, 4)),
         ((2, 3), (1, 3), (0, 1), (0, 1), (4, 4)), ((2,), (3,), (1,), (1,), (7,)), ((2, 2, 2), (3, 3, 3), (1, 1, 1), (1, 1, 1), (2, 3, 2)),
         ((5, 2), (5, 4), (2, 3), (2, 0), (2, 2))]


def main():
    HERE.mkdir(exist_ok=True)
    torch.manual_seed(2026)
    nodes, initializers, inputs, outputs, feeds, expected = [], [], [], [], {}, {}
    for i, (factors, taps, before, behind, size) in enumerate(CASES):
        batch, channels, out = (2 if i % 2 else 1), 3, 4
        x, w, b = torch.randn(batch, channels, *size), torch.randn(out, channels, *taps), torch.randn(out)
        up = x
        for axis, factor in enumerate(factors):
            up = up.repeat_interleave(factor, dim=axis + 2)
        pads = [number for pair in reversed(list(zip(before, behind))) for number in pair]
        conv = (torch.nn.functional.conv1d, torch.nn.functional.conv2d, torch.nn.functional.conv3d)[len(size) - 1]
        y = conv(torch.nn.functional.pad(up, pads), w, b)
        scales = numpy_helper.from_array(np.array([1, 1, *factors], np.float32), f"scales{i}")
        initializers += [scales, numpy_helper.from_array(w.numpy(), f"w{i}"), numpy_helper.from_array(b.numpy(), f"b{i}")]
        nodes += [helper.make_node("Resize", [f"x{i}", "", f"scales{i}"], [f"u{i}"], mode="nearest", nearest_mode="floor",
                                   coordinate_transformation_mode="asymmetric"),
                  helper.make_node("Conv", [f"u{i}", f"w{i}", f"b{i}"], [f"y{i}"], pads=[*before, *behind])]
        inputs.append(helper.make_tensor_value_info(f"x{i}", TensorProto.FLOAT, x.shape))
        outputs.append(helper.make_tensor_value_info(f"y{i}", TensorProto.FLOAT, y.shape))
        feeds[f"x{i}"], expected[f"y{i}"] = x.numpy(), y.numpy()
    graph = helper.make_graph(nodes, "upsample-conv", inputs, outputs, initializers)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10), HERE / "model.onnx")
    np.savez(HERE / "inputs.npz", **feeds)
    np.savez(HERE / "expected.npz", **expected)


if __name__ == "__main__":
    main()
