//===- Program.h - A compiled model as data -------------------------------===//
//
// What the host does between kernels is a table: which kernel runs on which
// buffers, in order. The executor walks it; an ahead-of-time object carries it
// in its serialized form.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_RUNTIME_PROGRAM_H
#define TENON_RUNTIME_PROGRAM_H

#include "tenon/Runtime/Tensor.h"

namespace tenon {

/// A compiled kernel: `buffers` are its operands, then its results; it does the
/// part [begin, end) of its outermost parallel loop.
using KernelFunction = void (*)(void *const *buffers, int64_t begin, int64_t end);

/// Where a buffer lies.
struct BufferRef {
  enum class Space : uint8_t {
    Input,    ///< index: which input
    Output,   ///< index: which output
    Weight,   ///< index: which weight
    Constant, ///< offset into Program::constants
    Prepared, ///< offset into the memory that `prepare` fills
    Arena     ///< offset into the arena of this run
  };
  Space space = Space::Arena;
  uint32_t index = 0;
  uint64_t offset = 0;
};

/// One step of a stage: a kernel call, or a plain copy.
struct Launch {
  static constexpr uint32_t copy = ~0u;
  uint32_t kernel = copy; ///< index into Program::kernels; `copy` copies buffers[0] to buffers[1]
  int64_t extent = 1;     ///< trip count of the parallel loop
  uint64_t bytes = 0;     ///< of a copy
  std::vector<BufferRef> buffers;
  std::string label; ///< the model's node, for the profile
};

struct Stage {
  std::string name; ///< "prepare", "step"
  std::vector<Launch> launches;
  uint64_t arenaBytes = 0;
};

struct TensorSpec {
  std::string name;
  DataType type = DataType::Float32;
  std::vector<int64_t> shape;
};

/// A weight that lies in a file. Relative paths start at the model's folder.
struct WeightSpec {
  std::string file;
  std::string tensor;
  uint64_t offset = 0;
  uint64_t bytes = 0;
};

struct Program {
  std::vector<std::string> kernels; ///< symbol names
  std::vector<WeightSpec> weights;
  std::vector<std::byte> constants;
  uint64_t preparedBytes = 0;
  Stage prepare; ///< run once when the weights are there
  Stage step;
  std::vector<TensorSpec> inputs;
  std::vector<TensorSpec> outputs;
};

/// Little-endian binary form, with a magic number and a version.
std::vector<std::byte> serialize(const Program &program);
/// Checks every length, index and offset: damaged bytes give an Error, never a program that reads outside its buffers.
Result<Program> deserialize(std::span<const std::byte> bytes);

} // namespace tenon

#endif // TENON_RUNTIME_PROGRAM_H
