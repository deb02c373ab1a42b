//===- WeightStore.cpp - Memory-mapped weights ----------------------------===//

#include "tenon/Runtime/WeightStore.h"

#include <bit>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace tenon;
namespace fs = std::filesystem;

Result<std::shared_ptr<MappedFile>> MappedFile::open(const fs::path &path,
                                                     bool writable) {
  auto failure = [&](const char *reason) {
    return Error{path.string() + ": " + reason};
  };
  int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return failure(std::strerror(errno));
  std::shared_ptr<MappedFile> mapped(new MappedFile());
  if (::fstat(file, &mapped->facts) != 0 || !S_ISREG(mapped->facts.st_mode)) {
    ::close(file);
    return failure("is not a regular file");
  }
  mapped->size = static_cast<size_t>(mapped->facts.st_size);
  // An empty file cannot be mapped, and needs no mapping.
  if (mapped->size) {
    int access = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    void *address = ::mmap(nullptr, mapped->size, access, MAP_PRIVATE, file, 0);
    if (address == MAP_FAILED) {
      int reason = errno;
      ::close(file);
      mapped->size = 0;
      return failure(std::strerror(reason));
    }
    mapped->begin = static_cast<const std::byte *>(address);
  }
  ::close(file);
  return mapped;
}

MappedFile::~MappedFile() {
  if (begin)
    ::munmap(const_cast<std::byte *>(begin), size);
}

bool MappedFile::isStill(const fs::path &path) const {
  struct stat now;
  return ::stat(path.c_str(), &now) == 0 && now.st_dev == facts.st_dev &&
         now.st_ino == facts.st_ino && now.st_size == facts.st_size &&
         now.st_mtim.tv_sec == facts.st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == facts.st_mtim.tv_nsec;
}

void MappedFile::release(size_t offset, size_t length) const {
  if (offset > size || length > size - offset)
    return;
  // Whole pages inside the range only: its neighbours stay where they are.
  size_t page = static_cast<size_t>(::sysconf(_SC_PAGESIZE));
  size_t first = (offset + page - 1) / page * page;
  size_t last =
      offset + length == size ? size : (offset + length) / page * page;
  if (first < last)
    ::madvise(const_cast<std::byte *>(begin) + first, last - first,
              MADV_DONTNEED);
}

std::shared_ptr<MappedFile>
WeightStore::findMapped(const fs::path &path,
                        std::span<const WeightStore *const> stores) {
  for (const WeightStore *store : stores) {
    auto known = store->files.find(path.lexically_normal());
    if (known != store->files.end() && known->second->isStill(path))
      return known->second;
  }
  return nullptr;
}

Result<WeightStore>
WeightStore::open(std::span<const WeightSpec> weights, const fs::path &folder,
                  std::span<const WeightStore *const> others) {
  WeightStore store;
  for (const WeightSpec &weight : weights) {
    fs::path path =
        folder / weight.file; // an absolute path replaces the folder
    std::shared_ptr<MappedFile> &file = store.files[path.lexically_normal()];
    if (!file)
      file = findMapped(path, others);
    if (!file) {
      Result<std::shared_ptr<MappedFile>> opened = MappedFile::open(path);
      if (!opened)
        return Error{opened.error().message + " (weight '" + weight.tensor +
                     "')"};
      file = std::move(*opened);
    }
    std::span<const std::byte> bytes = file->bytes();
    if (weight.offset > bytes.size() ||
        weight.bytes > bytes.size() - weight.offset)
      return Error{path.string() + ": weight '" + weight.tensor + "' has " +
                   std::to_string(weight.bytes) + " bytes at offset " +
                   std::to_string(weight.offset) + ", the file has " +
                   std::to_string(bytes.size()) + " bytes"};
    if (!std::has_single_bit(weight.alignment) || weight.alignment > 64)
      return Error{path.string() + ": weight '" + weight.tensor +
                   "' wants an alignment of " +
                   std::to_string(weight.alignment) +
                   ", not a power of two up to 64"};

    // The mapping starts at a page, so the offset alone decides.
    std::shared_ptr<std::byte> copy;
    if (weight.bytes == 0 || weight.offset % weight.alignment) {
      copy = allocateAligned(weight.bytes);
      if (!copy)
        return Error{path.string() + ": no memory to align weight '" +
                     weight.tensor + "'"};
      if (weight.bytes)
        std::memcpy(copy.get(), bytes.data() + weight.offset, weight.bytes);
      file->release(weight.offset, weight.bytes);
    }
    store.pointers.push_back(copy ? copy.get() : bytes.data() + weight.offset);
    store.copies.push_back(std::move(copy));
    store.ranges.push_back({file, weight.offset, weight.bytes});
  }
  return store;
}

void WeightStore::release(size_t weight, bool keepsPages) {
  if (!keepsPages)
    ranges[weight].file->release(ranges[weight].offset, ranges[weight].bytes);
  if (copies[weight]) {
    copies[weight].reset();
    pointers[weight] = nullptr;
  }
}

uint64_t WeightStore::totalBytes() const {
  uint64_t total = 0;
  for (const Range &range : ranges)
    total += range.bytes;
  return total;
}
