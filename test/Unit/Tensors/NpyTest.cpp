#include "Expectations.h"

using namespace tenon;
using namespace tenon::test;
using testing::HasSubstr;

static Tensor readOne(const std::filesystem::path &path) {
  Result<std::vector<NamedTensor>> tensors = readTensors(path);
  EXPECT_TRUE(tensors.ok()) << messageOf(tensors);
  return tensors.ok() && tensors->size() == 1 ? (*tensors)[0].tensor : Tensor();
}

TEST(Npy, ReadsWhatNumPyWrites) {
  expectGolden(readOne(inputPath("float32.npy")), DataType::Float32, {2, 3});
  expectGolden(readOne(inputPath("float32-fortran.npy")), DataType::Float32,
               {2, 3, 4});
  expectGolden(readOne(inputPath("float64-big-endian.npy")), DataType::Float64,
               {5});
  expectGolden(readOne(inputPath("int16-big-endian-fortran.npy")),
               DataType::Int16, {3, 5});
  expectGolden(readOne(inputPath("float16.npy")), DataType::Float16, {7});
  expectGolden(readOne(inputPath("bfloat16.npy")), DataType::BFloat16, {3, 3});
  expectGolden(readOne(inputPath("float8_e5m2.npy")), DataType::Float8E5M2,
               {4});
  expectGolden(readOne(inputPath("bool.npy")), DataType::Bool, {3, 3});
  expectGolden(readOne(inputPath("scalar-int64.npy")), DataType::Int64, {});
  expectGolden(readOne(inputPath("empty-uint8.npy")), DataType::UInt8, {0, 3});
  expectGolden(readOne(inputPath("version-2.npy")), DataType::UInt32, {4});
  expectGolden(readOne(inputPath("version-3.npy")), DataType::Int64, {2, 2});
}

TEST(Npy, NamesWhatItDoesNotRead) {
  EXPECT_THAT(messageOf(readTensors(inputPath("complex.npy"))),
              HasSubstr("elements of type '<c8' are not supported"));
  EXPECT_THAT(messageOf(readTensors(inputPath("structured.npy"))),
              HasSubstr("structured element types are not supported"));
}

TEST(Npy, RefusesEveryTruncation) {
  for (const char *file :
       {"float32-fortran.npy", "version-2.npy", "bool.npy"}) {
    std::string content = readFile(inputPath(file));
    for (size_t size = 0; size < content.size(); ++size) {
      // In memory of its own size, so that a sanitizer sees a read beyond.
      std::vector<char> cut(content.begin(), content.begin() + size);
      Result<Tensor> tensor =
          parseNpy(std::as_bytes(std::span(cut)), "cut.npy");
      ASSERT_FALSE(tensor.ok()) << size;
      EXPECT_THAT(tensor.error().message, testing::StartsWith("cut.npy: "));
    }
    EXPECT_FALSE(parseNpy(bytesOf(content + "x"), "long.npy").ok());
  }
}

/// A file of version 1 with this header and these values.
static std::string npyFile(const std::string &header,
                           const std::string &values) {
  std::string file("\x93NUMPY\x01\x00", 8);
  file += static_cast<char>(header.size() & 0xff);
  file += static_cast<char>(header.size() >> 8);
  return file + header + values;
}

static std::string parseMessage(const std::string &header,
                                const std::string &values) {
  return messageOf(parseNpy(bytesOf(npyFile(header, values)), "x.npy"));
}

TEST(Npy, AcceptsEveryWayToWriteAHeader) {
  const std::string four(16, '\0');
  for (const char *header : {
           "{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }\n",
           "{\"shape\":(4,),\"fortran_order\":False,\"descr\":\"<f4\"}",
           "{'descr':'=f4','fortran_order':True,'shape':(4L,)}   ",
           "{ 'descr' : 'f4' , 'fortran_order' : False , 'shape' : ( 2 , 2 ) , "
           "} ",
           "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 4, 1, 1)}",
       })
    EXPECT_EQ(parseMessage(header, four), "no error") << header;
}

