//===- FuzzTensorProto.cpp - Feeds the TensorProto reader -----------------===//

#include "tenon/Import/Tensors/TensorFiles.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto bytes = std::as_bytes(std::span(data, size));
  tenon::Result<tenon::NamedTensor> named =
      tenon::parseTensorProto(bytes, "fuzz.pb");
  // A byte of the file gives at most one value, or two of 4 bits, and a value
  // has at most 8 bytes.
  if (named.ok() && named->tensor.bytes() > 8 * size)
    std::abort();
  return 0;
}
