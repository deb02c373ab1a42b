#!/usr/bin/env python3
"""Popular architectures as models, to be measured beside their peers.

    architectures.py DIR NAME...    write DIR/NAME/{model.onnx,inputs.npz,
                                    outputs.npz,meta.json}; "all" for all
    architectures.py --list         the names

Each is torchvision's or transformers' own class in its usual size with random
weights under a fixed seed, exported by torch.onnx.export: by the dynamo
exporter, or by the TorchScript exporter where the name ends in -script (no
names are listed with it; any name takes it). Outputs come from PyTorch.
Batch norms get the statistics of a forward pass over noise, so that activations
stay near 1 in size as those of a trained network.

bench_peers.py --dir DIR NAME... measures them (docs/performance.md).
Written with torch 2.15, torchvision 0.29, transformers 5.24, onnx 1.23,
onnxscript 0.7.
"""
import json
import os
import pathlib
import sys
import time
import warnings

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
warnings.filterwarnings("ignore")

import numpy as np
import onnx
import torch
from torch import nn

SEED = 20261127
IMAGE = (1, 3, 224, 224)


class Outputs(nn.Module):
    """A module called with named inputs, its outputs by attribute name."""

    def __init__(self, module, inputs, outputs, **fixed):
        super().__init__()
        self.module, self.inputs, self.outputs, self.fixed = module, inputs, outputs, fixed

    def forward(self, *args):
        out = self.module(**dict(zip(self.inputs, args)), **self.fixed)
        return tuple(getattr(out, name) for name in self.outputs)


class Vision(nn.Module):
    """A torchvision model; those that return a dictionary give its 'out'."""

    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, image):
        out = self.module(image)
        return (out["out"] if isinstance(out, dict) else out,)


class Recurrent(nn.Module):
    """Two layers of LSTM or GRU in both directions, then a linear layer."""

    def __init__(self, kind, inputs, hidden):
        super().__init__()
        self.rnn = kind(inputs, hidden, num_layers=2, bidirectional=True, batch_first=True)
        self.head = nn.Linear(2 * hidden, 64)

    def forward(self, x):
        return (self.head(self.rnn(x)[0]),)


