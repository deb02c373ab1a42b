//===- Preparation.cpp - What programs prepare of the same weights --------===//

#include "tenon/Runtime/Program.h"

#include <algorithm>
#include <map>

using namespace tenon;

/// Which of a program's prepared bytes are whose: bytes of one number are equal
/// wherever they lie, since equal kernels made them of equal operands.
namespace {
using Number = uint64_t;

/// Some bytes of a stage's memory.
struct Range {
  BufferRef::Space space;
  uint32_t index;
  uint64_t begin, end;

  bool overlaps(const Range &other) const {
    return space == other.space && index == other.index && begin < other.end &&
           other.begin < end;
  }
  bool contains(const Range &other) const {
    return space == other.space && index == other.index &&
           begin <= other.begin && other.end <= end;
  }
};

/// Numbers what launches write, the same numbers for all programs that it sees.
class Numbering {
public:
  /// The number of each prepared buffer.
  std::vector<Number> number(const Program &program);

private:
  Number numberOf(const std::string &key) {
    return numbers.try_emplace(key, numbers.size() + unknown).first->second;
  }
  Number read(const Program &program, const BufferRef &buffer, Range range);
  void write(Range range, Number number);

  std::map<std::string, Number> numbers;
  Number unknown = 0; ///< how many are of bytes that nothing is known of
  std::vector<std::pair<Range, Number>> held;
};
} // namespace

static Range rangeOf(const Launch &launch, const BufferRef &buffer) {
  uint64_t bytes = launch.kernel == Launch::copy ? launch.bytes : buffer.bytes;
  return {buffer.space, buffer.index, buffer.offset, buffer.offset + bytes};
}

static void append(std::string &key, uint64_t value) {
  key.append(reinterpret_cast<const char *>(&value), sizeof value);
}

static void append(std::string &key, const std::string &text) {
  append(key, text.size());
  key += text;
}

Number Numbering::read(const Program &program, const BufferRef &buffer,
                       Range range) {
  std::string key;
  uint64_t bytes = range.end - range.begin;
  if (buffer.space == BufferRef::Space::Weight) {
    const WeightSpec &weight = program.weights[buffer.index];
    key = "weight";
    append(key, weight.file);
    append(key, weight.tensor);
    for (uint64_t part : {weight.offset, weight.bytes,
                          uint64_t(weight.alignment), buffer.offset, bytes})
      append(key, part);
    return numberOf(key);
  }
  if (buffer.space == BufferRef::Space::Constant) {
    key = "constant";
    key.append(
        reinterpret_cast<const char *>(program.constants.data() + range.begin),
        bytes);
    return numberOf(key);
  }
  for (const auto &[known, number] : held)
    if (known.contains(range) && range.contains(known))
      return number;
  return numbers.size() + unknown++;
}

void Numbering::write(Range range, Number number) {
  std::erase_if(held,
                [&](const auto &entry) { return entry.first.overlaps(range); });
  held.emplace_back(range, number);
}

std::vector<Number> Numbering::number(const Program &program) {
  held.clear();
  for (const Launch &launch : program.prepare.launches) {
    size_t operands = launch.buffers.size() - launch.results;
    bool isCopy = launch.kernel == Launch::copy;
    std::string key = "launch";
    if (!isCopy)
      append(key, program.kernels[launch.kernel]);
    Number last = 0;
    for (size_t i = 0; i < operands; ++i) {
      last =
          read(program, launch.buffers[i], rangeOf(launch, launch.buffers[i]));
      append(key, last);
    }
    for (size_t i = operands; i < launch.buffers.size(); ++i) {
      std::string ofResult = key;
      append(ofResult, i);
      bool isKnown = !launch.branch;
      write(rangeOf(launch, launch.buffers[i]), !isKnown
                                                    ? numbers.size() + unknown++
                                                : isCopy ? last
                                                         : numberOf(ofResult));
    }
  }
  std::vector<Number> result;
  for (uint32_t i = 0; i < program.prepared.size(); ++i) {
    BufferRef whole{BufferRef::Space::Prepared, i, 0, program.prepared[i]};
    result.push_back(
        read(program, whole, {whole.space, i, 0, program.prepared[i]}));
  }
  return result;
}

std::vector<std::optional<uint32_t>>
tenon::findPreparedAlike(const Program &program, const Program &other) {
  Numbering numbering;
  std::map<Number, uint32_t> there;
  uint32_t index = 0;
  for (Number number : numbering.number(other))
    there.emplace(number, index++);
  std::vector<std::optional<uint32_t>> alike;
  for (Number number : numbering.number(program)) {
    auto found = there.find(number);
    alike.push_back(found == there.end() ? std::nullopt
                                         : std::optional(found->second));
  }
  return alike;
}

std::vector<bool> tenon::launchesToPrepare(const Program &program,
                                           const std::vector<bool> &wanted) {
  std::vector<Range> needed;
  for (uint32_t i = 0; i < wanted.size(); ++i)
    if (wanted[i])
      needed.push_back({BufferRef::Space::Prepared, i, 0, program.prepared[i]});
  const std::vector<Launch> &launches = program.prepare.launches;
  std::vector<bool> run(launches.size(), false);
  for (size_t number = launches.size(); number-- > 0;) {
    const Launch &launch = launches[number];
    size_t operands = launch.buffers.size() - launch.results;
    std::vector<Range> written;
    for (size_t i = operands; i < launch.buffers.size(); ++i)
      written.push_back(rangeOf(launch, launch.buffers[i]));
    auto isWritten = [&](const Range &range) {
      return std::ranges::any_of(
          written, [&](const Range &w) { return w.overlaps(range); });
    };
    if (!std::ranges::any_of(needed, isWritten))
      continue;
    run[number] = true;
    // A launch that may not run leaves what was there.
    if (!launch.branch)
      std::erase_if(needed, [&](const Range &range) {
        return std::ranges::any_of(
            written, [&](const Range &w) { return w.contains(range); });
      });
    for (size_t i = 0; i < operands; ++i)
      needed.push_back(rangeOf(launch, launch.buffers[i]));
    if (launch.branch)
      needed.push_back({launch.branch->choice.space,
                        launch.branch->choice.index,
                        launch.branch->choice.offset,
                        launch.branch->choice.offset + sizeof(int64_t)});
  }
  return run;
}
