#include "tenon/Runtime/Executor.h"
#include "SampleProgram.h"
#include "Support/TemporaryFolder.h"

#include <atomic>
#include <gmock/gmock.h>
#include <thread>

using namespace tenon;
using namespace tenon::test;
using testing::HasSubstr;

static void add(void *const *buffers, int64_t begin, int64_t end) {
  auto *a = static_cast<const float *>(buffers[0]),
       *b = static_cast<const float *>(buffers[1]);
  auto *sum = static_cast<float *>(buffers[2]);
  for (int64_t i = begin; i < end; ++i)
    sum[i] = a[i] + b[i];
}

/// A folder with the sample's weight: 0, 1, 2, ... at offset 64.
static void writeWeight(const TemporaryFolder &folder) {
  std::string bytes(64 + sampleBytes, '\0');
  for (int64_t i = 0; i < sampleCount; ++i)
    reinterpret_cast<float *>(bytes.data() + 64)[i] = static_cast<float>(i);
  folder.write("model.bin", bytes);
}

static std::unique_ptr<Executor> create(Program program,
                                        std::vector<KernelFunction> kernels,
                                        const std::filesystem::path &folder,
                                        unsigned threads = 2) {
  Result<std::unique_ptr<Executor>> executor =
      Executor::create(std::move(program),
                       createHostDevice(std::move(kernels), threads), folder);
  if (!executor) {
    ADD_FAILURE() << executor.error().message;
    return nullptr;
  }
  return std::move(*executor);
}

static Tensor filled(std::vector<int64_t> shape, float value) {
  Tensor tensor(DataType::Float32, std::move(shape));
  std::ranges::fill(tensor.as<float>(), value);
  return tensor;
}

TEST(HostDevice, UsesLargeMemoryAgain) {
  std::shared_ptr<Device> device = createHostDevice({}, 1);
  constexpr uint64_t bytes = 3 * mappedFrom;
  std::shared_ptr<std::byte> first = device->allocate(bytes),
                             other = device->allocate(2 * bytes);
  ASSERT_TRUE(first && other);
  std::fill_n(first.get(), bytes, std::byte{1});
  std::byte *place = first.get();
  first.reset();
  EXPECT_NE(device->allocate(2 * bytes).get(), place);
  first = device->allocate(bytes);
  EXPECT_EQ(first.get(), place);
  std::fill_n(first.get(), bytes, std::byte{2});
  EXPECT_NE(device->allocate(bytes).get(), place);

  // Memory may outlive its device.
  device.reset();
  EXPECT_EQ(first.get()[bytes - 1], std::byte{2});
}

TEST(Executor, SharesWhatAnotherPrepared) {
  TemporaryFolder folder;
  writeWeight(folder);
  std::unique_ptr<Executor> first =
      create(sampleProgram(), {add}, folder.path());
  ASSERT_TRUE(first);
  // Were it prepared again, it would be from zeros.
  folder.write("model.bin", std::string(64 + sampleBytes, '\0'));
  const Executor *others[] = {first.get()};
  Program alike = sampleProgram();
  alike.step.launches[0].grain = 8; // another step
  Result<std::unique_ptr<Executor>> second = Executor::create(
      std::move(alike), createHostDevice({add}, 2), folder.path(), others);
  ASSERT_TRUE(second.ok()) << second.error().message;
  first.reset();
  Tensor input = filled({4, 10}, 1.0f);
  Result<std::vector<Tensor>> outputs = (*second)->run(std::span(&input, 1));
  ASSERT_TRUE(outputs.ok()) << outputs.error().message;
  EXPECT_EQ((*outputs)[0].as<float>()[3], 1.0f + 2 * 3.0f + 0.25f);
}

using Alike = std::vector<std::optional<uint32_t>>;

