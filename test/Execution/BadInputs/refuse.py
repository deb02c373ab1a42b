#!/usr/bin/env python3
"""refuse.py TENON_RUN FOLDER KIND REASON...: a bad file must be refused well.

Makes the bad file of that KIND in FOLDER and runs TENON_RUN on it. It must exit
with code 2 and give each REASON (a regular expression, matched whatever the
case) on its error output. Exits 1 otherwise.
"""
import pathlib
import re
import shutil
import subprocess
import sys

import bad_folders  # noqa: F401
import bad_graphs  # noqa: F401
import bad_tensors  # noqa: F401
from making import KINDS


def main():
    program, folder, name, *reasons = sys.argv[1:]
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    arguments = [str(a) for a in KINDS[name](folder)]
    run = subprocess.run([program, *arguments], capture_output=True, text=True, errors="replace", timeout=60)
    wrong = [f"it does not say '{r}'" for r in reasons if not re.search(r, run.stderr, re.IGNORECASE)]
    if run.returncode != 2:
        wrong.append(f"the exit code is {run.returncode}, not 2")
    if wrong:
        print(f"{name}: {'; '.join(wrong)}\ncommand: {program} {' '.join(arguments)}\n{run.stderr}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
