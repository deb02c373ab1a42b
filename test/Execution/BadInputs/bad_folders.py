"""Hugging Face folders with damaged weights or configuration."""
import json
import shutil
import struct

from making import MODELS, kind


def bert(folder, source="bert"):
    shutil.copytree(MODELS / source / "model", folder / "model")
    return folder / "model", ["--inputs", MODELS / source / "inputs.npz"]


def tensors(path, change):
    """Rewrites a safetensors header."""
    data = path.read_bytes()
    size, = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + size])
    change(header)
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data[8 + size:])


def damaged_header(folder, change):
    model, inputs = bert(folder)
    tensors(model / "model.safetensors", change)
    return [model, *inputs]


WORDS = "embeddings.word_embeddings.weight"


@kind
def safetensors_truncated(folder):
    model, inputs = bert(folder)
    path = model / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1000])
    return [model, *inputs]


@kind
def safetensors_trailing_bytes(folder):
    model, inputs = bert(folder)
    with open(model / "model.safetensors", "ab") as f:
        f.write(bytes(16))
    return [model, *inputs]


@kind
def safetensors_header_length(folder):
    model, inputs = bert(folder)
    path = model / "model.safetensors"
    path.write_bytes(struct.pack("<Q", 1 << 62) + path.read_bytes()[8:])
    return [model, *inputs]


@kind
def safetensors_not_json(folder):
    model, inputs = bert(folder)
    path = model / "model.safetensors"
    data = bytearray(path.read_bytes())
    data[8:12] = b"][}{"
    path.write_bytes(data)
    return [model, *inputs]


@kind
def safetensors_offsets(folder):
    def change(header):
        header[WORDS]["data_offsets"] = [1 << 40, (1 << 40) + 60 * 32 * 4]
    return damaged_header(folder, change)


@kind
def safetensors_shape(folder):
    def change(header):
        header[WORDS]["shape"] = [61, 32]
    return damaged_header(folder, change)


@kind
def safetensors_type(folder):
    def change(header):
        header[WORDS]["dtype"] = "Q7"
    return damaged_header(folder, change)


@kind
def safetensors_tensor_missing(folder):
    def change(header):
        header["renamed"] = header.pop(WORDS)
    return damaged_header(folder, change)


@kind
def shard_missing(folder):
    model, inputs = bert(folder, "bert-sharded")
    (model / "model-00002-of-00002.safetensors").unlink()
    return [model, *inputs]


@kind
def shard_short(folder):
    model, inputs = bert(folder, "bert-sharded")
    path = model / "model-00002-of-00002.safetensors"
    path.write_bytes(path.read_bytes()[:-4])
    return [model, *inputs]


@kind
def config_missing(folder):
    model, inputs = bert(folder)
    (model / "config.json").unlink()
    return [model, *inputs]


@kind
def config_not_json(folder):
    model, inputs = bert(folder)
    (model / "config.json").write_text('{"model_type": "bert",')
    return [model, *inputs]


def config(folder, **changes):
    model, inputs = bert(folder)
    path = model / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))
    return [model, *inputs]


@kind
def config_unknown_model(folder):
    return config(folder, model_type="perceiver")


@kind
def config_heads(folder):
    return config(folder, num_attention_heads=5)


@kind
def config_layers(folder):
    return config(folder, num_hidden_layers=3)


@kind
def config_activation(folder):
    return config(folder, hidden_act="swishish")
