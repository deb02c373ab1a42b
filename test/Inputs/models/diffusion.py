"""Tiny Stable Diffusion folders and what diffusers and transformers compute with them.

  python diffusion.py

Models built from configurations with fixed seeds: diffusers 0.42, transformers 5.24, torch 2.15. `diffusion/NAME/` is a component's folder with
`inputs.npz` and `expected.npz`; parameters are drawn at sizes that keep every part of a model visible in its output.
"""
import copy
import pathlib
import shutil

import numpy as np
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

HERE = pathlib.Path(__file__).resolve().parent / "diffusion"
CROSS_DOWN, DOWN, CROSS_UP, UP = "CrossAttnDownBlock2D", "DownBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"

UNETS = {
    # Stable Diffusion 1: convolutions project, the key of head sizes counts heads.
    "unet-1": dict(block_out_channels=(8, 16), down_block_types=(CROSS_DOWN, DOWN), up_block_types=(UP, CROSS_UP), layers_per_block=1,
                   attention_head_dim=2, cross_attention_dim=12),
    # Stable Diffusion 2: linear layers project, a number of heads for each block.
    "unet-2": dict(block_out_channels=(8, 16, 16), down_block_types=(CROSS_DOWN, CROSS_DOWN, DOWN), up_block_types=(UP, CROSS_UP, CROSS_UP),
                   layers_per_block=1, attention_head_dim=(2, 4, 4), cross_attention_dim=12, use_linear_projection=True,
                   upcast_attention=True),
    # Stable Diffusion XL: several transformers, conditions added to the time.
    "unet-xl": dict(block_out_channels=(8, 16), down_block_types=(DOWN, CROSS_DOWN), up_block_types=(CROSS_UP, UP), layers_per_block=2,
                    attention_head_dim=(2, 4), cross_attention_dim=12, use_linear_projection=True, transformer_layers_per_block=(1, 2),
                    addition_embed_type="text_time", addition_time_embed_dim=8, projection_class_embeddings_input_dim=58),
    "unet-odd": dict(block_out_channels=(8, 16, 16), down_block_types=(DOWN, CROSS_DOWN, DOWN), up_block_types=(UP, CROSS_UP, UP),
                     layers_per_block=1, attention_head_dim=4, cross_attention_dim=12, downsample_padding=0, flip_sin_to_cos=False,
                     freq_shift=1, only_cross_attention=(False, True, False)),
}


def draw(model, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            if parameter.dim() > 1:
                fan = parameter[0].numel()
                parameter.copy_(torch.randn(parameter.shape, generator=generator) * (1.2 / fan ** 0.5))
            elif name.endswith("weight"):
                parameter.copy_(1 + 0.2 * torch.randn(parameter.shape, generator=generator))
            else:
                parameter.copy_(0.2 * torch.randn(parameter.shape, generator=generator))
    return model.eval()


def save(name, model, feeds, outputs):
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder / "model")
    np.savez(folder / "inputs.npz", **{key: value.numpy() for key, value in feeds.items()})
    np.savez(folder / "expected.npz", **{key: value.detach().numpy() for key, value in outputs.items()})


def make_unet(name, settings, height, width, dtype=torch.float32):
    model = draw(UNet2DConditionModel(sample_size=8, norm_num_groups=4, **settings), len(name)).to(dtype)
    generator = torch.Generator().manual_seed(1)
    batch, added = 2, {}
    feeds = {"sample": torch.randn(batch, 4, height, width, generator=generator).to(dtype),
             "timestep": torch.tensor([981.0, 1.0]),
             "encoder_hidden_states": torch.randn(batch, 5, 12, generator=generator).to(dtype)}
    if "addition_embed_type" in settings:
        added = {"text_embeds": torch.randn(batch, 10, generator=generator).to(dtype),
                 "time_ids": torch.tensor([[64.0, 64, 0, 0, 64, 64], [32.0, 48, 8, 4, 64, 64]])}
    with torch.no_grad():
        out = model(**feeds, added_cond_kwargs=added or None).sample
    if dtype != torch.float32:
        # Computed in f32, then rounded: what the test allows is the error that diffusers has against it in 16 bits.
        wide = lambda values: {key: value.float() for key, value in values.items()}
        half, out = out, copy.deepcopy(model).float()(**wide(feeds), added_cond_kwargs=wide(added) or None).sample
        print(name, "error of diffusers:", (half.float() - out).abs().max().item())
        out = out.half()
    save(name, model, feeds | added, {"out_sample": out})


def make_autoencoder(name, **settings):
    model = draw(AutoencoderKL(block_out_channels=(8, 16), down_block_types=("DownEncoderBlock2D",) * 2,
                               up_block_types=("UpDecoderBlock2D",) * 2, latent_channels=4, layers_per_block=1, norm_num_groups=4,
                               sample_size=16, **settings), len(name))
    generator = torch.Generator().manual_seed(2)
    latents = torch.randn(2, 4, 5, 6, generator=generator)
    image = torch.randn(2, 3, 10, 14, generator=generator)
    with torch.no_grad():
        decoded, posterior = model.decode(latents).sample, model.encode(image).latent_dist
    save(name, model, {"latent_sample": latents}, {"sample": decoded})
    np.savez(HERE / name / "image.npz", image=image.numpy())
    np.savez(HERE / name / "latents.npz", latent_mean=posterior.mean.numpy(), latent_std=posterior.std.numpy())


def make_text(name, kind, **settings):
    config = CLIPTextConfig(vocab_size=60, hidden_size=32, intermediate_size=48, num_hidden_layers=3, num_attention_heads=4,
                            max_position_embeddings=12, projection_dim=20, bos_token_id=57, pad_token_id=0, **settings)
    model = draw(kind(config), len(name))
    # Texts that end, one of them with padding that is the end token again, as Stable Diffusion pads.
    end = 59
    ids = torch.tensor([[57, 4, 8, 15, 16, 23, end, end], [57, 42, end, end, end, end, end, end]])
    with torch.no_grad():
        out = model(input_ids=ids, output_hidden_states=True)
    outputs = {"last_hidden_state": out.last_hidden_state, "penultimate_hidden_state": out.hidden_states[-2]}
    outputs |= {"text_embeds": out.text_embeds} if "text_embeds" in out else {"pooler_output": out.pooler_output}
    save(name, model, {"input_ids": ids}, outputs)


if __name__ == "__main__":
    for name, settings in UNETS.items():
        odd = name == "unet-odd"
        make_unet(name, settings, 9 if odd else 8, 6 if odd else 8)
    make_unet("unet-half", UNETS["unet-1"], 8, 8, torch.float16)
    make_autoencoder("autoencoder")
    make_autoencoder("autoencoder-plain", use_quant_conv=False, use_post_quant_conv=False, mid_block_add_attention=False)
    make_text("clip", CLIPTextModel, eos_token_id=59)
    make_text("clip-old", CLIPTextModel, eos_token_id=2, hidden_act="gelu")
    make_text("clip-projected", CLIPTextModelWithProjection, eos_token_id=59, hidden_act="gelu")
