//===- Latents.h - The arithmetic between calls of a denoising network ----===//

#ifndef TENON_LIB_API_LATENTS_H
#define TENON_LIB_API_LATENTS_H

#include "tenon/Diffusion/Schedule.h"

#include <random>
#include <vector>

namespace tenon {

/// Standard normal numbers from a Mersenne Twister, the same on every machine:
/// two numbers of 53 bits give two normal ones (Box and Muller, 1958).
class NormalNoise {
public:
  explicit NormalNoise(uint64_t seed) : bits(seed) {}

  void fill(std::span<float> values);

private:
  /// In (0, 1].
  double uniform();

  std::mt19937_64 bits;
};

/// The sample of a schedule's loop and what the loop keeps beside it.
class Latents {
public:
  Latents(const diffusion::Schedule &schedule, std::vector<float> sample)
      : schedule(schedule), sample(std::move(sample)) {}

  /// What follows the model's call in step `number`. `noise` is read only where
  /// the step asks for it.
  void advance(size_t number, std::span<const float> output,
               std::span<const float> noise);
  std::span<const float> values() const { return sample; }

private:
  std::vector<float> combine(const diffusion::Combination &sum,
                             std::span<const float> output,
                             std::span<const float> noise) const;
  void limit(std::vector<float> &values) const;

  const diffusion::Schedule &schedule;
  std::vector<float> sample, saved, converted;
  std::vector<std::vector<float>> history; ///< the newest first
};

/// `values` in another float type, rounded to nearest even.
Result<Tensor> toType(DataType type, std::vector<int64_t> shape,
                      std::span<const float> values);
std::vector<float> toFloats(const Tensor &tensor);

} // namespace tenon

#endif // TENON_LIB_API_LATENTS_H
