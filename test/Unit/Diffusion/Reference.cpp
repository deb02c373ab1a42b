//===- Reference.cpp - Schedules executed plainly -------------------------===//

#include "Reference.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace tenon::diffusion;

namespace tenon::test {

Values Reference::combine(const Combination &terms, const Values &drawn) {
  Values sum(sample.size());
  auto add = [&](double factor, const Values &values) {
    if (factor == 0)
      return;
    ASSERT_EQ(values.size(), sum.size()) << "read before it was written";
    for (size_t i = 0; i < sum.size(); ++i)
      sum[i] += factor * values[i];
  };
  add(terms.sample, sample);
  add(terms.output, output);
  add(terms.converted, converted);
  add(terms.saved, saved);
  for (size_t age = 0; age < maxHistory; ++age)
    add(terms.history[age], age < history.size() ? history[age] : Values());
  add(terms.noise, drawn);
  return sum;
}

void Reference::limit() {
  double bound = schedule.clip.value_or(0), scale = 1;
  if (schedule.threshold) {
    Values sorted = converted;
    for (double &each : sorted)
      each = std::abs(each);
    std::sort(sorted.begin(), sorted.end());
    double place =
        schedule.threshold->ratio * static_cast<double>(sorted.size() - 1);
    auto below = static_cast<size_t>(place);
    size_t above = std::min(below + 1, sorted.size() - 1);
    bound = std::lerp(sorted[below], sorted[above],
                      place - static_cast<double>(below));
    bound = std::min(std::max(bound, 1.0), schedule.threshold->maximum);
    scale = 1 / bound;
  }
  for (double &each : converted)
    each = std::clamp(each, -bound, bound) * scale;
}

void Reference::step(const Model &model, const Noise &noise) {
  const Step &step = schedule.steps.at(call);
  Values seen = sample;
  for (double &each : seen)
    each *= step.inputScale;
  output = model(seen, step.timestep);
  converted.clear();
  if (step.usesConverted()) {
    converted = combine(step.convert, {});
    if (schedule.clip || schedule.threshold)
      limit();
  }
  Values drawn = noise(call++);
  Values next = combine(step.next, drawn);
  std::optional<Values> save, push;
  if (step.save)
    save = combine(*step.save, drawn);
  if (step.push)
    push = combine(*step.push, drawn);
  sample = std::move(next);
  if (save)
    saved = std::move(*save);
  if (push)
    history.insert(history.begin(), std::move(*push));
  history.resize(std::min(history.size(), schedule.history));
}

} // namespace tenon::test
