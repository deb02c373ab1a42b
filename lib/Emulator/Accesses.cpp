//===- Accesses.cpp - Who touched which memory last -----------------------===//

#include "Accesses.h"

#include <algorithm>

using namespace tenon;

/// Descriptors of matrices in shared memory hold 18 bits of an address.
static constexpr size_t alignment = size_t(1) << 18;
static constexpr size_t wordBytes = 8;

OwnMemory::OwnMemory(std::string name, size_t bytes)
    : name(std::move(name)), size(bytes),
      storage(bytes ? bytes + alignment : 0), written(bytes) {
  auto address = reinterpret_cast<uintptr_t>(storage.data());
  data = storage.data() + ((alignment - address % alignment) % alignment);
}

void OwnMemory::reset() {
  std::fill_n(data, size, std::byte(0xff));
  written.assign(size, false);
}

bool OwnMemory::holds(const void *address) const {
  // What lies behind it is no one else's: an access there has run over it.
  return size != 0 && address >= data &&
         address < storage.data() + storage.size();
}

std::string OwnMemory::access(const void *address, int64_t bytes, bool writes) {
  size_t offset = static_cast<const std::byte *>(address) - data;
  auto where = [&] {
    return " " + std::to_string(bytes) + " bytes at byte " +
           std::to_string(offset) + " of " + name;
  };
  if (offset + bytes > size)
    return (writes ? "writes" : "reads") + where() + ", which has " +
           std::to_string(size);
  auto first = written.begin() + offset, last = first + bytes;
  if (writes)
    std::fill(first, last, true);
  else if (std::find(first, last, false) != last)
    return "reads" + where() + ", which nobody has written";
  return {};
}

std::string AccessLog::add(const void *address, int64_t bytes, bool writes,
                           int32_t thread, uint64_t interval) {
  auto begin = reinterpret_cast<uintptr_t>(address), end = begin + bytes;
  int32_t other = -1;
  bool otherWrote = false;
  for (uintptr_t word = begin / wordBytes; word * wordBytes < end; ++word) {
    uintptr_t start = word * wordBytes;
    uint8_t mask = 0;
    for (size_t byte = 0; byte < wordBytes; ++byte)
      if (start + byte >= begin && start + byte < end)
        mask |= uint8_t(1) << byte;
    Word &known = words[word];
    auto clashes = [&](const Entry &entry) {
      return entry.interval == interval && entry.thread != thread &&
             (entry.bytes & mask) != 0;
    };
    if (clashes(known.write)) {
      other = known.write.thread;
      otherWrote = true;
    } else if (writes && clashes(known.read)) {
      other = known.read.thread;
    }
    // Of several threads that touch parts of a word the last is remembered.
    Entry &entry = writes ? known.write : known.read;
    if (entry.interval != interval || entry.thread != thread)
      entry = {interval, thread, 0};
    entry.bytes |= mask;
  }
  if (other < 0)
    return {};
  return std::string(writes ? "writes" : "reads") + " what thread " +
         std::to_string(other) + (otherWrote ? " writes" : " reads") +
         " without a barrier between them";
}
