#include "tenon/Import/Tensors/TensorProto.h"
#include "Expectations.h"
#include "onnx.pb.h"

using namespace tenon;
using namespace tenon::test;
using testing::HasSubstr;

TEST(TensorProto, ReadsWhatOnnxWrites) {
  for (const char *typeName :
       {"float32", "float16", "int64", "uint8", "bool", "bfloat16",
        "float8_e4m3fn", "float8_e5m2", "int4", "uint4"})
    for (const char *form : {"", "-typed"}) {
      Result<std::vector<NamedTensor>> tensors =
          readTensors(inputPath(std::string(typeName) + form + ".pb"));
      ASSERT_TRUE(tensors.ok()) << messageOf(tensors);
      EXPECT_EQ((*tensors)[0].name, "x");
      expectGolden((*tensors)[0].tensor, dataTypeByName(typeName).value(),
                   {3, 3});
    }
}

static onnx::TensorProto proto(int32_t type, std::vector<int64_t> dims) {
  onnx::TensorProto proto;
  proto.set_name("w");
  proto.set_data_type(type);
  for (int64_t dim : dims)
    proto.add_dims(dim);
  return proto;
}

static onnx::TensorProto rawProto(int32_t type, std::vector<int64_t> dims,
                                  size_t bytes) {
  onnx::TensorProto tensor = proto(type, std::move(dims));
  tensor.set_raw_data(std::string(bytes, '\1'));
  return tensor;
}

TEST(TensorProto, ReadsEveryTypedField) {
  auto one = [](int32_t type, auto set) {
    onnx::TensorProto tensor = proto(type, {});
    set(tensor);
    Result<Tensor> result = tensorFromProto(tensor);
    EXPECT_TRUE(result.ok()) << messageOf(result);
    return result.ok() ? valueAt(*result, 0) : NAN;
  };
  using onnx::TensorProto;
  EXPECT_EQ(one(TensorProto::FLOAT, [](auto &t) { t.add_float_data(-1.5f); }),
            -1.5);
  EXPECT_EQ(one(TensorProto::DOUBLE, [](auto &t) { t.add_double_data(1e300); }),
            1e300);
  EXPECT_EQ(one(TensorProto::INT8, [](auto &t) { t.add_int32_data(-128); }),
            -128);
  EXPECT_EQ(one(TensorProto::UINT8, [](auto &t) { t.add_int32_data(255); }),
            255);
  EXPECT_EQ(one(TensorProto::INT16, [](auto &t) { t.add_int32_data(-32768); }),
            -32768);
  EXPECT_EQ(one(TensorProto::UINT16, [](auto &t) { t.add_int32_data(65535); }),
            65535);
  EXPECT_EQ(one(TensorProto::INT32, [](auto &t) { t.add_int32_data(-7); }), -7);
  EXPECT_EQ(
      one(TensorProto::UINT32, [](auto &t) { t.add_uint64_data(4294967295); }),
      4294967295.0);
  EXPECT_EQ(one(TensorProto::INT64,
                [](auto &t) { t.add_int64_data(-1234567890123); }),
            -1234567890123.0);
  EXPECT_EQ(
      one(TensorProto::UINT64, [](auto &t) { t.add_uint64_data(1ull << 63); }),
      0x1p63);
  EXPECT_EQ(one(TensorProto::BOOL, [](auto &t) { t.add_int32_data(2); }), 1);
  EXPECT_EQ(
      one(TensorProto::FLOAT16, [](auto &t) { t.add_int32_data(0xbc00); }), -1);
  EXPECT_EQ(one(TensorProto::FLOAT16,
                [](auto &t) { t.add_int32_data(int16_t(0xbc00)); }),
            -1);
  EXPECT_EQ(
      one(TensorProto::BFLOAT16, [](auto &t) { t.add_int32_data(0x3f80); }), 1);
  EXPECT_EQ(one(18, [](auto &t) { t.add_int32_data(0x40); }), 1)
      << "float8e4m3fnuz";
  EXPECT_EQ(one(20, [](auto &t) { t.add_int32_data(0x40); }), 1)
      << "float8e5m2fnuz";
  EXPECT_EQ(one(21, [](auto &t) { t.add_int32_data(0xf); }), 15);
  EXPECT_EQ(one(22, [](auto &t) { t.add_int32_data(0xf); }), -1);
}

