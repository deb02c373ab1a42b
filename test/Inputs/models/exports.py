"""What PyTorch's two exporters make of common layers: the input of raising.

The expected results are PyTorch's own.
"""
import io
import warnings

import numpy as np
import onnx
import torch
from torch import nn
from torch.nn import functional as F

MODELS = {}
warnings.filterwarnings("ignore")


class RMSNorm(nn.Module):
    """As LLaMA's code has it."""

    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(size) + 0.5)

    def forward(self, x):
        return self.weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6))


class EagerAttention(nn.Module):
    """Multi-head attention spelled out, with an additive mask."""

    def __init__(self, size=16, heads=4):
        super().__init__()
        self.heads, self.head = heads, size // heads
        self.q, self.k, self.v, self.o = (nn.Linear(size, size) for _ in range(4))

    def forward(self, x, mask):
        b, n, c = x.shape
        split = lambda t: t.view(b, n, self.heads, self.head).transpose(1, 2)
        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        s = q @ k.transpose(-1, -2) / self.head ** 0.5 + (1.0 - mask[:, None, None, :]) * -10000.0
        return self.o((s.softmax(-1) @ v).transpose(1, 2).reshape(b, n, c))


class FusedAttention(nn.Module):
    """One projection for q, k and v, then scaled_dot_product_attention."""

    def __init__(self, causal, size=16, heads=4):
        super().__init__()
        self.causal, self.heads = causal, heads
        self.qkv, self.o = nn.Linear(size, 3 * size, bias=False), nn.Linear(size, size)

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=self.causal)
        return self.o(y.transpose(1, 2).reshape(b, n, c))


class MaskedAttention(nn.Module):
    def forward(self, q, k, v, mask):
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask)


class GroupedRotaryAttention(nn.Module):
    """LLaMA's: four query heads over two key heads, half-split rotation, causal."""

    def __init__(self, size=32, heads=4, kv_heads=2):
        super().__init__()
        self.heads, self.kv_heads, self.head = heads, kv_heads, size // heads
        self.q, self.o = nn.Linear(size, size, bias=False), nn.Linear(size, size, bias=False)
        self.k, self.v = (nn.Linear(size, kv_heads * self.head, bias=False) for _ in range(2))

    def forward(self, x):
        b, n, _ = x.shape
        angle = torch.arange(n)[:, None] * 10000.0 ** (-torch.arange(0, self.head, 2) / self.head)
        cos, sin = torch.cat([angle, angle], -1).cos(), torch.cat([angle, angle], -1).sin()

        def turn(t):
            left, right = t.chunk(2, -1)
            return t * cos + torch.cat([-right, left], -1) * sin

        split = lambda t, h: t.view(b, n, h, self.head).transpose(1, 2)
        repeat = lambda t: t[:, :, None].expand(b, self.kv_heads, 2, n, self.head).reshape(b, self.heads, n, self.head)
        q, k, v = split(self.q(x), self.heads), split(self.k(x), self.kv_heads), split(self.v(x), self.kv_heads)
        s = turn(q) @ repeat(turn(k)).transpose(2, 3) * self.head ** -0.5
        s = s + torch.full((n, n), torch.finfo(torch.float32).min).triu(1)
        p = s.softmax(-1, dtype=torch.float32).to(q.dtype)
        return self.o((p @ repeat(v)).transpose(1, 2).reshape(b, n, -1))


class SwiGLU(nn.Module):
    def __init__(self, size=8):
        super().__init__()
        self.gate, self.up, self.down = nn.Linear(size, 12, bias=False), nn.Linear(size, 12, bias=False), nn.Linear(12, size, bias=False)

    def forward(self, x):
        return self.down(F.silu(self.gate(x)) * self.up(x))


class LoraLinear(nn.Module):
    def __init__(self):
        super().__init__()
        self.base, self.a, self.b = nn.Linear(16, 12), nn.Linear(16, 2, bias=False), nn.Linear(2, 12, bias=False)

    def forward(self, x):
        return self.base(x) + self.b(self.a(x)) * 2.5


