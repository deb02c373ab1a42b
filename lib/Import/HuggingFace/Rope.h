//===- Rope.h - Rotary frequencies of a configuration ---------------------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_ROPE_H
#define TENON_LIB_IMPORT_HUGGINGFACE_ROPE_H

#include "Config.h"

#include "mlir/IR/Builders.h"

#include <optional>

namespace tenon::hugging_face {

/// Frequencies that sink as a sequence grows past the model's context
/// (`dynamic`): those of base theta (factor length / context - (factor - 1)) ^
/// exponent.
struct RopeGrowth {
  double theta, factor, context, exponent;
};

/// How fast each pair of channels turns, in radians a position.
struct RopeFrequencies {
  std::vector<float> perPosition; ///< head size / 2
  double amplitude = 1;           ///< of cos and sin
  /// What DeepSeek's scores are multiplied by, twice (SEMANTICS A14): YaRN's
  /// amplitude for `mscale_all_dim`, 1 without it.
  double scoreAmplitude = 1;
  std::optional<RopeGrowth> growth; ///< of sequences past the context
};

/// Reads `rope_parameters` (transformers 5) or `rope_theta` and `rope_scaling`
/// (before) for heads of `headSize` channels. Complaints go to `config`.
RopeFrequencies readRope(Config &config, int64_t headSize, double defaultTheta,
                         int64_t maxPositions);

/// cos and sin of `positions` [batch, tokens, 1] in sequences of `lengths`
/// [batch, 1, 1], both in f32: [batch, tokens, head size / 2] in `element`.
/// Without growth no lengths are needed.
std::pair<mlir::Value, mlir::Value>
buildAngles(mlir::OpBuilder &builder, mlir::Location loc,
            const RopeFrequencies &frequencies, mlir::Value positions,
            mlir::Value lengths, mlir::Type element);

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_ROPE_H
