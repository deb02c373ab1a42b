#include "Support/TemporaryFolder.h"
#include "tenon/Tenon.h"

#include <atomic>
#include <cstring>
#include <gmock/gmock.h>
#include <random>
#include <thread>

using namespace tenon;
using namespace tenon::test;
using testing::HasSubstr;

static std::filesystem::path models() {
  return std::filesystem::path(TENON_TEST_INPUTS) / "models";
}
static std::filesystem::path base() { return models() / "llama/model"; }
static std::filesystem::path adapter(const char *name) {
  return models() / "adapters" / name / "adapter";
}

namespace {
class Adapters : public testing::Test {
protected:
  Adapters() {
    for (int64_t i = 0; i < 7; ++i)
      ids.as<int64_t>()[i] = 3 * i + 1;
  }

  Model open(std::vector<AdapterSource> adapters = {}) {
    return open(AdapterOptions{std::move(adapters)});
  }
  Model open(AdapterOptions adapters) {
    Result<Model> model = compile(base(), {.threads = 1,
                                           .cacheDirectory = cache.path(),
                                           .adapters = std::move(adapters)});
    EXPECT_TRUE(model.ok()) << model.error().message;
    return *model;
  }
  /// Of a batch whose rows have these adapters, the logits of each row.
  std::vector<std::string> runRows(const Model &model,
                                   std::vector<int64_t> numbers) {
    auto batch = static_cast<int64_t>(numbers.size());
    Tensor rows(DataType::Int64, {batch, 7}),
        adapters(DataType::Int64, {batch});
    for (int64_t row = 0; row < batch; ++row)
      std::ranges::copy(ids.as<int64_t>(),
                        rows.as<int64_t>().begin() + 7 * row);
    std::ranges::copy(numbers, adapters.as<int64_t>().begin());
    auto outputs = model.run({{"input_ids", rows}, {"adapters", adapters}});
    std::vector<std::string> result;
    if (!outputs) {
      ADD_FAILURE() << outputs.error().message;
      return result;
    }
    const Tensor &logits = outputs->front();
    size_t bytes = logits.bytes() / numbers.size();
    for (size_t row = 0; row < numbers.size(); ++row)
      result.emplace_back(
          static_cast<const char *>(logits.data()) + row * bytes, bytes);
    return result;
  }
  std::string run(const Model &model) {
    auto outputs = model.run({{"input_ids", ids}});
    if (!outputs) {
      ADD_FAILURE() << outputs.error().message;
      return {};
    }
    const Tensor &logits = outputs->front();
    return {static_cast<const char *>(logits.data()), logits.bytes()};
  }

  TemporaryFolder cache;
  Tensor ids{DataType::Int64, {1, 7}};
};
} // namespace

TEST_F(Adapters, AreSetScaledAndRemoved) {
  Model model = open();
  std::string plain = run(model);
  ASSERT_TRUE(model.setAdapter("style", adapter("lora"), 0.5).ok());
  std::string adapted = run(model);
  EXPECT_NE(adapted, plain);
  EXPECT_EQ(adapted, run(open({{adapter("lora"), 0.5}})));
  ASSERT_TRUE(model.setAdapter("style", adapter("lora"), 0).ok());
  EXPECT_EQ(run(model), plain);
  ASSERT_TRUE(model.setAdapter("facts", adapter("lora-two"), -2).ok());
  ASSERT_TRUE(model.removeAdapter("style").ok());
  EXPECT_EQ(run(model), run(open({{adapter("lora-two"), -2}})));
  ASSERT_TRUE(model.removeAdapter("facts").ok());
  EXPECT_EQ(run(model), plain);
}

TEST_F(Adapters, OfOtherKindsAreAddedToEachOther) {
  Model model = open();
  std::string plain = run(model);
  ASSERT_TRUE(model.setAdapter("a", adapter("loha")).ok());
  ASSERT_TRUE(model.setAdapter("b", adapter("lokr"), 0.5).ok());
  ASSERT_TRUE(model.setAdapter("c", adapter("lora")).ok());
  EXPECT_EQ(run(model), run(open({{adapter("loha")},
                                  {adapter("lokr"), 0.5},
                                  {adapter("lora")}})));
  for (const char *name : {"b", "a", "c"})
    ASSERT_TRUE(model.removeAdapter(name).ok());
  EXPECT_EQ(run(model), plain);
}

