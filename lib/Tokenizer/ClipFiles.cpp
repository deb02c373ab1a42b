//===- ClipFiles.cpp - CLIP's vocabulary and merges -----------------------===//
//
// Folders of diffusion pipelines keep CLIP's tokenizer as vocab.json and
// merges.txt; what happens around the two is in the code of CLIPTokenizer
// (transformers). Here it is the tokenizer.json that this class makes.
//
//===----------------------------------------------------------------------===//

#include "Coding.h"

#include "tenon/Formats/JsonFile.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"

namespace fs = std::filesystem;
namespace json = llvm::json;

namespace tenon::tokenization {

/// Pairs, a line each, behind a line with the version.
static Result<json::Array> readMerges(const fs::path &file) {
  constexpr uint64_t mostBytes = uint64_t(1) << 28;
  std::error_code code;
  if (fs::file_size(file, code) > mostBytes || code)
    return Error{file.string() + ": cannot be read, or is too large"};
  auto buffer = llvm::MemoryBuffer::getFile(file.string());
  if (!buffer)
    return Error{file.string() + ": " + buffer.getError().message()};
  json::Array merges;
  llvm::StringRef rest = (*buffer)->getBuffer();
  for (size_t number = 1; !rest.empty(); ++number) {
    llvm::StringRef line;
    std::tie(line, rest) = rest.split('\n');
    line.consume_back("\r");
    if (line.empty() || line.starts_with("#version"))
      continue;
    auto [first, second] = line.split(' ');
    if (first.empty() || second.empty() || !json::isUTF8(line))
      return Error{file.string() + ": line " + std::to_string(number) +
                   " is no pair"};
    merges.push_back(json::Array{first.str(), second.str()});
  }
  return merges;
}

/// A special token of tokenizer_config.json: a text, or an object with one.
static std::string specialToken(const json::Object &config, const char *key,
                                const char *otherwise) {
  const json::Value *value = config.get(key);
  if (const json::Object *object = value ? value->getAsObject() : nullptr)
    value = object->get("content");
  if (value)
    if (std::optional<llvm::StringRef> text = value->getAsString())
      return text->str();
  return otherwise;
}

static json::Value regex(const char *pattern) {
  return json::Object{{"Regex", pattern}};
}

static json::Object normalizer() {
  return json::Object{
      {"type", "Sequence"},
      {"normalizers", json::Array{json::Object{{"type", "NFC"}},
                                  json::Object{{"type", "Replace"},
                                               {"pattern", regex("\\s+")},
                                               {"content", " "}},
                                  json::Object{{"type", "Lowercase"}}}}};
}

static json::Object preTokenizer() {
  const char *words = "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|"
                      "'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";
  return json::Object{
      {"type", "Sequence"},
      {"pretokenizers", json::Array{json::Object{{"type", "Split"},
                                                 {"pattern", regex(words)},
                                                 {"behavior", "Removed"},
                                                 {"invert", true}},
                                    json::Object{{"type", "ByteLevel"},
                                                 {"add_prefix_space", false},
                                                 {"trim_offsets", true},
                                                 {"use_regex", true}}}}};
}

Result<Coding> readClipFiles(const fs::path &folder) {
  fs::path file = folder / "vocab.json";
  Result<json::Object> vocabulary = readJsonObject(file);
  Result<json::Array> merges = readMerges(folder / "merges.txt");
  Result<json::Object> config =
      readJsonObject(folder / "tokenizer_config.json");
  if (!vocabulary)
    return vocabulary.error();
  if (!merges)
    return merges.error();
  if (!config)
    return config.error();
  std::string kind =
      config->getString("tokenizer_class").value_or("CLIPTokenizer").str();
  if (kind != "CLIPTokenizer" && kind != "CLIPTokenizerFast")
    return Error{(folder / "tokenizer_config.json").string() +
                 ": unsupported: tokenizer_class '" + kind +
                 "' without tokenizer.json"};
  std::string first = specialToken(*config, "bos_token", "<|startoftext|>"),
              last = specialToken(*config, "eos_token", "<|endoftext|>"),
              unknown = specialToken(*config, "unk_token", "<|endoftext|>");
  json::Array added, around;
  for (const std::string &token : {last, first}) {
    std::optional<int64_t> number = vocabulary->getInteger(token);
    if (!number)
      return Error{file.string() + ": has no token '" + token + "'"};
    added.push_back(json::Object{{"id", *number},
                                 {"content", token},
                                 {"single_word", false},
                                 {"lstrip", false},
                                 {"rstrip", false},
                                 {"normalized", false},
                                 {"special", true}});
    around.push_back(json::Array{token, *number});
  }
  json::Object root{
      {"version", "1.0"},
      {"truncation", nullptr},
      {"padding", nullptr},
      {"added_tokens", std::move(added)},
      {"normalizer", normalizer()},
      {"pre_tokenizer", preTokenizer()},
      {"post_processor", json::Object{{"type", "RobertaProcessing"},
                                      {"sep", around[0]},
                                      {"cls", around[1]},
                                      {"trim_offsets", false},
                                      {"add_prefix_space", false}}},
      {"decoder", json::Object{{"type", "ByteLevel"},
                               {"add_prefix_space", true},
                               {"trim_offsets", true},
                               {"use_regex", true}}},
      {"model", json::Object{{"type", "BPE"},
                             {"dropout", nullptr},
                             {"unk_token", unknown},
                             {"continuing_subword_prefix", ""},
                             {"end_of_word_suffix", "</w>"},
                             {"fuse_unk", false},
                             {"byte_fallback", false},
                             {"ignore_merges", false},
                             {"vocab", std::move(*vocabulary)},
                             {"merges", std::move(*merges)}}}};
  return readTokenizerJson(json::Value(std::move(root)), file.string());
}

} // namespace tenon::tokenization
