//===- Unet.cpp - Folders of UNet2DConditionModel -------------------------===//

#include "Unet.h"

#include "Sizes.h"
#include "StepFunction.h"

#include "llvm/ADT/STLExtras.h"

namespace fs = std::filesystem;
using namespace mlir;

namespace tenon::diffusers {

namespace {
struct UnetFolder {
  UnetConfig config;
  WeightScope weights;
};
} // namespace

static Result<UnetFolder> openFolder(const fs::path &folder, Config &config,
                                     const ImportOptions &options) {
  if (!options.part.empty())
    return Error{folder.string() + ": a UNet has no parts"};
  Result<UnetConfig> read = readUnetConfig(config);
  if (!read)
    return read.error();
  Result<WeightScope> weights = openWeights(folder, "conv_in.weight");
  if (!weights)
    return weights.error();
  return UnetFolder{std::move(*read), std::move(*weights)};
}

static Signature makeSignature(const UnetFolder &folder) {
  const UnetConfig &config = folder.config;
  DataType type = folder.weights.type();
  Signature signature;
  auto image = [&](const char *name, int64_t channels) {
    return Port{
        name, type, {-1, channels, -1, -1}, {"batch", "", "height", "width"}};
  };
  signature.inputs = {image("sample", config.inChannels),
                      {"timestep", DataType::Float32, {-1}, {"batch"}},
                      {"encoder_hidden_states",
                       type,
                       {-1, -1, config.levels.front().crossSize},
                       {"batch", "sequence", ""}}};
  if (const auto &added = config.added) {
    signature.inputs.push_back({"text_embeds",
                                type,
                                {-1, added->inputSize - 6 * added->numberSize},
                                {"batch", ""}});
    signature.inputs.push_back(
        {"time_ids", DataType::Float32, {-1, 6}, {"batch", ""}});
  }
  for (Port &port : signature.inputs)
    port.stage = port.name == "sample"     ? ""
                 : port.name == "timestep" ? "time"
                                           : "begin";
  signature.outputs = {image("out_sample", config.outChannels)};
  return signature;
}

Result<Signature> readUnetSignature(const fs::path &folder, Config &config,
                                    const ImportOptions &options) {
  Result<UnetFolder> opened = openFolder(folder, config, options);
  if (!opened)
    return opened.error();
  return makeSignature(*opened);
}

static UnetInputs bindInputs(func::FuncOp step, ArrayRef<Port> ports) {
  UnetInputs inputs;
  for (auto [port, argument] : llvm::zip_equal(ports, step.getArguments()))
    (port.name == "sample"                  ? inputs.sample
     : port.name == "timestep"              ? inputs.timestep
     : port.name == "encoder_hidden_states" ? inputs.states
     : port.name == "text_embeds"           ? inputs.textEmbeds
                                            : inputs.timeIds) = argument;
  return inputs;
}

/// Whether every tensor of such a run has a size that can be counted.
static bool fits(const UnetConfig &config, int64_t batch, int64_t height,
                 int64_t width, int64_t tokens) {
  int64_t heads = 1, channels = config.inChannels;
  for (const UnetLevel &level : config.levels) {
    heads = std::max(heads, level.heads);
    channels = std::max(channels, level.channels);
  }
  constexpr int64_t widening = 8;
  return byteCount(DataType::Float64,
                   std::vector<int64_t>{std::max<int64_t>(batch, 1),
                                        widening * channels, height + 1,
                                        width + 1}) &&
         byteCount(DataType::Float64,
                   std::vector<int64_t>{std::max<int64_t>(batch, 1), heads,
                                        height, width,
                                        std::max(height * width, tokens)});
}

Result<ImportedModel> importUnet(MLIRContext &context, const fs::path &folder,
                                 Config &config, const ImportOptions &options) {
  Result<UnetFolder> opened = openFolder(folder, config, options);
  if (!opened)
    return opened.error();
  AdapterOptions adapters = options.adapters;
  adapters.component = "unet";
  if (Status status = opened->weights.attach(adapters); !status)
    return status.error();
  for (const UnetLevel &level : opened->config.levels)
    if (level.crossSize != opened->config.levels.front().crossSize)
      return Error{config.fileName() + ": unsupported: cross_attention_dim "
                                       "(blocks with different ones)"};
  Signature signature = makeSignature(*opened);
  auto resolved =
      hugging_face::resolveSizes(signature, options, folder.string());
  if (!resolved)
    return resolved.error();
  int64_t batch = (*resolved)["batch"], height = (*resolved)["height"],
          width = (*resolved)["width"], tokens = (*resolved)["sequence"];
  constexpr int64_t largestSide = int64_t(1) << 20;
  if (height < 1 || width < 1 || tokens < 1 || height > largestSide ||
      width > largestSide ||
      !fits(opened->config, batch, height, width, tokens))
    return Error{folder.string() + ": no image has " + std::to_string(batch) +
                 " x " + std::to_string(height) + " x " +
                 std::to_string(width) + " latents, or no prompt " +
                 std::to_string(tokens) + " tokens"};
  ImportedModel imported = hugging_face::createStep(
      context, signature, options, *resolved,
      [&](OpBuilder &builder, func::FuncOp step, ArrayRef<Port> inputs) {
        Value result = buildUnet(builder, opened->config, opened->weights,
                                 bindInputs(step, inputs));
        return result ? SmallVector<Value>{result} : SmallVector<Value>();
      });
  if (Status status = opened->weights.finish(); !status)
    return status.error();
  return imported;
}

} // namespace tenon::diffusers
