"""Weights of 4 and 8 bits as ONNX Runtime's exporters pack them (com.microsoft::MatMulNBits). The expected results are
the formula in float64; ONNX Runtime's own are compared where it runs the node."""
import numpy as np

from text import model, rng, values

MODELS = {}
DOMAIN = ', "com.microsoft" : 1'


def packed(q, bits):
    """Rows of numbers to bytes; of 4 bits the first in the lower half."""
    if bits == 8:
        return q.astype(np.uint8)
    if q.shape[-1] % 2:
        q = np.concatenate([q, np.zeros(q.shape[:-1] + (1,), q.dtype)], -1)
    return (q[..., 0::2] | q[..., 1::2] << 4).astype(np.uint8)


def add(name, lead, inputs, outputs, block, bits=4, zeros="packed", bias=False, element="float"):
    def make(folder):
        r = rng(name)
        dtype = np.float16 if element == "float16" else np.float32
        blocks = -(-inputs // block)
        q = r.integers(0, 2 ** bits, (outputs, blocks, block))
        scale = (r.random((outputs, blocks)) / 2 ** bits / inputs ** 0.5).astype(dtype)
        z = np.full((outputs, blocks), 2 ** (bits - 1))
        weights = {"b": packed(q, bits).reshape(outputs, blocks, -1), "scales": scale.reshape(-1)}
        operands = "a, b, scales"
        if zeros == "packed":
            z = r.integers(0, 2 ** bits, (outputs, blocks))
            weights["zeros"] = packed(z, bits).reshape(-1)
        elif zeros == "floats":
            z = (r.random((outputs, blocks)) * 2 ** bits).astype(dtype)
            weights["zeros"] = z.reshape(-1)
        if zeros:
            operands += ", zeros"
        if bias:
            operands += (", , bias" if zeros else ", , , bias")
            weights["bias"] = values(r, outputs).astype(dtype)
        shape = ", ".join(str(size) for size in lead)
        made = model(18, f"""g ({element}[{shape}, {inputs}] a) => ({element}[{shape}, {outputs}] y) {{
            y = com.microsoft.MatMulNBits <K = {inputs}, N = {outputs}, bits = {bits}, block_size = {block}, accuracy_level = 1>
                ({operands}) }}""", weights, domains=DOMAIN)
        folder.save(made, check=False)
        x = values(r, *lead, inputs).astype(dtype)
        numbers = (q - z.astype(np.float64)[..., None]) * scale.astype(np.float64)[..., None]
        y = x.astype(np.float64) @ numbers.reshape(outputs, -1)[:, :inputs].T
        if bias:
            y = y + weights["bias"].astype(np.float64)
        folder.case({"a": x}, {"y": y.astype(dtype)})
        theirs = folder.ask({"a": x})["y"]
        np.testing.assert_allclose(theirs, y, rtol=2e-2 if element == "float16" else 1e-3, atol=2e-3 if element == "float16" else 1e-4)
        if element == "float16":
            folder.flags("--rtol 2e-3 --atol 1e-3")

    MODELS[name] = make


add("nbits-4", (1,), 64, 32, 32)
add("nbits-4-no-zeros", (2, 3), 64, 48, 16, zeros=None, bias=True)
add("nbits-4-rows", (40,), 64, 32, 64, bias=True)
add("nbits-4-float-zeros", (3,), 64, 16, 32, zeros="floats")
add("nbits-4-odd", (2,), 70, 16, 32)  # the last block is not full, zero points fill half a byte
add("nbits-4-no-panels", (2,), 64, 10, 32)
add("nbits-8", (2,), 64, 32, 32, bits=8)
add("nbits-8-no-zeros", (2,), 64, 20, 32, bits=8, zeros=None)
add("nbits-4-half", (2,), 64, 16, 32, element="float16")
