#!/usr/bin/env python3
"""Makes the calls of the tests beside this script: a prompt, then 16 tokens one by one, behind caches.

  make_decoding.py

What each call must give is what transformers gives for the whole sequence at once, by its eager attention: torch 2.15,
transformers 5.24, safetensors 0.8. `MODEL-LENGTHS.safetensors` holds `N.input.NAME` and `N.expected.NAME` for each call N.
Models are those of test/Inputs/models. Rows of a batch have prompts of different lengths (A16). The caches of `-poisoned` are
full of NaN at first (A5).
"""
import pathlib

import torch
import transformers
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).resolve().parent
MODELS = HERE.parents[1] / "Inputs" / "models"
STEPS, CAPACITY = 16, 47
RAGGED, PROMPTS = (3, 7, 5), ((1,), (7,), (30,))
CASES = {name: [RAGGED] for name in ("llama-biased", "llama-llama3", "llama-yarn-scales", "mistral", "qwen2", "qwen3", "gemma2", "llama-half")}
CASES["llama"] = [RAGGED, *PROMPTS]


def make(name, lengths, poisoned=False):
    model = transformers.AutoModelForCausalLM.from_pretrained(MODELS / name / "model", attn_implementation="eager", dtype="auto").eval()
    generator = torch.Generator().manual_seed(len(name) + sum(lengths))
    rows = [torch.randint(0, model.config.vocab_size, (length + STEPS,), generator=generator) for length in lengths]
    with torch.no_grad():
        whole = [model(input_ids=row[None]).logits[0] for row in rows]
    calls = {}

    def call(number, ids, past, new):
        # Beside what is asked for stands a token that must change nothing.
        width = max(map(len, ids))
        padded = torch.stack([torch.cat([row, torch.ones(width - len(row), dtype=row.dtype)]) for row in ids])
        inputs = {"input_ids": padded, "past_lengths": torch.tensor(past)}
        if new:
            inputs["new_lengths"] = torch.tensor([len(row) for row in ids])
        last = [start + len(row) - 1 for start, row in zip(past, ids)]
        logits = torch.stack([of[at:at + 1] for of, at in zip(whole, last)])
        calls.update({f"{number:02}.input.{key}": value.contiguous() for key, value in inputs.items()})
        calls[f"{number:02}.expected.logits"] = logits.contiguous()

    call(0, [row[:length] for row, length in zip(rows, lengths)], [0] * len(rows), True)
    for step in range(STEPS):
        places = [length + step for length in lengths]
        call(step + 1, [row[at:at + 1] for row, at in zip(rows, places)], places, False)
    if poisoned:
        config = model.config
        size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        cache = torch.full((len(rows), config.num_key_value_heads, CAPACITY, size), float("nan"), dtype=model.dtype)
        for layer in range(config.num_hidden_layers):
            for part in ("key", "value"):
                calls[f"00.input.past_key_values.{layer}.{part}"] = cache.clone()
    save_file(calls, HERE / "Inputs" / f"{name}@{'-'.join(map(str, lengths))}{'-poisoned' * poisoned}.safetensors")


if __name__ == "__main__":
    for name, prompts in CASES.items():
        for lengths in prompts:
            make(name, lengths)
    for name in ("llama", "mistral", "llama-half"):
        make(name, RAGGED, poisoned=True)
