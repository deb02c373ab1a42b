//===- WarpgroupCore.cpp - Products by wgmma, from shared memory ----------===//
//
// Four warps multiply 64 x 64 by 64 x N out of shared memory while they go on.
// Fragments, descriptors and the swizzle of 128 bytes are those of the PTX ISA
// ("Asynchronous Warpgroup Level Matrix Instructions").
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

static constexpr int64_t threadsOfGroup = 4 * warpSize;
static constexpr int64_t unitRows = 64, unitDepth = 16, mostColumns = 256,
                         columnGrain = 8;
/// Steps of the sum in a line of 128 bytes.
static constexpr int64_t lineDepth = 64, lineBytes = 128;
/// Eight lines are what the swizzle permutes.
static constexpr int64_t patternBytes = 8 * lineBytes;
static constexpr int64_t matrixSize = 8;

namespace {
class WarpgroupCore : public MatmulCore {
public:
  WarpgroupCore(ThreadGroup threads, int64_t wantedColumns, FloatType element)
      : threads(threads), element(element) {
    rows = threads.count / threadsOfGroup * unitRows;
    columns = std::min<int64_t>(mostColumns,
                                llvm::alignTo(wantedColumns, columnGrain));
  }

  int64_t depth() const override { return lineDepth; }
  bool isAsynchronous() const override { return true; }
  int64_t neighbours() const override { return 2; }

  SmallVector<Value> start(ImplicitLocOpBuilder &b) override {
    return {LLVM::ZeroOp::create(b, sumType(b))};
  }
  SmallVector<Value> multiply(ImplicitLocOpBuilder &b, const StagedFactor &lhs,
                              const StagedFactor &rhs, Value slot,
                              ValueRange sums) override;
  void publish(ImplicitLocOpBuilder &b) override;
  void wait(ImplicitLocOpBuilder &b, int64_t left) override {
    NVVM::WgmmaWaitGroupSyncOp::create(b, left);
  }
  SmallVector<Value> finish(ImplicitLocOpBuilder &b, ValueRange sums) override;
  std::pair<Value, Value> placeOf(ImplicitLocOpBuilder &b,
                                  int64_t index) override;

private:
  int64_t sumCount() const { return unitRows * columns / threadsOfGroup; }
  Type sumType(ImplicitLocOpBuilder &b) const {
    return LLVM::LLVMStructType::getLiteral(
        b.getContext(), SmallVector<Type>(sumCount(), b.getF32Type()));
  }
  Value constant(ImplicitLocOpBuilder &b, int64_t value) {
    return arith::ConstantIndexOp::create(b, value);
  }
  Value describe(ImplicitLocOpBuilder &b, const StagedFactor &factor,
                 Value slot, Value firstLine);

  ThreadGroup threads;
  FloatType element;
};
} // namespace

/// What wgmma is told of lines in shared memory: the address in units of 16
/// bytes, the distance between patterns of eight lines, the swizzle.
Value WarpgroupCore::describe(ImplicitLocOpBuilder &b,
                              const StagedFactor &factor, Value slot,
                              Value firstLine) {
  Type i64 = b.getI64Type();
  auto number = [&](int64_t value) -> Value {
    return LLVM::ConstantOp::create(b, i64, b.getI64IntegerAttr(value));
  };
  Value pointer = ::tenon::pointerTo(
      b, factor.buffer, {slot, firstLine, constant(b, 0)}, sharedSpace);
  Value address = LLVM::PtrToIntOp::create(b, i64, pointer);
  address = LLVM::LShrOp::create(
      b, LLVM::AndOp::create(b, address, number(0x3ffff)), number(4));
  int64_t rest =
      int64_t(1) << 16 | (patternBytes >> 4) << 32 | int64_t(1) << 62;
  return LLVM::OrOp::create(b, address, number(rest));
}