TEST(Npy, RefusesLyingHeaders) {
  const std::string start =
                        "{'descr': '<f4', 'fortran_order': False, 'shape': ",
                    four(16, '\0');
  EXPECT_THAT(parseMessage(start + "(-4,)}", four),
              HasSubstr("no array can have the shape -4"));
  EXPECT_THAT(parseMessage(start + "(-1, -4)}", four),
              HasSubstr("no array can have the shape"));
  EXPECT_THAT(parseMessage(start + "(9223372036854775807,)}", four),
              HasSubstr("no array can have the shape"));
  EXPECT_THAT(parseMessage(start + "(4294967296, 4294967296)}", four),
              HasSubstr("no array can have the shape"));
  EXPECT_THAT(parseMessage(start + "(1152921504606846976,)}", four),
              HasSubstr("needs 4611686018427387904 bytes, 16 follow"));
  EXPECT_THAT(parseMessage(start + "(5,)}", four),
              HasSubstr("needs 20 bytes, 16 follow the header"));
  EXPECT_THAT(parseMessage(start + "(3,)}", four),
              HasSubstr("needs 12 bytes, 16 follow the header"));
  EXPECT_THAT(parseMessage(start + "(0,)}", four),
              HasSubstr("needs 0 bytes, 16 follow the header"));
}

TEST(Npy, RefusesDamagedHeaders) {
  const std::string four(16, '\0');
  for (const char *header : {
           "",
           "{",
           "}",
           "{}",
           "{'descr': '<f4', 'fortran_order': False}",
           "{'descr': '<f4', 'fortran_order': False, 'shape': (4)}",
           "{'descr': '<f4', 'fortran_order': False, 'shape': (4,}",
           "{'descr': '<f4', 'fortran_order': False, 'shape': (4,",
           "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
           "{'descr': '<f4', 'fortran_order': False, 'shape': (4 4)}",
           "{'descr': '<f4', 'fortran_order': False, 'shape': "
           "(99999999999999999999,)}",
           "{'descr': '<f4', 'fortran_order': 0, 'shape': (4,)}",
           "{'descr': '<f4, 'fortran_order': False, 'shape': (4,)}",
           "{'descr': 4, 'fortran_order': False, 'shape': (4,)}",
           "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': "
           "(4,)}",
           "{'descr': '<f4', 'fortran_order': False, 'shape': (4,), 'more': 1}",
           "{'descr': '<f4', 'fortran_order': False, 'shape': (4,)} x",
           "{'descr' '<f4', 'fortran_order': False, 'shape': (4,)}",
           "['descr', '<f4']",
       })
    EXPECT_THAT(parseMessage(header, four),
                testing::StartsWith("x.npy: the header "))
        << header;
  for (const char *type : {"", "<", "<f3", "<f16", "|O", "<U4", "<M8[ns]",
                           "<i16", "<V1", "x4", "<<f4"})
    EXPECT_THAT(parseMessage(std::string("{'descr': '") + type +
                                 "', 'fortran_order': False, 'shape': (4,)}",
                             four),
                HasSubstr("are not supported"))
        << type;
}

TEST(Npy, RefusesOtherVersions) {
  std::string file = readFile(inputPath("float32.npy"));
  for (auto [major, minor] : {std::pair(0, 0), {1, 1}, {4, 0}, {255, 255}}) {
    file[6] = static_cast<char>(major);
    file[7] = static_cast<char>(minor);
    EXPECT_THAT(messageOf(parseNpy(bytesOf(file), "x.npy")),
                HasSubstr("of the .npy format"));
  }
  file[0] = 'x';
  EXPECT_THAT(messageOf(parseNpy(bytesOf(file), "x.npy")),
              HasSubstr("is no .npy file"));
}

TEST(Npy, CleansBooleans) {
  std::string file =
      npyFile("{'descr': '|b1', 'fortran_order': False, 'shape': (3,)}",
              std::string("\0\2\xff", 3));
  Result<Tensor> tensor = parseNpy(bytesOf(file), "x.npy");
  ASSERT_TRUE(tensor.ok()) << messageOf(tensor);
  EXPECT_THAT(tensor->as<uint8_t>(), testing::ElementsAre(0, 1, 1));
}

