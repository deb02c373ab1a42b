//===- CompiledObject.h - What tenon-compile puts into an object file -----===//
//
// The layout of the data that stands for a model in an object file or a shared
// library: programs, and the code of their kernels for one or more processors.
// Pointers are the linker's to fill in. Weights are in a file beside it:
// 8 bytes "TENONWTS", the CompiledObject's `weights`, zeros up to byte 64, then
// the weights at multiples of 64, where the programs say.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_RUNTIME_COMPILEDOBJECT_H
#define TENON_RUNTIME_COMPILEDOBJECT_H

#include <cstdint>

namespace tenon {

/// The code of a kernel and how it is launched (KernelShape).
struct ObjectKernel {
  const void *code; ///< a KernelFunction, or of "cuda" the text of its PTX
  uint64_t bytes;   ///< of that text; 0: it is a function
  int64_t extent, threads, sharedBytes, workspaceBytes;
};

/// A processor that there is code for.
struct ObjectVersion {
  const char *target;    ///< "cpu" or "cuda"
  const char *processor; ///< its name: "x86-64-v3", "sm_90a"
  /// Instruction sets that its functions need, "avx2,fma" (processorHas).
  const char *features;
};

/// A program for exact shapes.
struct ObjectProgram {
  const void *program; ///< serialize()'s bytes
  uint64_t bytes;
  /// For each version, the kernels in the program's order.
  const ObjectKernel *const *kernels;
};

struct CompiledObject {
  static constexpr char magicBytes[8] = {'T', 'E', 'N', 'O',
                                         'N', 'O', 'B', 'J'};
  static constexpr uint32_t layoutVersion = 1;

  char magic[8];
  uint32_t layout, versionCount, programCount, reserved;
  uint64_t weights;              ///< what the file of weights must begin with
  const ObjectVersion *versions; ///< least demanding first
  const ObjectProgram *programs;
};

} // namespace tenon

#endif // TENON_RUNTIME_COMPILEDOBJECT_H
