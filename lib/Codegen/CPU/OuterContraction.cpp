//===- OuterContraction.cpp - Sums of products of rows and vectors --------===//
//
// acc[row, lanes] += lhs[row] * rhs[lanes]: an axis of the result that one
// factor shares becomes vectors.
//
//===----------------------------------------------------------------------===//

#include "ContractionForms.h"
#include "ContractionNest.h"
#include "X86Products.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using ::tenon::Contraction;
using ::tenon::ContractionForm;
using ::tenon::RegisterTiling;
using ::tenon::StridedOperand;

/// Vectors of a row of a tile where there are 32 registers, and where there are
/// fewer. With four, six rows fill a tile of 24: fewer than a set of the first
/// cache has lines, so that rows a page apart stay there together.
static constexpr int64_t mostVectors = 4, vectorsOfFewRegisters = 2;
/// Sums in flight that hide their latency.
static constexpr int64_t wantedAccumulators = 8;
/// Bytes of the vectors that one pass over the rows reads of a block, at most:
/// with the usual 512 steps as much as the usual first cache, or with four
/// vectors a quarter of the second, from which they come in time.
static int64_t vectorBlockBytes(const RegisterTiling &tiling) {
  return tiling.summedSteps * (tiling.registers > 16 ? 256 : 64);
}
/// Elements from one to the next of what is read in turn: from this many on
/// each lies in a page of its own or nearly so.
static constexpr int64_t farApart = 512;
/// Elements (2 KB of f32) after which lines return to the same half of the
/// first cache's sets, and those that keep copies of rows apart.
static constexpr int64_t sameSets = 512, rowPadding = 16;
/// Elements of the largest copy: half a second cache.
static constexpr int64_t largestCopy = 1 << 17;
static constexpr int64_t lineBytes = 64;
/// Rows that vectors have to meet for it to pay that they are put in groups,
/// times the steps of one, and from which on narrow rows are widened next to
/// each other.
static constexpr int64_t rowsToGroup = 48, rowsToWiden = 8;
/// Steps from which on a sum takes longer than what is done with it afterwards.
static constexpr int64_t shortSum = 64;

namespace {
class OuterNest : ::tenon::ContractionNest {
public:
  OuterNest(const Contraction &contraction, const ContractionForm &form,
            int64_t lanes, const RegisterTiling &tiling)
      : ContractionNest(contraction, form, lanes),
        mostAccumulators(tiling.mostAccumulators()),
        columnsToCopy(tiling.columnsToCopy) {
    if (tiling.registers > 16)
      mostAcross = mostVectors;
    int64_t size = contraction.sizes[form.vectorLoop];
    if (!ShapedType::isDynamic(size))
      vectors = evenWidth(size / lanes);
    if (form.columnLoop >= 0)
      columns = columnTiles().back().width;
    chooseGroup(tiling);
    if (isShort())
      mostAccumulators -= tiling.registers / 8;
    // A group takes what one f32 takes.
    int64_t steps = group * tiling.summedSteps;
    int64_t stepBytes = columns * vectors * lanes *
                        vectorType.getElementTypeBitWidth() / 8 / group;
    summedBlock = std::min(steps, vectorBlockBytes(tiling) / stepBytes);
  }

