//===- TensorFiles.cpp - Tensor files by their ending ---------------------===//

#include "tenon/Import/Tensors/TensorFiles.h"
#include "Npy.h"
#include "Npz.h"
#include "Safetensors.h"
#include "tenon/Runtime/ReplaceFile.h"

#include <algorithm>

using namespace tenon;
namespace fs = std::filesystem;

/// The ending in lower case.
static std::string ending(const fs::path &path) {
  std::string text = path.extension().string();
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
  });
  return text;
}

/// The one tensor of a file as a list.
static Result<std::vector<NamedTensor>> single(Result<NamedTensor> tensor) {
  if (!tensor)
    return tensor.error();
  return std::vector<NamedTensor>{std::move(*tensor)};
}

Result<std::vector<NamedTensor>> tenon::readTensors(const fs::path &path) {
  std::string kind = ending(path);
  if (kind != ".npy" && kind != ".npz" && kind != ".safetensors" &&
      kind != ".pb")
    return Error{
        path.string() +
        ": tensors are read from .npy, .npz, .safetensors and .pb files"};
  // A tensor may be a cache that a run writes to.
  Result<std::shared_ptr<MappedFile>> file =
      MappedFile::open(path, /*writable=*/true);
  if (!file)
    return file.error();
  std::span<const std::byte> bytes = (*file)->bytes();
  std::string name = path.string();
  if (kind == ".npz")
    return parseNpz(bytes, name);
  if (kind == ".safetensors")
    return readSafetensors(*file, name);
  if (kind == ".pb")
    return single(parseTensorProto(bytes, name));
  Result<Tensor> tensor = parseNpy(bytes, name);
  if (!tensor)
    return tensor.error();
  return single(NamedTensor{"", std::move(*tensor)});
}

static std::span<const std::byte> bytesOf(const Tensor &tensor) {
  return {static_cast<const std::byte *>(tensor.data()), tensor.bytes()};
}

static Status writeNpy(const fs::path &path,
                       std::span<const NamedTensor> tensors) {
  if (tensors.size() != 1)
    return Error{path.string() + ": a .npy file holds one tensor, not " +
                 std::to_string(tensors.size())};
  Result<std::string> prefix = npyPrefix(tensors[0].tensor);
  if (!prefix)
    return Error{path.string() + ": " + prefix.error().message};
  std::span<const std::byte> parts[] = {std::as_bytes(std::span(*prefix)),
                                        bytesOf(tensors[0].tensor)};
  return replaceFile(path, parts);
}

static Status writeNpz(const fs::path &path,
                       std::span<const NamedTensor> tensors,
                       NpzCompression compression) {
  Result<std::vector<std::byte>> archive = formatNpz(tensors, compression);
  if (!archive)
    return Error{path.string() + ": " + archive.error().message};
  std::span<const std::byte> part = *archive;
  return replaceFile(path, std::span(&part, 1));
}

static Status writeSafetensors(const fs::path &path,
                               std::span<const NamedTensor> tensors) {
  Result<SafetensorsLayout> layout = layoutSafetensors(tensors);
  if (!layout)
    return Error{path.string() + ": " + layout.error().message};
  std::vector<std::span<const std::byte>> parts = {
      std::as_bytes(std::span(layout->prefix))};
  for (size_t i : layout->order)
    parts.push_back(bytesOf(tensors[i].tensor));
  return replaceFile(path, parts);
}

Status tenon::writeTensors(const fs::path &path,
                           std::span<const NamedTensor> tensors,
                           NpzCompression compression) {
  std::string kind = ending(path);
  if (kind == ".npy")
    return writeNpy(path, tensors);
  if (kind == ".npz")
    return writeNpz(path, tensors, compression);
  if (kind == ".safetensors")
    return writeSafetensors(path, tensors);
  return Error{path.string() +
               ": tensors are written to .npy, .npz and .safetensors files"};
}