TEST_F(Adapters, HaveTheFormThatCostsLess) {
  Model model = open(AdapterOptions{.rowsPerSwap = 8});
  ASSERT_TRUE(model.setAdapter("style", adapter("lora")).ok());
  AdapterOptions beside{.sources = {{adapter("lora")}},
                        .form = AdapterForm::Beside};
  EXPECT_EQ(run(model), run(open(beside)));
  Result<Model> wrong = compile(
      base(), {.adapters = {.form = AdapterForm::Merged, .rowsPerSwap = 8}});
  ASSERT_FALSE(wrong.ok());
  EXPECT_THAT(wrong.error().message, HasSubstr("where their form is given"));
}

TEST_F(Adapters, StandBesideThoseFromTheFirst) {
  Model model = open({{adapter("lora")}});
  ASSERT_TRUE(model.setAdapter("more", adapter("lora-two")).ok());
  EXPECT_EQ(run(model), run(open({{adapter("lora")}, {adapter("lora-two")}})));
}

TEST_F(Adapters, ChangeNothingWhereTheyDoNotFit) {
  Model model = open();
  Status early = model.setAdapter("other", adapter("lora-latents"));
  ASSERT_FALSE(early.ok());
  EXPECT_THAT(early.error().message, HasSubstr("its rank make it 4x48"));
  std::string plain = run(model);
  ASSERT_TRUE(model.setAdapter("style", adapter("lora")).ok());
  std::string adapted = run(model);
  for (const char *wrong : {"lora-latents", "lora-square", "nowhere"}) {
    Status status = model.setAdapter("style", adapter(wrong));
    ASSERT_FALSE(status.ok()) << wrong;
    EXPECT_EQ(run(model), adapted);
  }
  Status status = model.removeAdapter("facts");
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(status.error().message, HasSubstr("no adapter 'facts'"));
  EXPECT_EQ(run(model), adapted);
}

TEST_F(Adapters, ABoundCallKeepsItsOwn) {
  Model model = open();
  std::vector<NamedTensor> inputs = {{"input_ids", ids}};
  Result<Call> call = model.bind(inputs);
  ASSERT_TRUE(call.ok()) << call.error().message;
  ASSERT_TRUE(call->run().ok());
  const Tensor &logits = call->outputs().front();
  std::string before(static_cast<const char *>(logits.data()), logits.bytes());
  ASSERT_TRUE(model.setAdapter("style", adapter("lora")).ok());
  ASSERT_TRUE(call->run().ok());
  EXPECT_EQ(std::memcmp(logits.data(), before.data(), before.size()), 0);
}

static AdapterOptions byRow(std::vector<AdapterSource> sources = {}) {
  return {.sources = std::move(sources),
          .form = AdapterForm::ByRow,
          .rank = 8,
          .places = 4};
}

TEST_F(Adapters, AreChosenByEachRow) {
  Model model = open(byRow({{adapter("lora")}, {adapter("lora-patterns")}}));
  std::vector<std::string> rows = runRows(model, {1, -1, 0, 1, 7});
  EXPECT_EQ(rows[0], rows[3]);
  EXPECT_EQ(rows[1], rows[4]);
  EXPECT_NE(rows[0], rows[1]);
  EXPECT_NE(rows[0], rows[2]);
  // Whatever the others have.
  std::vector<std::string> others = runRows(model, {0, 3, 1, -1, 2});
  EXPECT_EQ(others[0], rows[2]);
  EXPECT_EQ(others[2], rows[0]);
  for (size_t row : {1, 3, 4})
    EXPECT_EQ(others[row], rows[1]);
  // Without the input, and in a model without adapters.
  std::string plain = run(model);
  EXPECT_EQ(plain, run(open()));
}

