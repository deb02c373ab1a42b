#!/usr/bin/env python3
"""Makes the small tokenizers under this folder, and what they must give.

    make.py [NAME...]      all, or those named

Made with tokenizers 0.23.3 and sentencepiece 0.2.3. Each tokenizer is a folder:

    tokenizer.json | tokenizer.model   trained on texts.json
    tokenizer_config.json              where the second needs it
    expected.json                      for each text of texts.json: [tokens with special ones, tokens without,
                                       their text without special ones, their text with them]

The committed files are what the tests read; this script is run again only to add or change a tokenizer.
"""
import json
import pathlib
import sys

import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = pathlib.Path(__file__).resolve().parent
TEXTS = json.loads((HERE / "texts.json").read_text())
LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
          r"|\s*[\r\n]+|\s+(?!\S)|\s+")
QWEN2 = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
CLIP = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]


def special(content, **options):
    return AddedToken(content, special=True, normalized=False, **options)


def train(tokenizer, kind, size, tokens=(), **options):
    kind = {"bpe": trainers.BpeTrainer, "unigram": trainers.UnigramTrainer, "wordpiece": trainers.WordPieceTrainer,
            "wordlevel": trainers.WordLevelTrainer}[kind]
    tokenizer.train_from_iterator(TEXTS, kind(vocab_size=size, special_tokens=list(tokens), show_progress=False,
                                              **options))


def byte_level(size, tokens, alphabet=True, **options):
    tokenizer = Tokenizer(models.BPE(**options))
    tokenizer.decoder = decoders.ByteLevel()
    initial = pre_tokenizers.ByteLevel.alphabet() if alphabet else []
    return tokenizer, lambda: train(tokenizer, "bpe", size, tokens, initial_alphabet=initial)


def gpt2():
    tokenizer, learn = byte_level(700, [special("<|endoftext|>")])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    learn()
    return tokenizer


def split_then_bytes(expression):
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(expression), "isolated", invert=False),
                                    pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def llama3():
    tokenizer, learn = byte_level(800, [special("<|begin_of_text|>"), special("<|eot_id|>")], ignore_merges=True)
    tokenizer.pre_tokenizer = split_then_bytes(LLAMA3)
    learn()
    tokenizer.post_processor = processors.Sequence([
        processors.ByteLevel(trim_offsets=False),
        processors.TemplateProcessing(single="<|begin_of_text|> $A", pair="<|begin_of_text|> $A $B:1",
                                      special_tokens=[("<|begin_of_text|>", 0)])])
    return tokenizer


def qwen2():
    tokenizer, learn = byte_level(700, [])
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = split_then_bytes(QWEN2)
    learn()
    tokenizer.add_special_tokens([special("<|endoftext|>"), special("<|im_start|>"), special("<|im_end|>")])
    tokenizer.add_tokens([AddedToken("<html>", normalized=False), AddedToken("</html>", normalized=True)])
    return tokenizer


def deepseek():
    tokenizer, learn = byte_level(700, [special("<s>"), special("</s>")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(r"[\r\n]"), "isolated"),
        pre_tokenizers.Split(Regex("\\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-Ֆ]+"), "isolated"),
        pre_tokenizers.Split(Regex("\\s?[!-/:-~！-／：-～‘-‟　-。]+"), "isolated"),
        pre_tokenizers.Split(Regex(r"\s+$"), "isolated"),
        pre_tokenizers.Split(Regex("[一-龥ࠀ-一가-퟿]+"), "isolated"),
        pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    learn()
    return tokenizer


def with_byte_tokens(tokenizer, size, tokens):
    """The trained vocabulary behind a token for each byte, as SentencePiece's converted models have them."""
    train(tokenizer, "bpe", size, tokens, limit_alphabet=120)
    data = json.loads(tokenizer.to_str())
    names = [token["content"] for token in data["added_tokens"]] + BYTES
    names += [token for token in data["model"]["vocab"] if token not in names]
    data["model"].update(vocab={name: number for number, name in enumerate(names)}, byte_fallback=True, fuse_unk=True,
                         unk_token="<unk>")
    for token in data["added_tokens"]:
        token["id"] = names.index(token["content"])
    return data


def start(token, number, end=None):
    return processors.TemplateProcessing(single=f"{token} $A" + (f" {end[0]}" if end else ""),
                                         special_tokens=[(token, number)] + ([end] if end else []))


def llama2():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
                                           decoders.Strip(" ", 1, 0)])
    tokenizer.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    data = with_byte_tokens(tokenizer, 450, ["<unk>", "<s>", "</s>"])
    data["pre_tokenizer"] = None
    data["model"]["merges"] = [" ".join(pair) for pair in data["model"]["merges"]]
    tokenizer = Tokenizer.from_str(json.dumps(data))
    tokenizer.post_processor = start("<s>", 1)
    return tokenizer, data["model"]["merges"]


