#include "tenon/Runtime/CudaDevice.h"
#include "CudaStub.h"
#include "Runtime/SampleProgram.h"
#include "Support/TemporaryFolder.h"
#include "tenon/Runtime/Executor.h"

#include <gmock/gmock.h>
#include <thread>

using namespace tenon;
using namespace tenon::test;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {
class CudaDeviceTest : public testing::Test {
protected:
  CudaDeviceTest() {
    defineKernel("add_0", {3, [](std::span<void *const> buffers, unsigned) {
                             auto *a = static_cast<const float *>(buffers[0]),
                                  *b = static_cast<const float *>(buffers[1]);
                             auto *sum = static_cast<float *>(buffers[2]);
                             for (int64_t i = 0; i < sampleCount; ++i)
                               sum[i] = a[i] + b[i];
                           }});
    std::string bytes(64 + sampleBytes, '\0');
    for (int64_t i = 0; i < sampleCount; ++i)
      reinterpret_cast<float *>(bytes.data() + 64)[i] = static_cast<float>(i);
    folder.write("model.bin", bytes);
    takeStubCalls();
  }

  std::unique_ptr<Executor> create(Program program = sampleProgram()) {
    CudaKernel kernel;
    kernel.name = "add_0";
    kernel.code = ".entry add_0";
    kernel.shape.threads = 32;
    std::vector<CudaKernel> kernels = {kernel};
    Result<std::shared_ptr<Device>> device = createCudaDevice(kernels);
    if (!device) {
      ADD_FAILURE() << device.error().message;
      return nullptr;
    }
    Result<std::unique_ptr<Executor>> executor =
        Executor::create(std::move(program), std::move(*device), folder.path());
    if (!executor) {
      ADD_FAILURE() << executor.error().message;
      return nullptr;
    }
    takeStubCalls();
    return std::move(*executor);
  }

  static Tensor filled(float value) {
    Tensor tensor(DataType::Float32, {4, 10});
    std::ranges::fill(tensor.as<float>(), value);
    return tensor;
  }

  /// y = x + 2 i + 0.25, and x.
  static void expectSums(std::span<const Tensor> outputs, float x) {
    for (int64_t i = 0; i < sampleCount; ++i) {
      EXPECT_EQ(outputs[0].as<float>()[i], x + 2.0f * i + 0.25f);
      EXPECT_EQ(outputs[1].as<float>()[i], x);
    }
  }

  TemporaryFolder folder;
};
} // namespace

TEST_F(CudaDeviceTest, LaunchesOneByOneAtFirstAndThenAGraph) {
  std::unique_ptr<Executor> executor = create();
  ASSERT_TRUE(executor);
  Tensor x = filled(1);
  Result<Executor::Call> call = executor->bind({{x}});
  ASSERT_TRUE(call);
  takeStubCalls();
  ASSERT_TRUE(call->run());
  expectSums(call->outputs(), 1);
  EXPECT_THAT(takeStubCalls(),
              ElementsAre("copy to device 160", "launch add_0", "launch add_0",
                          "copy on device 160", "copy from device 160",
                          "copy from device 160"));
  // What is captured is not run; the inputs are those of the time.
  std::ranges::fill(x.as<float>(), 5.0f);
  ASSERT_TRUE(call->run());
  expectSums(call->outputs(), 5);
  EXPECT_THAT(takeStubCalls(),
              ElementsAre("copy to device 160", "begin capture", "launch add_0",
                          "launch add_0", "copy on device 160", "end capture",
                          "launch graph of 3", "copy from device 160",
                          "copy from device 160"));
  std::ranges::fill(x.as<float>(), -2.0f);
  ASSERT_TRUE(call->run());
  expectSums(call->outputs(), -2);
  EXPECT_THAT(takeStubCalls(),
              ElementsAre("copy to device 160", "launch graph of 3",
                          "copy from device 160", "copy from device 160"));
}

TEST_F(CudaDeviceTest, GivesEverythingBack) {
  StubObjects before = stubObjects();
  {
    std::unique_ptr<Executor> executor = create();
    ASSERT_TRUE(executor);
    Tensor x = filled(1);
    Result<Executor::Call> call = executor->bind({{x}});
    ASSERT_TRUE(call);
    for (int run = 0; run < 3; ++run)
      ASSERT_TRUE(call->run());
    // The stream of the capture and the graph itself are gone already.
    EXPECT_EQ(stubObjects().executableGraphs, before.executableGraphs + 1);
    EXPECT_EQ(stubObjects().graphs, before.graphs);
    EXPECT_EQ(stubObjects().streams, before.streams + 1);
    ASSERT_TRUE(executor->run({{x}}));
  }
  EXPECT_EQ(stubObjects(), before);
  EXPECT_THAT(takeStubCalls(), Not(Contains(StartsWith("error"))));
}

