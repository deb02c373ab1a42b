//===- ExecutorCall.cpp - A run with its memory ---------------------------===//

#include "CallTensors.h"
#include "ExecutorState.h"

#include <algorithm>

using namespace tenon;

bool tenon::isTaken(Device &device, const Branch &branch, const void *choice) {
  uint64_t number;
  device.copyFromDevice(&number, choice, sizeof number);
  return std::min<uint64_t>(number, branch.branches - 1) == branch.number;
}

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
