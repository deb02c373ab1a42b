//===- DpmSolver.cpp - DPMSolverMultistepScheduler ------------------------===//
//
// DPM-Solver (arXiv 2206.00927) follows the noise that a model predicts,
// DPM-Solver++ (arXiv 2211.01095) the sample; the stochastic variants are of
// the second's appendix.
//
//===----------------------------------------------------------------------===//

#include "Exponential.h"
#include "Families.h"

#include <cmath>

namespace tenon::diffusion {

using hugging_face::Config;

namespace {

struct DpmSolver {
  bool followsSample = true;
  bool isStochastic = false;
  bool isMidpoint = true;
  size_t order = 2;
  bool lowersLast = true;
  bool endsWithEuler = false;
};

/// The factors of the sample, of what is followed, of its first and second
/// derivative, and of noise.
struct Factors {
  double sample;
  double value;
  double first;
  double second;
  double noise = 0;
};

} // namespace

static DpmSolver readSolver(Config &config) {
  DpmSolver solver;
  std::string algorithm = config.string("algorithm_type", "dpmsolver++");
  solver.isStochastic = algorithm.starts_with("sde-");
  solver.followsSample = algorithm.ends_with("++") || algorithm == "deis";
  // A configuration of DEIS names what diffusers then takes for it.
  if (algorithm != "dpmsolver" && algorithm != "dpmsolver++" &&
      algorithm != "sde-dpmsolver" && algorithm != "sde-dpmsolver++" &&
      algorithm != "deis")
    config.complain(unsupported("algorithm_type", algorithm));
  std::string type = config.string("solver_type", "midpoint");
  // The same for the types that DEIS and UniPC have.
  if (type != "midpoint" && type != "heun" && type != "logrho" &&
      type != "bh1" && type != "bh2")
    config.complain(unsupported("solver_type", type));
  solver.isMidpoint = type != "heun";
  solver.order = readSolverOrder(config);
  if (solver.order == 3 && algorithm == "sde-dpmsolver")
    config.complain("unsupported: algorithm_type \"sde-dpmsolver\" with "
                    "solver_order 3");
  solver.lowersLast = config.flag("lower_order_final", true);
  solver.endsWithEuler = config.flag("euler_at_final", false);
  std::string variance = config.string("variance_type", "");
  if (variance == "learned" || variance == "learned_range")
    config.complain(unsupported("variance_type", variance));
  if (!solver.followsSample &&
      config.string("final_sigmas_type", "zero") == "zero")
    config.complain("unsupported: final_sigmas_type \"zero\" with "
                    "algorithm_type \"" +
                    algorithm + "\"");
  return solver;
}

/// One past the largest training step: those whose lambda lies below the
/// configuration's are left out.
static int64_t lastTimestep(Settings &settings) {
  Config &config = settings.config;
  if (!config.has("lambda_min_clipped"))
    return settings.trainSteps;
  // JSON has no infinities; makeSchedule spells them as text.
  if (auto text = config.value("lambda_min_clipped")->getAsString();
      text && *text == "-Infinity")
    return settings.trainSteps;
  double smallest = config.number("lambda_min_clipped", 0);
  int64_t last = settings.trainSteps;
  for (; last > 0; --last) {
    float alpha = settings.alphas[static_cast<size_t>(last - 1)];
    float lambda = std::log(std::sqrt(alpha)) - std::log(std::sqrt(1 - alpha));
    if (lambda >= smallest)
      return last;
  }
  config.complain("'lambda_min_clipped' is " + std::to_string(smallest) +
                  ", which leaves no timestep");
  return settings.trainSteps;
}

static Factors factorsOf(const DpmSolver &solver, const Level &from,
                         const Level &to, bool isThird) {
  double h = to.lambda - from.lambda;
  // Of the integrals over exp(lambda) or exp(-lambda), at twice the speed where
  // noise is added.
  double rate = solver.followsSample && solver.isStochastic ? 2 * h : h;
  bool byMidpoint = solver.isMidpoint && !isThird;
  if (solver.followsSample) {
    double phi = std::expm1(-rate);
    Factors factors = {to.sigma / from.sigma, -to.alpha * phi,
                       byMidpoint ? -0.5 * to.alpha * phi
                                  : to.alpha * (phi / rate + 1),
                       -to.alpha * ((phi + rate) / (rate * rate) - 0.5)};
    if (solver.isStochastic) {
      // A half with the other sign would follow from the integral; this is what
      // diffusers computes.
      factors.second -= to.alpha;
      factors.sample *= std::exp(-h);
      factors.noise = to.sigma * std::sqrt(-phi);
    }
    return factors;
  }
  double phi = std::expm1(h), times = solver.isStochastic ? 2 : 1;
  Factors factors = {to.alpha / from.alpha, -times * to.sigma * phi,
                     byMidpoint ? -0.5 * times * to.sigma * phi
                                : -times * to.sigma * (phi / h - 1),
                     -to.sigma * ((phi - h) / (h * h) - 0.5)};
  if (solver.isStochastic)
    factors.noise = to.sigma * std::sqrt(std::expm1(2 * h));
  return factors;
}

/// The next sample, where `value` is what is followed now.
static Combination nextOf(const DpmSolver &solver,
                          const std::vector<double> &sigmas, size_t i,
                          size_t order, const Combination &value) {
  Level to = levelOf(sigmas[i + 1]), from = levelOf(sigmas[i]);
  Factors factors = factorsOf(solver, from, to, order == 3);
  Combination next = factors.sample * sampleTerm + factors.value * value +
                     factors.noise * noiseTerm;
  if (order == 1)
    return next;
  double h = to.lambda - from.lambda;
  Level before = levelOf(sigmas[i - 1]);
  double ratio = (from.lambda - before.lambda) / h;
  Combination slope = 1 / ratio * (value - historyTerm(0));
  if (order == 2)
    return next + factors.first * slope;
  double ratioBefore = (before.lambda - levelOf(sigmas[i - 2]).lambda) / h;
  Combination change =
      slope - 1 / ratioBefore * (historyTerm(0) - historyTerm(1));
  Combination first = slope + ratio / (ratio + ratioBefore) * change;
  return next + factors.first * first +
         factors.second / (ratio + ratioBefore) * change;
}

/// The order of a step after `done` others, with `left` steps from it on.
static size_t orderOf(const DpmSolver &solver, size_t done, size_t left,
                      size_t steps, bool endsAtZero) {
  bool lowers = solver.lowersLast && steps < 15;
  if (left == 1 && (solver.endsWithEuler || lowers || endsAtZero))
    return 1;
  size_t order = std::min(solver.order, done + 1);
  return left == 2 && lowers ? std::min<size_t>(order, 2) : order;
}

Schedule makeDpmSolver(Settings &settings) {
  Schedule schedule = settings.start();
  DpmSolver solver = readSolver(settings.config);
  size_t begin = settings.begin();
  bool isKarras = settings.config.flag("use_karras_sigmas", false);
  SigmaTable table =
      makeSolverSigmas(settings, schedule, begin, lastTimestep(settings),
                       isKarras && settings.betaSchedule != "squaredcos_cap_v2",
                       {.spansTraining = true});
  if (!settings.config.status())
    return schedule;
  bool endsAtZero =
      settings.config.string("final_sigmas_type", "zero") == "zero";
  size_t steps = table.timesteps.size();
  for (size_t i = begin; i < steps; ++i) {
    Level level = levelOf(table.sigmas[i]);
    Step step = {.timestep = table.timesteps[i]};
    double alpha = level.alpha * level.alpha;
    Combination value = convertedTerm;
    step.convert = predictSample(settings.prediction, alpha);
    // Where noise is followed, a threshold is still one of the sample.
    if (!solver.followsSample && schedule.threshold)
      value = 1 / level.sigma * (sampleTerm - level.alpha * convertedTerm);
    else if (!solver.followsSample)
      step.convert = predictNoise(settings.prediction, alpha);
    step.next =
        nextOf(solver, table.sigmas, i,
               orderOf(solver, i - begin, steps - i, steps, endsAtZero), value);
    step.push = value;
    schedule.steps.push_back(step);
  }
  return schedule;
}

} // namespace tenon::diffusion
