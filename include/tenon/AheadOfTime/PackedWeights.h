//===- PackedWeights.h - The weights of compiled programs as a file -------===//

#ifndef TENON_AHEADOFTIME_PACKEDWEIGHTS_H
#define TENON_AHEADOFTIME_PACKEDWEIGHTS_H

#include "tenon/Runtime/Executor.h"

#include "llvm/ADT/StringMap.h"

namespace tenon {

/// What of a program fills its prepared memory, and nothing else: a program
/// without inputs and outputs.
Program preparationOf(const Program &program);

/// Collects what the steps of some programs read: weights as they lie in the
/// model's files, and what was prepared of them. Equal weights are one.
class PackedWeights {
public:
  /// `program` without its preparation: what `prepared` (an executor of
  /// preparationOf(program)) has made are weights, all of them in the file.
  /// `folder` is where the program's own weights lie. What is collected stays
  /// alive until it is written.
  Result<Program> pack(const Program &program,
                       std::shared_ptr<Executor> prepared,
                       const std::filesystem::path &folder);

  /// A number for the bytes of all, which the file begins with.
  uint64_t identity() const;
  /// Writes the file (CompiledObject.h) with that number.
  Status write(const std::filesystem::path &path, uint64_t identity) const;

private:
  uint64_t place(const void *data, uint64_t bytes);
  uint32_t add(Program &program, std::string name, const void *data,
               uint64_t bytes);

  std::vector<std::span<const std::byte>> parts; ///< in the order of the file
  std::vector<uint64_t> offsets;
  std::map<std::pair<const void *, uint64_t>, uint64_t> places;
  llvm::StringMap<const void *> raw; ///< by file and range
  uint64_t end = 0;
  std::vector<std::shared_ptr<const void>> kept;
};

} // namespace tenon

#endif // TENON_AHEADOFTIME_PACKEDWEIGHTS_H
