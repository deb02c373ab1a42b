#include "tenon/Runtime/Tensor.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <limits>

using namespace tenon;

static constexpr int64_t huge = std::numeric_limits<int64_t>::max();

TEST(Tensor, CountsElements) {
  using Shape = std::vector<int64_t>;
  EXPECT_EQ(elementCount(Shape{}), 1);
  EXPECT_EQ(elementCount(Shape{2, 3, 4}), 24);
  EXPECT_EQ(elementCount(Shape{huge}), huge);
  EXPECT_EQ(elementCount(Shape{huge, 2}), std::nullopt);
  EXPECT_EQ(elementCount(Shape{int64_t(1) << 32, int64_t(1) << 32}),
            std::nullopt);
  EXPECT_EQ(elementCount(Shape{-1}), std::nullopt);
  EXPECT_EQ(elementCount(Shape{0, -1}), std::nullopt);
}

TEST(Tensor, AZeroMakesAnyProductZero) {
  EXPECT_EQ(elementCount(std::vector<int64_t>{0, huge, huge}), 0);
  EXPECT_EQ(elementCount(std::vector<int64_t>{huge, huge, 0}), 0);
}

TEST(Tensor, CountsBytes) {
  EXPECT_EQ(byteCount(DataType::Float32, std::vector<int64_t>{2, 3}), 24u);
  EXPECT_EQ(byteCount(DataType::Int4, std::vector<int64_t>{5}), 5u);
  EXPECT_EQ(byteCount(DataType::Int8, std::vector<int64_t>{huge}),
            uint64_t(huge));
  EXPECT_EQ(byteCount(DataType::Int16, std::vector<int64_t>{huge}),
            std::nullopt);
}

TEST(Tensor, NamesItsTypes) {
  for (size_t i = 0; i < dataTypeCount; ++i) {
    DataType type = static_cast<DataType>(i);
    EXPECT_EQ(dataTypeByName(name(type)), type);
  }
  EXPECT_EQ(dataTypeByName("float31"), std::nullopt);
  EXPECT_EQ(shapeString(std::vector<int64_t>{2, 3, 4}), "2x3x4");
  EXPECT_EQ(shapeString({}), "scalar");
}

TEST(Tensor, IsZeroAndAligned) {
  for (int64_t elements : {0, 1, 17, 1 << 20, (1 << 22) + 3}) {
    Tensor tensor(DataType::Float32, {elements});
    EXPECT_EQ(reinterpret_cast<uintptr_t>(tensor.data()) % 64, 0u);
    EXPECT_NE(tensor.data(), nullptr);
    EXPECT_EQ(tensor.as<float>().size(), size_t(elements));
    for (float value : tensor.as<float>())
      ASSERT_EQ(value, 0);
  }
}

TEST(Tensor, SharesItsBytes) {
  Tensor tensor(DataType::Int32, {3});
  Tensor copy = tensor;
  copy.as<int32_t>()[1] = 7;
  EXPECT_EQ(tensor.as<int32_t>()[1], 7);
}

TEST(Tensor, RefusesShapesWithoutSizeOrMemory) {
  Result<Tensor> negative = Tensor::allocate(DataType::Float32, {2, -3});
  ASSERT_FALSE(negative.ok());
  EXPECT_EQ(negative.error().message, "no tensor can have the shape 2x-3");
  Result<Tensor> large = Tensor::allocate(DataType::Int8, {int64_t(1) << 60});
  ASSERT_FALSE(large.ok());
  EXPECT_NE(
      large.error().message.find("no memory for 1152921504606846976 bytes"),
      std::string::npos);
}

TEST(Tensor, ClonesIntoMemoryOfItsOwn) {
  std::vector<std::byte> bytes(1 + 3 * sizeof(int32_t), std::byte{7});
  Tensor view(DataType::Int32, {3}, bytes.data() + 1, nullptr);
  Result<Tensor> copy = view.clone();
  ASSERT_TRUE(copy.ok()) << copy.error().message;
  EXPECT_EQ(copy->shape(), view.shape());
  EXPECT_EQ(reinterpret_cast<uintptr_t>(copy->data()) % 64, 0u);
  bytes[1] = std::byte{0};
  EXPECT_EQ(copy->as<int32_t>()[0], 0x07070707);
  EXPECT_EQ(Tensor(DataType::Int32, {0, 3}).clone()->elements(), 0);
}
