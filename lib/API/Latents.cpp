//===- Latents.cpp - The arithmetic between calls of a denoising network --===//

#include "Latents.h"

#include "tenon/Runtime/Comparison.h"

#include "llvm/ADT/APFloat.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tenon {

double NormalNoise::uniform() {
  constexpr double step = 1.0 / (uint64_t(1) << 53);
  return static_cast<double>((bits() >> 11) + 1) * step;
}

void NormalNoise::fill(std::span<float> values) {
  for (size_t i = 0; i < values.size(); i += 2) {
    double radius = std::sqrt(-2 * std::log(uniform())),
           angle = 2 * std::numbers::pi * uniform();
    values[i] = static_cast<float>(radius * std::cos(angle));
    if (i + 1 < values.size())
      values[i + 1] = static_cast<float>(radius * std::sin(angle));
  }
}

std::vector<float> Latents::combine(const diffusion::Combination &sum,
                                    std::span<const float> output,
                                    std::span<const float> noise) const {
  std::vector<double> total(sample.size());
  auto add = [&](double factor, std::span<const float> values) {
    if (factor != 0)
      for (size_t i = 0; i < total.size(); ++i)
        total[i] += factor * values[i];
  };
  add(sum.sample, sample);
  add(sum.output, output);
  add(sum.converted, converted);
  add(sum.saved, saved);
  for (size_t i = 0; i < sum.history.size(); ++i)
    if (sum.history[i] != 0)
      add(sum.history[i], history[i]);
  add(sum.noise, noise);
  return {total.begin(), total.end()};
}

/// Clamps what a model predicts, or divides it by a quantile of its magnitudes.
void Latents::limit(std::vector<float> &values) const {
  if (schedule.clip) {
    auto bound = static_cast<float>(*schedule.clip);
    for (float &value : values)
      value = std::clamp(value, -bound, bound);
  }
  if (!schedule.threshold || values.empty())
    return;
  std::vector<float> magnitudes(values.size());
  std::ranges::transform(values, magnitudes.begin(),
                         [](float value) { return std::abs(value); });
  std::ranges::sort(magnitudes);
  double place =
      schedule.threshold->ratio * static_cast<double>(magnitudes.size() - 1);
  auto below = static_cast<size_t>(place);
  size_t above = std::min(below + 1, magnitudes.size() - 1);
  double part = place - static_cast<double>(below);
  auto bound = static_cast<float>(std::clamp<double>(
      magnitudes[below] + part * (magnitudes[above] - magnitudes[below]), 1,
      std::max(1.0, schedule.threshold->maximum)));
  for (float &value : values)
    value = std::clamp(value, -bound, bound) / bound;
}

void Latents::advance(size_t number, std::span<const float> output,
                      std::span<const float> noise) {
  const diffusion::Step &step = schedule.steps[number];
  if (step.usesConverted()) {
    converted = combine(step.convert, output, noise);
    limit(converted);
  }
  std::vector<float> next = combine(step.next, output, noise);
  std::optional<std::vector<float>> save, push;
  if (step.save)
    save = combine(*step.save, output, noise);
  if (step.push)
    push = combine(*step.push, output, noise);
  sample = std::move(next);
  if (save)
    saved = std::move(*save);
  if (!push)
    return;
  history.insert(history.begin(), std::move(*push));
  if (history.size() > diffusion::maxHistory)
    history.pop_back();
}

Result<Tensor> toType(DataType type, std::vector<int64_t> shape,
                      std::span<const float> values) {
  Result<Tensor> tensor = Tensor::allocate(type, std::move(shape));
  if (!tensor)
    return tensor;
  if (type == DataType::Float32) {
    std::ranges::copy(values, tensor->as<float>().begin());
    return tensor;
  }
  const llvm::fltSemantics &semantics = type == DataType::BFloat16
                                            ? llvm::APFloat::BFloat()
                                            : llvm::APFloat::IEEEhalf();
  for (size_t i = 0; i < values.size(); ++i) {
    llvm::APFloat number(values[i]);
    bool losesInfo = false;
    number.convert(semantics, llvm::APFloat::rmNearestTiesToEven, &losesInfo);
    tensor->as<uint16_t>()[i] =
        static_cast<uint16_t>(number.bitcastToAPInt().getZExtValue());
  }
  return tensor;
}

std::vector<float> toFloats(const Tensor &tensor) {
  std::vector<float> values(tensor.elements());
  if (tensor.type() == DataType::Float32)
    std::ranges::copy(tensor.as<float>(), values.begin());
  else
    for (size_t i = 0; i < values.size(); ++i)
      values[i] =
          static_cast<float>(elementAsDouble(tensor, static_cast<int64_t>(i)));
  return values;
}

} // namespace tenon
