//===- KernelCache.cpp - Compiled kernels on disk -------------------------===//

#include "tenon/JIT/KernelCache.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/CachePruning.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

#include <cstdlib>

using namespace tenon;

// A file is: magic, checksum of the rest, the shape's four numbers, object.
static constexpr llvm::StringLiteral magic = "tenonk02";
static constexpr size_t shapeOffset = 16, headerBytes = shapeOffset + 4 * 8;

KernelCache::KernelCache(std::filesystem::path folder)
    : folder(std::move(folder)) {}

std::filesystem::path KernelCache::defaultFolder() {
  if (const char *path = std::getenv("TENON_CACHE"))
    return path;
  if (const char *path = std::getenv("XDG_CACHE_HOME"); path && *path)
    return std::filesystem::path(path) / "tenon";
  if (const char *path = std::getenv("HOME"); path && *path)
    return std::filesystem::path(path) / ".cache" / "tenon";
  return {};
}

std::filesystem::path KernelCache::pathOf(std::string_view key) const {
  llvm::SHA256 hash;
  hash.update(llvm::StringRef(key));
  // llvm::pruneCache() takes files of this name alone.
  return folder /
         ("llvmcache-" + llvm::toHex(hash.final(), /*LowerCase=*/true));
}

std::optional<KernelCache::Entry>
KernelCache::find(std::string_view key) const {
  if (folder.empty())
    return std::nullopt;
  std::string path = pathOf(key).string();
  llvm::Expected<llvm::sys::fs::file_t> handle =
      llvm::sys::fs::openNativeFileForRead(path, llvm::sys::fs::OF_UpdateAtime);
  if (!handle) {
    llvm::consumeError(handle.takeError());
    return std::nullopt;
  }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> file =
      llvm::MemoryBuffer::getOpenFile(*handle, path, /*FileSize=*/-1,
                                      /*RequiresNullTerminator=*/false);
  llvm::sys::fs::closeFile(*handle);
  if (!file)
    return std::nullopt;
  llvm::StringRef bytes = (*file)->getBuffer();
  if (bytes.size() < headerBytes || !bytes.starts_with(magic) ||
      llvm::support::endian::read64le(bytes.data() + 8) !=
          llvm::xxh3_64bits(bytes.drop_front(shapeOffset)))
    return std::nullopt;
  auto number = [&](size_t index) {
    return static_cast<int64_t>(llvm::support::endian::read64le(
        bytes.data() + shapeOffset + 8 * index));
  };
  return Entry{{number(0), number(1), number(2), number(3)},
               bytes.drop_front(headerBytes).str()};
}

void KernelCache::store(std::string_view key, const Entry &entry) const {
  if (folder.empty())
    return;
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  std::string rest;
  for (int64_t number : {entry.shape.extent, entry.shape.threads,
                         entry.shape.sharedBytes, entry.shape.workspaceBytes}) {
    char bytes[8];
    llvm::support::endian::write64le(bytes, number);
    rest.append(bytes, sizeof bytes);
  }
  rest += entry.object;
  char checksum[8];
  llvm::support::endian::write64le(checksum,
                                   llvm::xxh3_64bits(llvm::StringRef(rest)));
  // A cache that cannot be written is only slower.
  llvm::consumeError(
      llvm::writeToOutput(pathOf(key).string(), [&](llvm::raw_ostream &stream) {
        stream << magic << llvm::StringRef(checksum, 8) << rest;
        return llvm::Error::success();
      }));
}

void KernelCache::prune(std::chrono::seconds interval,
                        uint64_t mostBytes) const {
  if (folder.empty())
    return;
  llvm::CachePruningPolicy policy;
  policy.Interval = interval;
  policy.Expiration = std::chrono::hours(30 * 24);
  policy.MaxSizeBytes = mostBytes;
  llvm::pruneCache(folder.string(), policy);
}
