//===- LinkObjects.cpp - Objects to one file ------------------------------===//

#include "tenon/AheadOfTime/LinkObjects.h"

#include "tenon/Runtime/ReplaceFile.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

using namespace tenon;
namespace fs = std::filesystem;

static Result<std::string> findLinker() {
  for (const char *name : {"ld", "ld.lld"})
    if (llvm::ErrorOr<std::string> found = llvm::sys::findProgramByName(name))
      return *found;
  return Error{"there is no linker: neither ld nor ld.lld is in $PATH"};
}

/// Runs the linker; what it says goes to `log`.
static Status runLinker(const std::string &linker,
                        const std::vector<std::string> &arguments,
                        const std::string &log) {
  std::vector<llvm::StringRef> words = {linker};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::optional<llvm::StringRef> redirects[] = {"", log, log};
  std::string message;
  int code = llvm::sys::ExecuteAndWait(linker, words, std::nullopt, redirects,
                                       0, 0, &message);
  if (code == 0)
    return success();
  if (auto text = llvm::MemoryBuffer::getFile(log))
    message += (*text)->getBuffer().trim();
  return Error{linker + ": " + message};
}

Status tenon::linkObjects(std::span<const std::string> objects, LinkedKind kind,
                          const fs::path &output) {
  Result<std::string> linker = findLinker();
  if (!linker)
    return linker.error();
  llvm::SmallString<128> folder;
  if (std::error_code failure =
          llvm::sys::fs::createUniqueDirectory("tenon-link", folder))
    return Error{"no folder for temporary files: " + failure.message()};
  llvm::scope_exit cleanUp([&] { llvm::sys::fs::remove_directories(folder); });
  fs::path temporary(folder.str().str());

  // No segment of a model is both writable and executable.
  std::vector<std::string> arguments = {"-z", "noexecstack"};
  if (kind == LinkedKind::SharedLibrary)
    arguments.insert(arguments.end(),
                     {"-shared", "--build-id", "-z", "now", "-z", "relro"});
  else
    arguments.push_back("-r");
  // Arguments have a limit of length, files of arguments have none.
  std::string list;
  for (size_t i = 0; i < objects.size(); ++i) {
    fs::path file = temporary / (std::to_string(i) + ".o");
    if (Status status = replaceFile(file, objects[i]); !status)
      return status;
    list += file.string() + "\n";
  }
  fs::path listFile = temporary / "objects";
  if (Status status = replaceFile(listFile, list); !status)
    return status;
  arguments.push_back("@" + listFile.string());
  return replaceFileWith(output, [&](const fs::path &path) {
    std::vector<std::string> all = arguments;
    all.insert(all.end(), {"-o", path.string()});
    return runLinker(*linker, all, (temporary / "log").string());
  });
}
