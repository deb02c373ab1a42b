//===- Tokenizer.h - Texts as tokens --------------------------------------===//
//
//   #include <tenon/Generator.h>
//   #include <tenon/Tokenizer.h>
//   auto generator = tenon::Generator::create("llama_folder");
//   auto tokenizer = tenon::Tokenizer::load("llama_folder");
//   auto prompt = tokenizer->encode("Once upon a time");
//   tenon::TextStream text(*tokenizer);
//   auto rows = generator->generate(
//       {*prompt}, {.onToken = [&](size_t, int64_t token) {
//         std::cout << text.add(token).value() << std::flush;
//         return true;
//       }});
//   std::cout << text.finish().value();
//
// Nothing here throws; there is no global state. Only the standard library is
// included.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_TOKENIZER_H
#define TENON_TOKENIZER_H

#include "tenon/Runtime/Tensor.h"

#include <filesystem>

namespace tenon {

/// How a model's texts become tokens. Copies share what was read; all calls may
/// come from several threads at once.
class TENON_API Tokenizer {
public:
  /// Reads a folder's tokenizer.json (of Hugging Face's tokenizers) or, where
  /// it has none, its tokenizer.model (of SentencePiece) or vocab.json and
  /// merges.txt (of CLIP) with the tokenizer_config.json beside them; or one of
  /// these files. The path may
  /// go away afterwards. Errors name the file and the key, and what is not
  /// known is one of them: nothing of a file is passed over, but for its
  /// `truncation` and `padding`, which are for batches of texts.
  static Result<Tokenizer> load(const std::filesystem::path &path);

  /// The tokens of a text, with those that stand around it (a beginning, an
  /// end) where they are asked for. The content of an added token is that
  /// token, wherever it stands in the text. Errors where the text is not
  /// UTF-8 or has more than 64 MiB, or holds what a vocabulary without an
  /// unknown token has not.
  Result<std::vector<int64_t>> encode(std::string_view text,
                                      bool addSpecialTokens = true) const;

  /// The text of tokens, as UTF-8: bytes that are no character become U+FFFD.
  /// Numbers that are no token's give nothing, since the logits of many models
  /// have more places than there are tokens.
  Result<std::string> decode(std::span<const int64_t> tokens,
                             bool skipSpecialTokens = true) const;

  /// The number of a token as the vocabulary writes it.
  std::optional<int64_t> find(std::string_view token) const;

private:
  struct State;
  std::shared_ptr<const State> state;
};

/// The text of tokens that come one by one. What it gives, joined, is what
/// decode() gives of all of them, as long as no later token changes the text of
/// earlier ones. For one thread.
class TENON_API TextStream {
public:
  explicit TextStream(Tokenizer tokenizer, bool skipSpecialTokens = true)
      : tokenizer(std::move(tokenizer)), skipSpecialTokens(skipSpecialTokens) {}

  /// The text that the token adds: whole characters, perhaps none.
  Result<std::string> add(int64_t token);
  /// What was held back since it might have become a character.
  Result<std::string> finish();

private:
  Result<std::string> take(bool all);

  Tokenizer tokenizer;
  bool skipSpecialTokens;
  /// The tokens since some that gave text, of which the first `kept` are those
  /// of `given`.
  std::vector<int64_t> recent;
  size_t kept = 0;
  std::string given;
};

} // namespace tenon

#endif // TENON_TOKENIZER_H
