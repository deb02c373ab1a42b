"""Makes the tests of attention, elementwise, linear, norm and reduction ops beside this script.

What each must give comes from PyTorch, or from the formula of the op written out in f64: torch 2.15, safetensors 0.8.
  python make_nn.py
"""
import pathlib

from grid.case import Case
from nn import attention, elementwise, experts, latent, linear, norm, reduction, rules, tensor_cores

Case.script = "make_nn.py"
for family in (attention, elementwise, experts, latent, linear, norm, reduction, rules, tensor_cores):
    family.make()

if __name__ == "__main__":
    for case in Case.all:
        case.write(pathlib.Path(__file__).parent)
    print(f"{len(Case.all)} cases, {sum(len(case.results) for case in Case.all)} results")
