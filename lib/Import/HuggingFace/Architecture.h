//===- Architecture.h - What a Hugging Face architecture provides ---------===//
//
// One architecture (or a family of near relatives) is one file, entered in the
// table of Architectures.cpp by the `model_type` of its config.json.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_ARCHITECTURE_H
#define TENON_LIB_IMPORT_HUGGINGFACE_ARCHITECTURE_H

#include "Config.h"

#include "tenon/Import/Import.h"

namespace tenon::hugging_face {

struct Architecture {
  llvm::StringRef modelType;
  Result<Signature> (*readSignature)(const std::filesystem::path &folder,
                                     Config &config,
                                     const ImportOptions &options);
  Result<ImportedModel> (*import)(mlir::MLIRContext &context,
                                  const std::filesystem::path &folder,
                                  Config &config, const ImportOptions &options);
  bool hasCaches = false; ///< whose type `ImportOptions::cacheType` chooses
};

/// Null for a model type that Tenon does not know.
const Architecture *findArchitecture(llvm::StringRef modelType);
/// "bert, distilbert, ...", for messages.
std::string architectureNames();

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_ARCHITECTURE_H
