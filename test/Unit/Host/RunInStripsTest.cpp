//===- RunInStripsTest.cpp - Less memory for a stage's launches -----------===//
//
// Kernels here are stencils over rows of 16 integers: what they read and write
// is known, and a plan is run and compared with the whole.
//
//===----------------------------------------------------------------------===//

#include "tenon/Codegen/Host/RunInStrips.h"

#include "gtest/gtest.h"

#include <cstring>
#include <random>

using namespace tenon;
using Space = BufferRef::Space;

namespace {
constexpr int64_t rowElements = 16, rowBytes = rowElements * sizeof(int32_t);

/// Result row r is a sum over rows [r / shrink - halo, r / shrink + halo] of
/// each operand, those outside of it left out; a step has `rows` of them.
struct Stencil {
  int64_t rows, halo, shrink, resultRows;
};

/// A chain of launches over buffers of rows, and their run.
class Chain {
public:
  uint32_t addBuffer(int64_t rows) {
    whole.sizes.push_back(rows * rowBytes);
    return whole.sizes.size() - 1;
  }
  BufferRef arena(uint32_t buffer) const {
    return {Space::Arena, buffer, 0, whole.sizes[buffer]};
  }
  /// Buffer of a launch of a kernel of its own; its result is a new buffer or
  /// `result`.
  uint32_t add(const Stencil &stencil, std::vector<BufferRef> operands,
               std::optional<BufferRef> result = {}) {
    uint32_t made = result ? ~0u : addBuffer(stencil.resultRows);
    Launch launch;
    launch.kernel = stencils.size();
    launch.buffers = std::move(operands);
    launch.buffers.push_back(result ? *result : arena(made));
    whole.launches.push_back(launch);
    stencils.push_back(stencil);
    KernelSteps loop;
    loop.steps = (stencil.resultRows + stencil.rows - 1) / stencil.rows;
    // Several iterations for a step, as loops over columns inside rows are.
    loop.iterations = 3;
    int64_t stride = stencil.rows * rowBytes;
    for (size_t i = 0; i + 1 < launch.buffers.size(); ++i)
      loop.footprints.push_back(
          Footprint{stride / stencil.shrink, -stencil.halo * rowBytes,
                    stride / stencil.shrink + stencil.halo * rowBytes});
    loop.footprints.push_back(Footprint{stride, 0, stride});
    steps.push_back(loop);
    return made;
  }

  UnplacedLaunches plan(uint64_t limit) const {
    return runInStrips(whole, limit,
                       [&](uint32_t kernel) { return &steps[kernel]; });
  }

  /// What outputs hold behind the run of a plan. Nothing outside of what a
  /// reference speaks of is touched.
  std::vector<int32_t> run(const UnplacedLaunches &plan,
                           const std::vector<int32_t> &input,
                           int64_t outputRows) const;

  UnplacedLaunches whole;
  std::vector<Stencil> stencils;
  std::vector<KernelSteps> steps;
};
} // namespace

