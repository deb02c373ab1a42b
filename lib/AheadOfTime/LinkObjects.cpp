//===- LinkObjects.cpp - Objects to one file ------------------------------===//

#include "tenon/AheadOfTime/LinkObjects.h"

#include "ExternalTool.h"

#include "tenon/Codegen/Target.h"
#include "tenon/Runtime/ReplaceFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/Program.h"
#include "llvm/TargetParser/Triple.h"

using namespace tenon;
namespace fs = std::filesystem;

/// `ld` links what is of its own architecture, LLVM's linker all.
static Result<std::string> findLinker(const Machine &machine) {
  std::vector<std::string> names = {"ld", "ld.lld"};
  std::string architecture = llvm::Triple(machine.triple).getArchName().str();
  if (!isOfHost(machine))
    names = {"ld.lld", "ld.lld-" + std::to_string(LLVM_VERSION_MAJOR),
             architecture + "-linux-gnu-ld"};
  for (const std::string &name : names)
    if (llvm::ErrorOr<std::string> found = llvm::sys::findProgramByName(name))
      return *found;
  if (isOfHost(machine))
    return Error{"there is no linker: neither ld nor ld.lld is in $PATH"};
  return Error{"there is no linker for " + architecture + ": none of " +
               llvm::join(names, ", ") + " is in $PATH"};
}

Status tenon::linkObjects(std::span<const std::string> objects, LinkedKind kind,
                          const Machine &machine, const fs::path &output) {
  Result<std::string> linker = findLinker(machine);
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