TEST(Program, FindsPreparedAlike) {
  const Program sample = sampleProgram();
  const Alike same = {0}, none = {std::nullopt};
  EXPECT_EQ(findPreparedAlike(sample, sampleProgram()), same);
  auto changed = [&](auto change) {
    Program other = sampleProgram();
    change(other);
    return findPreparedAlike(sample, other);
  };
  EXPECT_EQ(changed([](Program &p) { p.weights[0].offset += 4; }), none);
  EXPECT_EQ(changed([](Program &p) { p.weights[0].file = "other.bin"; }), none);
  EXPECT_EQ(changed([](Program &p) { p.kernels[0] = "add_1"; }), none);
  EXPECT_EQ(changed([](Program &p) { p.prepare.launches.pop_back(); }), none);
  EXPECT_EQ(changed([](Program &p) {
              p.prepare.launches[0].buffers[1].offset = 8;
              p.prepare.launches[0].buffers[1].bytes -= 8;
            }),
            none);
  // Nobody knows whether it ran.
  EXPECT_EQ(changed([](Program &p) {
              p.prepare.launches[1].branch = Branch{{}, 2, 0};
            }),
            none);
  EXPECT_EQ(changed([](Program &p) { p.constants[64] = std::byte{1}; }), same)
      << "only the step reads it";
  EXPECT_EQ(changed([](Program &p) {
              // Other numbers for the same things.
              p.kernels.insert(p.kernels.begin(), "first");
              p.prepare.launches[0].kernel = 1;
              p.weights.insert(p.weights.begin(), p.weights[0]);
              for (int i : {0, 1})
                p.prepare.launches[0].buffers[i].index = 1;
            }),
            same);
}

/// sampleProgram() with a second prepared buffer, the first plus the constant,
/// and another place for the first.
static Program programOfTwo() {
  using Space = BufferRef::Space;
  Program program = sampleProgram();
  program.prepared = {sampleBytes, sampleBytes};
  program.prepare.launches[1].buffers[1].index = 1;
  program.step.launches[0].buffers[1].index = 1;
  program.prepare.launches.push_back({0,
                                      sampleCount,
                                      1,
                                      0,
                                      {{Space::Prepared, 1, 0, sampleBytes},
                                       {Space::Constant, 0, 64, sampleBytes},
                                       {Space::Prepared, 0, 0, sampleBytes}},
                                      "more"});
  program.step.launches[1].buffers[1] = {Space::Prepared, 0, 0, sampleBytes};
  return program;
}

TEST(Program, PreparesWhatIsMissing) {
  Program two = programOfTwo();
  EXPECT_EQ(findPreparedAlike(two, sampleProgram()), (Alike{std::nullopt, 0}));
  EXPECT_EQ(findPreparedAlike(sampleProgram(), two), (Alike{1}));
  using Runs = std::vector<bool>;
  EXPECT_EQ(launchesToPrepare(two, {true, true}), (Runs{true, true, true}));
  EXPECT_EQ(launchesToPrepare(two, {false, true}), (Runs{true, true, false}));
  EXPECT_EQ(launchesToPrepare(two, {false, false}),
            (Runs{false, false, false}));
}

TEST(Executor, SharesAPartOfWhatAnotherPrepared) {
  TemporaryFolder folder;
  writeWeight(folder);
  std::unique_ptr<Executor> first =
      create(sampleProgram(), {add}, folder.path());
  ASSERT_TRUE(first);
  uint64_t alone = first->residentBytes();
  const Executor *others[] = {first.get()};
  Result<std::unique_ptr<Executor>> second = Executor::create(
      programOfTwo(), createHostDevice({add}, 2), folder.path(), others);
  ASSERT_TRUE(second.ok()) << second.error().message;
  Tensor input = filled({4, 10}, 1.0f);
  for (Executor *executor : {second->get(), first.get()}) {
    Result<std::vector<Tensor>> outputs = executor->run(std::span(&input, 1));
    ASSERT_TRUE(outputs.ok()) << outputs.error().message;
    // y = (x + 2 w) + 0.25, or + (2 w + 0.25).
    float doubled = 2 * 3.0f;
    EXPECT_EQ((*outputs)[0].as<float>()[3],
              executor == first.get() ? 1 + doubled + 0.25f
                                      : 1 + doubled + (doubled + 0.25f));
  }
  EXPECT_GE((*second)->residentBytes(), alone);
}

TEST(Executor, TakesOneBranch) {
  TemporaryFolder folder;
  writeWeight(folder);
  Program program = sampleProgram();
  program.inputs.push_back({"choice", DataType::Int64, {1}});
  BufferRef choice{BufferRef::Space::Input, 1, 0, sizeof(int64_t)};
  // y = x + 2 w in one branch, + 0.25 in the other.
  program.step.launches[0].buffers[2] = {BufferRef::Space::Output, 0, 0,
                                         sampleBytes};
  program.step.launches[1].buffers[0] = {BufferRef::Space::Input, 0, 0,
                                         sampleBytes};
  program.step.launches[0].branch = Branch{choice, 2, 0};
  program.step.launches[1].branch = Branch{choice, 2, 1};
  Result<Program> again = deserialize(serialize(program));
  ASSERT_TRUE(again.ok()) << again.error().message;
  std::unique_ptr<Executor> executor =
      create(std::move(*again), {add}, folder.path());
  ASSERT_TRUE(executor);
  // One outside of all branches takes the last.
  for (int64_t taken : {0, 1, 2, -1}) {
    Tensor inputs[] = {filled({4, 10}, 1.0f), Tensor(DataType::Int64, {1})};
    inputs[1].as<int64_t>()[0] = taken;
    Result<std::vector<Tensor>> outputs = executor->run(inputs);
    ASSERT_TRUE(outputs.ok()) << outputs.error().message;
    EXPECT_EQ((*outputs)[0].as<float>()[3],
              taken == 0 ? 1.0f + 2 * 3.0f : 1.25f);
  }
}

