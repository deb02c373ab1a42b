//===- FuzzOnnx.cpp - Feeds the ONNX importer -----------------------------===//
//
// The importer maps a file, so the bytes become one in memory. Dynamic sizes
// are given, so that the graph behind them is reached.
//
//===----------------------------------------------------------------------===//

#include "tenon/Import/Import.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

using namespace tenon;

static void importFile(const std::filesystem::path &path) {
  // A context keeps every type it has seen: a new one every so often.
  static std::unique_ptr<mlir::MLIRContext> context;
  static unsigned uses = 0;
  if (uses++ % 1000 == 0)
    context = std::make_unique<mlir::MLIRContext>(
        mlir::MLIRContext::Threading::DISABLED);
  mlir::ScopedDiagnosticHandler silence(
      context.get(), [](mlir::Diagnostic &) { return mlir::success(); });

  ImportOptions options;
  if (auto signature = readOnnxSignature(path, options); signature.ok())
    for (const Port &port : signature->inputs)
      for (const std::string &symbol : port.symbols)
        if (!symbol.empty())
          options.dims[symbol] = 2;
  Result<ImportedModel> model = importOnnx(*context, path, options);
  if (!model && model.error().message.empty())
    std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  int file = memfd_create("fuzz.onnx", MFD_CLOEXEC);
  if (file < 0)
    std::abort();
  if (write(file, data, size) == static_cast<ssize_t>(size))
    importFile("/proc/self/fd/" + std::to_string(file));
  close(file);
  return 0;
}
