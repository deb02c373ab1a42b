//===- Decoder.cpp - Folders of Llama and its relatives -------------------===//

#include "Decoder.h"

#include "Sizes.h"
#include "StepFunction.h"

namespace fs = std::filesystem;
using namespace mlir;

namespace tenon::hugging_face {

static Result<DecoderFolder> openFolder(const fs::path &folder,
                                        Config &config) {
  Result<DecoderConfig> read = readDecoderConfig(config);
  if (!read)
    return read.error();
  Result<SafetensorsIndex> index = SafetensorsIndex::open(folder);
  if (!index)
    return index.error();
  Result<WeightScope> weights =
      WeightScope::open(std::move(*index), "model.", "embed_tokens.weight");
  if (!weights)
    return weights.error();
  DecoderFolder opened{*read, std::move(*weights)};
  if (opened.weights.isPrefixed() && !opened.hasHead())
    return Error{folder.string() + ": tensor 'lm_head.weight' is missing, and "
                                   "config.json does not tie it to the "
                                   "embeddings (tie_word_embeddings)"};
  return opened;
}

/// The calls that a folder answers: whole sequences, or new tokens behind those
/// that caches hold.
enum class CallKind { Whole, Cached, Any };

static std::string cacheName(int64_t layer, const char *part) {
  return "past_key_values." + std::to_string(layer) + "." + part;
}

static Signature makeSignature(const DecoderFolder &folder, CallKind kind,
                               const ImportOptions &options) {
  const DecoderConfig &config = folder.config;
  DataType type = folder.weights.type(),
           cacheType = options.cacheType.value_or(type);
  bool isAny = kind == CallKind::Any;
  std::vector<std::string> tokens = {"batch", "sequence"};
  Signature signature;
  signature.inputs = {{"input_ids", DataType::Int64, {-1, -1}, tokens}};
  if (kind != CallKind::Cached)
    signature.inputs.push_back(
        {"attention_mask", DataType::Int64, {-1, -1}, tokens, true});
  if (kind != CallKind::Whole) {
    signature.inputs.push_back(
        {"past_lengths", DataType::Int64, {-1}, {"batch"}, isAny});
    signature.inputs.push_back(
        {"new_lengths", DataType::Int64, {-1}, {"batch"}, true});
    auto addInput = [&](const std::string &name, DataType type, int64_t heads,
                        int64_t size) {
      signature.inputs.push_back({name,
                                  type,
                                  {-1, heads, -1, size},
                                  {"batch", "", "capacity", ""},
                                  isAny,
                                  /*updated=*/true});
    };
    auto addCache = [&](int64_t layer, const char *part, int64_t heads,
                        int64_t size, int64_t groups) {
      std::string name = cacheName(layer, part);
      addInput(name, cacheType, heads, size);
      if (cacheType == DataType::Int8)
        addInput(name + "_scale", DataType::Float32, heads, groups);
    };
    for (int64_t layer = 0; layer < config.layers; ++layer) {
      if (config.latent) {
        addCache(layer, "latent", 1, config.latent->cached(),
                 config.latent->groups());
        continue;
      }
      addCache(layer, "key", config.keyHeads, config.headSize, 1);
      addCache(layer, "value", config.keyHeads, config.headSize, 1);
    }
  }
  if (options.adapters.form == AdapterForm::ByRow)
    signature.inputs.push_back(adapterPort());
  bool hasHead = folder.hasHead();
  signature.outputs = {{hasHead ? "logits" : "last_hidden_state",
                        type,
                        {-1, -1, hasHead ? config.vocabulary : config.hidden},
                        {"batch", "sequence", ""}}};
  return signature;
}

static Status checkCacheType(const ImportOptions &options,
                             const std::string &file) {
  if (!options.cacheType)
    return success();
  DataType type = *options.cacheType;
  if (type == DataType::Float32 || type == DataType::Float16 ||
      type == DataType::BFloat16 || type == DataType::Int8)
    return success();
  return Error{file + ": unsupported: caches of type " +
               std::string(name(type))};
}

Result<Signature> readDecoderSignature(const fs::path &folder, Config &config,
                                       const ImportOptions &options) {
  Result<DecoderFolder> opened = openFolder(folder, config);
  if (!opened)
    return opened.error();
  if (Status status = checkCacheType(options, folder.string()); !status)
    return status.error();
  return makeSignature(*opened, CallKind::Any, options);
}

/// A capacity, or a tensor of the past, asks for caches.
static CallKind kindOfCall(const ImportOptions &options) {
  bool isCached = options.dims.count("capacity") != 0;
  for (const auto &[name, shape] : options.inputShapes)
    isCached |= llvm::StringRef(name).starts_with("past_");
  return isCached ? CallKind::Cached : CallKind::Whole;
}

/// @step's arguments by what they are.
static DecoderInputs bindInputs(func::FuncOp step, ArrayRef<Port> ports) {
  DecoderInputs inputs;
  for (auto [port, argument] : llvm::zip_equal(ports, step.getArguments())) {
    llvm::StringRef name = port.name;
    // Scales come right behind what they scale.
    if (name.ends_with(".key"))
      inputs.keys.push_back({argument, Value()});
    else if (name.ends_with(".value"))
      inputs.values.push_back({argument, Value()});
    else if (name.ends_with(".latent"))
      inputs.latents.push_back({argument, Value()});
    else if (name.ends_with(".key_scale"))
      inputs.keys.back().scales = argument;
    else if (name.ends_with(".value_scale"))
      inputs.values.back().scales = argument;
    else if (name.ends_with(".latent_scale"))
      inputs.latents.back().scales = argument;
    else
      (name == "input_ids"        ? inputs.ids
       : name == "attention_mask" ? inputs.attentionMask
       : name == "adapters"       ? inputs.adapters
       : name == "past_lengths"   ? inputs.pastLengths
                                  : inputs.newLengths) = argument;
  }
  return inputs;
}

/// Whether every tensor of such a run has a size that can be counted.
static bool fits(const DecoderConfig &config, int64_t batch, int64_t tokens,
                 int64_t keys) {
  int64_t atLeastOne = std::max<int64_t>(batch, 1);
  int64_t perToken = config.experts ? config.experts->perToken : 1;
  const std::vector<int64_t> largest[] = {
      {atLeastOne, config.heads, tokens, keys},
      {atLeastOne, config.keyHeads, keys, config.headSize},
      {atLeastOne, tokens, config.vocabulary},
      {atLeastOne, tokens, config.heads, config.headSize},
      {atLeastOne, tokens, perToken, config.hidden},
      {atLeastOne, tokens, perToken, config.intermediate}};
  return llvm::all_of(largest, [](const std::vector<int64_t> &shape) {
    return byteCount(DataType::Float64, shape).has_value();
  });
}

Result<ImportedModel> importDecoder(MLIRContext &context,
                                    const fs::path &folder, Config &config,
                                    const ImportOptions &options) {
  Result<DecoderFolder> opened = openFolder(folder, config);
  if (!opened)
    return opened.error();
  if (Status status = opened->weights.attach(options.adapters); !status)
    return status.error();
  if (Status status = checkCacheType(options, folder.string()); !status)
    return status.error();
  CallKind kind = kindOfCall(options);
  Signature signature = makeSignature(*opened, kind, options);
  auto resolved = resolveSizes(signature, options, folder.string());
  if (!resolved)
    return resolved.error();
  int64_t batch = (*resolved)["batch"], tokens = (*resolved)["sequence"];
  if (tokens < 1)
    return Error{folder.string() + ": a sequence of no tokens"};
  int64_t keys = kind == CallKind::Cached ? (*resolved)["capacity"] : tokens;
  if (kind == CallKind::Cached && keys < tokens)
    return Error{folder.string() + ": a capacity of " + std::to_string(keys) +
                 " has no room for " + std::to_string(tokens) + " tokens"};
  if (!fits(opened->config, batch, tokens, keys))
    return Error{folder.string() + ": a batch of " + std::to_string(batch) +
                 " sequences of " + std::to_string(tokens) +
                 " tokens is too large"};
  const DecoderConfig &sizes = opened->config;
  RopeFrequencies frequencies =
      readRope(config, sizes.latent ? sizes.latent->ropeSize : sizes.headSize,
               sizes.family->defaultTheta, sizes.maxPositions);
  if (Status status = config.status(); !status)
    return status.error();

  ImportedModel imported = createStep(
      context, signature, options, *resolved,
      [&](OpBuilder &builder, func::FuncOp step, ArrayRef<Port> inputs) {
        Value result = buildDecoderGraph(builder, *opened, frequencies,
                                         bindInputs(step, inputs));
        return result ? SmallVector<Value>{result} : SmallVector<Value>();
      });
  if (Status status = opened->weights.finish(); !status)
    return status.error();
  return imported;
}

} // namespace tenon::hugging_face
