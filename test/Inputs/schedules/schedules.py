"""Makes cases.json and expected.npz: what diffusers' schedulers do with a model that is one line long.

Run with diffusers 0.42.1, torch 2.15.0, numpy 2.4.6 and scipy 1.17.1:

    python test/Inputs/schedules/schedules.py

cases.json lists, for each case, the configuration, the scheduler's name, the steps, eta and strength. expected.npz
holds an array a case, of rows of 9: first init_noise_sigma, the first sample's factors of image and noise (0 without a
strength) and zeros; then for each call of the model its timestep and the 8 values of the sample after it. "latents",
"image", "bias" and "noise" (drawn for call i: row i) are common to all.
"""

import json
import pathlib
import sys
import warnings

import diffusers
import numpy
import torch

warnings.filterwarnings("ignore")
diffusers.logging.set_verbosity_error()

SHAPE = (1, 2, 2, 2)
random = numpy.random.default_rng(7)
LATENTS, IMAGE, BIAS = random.standard_normal((3, 8)).astype(numpy.float32)
NOISE = random.standard_normal((100, 8)).astype(numpy.float32)
SHORT, LONG = (2, 5, 20), (1, 2, 5, 20, 50)

# The betas of Stable Diffusion.
SD = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
V, X0 = {"prediction_type": "v_prediction"}, {"prediction_type": "sample"}
LEADING, TRAILING, LINSPACE = ({"timestep_spacing": name} for name in ("leading", "trailing", "linspace"))
OFFSET = LEADING | {"steps_offset": 1}
KARRAS, EXPONENTIAL, BETA = ({f"use_{name}_sigmas": True} for name in ("karras", "exponential", "beta"))
ZERO_SNR = TRAILING | V | {"rescale_betas_zero_snr": True}
SIGMA_MIN = {"final_sigmas_type": "sigma_min"}
NO_CLIP = {"clip_sample": False}
COSINE = {"beta_schedule": "squaredcos_cap_v2"}
TRAINED = {"num_train_timesteps": 50, "trained_betas": [round(0.001 + 0.0012 * i, 6) for i in range(50)]}
DYNAMIC = {"thresholding": True, "dynamic_thresholding_ratio": 0.8, "sample_max_value": 3.0}

CASES = []


def case(name, scheduler, config, steps=SHORT, **options):
    for count in steps if isinstance(steps, tuple) else (steps,):
        CASES.append({"name": f"{name}-{count}", "scheduler": scheduler, "config": config, "steps": count, **options})


