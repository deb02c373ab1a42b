//===- Sampling.h - The next token from its logits ------------------------===//

#ifndef TENON_LIB_API_SAMPLING_H
#define TENON_LIB_API_SAMPLING_H

#include "tenon/Generator.h"

#include <random>

namespace tenon {

/// Draws from `logits`, of which there is at least one. Temperature, then the
/// largest k, then the likeliest of those: transformers' order.
int64_t sampleToken(std::span<const float> logits,
                    const SamplingOptions &options, std::mt19937_64 &random);

} // namespace tenon

#endif // TENON_LIB_API_SAMPLING_H
