//===- TensorCore.cpp - Products by mma.sync ------------------------------===//
//
// Fragments lie in registers as the PTX ISA describes them ("Matrix fragments
// for mma.m16n8k16", for "m16n8k8" of tf32 and "m16n8k32" of bytes); ldmatrix
// brings them there. Of f32 numbers it brings 8 lines of 4, which is what tf32
// wants, and of bytes 8 lines of 16; lines of rows are then read one by one,
// since it turns around halves of 32 bits.
//
//===----------------------------------------------------------------------===//

#include "AddressSpaces.h"
#include "MatmulParts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace mlir;
using ::tenon::MatmulCore;
using ::tenon::StagedFactor;
using ::tenon::ThreadGroup;
using ::tenon::warpSize;

/// An instruction multiplies 16 x 16 by 16 x 8, of f32 16 x 8 by 8 x 8, of
/// bytes 16 x 32 by 32 x 8.
static constexpr int64_t unitRows = 16, unitColumns = 8;
/// ldmatrix brings four matrices of 8 lines of 16 bytes.
static constexpr int64_t matrixSize = 8, lineBytes = 16;
static constexpr int64_t mostSumsPerWarp = 64 * 64;
static constexpr int64_t sumsPerUnit = 4;

/// 32 bytes of each line.
static int64_t unitDepthOf(Type element) {
  return 2 * lineBytes * 8 / element.getIntOrFloatBitWidth();
}

/// The numbers rounded to tf32 (PTX ISA: "cvt.rna", halves away from zero).
static void roundToTf32(ImplicitLocOpBuilder &b,
                        MutableArrayRef<Value> registers) {
  for (Value &bits : registers)
    bits = NVVM::ConvertFloatToTF32Op::create(
        b, b.getI32Type(), LLVM::BitcastOp::create(b, b.getF32Type(), bits),
        NVVM::FPRoundingMode::RNA);
}

/// `bits` with one more of a register's parts, which are as wide as `part`.
static Value insertPart(ImplicitLocOpBuilder &b, Value bits, Value part,
                        int64_t number) {
  auto width = static_cast<int32_t>(part.getType().getIntOrFloatBitWidth());
  if (width == 32)
    return part;
  part = arith::ExtUIOp::create(b, b.getI32Type(), part);
  if (number == 0)
    return part;
  Value distance = arith::ConstantOp::create(
      b, b.getI32IntegerAttr(width * static_cast<int32_t>(number)));
  return arith::OrIOp::create(b, bits,
                              arith::ShLIOp::create(b, part, distance));
}

SmallVector<Value> tenon::loadFragments(ImplicitLocOpBuilder &b, Value lane,
                                        const StagedFactor &factor, Value slot,
                                        Value first, int64_t step, bool isLhs) {
  Type element = cast<MemRefType>(factor.buffer.getType()).getElementType();
  // Steps of the sum in 16 bytes, and in a register.
  int64_t steps = lineBytes * 8 / element.getIntOrFloatBitWidth(),
          inRegister = steps / 4;
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(b, value);
  };
  auto times = [&](Value value, int64_t by) -> Value {
    return arith::MulIOp::create(b, value, constant(by));
  };
  auto plus = [&](Value left, Value right) -> Value {
    return arith::AddIOp::create(b, left, right);
  };
  Type i32 = b.getI32Type();
  SmallVector<Value> matrices;
  if (steps != matrixSize && !factor.isSumInner) {
    Value row = plus(first, arith::DivUIOp::create(b, lane, constant(4))),
          line = plus(
              constant(step),
              times(arith::RemUIOp::create(b, lane, constant(4)), inRegister));
    for (int64_t i = 0; i < 4; ++i) {
      int64_t alongRows = isLhs ? i % 2 : i / 2,
              alongSum = isLhs ? i / 2 : i % 2;
      Value bits;
      for (int64_t part = 0; part < inRegister; ++part) {
        Value pointer = ::tenon::pointerTo(
            b, factor.buffer,
            {slot, plus(line, constant(alongSum * steps + part)),
             plus(row, constant(alongRows * matrixSize))},
            sharedSpace);
        bits = insertPart(
            b, bits,
            LLVM::LoadOp::create(
                b, b.getIntegerType(element.getIntOrFloatBitWidth()), pointer),
            part);
      }
      matrices.push_back(bits);
    }
    if (element.isF32())
      roundToTf32(b, matrices);
    return matrices;
  }
  Value within = arith::RemUIOp::create(b, lane, constant(matrixSize)),
        matrix = arith::DivUIOp::create(b, lane, constant(matrixSize));
  Value low = arith::RemUIOp::create(b, matrix, constant(2)),
        high = arith::DivUIOp::create(b, matrix, constant(2));
  // The first factor's matrices go down its rows first, the second's along the
  // sum.
  Value alongRows = isLhs ? low : high, alongSum = isLhs ? high : low;
  Value row = plus(first, times(alongRows, matrixSize)),
        sum = plus(times(alongSum, steps), constant(step));
  Value line = factor.isSumInner ? plus(row, within) : plus(sum, within),
        place = factor.isSumInner ? sum : row;
  Value pointer =
      ::tenon::pointerTo(b, factor.buffer, {slot, line, place}, sharedSpace);
  auto four =
      LLVM::LLVMStructType::getLiteral(b.getContext(), {i32, i32, i32, i32});
  auto shape =
      NVVM::LdStMatrixShapeAttr::get(b.getContext(), matrixSize, matrixSize);
  Value loaded = NVVM::LdMatrixOp::create(
      b, four, pointer, 4,
      factor.isSumInner ? NVVM::MMALayout::row : NVVM::MMALayout::col, shape,
      NVVM::LdStMatrixEltType::B16);
  for (int64_t i = 0; i < 4; ++i)
    matrices.push_back(LLVM::ExtractValueOp::create(b, loaded, i));
  if (element.isF32())
    roundToTf32(b, matrices);
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
  auto typed = [&](ArrayRef<Value> registers) {
    auto pair = VectorType::get({2}, b.getF16Type());
    return llvm::map_to_vector(registers, [&](Value value) -> Value {
      return element.isF16()
                 ? LLVM::BitcastOp::create(b, pair, value).getResult()
                 : value;
    });
  };
  NVVM::MMATypes type = element.isF32()    ? NVVM::MMATypes::tf32
                        : element.isBF16() ? NVVM::MMATypes::bf16
                                           : NVVM::MMATypes::f16;
  Value product = NVVM::MmaOp::create(
      b, result, typed(left), typed(right), ValueRange(sums),
      ArrayRef<int64_t>{unitRows, unitColumns, unitDepthOf(element)},
      /*b1Op=*/std::nullopt, /*intOverflow=*/std::nullopt,
      std::array{type, type},
      std::array{NVVM::MMALayout::row, NVVM::MMALayout::col});
  SmallVector<Value> next;
  for (int64_t k = 0; k < sumsPerUnit; ++k)
    next.push_back(LLVM::ExtractValueOp::create(b, product, k));
  return next;
}

