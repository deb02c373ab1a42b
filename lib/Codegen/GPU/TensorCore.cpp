//===- TensorCore.cpp - Products by mma.sync ------------------------------===//
//
// Fragments lie in registers as the PTX ISA describes them ("Matrix fragments
// for mma.m16n8k16"); ldmatrix brings them there.
//
//===----------------------------------------------------------------------===//

#include "AddressSpaces.h"
#include "MatmulParts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace mlir;
using ::tenon::MatmulCore;
using ::tenon::sharedSpace;
using ::tenon::StagedFactor;
using ::tenon::ThreadGroup;
using ::tenon::warpSize;

/// An instruction multiplies 16 x 16 by 16 x 8.
static constexpr int64_t unitRows = 16, unitColumns = 8, unitDepth = 16;
/// ldmatrix brings four matrices of 8 x 8.
static constexpr int64_t matrixSize = 8;
static constexpr int64_t mostSumsPerWarp = 64 * 64;
static constexpr int64_t sumsPerUnit = 4;

SmallVector<Value> tenon::loadFragments(ImplicitLocOpBuilder &b, Value lane,
                                        const StagedFactor &factor, Value slot,
                                        Value first, int64_t step, bool isLhs) {
  auto constant = [](ImplicitLocOpBuilder &b, int64_t value) -> Value {
    return arith::ConstantIndexOp::create(b, value);
  };

  Value within = arith::RemUIOp::create(b, lane, constant(b, matrixSize)),
        matrix = arith::DivUIOp::create(b, lane, constant(b, matrixSize));
  Value low = arith::RemUIOp::create(b, matrix, constant(b, 2)),
        high = arith::DivUIOp::create(b, matrix, constant(b, 2));
  // The first factor's matrices go down its rows first, the second's along the
  // sum.
  Value alongRows = isLhs ? low : high, alongSum = isLhs ? high : low;
  auto times8 = [&](Value value) -> Value {
    return arith::MulIOp::create(b, value, constant(b, matrixSize));
  };
  Value row = arith::AddIOp::create(b, first, times8(alongRows)),
        sum = arith::AddIOp::create(b, times8(alongSum), constant(b, step));
  Value line, place;
  if (factor.isSumInner) {
    line = arith::AddIOp::create(b, row, within);
    place = sum;
  } else {
    line = arith::AddIOp::create(b, sum, within);
    place = row;
  }
  Value pointer =
      ::tenon::pointerTo(b, factor.buffer, {slot, line, place}, sharedSpace);
  Type i32 = b.getI32Type();
  auto four =
      LLVM::LLVMStructType::getLiteral(b.getContext(), {i32, i32, i32, i32});
  auto shape =
      NVVM::LdStMatrixShapeAttr::get(b.getContext(), matrixSize, matrixSize);
  Value loaded = NVVM::LdMatrixOp::create(
      b, four, pointer, 4,
      factor.isSumInner ? NVVM::MMALayout::row : NVVM::MMALayout::col, shape,
      NVVM::LdStMatrixEltType::B16);
  SmallVector<Value> matrices;
  for (int64_t i = 0; i < 4; ++i)
    matrices.push_back(LLVM::ExtractValueOp::create(b, loaded, i));
  return matrices;
}

SmallVector<Value> tenon::multiplyFragments(ImplicitLocOpBuilder &b,
                                            FloatType element,
                                            ArrayRef<Value> left,
                                            ArrayRef<Value> right,
                                            ArrayRef<Value> sums) {
  Type f32 = b.getF32Type();
  auto result =
      LLVM::LLVMStructType::getLiteral(b.getContext(), {f32, f32, f32, f32});
  bool isBf16 = element.isBF16();
  auto typed = [&](ArrayRef<Value> registers) {
    auto pair = VectorType::get({2}, b.getF16Type());
    return llvm::map_to_vector(registers, [&](Value value) -> Value {
      return isBf16 ? value
                    : LLVM::BitcastOp::create(b, pair, value).getResult();
    });
  };
  NVVM::MMATypes type = isBf16 ? NVVM::MMATypes::bf16 : NVVM::MMATypes::f16;
  Value product = NVVM::MmaOp::create(
      b, result, typed(left), typed(right), ValueRange(sums),
      ArrayRef<int64_t>{unitRows, unitColumns, unitDepth},
      /*b1Op=*/std::nullopt, /*intOverflow=*/std::nullopt,
      std::array{type, type},
      std::array{NVVM::MMALayout::row, NVVM::MMALayout::col});
  SmallVector<Value> next;
  for (int64_t k = 0; k < sumsPerUnit; ++k)
    next.push_back(LLVM::ExtractValueOp::create(b, product, k));
  return next;
}

namespace {
class TensorCore : public MatmulCore {
public:
  TensorCore(ThreadGroup threads, FloatType element, int64_t down,
             int64_t across, int64_t warpRows, int64_t warpColumns)
      : threads(threads), element(element), across(across), warpRows(warpRows),
        warpColumns(warpColumns) {
    rows = down * warpRows;
    columns = across * warpColumns;
  }

