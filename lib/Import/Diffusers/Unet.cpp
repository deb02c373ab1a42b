//===- Unet.cpp - Folders of UNet2DConditionModel and ControlNetModel -----===//

#include "Unet.h"

#include "Sizes.h"
#include "StepFunction.h"

#include "llvm/ADT/STLExtras.h"

namespace fs = std::filesystem;
using namespace mlir;

namespace tenon::diffusers {

namespace {
enum class Kind { Unet, ControlNet };

struct UnetFolder {
  UnetConfig config;
  WeightScope weights;
  bool isControlled; ///< takes residuals
};
} // namespace

static Result<UnetFolder> openFolder(const fs::path &folder, Config &config,
                                     const ImportOptions &options, Kind kind) {
  bool isControlled = options.part == "controlled";
  if (!options.part.empty() && !isControlled)
    return Error{folder.string() + ": a " +
                 (kind == Kind::Unet ? "UNet" : "ControlNet") +
                 " has no part '" + options.part + "' (controlled)"};
  Result<UnetConfig> read = kind == Kind::Unet ? readUnetConfig(config)
                                               : readControlNetConfig(config);
  if (!read)
    return read.error();
  // Each is an input or an output.
  constexpr int64_t mostLayers = 1024;
  if (kind == Kind::ControlNet || isControlled)
    for (const UnetLevel &level : read->levels)
      if (level.resnets > mostLayers)
        return Error{config.fileName() + ": unsupported: layers_per_block " +
                     std::to_string(level.resnets)};
  Result<WeightScope> weights = openWeights(folder, "conv_in.weight");
  if (!weights)
    return weights.error();
  return UnetFolder{std::move(*read), std::move(*weights), isControlled};
}

/// Sizes of residuals are those for a height and a width that are known, 0 in
/// a signature of any.
static Signature makeSignature(const UnetFolder &folder, int64_t height = 0,
                               int64_t width = 0) {
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
  if (const auto &condition = config.condition)
    signature.inputs.push_back({"controlnet_cond",
                                type,
                                {-1, condition->channels, -1, -1},
                                {"batch", "", "image_height", "image_width"}});
  for (Port &port : signature.inputs)
    port.stage = port.name == "sample"     ? ""
                 : port.name == "timestep" ? "time"
                                           : "begin";
  if (!config.condition)
    signature.outputs = {image("out_sample", config.outChannels)};
  if (!config.condition && !folder.isControlled)
    return signature;
  std::vector<Port> residuals;
  bool isKnown = height > 0;
  for (const Residual &each : residualsOf(config, height, width))
    residuals.push_back({each.name,
                         type,
                         {-1, each.channels, isKnown ? each.height : -1,
                          isKnown ? each.width : -1},
                         {"batch", "", "", ""}});
  if (config.condition)
    signature.inputs.push_back({"conditioning_scale",
                                DataType::Float32,
                                {static_cast<int64_t>(residuals.size())},
                                {""}});
  if (folder.isControlled)
    signature.inputs.insert(signature.inputs.end(), residuals.begin(),
                            residuals.end());
  if (config.condition)
    signature.outputs = std::move(residuals);
  return signature;
}

static Result<Signature> readSignature(const fs::path &folder, Config &config,
                                       const ImportOptions &options,
                                       Kind kind) {
  Result<UnetFolder> opened = openFolder(folder, config, options, kind);
  if (!opened)
    return opened.error();
  return makeSignature(*opened);
}

Result<Signature> readUnetSignature(const fs::path &folder, Config &config,
                                    const ImportOptions &options) {
  return readSignature(folder, config, options, Kind::Unet);
}

Result<Signature> readControlNetSignature(const fs::path &folder,
                                          Config &config,
                                          const ImportOptions &options) {
  return readSignature(folder, config, options, Kind::ControlNet);
}

static bool isResidual(llvm::StringRef port) {
  return port.contains("_additional_residual");
}

static UnetInputs bindInputs(func::FuncOp step, ArrayRef<Port> ports) {
  UnetInputs inputs;
  for (auto [port, argument] : llvm::zip_equal(ports, step.getArguments())) {
    if (isResidual(port.name)) {
      inputs.residuals.push_back(argument);
      continue;
    }
    (port.name == "sample"                  ? inputs.sample
     : port.name == "controlnet_cond"       ? inputs.image
     : port.name == "conditioning_scale"    ? inputs.scales
     : port.name == "timestep"              ? inputs.timestep
     : port.name == "encoder_hidden_states" ? inputs.states
     : port.name == "text_embeds"           ? inputs.textEmbeds
                                            : inputs.timeIds) = argument;
  }
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

/// Whether an image that a ControlNet looks at ends as large as the latents.
static bool fitsLatents(const ConditionEncoder &condition, int64_t image,
                        int64_t latents) {
  for (size_t i = 1; i < condition.sizes.size(); ++i)
    image = (image + 1) / 2;
  return image == latents;
}

static Result<ImportedModel> import(MLIRContext &context,
                                    const fs::path &folder, Config &config,
                                    const ImportOptions &options, Kind kind) {
  Result<UnetFolder> opened = openFolder(folder, config, options, kind);
  if (!opened)
    return opened.error();
  AdapterOptions adapters = options.adapters;
  adapters.component = kind == Kind::Unet ? "unet" : "controlnet";
  if (Status status = opened->weights.attach(adapters); !status)
    return status.error();
  for (const UnetLevel &level : opened->config.levels)
    if (level.crossSize != opened->config.levels.front().crossSize)
      return Error{config.fileName() + ": unsupported: cross_attention_dim "
                                       "(blocks with different ones)"};
  // Sizes of residuals follow from those of the sample.
  Signature free = makeSignature(*opened);
  llvm::erase_if(free.inputs,
                 [](const Port &port) { return isResidual(port.name); });
  ImportOptions known = options;
  std::erase_if(known.inputShapes,
                [](const auto &each) { return isResidual(each.first); });
  auto resolved = hugging_face::resolveSizes(free, known, folder.string());
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
  if (const auto &condition = opened->config.condition) {
    int64_t imageHeight = (*resolved)["image_height"],
            imageWidth = (*resolved)["image_width"];
    if (!fitsLatents(*condition, imageHeight, height) ||
        !fitsLatents(*condition, imageWidth, width))
      return Error{
          folder.string() + ": an image of " + std::to_string(imageHeight) +
          " x " + std::to_string(imageWidth) + " pixels is not one of " +
          std::to_string(height) + " x " + std::to_string(width) + " latents"};
  }
  Signature signature = makeSignature(*opened, height, width);
  if (auto all =
          hugging_face::resolveSizes(signature, options, folder.string());
      !all)
    return all.error();
  ImportedModel imported = hugging_face::createStep(
      context, signature, options, *resolved,
      [&](OpBuilder &builder, func::FuncOp step, ArrayRef<Port> inputs) {
        return buildUnet(builder, opened->config, opened->weights,
                         bindInputs(step, inputs));
      });
  if (Status status = opened->weights.finish(); !status)
    return status.error();
  return imported;
}

Result<ImportedModel> importUnet(MLIRContext &context, const fs::path &folder,
                                 Config &config, const ImportOptions &options) {
  return import(context, folder, config, options, Kind::Unet);
}

Result<ImportedModel> importControlNet(MLIRContext &context,
                                       const fs::path &folder, Config &config,
                                       const ImportOptions &options) {
  return import(context, folder, config, options, Kind::ControlNet);
}

} // namespace tenon::diffusers
