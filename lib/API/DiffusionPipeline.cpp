//===- DiffusionPipeline.cpp - Images from texts --------------------------===//

#include "tenon/DiffusionPipeline.h"

#include "Adapter.h"
#include "DiffusionFolder.h"
#include "Latents.h"
#include "PipelineNetworks.h"
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

/// The networks of a loop: the UNet, and the ControlNet that is asked before
/// it.
enum class LoopNetwork { Unet, ControlNet };

/// What a loop computes before its steps: of the prompt, and of each time.
struct Begun {
  Network step;
  std::vector<NamedTensor> once;
  std::vector<std::vector<NamedTensor>> ofTime; ///< by step
};
} // namespace

struct DiffusionPipeline::State {
  DiffusionFolder folder;
  fs::path controlNet; ///< may be empty
  CompileOptions options;
  PromptEncoder prompts;
  PipelineNetworks networks;
  DiffusionStatistics statistics = {};

  Result<Tensor> generate(const DiffusionOptions &options);

private:
  Result<Work> prepare(const DiffusionOptions &options) const;
  Result<Network> stageNetwork(LoopNetwork which, const Work &work,
                               int64_t tokens, const char *stage);
  Result<Network> autoencoderNetwork(const Work &work, const char *part);

  Result<PromptStates> encodePrompts(const Work &work);
  Result<std::vector<float>> firstLatents(Work &work);
  Result<std::vector<float>> imageLatents(const Work &work);
  Status addPrompt(std::vector<NamedTensor> &inputs, const Network &network,
                   const Work &work, const PromptStates &text) const;
  Result<Begun> begin(LoopNetwork which, const Work &work,
                      const PromptStates &text);
  Status denoise(Work &work, const PromptStates &text, Latents &latents);
  Result<std::vector<NamedTensor>> runStep(const Work &work, const Begun &begun,
                                           size_t number,
                                           std::span<const float> sample,
                                           std::span<const NamedTensor> more);
  Result<std::vector<float>> callNetworks(const Work &work, const Begun &unet,
                                          const std::optional<Begun> &control,
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

Result<Network> DiffusionPipeline::State::stageNetwork(LoopNetwork which,
                                                       const Work &work,
                                                       int64_t tokens,
                                                       const char *stage) {
  CompileOptions own = options;
  own.rewrites.denoisingStage = stage;
  own.dims = {{"batch", work.isGuided ? 2 : 1},
              {"height", work.height},
              {"width", work.width},
              {"sequence", tokens}};
  if (which == LoopNetwork::Unet) {
    if (!controlNet.empty())
      own.part = "controlled";
    return networks.get(folder.unet, own, statistics.compileMs);
  }
  own.adapters = {};
  own.dims["image_height"] = work.height * folder.factor;
  own.dims["image_width"] = work.width * folder.factor;
  return networks.get(controlNet, own, statistics.compileMs);
}

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

/// What a network takes of the prompt, of the image's size and of the one that
/// a ControlNet looks at.
Status DiffusionPipeline::State::addPrompt(std::vector<NamedTensor> &inputs,
                                           const Network &network,
                                           const Work &work,
                                           const PromptStates &text) const {
  if (Status status =
          addInput(inputs, network, "encoder_hidden_states",
                   {text.batch, text.tokens, text.size}, text.states);
      !status.ok())
    return status;
  if (Status status = addInput(inputs, network, "text_embeds",
                               {text.batch, text.pooledSize}, text.pooled);
      !status.ok())
    return status;
  if (Status status =
          addInput(inputs, network, "time_ids", {text.batch, 6},
                   imageNumbers(text.batch, work.height * folder.factor,
                                work.width * folder.factor));
      !status.ok() || !work.options.controlImage)
    return status;
  const Tensor &image = *work.options.controlImage;
  std::vector<float> once = toFloats(image), all;
  for (int64_t i = 0; i < text.batch; ++i)
    all.insert(all.end(), once.begin(), once.end());
  return addInput(
      inputs, network, "controlnet_cond",
      {text.batch, image.shape()[0], image.shape()[1], image.shape()[2]}, all);
}

Result<Begun> DiffusionPipeline::State::begin(LoopNetwork which,
                                              const Work &work,
                                              const PromptStates &text) {
  Result<Network> begin = stageNetwork(which, work, text.tokens, "begin"),
                  time = stageNetwork(which, work, text.tokens, "time"),
                  step = stageNetwork(which, work, text.tokens, "step");
  for (const Result<Network> *network : {&begin, &time, &step})
    if (!*network)
      return network->error();
  std::vector<NamedTensor> ofBegin, ofTime;
  if (Status status = addPrompt(ofBegin, *begin, work, text); !status.ok())
    return status.error();
  if (Status status = addPrompt(ofTime, *time, work, text); !status.ok())
    return status.error();
  auto once = runNetwork(*begin, ofBegin, statistics.beginMs);
  // Of other sizes than the pipeline's, maybe.
  const fs::path &component =
      which == LoopNetwork::Unet ? folder.unet : controlNet;
  if (!once)
    return Error{component.string() + ": " + once.error().message};
  Begun begun{*step, std::move(*once), {}};
  ofTime.insert(ofTime.end(), begun.once.begin(), begun.once.end());
  for (const diffusion::Step &step : work.schedule.steps) {
    std::vector<NamedTensor> inputs = ofTime;
    std::vector<float> times(text.batch, static_cast<float>(step.timestep));
    if (Status status =
            addInput(inputs, *time, "timestep", {text.batch}, times);
        !status.ok())
      return status.error();
    auto values = runNetwork(*time, inputs, statistics.beginMs);
    if (!values)
      return values.error();
    begun.ofTime.push_back(std::move(*values));
  }
  return begun;
}

void Work::takeNoise(std::vector<float> &values) {
  if (given < options.stepNoise.size())
    values = toFloats(options.stepNoise[given++]);
  else
    noise.fill(values);
}

/// A network's step for a sample, with more that it takes.
Result<std::vector<NamedTensor>>
DiffusionPipeline::State::runStep(const Work &work, const Begun &begun,
                                  size_t number, std::span<const float> sample,
                                  std::span<const NamedTensor> more) {
  std::vector<NamedTensor> inputs = begun.once;
  inputs.insert(inputs.end(), begun.ofTime[number].begin(),
                begun.ofTime[number].end());
  inputs.insert(inputs.end(), more.begin(), more.end());
  int64_t batch = work.isGuided ? 2 : 1;
  if (Status status = addInput(inputs, begun.step, "sample",
                               latentShape(work, batch), sample);
      !status.ok())
    return status.error();
  auto scale = static_cast<float>(work.options.controlScale);
  if (Status status =
          addInput(inputs, begun.step, "conditioning_scale", {1}, {&scale, 1});
      !status.ok())
    return status.error();
  return runNetwork(begun.step, inputs, statistics.stepsMs);
}

/// What the networks say of the latents, led to the prompt.
Result<std::vector<float>> DiffusionPipeline::State::callNetworks(
    const Work &work, const Begun &unet, const std::optional<Begun> &control,
    size_t number, std::span<const float> latents) {
  int64_t batch = work.isGuided ? 2 : 1;
  double scale = work.schedule.steps[number].inputScale;
  std::vector<float> sample;
  for (int64_t i = 0; i < batch; ++i)
    for (float value : latents)
      sample.push_back(static_cast<float>(value * scale));
  std::vector<NamedTensor> residuals;
  if (control) {
    auto given = runStep(work, *control, number, sample, {});
    if (!given)
      return given.error();
    residuals = std::move(*given);
  }
  auto outputs = runStep(work, unet, number, sample, residuals);
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
  Result<Begun> unet = begin(LoopNetwork::Unet, work, text);
  if (!unet)
    return unet.error();
  std::optional<Begun> control;
  if (!controlNet.empty()) {
    Result<Begun> begun = begin(LoopNetwork::ControlNet, work, text);
    if (!begun)
      return begun.error();
    control = std::move(*begun);
  }
  const std::vector<diffusion::Step> &steps = work.schedule.steps;
  std::vector<float> noise(latents.values().size());
  for (size_t number = 0; number < steps.size(); ++number) {
    auto output = callNetworks(work, *unet, control, number, latents.values());
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
  if (options.controlImage.has_value() == controlNet.empty())
    return Error{controlNet.empty()
                     ? "an image to look at is for a ControlNet, of which "
                       "there is none"
                     : controlNet.string() + ": needs an image to look at"};
  if (options.controlImage) {
    const std::vector<int64_t> &shape = options.controlImage->shape();
    if (options.controlImage->type() != DataType::Float32 ||
        shape.size() != 3 || shape[0] != 3)
      return Error{"an image to look at is [3, height, width] of f32"};
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

Result<DiffusionPipeline> DiffusionPipeline::open(const fs::path &folder,
                                                  const CompileOptions &options,
                                                  const fs::path &controlNet) {
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
      std::move(*read), controlNet, options, std::move(*prompts),
      PipelineNetworks(threadCount(options.threads)));
  return pipeline;
}

Result<Tensor> DiffusionPipeline::generate(const DiffusionOptions &options) {
  return state->generate(options);
}

DiffusionStatistics DiffusionPipeline::statistics() const {
  return state->statistics;
}
