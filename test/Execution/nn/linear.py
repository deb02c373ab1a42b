"""Products, embeddings and LoRA, held against torch."""
import torch

from grid.case import Case

FAMILY = "Linear"


def wide(x):
    return x.double() if x.dtype.is_floating_point else x.long()


def linear(case, x, w, bias=None):
    expected = torch.nn.functional.linear(wide(x[1]), wide(w[1]), None if bias is None else wide(bias[1]))
    text = "tenon.linear {0}, {1}" + (", {2}" if bias else "") + " : {operands} -> {results}"
    case.op(text, [x, w] + ([bias] if bias else []), expected.to(x[1].dtype))


def matmul(case, a, b, transpose_a=False, transpose_b=False):
    left = wide(a[1]).transpose(-1, -2) if transpose_a else wide(a[1])
    right = wide(b[1]).transpose(-1, -2) if transpose_b else wide(b[1])
    text = "tenon.matmul {0}" + " transposed" * transpose_a + ", {1}" + " transposed" * transpose_b
    case.op(text + " : {operands} -> {results}", [a, b], (left @ right).to(a[1].dtype))


def products():
    case = Case(FAMILY, "linear", "x W^T + b over any number of leading axes.", 1e-4, 1e-5)
    for shape in ((5,), (3, 5), (2, 3, 5), (2, 1, 3, 5), (0, 5)):
        linear(case, case.randn(*shape), case.randn(4, 5))
        linear(case, case.randn(*shape), case.randn(4, 5), case.randn(4))
    linear(case, case.randn(70, 130), case.randn(90, 130), case.randn(90))
    case = Case(FAMILY, "linear-half-precision", "f16 and bf16 are summed in f32, with the bias, and rounded once.", 1e-2, 1e-3)
    for dtype in (torch.float16, torch.bfloat16):
        linear(case, case.randn(3, 64, dtype=dtype), case.randn(4, 64, dtype=dtype), case.randn(4, dtype=dtype))
        big = case.input(torch.full((1, 64), 40.0, dtype=dtype))
        small = case.input(torch.full((2, 64), 40.0, dtype=dtype))
        bias = case.input(torch.full((2,), -60000.0, dtype=dtype))
        linear(case, big, small, bias)
    case = Case(FAMILY, "matmul", "NumPy's broadcasting of batch axes, both sides transposed or not.", 1e-4, 1e-5)
    for left, right in (((), ()), ((2,), ()), ((), (2,)), ((2, 3), (3,)), ((2, 1), (1, 3)), ((2, 3), (2, 3)), ((1,), (2, 1)),
                        ((4, 2, 1), (2, 3))):
        for transpose_a in (False, True):
            for transpose_b in (False, True):
                a = case.randn(*left, *((5, 4) if transpose_a else (4, 5)))
                b = case.randn(*right, *((6, 5) if transpose_b else (5, 6)))
                matmul(case, a, b, transpose_a, transpose_b)
    matmul(case, case.randn(3, 4, dtype=torch.float64), case.randn(4, 5, dtype=torch.float64))
    case = Case(FAMILY, "matmul-half-edges", "Columns of 16-bit factors that fill no vector, also in a last tile.", 1e-2, 1e-2)
    for dtype in (torch.float16, torch.bfloat16):
        for rows, inner, columns in ((8, 32, 36), (60, 16, 37), (3, 9, 5), (1, 40, 45)):
            matmul(case, case.randn(rows, inner, dtype=dtype), case.randn(inner, columns, dtype=dtype))
    case = Case(FAMILY, "matmul-copies", "A factor whose rows lie far apart, one whose rows lie a page apart: both are copied near "
                "each other.", 1e-4, 1e-4)
    matmul(case, case.randn(50, 12), case.randn(12, 520))
    matmul(case, case.randn(2, 49, 9), case.randn(9, 512))
    x, w = case.randn(13, 512), case.integers(-2, 3, 512, 136, dtype=torch.int8)
    factor, = case.op("tenon.cast {0} : {t0} to {results}", [w], w[1].float())
    matmul(case, x, factor)
    case = Case(FAMILY, "matmul-integers", "Integers are summed in their own type and wrap around.", 0, 0)
    for dtype in (torch.int32, torch.int64, torch.int8):
        matmul(case, case.integers(-100, 100, 2, 3, 4, dtype=dtype), case.integers(-100, 100, 4, 5, dtype=dtype))
    case = Case(FAMILY, "h1-no-inner-element", "H1: a sum over nothing is zero.")
    matmul(case, case.randn(3, 0), case.randn(0, 4))
    matmul(case, case.randn(0, 3, 2), case.randn(0, 2, 4))
    linear(case, case.randn(2, 0), case.randn(3, 0), case.randn(3))


