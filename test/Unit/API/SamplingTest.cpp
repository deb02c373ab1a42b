//===- SamplingTest.cpp - How often each token is drawn -------------------===//

#include "../../../lib/API/Sampling.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace tenon;

static constexpr int draws = 20000;

/// How often each of `logits` is drawn, of all draws.
static std::vector<double> frequencies(std::vector<float> logits,
                                       const SamplingOptions &options) {
  std::mt19937_64 random(options.seed);
  std::vector<double> counts(logits.size());
  for (int i = 0; i < draws; ++i)
    counts[sampleToken(logits, options, random)] += 1.0 / draws;
  return counts;
}

/// Within five standard deviations of `probabilities`.
static void expectNear(const std::vector<double> &counts,
                       const std::vector<double> &probabilities) {
  for (size_t i = 0; i < counts.size(); ++i) {
    double p = probabilities[i];
    EXPECT_NEAR(counts[i], p, 5 * std::sqrt(p * (1 - p) / draws) + 1e-9) << i;
  }
}

// exp of them: 1, 2, 4, 8.
static const std::vector<float> logits = {0, std::log(2.0f), std::log(4.0f),
                                          std::log(8.0f)};

TEST(Sampling, TakesTheFirstOfTheLargest) {
  std::mt19937_64 random(0);
  EXPECT_EQ(sampleToken(std::vector<float>{1, 3, 2, 3}, {}, random), 1);
}

TEST(Sampling, DrawsByProbability) {
  expectNear(frequencies(logits, {.temperature = 1}),
             {1. / 15, 2. / 15, 4. / 15, 8. / 15});
  // Half the temperature squares the ratios.
  expectNear(frequencies(logits, {.temperature = 0.5}),
             {1. / 85, 4. / 85, 16. / 85, 64. / 85});
}

TEST(Sampling, DrawsFromTheLargest) {
  expectNear(frequencies(logits, {.temperature = 1, .topK = 2}),
             {0, 0, 4. / 12, 8. / 12});
  // Equals of the last of them stay.
  expectNear(frequencies({1, 1, 1, -50}, {.temperature = 1, .topK = 2}),
             {1. / 3, 1. / 3, 1. / 3, 0});
}

TEST(Sampling, DrawsFromTheLikeliest) {
  // 8 of 15 do not reach 0.6, with 4 more they do.
  expectNear(frequencies(logits, {.temperature = 1, .topP = 0.6}),
             {0, 0, 4. / 12, 8. / 12});
  expectNear(frequencies(logits, {.temperature = 1, .topP = 0.01}),
             {0, 0, 0, 1});
}

TEST(Sampling, HoldsLargeLogits) {
  expectNear(frequencies({1e30f, 1e30f, -1e30f}, {.temperature = 1}),
             {0.5, 0.5, 0});
}
