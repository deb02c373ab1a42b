//===- Safetensors.h - Hugging Face's tensor format -----------------------===//

#ifndef TENON_LIB_IMPORT_TENSORS_SAFETENSORS_H
#define TENON_LIB_IMPORT_TENSORS_SAFETENSORS_H

#include "tenon/Import/Tensors/TensorFiles.h"

namespace tenon {

/// The tensors of a mapped file, as views of it wherever elements are aligned
/// and booleans clean.
Result<std::vector<NamedTensor>>
readSafetensors(std::shared_ptr<MappedFile> file, std::string_view name);

/// What stands before the values of `tensors`, and the order in which those
/// follow.
struct SafetensorsLayout {
  std::string prefix;
  std::vector<size_t> order;
};
Result<SafetensorsLayout>
layoutSafetensors(std::span<const NamedTensor> tensors);

} // namespace tenon

#endif // TENON_LIB_IMPORT_TENSORS_SAFETENSORS_H
