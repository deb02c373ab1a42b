//===- ContractionNest.cpp - Loops around a contraction's memory ---------===//

#include "ContractionNest.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using ::tenon::ContractionNest;
using ::tenon::StridedOperand;

ContractionNest::ContractionNest(const Contraction &contraction,
                                 const ContractionForm &form, int64_t lanes)
    : contraction(contraction), form(form), lanes(lanes),
      builder(contraction.op), loc(contraction.op->getLoc()),
      lhs(form.swapped ? contraction.rhs : contraction.lhs),
      rhs(form.swapped ? contraction.lhs : contraction.rhs),
      result(contraction.result),
      vectorType(VectorType::get({lanes}, contraction.accumulatorType())),
      indices(contraction.sizes.size()), extents(contraction.sizes) {
  linalg::LinalgOp op = contraction.op;
  for (Range range : op.createLoopRanges(builder, loc))
    sizes.push_back(getValueOrCreateConstantIndexOp(builder, loc, range.size));
  begins.assign(sizes.size(), constant(0));
  ends = sizes;
  for (StridedOperand *operand : {&lhs, &rhs, &result})
    flatten(*operand);
}

void ContractionNest::overLoops(ArrayRef<int64_t> loops,
                                function_ref<void()> body) {
  if (loops.empty())
    return body();
  step(loops.front(), begins[loops.front()], ends[loops.front()], 1,
       [&] { overLoops(loops.drop_front(), body); });
}

void ContractionNest::step(int64_t loop, Value begin, Value end, int64_t by,
                           function_ref<void()> body) {
  auto op = scf::ForOp::create(builder, loc, begin, end, constant(by));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(op.getBody());
  indices[loop] = op.getInductionVar();
  body();
  indices[loop] = {};
}

SmallVector<Value> ContractionNest::reduceOver(
    ArrayRef<int64_t> loops, SmallVector<Value> accumulators,
    function_ref<SmallVector<Value>(SmallVector<Value>)> body, int64_t splits,
    int64_t unit) {
  if (loops.empty())
    return body(accumulators);
  int64_t steps = loops.size() == 1 ? splits : 1;
  int64_t stride = loops.size() == 1 ? unit : 1;
  auto op = scf::ForOp::create(builder, loc, begins[loops.front()],
                               ends[loops.front()], constant(steps * stride),
                               accumulators);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(op.getBody());
  SmallVector<Value> now = llvm::to_vector_of<Value>(op.getRegionIterArgs()),
                     next;
  size_t each = now.size() / steps;
  for (int64_t step = 0; step < steps; ++step) {
    indices[loops.front()] =
        step == 0 ? op.getInductionVar()
                  : arith::AddIOp::create(builder, loc, op.getInductionVar(),
                                          constant(step * stride))
                        .getResult();
    llvm::append_range(
        next,
        reduceOver(loops.drop_front(),
                   llvm::to_vector(ArrayRef(now).slice(step * each, each)),
                   body, splits, unit));
  }
  // A loop without accumulators has its terminator.
  if (!next.empty())
    scf::YieldOp::create(builder, loc, next);
  indices[loops.front()] = {};
  return llvm::to_vector_of<Value>(op.getResults());
}

