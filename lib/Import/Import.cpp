//===- Import.cpp - Which importer a model file is for --------------------===//

#include "tenon/Import/Import.h"

using namespace tenon;

namespace {
enum class ModelKind { Onnx, HuggingFace };
} // namespace

static Result<ModelKind> kindOf(const std::filesystem::path &model) {
  std::error_code failure;
  if (!std::filesystem::exists(model, failure))
    return Error{model.string() + ": there is no such file or folder"};
  if (std::filesystem::is_directory(model, failure)) {
    if (std::filesystem::exists(model / "config.json", failure))
      return ModelKind::HuggingFace;
    return Error{model.string() + ": a model folder needs a config.json"};
  }
  if (model.extension() == ".onnx")
    return ModelKind::Onnx;
  return Error{model.string() + ": not a model that Tenon knows (.onnx, .mlir, .mlirbc, a Hugging Face folder)"};
}

Result<Signature> tenon::readSignature(const std::filesystem::path &model) {
  Result<ModelKind> kind = kindOf(model);
  if (!kind)
    return kind.error();
  return *kind == ModelKind::Onnx ? readOnnxSignature(model) : readHuggingFaceSignature(model);
}

Result<ImportedModel> tenon::importModel(mlir::MLIRContext &context, const std::filesystem::path &model,
                                         const ImportOptions &options) {
  Result<ModelKind> kind = kindOf(model);
  if (!kind)
    return kind.error();
  return *kind == ModelKind::Onnx ? importOnnx(context, model, options) : importHuggingFace(context, model, options);
}
