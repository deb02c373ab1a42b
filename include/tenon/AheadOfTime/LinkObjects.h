//===- LinkObjects.h - Objects to one file --------------------------------===//

#ifndef TENON_AHEADOFTIME_LINKOBJECTS_H
#define TENON_AHEADOFTIME_LINKOBJECTS_H

#include "tenon/Codegen/Machine.h"

#include <filesystem>

namespace tenon {

enum class LinkedKind { Object, SharedLibrary };

/// Links objects for `machine` into one file by the system's linker (`ld` or
/// `ld.lld`, which every machine has that builds programs), or where that is
/// for its own architecture alone by `ld.lld` or the other's own linker. The
/// Error is what the linker said.
Status linkObjects(std::span<const std::string> objects, LinkedKind kind,
                   const Machine &machine, const std::filesystem::path &output);

} // namespace tenon

#endif // TENON_AHEADOFTIME_LINKOBJECTS_H
