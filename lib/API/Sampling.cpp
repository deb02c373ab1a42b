//===- Sampling.cpp - The next token from its logits ----------------------===//

#include "Sampling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace tenon;

/// From 0 to below 1; std::uniform_real_distribution differs between libraries.
static double drawUniform(std::mt19937_64 &random) {
  return static_cast<double>(random() >> 11) * 0x1p-53;
}

int64_t tenon::sampleToken(std::span<const float> logits,
                           const SamplingOptions &options,
                           std::mt19937_64 &random) {
  if (options.temperature <= 0)
    return std::max_element(logits.begin(), logits.end()) - logits.begin();
  std::vector<int64_t> tokens(logits.size());
  std::iota(tokens.begin(), tokens.end(), 0);
  std::sort(tokens.begin(), tokens.end(), [&](int64_t a, int64_t b) {
    return logits[a] > logits[b] || (logits[a] == logits[b] && a < b);
  });
  if (options.topK > 0 && options.topK < static_cast<int64_t>(tokens.size())) {
    float least = logits[tokens[options.topK - 1]];
    auto end =
        std::find_if(tokens.begin() + options.topK, tokens.end(),
                     [&](int64_t token) { return logits[token] < least; });
    tokens.erase(end, tokens.end());
  }
  double largest = logits[tokens.front()];
  std::vector<double> weights;
  for (int64_t token : tokens)
    weights.push_back(
        std::exp((logits[token] - largest) / options.temperature));
  double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  // The token with which the probability is reached is kept.
  double reached = 0;
  size_t kept = 0;
  while (kept < weights.size() && reached < options.topP * total)
    reached += weights[kept++];
  kept = std::max<size_t>(kept, 1);
  reached = std::accumulate(weights.begin(), weights.begin() + kept, 0.0);
  double drawn = drawUniform(random) * reached;
  for (size_t i = 0; i + 1 < kept; ++i) {
    if (drawn < weights[i])
      return tokens[i];
    drawn -= weights[i];
  }
  return tokens[kept - 1];
}
