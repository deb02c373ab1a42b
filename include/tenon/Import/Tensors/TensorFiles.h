//===- TensorFiles.h - npy, npz, safetensors and TensorProto files --------===//

#ifndef TENON_IMPORT_TENSORS_TENSORFILES_H
#define TENON_IMPORT_TENSORS_TENSORFILES_H

#include "tenon/Runtime/Tensor.h"
#include "tenon/Runtime/WeightStore.h"

#include <filesystem>

namespace tenon {

/// Reads every tensor of a file, by its ending: .npy (one, named ""), .npz,
/// .safetensors, .pb (a TensorProto, named as it says). Endings are matched
/// without case. Tensors of .safetensors are views of the mapped file: not to
/// be written to.
Result<std::vector<NamedTensor>> readTensors(const std::filesystem::path &path);

enum class NpzCompression { Stored, Deflated };

/// Writes by the ending: .npy (exactly one tensor), .npz or .safetensors.
/// Writes a temporary, then renames it.
Status writeTensors(const std::filesystem::path &path,
                    std::span<const NamedTensor> tensors,
                    NpzCompression compression = NpzCompression::Stored);

/// The readers on bytes in memory; `name` is the file's name for messages. What
/// these accept the fuzzers feed.
Result<Tensor> parseNpy(std::span<const std::byte> bytes,
                        std::string_view name);
Result<std::vector<NamedTensor>> parseNpz(std::span<const std::byte> bytes,
                                          std::string_view name);
Result<NamedTensor> parseTensorProto(std::span<const std::byte> bytes,
                                     std::string_view name);

/// The element type behind "F32", "BF16", "F8_E4M3"...
std::optional<DataType> dataTypeBySafetensorsName(std::string_view name);

/// What a safetensors header says of one tensor. Offsets count from the start
/// of the file.
struct SafetensorsEntry {
  std::string name;
  DataType type;
  std::vector<int64_t> shape;
  uint64_t offset, bytes;
};
/// Checks the header length, every range, dtype x shape against the range,
/// overlaps, holes and the file's whole size (SEMANTICS H6).
Result<std::vector<SafetensorsEntry>>
parseSafetensorsHeader(std::span<const std::byte> bytes, std::string_view name);

} // namespace tenon

#endif // TENON_IMPORT_TENSORS_TENSORFILES_H
