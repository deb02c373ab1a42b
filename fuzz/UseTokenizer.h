//===- UseTokenizer.h - What an accepted tokenizer must do ----------------===//

#ifndef TENON_FUZZ_USETOKENIZER_H
#define TENON_FUZZ_USETOKENIZER_H

#include "tenon/Tokenizer.h"

#include <cstdlib>

namespace tenon::fuzz {

/// Encodes a text and decodes its tokens.
inline void use(const Tokenizer &tokenizer, std::string_view text) {
  for (bool special : {true, false}) {
    Result<std::vector<int64_t>> tokens = tokenizer.encode(text, special);
    if (!tokens)
      continue;
    TextStream stream(tokenizer, special);
    for (int64_t token : *tokens)
      if (!stream.add(token))
        return;
    // Half a character would not be encoded again.
    Result<std::string> decoded = tokenizer.decode(*tokens, special);
    if (decoded)
      if (Result<std::vector<int64_t>> again =
              tokenizer.encode(*decoded, special);
          !again &&
          again.error().message.find("is not UTF-8") != std::string::npos)
        std::abort();
  }
}

} // namespace tenon::fuzz

#endif // TENON_FUZZ_USETOKENIZER_H
