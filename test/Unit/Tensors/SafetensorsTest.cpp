#include "Expectations.h"

using namespace tenon;
using namespace tenon::test;
using testing::HasSubstr;

/// A file with this header and so many bytes of data.
static std::string safetensorsFile(const std::string &header,
                                   size_t dataBytes) {
  uint64_t length = header.size();
  std::string file(reinterpret_cast<const char *>(&length), sizeof length);
  return file + header + std::string(dataBytes, '\1');
}

static std::string headerMessage(const std::string &header, size_t dataBytes) {
  return messageOf(parseSafetensorsHeader(
      bytesOf(safetensorsFile(header, dataBytes)), "shard.safetensors"));
}

static std::string entry(const std::string &name, const std::string &dtype,
                         const std::string &shape, const std::string &offsets) {
  return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape +
         ",\"data_offsets\":" + offsets + "}";
}

TEST(Safetensors, ReadsWhatTheOriginalWrites) {
  Result<std::vector<NamedTensor>> plain =
      readTensors(inputPath("plain.safetensors"));
  ASSERT_TRUE(plain.ok()) << messageOf(plain);
  ASSERT_EQ(plain->size(), 4u);
  EXPECT_EQ((*plain)[0].name, "nothing");
  expectGolden((*plain)[0].tensor, DataType::Float32, {0});
  EXPECT_EQ((*plain)[1].name, "weight");
  expectGolden((*plain)[1].tensor, DataType::Float32, {2, 3});
  EXPECT_EQ((*plain)[2].name, "half");
  expectGolden((*plain)[2].tensor, DataType::Float16, {5});
  EXPECT_EQ((*plain)[3].name, "mask");
  expectGolden((*plain)[3].tensor, DataType::Bool, {3});

  Result<std::vector<NamedTensor>> small =
      readTensors(inputPath("small-floats.safetensors"));
  ASSERT_TRUE(small.ok()) << messageOf(small);
  ASSERT_EQ(small->size(), 3u);
  for (const NamedTensor &named : *small)
    expectGolden(named.tensor, dataTypeByName(named.name).value(), {3});
}

TEST(Safetensors, GivesViewsThatKeepTheFileMapped) {
  TemporaryFolder folder;
  std::vector<NamedTensor> written = {
      {"w", counting(DataType::Float32, {1000})}};
  ASSERT_TRUE(writeTensors(folder.path() / "x.safetensors", written).ok());
  Result<std::vector<NamedTensor>> read =
      readTensors(folder.path() / "x.safetensors");
  ASSERT_TRUE(read.ok()) << messageOf(read);
  Tensor view = (*read)[0].tensor;
  read->clear();
  std::filesystem::remove(folder.path() / "x.safetensors");
  // The data starts at a multiple of 8 inside the mapping, not where memory of
  // its own would.
  EXPECT_NE(reinterpret_cast<uintptr_t>(view.data()) % 64, 0u);
  expectEqual(view, written[0].tensor);
}

TEST(Safetensors, AlignsAndCleansWhatAViewCannot) {
  TemporaryFolder folder;
  std::string header = "{" + entry("mask", "BOOL", "[3]", "[0,3]") + "," +
                       entry("w", "F32", "[2]", "[3,11]") + "}";
  std::string file = safetensorsFile(header, 0) +
                     std::string("\0\2\xff\0\0\x80\x3f\0\0\0\x40", 11);
  Result<std::vector<NamedTensor>> read =
      readTensors(folder.write("x.safetensors", file));
  ASSERT_TRUE(read.ok()) << messageOf(read);
  EXPECT_THAT((*read)[0].tensor.as<uint8_t>(), testing::ElementsAre(0, 1, 1));
  EXPECT_EQ(reinterpret_cast<uintptr_t>((*read)[1].tensor.data()) % 4, 0u);
  EXPECT_THAT((*read)[1].tensor.as<float>(), testing::ElementsAre(1, 2));
}

TEST(Safetensors, SaysWhereTensorsLie) {
  std::string header = "{\"__metadata__\":{\"format\":\"pt\"}," +
                       entry("b", "BF16", "[2,2]", "[4,12]") + "," +
                       entry("a", "I32", "[]", "[0,4]") + "}";
  std::string file = safetensorsFile(header, 12);
  Result<std::vector<SafetensorsEntry>> entries =
      parseSafetensorsHeader(bytesOf(file), "x");
  ASSERT_TRUE(entries.ok()) << messageOf(entries);
  ASSERT_EQ(entries->size(), 2u);
  EXPECT_EQ((*entries)[0].name, "a");
  EXPECT_EQ((*entries)[0].type, DataType::Int32);
  EXPECT_EQ((*entries)[0].offset, 8 + header.size());
  EXPECT_EQ((*entries)[1].shape, (std::vector<int64_t>{2, 2}));
  EXPECT_EQ((*entries)[1].offset, 8 + header.size() + 4);
  EXPECT_EQ((*entries)[1].bytes, 8u);
}