def llama2_metaspace():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace("▁", prepend_scheme="first", split=True)
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
                                           decoders.Strip(" ", 1, 0)])
    data = with_byte_tokens(tokenizer, 400, ["<unk>", "<s>", "</s>"])
    data["pre_tokenizer"]["split"] = False
    tokenizer = Tokenizer.from_str(json.dumps(data))
    tokenizer.post_processor = start("<s>", 1, ("</s>", 2))
    return tokenizer


def gemma():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    data = with_byte_tokens(tokenizer, 400, [special(token) for token in ("<pad>", "<eos>", "<bos>", "<unk>")])
    tokenizer = Tokenizer.from_str(json.dumps(data))
    tokenizer.add_tokens([AddedToken(token, normalized=False) for token in ("\n\n", "▁▁", "<start_of_turn>")])
    tokenizer.post_processor = start("<bos>", 2)
    return tokenizer


def bert(lowercase):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    train(tokenizer, "wordpiece", 500, [special(f"[{name}]") for name in ("PAD", "UNK", "CLS", "SEP", "MASK")])
    tokenizer.decoder = decoders.WordPiece(cleanup=lowercase)
    if lowercase:
        tokenizer.post_processor = start("[CLS]", 2, ("[SEP]", 3))
    else:
        tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return tokenizer


def charsmap():
    """A small table, compiled by SentencePiece."""
    rules = {"\ufb01": "fi", "\ufb03": "ffi", "e\u0301": "\u00e9", "\uff41": "a", "\uff53": "s", "\u3000": " ",
             "\u00a0": " ", "\t": " ", "\n": " ", "\r": " ", "\u00ad": "", "\u00bd": "1/2",
             "\u1112\u1161\u11ab": "\ud55c", "\u304b\u3099": "\u304c", "A\u030a": "\u00c5", "\u2026": "...",
             "\u200b": " ", "\u338f": "kg", "\u0001": "", "a\u0300": "a", "a\u0300\u0301": "b"}
    lines = "".join(" ".join(f"{ord(c):X}" for c in source) + "\t" + " ".join(f"{ord(c):X}" for c in target) + "\n"
                    for source, target in rules.items())
    path = pathlib.Path("/tmp/rules.tsv")
    path.write_text(lines)
    return path


def sentences():
    # SentencePiece's trainer reads lines, without zeros.
    return [line.replace("\0", "") for text in TEXTS for line in text.splitlines() if line.strip()] * 2


def train_sentencepiece(path, **options):
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(sentences()), model_prefix=str(path / "tokenizer"),
                                             minloglevel=2, **options)
    (path / "tokenizer.vocab").unlink()
    return sentencepiece.SentencePieceProcessor(model_file=str(path / "tokenizer.model"))


def compiled_charsmap():
    from sentencepiece import sentencepiece_model_pb2
    path = pathlib.Path("/tmp/charsmap")
    path.mkdir(exist_ok=True)
    processor = train_sentencepiece(path, vocab_size=600, hard_vocab_limit=False, normalization_rule_tsv=str(charsmap()))
    message = sentencepiece_model_pb2.ModelProto()
    message.ParseFromString((path / "tokenizer.model").read_bytes())
    return message.normalizer_spec.precompiled_charsmap


def unigram(tokens, size=500, **options):
    tokenizer = Tokenizer(models.Unigram())
    for name, value in options.items():
        setattr(tokenizer, name, value)
    train(tokenizer, "unigram", size, tokens, unk_token="<unk>")
    return tokenizer


