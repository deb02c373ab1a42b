#include "Expectations.h"

using namespace tenon;
using namespace tenon::test;
using testing::HasSubstr;

TEST(Npz, ReadsWhatNumPyWrites) {
  for (const char *file : {"stored.npz", "deflated.npz"}) {
    Result<std::vector<NamedTensor>> tensors = readTensors(inputPath(file));
    ASSERT_TRUE(tensors.ok()) << messageOf(tensors);
    ASSERT_EQ(tensors->size(), 3u);
    EXPECT_EQ((*tensors)[0].name, "a");
    expectGolden((*tensors)[0].tensor, DataType::Float32, {2, 3});
    EXPECT_EQ((*tensors)[1].name, "deep/b");
    expectGolden((*tensors)[1].tensor, DataType::Int64, {4});
    EXPECT_EQ((*tensors)[2].name, "scalar");
    expectGolden((*tensors)[2].tensor, DataType::Float64, {});
  }
}

static std::vector<NamedTensor> sample() {
  return {{"a", counting(DataType::Float32, {2, 3})},
          {"läufer/b c", counting(DataType::Bool, {70})},
          {"empty", counting(DataType::Int64, {0})},
          {"large", counting(DataType::UInt8, {100000})}};
}

TEST(Npz, WritesWhatItReads) {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "x.npz";
  uintmax_t sizes[2];
  for (NpzCompression compression :
       {NpzCompression::Stored, NpzCompression::Deflated}) {
    std::vector<NamedTensor> written = sample();
    Status status = writeTensors(file, written, compression);
    ASSERT_TRUE(status.ok()) << messageOf(status);
    Result<std::vector<NamedTensor>> read = readTensors(file);
    ASSERT_TRUE(read.ok()) << messageOf(read);
    ASSERT_EQ(read->size(), written.size());
    for (size_t i = 0; i < written.size(); ++i) {
      EXPECT_EQ((*read)[i].name, written[i].name);
      expectEqual((*read)[i].tensor, written[i].tensor);
    }
    sizes[compression == NpzCompression::Deflated] =
        std::filesystem::file_size(file);
    std::string bytes = readFile(file);
    ASSERT_TRUE(writeTensors(file, written, compression).ok());
    EXPECT_EQ(readFile(file), bytes) << "equal tensors must give equal bytes";
  }
  EXPECT_GT(sizes[0], 100000u);
  EXPECT_LT(sizes[1], 10000u);
}

TEST(Npz, MayBeEmpty) {
  TemporaryFolder folder;
  Status status = writeTensors(folder.path() / "x.npz", {});
  ASSERT_TRUE(status.ok()) << messageOf(status);
  Result<std::vector<NamedTensor>> read = readTensors(folder.path() / "x.npz");
  ASSERT_TRUE(read.ok()) << messageOf(read);
  EXPECT_TRUE(read->empty());
}

TEST(Npz, SaysWhatItCannotWrite) {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "x.npz";
  Tensor tensor = counting(DataType::Float32, {1});
  auto failure = [&](std::vector<NamedTensor> tensors) {
    return messageOf(writeTensors(file, tensors));
  };
  EXPECT_THAT(failure({{"a", tensor}, {"a", tensor}}),
              HasSubstr("tensor 'a': is there twice"));
  EXPECT_THAT(failure({{"", tensor}}), HasSubstr("cannot be the name"));
  EXPECT_THAT(failure({{std::string("a\0b", 3), tensor}}),
              HasSubstr("cannot be the name"));
  EXPECT_THAT(failure({{"a\xff", tensor}}), HasSubstr("tensor 'a"));
  EXPECT_THAT(failure({{"f8", counting(DataType::Float8E4M3FNUZ, {1})}}),
              HasSubstr("has no float8_e4m3fnuz"));
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(Npz, RefusesEveryTruncation) {
  for (const char *file : {"stored.npz", "deflated.npz"}) {
    std::string content = readFile(inputPath(file));
    for (size_t size = 0; size < content.size(); ++size) {
      std::vector<char> cut(content.begin(), content.begin() + size);
      EXPECT_FALSE(parseNpz(std::as_bytes(std::span(cut)), "cut.npz").ok())
          << size;
    }
  }
}

/// A changed byte may lie in a date or another field that nobody reads: then
/// the tensors are what they were.
TEST(Npz, NoticesChangedValues) {
  for (const char *file : {"stored.npz", "deflated.npz"}) {
    std::string content = readFile(inputPath(file));
    Result<std::vector<NamedTensor>> whole = readTensors(inputPath(file));
    ASSERT_TRUE(whole.ok());
    for (size_t i = 0; i < content.size(); ++i)
      for (int flip : {0x01, 0x80, 0xff}) {
        std::string changed = content;
        changed[i] ^= static_cast<char>(flip);
        Result<std::vector<NamedTensor>> tensors =
            parseNpz(bytesOf(changed), "changed.npz");
        if (!tensors)
          continue;
        for (size_t t = 0; t < std::min(tensors->size(), whole->size()); ++t)
          expectEqual((*tensors)[t].tensor, (*whole)[t].tensor);
      }
  }
}

TEST(Npz, RefusesEntriesThatAreNoArrays) {
  // An archive's name stands twice: before the entry and in the directory at
  // the end.
  std::string content = readFile(inputPath("stored.npz"));
  for (size_t at = 0;
       (at = content.find("scalar.npy", at)) != std::string::npos; at += 10)
    content.replace(at, 10, "scalar.txt");
  EXPECT_EQ(messageOf(parseNpz(bytesOf(content), "x.npz")),
            "x.npz/scalar.txt: is no .npy entry");
}

TEST(Npz, RefusesSizesThatTheArchiveCannotHold) {
  // The directory's record of each entry, where both sizes stand at 20.
  std::string content = readFile(inputPath("deflated.npz"));
  size_t record = content.find("PK\1\2");
  ASSERT_NE(record, std::string::npos);
  for (auto [compressed, size] : {std::pair(87u, 0xf0000000u),
                                  {0xf0000000u, 0xf0000000u},
                                  {600u, 4000u}}) {
    std::string changed = content;
    std::memcpy(changed.data() + record + 20, &compressed, 4);
    std::memcpy(changed.data() + record + 24, &size, 4);
    EXPECT_EQ(messageOf(parseNpz(bytesOf(changed), "x.npz")),
              "x.npz/a.npy: cannot hold the " + std::to_string(size) +
                  " bytes that the archive speaks of");
  }
}