std::vector<int32_t> Chain::run(const UnplacedLaunches &plan,
                                const std::vector<int32_t> &input,
                                int64_t outputRows) const {
  std::vector<Lifetime> places = plan.lifetimes();
  constexpr int32_t unwritten = 12345;
  std::vector<int32_t> memory(planMemory(places) / sizeof(int32_t), unwritten),
      output(outputRows * rowElements, unwritten);
  auto at = [&](const BufferRef &buffer, int64_t byte) {
    int64_t place = static_cast<int64_t>(buffer.offset) + byte -
                    static_cast<int64_t>(buffer.skipped);
    EXPECT_GE(byte, static_cast<int64_t>(buffer.skipped));
    EXPECT_LT(byte, static_cast<int64_t>(buffer.skipped + buffer.bytes));
    if (buffer.space == Space::Arena) {
      EXPECT_LE(buffer.offset + buffer.bytes, plan.sizes[buffer.index]);
      place += static_cast<int64_t>(places[buffer.index].offset);
    }
    auto index = place / static_cast<int64_t>(sizeof(int32_t));
    return buffer.space == Space::Arena   ? &memory[index]
           : buffer.space == Space::Input ? const_cast<int32_t *>(&input[index])
                                          : &output[index];
  };
  for (const Launch &launch : plan.launches) {
    if (launch.kernel == Launch::copy) {
      std::memmove(at(launch.buffers[1], 0), at(launch.buffers[0], 0),
                   launch.bytes);
      continue;
    }
    const Stencil &stencil = stencils[launch.kernel];
    const KernelSteps &loop = steps[launch.kernel];
    int64_t first = launch.begin.value_or(0) / loop.iterations,
            count = launch.begin ? launch.extent / loop.iterations : loop.steps;
    for (int64_t row = first * stencil.rows;
         row < std::min((first + count) * stencil.rows, stencil.resultRows);
         ++row)
      for (int64_t column = 0; column < rowElements; ++column) {
        int32_t sum = static_cast<int32_t>(row + column);
        for (size_t i = 0; i + 1 < launch.buffers.size(); ++i) {
          const BufferRef &original = whole.launches[launch.kernel].buffers[i];
          auto rows = static_cast<int64_t>(original.bytes) / rowBytes;
          for (int64_t read = row / stencil.shrink - stencil.halo;
               read <= row / stencil.shrink + stencil.halo; ++read)
            if (read >= 0 && read < rows)
              sum = 3 * sum +
                    *at(launch.buffers[i], read * rowBytes + 4 * column) % 1000;
        }
        *at(launch.buffers.back(), row * rowBytes + 4 * column) = sum % 10000;
      }
  }
  return output;
}

static std::vector<int32_t> numbers(int64_t rows) {
  std::vector<int32_t> values(rows * rowElements);
  std::mt19937 generator(1);
  for (int32_t &value : values)
    value = static_cast<int32_t>(generator() % 1000);
  return values;
}

static uint64_t arenaOf(const UnplacedLaunches &plan) {
  std::vector<Lifetime> lifetimes = plan.lifetimes();
  return planMemory(lifetimes);
}

/// x -> normalised, of steps of 4 rows -> stencil of 3 rows, as a norm before a
/// convolution.
TEST(RunInStripsTest, aBufferWithOneReaderIsAWindow) {
  Chain chain;
  BufferRef x{Space::Input, 0, 0, 256 * rowBytes},
      y{Space::Output, 0, 0, 256 * rowBytes};
  uint32_t normalised = chain.add({4, 0, 1, 256}, {x});
  chain.add({2, 1, 1, 256}, {chain.arena(normalised)}, y);
  UnplacedLaunches plan = chain.plan(0);
  EXPECT_LE(arenaOf(plan), 256 * rowBytes / 8);
  EXPECT_EQ(chain.run(plan, numbers(256), 256),
            chain.run(chain.whole, numbers(256), 256));
  // Nothing is made twice.
  int64_t made = 0;
  for (const Launch &launch : plan.launches)
    if (launch.kernel == 0)
      made += launch.extent / chain.steps[0].iterations;
  EXPECT_EQ(made, chain.steps[0].steps);
}

TEST(RunInStripsTest, aLimitThatIsKeptChangesNothing) {
  Chain chain;
  BufferRef x{Space::Input, 0, 0, 64 * rowBytes},
      y{Space::Output, 0, 0, 64 * rowBytes};
  uint32_t a = chain.add({4, 0, 1, 64}, {x});
  chain.add({4, 0, 1, 64}, {chain.arena(a)}, y);
  UnplacedLaunches plan = chain.plan(64 * rowBytes);
  EXPECT_EQ(plan.launches.size(), 2u);
  EXPECT_FALSE(plan.launches[0].begin.has_value());
}

