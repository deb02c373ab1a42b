//===- WeightStore.h - Memory-mapped weights ------------------------------===//

#ifndef TENON_RUNTIME_WEIGHTSTORE_H
#define TENON_RUNTIME_WEIGHTSTORE_H

#include "tenon/Runtime/Program.h"

#include <filesystem>
#include <map>
#include <sys/stat.h>

namespace tenon {

/// A file mapped read-only; the mapping lives as long as the object.
class MappedFile {
public:
  /// With `writable` the memory may be written to; the file never is.
  static Result<std::shared_ptr<MappedFile>>
  open(const std::filesystem::path &path, bool writable = false);
  ~MappedFile();
  MappedFile(const MappedFile &) = delete;
  MappedFile &operator=(const MappedFile &) = delete;

  std::span<const std::byte> bytes() const { return {begin, size}; }
  /// Whether the file at `path` is the one that is mapped, and as it was then.
  bool isStill(const std::filesystem::path &path) const;
  /// Gives the pages of a range back to the system; they come again from the
  /// file when read.
  void release(size_t offset, size_t length) const;

private:
  MappedFile() = default;
  const std::byte *begin = nullptr;
  size_t size = 0;
  struct stat facts;
};

/// The weights of a program: every file mapped once, every range checked
/// against its file. Safe to read from several threads.
class WeightStore {
public:
  /// Files that are still what one of `others` has mapped are not mapped again.
  static Result<WeightStore>
  open(std::span<const WeightSpec> weights, const std::filesystem::path &folder,
       std::span<const WeightStore *const> others = {});
  const void *data(size_t weight) const { return pointers[weight]; }
  /// Gives the memory of a weight back, after `prepare` derived what the step
  /// needs from it; with `keepsPages` not that of its file. It must not be read
  /// again.
  void release(size_t weight, bool keepsPages = false);
  /// Bytes of all weights together.
  uint64_t totalBytes() const;

private:
  struct Range {
    std::shared_ptr<MappedFile> file;
    uint64_t offset, bytes;
  };
  /// What one of `stores` has mapped of a file, if that is still the same.
  static std::shared_ptr<MappedFile>
  findMapped(const std::filesystem::path &path,
             std::span<const WeightStore *const> stores);

  /// By their paths, in normal form.
  std::map<std::filesystem::path, std::shared_ptr<MappedFile>> files;
  std::vector<Range> ranges;
  std::vector<const void *> pointers;
  /// Copies of weights whose offset is not a multiple of their alignment; null
  /// for the others.
  std::vector<std::shared_ptr<std::byte>> copies;
};

} // namespace tenon

#endif // TENON_RUNTIME_WEIGHTSTORE_H
