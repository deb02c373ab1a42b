//===- Settings.cpp - What most schedulers read of their configuration ----===//

#include "Settings.h"

#include "Betas.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <limits>

namespace tenon::diffusion {

using hugging_face::Config;

/// What the ten schedulers read. A file of one of them often carries keys of
/// others, which diffusers passes over.
static constexpr llvm::StringLiteral known[] = {"algorithm_type",
                                                "beta_end",
                                                "beta_schedule",
                                                "beta_start",
                                                "clip_sample",
                                                "clip_sample_range",
                                                "disable_corrector",
                                                "dynamic_thresholding_ratio",
                                                "euler_at_final",
                                                "final_sigmas_type",
                                                "flow_shift",
                                                "interpolation_type",
                                                "lambda_min_clipped",
                                                "lower_order_final",
                                                "num_train_timesteps",
                                                "original_inference_steps",
                                                "predict_x0",
                                                "prediction_type",
                                                "rescale_betas_zero_snr",
                                                "sample_max_value",
                                                "set_alpha_to_one",
                                                "sigma_max",
                                                "sigma_min",
                                                "skip_prk_steps",
                                                "solver_order",
                                                "solver_type",
                                                "steps_offset",
                                                "thresholding",
                                                "time_shift_type",
                                                "timestep_scaling",
                                                "timestep_spacing",
                                                "timestep_type",
                                                "trained_betas",
                                                "use_beta_sigmas",
                                                "use_exponential_sigmas",
                                                "use_karras_sigmas",
                                                "variance_type"};

/// Whether a value turns nothing on; an empty list does not.
static bool isOffOrEmpty(const llvm::json::Value &value) {
  if (const llvm::json::Array *array = value.getAsArray())
    return array->empty();
  return hugging_face::isOff(value);
}

std::string unsupported(llvm::StringRef key, const llvm::json::Value &value) {
  std::string text = "unsupported: " + key.str() + " ";
  llvm::raw_string_ostream(text) << value;
  return text;
}

static void complainOfUnknown(Config &config,
                              const llvm::json::Object &object) {
  std::vector<std::string> complaints;
  for (const auto &[name, value] : object)
    if (llvm::StringRef key = name; !key.starts_with("_") &&
                                    !llvm::is_contained(known, key) &&
                                    !isOffOrEmpty(value))
      complaints.push_back(unsupported(key, value));
  llvm::sort(complaints);
  for (const std::string &each : complaints)
    config.complain(each);
}

static Prediction readPrediction(Config &config, const Traits &traits) {
  std::string name = config.string("prediction_type", "epsilon");
  if (name == "epsilon")
    return Prediction::Epsilon;
  if (name == "v_prediction")
    return Prediction::Velocity;
  if (name != "sample" || !traits.predictsSample)
    config.complain(unsupported("prediction_type", name) + " with " +
                    traits.name.str());
  return Prediction::Sample;
}

static Spacing readSpacing(Config &config, const Traits &traits) {
  if (!config.has("timestep_spacing"))
    return traits.spacing;
  std::string name = config.string("timestep_spacing", "");
  if (name == "linspace")
    return Spacing::Linspace;
  if (name == "leading")
    return Spacing::Leading;
  if (name != "trailing")
    config.complain(unsupported("timestep_spacing", name));
  return Spacing::Trailing;
}

/// A number that must be positive.
static double readPositive(Config &config, llvm::StringRef key,
                           double otherwise) {
  double number = config.number(key, otherwise);
  if (!(number > 0) || !std::isfinite(number))
    config.complain("'" + key.str() + "' is " + std::to_string(number) +
                    ", which is no positive number");
  return number;
}

static void readLimits(Settings &settings, const Traits &traits) {
  Config &config = settings.config;
  if (traits.readsThresholding && config.flag("thresholding", false)) {
    Threshold threshold = {config.number("dynamic_thresholding_ratio", 0.995),
                           readPositive(config, "sample_max_value", 1)};
    if (!(threshold.ratio >= 0 && threshold.ratio <= 1))
      config.complain("'dynamic_thresholding_ratio' is " +
                      std::to_string(threshold.ratio) +
                      ", which is not from 0 to 1");
    settings.threshold = threshold;
  } else if (traits.clips && config.flag("clip_sample", *traits.clips)) {
    settings.clip = readPositive(config, "clip_sample_range", 1);
  }
}

static void checkOptions(Config &config, const ScheduleOptions &options) {
  // Ten times what models are trained with; more would only fill memory.
  constexpr int64_t maxSteps = 10000;
  if (options.steps < 1 || options.steps > maxSteps)
    config.complain(std::to_string(options.steps) +
                    " steps are not from 1 to " + std::to_string(maxSteps));
  if (!(options.eta >= 0 && options.eta <= 1))
    config.complain("eta is " + std::to_string(options.eta) +
                    ", which is not from 0 to 1");
  if (options.strength && !(*options.strength > 0 && *options.strength <= 1))
    config.complain("strength is " + std::to_string(*options.strength) +
                    ", which is not above 0 and up to 1");
}

Result<Settings> readSettings(llvm::json::Object object,
                              const std::string &file,
                              const ScheduleOptions &options,
                              const Traits &traits) {
  llvm::json::Object copy = object;
  Settings settings = {.config = Config(std::move(object), file),
                       .options = options};
  Config &config = settings.config;
  complainOfUnknown(config, copy);
  checkOptions(config, options);
  settings.scheduler = traits.name.str();
  settings.prediction = readPrediction(config, traits);
  settings.spacing = readSpacing(config, traits);
  settings.offset = config.integer("steps_offset", 0);
  if (settings.offset < 0 || settings.offset > maxTrainSteps)
    config.complain("'steps_offset' is " + std::to_string(settings.offset) +
                    ", which is beyond any table");
  bool hasZeroSnr = traits.zeroSnr != ZeroSnr::Unread &&
                    config.flag("rescale_betas_zero_snr", false);
  readLimits(settings, traits);
  BetaRule rule = readBetaRule(config, traits);
  settings.trainSteps = rule.steps;
  settings.betaSchedule = rule.schedule;
  if (Status status = config.status(); !status)
    return status.error();
  std::vector<float> betas = makeBetas(rule, config);
  if (Status status = config.status(); !status)
    return status.error();
  if (hasZeroSnr)
    betas = rescaleToZeroSnr(betas);
  settings.alphas = cumulateAlphas(betas);
  if (hasZeroSnr && traits.zeroSnr == ZeroSnr::Nearly)
    settings.alphas.back() = 0x1p-24f;
  return settings;
}

double Settings::alphaAt(double timestep) const {
  if (!(timestep >= 0 && timestep < static_cast<double>(alphas.size())))
    return std::numeric_limits<double>::quiet_NaN();
  return alphas[static_cast<size_t>(timestep)];
}

/// The rule of diffusers' image-to-image pipelines.
size_t Settings::begin() {
  if (!options.strength)
    return 0;
  auto kept = static_cast<int64_t>(static_cast<double>(options.steps) *
                                   *options.strength);
  if (kept < 1)
    config.complain("strength " + std::to_string(*options.strength) + " of " +
                    std::to_string(options.steps) + " steps leaves no step");
  return static_cast<size_t>(options.steps - std::min(kept, options.steps));
}

Schedule Settings::start() const {
  Schedule schedule;
  schedule.scheduler = scheduler;
  schedule.clip = clip;
  schedule.threshold = threshold;
  return schedule;
}

void startFromAlpha(Schedule &schedule, const Settings &settings,
                    double timestep) {
  if (!settings.options.strength)
    return;
  double alpha = settings.alphaAt(timestep);
  schedule.imageScale = std::sqrt(alpha);
  schedule.noiseScale = std::sqrt(1 - alpha);
}

Combination predictSample(Prediction prediction, double alpha) {
  double signal = std::sqrt(alpha), noise = std::sqrt(1 - alpha);
  switch (prediction) {
  case Prediction::Epsilon:
    return {.sample = 1 / signal, .output = -noise / signal};
  case Prediction::Velocity:
    return {.sample = signal, .output = -noise};
  case Prediction::Sample:
    break;
  }
  return outputTerm;
}

Combination predictNoise(Prediction prediction, double alpha) {
  double signal = std::sqrt(alpha), noise = std::sqrt(1 - alpha);
  switch (prediction) {
  case Prediction::Epsilon:
    return outputTerm;
  case Prediction::Velocity:
    return {.sample = noise, .output = signal};
  case Prediction::Sample:
    break;
  }
  return {.sample = 1 / noise, .output = -signal / noise};
}

Combination predictSampleOfSigma(Prediction prediction, double sigma) {
  double power = sigma * sigma + 1;
  switch (prediction) {
  case Prediction::Epsilon:
    return {.sample = 1, .output = -sigma};
  case Prediction::Velocity:
    return {.sample = 1 / power, .output = -sigma / std::sqrt(power)};
  case Prediction::Sample:
    break;
  }
  return outputTerm;
}

} // namespace tenon::diffusion
