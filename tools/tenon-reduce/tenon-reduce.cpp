//===- tenon-reduce.cpp - Smaller .mlir files that still fail -------------===//

#include "tenon/Pipelines/InitAll.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Tools/mlir-reduce/MlirReduceMain.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

static constexpr llvm::StringLiteral overview =
    "Tenon's test case reducer: shrinks a file while a script still exits "
    "with 1 on it.\n\n"
    "Example: tenon-reduce model.mlir --reduction-tree='traversal-mode=0 "
    "test=fails.sh'\n\n";

int main(int argc, char **argv) {
  // The reducer's own help text follows and cannot be extended.
  if (llvm::is_contained(llvm::ArrayRef(argv, argc), llvm::StringRef("--help")))
    llvm::outs() << overview;
  tenon::registerAllPasses();
  mlir::DialectRegistry registry;
  tenon::registerAll(registry);
  mlir::MLIRContext context(registry);
  return mlir::failed(mlir::mlirReduceMain(argc, argv, context));
}