def t5():
    metaspace = pre_tokenizers.Metaspace("▁", prepend_scheme="always")
    tokenizer = unigram(["<pad>", "</s>", "<unk>", special("<extra_id_0>", rstrip=True, lstrip=True)],
                        normalizer=normalizers.Precompiled(compiled_charsmap()),
                        pre_tokenizer=pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), metaspace]),
                        decoder=decoders.Metaspace("▁", prepend_scheme="always"))
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return tokenizer


def xlmr():
    tokenizer = unigram(["<s>", "<pad>", "</s>", "<unk>", special("<mask>", lstrip=True)],
                        normalizer=normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]),
                        pre_tokenizer=pre_tokenizers.Metaspace("▁", prepend_scheme="always"),
                        decoder=decoders.Metaspace("▁", prepend_scheme="always"))
    tokenizer.post_processor = start("<s>", 0, ("</s>", 2))
    return tokenizer


def unigram_bytes():
    tokenizer = unigram(["<unk>"] + BYTES, size=600, normalizer=normalizers.NFKD(),
                        pre_tokenizer=pre_tokenizers.Metaspace("▁", prepend_scheme="never"))
    data = json.loads(tokenizer.to_str())
    data["added_tokens"] = data["added_tokens"][:1]
    data["model"]["byte_fallback"] = True
    tokenizer = Tokenizer.from_str(json.dumps(data))
    tokenizer.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Metaspace("▁", prepend_scheme="never")])
    return tokenizer


def clip():
    tokenizer = Tokenizer(models.BPE(unk_token="<|endoftext|>", end_of_word_suffix="</w>", continuing_subword_prefix=""))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "),
                                                 normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(CLIP), "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    train(tokenizer, "bpe", 700, [special("<|startoftext|>"), special("<|endoftext|>")], end_of_word_suffix="</w>",
          initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.post_processor = processors.RobertaProcessing(("<|endoftext|>", 1), ("<|startoftext|>", 0), False, False)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def roberta():
    tokenizer, learn = byte_level(600, [special(token) for token in ("<s>", "<pad>", "</s>", "<unk>")] +
                                  [special("<mask>", lstrip=True)])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    learn()
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), True, True)
    return tokenizer


def wordlevel():
    tokenizer = Tokenizer(models.WordLevel(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Strip(), normalizers.NFD(), normalizers.StripAccents(),
                                                 normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    train(tokenizer, "wordlevel", 300, [special("[UNK]"), special("[MASK]")])
    tokenizer.add_tokens([AddedToken("keep", single_word=True), AddedToken("[STRIP]", lstrip=True, rstrip=True),
                          AddedToken("Škoda", normalized=True), AddedToken("ΟΔΥΣΣΕΥΣ", normalized=False)])
    return tokenizer


def suffixes():
    """BPE with marks at both ends of what words are cut into, unknown characters one by one."""
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]", end_of_word_suffix="@", continuing_subword_prefix="##"))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation("merged_with_previous"),
        pre_tokenizers.Digits(individual_digits=False), pre_tokenizers.Split("a", "merged_with_next"),
        pre_tokenizers.Split(Regex("e+"), "contiguous"), pre_tokenizers.Split(Regex("[oö]"), "merged_with_previous", invert=True)])
    train(tokenizer, "bpe", 400, [special("[UNK]")], limit_alphabet=80, end_of_word_suffix="@",
          continuing_subword_prefix="##")
    tokenizer.decoder = decoders.BPEDecoder("@")
    return tokenizer


