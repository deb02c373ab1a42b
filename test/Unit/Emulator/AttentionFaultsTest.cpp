// Attention whose rows all warps share, with one op taken out: scores meet in
// shared memory between barriers, each of which is needed.

#include "EmulatedKernel.h"

#include "tenon/IR/TenonOps.h"

#include <gmock/gmock.h>

using namespace tenon;
using testing::AnyOf;
using testing::HasSubstr;

/// 2 heads that read one key head, one query each; keys of two blocks.
static const char *const text = R"(
func.func @kernel(%q: tensor<1x2x1x32xbf16>, %k: tensor<1x1x128x32xbf16>, %y: tensor<1x2x1x32xbf16>)
    -> tensor<1x2x1x32xbf16> attributes {tenon.kernel} {
  %r = tenon.attention %q, %k, %k {num_heads = 2, num_kv_heads = 1}
      : (tensor<1x2x1x32xbf16>, tensor<1x1x128x32xbf16>, tensor<1x1x128x32xbf16>) -> tensor<1x2x1x32xbf16>
  return %r : tensor<1x2x1x32xbf16>
}
)";

/// What is wrong without the op of this name and number; an empty name: all are
/// there.
static std::string faultWithout(const std::string &name, int number) {
  int seen = 0;
  bool isGone = name.empty();
  EmulatedCode code = compileForEmulator(
      text,
      [](mlir::OpPassManager &manager) {
        LowerBlockAttentionPassOptions options;
        options.threads = 128;
        manager.addNestedPass<mlir::func::FuncOp>(
            createLowerBlockAttentionPass(options));
      },
      [&](mlir::ModuleOp module) {
        mlir::Operation *found = nullptr;
        module.walk([&](mlir::Operation *op) {
          if (op->getName().getStringRef() == name && seen++ == number)
            found = op;
        });
        if (found) {
          found->erase();
          isGone = true;
        }
      });
  EXPECT_TRUE(isGone) << "there is no " << name << " number " << number;
  std::vector<uint16_t> query(2 * 32, 0x3f80), key(128 * 32, 0x3f80),
      result(2 * 32);
  void *buffers[] = {query.data(), key.data(), result.data()};
  std::string fault = code.run(buffers);
  if (name.empty())
    for (uint16_t number : result)
      EXPECT_EQ(number, 0x3f80); // the mean of ones
  return fault;
}

TEST(AttentionFaults, NothingIsMissing) { EXPECT_EQ(faultWithout("", 0), ""); }

TEST(AttentionFaults, ABarrierOfTheExchange) {
  // 0: before queries are read; 1: before the block's keys are; 2: before the
  // largest scores are; 3: before the weights are.
  for (int number = 1; number < 4; ++number)
    EXPECT_THAT(faultWithout("gpu.barrier", number),
                AnyOf(HasSubstr("without a barrier between them"),
                      HasSubstr("which nobody has written")))
        << number;
}

TEST(AttentionFaults, AWaitForKeys) {
  // The wait before the walk has the first block; that in it the others.
  EXPECT_THAT(faultWithout("nvvm.cp.async.wait.group", 1),
              AnyOf(HasSubstr("which nobody has written"),
                    HasSubstr("copies are on their way")));
}