TEST_F(CudaDeviceTest, RunsWithoutAGraphWhereTheDriverRefusesOne) {
  for (const char *function : {"cuStreamBeginCapture", "cuGraphInstantiate"}) {
    StubObjects before = stubObjects();
    {
      std::unique_ptr<Executor> executor = create();
      ASSERT_TRUE(executor);
      Tensor x = filled(3);
      Result<Executor::Call> call = executor->bind({{x}});
      ASSERT_TRUE(call);
      ASSERT_TRUE(call->run());
      failNext(function, 900);
      for (int run = 0; run < 3; ++run)
        ASSERT_TRUE(call->run()) << function;
      expectSums(call->outputs(), 3);
      std::vector<std::string> calls = takeStubCalls();
      EXPECT_THAT(calls, Not(Contains(StartsWith("launch graph"))));
      EXPECT_THAT(calls, Not(Contains(StartsWith("error"))));
    }
    EXPECT_EQ(stubObjects(), before) << function;
  }
}

TEST_F(CudaDeviceTest, EndsACaptureInWhichALaunchFails) {
  StubObjects before = stubObjects();
  {
    std::unique_ptr<Executor> executor = create();
    ASSERT_TRUE(executor);
    Tensor x = filled(3);
    Result<Executor::Call> call = executor->bind({{x}});
    ASSERT_TRUE(call);
    ASSERT_TRUE(call->run());
    failNext("cuLaunchKernel", 900);
    ASSERT_TRUE(call->run());
    expectSums(call->outputs(), 3);
    EXPECT_THAT(takeStubCalls(), Contains("end capture"));
  }
  EXPECT_EQ(stubObjects(), before);
}

TEST_F(CudaDeviceTest, RecordsNothingThatTheHostChooses) {
  Program program = sampleProgram();
  program.constants.resize(program.constants.size() + 8);
  Branch branch;
  branch.choice = {BufferRef::Space::Constant, 0, program.constants.size() - 8,
                   8};
  branch.branches = 2;
  branch.number = 0;
  program.step.launches[2].branch = branch;
  std::unique_ptr<Executor> executor = create(std::move(program));
  ASSERT_TRUE(executor);
  Tensor x = filled(1);
  Result<Executor::Call> call = executor->bind({{x}});
  ASSERT_TRUE(call);
  for (int run = 0; run < 3; ++run)
    ASSERT_TRUE(call->run());
  expectSums(call->outputs(), 1);
  EXPECT_THAT(takeStubCalls(), Not(Contains("begin capture")));
}

TEST_F(CudaDeviceTest, RecordsNothingThatRunsOnTheHost) {
  CudaKernel refused;
  refused.name = "add_0";
  Result<std::shared_ptr<Device>> device =
      createCudaDevice(std::vector<CudaKernel>{refused});
  ASSERT_TRUE(device);
  auto add = [](void *const *buffers, int64_t begin, int64_t end) {
    auto *a = static_cast<const float *>(buffers[0]),
         *b = static_cast<const float *>(buffers[1]);
    for (int64_t i = begin; i < end; ++i)
      static_cast<float *>(buffers[2])[i] = a[i] + b[i];
  };
  Result<std::unique_ptr<Executor>> executor = Executor::create(
      sampleProgram(), createFallbackDevice(*device, {add}, 1), folder.path());
  ASSERT_TRUE(executor) << executor.error().message;
  Tensor x = filled(2);
  Result<Executor::Call> call = (*executor)->bind({{x}});
  ASSERT_TRUE(call);
  for (int run = 0; run < 3; ++run)
    ASSERT_TRUE(call->run());
  expectSums(call->outputs(), 2);
  EXPECT_THAT(takeStubCalls(), Not(Contains("begin capture")));
}

TEST_F(CudaDeviceTest, RecordsWhileOthersRun) {
  std::unique_ptr<Executor> executor = create();
  ASSERT_TRUE(executor);
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number)
    threads.emplace_back([&, number] {
      Tensor x = filled(static_cast<float>(number));
      Result<Executor::Call> call = executor->bind({{x}});
      ASSERT_TRUE(call);
      for (int run = 0; run < 20; ++run) {
        ASSERT_TRUE(call->run());
        expectSums(call->outputs(), static_cast<float>(number));
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_THAT(takeStubCalls(), Not(Contains(StartsWith("error"))));
}

TEST_F(CudaDeviceTest, SaysWhichLaunchFailed) {
  std::unique_ptr<Executor> executor = create();
  ASSERT_TRUE(executor);
  Tensor x = filled(1);
  failNext("cuLaunchKernel", 700);
  Result<std::vector<Tensor>> outputs = executor->run({{x}});
  ASSERT_FALSE(outputs);
  EXPECT_THAT(outputs.error().message, HasSubstr("launching kernel 'add_0'"));
}
