//===- HostDevice.cpp - Kernels on the process's own threads --------------===//

#include "KeptMemory.h"

#include "tenon/Runtime/Device.h"
#include "tenon/Runtime/Threads.h"

#include <algorithm>
#include <cstring>

using namespace tenon;

namespace {
class HostDevice : public Device {
public:
  HostDevice(std::vector<KernelFunction> kernels, unsigned threads,
             std::shared_ptr<void> keepAlive,
             std::function<std::optional<std::string>()> findFault)
      : kernels(std::move(kernels)), threads(std::max(threads, 1u)),
        keepAlive(std::move(keepAlive)), findFault(std::move(findFault)) {}

  Status check(const Program &program) const override;
  bool usesHostMemory() const override { return true; }
  std::shared_ptr<std::byte> allocate(uint64_t bytes) override {
    return memory->allocate(bytes);
  }
  void copyToDevice(void *to, const void *from, uint64_t bytes) override {
    copy(to, from, bytes);
  }
  void copyFromDevice(void *to, const void *from, uint64_t bytes) override {
    copy(to, from, bytes);
  }
  void launch(const Launch &launch, void *const *buffers) override;
  Status finish() override;

private:
  static void copy(void *to, const void *from, uint64_t bytes) {
    if (bytes > 0) // else there may be no memory at all
      std::memmove(to, from, bytes);
  }

  std::vector<KernelFunction> kernels;
  unsigned threads;
  std::shared_ptr<void> keepAlive;
  std::shared_ptr<KeptMemory> memory = std::make_shared<KeptMemory>();
  std::function<std::optional<std::string>()> findFault;
};
} // namespace

Status HostDevice::check(const Program &program) const {
  if (kernels.size() != program.kernels.size())
    return Error{"the program has " + std::to_string(program.kernels.size()) +
                 " kernels, code is there for " +
                 std::to_string(kernels.size())};
  for (size_t kernel = 0; kernel < kernels.size(); ++kernel)
    if (!kernels[kernel])
      return Error{"kernel '" + program.kernels[kernel] + "' has no code"};
  return success();
}

void HostDevice::launch(const Launch &launch, void *const *buffers) {
  if (launch.kernel == Launch::copy)
    return copy(buffers[1], buffers[0], launch.bytes);
  // As many threads as get at least the launch's grain of iterations each.
  int64_t worthwhile =
      std::clamp<int64_t>(launch.extent / launch.grain, 1, threads);
  parallelFor(kernels[launch.kernel], buffers, launch.begin.value_or(0),
              launch.extent, static_cast<unsigned>(worthwhile));
}

Status HostDevice::finish() {
  if (findFault)
    if (std::optional<std::string> fault = findFault())
      return Error{*fault};
  return success();
}

std::shared_ptr<Device>
tenon::createHostDevice(std::vector<KernelFunction> kernels, unsigned threads,
                        std::shared_ptr<void> keepAlive,
                        std::function<std::optional<std::string>()> findFault) {
  return std::make_shared<HostDevice>(
      std::move(kernels), threads, std::move(keepAlive), std::move(findFault));
}
