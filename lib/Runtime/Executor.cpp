//===- Executor.cpp - Runs a program --------------------------------------===//

#include "CallTensors.h"
#include "ExecutorState.h"

#include <algorithm>
#include <numeric>

using namespace tenon;

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
