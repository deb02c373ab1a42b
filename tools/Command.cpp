//===- Command.cpp - What the tools' command lines share ------------------===//

#include "Command.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <mutex>

using namespace tenon;

Result<std::pair<std::string, std::string>>
tenon::splitAssignment(const std::string &text, const std::string &option) {
  // The name may hold '=' itself only where the file's name does not: the last
  // one counts.
  auto [name, value] = llvm::StringRef(text).rsplit('=');
  if (name.empty() || value.empty())
    return Error{option + " wants NAME=VALUE, not '" + text + "'"};
  return std::pair(name.str(), value.str());
}

Result<std::vector<std::map<std::string, int64_t>>>
tenon::parseVariants(llvm::ArrayRef<std::string> arguments) {
  std::vector<std::map<std::string, int64_t>> variants = {{}};
  for (const std::string &argument : arguments) {
    Result<std::pair<std::string, std::string>> parts =
        splitAssignment(argument, "--dim");
    if (!parts)
      return parts.error();
    std::vector<std::map<std::string, int64_t>> longer;
    for (const auto &variant : variants)
      for (llvm::StringRef text : llvm::split(parts->second, ',')) {
        int64_t size;
        if (text.getAsInteger(10, size) || size < 0)
          return Error{"--dim " + parts->first + ": '" + text.str() +
                       "' is not a size"};
        longer.push_back(variant);
        longer.back()[parts->first] = size;
      }
    variants = std::move(longer);
  }
  return variants;
}

Result<std::map<std::string, int64_t>>
tenon::parseDims(llvm::ArrayRef<std::string> arguments) {
  Result<std::vector<std::map<std::string, int64_t>>> variants =
      parseVariants(arguments);
  if (!variants)
    return variants.error();
  if (variants->size() != 1)
    return Error{"--dim has several sizes, but one is wanted"};
  return std::move(variants->front());
}

Result<WeightQuantization> tenon::parseQuantize(const std::string &text) {
  WeightQuantization argument;
  if (text.empty())
    return argument;
  auto [kind, group] = llvm::StringRef(text).split(':');
  if (kind == "int8")
    argument.bits = 8;
  else if (kind == "int4")
    argument = {4, 128};
  if (argument.bits == 0 ||
      (kind.size() < text.size() &&
       (group.getAsInteger(10, argument.group) || argument.group < 1)))
    return Error{"--quantize " + text +
                 " is not int8 or int4 with or without :GROUP"};
  return argument;
}

Result<AdapterOptions> AdapterFlags::parse() const {
  AdapterOptions adapters;
  adapters.form = form;
  adapters.lossLimit = lossLimit;
  if (!rowsPerSwap.empty()) {
    auto [rows, call] = llvm::StringRef(rowsPerSwap).split('/');
    bool hasCall = rows.size() < rowsPerSwap.size();
    if (rows.getAsInteger(10, adapters.rowsPerSwap) ||
        adapters.rowsPerSwap < 1 ||
        (hasCall && (call.getAsInteger(10, adapters.rowsPerCall) ||
                     adapters.rowsPerCall < 1)))
      return Error{"--adapter-rows-per-swap " + rowsPerSwap +
                   " is not ROWS or ROWS/CALL, numbers from 1"};
    if (adapters.form != AdapterForm::Auto)
      return Error{"--adapter-rows-per-swap is for --adapter-form auto"};
  }
  for (llvm::StringRef argument : folders) {
    auto [folder, scale] = argument.rsplit('=');
    AdapterSource source{argument.str()};
    // A folder's name may have an = itself.
    std::error_code ignored;
    if (folder.size() < argument.size() &&
        !std::filesystem::exists(source.folder, ignored)) {
      source.folder = folder.str();
      if (scale.getAsDouble(source.scale) || !std::isfinite(source.scale))
        return Error{"--adapter " + argument.str() + ": '" + scale.str() +
                     "' is no scale"};
    }
    adapters.sources.push_back(std::move(source));
  }
  return adapters;
}

Result<std::optional<DataType>> tenon::parseCacheType(const std::string &text) {
  if (text.empty())
    return std::optional<DataType>();
  auto type = llvm::StringSwitch<std::optional<DataType>>(text)
                  .Case("f32", DataType::Float32)
                  .Case("f16", DataType::Float16)
                  .Case("bf16", DataType::BFloat16)
                  .Case("int8", DataType::Int8)
                  .Default(std::nullopt);
  if (!type)
    return Error{"--cache-type " + text + " is none of f32, f16, bf16, int8"};
  return type;
}

Result<RewriteOptions> CompilingOptions::rewrites() const {
  Result<WeightQuantization> quantization = parseQuantize(quantize);
  if (!quantization)
    return quantization.error();
  if (!llvm::is_contained({"auto", "absorbed", "expanded"}, mla.getValue()))
    return Error{"--mla " + mla + " is none of auto, absorbed, expanded"};
  RewriteOptions rewrites;
  rewrites.winograd = winograd == WinogradUse::Auto;
  rewrites.quantization = *quantization;
  rewrites.latentAttention = mla;
  return rewrites;
}

Result<CompileOptions> CompilingOptions::parse() const {
  CompileOptions options;
  options.target = target;
  options.chip = chip;
  options.tf32 = tf32;
  options.function = function;
  options.part = part;
  options.tune = tune;
  if (memoryLimit.getNumOccurrences() > 0)
    options.memoryLimit = memoryLimit;
  Result<RewriteOptions> parsedRewrites = rewrites();
  if (!parsedRewrites)
    return parsedRewrites.error();
  options.rewrites = std::move(*parsedRewrites);
  Result<std::optional<DataType>> cacheType = parseCacheType(cache);
  if (!cacheType)
    return cacheType.error();
  options.cacheType = *cacheType;
  Result<AdapterOptions> parsedAdapters = adapters.parse();
  if (!parsedAdapters)
    return parsedAdapters.error();
  options.adapters = std::move(*parsedAdapters);
  options.progress = progressBar();
  options.note = [](std::string_view text) {
    llvm::errs() << "note: " << llvm::StringRef(text) << "\n";
  };
  return options;
}

std::function<void(std::string_view, size_t, size_t)> tenon::progressBar() {
  if (!llvm::sys::Process::StandardErrIsDisplayed())
    return {};
  return [](std::string_view what, size_t done, size_t of) {
    constexpr size_t width = 40;
    size_t filled = of ? done * width / of : width;
    llvm::errs() << "\r" << llvm::StringRef(what) << " ["
                 << std::string(filled, '#') << std::string(width - filled, ' ')
                 << "] " << done << "/" << of << (done == of ? "\n" : "");
  };
}

int tenon::runTool(int argc, char **argv, llvm::cl::OptionCategory &category,
                   const char *overview,
                   const std::function<Result<int>()> &body) {
  llvm::InitLLVM init(argc, argv);
  llvm::cl::HideUnrelatedOptions(category);
  if (!llvm::cl::ParseCommandLineOptions(argc, argv, overview, &llvm::errs()))
    return 2;
  Result<int> status = body();
  if (!status) {
    llvm::errs() << "error: " << status.error().message << "\n";
    return 2;
  }
  return *status;
}
