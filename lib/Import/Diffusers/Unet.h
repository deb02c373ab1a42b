//===- Unet.h - UNet2DConditionModel and ControlNetModel ------------------===//
//
// The denoising network of Stable Diffusion 1, 2 and XL (Rombach et al., 2021,
// arXiv:2112.10752; Podell et al., 2023, arXiv:2307.01952), and a copy of its
// way down that looks at an image as well and says what is to be added to the
// network's own (ControlNet: Zhang et al., 2023, arXiv:2302.05543).
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

/// How a ControlNet makes an image as large as the latents.
struct ConditionEncoder {
  int64_t channels; ///< of the image
  std::vector<int64_t>
      sizes;  ///< channels of its layers; all but the last halve
  bool isBgr; ///< it takes the channels the other way round
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
  std::optional<ConditionEncoder>
      condition; ///< of a ControlNet, and only there

  int64_t timeSize() const { return 4 * levels.front().channels; }
};
Result<UnetConfig> readUnetConfig(Config &config);
Result<UnetConfig> readControlNetConfig(Config &config);

/// What a ControlNet gives, and a UNet or another ControlNet that is controlled
/// takes: an image for each that the way down hands over, then one for the
/// middle.
struct Residual {
  std::string name;
  int64_t channels, height, width;
};
std::vector<Residual> residualsOf(const UnetConfig &config, int64_t height,
                                  int64_t width);

/// Inputs of @step.
struct UnetInputs {
  mlir::Value sample;   ///< [batch, channels, height, width]
  mlir::Value timestep; ///< [batch], f32
  mlir::Value states;   ///< of the prompt [batch, tokens, size]
  mlir::Value textEmbeds, timeIds;
  mlir::SmallVector<mlir::Value> residuals; ///< of one that is controlled
  /// Of a ControlNet: what it looks at, and a factor for each residual.
  mlir::Value image, scales;
};

/// The model's outputs: one, or of a ControlNet its residuals. None where a
/// weight is missing.
mlir::SmallVector<mlir::Value> buildUnet(mlir::OpBuilder &builder,
                                         const UnetConfig &config,
                                         WeightScope &weights,
                                         const UnetInputs &inputs);

} // namespace tenon::diffusers

#endif // TENON_LIB_IMPORT_DIFFUSERS_UNET_H
