// Kernels with a fault planted, as a compiler that is wrong would make them.

#include "EmulatedKernel.h"

#include <gmock/gmock.h>

#include <numeric>

using namespace tenon;
using testing::HasSubstr;

/// A kernel of 64 threads whose block reverses its part of %x; `body` is what a
/// thread %t does with %shared, 64 numbers of its block.
static std::string kernelOf(const std::string &body) {
  return R"(
memref.global "private" @all : memref<256xi8, 3>
func.func @kernel(%x: memref<64xf32>, %y: memref<64xf32>, %workspace: memref<1xi8>)
    attributes {tenon.kernel, tenon.extent = 1 : i64, tenon.threads = 64 : i64,
                tenon.shared_bytes = 256 : i64, tenon.workspace_bytes = 0 : i64, tenon.results = 1 : i64,
                tenon.buffer_bytes = array<i64: 256, 256>} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c17 = arith.constant 17 : index
  %c63 = arith.constant 63 : index
  %c64 = arith.constant 64 : index
  %t = gpu.thread_id x
  %bytes = memref.get_global @all : memref<256xi8, 3>
  %shared = memref.view %bytes[%c0][] : memref<256xi8, 3> to memref<64xf32, 3>
)" + body +
         "  return\n}\n";
}

namespace {
struct Outcome {
  std::vector<float> values;
  std::string fault;
};
} // namespace

/// Runs the kernel on 0, 1, 2...
static Outcome run(const std::string &body) {
  EmulatedCode code = compileForEmulator(kernelOf(body));
  std::vector<float> x(64);
  std::iota(x.begin(), x.end(), 0.0f);
  Outcome outcome{std::vector<float>(64), ""};
  void *buffers[] = {x.data(), outcome.values.data()};
  outcome.fault = code.run(buffers);
  return outcome;
}

static const char *const store = R"(
  %v = memref.load %x[%t] : memref<64xf32>
  memref.store %v, %shared[%t] : memref<64xf32, 3>
)";
static const char *const barrier = "  gpu.barrier\n";
static const char *const readReversed = R"(
  %from = arith.subi %c63, %t : index
  %w = memref.load %shared[%from] : memref<64xf32, 3>
  memref.store %w, %y[%t] : memref<64xf32>
)";

TEST(EmulatorFaults, ARightKernelHasNone) {
  Outcome outcome = run(std::string(store) + barrier + readReversed);
  EXPECT_EQ(outcome.fault, "");
  for (int i = 0; i < 64; ++i)
    EXPECT_EQ(outcome.values[i], 63.0f - i);
}

TEST(EmulatorFaults, AVectorMustBeAligned) {
  auto load = [](const char *place, int alignment) {
    return "  %place = arith.constant " + std::string(place) +
           " : index\n  %v = vector.load %x[%place] {alignment = " +
           std::to_string(alignment) +
           " : i64} : memref<64xf32>, vector<4xf32>\n"
           "  vector.store %v, %y[%c0] {alignment = 16 : i64} : "
           "memref<64xf32>, vector<4xf32>\n";
  };
  // The first alone, so that nothing races.
  auto byFirst = [](const std::string &body) {
    return "  %first = arith.cmpi eq, %t, %c0 : index\n  scf.if %first {\n" +
           body + "  }\n";
  };
  EXPECT_EQ(run(byFirst(load("8", 16))).fault, "");
  EXPECT_EQ(run(byFirst(load("7", 4))).fault, "");
  EXPECT_THAT(run(byFirst(load("7", 16))).fault,
              HasSubstr("reads 16 bytes at no multiple of 16"));
}

TEST(EmulatorFaults, AMissingBarrierIsARace) {
  EXPECT_THAT(run(std::string(store) + readReversed).fault,
              testing::AnyOf(HasSubstr("without a barrier between them"),
                             HasSubstr("which nobody has written")));
}

TEST(EmulatorFaults, AMissingBarrierBeforeTheNextWriteIsARace) {
  EXPECT_THAT(run(std::string(store) + barrier + readReversed +
                  "  memref.store %w, %shared[%t] : memref<64xf32, 3>\n")
                  .fault,
              HasSubstr("without a barrier between them"));
}

TEST(EmulatorFaults, OneOffInSharedMemory) {
  EXPECT_THAT(run(std::string(store) + barrier + R"(
  %from = arith.subi %c64, %t : index
  %w = memref.load %shared[%from] : memref<64xf32, 3>
  memref.store %w, %y[%t] : memref<64xf32>
)")
                  .fault,
              HasSubstr("block 0, thread 0: reads 4 bytes at byte 256 of "
                        "shared memory, which has 256"));
}

TEST(EmulatorFaults, OneOffInABuffer) {
  EXPECT_THAT(run(R"(
  %next = arith.addi %t, %c1 : index
  %v = memref.load %x[%t] : memref<64xf32>
  memref.store %v, %y[%next] : memref<64xf32>
)")
                  .fault,
              HasSubstr("thread 63: writes 4 bytes outside of all buffers"));
}

TEST(EmulatorFaults, AWrongPredicateAroundABarrier) {
  EXPECT_THAT(
      run(std::string(store) + R"(
  %some = arith.cmpi ult, %t, %c17 : index
  scf.if %some {
    gpu.barrier
  }
)")
          .fault,
      HasSubstr("waits at a barrier that other threads do not come to"));
}

TEST(EmulatorFaults, AWrongPredicateAroundAStore) {
  EXPECT_THAT(run(R"(
  %some = arith.cmpi ult, %t, %c17 : index
  scf.if %some {
    %v = memref.load %x[%t] : memref<64xf32>
    memref.store %v, %shared[%t] : memref<64xf32, 3>
  }
)" + std::string(barrier) +
                  readReversed)
                  .fault,
              HasSubstr("which nobody has written"));
}

TEST(EmulatorFaults, AnInputIsNotWrittenTo) {
  EXPECT_THAT(run(R"(
  %v = memref.load %x[%t] : memref<64xf32>
  memref.store %v, %x[%t] : memref<64xf32>
)")
                  .fault,
              HasSubstr("writes to an input"));
}

TEST(EmulatorFaults, AnExchangeThatSomeLanesMiss) {
  EXPECT_THAT(run(R"(
  %some = arith.cmpi ult, %t, %c17 : index
  scf.if %some {
    %one = arith.constant 1 : i32
    %width = arith.constant 32 : i32
    %v = memref.load %x[%t] : memref<64xf32>
    %w, %valid = gpu.shuffle xor %v, %one, %width : f32
    memref.store %w, %y[%t] : memref<64xf32>
  }
)")
                  .fault,
              HasSubstr("waits for an exchange that other lanes do not come "
                        "to"));
}

TEST(EmulatorFaults, TwoThreadsWriteOnePlace) {
  EXPECT_THAT(run(R"(
  %v = memref.load %x[%t] : memref<64xf32>
  memref.store %v, %y[%c0] : memref<64xf32>
)")
                  .fault,
              HasSubstr("writes what thread 0 writes"));
}
