//===- DiffusionPipeline.cpp - Images from texts --------------------------===//

#include "tenon/DiffusionPipeline.h"

#include "Adapter.h"
#include "DiffusionFolder.h"
#include "Latents.h"
#include "Specialization.h"

#include "tenon/Formats/JsonFile.h"
#include "tenon/Runtime/Threads.h"
#include "tenon/Tokenizer.h"

#include <algorithm>
#include <chrono>
#include <mutex>

namespace fs = std::filesystem;
using namespace tenon;

using Clock = std::chrono::steady_clock;
using Sizes = std::map<std::string, int64_t>;
using Network = std::shared_ptr<Specialization>;

static double millisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start)
      .count();
}

namespace {
struct TextEncoder {
  TextEncoderFolder folder;
  Tokenizer tokenizer;
  int64_t pad;
};

/// What the denoising network is told of prompts, for each of a batch.
struct TextStates {
  int64_t batch = 0, tokens = 0, size = 0, pooledSize = 0;
  std::vector<float> states; ///< [batch, tokens, size]
  std::vector<float> pooled; ///< [batch, pooledSize]
};

/// What an image is made of in one call.
struct Work {
  const DiffusionOptions &options;
  diffusion::Schedule schedule;
  int64_t height, width; ///< in latents
  bool isGuided;
  NormalNoise noise;
};
} // namespace

struct DiffusionPipeline::State {
  DiffusionFolder folder;
  CompileOptions options;
  unsigned threads;
  std::vector<TextEncoder> encoders;
  DiffusionStatistics statistics;

  Result<Tensor> generate(const DiffusionOptions &options);

private:
  Result<Work> prepare(const DiffusionOptions &options) const;
  Result<Network> compileNetwork(const fs::path &component,
                                 const CompileOptions &own);
  Result<Network> textNetwork(const TextEncoder &encoder);
  Result<Network> stageNetwork(const Work &work, int64_t tokens,
                               const char *stage);
  Result<Network> autoencoderNetwork(const Work &work, const char *part);

  Result<std::vector<int64_t>> encodeText(const TextEncoder &encoder,
                                          const std::string &text) const;
  Status addText(TextStates &all, const std::string &text, bool isZero);
  Result<TextStates> encodePrompts(const Work &work);
  Result<std::vector<float>> firstLatents(Work &work);
  Result<std::vector<float>> imageLatents(const Work &work);
  Status denoise(Work &work, const TextStates &text, Latents &latents);
  Result<Tensor> decode(const Work &work, std::span<const float> latents);
  Error named(const Error &error) const {
    return Error{folder.root.string() + ": " + error.message};
  }

  std::map<std::string, Network> networks; ///< by what they were compiled for
  std::map<fs::path, Shareable> shared;    ///< by component
};

/// The outputs of a network with their names.
static Result<std::vector<NamedTensor>>
runNamed(const Network &network, std::span<const NamedTensor> inputs) {
  Result<std::vector<Tensor>> outputs = network->run(inputs, nullptr);
  if (!outputs)
    return outputs.error();
  std::vector<NamedTensor> named;
  for (size_t i = 0; i < outputs->size(); ++i)
    named.push_back({network->program().outputs[i].name, (*outputs)[i]});
  return named;
}

static const Tensor *find(std::span<const NamedTensor> tensors,
                          std::string_view name) {
  for (const NamedTensor &tensor : tensors)
    if (tensor.name == name)
      return &tensor.tensor;
  return nullptr;
}

static std::optional<DataType> inputType(const Network &network,
                                         std::string_view name) {
  for (const TensorSpec &spec : network->program().inputs)
    if (spec.name == name)
      return spec.type;
  return std::nullopt;
}

/// Adds an input of a network's type, where it has it.
static Status addInput(std::vector<NamedTensor> &inputs, const Network &network,
                       const std::string &name, std::vector<int64_t> shape,
                       std::span<const float> values) {
  std::optional<DataType> type = inputType(network, name);
  if (!type)
    return success();
  Result<Tensor> tensor = toType(*type, std::move(shape), values);
  if (!tensor)
    return tensor.error();
  inputs.push_back({name, std::move(*tensor)});
  return success();
}

