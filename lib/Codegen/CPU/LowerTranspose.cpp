//===- LowerTranspose.cpp - Transpositions in registers -------------------===//

#include "VectorBody.h"

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace tenon {
#define GEN_PASS_DEF_LOWERTRANSPOSEPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

/// Rows and columns of the square that registers hold: of 32-bit elements two
/// lines of 128 bits for each row, of 16-bit ones one.
static constexpr int64_t side = 8;
/// Far enough ahead for memory to answer, while squares are exchanged.
static constexpr int64_t cacheLineBits = 512, linesAhead = 4;

/// Whether `buffer` has elements that a square's shuffles can move, one after
/// the other along the innermost axis of its memory.
static bool isSuitable(Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  SmallVector<int64_t> strides;
  int64_t offset;
  return type.getElementType().isIntOrFloat() &&
         llvm::is_contained({16u, 32u}, type.getElementTypeBitWidth()) &&
         succeeded(type.getStridesAndOffset(strides, offset)) &&
         !strides.empty() && strides.back() == 1;
}

/// Whether vectors can take the place of the elements in `op`'s body.
static bool isElementwise(linalg::GenericOp op) {
  return llvm::all_of(op.getBody()->without_terminator(), [](Operation &inner) {
    return isa<arith::ArithDialect>(inner.getDialect()) &&
           tenon::isElementwiseOnNumbers(inner);
  });
}

/// The loop along which some input's elements are neighbours although the
/// result's are so along the innermost loop, where `op` consists of such inputs
/// and others that are as the result is or the same for all of it.
static std::optional<unsigned> transposedLoop(linalg::GenericOp op) {
  unsigned innermost = op.getNumLoops() - 1;
  if (op.getNumLoops() < 2 || op.getNumReductionLoops() != 0 ||
      op.getNumDpsInits() != 1 || !op.hasPureBufferSemantics() ||
      op.payloadUsesValueFromOperand(op.getDpsInitOperand(0)) ||
      !op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isIdentity() ||
      !isSuitable(op.getDpsInits().front()) || !isElementwise(op))
    return std::nullopt;
  std::optional<unsigned> across;
  for (OpOperand *input : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(input);
    if (!isa<MemRefType>(input->get().getType()))
      continue;
    if (!map.isProjectedPermutation(/*allowZeroInResults=*/true))
      return std::nullopt;
    if (!map.isFunctionOfDim(innermost))
      continue;
    auto last = dyn_cast<AffineDimExpr>(map.getResults().back());
    if (!last || !isSuitable(input->get()) ||
        (last.getPosition() != innermost && across &&
         across != last.getPosition()))
      return std::nullopt;
    if (last.getPosition() != innermost)
      across = last.getPosition();
  }
  auto isShort = [&](unsigned loop) {
    int64_t size = op.getStaticLoopRanges()[loop];
    return !ShapedType::isDynamic(size) && size < side;
  };
  if (!across || isShort(*across) || isShort(innermost))
    return std::nullopt;
  return across;
}

namespace {
class Emitter {
public:
  Emitter(linalg::GenericOp op, unsigned across, int64_t vectorBytes)
      : op(op), across(across), innermost(op.getNumLoops() - 1), builder(op),
        loc(op.getLoc()), indices(op.getNumLoops()),
        joined(squaresToJoin(vectorBytes)) {}

  void run() {
    for (Range range : cast<linalg::LinalgOp>(op.getOperation())
                           .createLoopRanges(builder, loc))
      sizes.push_back(
          getValueOrCreateConstantIndexOp(builder, loc, range.size));
    SmallVector<unsigned> others;
    for (unsigned loop = 0; loop < op.getNumLoops(); ++loop)
      if (loop != across && loop != innermost)
        others.push_back(loop);
    overLoops(others, [&] { overSquares(); });
    op.erase();
  }

private:
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }

  void step(unsigned loop, Value begin, Value end, int64_t by,
            function_ref<void()> body) {
    auto nest = scf::ForOp::create(builder, loc, begin, end, constant(by));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(nest.getBody());
    indices[loop] = nest.getInductionVar();
    body();
  }

  void overLoops(ArrayRef<unsigned> loops, function_ref<void()> body) {
    if (loops.empty())
      return body();
    step(loops.front(), constant(0), sizes[loops.front()], 1,
         [&] { overLoops(loops.drop_front(), body); });
  }

  /// How many squares below each other share the vectors of the body's
  /// arithmetic: as many as these hold, where the loop is a multiple of them.
  int64_t squaresToJoin(int64_t vectorBytes) {
    int64_t known = op.getStaticLoopRanges()[innermost];
    unsigned bits = 0;
    for (Operation &inner : op.getBody()->without_terminator())
      for (Type type : inner.getResultTypes())
        if (type.isIntOrFloat())
          bits = std::max(bits, type.getIntOrFloatBitWidth());
    if (bits == 0 || ShapedType::isDynamic(known))
      return 1;
    int64_t lanes = 8 * vectorBytes / bits;
    return lanes > side && lanes % side == 0 && known % lanes == 0
               ? lanes / side
               : 1;
  }

  /// How far along `across` squares next to each other reach that read whole
  /// cache lines of the inputs whose elements are neighbours there, or a part
  /// of them of which the loop is a multiple.
  int64_t widthOfSquares() {
    int64_t known = op.getStaticLoopRanges()[across], width = side;
    if (ShapedType::isDynamic(known))
      return width;
    unsigned bits = 32;
    for (OpOperand *input : op.getDpsInputOperands())
      if (isTransposed(input))
        bits = std::min(
            bits, getElementTypeOrSelf(input->get()).getIntOrFloatBitWidth());
    while (known % (2 * width) == 0 && 2 * width * bits <= cacheLineBits)
      width *= 2;
    return width;
  }

  /// Whether an input's elements are neighbours along `across`, but not all the
  /// same along the innermost loop.
  bool isTransposed(OpOperand *input) {
    AffineMap map = op.getMatchingIndexingMap(input);
    return isa<MemRefType>(input->get().getType()) &&
           map.isFunctionOfDim(innermost) &&
           map.getResults().back() == builder.getAffineDimExpr(across);
  }

  /// Whole squares, then what is left over beside and below them.
  void overSquares() {
    int64_t width = widthOfSquares();
    auto wholeOf = [&](unsigned loop) -> Value {
      int64_t size = op.getStaticLoopRanges()[loop];
      if (!ShapedType::isDynamic(size))
        return constant(size - size % side);
      Value rest =
          arith::RemUIOp::create(builder, loc, sizes[loop], constant(side));
      return arith::SubIOp::create(builder, loc, sizes[loop], rest);
    };
    Value zero = constant(0), wide = wholeOf(across), deep = wholeOf(innermost);
    step(across, zero, wide, width, [&] {
      step(innermost, zero, deep, side * joined, [&] {
        for (int64_t begin = 0; begin < width; begin += side)
          squares(begin);
      });
      step(innermost, deep, sizes[innermost], 1, [&] {
        Value first = indices[across];
        step(across, first,
             arith::AddIOp::create(builder, loc, first, constant(width)), 1,
             [&] { element(); });
        indices[across] = first;
      });
    });
    step(across, wide, sizes[across], 1, [&] {
      step(innermost, zero, sizes[innermost], 1, [&] { element(); });
    });
  }

  /// Where `operand`'s element of this iteration lies, `acrossBy` and
  /// `innermostBy` iterations on.
  SmallVector<Value> place(OpOperand *operand, int64_t acrossBy = 0,
                           int64_t innermostBy = 0) {
    SmallVector<Value> result;
    for (AffineExpr expr : op.getMatchingIndexingMap(operand).getResults()) {
      auto dim = dyn_cast<AffineDimExpr>(expr);
      if (!dim) {
        result.push_back(constant(0));
        continue;
      }
      int64_t shift = dim.getPosition() == across      ? acrossBy
                      : dim.getPosition() == innermost ? innermostBy
                                                       : 0;
      Value index = indices[dim.getPosition()];
      if (shift != 0)
        index = arith::AddIOp::create(builder, loc, index, constant(shift));
      result.push_back(index);
    }
    return result;
  }

  /// The body on `arguments`, elements or vectors of them.
  Value compute(ArrayRef<Value> arguments) {
    return tenon::computeBody(builder, op, arguments).front();
  }

  void element() {
    SmallVector<Value> arguments;
    for (OpOperand *input : op.getDpsInputOperands())
      arguments.push_back(
          isa<MemRefType>(input->get().getType())
              ? memref::LoadOp::create(builder, loc, input->get(), place(input))
                    .getResult()
              : input->get());
    memref::StoreOp::create(builder, loc, compute(arguments),
                            op.getDpsInits().front(),
                            place(op.getDpsInitOperand(0)));
  }

  Value loadVector(OpOperand *input, int64_t lanes, int64_t acrossBy,
                   int64_t innermostBy) {
    auto type = cast<MemRefType>(input->get().getType());
    return vector::LoadOp::create(
        builder, loc, VectorType::get({lanes}, type.getElementType()),
        input->get(), place(input, acrossBy, innermostBy));
  }

  /// Asks for a line that squares further along `across` will read: as many
  /// streams as a square has rows are more than processors follow by
  /// themselves.
  void prefetch(OpOperand *input, int64_t innermostBy) {
    auto type = cast<MemRefType>(input->get().getType());
    int64_t ahead = linesAhead * cacheLineBits / type.getElementTypeBitWidth();
    memref::PrefetchOp::create(builder, loc, input->get(),
                               place(input, ahead, innermostBy),
                               /*isWrite=*/false, /*localityHint=*/2,
                               /*isDataCache=*/true);
  }

  /// The columns of a square's rows.
  SmallVector<Value> transposed(SmallVector<Value> rows) {
    auto type = cast<VectorType>(rows.front().getType());
    if (type.getElementTypeBitWidth() == 32)
      return transposedWide(std::move(rows));
    // Processors without arithmetic on the type still move its bits.
    auto asBits = [&](Value row, Type element) -> Value {
      return arith::BitcastOp::create(builder, loc, type.clone(element), row);
    };
    for (Value &row : rows)
      row = asBits(row, builder.getI16Type());
    rows = transposedNarrow(std::move(rows));
    for (Value &row : rows)
      row = asBits(row, type.getElementType());
    return rows;
  }

  Value exchange(Value a, Value b, ArrayRef<int64_t> mask) {
    return vector::ShuffleOp::create(builder, loc, a, b, mask);
  }

  /// Within 128 bits, rows are interleaved with those half a square on: each
  /// time the highest bit of a row's number becomes the lowest of a column's.
  SmallVector<Value> transposedNarrow(SmallVector<Value> rows) {
    static constexpr int64_t low[] = {0, 8, 1, 9, 2, 10, 3, 11},
                             high[] = {4, 12, 5, 13, 6, 14, 7, 15};
    for (int64_t bits = side; bits > 1; bits /= 2) {
      SmallVector<Value> next;
      for (int64_t i = 0; i < side / 2; ++i) {
        next.push_back(exchange(rows[i], rows[i + side / 2], low));
        next.push_back(exchange(rows[i], rows[i + side / 2], high));
      }
      rows = std::move(next);
    }
    return rows;
  }

  /// By exchanges of 32, 64 and 128 bits.
  SmallVector<Value> transposedWide(SmallVector<Value> rows) {
    static constexpr int64_t low[][side] = {{0, 8, 1, 9, 4, 12, 5, 13},
                                            {0, 1, 8, 9, 4, 5, 12, 13},
                                            {0, 1, 2, 3, 8, 9, 10, 11}};
    static constexpr int64_t high[][side] = {{2, 10, 3, 11, 6, 14, 7, 15},
                                             {2, 3, 10, 11, 6, 7, 14, 15},
                                             {4, 5, 6, 7, 12, 13, 14, 15}};
    // Partners are 1, 2 and 4 rows apart; the last exchange puts what it makes
    // back in their places, those before next to each other.
    SmallVector<Value> next(side);
    for (int64_t i = 0; i < side; i += 2) {
      next[i] = exchange(rows[i], rows[i + 1], low[0]);
      next[i + 1] = exchange(rows[i], rows[i + 1], high[0]);
    }
    rows = next;
    for (int64_t i = 0; i < side; i += 4)
      for (int64_t j = 0; j < 2; ++j) {
        next[i + 2 * j] = exchange(rows[i + j], rows[i + j + 2], low[1]);
        next[i + 2 * j + 1] = exchange(rows[i + j], rows[i + j + 2], high[1]);
      }
    rows = next;
    for (int64_t i = 0; i < side / 2; ++i) {
      next[i] = exchange(rows[i], rows[i + 4], low[2]);
      next[i + 4] = exchange(rows[i], rows[i + 4], high[2]);
    }
    return next;
  }

  /// The columns of an input's square that begins so many iterations on.
  SmallVector<Value> columnsOf(OpOperand *input, int64_t acrossBy,
                               int64_t innermostBy) {
    SmallVector<Value> rows;
    for (int64_t row = 0; row < side; ++row) {
      if (acrossBy == 0)
        prefetch(input, innermostBy + row);
      rows.push_back(loadVector(input, side, acrossBy, innermostBy + row));
    }
    return transposed(std::move(rows));
  }

  /// The columns of joined squares that begin `begin` iterations of `across`
  /// on.
  SmallVector<Value> joinedColumns(OpOperand *input, int64_t begin) {
    SmallVector<Value> columns = columnsOf(input, begin, 0);
    for (int64_t square = 1; square < joined; ++square) {
      auto all = llvm::to_vector(llvm::seq<int64_t>((square + 1) * side));
      for (auto [column, below] :
           llvm::zip(columns, columnsOf(input, begin, square * side)))
        column = exchange(column, below, all);
    }
    return columns;
  }

  /// The squares that begin `begin` iterations of `across` on.
  void squares(int64_t begin) {
    SmallVector<SmallVector<Value>> inputs;
    for (OpOperand *input : op.getDpsInputOperands()) {
      SmallVector<Value> &rows = inputs.emplace_back();
      if (!isa<MemRefType>(input->get().getType())) {
        rows.assign(side, broadcast(input->get()));
      } else if (isTransposed(input)) {
        rows = joinedColumns(input, begin);
      } else {
        bool isVector =
            op.getMatchingIndexingMap(input).isFunctionOfDim(innermost);
        for (int64_t row = begin; row < begin + side; ++row)
          rows.push_back(
              isVector ? loadVector(input, side * joined, row, 0)
                       : broadcast(memref::LoadOp::create(
                             builder, loc, input->get(), place(input, row))));
      }
    }
    for (int64_t row = 0; row < side; ++row) {
      SmallVector<Value> arguments;
      for (ArrayRef<Value> rows : inputs)
        arguments.push_back(rows[row]);
      vector::StoreOp::create(builder, loc, compute(arguments),
                              op.getDpsInits().front(),
                              place(op.getDpsInitOperand(0), begin + row));
    }
  }

  Value broadcast(Value value) {
    return vector::BroadcastOp::create(
        builder, loc, VectorType::get({side * joined}, value.getType()), value);
  }

  linalg::GenericOp op;
  unsigned across, innermost;
  OpBuilder builder;
  Location loc;
  SmallVector<Value> indices, sizes;
  int64_t joined;
};

struct LowerTranspose : ::tenon::impl::LowerTransposePassBase<LowerTranspose> {
  using Base::Base;

  void runOnOperation() override {
    SmallVector<linalg::GenericOp> ops;
    getOperation().walk([&](linalg::GenericOp op) { ops.push_back(op); });
    for (linalg::GenericOp op : ops)
      if (std::optional<unsigned> across = transposedLoop(op))
        Emitter(op, *across, vectorBytes).run();
  }
};
} // namespace
