//===- TemporaryFolder.h - A folder for one test --------------------------===//

#ifndef TENON_TEST_UNIT_SUPPORT_TEMPORARYFOLDER_H
#define TENON_TEST_UNIT_SUPPORT_TEMPORARYFOLDER_H

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <span>
#include <sstream>

namespace tenon::test {

/// A new folder, gone with the object.
class TemporaryFolder {
public:
  TemporaryFolder() {
    std::string pattern = testing::TempDir() + "tenon-XXXXXX";
    if (char *made = mkdtemp(pattern.data()))
      folder = made;
    EXPECT_FALSE(folder.empty());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;

  const std::filesystem::path &path() const { return folder; }

  /// Writes a file, with the folders it lies in.
  std::filesystem::path write(const std::filesystem::path &name,
                              std::string_view content) const {
    std::filesystem::path file = folder / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
    return file;
  }

private:
  std::filesystem::path folder;
};

inline std::string readFile(const std::filesystem::path &path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

inline std::span<const std::byte> bytesOf(std::string_view text) {
  return std::as_bytes(std::span(text));
}

} // namespace tenon::test

#endif // TENON_TEST_UNIT_SUPPORT_TEMPORARYFOLDER_H
