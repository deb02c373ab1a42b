//===- Encoder.cpp - Folders of BERT and its relatives --------------------===//

#include "Encoder.h"

#include "Sizes.h"
#include "StepFunction.h"

namespace fs = std::filesystem;
using namespace mlir;

namespace tenon::hugging_face {

static Result<EncoderFolder> openFolder(const fs::path &folder,
                                        Config &config) {
  Result<EncoderConfig> read = readEncoderConfig(config);
  if (!read)
    return read.error();
  Result<std::optional<SentencePooling>> pooling =
      readSentencePooling(folder, read->hidden);
  if (!pooling)
    return pooling.error();
  Result<SafetensorsIndex> index = SafetensorsIndex::open(folder);
  if (!index)
    return index.error();
  Result<WeightScope> weights =
      WeightScope::open(std::move(*index), read->family->prefix,
                        "embeddings.word_embeddings.weight");
  if (!weights)
    return weights.error();
  return EncoderFolder{*read, std::move(*weights), *pooling};
}

static Signature makeSignature(const EncoderFolder &folder,
                               const ImportOptions &options) {
  auto port = [](const char *name, DataType type, std::vector<int64_t> shape,
                 std::vector<std::string> symbols, bool optional) {
    return Port{name, type, std::move(shape), std::move(symbols), optional};
  };
  auto input = [&](const char *name, bool optional) {
    return port(name, DataType::Int64, {-1, -1}, {"batch", "sequence"},
                optional);
  };
  Signature signature;
  signature.inputs = {input("input_ids", false),
                      input("attention_mask", false)};
  if (folder.asksTokenTypes())
    signature.inputs.push_back(input("token_type_ids", true));
  if (options.adapters.form == AdapterForm::ByRow)
    signature.inputs.push_back(adapterPort());

  DataType type = folder.weights.type();
  int64_t hidden = folder.config.hidden;
  signature.outputs = {port("last_hidden_state", type, {-1, -1, hidden},
                            {"batch", "sequence", ""}, false)};
  if (folder.hasPooler())
    signature.outputs.push_back(
        port("pooler_output", type, {-1, hidden}, {"batch", ""}, false));
  if (folder.pooling)
    signature.outputs.push_back(
        port("sentence_embedding", type, {-1, hidden}, {"batch", ""}, false));
  return signature;
}

Result<Signature> readEncoderSignature(const fs::path &folder, Config &config,
                                       const ImportOptions &options) {
  Result<EncoderFolder> opened = openFolder(folder, config);
  if (!opened)
    return opened.error();
  return makeSignature(*opened, options);
}

/// @step's arguments by what they are.
static EncoderInputs bindInputs(func::FuncOp step, ArrayRef<Port> ports) {
  EncoderInputs inputs;
  for (auto [port, argument] : llvm::zip_equal(ports, step.getArguments()))
    (port.name == "input_ids"        ? inputs.ids
     : port.name == "attention_mask" ? inputs.attentionMask
     : port.name == "adapters"       ? inputs.adapters
                                     : inputs.tokenTypes) = argument;
  return inputs;
}

/// The largest sequence for which every token has a position of its own.
static int64_t maxTokens(const EncoderConfig &config) {
  return config.family->positions == PositionKind::Counted
             ? config.maxPositions
             : config.maxPositions - config.padding - 1;
}

Result<ImportedModel> importEncoder(MLIRContext &context,
                                    const fs::path &folder, Config &config,
                                    const ImportOptions &options) {
  Result<EncoderFolder> opened = openFolder(folder, config);
  if (!opened)
    return opened.error();
  if (Status status = opened->weights.attach(options.adapters); !status)
    return status.error();
  Signature signature = makeSignature(*opened, options);
  auto resolved = resolveSizes(signature, options, folder.string());
  if (!resolved)
    return resolved.error();
  int64_t batch = (*resolved)["batch"], tokens = (*resolved)["sequence"];
  if (tokens < 1 || tokens > maxTokens(opened->config))
    return Error{folder.string() + ": a sequence of " + std::to_string(tokens) +
                 " tokens: the model has positions "
                 "for 1 to " +
                 std::to_string(maxTokens(opened->config)) +
                 " (max_position_embeddings)"};
  const EncoderConfig &sizes = opened->config;
  int64_t atLeastOne = std::max<int64_t>(batch, 1);
  const std::vector<int64_t> largest[] = {
      {atLeastOne, sizes.heads, tokens, tokens},
      {atLeastOne, tokens, sizes.hidden},
      {atLeastOne, tokens, sizes.intermediate}};
  for (const std::vector<int64_t> &shape : largest)
    if (!byteCount(DataType::Float64, shape))
      return Error{folder.string() + ": a batch of " + std::to_string(batch) +
                   " is too large"};

  ImportedModel imported = createStep(
      context, signature, options, *resolved,
      [&](OpBuilder &builder, func::FuncOp step, ArrayRef<Port> inputs) {
        return buildEncoderGraph(builder, *opened, bindInputs(step, inputs),
                                 batch, tokens);
      });
  if (Status status = opened->weights.finish(); !status)
    return status.error();
  return imported;
}

} // namespace tenon::hugging_face
