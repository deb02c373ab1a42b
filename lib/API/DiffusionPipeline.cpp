//===- DiffusionPipeline.cpp - Images from texts --------------------------===//

#include "tenon/DiffusionPipeline.h"

#include "Adapter.h"
#include "ControlNets.h"
#include "DiffusionFolder.h"
#include "Latents.h"
#include "PromptEncoder.h"

#include "tenon/Runtime/Threads.h"

#include <algorithm>

namespace fs = std::filesystem;
using namespace tenon;

namespace {
/// What an image is made of in one call.
struct Work {
  const DiffusionOptions &options;
  diffusion::Schedule schedule;
  int64_t height, width; ///< in latents
  bool isGuided;
  NormalNoise noise;
  size_t given = 0; ///< how much of the noise at hand was taken

  /// The noise of a step, given or drawn.
  void takeNoise(std::vector<float> &values);
};

struct LoopNetworks {
  DenoisingNetwork unet;
  ControlNets controls;
};
} // namespace

struct DiffusionPipeline::State {
  DiffusionFolder folder;
  std::vector<fs::path> controlNets;
  CompileOptions options;
  PromptEncoder prompts;
  PipelineNetworks networks;
  DiffusionStatistics statistics = {};

  Result<Tensor> generate(const DiffusionOptions &options);

private:
  Status checkControls(const DiffusionOptions &options) const;
  Result<Work> prepare(const DiffusionOptions &options) const;
  Result<Network> autoencoderNetwork(const Work &work, const char *part);

  Result<PromptStates> encodePrompts(const Work &work);
  Result<std::vector<float>> firstLatents(Work &work);
  Result<std::vector<float>> imageLatents(const Work &work);
  std::vector<NetworkInput> promptInputs(const Work &work,
                                         const PromptStates &text) const;
  Result<LoopNetworks> begin(const Work &work, const PromptStates &text);
  Status denoise(Work &work, const PromptStates &text, Latents &latents);
  Result<std::vector<float>> callNetworks(const Work &work,
                                          const LoopNetworks &loop,
                                          size_t number,
                                          std::span<const float> latents);
  Result<Tensor> decode(const Work &work, std::span<const float> latents);
  std::vector<int64_t> latentShape(const Work &work, int64_t batch) const {
    return {batch, folder.latentChannels, work.height, work.width};
  }
  Error named(const Error &error) const {
    return Error{folder.root.string() + ": " + error.message};
  }
};

//===----------------------------------------------------------------------===//
// Networks, compiled for the sizes at hand
//===----------------------------------------------------------------------===//

Result<Network> DiffusionPipeline::State::autoencoderNetwork(const Work &work,
                                                             const char *part) {
  CompileOptions own = options;
  own.adapters = {};
  own.part = part;
  own.dims = {{"batch", 1}};
  if (own.part == "decoder") {
    own.dims["height"] = work.height;
    own.dims["width"] = work.width;
  } else {
    own.dims["image_height"] = work.height * folder.factor;
    own.dims["image_width"] = work.width * folder.factor;
  }
  return networks.get(folder.autoencoder, own, statistics.compileMs);
}

Result<PromptStates> DiffusionPipeline::State::encodePrompts(const Work &work) {
  std::vector<std::optional<std::string>> texts;
  if (work.isGuided) {
    texts.push_back(work.options.negativePrompt);
    if (!texts.back() && !folder.zerosForNoText)
      texts.back() = "";
  }
  texts.emplace_back(work.options.prompt);
  return prompts.encode(texts, networks, options, statistics);
}

//===----------------------------------------------------------------------===//
// Latents
//===----------------------------------------------------------------------===//

Result<std::vector<float>>
DiffusionPipeline::State::imageLatents(const Work &work) {
  Result<Network> network = autoencoderNetwork(work, "encoder");
  if (!network)
    return network.error();
  const Tensor &image = *work.options.image;
  std::vector<float> values = toFloats(image);
  for (float &value : values)
    value = 2 * value - 1;
  std::vector<int64_t> shape = image.shape();
  shape.insert(shape.begin(), 1);
  std::vector<NamedTensor> inputs;
  if (Status status = addInput(inputs, *network, "image", shape, values);
      !status.ok())
    return status.error();
  auto outputs = runNetwork(*network, inputs, statistics.decodeMs);
  if (!outputs)
    return outputs.error();
  std::vector<float> latents = toFloats(*findTensor(*outputs, "latent_mean"));
  for (float &value : latents)
    value = static_cast<float>((value - folder.shift) * folder.scale);
  return latents;
}

