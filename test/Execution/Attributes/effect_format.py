"""A lit test for each op of the dialect: each of its attributes and operands shows in the result (SEMANTICS A7).

The ops come from the generated reference, what each is made to do from effects.py: an op, attribute, operand or
enum case that is new to the dialect fails here until it is in that table.
"""
import itertools
import json
import random
import shlex
import struct
import subprocess

import lit.Test
import lit.formats

import effects
from effects import Comparison, EVERY
from reference import Reference

# By MLIR's name: safetensors' name, the name in tenon.dtype, bytes, how a number is packed.
ELEMENTS = {
    "f32": ("F32", "float32", 4, lambda x: struct.pack("<f", x)),
    "f16": ("F16", "float16", 2, lambda x: struct.pack("<e", x)),
    "bf16": ("BF16", "bfloat16", 2, lambda x: struct.pack("<f", x)[2:]),
    "i1": ("BOOL", "bool", 1, lambda x: struct.pack("<B", x)),
    "i8": ("I8", "int8", 1, lambda x: struct.pack("<b", x)),
    "i32": ("I32", "int32", 4, lambda x: struct.pack("<i", x)),
    "i64": ("I64", "int64", 8, lambda x: struct.pack("<q", x)),
    "f8E4M3FN": ("F8_E4M3", "float8_e4m3fn", 1, None),
    "f8E5M2": ("F8_E5M2", "float8_e5m2", 1, None),
}


class BadTable(Exception):
    pass


def parts(type):
    *shape, element = type.split("x") if not type.startswith("x") else [type]
    return [int(size) for size in shape], element


def listed(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


class Program:
    """One function with every op of a table entry, and what it is given."""

    def __init__(self, name, record, enums):
        self.name, self.record, self.enums = name, record, enums
        self.inputs, self.lines, self.results = {}, [], []

    def operand(self, key, spec):
        """The argument that holds these numbers: the same for the same operand."""
        type, *bounds = spec if isinstance(spec, tuple) else (spec,)
        key = (*key, type, *bounds)
        if key not in self.inputs:
            shape, element = parts(type)
            source = random.Random(f"{self.name} {key}")
            count = 1
            for size in shape:
                count *= size
            if element.startswith(("f", "bf")):
                low, high = bounds or (-2, 2)
                numbers = [source.uniform(low, high) for _ in range(count)]
            else:
                low, high = bounds or (0, 2)
                numbers = [source.randrange(low, high) for _ in range(count)]
            self.inputs[key] = (f"x{len(self.inputs)}", type, b"".join(ELEMENTS[element][3](x) for x in numbers))
        return "%" + self.inputs[key][0], f"tensor<{type}>"

    def attribute(self, name, value):
        type = self.record.attributes[name]
        if type in self.enums:
            return f"{name} = #tenon<{self.enums[type][0]} {value}>"
        if type == "UnitAttr":
            return name
        if type == "StringAttr":
            return f'{name} = "{value}"'
        if type == "ElementsAttr":
            return f"{name} = dense<{list(value)}> : tensor<{len(value)}xf32>"
        if type in ("DenseI64ArrayAttr", "DenseF64ArrayAttr"):
            element = "i64" if type == "DenseI64ArrayAttr" else "f64"
            return f"{name} = array<{element}{': ' if value else ''}{', '.join(map(str, value))}>"
        return f"{name} = {value:.9f} : f64" if type == "FloatAttr" else f"{name} = {value} : i64"

    def add(self, settings, draws):
        """Adds an op in generic form; gives the numbers of its results. `draws` is which numbers an operand has."""
        names, types, segments = [], [], []
        for operand in self.record.operands:
            specs = settings.get(operand)
            specs = [] if specs is None else specs if isinstance(specs, list) else [specs]
            for place, spec in enumerate(specs):
                name, type = self.operand((operand, place, draws.get(operand, 0)), spec)
                names.append(name)
                types.append(type)
            segments.append(len(specs))
        attributes = [self.attribute(name, settings[name]) for name in self.record.attributes
                      if settings.get(name) is not None]
        if self.record.has_segments:
            attributes.append(f"operandSegmentSizes = array<i32: {', '.join(map(str, segments))}>")
        results = listed(settings["result"])
        first = len(self.results)
        left = ", ".join(f"%y{first + i}" for i in range(len(results)))
        outcome = ", ".join(f"tensor<{type}>" for type in results)
        properties = f" <{{{', '.join(attributes)}}}>" if attributes else ""
        self.lines.append(f'  {left} = "tenon.{self.name}"({", ".join(names)}){properties} : '
                          f'({", ".join(types)}) -> ({outcome})')
        self.results += results
        return list(range(first, len(self.results)))

    def text(self):
        def port(prefix, name, type):
            return f'{prefix}tensor<{type}> {{tenon.name = "{name}", tenon.dtype = "{ELEMENTS[parts(type)[1]][1]}"}}'

        arguments = ",\n    ".join(port(f"%{name}: ", name, type) for name, type, _ in self.inputs.values())
        outcome = ",\n    ".join(port("", f"y{i}", type) for i, type in enumerate(self.results))
        names = ", ".join(f"%y{i}" for i in range(len(self.results)))
        types = ", ".join(f"tensor<{type}>" for type in self.results)
        return (f"func.func @step({arguments})\n    -> ({outcome}) {{\n" + "\n".join(self.lines) +
                f"\n  return {names} : {types}\n}}\n")


def write_safetensors(path, tensors):
    header, data = {}, b""
    for name, type, content in tensors:
        shape, element = parts(type)
        header[name] = dict(dtype=ELEMENTS[element][0], shape=shape, data_offsets=[len(data), len(data) + len(content)])
        data += content
    head = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(head)) + head + data)


