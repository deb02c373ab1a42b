//===- ImageBlocks.cpp - What UNets and autoencoders are built of ---------===//

#include "ImageBlocks.h"

#include "tenon/IR/Create.h"

using namespace mlir;
namespace ir = mlir::tenon;

namespace tenon::diffusers {

Value ImageBlocks::silu(const Twine &name, Value input) {
  return ir::ActivationOp::create(builder, at(name), ir::ActivationKind::silu,
                                  input, FloatAttr(), FloatAttr());
}

Value ImageBlocks::part(const Twine &name, Value input, int64_t axis,
                        int64_t start, int64_t size) {
  SmallVector<int64_t> sizes(shapeOf(input));
  SmallVector<int64_t> starts(sizes.size(), 0), steps(sizes.size(), 1);
  starts[axis] = start;
  sizes[axis] = size;
  return ir::SliceOp::create(builder, at(name), input, starts, sizes, steps);
}

Value ImageBlocks::linear(const std::string &name, Value input, int64_t out,
                          bool isBiased) {
  return weights.linear(builder, at(name), input, name,
                        {out, shapeOf(input).back()}, isBiased);
}

Value ImageBlocks::conv(const std::string &name, Value input, int64_t out,
                        int64_t size, int64_t stride, int64_t padding) {
  Value kernel = weight(name + ".weight", {out, shapeOf(input)[1], size, size});
  Value bias = weight(name + ".bias", {out});
  SmallVector<int64_t> strides = {stride, stride}, ones = {1, 1},
                       pads = {padding, padding};
  return ir::ConvOp::create(builder, at(name), input, kernel, bias, strides,
                            ones, pads, pads, /*groups=*/1);
}

Value ImageBlocks::groupNorm(const std::string &name, Value input,
                             double epsilon) {
  int64_t channels = shapeOf(input)[1];
  return ir::GroupNormOp::create(
      builder, at(name), input, weight(name + ".weight", {channels}),
      weight(name + ".bias", {channels}), groups, llvm::APFloat(epsilon),
      /*channels_last=*/false);
}

Value ImageBlocks::layerNorm(const std::string &name, Value input) {
  constexpr double epsilon = 1e-5;
  int64_t size = shapeOf(input).back();
  return ir::LayerNormOp::create(
             builder, at(name), input, weight(name + ".weight", {size}),
             weight(name + ".bias", {size}),
             static_cast<int64_t>(shapeOf(input).size()) - 1,
             llvm::APFloat(epsilon), /*with_statistics=*/false)
      .getResult();
}

Value ImageBlocks::resnet(const std::string &prefix, Value input, int64_t out,
                          Value time) {
  auto name = [&](const char *part) { return prefix + part; };
  Value states = silu(name("nonlinearity"), groupNorm(name("norm1"), input));
  states = conv(name("conv1"), states, out);
  if (time) {
    Value added = linear(name("time_emb_proj"), time, out);
    ImplicitLocOpBuilder b(at(name("time_emb_proj")), builder);
    added = ir::createReshape(b, added, {shapeOf(added)[0], out, 1, 1});
    states = add(name("time_emb_proj"), states,
                 ir::BroadcastOp::create(b, states.getType(), added));
  }
  states = silu(name("nonlinearity"), groupNorm(name("norm2"), states));
  states = conv(name("conv2"), states, out);
  if (shapeOf(input)[1] != out)
    input = conv(name("conv_shortcut"), input, out, /*size=*/1, /*stride=*/1,
                 /*padding=*/0);
  return add(prefix + "add", input, states);
}

Value ImageBlocks::downsample(const std::string &prefix, Value input,
                              int64_t padding) {
  if (padding == 0)
    input =
        ir::PadOp::create(builder, at(prefix + "pad"), input,
                          /*value=*/Value(), ArrayRef<int64_t>{0, 0, 0, 0},
                          ArrayRef<int64_t>{0, 0, 1, 1}, ir::PadMode::constant);
  return conv(prefix + "conv", input, shapeOf(input)[1], /*size=*/3,
              /*stride=*/2, padding);
}

Value ImageBlocks::upsample(const std::string &prefix, Value input,
                            std::optional<std::pair<int64_t, int64_t>> size) {
  Location loc = at(prefix + "interpolate");
  ArrayRef<int64_t> shape = shapeOf(input);
  bool doubles =
      !size || (size->first == 2 * shape[2] && size->second == 2 * shape[3]);
  if (doubles) {
    input =
        ir::UpsampleOp::create(builder, loc, input, ArrayRef<int64_t>{2, 2});
  } else {
    auto type = cast<RankedTensorType>(input.getType());
    auto target = RankedTensorType::get(
        {shape[0], shape[1], size->first, size->second}, type.getElementType());
    // PyTorch's "nearest": pixel floor(i in / out).
    MLIRContext *context = builder.getContext();
    input = ir::ResizeOp::create(
        builder, loc, target, input,
        ir::ResizeModeAttr::get(context, ir::ResizeMode::nearest),
        ir::CoordinateModeAttr::get(context, ir::CoordinateMode::asymmetric),
        ir::NearestModeAttr::get(context, ir::NearestMode::floor),
        /*scales=*/DenseF64ArrayAttr(), /*roi=*/DenseF64ArrayAttr(),
        builder.getF64FloatAttr(-0.75), builder.getF64FloatAttr(0),
        /*exclude_outside=*/UnitAttr(), /*antialias=*/UnitAttr());
  }
  return conv(prefix + "conv", input, shapeOf(input)[1]);
}

Value ImageBlocks::toTokens(const Twine &name, Value image) {
  ImplicitLocOpBuilder b(at(name), builder);
  ArrayRef<int64_t> shape = shapeOf(image);
  Value last = ir::TransposeOp::create(b, image, ArrayRef<int64_t>{0, 2, 3, 1});
  return ir::createReshape(b, last, {shape[0], shape[2] * shape[3], shape[1]});
}

Value ImageBlocks::toImage(const Twine &name, Value tokens, int64_t height,
                           int64_t width) {
  ImplicitLocOpBuilder b(at(name), builder);
  ArrayRef<int64_t> shape = shapeOf(tokens);
  Value last =
      ir::createReshape(b, tokens, {shape[0], height, width, shape[2]});
  return ir::TransposeOp::create(b, last, ArrayRef<int64_t>{0, 3, 1, 2});
}

Value ImageBlocks::attend(const Twine &name, Value query, Value key,
                          Value value, int64_t heads) {
  return ir::AttentionOp::create(
             builder, at(name), query.getType(), Type(), query, key, value,
             /*mask=*/Value(), /*past_key=*/Value(), /*past_value=*/Value(),
             /*valid_lengths=*/Value(), /*key_scale=*/Value(),
             /*value_scale=*/Value(), heads, heads, /*scale=*/FloatAttr(),
             ir::CausalKind::none, /*window=*/IntegerAttr(),
             /*softcap=*/FloatAttr(), /*scores=*/ir::ScoresKindAttr(),
             /*splits=*/IntegerAttr())
      .getResult();
}

} // namespace tenon::diffusers
