//===- PlanMemory.cpp - Offsets in one arena by lifetime ------------------===//

#include "tenon/Codegen/Host/PlanMemory.h"

#include <algorithm>
#include <map>
#include <numeric>

using namespace tenon;

static constexpr uint64_t alignment = 64;

static uint64_t aligned(uint64_t bytes) {
  return (bytes + alignment - 1) / alignment * alignment;
}

uint64_t tenon::planMemory(std::vector<Lifetime> &buffers) {
  std::vector<size_t> order(buffers.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return buffers[a].bytes > buffers[b].bytes;
  });
  std::vector<size_t> placed; // by offset
  uint64_t size = 0;
  for (size_t index : order) {
    Lifetime &buffer = buffers[index];
    uint64_t offset = 0;
    for (size_t other : placed) {
      const Lifetime &neighbour = buffers[other];
      if (neighbour.last < buffer.first || buffer.last < neighbour.first)
        continue;
      if (offset + aligned(buffer.bytes) <= neighbour.offset)
        break;
      offset = std::max(offset, neighbour.offset + aligned(neighbour.bytes));
    }
    buffer.offset = offset;
    placed.insert(std::upper_bound(placed.begin(), placed.end(), index,
                                   [&](size_t a, size_t b) {
                                     return buffers[a].offset <
                                            buffers[b].offset;
                                   }),
                  index);
    size = std::max(size, offset + aligned(buffer.bytes));
  }
  return size;
}

uint64_t tenon::largestLiveSet(const std::vector<Lifetime> &buffers) {
  std::map<int64_t, int64_t> change; // by step
  for (const Lifetime &buffer : buffers) {
    change[buffer.first] += static_cast<int64_t>(aligned(buffer.bytes));
    change[buffer.last + 1] -= static_cast<int64_t>(aligned(buffer.bytes));
  }
  int64_t now = 0, most = 0;
  for (auto [step, difference] : change)
    most = std::max(most, now += difference);
  return static_cast<uint64_t>(most);
}
