//===- LoadObject.h - Code compiled ahead of time to executors ------------===//

#ifndef TENON_RUNTIME_LOADOBJECT_H
#define TENON_RUNTIME_LOADOBJECT_H

#include "tenon/CompiledModel.h"
#include "tenon/Runtime/Executor.h"

namespace tenon {

/// What the file of weights begins with, before CompiledObject::weights.
inline constexpr char weightsMagic[8] = {'T', 'E', 'N', 'O',
                                         'N', 'W', 'T', 'S'};
/// Where the first weight may lie, and what divides every offset.
inline constexpr uint64_t weightsAlignment = 64;

/// The programs of an object, ready to run. An executor keeps the code alive.
struct LoadedObject {
  std::vector<std::unique_ptr<Executor>> executors;
  std::string processor;
  unsigned threads = 1;
};

/// `name` and errors speak of the object; `code` keeps it in memory.
Result<LoadedObject> loadObject(const CompiledObject &object,
                                const std::string &name,
                                const LoadOptions &options,
                                std::shared_ptr<void> code = nullptr);

/// A shared library that tenon-compile wrote.
Result<LoadedObject> loadLibrary(const std::filesystem::path &library,
                                 const LoadOptions &options);

/// Whether a file begins as an object or a library does.
bool isObjectFile(const std::filesystem::path &path);

/// The inputs of each variant in a line, for an error.
std::string
describeInputs(std::span<const std::span<const TensorSpec>> variants);

} // namespace tenon

#endif // TENON_RUNTIME_LOADOBJECT_H
