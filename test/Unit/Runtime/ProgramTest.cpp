#include "SampleProgram.h"
#include "Support/TemporaryFolder.h"
#include "tenon/Runtime/Executor.h"

#include <cstring>
#include <functional>
#include <gmock/gmock.h>

using namespace tenon;
using namespace tenon::test;
using testing::HasSubstr;

// The header: magic (8), version (4), length (8), checksum (8).
static constexpr size_t lengthAt = 12, checksumAt = 20, bodyAt = 28;

/// Makes damage get past the checksum, which is FNV-1a over the body.
static void repairHeader(std::vector<std::byte> &bytes) {
  uint64_t length = bytes.size() - bodyAt, hash = 0xcbf29ce484222325;
  for (size_t i = bodyAt; i < bytes.size(); ++i)
    hash = (hash ^ static_cast<uint64_t>(bytes[i])) * 0x100000001b3;
  std::memcpy(bytes.data() + lengthAt, &length, sizeof length);
  std::memcpy(bytes.data() + checksumAt, &hash, sizeof hash);
}

TEST(Program, SurvivesTheRoundTrip) {
  std::vector<std::byte> bytes = serialize(sampleProgram());
  Result<Program> program = deserialize(bytes);
  ASSERT_TRUE(program.ok()) << program.error().message;
  EXPECT_EQ(serialize(*program), bytes);
  EXPECT_EQ(program->kernels, std::vector<std::string>{"add_0"});
  EXPECT_EQ(program->weights[0].tensor, "w");
  EXPECT_EQ(program->weights[0].offset, 64u);
  EXPECT_EQ(program->weights[0].alignment, 4u);
  EXPECT_EQ(program->constants, sampleProgram().constants);
  EXPECT_EQ(program->parameters[0].name, "scale");
  EXPECT_EQ(program->parameters[0].offset, 64u);
  EXPECT_EQ(program->inputs[0].shape, (std::vector<int64_t>{4, 10}));
  EXPECT_EQ(program->step.launches[1].label, "y");
  EXPECT_EQ(program->step.launches[1].grain, 8);
  EXPECT_EQ(program->step.launches[1].buffers[1].space,
            BufferRef::Space::Constant);
  EXPECT_EQ(program->step.arenaBytes, 64 + sampleBytes);
  EXPECT_EQ(program->prepare.launches[1].kernel, Launch::copy);
}

TEST(Program, HasPartsOfLoops) {
  Program program = sampleProgram();
  program.step.launches[0].begin = 30;
  program.step.launches[0].extent = 10;
  program.step.launches[0].buffers[2].skipped = 64;
  Result<Program> read = deserialize(serialize(program));
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->step.launches[0].begin, 30);
  EXPECT_EQ(read->step.launches[0].buffers[2].skipped, 64u);
  EXPECT_FALSE(read->step.launches[1].begin.has_value());

  KernelShape shape;
  shape.extent = 40;
  ASSERT_TRUE(setExtents(*read, {&shape, 1}).ok());
  EXPECT_EQ(read->step.launches[0].extent, 10);
  EXPECT_EQ(read->step.launches[1].extent, 40);
  // A kernel whose loop is shorter does not know of the part.
  shape.extent = 39;
  Status status = setExtents(*read, {&shape, 1});
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(status.error().message,
              HasSubstr("kernel 'add_0' has 39 iterations, fewer than a part"));
}

TEST(Program, MayBeEmpty) {
  Result<Program> program = deserialize(serialize(Program()));
  ASSERT_TRUE(program.ok()) << program.error().message;
  EXPECT_TRUE(program->step.launches.empty());
}

TEST(Program, RefusesEveryTruncation) {
  std::vector<std::byte> bytes = serialize(sampleProgram());
  for (size_t size = 0; size < bytes.size(); ++size) {
    std::vector<std::byte> cut(bytes.begin(), bytes.begin() + size);
    EXPECT_FALSE(deserialize(cut).ok()) << size << " bytes";
    if (size < bodyAt)
      continue;
    repairHeader(cut);
    EXPECT_FALSE(deserialize(cut).ok()) << size << " bytes, repaired header";
  }
  bytes.push_back(std::byte(0));
  EXPECT_FALSE(deserialize(bytes).ok());
  repairHeader(bytes);
  EXPECT_FALSE(deserialize(bytes).ok());
}

