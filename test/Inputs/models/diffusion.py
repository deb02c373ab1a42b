"""Tiny Stable Diffusion folders and what diffusers and transformers compute with them.

  python diffusion.py

Models built from configurations with fixed seeds: diffusers 0.42, transformers 5.24, torch 2.15. `diffusion/NAME/` is a component's folder with
`inputs.npz` and `expected.npz`, or a whole pipeline's with the noise, the latents behind each step and the image of each CASE; parameters are drawn at sizes that keep every part of a model visible in its output.
"""
import copy
import importlib
import pathlib
import shutil

import numpy as np
import torch
from diffusers import (AutoencoderKL, ControlNetModel, DDIMScheduler, DPMSolverMultistepScheduler, EulerAncestralDiscreteScheduler, EulerDiscreteScheduler,
                       PNDMScheduler, StableDiffusionControlNetPipeline, StableDiffusionImg2ImgPipeline, StableDiffusionPipeline,
                       StableDiffusionXLControlNetPipeline, StableDiffusionXLPipeline, UNet2DConditionModel)
from diffusers.models.controlnets.multicontrolnet import MultiControlNetModel
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKLOutput
from diffusers.models.autoencoders.vae import DiagonalGaussianDistribution
from PIL import Image
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

HERE = pathlib.Path(__file__).resolve().parent / "diffusion"
TOKENIZER = HERE.parent.parent / "tokenizers/clip-files"
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


def draw_controlnet(unet, seed, **settings):
    """Of a UNet of these settings; two layers of the image it looks at, so that a latent has 2 x 2 pixels as autoencoders here do."""
    own = {key: value for key, value in unet.items() if key != "up_block_types"}
    return draw(ControlNetModel(norm_num_groups=4, conditioning_embedding_out_channels=(4, 6), **own, **settings), seed)


def make_controlnet(name, unet_name, height, width, guess_mode=False, **settings):
    """What a ControlNet gives, what it gives once more added to that, and what the UNet makes of it."""
    unet_settings = UNETS[unet_name]
    model = draw_controlnet(unet_settings, len(name), **settings)
    unet = draw(UNet2DConditionModel(sample_size=8, norm_num_groups=4, **unet_settings), len(unet_name))
    generator = torch.Generator().manual_seed(3)
    feeds = {"sample": torch.randn(2, 4, height, width, generator=generator), "timestep": torch.tensor([981.0, 1.0]),
             "encoder_hidden_states": torch.randn(2, 5, 12, generator=generator)}
    added = {}
    if "addition_embed_type" in unet_settings:
        added = {"text_embeds": torch.randn(2, 10, generator=generator),
                 "time_ids": torch.tensor([[64.0, 64, 0, 0, 64, 64], [32.0, 48, 8, 4, 64, 64]])}
    image, scale = torch.rand(2, 3, 2 * height, 2 * width, generator=generator), 0.7
    with torch.no_grad():
        down, middle = model(**feeds, controlnet_cond=image, conditioning_scale=scale, added_cond_kwargs=added or None, guess_mode=guess_mode,
                             return_dict=False)
        twice_down, twice_middle = MultiControlNetModel([model, model])(**feeds, controlnet_cond=[image, image.flip(3)], conditioning_scale=[scale, 0.4],
                                                                        added_cond_kwargs=added or None, return_dict=False)
        out = unet(**feeds, added_cond_kwargs=added or None, down_block_additional_residuals=down, mid_block_additional_residual=middle).sample
    given = {f"down_block_additional_residual_{i}": value for i, value in enumerate(down)} | {"mid_block_additional_residual": middle}
    scales = scale * (torch.logspace(-1, 0, len(given)) if guess_mode else torch.ones(len(given)))
    save(name, model, feeds | added | {"controlnet_cond": image, "conditioning_scale": scales}, given)
    if not guess_mode:
        second = {"controlnet_cond": image.flip(3), "conditioning_scale": torch.full((len(given),), 0.4)}
        np.savez(HERE / name / "second-inputs.npz", **{key: value.numpy() for key, value in (feeds | added | given | second).items()})
        np.savez(HERE / name / "second-expected.npz", **{key: value.numpy() for key, value in zip(given, (*twice_down, twice_middle))})
    np.savez(HERE / name / "unet-inputs.npz", **{key: value.numpy() for key, value in (feeds | added | given).items()})
    np.savez(HERE / name / "unet-expected.npz", out_sample=out.numpy())


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


