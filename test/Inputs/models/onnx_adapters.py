"""Small networks, PyTorch's exports of them, and adapters as PEFT writes them.

  python onnx_adapters.py

The expected outputs are those of PEFT's own model. What PEFT 0.21 refuses or has no layer for (dilated, grouped and transposed
convolutions merged) is computed by the direct formula dW = s B A of the kernels. Quantized bases are computed by PEFT with the
weights that the integers stand for. peft 0.21, torch 2.15, onnx 1.23, onnxruntime 1.32. `adapters/onnx-*` hold `script.onnx`
and `dynamo.onnx`, the two exporters', or `model.onnx`, and the adapter and the data.
"""
import copy
import json
import pathlib
import shutil

import numpy as np
import onnx
import peft
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from safetensors.torch import load_file, save_file

HERE = pathlib.Path(__file__).resolve().parent / "adapters"


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = torch.nn.Embedding(20, 16)
        self.conv = torch.nn.Conv1d(16, 32, 3, padding=1)
        self.mix = torch.nn.Conv1d(32, 32, 1)
        self.proj = torch.nn.Linear(32, 32)
        self.square = torch.nn.Linear(32, 32, bias=False)
        self.head = torch.nn.Linear(32, 7)

    def forward(self, ids):
        x = torch.relu(self.conv(self.embed(ids).transpose(1, 2)))
        x = torch.relu(self.proj(torch.tanh(self.mix(x)).transpose(1, 2)))
        x = x + self.square(x)
        return self.head(x[:, 0])


class Grouped(torch.nn.Module):
    """Convolutions of several groups, whose factors PEFT spreads over all of them."""

    def __init__(self):
        super().__init__()
        self.first = torch.nn.Conv2d(8, 8, 3, padding=1, groups=2)
        self.second = torch.nn.Conv2d(8, 12, 3, stride=2, padding=1)
        self.third = torch.nn.Conv2d(12, 12, 3, padding=1, groups=4)

    def forward(self, x):
        return self.third(torch.relu(self.second(torch.relu(self.first(x)))))


class Mixed(torch.nn.Module):
    """What LoHa and LoKr have factors for: kernels, points and matrices."""

    def __init__(self):
        super().__init__()
        self.kernel = torch.nn.Conv2d(6, 8, 3, padding=1)
        self.point = torch.nn.Conv2d(8, 12, 1)
        self.line = torch.nn.Conv1d(12, 10, 3)
        self.head = torch.nn.Linear(10, 32)

    def forward(self, x):
        x = torch.tanh(self.point(torch.tanh(self.kernel(x)))).flatten(2)
        return self.head(torch.tanh(self.line(x)).transpose(1, 2)[:, ::8])