/// What two launches read is made for each of them, but only where one
/// window is not enough.
TEST(RunInStripsTest, aBufferWithSeveralReadersIsMadeAgain) {
  Chain chain;
  BufferRef x{Space::Input, 0, 0, 128 * rowBytes},
      y{Space::Output, 0, 0, 256 * rowBytes};
  uint32_t grown = chain.add({8, 0, 2, 256}, {x});
  uint32_t small = chain.add({4, 2, 1, 64}, {chain.arena(grown)});
  chain.add({4, 1, 1, 256}, {chain.arena(grown), chain.arena(small)}, y);
  chain.steps[2].footprints[1] = std::nullopt; // like a weight
  UnplacedLaunches plan = chain.plan(0);
  EXPECT_LE(arenaOf(plan), (64 + 256 / 8) * rowBytes);
  EXPECT_EQ(chain.run(plan, numbers(128), 256),
            chain.run(chain.whole, numbers(128), 256));
}

/// What must be there as a whole, stays.
TEST(RunInStripsTest, whatIsNotKnownIsLeftAlone) {
  auto isWhole = [](const std::function<void(Chain &)> &change) {
    Chain chain;
    BufferRef x{Space::Input, 0, 0, 256 * rowBytes},
        y{Space::Output, 0, 0, 256 * rowBytes};
    uint32_t a = chain.add({4, 0, 1, 256}, {x});
    chain.add({2, 1, 1, 256}, {chain.arena(a)}, y);
    change(chain);
    return arenaOf(chain.plan(0)) == 256 * rowBytes;
  };
  EXPECT_FALSE(isWhole([](Chain &) {}));
  EXPECT_TRUE(
      isWhole([](Chain &s) { s.steps[1].footprints[0] = std::nullopt; }));
  EXPECT_TRUE(
      isWhole([](Chain &s) { s.steps[0].footprints[1] = std::nullopt; }));
  // Steps that overlap, or begin where no kernel may.
  EXPECT_TRUE(isWhole([](Chain &s) { s.steps[0].footprints[1]->high += 4; }));
  EXPECT_TRUE(
      isWhole([](Chain &s) { s.steps[0].footprints[1] = {40, 0, 40}; }));
  EXPECT_TRUE(isWhole([](Chain &s) {
    s.whole.launches[1].branch = Branch{{Space::Input, 0, 0, 8}, 2, 0};
  }));
  // The input is overwritten: later it has another value.
  EXPECT_TRUE(isWhole([](Chain &s) {
    BufferRef x = s.whole.launches[0].buffers[0];
    s.add({4, 0, 1, 256}, {x}, x);
  }));
}

/// Random chains and joins: whatever the limit, the same numbers.
TEST(RunInStripsTest, givesTheSameNumbers) {
  std::mt19937 generator(7);
  auto draw = [&](int64_t least, int64_t most) {
    return least + static_cast<int64_t>(generator() % (most - least + 1));
  };
  int smaller = 0;
  for (int test = 0; test < 150; ++test) {
    Chain chain;
    int64_t rows = draw(20, 200);
    uint64_t bytes = rows * rowBytes;
    BufferRef x{Space::Input, 0, 0, bytes}, y{Space::Output, 0, 0, bytes};
    std::vector<BufferRef> made = {x};
    auto operands = [&] {
      std::vector<BufferRef> some = {made.back()};
      if (draw(0, 1))
        some.push_back(made[draw(0, made.size() - 1)]);
      return some;
    };
    for (int64_t i = draw(2, 6); i > 0; --i)
      made.push_back(chain.arena(
          chain.add({draw(1, 9), draw(0, 3), 1, rows}, operands())));
    chain.add({draw(1, 9), draw(0, 3), 1, rows}, operands(), y);
    std::vector<int32_t> expected = chain.run(chain.whole, numbers(rows), rows);
    uint64_t all = arenaOf(chain.whole);
    for (uint64_t limit : {all * 3 / 4, all / 2, uint64_t(0)}) {
      UnplacedLaunches plan = chain.plan(limit);
      smaller += arenaOf(plan) < all;
      ASSERT_EQ(chain.run(plan, numbers(rows), rows), expected)
          << "test " << test << ", limit " << limit;
    }
  }
  EXPECT_GT(smaller, 300);
}
