//===- MemoryVectors.cpp - What can be read at once -----------------------===//

#include "MemoryVectors.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

int64_t tenon::bytesOf(Type element) {
  return llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
}

/// Whether `value` is a multiple of `factor` for certain.
static bool isMultiple(OpFoldResult value, int64_t factor) {
  if (std::optional<int64_t> known = getConstantIntValue(value))
    return *known % factor == 0;
  Value number = cast<Value>(value);
  if (auto product = number.getDefiningOp<arith::MulIOp>())
    return isMultiple(product.getLhs(), factor) ||
           isMultiple(product.getRhs(), factor);
  if (auto sum = number.getDefiningOp<arith::AddIOp>())
    return isMultiple(sum.getLhs(), factor) && isMultiple(sum.getRhs(), factor);
  if (auto apply = number.getDefiningOp<affine::AffineApplyOp>())
    return apply.getAffineMap().getResult(0).isMultipleOf(factor);
  if (auto argument = dyn_cast<BlockArgument>(number))
    if (auto loop = dyn_cast<scf::ForOp>(argument.getOwner()->getParentOp()))
      return argument == loop.getInductionVar() &&
             isMultiple(loop.getLowerBound(), factor) &&
             isMultiple(loop.getStep(), factor);
  return false;
}

/// Whether element 0 of `memref` lies in a buffer of the kernel, at a multiple
/// of `elements` elements from its aligned begin. A temporary may be anywhere.
static bool isAligned(Value memref, int64_t elements) {
  if (auto view = memref.getDefiningOp<memref::SubViewOp>()) {
    SmallVector<int64_t> strides;
    int64_t offset;
    if (failed(view.getSourceType().getStridesAndOffset(strides, offset)))
      return false;
    for (auto [start, stride] : llvm::zip(view.getMixedOffsets(), strides)) {
      if (ShapedType::isDynamic(stride))
        return false;
      if (stride % elements != 0 && !isMultiple(start, elements))
        return false;
    }
    return isAligned(view.getSource(), elements);
  }
  if (auto view = memref.getDefiningOp<memref::ExpandShapeOp>())
    return isAligned(view.getSrc(), elements);
  if (auto view = memref.getDefiningOp<memref::CollapseShapeOp>())
    return isAligned(view.getSrc(), elements);
  auto argument = dyn_cast<BlockArgument>(memref);
  return argument &&
         isa<FunctionOpInterface>(argument.getOwner()->getParentOp());
}

bool tenon::liesInVectors(Value source, AffineMap map, unsigned loop,
                          ArrayRef<OpFoldResult> sizes, int64_t elements) {
  auto type = cast<MemRefType>(source.getType());
  SmallVector<int64_t> strides;
  int64_t offset;
  if (map.getNumResults() == 0 ||
      failed(type.getStridesAndOffset(strides, offset)) || strides.back() != 1)
    return false;
  std::optional<int64_t> size = getConstantIntValue(sizes[loop]);
  if (!size || *size % elements != 0 ||
      map.getResults().back() != getAffineDimExpr(loop, map.getContext()))
    return false;
  for (auto [expr, stride] :
       llvm::zip(map.getResults().drop_back(), ArrayRef(strides).drop_back()))
    if (expr.isFunctionOfDim(loop) || ShapedType::isDynamic(stride) ||
        stride % elements != 0)
      return false;
  return isAligned(source, elements);
}

SmallVector<Value> tenon::loadVector(ImplicitLocOpBuilder &b, Value source,
                                     ValueRange indices, int64_t count) {
  Type element = cast<MemRefType>(source.getType()).getElementType();
  int64_t bytes = bytesOf(element),
          together = std::min(count, widestAccess / bytes);
  auto type = VectorType::get({together}, element);
  SmallVector<Value> elements, place(indices);
  for (int64_t first = 0; first < count; first += together) {
    place.back() = b.createOrFold<arith::AddIOp>(
        indices.back(), arith::ConstantIndexOp::create(b, first));
    Value vector =
        vector::LoadOp::create(b, type, source, place, /*nontemporal=*/false,
                               llvm::Align(together * bytes));
    for (int64_t i = 0; i < together; ++i)
      elements.push_back(
          vector::ExtractOp::create(b, vector, ArrayRef<int64_t>{i}));
  }
  return elements;
}
