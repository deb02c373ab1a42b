//===- RewriteModel.cpp - tenon-rewrite-model: rewrites on tenon ops ------===//

#include "tenon/Pipelines/Pipelines.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Transforms/Passes.h"

using namespace mlir;

void tenon::buildRewritePipeline(OpPassManager &manager) {
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
}
