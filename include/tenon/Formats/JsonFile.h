//===- JsonFile.h - The JSON files of a model folder ----------------------===//

#ifndef TENON_FORMATS_JSONFILE_H
#define TENON_FORMATS_JSONFILE_H

#include "tenon/Runtime/Tensor.h"

#include "llvm/Support/JSON.h"

#include <filesystem>

namespace tenon {

/// Reads a JSON file. Files that are too large or nested too deeply to be a
/// configuration are refused, since the parser recurses.
Result<llvm::json::Value> readJson(const std::filesystem::path &path);
Result<llvm::json::Object> readJsonObject(const std::filesystem::path &path);
/// The same of what a file holds; `name` is for the error.
Result<llvm::json::Value> parseJson(std::string_view text,
                                    const std::string &name);

} // namespace tenon

#endif // TENON_FORMATS_JSONFILE_H
