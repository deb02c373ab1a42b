//===- Import.cpp - Which importer a model file is for --------------------===//

#include "tenon/Import/Import.h"

#include "tenon/Formats/JsonFile.h"

using namespace tenon;

namespace {
enum class ModelKind { Onnx, HuggingFace, Diffusers };
} // namespace

/// Whether a folder is one of diffusers' models, by what its config.json says.
static bool isComponent(const std::filesystem::path &folder) {
  Result<llvm::json::Object> object = readJsonObject(folder / "config.json");
  return object && object->get("_class_name") && !object->get("model_type");
}

static Result<ModelKind> kindOf(const std::filesystem::path &model) {
  std::error_code failure;
  if (!std::filesystem::exists(model, failure))
    return Error{model.string() + ": there is no such file or folder"};
  if (std::filesystem::is_directory(model, failure)) {
    if (std::filesystem::exists(model / "config.json", failure))
      return isComponent(model) ? ModelKind::Diffusers : ModelKind::HuggingFace;
    return Error{model.string() + ": a model folder needs a config.json"};
  }
  if (model.extension() == ".onnx")
    return ModelKind::Onnx;
  return Error{model.string() + ": not a model that Tenon knows (.onnx, .mlir, "
                                ".mlirbc, a Hugging Face folder)"};
}

/// What only a model that Tenon builds itself can be given.
static Status checkOptions(const std::filesystem::path &model, ModelKind kind,
                           const ImportOptions &options) {
  if (options.cacheType && kind == ModelKind::Onnx)
    return Error{model.string() +
                 ": the caches of an ONNX model have the types that it says"};
  if (!options.part.empty() && kind != ModelKind::Diffusers)
    return Error{model.string() + ": the model has no parts"};
  return success();
}

Result<Signature> tenon::readSignature(const std::filesystem::path &model,
                                       const ImportOptions &options) {
  Result<ModelKind> kind = kindOf(model);
  if (!kind)
    return kind.error();
  if (Status status = checkOptions(model, *kind, options); !status)
    return status.error();
  switch (*kind) {
  case ModelKind::Onnx:
    return readOnnxSignature(model, options);
  case ModelKind::HuggingFace:
    return readHuggingFaceSignature(model, options);
  case ModelKind::Diffusers:
    return readDiffusersSignature(model, options);
  }
  llvm_unreachable("all kinds are handled");
}

Result<ImportedModel> tenon::importModel(mlir::MLIRContext &context,
                                         const std::filesystem::path &model,
                                         const ImportOptions &options) {
  Result<ModelKind> kind = kindOf(model);
  if (!kind)
    return kind.error();
  if (Status status = checkOptions(model, *kind, options); !status)
    return status.error();
  switch (*kind) {
  case ModelKind::Onnx:
    return importOnnx(context, model, options);
  case ModelKind::HuggingFace:
    return importHuggingFace(context, model, options);
  case ModelKind::Diffusers:
    return importDiffusers(context, model, options);
  }
  llvm_unreachable("all kinds are handled");
}
