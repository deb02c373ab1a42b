//===- SampleProgram.h - A small program by hand --------------------------===//

#ifndef TENON_TEST_UNIT_RUNTIME_SAMPLEPROGRAM_H
#define TENON_TEST_UNIT_RUNTIME_SAMPLEPROGRAM_H

#include "tenon/Runtime/Program.h"

namespace tenon::test {

inline constexpr int64_t sampleCount = 40;
inline constexpr uint64_t sampleBytes = sampleCount * sizeof(float);

/// doubled = weight + weight, once; y = (x + doubled) + constant, x again as a
/// second output. The weight lies in "model.bin" at offset 64, the only kernel
/// adds. 40 floats each.
inline Program sampleProgram() {
  auto at = [](BufferRef::Space space, uint32_t index, uint64_t offset) {
    return BufferRef{space, index, offset, sampleBytes};
  };
  using Space = BufferRef::Space;
  Program program;
  program.kernels = {"add_0"};
  program.weights = {{"model.bin", "w", 64, sampleBytes, 4}};
  program.constants.resize(64 + sampleBytes);
  program.parameters = {{"scale", 64, 4}};
  std::span<float> constant(
      reinterpret_cast<float *>(program.constants.data() + 64), sampleCount);
  for (float &value : constant)
    value = 0.25f;
  program.prepared = {sampleBytes};
  program.prepare = {"prepare",
                     {{0,
                       sampleCount,
                       1,
                       0,
                       {at(Space::Weight, 0, 0), at(Space::Weight, 0, 0),
                        at(Space::Arena, 0, 0)},
                       "double"},
                      {Launch::copy,
                       1,
                       1,
                       sampleBytes,
                       {at(Space::Arena, 0, 0), at(Space::Prepared, 0, 0)},
                       "keep"}},
                     sampleBytes};
  program.step = {"step",
                  {{0,
                    sampleCount,
                    1,
                    0,
                    {at(Space::Input, 0, 0), at(Space::Prepared, 0, 0),
                     at(Space::Arena, 0, 64)},
                    "sum"},
                   {0,
                    sampleCount,
                    8,
                    0,
                    {at(Space::Arena, 0, 64), at(Space::Constant, 0, 64),
                     at(Space::Output, 0, 0)},
                    "y"},
                   {Launch::copy,
                    1,
                    1,
                    sampleBytes,
                    {at(Space::Input, 0, 0), at(Space::Output, 1, 0)},
                    "x again"}},
                  64 + sampleBytes};
  program.inputs = {{"x", DataType::Float32, {4, 10}}};
  program.outputs = {{"y", DataType::Float32, {4, 10}},
                     {"x_again", DataType::Float32, {sampleCount}}};
  return program;
}

} // namespace tenon::test

#endif // TENON_TEST_UNIT_RUNTIME_SAMPLEPROGRAM_H
