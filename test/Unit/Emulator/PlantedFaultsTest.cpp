// A sum of products as the compiler makes it, with one op taken out: what a
// compiler that forgets it would make.

#include "EmulatedKernel.h"

#include <gmock/gmock.h>

using namespace tenon;
using testing::HasSubstr;

/// y = x w^T of 64 x 512 by 64 x 512 bf16 numbers, and its epilogue.
static const char *const text = R"(
#lhs = affine_map<(i, j, k) -> (i, k)>
#rhs = affine_map<(i, j, k) -> (j, k)>
#out = affine_map<(i, j, k) -> (i, j)>
func.func @kernel(%a: memref<64x512xbf16>, %b: memref<64x512xbf16>, %y: memref<64x64xf32>)
    attributes {tenon.kernel, tenon.results = 1 : i64} {
  linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<64x512xbf16>, memref<64x512xbf16>) outs(%y : memref<64x64xf32>) {
  ^bb0(%x: bf16, %w: bf16, %acc: f32):
    %p = arith.extf %x : bf16 to f32
    %q = arith.extf %w : bf16 to f32
    %r = arith.mulf %p, %q : f32
    %s = arith.addf %acc, %r : f32
    linalg.yield %s : f32
  }
  return
}
)";

namespace {
struct Outcome {
  float largestError = 0;
  std::string fault;
};

/// Which op is taken out: the one of this name and number; an empty name: none.
struct Missing {
  std::string op;
  int number = 0;
};
} // namespace

static Outcome run(bool warpgroups, const Missing &missing) {
  DistributeToThreadsPassOptions distribution;
  distribution.threads = 128;
  distribution.sharedBytes = 160 << 10;
  distribution.warpgroups = warpgroups;
  int seen = 0;
  bool isGone = missing.op.empty();
  EmulatedCode code = compileForEmulator(
      text,
      [&](mlir::OpPassManager &manager) {
        manager.addNestedPass<mlir::func::FuncOp>(
            createDistributeToThreadsPass(distribution));
      },
      [&](mlir::ModuleOp module) {
        module.walk([&](mlir::Operation *op) {
          if (op->getName().getStringRef() == missing.op &&
              seen++ == missing.number) {
            op->erase();
            isGone = true;
          }
        });
      });
  EXPECT_TRUE(isGone) << "there is no " << missing.op << " number "
                      << missing.number;
  // Small whole numbers, whose sums are exact.
  std::vector<uint16_t> a(64 * 512), b(64 * 512);
  auto fill = [](std::vector<uint16_t> &numbers, unsigned seed) {
    for (size_t i = 0; i < numbers.size(); ++i)
      numbers[i] = static_cast<uint16_t>(
          std::bit_cast<uint32_t>(static_cast<float>((i * 7 + seed) % 5) -
                                  2.0f) >>
          16);
  };
  fill(a, 1);
  fill(b, 3);
  std::vector<float> y(64 * 64);
  void *buffers[] = {a.data(), b.data(), y.data()};
  Outcome outcome;
  outcome.fault = code.run(buffers);
  auto number = [](uint16_t bits) {
    return std::bit_cast<float>(uint32_t(bits) << 16);
  };
  for (int i = 0; i < 64; ++i)
    for (int j = 0; j < 64; ++j) {
      float sum = 0;
      for (int k = 0; k < 512; ++k)
        sum += number(a[i * 512 + k]) * number(b[j * 512 + k]);
      outcome.largestError =
          std::max(outcome.largestError, std::abs(y[i * 64 + j] - sum));
    }
  return outcome;
}

TEST(PlantedFaults, NothingIsMissing) {
  for (bool warpgroups : {false, true}) {
    Outcome outcome = run(warpgroups, {});
    EXPECT_EQ(outcome.fault, "");
    EXPECT_EQ(outcome.largestError, 0);
  }
}

TEST(PlantedFaults, TheBarrierBeforeAPieceIsRead) {
  EXPECT_THAT(run(false, {"gpu.barrier", 0}).fault,
              testing::AnyOf(HasSubstr("without a barrier between them"),
                             HasSubstr("which nobody has written")));
  EXPECT_THAT(run(true, {"gpu.barrier", 0}).fault,
              testing::AnyOf(HasSubstr("without a barrier between them"),
                             HasSubstr("which nobody has written"),
                             HasSubstr("without a fence behind it")));
}

TEST(PlantedFaults, TheWaitForCopies) {
  for (bool warpgroups : {false, true})
    EXPECT_THAT(run(warpgroups, {"nvvm.cp.async.wait.group", 0}).fault,
                HasSubstr("which nobody has written"));
}

TEST(PlantedFaults, TheLastWaitForCopies) {
  EXPECT_THAT(run(false, {"nvvm.cp.async.wait.group", 1}).fault,
              testing::AnyOf("", HasSubstr("copies are on their way")));
}

TEST(PlantedFaults, TheWaitForProducts) {
  // Without it the piece is overwritten while it is still read.
  EXPECT_THAT(run(true, {"nvvm.wgmma.wait.group.sync.aligned", 0}).fault,
              HasSubstr("without a barrier between them"));
  EXPECT_THAT(run(true, {"nvvm.wgmma.wait.group.sync.aligned", 1}).fault,
              HasSubstr("ends while products are being formed"));
}

TEST(PlantedFaults, TheFenceBeforeProducts) {
  EXPECT_THAT(run(true, {"nvvm.fence.proxy", 0}).fault,
              HasSubstr("without a fence behind it"));
}