class WithCache(nn.Module):
    """A decoder's step: ids, positions, keys and values -> logits, keys and values."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, position_ids, *past):
        from transformers import DynamicCache

        cache = DynamicCache(config=self.model.config)
        for i in range(len(past) // 2):
            cache.update(past[2 * i], past[2 * i + 1], i)
        out = self.model(input_ids=input_ids, position_ids=position_ids, past_key_values=cache, use_cache=True)
        present = [t for layer in out.past_key_values.layers for t in (layer.keys, layer.values)]
        return (out.logits, *present)


def noise(*shape):
    return torch.randn(*shape)


def tokens(vocabulary, *shape):
    return torch.randint(0, vocabulary, shape)


def vision(name, size=224, **options):
    import torchvision

    make = getattr(torchvision.models, name, None) or getattr(torchvision.models.segmentation, name)
    return Vision(make(weights=None, **options)), {"image": noise(1, 3, size, size)}, ["out"]


def hugging(name, inputs, outputs, fixed=None, config=None, **options):
    """A class of transformers, its config of the usual size but for `options`."""
    import transformers

    kind = getattr(transformers, name)
    made = (getattr(transformers, config) if config else kind.config_class)(**options)
    made._attn_implementation = "sdpa" if kind._supports_sdpa else "eager"
    return Outputs(kind(made), list(inputs), outputs, **(fixed or {})), inputs, outputs


def encoder(name, vocabulary, length=128, types=False, **options):
    inputs = {"input_ids": tokens(vocabulary, 1, length), "attention_mask": torch.ones(1, length, dtype=torch.int64)}
    if types:
        inputs["token_type_ids"] = torch.zeros(1, length, dtype=torch.int64)
    return hugging(name, inputs, ["last_hidden_state"], **options)


def prefill(name, length, **options):
    return hugging(name, {"input_ids": tokens(options.get("vocab_size", 1000), 1, length)}, ["logits"],
                   fixed={"use_cache": False}, **options)


def gpt2_decode(past=512, layers=12):
    import transformers

    inputs = {"input_ids": tokens(50257, 1, 1), "position_ids": torch.full((1, 1), past)}
    for i in range(layers):
        inputs[f"past_key_{i}"], inputs[f"past_value_{i}"] = noise(1, 12, past, 64), noise(1, 12, past, 64)
    outputs = ["logits"] + [f"present_{kind}_{i}" for i in range(layers) for kind in ("key", "value")]
    return WithCache(transformers.GPT2LMHeadModel(transformers.GPT2Config())), inputs, outputs


def whisper_decoder(length=4):
    from transformers import WhisperConfig

    inputs = {"decoder_input_ids": tokens(51865, 1, length)}
    module, _, _ = hugging("WhisperForConditionalGeneration", inputs, ["logits"], **WHISPER)
    inputs["encoder_outputs"] = noise(1, 1500, 384)

    class Decoder(nn.Module):
        def __init__(self, model):
            super().__init__()
            self.model = model

        def forward(self, ids, states):
            return (self.model(encoder_outputs=(states,), decoder_input_ids=ids, use_cache=False).logits,)

    return Decoder(module.module), inputs, ["logits"]


WHISPER = dict(d_model=384, encoder_layers=4, decoder_layers=4, encoder_attention_heads=6, decoder_attention_heads=6,
               encoder_ffn_dim=1536, decoder_ffn_dim=1536)
SMALL = dict(hidden_size=512, intermediate_size=1408, num_hidden_layers=6, num_attention_heads=8, vocab_size=8192)

ARCHITECTURES = {
    # torchvision
    "resnet18": lambda: vision("resnet18"),
    "resnet50": lambda: vision("resnet50"),
    "resnext50": lambda: vision("resnext50_32x4d"),
    "mobilenet-v2": lambda: vision("mobilenet_v2"),
    "mobilenet-v3": lambda: vision("mobilenet_v3_large"),
    "efficientnet-b0": lambda: vision("efficientnet_b0"),
    "efficientnet-v2-s": lambda: vision("efficientnet_v2_s", 300),
    "convnext-tiny": lambda: vision("convnext_tiny"),
    "densenet121": lambda: vision("densenet121"),
    "shufflenet-v2": lambda: vision("shufflenet_v2_x1_0"),
    "regnet-y-400mf": lambda: vision("regnet_y_400mf"),
    "squeezenet": lambda: vision("squeezenet1_1"),
    "inception-v3": lambda: vision("inception_v3", 299, aux_logits=False, init_weights=False),
    "vgg16": lambda: vision("vgg16"),
    "swin-tiny": lambda: vision("swin_t"),
    "swin-v2-tiny": lambda: vision("swin_v2_t", 256),
    "maxvit-tiny": lambda: vision("maxvit_t"),
    "vit-b-16": lambda: vision("vit_b_16"),
    "deeplab-v3": lambda: vision("deeplabv3_mobilenet_v3_large", 520, weights_backbone=None),
    # transformers, images
    "mobilevit": lambda: hugging("MobileViTForImageClassification", {"pixel_values": noise(1, 3, 256, 256)}, ["logits"]),
    "segformer-b0": lambda: hugging("SegformerForSemanticSegmentation", {"pixel_values": noise(1, 3, 512, 512)}, ["logits"]),
    "yolos-tiny": lambda: hugging(
        "YolosForObjectDetection", {"pixel_values": noise(1, 3, 512, 512)}, ["logits", "pred_boxes"], hidden_size=192,
        num_attention_heads=3, intermediate_size=768, image_size=[512, 512]),
    "dinov2-small": lambda: hugging(
        "Dinov2Model", {"pixel_values": noise(*IMAGE)}, ["last_hidden_state"], hidden_size=384, num_attention_heads=6,
        patch_size=14, image_size=224),
    "depth-anything-small": lambda: depth_anything(),
    "clip-vision": lambda: hugging("CLIPVisionModel", {"pixel_values": noise(*IMAGE)}, ["last_hidden_state", "pooler_output"]),
    "sam-encoder": lambda: hugging(
        "SamVisionModel", {"pixel_values": noise(1, 3, 512, 512)}, ["last_hidden_state"], image_size=512),
    "table-transformer": lambda: table_transformer(),
    # transformers, texts
    "bert-base": lambda: encoder("BertModel", 30522, types=True),
    "distilbert": lambda: encoder("DistilBertModel", 30522),
    "albert-base": lambda: encoder("AlbertModel", 30000, types=True, hidden_size=768, num_attention_heads=12,
                                   intermediate_size=3072),
    "roberta-base": lambda: encoder("RobertaModel", 50265, vocab_size=50265, max_position_embeddings=514, type_vocab_size=1),
    "layoutlm": lambda: layoutlm(),
    "t5-encoder": lambda: encoder("T5EncoderModel", 32128),
    "gpt2-prefill": lambda: prefill("GPT2LMHeadModel", 128, vocab_size=50257),
    "gpt2-decode": gpt2_decode,
    "qwen2": lambda: prefill("Qwen2ForCausalLM", 128, num_key_value_heads=2, **SMALL),
    "gemma2": lambda: prefill("Gemma2ForCausalLM", 128, num_key_value_heads=4, head_dim=64, query_pre_attn_scalar=64, **SMALL),
    "phi": lambda: prefill("PhiForCausalLM", 128, **SMALL),
    "mamba": lambda: prefill("MambaForCausalLM", 64, hidden_size=512, num_hidden_layers=4, vocab_size=8192),
    # transformers, sound
    "whisper-encoder": lambda: whisper_encoder(),
    "whisper-decoder": whisper_decoder,
    "wav2vec2-base": lambda: hugging("Wav2Vec2Model", {"input_values": noise(1, 32000)}, ["last_hidden_state"]),
    "hubert-base": lambda: hugging("HubertModel", {"input_values": noise(1, 32000)}, ["last_hidden_state"]),
    "hifigan": lambda: hifigan(),
    # torch
    "lstm": lambda: (Recurrent(nn.LSTM, 128, 256), {"x": noise(1, 100, 128)}, ["out"]),
    "gru": lambda: (Recurrent(nn.GRU, 128, 256), {"x": noise(1, 100, 128)}, ["out"]),
}


def depth_anything():
    from transformers import Dinov2Config

    backbone = Dinov2Config(hidden_size=384, num_attention_heads=6, patch_size=14, image_size=518, reshape_hidden_states=False,
                            out_features=["stage3", "stage6", "stage9", "stage12"])
    return hugging("DepthAnythingForDepthEstimation", {"pixel_values": noise(1, 3, 252, 252)}, ["predicted_depth"],
                   backbone_config=backbone, reassemble_hidden_size=384, neck_hidden_sizes=[48, 96, 192, 384],
                   fusion_hidden_size=64)


def table_transformer():
    from transformers import ResNetConfig

    backbone = ResNetConfig(hidden_sizes=[64, 128, 256, 512], depths=[2, 2, 2, 2], layer_type="basic", out_features=["stage4"])
    return hugging("TableTransformerForObjectDetection", {"pixel_values": noise(1, 3, 480, 480)}, ["logits", "pred_boxes"],
                   use_timm_backbone=False, backbone=None, backbone_config=backbone)


def layoutlm():
    module, inputs, outputs = encoder("LayoutLMModel", 30522)
    corners = torch.randint(0, 500, (1, 128, 2))
    inputs["bbox"] = torch.cat((corners, corners + torch.randint(1, 500, (1, 128, 2))), -1)
    return Outputs(module.module, list(inputs), outputs), inputs, outputs


def whisper_encoder():
    import transformers

    model = transformers.WhisperModel(transformers.WhisperConfig(**WHISPER)).encoder
    inputs = {"input_features": noise(1, 80, 3000)}
    return Outputs(model, list(inputs), ["last_hidden_state"]), inputs, ["last_hidden_state"]


def hifigan():
    import transformers

    class Waveform(nn.Module):
        def __init__(self):
            super().__init__()
            self.model = transformers.SpeechT5HifiGan(transformers.SpeechT5HifiGanConfig())

        def forward(self, spectrogram):
            return (self.model(spectrogram),)

    return Waveform(), {"spectrogram": noise(100, 80)}, ["waveform"]


def calibrate(module, args):
    """Batch norms take the mean and variance of what a pass over two inputs of noise gives them."""
    norms = [m for m in module.modules() if isinstance(m, nn.modules.batchnorm._BatchNorm)]
    if not norms:
        return
    for norm in norms:
        norm.train()
        norm.momentum = None
    with torch.no_grad():
        module(*(torch.cat((a, torch.randn_like(a))) if a.is_floating_point() else a for a in args))
    module.eval()


def operations(model):
    """2 x multiplications of products and convolutions, where shapes say them."""
    graph = onnx.shape_inference.infer_shapes(model).graph
    shapes = {v.name: [d.dim_value for d in v.type.tensor_type.shape.dim]
              for v in [*graph.input, *graph.output, *graph.value_info]}
    shapes.update((t.name, list(t.dims)) for t in graph.initializer)
    total = 0
    for node in graph.node:
        one, two, out = (shapes.get(name, []) for name in [*node.input, "", ""][:2] + [node.output[0]])
        if node.op_type in ("MatMul", "Gemm") and one and out:
            total += 2 * int(np.prod(out)) * one[-1]
        elif node.op_type == "Conv" and two and out:
            total += 2 * int(np.prod(out)) * int(np.prod(two[1:]))
        elif node.op_type == "ConvTranspose" and two and one:
            total += 2 * int(np.prod(one)) * int(np.prod(two[1:]))
    return total


def write(folder, name):
    script = name.endswith("-script")
    torch.manual_seed(SEED)
    module, inputs, outputs = ARCHITECTURES[name.removesuffix("-script")]()
    module.eval()
    args = tuple(inputs.values())
    calibrate(module, args)
    with torch.no_grad():
        expected = [t.numpy() for t in module(*args)]
    assert all(np.isfinite(e).all() for e in expected), "outputs are not finite"
    where = folder / name
    where.mkdir(parents=True, exist_ok=True)
    for old in where.glob("model.onnx*"):
        old.unlink()
    start = time.time()
    with torch.no_grad():
        if script:
            torch.onnx.export(module, args, str(where / "model.onnx"), dynamo=False, opset_version=17,
                              input_names=list(inputs), output_names=outputs)
        else:
            torch.onnx.export(module, args, str(where / "model.onnx"), dynamo=True, opset_version=20, verbose=False,
                              external_data=True, input_names=list(inputs), output_names=outputs)
    np.savez(where / "inputs.npz", **{k: v.numpy() for k, v in inputs.items()})
    np.savez(where / "outputs.npz", **dict(zip(outputs, expected)))
    model = onnx.load(str(where / "model.onnx"), load_external_data=False)
    meta = {"name": name, "flops": operations(model), "nodes": len(model.graph.node),
            "weight_bytes": sum(p.numel() * p.element_size() for p in module.parameters())}
    (where / "meta.json").write_text(json.dumps(meta, indent=1) + "\n")
    print(f"{name}: {meta['flops'] / 1e9:.2f} GFLOP, {meta['weight_bytes'] / 1e6:.0f} MB of weights, "
          f"{meta['nodes']} nodes, exported in {time.time() - start:.0f} s", flush=True)


def main():
    if "--list" in sys.argv or len(sys.argv) < 3:
        print("\n".join(ARCHITECTURES) if "--list" in sys.argv else __doc__)
        return 0
    folder = pathlib.Path(sys.argv[1])
    names = list(ARCHITECTURES) if sys.argv[2:] == ["all"] else sys.argv[2:]
    failed = 0
    for name in names:
        try:
            write(folder, name)
        except Exception as e:
            failed += 1
            print(f"{name}: {type(e).__name__}: {str(e)[:400]}", file=sys.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
