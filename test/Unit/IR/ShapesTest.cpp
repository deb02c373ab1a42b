//===- ShapesTest.cpp - Arithmetic of tensor shapes -----------------------===//

#include "tenon/IR/Shapes.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::tenon;

static constexpr int64_t dynamic = ShapedType::kDynamic;
static constexpr int64_t largest = std::numeric_limits<int64_t>::max();

TEST(ShapesTest, countsElements) {
  EXPECT_EQ(countElements({}), 1);
  EXPECT_EQ(countElements({2, 3}), 6);
  EXPECT_EQ(countElements({2, 0}), 0);
  EXPECT_EQ(countElements({2, dynamic}), std::nullopt);
  EXPECT_EQ(countElements({largest, 2}), std::nullopt);
  EXPECT_EQ(countElements({int64_t(1) << 32, int64_t(1) << 32}), std::nullopt);
}

TEST(ShapesTest, broadcastsLikeNumPy) {
  auto broadcast = [](ArrayRef<int64_t> left, ArrayRef<int64_t> right) {
    return *broadcastShapes(std::nullopt, left, right);
  };
  using Shape = SmallVector<int64_t>;
  EXPECT_EQ(broadcast({3, 1}, {4}), (Shape{3, 4}));
  EXPECT_EQ(broadcast({4}, {3, 1}), (Shape{3, 4}));
  EXPECT_EQ(broadcast({1, 0}, {2, 1}), (Shape{2, 0}));
  EXPECT_EQ(broadcast({dynamic}, {1}), (Shape{dynamic}));
  EXPECT_EQ(broadcast({dynamic}, {5}), (Shape{5}));
  EXPECT_EQ(broadcast({}, {2}), (Shape{2}));
  EXPECT_TRUE(failed(broadcastShapes(std::nullopt, {2}, {3})));
  EXPECT_TRUE(failed(broadcastShapes(std::nullopt, {0}, {3})));
}

TEST(ShapesTest, convolvesByFloor) {
  EXPECT_EQ(*convolvedSize(std::nullopt, {7, 3}), 5);
  EXPECT_EQ(*convolvedSize(std::nullopt, {7, 3, 2, 1, 1, 1}), 4);
  EXPECT_EQ(*convolvedSize(std::nullopt, {7, 3, 1, 2}), 3);
  EXPECT_EQ(*convolvedSize(std::nullopt, {dynamic, 3}), dynamic);
  // Too short for a window is an error, as in PyTorch and ONNX Runtime.
  EXPECT_EQ(*convolvedSize(std::nullopt, {3, 3}), 1);
  EXPECT_TRUE(failed(convolvedSize(std::nullopt, {2, 3})));
  EXPECT_TRUE(failed(convolvedSize(std::nullopt, {2, 3, 2})));
  EXPECT_EQ(*convolvedSize(std::nullopt, {0, 3}), 0);
  EXPECT_EQ(*convolvedSize(std::nullopt, {0, 3, 1, 1, 1, 2}), 1);
  EXPECT_TRUE(failed(convolvedSize(std::nullopt, {5, 3, 1, largest})));
  EXPECT_TRUE(
      failed(convolvedSize(std::nullopt, {5, 3, 1, 1, largest, largest})));
}

TEST(ShapesTest, poolsByCeil) {
  // torch.nn.MaxPool1d(3, 2, padding, ceil_mode=True) on 4, 5, 6 elements.
  EXPECT_EQ(*pooledSize(std::nullopt, {4, 3, 2}, true), 2);
  EXPECT_EQ(*pooledSize(std::nullopt, {5, 3, 2}, true), 2);
  EXPECT_EQ(*pooledSize(std::nullopt, {6, 3, 2, 1, 1, 1}, true), 4);
  EXPECT_EQ(*pooledSize(std::nullopt, {6, 3, 2, 1, 1, 1}, false), 3);
  // torch.nn.MaxPool1d(2, 2, ceil_mode=True) on one element.
  EXPECT_EQ(*pooledSize(std::nullopt, {1, 2, 2}, true), 1);
  EXPECT_TRUE(failed(pooledSize(std::nullopt, {1, 2, 2}, false)));
  EXPECT_TRUE(failed(pooledSize(std::nullopt, {1, 4, 1}, true)));
  // The last window would start in the padding behind the input.
  EXPECT_EQ(*pooledSize(std::nullopt, {1, 1, 3, 1, 0, 1}, true), 1);
}

TEST(ShapesTest, transposesConvolutions) {
  // SEMANTICS D1, D5.
  EXPECT_EQ(*transposedSize(std::nullopt, {3, 3, 1, 2}, 1), 8);
  EXPECT_EQ(*transposedSize(std::nullopt, {3, 4, 2, 1, 1, 1}, 0), 6);
  EXPECT_TRUE(failed(transposedSize(std::nullopt, {1, 1, 1, 1, 1, 1}, 0)));
  EXPECT_TRUE(failed(transposedSize(std::nullopt, {largest, 3, largest}, 0)));
}

TEST(ShapesTest, comparesTypesBySizesThatBothKnow) {
  MLIRContext context;
  Type f32 = Float32Type::get(&context), f16 = Float16Type::get(&context);
  auto areCompatible = [&](ArrayRef<int64_t> left, ArrayRef<int64_t> right,
                           Type element) {
    return areCompatibleTypes({RankedTensorType::get(left, f32)},
                              {RankedTensorType::get(right, element)});
  };
  EXPECT_TRUE(areCompatible({2, dynamic}, {dynamic, 3}, f32));
  EXPECT_FALSE(areCompatible({2, dynamic}, {3, 3}, f32));
  EXPECT_FALSE(areCompatible({2}, {2, 1}, f32));
  EXPECT_FALSE(areCompatible({2}, {2}, f16));
  EXPECT_FALSE(areCompatibleTypes({RankedTensorType::get({2}, f32)}, {}));
}
