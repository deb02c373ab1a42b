//===- Generator.h - Text token by token ----------------------------------===//
//
//   #include <tenon/Generator.h>
//   auto generator = tenon::Generator::create("llama_folder");
//   auto rows = generator->generate({{1, 15043, 3186}}, {.maxTokens = 64});
//
// Nothing here throws; there is no global state. Only the standard library is
// included.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_GENERATOR_H
#define TENON_GENERATOR_H

#include "tenon/Tenon.h"

namespace tenon {

/// How the next token is chosen from the logits.
struct SamplingOptions {
  /// 0: the token of the largest logit, the first of equals. Else logits are
  /// divided by it and a token is drawn.
  double temperature = 0;
  /// Only the `topK` largest logits (and their equals) are drawn from; 0: all.
  int64_t topK = 0;
  /// Only the likeliest tokens that together reach this probability.
  double topP = 1;
  /// Equal seeds give equal tokens. Each row of a batch draws for itself.
  uint64_t seed = 0;
};

struct GenerationOptions {
  int64_t maxTokens = 128; ///< new ones, of each row
  SamplingOptions sampling;
  /// Where adapters go by rows, the number of each row's; none: all have the
  /// base.
  std::vector<int64_t> adapters;
  /// Tokens that end a row, which then holds them last; nothing: those of
  /// generation_config.json or config.json.
  std::optional<std::vector<int64_t>> stopTokens;
  /// Told of each new token: its row, the token. False ends the row.
  std::function<bool(size_t, int64_t)> onToken;
};

/// What the latest generate() took.
struct GenerationStatistics {
  int64_t promptTokens = 0, newTokens = 0; ///< of all rows
  double compileMs = 0;                    ///< compiling and loading
  double prefillMs = 0, decodeMs = 0;      ///< runs alone
  int64_t decodeSteps = 0;
};

/// A decoder's folder with caches. One call of generate() at a time.
class TENON_API Generator {
public:
  /// Errors where the model is no decoder. Code is compiled when a batch size
  /// or capacity is first met.
  static Result<Generator> create(const std::filesystem::path &folder,
                                  const CompileOptions &options = {});

  /// The new tokens of each row, behind prompts of at least one token each.
  /// Rows are independent: a row gets what it would get alone.
  Result<std::vector<std::vector<int64_t>>>
  generate(const std::vector<std::vector<int64_t>> &prompts,
           const GenerationOptions &options = {});

  GenerationStatistics statistics() const;
  const Model &model() const;

private:
  struct State;
  std::shared_ptr<State> state;
};

} // namespace tenon

#endif // TENON_GENERATOR_H