TEST(Safetensors, RefusesEveryTruncationByName) {
  std::string content = readFile(inputPath("plain.safetensors"));
  for (size_t size = 0; size < content.size(); ++size) {
    std::vector<char> cut(content.begin(), content.begin() + size);
    Result<std::vector<SafetensorsEntry>> entries = parseSafetensorsHeader(
        std::as_bytes(std::span(cut)), "shard-2.safetensors");
    ASSERT_FALSE(entries.ok()) << size;
    EXPECT_THAT(entries.error().message,
                testing::StartsWith("shard-2.safetensors: "));
  }
}

TEST(Safetensors, RefusesBytesAfterTheLastTensor) {
  std::string content = readFile(inputPath("plain.safetensors"));
  EXPECT_EQ(messageOf(parseSafetensorsHeader(bytesOf(content + "abc"), "x")),
            "x: 3 bytes follow the last tensor");
  EXPECT_EQ(headerMessage("{}", 0), "no error");
  EXPECT_THAT(headerMessage("{}", 4),
              HasSubstr("4 bytes follow the last tensor"));
}

TEST(Safetensors, RefusesLyingHeaderLengths) {
  std::string content = readFile(inputPath("plain.safetensors"));
  for (uint64_t length : {uint64_t(0), uint64_t(1), uint64_t(271),
                          uint64_t(273), uint64_t(100'000'001),
                          uint64_t(1) << 40, ~uint64_t(0), ~uint64_t(0) - 7}) {
    std::memcpy(content.data(), &length, sizeof length);
    EXPECT_FALSE(parseSafetensorsHeader(bytesOf(content), "x").ok()) << length;
  }
}

TEST(Safetensors, RefusesRangesThatDoNotFit) {
  auto one = [](const char *shape, const char *offsets) {
    return "{" + entry("w", "F32", shape, offsets) + "}";
  };
  EXPECT_EQ(headerMessage(one("[2,3]", "[0,24]"), 24), "no error");
  EXPECT_THAT(
      headerMessage(one("[2,3]", "[0,24]"), 20),
      HasSubstr(
          "shard.safetensors: tensor 'w' lies at [0, 24) of 20 bytes of data"));
  EXPECT_THAT(headerMessage(one("[2,3]", "[0,20]"), 24),
              HasSubstr("needs 24 bytes, its range [0, 20) has 20"));
  EXPECT_THAT(headerMessage(one("[2,3]", "[24,0]"), 24),
              HasSubstr("lies at [24, 0)"));
  EXPECT_THAT(headerMessage(one("[2,3]", "[4,28]"), 28),
              HasSubstr("after a hole (0 was due)"));
  EXPECT_THAT(headerMessage(one("[2,3]", "[18446744073709551612,20]"), 24),
              HasSubstr("lies at"));
  EXPECT_THAT(headerMessage(one("[2,3]", "[0,24,24]"), 24),
              HasSubstr("has 3 data_offsets, not 2"));
  EXPECT_THAT(headerMessage(one("[2,3]", "[-1,24]"), 24), HasSubstr("no size"));
  EXPECT_THAT(headerMessage(one("[2,3]", "[0.0,24.0]"), 24),
              HasSubstr("no size"));
  EXPECT_THAT(headerMessage(one("[2,3]", "\"[0,24]\""), 24),
              HasSubstr("has no list data_offsets"));
}

TEST(Safetensors, RefusesShapesThatLie) {
  auto one = [](const char *shape) {
    return "{" + entry("w", "F32", shape, "[0,24]") + "}";
  };
  EXPECT_THAT(headerMessage(one("[-2,-3]"), 24), HasSubstr("no size"));
  EXPECT_THAT(headerMessage(one("[6,\"1\"]"), 24), HasSubstr("no size"));
  EXPECT_THAT(headerMessage(one("[18446744073709551615]"), 24),
              HasSubstr("cannot have the shape"));
  EXPECT_THAT(headerMessage(one("[4294967296,4294967296]"), 24),
              HasSubstr("cannot have the shape"));
  EXPECT_THAT(headerMessage(one("[4611686018427387904]"), 24),
              HasSubstr("cannot have the shape"));
  EXPECT_THAT(headerMessage(one("[4611686018427387904,4,0]"), 24),
              HasSubstr("needs 0 bytes"));
  EXPECT_THAT(headerMessage(one("[7]"), 24), HasSubstr("needs 28 bytes"));
  EXPECT_THAT(headerMessage(one("6"), 24), HasSubstr("has no list shape"));
}

