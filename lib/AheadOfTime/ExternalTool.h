//===- ExternalTool.h - Programs that others provide ----------------------===//

#ifndef TENON_LIB_AHEADOFTIME_EXTERNALTOOL_H
#define TENON_LIB_AHEADOFTIME_EXTERNALTOOL_H

#include "tenon/Runtime/Tensor.h"

#include <filesystem>

namespace tenon {

/// A folder for the files that a tool is given; it goes with the object.
class ScratchFolder {
public:
  static Result<ScratchFolder> create();
  ScratchFolder(ScratchFolder &&other) noexcept;
  ScratchFolder &operator=(ScratchFolder &&) = delete;
  ~ScratchFolder();

  const std::filesystem::path &path() const { return folder; }
  /// Writes the texts to files of their own and returns their paths.
  Result<std::vector<std::string>> write(std::span<const std::string> texts,
                                         const char *extension) const;

private:
  explicit ScratchFolder(std::filesystem::path folder)
      : folder(std::move(folder)) {}
  std::filesystem::path folder;
};

/// Runs the program; the Error is what it said.
Status runTool(const std::string &program,
               const std::vector<std::string> &arguments,
               const ScratchFolder &scratch);

} // namespace tenon

#endif // TENON_LIB_AHEADOFTIME_EXTERNALTOOL_H
