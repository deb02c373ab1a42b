//===- FuzzSafetensors.cpp - Feeds the safetensors header's reader --------===//

#include "tenon/Import/Tensors/TensorFiles.h"

#include <cstdlib>

using namespace tenon;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto bytes = std::as_bytes(std::span(data, size));
  Result<std::vector<SafetensorsEntry>> entries =
      parseSafetensorsHeader(bytes, "fuzz.safetensors");
  if (!entries)
    return 0;
  // The accepted tensors cover the file's end exactly, each with its own bytes.
  uint64_t covered = 0;
  for (const SafetensorsEntry &entry : *entries) {
    if (byteCount(entry.type, entry.shape) != entry.bytes ||
        entry.offset > size || entry.bytes > size - entry.offset)
      std::abort();
    covered += entry.bytes;
  }
  if (!entries->empty() && entries->front().offset + covered != size)
    std::abort();
  return 0;
}
