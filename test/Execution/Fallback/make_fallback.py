#!/usr/bin/env python3
"""Makes Inputs/refused-kernel.*.safetensors by PyTorch."""
import pathlib

import torch
from safetensors.torch import save_file

FOLDER = pathlib.Path(__file__).resolve().parent / "Inputs"

torch.manual_seed(1)
x, n = torch.rand(16) - 0.3, torch.tensor([5])
y = torch.cos(torch.sum((x[: n.item()] * x.sum()) ** 2)).reshape(1)
save_file({"x": x, "n": n}, FOLDER / "refused-kernel.inputs.safetensors")
save_file({"y": y}, FOLDER / "refused-kernel.expected.safetensors")
