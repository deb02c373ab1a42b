//===- LowerContraction.cpp - Register-tiled sums of products -------------===//

#include "ContractionForms.h"

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
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
using ::tenon::RegisterTiling;

/// Of the narrowest register.
static constexpr int64_t fewestLanes = 4;

static void emit(const Contraction &contraction, const ContractionForm &form,
                 int64_t lanes, const RegisterTiling &tiling) {
  switch (form.kind) {
  case ContractionForm::Kind::Outer:
    return ::tenon::emitOuterContraction(contraction, form, lanes, tiling);
  case ContractionForm::Kind::Inner:
    return ::tenon::emitInnerContraction(contraction, form, lanes, tiling);
  case ContractionForm::Kind::Window:
    return ::tenon::emitWindowContraction(contraction, form, lanes, tiling);
  }
}

namespace {
struct LowerContraction
    : ::tenon::impl::LowerContractionPassBase<LowerContraction> {
  using Base::Base;

  void runOnOperation() override {
    RegisterTiling tiling;
    tiling.registers = registers;
    tiling.bf16Products = bf16Products;
    tiling.byteProducts = byteProducts;
    tiling.signedByteProducts = signedByteProducts;
    tiling.wordProducts = wordProducts;
    tiling.isArm = arm;
    tiling.summedSteps = summedSteps;
    tiling.columnsToCopy = columnsToCopy;
    SmallVector<linalg::LinalgOp> ops;
    getOperation().walk([&](linalg::LinalgOp op) { ops.push_back(op); });
    for (linalg::LinalgOp op : ops) {
      FailureOr<Contraction> contraction = ::tenon::matchContraction(op);
      if (failed(contraction))
        continue;
      int64_t lanes = vectorBytes * 8 /
                      contraction->accumulatorType().getIntOrFloatBitWidth();
      std::optional<ContractionForm> form =
          ::tenon::chooseForm(*contraction, lanes);
      if (!form)
        continue;
      // A short axis fills a narrower register.
      if (int64_t size = contraction->sizes[form->vectorLoop];
          form->kind != ContractionForm::Kind::Inner && size >= fewestLanes &&
          size < lanes && llvm::isPowerOf2_64(size))
        lanes = size;
      emit(*contraction, *form, lanes, tiling);
    }
  }
};
} // namespace
