//===- MatmulFactor.cpp - A factor's way into shared memory ---------------===//

#include "MatmulFactor.h"
#include "AddressSpaces.h"
#include "LoopPlaces.h"
#include "MemoryVectors.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using ::tenon::bytesOf;
using ::tenon::globalSpace;
using ::tenon::MatmulFactor;
using ::tenon::ProductFactor;
using ::tenon::sharedSpace;
using ::tenon::ThreadGroup;
using ::tenon::widestAccess;

static constexpr int64_t copiedBytes = widestAccess, swizzledLines = 8;
/// Numbers side by side that a thread makes together where they are computed.
static constexpr int64_t madeTogether = 4;

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

MatmulFactor::MatmulFactor(linalg::LinalgOp op, const ProductFactor &factor,
                           ArrayRef<unsigned> own, ArrayRef<unsigned> sums,
                           ArrayRef<OpFoldResult> sizes)
    : op(op), factor(factor), own(own), sums(sums), sizes(sizes) {
  OpOperand &largest = factor.largestInput(op);
  source = largest.get();
  map = op.getMatchingIndexingMap(&largest);
  piece.isSumInner = map.getResults().back().isFunctionOfDim(sums.back());
  inner = piece.isSumInner ? sums.back() : own.back();
  int64_t elements =
      copiedBytes /
      bytesOf(cast<MemRefType>(source.getType()).getElementType());
  if (elements > 1 && liesInVectors(source, map, inner, sizes, elements))
    vector = elements;
  if (liesInVectors(source, map, inner, sizes, madeTogether))
    together = madeTogether;
}

bool MatmulFactor::isCopied(Type staged) const {
  // Copies are out of global memory, where temporaries need not be.
  return vector > 1 && factor.holds(staged) && isOfKernel(source);
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

/// The places along all loops of element (own, sum), both flattened.
SmallVector<Value> MatmulFactor::placesOf(ImplicitLocOpBuilder &b,
                                          ArrayRef<Value> batches, Value own,
                                          Value sum) {
  SmallVector<Value> places(batches);
  ::tenon::placeIteration(b, own, this->own, sizes, places);
  ::tenon::placeIteration(b, sum, sums, sizes, places);
  return places;
}

/// The elements of an input at `places` and after it along the inner loop.
SmallVector<Value> MatmulFactor::loadElements(ImplicitLocOpBuilder &b,
                                              OpOperand &input,
                                              ArrayRef<Value> places,
                                              int64_t count) {
  AffineMap map = op.getMatchingIndexingMap(&input);
  auto loadAt = [&](ArrayRef<Value> at) -> Value {
    return memref::LoadOp::create(b, input.get(),
                                  ::tenon::indicesAt(b, map, at));
  };
  if (!map.isFunctionOfDim(inner))
    return SmallVector<Value>(count, loadAt(places));
  if (count > 1 && liesInVectors(input.get(), map, inner, sizes, count))
    return loadVector(b, input.get(), ::tenon::indicesAt(b, map, places),
                      count);
  SmallVector<Value> elements, at(places);
  for (int64_t i = 0; i < count; ++i) {
    at[inner] = arith::AddIOp::create(
        b, places[inner], arith::ConstantIndexOp::create(b, i).getResult());
    elements.push_back(loadAt(at));
  }
  return elements;
}

/// Copies the arithmetic that makes `value` of what `made` has.
static Value makeNumber(ImplicitLocOpBuilder &b, Value value, Block *body,
                        ArrayRef<Value> places, IRMapping &made) {
  if (Value known = made.lookupOrNull(value))
    return known;
  Operation *definition = value.getDefiningOp();
  if (!definition || definition->getBlock() != body)
    return value;
  if (auto place = dyn_cast<linalg::IndexOp>(definition))
    return places[place.getDim()];
  for (Value operand : definition->getOperands())
    made.map(operand, makeNumber(b, operand, body, places, made));
  b.clone(*definition, made);
  return made.lookup(value);
}

/// `count` numbers along the inner loop, from `places` on, as `type`.
SmallVector<Value> MatmulFactor::numbersAt(ImplicitLocOpBuilder &b,
                                           ArrayRef<Value> places,
                                           int64_t count, Type type) {
  SmallVector<SmallVector<Value>> elements;
  for (OpOperand *input : factor.inputs)
    elements.push_back(loadElements(b, *input, places, count));
  SmallVector<Value> numbers, at(places);
  for (int64_t i = 0; i < count; ++i) {
    at[inner] = arith::AddIOp::create(
        b, places[inner], arith::ConstantIndexOp::create(b, i).getResult());
    IRMapping made;
    for (auto [input, loaded] : llvm::zip(factor.inputs, elements))
      made.map(op.getMatchingBlockArgument(input), loaded[i]);
    // A number that is an element need not be widened first.
    Value number = factor.holds(type)
                       ? elements.front()[i]
                       : makeNumber(b, factor.number, op.getBlock(), at, made);
    if (number.getType() != type)
      number = arith::TruncFOp::create(b, type, number);
    numbers.push_back(number);
  }
  return numbers;
}

void MatmulFactor::stage(ImplicitLocOpBuilder &b, ThreadGroup threads,
                         ArrayRef<Value> batches, Value slot, Value first,
                         Value sum) {
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(b, value);
  };
  auto stagedType = cast<MemRefType>(piece.buffer.getType()).getElementType();
  bool copies = isCopied(stagedType);
  int64_t together = copies                                     ? vector
                     : piece.lineLength() % this->together == 0 ? this->together
                                                                : 1;
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
    SmallVector<Value> places =
        placesOf(b, batches, inside(ownPlace), inside(sumPlace));
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
          pointerTo(b, source, ::tenon::indicesAt(b, map, places), globalSpace),
          copiedBytes, NVVM::LoadCacheModifierKind::CG,
          arith::SelectOp::create(b, isInside, bytes(copiedBytes), bytes(0)));
      continue;
    }
    Value zero = arith::ConstantOp::create(b, b.getZeroAttr(stagedType));
    SmallVector<Value> numbers = numbersAt(b, places, together, stagedType);
    for (Value &number : numbers)
      number = arith::SelectOp::create(b, isInside, number, zero);
    storeVector(b, piece.buffer, {slot, line, place}, numbers);
  }
}
