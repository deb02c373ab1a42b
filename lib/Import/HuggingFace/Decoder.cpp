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

static Signature makeSignature(const DecoderFolder &folder) {
  auto input = [&](const char *name, bool optional) {
    return Port{
        name, DataType::Int64, {-1, -1}, {"batch", "sequence"}, optional};
  };
  bool hasHead = folder.hasHead();
  const DecoderConfig &config = folder.config;
  Signature signature;
  signature.inputs = {input("input_ids", false), input("attention_mask", true)};
  signature.outputs = {{hasHead ? "logits" : "last_hidden_state",
                        folder.weights.type(),
                        {-1, -1, hasHead ? config.vocabulary : config.hidden},
                        {"batch", "sequence", ""},
                        false}};
  return signature;
}

Result<Signature> readDecoderSignature(const fs::path &folder, Config &config) {
  Result<DecoderFolder> opened = openFolder(folder, config);
  if (!opened)
    return opened.error();
  return makeSignature(*opened);
}

/// Whether every tensor of such a run has a size that can be counted.
static bool fits(const DecoderConfig &config, int64_t batch, int64_t tokens) {
  int64_t atLeastOne = std::max<int64_t>(batch, 1);
  const std::vector<int64_t> largest[] = {
      {atLeastOne, config.heads, tokens, tokens},
      {atLeastOne, tokens, config.vocabulary},
      {atLeastOne, tokens, config.heads, config.headSize},
      {atLeastOne, tokens, config.intermediate}};
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
  Signature signature = makeSignature(*opened);
  auto resolved = resolveSizes(signature, options, folder.string());
  if (!resolved)
    return resolved.error();
  int64_t batch = (*resolved)["batch"], tokens = (*resolved)["sequence"];
  if (tokens < 1)
    return Error{folder.string() + ": a sequence of no tokens"};
  if (!fits(opened->config, batch, tokens))
    return Error{folder.string() + ": a batch of " + std::to_string(batch) +
                 " sequences of " + std::to_string(tokens) +
                 " tokens is too large"};
  RopeFrequencies frequencies = readRope(config, opened->config.headSize,
                                         opened->config.family->defaultTheta,
                                         opened->config.maxPositions, tokens);
  if (Status status = config.status(); !status)
    return status.error();

  context.loadDialect<mlir::tenon::TenonDialect, func::FuncDialect,
                      arith::ArithDialect, math::MathDialect>();
  OpBuilder builder(&context);
  ImportedModel imported;
  imported.module = ModuleOp::create(builder, builder.getUnknownLoc());
  builder.setInsertionPointToEnd(imported.module->getBody());
  std::vector<Port> inputs;
  for (const Port &port : signature.inputs)
    if (!port.optional || isGiven(port.name, options))
      inputs.push_back(port);
  func::FuncOp step = createStep(builder, inputs, *resolved);
  builder.setInsertionPointToStart(&step.getBody().front());
  Value result =
      buildDecoderGraph(builder, *opened, frequencies, step, batch, tokens);
  if (Status status = opened->weights.status(); !status)
    return status.error();
  finishStep(builder, step, result, signature.outputs);
  return imported;
}

} // namespace tenon::hugging_face
