#!/usr/bin/env python3
"""A Stable Diffusion pipeline beside the same loop over its peers.

    compare.py MODELS [--tenon build/bin/tenon-run] [--peers ort,openvino,diffusers] [--steps 20] [--threads 2] [--rounds 3]

MODELS is where `../shared/peers/gen.py sd-unet-step clip-text vae-decode --out MODELS` has written the networks, as ONNX
and as folders. All draw the same image, 512 x 512 pixels with guidance, from the same noise by PNDM: Tenon from a folder
put together of them, ONNX Runtime and OpenVINO in diffusers' loop (its scheduler; text encoder, network and decoder are
theirs), diffusers itself on PyTorch. They take turns, each in a process of its own; loading and compiling do not count.
Prints medians in s from the texts to the image, the most memory of each process in MB, and how far images are apart.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
TINY = ROOT / "test/Inputs/models/diffusion/sd-1/model"
PROMPTS = ["", "a lighthouse at dusk"]
GUIDANCE = 7.5


def assemble(models, folder):
    """A pipeline's folder: the networks of MODELS, tokenizer and scheduler of a test's."""
    for part in ("tokenizer", "scheduler"):
        shutil.copytree(TINY / part, folder / part)
    shutil.copy(TINY / "model_index.json", folder)
    for part, source in (("text_encoder", "clip-text"), ("unet", "sd-unet"), ("vae", "sd-vae")):
        (folder / part).symlink_to(models / "hf" / source)


def token_ids(folder):
    from transformers import CLIPTokenizer
    tokenizer = CLIPTokenizer.from_pretrained(folder / "tokenizer")
    return tokenizer(PROMPTS, padding="max_length", max_length=77, truncation=True, return_tensors="np").input_ids.astype(np.int64)


def sessions(peer, models, threads):
    """Text encoder, network and decoder as functions of arrays, in the order of their inputs."""
    paths = [models / name / "model.onnx" for name in ("clip-text", "sd-unet-step", "vae-decode")]
    if peer == "ort":
        import onnxruntime as ort
        options = ort.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1

        def load(path):
            session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
            names = [entry.name for entry in session.get_inputs()]
            return lambda *arrays: session.run(None, dict(zip(names, arrays)))[0]
    else:
        import openvino as ov
        core = ov.Core()

        def load(path):
            compiled = core.compile_model(str(path), "CPU", {"INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": "f32"})
            request = compiled.create_infer_request()
            return lambda *arrays: request.infer(list(arrays), share_inputs=True)[compiled.output(0)].copy()
    return [load(path) for path in paths]


def loop_over(peer, models, folder, noise, steps, threads):
    """Draws the image [3, height, width]."""
    import torch
    from diffusers import PNDMScheduler
    torch.set_num_threads(threads)
    if peer == "diffusers":
        from diffusers import StableDiffusionPipeline
        pipeline = StableDiffusionPipeline.from_pretrained(folder)
        pipeline.set_progress_bar_config(disable=True)

        def draw():
            return pipeline(PROMPTS[1], negative_prompt=PROMPTS[0], num_inference_steps=steps, guidance_scale=GUIDANCE,
                            latents=torch.from_numpy(noise), output_type="np").images[0].transpose(2, 0, 1)
        return draw
    text, network, decoder = sessions(peer, models, threads)
    ids = token_ids(folder)
    scheduler = PNDMScheduler.from_pretrained(folder / "scheduler")
    scale = json.loads((folder / "vae/config.json").read_text())["scaling_factor"]

    def draw():
        states = np.concatenate([text(ids[i:i + 1]) for i in range(2)])
        scheduler.set_timesteps(steps)
        latents = torch.from_numpy(noise)
        for t in scheduler.timesteps:
            both = np.concatenate([latents.numpy()] * 2)
            empty, full = network(both, np.array([int(t)], np.int64), states)
            guided = torch.from_numpy(empty + GUIDANCE * (full - empty))[None]
            latents = scheduler.step(guided, t, latents).prev_sample
        return np.clip(decoder(latents.numpy() / np.float32(scale))[0] / 2 + 0.5, 0, 1)
    return draw


def peak_megabytes():
    return int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path("/proc/self/status").read_text())[1]) // 1024


def work(arguments):
    """A peer's process: draws an image for each line it is sent."""
    folder = pathlib.Path(arguments.folder)
    draw = loop_over(arguments.worker, pathlib.Path(arguments.models), folder, np.load(folder / "noise.npy"), arguments.steps,
                     arguments.threads)
    for _ in sys.stdin:
        start = time.perf_counter()
        image = draw()
        seconds = time.perf_counter() - start
        np.save(folder / f"{arguments.worker}.npy", image)
        print(json.dumps({"seconds": seconds, "peak": peak_megabytes()}), flush=True)


def draw_by_tenon(arguments, folder):
    command = [arguments.tenon, folder, "--prompt", PROMPTS[1], "--negative-prompt", PROMPTS[0], "--steps", arguments.steps,
               "--guidance", GUIDANCE, "--latents", folder / "noise.npz", "--threads", arguments.threads, "-o", folder / "tenon.png"]
    process = subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE, text=True)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    took = re.search(r"text ([\d.]+) s, before the loop ([\d.]+) s, (\d+) calls of ([\d.]+) s, image ([\d.]+) s", errors)
    if status or not took:
        sys.exit(errors)
    text, begin, calls, call, decode = map(float, took.groups())
    return {"seconds": text + begin + calls * call + decode, "peak": usage.ru_maxrss // 1024}


def start(peer, arguments, folder):
    command = [sys.executable, __file__, arguments.models, "--worker", peer, "--folder", folder, "--steps", arguments.steps,
               "--threads", arguments.threads]
    return subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ask(process):
    process.stdin.write("\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        sys.exit("a peer ended")
    return json.loads(line)


def compare(arguments, folder):
    assemble(pathlib.Path(arguments.models).resolve(), folder)
    noise = np.random.default_rng(1).standard_normal((1, 4, 64, 64), dtype=np.float32)
    np.save(folder / "noise.npy", noise)
    np.savez(folder / "noise.npz", noise=noise)
    peers = [peer for peer in arguments.peers.split(",") if peer]
    workers = {peer: start(peer, arguments, folder) for peer in peers}
    draw_by_tenon(arguments, folder)  # kernels come from the cache then
    results = {name: [] for name in ["tenon"] + peers}
    for _ in range(arguments.rounds):
        results["tenon"].append(draw_by_tenon(arguments, folder))
        for peer, worker in workers.items():
            results[peer].append(ask(worker))
    for worker in workers.values():
        worker.stdin.close()
        worker.wait()
    from PIL import Image
    own = np.asarray(Image.open(folder / "tenon.png"), np.float32).transpose(2, 0, 1)
    times = {name: statistics.median(entry["seconds"] for entry in entries) for name, entries in results.items()}
    for name, entries in results.items():
        apart = "" if name == "tenon" else f"{np.abs(np.round(np.load(folder / f'{name}.npy') * 255) - own).max():.0f} of 255 apart"
        print(f"{name:10} {times[name]:7.2f} s {times[name] / times['tenon']:5.2f} {max(entry['peak'] for entry in entries):6} MB  {apart}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models")
    parser.add_argument("--tenon", default=ROOT / "build/bin/tenon-run")
    parser.add_argument("--peers", default="ort,openvino,diffusers")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        return work(arguments)
    with tempfile.TemporaryDirectory() as folder:
        compare(arguments, pathlib.Path(folder))


if __name__ == "__main__":
    main()
