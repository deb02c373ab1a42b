//===- Unet.h - UNet2DConditionModel --------------------------------------===//
//
// The denoising network of Stable Diffusion 1, 2 and XL (Rombach et al., 2021,
// arXiv:2112.10752; Podell et al., 2023, arXiv:2307.01952).
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_DIFFUSERS_UNET_H
#define TENON_LIB_IMPORT_DIFFUSERS_UNET_H

#include "Component.h"

#include "mlir/IR/Builders.h"

namespace tenon::diffusers {

/// One resolution, counted on the way down.
struct UnetLevel {
  int64_t channels;
  int64_t resnets; ///< on the way down; one more on the way up
  bool attendsDown, attendsUp;
  int64_t heads, transformers, crossSize;
  bool onlyCross; ///< the first attention of a transformer is not to itself
};

/// Conditions that are added to the time (text_time): an embedding of the text,
/// and numbers about the image's size.
struct AddedConditions {
  int64_t numberSize; ///< of a number's embedding
  int64_t inputSize;  ///< of both together
};

struct UnetConfig {
  int64_t inChannels, outChannels, groups, downPadding;
  double epsilon;
  std::vector<UnetLevel> levels;
  bool hasMiddle, isLinear; ///< isLinear: tokens are projected, not images
  /// Where the time's embedding has its cosines, and the shift of its
  /// frequencies.
  bool cosinesFirst;
  double frequencyShift;
  std::optional<AddedConditions> added;

  int64_t timeSize() const { return 4 * levels.front().channels; }
};
Result<UnetConfig> readUnetConfig(Config &config);

/// Inputs of @step.
struct UnetInputs {
  mlir::Value sample;   ///< [batch, channels, height, width]
  mlir::Value timestep; ///< [batch], f32
  mlir::Value states;   ///< of the prompt [batch, tokens, size]
  mlir::Value textEmbeds, timeIds;
};

/// The model's output; null where a weight is missing.
mlir::Value buildUnet(mlir::OpBuilder &builder, const UnetConfig &config,
                      WeightScope &weights, const UnetInputs &inputs);

} // namespace tenon::diffusers

#endif // TENON_LIB_IMPORT_DIFFUSERS_UNET_H
