//===- Sigmas.cpp - Noise levels of the schedulers that solve in sigma ----===//
//
// diffusers computes the training's levels and their logarithms in float32,
// what lies between them in float64, and rounds the result to float32.
//
//===----------------------------------------------------------------------===//

#include "Sigmas.h"

#include "BetaDistribution.h"
#include "Timesteps.h"

#include <algorithm>
#include <cmath>

namespace tenon::diffusion {

using hugging_face::Config;

double SigmaTable::largest() const {
  return *std::max_element(sigmas.begin(), sigmas.end());
}

static std::vector<float> trainingSigmas(const Settings &settings) {
  std::vector<float> sigmas;
  for (float alpha : settings.alphas)
    sigmas.push_back(std::sqrt((1 - alpha) / alpha));
  return sigmas;
}

/// The level at a timestep, which may lie between two of the training's.
static double interpolate(const std::vector<float> &sigmas, double timestep) {
  auto last = static_cast<double>(sigmas.size() - 1);
  if (timestep >= last)
    return sigmas.back();
  auto below = static_cast<size_t>(std::max(timestep, 0.0));
  double low = sigmas[below], high = sigmas[below + 1];
  return (high - low) * (timestep - static_cast<double>(below)) + low;
}

/// The timestep of a level: between the two of the training's whose logarithms
/// enclose its own.
static double findTimestep(const std::vector<float> &logarithms, double sigma) {
  double logarithm = std::log(std::max(sigma, 1e-10));
  // The levels rise with the timesteps.
  auto above =
      std::upper_bound(logarithms.begin(), logarithms.end(), logarithm);
  auto below = static_cast<size_t>(
      std::max<ptrdiff_t>(above - logarithms.begin() - 1, 0));
  below = std::min(below, logarithms.size() - 2);
  double low = logarithms[below];
  double weight =
      (low - logarithm) / (logarithms[below] - logarithms[below + 1]);
  weight = std::clamp(weight, 0.0, 1.0);
  return (1 - weight) * static_cast<double>(below) +
         weight * static_cast<double>(below + 1);
}

enum class Respacing { None, Karras, Exponential, Beta };

static Respacing readRespacing(Config &config, const SigmaRule &rule) {
  Respacing found = Respacing::None;
  if (!rule.readsRespacing)
    return found;
  for (auto [key, respacing] :
       {std::pair("use_karras_sigmas", Respacing::Karras),
        std::pair("use_exponential_sigmas", Respacing::Exponential),
        std::pair("use_beta_sigmas", Respacing::Beta)}) {
    if (!config.flag(key, false))
      continue;
    if (found != Respacing::None)
      config.complain("'" + std::string(key) +
                      "' is true, and another of use_karras_sigmas, "
                      "use_exponential_sigmas and use_beta_sigmas as well");
    found = respacing;
  }
  return found;
}

/// `count` levels from the largest to the smallest.
static std::vector<double> respace(Respacing respacing, double smallest,
                                   double largest, int64_t count) {
  if (respacing == Respacing::Exponential) {
    std::vector<double> levels =
        spaceEvenly(std::log(largest), std::log(smallest), count);
    for (double &each : levels)
      each = std::exp(each);
    return levels;
  }
  std::vector<double> levels = spaceEvenly(0, 1, count);
  constexpr double rho = 7, shape = 0.6;
  double low = std::pow(smallest, 1 / rho), high = std::pow(largest, 1 / rho);
  for (double &each : levels)
    each = respacing == Respacing::Karras
               ? std::pow(high + each * (low - high), rho)
               : smallest + symmetricBetaQuantile(1 - each, shape) *
                                (largest - smallest);
  return levels;
}

/// A bound from the configuration in place of the table's own.
static double readBound(Config &config, llvm::StringRef key, double own) {
  double bound = config.number(key, own);
  if (!(bound > 0) || !std::isfinite(bound))
    config.complain("'" + key.str() + "' is " + std::to_string(bound) +
                    ", which is no positive number");
  return bound;
}

/// Levels whose logarithms are evenly spaced over the training's, one more than
/// there are steps.
static std::vector<double> interpolateLogarithms(const std::vector<float> &all,
                                                 int64_t steps) {
  std::vector<double> levels;
  for (float each :
       spaceFloats(std::log(all.back()), std::log(all.front()), steps + 1))
    levels.push_back(std::exp(each));
  return levels;
}

static bool endsAtZero(Config &config, const SigmaRule &rule) {
  std::string type = rule.readsFinalSigma
                         ? config.string("final_sigmas_type", "zero")
                         : "zero";
  if (type != "zero" && type != "sigma_min")
    config.complain(unsupported("final_sigmas_type", type));
  return type != "sigma_min";
}

SigmaTable makeSigmas(Settings &settings, std::vector<double> timesteps,
                      const SigmaRule &rule) {
  Config &config = settings.config;
  std::vector<float> all = trainingSigmas(settings);
  std::string interpolation =
      rule.readsInterpolation ? config.string("interpolation_type", "linear")
                              : "linear";
  if (interpolation != "linear" && interpolation != "log_linear")
    config.complain(unsupported("interpolation_type", interpolation));
  if (all.size() < 2)
    config.complain("'num_train_timesteps' is 1, which is too few for " +
                    settings.scheduler);
  bool isZeroLast = endsAtZero(config, rule);
  Respacing respacing = readRespacing(config, rule);
  if (!config.status())
    return {};

  SigmaTable table = {.timesteps = std::move(timesteps)};
  if (interpolation == "log_linear")
    table.sigmas = interpolateLogarithms(all, settings.options.steps);
  else
    for (double each : table.timesteps)
      table.sigmas.push_back(interpolate(all, each));
  double last = isZeroLast ? 0 : all.front();
  if (respacing != Respacing::None) {
    double largest = rule.spansTraining ? all.back() : table.sigmas.front();
    double smallest = rule.spansTraining ? all.front() : table.sigmas.back();
    if (respacing != Respacing::Karras || rule.boundsKarras) {
      largest = readBound(config, "sigma_max", largest);
      smallest = readBound(config, "sigma_min", smallest);
    }
    table.sigmas =
        respace(respacing, smallest, largest, settings.options.steps);
    std::vector<float> logarithms;
    for (float each : all)
      logarithms.push_back(
          static_cast<float>(std::log(static_cast<double>(each))));
    table.timesteps.clear();
    for (double each : table.sigmas)
      table.timesteps.push_back(findTimestep(logarithms, each));
    if (!isZeroLast && rule.endsOnRespaced)
      last = table.sigmas.back();
  }
  table.sigmas.push_back(last);
  for (double &each : table.sigmas)
    each = static_cast<float>(each);
  return table;
}

void startFromSigma(Schedule &schedule, const Settings &settings,
                    const SigmaTable &table, size_t begin) {
  double largest = table.largest();
  schedule.initialScale = settings.spacing == Spacing::Leading
                              ? std::sqrt(largest * largest + 1)
                              : largest;
  schedule.noiseScale = schedule.initialScale;
  if (settings.options.strength) {
    schedule.imageScale = 1;
    schedule.noiseScale = table.sigmas[begin];
  }
}

} // namespace tenon::diffusion
