#!/usr/bin/env python3
"""compare.py TENON_RUN MODEL FOLDER: how alike three sentences are.

Runs the sentence encoder MODEL on the token sequences of sentences.json,
averages each result over its tokens, and prints the cosine similarities with
the time to compile, load and run. FOLDER takes the inputs and results. Exits 1
where a similarity is not the one that transformers gives.
"""
import json
import pathlib
import subprocess
import sys

import numpy as np


def embed(program, model, folder, number, sentence):
    """The unit vector of a sentence, and the times that tenon-run measured."""
    ids = np.array([sentence["input_ids"]], np.int64)
    inputs, outputs = folder / f"sentence-{number}.npz", folder / f"result-{number}.npz"
    np.savez(inputs, input_ids=ids, attention_mask=np.ones_like(ids), token_type_ids=np.zeros_like(ids))
    run = subprocess.run([program, model, "--inputs", inputs, "--outputs", outputs, "--bench", "20"],
                         stdout=subprocess.PIPE, text=True)
    if run.returncode:
        sys.exit(f"{program} exited with {run.returncode}")
    times = json.loads(run.stdout.strip().splitlines()[-1])
    mean = np.load(outputs)["last_hidden_state"][0].mean(0)
    return mean / np.linalg.norm(mean), times


def main():
    program, model, folder = sys.argv[1:]
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    data = json.loads((pathlib.Path(__file__).parent / "sentences.json").read_text())
    vectors = []
    for number, sentence in enumerate(data["sentences"]):
        vector, times = embed(program, model, folder, number, sentence)
        vectors.append(vector)
        print(f"{number}: {sentence['text']}\n   {len(sentence['input_ids'])} tokens: "
              f"compile {times['compile_ms']:.0f} ms, load {times['load_ms']:.1f} ms, "
              f"run {times['median_ms']:.2f} ms (median of 20)")
    print("\ncosine similarities")
    wrong = 0
    for a, b, expected in data["similarities"]:
        got = float(vectors[a] @ vectors[b])
        good = abs(got - expected) < 1e-4
        wrong += not good
        print(f"  {a} and {b}: {got:.4f}" + ("" if good else f", but transformers gives {expected:.4f}"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
