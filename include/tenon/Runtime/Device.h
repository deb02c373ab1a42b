//===- Device.h - Where kernels run and their memory lies -----------------===//

#ifndef TENON_RUNTIME_DEVICE_H
#define TENON_RUNTIME_DEVICE_H

#include "tenon/Runtime/Program.h"

#include <functional>

namespace tenon {

/// Launches that a device has ready to be repeated as one, in the memory that
/// they were recorded with.
class Recording {
public:
  virtual ~Recording() = default;
  virtual void replay() = 0;
};

/// A processor with the code of a program's kernels. Launches and copies are
/// done in the order of their calls. May be used from several threads at once.
class Device {
public:
  virtual ~Device() = default;

  /// Whether it has code for every kernel of the program.
  virtual Status check(const Program &program) const = 0;
  /// Whether kernels work in this process's memory: then nothing is copied to
  /// the device, and weights and tensors are used where they lie.
  virtual bool usesHostMemory() const = 0;
  /// Bytes that are not set, at a multiple of 64; null where there is no
  /// memory.
  virtual std::shared_ptr<std::byte> allocate(uint64_t bytes) = 0;
  virtual void copyToDevice(void *to, const void *from, uint64_t bytes) = 0;
  /// The bytes are there when it returns.
  virtual void copyFromDevice(void *to, const void *from, uint64_t bytes) = 0;
  /// Runs a launch, or copies where it is a copy; `buffers` are addresses in
  /// the device's memory.
  virtual void launch(const Launch &launch, void *const *buffers) = 0;
  /// Those launches, of which no branch is left to choose, to be repeated;
  /// `buffers` are those of all of them, one behind the other. Nothing is run.
  /// Null where it has no better way than to launch one by one. Must not
  /// outlive the device.
  virtual std::unique_ptr<Recording>
  record(std::span<const Launch> /*launches*/, void *const * /*buffers*/) {
    return nullptr;
  }
  /// Waits for all of it; an Error is what went wrong since the last call.
  virtual Status finish() = 0;
};

/// The process's own threads. `keepAlive` holds the code. `findFault`, where
/// given, says what kernels did wrong since it was asked last.
std::shared_ptr<Device> createHostDevice(
    std::vector<KernelFunction> kernels, unsigned threads,
    std::shared_ptr<void> keepAlive = nullptr,
    std::function<std::optional<std::string>()> findFault = nullptr);

/// `device`, but kernels that `functions` has code for (null: it has none) run
/// on the process's own threads: what they read is copied here first, and what
/// they wrote back. The device must do without those kernels.
std::shared_ptr<Device>
createFallbackDevice(std::shared_ptr<Device> device,
                     std::vector<KernelFunction> functions, unsigned threads,
                     std::shared_ptr<void> keepAlive = nullptr);

} // namespace tenon

#endif // TENON_RUNTIME_DEVICE_H
