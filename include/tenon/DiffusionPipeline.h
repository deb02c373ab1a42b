//===- DiffusionPipeline.h - Images from texts ----------------------------===//
//
//   #include <tenon/DiffusionPipeline.h>
//   auto pipeline = tenon::DiffusionPipeline::open("stable_diffusion_folder");
//   auto image = pipeline->generate({.prompt = "a lighthouse at dusk"});
//   tenon::writePng("out.png", *image);
//
// Nothing here throws; there is no global state. Only the standard library is
// included.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_DIFFUSIONPIPELINE_H
#define TENON_DIFFUSIONPIPELINE_H

#include "tenon/Tenon.h"

namespace tenon {

/// What one ControlNet is told.
struct Control {
  /// What it looks at: [3, height, width] of f32 from 0 to 1.
  Tensor image;
  /// How much it says.
  double scale = 1;
  /// It is asked in step i of n (from 0) where i / n is at least `start` and
  /// (i + 1) / n at most `end`.
  double start = 0, end = 1;
};

struct DiffusionOptions {
  std::string prompt;
  /// What the image is led away from. Nothing: the empty text, or where the
  /// folder says so (Stable Diffusion XL) zeros in place of its states.
  std::optional<std::string> negativePrompt;
  /// Steps as diffusers counts them.
  int64_t steps = 50;
  /// How far the image is led from the negative prompt to the prompt
  /// (classifier-free guidance: Ho and Salimans, 2022, arXiv:2207.12598); up to
  /// 1 the negative prompt is left out.
  double guidance = 7.5;
  /// Of the noise: equal seeds give equal images.
  uint64_t seed = 0;
  /// A class of diffusers in the place of the folder's scheduler.
  std::string scheduler;
  /// How much noise DDIMScheduler adds.
  double eta = 0;
  /// In pixels, multiples of the autoencoder's factor (8 in Stable Diffusion);
  /// 0: what the folder was trained with.
  int64_t width = 0, height = 0;
  /// Standard normal noise [1, channels, height, width] to begin with, and that
  /// of each step that takes some; nothing, or not enough: drawn.
  std::optional<Tensor> latents;
  std::vector<Tensor> stepNoise;
  /// An image [3, height, width] of f32 from 0 to 1 to begin with, in place of
  /// the first 1 - strength of the steps. Its size becomes the image's.
  std::optional<Tensor> image;
  double strength = 0.8;
  /// One for each of the pipeline's ControlNets, in their order. All look at
  /// images of one size, which becomes the image's.
  std::vector<Control> controls;
  /// ControlNets see the prompt alone, not the negative one, and say the less
  /// the finer a layer's image is: for prompts that say little (guess_mode in
  /// diffusers).
  bool guessMode = false;
  /// Told of each step: how many are done, of how many. False ends the work,
  /// which then gives an Error.
  std::function<bool(size_t, size_t)> onStep;
  /// Told of the latents behind each step.
  std::function<void(size_t, const Tensor &)> onLatents;
};

/// What the latest generate() took.
struct DiffusionStatistics {
  /// Compiling and loading, runs of the text encoders, what the loop needs of
  /// the prompt and of its times, all steps, the autoencoder.
  double compileMs = 0, textMs = 0, beginMs = 0, stepsMs = 0, decodeMs = 0;
  int64_t modelCalls = 0;
};

/// A folder of Stable Diffusion 1, 2 or XL as diffusers saves it
/// (model_index.json). One call of generate() at a time.
///
/// The noise is drawn from a Mersenne Twister (mt19937_64) of the seed: two
/// numbers of 53 bits give two normal ones (Box and Muller, 1958). Checkers of
/// images that a folder may hold are not run.
class TENON_API DiffusionPipeline {
public:
  /// Each folder of a ControlNetModel is asked in each step, and needs an image
  /// to look at. What they say is added up.
  static Result<DiffusionPipeline>
  open(const std::filesystem::path &folder, const CompileOptions &options = {},
       std::vector<std::filesystem::path> controlNets = {});

  /// An image [3, height, width] of f32 from 0 to 1. Code is compiled when a
  /// size is first met.
  Result<Tensor> generate(const DiffusionOptions &options);

  DiffusionStatistics statistics() const;

private:
  struct State;
  std::shared_ptr<State> state;
};

/// Writes an image [3, height, width] of f32 from 0 to 1, with 8 bits a
/// channel.
TENON_API Status writePng(const std::filesystem::path &file,
                          const Tensor &image);
/// Reads one as such a tensor, whatever its kind; transparency is dropped.
TENON_API Result<Tensor> readPng(const std::filesystem::path &file);

} // namespace tenon

#endif // TENON_DIFFUSIONPIPELINE_H
