//===- Draw.cpp - tenon-run of a diffusion pipeline -----------------------===//

#include "Draw.h"

#include "../Command.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace tenon;

bool tenon::isPipeline(const std::filesystem::path &folder) {
  std::error_code code;
  return std::filesystem::exists(folder / "model_index.json", code);
}

Result<std::vector<Control>> DrawFlags::parseControls() const {
  std::vector<Control> controls;
  for (const std::string &file : controlImages) {
    Result<Tensor> image = readPng(file);
    if (!image)
      return image.error();
    controls.push_back({.image = std::move(*image)});
  }
  using Numbers = std::pair<const llvm::cl::list<double> &, double Control::*>;
  for (auto [flag, member] : {Numbers(controlScales, &Control::scale),
                              Numbers(controlStarts, &Control::start),
                              Numbers(controlEnds, &Control::end)}) {
    if (flag.empty())
      continue;
    if (flag.size() != controls.size())
      return Error{"--" + flag.ArgStr.str() + " is given " +
                   std::to_string(flag.size()) + " times, --control-image " +
                   std::to_string(controls.size()) + " times"};
    for (size_t i = 0; i < flag.size(); ++i)
      controls[i].*member = flag[i];
  }
  return controls;
}

Result<DiffusionOptions> DrawFlags::parse() const {
  DiffusionOptions options;
  if (negative.getNumOccurrences() > 0)
    options.negativePrompt = negative;
  options.steps = steps;
  options.guidance = guidance;
  options.scheduler = scheduler;
  if (!options.scheduler.empty() &&
      !llvm::StringRef(options.scheduler).ends_with("Scheduler"))
    options.scheduler += "Scheduler";
  options.eta = eta;
  options.width = width;
  options.height = height;
  options.strength = strength;
  if (!latents.empty()) {
    Result<std::vector<NamedTensor>> tensors = loadTensors(latents.getValue());
    if (!tensors)
      return tensors.error();
    if (tensors->empty())
      return Error{"--latents " + latents + ": holds no tensor"};
    options.latents = tensors->front().tensor;
    for (size_t i = 1; i < tensors->size(); ++i)
      options.stepNoise.push_back((*tensors)[i].tensor);
  }
  if (!image.empty()) {
    Result<Tensor> given = readPng(image.getValue());
    if (!given)
      return given.error();
    options.image = std::move(*given);
  }
  Result<std::vector<Control>> given = parseControls();
  if (!given)
    return given.error();
  options.controls = std::move(*given);
  options.guessMode = guessMode;
  return options;
}

Status tenon::draw(const std::filesystem::path &folder,
                   const CompileOptions &compile, const DrawFlags &flags,
                   const std::string &prompt, uint64_t seed) {
  if (flags.output.empty())
    return Error{folder.string() + ": a diffusion pipeline needs -o IMAGE.png"};
  Result<DiffusionOptions> options = flags.parse();
  if (!options)
    return options.error();
  options->prompt = prompt;
  options->seed = seed;
  if (auto progress = progressBar())
    options->onStep = [progress](size_t done, size_t of) {
      progress("draw", done, of);
      return true;
    };
  std::vector<NamedTensor> behindSteps;
  if (!flags.stepsFile.empty())
    options->onLatents = [&](size_t step, const Tensor &latents) {
      std::string number = std::to_string(step);
      behindSteps.push_back(
          {"step" + std::string(3 - std::min<size_t>(3, number.size()), '0') +
               number,
           latents});
    };
  Result<DiffusionPipeline> pipeline = DiffusionPipeline::open(
      folder, compile, {flags.controlNets.begin(), flags.controlNets.end()});
  if (!pipeline)
    return pipeline.error();
  Result<Tensor> image = pipeline->generate(*options);
  if (!image)
    return image.error();
  if (Status status = writePng(flags.output.getValue(), *image); !status.ok())
    return status;
  if (!behindSteps.empty())
    if (Status status = saveTensors(flags.stepsFile.getValue(), behindSteps);
        !status.ok())
      return status;
  DiffusionStatistics took = pipeline->statistics();
  llvm::errs() << llvm::format(
      "compiled and loaded in %.1f s; text %.2f s, before the loop %.2f s, "
      "%lld "
      "calls of %.2f s, image %.2f s\n",
      took.compileMs / 1000, took.textMs / 1000, took.beginMs / 1000,
      static_cast<long long>(took.modelCalls),
      took.stepsMs / 1000 /
          static_cast<double>(std::max<int64_t>(1, took.modelCalls)),
      took.decodeMs / 1000);
  return success();
}