SmallVector<Value> WarpgroupCore::multiply(ImplicitLocOpBuilder &b,
                                           const StagedFactor &lhs,
                                           const StagedFactor &rhs, Value slot,
                                           ValueRange sums) {
  Value group =
      arith::DivUIOp::create(b, threads.number, constant(b, threadsOfGroup));
  Value left = describe(b, lhs, slot,
                        arith::MulIOp::create(b, group, constant(b, unitRows))),
        right = describe(b, rhs, slot, constant(b, 0));
  MLIRContext *context = b.getContext();
  auto shape = NVVM::MMAShapeAttr::get(context, unitRows, columns, unitDepth);
  auto type = NVVM::WGMMATypesAttr::get(context, element.isBF16()
                                                     ? NVVM::WGMMATypes::bf16
                                                     : NVVM::WGMMATypes::f16);
  auto one = NVVM::WGMMAScaleInAttr::get(context, NVVM::WGMMAScaleIn::one);
  NVVM::WgmmaFenceAlignedOp::create(b);
  Value sum = sums.front();
  for (int64_t step = 0; step < lineDepth; step += unitDepth) {
    // Within a line the address moves as if there were no swizzle.
    Value offset = LLVM::ConstantOp::create(
        b, b.getI64Type(),
        b.getI64IntegerAttr(step * lineBytes / lineDepth >> 4));
    sum = NVVM::WgmmaMmaAsyncOp::create(
        b, sumType(b), sum, LLVM::AddOp::create(b, left, offset),
        LLVM::AddOp::create(b, right, offset), shape, type, type,
        NVVM::WGMMATypesAttr::get(context, NVVM::WGMMATypes::f32),
        NVVM::WGMMAScaleOutAttr::get(context, NVVM::WGMMAScaleOut::one), one,
        one, NVVM::MMALayoutAttr::get(context, NVVM::MMALayout::row),
        NVVM::MMALayoutAttr::get(context, NVVM::MMALayout::col),
        NVVM::MMAIntOverflowAttr());
  }
  NVVM::WgmmaGroupSyncAlignedOp::create(b);
  return {sum};
}

/// What this thread has written becomes visible to wgmma.
void WarpgroupCore::publish(ImplicitLocOpBuilder &b) {
  NVVM::FenceProxyOp::create(
      b, NVVM::ProxyKind::async_shared,
      NVVM::SharedSpaceAttr::get(b.getContext(),
                                 NVVM::SharedSpace::shared_cta));
}

SmallVector<Value> WarpgroupCore::finish(ImplicitLocOpBuilder &b,
                                         ValueRange sums) {
  wait(b, 0);
  SmallVector<Value> numbers;
  for (int64_t index = 0; index < sumCount(); ++index)
    numbers.push_back(LLVM::ExtractValueOp::create(b, sums.front(), index));
  return numbers;
}

std::pair<Value, Value> WarpgroupCore::placeOf(ImplicitLocOpBuilder &b,
                                               int64_t index) {
  auto plus = [&](Value value, int64_t more) -> Value {
    return arith::AddIOp::create(b, value, constant(b, more));
  };
  // Warps follow one another in steps of 16 rows, groups of four in steps
  // of 64.
  Value warp = arith::DivUIOp::create(b, threads.number, constant(b, warpSize)),
        lane = arith::RemUIOp::create(b, threads.number, constant(b, warpSize));
  Value row = arith::AddIOp::create(
      b, arith::MulIOp::create(b, warp, constant(b, 2 * matrixSize)),
      arith::DivUIOp::create(b, lane, constant(b, 4)));
  Value pair = arith::MulIOp::create(
      b, arith::RemUIOp::create(b, lane, constant(b, 4)), constant(b, 2));
  return {plus(row, index / 2 % 2 * matrixSize),
          plus(pair, index / 4 * matrixSize + index % 2)};
}

std::unique_ptr<MatmulCore> tenon::createWarpgroupCore(ThreadGroup threads,
                                                       int64_t rows,
                                                       int64_t columns,
                                                       FloatType element) {
  if (threads.count % threadsOfGroup != 0 ||
      rows < threads.count / threadsOfGroup * unitRows || columns < unitRows)
    return nullptr;
  return std::make_unique<WarpgroupCore>(threads, columns, element);
}
