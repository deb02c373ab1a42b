//===- Program.cpp - The binary form of a program -------------------------===//
//
// magic, version (u32), length of the rest (u64), checksum of the rest (u64),
// the rest. Integers are little-endian; strings and lists start with a u32
// count.
//
//===----------------------------------------------------------------------===//

#include "tenon/Runtime/Program.h"

#include <algorithm>
#include <bit>
#include <cstring>

using namespace tenon;

static_assert(std::endian::native == std::endian::little,
              "integers are copied as they lie");

static constexpr std::string_view magic = "TENONPRG";
static constexpr uint32_t version = 7;
static constexpr size_t headerBytes =
    magic.size() + sizeof(uint32_t) + 2 * sizeof(uint64_t);

/// FNV-1a over 64 bits.
static uint64_t checksum(std::span<const std::byte> bytes) {
  uint64_t hash = 0xcbf29ce484222325;
  for (std::byte byte : bytes)
    hash = (hash ^ static_cast<uint64_t>(byte)) * 0x100000001b3;
  return hash;
}

namespace {

class Writer {
public:
  std::vector<std::byte> bytes;

  void raw(std::span<const std::byte> part) {
    bytes.insert(bytes.end(), part.begin(), part.end());
  }
  template <typename Integer> void integer(Integer value) {
    raw(std::as_bytes(std::span(&value, 1)));
  }
  void string(std::string_view text) {
    integer(static_cast<uint32_t>(text.size()));
    raw(std::as_bytes(std::span(text)));
  }
  template <typename Item, typename Each>
  void list(const std::vector<Item> &items, Each each) {
    integer(static_cast<uint32_t>(items.size()));
    for (const Item &item : items)
      each(item);
  }

  void launch(const Launch &launch) {
    integer(launch.kernel);
    integer(launch.extent);
    integer(launch.grain);
    integer(launch.bytes);
    string(launch.label);
    list(launch.buffers, [&](const BufferRef &each) { buffer(each); });
    integer(launch.results);
    integer(static_cast<uint8_t>(launch.branch.has_value()));
    if (launch.branch) {
      buffer(launch.branch->choice);
      integer(launch.branch->branches);
      integer(launch.branch->number);
    }
    integer(static_cast<uint8_t>(launch.begin.has_value()));
    if (launch.begin)
      integer(*launch.begin);
  }
  void buffer(const BufferRef &buffer) {
    integer(static_cast<uint8_t>(buffer.space));
    integer(buffer.index);
    integer(buffer.offset);
    integer(buffer.bytes);
    integer(buffer.skipped);
  }
  void stage(const Stage &stage) {
    string(stage.name);
    integer(stage.arenaBytes);
    integer(stage.liveBytes);
    list(stage.launches, [&](const Launch &each) { launch(each); });
  }
  void specs(const std::vector<TensorSpec> &specs) {
    list(specs, [&](const TensorSpec &spec) {
      string(spec.name);
      integer(static_cast<uint8_t>(spec.type));
      list(spec.shape, [&](int64_t size) { integer(size); });
      integer(static_cast<uint8_t>(spec.updated));
      integer(static_cast<uint64_t>(spec.value.size()));
      raw(spec.value);
    });
  }
};

/// Reads what Writer wrote. After the first fault every read gives zeros and
/// nothing is believed.
class Reader {
public:
  explicit Reader(std::span<const std::byte> bytes) : rest(bytes) {}
  bool failed = false;

  std::span<const std::byte> raw(size_t length) {
    if (length > rest.size()) {
      failed = true;
      rest = {};
      return {};
    }
    std::span<const std::byte> part = rest.first(length);
    rest = rest.subspan(length);
    return part;
  }
  template <typename Integer> Integer integer() {
    Integer value = 0;
    std::span<const std::byte> part = raw(sizeof value);
    if (!part.empty())
      std::memcpy(&value, part.data(), sizeof value);
    return value;
  }
  std::string string() {
    std::span<const std::byte> part = raw(integer<uint32_t>());
    return std::string(reinterpret_cast<const char *>(part.data()),
                       part.size());
  }
  /// The list grows as its items are read, so a lying count costs no memory.
  template <typename Each> auto list(Each each) {
    std::vector<decltype(each())> items;
    uint32_t count = integer<uint32_t>();
    for (uint32_t i = 0; i < count && !failed; ++i)
      items.push_back(each());
    return items;
  }
  bool atEnd() const { return rest.empty(); }

  bool flag() {
    auto value = integer<uint8_t>();
    failed |= value > 1;
    return value == 1;
  }
  BufferRef buffer() {
    BufferRef buffer;
    buffer.space = static_cast<BufferRef::Space>(integer<uint8_t>());
    buffer.index = integer<uint32_t>();
    buffer.offset = integer<uint64_t>();
    buffer.bytes = integer<uint64_t>();
    buffer.skipped = integer<uint64_t>();
    return buffer;
  }
  Launch launch() {
    Launch launch;
    launch.kernel = integer<uint32_t>();
    launch.extent = integer<int64_t>();
    launch.grain = integer<int64_t>();
    launch.bytes = integer<uint64_t>();
    launch.label = string();
    launch.buffers = list([&] { return buffer(); });
    launch.results = integer<uint32_t>();
    if (flag())
      launch.branch = {buffer(), integer<uint32_t>(), integer<uint32_t>()};
    if (flag())
      launch.begin = integer<int64_t>();
    return launch;
  }
  Stage stage() {
    Stage stage;
    stage.name = string();
    stage.arenaBytes = integer<uint64_t>();
    stage.liveBytes = integer<uint64_t>();
    stage.launches = list([&] { return launch(); });
    return stage;
  }
  std::vector<TensorSpec> specs() {
    return list([&] {
      TensorSpec spec;
      spec.name = string();
      spec.type = static_cast<DataType>(integer<uint8_t>());
      spec.shape = list([&] { return integer<int64_t>(); });
      spec.updated = flag();
      std::span<const std::byte> value = raw(integer<uint64_t>());
      spec.value.assign(value.begin(), value.end());
      return spec;
    });
  }

private:
  std::span<const std::byte> rest;
};

} // namespace

