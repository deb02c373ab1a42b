//===- Folder.h - Folders out of a fuzzer's bytes -------------------------===//

#ifndef TENON_FUZZ_FOLDER_H
#define TENON_FUZZ_FOLDER_H

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

namespace tenon::fuzz {

/// A new folder in memory, which goes when the fuzzer ends.
inline const std::filesystem::path &folderInMemory() {
  static const struct Folder {
    Folder() {
      std::string name = "/dev/shm/tenon-fuzz-XXXXXX";
      if (!mkdtemp(name.data()))
        std::abort();
      path = name;
    }
    ~Folder() {
      std::error_code code;
      std::filesystem::remove_all(path, code);
    }
    std::filesystem::path path;
  } folder;
  return folder.path;
}

/// The files `names` of `bytes`, which a zero byte divides; what it holds none
/// of is not there.
inline void writeFiles(const std::filesystem::path &folder,
                       std::span<const char *const> names,
                       std::string_view bytes) {
  bool isLeft = true;
  for (const char *name : names) {
    std::filesystem::path path = folder / name;
    std::error_code code;
    if (!isLeft) {
      std::filesystem::remove(path, code);
      continue;
    }
    std::filesystem::create_directories(path.parent_path(), code);
    size_t end = bytes.find('\0');
    std::string_view content = bytes.substr(0, end);
    std::ofstream(path, std::ios::binary) << content;
    isLeft = end != std::string_view::npos;
    bytes.remove_prefix(isLeft ? end + 1 : bytes.size());
  }
}

} // namespace tenon::fuzz

#endif // TENON_FUZZ_FOLDER_H
