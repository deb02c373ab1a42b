#include "tenon/Runtime/WeightStore.h"
#include "Support/TemporaryFolder.h"

#include <cstring>
#include <gmock/gmock.h>

using namespace tenon;
using namespace tenon::test;
using testing::HasSubstr;

/// Bytes 0, 1, 2, ... 250, 0, 1, ...
static std::string countingBytes(size_t size) {
  std::string bytes(size, '\0');
  for (size_t i = 0; i < size; ++i)
    bytes[i] = static_cast<char>(i % 251);
  return bytes;
}

static std::string_view read(const WeightStore &store, size_t weight,
                             size_t bytes) {
  return {static_cast<const char *>(store.data(weight)), bytes};
}

TEST(WeightStore, MapsAndAligns) {
  TemporaryFolder folder;
  std::string content = countingBytes(20000);
  folder.write("model.bin", content);
  std::vector<WeightSpec> specs = {
      {"model.bin", "aligned", 4096, 8192, 8},
      {"model.bin", "askew", 4099, 8192, 4},
      {(folder.path() / "model.bin").string(), "absolute", 0, 20000, 1},
      {"model.bin", "empty at the end", 20000, 0, 8},
  };
  Result<WeightStore> store = WeightStore::open(specs, folder.path());
  ASSERT_TRUE(store.ok()) << store.error().message;
  for (size_t i = 0; i < specs.size(); ++i) {
    EXPECT_EQ(
        read(*store, i, specs[i].bytes),
        std::string_view(content).substr(specs[i].offset, specs[i].bytes));
    EXPECT_NE(store->data(i), nullptr);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(store->data(i)) % specs[i].alignment,
              0u);
  }
  EXPECT_EQ(store->totalBytes(), 8192u + 8192 + 20000);

  // A release gives pages back; those of other weights hold what they held.
  store->release(1);
  store->release(0);
  EXPECT_EQ(read(*store, 2, 20000), content);
}

TEST(WeightStore, SharesMappingsOfFilesThatAreStillTheSame) {
  TemporaryFolder folder;
  folder.write("kept.bin", countingBytes(8192));
  folder.write("replaced.bin", countingBytes(8192));
  std::vector<WeightSpec> specs = {{"kept.bin", "kept", 0, 8192, 8},
                                   {"replaced.bin", "replaced", 0, 8192, 8}};
  Result<WeightStore> first = WeightStore::open(specs, folder.path());
  ASSERT_TRUE(first.ok()) << first.error().message;
  std::filesystem::rename(folder.write("new.bin", std::string(8192, 'n')),
                          folder.path() / "replaced.bin");

  const WeightStore *others[] = {&*first};
  Result<WeightStore> second = WeightStore::open(specs, folder.path(), others);
  ASSERT_TRUE(second.ok()) << second.error().message;
  EXPECT_EQ(second->data(0), first->data(0));
  EXPECT_NE(second->data(1), first->data(1));
  EXPECT_EQ(read(*first, 1, 8192), countingBytes(8192));
  EXPECT_EQ(read(*second, 1, 8192), std::string(8192, 'n'));

  // What one gives back the other still reads.
  first->release(0);
  first = Error{"gone"};
  EXPECT_EQ(read(*second, 0, 8192), countingBytes(8192));
}

TEST(WeightStore, KeepsPagesButNotCopies) {
  TemporaryFolder folder;
  folder.write("model.bin", countingBytes(8192));
  std::vector<WeightSpec> specs = {{"model.bin", "aligned", 0, 4096, 8},
                                   {"model.bin", "askew", 1, 4096, 8}};
  Result<WeightStore> store = WeightStore::open(specs, folder.path());
  ASSERT_TRUE(store.ok()) << store.error().message;
  store->release(0, /*keepsPages=*/true);
  store->release(1, /*keepsPages=*/true);
  EXPECT_EQ(read(*store, 0, 4096), countingBytes(4096));
  EXPECT_EQ(store->data(1), nullptr);
}

static std::string openError(const std::filesystem::path &folder,
                             const WeightSpec &weight) {
  Result<WeightStore> store = WeightStore::open(std::span(&weight, 1), folder);
  return store.ok() ? "opened" : store.error().message;
}

TEST(WeightStore, NamesFileAndTensorInErrors) {
  TemporaryFolder folder;
  folder.write("short.bin", countingBytes(100));
  EXPECT_THAT(openError(folder.path(), {"missing.bin", "w", 0, 4, 4}),
              testing::AllOf(HasSubstr("missing.bin"), HasSubstr("'w'"),
                             HasSubstr("No such file")));
  EXPECT_THAT(openError(folder.path(), {"", "w", 0, 4, 4}),
              HasSubstr("is not a regular file"));
  EXPECT_THAT(
      openError(folder.path(), {"short.bin", "w", 96, 8, 4}),
      HasSubstr("weight 'w' has 8 bytes at offset 96, the file has 100 bytes"));
  EXPECT_THAT(openError(folder.path(), {"short.bin", "w", 101, 0, 4}),
              HasSubstr("offset 101"));
  EXPECT_THAT(openError(folder.path(), {"short.bin", "w", ~0ull, 8, 4}),
              HasSubstr("the file has 100 bytes"));
  EXPECT_THAT(openError(folder.path(), {"short.bin", "w", 8, ~0ull, 4}),
              HasSubstr("the file has 100 bytes"));
  EXPECT_THAT(openError(folder.path(), {"short.bin", "w", 0, 8, 0}),
              HasSubstr("power of two"));
  EXPECT_THAT(openError(folder.path(), {"short.bin", "w", 0, 8, 128}),
              HasSubstr("power of two"));
}

TEST(MappedFile, MayBeEmpty) {
  TemporaryFolder folder;
  Result<std::shared_ptr<MappedFile>> file =
      MappedFile::open(folder.write("empty", ""));
  ASSERT_TRUE(file.ok()) << file.error().message;
  EXPECT_TRUE((*file)->bytes().empty());
  (*file)->release(0, 0);
  (*file)->release(5, 10);
}
