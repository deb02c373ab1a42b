#!/usr/bin/env python3
"""Makes Inputs/matmul-tf32*.safetensors by PyTorch, products of factors rounded to tf32, summed in f64, and the constant of
matmul-tf32-prepared.mlir, of which the product is exact."""
import pathlib
import re

import torch
from safetensors.torch import save_file

FOLDER = pathlib.Path(__file__).resolve().parent / "Inputs"


def rounded(x):
    """10 bits of fraction, halves away from zero (PTX ISA, cvt.rna.tf32.f32)."""
    return ((x.view(torch.int32) + 0x1000) & ~0x1FFF).view(torch.float32).double()


torch.manual_seed(3)
k = torch.randn(16, 16)
source = FOLDER.parent / "matmul-tf32-prepared.mlir"
text = source.read_text()
source.write_text(re.sub(r'dense<"[^"]*">', f'dense<"0x{k.numpy().tobytes().hex().upper()}">', text))
x = torch.randn(16, 16)
save_file({"x": x}, FOLDER / "matmul-tf32-prepared.inputs.safetensors")
save_file({"y": (k.double() @ k.double() + x.double()).float()}, FOLDER / "matmul-tf32-prepared.expected.safetensors")
a, b, w, c = torch.randn(40, 72), torch.randn(72, 56), torch.randn(48, 72), torch.randn(2, 20, 33)
d = torch.randn(2, 33, 18)
save_file({"a": a, "b": b, "w": w, "c": c, "d": d}, FOLDER / "matmul-tf32.inputs.safetensors")
save_file({"y0": (rounded(a) @ rounded(b)).float(), "y1": (rounded(a) @ rounded(w).T).float(),
           "y2": (rounded(c) @ rounded(d)).float()}, FOLDER / "matmul-tf32.expected.safetensors")