def bytes_products():
    """Sizes that tensor cores do whole, with edges, one byte at a time, in batches, and too few rows for them."""
    case = Case(FAMILY, "matmul-bytes", "Unsigned bytes by signed ones are summed in i32, exactly, however they are multiplied.", 0, 0)
    for lhs, rhs in (((64, 128), (128, 64)), ((70, 96), (96, 80)), ((33, 47), (47, 20)), ((2, 3, 20, 64), (3, 64, 40)), ((3, 64), (64, 32)),
                     ((9, 1000), (1000, 9))):
        a = torch.randint(0, 256, lhs, generator=case.generator).to(torch.uint8)
        b = torch.randint(-128, 128, rhs, generator=case.generator).to(torch.int8)
        a[..., 0, :], b[..., 0] = 255, -128
        a, b = case.input(a), case.input(b)
        case.op("tenon.integer_matmul {0}, {1} : {operands} -> {results}", [a, b], a[1].int() @ b[1].int())


def packed(case, rows, inputs, panels, width, dtype, bias=True):
    x, w = case.randn(rows, inputs), case.randn(panels, inputs, width, dtype=dtype)
    extra = [case.randn(panels * width)] if bias else []
    expected = torch.nn.functional.linear(wide(x[1]), wide(w[1]).transpose(1, 2).reshape(panels * width, inputs),
                                          wide(extra[0][1]) if bias else None)
    text = "tenon.packed_linear {0}, {1}" + (", {2}" if bias else "") + " : {operands} -> {results}"
    case.op(text, [x, w] + extra, expected.float())


def narrow_weights():
    case = Case(FAMILY, "packed-narrow-weights", "Weights in 16 bits under inputs in f32: few rows and many, one panel and several.", 1e-4, 1e-4)
    for dtype in (torch.float16, torch.bfloat16):
        packed(case, 1, 96, 4, 16, dtype)
        packed(case, 1, 37, 3, 8, dtype, bias=False)
        packed(case, 7, 64, 1, 16, dtype)
        packed(case, 13, 33, 5, 16, dtype)
        packed(case, 100, 64, 3, 16, dtype, bias=False)
        packed(case, 25, 300, 2, 8, dtype)


def embedding():
    case = Case(FAMILY, "embedding", "Rows by id: a negative one counts from the end, one outside is clamped.", 0, 0)
    ids = torch.tensor([[0, 3, 6], [-1, -7, 2]])
    for table in (case.randn(7, 4), case.integers(-9, 9, 7, 3, dtype=torch.int8), case.randn(7, 2, dtype=torch.float16)):
        for kind in (torch.int64, torch.int32):
            case.op("tenon.embedding {0}, {1} : {operands} -> {results}", [table, case.input(ids.to(kind))], table[1][ids])
    outside = case.input(torch.tensor([7, 100, -8, -(2 ** 40), 2 ** 62]))
    table = case.randn(7, 4)
    case.op("tenon.embedding {0}, {1} : {operands} -> {results}", [table, outside], table[1][torch.tensor([6, 6, 0, 0, 6])])


