//===- FuzzDiffusers.cpp - Feeds the importer of diffusers' components ----===//
//
// The first byte says which weights lie beside the configuration that the rest
// is, and which part of an autoencoder is wanted.
//
//===----------------------------------------------------------------------===//

#include "Folder.h"

#include "tenon/Import/Import.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"

using namespace tenon;
namespace fs = std::filesystem;

static void importFolder(const fs::path &folder, ImportOptions options) {
  // A context keeps every type it has seen: a new one every so often.
  static std::unique_ptr<mlir::MLIRContext> context;
  static unsigned uses = 0;
  if (uses++ % 1000 == 0)
    context = std::make_unique<mlir::MLIRContext>(
        mlir::MLIRContext::Threading::DISABLED);
  mlir::ScopedDiagnosticHandler silence(
      context.get(), [](mlir::Diagnostic &) { return mlir::success(); });
  if (Result<Signature> signature = readDiffusersSignature(folder, options);
      signature.ok())
    for (const Port &port : signature->inputs)
      for (const std::string &symbol : port.symbols)
        if (!symbol.empty())
          options.dims[symbol] =
              llvm::StringRef(symbol).starts_with("image_") ? 8 : 4;
  Result<ImportedModel> model = importDiffusers(*context, folder, options);
  if (!model && model.error().message.empty())
    std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static constexpr const char *models[] = {"unet-1",
                                           "unet-2",
                                           "unet-xl",
                                           "unet-odd",
                                           "autoencoder",
                                           "autoencoder-plain",
                                           "autoencoder-upcast",
                                           "controlnet",
                                           "controlnet-xl"};
  static constexpr const char *config[] = {"config.json"};
  if (size == 0)
    return 0;
  std::string model = models[(data[0] & 15) % std::size(models)];
  fs::path folder = fuzz::folderInMemory() / model;
  std::error_code code;
  if (!fs::exists(folder, code)) {
    fs::create_directory(folder, code);
    const char *weights = "diffusion_pytorch_model.safetensors";
    fs::create_symlink(fs::path(TENON_TEST_INPUTS) / "models" / "diffusion" /
                           model / "model" / weights,
                       folder / weights, code);
  }
  std::string_view bytes(reinterpret_cast<const char *>(data), size);
  fuzz::writeFiles(folder, config, bytes.substr(1));
  ImportOptions options;
  if (data[0] & 16)
    options.part = data[0] & 32 ? "encoder" : "decoder";
  importFolder(folder, options);
  return 0;
}
