//===- InnerContraction.cpp - Sums of products along a vector -------------===//
//
// acc[row, column] += the sum over lanes of lhs[row, lanes] * rhs[column,
// lanes]: the axis that is summed lies contiguous in both factors.
//
//===----------------------------------------------------------------------===//

#include "ContractionForms.h"
#include "ContractionNest.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using ::tenon::Contraction;
using ::tenon::ContractionForm;
using ::tenon::RegisterTiling;

static constexpr int64_t rowsOfTile = 3;

namespace {
class InnerNest : ::tenon::ContractionNest {
public:
  InnerNest(const Contraction &contraction, const ContractionForm &form,
            int64_t lanes, const RegisterTiling &tiling)
      : ContractionNest(contraction, form, lanes),
        columnsOfTile(tiling.mostAccumulators() / rowsOfTile) {}

  void run() {
    SmallVector<int64_t> outer;
    for (int64_t loop : contraction.parallel)
      if (loop != form.rowLoop && loop != form.columnLoop)
        outer.push_back(loop);
    overLoops(outer, [&] { overColumns(); });
    contraction.op->erase();
  }

private:
  void overColumns() {
    tiles(form.columnLoop, columnsOfTile, [&](int64_t columns) {
      tiles(form.rowLoop, rowsOfTile,
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

  int64_t columnsOfTile;
};
} // namespace

void tenon::emitInnerContraction(const Contraction &contraction,
                                 const ContractionForm &form, int64_t lanes,
                                 const RegisterTiling &tiling) {
  InnerNest(contraction, form, lanes, tiling).run();
}
