//===- FuzzProgram.cpp - Feeds the reader of compiled programs ------------===//
//
// The input is a program's body; the header before it, with the checksum that
// would stop nearly every input, is made here.
//
//===----------------------------------------------------------------------===//

#include "tenon/Runtime/Program.h"

#include <cstdlib>
#include <cstring>

using namespace tenon;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint64_t length = size, hash = 0xcbf29ce484222325;
  for (size_t i = 0; i < size; ++i)
    hash = (hash ^ data[i]) * 0x100000001b3;
  std::vector<std::byte> bytes = serialize(Program());
  constexpr size_t lengthAt = 12, checksumAt = 20, bodyAt = 28;
  bytes.resize(bodyAt + size);
  std::memcpy(bytes.data() + lengthAt, &length, sizeof length);
  std::memcpy(bytes.data() + checksumAt, &hash, sizeof hash);
  if (size)
    std::memcpy(bytes.data() + bodyAt, data, size);
  Result<Program> program = deserialize(bytes);
  if (program.ok() &&
      (!validate(*program).ok() || serialize(*program) != bytes))
    std::abort();
  return 0;
}
