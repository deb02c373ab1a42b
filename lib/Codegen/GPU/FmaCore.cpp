//===- FmaCore.cpp - Products one by one, sums in registers ---------------===//

#include "AddressSpaces.h"
#include "MatmulParts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using ::tenon::MatmulCore;
using ::tenon::sharedSpace;
using ::tenon::StagedFactor;
using ::tenon::ThreadGroup;

/// Threads side by side along the columns.
static constexpr int64_t threadsAcross = 16;
/// f32 numbers in 16 bytes, which is what a thread reads at once.
static constexpr int64_t width = 4;
static constexpr int64_t mostPerThread = 8;

namespace {
/// Where a thread's rows (or columns) are: where lines hold steps of the sum
/// they are `threads` apart, so that neighbours read neighbouring lines; else
/// in groups of 4, so that each reads 16 bytes of a line.
struct Share {
  int64_t threads, count;
  Value own; ///< the thread's number among `threads`

  Value placeOf(ImplicitLocOpBuilder &b, bool isSumInner, int64_t index) const {
    auto constant = [&](int64_t value) -> Value {
      return arith::ConstantIndexOp::create(b, value);
    };
    if (isSumInner)
      return arith::AddIOp::create(b, own, constant(index * threads));
    return arith::AddIOp::create(
        b, arith::MulIOp::create(b, own, constant(width)),
        constant(index / width * threads * width + index % width));
  }
};

class FmaCore : public MatmulCore {
public:
  FmaCore(ThreadGroup threads, int64_t wantedRows, int64_t wantedColumns)
      : threads(threads) {
    int64_t down = threads.count / threadsAcross;
    auto share = [](int64_t wanted, int64_t among) {
      int64_t count = llvm::divideCeil(wanted, among);
      return std::min(mostPerThread,
                      static_cast<int64_t>(llvm::alignTo(count, width)));
    };
    rowShare = {down, share(wantedRows, down), {}};
    columnShare = {threadsAcross, share(wantedColumns, threadsAcross), {}};
    rows = down * rowShare.count;
    columns = threadsAcross * columnShare.count;
  }

  /// 64 bytes of each line.
  int64_t depth() const override { return 16; }
  SmallVector<Value> start(ImplicitLocOpBuilder &b) override {
    return ::tenon::createZeros(b, rowShare.count * columnShare.count,
                                b.getF32Type());
  }
  SmallVector<Value> multiply(ImplicitLocOpBuilder &b, const StagedFactor &lhs,
                              const StagedFactor &rhs, Value slot,
                              ValueRange sums) override;
  std::pair<Value, Value> placeOf(ImplicitLocOpBuilder &b,
                                  int64_t index) override;

private:
  void locate(ImplicitLocOpBuilder &b);
  SmallVector<SmallVector<Value>> read(ImplicitLocOpBuilder &b,
                                       const StagedFactor &factor,
                                       const Share &share, Value slot,
                                       Value step);

  ThreadGroup threads;
  Share rowShare, columnShare;
  bool isLhsSumInner = true, isRhsSumInner = true;
};
} // namespace

/// Finds the thread's place, where `b` is: all of the block's code is below.
void FmaCore::locate(ImplicitLocOpBuilder &b) {
  Value across = arith::ConstantIndexOp::create(b, threadsAcross);
  rowShare.own = arith::DivUIOp::create(b, threads.number, across);
  columnShare.own = arith::RemUIOp::create(b, threads.number, across);
}

/// The factor's numbers at steps step..step+3: for each step those of the
/// thread's rows.
SmallVector<SmallVector<Value>> FmaCore::read(ImplicitLocOpBuilder &b,
                                              const StagedFactor &factor,
                                              const Share &share, Value slot,
                                              Value step) {
  auto vector = VectorType::get({width}, b.getF32Type());
  SmallVector<SmallVector<Value>> numbers(width,
                                          SmallVector<Value>(share.count));
  auto load = [&](Value line, Value place) -> SmallVector<Value> {
    Value pointer =
        ::tenon::pointerTo(b, factor.buffer, {slot, line, place}, sharedSpace);
    Value loaded = LLVM::LoadOp::create(b, vector, pointer, /*alignment=*/16);
    SmallVector<Value> elements;
    for (int64_t i = 0; i < width; ++i)
      elements.push_back(LLVM::ExtractElementOp::create(
          b, loaded,
          LLVM::ConstantOp::create(b, b.getI32Type(), b.getI32IntegerAttr(i))));
    return elements;
  };
  if (factor.isSumInner) {
    for (int64_t own = 0; own < share.count; ++own)
      for (auto [i, element] :
           llvm::enumerate(load(share.placeOf(b, true, own), step)))
        numbers[i][own] = element;
    return numbers;
  }
  for (int64_t i = 0; i < width; ++i) {
    Value line = arith::AddIOp::create(
        b, step, arith::ConstantIndexOp::create(b, i).getResult());
    for (int64_t own = 0; own < share.count; own += width)
      for (auto [j, element] :
           llvm::enumerate(load(line, share.placeOf(b, false, own))))
        numbers[i][own + j] = element;
  }
  return numbers;
}

SmallVector<Value> FmaCore::multiply(ImplicitLocOpBuilder &b,
                                     const StagedFactor &lhs,
                                     const StagedFactor &rhs, Value slot,
                                     ValueRange sums) {
  isLhsSumInner = lhs.isSumInner;
  isRhsSumInner = rhs.isSumInner;
  locate(b);
  auto steps =
      scf::ForOp::create(b, arith::ConstantIndexOp::create(b, 0),
                         arith::ConstantIndexOp::create(b, lhs.depth),
                         arith::ConstantIndexOp::create(b, width), sums);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(steps.getBody());
  auto left = read(b, lhs, rowShare, slot, steps.getInductionVar()),
       right = read(b, rhs, columnShare, slot, steps.getInductionVar());
  SmallVector<Value> next(steps.getRegionIterArgs());
  for (int64_t step = 0; step < width; ++step)
    for (int64_t row = 0; row < rowShare.count; ++row)
      for (int64_t column = 0; column < columnShare.count; ++column) {
        Value &sum = next[row * columnShare.count + column];
        sum = math::FmaOp::create(b, left[step][row], right[step][column], sum);
      }
  scf::YieldOp::create(b, next);
  return llvm::to_vector_of<Value>(steps.getResults());
}

std::pair<Value, Value> FmaCore::placeOf(ImplicitLocOpBuilder &b,
                                         int64_t index) {
  locate(b);
  return {rowShare.placeOf(b, isLhsSumInner, index / columnShare.count),
          columnShare.placeOf(b, isRhsSumInner, index % columnShare.count)};
}

std::unique_ptr<MatmulCore>
tenon::createFmaCore(ThreadGroup threads, int64_t rows, int64_t columns) {
  return std::make_unique<FmaCore>(threads, rows, columns);
}
