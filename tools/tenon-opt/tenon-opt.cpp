//===- tenon-opt.cpp - MLIR in, passes, MLIR out --------------------------===//

#include "tenon/Pipelines/InitAll.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

static constexpr llvm::StringLiteral overview =
    "Tenon's pass driver: reads MLIR, runs passes, writes MLIR.\n\n"
    "Example: tenon-opt model.mlir --canonicalize --convert-tenon-to-linalg\n";

int main(int argc, char **argv) {
  tenon::registerAllPasses();
  mlir::DialectRegistry registry;
  tenon::registerAll(registry);
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, overview, registry));
}
