"""One test: a function of tenon ops, what it is given and what it must give."""
import hashlib

import torch
from safetensors.torch import save_file

ELEMENTS = {
    torch.float32: "f32", torch.float64: "f64", torch.float16: "f16", torch.bfloat16: "bf16", torch.bool: "i1",
    torch.int8: "i8", torch.uint8: "i8", torch.int16: "i16", torch.int32: "i32", torch.int64: "i64",
}


def mlir_type(tensor):
    return "tensor<" + "".join(f"{size}x" for size in tensor.shape) + ELEMENTS[tensor.dtype] + ">"


class Case:
    """`comment` says which rule the case holds."""

    all = []
    script = "make_grid.py"

    def __init__(self, family, name, comment, rtol=1e-5, atol=1e-6):
        self.family, self.name, self.comment = family, name, comment
        self.rtol, self.atol = rtol, atol
        self.inputs, self.results, self.lines = [], [], []
        # The same numbers whichever other cases there are.
        seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "little")
        self.generator = torch.Generator().manual_seed(seed)
        Case.all.append(self)

    def input(self, tensor):
        self.inputs.append(tensor.contiguous().clone())
        return f"%x{len(self.inputs) - 1}", tensor

    def randn(self, *shape, dtype=torch.float32):
        return self.input(torch.randn(*shape, generator=self.generator).to(dtype))

    def integers(self, low, high, *shape, dtype=torch.int64):
        return self.input(torch.randint(low, high, shape, generator=self.generator).to(dtype))

    def op(self, text, operands, *results):
        """`text` names operand i as {i} and its type as {ti}; {operands} are all types, {results} those of the results.
        What comes back may be an operand of the next op."""
        types = [mlir_type(tensor) for _, tensor in operands]
        outcome = [mlir_type(tensor) for tensor in results]
        names = {f"t{i}": type for i, type in enumerate(types)}
        line = text.format(*[name for name, _ in operands], operands="(" + ", ".join(types) + ")",
                           results=outcome[0] if len(outcome) == 1 else "(" + ", ".join(outcome) + ")", **names)
        first = len(self.results)
        left = ", ".join(f"%y{first + i}" for i in range(len(results)))
        self.lines.append(f"  {left} = {line}")
        self.results += [tensor.contiguous().clone() for tensor in results]
        return [(f"%y{first + i}", tensor) for i, tensor in enumerate(results)]

    def text(self):
        def signature(prefix, letter, tensors):
            return ",\n    ".join(
                f'{prefix(i)}{mlir_type(tensor)} {{tenon.name = "{letter}{i}", tenon.dtype = "{dtype_name(tensor)}"}}'
                for i, tensor in enumerate(tensors))

        arguments = signature(lambda i: f"%x{i}: ", "x", self.inputs)
        outcome = signature(lambda i: "", "y", self.results)
        values = ", ".join(f"%y{i}" for i in range(len(self.results)))
        types = ", ".join(mlir_type(tensor) for tensor in self.results)
        body = "\n".join(self.lines)
        return (f"// {self.comment}\n"
                f"// RUN: tenon-run %s --inputs %p/Inputs/{self.name}.inputs.safetensors \\\n"
                f"// RUN:   --expect %p/Inputs/{self.name}.expected.safetensors --rtol {self.rtol:g} --atol {self.atol:g}\n"
                f"// Made by {Case.script}.\n\n"
                f"func.func @step(\n    {arguments})\n    -> (\n    {outcome}) {{\n{body}\n"
                f"  return {values} : {types}\n}}\n")

    def write(self, folder):
        folder = folder / self.family
        (folder / "Inputs").mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.mlir").write_text(self.text())
        for kind, letter, tensors in (("inputs", "x", self.inputs), ("expected", "y", self.results)):
            save_file({f"{letter}{i}": tensor for i, tensor in enumerate(tensors)},
                      folder / "Inputs" / f"{self.name}.{kind}.safetensors")


def dtype_name(tensor):
    return str(tensor.dtype).removeprefix("torch.")
