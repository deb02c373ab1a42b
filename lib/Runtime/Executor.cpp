//===- Executor.cpp - Runs a program --------------------------------------===//

#include "tenon/Runtime/Executor.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <numeric>

using namespace tenon;

using Memory = std::shared_ptr<std::byte>;

struct Executor::State {
  State(Program program, WeightStore weights)
      : program(std::move(program)), weights(std::move(weights)) {}

  Program program;
  WeightStore weights;
  std::shared_ptr<Device> device;
  /// The weights in the device's memory; copies of them, null where there are
  /// none.
  std::vector<void *> weightAddresses;
  std::vector<Memory> weightCopies;
  Memory constants;             ///< Program::constants in the device's memory
  std::vector<Memory> prepared; ///< perhaps shared with other executors
  uint64_t ownPreparedBytes = 0;

  /// Arenas that no call uses at the moment, and how many there are in all.
  std::mutex lock;
  std::vector<Memory> idleArenas;
  size_t arenaCount = 0;
};

namespace {

/// Where each buffer's base is during one walk over a stage.
struct Bindings {
  std::span<void *const> inputs, outputs, weights;
  std::span<const Memory> prepared;
  std::byte *constants, *arena;

  void *address(const BufferRef &buffer) const {
    // Where a part of a tensor would have its beginning may be no memory.
    return reinterpret_cast<void *>(reinterpret_cast<uintptr_t>(base(buffer)) +
                                    buffer.offset - buffer.skipped);
  }

private:
  void *base(const BufferRef &buffer) const {
    switch (buffer.space) {
    case BufferRef::Space::Input:
      return inputs[buffer.index];
    case BufferRef::Space::Output:
      return outputs[buffer.index];
    case BufferRef::Space::Weight:
      return weights[buffer.index];
    case BufferRef::Space::Constant:
      return constants;
    case BufferRef::Space::Prepared:
      return prepared[buffer.index].get();
    case BufferRef::Space::Arena:
      break;
    }
    return arena;
  }
};

} // namespace

/// Whether what a run has chosen, at `choice`, lets a launch be part of it.
static bool isTaken(Device &device, const Branch &branch, const void *choice) {
  uint64_t number;
  device.copyFromDevice(&number, choice, sizeof number);
  return std::min<uint64_t>(number, branch.branches - 1) == branch.number;
}

/// For each launch of `prepare`, the weights that nothing reads after it. Only
/// those launches count that run.
static std::vector<std::vector<uint32_t>>
weightsReadLast(const Program &program, const std::vector<bool> &runs) {
  std::vector<std::vector<uint32_t>> last(program.prepare.launches.size());
  std::vector<bool> readLater(program.weights.size());
  auto visit = [&](const Launch &launch, std::vector<uint32_t> *done) {
    for (const BufferRef &buffer : launch.buffers)
      if (buffer.space == BufferRef::Space::Weight &&
          !readLater[buffer.index]) {
        readLater[buffer.index] = true;
        if (done)
          done->push_back(buffer.index);
      }
  };
  for (const Launch &launch : program.step.launches)
    visit(launch, nullptr);
  for (size_t i = last.size(); i-- > 0;)
    if (runs[i])
      visit(program.prepare.launches[i], &last[i]);
  return last;
}

/// What must run of `prepare` for buffers that are null; those of `prepared`
/// that it would overwrite become null too, since others read them.
static std::vector<bool> launchesFor(const Program &program,
                                     std::vector<Memory> &prepared) {
  while (true) {
    std::vector<bool> wanted;
    for (const Memory &memory : prepared)
      wanted.push_back(!memory);
    std::vector<bool> runs = launchesToPrepare(program, wanted);
    bool isSettled = true;
    for (size_t i = 0; i < runs.size(); ++i) {
      const Launch &launch = program.prepare.launches[i];
      if (!runs[i])
        continue;
      for (const BufferRef &result :
           std::span(launch.buffers).last(launch.results))
        if (result.space == BufferRef::Space::Prepared &&
            prepared[result.index]) {
          prepared[result.index].reset();
          isSettled = false;
        }
    }
    if (isSettled)
      return runs;
  }
}

Executor::Executor() = default;
Executor::~Executor() = default;

