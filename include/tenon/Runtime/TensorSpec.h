//===- TensorSpec.h - What a program takes or gives -----------------------===//

#ifndef TENON_RUNTIME_TENSORSPEC_H
#define TENON_RUNTIME_TENSORSPEC_H

#include "tenon/Runtime/Tensor.h"

namespace tenon {

/// An input or an output of a program. The sizes are exact.
struct TensorSpec {
  std::string name;
  DataType type = DataType::Float32;
  std::vector<int64_t> shape;
  bool updated = false; ///< an input that a run writes to
  /// Where not empty, the bytes that an input must have: the program was made
  /// for this value (a shape, an axis).
  std::vector<std::byte> value = {};

  /// Whether a tensor may be given for it.
  bool accepts(const Tensor &tensor) const;
};

/// Whether these inputs, by name, are what the specs ask for, and no more.
bool acceptsInputs(std::span<const TensorSpec> specs,
                   std::span<const NamedTensor> inputs);

} // namespace tenon

#endif // TENON_RUNTIME_TENSORSPEC_H
