#!/usr/bin/env python3
"""Makes the calls of the tests beside this script: a prompt, then 16 tokens one by one, behind caches.

  make_decoding.py

What each call must give is what transformers gives for the whole sequence at once, by its eager attention: torch 2.15,
transformers 5.24, safetensors 0.8. Of `dynamic` rotary positions, which turn a token by the length of the call that it comes in, it is
what transformers gives for the same calls behind its own cache. Of `-int8` it is what transformers gives behind a cache that rounds its rows to
8 bits as Tenon does. `MODEL-LENGTHS.safetensors` holds `N.input.NAME` and `N.expected.NAME` for each call N.
Models are those of test/Inputs/models. Rows of a batch have prompts of different lengths (A16). A prompt may come in pieces, which
the name joins with `+`. The caches of `-poisoned`, or the scales of those of 8 bits, are full of NaN at first (A5).
"""
import math
import pathlib

import torch
import transformers
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).resolve().parent
MODELS = HERE.parents[1] / "Inputs" / "models"
STEPS, CAPACITY = 16, 81
RAGGED, PROMPTS, PIECES = (3, 7, 5), ((1,), (7,), (64,)), (5, 1, 2, 18, 3)
CASES = {name: [RAGGED] for name in ("llama-biased", "llama-llama3", "llama-yarn-scales", "llama-half", "deepseek2-dense", "deepseek2-greedy",
                                     "deepseek2-half", "deepseek3-halves")}
CASES |= {name: [RAGGED, *PROMPTS] for name in ("llama", "llama-dynamic", "mistral", "qwen2", "qwen3", "gemma2", "deepseek2", "deepseek3")}
CASES["llama-dynamic"].append((12, 30, 16))  # of a context of 16
IN_PIECES = ("llama", "llama-dynamic", "mistral", "gemma2", "deepseek2", "deepseek3")
IN_BYTES = ("llama", "deepseek2", "deepseek3")
POISONED = ("llama", "mistral", "llama-half", "deepseek2", "deepseek3")


class ByteCache(transformers.DynamicCache):
    """Keeps rows in 8 bits: each `width` channels (None: all of a row) are integers times a scale."""

    def __init__(self, config, width):
        super().__init__(config=config)
        self.width = width

    def rounded(self, rows):
        split = rows.unflatten(-1, (-1, self.width or rows.shape[-1]))
        scale = (split.abs().amax(-1, keepdim=True) * torch.tensor(1 / 127)).clamp(min=torch.finfo(torch.float32).tiny)
        return ((split / scale).round() * scale).flatten(-2)

    def update(self, keys, values, *arguments, **named):
        return super().update(self.rounded(keys), self.rounded(values), *arguments, **named)


def group_size(config):
    """Of latents and turned keys, which lie in one row."""
    return math.gcd(config.kv_lora_rank, config.qk_rope_head_dim) if hasattr(config, "kv_lora_rank") else None


def load(name):
    return transformers.AutoModelForCausalLM.from_pretrained(MODELS / name / "model", attn_implementation="eager", dtype="auto").eval()


def ask(name, row, pieces, in_bytes):
    """The logits of all of a row's tokens."""
    model = load(name)  # anew, since frequencies that a longer row has changed stay
    if in_bytes:
        return model(input_ids=row[None], past_key_values=ByteCache(model.config, group_size(model.config))).logits[0]
    if model.config.rope_parameters["rope_type"] != "dynamic":
        return model(input_ids=row[None]).logits[0]
    cache = transformers.DynamicCache(config=model.config)
    return torch.cat([model(input_ids=piece[None], past_key_values=cache).logits[0] for piece in torch.split(row, pieces)])


def make(name, lengths, pieces=None, poisoned=False, in_bytes=False):
    model = load(name)
    generator = torch.Generator().manual_seed(len(name) + sum(lengths))
    rows = [torch.randint(0, model.config.vocab_size, (length + STEPS,), generator=generator) for length in lengths]
    with torch.no_grad():
        whole = [ask(name, row, [*(pieces or [length]), *[1] * STEPS], in_bytes) for row, length in zip(rows, lengths)]
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

    done, number = 0, 0
    for piece in pieces or ():
        call(number, [row[done:done + piece] for row in rows], [done] * len(rows), piece > 1)
        done, number = done + piece, number + 1
    if not pieces:
        call(0, [row[:length] for row, length in zip(rows, lengths)], [0] * len(rows), True)
        number = 1
    for step in range(STEPS if not pieces else 2):
        places = [length + step for length in lengths]
        call(step + number, [row[at:at + 1] for row, at in zip(rows, places)], places, False)
    if poisoned:
        config = model.config
        heads, size = config.num_key_value_heads, getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        parts = ("key", "value")
        if name.startswith("deepseek"):
            heads, size, parts = 1, config.kv_lora_rank + config.qk_rope_head_dim, ("latent",)
        filled = lambda width, value, dtype: torch.full((len(rows), heads, CAPACITY, width), value, dtype=dtype)
        for layer in range(config.num_hidden_layers):
            for part in parts:
                cache = f"00.input.past_key_values.{layer}.{part}"
                calls[cache] = filled(size, 127, torch.int8) if in_bytes else filled(size, math.nan, model.dtype)
                if in_bytes:
                    calls[cache + "_scale"] = filled(size // (group_size(config) or size), math.nan, torch.float32)
    label = "+".join(map(str, pieces)) if pieces else "-".join(map(str, lengths))
    save_file(calls, HERE / "Inputs" / f"{name}@{label}{'-int8' * in_bytes}{'-poisoned' * poisoned}.safetensors")


if __name__ == "__main__":
    for name, prompts in CASES.items():
        for lengths in prompts:
            make(name, lengths)
    for name in IN_PIECES:
        make(name, (sum(PIECES),), PIECES)
    for name in POISONED:
        make(name, RAGGED, poisoned=True)
    for name in IN_BYTES:
        make(name, RAGGED, in_bytes=True)
        make(name, (sum(PIECES),), PIECES, in_bytes=True)
        make(name, RAGGED, in_bytes=True, poisoned=True)
