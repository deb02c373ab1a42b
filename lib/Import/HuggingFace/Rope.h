//===- Rope.h - Rotary frequencies of a configuration ---------------------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_ROPE_H
#define TENON_LIB_IMPORT_HUGGINGFACE_ROPE_H

#include "Config.h"

#include "mlir/IR/Builders.h"

namespace tenon::hugging_face {

/// How fast each pair of channels turns, in radians a position.
struct RopeFrequencies {
  std::vector<float> perPosition; ///< head size / 2
  double amplitude = 1;           ///< of cos and sin
  /// What DeepSeek's scores are multiplied by, twice (SEMANTICS A14): YaRN's
  /// amplitude for `mscale_all_dim`, 1 without it.
  double scoreAmplitude = 1;
  bool followsLength = false; ///< other sequences turn at other frequencies
};

/// Reads `rope_parameters` (transformers 5) or `rope_theta` and `rope_scaling`
/// (before) for heads of `headSize` channels and sequences of `tokens`.
/// Complaints go to `config`.
RopeFrequencies readRope(Config &config, int64_t headSize, double defaultTheta,
                         int64_t maxPositions, int64_t tokens);

/// cos and sin of `positions` [batch, tokens, 1] in f32: [batch, tokens,
/// head size / 2] in `element`.
std::pair<mlir::Value, mlir::Value>
buildAngles(mlir::OpBuilder &builder, mlir::Location loc,
            const RopeFrequencies &frequencies, mlir::Value positions,
            mlir::Type element);

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_ROPE_H
