"""Small adapters as PEFT writes them, for the folders that decoders.py and hugging_face.py make.

  python adapters.py

The expected outputs are PEFT's own: of its wrapped model for f32, where merging changes the order of sums only. PEFT merges
16-bit weights in the weight's type, rounding twice; what those give is transformers' with weights merged in f32 and rounded
once, by the formula (SEMANTICS C1). Factors are drawn at a size that matters, since those of a fresh adapter are zero: peft
0.21, transformers 5.24, torch 2.15. `ADAPTER/` holds `base` (the name of the model's folder), the adapter and the data.
"""
import json
import pathlib
import shutil

import numpy as np
import peft
import torch
import transformers
from safetensors.torch import load_file, save_file

HERE = pathlib.Path(__file__).resolve().parent
HEAD, ALL = ["q_proj", "v_proj"], "all-linear"
CASES = {
    "lora": ("llama", dict(target_modules=HEAD)),
    "lora-square": ("llama-biased", dict(target_modules=["q_proj", "k_proj", "v_proj", "o_proj"], fan_in_fan_out=True)),
    "lora-patterns": ("llama", dict(target_modules=HEAD + ["up_proj"], rank_pattern={"v_proj": 2, r"layers\.1\.mlp\.up_proj": 6},
                                    alpha_pattern={"^model.layers.0.self_attn.q_proj": 3})),
    "lora-rank-stabilized": ("qwen3", dict(target_modules=HEAD, use_rslora=True)),
    "lora-dora": ("llama", dict(target_modules=ALL, use_dora=True)),
    "lora-saved": ("llama", dict(target_modules=HEAD, modules_to_save=["lm_head", "norm", "embed_tokens"])),
    "lora-embedding": ("llama", dict(target_modules=HEAD + ["embed_tokens"])),
    "lora-tied": ("gemma2", dict(target_modules=HEAD + ["embed_tokens"])),
    "lora-biases": ("llama-biased", dict(target_modules=HEAD, bias="all", lora_bias=False)),
    "lora-added-bias": ("llama-biased", dict(target_modules=HEAD, lora_bias=True, layers_to_transform=[1])),
    "lora-latents": ("deepseek2", dict(target_modules=["kv_b_proj", "q_b_proj", "kv_a_proj_with_mqa", "o_proj"])),
    "lora-half": ("llama-half", dict(target_modules=HEAD + ["down_proj"])),
    "lora-encoder": ("bert", dict(target_modules=["query", "value", "intermediate.dense"])),
    # Products of two pairs of factors, Kronecker products of whole matrices and of products.
    "loha": ("llama", dict(target_modules=HEAD + ["up_proj"], rank_pattern={"v_proj": 2}, alpha_pattern={"q_proj": 3})),
    "lokr": ("llama", dict(r=2, alpha=5, target_modules=HEAD + ["down_proj"], decompose_both=True)),
    "lokr-whole": ("llama", dict(r=64, target_modules=["k_proj", "o_proj"], decompose_factor=4)),
    "loha-half": ("llama-half", dict(target_modules=HEAD)),
}
KINDS = {"lora": lambda **s: peft.LoraConfig(**(dict(r=4, lora_alpha=8) | s)), "loha": lambda **s: peft.LoHaConfig(**(dict(r=4, alpha=8) | s)),
         "lokr": lambda **s: peft.LoKrConfig(**(dict(r=4, alpha=8) | s))}


def adapt(base, kind, settings, seed):
    torch.manual_seed(seed)
    model = peft.get_peft_model(base, KINDS[kind](**settings)).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_magnitude" in name:
                parameter.mul_(1 + 0.2 * torch.randn(parameter.shape))
            elif "lora_" in name:
                parameter.copy_(0.3 * torch.randn(parameter.shape))
            elif "hada_" in name or "lokr_" in name:
                parameter.copy_(0.5 * torch.randn(parameter.shape))
            elif parameter.requires_grad:
                parameter.add_(0.1 * torch.randn(parameter.shape).to(parameter.dtype))
    return model


def open_base(name):
    config = json.loads((HERE / name / "model/config.json").read_text())
    kind = getattr(transformers, config["architectures"][0])
    return kind.from_pretrained(HERE / name / "model", attn_implementation="eager", dtype="auto").eval()


