#include "tenon/Runtime/Device.h"

#include <cstring>
#include <gmock/gmock.h>

using namespace tenon;

namespace {
/// A device whose memory lies elsewhere: addresses are off by `away`.
class FarDevice : public Device {
public:
  static constexpr uintptr_t away = uintptr_t(1) << 62;

  static std::byte *here(const void *address) {
    return reinterpret_cast<std::byte *>(reinterpret_cast<uintptr_t>(address) -
                                         away);
  }
  static void *there(void *address) {
    return reinterpret_cast<void *>(reinterpret_cast<uintptr_t>(address) +
                                    away);
  }

  Status check(const Program &) const override { return success(); }
  bool usesHostMemory() const override { return false; }
  std::shared_ptr<std::byte> allocate(uint64_t bytes) override {
    std::shared_ptr<std::byte> memory = allocateZeroed(bytes);
    return {reinterpret_cast<std::byte *>(there(memory.get())),
            [memory](std::byte *) {}};
  }
  void copyToDevice(void *to, const void *from, uint64_t bytes) override {
    std::memcpy(here(to), from, bytes);
  }
  void copyFromDevice(void *to, const void *from, uint64_t bytes) override {
    std::memcpy(to, here(from), bytes);
    copiedFrom += bytes;
  }
  void launch(const Launch &launch, void *const *) override {
    launched.push_back(launch.kernel);
  }
  Status finish() override {
    return failure.empty() ? success() : Error{failure};
  }

  uint64_t copiedFrom = 0;
  std::vector<uint32_t> launched;
  std::string failure;
};

/// A launch of kernel 1 on 4 floats each.
Launch launchOf(size_t buffers) {
  Launch launch;
  launch.kernel = 1;
  launch.extent = 4;
  for (size_t i = 0; i < buffers; ++i)
    launch.buffers.push_back({BufferRef::Space::Arena, 0, 0, 16});
  return launch;
}
} // namespace

static void addOne(void *const *buffers, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; ++i)
    static_cast<float *>(buffers[1])[i] =
        static_cast<const float *>(buffers[0])[i] + 1;
}

/// Writes element 2 of its result only, as a cache's kernel does.
static void writeThird(void *const *buffers, int64_t, int64_t) {
  static_cast<float *>(buffers[1])[2] =
      static_cast<const float *>(buffers[0])[0] + 5;
}

TEST(FallbackDevice, CopiesOperandsAndResults) {
  auto far = std::make_shared<FarDevice>();
  auto device = createFallbackDevice(far, {nullptr, addOne}, 2);
  float from[] = {1, 2, 3, 4}, to[] = {9, 9, 9, 9};
  void *buffers[] = {FarDevice::there(from), FarDevice::there(to)};
  device->launch(launchOf(2), buffers);
  ASSERT_TRUE(device->finish().ok());
  EXPECT_THAT(to, testing::ElementsAre(2, 3, 4, 5));
  EXPECT_THAT(from, testing::ElementsAre(1, 2, 3, 4));
  // What is only written to is not read.
  EXPECT_EQ(far->copiedFrom, 16u);
  EXPECT_TRUE(far->launched.empty());
}

TEST(FallbackDevice, KeepsWhatAResultInPlaceLeaves) {
  auto device = createFallbackDevice(std::make_shared<FarDevice>(),
                                     {nullptr, writeThird}, 1);
  float memory[] = {1, 2, 3, 4};
  void *buffers[] = {FarDevice::there(memory), FarDevice::there(memory)};
  device->launch(launchOf(2), buffers);
  ASSERT_TRUE(device->finish().ok());
  EXPECT_THAT(memory, testing::ElementsAre(1, 2, 6, 4));
}

TEST(FallbackDevice, LeavesTheOthersToTheDevice) {
  auto far = std::make_shared<FarDevice>();
  auto device = createFallbackDevice(far, {nullptr, addOne}, 1);
  Launch launch = launchOf(2);
  launch.kernel = 0;
  void *buffers[] = {nullptr, nullptr};
  device->launch(launch, buffers);
  launch.kernel = Launch::copy;
  device->launch(launch, buffers);
  EXPECT_THAT(far->launched, testing::ElementsAre(0u, uint32_t(Launch::copy)));
}

TEST(FallbackDevice, TellsWhatTheDeviceFailedAt) {
  auto far = std::make_shared<FarDevice>();
  auto device = createFallbackDevice(far, {nullptr, addOne}, 1);
  float memory[8] = {};
  void *buffers[] = {FarDevice::there(memory), FarDevice::there(memory + 4)};
  far->failure = "the copy is lost";
  device->launch(launchOf(2), buffers);
  far->failure.clear();
  Status status = device->finish();
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "the copy is lost");
  EXPECT_TRUE(device->finish().ok());
}
