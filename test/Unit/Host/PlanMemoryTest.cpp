//===- PlanMemoryTest.cpp - Offsets in one arena --------------------------===//

#include "tenon/Codegen/Host/PlanMemory.h"

#include "gtest/gtest.h"

#include <random>

using namespace tenon;

static bool liveTogether(const Lifetime &a, const Lifetime &b) {
  return a.first <= b.last && b.first <= a.last;
}

static void expectApart(const std::vector<Lifetime> &buffers, uint64_t arena) {
  for (size_t i = 0; i < buffers.size(); ++i) {
    EXPECT_EQ(buffers[i].offset % 64, 0u);
    EXPECT_LE(buffers[i].offset + buffers[i].bytes, arena);
    for (size_t j = 0; j < i; ++j)
      if (liveTogether(buffers[i], buffers[j]))
        EXPECT_TRUE(buffers[i].offset + buffers[i].bytes <=
                        buffers[j].offset ||
                    buffers[j].offset + buffers[j].bytes <= buffers[i].offset)
            << i << " and " << j;
  }
}

TEST(PlanMemoryTest, nothingNeedsNothing) {
  std::vector<Lifetime> none;
  EXPECT_EQ(planMemory(none), 0u);
  EXPECT_EQ(largestLiveSet(none), 0u);
}

TEST(PlanMemoryTest, chainNeedsTwoNeighbours) {
  std::vector<Lifetime> chain;
  for (int64_t step = 0; step < 20; ++step)
    chain.push_back({1000, step, step + 1});
  EXPECT_EQ(largestLiveSet(chain), 2 * 1024u);
  EXPECT_EQ(planMemory(chain), 2 * 1024u);
  expectApart(chain, 2 * 1024);
}

TEST(PlanMemoryTest, buffersBeyondFourGigabytes) {
  uint64_t large = uint64_t(5) << 30;
  std::vector<Lifetime> buffers = {{large, 0, 1}, {large, 1, 2}, {64, 0, 2}};
  EXPECT_EQ(largestLiveSet(buffers), 2 * large + 64);
  uint64_t arena = planMemory(buffers);
  EXPECT_EQ(arena, 2 * large + 64);
  expectApart(buffers, arena);
}

TEST(PlanMemoryTest, arenaStaysBelowTwiceTheLiveSet) {
  std::mt19937 random(20261125);
  for (int round = 0; round < 200; ++round) {
    std::vector<Lifetime> buffers;
    for (int i = 0; i < 60; ++i) {
      auto first = static_cast<int64_t>(random() % 50);
      buffers.push_back({1 + random() % 100000, first,
                         first + static_cast<int64_t>(random() % 8)});
    }
    uint64_t live = largestLiveSet(buffers), arena = planMemory(buffers);
    EXPECT_GE(arena, live);
    EXPECT_LE(arena, 2 * live);
    expectApart(buffers, arena);
  }
}
