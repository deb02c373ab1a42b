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

/// What `memref` is a view of, and whether element 0 of it lies at a multiple
/// of `elements` elements from there; null where that is not certain.
static Value alignedOrigin(Value memref, int64_t elements) {
  if (auto view = memref.getDefiningOp<memref::SubViewOp>()) {
    SmallVector<int64_t> strides;
    int64_t offset;
    if (failed(view.getSourceType().getStridesAndOffset(strides, offset)))
      return nullptr;
    for (auto [start, stride] : llvm::zip(view.getMixedOffsets(), strides)) {
      if (ShapedType::isDynamic(stride))
        return nullptr;
      if (stride % elements != 0 && !isMultiple(start, elements))
        return nullptr;
    }
    return alignedOrigin(view.getSource(), elements);
  }
  if (auto view = memref.getDefiningOp<memref::ExpandShapeOp>())
    return alignedOrigin(view.getSrc(), elements);
  if (auto view = memref.getDefiningOp<memref::CollapseShapeOp>())
    return alignedOrigin(view.getSrc(), elements);
  return memref;
}

static bool isArgument(Value memref) {
  auto argument = dyn_cast_or_null<BlockArgument>(memref);
  return argument &&
         isa<FunctionOpInterface>(argument.getOwner()->getParentOp());
}

bool tenon::isOfKernel(Value memref) {
  return isArgument(alignedOrigin(memref, 1));
}

bool tenon::liesInVectors(Value source, AffineMap map, unsigned loop,
                          ArrayRef<OpFoldResult> sizes, int64_t elements) {
  auto type = cast<MemRefType>(source.getType());
  SmallVector<int64_t> strides;
  int64_t offset;
  // Bits are bytes in memory, but not in vectors.
  if (!type.getElementType().isIntOrFloat() ||
      type.getElementTypeBitWidth() % 8 != 0 || map.getNumResults() == 0 ||
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
  // Buffers of a kernel and temporaries (Temporaries.cpp) begin at multiples of
  // more.
  Value origin = alignedOrigin(source, elements);
  return isArgument(origin) ||
         (origin && origin.getDefiningOp<memref::AllocaOp>());
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

void tenon::storeVector(ImplicitLocOpBuilder &b, Value target,
                        ValueRange indices, ArrayRef<Value> elements) {
  if (elements.size() == 1) {
    memref::StoreOp::create(b, elements.front(), target, indices);
    return;
  }
  auto count = static_cast<int64_t>(elements.size());
  Type element = elements.front().getType();
  Value vector = vector::FromElementsOp::create(
      b, VectorType::get({count}, element), elements);
  vector::StoreOp::create(b, vector, target, indices, /*nontemporal=*/false,
                          llvm::Align(count * bytesOf(element)));
}
