//===- MatmulFactor.cpp - A factor's way into shared memory ---------------===//

#include "MatmulFactor.h"
#include "AddressSpaces.h"
#include "LoopPlaces.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using ::tenon::globalSpace;
using ::tenon::MatmulFactor;
using ::tenon::sharedSpace;
using ::tenon::ThreadGroup;

static constexpr int64_t copiedBytes = 16, swizzledLines = 8;

static int64_t bytesOf(Type element) {
  return llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
}

Value tenon::pointerTo(ImplicitLocOpBuilder &b, Value memref,
                       ValueRange indices, unsigned space) {
  auto metadata = memref::ExtractStridedMetadataOp::create(b, memref);
  Value offset = metadata.getOffset();
  for (auto [index, stride] : llvm::zip(indices, metadata.getStrides()))
    offset = arith::AddIOp::create(b, offset,
                                   arith::MulIOp::create(b, index, stride));
  int64_t bytes = bytesOf(cast<MemRefType>(memref.getType()).getElementType());
  Value address = arith::AddIOp::create(
      b, memref::ExtractAlignedPointerAsIndexOp::create(b, memref).getResult(),
      arith::MulIOp::create(b, offset,
                            arith::ConstantIndexOp::create(b, bytes)));
  Value number = arith::IndexCastOp::create(b, b.getI64Type(), address);
  return LLVM::IntToPtrOp::create(
      b, LLVM::LLVMPointerType::get(b.getContext(), space), number);
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

/// How many elements lie side by side, aligned, in 16 bytes along the last of
/// `loops`; 1 where that is not certain.
static int64_t vectorAlong(Value source, AffineMap map,
                           ArrayRef<unsigned> loops,
                           ArrayRef<OpFoldResult> sizes) {
  auto type = cast<MemRefType>(source.getType());
  int64_t elements = copiedBytes / bytesOf(type.getElementType());
  SmallVector<int64_t> strides;
  int64_t offset;
  if (loops.empty() || elements < 1 || map.getNumResults() == 0 ||
      failed(type.getStridesAndOffset(strides, offset)) || strides.back() != 1)
    return 1;
  unsigned loop = loops.back();
  std::optional<int64_t> size = getConstantIntValue(sizes[loop]);
  if (!size || *size % elements != 0 ||
      map.getResults().back() != getAffineDimExpr(loop, map.getContext()))
    return 1;
  for (auto [expr, stride] :
       llvm::zip(map.getResults().drop_back(), ArrayRef(strides).drop_back()))
    if (expr.isFunctionOfDim(loop) || ShapedType::isDynamic(stride) ||
        stride % elements != 0)
      return 1;
  return isAligned(source, elements) ? elements : 1;
}

MatmulFactor::MatmulFactor(linalg::LinalgOp op, OpOperand &operand,
                           ArrayRef<unsigned> own, ArrayRef<unsigned> sums,
                           ArrayRef<OpFoldResult> sizes)
    : op(op), source(operand.get()), map(op.getMatchingIndexingMap(&operand)),
      own(own), sums(sums), sizes(sizes) {
  AffineExpr last = map.getResults().back();
  piece.isSumInner = last.isFunctionOfDim(sums.back());
  vector = vectorAlong(source, map, piece.isSumInner ? this->sums : this->own,
                       sizes);
}

bool MatmulFactor::isCopied(Type staged) const {
  return vector > 1 &&
         cast<MemRefType>(source.getType()).getElementType() == staged;
}

void MatmulFactor::allocate(ImplicitLocOpBuilder &b, int64_t slots,
                            int64_t extent, int64_t depth, Type staged,
                            bool isSwizzled) {
  piece.extent = extent;
  piece.depth = depth;
  piece.isSwizzled = isSwizzled;
  int64_t room = isSwizzled ? 0 : copiedBytes / bytesOf(staged);
  auto type =
      MemRefType::get({slots, piece.lines(), piece.lineLength() + room}, staged,
                      AffineMap(), b.getI64IntegerAttr(sharedSpace));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(
      &op->getParentOfType<FunctionOpInterface>().getFunctionBody().front());
  piece.buffer = memref::AllocaOp::create(b, type, b.getI64IntegerAttr(128));
}

/// The place in the source of element (own, sum), both flattened.
SmallVector<Value> MatmulFactor::indicesOf(ImplicitLocOpBuilder &b,
                                           ArrayRef<Value> batches, Value own,
                                           Value sum) {
  SmallVector<Value> places(batches);
  ::tenon::placeIteration(b, own, this->own, sizes, places);
  ::tenon::placeIteration(b, sum, sums, sizes, places);
  return ::tenon::indicesAt(b, map, places);
}

void MatmulFactor::stage(ImplicitLocOpBuilder &b, ThreadGroup threads,
                         ArrayRef<Value> batches, Value slot, Value first,
                         Value sum) {
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(b, value);
  };
  auto stagedType = cast<MemRefType>(piece.buffer.getType()).getElementType();
  bool copies = isCopied(stagedType);
  int64_t together = copies ? vector : 1;
  int64_t parts = piece.lineLength() / together, total = parts * piece.lines();
  auto count = [&](ArrayRef<unsigned> loops) {
    return getValueOrCreateConstantIndexOp(b, b.getLoc(),
                                           ::tenon::countOf(b, loops, sizes));
  };
  Value owns = count(own), steps = count(sums);
  for (int64_t turn = 0; turn * threads.count < total; ++turn) {
    OpBuilder::InsertionGuard guard(b);
    Value part = arith::AddIOp::create(b, threads.number,
                                       constant(turn * threads.count));
    if ((turn + 1) * threads.count > total) {
      Value isPart = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, part,
                                           constant(total));
      auto some = scf::IfOp::create(b, isPart);
      b.setInsertionPointToStart(some.thenBlock());
    }
    Value line = arith::DivUIOp::create(b, part, constant(parts)),
          place = arith::MulIOp::create(
              b, arith::RemUIOp::create(b, part, constant(parts)),
              constant(together));
    Value ownPlace =
              arith::AddIOp::create(b, first, piece.isSumInner ? line : place),
          sumPlace =
              arith::AddIOp::create(b, sum, piece.isSumInner ? place : line);
    Value isInside = arith::AndIOp::create(
        b, arith::CmpIOp::create(b, arith::CmpIPredicate::ult, ownPlace, owns),
        arith::CmpIOp::create(b, arith::CmpIPredicate::ult, sumPlace, steps));
    auto inside = [&](Value number) -> Value {
      return arith::SelectOp::create(b, isInside, number, constant(0));
    };
    SmallVector<Value> from =
        indicesOf(b, batches, inside(ownPlace), inside(sumPlace));
    if (piece.isSwizzled) {
      Value low = arith::RemUIOp::create(b, line, constant(swizzledLines));
      place = arith::XOrIOp::create(
          b, place, arith::MulIOp::create(b, low, constant(together)));
    }
    if (copies) {
      auto bytes = [&](int64_t value) -> Value {
        return arith::ConstantOp::create(b, b.getI32IntegerAttr(value));
      };
      NVVM::CpAsyncOp::create(
          b, pointerTo(b, piece.buffer, {slot, line, place}, sharedSpace),
          pointerTo(b, source, from, globalSpace), copiedBytes,
          NVVM::LoadCacheModifierKind::CG,
          arith::SelectOp::create(b, isInside, bytes(copiedBytes), bytes(0)));
      continue;
    }
    Value number = memref::LoadOp::create(b, source, from);
    if (number.getType() != stagedType)
      number = arith::ExtFOp::create(b, stagedType, number);
    number = arith::SelectOp::create(
        b, isInside, number,
        arith::ConstantOp::create(b, b.getFloatAttr(stagedType, 0.0)));
    memref::StoreOp::create(b, number, piece.buffer,
                            ValueRange{slot, line, place});
  }
}
