//===- PlanMemory.h - Offsets in one arena by lifetime --------------------===//

#ifndef TENON_CODEGEN_HOST_PLANMEMORY_H
#define TENON_CODEGEN_HOST_PLANMEMORY_H

#include <cstdint>
#include <vector>

namespace tenon {

/// A buffer that must hold its bytes from step `first` to step `last`, both
/// included.
struct Lifetime {
  uint64_t bytes = 0;
  int64_t first = 0, last = 0;
  uint64_t offset = 0; ///< planMemory's answer, a multiple of 64
};

/// Chooses offsets such that buffers alive at the same step do not overlap;
/// returns the arena's size. Largest buffers first, each at the lowest offset
/// that is free for its whole life (Pisarchyk and Lee, 2020, arXiv:2001.03288,
/// "greedy by size").
uint64_t planMemory(std::vector<Lifetime> &buffers);

/// The most bytes that are alive at one step: no arena can be smaller.
uint64_t largestLiveSet(const std::vector<Lifetime> &buffers);

} // namespace tenon

#endif // TENON_CODEGEN_HOST_PLANMEMORY_H
