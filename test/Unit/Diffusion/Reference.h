//===- Reference.h - Schedules executed plainly ---------------------------===//

#ifndef TENON_TEST_UNIT_DIFFUSION_REFERENCE_H
#define TENON_TEST_UNIT_DIFFUSION_REFERENCE_H

#include "tenon/Diffusion/Schedule.h"

#include <functional>

namespace tenon::test {

using Values = std::vector<double>;

/// Runs a schedule as the header says a loop does, for a batch of one sample.
class Reference {
public:
  using Model = std::function<Values(const Values &sample, double timestep)>;
  /// The noise of a call, by its number.
  using Noise = std::function<Values(size_t call)>;

  Reference(const diffusion::Schedule &schedule, Values sample)
      : sample(std::move(sample)), schedule(schedule) {}

  void step(const Model &model, const Noise &noise);

  Values sample;

private:
  Values combine(const diffusion::Combination &terms, const Values &drawn);
  void limit();

  const diffusion::Schedule &schedule;
  size_t call = 0;
  Values output, converted, saved;
  std::vector<Values> history;
};

} // namespace tenon::test

#endif // TENON_TEST_UNIT_DIFFUSION_REFERENCE_H
