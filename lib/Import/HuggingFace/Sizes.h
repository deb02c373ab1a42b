//===- Sizes.h - The sizes for which a model is imported ------------------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_SIZES_H
#define TENON_LIB_IMPORT_HUGGINGFACE_SIZES_H

#include "tenon/Import/Import.h"

namespace tenon::hugging_face {

/// The size of every symbol of a signature's inputs (`batch`, `sequence`), from
/// `options.dims` and the shapes of the tensors at hand. An error where a size
/// is unknown, where two disagree, and where an option names nothing.
Result<std::map<std::string, int64_t>>
resolveSizes(const Signature &signature, const ImportOptions &options,
             const std::string &model);

/// Whether an optional input is given. Where no tensors are at hand at all it
/// counts as given: the program then takes every input of the signature.
bool isGiven(const std::string &input, const ImportOptions &options);

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_SIZES_H
