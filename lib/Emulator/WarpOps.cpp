//===- WarpOps.cpp - What the lanes of a warp do together -----------------===//
//
// As the PTX ISA defines them: "shfl.sync", "ldmatrix", and "Matrix fragments
// for mma.m16n8k16 with floating point type", "m16n8k8" and "m16n8k32".
//
//===----------------------------------------------------------------------===//

#include "WarpOps.h"
#include "Block.h"
#include "SmallFloats.h"

#include <cstring>

using namespace tenon;

static constexpr uint32_t allLanes = ~0u;

namespace {
struct Shuffle {
  int32_t kind, offset, segment;
  uint32_t given, taken;
};

struct MatrixLoad {
  uint32_t *out;
  std::byte *line;
  bool isTransposed;
};

struct Product {
  float *out;
  const uint32_t *a, *b;
  const float *c;
  FactorType type;
};

struct ByteProduct {
  int32_t *out;
  const uint32_t *a, *b;
  const int32_t *c;
  bool isSignedA, isSignedB;
};
} // namespace

//===----------------------------------------------------------------------===//
// shfl.sync
//===----------------------------------------------------------------------===//

/// The lane whose value `lane` takes; itself where that one is outside of its
/// segment.
static unsigned sourceLane(unsigned lane, const Shuffle &own) {
  unsigned clamp = own.segment & 31, segment = own.segment >> 8 & 31;
  unsigned most = (lane & segment) | (clamp & ~segment), least = lane & segment;
  auto offset = static_cast<unsigned>(own.offset) & 31;
  switch (own.kind) {
  case 0: // bfly
    return (lane ^ offset) <= most ? lane ^ offset : lane;
  case 1: // up: the clamp is a lower bound
    return lane >= most + offset ? lane - offset : lane;
  case 2: // down
    return lane + offset <= most ? lane + offset : lane;
  default: { // idx
    unsigned source = least | (offset & ~segment);
    return source <= most ? source : lane;
  }
  }
}

static void doShuffle(Block &block, unsigned first,
                      const Exchange::Lanes &lanes) {
  for (unsigned lane = 0; lane < lanesPerWarp; ++lane) {
    if (!lanes[lane])
      continue;
    auto &own = *static_cast<Shuffle *>(lanes[lane]);
    unsigned source = sourceLane(lane, own);
    if (!lanes[source]) {
      block.fault(static_cast<int32_t>(first + lane),
                  "takes the value of a lane that is not part of the exchange");
      source = lane;
    }
    own.taken = static_cast<Shuffle *>(lanes[source])->given;
  }
}

int32_t tenon::shuffleLanes(int32_t site, int32_t kind, int32_t mask,
                            int32_t value, int32_t offset, int32_t segment) {
  auto given = static_cast<uint32_t>(value);
  Shuffle own{kind, offset, segment, given, given};
  Block::current().exchange(
      site, {lanesPerWarp, static_cast<uint32_t>(mask), &own, doShuffle});
  return static_cast<int32_t>(own.taken);
}

//===----------------------------------------------------------------------===//
// ldmatrix
//===----------------------------------------------------------------------===//

static void doLoad(Block &block, unsigned first, const Exchange::Lanes &lanes) {
  // Lane 8 m + r names line r of matrix m.
  std::array<std::array<uint16_t, 8>, lanesPerWarp> lines;
  for (unsigned lane = 0; lane < lanesPerWarp; ++lane) {
    auto number = static_cast<int32_t>(first + lane);
    auto &own = *static_cast<MatrixLoad *>(lanes[lane]);
    if ((own.line - block.sharedMemory()) % 16 != 0)
      block.fault(number, "reads a line of a matrix that is not aligned");
    std::memcpy(lines[lane].data(),
                block.accessAs(number, own.line, sizeof lines[lane], false),
                sizeof lines[lane]);
  }
  for (unsigned lane = 0; lane < lanesPerWarp; ++lane) {
    auto &own = *static_cast<MatrixLoad *>(lanes[lane]);
    for (unsigned matrix = 0; matrix < 4; ++matrix) {
      uint16_t pair[2];
      for (unsigned half = 0; half < 2; ++half) {
        unsigned row = lane / 4, column = lane % 4 * 2 + half;
        if (own.isTransposed)
          std::swap(row, column);
        pair[half] = lines[8 * matrix + row][column];
      }
      std::memcpy(&own.out[matrix], pair, sizeof pair);
    }
  }
}

void tenon::loadMatrices(int32_t site, uint32_t *out, void *address,
                         int32_t isTransposed) {
  MatrixLoad own{out, static_cast<std::byte *>(address), isTransposed != 0};
  Block::current().exchange(site, {lanesPerWarp, allLanes, &own, doLoad});
}

