//===- ExecutorState.h - What an executor and its calls hold ----*- C++ -*-===//

#ifndef TENON_LIB_RUNTIME_EXECUTORSTATE_H
#define TENON_LIB_RUNTIME_EXECUTORSTATE_H

#include "tenon/Runtime/Executor.h"

#include <mutex>

namespace tenon {

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

/// Whether what a run has chosen, at `choice`, lets a launch be part of it.
bool isTaken(Device &device, const Branch &branch, const void *choice);

} // namespace tenon

#endif // TENON_LIB_RUNTIME_EXECUTORSTATE_H
