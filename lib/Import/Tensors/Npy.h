//===- Npy.h - NumPy's array format ---------------------------------------===//

#ifndef TENON_LIB_IMPORT_TENSORS_NPY_H
#define TENON_LIB_IMPORT_TENSORS_NPY_H

#include "tenon/Runtime/Tensor.h"

namespace tenon {

/// What stands before the values of a tensor in a .npy file: a multiple of 64
/// bytes. 4-bit integers are written as 8-bit ones. An Error for the element
/// types that NumPy's format cannot tell apart.
Result<std::string> npyPrefix(const Tensor &tensor);

} // namespace tenon

#endif // TENON_LIB_IMPORT_TENSORS_NPY_H
