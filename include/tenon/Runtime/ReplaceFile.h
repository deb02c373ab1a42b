//===- ReplaceFile.h - Files that are never seen half written -------------===//

#ifndef TENON_RUNTIME_REPLACEFILE_H
#define TENON_RUNTIME_REPLACEFILE_H

#include "tenon/Runtime/Tensor.h"

#include <filesystem>
#include <functional>

namespace tenon {

/// Writes `parts` one after the other to a temporary beside `path`, then
/// renames it. A device or a pipe is written directly.
Status replaceFile(const std::filesystem::path &path,
                   std::span<const std::span<const std::byte>> parts);
Status replaceFile(const std::filesystem::path &path, std::string_view text);

/// The same for a writer that opens the file itself: `write` is given the
/// temporary's path, an empty file.
Status replaceFileWith(
    const std::filesystem::path &path,
    const std::function<Status(const std::filesystem::path &)> &write);

} // namespace tenon

#endif // TENON_RUNTIME_REPLACEFILE_H