  /// 64 bytes of each line.
  int64_t depth() const override { return 32; }
  SmallVector<Value> start(ImplicitLocOpBuilder &b) override {
    return ::tenon::createZeros(b, warpRows * warpColumns / warpSize);
  }
  int64_t neighbours() const override { return 2; }
  SmallVector<Value> multiply(ImplicitLocOpBuilder &b, const StagedFactor &lhs,
                              const StagedFactor &rhs, Value slot,
                              ValueRange sums) override;
  std::pair<Value, Value> placeOf(ImplicitLocOpBuilder &b,
                                  int64_t index) override;

private:
  Value constant(ImplicitLocOpBuilder &b, int64_t value) {
    return arith::ConstantIndexOp::create(b, value);
  }
  Value plus(ImplicitLocOpBuilder &b, Value value, int64_t more) {
    return arith::AddIOp::create(b, value, constant(b, more));
  }
  void locate(ImplicitLocOpBuilder &b);

  ThreadGroup threads;
  FloatType element;
  int64_t across, warpRows, warpColumns;
  Value lane, firstRow, firstColumn;
};
} // namespace

/// The thread's lane and its warp's part of the tile.
void TensorCore::locate(ImplicitLocOpBuilder &b) {
  Value warp = arith::DivUIOp::create(b, threads.number, constant(b, warpSize));
  lane = arith::RemUIOp::create(b, threads.number, constant(b, warpSize));
  firstRow = arith::MulIOp::create(
      b, arith::DivUIOp::create(b, warp, constant(b, across)),
      constant(b, warpRows));
  firstColumn = arith::MulIOp::create(
      b, arith::RemUIOp::create(b, warp, constant(b, across)),
      constant(b, warpColumns));
}

SmallVector<Value> TensorCore::multiply(ImplicitLocOpBuilder &b,
                                        const StagedFactor &lhs,
                                        const StagedFactor &rhs, Value slot,
                                        ValueRange sums) {
  locate(b);
  SmallVector<Value> next(sums);
  int64_t down = warpRows / unitRows, along = warpColumns / unitColumns;
  for (int64_t step = 0; step < lhs.depth; step += unitDepth) {
    SmallVector<SmallVector<Value>> left, right;
    for (int64_t i = 0; i < down; ++i)
      left.push_back(::tenon::loadFragments(
          b, lane, lhs, slot, plus(b, firstRow, i * unitRows), step, true));
    for (int64_t j = 0; j < along; j += 2)
      right.push_back(::tenon::loadFragments(
          b, lane, rhs, slot, plus(b, firstColumn, j * unitColumns), step,
          false));
    for (int64_t i = 0; i < down; ++i)
      for (int64_t j = 0; j < along; ++j) {
        Value *own = &next[(i * along + j) * sumsPerUnit];
        // Two columns' fragments come together.
        ArrayRef<Value> pair = ArrayRef(right[j / 2]).slice(j % 2 * 2, 2);
        llvm::copy(::tenon::multiplyFragments(b, element, left[i], pair,
                                              ArrayRef(own, sumsPerUnit)),
                   own);
      }
  }
  return next;
}

std::pair<Value, Value> TensorCore::placeOf(ImplicitLocOpBuilder &b,
                                            int64_t index) {
  locate(b);
  int64_t unit = index / sumsPerUnit, number = index % sumsPerUnit;
  int64_t along = warpColumns / unitColumns;
  Value row = arith::DivUIOp::create(b, lane, constant(b, 4)),
        pair = arith::RemUIOp::create(b, lane, constant(b, 4));
  row = arith::AddIOp::create(
      b, firstRow,
      plus(b, row, unit / along * unitRows + number / 2 * matrixSize));
  Value column = arith::AddIOp::create(
      b, firstColumn,
      plus(b, arith::MulIOp::create(b, pair, constant(b, 2)),
           unit % along * unitColumns + number % 2));
  return {row, column};
}

std::unique_ptr<MatmulCore> tenon::createTensorCore(ThreadGroup threads,
                                                    int64_t rows,
                                                    int64_t columns,
                                                    FloatType element) {
  int64_t warps = threads.count / warpSize;
  std::unique_ptr<TensorCore> best;
  int64_t least = 0;
  for (int64_t down = 1; down <= warps; ++down) {
    if (warps % down != 0)
      continue;
    int64_t across = warps / down;
    auto warpRows = static_cast<int64_t>(
             llvm::alignTo(llvm::divideCeil(rows, down), unitRows)),
         warpColumns = static_cast<int64_t>(
             llvm::alignTo(llvm::divideCeil(columns, across), 2 * unitColumns));
    if (warpRows * warpColumns > mostSumsPerWarp)
      continue;
    // What is read of shared memory for a step, and what of it is in vain.
    int64_t reads = down * across * (warpRows + warpColumns);
    if (!best || reads < least) {
      best = std::make_unique<TensorCore>(threads, element, down, across,
                                          warpRows, warpColumns);
      least = reads;
    }
  }
  return best;
}