Value ContractionNest::constant(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

Value ContractionNest::zeros() {
  return arith::ConstantOp::create(builder, loc, vectorType,
                                   builder.getZeroAttr(vectorType));
}

void ContractionNest::flatten(StridedOperand &operand) {
  auto metadata =
      memref::ExtractStridedMetadataOp::create(builder, loc, operand.memref);
  auto layout =
      StridedLayoutAttr::get(builder.getContext(), ShapedType::kDynamic, {1});
  auto source = cast<MemRefType>(operand.memref.getType());
  auto type = MemRefType::get({ShapedType::kDynamic}, source.getElementType(),
                              layout, source.getMemorySpace());
  operand.memref = memref::ReinterpretCastOp::create(
      builder, loc, type, metadata.getBaseBuffer(),
      OpFoldResult(metadata.getOffset()),
      ArrayRef<OpFoldResult>{
          builder.getIndexAttr(std::numeric_limits<int64_t>::max())},
      ArrayRef<OpFoldResult>{builder.getIndexAttr(1)});
}

Value ContractionNest::address(const StridedOperand &operand, int64_t shift) {
  // The constant comes last: what is read around one place is then one address
  // with displacements. In front of what changes in a loop, each constant would
  // make a pointer of its own outside of it, and take a register.
  Value sum = operand.start;
  auto add = [&](Value part) {
    sum =
        sum ? arith::AddIOp::create(builder, loc, sum, part).getResult() : part;
  };
  for (auto [index, stride] : llvm::zip(indices, operand.strides))
    if (index && stride != 0)
      add(arith::MulIOp::create(builder, loc, index, constant(stride)));
  add(constant(operand.offset + shift));
  return sum;
}

void ContractionNest::tiles(int64_t loop, int64_t tile,
                            function_ref<void(int64_t)> body) {
  if (loop < 0)
    return body(1);
  int64_t size = contraction.sizes[loop];
  if (!ShapedType::isDynamic(size)) {
    if (size < 4 * tile && size % tile != 0)
      tile = llvm::divideCeil(size, llvm::divideCeil(size, tile));
    // Few steps left over would not hide the latency of a sum: they share
    // with the last whole tile.
    int64_t rest = size % tile, whole = size - rest;
    if (rest > 0 && 2 * rest <= tile && whole > 0) {
      whole -= tile;
      rest += tile;
    }
    if (whole > 0)
      step(loop, constant(0), constant(whole), tile, [&] { body(tile); });
    while (rest > 0) {
      int64_t part = rest > tile ? llvm::divideCeil(rest, 2) : rest;
      step(loop, constant(size - rest), constant(size - rest + part), part,
           [&] { body(part); });
      rest -= part;
    }
    return;
  }
  Value rest =
      arith::RemUIOp::create(builder, loc, sizes[loop], constant(tile));
  Value whole = arith::SubIOp::create(builder, loc, sizes[loop], rest);
  step(loop, constant(0), whole, tile, [&] { body(tile); });
  step(loop, whole, sizes[loop], 1, [&] { body(1); });
}

Value ContractionNest::convert(const StridedOperand &operand, Value value) {
  auto like = [&](Type element) -> Type {
    return isa<VectorType>(value.getType()) ? VectorType::get({lanes}, element)
                                            : element;
  };
  for (Operation *op : operand.conversions) {
    SmallVector<Value> operands = {value};
    if (op->getNumOperands() == 2) {
      auto number = op->getOperand(1).getDefiningOp<arith::ConstantOp>();
      TypedAttr constant = number.getValue();
      if (auto type = dyn_cast<VectorType>(like(constant.getType())))
        constant = DenseElementsAttr::get(type, Attribute(constant));
      operands.push_back(arith::ConstantOp::create(builder, loc, constant));
    }
    OperationState state(loc, op->getName(), operands,
                         {like(op->getResult(0).getType())}, op->getAttrs());
    value = builder.create(state)->getResult(0);
  }
  return value;
}

Value ContractionNest::loadScalar(const StridedOperand &operand, Value index) {
  return memref::LoadOp::create(builder, loc, operand.memref, index);
}

Value ContractionNest::loadLanes(const StridedOperand &operand, Value index,
                                 Value mask) {
  Type bits = builder.getI16Type();
  SmallVector<Value> elements;
  for (int64_t lane = 0; lane < lanes; ++lane) {
    Value isSet = vector::ExtractOp::create(builder, loc, mask, lane);
    auto choice = scf::IfOp::create(builder, loc, bits, isSet,
                                    /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(choice.thenBlock());
    Value place = arith::AddIOp::create(builder, loc, index, constant(lane));
    Value element = arith::BitcastOp::create(builder, loc, bits,
                                             loadScalar(operand, place));
    scf::YieldOp::create(builder, loc, element);
    builder.setInsertionPointToStart(choice.elseBlock());
    Value zero =
        arith::ConstantOp::create(builder, loc, builder.getZeroAttr(bits));
    scf::YieldOp::create(builder, loc, zero);
    elements.push_back(choice.getResult(0));
  }
  Value vector = vector::FromElementsOp::create(
      builder, loc, VectorType::get({lanes}, bits), elements);
  return arith::BitcastOp::create(
      builder, loc, VectorType::get({lanes}, operand.elementType), vector);
}

Value ContractionNest::loadVector(const StridedOperand &operand, Value index,
                                  int64_t stride, Value mask) {
  auto type = VectorType::get({lanes}, operand.elementType);
  if (stride == 1 && !mask)
    return vector::LoadOp::create(builder, loc, type, operand.memref, index);
  Value zero =
      arith::ConstantOp::create(builder, loc, type, builder.getZeroAttr(type));
  if (stride == 1 && mask &&
      isa<Float16Type, BFloat16Type>(operand.elementType))
    return loadLanes(operand, index, mask);
  if (stride == 1)
    return vector::MaskedLoadOp::create(builder, loc, type, operand.memref,
                                        index, mask, zero);
  auto steps = VectorType::get({lanes}, builder.getIndexType());
  SmallVector<Attribute> offsets;
  for (int64_t lane = 0; lane < lanes; ++lane)
    offsets.push_back(builder.getIndexAttr(lane * stride));
  Value positions = arith::ConstantOp::create(
      builder, loc, steps, DenseElementsAttr::get(steps, offsets));
  if (!mask) {
    auto bits = VectorType::get({lanes}, builder.getI1Type());
    mask = arith::ConstantOp::create(builder, loc, bits,
                                     DenseElementsAttr::get(bits, true));
  }
  return vector::GatherOp::create(builder, loc, type, operand.memref,
                                  ValueRange{index}, positions, mask, zero);
}

Value ContractionNest::maskAtEnd(int64_t loop) {
  Value left = arith::SubIOp::create(builder, loc, sizes[loop], indices[loop]);
  auto bits = VectorType::get({lanes}, builder.getI1Type());
  return vector::CreateMaskOp::create(builder, loc, bits, left);
}

void ContractionNest::storeSums(Value sums, Value index, Value mask) {
  if (mask)
    vector::MaskedStoreOp::create(builder, loc, result.memref, index, mask,
                                  sums);
  else
    vector::StoreOp::create(builder, loc, sums, result.memref, index);
}

Value ContractionNest::allocate(int64_t elements, Type elementType) {
  OpBuilder::InsertionGuard guard(builder);
  auto kernel = contraction.op->getParentOfType<func::FuncOp>();
  builder.setInsertionPointToStart(&kernel.getBody().front());
  return memref::AllocaOp::create(builder, loc,
                                  MemRefType::get({elements}, elementType),
                                  builder.getI64IntegerAttr(64));
}

StridedOperand ContractionNest::copied(const StridedOperand &operand,
                                       ArrayRef<int64_t> loops, int64_t length,
                                       int64_t padding, bool converted) {
  StridedOperand buffer{{}, vectorType.getElementType(), {}, 0, {}, {}};
  if (!converted) {
    buffer.elementType = operand.elementType;
    buffer.conversions = operand.conversions;
  }
  buffer.strides.assign(sizes.size(), 0);
  buffer.start = constant(0);
  int64_t elements = 1;
  for (int64_t loop : llvm::reverse(loops)) {
    Value origin = indices[loop] ? indices[loop] : begins[loop];
    buffer.strides[loop] = elements;
    buffer.start = arith::SubIOp::create(
        builder, loc, buffer.start,
        arith::MulIOp::create(builder, loc, origin, constant(elements)));
    elements *= loop == loops.back() ? length + padding : extents[loop];
  }
  buffer.memref = allocate(elements, buffer.elementType);
  auto copyVector = [&](int64_t shift) {
    Value vector = loadVector(operand, address(operand, shift), 1, {});
    if (converted)
      vector = convert(operand, vector);
    vector::StoreOp::create(builder, loc, vector, buffer.memref,
                            address(buffer, shift));
  };
  auto copyRow = [&] {
    if (!indices[loops.back()])
      return step(loops.back(), begins[loops.back()], ends[loops.back()], lanes,
                  [&] { copyVector(0); });
    for (int64_t shift = 0; shift < length; shift += lanes)
      copyVector(shift);
  };
  overLoops(loops.drop_back(), copyRow);
  return buffer;
}

Value ContractionNest::extended(const StridedOperand &operand, Value value,
                                Type elementType) {
  auto type = cast<VectorType>(value.getType());
  if (type.getElementType() == elementType)
    return value;
  Type wide = type.clone(elementType);
  if (isa<arith::ExtUIOp>(operand.conversions.front()))
    return arith::ExtUIOp::create(builder, loc, wide, value);
  return arith::ExtSIOp::create(builder, loc, wide, value);
}

StridedOperand ContractionNest::copiedGroups(const StridedOperand &operand,
                                             ArrayRef<int64_t> loops,
                                             int64_t columns, int64_t length,
                                             int64_t group, Type elementType) {
  int64_t vectorLoop = loops.back(), summed = loops.drop_back().back();
  StridedOperand buffer{{}, elementType,         {},
                        0,  operand.conversions, constant(0)};
  buffer.strides.assign(sizes.size(), 0);
  int64_t elements = 1;
  auto addLoop = [&](int64_t loop, int64_t stride) {
    Value origin = indices[loop] ? indices[loop] : begins[loop];
    buffer.strides[loop] = stride;
    buffer.start = arith::SubIOp::create(
        builder, loc, buffer.start,
        arith::MulIOp::create(builder, loc, origin, constant(stride)));
  };
  addLoop(vectorLoop, group);
  if (form.columnLoop >= 0)
    addLoop(form.columnLoop, group * length);
  addLoop(summed, columns * length);
  elements = columns * length * extents[summed];
  for (int64_t loop : llvm::reverse(loops.drop_back(2))) {
    addLoop(loop, elements);
    elements *= extents[loop];
  }
  buffer.memref = allocate(elements, buffer.elementType);
  auto copyGroup = [&](int64_t column, int64_t place) {
    int64_t shift = column * strideOf(operand, form.columnLoop) +
                    place * operand.strides[vectorLoop];
    auto step = [&](int64_t number) {
      Value index = address(operand, shift + number * operand.strides[summed]);
      return extended(operand, loadVector(operand, index, 1, {}), elementType);
    };
    auto interleave = [&](Value even, Value odd) -> Value {
      return vector::InterleaveOp::create(builder, loc, even, odd);
    };
    Value together = group == 2 ? interleave(step(0), step(1))
                                : interleave(interleave(step(0), step(2)),
                                             interleave(step(1), step(3)));
    vector::StoreOp::create(builder, loc, together, buffer.memref,
                            address(buffer, group * (column * length + place)));
  };
  overLoops(loops.drop_back(2), [&] {
    step(summed, begins[summed], ends[summed], group, [&] {
      for (int64_t column = 0; column < columns; ++column)
        for (int64_t place = 0; place < length; place += lanes)
          copyGroup(column, place);
    });
  });
  return buffer;
}