class Residual(nn.Module):
    """A Stable Diffusion residual block: group norms, SiLU, a timestep, a 1x1 shortcut."""

    def __init__(self):
        super().__init__()
        self.n1, self.n2 = nn.GroupNorm(2, 4), nn.GroupNorm(2, 6)
        self.c1, self.c2, self.short = nn.Conv2d(4, 6, 3, padding=1), nn.Conv2d(6, 6, 3, padding=1), nn.Conv2d(4, 6, 1)
        self.time = nn.Linear(5, 6)

    def forward(self, x, t):
        h = self.c1(F.silu(self.n1(x))) + self.time(F.silu(t))[:, :, None, None]
        return self.short(x) + self.c2(F.silu(self.n2(h)))


class Upsampling(nn.Module):
    def forward(self, x):
        up = lambda **k: F.interpolate(x, **k)
        return (up(scale_factor=2, mode="nearest"), up(scale_factor=2, mode="bilinear", align_corners=False),
                up(size=(7, 9), mode="bilinear", align_corners=True), up(scale_factor=1.5, mode="bicubic", align_corners=False),
                F.pixel_shuffle(x, 2), F.pixel_unshuffle(x, 2))


class Decoder(nn.Module):
    """Transposed convolutions, max-pooling, batch norm."""

    def __init__(self):
        super().__init__()
        self.up1, self.norm = nn.ConvTranspose2d(4, 3, 4, stride=2, padding=1), nn.BatchNorm2d(3)
        self.up2 = nn.ConvTranspose2d(3, 2, 3, stride=2, padding=1, output_padding=1, bias=False)

    def forward(self, x):
        return F.max_pool2d(self.up2(F.relu(self.norm(self.up1(x)))), 3, 2, 1)


