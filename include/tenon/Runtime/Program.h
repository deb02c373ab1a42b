//===- Program.h - A compiled model as data -------------------------------===//
//
// What the host does between kernels is a table: which kernel runs on which
// buffers, in order. The executor walks it; an ahead-of-time object carries it
// in its serialized form.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_RUNTIME_PROGRAM_H
#define TENON_RUNTIME_PROGRAM_H

#include "tenon/Runtime/TensorSpec.h"

#include <optional>

namespace tenon {

/// A compiled kernel: `buffers` are its operands, then its results; it does the
/// part [begin, end) of its outermost parallel loop.
using KernelFunction = void (*)(void *const *buffers, int64_t begin,
                                int64_t end);

/// How much of everything a launch of a kernel takes.
struct KernelShape {
  int64_t extent = 1; ///< trip count of the parallel loop; tiles on a GPU
  /// On a GPU: threads of a block, shared memory and workspace of a block.
  /// Without threads it is the CPU's code.
  int64_t threads = 0, sharedBytes = 0, workspaceBytes = 0;

  bool isForCpu() const { return threads == 0; }
};

/// Where a buffer lies.
struct BufferRef {
  enum class Space : uint8_t {
    Input,    ///< index: which input
    Output,   ///< index: which output
    Weight,   ///< index: which weight
    Constant, ///< offset into Program::constants
    Prepared, ///< index: which buffer of those that `prepare` fills
    Arena     ///< offset into the arena of this run
  };
  Space space = Space::Arena;
  uint32_t index = 0;
  uint64_t offset =
      0; ///< in bytes from the start of the input, the weight, the arena...
  uint64_t bytes = 0; ///< what the kernel may touch from there
  /// Where a tensor is there in part (Launch::begin), how many of its bytes
  /// before the part are not: the kernel is given the place where the tensor
  /// would begin.
  uint64_t skipped = 0;
};

/// Under what condition a launch runs: the i64 at `choice` says which of
/// `branches` alternatives is taken; one outside of them takes the last.
struct Branch {
  BufferRef choice;
  uint32_t branches = 1;
  uint32_t number = 0; ///< the one that the launch is part of
};

/// One step of a stage: a kernel call, or a plain copy.
struct Launch {
  static constexpr uint32_t copy = ~0u;
  uint32_t kernel = copy; ///< index into Program::kernels; `copy` copies
                          ///< buffers[0] to buffers[1]
  int64_t extent = 1;     ///< trip count of the parallel loop
  int64_t grain =
      1; ///< fewer iterations than this are not worth a thread of their own
  uint64_t bytes = 0; ///< of a copy
  std::vector<BufferRef> buffers;
  std::string label;    ///< the model's node, for the profile
  uint32_t results = 1; ///< how many of `buffers`, the last ones, it writes
  std::optional<Branch> branch = std::nullopt; ///< none: it runs in any case
  /// Where a part of the loop begins, of which `extent` iterations run; none:
  /// all of it runs.
  std::optional<int64_t> begin;
};

struct Stage {
  std::string name; ///< "prepare", "step"
  std::vector<Launch> launches;
  uint64_t arenaBytes = 0;
  uint64_t liveBytes = 0; ///< the most of the arena that is in use at once
};

/// A weight that lies in a file. Relative paths start at the model's folder.
struct WeightSpec {
  std::string file;
  std::string tensor;
  uint64_t offset = 0;
  uint64_t bytes = 0;
  /// Of one element; where the offset is no multiple of it the weight is copied
  /// to memory that is.
  uint32_t alignment = 8;
};

/// Constants that have a name: the program may be given others of as many
/// bytes, and only those have to be prepared again that depend on them.
struct ParameterSpec {
  std::string name;
  uint64_t offset = 0; ///< into Program::constants
  uint64_t bytes = 0;
};

struct Program {
  std::vector<std::string> kernels; ///< symbol names
  std::vector<WeightSpec> weights;
  std::vector<std::byte> constants;
  std::vector<ParameterSpec> parameters;
  std::vector<uint64_t> prepared; ///< bytes of each buffer `prepare` fills
  Stage prepare;                  ///< run once when the weights are there
  Stage step;
  std::vector<TensorSpec> inputs;
  std::vector<TensorSpec> outputs;
};

/// The program's inputs in its order; an Error where one is missing.
Result<std::vector<Tensor>> inOrder(const Program &program,
                                    std::span<const NamedTensor> inputs);

/// Gives each launch the extent of its kernel, one shape a kernel. Those of a
/// part of the loop keep their own; an Error where it is past the loop's end.
Status setExtents(Program &program, std::span<const KernelShape> shapes);

/// Checks every index and range of a program: launches touch only what their
/// buffers hold, `prepare` reads no inputs, types and shapes have sizes. What a
/// kernel's own code does is beyond it.
Status validate(const Program &program);

/// For each prepared buffer of `program` the one of `other` to which `prepare`
/// gives the same bytes: by the same kernels from the same weights.
std::vector<std::optional<uint32_t>> findPreparedAlike(const Program &program,
                                                       const Program &other);

/// Which launches of `prepare` have to run for the prepared buffers that are
/// `wanted`.
std::vector<bool> launchesToPrepare(const Program &program,
                                    const std::vector<bool> &wanted);

/// Little-endian binary form: a magic number, a version, a checksum, the
/// program.
std::vector<std::byte> serialize(const Program &program);
/// Checks every length before it is used and validates the program: damaged
/// bytes give an Error, never a program that reads outside its buffers.
Result<Program> deserialize(std::span<const std::byte> bytes);

} // namespace tenon

#endif // TENON_RUNTIME_PROGRAM_H