TEST(Executor, PreparesOnceAndSteps) {
  TemporaryFolder folder;
  writeWeight(folder);
  std::unique_ptr<Executor> executor =
      create(sampleProgram(), {add}, folder.path());
  ASSERT_TRUE(executor);
  for (float x : {1.0f, -3.5f}) {
    Tensor input = filled({4, 10}, x);
    Result<std::vector<Tensor>> outputs = executor->run(std::span(&input, 1));
    ASSERT_TRUE(outputs.ok()) << outputs.error().message;
    ASSERT_EQ(outputs->size(), 2u);
    EXPECT_EQ((*outputs)[0].shape(), (std::vector<int64_t>{4, 10}));
    for (int64_t i = 0; i < sampleCount; ++i) {
      EXPECT_EQ((*outputs)[0].as<float>()[i], x + 2 * i + 0.25f);
      EXPECT_EQ((*outputs)[1].as<float>()[i], x);
    }
  }
  EXPECT_EQ(executor->residentBytes(), sampleBytes + 64 + sampleBytes);
}

TEST(Executor, DoesNotNeedTheWeightFileAfterwards) {
  TemporaryFolder folder;
  writeWeight(folder);
  std::unique_ptr<Executor> executor =
      create(sampleProgram(), {add}, folder.path());
  ASSERT_TRUE(executor);
  std::filesystem::remove(folder.path() / "model.bin");
  Tensor input = filled({4, 10}, 0);
  Result<std::vector<Tensor>> outputs = executor->run(std::span(&input, 1));
  ASSERT_TRUE(outputs.ok()) << outputs.error().message;
  EXPECT_EQ((*outputs)[0].as<float>()[39], 78.25f);
}

TEST(Executor, SaysWhichInputIsWrong) {
  TemporaryFolder folder;
  writeWeight(folder);
  std::unique_ptr<Executor> executor =
      create(sampleProgram(), {add}, folder.path());
  ASSERT_TRUE(executor);
  auto failure = [&](std::vector<Tensor> inputs) {
    Result<std::vector<Tensor>> outputs = executor->run(inputs);
    return outputs.ok() ? "ran" : outputs.error().message;
  };
  EXPECT_EQ(failure({}), "the model has 1 inputs, given are 0");
  EXPECT_EQ(failure({filled({4, 10}, 0), filled({4, 10}, 0)}),
            "the model has 1 inputs, given are 2");
  EXPECT_EQ(failure({filled({40}, 0)}),
            "input 'x' must be float32 4x10, given is float32 40");
  EXPECT_EQ(failure({Tensor(DataType::Int64, {4, 10})}),
            "input 'x' must be float32 4x10, given is int64 4x10");
  EXPECT_EQ(failure({filled({}, 0)}),
            "input 'x' must be float32 4x10, given is float32 scalar");
  EXPECT_EQ(failure({Tensor(DataType::Float32, {4, 10}, nullptr, nullptr)}),
            "input 'x' must be float32 4x10, given is a tensor without data");
}

TEST(Executor, TakesTheValueAlone) {
  TemporaryFolder folder;
  writeWeight(folder);
  Program program = sampleProgram();
  Tensor wanted = filled({4, 10}, 3);
  auto *bytes = static_cast<const std::byte *>(wanted.data());
  program.inputs[0].value.assign(bytes, bytes + wanted.bytes());
  Result<Program> read = deserialize(serialize(program));
  ASSERT_TRUE(read.ok()) << read.error().message;
  std::unique_ptr<Executor> executor = create(*read, {add}, folder.path());
  ASSERT_TRUE(executor);
  EXPECT_TRUE(executor->run(std::span(&wanted, 1)).ok());
  Tensor other = filled({4, 10}, 4);
  Result<std::vector<Tensor>> refused = executor->run(std::span(&other, 1));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().message,
            "input 'x' has another value than the program was made for");
}