def merge_by_formula(base, adapters):
    """W + the sum of s B A in f32, rounded once."""
    parameters = dict(base.named_parameters())
    sums = {}
    for folder, scale in adapters:
        tensors = load_file(folder / "adapter_model.safetensors")
        for key, a in tensors.items():
            if key.endswith("lora_A.weight"):
                name = key.removeprefix("base_model.model.").replace("lora_A.weight", "weight")
                b = tensors[key.replace("lora_A", "lora_B")]
                sums[name] = sums.get(name, parameters[name].detach().float()) + scale * (b.float() @ a.float())
    with torch.no_grad():
        for name, value in sums.items():
            parameters[name].copy_(value.to(parameters[name].dtype))
    return base


def merge_hadamard(base, folder, scale):
    """W + s times the products of two pairs in f32, element by element, rounded once."""
    parameters, t = dict(base.named_parameters()), load_file(folder / "adapter_model.safetensors")
    with torch.no_grad():
        for key in t:
            if key.endswith("hada_w1_a"):
                stem = key.removesuffix("w1_a")
                first, second = ((t[stem + f"w{i}_a"].float() @ t[stem + f"w{i}_b"].float()) for i in (1, 2))
                weight = parameters[key.removeprefix("base_model.model.").replace("hada_w1_a", "weight")]
                weight.copy_((weight.float() + scale * (first * second)).to(weight.dtype))
    return base


def make(name, base, settings):
    folder = HERE / "adapters" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "base").write_text(base + "\n")
    kind = name.split("-")[0]
    model = adapt(open_base(base), kind, settings, seed=len(name))
    model.save_pretrained(folder / "adapter")
    (folder / "adapter/README.md").unlink()
    half = next(model.parameters()).dtype == torch.float16
    run = model
    if half:
        run = merge_hadamard(open_base(base), folder / "adapter", 2.0) if kind == "loha" else merge_by_formula(
            open_base(base), [(folder / "adapter", 2.0)])
    if half:
        run.save_pretrained(folder / "merged")
    write_case(folder, base, run)


def write_case(folder, base, run):
    r = np.random.default_rng(2026)
    ids = r.integers(1, 50, (2, 9))
    feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    with torch.no_grad():
        out = run(**{k: torch.from_numpy(v) for k, v in feeds.items()})
        if base == "bert":
            expected = {"last_hidden_state": out.last_hidden_state.numpy()}
        else:
            expected = {"logits": out.logits.numpy()}
    np.savez(folder / "inputs.npz", **feeds)
    np.savez(folder / "expected.npz", **expected)


def write_rows():
    """A batch whose rows have adapters of other ranks and modules, or none, by PEFT's own mixed batches."""
    folder = HERE / "adapters/by-row"
    folder.mkdir(exist_ok=True)
    (folder / "base").write_text("llama\n")
    names = ["lora", "lora-patterns", "lora-two"]
    model = peft.PeftModel.from_pretrained(open_base("llama"), HERE / "adapters" / names[0] / "adapter", adapter_name=names[0])
    for name in names[1:]:
        model.load_adapter(HERE / "adapters" / name / "adapter", adapter_name=name)
    model.eval()
    rows = [1, -1, 0, 2, 2, -1, 0, 1]
    r = np.random.default_rng(2026)
    ids = r.integers(1, 50, (len(rows), 5))
    feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    with torch.no_grad():
        out = model(**{k: torch.from_numpy(v) for k, v in feeds.items()},
                    adapter_names=["__base__" if row < 0 else names[row] for row in rows])
    np.savez(folder / "inputs.npz", adapters=np.array(rows), **feeds)
    np.savez(folder / "expected.npz", logits=out.logits.numpy())


if __name__ == "__main__":
    for name, (base, settings) in CASES.items():
        make(name, base, settings)
    # Two at once, the second taken away by half, by the formula.
    folder = HERE / "adapters/lora-two"
    folder.mkdir(exist_ok=True)
    (folder / "base").write_text("llama\n")
    both = [(HERE / "adapters/lora/adapter", 2.0), (HERE / "adapters/lora-patterns/adapter", None)]
    config = json.loads((both[1][0] / "adapter_config.json").read_text())
    config.update(rank_pattern={}, alpha_pattern={}, target_modules=["q_proj", "v_proj"])
    second = folder / "adapter"
    second.mkdir(exist_ok=True)
    (second / "adapter_config.json").write_text(json.dumps(config, indent=2))
    first = load_file(both[0][0] / "adapter_model.safetensors")
    torch.manual_seed(7)
    save_file({k: 0.3 * torch.randn(v.shape) for k, v in first.items()}, second / "adapter_model.safetensors")
    write_case(folder, "llama", merge_by_formula(open_base("llama"), [both[0], (second, -0.5 * 2.0)]))
    write_rows()
