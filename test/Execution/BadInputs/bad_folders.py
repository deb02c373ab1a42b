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


@kind
def config_relative_positions(folder):
    return config(folder, position_embedding_type="relative_key")


@kind
def config_decoder(folder):
    return config(folder, is_decoder=True)


@kind
def config_own_code(folder):
    return config(folder, auto_map={"AutoModel": "modeling_own.OwnModel"})


@kind
def config_quantized(folder):
    return config(folder, quantization_config={"quant_method": "bitsandbytes"})


@kind
def config_sizes(folder):
    """Sizes that no file holds: refused by the weights before anything of that size is built."""
    return config(folder, vocab_size=(1 << 31) - 1, max_position_embeddings=(1 << 31) - 1, num_hidden_layers=1 << 30)


@kind
def config_wrong_kind(folder):
    return config(folder, hidden_size="32")


@kind
def config_nested(folder):
    model, inputs = bert(folder)
    (model / "config.json").write_text("[" * 100000)
    return [model, *inputs]


@kind
def weights_pickle(folder):
    model, inputs = bert(folder)
    (model / "model.safetensors").rename(model / "pytorch_model.bin")
    return [model, *inputs]


def index(folder, change):
    model, inputs = bert(folder, "bert-sharded")
    path = model / "model.safetensors.index.json"
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))
    return [model, *inputs]


@kind
def shard_outside(folder):
    def change(content):
        content["weight_map"][WORDS] = "../model-00001-of-00002.safetensors"
    return index(folder, change)


@kind
def shard_lacks_tensor(folder):
    def change(content):
        content["weight_map"]["encoder.layer.9.output.dense.bias"] = "model-00001-of-00002.safetensors"
    return index(folder, change)


@kind
def index_without_map(folder):
    return index(folder, lambda content: content.pop("weight_map"))


def modules(folder, change):
    shutil.copytree(MODELS / "sentence-mean" / "model", folder / "model")
    change(folder / "model")
    return [folder / "model", "--inputs", MODELS / "sentence-mean" / "inputs.npz"]


@kind
def modules_unknown(folder):
    def change(model):
        path = model / "modules.json"
        path.write_text(path.read_text().replace("Normalize", "WordWeights"))
    return modules(folder, change)


@kind
def modules_pooling_modes(folder):
    def change(model):
        path = model / "1_Pooling" / "config.json"
        path.write_text(path.read_text().replace("false", "true"))
    return modules(folder, change)


@kind
def sequence_too_long(folder):
    model, _ = bert(folder)
    return [model, "--random-inputs", "1", "--dim", "batch=1", "--dim", "sequence=25"]


@kind
def dimension_unknown(folder):
    model, _ = bert(folder)
    return [model, "--random-inputs", "1", "--dim", "batch=1", "--dim", "sequence=5", "--dim", "tokens=5"]


def component(folder, name, **changes):
    shutil.copytree(MODELS / "diffusion" / name / "model", folder / "model")
    path = folder / "model" / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))
    return [folder / "model", "--inputs", MODELS / "diffusion" / name / "inputs.npz"]


@kind
def component_unknown(folder):
    return component(folder, "unet-1", _class_name="UNet3DConditionModel")


@kind
def unet_block_unknown(folder):
    return component(folder, "unet-1", down_block_types=["CrossAttnDownBlock2D", "AttnDownBlock2D"])


@kind
def unet_option_unknown(folder):
    return component(folder, "unet-1", time_cond_proj_dim=8)


@kind
def unet_option_other(folder):
    return component(folder, "unet-1", resnet_time_scale_shift="scale_shift")


@kind
def unet_heads(folder):
    return component(folder, "unet-1", attention_head_dim=3)


@kind
def unet_no_heads(folder):
    return component(folder, "unet-2", attention_head_dim=[0, 4, 4])


@kind
def unet_endless(folder):
    # A number that no f64 holds.
    arguments = component(folder, "unet-1")
    config = folder / "model" / "config.json"
    config.write_text(config.read_text().replace('"norm_eps": 1e-05', '"norm_eps": 1e505'))
    return arguments


@kind
def unet_lists(folder):
    return component(folder, "unet-2", layers_per_block=[1, 1])


@kind
def unet_conditions(folder):
    return component(folder, "unet-1", addition_embed_type="text_time", addition_time_embed_dim=8,
                     projection_class_embeddings_input_dim=40)


@kind
def unet_layers(folder):
    """More layers than the weights are of: refused before they are built."""
    return component(folder, "unet-1", layers_per_block=1 << 30)


@kind
def unet_channels(folder):
    return component(folder, "unet-1", block_out_channels=[1 << 30, 1 << 30])


@kind
def unet_weight_missing(folder):
    arguments = component(folder, "unet-1")

    def change(header):
        header["renamed"] = header.pop("mid_block.attentions.0.proj_in.weight")
    tensors(folder / "model" / "diffusion_pytorch_model.safetensors", change)
    return arguments


@kind
def autoencoder_block_unknown(folder):
    return component(folder, "autoencoder", up_block_types=["UpDecoderBlock2D", "AttnUpDecoderBlock2D"])


@kind
def autoencoder_groups(folder):
    return component(folder, "autoencoder", norm_num_groups=3)


@kind
def autoencoder_part(folder):
    return [*component(folder, "autoencoder"), "--part", "middle"]


@kind
def clip_too_long(folder):
    return component(folder, "clip", max_position_embeddings=7)


@kind
def clip_activation(folder):
    return component(folder, "clip", hidden_act="relu6")