def list_cases():
    name = "DDPMScheduler"
    case("ddpm", name, SD | NO_CLIP, LONG)
    case("ddpm-v", name, SD | NO_CLIP | V | TRAILING)
    case("ddpm-sample", name, X0 | {"clip_sample_range": 0.5} | LINSPACE)
    case("ddpm-clip", name, {}, (5, 20))
    case("ddpm-large", name, SD | OFFSET | {"variance_type": "fixed_large"}, 20)
    case("ddpm-small-log", name, COSINE | {"variance_type": "fixed_small_log"}, 20)
    case("ddpm-dynamic", name, SD | DYNAMIC, 20)
    case("ddpm-zero-snr", name, SD | ZERO_SNR | NO_CLIP, 5)
    case("ddpm-image", name, SD | NO_CLIP, 20, strength=0.35)

    name = "DDIMScheduler"
    case("ddim", name, SD | NO_CLIP | OFFSET | {"set_alpha_to_one": False}, LONG)
    case("ddim-v", name, SD | NO_CLIP | V | LINSPACE)
    case("ddim-sample", name, NO_CLIP | X0 | TRAILING)
    case("ddim-clip", name, {"clip_sample_range": 1.5}, (5, 20))
    case("ddim-eta", name, SD | NO_CLIP, (5, 20), eta=0.7)
    case("ddim-eta-clip", name, COSINE, 20, eta=1.0)
    case("ddim-dynamic", name, COSINE | DYNAMIC, 20)
    case("ddim-zero-snr", name, SD | ZERO_SNR | NO_CLIP, (5, 20))
    case("ddim-trained", name, TRAINED | NO_CLIP, (5, 20))
    case("ddim-image", name, SD | NO_CLIP | OFFSET, 20, strength=0.6)

    name = "PNDMScheduler"
    plms = SD | {"skip_prk_steps": True}
    case("pndm", name, plms | {"steps_offset": 1}, LONG)
    case("pndm-v", name, plms | V | TRAILING)
    case("pndm-linspace", name, COSINE | LINSPACE | {"skip_prk_steps": True, "set_alpha_to_one": True})
    case("pndm-image", name, plms, 20, strength=0.5)
    case("pndm-prk", name, SD | {"steps_offset": 1}, (4, 5, 20))
    case("pndm-prk-v", name, SD | V, (5, 20))

    name = "LMSDiscreteScheduler"
    case("lms", name, SD, LONG)
    case("lms-v", name, SD | V | OFFSET)
    case("lms-sample", name, X0 | TRAILING)
    case("lms-karras", name, SD | KARRAS)
    case("lms-exponential", name, SD | EXPONENTIAL, 20)
    case("lms-beta", name, SD | BETA, 20)
    case("lms-image", name, SD, 20, strength=0.5)

    name = "EulerDiscreteScheduler"
    case("euler", name, SD, LONG)
    case("euler-v", name, SD | V | OFFSET)
    case("euler-sample", name, X0 | TRAILING)
    case("euler-karras", name, SD | KARRAS | OFFSET, (1, 5, 20))
    case("euler-exponential", name, SD | EXPONENTIAL)
    case("euler-beta", name, SD | BETA, (1, 5, 20))
    case("euler-log", name, SD | {"interpolation_type": "log_linear"})
    case("euler-sigma-min", name, SD | SIGMA_MIN)
    case("euler-bounds", name, SD | KARRAS | {"sigma_min": 0.05, "sigma_max": 20.0}, 5)
    case("euler-continuous", name, SD | V | KARRAS | {"timestep_type": "continuous", "sigma_min": 0.002,
                                                      "sigma_max": 700.0}, 5)
    case("euler-zero-snr", name, SD | ZERO_SNR, (5, 20))
    case("euler-cosine", name, COSINE | OFFSET, 20)
    case("euler-trained", name, TRAINED, 20)
    case("euler-image", name, SD | OFFSET, 20, strength=0.75)

    name = "EulerAncestralDiscreteScheduler"
    case("ancestral", name, SD, LONG)
    case("ancestral-v", name, SD | V | OFFSET)
    case("ancestral-trailing", name, TRAILING, 5)
    case("ancestral-zero-snr", name, SD | ZERO_SNR, 20)
    case("ancestral-image", name, SD, 20, strength=0.5)

    name = "HeunDiscreteScheduler"
    case("heun", name, SD, LONG)
    case("heun-v", name, SD | V | OFFSET)
    case("heun-sample", name, X0 | TRAILING, 5)
    case("heun-karras", name, SD | KARRAS, (1, 5, 20))
    case("heun-exponential", name, SD | EXPONENTIAL, 5)
    case("heun-beta", name, SD | BETA, 5)
    case("heun-clip", name, SD | {"clip_sample": True, "clip_sample_range": 2.0}, 20)
    case("heun-bounds", name, SD | KARRAS | {"sigma_min": 0.05, "sigma_max": 20.0}, 5)
    case("heun-image", name, SD, 20, strength=0.5)

    name = "DPMSolverMultistepScheduler"
    order1, order3 = {"solver_order": 1}, {"solver_order": 3}
    heun = {"solver_type": "heun"}
    plain = {"algorithm_type": "dpmsolver"} | SIGMA_MIN
    sde = {"algorithm_type": "sde-dpmsolver++"}
    sde_plain = {"algorithm_type": "sde-dpmsolver"} | SIGMA_MIN
    case("dpm", name, SD, LONG)
    case("dpm-v", name, SD | V | OFFSET)
    case("dpm-sample", name, X0 | TRAILING)
    case("dpm-1", name, SD | order1)
    case("dpm-3", name, SD | order3, LONG)
    case("dpm-heun", name, SD | heun)
    case("dpm-karras", name, SD | KARRAS, LONG)
    case("dpm-karras-cosine", name, COSINE | KARRAS, 5)
    case("dpm-exponential", name, SD | EXPONENTIAL, (5, 20))
    case("dpm-beta", name, SD | BETA, (5, 20))
    case("dpm-sigma-min", name, SD | SIGMA_MIN)
    case("dpm-sigma-min-3", name, SD | SIGMA_MIN | order3 | {"lower_order_final": False})
    case("dpm-euler-last", name, SD | SIGMA_MIN | {"euler_at_final": True}, 20)
    case("dpm-dynamic", name, SD | DYNAMIC, 20)
    case("dpm-clipped", name, COSINE | {"lambda_min_clipped": -5.1}, (5, 20))
    case("dpm-clipped-trailing", name, COSINE | TRAILING | {"lambda_min_clipped": -2.0}, 20)
    case("dpm-zero-snr", name, SD | ZERO_SNR, (5, 20))
    case("dpm-image", name, SD, 20, strength=0.5)
    case("dpm-bounds", name, SD | KARRAS | {"sigma_min": 0.05, "sigma_max": 20.0}, 5)
    case("dpm-noise", name, SD | plain)
    case("dpm-noise-heun", name, SD | plain | heun | V, 5)
    case("dpm-noise-3", name, SD | plain | order3 | X0, 20)
    case("dpm-noise-dynamic", name, SD | plain | DYNAMIC, 20)
    case("dpm-sde", name, SD | sde, LONG)
    case("dpm-sde-heun", name, SD | sde | heun | V, (5, 20))
    case("dpm-sde-3", name, SD | sde | order3 | KARRAS, 20)
    case("dpm-sde-noise", name, SD | sde_plain, 20)
    case("dpm-sde-noise-heun", name, SD | sde_plain | heun, 20)

    name = "UniPCMultistepScheduler"
    bh1 = {"solver_type": "bh1"} | SIGMA_MIN
    case("unipc", name, SD, LONG)
    case("unipc-v", name, SD | V | OFFSET)
    case("unipc-sample", name, X0 | TRAILING)
    case("unipc-1", name, SD | order1, 5)
    case("unipc-3", name, SD | order3, LONG)
    case("unipc-bh1", name, SD | bh1)
    case("unipc-bh1-3", name, SD | bh1 | order3, 20)
    case("unipc-noise", name, SD | SIGMA_MIN | {"predict_x0": False})
    case("unipc-noise-3", name, SD | V | SIGMA_MIN | order3 | {"predict_x0": False, "lower_order_final": False}, 20)
    case("unipc-karras", name, SD | KARRAS, (1, 5, 20))
    case("unipc-karras-min", name, SD | KARRAS | SIGMA_MIN | {"sigma_max": 10.0}, 5)
    case("unipc-exponential", name, SD | EXPONENTIAL, 5)
    case("unipc-beta", name, SD | BETA, 5)
    case("unipc-dynamic", name, SD | DYNAMIC, 20)
    case("unipc-uncorrected", name, SD | {"disable_corrector": [0, 1, 4]}, 20)
    case("unipc-zero-snr", name, SD | ZERO_SNR, 20)
    case("unipc-image", name, SD, 20, strength=0.5)

    name = "LCMScheduler"
    case("lcm", name, {}, (1, 2, 4, 5, 20, 50))
    case("lcm-v", name, V, 4)
    case("lcm-sample", name, X0 | COSINE | {"timestep_scaling": 2.0}, 4)
    case("lcm-clip", name, {"clip_sample": True}, 4)
    case("lcm-dynamic", name, DYNAMIC, 4)
    case("lcm-original", name, {"original_inference_steps": 100}, 8)
    case("lcm-image", name, {}, 8, strength=0.5)

    # Every kind of prediction that a scheduler knows in every number of steps, where it is not above.
    for short, name, config, kinds in (
            ("ddpm", "DDPMScheduler", SD | NO_CLIP, (V, X0)), ("ddim", "DDIMScheduler", SD | NO_CLIP, (V, X0)), ("pndm", "PNDMScheduler", plms, (V,)),
            ("lms", "LMSDiscreteScheduler", SD, (V, X0)), ("euler", "EulerDiscreteScheduler", SD, (V, X0)),
            ("ancestral", "EulerAncestralDiscreteScheduler", SD, (V,)), ("heun", "HeunDiscreteScheduler", SD, (V, X0)),
            ("dpm", "DPMSolverMultistepScheduler", SD, (V, X0)), ("unipc", "UniPCMultistepScheduler", SD, (V, X0)), ("lcm", "LCMScheduler", SD, (V, X0))):
        for kind in kinds:
            there = {one["steps"] for one in CASES if one["scheduler"] == name and kind.items() <= one["config"].items()}
            case(f"{short}-all-{kind['prediction_type']}", name, config | kind, tuple(steps for steps in LONG if steps not in there))

    # Files of one class, read as another.
    pndm = plms | {"_class_name": "PNDMScheduler", "set_alpha_to_one": False, "steps_offset": 1, "clip_sample": False}
    case("pndm-as-ddim", "DDIMScheduler", pndm, 5)
    case("pndm-as-dpm", "DPMSolverMultistepScheduler", pndm, 5)
    bounded = SD | KARRAS | {"_class_name": "EulerDiscreteScheduler", "sigma_min": 0.1, "sigma_max": 9.0}
    case("euler-as-heun", "HeunDiscreteScheduler", bounded, 5)
    case("dpm-as-unipc", "UniPCMultistepScheduler", SD | heun | {"_class_name": "DPMSolverMultistepScheduler"}, 5)


