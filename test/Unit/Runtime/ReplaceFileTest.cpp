#include "tenon/Runtime/ReplaceFile.h"
#include "Support/TemporaryFolder.h"

using namespace tenon;
using namespace tenon::test;
namespace fs = std::filesystem;

static size_t filesIn(const fs::path &folder) {
  return std::distance(fs::directory_iterator(folder),
                       fs::directory_iterator());
}

TEST(ReplaceFile, WritesItsPartsInOrder) {
  TemporaryFolder folder;
  std::span<const std::byte> parts[] = {bytesOf("one "), bytesOf(""),
                                        bytesOf("two")};
  ASSERT_TRUE(replaceFile(folder.path() / "file", parts).ok());
  EXPECT_EQ(readFile(folder.path() / "file"), "one two");
  EXPECT_EQ(filesIn(folder.path()), 1u);
}

TEST(ReplaceFile, KeepsTheOldFileWhenTheWriterFails) {
  TemporaryFolder folder;
  fs::path file = folder.write("file", "old");
  Status status =
      replaceFileWith(file, [](const fs::path &temporary) -> Status {
        std::ofstream(temporary) << "half";
        return Error{"no"};
      });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "no");
  EXPECT_EQ(readFile(file), "old");
  EXPECT_EQ(filesIn(folder.path()), 1u);
}

TEST(ReplaceFile, SaysWhatIsInTheWay) {
  TemporaryFolder folder;
  Status isFolder = replaceFile(folder.path(), "text");
  ASSERT_FALSE(isFolder.ok());
  EXPECT_NE(isFolder.error().message.find("is a folder"), std::string::npos);
  Status noFolder = replaceFile(folder.path() / "missing" / "file", "text");
  ASSERT_FALSE(noFolder.ok());
  EXPECT_NE(noFolder.error().message.find("missing"), std::string::npos);
}

TEST(ReplaceFile, WritesToADeviceWithoutReplacingIt) {
  TemporaryFolder folder;
  fs::path link = folder.path() / "link";
  fs::create_symlink("/dev/null", link);
  EXPECT_TRUE(replaceFile(link, "text").ok());
  EXPECT_TRUE(fs::is_symlink(link));
}
