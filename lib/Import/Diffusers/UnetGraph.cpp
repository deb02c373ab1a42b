//===- UnetGraph.cpp - The graph of a UNet --------------------------------===//

#include "ImageBlocks.h"
#include "Unet.h"

#include "tenon/IR/Create.h"

#include "mlir/Dialect/Math/IR/Math.h"

#include <cmath>

using namespace mlir;
namespace ir = mlir::tenon;

namespace tenon::diffusers {

namespace {
class UnetBuilder : ImageBlocks {
public:
  UnetBuilder(OpBuilder &builder, const UnetConfig &config,
              WeightScope &weights, const UnetInputs &inputs)
      : ImageBlocks(builder, weights, config.groups, config.epsilon),
        config(config), inputs(inputs) {}

  SmallVector<Value> build();

private:
  Value sinusoids(const Twine &name, Value numbers, int64_t size);
  Value twoLayers(const std::string &prefix, Value input);
  Value timeEmbedding();
  Value transformer(const std::string &prefix, const UnetLevel &level,
                    Value tokens);
  Value spatialTransformer(const std::string &prefix, const UnetLevel &level,
                           Value image);
  Value down(int64_t number, Value image);
  Value middle(Value image);
  Value up(int64_t number, Value image);
  bool isSound() const { return weights.status().ok(); }
  Value condition();
  SmallVector<Value> control(Value image);
  void takeResiduals(Value &image);
  /// From channels to as many.
  Value mixChannels(const std::string &name, Value image) {
    return conv(name, image, shapeOf(image)[1], /*size=*/1, /*stride=*/1,
                /*padding=*/0);
  }

