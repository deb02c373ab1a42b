"""Small folders of BERT and its relatives as transformers writes them.

The expected results are transformers' own; sentence embeddings follow from them
by sentence-transformers' formulas.
"""
import json

import numpy as np
import torch

MODELS = {}
SIZES = {"vocab_size": 60, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
         "intermediate_size": 48, "max_position_embeddings": 24}


def make(model_class, config_class, sizes, **options):
    torch.manual_seed(20260101)
    model = model_class(config_class(**sizes), **options).eval()
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.ndim == 1:  # the zeros and ones of a fresh model would test nothing
                p.add_(0.1 * torch.randn(p.shape))
    return model


def bert(pooler=False, **changes):
    from transformers import BertConfig, BertModel
    return make(BertModel, BertConfig, {**SIZES, **changes}, add_pooling_layer=pooler)


def fill(folder, model, token_types=True, padding=0, results=None, **options):
    model.save_pretrained(folder.path / "model", **options)
    r = np.random.default_rng(2026)
    for rows, length, padded in ((1, 7, 0), (2, 5, 2), (1, 1, 0)):
        ids = r.integers(2, 60, (rows, length)) if padding else r.integers(1, 60, (rows, length))
        mask = np.ones_like(ids)
        if padded:
            ids[-1, -padded:], mask[-1, -padded:] = padding, 0
        feeds = {"input_ids": ids, "attention_mask": mask}
        if token_types:
            feeds["token_type_ids"] = r.integers(0, 2, (rows, length))
        with torch.no_grad():
            out = model(**{k: torch.from_numpy(v) for k, v in feeds.items()})
        expected = {"last_hidden_state": out.last_hidden_state}
        if getattr(out, "pooler_output", None) is not None:
            expected["pooler_output"] = out.pooler_output
        if results:
            expected |= results(out.last_hidden_state, torch.from_numpy(mask))
        folder.case(feeds, {k: v.numpy() for k, v in expected.items()})


def single(folder):
    fill(folder, bert())


def sharded(folder):
    fill(folder, bert(), max_shard_size="40KB")
    files = {p.name for p in (folder.path / "model").glob("*.safetensors")}
    index = json.loads((folder.path / "model" / "model.safetensors.index.json").read_text())
    assert len(files) > 1 and set(index["weight_map"].values()) == files


def pooled(folder):
    """A head's prefix before every name, a pooler, ReLU, and norms under TensorFlow's names."""
    import safetensors.torch as st
    fill(folder, bert(pooler=True, hidden_act="relu", num_hidden_layers=1))
    path = folder.path / "model" / "model.safetensors"
    renamed = {}
    for name, tensor in st.load_file(path).items():
        name = name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")
        renamed["bert." + name] = tensor
    st.save_file(renamed, path, metadata={"format": "pt"})


def half(folder):
    fill(folder, bert(num_hidden_layers=1, hidden_act="gelu_new").half())
    folder.flags("--rtol 1e-2 --atol 1e-2")


def no_token_types(folder):
    """`token_type_ids` may be left out: they are then 0."""
    fill(folder, bert(num_hidden_layers=1), token_types=False)


def roberta(folder):
    from transformers import RobertaConfig, RobertaModel
    sizes = {**SIZES, "type_vocab_size": 1, "pad_token_id": 1, "num_hidden_layers": 1}
    fill(folder, make(RobertaModel, RobertaConfig, sizes, add_pooling_layer=False), token_types=False, padding=1)


def distilbert(folder):
    from transformers import DistilBertConfig, DistilBertModel
    sizes = {"vocab_size": 60, "dim": 32, "n_layers": 1, "n_heads": 4, "hidden_dim": 48, "max_position_embeddings": 24}
    fill(folder, make(DistilBertModel, DistilBertConfig, sizes), token_types=False)


def mpnet(folder):
    """Enough positions for the logarithmic buckets of distance."""
    from transformers import MPNetConfig, MPNetModel
    sizes = {**SIZES, "num_hidden_layers": 1, "max_position_embeddings": 160, "relative_attention_num_buckets": 32}
    model = make(MPNetModel, MPNetConfig, sizes, add_pooling_layer=False)
    with torch.no_grad():
        model.encoder.relative_attention_bias.weight.mul_(50)
    fill(folder, model, token_types=False, padding=1)
    ids = np.random.default_rng(7).integers(2, 60, (1, 150))
    feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    with torch.no_grad():
        out = model(**{k: torch.from_numpy(v) for k, v in feeds.items()}).last_hidden_state
    folder.case(feeds, {"last_hidden_state": out.numpy()})


def add_modules(folder, pooling, normalize):
    model = folder.path / "model"
    names = ["Transformer", "Pooling"] + (["Normalize"] if normalize else [])
    modules = [{"idx": i, "name": str(i), "path": "" if i == 0 else f"{i}_{n}",
                "type": f"sentence_transformers.models.{n}"} for i, n in enumerate(names)]
    (model / "modules.json").write_text(json.dumps(modules, indent=1))
    (model / "1_Pooling").mkdir()
    kinds = ("cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens")
    (model / "1_Pooling" / "config.json").write_text(json.dumps(
        {"word_embedding_dimension": 32, **{f"pooling_mode_{k}": k == pooling for k in kinds}}, indent=1))


def mean_of_tokens(states, mask):
    weights = mask.unsqueeze(-1).float()
    mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
    return {"sentence_embedding": torch.nn.functional.normalize(mean, dim=1)}


def max_of_tokens(states, mask):
    return {"sentence_embedding": states.masked_fill(mask.unsqueeze(-1) == 0, -1e9).max(1).values}


def sentence(folder):
    fill(folder, bert(num_hidden_layers=1), results=mean_of_tokens)
    add_modules(folder, "mean_tokens", True)


def sentence_max(folder):
    fill(folder, bert(num_hidden_layers=1), results=max_of_tokens)
    add_modules(folder, "max_tokens", False)


def sentence_cls(folder):
    fill(folder, bert(num_hidden_layers=1), results=lambda states, mask: {"sentence_embedding": states[:, 0]})
    add_modules(folder, "cls_token", False)


MODELS |= {"bert": single, "bert-sharded": sharded, "bert-pooled": pooled, "bert-half": half,
           "bert-no-token-types": no_token_types, "roberta": roberta, "distilbert": distilbert, "mpnet": mpnet,
           "sentence-mean": sentence, "sentence-max": sentence_max, "sentence-cls": sentence_cls}
