//===- KernelLinker.h - Objects to callable kernels -----------------------===//

#ifndef TENON_JIT_KERNELLINKER_H
#define TENON_JIT_KERNELLINKER_H

#include "tenon/Runtime/Program.h"

namespace tenon {

/// Code that ORC has linked into this process, and what keeps it there.
struct LinkedKernels {
  std::vector<KernelFunction> functions; ///< in the order of the names
  std::shared_ptr<void> code;
};

/// Links objects and looks `names` up in them. C library functions resolve to
/// this process's.
Result<LinkedKernels> linkKernels(std::span<const std::string> objects,
                                  std::span<const std::string> names);

} // namespace tenon

#endif // TENON_JIT_KERNELLINKER_H
