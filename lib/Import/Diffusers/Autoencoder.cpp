//===- Autoencoder.cpp - Folders of AutoencoderKL -------------------------===//
//
// Images as latents (Rombach et al., 2021, arXiv:2112.10752).
//
//===----------------------------------------------------------------------===//

#include "ImageBlocks.h"

#include "Sizes.h"
#include "StepFunction.h"

#include "tenon/IR/Create.h"

#include "mlir/Dialect/Math/IR/Math.h"

#include "llvm/ADT/STLExtras.h"

namespace fs = std::filesystem;
using namespace mlir;

namespace tenon::diffusers {

namespace {
struct AutoencoderConfig {
  int64_t imageChannels, outChannels, latentChannels, groups, resnets;
  std::vector<int64_t> channels; ///< by level, the largest images first
  bool quantConv, postQuantConv, attends, upcasts;
};

struct AutoencoderFolder {
  AutoencoderConfig config;
  WeightScope weights;
};

enum class Half { Decoder, Encoder };
} // namespace

static constexpr llvm::StringRef readKeys[] = {"act_fn",
                                               "block_out_channels",
                                               "down_block_types",
                                               "force_upcast",
                                               "in_channels",
                                               "latent_channels",
                                               "latents_mean",
                                               "latents_std",
                                               "layers_per_block",
                                               "norm_num_groups",
                                               "mid_block_add_attention",
                                               "out_channels",
                                               "sample_size",
                                               "scaling_factor",
                                               "shift_factor",
                                               "up_block_types",
                                               "use_post_quant_conv",
                                               "use_quant_conv"};

static void checkKinds(Config &config, const char *key, llvm::StringRef kind,
                       size_t levels) {
  const llvm::json::Value *value = config.value(key);
  const llvm::json::Array *array = value ? value->getAsArray() : nullptr;
  if (!array || array->size() != levels)
    return config.complain("'" + std::string(key) +
                           "' does not fit 'block_out_channels'");
  for (const llvm::json::Value &each : *array)
    if (each.getAsString() != kind)
      config.complain("unsupported: " + std::string(key) + " '" +
                      each.getAsString().value_or("").str() + "'");
}

static Result<AutoencoderConfig> readConfig(Config &config) {
  AutoencoderConfig out;
  refuseOtherKeys(config, readKeys, {});
  out.imageChannels = config.size("in_channels", 3);
  out.outChannels = config.size("out_channels", 3);
  out.latentChannels = config.size("latent_channels", 4);
  out.groups = config.size("norm_num_groups", 32);
  out.resnets = config.size("layers_per_block", 1);
  out.quantConv = config.flag("use_quant_conv", true);
  out.postQuantConv = config.flag("use_post_quant_conv", true);
  out.attends = config.flag("mid_block_add_attention", true);
  out.upcasts = config.flag("force_upcast", true);
  if (std::string act = config.string("act_fn", "silu"); act != "silu")
    config.complain("unsupported: act_fn '" + act + "'");
  const llvm::json::Value *channels = config.value("block_out_channels");
  if (const llvm::json::Array *array =
          channels ? channels->getAsArray() : nullptr)
    for (const llvm::json::Value &each : *array)
      out.channels.push_back(each.getAsInteger().value_or(0));
  constexpr size_t mostLevels = 16;
  if (out.channels.empty() || out.channels.size() > mostLevels)
    config.complain("'block_out_channels' is no list of sizes");
  for (int64_t size : out.channels)
    if (size < 1 || size >= int64_t(1) << 31 || size % out.groups != 0)
      config.complain("'block_out_channels' holds " + std::to_string(size) +
                      ", which " + std::to_string(out.groups) +
                      " groups do not divide");
  checkKinds(config, "down_block_types", "DownEncoderBlock2D",
             out.channels.size());
  checkKinds(config, "up_block_types", "UpDecoderBlock2D", out.channels.size());
  if (Status status = config.status(); !status)
    return status.error();
  return out;
}

static Result<AutoencoderFolder> openFolder(const fs::path &folder,
                                            Config &config) {
  Result<AutoencoderConfig> read = readConfig(config);
  if (!read)
    return read.error();
  Result<WeightScope> weights = openWeights(folder, "decoder.conv_in.weight");
  if (!weights)
    return weights.error();
  // Values of such models leave the range of 16 bits (SEMANTICS E4).
  if (read->upcasts)
    weights->widen();
  return AutoencoderFolder{std::move(*read), std::move(*weights)};
}

static Result<Half> halfOf(const fs::path &folder,
                           const ImportOptions &options) {
  if (options.part.empty() || options.part == "decoder")
    return Half::Decoder;
  if (options.part == "encoder")
    return Half::Encoder;
  return Error{folder.string() + ": an AutoencoderKL has no part '" +
               options.part + "' (decoder, encoder)"};
}

static Signature makeSignature(const AutoencoderFolder &folder, Half half) {
  DataType type = folder.weights.type();
  const AutoencoderConfig &config = folder.config;
  auto latents = [&](const char *name) {
    return Port{name,
                type,
                {-1, config.latentChannels, -1, -1},
                {"batch", "", "height", "width"}};
  };
  auto image = [&](const char *name, int64_t channels) {
    return Port{name,
                type,
                {-1, channels, -1, -1},
                {"batch", "", "image_height", "image_width"}};
  };
  if (half == Half::Decoder)
    return {{latents("latent_sample")}, {image("sample", config.outChannels)}};
  return {{image("image", config.imageChannels)},
          {latents("latent_mean"), latents("latent_std")}};
}

Result<Signature> readAutoencoderSignature(const fs::path &folder,
                                           Config &config,
                                           const ImportOptions &options) {
  Result<AutoencoderFolder> opened = openFolder(folder, config);
  Result<Half> half = halfOf(folder, options);
  if (!opened || !half)
    return opened ? half.error() : opened.error();
  return makeSignature(*opened, *half);
}

namespace {
class AutoencoderBuilder : ImageBlocks {
public:
  AutoencoderBuilder(OpBuilder &builder, AutoencoderFolder &folder)
      : ImageBlocks(builder, folder.weights, folder.config.groups,
                    /*epsilon=*/1e-6),
        config(folder.config) {}

