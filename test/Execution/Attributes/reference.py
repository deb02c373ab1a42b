"""The ops of the dialect as its generated reference lists them (test/Docs keeps that equal to the records)."""
import re


class OpRecord:
    """`attributes` and `operands` map names to their types; `has_segments` where an operand may be absent."""

    def __init__(self, text):
        self.attributes = dict(re.findall(r"<tr><td><code>(\w+)</code></td><td>(?:::mlir::)?(?:tenon::)?(\w+)", text))
        operands = re.search(r"#### Operands:\n(.*?)(?=\n####|\Z)", text, re.S)
        self.operands = dict(re.findall(r"\| `(\w+)` \| ([^|]*?) *\|", operands.group(1))) if operands else {}
        self.has_segments = "`AttrSizedOperandSegments`" in text


class Reference:
    def __init__(self, path):
        text = path.read_text()
        ops, rest = text.split("\n## Attributes\n")
        self.ops = {op.split("`")[0]: OpRecord(op) for op in re.split(r"\n### `tenon\.", ops)[1:]}
        attributes, enums = rest.split("\n## Enums\n")
        mnemonics = dict(re.findall(r"\n### (\w+)\n.*?#tenon\.(\w+)<", attributes, re.S))
        cases = {part.split("\n")[0]: re.findall(r"\| \w+ \| `\d+` \| (\w+) \|", part)
                 for part in enums.split("\n### ")[1:]}
        # By attribute type: how it is written, and every case.
        self.enums = {name: (mnemonic, cases[name.removesuffix("Attr")]) for name, mnemonic in mnemonics.items()}