TEST_F(Adapters, KeepTheirNumbersByRow) {
  Model model = open(byRow({{adapter("lora")}}));
  std::string plain = runRows(model, {-1})[0], first = runRows(model, {0})[0];
  ASSERT_TRUE(model.setAdapter("two", adapter("lora-two")).ok());
  ASSERT_TRUE(model.setAdapter("more", adapter("lora-patterns")).ok());
  EXPECT_EQ(model.adapterNumber("two").value(), 1);
  EXPECT_EQ(model.adapterNumber("more").value(), 2);
  std::vector<std::string> all = runRows(model, {0, 1, 2});
  ASSERT_TRUE(model.removeAdapter("two").ok());
  EXPECT_FALSE(model.adapterNumber("two").ok());
  EXPECT_FALSE(model.removeAdapter("").ok());
  EXPECT_FALSE(model.adapterNumber("").ok());
  EXPECT_EQ(model.adapterNumber("more").value(), 2);
  EXPECT_EQ(runRows(model, {0, 1, 2}),
            (std::vector<std::string>{all[0], runRows(model, {-1, -1, -1})[1],
                                      all[2]}));
  // The free place is the next to be taken.
  ASSERT_TRUE(model.setAdapter("again", adapter("lora-two"), 0.5).ok());
  EXPECT_EQ(model.adapterNumber("again").value(), 1);
  EXPECT_EQ(runRows(model, {-1})[0], plain);
  EXPECT_EQ(runRows(model, {0})[0], first);
}

TEST_F(Adapters, NeedNoOtherKernelsUpToTheRankThatWasAskedFor) {
  Model model = open(AdapterOptions{.rank = 8});
  run(model);
  ASSERT_TRUE(model.setAdapter("style", adapter("lora")).ok());
  size_t kernels = model.statistics().kernels;
  // Of the same modules, with other ranks.
  ASSERT_TRUE(model.setAdapter("style", adapter("lora-two"), 0.25).ok());
  EXPECT_EQ(model.statistics().kernels, kernels);
  EXPECT_EQ(run(model),
            run(open(AdapterOptions{.sources = {{adapter("lora-two"), 0.25}},
                                    .rank = 8})));
  Model small = open(AdapterOptions{.rank = 2});
  Status status = small.setAdapter("style", adapter("lora"));
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(status.error().message, HasSubstr("has rank 4, the largest that "
                                                "is asked for is 2"));
}

TEST_F(Adapters, AreRefusedByRowWhereTheyAreNoProducts) {
  for (const char *wrong : {"lora-dora", "lora-saved", "lora-embedding"}) {
    Model model = open(byRow());
    Status status = model.setAdapter("style", adapter(wrong));
    ASSERT_FALSE(status.ok()) << wrong;
    EXPECT_THAT(status.error().message, HasSubstr("by row")) << wrong;
  }
}

/// Random changes while other threads call the model: what a call gives is
/// always what a model compiled for one of the states gives, and the file of
/// the base stays as it is.
TEST_F(Adapters, AreSwappedUnderRunningCalls) {
  auto readFile = [](const std::filesystem::path &path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  std::string bytes = readFile(base() / "model.safetensors");
  // By the scale of each of two adapters; 0: it is not there.
  constexpr double scales[] = {0, 0.5, -1};
  const char *names[] = {"lora", "lora-two"};
  std::map<std::pair<int, int>, std::string> expected;
  for (int first : {0, 1, 2})
    for (int second : {0, 1, 2}) {
      std::vector<AdapterSource> sources;
      if (first)
        sources.push_back({adapter(names[0]), scales[first]});
      if (second)
        sources.push_back({adapter(names[1]), scales[second]});
      expected[{first, second}] = run(open(sources));
    }
  Model model = open();
  run(model);
  std::atomic<bool> stop = false;
  std::atomic<int> wrong = 0, calls = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      while (!stop) {
        std::string got = run(model);
        ++calls;
        wrong += std::ranges::none_of(
            expected, [&](const auto &each) { return each.second == got; });
      }
    });
  std::mt19937 random(2026);
  int now[2] = {0, 0};
  for (int step = 0; step < 1000; ++step) {
    int which = static_cast<int>(random() % 2),
        next = static_cast<int>(random() % 3);
    if (next == 0 && now[which] == 0)
      continue;
    Status status = next == 0
                        ? model.removeAdapter(names[which])
                        : model.setAdapter(names[which], adapter(names[which]),
                                           scales[next]);
    ASSERT_TRUE(status.ok()) << status.error().message;
    now[which] = next;
    std::string got = run(model);
    EXPECT_EQ(got, (expected[{now[0], now[1]}])) << "step " << step;
  }
  stop = true;
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(calls, 0);
  EXPECT_EQ(readFile(base() / "model.safetensors"), bytes);
}