/// Copies the weights that the program still needs to the device, where it has
/// memory of its own.
static Status placeWeights(Executor::State &state,
                           const std::vector<bool> &runs) {
  const Program &program = state.program;
  for (size_t i = 0; i < program.weights.size(); ++i)
    state.weightAddresses.push_back(const_cast<void *>(state.weights.data(i)));
  if (state.device->usesHostMemory())
    return success();
  std::vector<bool> isRead(program.weights.size());
  auto visit = [&](const Launch &launch) {
    for (const BufferRef &buffer : launch.buffers)
      if (buffer.space == BufferRef::Space::Weight)
        isRead[buffer.index] = true;
  };
  std::ranges::for_each(program.step.launches, visit);
  for (size_t i = 0; i < runs.size(); ++i)
    if (runs[i])
      visit(program.prepare.launches[i]);
  state.weightCopies.resize(program.weights.size());
  for (size_t i = 0; i < isRead.size(); ++i) {
    if (!isRead[i])
      continue;
    const WeightSpec &weight = program.weights[i];
    Memory copy = state.device->allocate(weight.bytes);
    if (!copy)
      return Error{"no memory on the device for weight '" + weight.tensor +
                   "' of " + std::to_string(weight.bytes) + " bytes"};
    state.device->copyToDevice(copy.get(), state.weights.data(i), weight.bytes);
    state.weightAddresses[i] = copy.get();
    state.weightCopies[i] = std::move(copy);
    if (Status status = state.device->finish(); !status)
      return status;
    state.weights.release(i);
  }
  return success();
}

/// Runs those launches of `prepare`, and gives back the memory of each weight
/// after its last use: a weight and what was made of it lie side by side for
/// one launch only.
static Status runPrepare(Executor::State &state, const std::vector<bool> &runs,
                         std::byte *arena, bool keepsFiles) {
  const Program &program = state.program;
  Device &device = *state.device;
  Bindings bindings{
      {},   {}, state.weightAddresses, state.prepared, state.constants.get(),
      arena};
  std::vector<std::vector<uint32_t>> done = weightsReadLast(program, runs);
  std::vector<void *> buffers;
  for (size_t i = 0; i < done.size(); ++i) {
    const Launch &launch = program.prepare.launches[i];
    if (!runs[i] ||
        (launch.branch && !isTaken(device, *launch.branch,
                                   bindings.address(launch.branch->choice))))
      continue;
    buffers.clear();
    for (const BufferRef &buffer : launch.buffers)
      buffers.push_back(bindings.address(buffer));
    device.launch(launch, buffers.data());
    for (uint32_t weight : done[i]) {
      if (device.usesHostMemory()) {
        state.weights.release(weight, keepsFiles);
        continue;
      }
      if (Status status = device.finish(); !status)
        return status;
      state.weightCopies[weight].reset();
    }
  }
  return device.finish();
}

Result<std::unique_ptr<Executor>>
Executor::create(Program program, std::shared_ptr<Device> device,
                 const std::filesystem::path &weightFolder,
                 std::span<const Executor *const> others, bool keepsFiles) {
  if (Status status = validate(program); !status)
    return status.error();
  if (Status status = device->check(program); !status)
    return status.error();
  std::vector<const WeightStore *> known;
  for (const Executor *other : others)
    known.push_back(&other->state->weights);
  Result<WeightStore> weights =
      WeightStore::open(program.weights, weightFolder, known);
  if (!weights)
    return weights.error();

  std::unique_ptr<Executor> executor(new Executor());
  executor->state =
      std::make_unique<State>(std::move(program), std::move(*weights));
  State &state = *executor->state;
  state.device = std::move(device);
  const Program &owned = state.program;

  state.constants = state.device->allocate(owned.constants.size());
  if (state.constants)
    state.device->copyToDevice(state.constants.get(), owned.constants.data(),
                               owned.constants.size());
  state.prepared.resize(owned.prepared.size());
  for (const Executor *other : others) {
    auto alike = findPreparedAlike(owned, other->program());
    for (size_t i = 0; i < alike.size(); ++i)
      if (alike[i] && !state.prepared[i])
        state.prepared[i] = other->state->prepared[*alike[i]];
  }
  std::vector<bool> runs = launchesFor(owned, state.prepared);
  bool isPrepared = std::ranges::find(runs, true) == runs.end();
  Memory arena =
      state.device->allocate(isPrepared ? 0 : owned.prepare.arenaBytes);
  bool hasMemory = state.constants && arena;
  for (size_t i = 0; i < state.prepared.size() && hasMemory; ++i)
    if (!state.prepared[i]) {
      state.prepared[i] = state.device->allocate(owned.prepared[i]);
      state.ownPreparedBytes += owned.prepared[i];
      hasMemory = state.prepared[i] != nullptr;
    }
  if (!hasMemory)
    return Error{
        "no memory to prepare the weights: " +
        std::to_string(std::accumulate(owned.prepared.begin(),
                                       owned.prepared.end(), uint64_t(0))) +
        " bytes and " + std::to_string(owned.prepare.arenaBytes) +
        " bytes to work in"};
  if (Status status = placeWeights(state, runs); !status)
    return status.error();
  if (Status status = runPrepare(state, runs, arena.get(), keepsFiles); !status)
    return status.error();
  return executor;
}

