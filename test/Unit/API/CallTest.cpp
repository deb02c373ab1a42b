#include "Support/TemporaryFolder.h"
#include "tenon/Generator.h"

#include <atomic>
#include <cstring>
#include <fstream>
#include <gmock/gmock.h>

using namespace tenon;
using namespace tenon::test;
using testing::HasSubstr;

//===----------------------------------------------------------------------===//
// Counting allocations
//===----------------------------------------------------------------------===//

static std::atomic<int64_t> allocations = 0;

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_OWN_ALLOCATOR 1
#endif
#endif

#ifndef HAS_OWN_ALLOCATOR
// The C library's own functions, behind which these stand. Kernels, whose code
// is made at run time, find these too.
extern "C" {
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

TENON_API void *malloc(size_t bytes) {
  ++allocations;
  return __libc_malloc(bytes);
}
TENON_API void *calloc(size_t count, size_t bytes) {
  ++allocations;
  return __libc_calloc(count, bytes);
}
TENON_API void *realloc(void *old, size_t bytes) {
  ++allocations;
  return __libc_realloc(old, bytes);
}
TENON_API void *aligned_alloc(size_t alignment, size_t bytes) {
  ++allocations;
  return __libc_memalign(alignment, bytes);
}
}
#endif

//===----------------------------------------------------------------------===//

static std::filesystem::path folderOf(const char *model) {
  return std::filesystem::path(TENON_TEST_INPUTS) / "models" / model / "model";
}

namespace {
/// A decoder and the tensors of a step behind caches of 40 tokens.
struct Decoder {
  explicit Decoder(const char *name, const TemporaryFolder &cache)
      : model(compile(folderOf(name),
                      {.threads = 2, .cacheDirectory = cache.path()})) {
    inputs = {{"input_ids", ids}, {"past_lengths", past}};
    auto caches = model->createCaches({{"batch", 1}, {"capacity", 40}});
    inputs.insert(inputs.end(), caches->begin(), caches->end());
  }

  Tensor ids{DataType::Int64, {1, 1}}, past{DataType::Int64, {1}};
  Result<Model> model;
  std::vector<NamedTensor> inputs;
};

class CallOf : public testing::TestWithParam<const char *> {
protected:
  TemporaryFolder cache;
};
} // namespace

/// Bytes of the compiler's code that are in memory.
static uint64_t residentCodeBytes() {
  std::ifstream maps("/proc/self/smaps");
  uint64_t kilobytes = 0;
  bool isCode = false;
  for (std::string line; std::getline(maps, line);)
    if (line.find('-') != line.npos) // a mapping, whose figures follow
      isCode = line.find(" r-xp ") != line.npos &&
               (line.find("/libLLVM") != line.npos ||
                line.find("/libMLIR") != line.npos);
    else if (isCode && line.starts_with("Rss:"))
      kilobytes += std::stoull(line.substr(4));
  return kilobytes * 1024;
}

// A compiled model shares the process with no more of the compiler than what
// has run since, and another may be compiled behind it.
TEST_P(CallOf, GivesCompilerMemoryBack) {
  for (int round = 0; round < 2; ++round) {
    Decoder decoder(GetParam(), TemporaryFolder());
    ASSERT_TRUE(decoder.model) << decoder.model.error().message;
    auto call = decoder.model->bind(decoder.inputs);
    ASSERT_TRUE(call) << call.error().message;
    EXPECT_LT(residentCodeBytes(), uint64_t(16) << 20);
  }
}

TEST_P(CallOf, GivesWhatRunGives) {
  Decoder bound(GetParam(), cache), plain(GetParam(), cache);
  Result<Call> call = bound.model->bind(bound.inputs);
  ASSERT_TRUE(call.ok()) << call.error().message;
  const void *output = call->outputs().front().data();
  for (int64_t step = 0; step < 5; ++step) {
    for (Decoder *decoder : {&bound, &plain}) {
      decoder->ids.as<int64_t>()[0] = 7 * step % 50;
      decoder->past.as<int64_t>()[0] = step;
    }
    ASSERT_TRUE(call->run().ok());
    auto expected = plain.model->run(plain.inputs);
    ASSERT_TRUE(expected.ok()) << expected.error().message;
    const Tensor &logits = call->outputs().front();
    EXPECT_EQ(logits.data(), output);
    EXPECT_EQ(
        std::memcmp(logits.data(), expected->front().data(), logits.bytes()), 0)
        << "step " << step;
  }
}

TEST_P(CallOf, ADecodeStepAllocatesNothing) {
#ifdef HAS_OWN_ALLOCATOR
  GTEST_SKIP() << "the sanitizer has an allocator of its own";
#else
  Decoder decoder(GetParam(), cache);
  Result<Call> call = decoder.model->bind(decoder.inputs);
  ASSERT_TRUE(call.ok()) << call.error().message;
  ASSERT_TRUE(call->run().ok()); // OpenMP starts its threads
  int64_t before = allocations;
  ASSERT_GT(before, 1000) << "nothing is counted";
  for (int64_t step = 1; step < 4; ++step) {
    decoder.past.as<int64_t>()[0] = step;
    ASSERT_TRUE(call->run().ok());
  }
  EXPECT_EQ(allocations, before);
#endif
}

INSTANTIATE_TEST_SUITE_P(Decoders, CallOf,
                         testing::Values("llama", "gemma2", "deepseek2",
                                         "llama-half"),
                         [](const auto &info) {
                           std::string name = info.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST(Call, OutlivesItsModel) {
  TemporaryFolder cache;
  std::optional<Call> call;
  {
    Decoder decoder("llama", cache);
    Result<Call> bound = decoder.model->bind(decoder.inputs);
    ASSERT_TRUE(bound.ok()) << bound.error().message;
    call = *bound;
  }
  ASSERT_TRUE(call->run().ok());
  EXPECT_EQ(call->outputs().front().shape(), (std::vector<int64_t>{1, 1, 50}));
}

TEST(Call, RefusesMemoryThatIsNotAligned) {
  TemporaryFolder cache;
  Decoder decoder("llama", cache);
  std::vector<std::byte> bytes(32);
  for (NamedTensor &input : decoder.inputs)
    if (input.name == "past_lengths")
      input.tensor = Tensor(DataType::Int64, {1}, bytes.data() + 1, nullptr);
  Result<Call> call = decoder.model->bind(decoder.inputs);
  ASSERT_FALSE(call.ok());
  EXPECT_THAT(call.error().message,
              HasSubstr("input 'past_lengths' is read where it lies"));
}
