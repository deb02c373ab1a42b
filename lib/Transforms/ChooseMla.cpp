//===- ChooseMla.cpp - Which form each latent attention takes -------------===//

#include "MlaCost.h"

#include "tenon/IR/Shapes.h"
#include "tenon/Transforms/Passes.h"

namespace tenon {
#define GEN_PASS_DEF_CHOOSEMLAPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

namespace {
struct ChooseMla : ::tenon::impl::ChooseMlaPassBase<ChooseMla> {
  using ChooseMlaPassBase::ChooseMlaPassBase;

  void runOnOperation() override {
    std::optional<MlaForm> asked = symbolizeMlaForm(form.getValue());
    if (!asked && form.getValue() != "auto") {
      getOperation()->emitError()
          << "tenon-choose-mla: form '" << form.getValue()
          << "' is none of auto, absorbed, expanded";
      return signalPassFailure();
    }
    getOperation()->walk([&](MlaOp op) {
      bool isStatic = llvm::none_of(op->getOperandTypes(), [](Type type) {
        return !cast<RankedTensorType>(type).hasStaticShape();
      });
      if (op.getForm() || (!asked && !isStatic))
        return;
      op.setForm(asked ? *asked : cheaperForm(sizesOf(op), productsPerByte));
    });
  }
};
} // namespace