TEST(Safetensors, RefusesOverlapsAndHoles) {
  auto two = [](const char *first, const char *second) {
    return "{" + entry("a", "I8", "[4]", first) + "," +
           entry("b", "I8", "[4]", second) + "}";
  };
  EXPECT_EQ(headerMessage(two("[0,4]", "[4,8]"), 8), "no error");
  EXPECT_EQ(headerMessage(two("[4,8]", "[0,4]"), 8), "no error");
  EXPECT_THAT(headerMessage(two("[0,4]", "[2,6]"), 8),
              HasSubstr("tensor 'b' starts at byte 2 of the data, inside"));
  EXPECT_THAT(headerMessage(two("[0,4]", "[0,4]"), 4),
              HasSubstr("inside the tensor before it"));
  EXPECT_THAT(
      headerMessage(two("[0,4]", "[5,9]"), 9),
      HasSubstr("tensor 'b' starts at byte 5 of the data, after a hole"));
}

TEST(Safetensors, RefusesDamagedHeaders) {
  std::string good = entry("w", "I8", "[4]", "[0,4]");
  for (const std::string &header :
       {std::string(""), std::string("null"), std::string("[]"),
        std::string("{"), "{" + good, good, "[" + good + "]", "{" + good + "}}",
        "{" + good + ",}", " {" + good + "}", std::string("{\"w\":4}"),
        std::string("{\"w\":{}}"),
        std::string(
            "{\"w\":{\"dtype\":4,\"shape\":[4],\"data_offsets\":[0,4]}}"),
        "{\"__metadata__\":4," + good + "}",
        "{\"__metadata__\":{\"a\":4}," + good + "}",
        "{\"\xff\":4," + good + "}"})
    EXPECT_THAT(headerMessage(header, 4),
                testing::StartsWith("shard.safetensors: "))
        << header;
  EXPECT_THAT(headerMessage("{" + entry("w", "C64", "[1]", "[0,8]") + "}", 8),
              HasSubstr("tensor 'w' elements of type 'C64' are not supported"));
}

TEST(Safetensors, RefusesEndlessNesting) {
  std::string deep = "{\"w\":" + std::string(1'000'000, '[') +
                     std::string(1'000'000, ']') + "}";
  EXPECT_THAT(headerMessage(deep, 0), HasSubstr("is no safetensors header"));
  // Brackets in a name do not nest.
  EXPECT_EQ(
      headerMessage(
          "{" + entry("[[[[[[[[[[{{{{{{\\\"[[", "I8", "[4]", "[0,4]") + "}", 4),
      "no error");
}

TEST(Safetensors, SurvivesEveryChangedByte) {
  std::string content = readFile(inputPath("plain.safetensors"));
  for (size_t i = 0; i < content.size(); ++i)
    for (int value = 0; value < 256; value += 3) {
      std::vector<char> changed(content.begin(), content.end());
      changed[i] = static_cast<char>(value);
      std::span<const std::byte> bytes = std::as_bytes(std::span(changed));
      Result<std::vector<SafetensorsEntry>> entries =
          parseSafetensorsHeader(bytes, "x");
      if (!entries)
        continue;
      for (const SafetensorsEntry &entry : *entries) {
        EXPECT_LE(entry.offset + entry.bytes, bytes.size());
        EXPECT_EQ(byteCount(entry.type, entry.shape), entry.bytes);
      }
    }
}

TEST(Safetensors, WritesWhatItReads) {
  TemporaryFolder folder;
  std::vector<NamedTensor> written;
  for (size_t i = 0; i < dataTypeCount; ++i) {
    DataType type = static_cast<DataType>(i);
    if (type != DataType::Int4 && type != DataType::UInt4)
      written.push_back({std::string(name(type)) + " \"[{",
                         counting(type, {static_cast<int64_t>(i), 3})});
  }
  Status status = writeTensors(folder.path() / "x.safetensors", written);
  ASSERT_TRUE(status.ok()) << messageOf(status);
  Result<std::vector<NamedTensor>> read =
      readTensors(folder.path() / "x.safetensors");
  ASSERT_TRUE(read.ok()) << messageOf(read);
  ASSERT_EQ(read->size(), written.size());
  for (const NamedTensor &named : written) {
    auto same = std::ranges::find(*read, named.name, &NamedTensor::name);
    ASSERT_NE(same, read->end()) << named.name;
    expectEqual(same->tensor, named.tensor);
  }
}

TEST(Safetensors, SaysWhatItCannotWrite) {
  TemporaryFolder folder;
  Tensor tensor = counting(DataType::Float32, {1});
  auto failure = [&](std::vector<NamedTensor> tensors) {
    return messageOf(writeTensors(folder.path() / "x.safetensors", tensors));
  };
  EXPECT_THAT(failure({{"a", tensor}, {"a", tensor}}),
              HasSubstr("tensor 'a' is there twice"));
  EXPECT_THAT(failure({{"__metadata__", tensor}}),
              HasSubstr("a name that safetensors cannot hold"));
  EXPECT_THAT(failure({{"\xff", tensor}}),
              HasSubstr("a name that safetensors cannot hold"));
  EXPECT_THAT(failure({{"a", counting(DataType::Int4, {1})}}),
              HasSubstr("elements of type int4"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}