def lora(case, scale, junk=False, bias=True, shape=(2, 3, 8)):
    x, w = case.randn(*shape), case.randn(5, 8)
    a = case.randn(2, 8)
    b = case.input(torch.full((5, 2), float("nan"))) if junk else case.randn(5, 2)
    s = case.input(torch.tensor(scale))
    extra = [case.randn(5)] if bias else []
    expected = wide(x[1]) @ wide(w[1]).T
    if scale:
        expected = expected + scale * (wide(x[1]) @ wide(a[1]).T @ wide(b[1]).T)
    if bias:
        expected = expected + wide(extra[0][1])
    text = "tenon.lora {0}, {1}, {2}, {3}, {4}" + (", {5}" if bias else "") + " : {operands} -> {results}"
    case.op(text, [x, w, a, b, s] + extra, expected.float())


def adapters():
    case = Case(FAMILY, "lora", "x W^T + s (x A^T) B^T + b; a scale of 0 is the base whatever the adapter holds (C17).", 1e-4, 1e-5)
    lora(case, 0.5)
    lora(case, -2.0, bias=False)
    lora(case, 0.0)
    lora(case, 0.0, junk=True)
    lora(case, 1.0, shape=(8,))


def few_bits(case, x, weight, q, scale, shift, added, bits):
    """`weight`, which holds the integers q [panels, inputs, width], against the numbers they stand for in f64."""
    panels, inputs, width = q.shape

    def spread(tensor):
        return tensor.double().repeat_interleave(inputs // tensor.shape[1], 1)
    numbers = q.double() * spread(scale[1]) - (spread(shift[1]) if shift else 0)
    expected = x[1].double() @ numbers.permute(1, 0, 2).reshape(inputs, panels * width) + (added[1].double() if added else 0)
    text, extra = "tenon.quantized_linear {0}, {1} scale {2}", [scale]
    for word, operand in (("offset", shift), ("bias", added)):
        if operand is not None:
            extra.append(operand)
            text += f" {word} {{{len(extra) + 1}}}"
    case.op(text + f" bits {bits} : {{operands}} -> {{results}}", [x, weight] + extra, expected.to(x[1].dtype))


def quantized(case, lead, inputs, panels, groups, bits, offset=True, bias=True, width=8, dtype=torch.float32):
    """A weight of bytes, scale and offset per group."""
    x = case.randn(*lead, inputs, dtype=dtype)
    low, high = (-128, 128) if bits == 8 else (0, 16)
    q = torch.randint(low, high, (panels, inputs, width), generator=case.generator)
    half = width // 2
    stored = q if bits == 8 else q[..., :half] | (q[..., half:] << 4)
    weight = case.input(stored.to(torch.uint8).view(torch.int8) if bits == 4 else stored.to(torch.int8))
    scale = case.input(torch.rand(panels, groups, width, generator=case.generator) / (high * inputs ** 0.5))
    shift = case.input(scale[1] * 7.5) if offset else None
    added = case.randn(panels * width, dtype=dtype) if bias else None
    few_bits(case, x, weight, q, scale, shift, added, bits)


def quantizeds():
    case = Case(FAMILY, "quantized-linear", "8 and 4 bits; few rows and many, blocks of them; one group and several; panels one, two "
                "and four at once.", 1e-4, 1e-5)
    for bits in (8, 4):
        quantized(case, (1,), 64, 4, 2, bits)
        quantized(case, (3,), 40, 2, 5, bits, offset=False, width=16)
        quantized(case, (), 12, 3, 1, bits, bias=False)
        quantized(case, (2, 9), 32, 3, 4, bits)
        quantized(case, (5,), 32, 2, 2, bits)
        quantized(case, (7,), 24, 4, 3, bits, offset=False)
        quantized(case, (300,), 16, 1, 2, bits, offset=False)
        quantized(case, (257,), 8, 2, 8, bits, bias=False, width=2)
        quantized(case, (0,), 8, 2, 2, bits)
    quantized(case, (2,), 0, 1, 1, 8, offset=False)
    case = Case(FAMILY, "quantized-linear-half-precision", "Sums of 16-bit inputs are formed in f32 and rounded once.", 2e-3, 1e-3)
    for bits in (8, 4):
        quantized(case, (2,), 64, 2, 2, bits, dtype=torch.float16)
        quantized(case, (40,), 64, 2, 2, bits, dtype=torch.float16)
    # A GPU's tensor cores take the weight in the input's type: half of a last place of each of 256 numbers, which leaves
    # about 3e-4 of results of about 1; beside it the result's own rounding.
    case = Case(FAMILY, "quantized-linear-panels", "Panels of 16 columns, of which a GPU's threads read whole lines.", 8e-3, 2e-3)
    for bits in (8, 4):
        quantized(case, (1,), 256, 2, 8, bits, width=16, dtype=torch.bfloat16)
        quantized(case, (1,), 256, 3, 1, bits, offset=False, width=16)
        quantized(case, (36,), 256, 2, 8, bits, width=16, dtype=torch.bfloat16)
        quantized(case, (17,), 96, 2, 3, bits, width=16)


def words(case, rows, inputs, panels, groups, bits, offset=True, bias=False, width=16, dtype=torch.float32, change=None):
    """A weight of words."""
    x = torch.randn(rows, inputs, generator=case.generator)
    if change:
        change(x)
    x = case.input(x.to(dtype))
    steps, high = 32 // bits, 1 << (bits - 1)
    q = torch.randint(-high, high, (panels, inputs, width), generator=case.generator)
    places = torch.tensor([step % 4 * 8 + step // 4 * 4 for step in range(steps)])
    fields = (q & (2 * high - 1)).reshape(panels, inputs // steps, steps, width) << places[:, None]
    stored = fields.sum(2)
    weight = case.input(torch.where(stored < 1 << 31, stored, stored - (1 << 32)).to(torch.int32))
    scale = case.input(torch.rand(panels, groups, width, generator=case.generator) / (high * inputs ** 0.5))
    shift = case.input(scale[1] * 1.5) if offset else None
    added = case.randn(panels * width, dtype=dtype) if bias else None
    few_bits(case, x, weight, q, scale, shift, added, bits)


def quantized_words():
    case = Case(FAMILY, "quantized-linear-words", "Words: groups of a block, a part and several of it, of unequal size; rows that share words, "
                "and many; panels of a half and a whole vector.", 1e-4, 1e-5)
    for bits in (4, 8):
        words(case, 1, 256, 4, 16, bits)
        words(case, 1, 256, 4, 2, bits, offset=False, bias=True)
        words(case, 2, 512, 3, 2, bits)
        words(case, 1, 336, 2, 1, bits, bias=True)
        words(case, 7, 264, 2, 1, bits, offset=False, width=8)
        words(case, 3, 64, 1, 2, bits, width=4)
        words(case, 2, 32, 1, 2, bits, width=6)
        words(case, 5, 96, 6, 3, bits)
        words(case, 45, 96, 4, 3, bits, bias=True)
    case = Case(FAMILY, "quantized-linear-words-half", "Words that meet 16-bit inputs, whose sums are formed in f32.", 8e-3, 2e-3)
    for bits in (4, 8):
        for dtype in (torch.float16, torch.bfloat16):
            words(case, 1, 256, 2, 2, bits, bias=True, dtype=dtype)
    # Beside a number of 3e5 the other products keep a last place of f32 of it.
    case = Case(FAMILY, "quantized-linear-magnitudes", "Inputs of other magnitudes in a group: one much larger, zeros of both signs, denormals, "
                "infinities and NaN.", 1e-4, 2e-2)

    def infinite(x):
        x[0, 3], x[1, 3], x[1, 200] = torch.inf, torch.inf, -torch.inf

    def small(x):
        x[:, :128] *= 1e-41
    for bits in (4, 8):
        for change in (lambda x: x[:, 70:71].mul_(3e5), lambda x: x.mul_(torch.exp(4 * torch.sin(torch.arange(256.)))),
                       lambda x: x[:, :128].mul_(-0.0), lambda x: x.mul_(0), small, infinite,
                       lambda x: x[:1, 3:4].fill_(torch.nan), lambda x: x[:, 3:4].fill_(3e38)):
            words(case, 2, 256, 2, 2, bits, offset=False, change=change)


def make():
    quantized_words()
    quantizeds()
    for part in (products, bytes_products, narrow_weights, embedding, adapters):
        part()