bool TensorSpec::accepts(const Tensor &tensor) const {
  return tensor.type() == type && tensor.shape() == shape &&
         (value.empty() ||
          (tensor.bytes() == value.size() &&
           std::memcmp(tensor.data(), value.data(), value.size()) == 0));
}

bool tenon::acceptsInputs(std::span<const TensorSpec> specs,
                          std::span<const NamedTensor> inputs) {
  return specs.size() == inputs.size() &&
         std::ranges::all_of(specs, [&](const TensorSpec &spec) {
           auto given =
               std::ranges::find(inputs, spec.name, &NamedTensor::name);
           return given != inputs.end() && spec.accepts(given->tensor);
         });
}

Result<std::vector<Tensor>>
tenon::inOrder(const Program &program, std::span<const NamedTensor> inputs) {
  std::vector<Tensor> ordered;
  for (const TensorSpec &spec : program.inputs) {
    auto given = std::ranges::find(inputs, spec.name, &NamedTensor::name);
    if (given == inputs.end())
      return Error{"input '" + spec.name + "' is missing"};
    ordered.push_back(given->tensor);
  }
  return ordered;
}

Status tenon::setExtents(Program &program,
                         std::span<const KernelShape> shapes) {
  for (Stage *stage : {&program.prepare, &program.step})
    for (Launch &launch : stage->launches) {
      if (launch.kernel == Launch::copy)
        continue;
      int64_t whole = shapes[launch.kernel].extent;
      if (!launch.begin)
        launch.extent = whole;
      else if (launch.extent > whole - *launch.begin)
        return Error{"kernel '" + program.kernels[launch.kernel] + "' has " +
                     std::to_string(whole) +
                     " iterations, fewer than a part of them that is to run"};
    }
  return success();
}

std::vector<std::byte> tenon::serialize(const Program &program) {
  Writer body;
  body.list(program.kernels,
            [&](const std::string &symbol) { body.string(symbol); });
  body.list(program.weights, [&](const WeightSpec &weight) {
    body.string(weight.file);
    body.string(weight.tensor);
    body.integer(weight.offset);
    body.integer(weight.bytes);
    body.integer(weight.alignment);
  });
  body.specs(program.inputs);
  body.specs(program.outputs);
  body.list(program.prepared, [&](uint64_t bytes) { body.integer(bytes); });
  body.stage(program.prepare);
  body.stage(program.step);
  body.list(program.parameters, [&](const ParameterSpec &parameter) {
    body.string(parameter.name);
    body.integer(parameter.offset);
    body.integer(parameter.bytes);
  });
  body.integer(static_cast<uint64_t>(program.constants.size()));
  body.raw(program.constants);

  Writer whole;
  whole.raw(std::as_bytes(std::span(magic)));
  whole.integer(version);
  whole.integer(static_cast<uint64_t>(body.bytes.size()));
  whole.integer(checksum(body.bytes));
  whole.raw(body.bytes);
  return std::move(whole.bytes);
}

Result<Program> tenon::deserialize(std::span<const std::byte> bytes) {
  if (bytes.size() < headerBytes ||
      std::memcmp(bytes.data(), magic.data(), magic.size()) != 0)
    return Error{"is no compiled program"};
  Reader header(bytes.subspan(magic.size()));
  if (uint32_t found = header.integer<uint32_t>(); found != version)
    return Error{"has version " + std::to_string(found) +
                 " of a compiled program, this Tenon reads version " +
                 std::to_string(version)};
  uint64_t length = header.integer<uint64_t>();
  uint64_t sum = header.integer<uint64_t>();
  std::span<const std::byte> body = bytes.subspan(headerBytes);
  if (length != body.size())
    return Error{"is damaged: the program has " + std::to_string(body.size()) +
                 " bytes, not the " + std::to_string(length) + " it speaks of"};
  if (checksum(body) != sum)
    return Error{"is damaged: the program's checksum does not fit"};

  Reader reader(body);
  Program program;
  program.kernels = reader.list([&] { return reader.string(); });
  program.weights = reader.list([&] {
    WeightSpec weight;
    weight.file = reader.string();
    weight.tensor = reader.string();
    weight.offset = reader.integer<uint64_t>();
    weight.bytes = reader.integer<uint64_t>();
    weight.alignment = reader.integer<uint32_t>();
    return weight;
  });
  program.inputs = reader.specs();
  program.outputs = reader.specs();
  program.prepared = reader.list([&] { return reader.integer<uint64_t>(); });
  program.prepare = reader.stage();
  program.step = reader.stage();
  program.parameters = reader.list([&] {
    ParameterSpec parameter;
    parameter.name = reader.string();
    parameter.offset = reader.integer<uint64_t>();
    parameter.bytes = reader.integer<uint64_t>();
    return parameter;
  });
  std::span<const std::byte> constants = reader.raw(reader.integer<uint64_t>());
  program.constants.assign(constants.begin(), constants.end());
  if (reader.failed || !reader.atEnd())
    return Error{
        "is damaged: a list of the program does not end where it should"};
  if (Status status = validate(program); !status)
    return Error{"is damaged: " + status.error().message};
  return program;
}
