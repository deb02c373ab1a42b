//===- NpyHeader.h - The dictionary in front of NumPy's arrays ------------===//

#ifndef TENON_LIB_IMPORT_TENSORS_NPYHEADER_H
#define TENON_LIB_IMPORT_TENSORS_NPYHEADER_H

#include "tenon/Runtime/Tensor.h"

namespace tenon {

struct NpyHeader {
  std::string descr;
  bool fortranOrder = false;
  std::vector<int64_t> shape;
};

/// Parses a header like {'descr': '<f4', 'fortran_order': False, 'shape': (3,
/// 4), }: every key once, in any order, nothing else.
Result<NpyHeader> parseNpyHeader(std::string_view text);

} // namespace tenon

#endif // TENON_LIB_IMPORT_TENSORS_NPYHEADER_H
