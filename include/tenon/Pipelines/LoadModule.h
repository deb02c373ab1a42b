//===- LoadModule.h - Any model file to a module --------------------------===//

#ifndef TENON_PIPELINES_LOADMODULE_H
#define TENON_PIPELINES_LOADMODULE_H

#include "tenon/Import/Import.h"

namespace tenon {

/// A context that can hold every stage of a model; diagnostics stay silent,
/// errors come back as values.
std::unique_ptr<mlir::MLIRContext> createContext();

/// The signature of a model of any kind; of `function` in an .mlir or .mlirbc
/// file.
Result<Signature> loadSignature(const std::filesystem::path &model,
                                const std::string &function,
                                const ImportOptions &options = {});

/// An .mlir or .mlirbc file as it is, everything else through importModel.
Result<ImportedModel> loadModule(mlir::MLIRContext &context,
                                 const std::filesystem::path &model,
                                 const ImportOptions &options);

} // namespace tenon

#endif // TENON_PIPELINES_LOADMODULE_H
