//===- Emulator.h - GPU kernels on the CPU, with checks -------------------===//
//
// Runs kernels that were lowered for a GPU: every thread of a block is a fiber,
// barriers and exchanges between lanes are switches between fibers. The code is
// that of the GPU but for the instructions only a GPU has, which call here, and
// for loads and stores, which ask here first.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_EMULATOR_EMULATOR_H
#define TENON_EMULATOR_EMULATOR_H

#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>

namespace tenon {

/// What the generated code says of a kernel; its layout is known to
/// lib/Codegen/GPU/EmulateGpu.cpp.
struct EmulatedKernel {
  /// One thread; the pointers are the kernel's buffers, then its block's
  /// workspace.
  void (*thread)(void *const *buffers);
  const char *name;
  int64_t threads, blocks, sharedBytes, workspaceBytes;
  int64_t buffers, results; ///< the last ones are results
  const int64_t *bytes;     ///< of each buffer
};

/// The first thing that a kernel does wrong is kept, and what it does
/// afterwards harmless: an access outside of its memory goes to memory of
/// nobody. Found are: accesses outside of the kernel's buffers and of its
/// block's memory, or not aligned; writes to inputs; reads of shared memory or
/// workspace that nobody has written; two threads of a block at one place
/// without a barrier between them where one of them writes; barriers and
/// exchanges that some threads do not come to. May be used from several threads
/// at once.
class Emulator {
public:
  /// Does blocks [begin, end) of the kernel.
  void run(const EmulatedKernel &kernel, void *const *buffers, int64_t begin,
           int64_t end);

  /// What went wrong first since the last call.
  std::optional<std::string> takeFault();
  void report(std::string fault);

private:
  std::mutex lock;
  std::optional<std::string> fault;
};

/// The functions that the generated code calls, by name. It also reads
/// `tenon_emulator`, the address of an Emulator.
struct EmulatorFunction {
  const char *name;
  void *address;
};
std::span<const EmulatorFunction> emulatorFunctions();

} // namespace tenon

#endif // TENON_EMULATOR_EMULATOR_H
