//===- FallbackDevice.cpp - Kernels that a device leaves to the CPU -------===//

#include "tenon/Runtime/Device.h"

#include <algorithm>
#include <mutex>
#include <utility>

using namespace tenon;

namespace {
class FallbackDevice : public Device {
public:
  FallbackDevice(std::shared_ptr<Device> device,
                 std::vector<KernelFunction> functions, unsigned threads,
                 std::shared_ptr<void> keepAlive)
      : device(std::move(device)), functions(std::move(functions)),
        host(createHostDevice(this->functions, threads, std::move(keepAlive))) {
  }

  Status check(const Program &program) const override {
    if (functions.size() != program.kernels.size())
      return Error{"the program has " + std::to_string(program.kernels.size()) +
                   " kernels, " + std::to_string(functions.size()) +
                   " are there"};
    return device->check(program);
  }
  bool usesHostMemory() const override { return device->usesHostMemory(); }
  std::shared_ptr<std::byte> allocate(uint64_t bytes) override {
    return device->allocate(bytes);
  }
  void copyToDevice(void *to, const void *from, uint64_t bytes) override {
    device->copyToDevice(to, from, bytes);
  }
  void copyFromDevice(void *to, const void *from, uint64_t bytes) override {
    device->copyFromDevice(to, from, bytes);
  }
  void launch(const Launch &launch, void *const *buffers) override;
  std::unique_ptr<Recording> record(std::span<const Launch> launches,
                                    void *const *buffers) override {
    auto isHere = [&](const Launch &launch) { return runsHere(launch); };
    return std::ranges::any_of(launches, isHere)
               ? nullptr
               : device->record(launches, buffers);
  }
  Status finish() override;

private:
  bool runsHere(const Launch &launch) const {
    return launch.kernel != Launch::copy && functions[launch.kernel];
  }
  Status launchHere(const Launch &launch, void *const *buffers);

  std::shared_ptr<Device> device;
  std::vector<KernelFunction> functions; ///< null: the device has the kernel
  std::shared_ptr<Device> host;
  std::mutex lock;
  std::optional<Error> failure; ///< the first since finish()
};

/// Bytes of the device's memory, and a copy of them here.
struct CopiedRange {
  uintptr_t begin, end;
  bool isRead = false, isWritten = false;
  std::shared_ptr<std::byte> copy;

  std::byte *at(const void *address) const {
    return copy.get() + (reinterpret_cast<uintptr_t>(address) - begin);
  }
};
} // namespace

/// The memory that a launch touches. What overlaps is one: a result may lie
/// where an operand does, and keeps of it what the kernel does not write.
static std::vector<CopiedRange> rangesOf(const Launch &launch,
                                         void *const *buffers) {
  std::vector<CopiedRange> all, merged;
  size_t operands = launch.buffers.size() - launch.results;
  for (size_t i = 0; i < launch.buffers.size(); ++i) {
    auto begin = reinterpret_cast<uintptr_t>(buffers[i]);
    all.push_back({begin, begin + launch.buffers[i].bytes, i < operands,
                   i >= operands, nullptr});
  }
  std::ranges::sort(all, {}, &CopiedRange::begin);
  for (CopiedRange &range : all) {
    if (merged.empty() || range.begin >= merged.back().end) {
      merged.push_back(range);
      continue;
    }
    CopiedRange &last = merged.back();
    last.end = std::max(last.end, range.end);
    last.isRead |= range.isRead;
    last.isWritten |= range.isWritten;
  }
  return merged;
}

Status FallbackDevice::launchHere(const Launch &launch, void *const *buffers) {
  std::vector<CopiedRange> ranges = rangesOf(launch, buffers);
  for (CopiedRange &range : ranges) {
    uint64_t bytes = range.end - range.begin;
    range.copy = host->allocate(bytes);
    if (!range.copy)
      return Error{"no memory for " + std::to_string(bytes) +
                   " bytes of a kernel that runs on the CPU"};
    if (range.isRead)
      device->copyFromDevice(range.copy.get(),
                             reinterpret_cast<void *>(range.begin), bytes);
  }
  std::vector<void *> own;
  for (size_t i = 0; i < launch.buffers.size(); ++i) {
    auto address = reinterpret_cast<uintptr_t>(buffers[i]);
    // The last that begins there or before: an empty buffer needs no more.
    auto next =
        std::ranges::upper_bound(ranges, address, {}, &CopiedRange::begin);
    own.push_back(std::prev(next)->at(buffers[i]));
  }
  host->launch(launch, own.data());
  for (const CopiedRange &range : ranges)
    if (range.isWritten)
      device->copyToDevice(reinterpret_cast<void *>(range.begin),
                           range.copy.get(), range.end - range.begin);
  // Until then the device may still be reading the copies.
  return device->finish();
}

void FallbackDevice::launch(const Launch &launch, void *const *buffers) {
  if (!runsHere(launch))
    return device->launch(launch, buffers);
  Status status = launchHere(launch, buffers);
  std::scoped_lock guard(lock);
  if (!status && !failure)
    failure = status.error();
}

Status FallbackDevice::finish() {
  Status status = device->finish();
  std::scoped_lock guard(lock);
  if (std::optional<Error> first = std::exchange(failure, std::nullopt))
    return *first;
  return status;
}

std::shared_ptr<Device>
tenon::createFallbackDevice(std::shared_ptr<Device> device,
                            std::vector<KernelFunction> functions,
                            unsigned threads, std::shared_ptr<void> keepAlive) {
  return std::make_shared<FallbackDevice>(
      std::move(device), std::move(functions), threads, std::move(keepAlive));
}