//===----------------------------------------------------------------------===//
// mma.sync
//===----------------------------------------------------------------------===//

static float numberIn(uint32_t bits, unsigned half, FactorType type) {
  if (type == FactorType::Tf32)
    return std::bit_cast<float>(bits & ~0x1fffu); // the others are not read
  auto own = static_cast<uint16_t>(bits >> (16 * half));
  return type == FactorType::Bf16 ? fromBf16(own) : fromHalf(own);
}

static void doProduct(Block &, unsigned, const Exchange::Lanes &lanes) {
  FactorType type = static_cast<Product *>(lanes[0])->type;
  // Numbers in a register, steps of the sum that a register's lanes make up.
  unsigned numbers = type == FactorType::Tf32 ? 1 : 2, steps = 4 * numbers;
  float a[16][16], b[16][8];
  for (unsigned lane = 0; lane < lanesPerWarp; ++lane) {
    auto &own = *static_cast<Product *>(lanes[lane]);
    unsigned group = lane / 4, within = lane % 4 * numbers;
    for (unsigned number = 0; number < numbers; ++number) {
      for (unsigned i = 0; i < 4; ++i)
        a[group + i % 2 * 8][within + number + i / 2 * steps] =
            numberIn(own.a[i], number, type);
      for (unsigned i = 0; i < 2; ++i)
        b[within + number + i * steps][group] =
            numberIn(own.b[i], number, type);
    }
  }
  for (unsigned lane = 0; lane < lanesPerWarp; ++lane) {
    auto &own = *static_cast<Product *>(lanes[lane]);
    for (unsigned i = 0; i < 4; ++i) {
      unsigned row = lane / 4 + i / 2 * 8, column = lane % 4 * 2 + i % 2;
      double sum = own.c[i];
      for (unsigned step = 0; step < 2 * steps; ++step)
        sum += static_cast<double>(a[row][step]) * b[step][column];
      own.out[i] = static_cast<float>(sum);
    }
  }
}

void tenon::multiplyMatrices(int32_t site, float *out, const uint32_t *a,
                             const uint32_t *b, const float *c, int32_t type) {
  Product own{out, a, b, c, static_cast<FactorType>(type)};
  Block::current().exchange(site, {lanesPerWarp, allLanes, &own, doProduct});
}

static void doBytes(Block &, unsigned, const Exchange::Lanes &lanes) {
  int32_t a[16][32], b[32][8];
  auto byteOf = [](uint32_t bits, unsigned number, bool isSigned) -> int32_t {
    auto byte = static_cast<uint8_t>(bits >> (8 * number));
    return isSigned ? static_cast<int8_t>(byte) : byte;
  };
  for (unsigned lane = 0; lane < lanesPerWarp; ++lane) {
    auto &own = *static_cast<ByteProduct *>(lanes[lane]);
    unsigned group = lane / 4, within = lane % 4 * 4;
    for (unsigned number = 0; number < 4; ++number) {
      for (unsigned i = 0; i < 4; ++i)
        a[group + i % 2 * 8][within + number + i / 2 * 16] =
            byteOf(own.a[i], number, own.isSignedA);
      for (unsigned i = 0; i < 2; ++i)
        b[within + number + i * 16][group] =
            byteOf(own.b[i], number, own.isSignedB);
    }
  }
  for (unsigned lane = 0; lane < lanesPerWarp; ++lane) {
    auto &own = *static_cast<ByteProduct *>(lanes[lane]);
    for (unsigned i = 0; i < 4; ++i) {
      unsigned row = lane / 4 + i / 2 * 8, column = lane % 4 * 2 + i % 2;
      auto sum = static_cast<uint32_t>(own.c[i]);
      for (unsigned step = 0; step < 32; ++step)
        sum += static_cast<uint32_t>(a[row][step] * b[step][column]);
      own.out[i] = static_cast<int32_t>(sum);
    }
  }
}

void tenon::multiplyBytes(int32_t site, int32_t *out, const uint32_t *a,
                          const uint32_t *b, const int32_t *c,
                          int32_t isSignedA, int32_t isSignedB) {
  ByteProduct own{out, a, b, c, isSignedA != 0, isSignedB != 0};
  Block::current().exchange(site, {lanesPerWarp, allLanes, &own, doBytes});
}

uint32_t tenon::roundToTf32(uint32_t bits) {
  bool isNan = (bits & 0x7fffffff) > 0x7f800000;
  return isNan ? 0x7fffffff : (bits + 0x1000) & ~0x1fffu;
}
