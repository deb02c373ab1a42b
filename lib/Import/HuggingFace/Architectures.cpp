//===- Architectures.cpp - The Hugging Face models that Tenon knows -------===//

#include "Architecture.h"
#include "ClipText.h"
#include "Decoder.h"
#include "Encoder.h"

#include "llvm/ADT/STLExtras.h"

namespace fs = std::filesystem;

namespace tenon::hugging_face {

static constexpr Architecture architectures[] = {
    {"bert", readEncoderSignature, importEncoder},
    {"roberta", readEncoderSignature, importEncoder},
    {"xlm-roberta", readEncoderSignature, importEncoder},
    {"camembert", readEncoderSignature, importEncoder},
    {"distilbert", readEncoderSignature, importEncoder},
    {"mpnet", readEncoderSignature, importEncoder},
    {"clip_text_model", readClipTextSignature, importClipText},
    {"llama", readDecoderSignature, importDecoder, /*hasCaches=*/true},
    {"mistral", readDecoderSignature, importDecoder, /*hasCaches=*/true},
    {"qwen2", readDecoderSignature, importDecoder, /*hasCaches=*/true},
    {"qwen3", readDecoderSignature, importDecoder, /*hasCaches=*/true},
    {"gemma2", readDecoderSignature, importDecoder, /*hasCaches=*/true},
    {"deepseek_v2", readDecoderSignature, importDecoder, /*hasCaches=*/true},
    {"deepseek_v3", readDecoderSignature, importDecoder, /*hasCaches=*/true},
};

const Architecture *findArchitecture(llvm::StringRef modelType) {
  for (const Architecture &architecture : architectures)
    if (architecture.modelType == modelType)
      return &architecture;
  return nullptr;
}

std::string architectureNames() {
  std::string names;
  for (const Architecture &architecture : architectures)
    names += (names.empty() ? "" : ", ") + architecture.modelType.str();
  return names;
}

/// A folder whose config.json has been read, and the entry of its model type.
struct OpenedFolder {
  Config config;
  const Architecture *architecture;
};

static Result<OpenedFolder> openFolder(const fs::path &folder,
                                       const ImportOptions &options) {
  fs::path path = folder / "config.json";
  std::error_code code;
  if (fs::exists(folder / "model_index.json", code))
    return Error{folder.string() +
                 ": unsupported: diffusers pipeline (model_index.json)"};
  Result<llvm::json::Object> object = readJsonObject(path);
  if (!object)
    return object.error();
  Config config(std::move(*object), path.string());
  std::string type = config.string("model_type", "");
  if (Status status = config.status(); !status)
    return status.error();
  if (const Architecture *architecture = findArchitecture(type)) {
    if (options.cacheType && !architecture->hasCaches)
      return Error{folder.string() + ": a " + type + " has no caches"};
    return OpenedFolder{std::move(config), architecture};
  }
  return Error{path.string() + ": unsupported: model_type '" + type +
               "' (known are " + architectureNames() + ")"};
}

} // namespace tenon::hugging_face

namespace tenon {

Result<Signature> readHuggingFaceSignature(const fs::path &folder,
                                           const ImportOptions &options) {
  auto opened = hugging_face::openFolder(folder, options);
  if (!opened)
    return opened.error();
  return opened->architecture->readSignature(folder, opened->config, options);
}

Result<ImportedModel> importHuggingFace(mlir::MLIRContext &context,
                                        const fs::path &folder,
                                        const ImportOptions &options) {
  auto opened = hugging_face::openFolder(folder, options);
  if (!opened)
    return opened.error();
  return opened->architecture->import(context, folder, opened->config, options);
}

} // namespace tenon
