//===- Generate.cpp - tenon-run --generate --------------------------------===//

#include "Generate.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace tenon;

Result<std::vector<int64_t>> tenon::parseTokens(const std::string &text) {
  std::vector<int64_t> tokens;
  for (llvm::StringRef part : llvm::split(text, ',')) {
    int64_t token = 0;
    if (part.trim().getAsInteger(10, token))
      return Error{"--prompt-ids " + text + ": '" + part.str() +
                   "' is no token's number"};
    tokens.push_back(token);
  }
  return tokens;
}

static double perSecond(int64_t count, double milliseconds) {
  return milliseconds > 0 ? count * 1000.0 / milliseconds : 0;
}

Result<std::vector<std::vector<int64_t>>>
tenon::encodePrompts(const Tokenizer &tokenizer,
                     llvm::ArrayRef<std::string> texts) {
  std::vector<std::vector<int64_t>> prompts;
  for (const std::string &text : texts) {
    Result<std::vector<int64_t>> tokens = tokenizer.encode(text);
    if (!tokens)
      return Error{"--prompt: " + tokens.error().message};
    if (tokens->empty())
      return Error{"--prompt '" + text + "' has no tokens"};
    prompts.push_back(std::move(*tokens));
  }
  return prompts;
}

namespace {
/// Prints the tokens of a single row as they come.
class Printer {
public:
  explicit Printer(const std::optional<Tokenizer> &tokenizer) {
    if (tokenizer)
      stream.emplace(*tokenizer);
  }

  /// Whether the text could be made.
  bool print(int64_t token) {
    if (!stream) {
      llvm::outs() << (isFirst ? "" : ",") << token;
      isFirst = false;
      llvm::outs().flush();
      return true;
    }
    return print(stream->add(token));
  }
  Status finish() {
    if (stream && status.ok())
      print(stream->finish());
    llvm::outs() << "\n";
    return status;
  }

private:
  bool print(const Result<std::string> &text) {
    if (text)
      llvm::outs() << text.value();
    else
      status = text.error();
    llvm::outs().flush();
    return status.ok();
  }

  std::optional<TextStream> stream;
  bool isFirst = true;
  Status status = success();
};
} // namespace

static Status printRow(const std::vector<int64_t> &row,
                       const std::optional<Tokenizer> &tokenizer) {
  Printer printer(tokenizer);
  for (int64_t token : row)
    if (!printer.print(token))
      break;
  return printer.finish();
}

Status tenon::generate(const std::filesystem::path &folder,
                       const CompileOptions &compileOptions,
                       const std::vector<std::vector<int64_t>> &prompts,
                       GenerationOptions options,
                       const std::optional<Tokenizer> &tokenizer) {
  Result<Generator> generator = Generator::create(folder, compileOptions);
  if (!generator)
    return generator.error();
  Printer printer(tokenizer);
  bool isSingle = prompts.size() == 1;
  if (isSingle)
    options.onToken = [&](size_t, int64_t token) {
      return printer.print(token);
    };
  Result<std::vector<std::vector<int64_t>>> rows =
      generator->generate(prompts, options);
  if (!rows)
    return rows.error();
  if (isSingle) {
    if (Status status = printer.finish(); !status)
      return status;
  } else {
    for (const std::vector<int64_t> &row : *rows)
      if (Status status = printRow(row, tokenizer); !status)
        return status;
  }
  GenerationStatistics took = generator->statistics();
  llvm::errs() << llvm::format(
      "compiled and loaded in %.1f s; prompt %lld tokens, %.1f a second; %lld "
      "new, %.1f a second\n",
      took.compileMs / 1000, static_cast<long long>(took.promptTokens),
      perSecond(took.promptTokens, took.prefillMs),
      static_cast<long long>(took.newTokens),
      perSecond(took.newTokens - static_cast<int64_t>(prompts.size()),
                took.decodeMs));
  return success();
}