SmallVector<Value> tenon::multiplyBytes(ImplicitLocOpBuilder &b, Type leftType,
                                        Type rightType, ArrayRef<Value> left,
                                        ArrayRef<Value> right,
                                        ArrayRef<Value> sums) {
  Type i32 = b.getI32Type();
  auto result =
      LLVM::LLVMStructType::getLiteral(b.getContext(), {i32, i32, i32, i32});
  auto signOf = [](Type type) {
    return type.isUnsignedInteger() ? NVVM::MMATypes::u8 : NVVM::MMATypes::s8;
  };
  Value product = NVVM::MmaOp::create(
      b, result, ValueRange(left), ValueRange(right), ValueRange(sums),
      ArrayRef<int64_t>{unitRows, unitColumns, unitDepthOf(leftType)},
      /*b1Op=*/std::nullopt, NVVM::MMAIntOverflow::wrapped,
      std::array{signOf(leftType), signOf(rightType)},
      std::array{NVVM::MMALayout::row, NVVM::MMALayout::col});
  SmallVector<Value> next;
  for (int64_t k = 0; k < sumsPerUnit; ++k)
    next.push_back(LLVM::ExtractValueOp::create(b, product, k));
  return next;
}

namespace {
class TensorCore : public MatmulCore {
public:
  TensorCore(ThreadGroup threads, Type leftType, Type rightType, int64_t down,
             int64_t across, int64_t warpRows, int64_t warpColumns)
      : threads(threads), leftType(leftType), rightType(rightType),
        across(across), warpRows(warpRows), warpColumns(warpColumns) {
    rows = down * warpRows;
    columns = across * warpColumns;
  }

  /// 64 bytes of each line.
  int64_t depth() const override { return 2 * unitDepthOf(leftType); }
  SmallVector<Value> start(ImplicitLocOpBuilder &b) override {
    return ::tenon::createZeros(b, warpRows * warpColumns / warpSize,
                                areBytes() ? Type(b.getI32Type())
                                           : Type(b.getF32Type()));
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
  bool areBytes() const { return isa<IntegerType>(leftType); }
  void locate(ImplicitLocOpBuilder &b);

  ThreadGroup threads;
  Type leftType, rightType;
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
  for (int64_t step = 0; step < lhs.depth; step += unitDepthOf(leftType)) {
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
        ArrayRef<Value> before(own, sumsPerUnit);
        llvm::copy(areBytes() ? ::tenon::multiplyBytes(b, leftType, rightType,
                                                       left[i], pair, before)
                              : ::tenon::multiplyFragments(
                                    b, cast<FloatType>(leftType), left[i], pair,
                                    before),
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
                                                    int64_t columns, Type left,
                                                    Type right) {
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
      best = std::make_unique<TensorCore>(threads, left, right, down, across,
                                          warpRows, warpColumns);
      least = reads;
    }
  }
  return best;
}
