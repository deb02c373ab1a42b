"""Small folders of Llama and its relatives as transformers writes them.

The expected logits are transformers' own, by its eager attention (others leave
out Gemma's cap). Padding stands at the end of a row, where causal models do not
see it; its own logits are compared too.
"""
import numpy as np
import torch

MODELS = {}
SIZES = {"vocab_size": 50, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
         "num_key_value_heads": 2, "intermediate_size": 40, "max_position_embeddings": 48}
CONTEXT = {"original_max_position_embeddings": 16}


def make(family, dtype=torch.float32, **changes):
    import transformers
    torch.manual_seed(20261126)
    config = getattr(transformers, family + "Config")(**{**SIZES, **changes})
    config._attn_implementation = "eager"
    model = getattr(transformers, family + "ForCausalLM")(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim == 1:  # the zeros and ones of a fresh model would test nothing
                parameter.add_(0.2 * torch.randn(parameter.shape))
            else:
                parameter.mul_(4)
        for name, buffer in model.named_buffers():
            if name.endswith("e_score_correction_bias"):
                buffer.add_(0.1 * torch.randn(buffer.shape))
    return model.to(dtype)


def fill(folder, model, mask=True, base=False):
    (model.model if base else model).save_pretrained(folder.path / "model")
    r = np.random.default_rng(2026)
    for rows, length, padded in ((1, 1, 0), (2, 7, 2), (1, 40, 0)):
        ids = r.integers(0, 50, (rows, length))
        feeds = {"input_ids": ids}
        if mask:
            feeds["attention_mask"] = np.ones_like(ids)
            if padded:
                feeds["attention_mask"][-1, -padded:] = 0
        with torch.no_grad():
            given = {k: torch.from_numpy(v) for k, v in feeds.items()}
            out = model.model(**given).last_hidden_state if base else model(**given).logits
        folder.case(feeds, {"last_hidden_state" if base else "logits": out.numpy()})


def rope(kind, **parameters):
    return {"rope_parameters": {"rope_type": kind, "rope_theta": 1000.0, **parameters}}


def entry(name, family, half=False, mask=True, base=False, **changes):
    def maker(folder):
        fill(folder, make(family, torch.float16 if half else torch.float32, **changes), mask, base)
        # Logits reach 20. transformers' own f16 is off by as much from its f32.
        folder.flags("--rtol 1e-2 --atol 4e-2" if half else "--rtol 1e-4 --atol 1e-4")
    MODELS[name] = maker


entry("llama", "Llama", head_dim=12)
entry("llama-no-mask", "Llama", mask=False)
entry("llama-base", "Llama", base=True)
entry("llama-biased", "Llama", num_key_value_heads=4, attention_bias=True, mlp_bias=True, tie_word_embeddings=True)
entry("llama-half", "Llama", half=True)
entry("llama-linear", "Llama", **rope("linear", factor=4.0))
# Of the three sequences one is longer than the context.
entry("llama-dynamic", "Llama", **{**rope("dynamic", factor=2.0), "max_position_embeddings": 16})
entry("llama-llama3", "Llama", **rope("llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, **CONTEXT))
entry("llama-yarn", "Llama", **rope("yarn", factor=4.0, **CONTEXT))
entry("llama-yarn-scales", "Llama", **rope("yarn", factor=4.0, mscale=0.7, mscale_all_dim=1.3, beta_fast=16.0, beta_slow=2.0, **CONTEXT))
entry("llama-yarn-factor", "Llama", **rope("yarn", factor=4.0, attention_factor=1.5, truncate=False, **CONTEXT))
entry("mistral", "Mistral", sliding_window=5)
entry("qwen2", "Qwen2", use_sliding_window=True, sliding_window=4, max_window_layers=1)
entry("qwen3", "Qwen3", head_dim=16)
entry("gemma2", "Gemma2", head_dim=16, query_pre_attn_scalar=24, sliding_window=6, attn_logit_softcapping=3.0,
      final_logit_softcapping=5.0)
entry("gemma2-half", "Gemma2", half=True, head_dim=16, query_pre_attn_scalar=24, sliding_window=6)

LATENTS = {"num_key_value_heads": 4, "kv_lora_rank": 12, "q_lora_rank": 16, "qk_nope_head_dim": 8, "qk_rope_head_dim": 4, "v_head_dim": 10}
EXPERTS = {"first_k_dense_replace": 1, "n_routed_experts": 8, "num_experts_per_tok": 3, "moe_intermediate_size": 16}
DENSE = {"first_k_dense_replace": 2}
entry("deepseek2", "DeepseekV2", **LATENTS, **EXPERTS, n_shared_experts=2, topk_method="group_limited_greedy", n_group=4, topk_group=2,
      routed_scaling_factor=2.0, **rope("yarn", factor=4.0, mscale=0.7, mscale_all_dim=1.3, **CONTEXT))
entry("deepseek2-greedy", "DeepseekV2", **LATENTS, **EXPERTS, n_shared_experts=1)
entry("deepseek2-dense", "DeepseekV2", **{**LATENTS, "q_lora_rank": None}, **DENSE, attention_bias=True, mlp_bias=True)
entry("deepseek2-half", "DeepseekV2", half=True, **LATENTS, **DENSE)
entry("deepseek3", "DeepseekV3", **LATENTS, **EXPERTS, n_group=4, topk_group=2)
entry("deepseek3-halves", "DeepseekV3", **{**LATENTS, "q_lora_rank": None}, **EXPERTS, n_group=1, topk_group=1, norm_topk_prob=False,
      rope_interleave=False, attention_bias=True, **rope("yarn", factor=40.0, mscale=1.0, mscale_all_dim=0.5, **CONTEXT))