//===----------------------------------------------------------------------===//
// Networks, compiled for the sizes at hand
//===----------------------------------------------------------------------===//

Result<Network>
DiffusionPipeline::State::compileNetwork(const fs::path &component,
                                         const CompileOptions &own) {
  std::string key =
      component.string() + " " + own.part + " " + own.rewrites.denoisingStage;
  for (const auto &[name, size] : own.dims)
    key += " " + name + "=" + std::to_string(size);
  if (auto known = networks.find(key); known != networks.end())
    return known->second;
  auto start = Clock::now();
  Result<Network> network =
      Specialization::create(component, own, {}, threads, shared[component]);
  statistics.compileMs += millisecondsSince(start);
  if (!network)
    return network;
  shared[component].add(*network);
  networks[key] = *network;
  return network;
}

Result<Network>
DiffusionPipeline::State::textNetwork(const TextEncoder &encoder) {
  CompileOptions own = options;
  own.adapters.component = encoder.folder.encoder.filename().string();
  // PEFT's folders are the UNet's.
  std::erase_if(own.adapters.sources, [](const AdapterSource &source) {
    std::error_code code;
    return fs::exists(source.folder / "adapter_config.json", code);
  });
  own.dims = {{"batch", 1}, {"sequence", encoder.folder.tokens}};
  return compileNetwork(encoder.folder.encoder, own);
}

Result<Network> DiffusionPipeline::State::stageNetwork(const Work &work,
                                                       int64_t tokens,
                                                       const char *stage) {
  CompileOptions own = options;
  own.rewrites.denoisingStage = stage;
  own.dims = {{"batch", work.isGuided ? 2 : 1},
              {"height", work.height},
              {"width", work.width},
              {"sequence", tokens}};
  return compileNetwork(folder.unet, own);
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
  return compileNetwork(folder.autoencoder, own);
}

//===----------------------------------------------------------------------===//
// Prompts
//===----------------------------------------------------------------------===//

/// The tokens of a text, cut so that its end stays, and filled up.
Result<std::vector<int64_t>>
DiffusionPipeline::State::encodeText(const TextEncoder &encoder,
                                     const std::string &text) const {
  Result<std::vector<int64_t>> tokens = encoder.tokenizer.encode(text);
  if (!tokens)
    return tokens;
  auto most = static_cast<size_t>(encoder.folder.tokens);
  if (tokens->size() > most) {
    int64_t last = tokens->back();
    tokens->resize(most);
    tokens->back() = last;
  }
  tokens->resize(most, encoder.pad);
  return tokens;
}

/// Appends the states of one more text.
Status DiffusionPipeline::State::addText(TextStates &all,
                                         const std::string &text, bool isZero) {
  std::vector<std::vector<float>> parts;
  std::vector<int64_t> sizes;
  for (const TextEncoder &encoder : encoders) {
    Result<Network> network = textNetwork(encoder);
    Result<std::vector<int64_t>> tokens = encodeText(encoder, text);
    if (!network || !tokens)
      return network ? tokens.error() : network.error();
    Tensor ids(DataType::Int64, {1, encoder.folder.tokens});
    std::ranges::copy(*tokens, ids.as<int64_t>().begin());
    NamedTensor input{"input_ids", ids};
    auto start = Clock::now();
    auto outputs = runNamed(*network, {&input, 1});
    statistics.textMs += millisecondsSince(start);
    if (!outputs)
      return outputs.error();
    const Tensor *states =
        find(*outputs,
             folder.isXl ? "penultimate_hidden_state" : "last_hidden_state");
    parts.push_back(toFloats(*states));
    sizes.push_back(states->shape().back());
    // The last encoder's pooled text is what the network is told of.
    const Tensor *pooled = find(*outputs, "text_embeds");
    if (&encoder != &encoders.back() || !folder.isXl)
      continue;
    if (!pooled)
      return Error{encoder.folder.encoder.string() +
                   ": no CLIPTextModelWithProjection, which Stable Diffusion "
                   "XL has for its second encoder"};
    std::vector<float> values = toFloats(*pooled);
    all.pooledSize = static_cast<int64_t>(values.size());
    if (isZero)
      std::ranges::fill(values, 0);
    all.pooled.insert(all.pooled.end(), values.begin(), values.end());
  }
  all.tokens = encoders.front().folder.tokens;
  for (const TextEncoder &encoder : encoders)
    if (encoder.folder.tokens != all.tokens)
      return Error{folder.root.string() +
                   ": the text encoders read texts of different lengths"};
  all.size = 0;
  for (int64_t size : sizes)
    all.size += size;
  for (int64_t token = 0; token < all.tokens; ++token)
    for (size_t i = 0; i < parts.size(); ++i)
      for (int64_t channel = 0; channel < sizes[i]; ++channel)
        all.states.push_back(isZero ? 0 : parts[i][token * sizes[i] + channel]);
  ++all.batch;
  return success();
}

