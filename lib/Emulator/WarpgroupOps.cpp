//===- WarpgroupOps.cpp - What four warps do together ---------------------===//
//
// As the PTX ISA defines it: "Asynchronous Warpgroup Level Matrix
// Instructions", "Matrix Descriptor Format", "Swizzling Modes".
//
//===----------------------------------------------------------------------===//

#include "WarpgroupOps.h"
#include "Block.h"
#include "SmallFloats.h"

#include <cstring>

using namespace tenon;

static constexpr unsigned lanesPerGroup = 4 * lanesPerWarp;
static constexpr int64_t rows = 64, depth = 16, elementBytes = 2;
static constexpr int64_t lineBytes = 128, linesOfPattern = 8;

namespace {
struct Products {
  float *sums;
  int64_t a, b;
  int32_t columns;
  bool isBf16;
};

/// A factor in shared memory as a descriptor names it.
struct Factor {
  std::byte *begin;
  int64_t patternStride;

  Factor(Block &block, int64_t descriptor) {
    auto window = reinterpret_cast<uintptr_t>(block.sharedMemory()) &
                  ~((uintptr_t(1) << 18) - 1);
    begin = reinterpret_cast<std::byte *>(
        window | static_cast<uintptr_t>((descriptor & 0x3fff) << 4));
    patternStride = (descriptor >> 32 & 0x3fff) << 4;
  }

  /// The address of step `step` of line `line`: of its bits, 4 to 6 are
  /// exclusive-or'ed with 7 to 9.
  std::byte *at(int64_t line, int64_t step) const {
    auto address = reinterpret_cast<uintptr_t>(
        begin + line / linesOfPattern * patternStride +
        line % linesOfPattern * lineBytes + step * elementBytes);
    return reinterpret_cast<std::byte *>(address ^ (address >> 7 & 7) << 4);
  }
};
} // namespace

/// The numbers of a factor, line by line, and a note that `thread` reads them.
static std::vector<float> readFactor(Block &block, int32_t thread,
                                     const Factor &factor, int64_t lines,
                                     bool isBf16) {
  std::vector<float> numbers;
  EmulatedThread &reader = block.threadAt(thread);
  for (int64_t line = 0; line < lines; ++line)
    for (int64_t step = 0; step < depth; ++step) {
      std::byte *place = factor.at(line, step);
      uint16_t bits;
      std::memcpy(&bits, block.accessAs(thread, place, elementBytes, false),
                  sizeof bits);
      numbers.push_back(isBf16 ? fromBf16(bits) : fromHalf(bits));
      if (step % 8 == 0) // 16 bytes that lie side by side
        reader.uncommittedReads.push_back({place, 8 * elementBytes});
    }
  return numbers;
}

static void doProducts(Block &block, unsigned first,
                       const Exchange::Lanes &lanes) {
  auto reader = static_cast<int32_t>(first);
  const Products &some = *static_cast<Products *>(lanes[0]);
  if (!block.isPublished())
    block.fault(reader, "multiplies what threads have written to shared memory "
                        "without a fence behind it");
  for (unsigned lane = 1; lane < lanesPerGroup; ++lane) {
    const Products &other = *static_cast<Products *>(lanes[lane]);
    if (other.a != some.a || other.b != some.b)
      block.fault(static_cast<int32_t>(first + lane),
                  "multiplies other matrices than its neighbours");
  }
  std::vector<float> a = readFactor(block, reader, Factor(block, some.a), rows,
                                    some.isBf16),
                     b = readFactor(block, reader, Factor(block, some.b),
                                    some.columns, some.isBf16);
  for (unsigned lane = 0; lane < lanesPerGroup; ++lane) {
    float *sums = static_cast<Products *>(lanes[lane])->sums;
    for (int64_t i = 0; i < some.columns / 2; ++i) {
      int64_t row = lane / 32 * 16 + lane % 32 / 4 + i / 2 % 2 * 8,
              column = i / 4 * 8 + lane % 4 * 2 + i % 2;
      double sum = sums[i];
      for (int64_t step = 0; step < depth; ++step)
        sum += static_cast<double>(a[row * depth + step]) *
               b[column * depth + step];
      sums[i] = static_cast<float>(sum);
    }
  }
}

void tenon::multiplyShared(int32_t site, float *sums, int64_t a, int64_t b,
                           int32_t columns, int32_t isBf16) {
  Products own{sums, a, b, columns, isBf16 != 0};
  Block::current().exchange(site, {lanesPerGroup, ~0u, &own, doProducts});
}
