//===- AllowReassociation.cpp - Let sums be reordered ---------------------===//

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace tenon {
#define GEN_PASS_DEF_ALLOWREASSOCIATIONPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

namespace {
struct AllowReassociation
    : ::tenon::impl::AllowReassociationPassBase<AllowReassociation> {
  void runOnOperation() override {
    getOperation().walk([](arith::ArithFastMathInterface op) {
      if (!isa<arith::AddFOp, arith::MulFOp, arith::SubFOp>(op.getOperation()))
        return;
      auto flags = arith::FastMathFlags::contract;
      auto parent = op->getParentOfType<linalg::LinalgOp>();
      if (parent && parent.getNumReductionLoops() > 0 &&
          isa<arith::AddFOp, arith::MulFOp>(op.getOperation()))
        flags = flags | arith::FastMathFlags::reassoc;
      op->setAttr(op.getFastMathAttrName(),
                  arith::FastMathFlagsAttr::get(op.getContext(), flags));
    });
  }
};
} // namespace
