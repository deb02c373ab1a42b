//===- FuzzNpz.cpp - Feeds the .npz reader --------------------------------===//

#include "tenon/Import/Tensors/TensorFiles.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto bytes = std::as_bytes(std::span(data, size));
  (void)tenon::parseNpz(bytes, "fuzz.npz");
  return 0;
}