static Status checkInput(const TensorSpec &wanted, const Tensor &given) {
  if (given.type() == wanted.type && given.shape() == wanted.shape &&
      (given.data() || !given.bytes())) {
    if (wanted.accepts(given))
      return success();
    return Error{"input '" + wanted.name +
                 "' has another value than the program was made for"};
  }
  auto describe = [](DataType type, std::span<const int64_t> shape) {
    return std::string(name(type)) + " " + shapeString(shape);
  };
  return Error{"input '" + wanted.name + "' must be " +
               describe(wanted.type, wanted.shape) + ", given is " +
               (given.data() ? describe(given.type(), given.shape())
                             : "a tensor without data")};
}

/// The bits of a byte that hold a value of `type`. Kernels rely on the others
/// being 0.
static uint8_t usedBits(DataType type) {
  switch (type) {
  case DataType::Bool:
    return 0x01;
  case DataType::Int4:
  case DataType::UInt4:
    return 0x0f;
  default:
    return 0xff;
  }
}

/// Kernels rely on aligned elements, on booleans that are 0 or 1 and on 4-bit
/// values in the low bits. A view of a file may offer none of it.
static bool isUsable(const Tensor &tensor) {
  if (reinterpret_cast<uintptr_t>(tensor.data()) % byteWidth(tensor.type()))
    return false;
  uint8_t bits = usedBits(tensor.type());
  return bits == 0xff ||
         std::ranges::all_of(tensor.as<uint8_t>(),
                             [bits](uint8_t value) { return value <= bits; });
}

static Result<Tensor> usableCopy(const Tensor &tensor) {
  Result<Tensor> copy = tensor.clone();
  if (!copy)
    return copy;
  if (tensor.type() == DataType::Bool)
    for (uint8_t &value : copy->as<uint8_t>())
      value = value != 0;
  else if (uint8_t bits = usedBits(tensor.type()); bits != 0xff)
    for (uint8_t &value : copy->as<uint8_t>())
      value &= bits;
  return copy;
}

/// Kernels leave a signed 4-bit value in the low bits; outside it has a sign.
static void extendSigns(std::span<const Tensor> outputs) {
  for (const Tensor &output : outputs)
    if (output.type() == DataType::Int4)
      for (int8_t &value : output.as<int8_t>())
        value = static_cast<int8_t>(value << 4) >> 4;
}

/// The inputs as kernels may read them. Where `mayCopy` is not set, or a run
/// writes to an input, its own memory has to do.
static Result<std::vector<Tensor>> checkInputs(const Program &program,
                                               std::span<const Tensor> given,
                                               bool mayCopy) {
  if (given.size() != program.inputs.size())
    return Error{"the model has " + std::to_string(program.inputs.size()) +
                 " inputs, given are " + std::to_string(given.size())};
  std::vector<Tensor> inputs;
  for (size_t i = 0; i < given.size(); ++i) {
    const TensorSpec &spec = program.inputs[i];
    if (Status status = checkInput(spec, given[i]); !status)
      return status.error();
    if (!given[i].bytes() || isUsable(given[i])) {
      inputs.push_back(given[i]);
      continue;
    }
    if (spec.updated || !mayCopy)
      return Error{"input '" + spec.name + "' is " +
                   (spec.updated ? "updated" : "read") +
                   " where it lies, but its memory is not aligned to its "
                   "elements, or has values that its type has not"};
    Result<Tensor> copy = usableCopy(given[i]);
    if (!copy)
      return copy.error();
    inputs.push_back(std::move(*copy));
  }
  return inputs;
}

static Result<std::vector<Tensor>> allocateOutputs(const Program &program) {
  std::vector<Tensor> outputs;
  for (const TensorSpec &spec : program.outputs) {
    Result<Tensor> output = Tensor::allocate(spec.type, spec.shape);
    if (!output)
      return Error{"output '" + spec.name + "': " + output.error().message};
    outputs.push_back(std::move(*output));
  }
  return outputs;
}

