//===- Tokenizer.cpp - Texts as tokens ------------------------------------===//

#include "tenon/Tokenizer.h"

#include "Coding.h"
#include "Splitting.h"

#include <fstream>

namespace fs = std::filesystem;
using namespace tenon;
using namespace tenon::tokenization;

struct Tokenizer::State {
  Coding coding;
  std::string file;
};

/// The file of a folder that says how its texts become tokens.
static Result<fs::path> findFile(const fs::path &path) {
  std::error_code code;
  if (!fs::is_directory(path, code))
    return path;
  for (const char *name : {"tokenizer.json", "tokenizer.model", "vocab.json"})
    if (fs::exists(path / name, code))
      return path / name;
  return Error{path.string() +
               ": has neither tokenizer.json nor tokenizer.model nor CLIP's "
               "vocab.json"};
}

/// JSON starts with a brace, which starts no message of protobuf.
static Result<bool> isJson(const fs::path &file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream)
    return Error{file.string() + ": cannot be opened"};
  char first = 0;
  stream >> std::ws >> first;
  return first == '{';
}

Result<Tokenizer> Tokenizer::load(const fs::path &path) {
  Result<fs::path> file = findFile(path);
  if (!file)
    return file.error();
  Result<bool> json = isJson(*file);
  if (!json)
    return json.error();
  Result<Coding> coding =
      file->filename() == "vocab.json" ? readClipFiles(file->parent_path())
      : *json || file->extension() == ".json" ? readTokenizerJson(*file)
                                              : readSentencePieceModel(*file);
  if (!coding)
    return coding.error();
  Tokenizer tokenizer;
  tokenizer.state =
      std::make_shared<const State>(State{std::move(*coding), file->string()});
  return tokenizer;
}

Result<std::vector<int64_t>> Tokenizer::encode(std::string_view text,
                                               bool addSpecialTokens) const {
  if (!isUtf8(text))
    return Error{state->file + ": a text is not UTF-8"};
  if (Status status = checkLength(text); !status)
    return Error{state->file + ": " + status.error().message};
  Result<std::vector<int64_t>> tokens =
      state->coding.encode(text, addSpecialTokens);
  if (!tokens)
    return Error{state->file + ": " + tokens.error().message};
  return tokens;
}

std::optional<int64_t> Tokenizer::find(std::string_view token) const {
  return state->coding.find(token);
}

Result<std::string> Tokenizer::decode(std::span<const int64_t> tokens,
                                      bool skipSpecialTokens) const {
  Result<std::string> text = state->coding.decode(tokens, skipSpecialTokens);
  if (!text)
    return Error{state->file + ": " + text.error().message};
  return text;
}

Result<std::string> TextStream::add(int64_t token) {
  recent.push_back(token);
  return take(false);
}

Result<std::string> TextStream::finish() { return take(true); }

Result<std::string> TextStream::take(bool all) {
  Result<std::string> text = tokenizer.decode(recent, skipSpecialTokens);
  if (!text)
    return text;
  // A character whose bytes are not all there yet.
  if (!all && text->ends_with("\ufffd"))
    return std::string();
  std::vector<int64_t> newer(recent.begin() + static_cast<ptrdiff_t>(kept),
                             recent.end());
  Result<std::string> own = tokenizer.decode(newer, skipSpecialTokens);
  if (!own)
    return own;
  // Where what was given reads differently now, it stays: bytes that are no
  // character may spoil those before them.
  std::string fresh =
      text->starts_with(given) ? text->substr(given.size()) : *own;
  if (fresh.empty())
    return fresh;
  // The tokens that gave what was given before are no longer needed, if those
  // behind them have a text of their own: the text of the next may depend on
  // it.
  if (own->empty()) {
    given = std::move(*text);
  } else {
    recent = std::move(newer);
    given = std::move(*own);
  }
  kept = recent.size();
  return fresh;
}