TEST(Program, NoticesEveryChangedByte) {
  std::vector<std::byte> bytes = serialize(sampleProgram());
  for (size_t i = 0; i < bytes.size(); ++i)
    for (int flip : {0x01, 0x80, 0xff}) {
      std::vector<std::byte> changed = bytes;
      changed[i] ^= std::byte(flip);
      EXPECT_FALSE(deserialize(changed).ok())
          << "byte " << i << " flipped by " << flip;
    }
}

TEST(Program, NamesTheVersionItCannotRead) {
  std::vector<std::byte> bytes = serialize(sampleProgram());
  bytes[8] = std::byte(77);
  Result<Program> program = deserialize(bytes);
  ASSERT_FALSE(program.ok());
  EXPECT_THAT(program.error().message, HasSubstr("version 77"));
}

static void doNothing(void *const *, int64_t, int64_t) {}

/// Behind the checksum: a changed program is refused, or it runs (copies
/// included) inside its buffers, which the sanitizer build watches.
TEST(Program, ChangedBehindTheChecksumStaysInItsBuffers) {
  TemporaryFolder folder;
  folder.write("model.bin", std::string(64 + sampleBytes, '\1'));
  std::vector<std::byte> bytes = serialize(sampleProgram());
  int refused = 0, ran = 0;
  // The constants are the last bytes, and any value of them is good.
  for (size_t i = bodyAt; i < bytes.size() - 64 - sampleBytes; ++i)
    for (int value : {0x00, 0x01, 0x04, 0x7f, 0x80, 0xff}) {
      std::vector<std::byte> changed = bytes;
      changed[i] = std::byte(value);
      repairHeader(changed);
      Result<Program> program = deserialize(changed);
      if (!program) {
        ++refused;
        continue;
      }
      EXPECT_EQ(serialize(*program), changed);
      std::vector<KernelFunction> kernels(program->kernels.size(), doNothing);
      Result<std::unique_ptr<Executor>> executor = Executor::create(
          std::move(*program), createHostDevice(kernels, 1), folder.path());
      if (!executor)
        continue;
      std::vector<Tensor> inputs;
      for (const TensorSpec &spec : (*executor)->program().inputs) {
        Result<Tensor> input = Tensor::allocate(spec.type, spec.shape);
        if (input)
          inputs.push_back(*input);
      }
      ran += (*executor)->run(inputs).ok();
    }
  EXPECT_GT(refused, 200);
  EXPECT_GT(ran, 200);
}

