#include "tenon/Runtime/Profiler.h"
#include "Support/TemporaryFolder.h"

#include "llvm/Support/JSON.h"

using namespace tenon;
using namespace tenon::test;

static Profiler::Clock::time_point at(int microseconds) {
  return Profiler::Clock::time_point(
      std::chrono::microseconds(1000000 + microseconds));
}

TEST(Profiler, WritesATraceThatParses) {
  TemporaryFolder folder;
  Profiler profiler;
  EXPECT_TRUE(profiler.empty());
  profiler.record("matmul_0", "/encoder/\"layer\\.0\"/MatMul\n", at(0),
                  at(1500));
  // Not UTF-8: a lone continuation, an overlong slash, a surrogate; then a name
  // that is.
  profiler.record("softmax",
                  "\x80\xc0\xaf\xed\xa0\x80 \xc3\xa4\xf0\x9f\x98\x80", at(2000),
                  at(2250));
  ASSERT_TRUE(profiler.writeChromeTrace(folder.path() / "trace.json").ok());

  llvm::Expected<llvm::json::Value> json =
      llvm::json::parse(readFile(folder.path() / "trace.json"));
  ASSERT_TRUE(bool(json)) << llvm::toString(json.takeError());
  const llvm::json::Array &events =
      *json->getAsObject()->getArray("traceEvents");
  ASSERT_EQ(events.size(), 2u);
  const llvm::json::Object &first = *events[0].getAsObject(),
                           &second = *events[1].getAsObject();
  EXPECT_EQ(first.getString("name"), "matmul_0");
  EXPECT_EQ(first.getString("ph"), "X");
  EXPECT_EQ(first.getNumber("ts"), 0);
  EXPECT_EQ(first.getNumber("dur"), 1500);
  EXPECT_EQ(first.getObject("args")->getString("node"),
            "/encoder/\"layer\\.0\"/MatMul\n");
  EXPECT_EQ(second.getNumber("ts"), 2000);
  EXPECT_EQ(second.getNumber("dur"), 250);
  EXPECT_TRUE(second.getObject("args")->getString("node")->ends_with(
      " \xc3\xa4\xf0\x9f\x98\x80"));
}

TEST(Profiler, WritesAnEmptyTrace) {
  TemporaryFolder folder;
  ASSERT_TRUE(Profiler().writeChromeTrace(folder.path() / "trace.json").ok());
  llvm::Expected<llvm::json::Value> json =
      llvm::json::parse(readFile(folder.path() / "trace.json"));
  ASSERT_TRUE(bool(json)) << llvm::toString(json.takeError());
  EXPECT_TRUE(json->getAsObject()->getArray("traceEvents")->empty());
}

TEST(Profiler, SumsUpByKernel) {
  Profiler profiler;
  profiler.record("small", "a", at(0), at(1000));
  profiler.record("a_rather_long_name", "b", at(1000), at(4000));
  profiler.record("small", "c", at(4000), at(5000));
  EXPECT_EQ(profiler.summary(),
            "kernel                 calls    total ms   share\n"
            "a_rather_long_name         1       3.000   60.0%\n"
            "small                      2       2.000   40.0%\n"
            "total                      3       5.000  100.0%\n");
  EXPECT_EQ(Profiler().summary(), "kernel     calls    total ms   share\n"
                                  "total          0       0.000    0.0%\n");
}