  SmallVector<Value> decode(Value latents);
  SmallVector<Value> encode(Value image);

private:
  bool isSound() const { return weights.status().ok(); }
  Value pointwise(const std::string &name, Value input) {
    return conv(name, input, shapeOf(input)[1], /*size=*/1, /*stride=*/1,
                /*padding=*/0);
  }
  Value attention(const std::string &prefix, Value image);
  Value middle(const std::string &prefix, Value image);

  const AutoencoderConfig &config;
};
} // namespace

/// One head over all pixels.
Value AutoencoderBuilder::attention(const std::string &prefix, Value image) {
  int64_t size = shapeOf(image)[1], height = shapeOf(image)[2],
          width = shapeOf(image)[3];
  // Folders from before diffusers 0.13 have older names.
  bool isOld = weights.has(prefix + "query.weight");
  auto name = [&](const char *now, const char *before) {
    return prefix + (isOld ? before : now);
  };
  Value tokens =
      toTokens(prefix + "tokens", groupNorm(prefix + "group_norm", image));
  Value query = linear(name("to_q", "query"), tokens, size),
        key = linear(name("to_k", "key"), tokens, size),
        value = linear(name("to_v", "value"), tokens, size);
  Value attended = attend(prefix + "attention", query, key, value, /*heads=*/1);
  attended = linear(name("to_out.0", "proj_attn"), attended, size);
  return add(prefix + "add", toImage(prefix + "image", attended, height, width),
             image);
}

Value AutoencoderBuilder::middle(const std::string &prefix, Value image) {
  int64_t size = config.channels.back();
  image = resnet(prefix + "resnets.0.", image, size, /*time=*/Value());
  if (config.attends)
    image = attention(prefix + "attentions.0.", image);
  return resnet(prefix + "resnets.1.", image, size, /*time=*/Value());
}

SmallVector<Value> AutoencoderBuilder::decode(Value latents) {
  auto count = static_cast<int64_t>(config.channels.size());
  if (config.postQuantConv)
    latents = pointwise("post_quant_conv", latents);
  Value image = conv("decoder.conv_in", latents, config.channels.back());
  image = middle("decoder.mid_block.", image);
  for (int64_t level = 0; level < count && isSound(); ++level) {
    std::string prefix = "decoder.up_blocks." + std::to_string(level) + ".";
    int64_t size = config.channels[count - 1 - level];
    for (int64_t i = 0; i <= config.resnets && isSound(); ++i)
      image = resnet(prefix + "resnets." + std::to_string(i) + ".", image, size,
                     /*time=*/Value());
    if (level + 1 < count)
      image = upsample(prefix + "upsamplers.0.", image, std::nullopt);
  }
  if (!isSound())
    return {};
  image = silu("decoder.conv_act", groupNorm("decoder.conv_norm_out", image));
  return {conv("decoder.conv_out", image, config.outChannels)};
}

/// The mean and the standard deviation of the latents, whose logarithm is kept
/// from -30 to 20.
SmallVector<Value> AutoencoderBuilder::encode(Value image) {
  auto count = static_cast<int64_t>(config.channels.size());
  image = conv("encoder.conv_in", image, config.channels.front());
  for (int64_t level = 0; level < count && isSound(); ++level) {
    std::string prefix = "encoder.down_blocks." + std::to_string(level) + ".";
    for (int64_t i = 0; i < config.resnets && isSound(); ++i)
      image = resnet(prefix + "resnets." + std::to_string(i) + ".", image,
                     config.channels[level], /*time=*/Value());
    if (level + 1 < count)
      image = downsample(prefix + "downsamplers.0.", image, /*padding=*/0);
  }
  if (!isSound())
    return {};
  image = middle("encoder.mid_block.", image);
  image = silu("encoder.conv_act", groupNorm("encoder.conv_norm_out", image));
  image = conv("encoder.conv_out", image, 2 * config.latentChannels);
  if (config.quantConv)
    image = pointwise("quant_conv", image);
  Value mean = part("latent_mean", image, 1, 0, config.latentChannels),
        logarithm = part("latent_std", image, 1, config.latentChannels,
                         config.latentChannels);
  ImplicitLocOpBuilder b(at("latent_std"), builder);
  auto type = cast<RankedTensorType>(logarithm.getType());
  auto uniform = [&](double value) -> Value {
    return arith::ConstantOp::create(
        b, DenseElementsAttr::get(
               type, b.getFloatAttr(type.getElementType(), value)));
  };
  logarithm = arith::MinimumFOp::create(b, logarithm, uniform(20));
  logarithm = arith::MaximumFOp::create(b, logarithm, uniform(-30));
  Value deviation =
      math::ExpOp::create(b, arith::MulFOp::create(b, logarithm, uniform(0.5)));
  return {mean, deviation};
}

/// Whether every tensor of such a run has a size that can be counted. `height`
/// and `width` are those of the image.
static bool fits(const AutoencoderConfig &config, int64_t batch, int64_t height,
                 int64_t width) {
  int64_t channels = *llvm::max_element(config.channels);
  int64_t scale = int64_t(1) << (config.channels.size() - 1);
  int64_t pixels = (height / scale + 1) * (width / scale + 1);
  return byteCount(
             DataType::Float64,
             std::vector<int64_t>{batch, channels, height + 1, width + 1}) &&
         byteCount(DataType::Float64,
                   std::vector<int64_t>{batch, pixels, pixels});
}

Result<ImportedModel> importAutoencoder(MLIRContext &context,
                                        const fs::path &folder, Config &config,
                                        const ImportOptions &options) {
  Result<AutoencoderFolder> opened = openFolder(folder, config);
  if (!opened)
    return opened.error();
  if (!options.adapters.sources.empty())
    return Error{folder.string() + ": unsupported: adapters of an "
                                   "AutoencoderKL"};
  Result<Half> half = halfOf(folder, options);
  if (!half)
    return half.error();
  Signature signature = makeSignature(*opened, *half);
  auto resolved =
      hugging_face::resolveSizes(signature, options, folder.string());
  if (!resolved)
    return resolved.error();
  bool encodes = *half == Half::Encoder;
  int64_t scale = int64_t(1) << (opened->config.channels.size() - 1);
  int64_t batch = std::max<int64_t>((*resolved)["batch"], 1),
          height = (*resolved)[encodes ? "image_height" : "height"],
          width = (*resolved)[encodes ? "image_width" : "width"];
  constexpr int64_t largestSide = int64_t(1) << 20;
  int64_t pixels = encodes ? 1 : scale, least = encodes ? scale : 1;
  if (height < least || width < least || height > largestSide ||
      width > largestSide ||
      !fits(opened->config, batch, height * pixels, width * pixels))
    return Error{folder.string() + ": no image has " + std::to_string(batch) +
                 " x " + std::to_string(height) + " x " +
                 std::to_string(width) + (encodes ? " pixels" : " latents")};
  ImportedModel imported = hugging_face::createStep(
      context, signature, options, *resolved,
      [&](OpBuilder &builder, func::FuncOp step, ArrayRef<Port>) {
        AutoencoderBuilder blocks(builder, *opened);
        return encodes ? blocks.encode(step.getArgument(0))
                       : blocks.decode(step.getArgument(0));
      });
  if (Status status = opened->weights.finish(); !status)
    return status.error();
  return imported;
}

} // namespace tenon::diffusers