def read_safetensors(path):
    whole = path.read_bytes()
    length, = struct.unpack_from("<Q", whole)
    header = json.loads(whole[8:8 + length])
    header.pop("__metadata__", None)
    return {name: (entry["shape"], whole[8 + length:][slice(*entry["data_offsets"])]) for name, entry in header.items()}


def corner(tensor, sizes):
    """The elements whose coordinates are below `sizes`."""
    shape, content = tensor
    count = 1
    for size in shape:
        count *= size
    width = len(content) // max(count, 1)
    found = []
    for place in itertools.product(*map(range, sizes)):
        flat = 0
        for at, size in zip(place, shape):
            flat = flat * size + at
        found.append(content[flat * width:(flat + 1) * width])
    return found


def differ(left, right, sizes_only):
    if sizes_only and [t[0] for t in left] != [t[0] for t in right]:
        return True
    for a, b in zip(left, right):
        if a == b:
            continue
        if a[0] == b[0] or len(a[0]) != len(b[0]):
            return True
        shared = [min(pair) for pair in zip(a[0], b[0])]
        if corner(a, shared) != corner(b, shared):
            return True
    return False


class EffectFormat(lit.formats.TestFormat):
    def __init__(self, reference, build, program):
        """`program` is tenon-run with arguments that every call has."""
        self.reference, self.build, self.program = reference, build, program

    def getTestsInDirectory(self, suite, path_in_suite, lit_config, local_config):
        for name in Reference(self.reference).ops.keys() | effects.OPS.keys():
            if name not in effects.NOT_LOWERED:
                yield lit.Test.Test(suite, path_in_suite + (name,), local_config)

    def execute(self, test, lit_config):
        label = test.path_in_suite[-1]
        name = label.split("-")[0]
        reference = Reference(self.reference)
        try:
            groups = self.groups(name, label, reference)
        except BadTable as wrong:
            return lit.Test.FAIL, f"effects.py: {wrong}"
        program = Program(name, reference.ops[name], reference.enums)
        groups = [(what, comparison, [(value, program.add(settings, draws)) for value, settings, draws in group])
                  for what, comparison, group in groups]
        folder = self.build / "test" / "Execution" / "Attributes" / "Output" / label
        folder.mkdir(parents=True, exist_ok=True)
        for file in ("a.bin", "b.bin"):
            source = random.Random(file)
            (folder / file).write_bytes(b"".join(struct.pack("<f", source.random()) for _ in range(16)))
        model, inputs, outputs = (folder / file for file in ("model.mlir", "inputs.safetensors", "outputs.safetensors"))
        model.write_text(program.text())
        write_safetensors(inputs, program.inputs.values())
        outputs.unlink(missing_ok=True)
        command = [*self.program, str(model), "--inputs", str(inputs), "--outputs", str(outputs)]
        try:
            run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                                 timeout=300, env=test.config.environment)
        except subprocess.TimeoutExpired:
            return lit.Test.TIMEOUT, shlex.join(command)
        if run.returncode:
            return lit.Test.FAIL, f"{shlex.join(command)}\nexit code {run.returncode}\n{run.stdout}"
        results = read_safetensors(outputs)
        silent = []
        for what, comparison, group in groups:
            for (one, left), (other, right) in itertools.combinations(group, 2):
                values = [[results[f"y{i}"] for i in numbers][comparison.first:] for numbers in (left, right)]
                if comparison.same != (one, other) and not differ(*values, comparison.sizes_only):
                    silent.append(f"{what}: {one} and {other} give the same result")
        if silent:
            return lit.Test.FAIL, f"{shlex.join(command)}\ntenon.{name}: " + "\n".join(silent)
        return lit.Test.PASS, ""

    def groups(self, name, label, reference):
        """(what varies, how it is compared, [(its value, settings, draws)]) for each comparison of the op."""
        if name not in reference.ops:
            raise BadTable(f"tenon.{name} is no op of the reference")
        if label not in effects.OPS:
            raise BadTable(f"tenon.{name} has no entry")
        record, op = reference.ops[name], effects.OPS[label]
        alone = [(Comparison(), {operand: [op.base[operand]] * 2}) for operand in record.operands if operand in op.base]
        groups, seen = [], {where for op, where in effects.NO_EFFECT if op == name}
        for comparison, varied in op.groups + alone:
            if unknown := varied.keys() - {*record.attributes, *record.operands, "result"}:
                raise BadTable(f"tenon.{name} has no {', '.join(sorted(unknown))}")
            lists = {key: reference.enums[record.attributes[key]][1] if value is EVERY else value
                     for key, value in varied.items() if value is EVERY or isinstance(value, list)}
            if len({len(values) for values in lists.values()}) != 1:
                raise BadTable(f"tenon.{name}: values of different number in {lists}")
            what = [key for key in lists if key != "result"]
            group = []
            for number, values in enumerate(zip(*lists.values())):
                chosen = {**op.base, **varied, **dict(zip(lists, values))}
                draws = {key: number for key in what if key in record.operands}
                value = ", ".join(str(chosen[key]) for key in what)
                group.append((f"{value}, draw {number}" if draws else value, chosen, draws))
            seen |= set(what)
            groups.append((" and ".join(what), comparison, group))
        if missing := [key for key in (*record.attributes, *record.operands) if key not in seen]:
            raise BadTable(f"tenon.{name}: nothing makes {', '.join(missing)} show")
        return groups
