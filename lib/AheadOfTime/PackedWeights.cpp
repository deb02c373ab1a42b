//===- PackedWeights.cpp - The weights of compiled programs as a file -----===//

#include "tenon/AheadOfTime/PackedWeights.h"

#include "tenon/Runtime/LoadObject.h"
#include "tenon/Runtime/ReplaceFile.h"

#include "llvm/Support/MathExtras.h"
#include "llvm/Support/xxhash.h"

#include <array>
#include <cstring>

using namespace tenon;

/// The kernels that `stage` launches as the only ones of `program`.
static void keepKernels(Program &program, Stage &stage) {
  std::vector<std::string> kept;
  std::vector<std::optional<uint32_t>> numbers(program.kernels.size());
  for (Launch &launch : stage.launches) {
    if (launch.kernel == Launch::copy)
      continue;
    std::optional<uint32_t> &number = numbers[launch.kernel];
    if (!number) {
      number = static_cast<uint32_t>(kept.size());
      kept.push_back(program.kernels[launch.kernel]);
    }
    launch.kernel = *number;
  }
  program.kernels = std::move(kept);
}

Program tenon::preparationOf(const Program &program) {
  Program result = program;
  result.step = {};
  result.inputs.clear();
  result.outputs.clear();
  keepKernels(result, result.prepare);
  return result;
}

uint64_t PackedWeights::place(const void *data, uint64_t bytes) {
  auto [known, isNew] = places.try_emplace({data, bytes}, 0);
  if (isNew) {
    uint64_t begin = end == 0 ? weightsAlignment : end;
    known->second = begin;
    parts.emplace_back(static_cast<const std::byte *>(data), bytes);
    offsets.push_back(begin);
    end = llvm::alignTo(begin + bytes, weightsAlignment);
  }
  return known->second;
}

uint32_t PackedWeights::add(Program &program, std::string name,
                            const void *data, uint64_t bytes) {
  WeightSpec spec;
  spec.tensor = std::move(name);
  spec.offset = place(data, bytes);
  spec.bytes = bytes;
  spec.alignment = weightsAlignment;
  program.weights.push_back(std::move(spec));
  return static_cast<uint32_t>(program.weights.size() - 1);
}

Result<Program> PackedWeights::pack(const Program &program,
                                    std::shared_ptr<Executor> prepared,
                                    const std::filesystem::path &folder) {
  Program result = program;
  result.prepare = {};
  result.prepare.name = program.prepare.name;
  result.prepared.clear();
  result.weights.clear();
  result.parameters.clear();
  keepKernels(result, result.step);
  Result<WeightStore> opened = WeightStore::open(program.weights, folder);
  if (!opened)
    return opened.error();
  auto store = std::make_shared<WeightStore>(std::move(*opened));

  // By the number of a weight or of a prepared buffer, that in the new program.
  std::map<std::pair<BufferRef::Space, uint32_t>, uint32_t> numbers;
  auto move = [&](BufferRef &buffer) {
    if (buffer.space != BufferRef::Space::Weight &&
        buffer.space != BufferRef::Space::Prepared)
      return;
    auto [number, isNew] = numbers.try_emplace({buffer.space, buffer.index}, 0);
    if (isNew && buffer.space == BufferRef::Space::Weight) {
      const WeightSpec &spec = program.weights[buffer.index];
      std::string key = spec.file + "|" + std::to_string(spec.offset) + "|" +
                        std::to_string(spec.bytes);
      const void *data =
          raw.try_emplace(key, store->data(buffer.index)).first->second;
      number->second = add(result, spec.tensor, data, spec.bytes);
    } else if (isNew) {
      std::span<const std::byte> bytes = prepared->prepared(buffer.index);
      number->second = add(result, "prepared " + std::to_string(buffer.index),
                           bytes.data(), bytes.size());
    }
    buffer.space = BufferRef::Space::Weight;
    buffer.index = number->second;
  };
  for (Launch &launch : result.step.launches) {
    for (BufferRef &buffer : launch.buffers)
      move(buffer);
    if (launch.branch)
      move(launch.branch->choice);
  }
  kept.push_back(std::move(store));
  kept.push_back(std::move(prepared));
  return result;
}

uint64_t PackedWeights::identity() const {
  std::vector<uint64_t> sums;
  for (size_t i = 0; i < parts.size(); ++i) {
    sums.push_back(offsets[i]);
    sums.push_back(llvm::xxh3_64bits(llvm::ArrayRef(
        reinterpret_cast<const uint8_t *>(parts[i].data()), parts[i].size())));
  }
  return llvm::xxh3_64bits(
      llvm::ArrayRef(reinterpret_cast<const uint8_t *>(sums.data()),
                     sums.size() * sizeof(uint64_t)));
}

Status PackedWeights::write(const std::filesystem::path &path,
                            uint64_t identity) const {
  std::array<std::byte, weightsAlignment> header = {};
  static constexpr std::array<std::byte, weightsAlignment> zeros = {};
  std::memcpy(header.data(), weightsMagic, sizeof weightsMagic);
  std::memcpy(header.data() + sizeof weightsMagic, &identity, sizeof identity);
  std::vector<std::span<const std::byte>> pieces = {header};
  for (std::span<const std::byte> part : parts) {
    pieces.push_back(part);
    uint64_t padding =
        llvm::alignTo(part.size(), weightsAlignment) - part.size();
    pieces.push_back(std::span(zeros).first(padding));
  }
  return replaceFile(path, pieces);
}
