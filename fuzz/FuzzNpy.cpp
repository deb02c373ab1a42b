//===- FuzzNpy.cpp - Feeds the .npy reader --------------------------------===//

#include "tenon/Import/Tensors/TensorFiles.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto bytes = std::as_bytes(std::span(data, size));
  tenon::Result<tenon::Tensor> tensor = tenon::parseNpy(bytes, "fuzz.npy");
  // What is accepted was all in the file.
  if (tensor.ok() && tensor->bytes() > size)
    std::abort();
  return 0;
}
