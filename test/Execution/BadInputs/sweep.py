#!/usr/bin/env python3
"""sweep.py TENON_RUN FOLDER COUNT MODEL FILE: damage at many places.

Runs TENON_RUN on a copy of test/Inputs/models/MODEL whose FILE is cut off at
COUNT places, and then has one bit turned over at COUNT others. Each run must
exit with 0 or 2, and 2 with a message that names the file or the folder. A cut
file must be refused. Exits 1 otherwise.
"""
import pathlib
import random
import shutil
import subprocess
import sys

from making import MODELS


def main():
    program, folder, count, name, file = sys.argv[1:]
    folder, count = pathlib.Path(folder), int(count)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(MODELS / name, folder)
    model = folder / "model" if (folder / "model").is_dir() else folder / "model.onnx"
    data = (folder / file).read_bytes()
    random.seed(20260101)
    damaged = []
    for place in random.sample(range(len(data)), count):
        damaged.append((f"cut at {place}", data[:place], {2}))
    # Half of the flips fall in the first bytes, where the structure is.
    for part in range(2 * count):
        at = random.randrange(len(data) if part % 2 else min(len(data), 2000))
        bit = random.randrange(8)
        flipped = bytearray(data)
        flipped[at] ^= 1 << bit
        damaged.append((f"bit {bit} of byte {at}", bytes(flipped), {0, 2}))
    wrong = 0
    for what, content, allowed in damaged:
        (folder / file).write_bytes(content)
        try:
            run = subprocess.run([program, str(model), "--inputs", str(folder / "inputs.npz")],
                                 capture_output=True, text=True, errors="replace", timeout=30)
            code, said = run.returncode, run.stderr
        except subprocess.TimeoutExpired:
            code, said = "none within 30 s", ""
        if code not in allowed or (code == 2 and str(folder) not in said):
            wrong += 1
            print(f"{name}, {what}: exit code {code}\n{said[-400:]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