TEST(TensorProto, UnpacksFourBitIntegers) {
  onnx::TensorProto tensor = proto(22, {3});
  tensor.set_raw_data("\x8f\x07");
  Result<Tensor> result = tensorFromProto(tensor);
  ASSERT_TRUE(result.ok()) << messageOf(result);
  EXPECT_THAT(result->as<int8_t>(), testing::ElementsAre(-1, -8, 7));
  EXPECT_EQ(packedBytes(DataType::Int4, 3), 2u);
  EXPECT_EQ(packedBytes(DataType::UInt4, 4), 2u);
  EXPECT_EQ(packedBytes(DataType::Int4, 0), 0u);
  EXPECT_EQ(packedBytes(DataType::Float16, 3), 6u);
}

TEST(TensorProto, KnowsOnnxsNumbers) {
  for (size_t i = 0; i < dataTypeCount; ++i) {
    DataType type = static_cast<DataType>(i);
    EXPECT_EQ(dataTypeFromProto(dataTypeToProto(type)), type) << name(type);
  }
  EXPECT_EQ(dataTypeFromProto(17), DataType::Float8E4M3FN);
  EXPECT_EQ(dataTypeFromProto(22), DataType::Int4);
  for (int32_t number : {-1, 0, 8, 14, 15, 23, 24, 99, INT32_MAX, INT32_MIN})
    EXPECT_EQ(dataTypeFromProto(number), std::nullopt) << number;
  EXPECT_EQ(protoTypeName(1), "float32");
  EXPECT_EQ(protoTypeName(8), "string");
  EXPECT_EQ(protoTypeName(99), "data type 99");
}

TEST(TensorProto, CleansBooleans) {
  onnx::TensorProto tensor = proto(onnx::TensorProto::BOOL, {3});
  tensor.set_raw_data(std::string("\0\2\xff", 3));
  Result<Tensor> result = tensorFromProto(tensor);
  ASSERT_TRUE(result.ok()) << messageOf(result);
  EXPECT_THAT(result->as<uint8_t>(), testing::ElementsAre(0, 1, 1));
}

TEST(TensorProto, MayBeEmpty) {
  for (bool raw : {false, true}) {
    Result<Tensor> result =
        tensorFromProto(raw ? rawProto(onnx::TensorProto::FLOAT, {0, 3}, 0)
                            : proto(onnx::TensorProto::FLOAT, {0, 3}));
    ASSERT_TRUE(result.ok()) << messageOf(result);
    EXPECT_EQ(result->shape(), (std::vector<int64_t>{0, 3}));
  }
}

TEST(TensorProto, RefusesShapesThatLie) {
  auto message = [](std::vector<int64_t> dims) {
    return messageOf(tensorFromProto(
        rawProto(onnx::TensorProto::FLOAT, std::move(dims), 24)));
  };
  EXPECT_EQ(message({2, 3}), "no error");
  EXPECT_EQ(
      message({2, 2}),
      "tensor 'w': shape 2x2 of float32 needs 16 bytes of data, 24 are there");
  EXPECT_THAT(message({7}), HasSubstr("needs 28 bytes"));
  EXPECT_THAT(message({}), HasSubstr("shape scalar of float32 needs 4 bytes"));
  EXPECT_THAT(message({-2, -3}),
              HasSubstr("no tensor can have the shape -2x-3"));
  EXPECT_THAT(message({0, 3}), HasSubstr("needs 0 bytes"));
  EXPECT_THAT(message({INT64_MAX}), HasSubstr("no tensor can have the shape"));
  EXPECT_THAT(message({int64_t(1) << 32, int64_t(1) << 32}),
              HasSubstr("no tensor can have the shape"));
  EXPECT_THAT(message({int64_t(1) << 60}),
              HasSubstr("needs 4611686018427387904 bytes"));
  onnx::TensorProto typed = proto(onnx::TensorProto::FLOAT, {3});
  typed.add_float_data(1);
  EXPECT_THAT(messageOf(tensorFromProto(typed)),
              HasSubstr("needs 12 bytes of data, 4 are there"));
  EXPECT_THAT(messageOf(tensorFromProto(proto(onnx::TensorProto::INT64, {3}))),
              HasSubstr("0 are there"));
}

