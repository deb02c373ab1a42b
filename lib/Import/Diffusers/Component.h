//===- Component.h - What a component of a diffusers folder provides ------===//
//
// One class of model is one file or a few, entered in the table of
// Components.cpp by the `_class_name` of its config.json.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_DIFFUSERS_COMPONENT_H
#define TENON_LIB_IMPORT_DIFFUSERS_COMPONENT_H

#include "WeightScope.h"

#include "Config.h"

#include "tenon/Import/Import.h"

namespace tenon::diffusers {

using hugging_face::Config;
using hugging_face::WeightScope;

Result<Signature> readUnetSignature(const std::filesystem::path &folder,
                                    Config &config,
                                    const ImportOptions &options);
Result<ImportedModel> importUnet(mlir::MLIRContext &context,
                                 const std::filesystem::path &folder,
                                 Config &config, const ImportOptions &options);

Result<Signature> readControlNetSignature(const std::filesystem::path &folder,
                                          Config &config,
                                          const ImportOptions &options);
Result<ImportedModel> importControlNet(mlir::MLIRContext &context,
                                       const std::filesystem::path &folder,
                                       Config &config,
                                       const ImportOptions &options);

/// The part that the options name.
Result<Signature> readAutoencoderSignature(const std::filesystem::path &folder,
                                           Config &config,
                                           const ImportOptions &options);
Result<ImportedModel> importAutoencoder(mlir::MLIRContext &context,
                                        const std::filesystem::path &folder,
                                        Config &config,
                                        const ImportOptions &options);

/// The tensors of a component's folder, one of which is `probe`.
Result<WeightScope> openWeights(const std::filesystem::path &folder,
                                llvm::StringRef probe);

/// Complains of keys that are neither in `read`, nor off or at the value that
/// `others` gives (as JSON).
void refuseOtherKeys(
    Config &config, llvm::ArrayRef<llvm::StringRef> read,
    llvm::ArrayRef<std::pair<llvm::StringRef, llvm::StringRef>> others);

} // namespace tenon::diffusers

#endif // TENON_LIB_IMPORT_DIFFUSERS_COMPONENT_H
