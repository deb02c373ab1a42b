//===- Npz.h - Archives of NumPy arrays -----------------------------------===//

#ifndef TENON_LIB_IMPORT_TENSORS_NPZ_H
#define TENON_LIB_IMPORT_TENSORS_NPZ_H

#include "tenon/Import/Tensors/TensorFiles.h"

namespace tenon {

/// The bytes of an archive of `tensors`. Equal tensors give equal bytes: the
/// entries carry no date.
Result<std::vector<std::byte>> formatNpz(std::span<const NamedTensor> tensors,
                                         NpzCompression compression);

} // namespace tenon

#endif // TENON_LIB_IMPORT_TENSORS_NPZ_H
