//===- KeptMemory.cpp - Large blocks that are used again ------------------===//

#include "KeptMemory.h"

#include <sys/mman.h>

using namespace tenon;

std::shared_ptr<std::byte> KeptMemory::allocate(uint64_t bytes) {
  if (bytes < mappedFrom)
    return allocateAligned(bytes);
  Block block = take(bytes);
  if (!block)
    return nullptr;
  std::byte *begin = block.get();
  return Block(begin, [memory = shared_from_this(), block = std::move(block),
                       bytes](std::byte *) mutable {
    memory->keep(std::move(block), bytes);
  });
}

KeptMemory::Block KeptMemory::take(uint64_t bytes) {
  {
    std::lock_guard guard(lock);
    if (auto found = idle.find(bytes); found != idle.end())
      return std::move(idle.extract(found).mapped());
  }
  return allocateAligned(bytes);
}

void KeptMemory::keep(Block block, uint64_t bytes) {
  ::madvise(block.get(), bytes, MADV_FREE);
  std::lock_guard guard(lock);
  idle.emplace(bytes, std::move(block));
}
