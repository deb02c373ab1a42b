//===- Betas.cpp - How much noise each training step adds -----------------===//
//
// In float32 as diffusers has them: 1 - beta keeps few digits of a small beta,
// and with a zero terminal signal the last values are nothing but rounding.
// torch's float32 roots err by a unit in the last place where ours do not; a
// rescaled cosine schedule shows it in its first step's noise (0.3%).
//
//===----------------------------------------------------------------------===//

#include "Betas.h"

#include "Timesteps.h"

#include <cmath>
#include <numbers>

namespace tenon::diffusion {

using hugging_face::Config;

BetaRule readBetaRule(Config &config, const Traits &traits) {
  BetaRule rule;
  rule.steps = config.size("num_train_timesteps", 1000);
  rule.start = config.number("beta_start", traits.betaStart);
  rule.end = config.number("beta_end", traits.betaEnd);
  rule.schedule = config.string("beta_schedule", traits.betaSchedule);
  if (rule.steps > maxTrainSteps)
    config.complain("'num_train_timesteps' is " + std::to_string(rule.steps) +
                    ", above " + std::to_string(maxTrainSteps));
  return rule;
}

/// The cosine rule of arXiv 2102.09672, equation 17, with betas up to 0.999.
static std::vector<float> makeCosineBetas(int64_t steps) {
  auto alphaBar = [](double t) {
    double cosine = std::cos((t + 0.008) / 1.008 * std::numbers::pi / 2);
    return cosine * cosine;
  };
  std::vector<float> betas;
  auto count = static_cast<double>(steps);
  for (int64_t i = 0; i < steps; ++i)
    betas.push_back(static_cast<float>(
        std::min(1 - alphaBar(static_cast<double>(i + 1) / count) /
                         alphaBar(static_cast<double>(i) / count),
                 0.999)));
  return betas;
}

static std::vector<float> readTrainedBetas(const BetaRule &rule,
                                           Config &config) {
  std::vector<float> betas;
  const llvm::json::Array *array = config.value("trained_betas")->getAsArray();
  if (!array || static_cast<int64_t>(array->size()) != rule.steps) {
    config.complain("'trained_betas' is no list of " +
                    std::to_string(rule.steps) +
                    " numbers, which num_train_timesteps asks for");
    return betas;
  }
  for (const llvm::json::Value &value : *array)
    betas.push_back(static_cast<float>(value.getAsNumber().value_or(NAN)));
  return betas;
}

static std::vector<float> makeBetasOfRule(const BetaRule &rule,
                                          Config &config) {
  if (config.has("trained_betas"))
    return readTrainedBetas(rule, config);
  if (rule.schedule == "linear")
    return spaceFloats(rule.start, rule.end, rule.steps);
  if (rule.schedule == "squaredcos_cap_v2")
    return makeCosineBetas(rule.steps);
  if (rule.schedule != "scaled_linear") {
    config.complain(unsupported("beta_schedule", rule.schedule));
    return {};
  }
  std::vector<float> betas =
      spaceFloats(std::sqrt(rule.start), std::sqrt(rule.end), rule.steps);
  for (float &beta : betas)
    beta *= beta;
  return betas;
}

std::vector<float> makeBetas(const BetaRule &rule, Config &config) {
  std::vector<float> betas = makeBetasOfRule(rule, config);
  for (size_t i = 0; i < betas.size(); ++i)
    if (!(betas[i] >= 0 && betas[i] < 1)) {
      config.complain("beta " + std::to_string(i) + " is " +
                      std::to_string(betas[i]) +
                      ", which is not from 0 to below 1 (beta_start " +
                      std::to_string(rule.start) + ", beta_end " +
                      std::to_string(rule.end) + ")");
      break;
    }
  return betas;
}

std::vector<float> cumulateAlphas(const std::vector<float> &betas) {
  std::vector<float> products;
  // torch.cumprod carries the product of floats in double on CPUs.
  double product = 1;
  for (float beta : betas) {
    product *= 1 - beta;
    products.push_back(static_cast<float>(product));
  }
  return products;
}

std::vector<float> rescaleToZeroSnr(const std::vector<float> &betas) {
  std::vector<float> signal;
  for (float alpha : cumulateAlphas(betas))
    signal.push_back(std::sqrt(alpha));
  float first = signal.front(), last = signal.back();
  float scale = first / (first - last);
  for (float &each : signal)
    each = (each - last) * scale;
  std::vector<float> rescaled;
  float previous = 1;
  for (float each : signal) {
    float power = each * each;
    rescaled.push_back(1 - power / previous);
    previous = power;
  }
  return rescaled;
}

} // namespace tenon::diffusion