  void run() {
    linalg::LinalgOp op = contraction.op;
    // Where one pass over the rows sums all up, it starts from zero itself.
    if (linalg::FillOp fill = ::tenon::zeroBefore(op); fill && isOneBlock()) {
      startsAtZero = true;
      fill->erase();
    }
    // Loops that leave the vectors alone go inside, so that these stay near;
    // those that leave the rows alone too where many rows come again and again.
    SmallVector<int64_t> outer, panelLoops, again;
    bool panelsPassBy = rowsExceedCache() || widensRows();
    for (int64_t loop : contraction.parallel) {
      if (loop == form.rowLoop || loop == form.columnLoop ||
          loop == form.vectorLoop)
        continue;
      bool sameVectors = rhs.strides[loop] == 0,
           sameRows = lhs.strides[loop] == 0;
      (sameVectors                ? again
       : sameRows && panelsPassBy ? panelLoops
                                  : outer)
          .push_back(loop);
    }
    overLoops(outer, [&] {
      if (panelsPassBy)
        return overBlocks([&] { overPanels(panelLoops, again); });
      overColumnTiles([&] {
        overBlocks([&] {
          if (!paysToCopyRows({}))
            return overLoops(again, [&] { overVectors(); });
          overLoops(again, [&] { withCopiedRows([&] { overVectors(); }); });
        });
      });
    });
    op->erase();
  }

private:
  /// A block's rows, which exceed the second cache, meet all panels.
  void overPanels(ArrayRef<int64_t> panelLoops, ArrayRef<int64_t> again) {
    auto overAll = [&](llvm::function_ref<void()> body) {
      overLoops(panelLoops, [&] { overColumnTiles(body); });
    };
    SmallVector<int64_t> loops(panelLoops);
    if (form.columnLoop >= 0)
      loops.push_back(form.columnLoop);
    if (!paysToCopyRows(loops))
      return overAll([&] { overLoops(again, [&] { overVectors(); }); });
    overLoops(again, [&] {
      withCopiedRows([&] {
        panelLoop = loops.size() == 1 ? loops.front() : -1;
        panels = rhs;
        overAll([&] { overVectors(); });
        panelLoop = -1;
      });
    });
  }

  /// Runs `body` with this block's rows next to each other.
  void withCopiedRows(llvm::function_ref<void()> body) {
    StridedOperand stored = lhs;
    SmallVector<int64_t> loops = {form.rowLoop};
    llvm::append_range(loops, inner);
    lhs = copied(lhs, loops, extents[inner.back()], rowPadding,
                 /*converted=*/group == 1);
    body();
    lhs = stored;
  }

  /// How many of `count` vectors a tile has, so that the fewest are left over.
  int64_t evenWidth(int64_t count) const {
    int64_t best = 1;
    for (int64_t width = 2; width <= std::min(count, mostAcross); ++width)
      if (best == 1 || count % width <= count % best)
        best = width;
    return best;
  }

  /// Columns `begin` to `end`, in tiles of `width`.
  struct ColumnTiles {
    int64_t begin, end, width;
  };

  /// Tiles of columns, the narrowest first, that leave no column alone.
  SmallVector<ColumnTiles> columnTiles() const {
    int64_t size = contraction.sizes[form.columnLoop], twos = 0, threes = 0,
            fours = 0;
    if (mostAcross == 4) {
      int64_t rest = size % 4;
      fours = size / 4 - (rest == 1);
      threes = rest % 2;
    } else if (size % 2 != 0) {
      threes = size % 3 == 0 ? size / 3 : 1;
    }
    twos = (size - 3 * threes - 4 * fours) / 2;
    SmallVector<ColumnTiles> result;
    int64_t begin = 0;
    for (auto [count, width] : {std::pair(twos, 2), {threes, 3}, {fours, 4}}) {
      if (count > 0)
        result.push_back({begin, begin + count * width, width});
      begin += count * width;
    }
    return result;
  }

  /// Covers the columns, where the form has such, by tiles of `columns`.
  void overColumnTiles(llvm::function_ref<void()> body) {
    if (form.columnLoop < 0)
      return body();
    int64_t most = columns;
    for (const ColumnTiles &tiles : columnTiles()) {
      columns = tiles.width;
      step(form.columnLoop, constant(tiles.begin), constant(tiles.end),
           tiles.width, body);
    }
    columns = most;
  }

