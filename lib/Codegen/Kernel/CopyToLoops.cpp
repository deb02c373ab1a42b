//===- CopyToLoops.cpp - Strided copies as linalg ops ---------------------===//

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace tenon {
#define GEN_PASS_DEF_COPYTOLOOPSPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

static bool isContiguous(Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  return type.hasStaticShape() &&
         type.areTrailingDimsContiguous(type.getRank());
}

namespace {
struct CopyToLoops : ::tenon::impl::CopyToLoopsPassBase<CopyToLoops> {
  void runOnOperation() override {
    getOperation().walk([](memref::CopyOp copy) {
      if (isContiguous(copy.getSource()) && isContiguous(copy.getTarget()))
        return;
      OpBuilder builder(copy);
      linalg::CopyOp::create(builder, copy.getLoc(), copy.getSource(),
                             copy.getTarget());
      copy.erase();
    });
  }
};
} // namespace
