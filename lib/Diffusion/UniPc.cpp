//===- UniPc.cpp - UniPCMultistepScheduler --------------------------------===//
//
// A predictor, and a corrector that repeats the step before with the output at
// its end (arXiv 2302.04867, algorithms 5 to 8).
//
//===----------------------------------------------------------------------===//

#include "Exponential.h"
#include "Families.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

namespace tenon::diffusion {

using hugging_face::Config;

namespace {

struct UniPc {
  bool followsSample = true;
  bool isFirstVariant = false;
  size_t order = 2;
  bool lowersLast = true;
  std::vector<int64_t> uncorrected;
};

/// A step between two levels, of the sample `x` and of values at earlier
/// points, `values[0]` that at the step's beginning.
struct Interval {
  Level from;
  Level to;
  /// Where the other values lie, in units of the step from its beginning.
  std::vector<double> ratios;
  Combination x;
  std::vector<Combination> values;
};

} // namespace

static UniPc readSolver(Config &config) {
  UniPc solver;
  std::string type = config.string("solver_type", "bh2");
  // Types of DEIS and DPM-Solver, in place of which diffusers takes its own.
  if (type != "bh1" && type != "bh2" && type != "midpoint" && type != "heun" &&
      type != "logrho")
    config.complain(unsupported("solver_type", type));
  solver.isFirstVariant = type == "bh1";
  solver.followsSample = config.flag("predict_x0", true);
  solver.order = readSolverOrder(config);
  solver.lowersLast = config.flag("lower_order_final", true);
  if (!config.has("disable_corrector"))
    return solver;
  const llvm::json::Value &list = *config.value("disable_corrector");
  if (const llvm::json::Array *array = list.getAsArray())
    for (const llvm::json::Value &each : *array) {
      if (!each.getAsInteger())
        config.complain(unsupported("disable_corrector", list));
      solver.uncorrected.push_back(each.getAsInteger().value_or(0));
    }
  else
    config.complain(unsupported("disable_corrector", list));
  return solver;
}

/// Solves `matrix` * x = `right`, of at most three rows, by elimination with
/// the largest pivots.
static std::vector<double> solve(std::vector<std::vector<double>> matrix,
                                 std::vector<double> right) {
  size_t size = right.size();
  for (size_t column = 0; column < size; ++column) {
    size_t pivot = column;
    for (size_t row = column; row < size; ++row)
      if (std::abs(matrix[row][column]) > std::abs(matrix[pivot][column]))
        pivot = row;
    std::swap(matrix[column], matrix[pivot]);
    std::swap(right[column], right[pivot]);
    for (size_t row = 0; row < size; ++row) {
      if (row == column)
        continue;
      double factor = matrix[row][column] / matrix[column][column];
      for (size_t i = column; i < size; ++i)
        matrix[row][i] -= factor * matrix[column][i];
      right[row] -= factor * right[column];
    }
  }
  for (size_t row = 0; row < size; ++row)
    right[row] /= matrix[row][row];
  return right;
}

/// The factor B(h) of both variants.
static double stepFactor(const UniPc &solver, double h) {
  return solver.isFirstVariant ? h : std::expm1(h);
}

/// The weights with which polynomials up to degree ratios.size() - 1 are
/// integrated exactly from values at `ratios`; h is the step, negative where
/// the sample is followed.
static std::vector<double> weigh(const UniPc &solver, double h,
                                 const std::vector<double> &ratios) {
  std::vector<std::vector<double>> powers;
  std::vector<double> moments;
  double phi = std::expm1(h) / h - 1, factorial = 1;
  for (size_t i = 0; i < ratios.size(); ++i) {
    std::vector<double> row;
    for (double each : ratios)
      row.push_back(std::pow(each, static_cast<double>(i)));
    powers.push_back(std::move(row));
    moments.push_back(phi * factorial / stepFactor(solver, h));
    factorial *= static_cast<double>(i + 2);
    phi = phi / h - 1 / factorial;
  }
  return solve(std::move(powers), std::move(moments));
}

/// The step's end, with the weights of the values' differences from the first.
static Combination finish(const UniPc &solver, const Interval &interval,
                          const std::vector<double> &weights) {
  const Level &from = interval.from, &to = interval.to;
  double h = to.lambda - from.lambda;
  double kept = to.alpha / from.alpha, scale = to.sigma;
  if (solver.followsSample) {
    h = -h;
    kept = to.sigma / from.sigma;
    scale = to.alpha;
  }
  Combination end =
      kept * interval.x - scale * std::expm1(h) * interval.values[0];
  // A first order has no differences, and may end where h is infinite: there
  // diffusers' bh1 multiplies an infinity by 0.
  for (size_t i = 0; i < weights.size(); ++i)
    end = end - scale * stepFactor(solver, h) * weights[i] /
                    interval.ratios[i] *
                    (interval.values[i + 1] - interval.values[0]);
  return end;
}

static Combination predict(const UniPc &solver, const Interval &interval) {
  double h = interval.to.lambda - interval.from.lambda;
  std::vector<double> weights;
  if (interval.ratios.size() == 1)
    weights = {0.5};
  else if (interval.ratios.size() > 1)
    weights = weigh(solver, solver.followsSample ? -h : h, interval.ratios);
  return finish(solver, interval, weights);
}

/// `output` is the value at the step's end.
static Combination correct(const UniPc &solver, Interval interval,
                           const Combination &output) {
  double h = interval.to.lambda - interval.from.lambda;
  interval.ratios.push_back(1);
  interval.values.push_back(output);
  std::vector<double> weights = {0.5};
  if (interval.ratios.size() > 1)
    weights = weigh(solver, solver.followsSample ? -h : h, interval.ratios);
  return finish(solver, interval, weights);
}

/// The step from sigmas[i] on, of an order.
static Interval intervalAt(const std::vector<double> &sigmas, size_t i,
                           size_t order, const Combination &x,
                           std::vector<Combination> values) {
  Interval interval = {
      levelOf(sigmas[i]), levelOf(sigmas[i + 1]), {}, x, std::move(values)};
  interval.values.resize(order);
  double h = interval.to.lambda - interval.from.lambda;
  for (size_t k = 1; k < order; ++k)
    interval.ratios.push_back(
        (levelOf(sigmas[i - k]).lambda - interval.from.lambda) / h);
  return interval;
}

Schedule makeUniPc(Settings &settings) {
  Schedule schedule = settings.start();
  UniPc solver = readSolver(settings.config);
  size_t begin = settings.begin();
  if (!solver.followsSample)
    schedule.threshold.reset();
  bool isKarras = settings.config.flag("use_karras_sigmas", false);
  SigmaTable table =
      makeSolverSigmas(settings, schedule, begin, settings.trainSteps, isKarras,
                       {.spansTraining = true, .endsOnRespaced = true});
  if (!settings.config.status())
    return schedule;
  size_t steps = table.timesteps.size(), orderBefore = 0;
  for (size_t i = begin; i < steps; ++i) {
    Level level = levelOf(table.sigmas[i]);
    double alpha = level.alpha * level.alpha;
    Step step = {.timestep = table.timesteps[i]};
    step.convert = solver.followsSample
                       ? predictSample(settings.prediction, alpha)
                       : predictNoise(settings.prediction, alpha);
    Combination x = sampleTerm;
    if (i > begin &&
        !llvm::is_contained(solver.uncorrected, static_cast<int64_t>(i) - 1))
      x = correct(solver,
                  intervalAt(table.sigmas, i - 1, orderBefore, savedTerm,
                             {historyTerm(0), historyTerm(1), historyTerm(2)}),
                  convertedTerm);
    size_t order = std::min(solver.order, i - begin + 1);
    if (solver.lowersLast)
      order = std::min(order, steps - i);
    step.next = predict(
        solver, intervalAt(table.sigmas, i, order, x,
                           {convertedTerm, historyTerm(0), historyTerm(1)}));
    step.save = x;
    step.push = convertedTerm;
    schedule.steps.push_back(step);
    orderBefore = order;
  }
  return schedule;
}

} // namespace tenon::diffusion