  const UnetConfig &config;
  const UnetInputs &inputs;
  Value time; ///< the embedding after its activation
  SmallVector<Value> skips;
};
} // namespace

/// The embedding of `numbers` [n] by sines and cosines of falling frequencies
/// (Vaswani et al., 2017) [n, size], formed in f32.
Value UnetBuilder::sinusoids(const Twine &name, Value numbers, int64_t size) {
  ImplicitLocOpBuilder b(at(name), builder);
  int64_t count = shapeOf(numbers)[0], half = size / 2;
  std::vector<float> frequencies(half);
  for (int64_t i = 0; i < half; ++i)
    frequencies[i] = std::exp(
        static_cast<float>(-std::log(10000.0)) * static_cast<float>(i) /
        static_cast<float>(static_cast<double>(half) - config.frequencyShift));
  Type f32 = b.getF32Type();
  auto type = RankedTensorType::get({count, half}, f32);
  Value table = arith::ConstantOp::create(
      b, DenseElementsAttr::get(RankedTensorType::get({1, half}, f32),
                                ArrayRef(frequencies)));
  Value angles = arith::MulFOp::create(
      b,
      ir::BroadcastOp::create(
          b, type,
          ir::createReshape(b, ir::createCast(b, numbers, f32), {count, 1})),
      ir::BroadcastOp::create(b, type, table));
  Value first = math::SinOp::create(b, angles),
        second = math::CosOp::create(b, angles);
  if (config.cosinesFirst)
    std::swap(first, second);
  Value both = ir::ConcatOp::create(b, ValueRange{first, second}, 1);
  return ir::createCast(b, both,
                        elementType(builder.getContext(), weights.type()));
}

Value UnetBuilder::twoLayers(const std::string &prefix, Value input) {
  Value wide = linear(prefix + "linear_1", input, config.timeSize());
  return linear(prefix + "linear_2", silu(prefix + "act", wide),
                config.timeSize());
}

/// With what is added to it, behind the activation that all blocks begin with.
Value UnetBuilder::timeEmbedding() {
  Value embedding =
      twoLayers("time_embedding.", sinusoids("time_proj", inputs.timestep,
                                             config.levels.front().channels));
  if (config.added) {
    ImplicitLocOpBuilder b(at("add_embedding"), builder);
    int64_t batch = shapeOf(inputs.timeIds)[0],
            count = shapeOf(inputs.timeIds)[1];
    Value numbers = sinusoids(
        "add_time_proj", ir::createReshape(b, inputs.timeIds, {batch * count}),
        config.added->numberSize);
    numbers = ir::createReshape(b, numbers,
                                {batch, count * config.added->numberSize});
    Value text = ir::createCast(
        b, inputs.textEmbeds,
        cast<RankedTensorType>(numbers.getType()).getElementType());
    Value all = ir::ConcatOp::create(b, ValueRange{text, numbers}, 1);
    embedding =
        add("add_embedding", embedding, twoLayers("add_embedding.", all));
  }
  return silu("nonlinearity", embedding);
}

/// Attention to the image itself and to the prompt, and a gated layer (GEGLU:
/// Shazeer, 2020, arXiv:2002.05202).
Value UnetBuilder::transformer(const std::string &prefix,
                               const UnetLevel &level, Value tokens) {
  auto name = [&](const std::string &part) { return prefix + part; };
  int64_t size = level.channels;
  auto attention = [&](const std::string &part, Value given, Value seen) {
    Value query = linear(name(part + ".to_q"), given, size, false),
          key = linear(name(part + ".to_k"), seen, size, false),
          value = linear(name(part + ".to_v"), seen, size, false);
    return linear(name(part + ".to_out.0"),
                  attend(name(part), query, key, value, level.heads), size);
  };
  Value given = layerNorm(name("norm1"), tokens);
  tokens =
      add(name("attn1"), tokens,
          attention("attn1", given, level.onlyCross ? inputs.states : given));
  given = layerNorm(name("norm2"), tokens);
  tokens = add(name("attn2"), tokens, attention("attn2", given, inputs.states));
  given = layerNorm(name("norm3"), tokens);
  Value wide = linear(name("ff.net.0.proj"), given, 8 * size);
  Value gate = ir::ActivationOp::create(
      builder, at(name("ff.net.0")), ir::ActivationKind::gelu,
      part(name("ff.net.0"), wide, 2, 4 * size, 4 * size), FloatAttr(),
      FloatAttr());
  Value gated =
      arith::MulFOp::create(builder, at(name("ff.net.0")),
                            part(name("ff.net.0"), wide, 2, 0, 4 * size), gate);
  return add(name("ff"), tokens, linear(name("ff.net.2"), gated, size));
}

Value UnetBuilder::spatialTransformer(const std::string &prefix,
                                      const UnetLevel &level, Value image) {
  constexpr double epsilon = 1e-6;
  int64_t size = level.channels, height = shapeOf(image)[2],
          width = shapeOf(image)[3];
  auto pointwise = [&](const char *part, Value input) {
    return conv(prefix + part, input, size, /*size=*/1, /*stride=*/1,
                /*padding=*/0);
  };
  Value states = groupNorm(prefix + "norm", image, epsilon);
  if (!config.isLinear)
    states = pointwise("proj_in", states);
  states = toTokens(prefix + "tokens", states);
  if (config.isLinear)
    states = linear(prefix + "proj_in", states, size);
  for (int64_t i = 0; i < level.transformers && weights.status().ok(); ++i)
    states =
        transformer(prefix + "transformer_blocks." + std::to_string(i) + ".",
                    level, states);
  if (config.isLinear)
    states = linear(prefix + "proj_out", states, size);
  states = toImage(prefix + "image", states, height, width);
  if (!config.isLinear)
    states = pointwise("proj_out", states);
  return add(prefix + "add", states, image);
}

Value UnetBuilder::down(int64_t number, Value image) {
  const UnetLevel &level = config.levels[number];
  std::string prefix = "down_blocks." + std::to_string(number) + ".";
  for (int64_t i = 0; i < level.resnets && weights.status().ok(); ++i) {
    std::string own = std::to_string(i) + ".";
    image = resnet(prefix + "resnets." + own, image, level.channels, time);
    if (level.attendsDown)
      image = spatialTransformer(prefix + "attentions." + own, level, image);
    skips.push_back(image);
  }
  if (number + 1 == static_cast<int64_t>(config.levels.size()))
    return image;
  image = downsample(prefix + "downsamplers.0.", image, config.downPadding);
  skips.push_back(image);
  return image;
}

Value UnetBuilder::middle(Value image) {
  if (!config.hasMiddle)
    return image;
  const UnetLevel &level = config.levels.back();
  image = resnet("mid_block.resnets.0.", image, level.channels, time);
  image = spatialTransformer("mid_block.attentions.0.", level, image);
  return resnet("mid_block.resnets.1.", image, level.channels, time);
}

/// Block `number` on the way up, which is of the last level first.
Value UnetBuilder::up(int64_t number, Value image) {
  const UnetLevel &level = *(config.levels.rbegin() + number);
  std::string prefix = "up_blocks." + std::to_string(number) + ".";
  for (int64_t i = 0; i <= level.resnets && weights.status().ok(); ++i) {
    std::string own = std::to_string(i) + ".";
    image = ir::ConcatOp::create(builder, at(prefix + "concat"),
                                 ValueRange{image, skips.pop_back_val()}, 1);
    image = resnet(prefix + "resnets." + own, image, level.channels, time);
    if (level.attendsUp)
      image = spatialTransformer(prefix + "attentions." + own, level, image);
  }
  if (number + 1 == static_cast<int64_t>(config.levels.size()))
    return image;
  ArrayRef<int64_t> next = shapeOf(skips.back());
  return upsample(prefix + "upsamplers.0.", image, {{next[2], next[3]}});
}

/// The image that a ControlNet looks at, as large as the latents.
Value UnetBuilder::condition() {
  const std::vector<int64_t> &sizes = config.condition->sizes;
  std::string prefix = "controlnet_cond_embedding.";
  Value image = inputs.image;
  if (config.condition->isBgr) {
    SmallVector<int64_t> shape(shapeOf(image)),
        starts = {0, shape[1] - 1, 0, 0}, steps = {1, -1, 1, 1};
    image = ir::SliceOp::create(builder, at(prefix + "flip"), image, starts,
                                shape, steps);
  }
  image = silu(prefix + "act", conv(prefix + "conv_in", image, sizes.front()));
  for (size_t i = 0; i + 1 < sizes.size() && isSound(); ++i) {
    std::string block = prefix + "blocks.";
    image = silu(prefix + "act",
                 conv(block + std::to_string(2 * i), image, sizes[i]));
    image = silu(prefix + "act", conv(block + std::to_string(2 * i + 1), image,
                                      sizes[i + 1], /*size=*/3, /*stride=*/2));
  }
  return conv(prefix + "conv_out", image, config.levels.front().channels);
}

/// What a ControlNet makes of the way down and of the middle, added to what
/// another has made.
SmallVector<Value> UnetBuilder::control(Value image) {
  SmallVector<Value> results;
  for (auto [number, skip] : llvm::enumerate(skips))
    results.push_back(
        mixChannels("controlnet_down_blocks." + std::to_string(number), skip));
  results.push_back(mixChannels("controlnet_mid_block", image));
  ImplicitLocOpBuilder b(at("conditioning_scale"), builder);
  for (auto [number, result] : llvm::enumerate(results)) {
    auto type = cast<RankedTensorType>(result.getType());
    int64_t start = static_cast<int64_t>(number), one = 1;
    Value scale = ir::SliceOp::create(b, inputs.scales, start, one, one);
    scale = ir::createCast(b, scale, type.getElementType());
    scale = ir::createReshape(b, scale, {1, 1, 1, 1});
    result = arith::MulFOp::create(b, result,
                                   ir::BroadcastOp::create(b, type, scale));
    if (!inputs.residuals.empty())
      result = arith::AddFOp::create(b, inputs.residuals[number], result);
  }
  return results;
}

/// Adds what a ControlNet has made, behind the middle.
void UnetBuilder::takeResiduals(Value &image) {
  if (inputs.residuals.empty())
    return;
  for (auto [skip, residual] : llvm::zip(skips, inputs.residuals))
    skip = add("down_block_additional_residuals", skip, residual);
  image = add("mid_block_additional_residual", image, inputs.residuals.back());
}

SmallVector<Value> UnetBuilder::build() {
  auto count = static_cast<int64_t>(config.levels.size());
  Value image = conv("conv_in", inputs.sample, config.levels.front().channels);
  if (config.condition && isSound())
    image = add("controlnet_cond", image, condition());
  time = timeEmbedding();
  skips.push_back(image);
  for (int64_t i = 0; i < count && isSound(); ++i)
    image = down(i, image);
  if (isSound())
    image = middle(image);
  if (config.condition && isSound()) {
    SmallVector<Value> results = control(image);
    return isSound() ? results : SmallVector<Value>();
  }
  takeResiduals(image);
  for (int64_t i = 0; i < count && isSound(); ++i)
    image = up(i, image);
  if (!isSound())
    return {};
  image = silu("conv_act", groupNorm("conv_norm_out", image));
  return {conv("conv_out", image, config.outChannels)};
}

SmallVector<Value> buildUnet(OpBuilder &builder, const UnetConfig &config,
                             WeightScope &weights, const UnetInputs &inputs) {
  return UnetBuilder(builder, config, weights, inputs).build();
}

} // namespace tenon::diffusers
