//===- Accesses.h - Who touched which memory last -------------------------===//

#ifndef TENON_LIB_EMULATOR_ACCESSES_H
#define TENON_LIB_EMULATOR_ACCESSES_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace tenon {

/// Memory of a block, with a mark for each byte that has been written.
class OwnMemory {
public:
  OwnMemory(std::string name, size_t bytes);
  /// As at a block's start: nothing is written, every float is a NaN.
  void reset();
  bool holds(const void *address) const;
  /// What is wrong with an access that begins inside; empty: nothing.
  std::string access(const void *address, int64_t bytes, bool writes);
  std::byte *begin() { return data; }

private:
  std::string name;
  size_t size;
  std::vector<std::byte> storage;
  std::byte *data; ///< aligned as descriptors of shared memory want it
  std::vector<bool> written;
};

/// The last accesses to each word of memory within an interval between
/// barriers.
class AccessLog {
public:
  /// What this access would race with; empty: nothing.
  std::string add(const void *address, int64_t bytes, bool writes,
                  int32_t thread, uint64_t interval);
  void clear() { words.clear(); }

private:
  struct Entry {
    uint64_t interval = 0;
    int32_t thread = -1;
    uint8_t bytes = 0; ///< a bit for each
  };
  struct Word {
    Entry write, read;
  };
  std::unordered_map<uintptr_t, Word> words;
};

} // namespace tenon

#endif // TENON_LIB_EMULATOR_ACCESSES_H
