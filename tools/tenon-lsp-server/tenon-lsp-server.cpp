//===- tenon-lsp-server.cpp - Editor support for .mlir files --------------===//

#include "tenon/Pipelines/InitAll.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

static constexpr llvm::StringLiteral overview =
    "Tenon's language server: an editor starts it and talks over stdin and "
    "stdout.\n\n"
    "Example, in VS Code's settings.json: \"mlir.server_path\": "
    "\"build/bin/tenon-lsp-server\"\n\n";

int main(int argc, char **argv) {
  // The server's own help text follows and cannot be extended.
  if (llvm::is_contained(llvm::ArrayRef(argv, argc), llvm::StringRef("--help")))
    llvm::outs() << overview;
  mlir::DialectRegistry registry;
  tenon::registerAll(registry);
  return mlir::failed(mlir::MlirLspServerMain(argc, argv, registry));
}