TEST(Program, IsValidatedInAllItsParts) {
  struct Fault {
    std::function<void(Program &)> damage;
    const char *message;
  };
  const Fault faults[] = {
      {[](Program &p) { p.step.launches[0].kernel = 1; },
       "stage 'step', launch 0 (sum): kernel 1 does not exist"},
      {[](Program &p) { p.step.launches[0].extent = -1; },
       "extent -1 is negative"},
      {[](Program &p) { p.step.launches[0].grain = 0; }, "grain 0 is below 1"},
      {[](Program &p) { p.step.launches[0].begin = -1; },
       "a part that begins at -1"},
      {[](Program &p) { p.step.launches[0].begin = INT64_MAX; },
       "a part of its loop ends past all numbers"},
      {[](Program &p) { p.step.launches[0].buffers[0].skipped = 4; },
       "all of its loop runs, but a tensor is there in part"},
      {[](Program &p) {
         p.step.launches[2].begin = 0;
         p.step.launches[2].buffers[0].skipped = 4;
       },
       "all of its loop runs, but a tensor is there in part"},
      {[](Program &p) { p.step.launches[0].buffers[0].index = 1; },
       "input 1 does not exist"},
      {[](Program &p) { p.step.launches[1].buffers[2].index = 2; },
       "output 2 does not exist"},
      {[](Program &p) { p.step.launches[0].buffers[0].offset = 1; },
       "160 bytes at offset 1 lie outside input 0"},
      {[](Program &p) { p.step.launches[0].buffers[0].bytes = 161; },
       "161 bytes at offset 0 lie outside input 0"},
      {[](Program &p) { p.step.launches[0].buffers[0].offset = ~0ull; },
       "lie outside input 0 of 160 bytes"},
      {[](Program &p) { p.step.launches[0].buffers[1].offset = 4; },
       "lie outside prepared memory"},
      {[](Program &p) { p.step.arenaBytes -= 1; },
       "lie outside arena 0 of 223 bytes"},
      {[](Program &p) { p.constants.pop_back(); },
       "lie outside constants 0 of 223 bytes"},
      {[](Program &p) { p.parameters[0].offset = 224; },
       "parameter 'scale': 4 bytes at offset 224 lie outside constants 0"},
      {[](Program &p) { p.prepare.launches[0].buffers[0].index = 9; },
       "weight 9 does not exist"},
      {[](Program &p) { p.weights[0].bytes -= 4; },
       "lie outside weight 0 of 156 bytes"},
      {[](Program &p) { p.weights[0].alignment = 3; }, "alignment 3"},
      {[](Program &p) { p.weights[0].alignment = 128; }, "alignment 128"},
      {[](Program &p) {
         p.step.launches[0].buffers[0].space = static_cast<BufferRef::Space>(6);
       },
       "does not exist"},
      {[](Program &p) { p.step.launches[2].buffers.pop_back(); },
       "a copy has 1 buffers, not 2"},
      {[](Program &p) { p.step.launches[2].bytes += 1; },
       "161 bytes at offset 0 lie outside input 0"},
      {[](Program &p) {
         std::swap(p.step.launches[2].buffers[0],
                   p.step.launches[2].buffers[1]);
       },
       "a copy writes to input"},
      {[](Program &p) { p.prepare.launches.push_back(p.step.launches[2]); },
       "there is no input yet"},
      {[](Program &p) { p.step.launches[0].results = 4; },
       "4 of its 3 buffers are results"},
      {[](Program &p) { p.step.launches[2].results = 0; },
       "0 of its 2 buffers are results"},
      {[](Program &p) { p.step.launches[1].results = 2; },
       "it writes to constants"},
      {[](Program &p) { p.step.launches[0].results = 3; },
       "it writes to input"},
      {[](Program &p) {
         std::swap(p.step.launches[0].buffers[1],
                   p.step.launches[0].buffers[2]);
       },
       "it writes to prepared memory"},
      {[](Program &p) { p.step.launches[0].branch = Branch{{}, 2, 2}; },
       "branch 2 of 2 does not exist"},
      {[](Program &p) {
         p.step.launches[0].branch =
             Branch{{BufferRef::Space::Input, 0, sampleBytes - 4, 8}, 2, 0};
       },
       "8 bytes at offset 156 lie outside input 0"},
      {[](Program &p) {
         p.prepare.launches[0].branch =
             Branch{{BufferRef::Space::Input, 0, 0, 8}, 2, 0};
       },
       "there is no input yet"},
      {[](Program &p) { p.inputs[0].value.resize(3); },
       "input 'x' must have 3 bytes of a value, but has 160"},
      {[](Program &p) { p.inputs[0].shape = {-4, 10}; },
       "input 'x': no tensor can have the shape -4x10"},
      {[](Program &p) { p.outputs[1].shape = {INT64_MAX, 3}; },
       "output 'x_again': no tensor can have the shape"},
      {[](Program &p) { p.outputs[0].shape = {}; },
       "lie outside output 0 of 4 bytes"},
      {[](Program &p) { p.inputs[0].type = static_cast<DataType>(200); },
       "element type that does not exist"},
  };
  ASSERT_TRUE(validate(sampleProgram()).ok());
  for (const Fault &fault : faults) {
    Program program = sampleProgram();
    fault.damage(program);
    Status status = validate(program);
    ASSERT_FALSE(status.ok()) << fault.message;
    EXPECT_THAT(status.error().message, HasSubstr(fault.message));
    EXPECT_FALSE(deserialize(serialize(program)).ok()) << fault.message;
  }
}
