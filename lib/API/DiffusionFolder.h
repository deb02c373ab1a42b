//===- DiffusionFolder.h - What a diffusers pipeline's folder says --------===//

#ifndef TENON_LIB_API_DIFFUSIONFOLDER_H
#define TENON_LIB_API_DIFFUSIONFOLDER_H

#include "tenon/Diffusion/Schedule.h"

#include <filesystem>
#include <vector>

namespace tenon {

/// A text encoder with its tokenizer.
struct TextEncoderFolder {
  std::filesystem::path encoder, tokenizer;
  int64_t tokens;       ///< of each prompt, cut or filled up to these
  std::string padToken; ///< what it is filled up with
};

struct DiffusionFolder {
  std::filesystem::path root, unet, autoencoder, scheduler;
  std::vector<TextEncoderFolder> encoders; ///< one, or two
  bool isXl;
  bool zerosForNoText; ///< in place of the states of no negative prompt
  int64_t latentChannels, defaultSize; ///< in latents
  int64_t factor; ///< pixels of a latent, in each direction
  /// A latent is (x - shift) scale of what the autoencoder has.
  double scale, shift;
};

/// Reads model_index.json and what the components' configurations say.
Result<DiffusionFolder>
readDiffusionFolder(const std::filesystem::path &folder);

/// The schedule that the folder's pipeline makes of its scheduler_config.json.
Result<diffusion::Schedule>
readSchedule(const DiffusionFolder &folder,
             const diffusion::ScheduleOptions &options);

} // namespace tenon

#endif // TENON_LIB_API_DIFFUSIONFOLDER_H
