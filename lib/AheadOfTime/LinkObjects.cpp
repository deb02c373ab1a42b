//===- LinkObjects.cpp - Objects to one file ------------------------------===//

#include "tenon/AheadOfTime/LinkObjects.h"

#include "ExternalTool.h"

#include "tenon/Runtime/ReplaceFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Program.h"

using namespace tenon;
namespace fs = std::filesystem;

static Result<std::string> findLinker() {
  for (const char *name : {"ld", "ld.lld"})
    if (llvm::ErrorOr<std::string> found = llvm::sys::findProgramByName(name))
      return *found;
  return Error{"there is no linker: neither ld nor ld.lld is in $PATH"};
}

Status tenon::linkObjects(std::span<const std::string> objects, LinkedKind kind,
                          const fs::path &output) {
  Result<std::string> linker = findLinker();
  if (!linker)
    return linker.error();
  Result<ScratchFolder> scratch = ScratchFolder::create();
  if (!scratch)
    return scratch.error();

  // No segment of a model is both writable and executable.
  std::vector<std::string> arguments = {"-z", "noexecstack"};
  if (kind == LinkedKind::SharedLibrary)
    arguments.insert(arguments.end(),
                     {"-shared", "--build-id", "-z", "now", "-z", "relro"});
  else
    arguments.push_back("-r");
  // Arguments have a limit of length, files of arguments have none.
  Result<std::vector<std::string>> files = scratch->write(objects, ".o");
  if (!files)
    return files.error();
  fs::path list = scratch->path() / "objects";
  if (Status status = replaceFile(list, llvm::join(*files, "\n")); !status)
    return status;
  arguments.push_back("@" + list.string());
  return replaceFileWith(output, [&](const fs::path &path) {
    std::vector<std::string> all = arguments;
    all.insert(all.end(), {"-o", path.string()});
    return runTool(*linker, all, *scratch);
  });
}
