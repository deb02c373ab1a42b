#include "tenon/Runtime/LoadObject.h"
#include "SampleProgram.h"
#include "Support/TemporaryFolder.h"

#include <cstring>
#include <gmock/gmock.h>

using namespace tenon;
using namespace tenon::test;
using testing::HasSubstr;

static void addKernel(void *const *buffers, int64_t begin, int64_t end) {
  auto *a = static_cast<float *>(buffers[0]),
       *b = static_cast<float *>(buffers[1]);
  for (int64_t i = begin; i < end; ++i)
    static_cast<float *>(buffers[2])[i] = a[i] + b[i];
}

/// A greater processor's code, by which a test knows that it ran: it adds 1.
static void addMoreKernel(void *const *buffers, int64_t begin, int64_t end) {
  addKernel(buffers, begin, end);
  for (int64_t i = begin; i < end; ++i)
    static_cast<float *>(buffers[2])[i] += 1;
}

namespace {
/// y = x + w of 40 floats for two processors, as the linker would have put it
/// together.
struct SampleObject {
  SampleObject() {
    Program sample;
    BufferRef x{BufferRef::Space::Input, 0, 0, sampleBytes},
        w{BufferRef::Space::Weight, 0, 0, sampleBytes},
        y{BufferRef::Space::Output, 0, 0, sampleBytes};
    sample.kernels = {"add"};
    sample.weights = {{"", "w", 64, sampleBytes, 64}};
    sample.step = {"step", {{0, 1, 1, 0, {x, w, y}, "sum"}}};
    sample.inputs = {{"x", DataType::Float32, {sampleCount}}};
    sample.outputs = {{"y", DataType::Float32, {sampleCount}}};
    bytes = serialize(sample);
    program.program = bytes.data();
    program.bytes = bytes.size();
    std::memcpy(object.magic, CompiledObject::magicBytes, sizeof object.magic);
    std::string file(64, '\0');
    std::memcpy(file.data(), weightsMagic, sizeof weightsMagic);
    std::memcpy(file.data() + 8, &object.weights, sizeof object.weights);
    std::vector<float> values(sampleCount, 2.0f);
    file.append(reinterpret_cast<const char *>(values.data()), sampleBytes);
    options.weights = folder.write("model.weights", file);
  }

  std::string error() const {
    Result<LoadedObject> loaded = loadObject(object, "sample", options);
    return loaded.ok() ? "loaded" : loaded.error().message;
  }

  /// y[0] for x = 1; the object must load.
  float run() const {
    Result<LoadedObject> loaded = loadObject(object, "sample", options);
    if (!loaded.ok()) {
      ADD_FAILURE() << loaded.error().message;
      return 0;
    }
    Tensor x(DataType::Float32, {sampleCount});
    std::ranges::fill(x.as<float>(), 1.0f);
    Result<std::vector<Tensor>> y = loaded->executors[0]->run(std::span(&x, 1));
    EXPECT_TRUE(y.ok());
    // The extent is the kernel's, not the program's.
    EXPECT_EQ(y->front().as<float>()[sampleCount - 1],
              y->front().as<float>()[0]);
    return y->front().as<float>()[0];
  }

  TemporaryFolder folder;
  LoadOptions options;
  std::vector<std::byte> bytes;
  ObjectKernel lesser{
      reinterpret_cast<const void *>(addKernel), 0, sampleCount, 0, 0, 0},
      greater{reinterpret_cast<const void *>(addMoreKernel),
              0,
              sampleCount,
              0,
              0,
              0};
  const ObjectKernel *kernels[2] = {&lesser, &greater};
  ObjectVersion versions[2] = {{"cpu", "lesser", ""}, {"cpu", "greater", ""}};
  ObjectProgram program{nullptr, 0, kernels};
  CompiledObject object{
      {}, CompiledObject::layoutVersion, 2, 1, 0, 0x1234, versions, &program};
};
} // namespace

TEST(LoadObject, TakesTheGreatestThatTheProcessorHas) {
  SampleObject sample;
  EXPECT_EQ(sample.run(), 4.0f);
  sample.versions[1].features = "no-such-instructions";
  EXPECT_EQ(sample.run(), 3.0f);
  sample.versions[0].features = "sse-infinity,more";
  EXPECT_EQ(sample.error(),
            "sample: its code has instructions that this processor lacks: that "
            "for greater needs no-such-instructions; that for lesser needs "
            "sse-infinity, more");
  sample.options.target = "cuda";
  EXPECT_EQ(sample.error(), "sample: has no code for the target 'cuda'");
}

TEST(LoadObject, RefusesWhatIsNotItsOwn) {
  SampleObject sample;
  sample.object.layout = 7;
  EXPECT_THAT(sample.error(), HasSubstr("layout 7 of compiled models"));
  sample.object.magic[0] = 'X';
  EXPECT_EQ(sample.error(), "sample: is no model that tenon-compile wrote");
}

TEST(LoadObject, RefusesDamagedPrograms) {
  SampleObject sample;
  sample.bytes[sample.bytes.size() / 2] ^= std::byte(1);
  EXPECT_THAT(sample.error(), HasSubstr("sample: is damaged"));
}

TEST(LoadObject, RefusesOtherWeights) {
  SampleObject sample;
  sample.object.weights = 5;
  EXPECT_THAT(sample.error(),
              HasSubstr("model.weights: are weights of another compilation"));
  sample.options.weights = sample.folder.write("some", "other file, long one");
  EXPECT_THAT(sample.error(), HasSubstr("some: is no file of weights"));
  sample.options.weights = sample.folder.write("short", "TENONWTS");
  EXPECT_THAT(sample.error(), HasSubstr("short: is no file of weights"));
  sample.options.weights = sample.folder.path() / "missing";
  EXPECT_THAT(sample.error(), HasSubstr("missing: the file of weights cannot"));
}

TEST(LoadObject, HasItsShapesAlone) {
  SampleObject sample;
  Result<CompiledModel> model =
      CompiledModel::open(sample.object, sample.options);
  ASSERT_TRUE(model.ok()) << model.error().message;
  EXPECT_EQ(model->variants(), 1u);
  EXPECT_EQ(model->processor(), "greater");
  EXPECT_EQ(model->inputs()[0].name, "x");
  EXPECT_EQ(model->outputs()[0].shape, std::vector<int64_t>{sampleCount});
  auto small = model->run({{"x", Tensor(DataType::Float32, {3})}});
  ASSERT_FALSE(small.ok());
  EXPECT_EQ(small.error().message,
            "input 'x' must be float32 40, given is float32 3");
  Tensor x(DataType::Float32, {sampleCount});
  std::vector<NamedTensor> inputs = {{"x", x}};
  Result<CompiledModel::Call> call = model->bind(inputs);
  ASSERT_TRUE(call.ok()) << call.error().message;
  x.as<float>()[1] = 5;
  ASSERT_TRUE(call->run().ok());
  EXPECT_EQ(call->outputs()[0].as<float>()[1], 8.0f);
}