Result<std::vector<float>> DiffusionPipeline::State::firstLatents(Work &work) {
  std::vector<float> noise(folder.latentChannels * work.height * work.width);
  if (work.options.latents)
    noise = toFloats(*work.options.latents);
  else
    work.noise.fill(noise);
  const diffusion::Schedule &schedule = work.schedule;
  if (!work.options.image) {
    for (float &value : noise)
      value = static_cast<float>(value * schedule.initialScale);
    return noise;
  }
  Result<std::vector<float>> image = imageLatents(work);
  if (!image)
    return image;
  for (size_t i = 0; i < noise.size(); ++i)
    noise[i] = static_cast<float>(schedule.imageScale * (*image)[i] +
                                  schedule.noiseScale * noise[i]);
  return noise;
}

/// The size of the picture as Stable Diffusion XL is told it: as it was, where
/// it was cut, as it is to be.
static std::vector<float> imageNumbers(int64_t batch, int64_t height,
                                       int64_t width) {
  auto h = static_cast<float>(height), w = static_cast<float>(width);
  std::vector<float> numbers;
  for (int64_t i = 0; i < batch; ++i)
    numbers.insert(numbers.end(), {h, w, 0, 0, h, w});
  return numbers;
}

/// What the networks of the loop take of the prompts and of the image's size.
std::vector<NetworkInput>
DiffusionPipeline::State::promptInputs(const Work &work,
                                       const PromptStates &text) const {
  return {{"encoder_hidden_states",
           {text.batch, text.tokens, text.size},
           text.states},
          {"text_embeds", {text.batch, text.pooledSize}, text.pooled},
          {"time_ids",
           {text.batch, 6},
           imageNumbers(text.batch, work.height * folder.factor,
                        work.width * folder.factor)}};
}

Result<LoopNetworks> DiffusionPipeline::State::begin(const Work &work,
                                                     const PromptStates &text) {
  CompileOptions own = options;
  own.dims = {{"batch", text.batch},
              {"height", work.height},
              {"width", work.width},
              {"sequence", text.tokens}};
  CompileOptions ofUnet = own;
  if (!controlNets.empty())
    ofUnet.part = "controlled";
  auto unet =
      DenoisingNetwork::begin(folder.unet, ofUnet, promptInputs(work, text),
                              work.schedule, networks, statistics);
  if (!unet)
    return unet.error();
  bool guesses = work.options.guessMode;
  auto controls =
      ControlNets::begin(controlNets, own, work.options,
                         promptInputs(work, guesses ? text.last() : text),
                         text.batch, work.schedule, networks, statistics);
  if (!controls)
    return controls.error();
  return LoopNetworks{std::move(*unet), std::move(*controls)};
}

void Work::takeNoise(std::vector<float> &values) {
  if (given < options.stepNoise.size())
    values = toFloats(options.stepNoise[given++]);
  else
    noise.fill(values);
}

/// What the networks say of the latents, led to the prompt.
Result<std::vector<float>>
DiffusionPipeline::State::callNetworks(const Work &work,
                                       const LoopNetworks &loop, size_t number,
                                       std::span<const float> latents) {
  int64_t batch = work.isGuided ? 2 : 1;
  double scale = work.schedule.steps[number].inputScale;
  NetworkInput sample{"sample", latentShape(work, batch), {}};
  for (int64_t i = 0; i < batch; ++i)
    for (float value : latents)
      sample.values.push_back(static_cast<float>(value * scale));
  auto residuals = loop.controls.ask(number, sample, statistics);
  if (!residuals)
    return residuals.error();
  auto outputs = loop.unet.run(number, {&sample, 1}, *residuals, statistics);
  if (!outputs)
    return outputs.error();
  ++statistics.modelCalls;
  std::vector<float> output = toFloats(outputs->front().tensor);
  if (!work.isGuided)
    return output;
  auto guidance = static_cast<float>(work.options.guidance);
  size_t count = latents.size();
  for (size_t i = 0; i < count; ++i)
    output[i] += guidance * (output[count + i] - output[i]);
  output.resize(count);
  return output;
}

