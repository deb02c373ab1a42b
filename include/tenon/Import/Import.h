//===- Import.h - Model files to modules ----------------------------------===//

#ifndef TENON_IMPORT_IMPORT_H
#define TENON_IMPORT_IMPORT_H

#include "tenon/RewriteOptions.h"
#include "tenon/Runtime/Tensor.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <filesystem>
#include <map>

namespace tenon {

/// One input or output as the model file declares it.
struct Port {
  std::string name;
  DataType type = DataType::Float32;
  /// A size, or -1 with a name (possibly empty) in `symbols`.
  std::vector<int64_t> shape;
  std::vector<std::string> symbols;
  bool optional = false; ///< the model has a default for it
  bool updated = false;  ///< an input that a run writes to: a cache
  /// Of an input of a network that a denoising loop runs: "begin" where it is
  /// the same in the whole loop, "time" where it depends on the step's number
  /// alone.
  std::string stage = "";
};
struct Signature {
  std::vector<Port> inputs, outputs;
};

/// What is known about the inputs when a model is imported. Everything compiled
/// has static shapes, so each dynamic size must follow from one of these.
struct ImportOptions {
  std::map<std::string, int64_t> dims; ///< --dim NAME=N
  std::map<std::string, std::vector<int64_t>>
      inputShapes; ///< of the tensors at hand
  std::map<std::string, Tensor>
      inputValues; ///< their values, used only where one decides a shape or a
                   ///< branch
  /// What a decoder's caches keep: f32, f16, bf16, or i8 with scales;
  /// nothing: the type of its weights.
  std::optional<DataType> cacheType;
  /// Of an autoencoder: "decoder" or "encoder"; empty: the decoder. Of a UNet
  /// or a ControlNet "controlled": with inputs for what a ControlNet gives.
  std::string part;
  /// By row, "adapters" [batch] is an input.
  AdapterOptions adapters;
};

struct ImportedModel {
  /// `func.func @step`, arguments and results with `tenon.name` and
  /// `tenon.dtype`.
  mlir::OwningOpRef<mlir::ModuleOp> module;
  /// Inputs whose value became part of the program: another value needs another
  /// import.
  std::vector<std::string> specialisedInputs;
};

/// What a model asks for and gives, without importing it. Of the options the
/// types count.
Result<Signature> readSignature(const std::filesystem::path &model,
                                const ImportOptions &options = {});
/// Reads an .onnx file or a Hugging Face folder. Errors name file, node and
/// reason; "unsupported: <op> (<why>)" where the model is sound but Tenon lacks
/// something.
Result<ImportedModel> importModel(mlir::MLIRContext &context,
                                  const std::filesystem::path &model,
                                  const ImportOptions &options);

/// How a decoder's folder ends what it generates.
struct GenerationDefaults {
  std::vector<int64_t> stopTokens;
};
/// From generation_config.json, else config.json; neither need be there.
Result<GenerationDefaults>
readGenerationDefaults(const std::filesystem::path &folder);

Result<Signature> readOnnxSignature(const std::filesystem::path &model,
                                    const ImportOptions &options);
Result<ImportedModel> importOnnx(mlir::MLIRContext &context,
                                 const std::filesystem::path &model,
                                 const ImportOptions &options);
Result<Signature> readHuggingFaceSignature(const std::filesystem::path &folder,
                                           const ImportOptions &options);
Result<ImportedModel> importHuggingFace(mlir::MLIRContext &context,
                                        const std::filesystem::path &folder,
                                        const ImportOptions &options);

/// A component of a diffusers pipeline: a UNet, an autoencoder.
Result<Signature> readDiffusersSignature(const std::filesystem::path &folder,
                                         const ImportOptions &options);
Result<ImportedModel> importDiffusers(mlir::MLIRContext &context,
                                      const std::filesystem::path &folder,
                                      const ImportOptions &options);

} // namespace tenon

#endif // TENON_IMPORT_IMPORT_H
