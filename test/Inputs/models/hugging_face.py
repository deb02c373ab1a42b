"""A small BERT folder as transformers writes it, in one file and in shards.

The expected results are transformers' own.
"""
import json

import numpy as np
import torch

MODELS = {}


def bert(**changes):
    from transformers import BertConfig, BertModel

    torch.manual_seed(20260101)
    config = BertConfig(**{"vocab_size": 60, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
                           "intermediate_size": 48, "max_position_embeddings": 24, **changes})
    model = BertModel(config, add_pooling_layer=False).eval()
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.ndim == 1:  # the zeros and ones of a fresh model would test nothing
                p.add_(0.1 * torch.randn(p.shape))
    return model


def fill(folder, model, **options):
    model.save_pretrained(folder.path / "model", **options)
    r = np.random.default_rng(2026)
    for rows, length, padded in ((1, 7, 0), (2, 5, 2), (1, 1, 0)):
        ids = r.integers(1, 60, (rows, length))
        mask = np.ones_like(ids)
        if padded:
            ids[-1, -padded:], mask[-1, -padded:] = 0, 0
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": r.integers(0, 2, (rows, length))}
        with torch.no_grad():
            out = model(**{k: torch.from_numpy(v) for k, v in feeds.items()}).last_hidden_state
        folder.case(feeds, {"last_hidden_state": out.float().numpy()})


def single(folder):
    fill(folder, bert())


def sharded(folder):
    fill(folder, bert(), max_shard_size="40KB")
    files = {p.name for p in (folder.path / "model").glob("*.safetensors")}
    index = json.loads((folder.path / "model" / "model.safetensors.index.json").read_text())
    assert len(files) > 1 and set(index["weight_map"].values()) == files


MODELS |= {"bert": single, "bert-sharded": sharded}
