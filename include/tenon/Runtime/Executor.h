//===- Executor.h - Runs a program ----------------------------------------===//

#ifndef TENON_RUNTIME_EXECUTOR_H
#define TENON_RUNTIME_EXECUTOR_H

#include "tenon/Runtime/Profiler.h"
#include "tenon/Runtime/Program.h"
#include "tenon/Runtime/WeightStore.h"

namespace tenon {

/// A program with its kernels and weights, ready to run.
/// run() may be called from several threads at once: each call takes an arena
/// of its own from a pool.
class Executor {
public:
  /// Maps the weights, runs `prepare`, and gives back the pages of weights the
  /// step does not read. `kernels[i]` is the code of `program.kernels[i]`;
  /// `keepAlive` holds that code.
  /// Where one of `others` has prepared the same, its memory is shared and
  /// `prepare` not run: kernels of one name must be the same code in both.
  static Result<std::unique_ptr<Executor>>
  create(Program program, std::vector<KernelFunction> kernels,
         const std::filesystem::path &weightFolder, unsigned threads,
         std::shared_ptr<void> keepAlive,
         std::span<const Executor *const> others = {});
  ~Executor();

  /// Inputs in the program's order, of exactly the program's types and shapes
  /// (else an Error naming the input). Outputs are new tensors.
  Result<std::vector<Tensor>> run(std::span<const Tensor> inputs,
                                  Profiler *profiler = nullptr);

  const Program &program() const;
  /// Bytes that stay allocated: prepared weights (also those that it shares)
  /// and the pooled arenas.
  uint64_t residentBytes() const;

private:
  Executor();
  struct State;
  std::unique_ptr<State> state;
};

} // namespace tenon

#endif // TENON_RUNTIME_EXECUTOR_H
