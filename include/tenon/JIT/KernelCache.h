//===- KernelCache.h - Compiled kernels on disk ---------------------------===//

#ifndef TENON_JIT_KERNELCACHE_H
#define TENON_JIT_KERNELCACHE_H

#include "tenon/Runtime/Program.h"

#include <chrono>
#include <filesystem>

namespace tenon {

/// Files in a folder, named by the hash of what they were made from. Several
/// processes may share it: a file appears whole, by renaming. A damaged or
/// unreadable file counts as missing. Reading a file notes the time.
class KernelCache {
public:
  /// An empty path turns the cache off.
  explicit KernelCache(std::filesystem::path folder);

  /// $TENON_CACHE, else $XDG_CACHE_HOME/tenon, else ~/.cache/tenon; empty where
  /// none can be had.
  static std::filesystem::path defaultFolder();

  struct Entry {
    KernelShape shape;
    std::string object;
  };
  std::optional<Entry> find(std::string_view key) const;
  void store(std::string_view key, const Entry &entry) const;

  /// Removes files that nobody has read for 30 days, and of the others those
  /// that were read longest ago where all have more than `mostBytes`; nothing
  /// if this was done within the last `interval`. A file that goes while
  /// somebody reads it stays readable to them.
  void prune(std::chrono::seconds interval = std::chrono::hours(1),
             uint64_t mostBytes = uint64_t(2) << 30) const;

private:
  std::filesystem::path pathOf(std::string_view key) const;
  std::filesystem::path folder;
};

} // namespace tenon

#endif // TENON_JIT_KERNELCACHE_H