def bytes_as_text():
    """Bytes spelled by the normalizer, no decoder."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([normalizers.Strip(left=False), normalizers.ByteLevel()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split("Ġ", "contiguous")
    train(tokenizer, "bpe", 400, [], initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    return tokenizer


def sp_unigram(path):
    return train_sentencepiece(path, vocab_size=500, normalization_rule_tsv=str(charsmap()), character_coverage=0.98,
                               user_defined_symbols=["<sep>", "keep", "▁▁"], hard_vocab_limit=False), [], []


def sp_llama(path):
    model = train_sentencepiece(path, vocab_size=700, model_type="bpe", byte_fallback=True, character_coverage=0.98,
                                normalization_rule_name="identity", remove_extra_whitespaces=False, split_digits=True,
                                user_defined_symbols=["    "], allow_whitespace_only_pieces=True)
    return model, [model.bos_id()], []


def sp_both_ends(path):
    model = train_sentencepiece(path, vocab_size=800, byte_fallback=True, character_coverage=0.98, add_dummy_prefix=False,
                                normalization_rule_tsv=str(charsmap()), unk_surface="?")
    (path / "tokenizer_config.json").write_text('{"add_bos_token": true, "add_eos_token": true}\n')
    return model, [model.bos_id()], [model.eos_id()]


def write_expected(path, rows):
    (path / "expected.json").write_text("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":"))
                                                           for row in rows) + "\n]\n")


def save(path, tokenizer):
    merges = None
    if isinstance(tokenizer, tuple):
        tokenizer, merges = tokenizer
    text = tokenizer.to_str(pretty=False)
    if merges:
        data = json.loads(text)
        data["model"]["merges"] = merges
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (path / "tokenizer.json").write_text(text)
    tokenizer = Tokenizer.from_str(text)
    rows = []
    for text in TEXTS:
        full = tokenizer.encode(text).ids
        rows.append([full, tokenizer.encode(text, add_special_tokens=False).ids, tokenizer.decode(full),
                     tokenizer.decode(full, skip_special_tokens=False)])
    write_expected(path, rows)


def save_sentencepiece(path, make):
    processor, before, behind = make(path)
    if not before:
        (path / "tokenizer_config.json").write_text('{"add_bos_token": false}\n')
    rows = []
    for text in TEXTS:
        plain = processor.encode(text)
        rows.append([before + plain + behind, plain, processor.decode(plain), None])
    write_expected(path, rows)


def save_clip_files(path):
    """As diffusion pipelines keep it; what is expected is transformers' CLIPTokenizer."""
    from transformers import CLIPTokenizer

    model = json.loads(clip().to_str())["model"]
    (path / "vocab.json").write_text(json.dumps(model["vocab"], ensure_ascii=False, separators=(",", ":")))
    (path / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in model["merges"]))
    config = {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77, "bos_token": "<|startoftext|>",
              "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>", "pad_token": "<|endoftext|>"}
    (path / "tokenizer_config.json").write_text(json.dumps(config, indent=1) + "\n")
    # The class changes how its tokenizer decodes; a copy decodes as others do.
    tokenizer = Tokenizer.from_str(CLIPTokenizer.from_pretrained(path).backend_tokenizer.to_str())
    tokenizer.no_padding(), tokenizer.no_truncation()
    rows = []
    for text in TEXTS:
        full = tokenizer.encode(text).ids
        rows.append([full, tokenizer.encode(text, add_special_tokens=False).ids, tokenizer.decode(full),
                     tokenizer.decode(full, skip_special_tokens=False)])
    write_expected(path, rows)


MAKERS = {"gpt2": gpt2, "llama3": llama3, "qwen2": qwen2, "deepseek": deepseek, "llama2": llama2,
          "llama2-metaspace": llama2_metaspace, "gemma": gemma, "bert-uncased": lambda: bert(True),
          "bert-cased": lambda: bert(False), "t5": t5, "xlmr": xlmr, "unigram-bytes": unigram_bytes, "clip": clip,
          "roberta": roberta, "wordlevel": wordlevel, "suffixes": suffixes, "bytes-as-text": bytes_as_text}
SENTENCEPIECE = {"sp-unigram": sp_unigram, "sp-llama": sp_llama, "sp-both-ends": sp_both_ends}

for name in sys.argv[1:] or [*MAKERS, *SENTENCEPIECE, "clip-files"]:
    (HERE / name).mkdir(exist_ok=True)
    if name == "clip-files":
        save_clip_files(HERE / name)
    elif name in MAKERS:
        save(HERE / name, MAKERS[name]())
    else:
        save_sentencepiece(HERE / name, SENTENCEPIECE[name])