def run(one):
    scheduler = getattr(diffusers, one["scheduler"])
    scheduler = scheduler.from_config({"_class_name": one["scheduler"]} | one["config"])
    scheduler.set_timesteps(one["steps"])
    strength = one.get("strength", 0)
    start = one["steps"] - min(int(one["steps"] * strength), one["steps"]) if strength else 0
    timesteps = scheduler.timesteps[start * scheduler.order :]
    # Always, as some timesteps repeat: the first step would otherwise be looked up by its value.
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(start * scheduler.order)
    latents, image, bias = (torch.from_numpy(each).reshape(SHAPE) for each in (LATENTS, IMAGE, BIAS))
    first = numpy.zeros(9)
    first[0] = float(scheduler.init_noise_sigma)
    sample = latents * scheduler.init_noise_sigma
    if strength:
        sample = scheduler.add_noise(image, latents, timesteps[:1])
        one_, none = torch.ones(1, 1), torch.zeros(1, 1)
        first[1:3] = [float(scheduler.add_noise(*pair, timesteps[:1])) for pair in ((one_, none), (none, one_))]
    call = 0

    def draw(shape, **_):
        return torch.from_numpy(NOISE[call]).reshape(shape)

    module = sys.modules[type(scheduler).__module__]
    if hasattr(module, "randn_tensor"):
        module.randn_tensor = draw
    rows = [first]
    for call, timestep in enumerate(timesteps):
        seen = scheduler.scale_model_input(sample, timestep)
        output = 0.3 * seen * torch.cos(timestep.double() / 1000).float() + bias
        extra = {"eta": one["eta"]} if "eta" in one else {}
        sample = scheduler.step(output, timestep, sample, **extra).prev_sample
        assert sample.dtype == torch.float32 and sample.isfinite().all(), one
        rows.append(numpy.append(timestep, sample.flatten()))
    return numpy.stack(rows).astype(numpy.float32)


def main():
    list_cases()
    folder = pathlib.Path(__file__).parent
    arrays = {"latents": LATENTS, "image": IMAGE, "bias": BIAS, "noise": NOISE}
    for one in CASES:
        arrays[one["name"]] = run(one)
    numpy.savez_compressed(folder / "expected.npz", **arrays)
    lines = ",\n".join(json.dumps(one) for one in CASES)
    (folder / "cases.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
