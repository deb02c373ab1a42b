//===- LowerContraction.cpp - Register-tiled sums of products -------------===//

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace tenon {
#define GEN_PASS_DEF_LOWERCONTRACTIONPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

namespace {
struct LowerContraction : ::tenon::impl::LowerContractionPassBase<LowerContraction> {
  using Base::Base;
  void runOnOperation() override {}
};
} // namespace
