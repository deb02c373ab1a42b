//===- AdapterCostTest.cpp - What the two forms of an adapted layer cost --===//
//
// The expected numbers are the formula's, worked out by hand.
//
//===----------------------------------------------------------------------===//

#include "AdapterCost.h"

#include <gtest/gtest.h>

using namespace tenon;

/// Rows of one call each.
static CallPattern oneByOne(int64_t rows) { return {rows, rows}; }

TEST(AdapterCost, CountsEachForm) {
  AdaptedSizes wide{.out = 5632, .in = 2048, .rank = 16, .elementBytes = 2};
  EXPECT_EQ(countMergedProducts(wide), 184549376);
  EXPECT_EQ(countMergedBytes(wide), 69206016);
  EXPECT_EQ(countBesideProducts(wide, {.rows = 10, .calls = 2}), 1228800);
  EXPECT_EQ(countBesideBytes(wide, {.rows = 10, .calls = 2}), 983040);
}

TEST(AdapterCost, DoesNotOverflow) {
  AdaptedSizes vast{
      .out = 1 << 20, .in = 1 << 20, .rank = 1 << 10, .elementBytes = 4};
  EXPECT_EQ(countBesideProducts(vast, oneByOne(int64_t(1) << 40)),
            0x1p40 * 0x1p31);
  EXPECT_EQ(countMergedProducts(vast), 0x1p50);
}

/// Row by row, in the first `rows` beside is cheaper, and in no more.
static void expectCrossover(AdaptedSizes sizes, int64_t rows) {
  EXPECT_TRUE(isBesideCheaper(sizes, oneByOne(rows)));
  EXPECT_FALSE(isBesideCheaper(sizes, oneByOne(rows + 1)));
}

TEST(AdapterCost, CrossesOverLaterForLargerWeights) {
  // Products and 4 times the bytes: 167772160 and rows 589824 + 1048576.
  expectCrossover({2048, 2048, 16, 2}, 282);
  // 41943040 and rows 368640 + 655360: keys of grouped queries.
  expectCrossover({512, 2048, 16, 2}, 111);
  // 461373440 and rows 1105920 + 1966080.
  expectCrossover({5632, 2048, 16, 2}, 415);
}

TEST(AdapterCost, CrossesOverSoonerForMoreRanks) {
  // 637534208 and rows 4718592 + 8388608.
  expectCrossover({2048, 2048, 128, 2}, 133);
  // 4395630592 and rows 37748736 + 67108864.
  expectCrossover({2048, 2048, 1024, 2}, 114);
}

TEST(AdapterCost, ReadsFactorsOnceACall) {
  AdaptedSizes square{2048, 2048, 16, 2};
  // 167772160 and rows 65536 + 1572864.
  EXPECT_TRUE(isBesideCheaper(square, {.rows = 2535, .calls = 1}));
  EXPECT_FALSE(isBesideCheaper(square, {.rows = 2536, .calls = 1}));
}

TEST(AdapterCost, MergesWhereBothCostTheSame) {
  // 4 (256 + 768) and rows 256 + 4 (rows + 2) 256, equal at 1.6.
  EXPECT_TRUE(isBesideCheaper({16, 16, 8, 1}, oneByOne(1)));
  // 16 by 16 by 4: 1024 + 3072 and rows 128 + 4 (calls + 2) 128, equal at 16
  // rows in 2 calls.
  EXPECT_FALSE(isBesideCheaper({16, 16, 4, 1}, {.rows = 16, .calls = 2}));
  EXPECT_TRUE(isBesideCheaper({16, 16, 4, 1}, {.rows = 15, .calls = 2}));
}
