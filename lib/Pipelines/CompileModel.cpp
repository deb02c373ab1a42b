//===- CompileModel.cpp - An imported model to a program and its code -----===//

#include "tenon/Pipelines/CompileModel.h"
#include "tenon/Pipelines/CompileKernel.h"
#include "tenon/Pipelines/CompilerVersion.h"
#include "tenon/Pipelines/LoadModule.h"
#include "tenon/Pipelines/Pipelines.h"
#include "tenon/Pipelines/PlanProgram.h"
#include "tenon/Pipelines/TuneKernel.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Config/llvm-config.h"

#include <atomic>
#include <mutex>
#include <thread>

using namespace mlir;
using namespace tenon;

Status tenon::lowerToKernels(ModuleOp module, const RewriteOptions &options,
                             DeviceKind device) {
  std::string messages;
  ScopedDiagnosticHandler handler(
      module.getContext(), [&](Diagnostic &diagnostic) {
        llvm::raw_string_ostream(messages)
            << diagnostic.getLocation() << ": " << diagnostic << "; ";
        return llvm::success();
      });
  PassManager manager(module.getContext());
  buildRewritePipeline(manager, options, device);
  buildKernelsPipeline(manager, device);
  if (failed(manager.run(module)))
    return Error{"the model cannot be lowered: " + messages};
  return tenon::success();
}

std::string tenon::kernelText(ModuleOp module, StringRef kernel,
                              StringRef symbolSuffix) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  auto function = module.lookupSymbol<func::FuncOp>(kernel);
  if (symbolSuffix.empty()) {
    function->print(stream, OpPrintingFlags().useLocalScope());
    return text;
  }
  OwningOpRef<func::FuncOp> renamed(function.clone());
  renamed->setName((kernel + symbolSuffix).str());
  (*renamed)->print(stream, OpPrintingFlags().useLocalScope());
  return text;
}

namespace {
/// Compiles the kernels that the cache lacks, several at once, by the schedules
/// that were found for them.
class KernelCompiler {
public:
  KernelCompiler(ModuleOp module, ArrayRef<std::string> names,
                 const ModelCompilation &options,
                 const llvm::StringSet<> &exact)
      : names(names), options(options), kernels(names.size()),
        refusals(names.size()) {
    for (const std::string &name : names) {
      targets.push_back(options.target);
      targets.back().gpu.usesTf32 &= !exact.contains(name);
      texts.push_back(kernelText(module, name, options.symbolSuffix));
      schedules.push_back(storedSchedule(name));
    }
    if (options.tune)
      tune(module);
    // Strips of launches are made of the tiles that planProgram has seen.
    if (options.memoryLimit)
      for (std::optional<Schedule> &schedule : schedules)
        if (schedule)
          schedule->tiles = Schedule().tiles;
  }

  Result<CompiledKernels> run() {
    for (size_t index = 0; index < names.size() && failure.empty(); ++index) {
      if (auto found = findCompiled(index, targets[index])) {
        kernels[index] = std::move(*found);
        ++hits;
      } else {
        missing.push_back(index);
      }
    }
    done = hits;
    size_t workers =
        std::min<size_t>(std::max(1u, options.threads), missing.size());
    std::vector<std::thread> threads;
    for (size_t worker = 1; worker < workers; ++worker)
      threads.emplace_back([this] { work(); });
    work();
    for (std::thread &thread : threads)
      thread.join();
    if (!failure.empty())
      return Error{failure};
    if (!missing.empty())
      options.cache.prune();
    for (auto [name, reason] : llvm::zip(names, refusals))
      if (!reason.empty() && options.note)
        options.note("kernel " + name + " runs on the CPU: " + reason);
    CompiledKernels result;
    result.cacheHits = hits;
    for (CompiledKernel &kernel : kernels) {
      result.objects.push_back(std::move(kernel.code));
      result.shapes.push_back(kernel.shape);
    }
    return result;
  }

private:
  std::string keyOf(size_t index, const Target &target) const {
    return std::string(compilerVersion) + "|" LLVM_VERSION_STRING "|" +
           target.description() + "|" +
           scheduleOf(index, target).description() + "|" + texts[index];
  }

  Schedule scheduleOf(size_t index, const Target &target) const {
    return schedules[index].value_or(defaultSchedule(target));
  }

  std::optional<CompiledKernel> findCompiled(size_t index,
                                             const Target &target) const {
    auto entry = options.cache.find(keyOf(index, target));
    if (!entry)
      return std::nullopt;
    return CompiledKernel{entry->shape, std::move(entry->object)};
  }

