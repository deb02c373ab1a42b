"""Makes the tests of convolution, pooling, resampling and indexing beside this script.

What each must give comes from PyTorch and ONNX Runtime: torch 2.15, onnx 1.23, onnxruntime 1.32, safetensors 0.8.
  python make_grid.py
"""
import pathlib

from grid import convolution, indexing, pooling, resample
from grid.case import Case

for family in (convolution, indexing, pooling, resample):
    family.make()

if __name__ == "__main__":
    for case in Case.all:
        case.write(pathlib.Path(__file__).parent)
    print(f"{len(Case.all)} cases, {sum(len(case.results) for case in Case.all)} results")