  /// Whether so little is summed up that what the kernel does with the sums
  /// afterwards, whose constants stay in registers all the time, is as much.
  bool isShort() {
    int64_t steps = 1;
    for (int64_t loop : contraction.reduction)
      steps *= ShapedType::isDynamic(contraction.sizes[loop])
                   ? shortSum
                   : contraction.sizes[loop];
    return steps < shortSum;
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
      int64_t block = llvm::alignTo(
          llvm::divideCeil(size, llvm::divideCeil(size, summedBlock)), group);
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

  /// Into how many sums a tile of `accumulators` vectors is split along the
  /// innermost of the loops `inner`: fewer than eight in flight would wait for
  /// each other.
  int64_t splitsFor(int64_t accumulators) {
    int64_t size = contraction.sizes[inner.back()];
    if (ShapedType::isDynamic(size))
      return 1;
    // Blocks of it are whole multiples too.
    int64_t block = extents[inner.back()], splits = 1, unit = group;
    while (2 * splits * accumulators <= wantedAccumulators &&
           size % (2 * splits * unit) == 0 && block % (2 * splits * unit) == 0)
      splits *= 2;
    return splits;
  }

  void overVectors() {
    int64_t loop = form.vectorLoop, tile = vectors * lanes;
    Value size = sizes[loop];
    Value rest = arith::RemUIOp::create(builder, loc, size, constant(tile));
    Value whole = arith::SubIOp::create(builder, loc, size, rest);
    bool isStatic = !ShapedType::isDynamic(contraction.sizes[loop]);
    if (!isStatic || contraction.sizes[loop] >= tile)
      step(loop, constant(0), whole, tile, [&] {
        StridedOperand stored = rhs;
        if (group > 1 || paysToCopyVectors())
          rhs = copiedVectors(tile);
        overRows(vectors, {});
        rhs = stored;
      });
    if (isStatic && contraction.sizes[loop] % tile == 0)
      return;
    step(loop, whole, size, lanes, [&] { overRows(1, maskAtEnd(loop)); });
  }

  /// A copy of this block's vectors for one tile of columns.
  StridedOperand copiedVectors(int64_t length) {
    SmallVector<int64_t> loops(inner);
    if (group > 1) {
      loops.push_back(form.vectorLoop);
      return copiedGroups(rhs, loops, columns, length, group, groupElement);
    }
    if (form.columnLoop < 0) {
      loops.push_back(form.vectorLoop);
      return copied(rhs, loops, length, 0);
    }
    // Inside the copy the tile's columns are a loop of their own.
    Value first = indices[form.columnLoop];
    indices[form.columnLoop] = {};
    begins[form.columnLoop] = first;
    ends[form.columnLoop] =
        arith::AddIOp::create(builder, loc, first, constant(columns));
    extents[form.columnLoop] = columns;
    loops.append({form.columnLoop, form.vectorLoop});
    StridedOperand copy = copied(rhs, loops, length, 0);
    indices[form.columnLoop] = first;
    return copy;
  }

  /// Steps of the summed axes in a block, or nothing where that is not known.
  std::optional<int64_t> stepsOfBlock() {
    int64_t steps = 1;
    for (int64_t loop : inner) {
      if (ShapedType::isDynamic(extents[loop]))
        return std::nullopt;
      steps *= extents[loop];
    }
    return steps;
  }

  /// Whether so many rows meet a vector that its elements had better be copied
  /// ahead of them: because they have to become factors, or because they lie so
  /// far apart that they push each other out of the first cache.
  bool paysToCopyVectors() {
    if (form.rowLoop < 0 || rhs.strides[form.rowLoop] != 0 ||
        rhs.strides[form.vectorLoop] != 1 || inner.empty() ||
        (rhs.conversions.empty() && rhs.strides[inner.back()] < farApart))
      return false;
    std::optional<int64_t> steps = stepsOfBlock();
    return steps && *steps <= 2 * summedBlock &&
           contraction.sizes[form.rowLoop] >= 4 * mostAccumulators;
  }

  /// Whether all that is summed up of the rows is more than a second cache
  /// holds, but not one block of it.
  bool rowsExceedCache() {
    if (form.rowLoop < 0 || contraction.reduction.size() != 1)
      return false;
    int64_t rows = contraction.sizes[form.rowLoop],
            steps = contraction.sizes[contraction.reduction.front()];
    return !ShapedType::isDynamic(rows) && !ShapedType::isDynamic(steps) &&
           steps > summedBlock && rows * steps > largestCopy / 2;
  }

  /// Whether rows of a narrower type are made factors a block at a time.
  bool widensRows() {
    return group == 1 && form.rowLoop >= 0 && !lhs.conversions.empty() &&
           contraction.reduction.size() == 1 &&
           contraction.sizes[form.rowLoop] >= rowsToWiden;
  }

  /// How many summed steps one instruction of the processor takes: four of
  /// unsigned and signed bytes, two of bf16 or of bytes as words, else one.
  void chooseGroup(const RegisterTiling &tiling) {
    auto isMade = [](const StridedOperand &operand, StringRef by,
                     unsigned bits) {
      return operand.elementType.getIntOrFloatBitWidth() == bits &&
             operand.conversions.size() == 1 &&
             operand.conversions.front()->getName().getStringRef() == by;
    };
    auto isByte = [&](const StridedOperand &operand) {
      return isMade(operand, "arith.extui", 8) ||
             isMade(operand, "arith.extsi", 8);
    };
    Type sum = vectorType.getElementType();
    auto choose = [&](bool isPossible, int64_t size, Type element) {
      if (group > 1 || !isPossible || !suitsGroups(size))
        return;
      group = size;
      groupElement = element;
    };
    choose(tiling.bf16Products && lhs.elementType.isBF16() &&
               rhs.elementType.isBF16() && isMade(lhs, "arith.extf", 16) &&
               isMade(rhs, "arith.extf", 16) && sum.isF32(),
           2, rhs.elementType);
    choose(tiling.byteProducts && isMade(lhs, "arith.extui", 8) &&
               isMade(rhs, "arith.extsi", 8) && sum.isInteger(32),
           4, rhs.elementType);
    choose(tiling.wordProducts && isByte(lhs) && isByte(rhs) &&
               sum.isInteger(32),
           2, builder.getI16Type());
  }

  /// Whether rows and vectors lie so that groups of `size` can be made of them.
  bool suitsGroups(int64_t size) {
    int64_t summed = contraction.reduction.back();
    auto isMultiple = [&](int64_t loop, int64_t of) {
      int64_t extent = contraction.sizes[loop];
      return !ShapedType::isDynamic(extent) && extent % of == 0;
    };
    return llvm::all_of(contraction.reduction,
                        [&](int64_t loop) { return isMultiple(loop, 1); }) &&
           (lanes == 8 || lanes == 16) && form.rowLoop >= 0 &&
           isMultiple(form.rowLoop, 1) &&
           contraction.sizes[form.rowLoop] >= rowsToGroup / size &&
           rhs.strides[form.rowLoop] == 0 && lhs.strides[summed] == 1 &&
           rhs.strides[form.vectorLoop] == 1 &&
           isMultiple(form.vectorLoop, vectors * lanes) &&
           isMultiple(summed, size);
  }

  /// Whether the rows of a block meet so many vectors that they had better be
  /// copied next to each other first: because they have to become factors, or
  /// because the lines of a tile of rows fall upon the same places of the first
  /// cache.
  bool paysToCopyRows(ArrayRef<int64_t> panels) {
    if (form.rowLoop < 0 || inner.empty() || lhs.strides[inner.back()] != 1 ||
        lhs.strides[form.vectorLoop] != 0)
      return false;
    std::optional<int64_t> steps = stepsOfBlock();
    int64_t rows = contraction.sizes[form.rowLoop],
            width = contraction.sizes[form.vectorLoop],
            block = extents[inner.back()];
    if (!steps || ShapedType::isDynamic(rows) || ShapedType::isDynamic(width))
      return false;
    for (int64_t loop : panels) {
      if (ShapedType::isDynamic(contraction.sizes[loop]))
        return false;
      width *= contraction.sizes[loop];
    }
    bool clashes = width >= columnsToCopy &&
                   rows >= mostAccumulators / mostAcross &&
                   lhs.strides[form.rowLoop] % sameSets == 0;
    return (clashes || widensRows()) && block % lanes == 0 &&
           contraction.sizes[inner.back()] % block == 0 &&
           rows * (*steps + rowPadding) <= largestCopy;
  }

  void overRows(int64_t vectors, Value mask) {
    tiles(form.rowLoop, mostAccumulators / (columns * vectors),
          [&](int64_t rows) { outerTile(rows, vectors, mask); });
  }

  /// Where the vector that is `number`th of a row's lies, from the row's first.
  int64_t shiftOf(const StridedOperand &operand, int64_t number,
                  int64_t vectors) {
    return number / vectors * strideOf(operand, form.columnLoop) +
           number % vectors * lanes * operand.strides[form.vectorLoop];
  }

  /// The vector of `rhs` that lies `shift` on, as factors or in groups.
  Value vectorAt(int64_t shift, Value mask) {
    Value index = address(rhs, shift);
    if (group > 1)
      return vector::LoadOp::create(builder, loc, groupsType(), rhs.memref,
                                    index);
    return convert(rhs,
                   loadVector(rhs, index, rhs.strides[form.vectorLoop], mask));
  }

  /// The element of `lhs`, or the group of them, that lies `shift` on, in each
  /// lane.
  Value factorAt(int64_t shift) {
    Value index = address(lhs, shift);
    if (group == 1)
      return vector::BroadcastOp::create(builder, loc, vectorType,
                                         convert(lhs, loadScalar(lhs, index)));
    Type bits = builder.getI32Type();
    Value elements =
        extended(lhs,
                 vector::LoadOp::create(
                     builder, loc, VectorType::get({group}, lhs.elementType),
                     lhs.memref, index),
                 groupElement);
    Value together = vector::ExtractOp::create(
        builder, loc,
        vector::BitCastOp::create(builder, loc, VectorType::get({1}, bits),
                                  elements),
        0);
    return vector::BitCastOp::create(
        builder, loc, groupsType(),
        vector::BroadcastOp::create(builder, loc,
                                    VectorType::get({lanes}, bits), together));
  }

  Value addProduct(Value factor, Value vector, Value sum) {
    if (group == 1)
      return isa<FloatType>(vectorType.getElementType())
                 ? vector::FMAOp::create(builder, loc, factor, vector, sum)
                       .getResult()
                 : addSums(sum,
                           arith::MulIOp::create(builder, loc, factor, vector));
    if (groupElement.isInteger(16))
      return addSums(
          sum, ::tenon::createWordProducts(builder, loc, factor, vector));
    if (group == 4)
      return ::tenon::addByteProducts(builder, loc, sum, factor, vector);
    return ::tenon::addBf16Products(builder, loc, sum, factor, vector);
  }

  Value addSums(Value a, Value b) {
    if (isa<FloatType>(vectorType.getElementType()))
      return arith::AddFOp::create(builder, loc, a, b);
    return arith::AddIOp::create(builder, loc, a, b);
  }

  VectorType groupsType() {
    return VectorType::get({group * lanes}, groupElement);
  }

  void outerTile(int64_t rows, int64_t vectors, Value mask) {
    int64_t resultRow = strideOf(result, form.rowLoop);
    int64_t across = columns * vectors, count = rows * across,
            splits = splitsFor(count);
    auto resultAddress = [&](int64_t i) {
      return address(result, i / across * resultRow +
                                 shiftOf(result, i % across, vectors));
    };
    SmallVector<Value> accumulators(splits * count, zeros());
    for (int64_t i = 0; i < count && !startsAtZero; ++i)
      accumulators[i] = loadVector(result, resultAddress(i), 1, mask);
    if (panelLoop >= 0 && !mask)
      prefetchPanels(rows, vectors * lanes);
    auto addProducts = [&](SmallVector<Value> sums) {
      int64_t rhsRow = strideOf(rhs, form.rowLoop);
      SmallVector<Value> vectorsNow;
      for (int64_t row = 0; row < rows; ++row) {
        if (row == 0 || rhsRow != 0) {
          vectorsNow.clear();
          for (int64_t v = 0; v < across; ++v)
            vectorsNow.push_back(
                vectorAt(row * rhsRow + shiftOf(rhs, v, vectors), mask));
        }
        Value factor = factorAt(row * strideOf(lhs, form.rowLoop));
        for (int64_t v = 0; v < across; ++v)
          sums[row * across + v] =
              addProduct(factor, vectorsNow[v], sums[row * across + v]);
      }
      return sums;
    };
    accumulators = reduceOver(inner, accumulators, addProducts, splits, group);
    for (int64_t other = splits / 2; other > 0; other /= 2)
      for (int64_t i = 0; i < other * count; ++i)
        accumulators[i] =
            addSums(accumulators[i], accumulators[i + other * count]);
    for (int64_t i = 0; i < count; ++i)
      storeSums(accumulators[i], resultAddress(i), mask);
  }

  /// Asks for a part of this block of the next panels, `width` elements wide:
  /// as much in every tile of rows as all of the tiles have to.
  void prefetchPanels(int64_t rows, int64_t width) {
    int64_t ahead = panelLoop == form.columnLoop ? columns : 1;
    for (int64_t panel = 0; panel < ahead; ++panel)
      prefetchPanel(rows, width, (ahead + panel) * panels.strides[panelLoop]);
  }

  /// The one that lies `distance` on.
  void prefetchPanel(int64_t rows, int64_t width, int64_t distance) {
    int64_t loop = inner.back();
    indices[loop] = begins[loop];
    // The vectors at hand may be copies of this panel's.
    Value index = address(panels, distance);
    indices[loop] = {};
    int64_t share = llvm::divideCeil(extents[loop] * width,
                                     contraction.sizes[form.rowLoop]);
    index = arith::AddIOp::create(builder, loc, index,
                                  arith::MulIOp::create(builder, loc,
                                                        indices[form.rowLoop],
                                                        constant(share)));
    int64_t line = lineBytes * 8 / panels.elementType.getIntOrFloatBitWidth();
    for (int64_t part = 0; part < share * rows; part += line)
      memref::PrefetchOp::create(builder, loc, rhs.memref,
                                 ValueRange{arith::AddIOp::create(
                                     builder, loc, index, constant(part))},
                                 /*isWrite=*/false, /*localityHint=*/2,
                                 /*isDataCache=*/true);
  }

  /// Of a register tile: its accumulators, and of the outer form what a row has
  /// at most, columns with so many vectors each.
  int64_t mostAccumulators, mostAcross = vectorsOfFewRegisters,
                            vectors = vectorsOfFewRegisters, columns = 1;
  /// Summed steps that one product takes, and of what, where these are several.
  int64_t group = 1;
  Type groupElement;
  /// Steps of the summed axes in a block, at most.
  int64_t summedBlock;
  /// Elements of the result's rows from which on it pays to copy what they are
  /// summed up of.
  int64_t columnsToCopy;
  /// The summed loops inside a block.
  SmallVector<int64_t> inner;
  bool startsAtZero = false;
  /// The loop over panels inside a block whose rows are copies, or -1, and
  /// where they lie.
  int64_t panelLoop = -1;
  StridedOperand panels;
};
} // namespace

void tenon::emitOuterContraction(const Contraction &contraction,
                                 const ContractionForm &form, int64_t lanes,
                                 const RegisterTiling &tiling) {
  OuterNest(contraction, form, lanes, tiling).run();
}
