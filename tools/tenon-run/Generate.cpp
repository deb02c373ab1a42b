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

Status tenon::generate(const std::filesystem::path &folder,
                       const CompileOptions &compileOptions,
                       const std::vector<std::vector<int64_t>> &prompts,
                       GenerationOptions options) {
  Result<Generator> generator = Generator::create(folder, compileOptions);
  if (!generator)
    return generator.error();
  bool isSingle = prompts.size() == 1, isFirst = true;
  if (isSingle)
    options.onToken = [&](size_t, int64_t token) {
      llvm::outs() << (isFirst ? "" : ",") << token;
      llvm::outs().flush();
      isFirst = false;
      return true;
    };
  Result<std::vector<std::vector<int64_t>>> rows =
      generator->generate(prompts, options);
  if (!rows)
    return rows.error();
  if (isSingle)
    llvm::outs() << "\n";
  else
    for (const std::vector<int64_t> &row : *rows)
      llvm::outs() << llvm::join(llvm::map_range(row,
                                                 [](int64_t token) {
                                                   return std::to_string(token);
                                                 }),
                                 ",")
                   << "\n";
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