TEST(Executor, RefusesAProgramItCannotRun) {
  TemporaryFolder folder;
  auto failure = [&](Program program, std::vector<KernelFunction> kernels) {
    Result<std::unique_ptr<Executor>> executor = Executor::create(
        std::move(program), createHostDevice(kernels, 1), folder.path());
    return executor.ok() ? "created" : executor.error().message;
  };
  EXPECT_THAT(failure(sampleProgram(), {add}),
              HasSubstr("model.bin: No such file or directory (weight 'w')"));
  writeWeight(folder);
  EXPECT_EQ(failure(sampleProgram(), {add}), "created");
  EXPECT_EQ(failure(sampleProgram(), {}),
            "the program has 1 kernels, code is there for 0");
  EXPECT_EQ(failure(sampleProgram(), {nullptr}), "kernel 'add_0' has no code");
  Program outside = sampleProgram();
  outside.step.launches[0].buffers[0].offset = 4;
  EXPECT_THAT(failure(outside, {add}), HasSubstr("lie outside input 0"));
  Program large = sampleProgram();
  large.prepared[0] = 1ull << 60;
  EXPECT_THAT(failure(large, {add}),
              HasSubstr("no memory to prepare the weights"));
}

TEST(Executor, KeepsTheCodeAlive) {
  TemporaryFolder folder;
  writeWeight(folder);
  auto code = std::make_shared<int>(0);
  std::weak_ptr<int> watch = code;
  Result<std::unique_ptr<Executor>> executor = Executor::create(
      sampleProgram(), createHostDevice({add}, 1, std::move(code)),
      folder.path());
  ASSERT_TRUE(executor.ok());
  EXPECT_FALSE(watch.expired());
  executor->reset();
  EXPECT_TRUE(watch.expired());
}

TEST(Executor, RunsFromSeveralThreadsAtOnce) {
  TemporaryFolder folder;
  writeWeight(folder);
  std::unique_ptr<Executor> executor =
      create(sampleProgram(), {add}, folder.path(), 2);
  ASSERT_TRUE(executor);
  std::atomic<int> wrong = 0;
  auto work = [&](int thread) {
    for (int round = 0; round < 300; ++round) {
      float x = static_cast<float>(thread * 1000 + round);
      Tensor input = filled({4, 10}, x);
      Result<std::vector<Tensor>> outputs = executor->run(std::span(&input, 1));
      for (int64_t i = 0; i < sampleCount; ++i)
        wrong +=
            !outputs.ok() || (*outputs)[0].as<float>()[i] != x + 2 * i + 0.25f;
    }
  };
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 6; ++thread)
    threads.emplace_back(work, thread);
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
  // Between one and six arenas were made, and all are kept.
  uint64_t arenas = executor->residentBytes() - sampleBytes;
  EXPECT_GE(arenas, 64 + sampleBytes);
  EXPECT_LE(arenas, 6 * (64 + sampleBytes));
}

/// Sets a flag when called at all.
static void touch(void *const *buffers, int64_t begin, int64_t end) {
  *static_cast<uint8_t *>(buffers[0]) = 1;
}

static Program emptyProgram(int64_t extent) {
  using Space = BufferRef::Space;
  Program program;
  program.kernels = {"touch"};
  program.inputs = {{"nothing", DataType::Float32, {0, 3}}};
  program.outputs = {{"flag", DataType::UInt8, {1}},
                     {"empty", DataType::Float32, {3, 0}}};
  program.step.name = "step";
  program.step.launches = {{0,
                            extent,
                            1,
                            0,
                            {{Space::Output, 0, 0, 1},
                             {Space::Input, 0, 0, 0},
                             {Space::Arena, 0, 0, 0}},
                            "touch"},
                           {Launch::copy,
                            1,
                            1,
                            0,
                            {{Space::Input, 0, 0, 0}, {Space::Output, 1, 0, 0}},
                            "empty"}};
  return program;
}

TEST(Executor, RunsOnNothing) {
  for (int64_t extent : {0, 1}) {
    std::unique_ptr<Executor> executor =
        create(emptyProgram(extent), {touch}, "");
    ASSERT_TRUE(executor);
    // Both an empty tensor of its own and one without any memory will do.
    for (const Tensor &input :
         {Tensor(DataType::Float32, {0, 3}),
          Tensor(DataType::Float32, {0, 3}, nullptr, {})}) {
      Result<std::vector<Tensor>> outputs = executor->run(std::span(&input, 1));
      ASSERT_TRUE(outputs.ok()) << outputs.error().message;
      EXPECT_EQ((*outputs)[0].as<uint8_t>()[0], extent)
          << "a loop of no iterations must not run";
      EXPECT_EQ((*outputs)[1].elements(), 0);
    }
  }
}

