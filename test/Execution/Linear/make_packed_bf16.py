"""Makes packed-bf16.mlir's weights, inputs and expectations: products of bf16 with weights known at load.

The sums are PyTorch's in f64, rounded to bf16 once: torch 2.15, safetensors 0.8.
"""
import pathlib

import torch
from safetensors.torch import save_file

INPUTS = pathlib.Path(__file__).parent / "Inputs"
# Summed, outputs: whole panels, half panels in odd numbers, outputs that fill none, sums that are no whole blocks, no pairs.
LAYERS = [(64, 48), (96, 24), (64, 61), (544, 32), (37, 16), (1024, 16)]

torch.manual_seed(0)
weights = [torch.randn(outputs, summed).bfloat16() for summed, outputs in LAYERS]
offsets = [sum(2 * w.numel() for w in weights[:number]) for number in range(len(weights))]
inputs, expected = {}, {}
for rows in (1, 13, 24, 50):
    for summed in sorted({summed for summed, _ in LAYERS}):
        inputs[f"x{rows}_{summed}"] = torch.randn(rows, summed).bfloat16()
    for (summed, outputs), weight in zip(LAYERS, weights):
        expected[f"y{rows}_{summed}_{outputs}"] = (inputs[f"x{rows}_{summed}"].double() @ weight.double().T).bfloat16()

(INPUTS / "packed-bf16.bin").write_bytes(b"".join(w.view(torch.int16).numpy().tobytes() for w in weights))
save_file(inputs, INPUTS / "packed-bf16.inputs.safetensors")
save_file(expected, INPUTS / "packed-bf16.expected.safetensors")

arguments = ",\n".join(f'    %{name}: tensor<{"x".join(map(str, x.shape))}xbf16> {{tenon.name = "{name}", tenon.dtype = "bfloat16"}}'
                       for name, x in inputs.items())
results = ",\n".join(f'    tensor<{"x".join(map(str, y.shape))}xbf16> {{tenon.name = "{name}", tenon.dtype = "bfloat16"}}'
                     for name, y in expected.items())
body = [f'  %w{k}_{n} = tenon.weight "w{k}_{n}" in "Inputs/packed-bf16.bin" at {at} : tensor<{n}x{k}xbf16>' 
        for (k, n), at in zip(LAYERS, offsets)]
for name, y in expected.items():
    rows, k, n = name[1:].split("_")
    body.append(f"  %{name} = tenon.linear %x{rows}_{k}, %w{k}_{n} : (tensor<{rows}x{k}xbf16>, tensor<{n}x{k}xbf16>) -> tensor<{rows}x{n}xbf16>")
types = ", ".join(f'tensor<{"x".join(map(str, y.shape))}xbf16>' for y in expected.values())
(pathlib.Path(__file__).parent / "packed-bf16.mlir").write_text(f"""// Products of bf16 with weights known at load, for few rows and for many.
// RUN: tenon-run %s --inputs %p/Inputs/packed-bf16.inputs.safetensors \\
// RUN:   --expect %p/Inputs/packed-bf16.expected.safetensors --rtol 0.008 --atol 0.001
// A bf16 has 8 bits: 0.008 is its last place. Made by make_packed_bf16.py.

func.func @step(
{arguments}) -> (
{results}) {{
{chr(10).join(body)}
  return {", ".join("%" + name for name in expected)} : {types}
}}
""")
