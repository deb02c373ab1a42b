//===- TuneKernel.cpp - Find a kernel's schedule by measuring -------------===//

#include "tenon/Pipelines/TuneKernel.h"

#include "tenon/JIT/KernelLinker.h"
#include "tenon/Runtime/Threads.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/Parser/Parser.h"

#include <chrono>
#include <cstring>

using namespace mlir;
using namespace tenon;

/// A schedule is taken only if it saves this share of the time.
static constexpr double leastGain = 0.03;
/// A schedule is measured until so many runs and seconds are over.
static constexpr int fewestRuns = 3;
static constexpr double shortestSeconds = 0.02;

namespace {
/// A kernel's operands and results in memory, and the time that code for it
/// takes.
class KernelBench {
public:
  static Result<KernelBench> create(ModuleOp module, const std::string &name,
                                    unsigned threads);

  /// The shortest time of a run, in seconds.
  Result<double> measure(const CompiledKernel &kernel);

private:
  std::string name;
  unsigned threads = 1;
  std::vector<std::shared_ptr<std::byte>> memory;
  std::vector<void *> buffers;
};
} // namespace

/// Numbers of about 1, whose sums and products stay normal numbers.
static void fill(std::byte *data, uint64_t bytes, Type elementType) {
  auto repeat = [&](auto pattern) {
    for (uint64_t i = 0; i + sizeof pattern <= bytes; i += sizeof pattern)
      std::memcpy(data + i, &pattern, sizeof pattern);
  };
  if (elementType.isF32())
    repeat(1.0f);
  else if (elementType.isF64())
    repeat(1.0);
  else if (elementType.isF16())
    repeat(uint16_t(0x3c00));
  else if (elementType.isBF16())
    repeat(uint16_t(0x3f80));
}

Result<KernelBench> KernelBench::create(ModuleOp module,
                                        const std::string &name,
                                        unsigned threads) {
  KernelBench bench;
  bench.name = name;
  bench.threads = threads;
  auto function = module.lookupSymbol<func::FuncOp>(name);
  for (Type type : function.getArgumentTypes()) {
    auto tensor = cast<RankedTensorType>(type);
    uint64_t bytes = tensor.getNumElements() *
                     llvm::divideCeil(tensor.getElementTypeBitWidth(), 8);
    std::shared_ptr<std::byte> data = allocateZeroed(bytes);
    if (!data)
      return Error{"no memory to measure " + name};
    fill(data.get(), bytes, tensor.getElementType());
    bench.buffers.push_back(data.get());
    bench.memory.push_back(std::move(data));
  }
  return bench;
}

Result<double> KernelBench::measure(const CompiledKernel &kernel) {
  Result<LinkedKernels> linked = linkKernels({&kernel.code, 1}, {&name, 1});
  if (!linked)
    return linked.error();
  auto run = [&] {
    auto start = std::chrono::steady_clock::now();
    parallelFor(linked->functions.front(), buffers.data(), 0,
                kernel.shape.extent, threads);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                         start)
        .count();
  };
  double total = run(), best = total;
  for (int runs = 1; runs < fewestRuns || total < shortestSeconds; ++runs) {
    double seconds = run();
    best = std::min(best, seconds);
    total += seconds;
  }
  return best;
}

/// Whether the kernel has something for a schedule to decide.
static bool hasContraction(ModuleOp module) {
  return module
      .walk([](linalg::LinalgOp op) {
        return op.getNumReductionLoops() > 0 && op.getNumDpsInputs() == 2
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

Result<Schedule> tenon::tuneKernel(MLIRContext &context, StringRef text,
                                   const std::string &name,
                                   const Target &target, unsigned threads) {
  Schedule best = defaultSchedule(target);
  OwningOpRef<ModuleOp> module =
      parseSourceString<ModuleOp>(text, ParserConfig(&context));
  if (!module || !hasContraction(*module))
    return best;
  auto compile = [&](const Schedule &schedule) {
    return compileKernel(context, text, target, KernelStage::Object, schedule);
  };
  Result<CompiledKernel> code = compile(best);
  if (!code)
    return code.error();
  std::optional<KernelBench> bench;
  double shortest = 0;
  for (unsigned number = 0; number < scheduleNumbers; ++number)
    for (const Schedule &schedule : alternatives(best, number)) {
      Result<CompiledKernel> other = compile(schedule);
      if (!other)
        return other.error();
      if (other->code == code->code)
        continue;
      if (!bench) {
        Result<KernelBench> created =
            KernelBench::create(*module, name, threads);
        if (!created)
          return created.error();
        bench = std::move(*created);
        Result<double> seconds = bench->measure(*code);
        if (!seconds)
          return seconds.error();
        shortest = *seconds;
      }
      Result<double> seconds = bench->measure(*other);
      if (!seconds)
        return seconds.error();
      // What seems faster has to be so twice, beside the best so far.
      if (*seconds > shortest * (1 - leastGain))
        continue;
      Result<double> again = bench->measure(*code);
      if (!again)
        return again.error();
      shortest = std::min(shortest, *again);
      if (*seconds > shortest * (1 - leastGain))
        continue;
      best = schedule;
      code = std::move(other);
      shortest = *seconds;
    }
  return best;
}