class Kernels(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.dilated = torch.nn.Conv2d(4, 8, 3, padding=2, dilation=2)
        self.grouped = torch.nn.Conv2d(8, 8, 3, stride=2, padding=1, groups=2)
        self.back = torch.nn.ConvTranspose2d(8, 6, 4, stride=2, padding=1)

    def forward(self, x):
        return self.back(torch.relu(self.grouped(torch.relu(self.dilated(x)))))


def folder(name):
    path = HERE / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def export(net, inputs, path):
    for exporter, opset in (("script", 17), ("dynamo", 18)):
        torch.onnx.export(net, tuple(inputs.values()), path / f"{exporter}.onnx", dynamo=exporter == "dynamo", input_names=list(inputs),
                          output_names=["out"], opset_version=opset, external_data=False, verbose=False)


def adapt(net, seed, targets, **settings):
    torch.manual_seed(seed)
    config = peft.LoraConfig(r=4, lora_alpha=8, target_modules=targets, **settings)
    model = peft.get_peft_model(copy.deepcopy(net), config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_magnitude" in name:
                parameter.mul_(1 + 0.2 * torch.randn(parameter.shape))
            elif "lora_" in name:
                parameter.copy_(0.3 * torch.randn(parameter.shape))
            elif parameter.requires_grad:
                parameter.add_(0.1 * torch.randn(parameter.shape))
    return model


def write(path, model, inputs):
    with torch.no_grad():
        out = model(*inputs.values())
    np.savez(path / "inputs.npz", **{name: value.numpy() for name, value in inputs.items()})
    np.savez(path / "expected.npz", out=out.numpy())


def by_peft(name, net, inputs, targets, **settings):
    path = folder(name)
    export(net, inputs, path)
    model = adapt(net, len(name), targets, **settings)
    model.save_pretrained(path / "adapter")
    (path / "adapter/README.md").unlink()
    write(path, model, inputs)


def by_lycoris(name, net, inputs, cases):
    """One network with several adapters: `CASE/` and, of the whole, `CASE.npz`."""
    path = folder(name)
    export(net, inputs, path)
    (path / "dynamo.onnx").unlink()
    for case, config in cases.items():
        torch.manual_seed(len(case))
        model = peft.get_peft_model(copy.deepcopy(net), config).eval()
        with torch.no_grad():
            for parameter in model.parameters():
                if parameter.requires_grad:
                    parameter.copy_(0.5 * torch.randn(parameter.shape))
        model.save_pretrained(path / case)
        (path / case / "README.md").unlink()
        write(path, model, inputs)
        (path / "expected.npz").rename(path / f"{case}.npz")


def by_row(name, base):
    """Of `base`'s network a batch whose rows have adapters of other ranks and modules, or none, by PEFT's mixed batches."""
    path = folder(name)
    torch.manual_seed(5)
    names, settings = ["first", "second"], [dict(r=4, target_modules=["proj", "square"]), dict(r=2, target_modules=["square", "head"])]
    model = peft.get_peft_model(copy.deepcopy(base), peft.LoraConfig(lora_alpha=8, **settings[0]), adapter_name=names[0])
    model.add_adapter(names[1], peft.LoraConfig(lora_alpha=8, **settings[1]))
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            if "lora_" in key:
                parameter.copy_(0.3 * torch.randn(parameter.shape))
    model.eval().save_pretrained(path)
    (path / "README.md").unlink()
    rows = [1, -1, 0, 1, 7]
    ids = torch.randint(0, 20, (len(rows), 5))
    with torch.no_grad():
        out = model(ids, adapter_names=["__base__" if not 0 <= row < 2 else names[row] for row in rows])
    np.savez(path / "inputs.npz", ids=ids.numpy(), adapters=np.array(rows))
    np.savez(path / "expected.npz", out=out.numpy())
    torch.onnx.export(base, (ids,), path / "script.onnx", dynamo=False, input_names=["ids"], output_names=["out"], opset_version=17,
                      dynamic_axes={"ids": {0: "batch"}}, verbose=False)
    # What cannot go by rows: an input of that name, and none with a first axis.
    for case, shape in (("adapters", [2]), ("scalar", [])):
        ports = [helper.make_tensor_value_info(each, TensorProto.FLOAT, shape) for each in (case, "y")]
        graph = helper.make_graph([helper.make_node("Identity", [case], ["y"])], case, ports[:1], ports[1:])
        onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path / f"{case}.onnx")


def by_formula(name, net, inputs):
    """Factors of each group's own channels, and of a transposed convolution [in, rank, k, k] and [out, rank, 1, 1]."""
    path = folder(name)
    export(net, inputs, path)
    (path / "adapter").mkdir()
    rank, scale, tensors = 3, 2.0, {}
    merged = copy.deepcopy(net)
    torch.manual_seed(len(name))
    for module, layer in merged.named_children():
        weight = layer.weight
        is_transposed = isinstance(layer, torch.nn.ConvTranspose2d)
        a_shape = (weight.shape[0], rank) if is_transposed else (rank, weight.shape[1])
        a = 0.3 * torch.randn(*a_shape, *weight.shape[2:])
        b = 0.3 * torch.randn(weight.shape[1 if is_transposed else 0], rank, 1, 1)
        delta = torch.einsum("or,irhw->iohw" if is_transposed else "or,rihw->oihw", b[:, :, 0, 0], a)
        with torch.no_grad():
            weight.add_(scale * delta)
        tensors[f"base_model.model.{module}.lora_A.weight"] = a
        tensors[f"base_model.model.{module}.lora_B.weight"] = b
    save_file(tensors, path / "adapter/adapter_model.safetensors")
    config = {"peft_type": "LORA", "r": rank, "lora_alpha": scale * rank, "target_modules": list(dict(net.named_children()))}
    (path / "adapter/adapter_config.json").write_text(json.dumps(config, indent=2))
    write(path, merged, inputs)


def quantized(name, net, inputs, quantize):
    """`quantize` gives the model and, by module, the weight [out, in] that its integers stand for."""
    path = folder(name)
    export(net, inputs, path)
    model, weights = quantize(onnx.load(path / "script.onnx"))
    for exporter in ("script", "dynamo"):
        (path / f"{exporter}.onnx").unlink()
    onnx.save(model, path / "model.onnx")
    base = copy.deepcopy(net)
    with torch.no_grad():
        for module, weight in weights.items():
            base.get_submodule(module).weight.copy_(torch.from_numpy(weight))
    adapted = adapt(base, len(name), list(weights))
    adapted.save_pretrained(path / "adapter")
    (path / "adapter/README.md").unlink()
    write(path, adapted, inputs)


def products(model):
    """The MatMuls by a weight: module, node, weight's initializer."""
    initializers = {each.name: each for each in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in initializers:
            yield node.name.split("/")[1], node, initializers[node.input[1]]


def to_int8(model):
    """Weights of 8 bits behind a DequantizeLinear, a scale for each column."""
    weights = {}
    for module, node, initializer in list(products(model)):
        w = numpy_helper.to_array(initializer)
        scale = (np.abs(w).max(axis=0) / 127).astype(np.float32)
        q = np.clip(np.rint(w / scale), -127, 127).astype(np.int8)
        weights[module] = (q.astype(np.float32) * scale).T
        model.graph.initializer.remove(initializer)
        model.graph.initializer.extend([numpy_helper.from_array(q, f"{module}.weight_quantized"),
                                        numpy_helper.from_array(scale, f"{module}.weight_scale")])
        node.input[1] = f"{module}.weight_wide"
        place = list(model.graph.node).index(node)
        model.graph.node.insert(place, helper.make_node(
            "DequantizeLinear", [f"{module}.weight_quantized", f"{module}.weight_scale"], [node.input[1]], axis=1))
    return model, weights


def to_int4(model):
    """com.microsoft.MatMulNBits of 4 bits, as ONNX Runtime's quantizer writes it."""
    names = {initializer.name: module for module, _, initializer in products(model)}
    quantizer = MatMulNBitsQuantizer(model, block_size=16, is_symmetric=True)
    quantizer.process()
    packed = {each.name: numpy_helper.to_array(each) for each in quantizer.model.model.graph.initializer}
    weights = {}
    for name, module in names.items():
        b = next(value for key, value in packed.items() if key.startswith(name) and value.dtype == np.uint8)
        scale = next(value for key, value in packed.items() if key.startswith(name) and value.dtype == np.float32)
        q = np.stack([b & 15, b >> 4], axis=-1).reshape(b.shape[0], b.shape[1], -1).astype(np.float32) - 8
        weights[module] = (q * scale.reshape(b.shape[0], -1, 1)).reshape(b.shape[0], -1)
    return quantizer.model.model, weights


if __name__ == "__main__":
    torch.manual_seed(2026)
    net = Net().eval()
    ids = {"ids": torch.randint(0, 20, (2, 5))}
    by_peft("onnx-net", net, ids, ["embed", "conv", "mix", "proj", "square", "head"])
    by_peft("onnx-saved", net, ids, ["conv", "proj"], modules_to_save=["head"], bias="all")
    by_peft("onnx-dora", net, ids, ["conv", "mix", "proj", "square"], use_dora=True)
    by_peft("onnx-grouped", Grouped().eval(), {"x": torch.randn(2, 8, 9, 9)}, ["first", "second", "third"])
    by_row("onnx-by-row", net)
    targets = ["kernel", "point", "line", "head"]
    by_lycoris("onnx-lycoris", Mixed().eval(), {"x": torch.randn(2, 6, 7, 7)}, {
        "loha": peft.LoHaConfig(r=3, alpha=6, target_modules=targets),
        "loha-core": peft.LoHaConfig(r=3, alpha=6, target_modules=targets, use_effective_conv2d=True),
        "lokr": peft.LoKrConfig(r=1, alpha=2, target_modules=targets),
        "lokr-core": peft.LoKrConfig(r=2, alpha=2, target_modules=targets, use_effective_conv2d=True)})
    by_formula("onnx-kernels", Kernels().eval(), {"x": torch.randn(2, 4, 9, 9)})
    quantized("onnx-int8", net, ids, to_int8)
    quantized("onnx-int4", net, ids, to_int4)
