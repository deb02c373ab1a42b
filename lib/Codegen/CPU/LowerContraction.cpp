//===- LowerContraction.cpp - Register-tiled sums of products -------------===//

#include "Contraction.h"

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace tenon {
#define GEN_PASS_DEF_LOWERCONTRACTIONPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using ::tenon::Contraction;
using ::tenon::ContractionForm;
using ::tenon::StridedOperand;

// Register tiles for 16 vector registers: accumulators, one operand's vectors,
// one spare for a broadcast.
static constexpr int64_t outerAccumulators = 12, outerVectors = 2,
                         wantedAccumulators = 8;
static constexpr int64_t innerRows = 3, innerColumns = 4;
/// Steps of a summed axis that the vectors of one pass over the rows come from:
/// 16 KB of f32 for two vectors of 32 bytes, half of the usual first cache.
static constexpr int64_t summedBlock = 256;

/// The op before `op` that fills its result with zeros, if nothing between them
/// touches memory and `op` writes all of it.
static linalg::FillOp zeroBefore(linalg::LinalgOp op) {
  AffineMap written = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (!written.isProjectedPermutation() ||
      written.getNumResults() != op.getNumParallelLoops())
    return nullptr;
  for (Operation *before = op->getPrevNode(); before;
       before = before->getPrevNode()) {
    auto fill = dyn_cast<linalg::FillOp>(before);
    if (fill && fill.output() == op.getDpsInits().front() &&
        matchPattern(fill.value(), m_PosZeroFloat()))
      return fill;
    if (!isMemoryEffectFree(before))
      return nullptr;
  }
  return nullptr;
}

namespace {
/// Emits the loop nest of one contraction in place of its op.
class Emitter {
public:
  Emitter(Contraction &contraction, const ContractionForm &form, int64_t lanes)
      : contraction(contraction), form(form), lanes(lanes),
        builder(contraction.op), loc(contraction.op.getLoc()),
        lhs(form.swapped ? contraction.rhs : contraction.lhs),
        rhs(form.swapped ? contraction.lhs : contraction.rhs),
        result(contraction.result), indices(contraction.sizes.size()) {
    vectorType = VectorType::get({lanes}, contraction.accumulatorType());
  }

  void run() {
    for (Range range : contraction.op.createLoopRanges(builder, loc))
      sizes.push_back(
          getValueOrCreateConstantIndexOp(builder, loc, range.size));
    for (StridedOperand *operand : {&lhs, &rhs, &result})
      flatten(*operand);
    extents = contraction.sizes;
    ends = sizes;
    begins.assign(sizes.size(), constant(0));
    // Where one pass over the rows sums all up, it starts from zero itself.
    if (linalg::FillOp fill = zeroBefore(contraction.op);
        fill && form.outer && isOneBlock()) {
      startsAtZero = true;
      fill->erase();
    }
    // Loops that leave the vectors alone go inside, so that these stay near.
    SmallVector<int64_t> outer, again;
    for (int64_t loop : contraction.parallel)
      if (loop != form.rowLoop && loop != form.columnLoop &&
          !(form.outer && loop == form.vectorLoop))
        (form.outer && rhs.strides[loop] == 0 ? again : outer).push_back(loop);
    overLoops(outer, [&] {
      if (!form.outer)
        return overColumns();
      overBlocks([&] { overLoops(again, [&] { overVectors(); }); });
    });
    contraction.op->erase();
  }

private:
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }

  /// Sums that nothing has been added to.
  Value zeros() {
    return arith::ConstantOp::create(builder, loc, vectorType,
                                     builder.getZeroAttr(vectorType));
  }

  /// Lets `operand` be addressed by one index from its first element on.
  void flatten(StridedOperand &operand) {
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

  /// The index of `operand` at the current iteration, `shift` elements on.
  Value address(const StridedOperand &operand, int64_t shift = 0) {
    Value sum = constant(operand.offset + shift);
    if (operand.start)
      sum = arith::AddIOp::create(builder, loc, sum, operand.start);
    for (auto [index, stride] : llvm::zip(indices, operand.strides))
      if (index && stride != 0)
        sum = arith::AddIOp::create(
            builder, loc, sum,
            arith::MulIOp::create(builder, loc, index, constant(stride)));
    return sum;
  }

  int64_t strideOf(const StridedOperand &operand, int64_t loop) {
    return loop < 0 ? 0 : operand.strides[loop];
  }

  /// Runs `body` for each iteration of `loops`, the first outermost.
  template <typename Body> void overLoops(ArrayRef<int64_t> loops, Body body) {
    if (loops.empty())
      return body();
    step(loops.front(), constant(0), sizes[loops.front()], 1,
         [&] { overLoops(loops.drop_front(), body); });
  }

  /// A loop over [begin, end) of loop `loop` in steps.
  template <typename Body>
  void step(int64_t loop, Value begin, Value end, int64_t by, Body body) {
    auto op = scf::ForOp::create(builder, loc, begin, end, constant(by));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(op.getBody());
    indices[loop] = op.getInductionVar();
    body();
    indices[loop] = {};
  }

  /// Whether overBlocks makes one block of all summed axes.
  bool isOneBlock() {
    int64_t steps = 1;
    for (int64_t loop : contraction.reduction)
      steps *= ShapedType::isDynamic(contraction.sizes[loop])
                   ? summedBlock + 1
                   : contraction.sizes[loop];
    return steps <= summedBlock;
  }

  /// Runs `body` for blocks of the summed axes, so that the part of the vectors
  /// that one block reads stays in the first cache while the rows go by.
  template <typename Body> void overBlocks(Body body) {
    inner = contraction.reduction;
    SmallVector<int64_t> single;
    int64_t steps = 1;
    for (int64_t loop : llvm::reverse(contraction.reduction)) {
      int64_t size = contraction.sizes[loop];
      if (ShapedType::isDynamic(size))
        return body();
      if (steps > 1 && steps * size > summedBlock)
        single.insert(single.begin(), loop);
      else
        steps *= size;
    }
    overLoops(single, [&] {
      inner = llvm::to_vector(
          llvm::make_filter_range(contraction.reduction, [&](int64_t loop) {
            return !llvm::is_contained(single, loop);
          }));
      if (steps <= summedBlock)
        return body();
      // All others have size 1.
      int64_t loop = *llvm::max_element(inner, [&](int64_t a, int64_t b) {
        return contraction.sizes[a] < contraction.sizes[b];
      });
      int64_t size = contraction.sizes[loop];
      int64_t block =
          llvm::divideCeil(size, llvm::divideCeil(size, summedBlock));
      auto op = scf::ForOp::create(builder, loc, constant(0), constant(size),
                                   constant(block));
      OpBuilder::InsertionGuard guard(builder);
      builder.setInsertionPointToStart(op.getBody());
      extents[loop] = block;
      begins[loop] = op.getInductionVar();
      ends[loop] =
          arith::AddIOp::create(builder, loc, begins[loop], constant(block));
      if (size % block != 0)
        ends[loop] =
            arith::MinSIOp::create(builder, loc, ends[loop], constant(size));
      body();
    });
  }

  /// Covers loop `loop` by tiles of at most `tile` steps: where its size is
  /// known of nearly equal ones, else step by step at the end. `body` is told
  /// the tile's size.
  template <typename Body> void tiles(int64_t loop, int64_t tile, Body body) {
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

  /// The factor that `value`, an element or a vector of them, stands for.
  Value convert(const StridedOperand &operand, Value value) {
    auto like = [&](Type element) -> Type {
      return isa<VectorType>(value.getType())
                 ? VectorType::get({lanes}, element)
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

  Value loadScalar(const StridedOperand &operand, Value index) {
    return memref::LoadOp::create(builder, loc, operand.memref, index);
  }

  /// A vector of `operand` from `index` on, `stride` elements apart; where
  /// there is a mask, zero past it.
  Value loadVector(const StridedOperand &operand, Value index, int64_t stride,
                   Value mask) {
    auto type = VectorType::get({lanes}, operand.elementType);
    if (stride == 1 && !mask)
      return vector::LoadOp::create(builder, loc, type, operand.memref, index);
    Value zero = arith::ConstantOp::create(builder, loc, type,
                                           builder.getZeroAttr(type));
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

  /// Into how many sums a tile of `accumulators` vectors is split along the
  /// innermost of the loops `inner`: fewer than eight in flight would wait for
  /// each other.
  int64_t splitsFor(int64_t accumulators) {
    int64_t size = contraction.sizes[inner.back()];
    if (ShapedType::isDynamic(size))
      return 1;
    // Blocks of it are whole multiples too.
    int64_t block = extents[inner.back()];
    int64_t splits = 1;
    while (2 * splits * accumulators <= wantedAccumulators &&
           size % (2 * splits) == 0 && block % (2 * splits) == 0)
      splits *= 2;
    return splits;
  }

  /// Runs the summed loops `loops` around `body`, which maps accumulators to
  /// accumulators; of the innermost `splits` steps at once, each with
  /// accumulators of its own.
  template <typename Body>
  SmallVector<Value> reduceOver(ArrayRef<int64_t> loops,
                                SmallVector<Value> accumulators, Body body,
                                int64_t splits = 1) {
    if (loops.empty())
      return body(accumulators);
    int64_t steps = loops.size() == 1 ? splits : 1;
    auto op =
        scf::ForOp::create(builder, loc, begins[loops.front()],
                           ends[loops.front()], constant(steps), accumulators);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(op.getBody());
    SmallVector<Value> now = llvm::to_vector_of<Value>(op.getRegionIterArgs()),
                       next;
    size_t each = now.size() / steps;
    for (int64_t step = 0; step < steps; ++step) {
      indices[loops.front()] =
          step == 0 ? op.getInductionVar()
                    : arith::AddIOp::create(builder, loc, op.getInductionVar(),
                                            constant(step))
                          .getResult();
      llvm::append_range(
          next,
          reduceOver(loops.drop_front(),
                     llvm::to_vector(ArrayRef(now).slice(step * each, each)),
                     body, splits));
    }
    // A loop without accumulators has its terminator.
    if (!next.empty())
      scf::YieldOp::create(builder, loc, next);
    indices[loops.front()] = {};
    return llvm::to_vector_of<Value>(op.getResults());
  }

  // Outer form: acc[row, lanes] += lhs[row] * rhs[lanes].

  void overVectors() {
    int64_t loop = form.vectorLoop, tile = outerVectors * lanes;
    Value size = sizes[loop];
    Value rest = arith::RemUIOp::create(builder, loc, size, constant(tile));
    Value whole = arith::SubIOp::create(builder, loc, size, rest);
    bool isStatic = !ShapedType::isDynamic(contraction.sizes[loop]);
    if (!isStatic || contraction.sizes[loop] >= tile)
      step(loop, constant(0), whole, tile, [&] {
        StridedOperand stored = rhs;
        if (paysToConvert())
          rhs = converted(tile);
        overRows(outerVectors, {});
        rhs = stored;
      });
    if (isStatic && contraction.sizes[loop] % tile == 0)
      return;
    step(loop, whole, size, lanes, [&] {
      Value left = arith::SubIOp::create(builder, loc, size, indices[loop]);
      auto bits = VectorType::get({lanes}, builder.getI1Type());
      Value mask = vector::CreateMaskOp::create(builder, loc, bits, left);
      overRows(1, mask);
    });
  }

  /// Whether so many rows meet a vector that its elements had better become
  /// factors once, ahead of them.
  bool paysToConvert() {
    if (rhs.conversions.empty() || form.rowLoop < 0 ||
        rhs.strides[form.rowLoop] != 0 || rhs.strides[form.vectorLoop] != 1)
      return false;
    int64_t steps = 1;
    for (int64_t loop : inner) {
      if (ShapedType::isDynamic(extents[loop]))
        return false;
      steps *= extents[loop];
    }
    return contraction.sizes[form.rowLoop] >= 4 * outerAccumulators &&
           steps <= 2 * summedBlock;
  }

  /// The factors of the vectors that the rows of this block meet, `tile` of
  /// them a step, in a buffer.
  StridedOperand converted(int64_t tile) {
    StridedOperand buffer{{}, vectorType.getElementType(), {}, 0, {}, {}};
    buffer.strides.assign(sizes.size(), 0);
    int64_t elements = tile;
    buffer.start = arith::SubIOp::create(builder, loc, constant(0),
                                         indices[form.vectorLoop]);
    buffer.strides[form.vectorLoop] = 1;
    for (int64_t loop : llvm::reverse(inner)) {
      buffer.strides[loop] = elements;
      buffer.start = arith::SubIOp::create(
          builder, loc, buffer.start,
          arith::MulIOp::create(builder, loc, begins[loop],
                                constant(elements)));
      elements *= extents[loop];
    }
    {
      OpBuilder::InsertionGuard guard(builder);
      auto kernel = contraction.op->getParentOfType<func::FuncOp>();
      builder.setInsertionPointToStart(&kernel.getBody().front());
      buffer.memref = memref::AllocaOp::create(
          builder, loc, MemRefType::get({elements}, buffer.elementType),
          builder.getI64IntegerAttr(64));
    }
    reduceOver(inner, {}, [&](SmallVector<Value> none) {
      for (int64_t v = 0; v < tile; v += lanes)
        vector::StoreOp::create(
            builder, loc, convert(rhs, loadVector(rhs, address(rhs, v), 1, {})),
            buffer.memref, address(buffer, v));
      return none;
    });
    return buffer;
  }

  void overRows(int64_t vectors, Value mask) {
    tiles(form.rowLoop, outerAccumulators / vectors,
          [&](int64_t rows) { outerTile(rows, vectors, mask); });
  }

  void outerTile(int64_t rows, int64_t vectors, Value mask) {
    int64_t resultRow = strideOf(result, form.rowLoop);
    int64_t count = rows * vectors, splits = splitsFor(count);
    SmallVector<Value> accumulators(splits * count, zeros());
    for (int64_t i = 0; i < count && !startsAtZero; ++i)
      accumulators[i] = loadVector(
          result,
          address(result, i / vectors * resultRow + i % vectors * lanes), 1,
          mask);
    auto addProducts = [&](SmallVector<Value> sums) {
      int64_t vectorStride = rhs.strides[form.vectorLoop],
              rhsRow = strideOf(rhs, form.rowLoop);
      SmallVector<Value> vectorsNow;
      for (int64_t row = 0; row < rows; ++row) {
        if (row == 0 || rhsRow != 0) {
          vectorsNow.clear();
          for (int64_t v = 0; v < vectors; ++v)
            vectorsNow.push_back(convert(
                rhs,
                loadVector(
                    rhs, address(rhs, row * rhsRow + v * lanes * vectorStride),
                    vectorStride, mask)));
        }
        Value scalar = convert(
            lhs,
            loadScalar(lhs, address(lhs, row * strideOf(lhs, form.rowLoop))));
        Value factor =
            vector::BroadcastOp::create(builder, loc, vectorType, scalar);
        for (int64_t v = 0; v < vectors; ++v)
          sums[row * vectors + v] = vector::FMAOp::create(
              builder, loc, factor, vectorsNow[v], sums[row * vectors + v]);
      }
      return sums;
    };
    accumulators = reduceOver(inner, accumulators, addProducts, splits);
    for (int64_t other = splits / 2; other > 0; other /= 2)
      for (int64_t i = 0; i < other * count; ++i)
        accumulators[i] = arith::AddFOp::create(
            builder, loc, accumulators[i], accumulators[i + other * count]);
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t v = 0; v < vectors; ++v) {
        Value index = address(result, row * resultRow + v * lanes),
              value = accumulators[row * vectors + v];
        if (mask)
          vector::MaskedStoreOp::create(builder, loc, result.memref, index,
                                        mask, value);
        else
          vector::StoreOp::create(builder, loc, value, result.memref, index);
      }
  }

  // Inner form: acc[row, column] += sum over lanes of lhs[row, lanes] *
  // rhs[column, lanes].

  void overColumns() {
    tiles(form.columnLoop, innerColumns, [&](int64_t columns) {
      tiles(form.rowLoop, innerRows,
            [&](int64_t rows) { innerTile(rows, columns); });
    });
  }

  void innerTile(int64_t rows, int64_t columns) {
    SmallVector<Value> sums(rows * columns, zeros());
    SmallVector<int64_t> others;
    for (int64_t loop : contraction.reduction)
      if (loop != form.vectorLoop)
        others.push_back(loop);
    Value size = sizes[form.vectorLoop];
    int64_t known = contraction.sizes[form.vectorLoop];
    Value rest = arith::RemUIOp::create(builder, loc, size, constant(lanes));
    Value whole = arith::SubIOp::create(builder, loc, size, rest);
    sums = reduceOver(others, sums, [&](SmallVector<Value> now) {
      now = alongLanes(constant(0), whole, now, rows, columns, {});
      if (!ShapedType::isDynamic(known) && known % lanes == 0)
        return now;
      auto bits = VectorType::get({lanes}, builder.getI1Type());
      Value mask = vector::CreateMaskOp::create(builder, loc, bits, rest);
      return alongLanes(whole, size, now, rows, columns, mask);
    });
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t column = 0; column < columns; ++column) {
        Value index =
            address(result, row * strideOf(result, form.rowLoop) +
                                column * strideOf(result, form.columnLoop));
        Value sum = vector::ReductionOp::create(
            builder, loc, vector::CombiningKind::ADD,
            sums[row * columns + column], loadScalar(result, index),
            arith::FastMathFlags::reassoc);
        memref::StoreOp::create(builder, loc, sum, result.memref, index);
      }
  }

  SmallVector<Value> alongLanes(Value begin, Value end, SmallVector<Value> sums,
                                int64_t rows, int64_t columns, Value mask) {
    auto op =
        scf::ForOp::create(builder, loc, begin, end, constant(lanes), sums);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(op.getBody());
    indices[form.vectorLoop] = op.getInductionVar();
    SmallVector<Value> next = llvm::to_vector_of<Value>(op.getRegionIterArgs()),
                       left;
    for (int64_t row = 0; row < rows; ++row)
      left.push_back(convert(
          lhs, loadVector(lhs, address(lhs, row * strideOf(lhs, form.rowLoop)),
                          1, mask)));
    for (int64_t column = 0; column < columns; ++column) {
      Value right = convert(
          rhs,
          loadVector(rhs, address(rhs, column * strideOf(rhs, form.columnLoop)),
                     1, mask));
      for (int64_t row = 0; row < rows; ++row)
        next[row * columns + column] = vector::FMAOp::create(
            builder, loc, left[row], right, next[row * columns + column]);
    }
    scf::YieldOp::create(builder, loc, next);
    indices[form.vectorLoop] = {};
    return llvm::to_vector_of<Value>(op.getResults());
  }

  Contraction &contraction;
  const ContractionForm &form;
  int64_t lanes;
  OpBuilder builder;
  Location loc;
  StridedOperand lhs, rhs, result;
  SmallVector<Value> indices, sizes;
  /// What a block covers of each loop, and the summed loops inside it.
  SmallVector<Value> begins, ends;
  SmallVector<int64_t> extents, inner;
  VectorType vectorType;
  bool startsAtZero = false;
};

struct LowerContraction
    : ::tenon::impl::LowerContractionPassBase<LowerContraction> {
  using Base::Base;

  void runOnOperation() override {
    SmallVector<linalg::LinalgOp> ops;
    getOperation().walk([&](linalg::LinalgOp op) { ops.push_back(op); });
    for (linalg::LinalgOp op : ops) {
      FailureOr<Contraction> contraction = ::tenon::matchContraction(op);
      if (failed(contraction))
        continue;
      int64_t lanes = vectorBytes * 8 /
                      contraction->accumulatorType().getIntOrFloatBitWidth();
      if (std::optional<ContractionForm> form =
              ::tenon::chooseForm(*contraction, lanes))
        Emitter(*contraction, *form, lanes).run();
    }
  }
};
} // namespace