Result<TextStates> DiffusionPipeline::State::encodePrompts(const Work &work) {
  TextStates all;
  const std::optional<std::string> &negative = work.options.negativePrompt;
  if (work.isGuided)
    if (Status status = addText(all, negative.value_or(""),
                                !negative && folder.zerosForNoText);
        !status.ok())
      return status.error();
  if (Status status = addText(all, work.options.prompt, /*isZero=*/false);
      !status.ok())
    return status.error();
  return all;
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
  auto start = Clock::now();
  auto outputs = runNamed(*network, inputs);
  statistics.decodeMs += millisecondsSince(start);
  if (!outputs)
    return outputs.error();
  std::vector<float> latents = toFloats(*find(*outputs, "latent_mean"));
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

Status DiffusionPipeline::State::denoise(Work &work, const TextStates &text,
                                         Latents &latents) {
  int64_t batch = text.batch;
  Result<Network> begin = stageNetwork(work, text.tokens, "begin"),
                  time = stageNetwork(work, text.tokens, "time"),
                  step = stageNetwork(work, text.tokens, "step");
  for (const Result<Network> *network : {&begin, &time, &step})
    if (!*network)
      return network->error();
  auto start = Clock::now();
  std::vector<NamedTensor> given;
  // Any of the three may be told of the prompt's size.
  for (const Network &network : {*begin, *time}) {
    std::vector<NamedTensor> own;
    Status added = addInput(own, network, "encoder_hidden_states",
                            {batch, text.tokens, text.size}, text.states);
    if (added.ok())
      added = addInput(own, network, "text_embeds", {batch, text.pooledSize},
                       text.pooled);
    if (added.ok())
      added = addInput(own, network, "time_ids", {batch, 6},
                       imageNumbers(batch, work.height * folder.factor,
                                    work.width * folder.factor));
    if (!added.ok())
      return added;
    for (NamedTensor &tensor : own)
      if (!find(given, tensor.name))
        given.push_back(std::move(tensor));
  }
  auto once = runNamed(*begin, given);
  if (!once)
    return once.error();
  given.insert(given.end(), once->begin(), once->end());
  const std::vector<diffusion::Step> &steps = work.schedule.steps;
  std::vector<std::vector<NamedTensor>> ofTime;
  for (const diffusion::Step &each : steps) {
    std::vector<NamedTensor> inputs = given;
    std::vector<float> times(batch, static_cast<float>(each.timestep));
    if (Status status = addInput(inputs, *time, "timestep", {batch}, times);
        !status.ok())
      return status;
    auto values = runNamed(*time, inputs);
    if (!values)
      return values.error();
    ofTime.push_back(std::move(*values));
  }
  statistics.beginMs += millisecondsSince(start);

  start = Clock::now();
  size_t count = latents.values().size(), drawn = 0;
  std::vector<float> noise(count);
  for (size_t number = 0; number < steps.size(); ++number) {
    std::vector<NamedTensor> inputs = given;
    inputs.insert(inputs.end(), ofTime[number].begin(), ofTime[number].end());
    std::vector<float> sample;
    for (int64_t i = 0; i < batch; ++i)
      for (float value : latents.values())
        sample.push_back(static_cast<float>(value * steps[number].inputScale));
    if (Status status = addInput(
            inputs, *step, "sample",
            {batch, folder.latentChannels, work.height, work.width}, sample);
        !status.ok())
      return status;
    auto outputs = runNamed(*step, inputs);
    if (!outputs)
      return outputs.error();
    ++statistics.modelCalls;
    std::vector<float> output = toFloats(outputs->front().tensor);
    if (work.isGuided) {
      auto guidance = static_cast<float>(work.options.guidance);
      for (size_t i = 0; i < count; ++i)
        output[i] += guidance * (output[count + i] - output[i]);
      output.resize(count);
    }
    const diffusion::Step &now = steps[number];
    bool takesNoise = now.next.noise != 0 || (now.save && now.save->noise != 0);
    if (takesNoise && drawn < work.options.stepNoise.size())
      noise = toFloats(work.options.stepNoise[drawn++]);
    else if (takesNoise)
      work.noise.fill(noise);
    latents.advance(number, output, noise);
    if (work.options.onLatents) {
      Result<Tensor> now =
          toType(DataType::Float32,
                 {1, folder.latentChannels, work.height, work.width},
                 latents.values());
      if (!now)
        return now.error();
      work.options.onLatents(number, *now);
    }
    if (work.options.onStep && !work.options.onStep(number + 1, steps.size()))
      return Error{folder.root.string() + ": stopped after step " +
                   std::to_string(number + 1)};
  }
  statistics.stepsMs += millisecondsSince(start);
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
  if (Status status =
          addInput(inputs, *network, "latent_sample",
                   {1, folder.latentChannels, work.height, work.width}, values);
      !status.ok())
    return status.error();
  auto start = Clock::now();
  auto outputs = runNamed(*network, inputs);
  statistics.decodeMs += millisecondsSince(start);
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

/// Folders of Stable Diffusion 1 and 2 from before diffusers 0.3 have two
/// values that their pipeline never meant, and that it corrects.
static Result<diffusion::Schedule>
readSchedule(const DiffusionFolder &folder,
             const diffusion::ScheduleOptions &options) {
  if (folder.isXl)
    return diffusion::readSchedule(folder.scheduler, options);
  Result<llvm::json::Object> config = readJsonObject(folder.scheduler);
  if (!config)
    return config.error();
  (*config)["steps_offset"] = 1;
  // Schedulers that clip unless they are told otherwise; what takes the place
  // of another one does as it likes.
  std::string own = config->getString("_class_name").value_or("").str();
  bool clips =
      own == "DDIMScheduler" || own == "DDPMScheduler" || own == "LCMScheduler";
  if (clips || config->get("clip_sample"))
    (*config)["clip_sample"] = false;
  std::string text;
  llvm::raw_string_ostream(text) << llvm::json::Value(std::move(*config));
  return diffusion::makeSchedule(text, folder.scheduler.string(), options);
}

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
  Result<TextStates> text = encodePrompts(*work);
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
DiffusionPipeline::open(const fs::path &folder, const CompileOptions &options) {
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
  DiffusionPipeline pipeline;
  pipeline.state = std::make_shared<State>();
  State &state = *pipeline.state;
  state.options = options;
  state.threads = threadCount(options.threads);
  for (const TextEncoderFolder &encoder : read->encoders) {
    Result<Tokenizer> tokenizer = Tokenizer::load(encoder.tokenizer);
    if (!tokenizer)
      return tokenizer.error();
    std::optional<int64_t> pad = tokenizer->find(encoder.padToken);
    if (!pad)
      return Error{encoder.tokenizer.string() + ": has no token '" +
                   encoder.padToken + "' to fill texts up with"};
    state.encoders.push_back({encoder, std::move(*tokenizer), *pad});
  }
  state.folder = std::move(*read);
  return pipeline;
}

Result<Tensor> DiffusionPipeline::generate(const DiffusionOptions &options) {
  return state->generate(options);
}

DiffusionStatistics DiffusionPipeline::statistics() const {
  return state->statistics;
}