def make_upcast(name):
    """Weights of 16 bits whose activations are larger than f16 holds: in f32 as the configuration asks, not a number without it."""
    model = draw(AutoencoderKL(block_out_channels=(8, 16), down_block_types=("DownEncoderBlock2D",) * 2,
                               up_block_types=("UpDecoderBlock2D",) * 2, latent_channels=4, layers_per_block=1, norm_num_groups=4,
                               sample_size=16, force_upcast=True), len(name))
    with torch.no_grad():
        model.decoder.conv_in.weight *= 30000
        model.encoder.conv_in.weight *= 30000
    half = copy.deepcopy(model).half()
    wide = copy.deepcopy(half).float()
    generator = torch.Generator().manual_seed(2)
    latents, image = torch.randn(1, 4, 3, 4, generator=generator), torch.randn(1, 3, 6, 10, generator=generator)
    with torch.no_grad():
        decoded, posterior = wide.decode(latents).sample, wide.encode(image).latent_dist
        assert not half.decode(latents.half()).sample.isfinite().all()
    save(name, half, {"latent_sample": latents}, {"sample": decoded})
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


def make_pipeline(name, kind, unet, scheduler, encoders, **settings):
    """A whole folder, with the trained tokenizer of test/Inputs/tokenizers/clip-files."""
    folder = HERE / name / "model"
    shutil.rmtree(HERE / name, ignore_errors=True)
    vae = draw(AutoencoderKL(block_out_channels=(8, 16), down_block_types=("DownEncoderBlock2D",) * 2, norm_num_groups=4,
                             up_block_types=("UpDecoderBlock2D",) * 2, latent_channels=4, layers_per_block=1, sample_size=16), 5)
    network = draw(UNet2DConditionModel(sample_size=8, norm_num_groups=4, **unet), 6)
    # Keeps samples from growing step by step, as a trained network does.
    with torch.no_grad():
        network.conv_out.weight.mul_(0.3)
    parts = dict(unet=network, vae=vae, scheduler=scheduler)
    for i, (cls, config) in enumerate(encoders):
        suffix = "" if i == 0 else f"_{i + 1}"
        vocabulary = dict(vocab_size=702, bos_token_id=0, eos_token_id=1, pad_token_id=1, intermediate_size=24, num_hidden_layers=2,
                          num_attention_heads=2, max_position_embeddings=77)
        parts["text_encoder" + suffix] = draw(cls(CLIPTextConfig(**vocabulary, **config)), 7 + i)
        parts["tokenizer" + suffix] = CLIPTokenizer.from_pretrained(TOKENIZER)
    if kind is StableDiffusionPipeline:
        parts |= dict(safety_checker=None, feature_extractor=None, requires_safety_checker=False)
    pipeline = kind(**parts, **settings)
    pipeline.set_progress_bar_config(disable=True)
    pipeline.save_pretrained(folder)
    # In a file no value is a default that another scheduler would leave out.
    pipeline.scheduler = type(scheduler).from_pretrained(folder, subfolder="scheduler")
    for path in folder.glob("tokenizer*"):
        shutil.rmtree(path)
        shutil.copytree(TOKENIZER, path, ignore=shutil.ignore_patterns("expected.json"))
    return pipeline


