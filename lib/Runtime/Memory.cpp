//===- Memory.cpp - Aligned memory ----------------------------------------===//

#include "tenon/Runtime/Tensor.h"

#include <cstdlib>
#include <cstring>
#include <sys/mman.h>

using namespace tenon;

static constexpr uint64_t lineBytes = 64;
static constexpr uint64_t hugePageBytes = uint64_t(2) << 20;

static uint64_t roundUp(uint64_t bytes, uint64_t unit) {
  return (bytes + unit - 1) / unit * unit;
}

/// Zero memory that starts at a huge page.
static std::shared_ptr<std::byte> mapZeroed(uint64_t bytes) {
  uint64_t mapped = roundUp(bytes, hugePageBytes) + hugePageBytes;
  void *address = ::mmap(nullptr, mapped, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (address == MAP_FAILED)
    return nullptr;
  uint64_t skip = roundUp(reinterpret_cast<uintptr_t>(address), hugePageBytes) -
                  reinterpret_cast<uintptr_t>(address);
  std::byte *memory = static_cast<std::byte *>(address) + skip;
  ::madvise(memory, roundUp(bytes, hugePageBytes), MADV_HUGEPAGE);
  return std::shared_ptr<std::byte>(
      memory, [=](std::byte *) { ::munmap(address, mapped); });
}

std::shared_ptr<std::byte> tenon::allocateAligned(uint64_t bytes) {
  if (bytes > INT64_MAX - 2 * hugePageBytes)
    return nullptr;
  if (bytes >= mappedFrom)
    return mapZeroed(bytes);
  // At least one line, so that an empty buffer has an address too.
  void *memory =
      std::aligned_alloc(lineBytes, roundUp(bytes + !bytes, lineBytes));
  if (!memory)
    return nullptr;
  return std::shared_ptr<std::byte>(static_cast<std::byte *>(memory),
                                    std::free);
}

std::shared_ptr<std::byte> tenon::allocateZeroed(uint64_t bytes) {
  std::shared_ptr<std::byte> memory = allocateAligned(bytes);
  if (memory && bytes < mappedFrom)
    std::memset(memory.get(), 0, bytes);
  return memory;
}