/// Its input and where that lies, as the kernel saw it.
static void inspect(void *const *buffers, int64_t, int64_t) {
  auto *report = static_cast<uint64_t *>(buffers[1]);
  auto *bytes = static_cast<const uint8_t *>(buffers[0]);
  report[0] = reinterpret_cast<uintptr_t>(bytes);
  for (int i = 0; i < 4; ++i)
    report[1 + i] = bytes[i];
}

static Program inspectProgram(TensorSpec input) {
  using Space = BufferRef::Space;
  Program program;
  program.kernels = {"inspect"};
  program.outputs = {{"report", DataType::UInt64, {5}}};
  program.step.launches = {
      {0, 1, 1, 0, {{Space::Input, 0, 0, 4}, {Space::Output, 0, 0, 40}}, ""}};
  program.inputs = {std::move(input)};
  return program;
}

TEST(Executor, GivesKernelsAlignedElements) {
  std::unique_ptr<Executor> executor =
      create(inspectProgram({"x", DataType::Float32, {2}}), {inspect}, "");
  ASSERT_TRUE(executor);
  alignas(8) uint8_t bytes[9] = {9, 1, 2, 3, 4, 5, 6, 7, 8};
  Tensor askew(DataType::Float32, {2}, bytes + 1, nullptr);
  Result<std::vector<Tensor>> outputs = executor->run(std::span(&askew, 1));
  ASSERT_TRUE(outputs.ok()) << outputs.error().message;
  std::span<uint64_t> report = (*outputs)[0].as<uint64_t>();
  EXPECT_EQ(report[0] % 4, 0u);
  EXPECT_THAT(report.subspan(1), testing::ElementsAre(1, 2, 3, 4));
}

TEST(Executor, GivesKernelsCleanBooleans) {
  std::unique_ptr<Executor> executor =
      create(inspectProgram({"mask", DataType::Bool, {4}}), {inspect}, "");
  ASSERT_TRUE(executor);
  uint8_t bytes[4] = {0, 1, 2, 255};
  Tensor mask(DataType::Bool, {4}, bytes, nullptr);
  Result<std::vector<Tensor>> outputs = executor->run(std::span(&mask, 1));
  ASSERT_TRUE(outputs.ok()) << outputs.error().message;
  EXPECT_THAT((*outputs)[0].as<uint64_t>().subspan(1),
              testing::ElementsAre(0, 1, 1, 1));
  EXPECT_EQ(bytes[3], 255) << "the caller's tensor is not touched";
}

/// How many parts a loop was cut into: each adds one to the output.
static void countParts(void *const *buffers, int64_t, int64_t) {
  ++*static_cast<std::atomic<int32_t> *>(buffers[0]);
}

TEST(Executor, UsesNoMoreThreadsThanTheGrainAllows) {
  auto parts = [](int64_t extent, int64_t grain) {
    Program program;
    program.kernels = {"count"};
    program.outputs = {{"parts", DataType::Int32, {}}};
    program.step.launches = {
        {0, extent, grain, 0, {{BufferRef::Space::Output, 0, 0, 4}}, ""}};
    std::unique_ptr<Executor> executor = create(program, {countParts}, "", 4);
    return executor->run({}).value()[0].as<int32_t>()[0];
  };
  EXPECT_EQ(parts(100, 1), 4);
  EXPECT_EQ(parts(3, 1), 3);
  EXPECT_EQ(parts(100, 50), 2);
  EXPECT_EQ(parts(100, 51), 1);
  EXPECT_EQ(parts(100, 1000), 1);
}

TEST(Executor, ProfilesEveryLaunchOfTheStep) {
  TemporaryFolder folder;
  writeWeight(folder);
  std::unique_ptr<Executor> executor =
      create(sampleProgram(), {add}, folder.path());
  ASSERT_TRUE(executor);
  Profiler profiler;
  Tensor input = filled({4, 10}, 1);
  ASSERT_TRUE(executor->run(std::span(&input, 1), &profiler).ok());
  ASSERT_TRUE(profiler.writeChromeTrace(folder.path() / "trace.json").ok());
  std::string trace = readFile(folder.path() / "trace.json");
  for (const char *expected :
       {"\"name\":\"add_0\"", "\"node\":\"sum\"", "\"node\":\"y\"",
        "\"name\":\"copy\"", "\"node\":\"x again\""})
    EXPECT_THAT(trace, HasSubstr(expected));
  EXPECT_THAT(trace, testing::Not(HasSubstr("\"node\":\"double\"")));
  EXPECT_THAT(profiler.summary(), HasSubstr("add_0          2"));
}
