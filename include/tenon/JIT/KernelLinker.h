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

/// Something that objects refer to, at an address of this process.
struct KnownSymbol {
  std::string name;
  void *address;
};

/// Links objects and looks `names` up in them. They may refer to `known` and to
/// functions of the C library.
Result<LinkedKernels> linkKernels(std::span<const std::string> objects,
                                  std::span<const std::string> names,
                                  std::span<const KnownSymbol> known = {});

} // namespace tenon

#endif // TENON_JIT_KERNELLINKER_H
