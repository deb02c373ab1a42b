//===- ContractionProducts.cpp - What is added to an outer form's sums ----===//

#include "ContractionProducts.h"

#include "ProcessorProducts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using ::tenon::ProductNest;
using ::tenon::StridedOperand;

/// Rows that vectors have to meet for it to pay that they are put in groups,
/// times the steps of one.
static constexpr int64_t rowsToGroup = 48;

VectorType ProductNest::groupsType() {
  return VectorType::get({group * lanes}, groupElement);
}

/// Whether rows and vectors lie so that groups of `size` can be made of them.
bool ProductNest::suitsGroups(int64_t size, int64_t width) {
  int64_t summed = contraction.reduction.back();
  auto isMultiple = [&](int64_t loop, int64_t of) {
    int64_t extent = contraction.sizes[loop];
    return !ShapedType::isDynamic(extent) && extent % of == 0;
  };
  return llvm::all_of(contraction.reduction,
                      [&](int64_t loop) { return isMultiple(loop, 1); }) &&
         form.rowLoop >= 0 && isMultiple(form.rowLoop, 1) &&
         contraction.sizes[form.rowLoop] >= rowsToGroup / size &&
         rhs.strides[form.rowLoop] == 0 && lhs.strides[summed] == 1 &&
         rhs.strides[form.vectorLoop] == 1 &&
         isMultiple(form.vectorLoop, width) && isMultiple(summed, size);
}

void ProductNest::chooseGroup(const RegisterTiling &tiling, int64_t width) {
  auto isMade = [](const StridedOperand &operand, StringRef by, unsigned bits) {
    return operand.elementType.getIntOrFloatBitWidth() == bits &&
           operand.conversions.size() == 1 &&
           operand.conversions.front()->getName().getStringRef() == by;
  };
  auto isUnsigned = [&](const StridedOperand &operand) {
    return isMade(operand, "arith.extui", 8);
  };
  auto isSigned = [&](const StridedOperand &operand) {
    return isMade(operand, "arith.extsi", 8);
  };
  auto isByte = [&](const StridedOperand &operand) {
    return isUnsigned(operand) || isSigned(operand);
  };
  isArm = tiling.isArm;
  isOfSignedBytes = isSigned(lhs);
  Type sum = vectorType.getElementType();
  auto choose = [&](bool isPossible, int64_t size, Type element) {
    if (group > 1 || !isPossible || !suitsGroups(size, width))
      return;
    group = size;
    groupElement = element;
  };
  choose(tiling.bf16Products && lhs.elementType.isBF16() &&
             rhs.elementType.isBF16() && isMade(lhs, "arith.extf", 16) &&
             isMade(rhs, "arith.extf", 16) && sum.isF32(),
         2, rhs.elementType);
  choose(tiling.byteProducts && isUnsigned(lhs) && isSigned(rhs) &&
             sum.isInteger(32),
         4, rhs.elementType);
  choose(tiling.signedByteProducts && isSigned(lhs) && isSigned(rhs) &&
             sum.isInteger(32),
         4, rhs.elementType);
  choose(tiling.wordProducts && isByte(lhs) && isByte(rhs) && sum.isInteger(32),
         2, builder.getI16Type());
}

Value ProductNest::vectorAt(int64_t shift, Value mask) {
  Value index = address(rhs, shift);
  if (group > 1)
    return vector::LoadOp::create(builder, loc, groupsType(), rhs.memref,
                                  index);
  return convert(rhs,
                 loadVector(rhs, index, rhs.strides[form.vectorLoop], mask));
}

Value ProductNest::factorAt(int64_t shift) {
  Value index = address(lhs, shift);
  if (group == 1)
    return vector::BroadcastOp::create(builder, loc, vectorType,
                                       convert(lhs, loadScalar(lhs, index)));
  Type bits = builder.getI32Type();
  Value elements =
      extended(lhs,
               vector::LoadOp::create(builder, loc,
                                      VectorType::get({group}, lhs.elementType),
                                      lhs.memref, index),
               groupElement);
  Value together = vector::ExtractOp::create(
      builder, loc,
      vector::BitCastOp::create(builder, loc, VectorType::get({1}, bits),
                                elements),
      0);
  return vector::BitCastOp::create(
      builder, loc, groupsType(),
      vector::BroadcastOp::create(builder, loc, VectorType::get({lanes}, bits),
                                  together));
}

Value ProductNest::addSums(Value a, Value b) {
  if (isa<FloatType>(vectorType.getElementType()))
    return arith::AddFOp::create(builder, loc, a, b);
  return arith::AddIOp::create(builder, loc, a, b);
}

Value ProductNest::addProduct(Value factor, Value vector, Value sum) {
  if (group == 1)
    return isa<FloatType>(vectorType.getElementType())
               ? vector::FMAOp::create(builder, loc, factor, vector, sum)
                     .getResult()
               : addSums(sum,
                         arith::MulIOp::create(builder, loc, factor, vector));
  if (groupElement.isInteger(16))
    return addSums(sum,
                   ::tenon::createWordProducts(builder, loc, factor, vector));
  if (group == 4 && isOfSignedBytes)
    return ::tenon::addSignedByteProducts(builder, loc, sum, factor, vector);
  if (group == 4)
    return ::tenon::addByteProducts(builder, loc, isArm, sum, factor, vector);
  return ::tenon::addBf16Products(builder, loc, isArm, sum, factor, vector);
}
