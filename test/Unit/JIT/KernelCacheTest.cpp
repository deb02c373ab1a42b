//===- KernelCacheTest.cpp - Compiled kernels on disk ---------------------===//

#include "Support/TemporaryFolder.h"

#include "tenon/JIT/KernelCache.h"

#include <gtest/gtest.h>

#include <fstream>

using namespace tenon;
using namespace std::chrono_literals;

namespace {
class KernelCacheTest : public testing::Test {
protected:
  std::vector<std::filesystem::path> files() const {
    std::vector<std::filesystem::path> found;
    for (const auto &entry : std::filesystem::directory_iterator(folder.path()))
      if (entry.path().extension() != ".timestamp")
        found.push_back(entry.path());
    return found;
  }

  test::TemporaryFolder folder;
  KernelCache cache{folder.path()};
};
} // namespace

TEST_F(KernelCacheTest, GivesBackWhatItWasGiven) {
  EXPECT_FALSE(cache.find("a"));
  cache.store("a", {{7, 1, 2, 3}, "code"});
  auto entry = cache.find("a");
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->object, "code");
  EXPECT_EQ(entry->shape.extent, 7);
  EXPECT_EQ(entry->shape.workspaceBytes, 3);
  EXPECT_FALSE(cache.find("b"));
}

TEST_F(KernelCacheTest, DamagedFilesAreMissing) {
  cache.store("a", {{1, 1, 0, 0}, "code"});
  ASSERT_EQ(files().size(), 1u);
  std::fstream(files().front(), std::ios::in | std::ios::out).seekp(50) << "X";
  EXPECT_FALSE(cache.find("a"));
  std::filesystem::resize_file(files().front(), 10);
  EXPECT_FALSE(cache.find("a"));
}

TEST_F(KernelCacheTest, PruningKeepsWhatWasReadLast) {
  std::string code(10000, 'c');
  for (const char *key : {"a", "b", "c", "d"})
    cache.store(key, {{1, 1, 0, 0}, code});
  auto longAgo = std::filesystem::file_time_type::clock::now() - 24h;
  for (const std::filesystem::path &file : files())
    std::filesystem::last_write_time(file, longAgo);
  ASSERT_TRUE(cache.find("b"));
  cache.prune(0s, /*mostBytes=*/15000);
  EXPECT_EQ(files().size(), 1u);
  EXPECT_TRUE(cache.find("b"));
}

TEST_F(KernelCacheTest, PruningIsNotRepeatedAtOnce) {
  cache.prune(1h);
  cache.store("a", {{1, 1, 0, 0}, std::string(10000, 'c')});
  cache.prune(1h, /*mostBytes=*/1);
  EXPECT_TRUE(cache.find("a"));
  cache.prune(0s, /*mostBytes=*/1);
  EXPECT_FALSE(cache.find("a"));
}

TEST_F(KernelCacheTest, OtherFilesStay) {
  std::ofstream(folder.path() / "mine") << std::string(10000, 'm');
  cache.prune(0s, /*mostBytes=*/1);
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "mine"));
}

TEST(KernelCacheOffTest, KeepsNothing) {
  KernelCache off{{}};
  off.store("a", {{1, 1, 0, 0}, "code"});
  off.prune();
  EXPECT_FALSE(off.find("a"));
}