Status DiffusionPipeline::State::denoise(Work &work, const PromptStates &text,
                                         Latents &latents) {
  Result<LoopNetworks> loop = begin(work, text);
  if (!loop)
    return loop.error();
  const std::vector<diffusion::Step> &steps = work.schedule.steps;
  std::vector<float> noise(latents.values().size());
  for (size_t number = 0; number < steps.size(); ++number) {
    auto output = callNetworks(work, *loop, number, latents.values());
    if (!output)
      return output.error();
    if (steps[number].usesNoise())
      work.takeNoise(noise);
    latents.advance(number, *output, noise);
    if (work.options.onLatents) {
      Result<Tensor> now =
          toType(DataType::Float32, latentShape(work, 1), latents.values());
      if (!now)
        return now.error();
      work.options.onLatents(number, *now);
    }
    if (work.options.onStep && !work.options.onStep(number + 1, steps.size()))
      return Error{folder.root.string() + ": stopped after step " +
                   std::to_string(number + 1)};
  }
  return success();
}

Result<Tensor>
DiffusionPipeline::State::decode(const Work &work,
                                 std::span<const float> latents) {
  Result<Network> network = autoencoderNetwork(work, "decoder");
  if (!network)
    return network.error();
  std::vector<float> values(latents.begin(), latents.end());
  for (float &value : values)
    value = static_cast<float>(value / folder.scale + folder.shift);
  std::vector<NamedTensor> inputs;
  if (Status status = addInput(inputs, *network, "latent_sample",
                               latentShape(work, 1), values);
      !status.ok())
    return status.error();
  auto outputs = runNetwork(*network, inputs, statistics.decodeMs);
  if (!outputs)
    return outputs.error();
  std::vector<float> pixels = toFloats(outputs->front().tensor);
  for (float &value : pixels)
    value = std::clamp(value / 2 + 0.5F, 0.0F, 1.0F);
  const std::vector<int64_t> &shape = outputs->front().tensor.shape();
  return toType(DataType::Float32, {shape[1], shape[2], shape[3]}, pixels);
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

/// Whether a tensor is noise or an image of this shape, in f32.
static bool isOf(const Tensor &tensor, const std::vector<int64_t> &shape) {
  return tensor.type() == DataType::Float32 && tensor.shape() == shape;
}

/// Whether there is for each ControlNet what it is told, and of one size.
Status
DiffusionPipeline::State::checkControls(const DiffusionOptions &options) const {
  const std::vector<Control> &controls = options.controls;
  if (controlNets.empty() && !controls.empty())
    return Error{"an image to look at is for a ControlNet, of which there is "
                 "none"};
  if (controlNets.empty() && options.guessMode)
    return Error{"guessing is for a ControlNet, of which there is none"};
  if (controls.size() < controlNets.size())
    return Error{controlNets[controls.size()].string() +
                 ": needs an image to look at"};
  if (controls.size() > controlNets.size())
    return Error{std::to_string(controls.size()) +
                 " images to look at are more than ControlNets, of which "
                 "there are " +
                 std::to_string(controlNets.size())};
  for (const Control &control : controls) {
    const std::vector<int64_t> &shape = control.image.shape(),
                               &first = controls.front().image.shape();
    if (control.image.type() != DataType::Float32 || shape.size() != 3 ||
        shape[0] != 3)
      return Error{"an image to look at is [3, height, width] of f32"};
    if (shape != first)
      return Error{"one image to look at is " + shapeString(first) +
                   ", another " + shapeString(shape)};
    if (!(control.start >= 0 && control.start < control.end &&
          control.end <= 1))
      return Error{"a ControlNet is asked in a share of the steps within 0 and "
                   "1, not from " +
                   std::to_string(control.start) + " to " +
                   std::to_string(control.end)};
  }
  return success();
}

Result<Work>
DiffusionPipeline::State::prepare(const DiffusionOptions &options) const {
  int64_t factor = folder.factor;
  auto pixels = [&](int64_t asked) {
    return asked == 0 ? folder.defaultSize * factor : asked;
  };
  int64_t height = pixels(options.height), width = pixels(options.width);
  if (options.image) {
    const std::vector<int64_t> &shape = options.image->shape();
    if (options.image->type() != DataType::Float32 || shape.size() != 3 ||
        shape[0] != 3)
      return Error{"an image to begin with is [3, height, width] of f32"};
    height = shape[1];
    width = shape[2];
  }
  if (Status status = checkControls(options); !status.ok())
    return status.error();
  if (!options.controls.empty()) {
    const std::vector<int64_t> &shape = options.controls.front().image.shape();
    if (options.image && options.image->shape() != shape)
      return Error{"the image to begin with is " +
                   shapeString(options.image->shape()) +
                   ", the one to look at " + shapeString(shape)};
    height = shape[1];
    width = shape[2];
  }
  constexpr int64_t largestSide = int64_t(1) << 15;
  for (int64_t size : {height, width})
    if (size < factor || size % factor != 0 || size > largestSide)
      return Error{"an image has sides of " + std::to_string(factor) + ", " +
                   std::to_string(2 * factor) + " .. pixels, not of " +
                   std::to_string(size)};
  if (!(options.guidance >= 0))
    return Error{"the guidance is below 0"};
  diffusion::ScheduleOptions asked;
  asked.steps = options.steps;
  asked.scheduler = options.scheduler;
  asked.eta = options.eta;
  if (options.image)
    asked.strength = options.strength;
  Result<diffusion::Schedule> schedule = readSchedule(folder, asked);
  if (!schedule)
    return schedule.error();
  std::vector<int64_t> shape = {1, folder.latentChannels, height / factor,
                                width / factor};
  if (options.latents && !isOf(*options.latents, shape))
    return Error{"latents to begin with are " + shapeString(shape) +
                 " of f32, not " + shapeString(options.latents->shape())};
  for (const Tensor &noise : options.stepNoise)
    if (!isOf(noise, shape))
      return Error{"the noise of a step is " + shapeString(shape) + " of f32"};
  return Work{options,  std::move(*schedule), shape[2],
              shape[3], options.guidance > 1, NormalNoise(options.seed)};
}

Result<Tensor>
DiffusionPipeline::State::generate(const DiffusionOptions &options) {
  statistics = {};
  Result<Work> work = prepare(options);
  if (!work)
    return named(work.error());
  Result<PromptStates> text = encodePrompts(*work);
  if (!text)
    return text.error();
  Result<std::vector<float>> first = firstLatents(*work);
  if (!first)
    return first.error();
  Latents latents(work->schedule, std::move(*first));
  if (Status status = denoise(*work, *text, latents); !status.ok())
    return status.error();
  return decode(*work, latents.values());
}

Result<DiffusionPipeline>
DiffusionPipeline::open(const fs::path &folder, const CompileOptions &options,
                        std::vector<fs::path> controlNets) {
  Result<DiffusionFolder> read = readDiffusionFolder(folder);
  if (!read)
    return read.error();
  for (const AdapterSource &source : options.adapters.sources) {
    auto components = adaptedComponents(source.folder);
    if (!components)
      return components.error();
    if (components->contains("text_encoder_2") && !read->isXl)
      return Error{source.folder.string() +
                   ": changes a second text encoder, which " + folder.string() +
                   " does not have"};
  }
  Result<PromptEncoder> prompts = PromptEncoder::open(*read);
  if (!prompts)
    return prompts.error();
  DiffusionPipeline pipeline;
  pipeline.state = std::make_shared<State>(
      std::move(*read), std::move(controlNets), options, std::move(*prompts),
      PipelineNetworks(threadCount(options.threads)));
  return pipeline;
}

Result<Tensor> DiffusionPipeline::generate(const DiffusionOptions &options) {
  return state->generate(options);
}

DiffusionStatistics DiffusionPipeline::statistics() const {
  return state->statistics;
}
