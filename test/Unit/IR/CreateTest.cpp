//===- CreateTest.cpp - Checked creation of ops ---------------------------===//

#include "tenon/IR/Create.h"
#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinOps.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::tenon;

namespace {
class CreateTest : public testing::Test {
protected:
  CreateTest()
      : builder(&context), location(builder.getUnknownLoc()),
        handler(&context, [this](Diagnostic &diagnostic) {
          message = diagnostic.str();
        }) {
    context.loadDialect<TenonDialect, tensor::TensorDialect>();
    module = ModuleOp::create(location);
    builder.setInsertionPointToEnd(module->getBody());
  }

  Value tensor(ArrayRef<int64_t> shape, Type element) {
    return tensor::EmptyOp::create(builder, location, shape, element);
  }
  Value floats(ArrayRef<int64_t> shape) {
    return tensor(shape, builder.getF32Type());
  }
  size_t countOps() { return module->getBody()->getOperations().size(); }

  MLIRContext context;
  OpBuilder builder;
  Location location;
  std::string message;
  ScopedDiagnosticHandler handler;
  OwningOpRef<ModuleOp> module;
};
} // namespace

TEST_F(CreateTest, infersResultTypes) {
  FailureOr<LinearOp> op = createChecked<LinearOp>(
      builder, location, floats({2, 3}), floats({4, 3}), Value());
  ASSERT_TRUE(succeeded(op));
  EXPECT_EQ(op->getType(), RankedTensorType::get({2, 4}, builder.getF32Type()));
}

TEST_F(CreateTest, infersSeveralResultTypes) {
  FailureOr<TopKOp> op = createChecked<TopKOp>(
      builder, location, floats({2, 9}), 3, 1, false, false);
  ASSERT_TRUE(succeeded(op));
  EXPECT_EQ(op->getIndices().getType(),
            RankedTensorType::get({2, 3}, builder.getI64Type()));
}

TEST_F(CreateTest, infersOptionalResults) {
  FailureOr<LayerNormOp> op =
      createChecked<LayerNormOp>(builder, location, floats({2, 3}), Value(),
                                 Value(), 1, llvm::APFloat(1e-5), true);
  ASSERT_TRUE(succeeded(op));
  EXPECT_EQ(op->getStatistics().size(), 2u);
}

TEST_F(CreateTest, reportsBrokenConstraint) {
  Value input = floats({2, 3}), weight = floats({4, 5});
  size_t before = countOps();
  EXPECT_TRUE(failed(
      createChecked<LinearOp>(builder, location, input, weight, Value())));
  EXPECT_EQ(message,
            "axis 1 of weight has size 5 but the last axis of input is 3");
  EXPECT_EQ(countOps(), before);
}

TEST_F(CreateTest, reportsWrongElementType) {
  Value input = tensor({2, 3}, builder.getI32Type());
  size_t before = countOps();
  EXPECT_TRUE(
      failed(createChecked<SoftmaxOp>(builder, location, input, 1, false)));
  EXPECT_NE(message.find("must be ranked tensor of floating-point"),
            std::string::npos)
      << message;
  EXPECT_EQ(countOps(), before);
}

TEST_F(CreateTest, reportsGivenTypeThatDoesNotFit) {
  Value input = floats({2, 3});
  size_t before = countOps();
  EXPECT_TRUE(failed(createChecked<ReshapeOp>(
      builder, location, RankedTensorType::get({7}, builder.getF32Type()),
      input)));
  EXPECT_NE(message.find("changes the number of elements"), std::string::npos)
      << message;
  EXPECT_EQ(countOps(), before);
}

TEST_F(CreateTest, checksUpstreamOps) {
  Value input = floats({2, 3}), other = floats({2, 4});
  EXPECT_TRUE(
      succeeded(createChecked<arith::AddFOp>(builder, location, input, input)));
  EXPECT_TRUE(
      failed(createChecked<arith::AddFOp>(builder, location, input, other)));
}