struct Executor::Call::State {
  State(const Executor::State &executor, std::vector<Tensor> inputs,
        std::vector<Tensor> outputs, Memory arena)
      : executor(executor), inputs(std::move(inputs)),
        outputs(std::move(outputs)), arena(std::move(arena)) {}

  const Executor::State &executor;
  std::vector<Tensor> inputs, outputs;
  Memory arena;
  /// The tensors in the device's memory, where it has some of its own; of
  /// inputs those that a run copies, null for those that are kept there.
  std::vector<Memory> deviceInputs, deviceOutputs;
  std::vector<Memory> keptInputs;
  /// Of all launches one after the other: their buffers, then the choice of
  /// their branch.
  std::vector<void *> addresses;
  /// The launches, once they have run and are to run again; null where the
  /// device repeats none.
  std::unique_ptr<Recording> recording;
  uint64_t runs = 0;

  Status bind(KeptTensors *kept);
  void record();
  Status launchAll(Profiler *profiler);
  void copyToDevice();
  void copyFromDevice();
};

static Result<Memory> allocateFor(Device &device, const Tensor &tensor) {
  Memory memory = device.allocate(tensor.bytes());
  if (!memory)
    return Error{"no memory on the device for a tensor of " +
                 std::to_string(tensor.bytes()) + " bytes"};
  return memory;
}

/// The addresses at which the device finds `tensors`: their own, or those of
/// memory for them that is added to `copies`.
static Result<std::vector<void *>> placeTensors(Device &device,
                                                std::span<const Tensor> tensors,
                                                std::vector<Memory> &copies) {
  std::vector<void *> addresses;
  for (const Tensor &tensor : tensors) {
    if (device.usesHostMemory()) {
      addresses.push_back(tensor.data());
      continue;
    }
    Result<Memory> memory = allocateFor(device, tensor);
    if (!memory)
      return memory.error();
    addresses.push_back(memory->get());
    copies.push_back(std::move(*memory));
  }
  return addresses;
}

/// Lets the inputs that runs update be those of `kept`.
static Status keepUpdated(Device &device, const Program &program,
                          std::span<const Tensor> inputs, KeptTensors &kept,
                          std::vector<void *> &addresses,
                          std::vector<Memory> &copies,
                          std::vector<Memory> &keptInputs) {
  for (size_t i = 0; i < copies.size(); ++i) {
    if (!program.inputs[i].updated)
      continue;
    Memory &memory = kept[inputs[i].data()];
    if (!memory) {
      memory = std::move(copies[i]);
      device.copyToDevice(memory.get(), inputs[i].data(), inputs[i].bytes());
    }
    copies[i].reset();
    addresses[i] = memory.get();
    keptInputs.push_back(memory);
  }
  return device.finish();
}

Status Executor::Call::State::bind(KeptTensors *kept) {
  Device &device = *executor.device;
  auto inputAddresses = placeTensors(device, inputs, deviceInputs);
  if (!inputAddresses)
    return inputAddresses.error();
  if (kept)
    if (Status status = keepUpdated(device, executor.program, inputs, *kept,
                                    *inputAddresses, deviceInputs, keptInputs);
        !status)
      return status;
  auto outputAddresses = placeTensors(device, outputs, deviceOutputs);
  if (!outputAddresses)
    return outputAddresses.error();
  Bindings bindings{*inputAddresses,          *outputAddresses,
                    executor.weightAddresses, executor.prepared,
                    executor.constants.get(), arena.get()};
  for (const Launch &launch : executor.program.step.launches) {
    for (const BufferRef &buffer : launch.buffers)
      addresses.push_back(bindings.address(buffer));
    if (launch.branch)
      addresses.push_back(bindings.address(launch.branch->choice));
  }
  return success();
}

void Executor::Call::State::copyToDevice() {
  for (size_t i = 0; i < deviceInputs.size(); ++i)
    if (deviceInputs[i])
      executor.device->copyToDevice(deviceInputs[i].get(), inputs[i].data(),
                                    inputs[i].bytes());
}

/// What the run has written.
void Executor::Call::State::copyFromDevice() {
  for (size_t i = 0; i < deviceInputs.size(); ++i)
    if (executor.program.inputs[i].updated && deviceInputs[i])
      executor.device->copyFromDevice(inputs[i].data(), deviceInputs[i].get(),
                                      inputs[i].bytes());
  for (size_t i = 0; i < deviceOutputs.size(); ++i)
    executor.device->copyFromDevice(outputs[i].data(), deviceOutputs[i].get(),
                                    outputs[i].bytes());
}

