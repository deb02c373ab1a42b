//===- WindowContraction.cpp - Sums of windows that overlap ---------------===//
//
// acc[row, lanes] += lhs[row, tap, lanes] * rhs[tap, lanes]: a depthwise
// convolution with the channels last, or with rhs[tap] one that slides over a
// plane. No row's vectors are another's, but windows that overlap read the
// same, so that a tile of them loads each once.
//
//===----------------------------------------------------------------------===//

#include "ContractionForms.h"
#include "ContractionNest.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <map>

using namespace mlir;
using ::tenon::Contraction;
using ::tenon::ContractionForm;
using ::tenon::RegisterTiling;

/// Taps whose weights are in registers at once, at most.
static constexpr int64_t mostTaps = 7;
/// Sums in flight that hide their latency.
static constexpr int64_t wantedAccumulators = 8;

namespace {
class WindowNest : ::tenon::ContractionNest {
public:
  WindowNest(const Contraction &contraction, const ContractionForm &form,
             int64_t lanes, const RegisterTiling &tiling)
      : ContractionNest(contraction, form, lanes) {
    if (form.tapLoop >= 0 &&
        !ShapedType::isDynamic(contraction.sizes[form.tapLoop]))
      taps = std::min(mostTaps, contraction.sizes[form.tapLoop]);
    // A register holds the vector at hand, another what is left of a load.
    mostRows = std::min(tiling.registers / 2, tiling.registers - 2 - taps);
    for (int64_t loop : contraction.reduction)
      if (loop != form.tapLoop)
        otherSums.push_back(loop);
  }

  void run() {
    if (linalg::FillOp fill = ::tenon::zeroBefore(contraction.op)) {
      startsAtZero = true;
      fill->erase();
    }
    SmallVector<int64_t> outer;
    for (int64_t loop : contraction.parallel)
      if (loop != form.rowLoop && loop != form.vectorLoop)
        outer.push_back(loop);
    // Neighbours in memory come one after the other: all vectors of a tile of
    // windows, then the next tile.
    overLoops(outer, [&] {
      tiles(form.rowLoop, mostRows, [&](int64_t rows) { overVectors(rows); });
    });
    contraction.op->erase();
  }

private:
  /// Covers the vector loop by several vectors at once where few windows would
  /// wait for their sums, then one by one, the last one masked.
  void overVectors(int64_t rows) {
    int64_t loop = form.vectorLoop, known = contraction.sizes[loop];
    Value size = sizes[loop], begin = constant(0);
    auto cover = [&](int64_t vectors) {
      int64_t width = vectors * lanes;
      if (!ShapedType::isDynamic(known) && known < width)
        return;
      Value rest = arith::RemUIOp::create(builder, loc, size, constant(width));
      Value end = arith::SubIOp::create(builder, loc, size, rest);
      step(loop, begin, end, width, [&] { tile(rows, vectors, {}); });
      begin = end;
    };
    if (rows < wantedAccumulators)
      cover(llvm::divideCeil(wantedAccumulators, rows));
    cover(1);
    if (!ShapedType::isDynamic(known) && known % lanes == 0)
      return;
    // What fills half a vector or less takes no more than that.
    bool isHalf = !ShapedType::isDynamic(known) && 2 * (known % lanes) <= lanes;
    if (isHalf)
      setLanes(lanes / 2);
    step(loop, begin, size, lanes, [&] {
      tile(rows, 1, isHalf && known % lanes == 0 ? Value() : maskAtEnd(loop));
    });
    if (isHalf)
      setLanes(2 * lanes);
  }

  void setLanes(int64_t count) {
    lanes = count;
    vectorType = VectorType::get({lanes}, vectorType.getElementType());
  }

  void tile(int64_t rows, int64_t vectors, Value mask) {
    auto resultAddress = [&](int64_t i) {
      return address(result, i / vectors * strideOf(result, form.rowLoop) +
                                 i % vectors * lanes);
    };
    SmallVector<Value> sums(rows * vectors, zeros());
    for (int64_t i = 0; i < rows * vectors && !startsAtZero; ++i)
      sums[i] = loadVector(result, resultAddress(i), 1, mask);
    sums = reduceOver(otherSums, sums, [&](SmallVector<Value> now) {
      return overTaps(now, vectors, mask);
    });
    for (auto [i, sum] : llvm::enumerate(sums))
      storeSums(sum, resultAddress(i), mask);
  }

