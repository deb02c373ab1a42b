//===- Schedule.h - Noise schedules as tables of coefficients -------------===//
//
// What diffusers' schedulers compute between two calls of a denoising model,
// as numbers known before the loop runs: each step is a linear combination of
// a few tensors of the sample's shape.
//
// The loop, for a sample that begins as imageScale * image + noiseScale * z,
// where z is standard normal noise (imageScale is 0 without an image):
//
//   for step in steps:
//     output    = model(step.inputScale * sample, step.timestep)
//     converted = step.convert of sample and output, limited (below)
//     sample, saved, history = step.next, step.save, step.push
//                              of the OLD sample, saved and history
//
// Standard library only.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_DIFFUSION_SCHEDULE_H
#define TENON_DIFFUSION_SCHEDULE_H

#include "tenon/Runtime/Tensor.h"

#include <array>
#include <filesystem>

namespace tenon::diffusion {

/// The most earlier tensors that a step reads.
inline constexpr size_t maxHistory = 3;

/// A sum of tensors, all of the sample's shape, each times its factor. A
/// tensor whose factor is 0 is not read: it may hold anything, or not exist.
struct Combination {
  double sample = 0;
  /// What the model gave in this step, as it gave it.
  double output = 0;
  /// What became of it: see Step::convert.
  double converted = 0;
  double saved = 0;
  /// Tensors pushed by earlier steps, the newest first.
  std::array<double, maxHistory> history = {};
  /// Standard normal noise, drawn anew in each step that reads it.
  double noise = 0;

  bool operator==(const Combination &) const = default;
};

/// One call of the model and what follows it.
struct Step {
  /// What the model is told, in steps of the training (from 0; whole numbers
  /// but for schedules on sigmas, and 0.25 * log(sigma) where a configuration
  /// has timesteps of type "continuous"). Steps may repeat a value: a step is
  /// its place in the list.
  double timestep = 0;
  /// What the sample is multiplied by before the model sees it.
  double inputScale = 1;
  /// `converted`, of sample and output alone; then limited by the schedule's
  /// clip or threshold. Needs no computing where usesConverted() is false, and
  /// is the output itself where its one factor is an `output` of 1.
  Combination convert = {};
  Combination next = {};
  /// The new `saved`; the register keeps its value where there is none.
  std::optional<Combination> save = {};
  /// What joins the history; nothing does where there is none.
  std::optional<Combination> push = {};

  /// Whether `next`, `save` or `push` reads `converted`.
  TENON_API bool usesConverted() const;
  /// Whether they read noise.
  TENON_API bool usesNoise() const;
};

/// Dynamic thresholding (Imagen, arXiv 2205.11487, section 2.3). For each
/// sample of a batch, with s the `ratio` quantile of the absolute values
/// (interpolated linearly between the two nearest), made at least 1 and then at
/// most `maximum`: values are clamped to [-s, s] and divided by s.
struct Threshold {
  double ratio = 0.995;
  double maximum = 1;
};

struct Schedule {
  /// The name of diffusers' class, as "DDIMScheduler".
  std::string scheduler = {};
  /// What standard normal noise is multiplied by to begin without an image.
  double initialScale = 1;
  /// How the first sample is made; see the top of this file.
  double imageScale = 0;
  double noiseScale = 1;
  /// One for each call of the model; at least one.
  std::vector<Step> steps = {};
  /// `converted` is clamped to [-clip, clip], or thresholded; never both.
  std::optional<double> clip = {};
  std::optional<Threshold> threshold = {};
  /// How many earlier tensors a loop must keep, at most maxHistory.
  size_t history = 0;

  /// Whether any step reads noise.
  TENON_API bool usesNoise() const;
  /// Whether any step reads `saved`.
  TENON_API bool usesSaved() const;
};

struct ScheduleOptions {
  /// Steps as diffusers counts them (num_inference_steps). The model is called
  /// as often, but 2n - 1 times by HeunDiscreteScheduler, and by PNDMScheduler
  /// n + 1 times (n + 9 with its Runge-Kutta steps; once for n = 1).
  int64_t steps = 50;
  /// Name of the scheduler's class, in place of the file's.
  std::string scheduler = {};
  /// How much noise DDIMScheduler adds, from 0 for none to 1 for as much as
  /// DDPMScheduler; others take 0 alone.
  double eta = 0;
  /// Above 0 and up to 1: begin from an image, with the first 1 - strength of
  /// the steps left out.
  std::optional<double> strength = {};
};

/// The schedule that a `scheduler_config.json` describes, as diffusers 0.42.1
/// computes it: its tables in float32 where it has them so, and what follows
/// from them in double.
///
/// Keys that only other schedulers read are passed over, as files carry them
/// along. An Error names file, key and value where a key is unknown or asks for
/// something that is not done, where a value makes no sense, and where the
/// steps need an entry beyond the table of the noise or a division by 0.
TENON_API Result<Schedule> readSchedule(const std::filesystem::path &file,
                                        const ScheduleOptions &options);
/// The same of what a file holds; `name` is for the error.
TENON_API Result<Schedule> makeSchedule(std::string_view json,
                                        const std::string &name,
                                        const ScheduleOptions &options);

} // namespace tenon::diffusion

#endif // TENON_DIFFUSION_SCHEDULE_H
