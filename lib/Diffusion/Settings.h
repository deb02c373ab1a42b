//===- Settings.h - What most schedulers read of their configuration ------===//

#ifndef TENON_LIB_DIFFUSION_SETTINGS_H
#define TENON_LIB_DIFFUSION_SETTINGS_H

#include "Config.h"
#include "Terms.h"

namespace tenon::diffusion {

/// What a model's output is: the noise, a mix of noise and sample (arXiv
/// 2202.00512, section 4), or the sample without noise.
enum class Prediction { Epsilon, Velocity, Sample };
/// Table 2 of arXiv 2305.08891.
enum class Spacing { Linspace, Leading, Trailing };

/// Whether a scheduler reads `rescale_betas_zero_snr`, and whether it then
/// keeps a last alpha of 2^-24 in place of 0, so that sigma is 4096 and not
/// infinite.
enum class ZeroSnr { Unread, Exact, Nearly };

/// The defaults in which the schedulers differ, and the keys that not all read:
/// those that most have, unless a scheduler says otherwise.
struct Traits {
  llvm::StringLiteral name;
  double betaStart = 1e-4;
  double betaEnd = 0.02;
  llvm::StringLiteral betaSchedule = "linear";
  Spacing spacing = Spacing::Linspace;
  ZeroSnr zeroSnr = ZeroSnr::Unread;
  /// Whether it reads `clip_sample`, and what that is if absent.
  std::optional<bool> clips = std::nullopt;
  bool readsThresholding = false;
  bool predictsSample = true;
};

/// How an error begins that says a key's value is not done.
std::string unsupported(llvm::StringRef key, const llvm::json::Value &value);

struct Settings {
  hugging_face::Config config;
  ScheduleOptions options;
  std::string scheduler = {};
  int64_t trainSteps = 1000;
  /// diffusers' alphas_cumprod, in float32 as there: the part of the signal's
  /// power that is left at each training step.
  std::vector<float> alphas = {};
  std::string betaSchedule = {};
  Prediction prediction = Prediction::Epsilon;
  Spacing spacing = Spacing::Leading;
  int64_t offset = 0;
  std::optional<double> clip = {};
  std::optional<Threshold> threshold = {};

  /// The alpha at a timestep; not a number beyond the table.
  double alphaAt(double timestep) const;
  /// The step from which an image is denoised: 0 without a strength. Complains
  /// where a strength leaves no step.
  size_t begin();
  /// A schedule with the parts that are known already.
  Schedule start() const;
};

Result<Settings> readSettings(llvm::json::Object object,
                              const std::string &file,
                              const ScheduleOptions &options,
                              const Traits &traits);

/// How an image is mixed with noise at a timestep, where a part sqrt(alpha) of
/// the image is left.
void startFromAlpha(Schedule &schedule, const Settings &settings,
                    double timestep);

/// The sample without noise, from one of which a part sqrt(alpha) is left and a
/// part sqrt(1 - alpha) is noise.
Combination predictSample(Prediction prediction, double alpha);
/// The noise, from the same.
Combination predictNoise(Prediction prediction, double alpha);
/// The sample without noise, from one to which sigma times noise was added.
Combination predictSampleOfSigma(Prediction prediction, double sigma);

} // namespace tenon::diffusion

#endif // TENON_LIB_DIFFUSION_SETTINGS_H