def run_pipeline(name, pipeline, case, steps, scheduler=None, **call):
    """Latents behind each step and the image, from given noise."""
    generator = torch.Generator().manual_seed(11)
    shape = (1, 4, call.get("height", 16) // 2, call.get("width", 16) // 2)
    noise = [torch.randn(shape, generator=generator) for _ in range(steps + 1)]
    drawn = iter(noise[1:])
    own = pipeline.scheduler
    pipeline.scheduler = scheduler or own
    module = importlib.import_module(type(pipeline.scheduler).__module__)
    original = getattr(module, "randn_tensor", None)
    if original:
        module.randn_tensor = lambda shape, **_: next(drawn)
    behind = []

    def keep(_, step, __, values):
        behind.append(values["latents"].clone())
        return values
    image = pipeline("a red lighthouse, 1889", num_inference_steps=steps, latents=noise[0].clone(), output_type="np",
                     callback_on_step_end=keep, **call).images[0]
    if original:
        module.randn_tensor = original
    pipeline.scheduler = own
    folder = HERE / name
    np.savez(folder / f"{case}-noise.npz", **{f"noise{i:02}": value.numpy() for i, value in enumerate(noise)})
    np.savez(folder / f"{case}-latents.npz", **{f"step{i:03}": value.numpy() for i, value in enumerate(behind)})
    Image.fromarray((image * 255).round().astype("uint8")).save(folder / f"{case}.png")


def run_from_image(name, pipeline):
    """From the image of the case "folder", its latents the mean of what the encoder says."""
    whole = StableDiffusionImg2ImgPipeline(**pipeline.components, requires_safety_checker=False)
    whole.scheduler = DDIMScheduler.from_config(pipeline.scheduler.config)
    whole.set_progress_bar_config(disable=True)
    noise = torch.randn((1, 4, 8, 8), generator=torch.Generator().manual_seed(12))
    module = importlib.import_module(type(whole).__module__)
    original, behind = module.randn_tensor, []
    module.randn_tensor = lambda *_, **__: noise
    vae_encode = whole.vae.encode
    # The mean instead of a draw.
    whole.vae.encode = lambda image: AutoencoderKLOutput(latent_dist=DiagonalGaussianDistribution(
        torch.cat([vae_encode(image).latent_dist.mean, torch.full((1, 4, 8, 8), -60.0)], 1)))

    def keep(_, step, __, values):
        behind.append(values["latents"].clone())
        return values
    given = Image.open(HERE / name / "folder.png")
    image = whole("a red lighthouse, 1889", image=given, strength=0.5, num_inference_steps=4, guidance_scale=7.5, output_type="np",
                  callback_on_step_end=keep).images[0]
    module.randn_tensor = original
    whole.vae.encode = vae_encode
    folder = HERE / name
    np.savez(folder / "from-image-noise.npz", noise00=noise.numpy())
    np.savez(folder / "from-image-latents.npz", **{f"step{i:03}": value.numpy() for i, value in enumerate(behind)})
    Image.fromarray((image * 255).round().astype("uint8")).save(folder / "from-image.png")


def run_controlled(name, kind, pipeline, unet, second_unet, cases):
    """With ControlNets that look at images of noise, 24 x 40 pixels: the first alone, and with a second one. `cases`: (name, how many, steps, settings)."""
    nets = [draw_controlnet(unet, 21)]
    if second_unet:
        nets.append(draw_controlnet(second_unet, 23, controlnet_conditioning_channel_order="bgr"))
    images = []
    for net, suffix, seed in zip(nets * 2, ("", "-2"), (22, 24)):
        generator = torch.Generator().manual_seed(seed)
        images.append(Image.fromarray((255 * torch.rand(24, 40, 3, generator=generator)).byte().numpy()))
        images[-1].save(HERE / name / f"control-image{suffix}.png")
    for net, suffix in zip(nets, ("", "-2")):
        net.save_pretrained(HERE / name / f"controlnet{suffix}")
    options = dict(requires_safety_checker=False) if kind is StableDiffusionControlNetPipeline else {}
    for case, count, steps, call in cases:
        whole = kind(**pipeline.components, controlnet=nets[0] if count == 1 else [nets[0], nets[-1]], **options)
        whole.set_progress_bar_config(disable=True)
        run_pipeline(name, whole, case, steps, image=images[0] if count == 1 else images, height=24, width=40, **call)


def make_adapters(name, pipeline):
    """Files as kohya's scripts and diffusers write them; the latents are those of diffusers with them loaded."""
    folder = HERE / name
    generator = torch.Generator().manual_seed(13)
    layers = [("unet", pipeline.unet, n, m) for n, m in pipeline.unet.named_modules()] + [
        ("te", pipeline.text_encoder, "text_model." + n.removeprefix("text_model."), m) for n, m in pipeline.text_encoder.named_modules()]
    kohya, plain = {}, {}
    for i, (part, _, n, m) in enumerate(layers):
        wanted = ("attn" in n or "ff.net" in n or "proj_" in n or "conv1" in n) if part == "unet" else "self_attn" in n
        if not wanted or not isinstance(m, (torch.nn.Linear, torch.nn.Conv2d)):
            continue
        rank, window, point = 2 + i % 3, m.weight.shape[2:], (1, 1)[:m.weight.dim() - 2]
        a = 0.5 * torch.randn(rank, m.weight.shape[1], *window, generator=generator)
        b = 0.5 * torch.randn(m.weight.shape[0], rank, *point, generator=generator)
        key = f"lora_{part}_" + n.replace(".", "_")
        kohya |= {key + ".lora_down.weight": a, key + ".lora_up.weight": b, key + ".alpha": torch.tensor(1.5)}
        if "attn" in n and isinstance(m, torch.nn.Linear):
            prefix = ("unet." if part == "unet" else "text_encoder.") + n
            plain |= {prefix + ".lora_A.weight": a, prefix + ".lora_B.weight": b}
    save_file(kohya, folder / "kohya.safetensors")
    save_file(plain, folder / "diffusers.safetensors")
    for case in ("kohya", "diffusers"):
        pipeline.load_lora_weights(folder, weight_name=f"{case}.safetensors", adapter_name=case)
        pipeline.set_adapters([case], [0.8])
        run_pipeline(name, pipeline, case, 3)
        pipeline.unload_lora_weights()


def kronecker(first, second):
    return torch.kron(first.reshape(*first.shape, *(1,) * (second.dim() - 2)), second.contiguous())


def tucker(core, a, b):
    return torch.einsum("ijkl,ip,jr->prkl", core, a, b)


def make_lycoris(name, pipeline):
    """A file as LyCORIS writes it: LoHa, LoKr and DoRA by columns or rows, which diffusers does not load or leaves out, by
    their formulas (arXiv:2309.14859, arXiv:2402.09353); and DoRA as diffusers writes it, by diffusers."""
    folder = HERE / name
    generator = torch.Generator().manual_seed(17)
    networks = copy.deepcopy((pipeline.unet, pipeline.text_encoder))
    own = pipeline.unet, pipeline.text_encoder
    file, dora = {}, {}

    def factor(*shape):
        return 0.5 * torch.randn(*shape, generator=generator)

    def pair(key, out, columns, rank):
        file[key + "_a"], file[key + "_b"] = factor(out, rank), factor(rank, columns)
        return file[key + "_a"] @ file[key + "_b"]

    def core(key, at, out, columns, window, rank):
        file[at], file[key + "_a"], file[key + "_b"] = factor(rank, rank, *window), factor(rank, out), factor(rank, columns)
        return tucker(file[at], file[key + "_a"], file[key + "_b"])
    layers = [("unet", n, m) for n, m in networks[0].named_modules()] + [("te", n, m) for n, m in networks[1].named_modules()]
    layers = [(part, n, m) for part, n, m in layers if isinstance(m, (torch.nn.Linear, torch.nn.Conv2d)) and
              ("attn" in n or "ff.net" in n or "conv1" in n)]
    for i, (part, n, m) in enumerate(layers):
        text = "text_model." if part == "te" and not n.startswith("text_model.") else ""
        key, rank = f"lora_{part}_" + (text + n).replace(".", "_") + ".", 2 + i % 2
        out, columns, *window = m.weight.shape
        taps, scale = int(np.prod(window)), 1.5 / rank
        file[key + "alpha"] = torch.tensor(1.5)
        w = m.weight.detach()
        if window and i % 2 == 0:
            delta = core(key + "hada_w1", key + "hada_t1", out, columns, window, rank) * core(
                key + "hada_w2", key + "hada_t2", out, columns, window, rank)
        elif window:
            file[key + "lokr_w1"] = factor(2, 4)
            delta = kronecker(file[key + "lokr_w1"], core(key + "lokr_w2", key + "lokr_t2", out // 2, columns // 4, window, rank))
        elif i % 4 == 0:
            delta = pair(key + "hada_w1", out, columns, rank) * pair(key + "hada_w2", out, columns, rank)
        elif i % 4 == 1:
            delta = kronecker(pair(key + "lokr_w1", 4, 2, rank), pair(key + "lokr_w2", out // 4, columns // 2, rank))
        elif i % 4 == 2:
            # Whole matrices have no rank for alpha to be divided by.
            file[key + "lokr_w1"], file[key + "lokr_w2"] = factor(2, 2), 0.2 * factor(out // 2, columns // 2)
            delta, scale = kronecker(file[key + "lokr_w1"], file[key + "lokr_w2"]), 1.0
        else:
            file[key + "lora_up.weight"], file[key + "lora_down.weight"] = factor(out, rank), factor(rank, columns)
            delta = file[key + "lora_up.weight"] @ file[key + "lora_down.weight"]
        merged = w + 0.8 * scale * delta.reshape(w.shape)
        if i % 3 != 2:
            axes = [axis for axis in range(w.dim()) if axis != 1 - i % 3]
            lengths = merged.square().sum(dim=axes, keepdim=True).sqrt()
            file[key + "dora_scale"] = lengths * (1 + 0.2 * torch.randn(lengths.shape, generator=generator))
            merged = merged * file[key + "dora_scale"] / lengths
        with torch.no_grad():
            m.weight.copy_(merged)
        if part == "unet" and "attn" in n and not window:
            a, b = factor(rank, columns), factor(out, rank)
            dora |= {f"unet.{n}.lora_A.weight": a, f"unet.{n}.lora_B.weight": b,
                     f"unet.{n}.lora_magnitude_vector": w.norm(dim=1) * (1 + 0.2 * torch.randn(out, generator=generator))}
    save_file({key: value.contiguous() for key, value in file.items()}, folder / "lycoris.safetensors")
    save_file(dora, folder / "dora.safetensors")
    pipeline.unet, pipeline.text_encoder = networks
    run_pipeline(name, pipeline, "lycoris", 3)
    pipeline.unet, pipeline.text_encoder = own
    pipeline.load_lora_weights(folder, weight_name="dora.safetensors", adapter_name="dora")
    pipeline.set_adapters(["dora"], [0.8])
    run_pipeline(name, pipeline, "dora", 3)
    pipeline.unload_lora_weights()


def make_pipelines():
    noise = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", num_train_timesteps=1000)
    one = UNETS["unet-1"] | dict(cross_attention_dim=16)
    pipeline = make_pipeline("sd-1", StableDiffusionPipeline, one, PNDMScheduler(**noise, skip_prk_steps=True, steps_offset=1),
                             [(CLIPTextModel, dict(hidden_size=16))])
    run_pipeline("sd-1", pipeline, "folder", 5)
    run_pipeline("sd-1", pipeline, "ancestral", 4, EulerAncestralDiscreteScheduler.from_config(pipeline.scheduler.config), guidance_scale=3,
                 negative_prompt="grey", height=24, width=40)
    run_pipeline("sd-1", pipeline, "unguided", 3, DPMSolverMultistepScheduler.from_config(pipeline.scheduler.config),
                 guidance_scale=1)
    run_from_image("sd-1", pipeline)
    run_controlled("sd-1", StableDiffusionControlNetPipeline, pipeline, one, one, [
        ("control", 1, 4, dict(controlnet_conditioning_scale=0.8)),
        # Of 5 calls the first in three and the second in three; of 4 none, the second, none, the first.
        ("controls", 2, 4, dict(controlnet_conditioning_scale=[0.8, 0.5], control_guidance_start=[0.0, 0.4], control_guidance_end=[0.6, 1.0])),
        ("controls-apart", 2, 3, dict(controlnet_conditioning_scale=[0.8, 0.5], control_guidance_start=[0.75, 0.25], control_guidance_end=[1.0, 0.5])),
        ("guess", 1, 3, dict(guess_mode=True)),
        ("guess-unguided", 2, 2, dict(guess_mode=True, guidance_scale=1, controlnet_conditioning_scale=[0.8, 0.5]))])
    make_adapters("sd-1", pipeline)
    make_lycoris("sd-1", pipeline)
    two = UNETS["unet-2"] | dict(cross_attention_dim=16)
    pipeline = make_pipeline("sd-2", StableDiffusionPipeline, two,
                             DDIMScheduler(**noise, prediction_type="v_prediction", set_alpha_to_one=False, steps_offset=1, clip_sample=False),
                             [(CLIPTextModel, dict(hidden_size=16, hidden_act="gelu"))])
    run_pipeline("sd-2", pipeline, "folder", 5)
    xl = UNETS["unet-xl"] | dict(cross_attention_dim=28, projection_class_embeddings_input_dim=60)
    pipeline = make_pipeline("sd-xl", StableDiffusionXLPipeline, xl, EulerDiscreteScheduler(**noise, steps_offset=1, timestep_spacing="leading"),
                             [(CLIPTextModel, dict(hidden_size=16)),
                              (CLIPTextModelWithProjection, dict(hidden_size=12, projection_dim=12, hidden_act="gelu"))])
    run_pipeline("sd-xl", pipeline, "folder", 4)
    run_pipeline("sd-xl", pipeline, "negative", 2, negative_prompt="grey")
    run_controlled("sd-xl", StableDiffusionXLControlNetPipeline, pipeline, xl, None, [
        ("control", 1, 3, {}),
        ("controls", 2, 3, dict(controlnet_conditioning_scale=[0.8, 0.5], control_guidance_end=[1.0, 0.5])),
        ("guess", 2, 2, dict(guess_mode=True, controlnet_conditioning_scale=[0.8, 0.5]))])


if __name__ == "__main__":
    make_pipelines()
    for name, settings in UNETS.items():
        odd = name == "unet-odd"
        make_unet(name, settings, 9 if odd else 8, 6 if odd else 8)
    make_unet("unet-half", UNETS["unet-1"], 8, 8, torch.float16)
    make_controlnet("controlnet", "unet-2", 8, 12, controlnet_conditioning_channel_order="bgr")
    make_controlnet("controlnet-xl", "unet-xl", 8, 8, guess_mode=True)
    make_controlnet("controlnet-odd", "unet-odd", 9, 6)
    make_autoencoder("autoencoder")
    make_autoencoder("autoencoder-plain", use_quant_conv=False, use_post_quant_conv=False, mid_block_add_attention=False)
    make_upcast("autoencoder-upcast")
    make_text("clip", CLIPTextModel, eos_token_id=59)
    make_text("clip-old", CLIPTextModel, eos_token_id=2, hidden_act="gelu")
    make_text("clip-projected", CLIPTextModelWithProjection, eos_token_id=59, hidden_act="gelu")