  SmallVector<Value> overTaps(SmallVector<Value> sums, int64_t vectors,
                              Value mask) {
    int64_t loop = form.tapLoop;
    if (loop < 0)
      return addTaps(sums, 1, vectors, mask);
    int64_t size = contraction.sizes[loop];
    if (size == taps)
      return addTaps(sums, taps, vectors, mask);
    int64_t rest = ShapedType::isDynamic(size) ? 0 : size % taps;
    Value end = ends[loop];
    if (rest > 0)
      ends[loop] = constant(size - rest);
    sums = reduceOver(
        loop, sums,
        [&](SmallVector<Value> now) {
          return addTaps(now, taps, vectors, mask);
        },
        /*splits=*/1, /*unit=*/taps);
    if (rest > 0) {
      indices[loop] = ends[loop];
      sums = addTaps(sums, rest, vectors, mask);
      indices[loop] = {};
    }
    ends[loop] = end;
    return sums;
  }

  /// Adds the products of `count` taps from the current one on.
  SmallVector<Value> addTaps(SmallVector<Value> sums, int64_t count,
                             int64_t vectors, Value mask) {
    int64_t rows = sums.size() / vectors;
    // The windows and taps that read the vector at a place.
    std::map<int64_t, SmallVector<std::pair<int64_t, int64_t>>> readers;
    for (int64_t tap = 0; tap < count; ++tap)
      for (int64_t row = 0; row < rows; ++row)
        readers[row * strideOf(lhs, form.rowLoop) +
                tap * strideOf(lhs, form.tapLoop)]
            .push_back({row, tap});
    for (int64_t v = 0; v < vectors; ++v) {
      SmallVector<Value> weights;
      for (int64_t tap = 0; tap < count; ++tap)
        weights.push_back(
            factorsAt(rhs,
                      tap * strideOf(rhs, form.tapLoop) +
                          v * lanes * strideOf(rhs, form.vectorLoop),
                      mask));
      for (auto &[place, pairs] : readers) {
        Value vector = factorsAt(
            lhs, place + v * lanes * strideOf(lhs, form.vectorLoop), mask);
        for (auto [row, tap] : pairs) {
          Value &sum = sums[row * vectors + v];
          sum = vector::FMAOp::create(builder, loc, vector, weights[tap], sum);
        }
      }
    }
    return sums;
  }

  Value factorsAt(const ::tenon::StridedOperand &operand, int64_t shift,
                  Value mask) {
    Value index = address(operand, shift);
    int64_t stride = strideOf(operand, form.vectorLoop);
    if (stride == 0)
      return vector::BroadcastOp::create(
          builder, loc, vectorType,
          convert(operand, loadScalar(operand, index)));
    if (stride == 2)
      return convert(operand, loadEverySecond(operand, index, bool(mask)));
    return convert(operand, loadVector(operand, index, 1, mask));
  }

  /// A vector of elements two apart, out of two vectors that end with the last
  /// of them.
  Value loadEverySecond(const ::tenon::StridedOperand &operand, Value index,
                        bool masked) {
    auto load = [&](int64_t shift) {
      Value mask;
      if (masked) {
        // Of the elements up to that of the last lane.
        int64_t loop = form.vectorLoop;
        Value left =
            arith::SubIOp::create(builder, loc, sizes[loop], indices[loop]);
        Value count = arith::SubIOp::create(
            builder, loc,
            arith::MulIOp::create(builder, loc, left, constant(2)),
            constant(1 + shift));
        mask = vector::CreateMaskOp::create(
            builder, loc, VectorType::get({lanes}, builder.getI1Type()), count);
      }
      Value place = arith::AddIOp::create(builder, loc, index, constant(shift));
      return loadVector(operand, place, 1, mask);
    };
    SmallVector<int64_t> chosen;
    for (int64_t lane = 0; lane < lanes; ++lane)
      chosen.push_back(2 * lane < lanes ? 2 * lane : 2 * lane + 1);
    Value first = load(0);
    return vector::ShuffleOp::create(builder, loc, first, load(lanes - 1),
                                     chosen);
  }

  /// Windows of a tile, at most, and the taps that it takes at once.
  int64_t mostRows, taps = 1;
  /// The summed loops but that over taps.
  SmallVector<int64_t> otherSums;
  bool startsAtZero = false;
};
} // namespace

void tenon::emitWindowContraction(const Contraction &contraction,
                                  const ContractionForm &form, int64_t lanes,
                                  const RegisterTiling &tiling) {
  WindowNest(contraction, form, lanes, tiling).run();
}
