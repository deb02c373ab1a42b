//===- Coding.h - What a tokenizer's file comes down to -------------------===//

#ifndef TENON_LIB_TOKENIZER_CODING_H
#define TENON_LIB_TOKENIZER_CODING_H

#include "tenon/Runtime/Tensor.h"

#include "llvm/Support/JSON.h"

#include <filesystem>
#include <functional>

namespace tenon::tokenization {

/// Both may be called from several threads. The text is UTF-8.
struct Coding {
  std::function<Result<std::vector<int64_t>>(std::string_view text,
                                             bool addSpecialTokens)>
      encode;
  std::function<Result<std::string>(std::span<const int64_t> tokens,
                                    bool skipSpecialTokens)>
      decode;
  std::function<std::optional<int64_t>(std::string_view token)> find;
};

/// A tokenizer.json of Hugging Face's tokenizers.
Result<Coding> readTokenizerJson(const std::filesystem::path &file);
/// The same of what such a file holds; `name` is for errors.
Result<Coding> readTokenizerJson(const llvm::json::Value &value,
                                 const std::string &name);

/// CLIP's vocab.json, merges.txt and tokenizer_config.json.
Result<Coding> readClipFiles(const std::filesystem::path &folder);

/// A model of SentencePiece. What stands around a text is in the
/// tokenizer_config.json beside it.
Result<Coding> readSentencePieceModel(const std::filesystem::path &file);

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_CODING_H
