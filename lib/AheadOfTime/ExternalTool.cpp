//===- ExternalTool.cpp - Programs that others provide --------------------===//

#include "ExternalTool.h"

#include "tenon/Runtime/ReplaceFile.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

#include <utility>

using namespace tenon;
namespace fs = std::filesystem;

Result<ScratchFolder> ScratchFolder::create() {
  llvm::SmallString<128> folder;
  if (std::error_code failure =
          llvm::sys::fs::createUniqueDirectory("tenon", folder))
    return Error{"no folder for temporary files: " + failure.message()};
  return ScratchFolder(folder.str().str());
}

ScratchFolder::ScratchFolder(ScratchFolder &&other) noexcept
    : folder(std::exchange(other.folder, {})) {}

ScratchFolder::~ScratchFolder() {
  if (!folder.empty())
    llvm::sys::fs::remove_directories(folder.string());
}

Result<std::vector<std::string>>
ScratchFolder::write(std::span<const std::string> texts,
                     const char *extension) const {
  std::vector<std::string> paths;
  for (size_t i = 0; i < texts.size(); ++i) {
    fs::path file = folder / (std::to_string(i) + extension);
    if (Status status = replaceFile(file, texts[i]); !status)
      return status.error();
    paths.push_back(file.string());
  }
  return paths;
}

Status tenon::runTool(const std::string &program,
                      const std::vector<std::string> &arguments,
                      const ScratchFolder &scratch) {
  std::vector<llvm::StringRef> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::string log = (scratch.path() / "log").string();
  std::optional<llvm::StringRef> redirects[] = {"", log, log};
  std::string message;
  int code = llvm::sys::ExecuteAndWait(program, words, std::nullopt, redirects,
                                       0, 0, &message);
  if (code == 0)
    return success();
  if (auto text = llvm::MemoryBuffer::getFile(log))
    message += (*text)->getBuffer().trim();
  return Error{program + ": " + message};
}