class UNet(nn.Module):
    """Two levels down and up, with skips; the size may be odd (SEMANTICS D16)."""

    def __init__(self, align_corners):
        super().__init__()
        self.align = align_corners
        double = lambda i, o: nn.Sequential(nn.Conv2d(i, o, 3, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU(),
                                            nn.Conv2d(o, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU())
        self.d0, self.d1, self.d2 = double(3, 4), double(4, 8), double(8, 8)
        self.u1, self.u0, self.head = double(16, 4), double(8, 4), nn.Conv2d(4, 2, 1)

    def forward(self, x):
        a = self.d0(x)
        b = self.d1(F.max_pool2d(a, 2))
        c = self.d2(F.max_pool2d(b, 2))
        up = lambda t, like: F.interpolate(t, size=like.shape[2:], mode="bilinear", align_corners=self.align)
        c = self.u1(torch.cat([b, up(c, b)], 1))
        return self.head(self.u0(torch.cat([a, up(c, a)], 1)))


class Shared(nn.Module):
    """Two equal blocks of their own weights: equal kernels are one."""

    def __init__(self):
        super().__init__()
        block = lambda: nn.TransformerEncoderLayer(16, 4, 24, activation="gelu", batch_first=True, norm_first=True)
        self.blocks = nn.ModuleList([block(), block()])

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x


def proto(module, args, exporter, opset, dynamic):
    names = [f"x{i}" for i in range(len(args))]
    if exporter == "dynamo":
        shapes = tuple({0: torch.export.Dim("batch", min=1, max=64)} if dynamic else None for _ in args)
        made = torch.onnx.export(module, args, dynamo=True, opset_version=opset, input_names=names, verbose=False,
                                 dynamic_shapes=shapes if dynamic else None).model_proto
    else:
        out = io.BytesIO()
        torch.onnx.export(module, args, out, dynamo=False, opset_version=opset, input_names=names,
                          dynamic_axes={n: {0: "batch"} for n in names} if dynamic else None)
        made = onnx.load_from_string(out.getvalue())
    del made.metadata_props[:]
    for node in [*made.graph.node, *made.graph.value_info, made.graph, *made.graph.input, *made.graph.output]:
        node.doc_string = ""
        del node.metadata_props[:]
    return made


def export(name, build, shapes, exporters, dynamic=False, positive=()):
    for exporter, opset in exporters:
        def make(folder, exporter=exporter, opset=opset):
            torch.manual_seed(20260101)
            module = build().eval()
            for buffer, value in module.named_buffers():
                if buffer.endswith(("running_mean", "running_var")):
                    value.copy_(torch.rand_like(value) + (0.5 if buffer.endswith("var") else -0.5))
            draw = lambda i, s: (torch.rand(s) > 0.4) if i in positive else torch.randn(s)
            args = tuple(draw(i, s) for i, s in enumerate(shapes))
            made = proto(module, args, exporter, opset, dynamic)
            folder.save(made)
            names = [o.name for o in made.graph.output]
            wanted = [args] + ([tuple(torch.cat([a, a.flip(0)]) for a in args)] if dynamic else [])
            for feeds in wanted:
                with torch.no_grad():
                    out = module(*feeds)
                out = out if isinstance(out, tuple) else (out,)
                assert all(o.std() > 0.02 for o in out), "the results hardly differ from a constant"
                folder.case({f"x{i}": a.numpy() for i, a in enumerate(feeds)},
                            dict(zip(names, (np.ascontiguousarray(o) for o in out))))
        MODELS[f"export-{name}-{exporter}-{opset}"] = make


BOTH = (("dynamo", 18), ("script", 17))
OLD = (*BOTH, ("script", 11))
MASK = ((2, 1, 5, 5),)

export("linear", lambda: nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 3, bias=False)), [(2, 3, 6)], OLD, True)
export("layer-norm", lambda: nn.LayerNorm(8), [(2, 3, 8)], OLD, True)
export("rms-norm", lambda: RMSNorm(8), [(2, 3, 8)], BOTH)
export("group-norm", lambda: nn.GroupNorm(2, 4), [(2, 4, 3, 3)], BOTH)
export("gelu-erf", nn.GELU, [(3, 5)], (*OLD, ("dynamo", 20)))
export("gelu-tanh", lambda: nn.GELU(approximate="tanh"), [(3, 5)], (*OLD, ("dynamo", 20)))
export("silu", nn.SiLU, [(3, 5)], BOTH)
export("hard-swish", lambda: nn.Sequential(nn.Hardswish(), nn.Mish(), nn.ELU()), [(3, 5)], BOTH)
export("swiglu", SwiGLU, [(2, 3, 8)], BOTH)
export("lora", LoraLinear, [(2, 3, 16)], BOTH)
export("attention-eager", EagerAttention, [(2, 5, 16), (2, 5)], OLD, True)
export("attention-sdpa", lambda: FusedAttention(False), [(2, 5, 16)], (*BOTH, ("dynamo", 23)))
export("attention-causal", lambda: FusedAttention(True), [(2, 5, 16)], (*BOTH, ("dynamo", 23)))
export("attention-mask", MaskedAttention, [(2, 2, 5, 4)] * 3 + [*MASK], (*BOTH, ("dynamo", 23)), positive=(3,))
export("attention-rotary", GroupedRotaryAttention, [(2, 5, 32)], BOTH)
export("residual-block", Residual, [(2, 4, 6, 6), (2, 5)], BOTH)
export("upsampling", Upsampling, [(1, 4, 4, 6)], BOTH)
export("decoder", Decoder, [(2, 4, 5, 6)], (*BOTH, ("script", 9)))
export("unet-half-pixel", lambda: UNet(False), [(1, 3, 18, 21)], BOTH)
export("unet-align-corners", lambda: UNet(True), [(1, 3, 18, 21)], BOTH, True)
export("encoder-layers", Shared, [(2, 5, 16)], BOTH)
