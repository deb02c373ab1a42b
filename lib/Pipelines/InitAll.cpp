//===- InitAll.cpp - Registration of everything Tenon can parse -----------===//

#include "tenon/Pipelines/InitAll.h"
#include "tenon/Codegen/Passes.h"
#include "tenon/Conversion/Passes.h"
#include "tenon/IR/TenonDialect.h"
#include "tenon/Pipelines/Pipelines.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"

void tenon::registerAll(mlir::DialectRegistry &registry) {
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<mlir::tenon::TenonDialect>();
}

void tenon::registerAllPasses() {
  mlir::registerAllPasses();
  mlir::tenon::registerTenonConversionPasses();
  registerTenonTransformsPasses();
  registerTenonCodegenPasses();
  registerPipelines();
}