TEST(TensorProto, RefusesValuesThatDoNotFit) {
  auto message = [](int32_t type, int32_t value) {
    onnx::TensorProto tensor = proto(type, {});
    tensor.add_int32_data(value);
    return messageOf(tensorFromProto(tensor));
  };
  EXPECT_EQ(message(onnx::TensorProto::INT8, 128),
            "tensor 'w': value 128 does not fit int8");
  EXPECT_THAT(message(onnx::TensorProto::UINT8, -1),
              HasSubstr("value -1 does not fit uint8"));
  EXPECT_THAT(message(onnx::TensorProto::FLOAT16, 65536),
              HasSubstr("value 65536 does not fit float16"));
  EXPECT_THAT(message(22, 256), HasSubstr("value 256 does not fit int4"));
}

TEST(TensorProto, NamesWhatItDoesNotRead) {
  EXPECT_EQ(
      messageOf(tensorFromProto(rawProto(onnx::TensorProto::STRING, {1}, 4))),
      "tensor 'w': string elements are not supported");
  EXPECT_THAT(messageOf(tensorFromProto(
                  rawProto(onnx::TensorProto::COMPLEX64, {1}, 8))),
              HasSubstr("complex64"));
  EXPECT_THAT(messageOf(tensorFromProto(rawProto(23, {1}, 1))),
              HasSubstr("float4e2m1"));
  EXPECT_THAT(messageOf(tensorFromProto(rawProto(-5, {1}, 1))),
              HasSubstr("data type -5"));
  onnx::TensorProto external = proto(onnx::TensorProto::FLOAT, {1});
  external.set_data_location(onnx::TensorProto::EXTERNAL);
  EXPECT_THAT(messageOf(tensorFromProto(external)),
              HasSubstr("its data lies in another file"));
  onnx::TensorProto segment = rawProto(onnx::TensorProto::FLOAT, {1}, 4);
  segment.mutable_segment()->set_begin(0);
  EXPECT_THAT(messageOf(tensorFromProto(segment)),
              HasSubstr("segmented tensors are not supported"));
}

TEST(TensorProto, SurvivesTruncationAndChange) {
  for (const char *file :
       {"float32.pb", "int4-typed.pb", "bfloat16-typed.pb"}) {
    std::string content = readFile(inputPath(file));
    for (size_t size = 0; size < content.size(); ++size) {
      std::vector<char> cut(content.begin(), content.begin() + size);
      Result<NamedTensor> tensor =
          parseTensorProto(std::as_bytes(std::span(cut)), "cut.pb");
      // The name comes last and may be missing; the values may not.
      if (tensor.ok())
        EXPECT_EQ(tensor->tensor.shape(), (std::vector<int64_t>{3, 3})) << size;
      else
        EXPECT_THAT(tensor.error().message, testing::StartsWith("cut.pb: "));
    }
    for (size_t i = 0; i < content.size(); ++i)
      for (int value = 0; value < 256; ++value) {
        std::vector<char> changed(content.begin(), content.end());
        changed[i] = static_cast<char>(value);
        Result<NamedTensor> tensor =
            parseTensorProto(std::as_bytes(std::span(changed)), "changed.pb");
        if (tensor.ok())
          EXPECT_LE(tensor->tensor.elements(), 64);
      }
  }
}
