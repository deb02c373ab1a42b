//===- AssemblePtx.cpp - PTX to a GPU's machine code ----------------------===//

#include "tenon/AheadOfTime/AssemblePtx.h"

#include "ExternalTool.h"

#include "tenon/Runtime/CudaToolkit.h"
#include "tenon/Runtime/ReplaceFile.h"

#include "llvm/Support/Program.h"

using namespace tenon;
namespace fs = std::filesystem;

static Result<std::string> findAssembler() {
  if (llvm::ErrorOr<std::string> found = llvm::sys::findProgramByName("ptxas"))
    return *found;
  std::string folder = (cudaToolkitFolder() / "bin").string();
  llvm::StringRef folders[] = {folder};
  if (llvm::ErrorOr<std::string> found =
          llvm::sys::findProgramByName("ptxas", folders))
    return *found;
  return Error{"there is no ptxas, the assembler of the CUDA toolkit: neither "
               "in $PATH nor in " +
               folder};
}

Status tenon::assemblePtx(std::span<const std::string> texts,
                          const std::string &chip, const fs::path &output) {
  Result<std::string> assembler = findAssembler();
  if (!assembler)
    return assembler.error();
  Result<ScratchFolder> scratch = ScratchFolder::create();
  if (!scratch)
    return scratch.error();
  Result<std::vector<std::string>> arguments = scratch->write(texts, ".ptx");
  if (!arguments)
    return arguments.error();
  arguments->push_back("-arch=" + chip);
  return replaceFileWith(output, [&](const fs::path &path) {
    std::vector<std::string> all = *arguments;
    all.insert(all.end(), {"-o", path.string()});
    return runTool(*assembler, all, *scratch);
  });
}