TEST(Npy, WritesWhatItReads) {
  TemporaryFolder folder;
  for (DataType type :
       {DataType::Bool, DataType::Int8, DataType::UInt8, DataType::Int16,
        DataType::UInt16, DataType::Int32, DataType::UInt32, DataType::Int64,
        DataType::UInt64, DataType::Float8E5M2, DataType::Float16,
        DataType::BFloat16, DataType::Float32, DataType::Float64})
    for (const std::vector<int64_t> &shape :
         {std::vector<int64_t>{}, {5}, {2, 3}, {0}, {2, 0, 3}}) {
      NamedTensor tensor{"ignored", counting(type, shape)};
      std::filesystem::path file = folder.path() / "tensor.NPY";
      Status status = writeTensors(file, std::span(&tensor, 1));
      ASSERT_TRUE(status.ok()) << messageOf(status);
      expectEqual(readOne(file), tensor.tensor);
    }
}

TEST(Npy, WritesTheBytesThatNumPyWrites) {
  TemporaryFolder folder;
  for (const char *name :
       {"float32.npy", "bool.npy", "scalar-int64.npy", "empty-uint8.npy",
        "bfloat16.npy", "float8_e5m2.npy", "float16.npy"}) {
    NamedTensor tensor{"", readOne(inputPath(name))};
    ASSERT_TRUE(writeTensors(folder.path() / name, std::span(&tensor, 1)).ok());
    EXPECT_EQ(readFile(folder.path() / name).substr(0, 128),
              readFile(inputPath(name)).substr(0, 128))
        << name;
    EXPECT_EQ(readFile(folder.path() / name), readFile(inputPath(name)))
        << name;
  }
}

TEST(Npy, WritesFourBitIntegersAsEight) {
  TemporaryFolder folder;
  NamedTensor tensor{"", counting(DataType::Int4, {3})};
  tensor.tensor.as<int8_t>()[0] = -8;
  ASSERT_TRUE(
      writeTensors(folder.path() / "x.npy", std::span(&tensor, 1)).ok());
  Tensor read = readOne(folder.path() / "x.npy");
  EXPECT_EQ(read.type(), DataType::Int8);
  EXPECT_THAT(read.as<int8_t>(), testing::ElementsAre(-8, 1, 2));
}

TEST(Npy, SaysWhatItCannotWrite) {
  TemporaryFolder folder;
  std::vector<NamedTensor> tensors(
      2, NamedTensor{"a", counting(DataType::Float32, {1})});
  EXPECT_THAT(messageOf(writeTensors(folder.path() / "x.npy", tensors)),
              HasSubstr("holds one tensor, not 2"));
  tensors = {{"a", counting(DataType::Float8E4M3FN, {1})}};
  EXPECT_THAT(messageOf(writeTensors(folder.path() / "x.npy", tensors)),
              HasSubstr("has no float8_e4m3fn"));
  EXPECT_THAT(messageOf(writeTensors(folder.path() / "x.txt", tensors)),
              HasSubstr(".npy, .npz and .safetensors"));
  EXPECT_THAT(messageOf(readTensors(folder.path() / "x.txt")),
              HasSubstr("tensors are read from"));
  EXPECT_THAT(messageOf(readTensors(folder.path() / "none.npy")),
              HasSubstr("none.npy: No such file"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Npy, WritesLongHeadersInVersionTwo) {
  TemporaryFolder folder;
  NamedTensor tensor{"",
                     counting(DataType::UInt8, std::vector<int64_t>(30000, 1))};
  ASSERT_TRUE(
      writeTensors(folder.path() / "x.npy", std::span(&tensor, 1)).ok());
  EXPECT_EQ(readFile(folder.path() / "x.npy")[6], 2);
  expectEqual(readOne(folder.path() / "x.npy"), tensor.tensor);
}