  Result<CompiledKernel> compile(MLIRContext &context, size_t index,
                                 const Target &target) const {
    Result<CompiledKernel> kernel =
        compileKernel(context, texts[index], target, KernelStage::Object,
                      scheduleOf(index, target));
    if (kernel)
      options.cache.store(keyOf(index, target), {kernel->shape, kernel->code});
    return kernel;
  }

  /// For the CPU where the target refuses it.
  Result<CompiledKernel> compileSomewhere(MLIRContext &context, size_t index) {
    Result<CompiledKernel> kernel = compile(context, index, targets[index]);
    if (kernel || options.target.device == DeviceKind::Cpu)
      return kernel;
    refusals[index] = kernel.error().message;
    if (auto found = findCompiled(index, options.fallback))
      return std::move(*found);
    Result<CompiledKernel> other = compile(context, index, options.fallback);
    if (!other)
      return Error{refusals[index] +
                   "; nor on the CPU: " + other.error().message};
    return other;
  }

  /// A schedule is one for a processor and a number of threads. A kernel's name
  /// stands for its content.
  std::string scheduleKey(StringRef name) const {
    return ("schedule|" + StringRef(compilerVersion) +
            "|" LLVM_VERSION_STRING "|" + options.target.machine.cpu + "|v" +
            Twine(options.target.vectorBytes) + "|" + Twine(options.threads) +
            "|" + name)
        .str();
  }

  std::optional<Schedule> storedSchedule(StringRef name) const {
    if (options.target.device != DeviceKind::Cpu)
      return std::nullopt;
    auto entry = options.cache.find(scheduleKey(name));
    return entry ? Schedule::parse(entry->object) : std::nullopt;
  }

  /// Finds the schedules that are not known, one kernel at a time: others would
  /// disturb the measurement.
  void tune(ModuleOp module) {
    std::unique_ptr<MLIRContext> context = createContext();
    for (size_t index = 0; index < names.size(); ++index) {
      if (schedules[index])
        continue;
      Result<Schedule> tuned =
          tuneKernel(*context, kernelText(module, names[index]), names[index],
                     options.target, options.threads);
      if (!tuned) {
        failure = names[index] + ": " + tuned.error().message;
        return;
      }
      schedules[index] = *tuned;
      options.cache.store(scheduleKey(names[index]),
                          {{}, tuned->description()});
      if (options.progress)
        options.progress(index + 1, names.size());
    }
  }

  void work() {
    if (next >= missing.size())
      return;
    std::unique_ptr<MLIRContext> context = createContext();
    while (true) {
      size_t turn = next++;
      if (turn >= missing.size() || stop)
        return;
      size_t index = missing[turn];
      Result<CompiledKernel> kernel = compileSomewhere(*context, index);
      std::lock_guard lock(mutex);
      if (!kernel) {
        failure = names[index] + ": " + kernel.error().message;
        stop = true;
        return;
      }
      kernels[index] = std::move(*kernel);
      ++done;
      if (options.progress)
        options.progress(done, names.size());
    }
  }

  ArrayRef<std::string> names;
  const ModelCompilation &options;
  std::vector<std::string> texts;
  std::vector<Target> targets;
  std::vector<std::optional<Schedule>> schedules; ///< where one was found
  std::vector<CompiledKernel> kernels;
  /// Why the target cannot have a kernel; empty where it can.
  std::vector<std::string> refusals;
  std::vector<size_t> missing;
  size_t hits = 0, done = 0;
  std::atomic<size_t> next = 0;
  std::atomic<bool> stop = false;
  std::mutex mutex;
  std::string failure;
};
} // namespace

Result<CompiledKernels> tenon::compileKernels(ModuleOp module,
                                              ArrayRef<std::string> names,
                                              const ModelCompilation &options,
                                              const llvm::StringSet<> &exact) {
  return KernelCompiler(module, names, options, exact).run();
}

Result<CompiledProgram> tenon::compileModel(ModuleOp module, StringRef function,
                                            const ModelCompilation &options) {
  Result<Program> program =
      planProgram(module, function, options.target.device, options.memoryLimit);
  if (!program)
    return program.error();
  // What is made of weights once is not rounded before its time.
  llvm::StringSet<> exact;
  for (const Launch &launch : program->prepare.launches)
    if (launch.kernel != Launch::copy)
      exact.insert(program->kernels[launch.kernel]);
  Result<CompiledKernels> kernels =
      compileKernels(module, program->kernels, options, exact);
  if (!kernels)
    return kernels.error();
  if (Status status = setExtents(*program, kernels->shapes); !status)
    return status.error();
  return CompiledProgram{std::move(*program), std::move(*kernels)};
}