Executor::Call::Call(std::unique_ptr<State> state) : state(std::move(state)) {}
Executor::Call::Call(Call &&) noexcept = default;
Executor::Call &Executor::Call::operator=(Call &&) noexcept = default;
Executor::Call::~Call() = default;

std::span<const Tensor> Executor::Call::outputs() const {
  return state->outputs;
}

/// Where each run does the same launches, lets the device have them as one.
void Executor::Call::State::record() {
  const std::vector<Launch> &launches = executor.program.step.launches;
  if (std::ranges::none_of(launches, [](const Launch &launch) {
        return launch.branch.has_value();
      }))
    recording = executor.device->record(launches, addresses.data());
}

Status Executor::Call::State::launchAll(Profiler *profiler) {
  const Program &program = executor.program;
  Device &device = *executor.device;
  void *const *buffers = addresses.data();
  for (const Launch &launch : program.step.launches) {
    void *const *own = buffers;
    buffers += launch.buffers.size();
    if (launch.branch && !isTaken(device, *launch.branch, *buffers++))
      continue;
    Profiler::Clock::time_point begin;
    if (profiler)
      begin = Profiler::Clock::now();
    device.launch(launch, own);
    if (!profiler)
      continue;
    if (Status status = device.finish(); !status)
      return status;
    profiler->record(launch.kernel == Launch::copy
                         ? "copy"
                         : std::string_view(program.kernels[launch.kernel]),
                     launch.label, begin, Profiler::Clock::now());
  }
  return success();
}

Status Executor::Call::run(Profiler *profiler) {
  const Executor::State &executor = state->executor;
  state->copyToDevice();
  // One run is not worth a recording, and a profile wants each launch's time.
  if (!profiler && ++state->runs == 2)
    state->record();
  if (!profiler && state->recording)
    state->recording->replay();
  else if (Status status = state->launchAll(profiler); !status)
    return status;
  state->copyFromDevice();
  if (Status status = executor.device->finish(); !status)
    return status;
  extendSigns(state->outputs);
  return success();
}

static Error arenaError(const Program &program) {
  return Error{"no memory for the " + std::to_string(program.step.arenaBytes) +
               " bytes of a run"};
}

Result<Executor::Call> Executor::bind(std::span<const Tensor> given,
                                      KeptTensors *kept) {
  const Program &program = state->program;
  Result<std::vector<Tensor>> inputs =
      checkInputs(program, given, /*mayCopy=*/false);
  if (!inputs)
    return inputs.error();
  Result<std::vector<Tensor>> outputs = allocateOutputs(program);
  if (!outputs)
    return outputs.error();
  Memory arena = state->device->allocate(program.step.arenaBytes);
  if (!arena)
    return arenaError(program);
  auto call = std::make_unique<Call::State>(
      *state, std::move(*inputs), std::move(*outputs), std::move(arena));
  if (Status status = call->bind(kept); !status)
    return status.error();
  return Call(std::move(call));
}

Result<std::vector<Tensor>> Executor::run(std::span<const Tensor> given,
                                          Profiler *profiler) {
  const Program &program = state->program;
  Result<std::vector<Tensor>> inputs =
      checkInputs(program, given, /*mayCopy=*/true);
  if (!inputs)
    return inputs.error();
  Result<std::vector<Tensor>> outputs = allocateOutputs(program);
  if (!outputs)
    return outputs.error();

  Memory arena;
  {
    std::scoped_lock guard(state->lock);
    if (!state->idleArenas.empty()) {
      arena = std::move(state->idleArenas.back());
      state->idleArenas.pop_back();
    }
  }
  bool isNew = !arena;
  if (isNew)
    arena = state->device->allocate(program.step.arenaBytes);
  if (!arena)
    return arenaError(program);
  auto bound = std::make_unique<Call::State>(*state, std::move(*inputs),
                                             std::move(*outputs), arena);
  Status status = bound->bind(/*kept=*/nullptr);
  Call call(std::move(bound));
  if (status)
    status = call.run(profiler);

  std::scoped_lock guard(state->lock);
  state->arenaCount += isNew;
  state->idleArenas.push_back(std::move(arena));
  if (!status)
    return status.error();
  return std::move(call.state->outputs);
}

const Program &Executor::program() const { return state->program; }

std::span<const std::byte> Executor::prepared(uint32_t buffer) const {
  return {state->prepared[buffer].get(), state->program.prepared[buffer]};
}

uint64_t Executor::residentBytes() const {
  std::scoped_lock guard(state->lock);
  return state->ownPreparedBytes +
         state->arenaCount * state->program.step.arenaBytes;
}
