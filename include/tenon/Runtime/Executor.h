//===- Executor.h - Runs a program ----------------------------------------===//

#ifndef TENON_RUNTIME_EXECUTOR_H
#define TENON_RUNTIME_EXECUTOR_H

#include "tenon/Runtime/Device.h"
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
  /// step does not read. A device with memory of its own gets copies of the
  /// weights.
  /// A buffer that one of `others` has prepared alike is shared, and of
  /// `prepare` runs what the rest needs: kernels of one name must be the same
  /// code in all of them.
  /// With `keepsFiles` what was read of the weights' files stays mapped, for
  /// the next executor that has this one among its others.
  static Result<std::unique_ptr<Executor>>
  create(Program program, std::shared_ptr<Device> device,
         const std::filesystem::path &weightFolder,
         std::span<const Executor *const> others = {}, bool keepsFiles = false);
  ~Executor();

  /// Inputs in the program's order, of exactly the program's types and shapes
  /// (else an Error naming the input). Outputs are new tensors.
  Result<std::vector<Tensor>> run(std::span<const Tensor> inputs,
                                  Profiler *profiler = nullptr);

  /// A run with its memory: what it reads, writes and works in stays the same
  /// from one time to the next, so that running allocates nothing. For one
  /// thread at a time; the executor must outlive it.
  class Call {
  public:
    Call(Call &&) noexcept;
    Call &operator=(Call &&) noexcept;
    ~Call();
    /// Reads the inputs as they are now and overwrites the outputs.
    Status run(Profiler *profiler = nullptr);
    std::span<const Tensor> outputs() const;

  private:
    friend class Executor;
    struct State;
    explicit Call(std::unique_ptr<State> state);
    std::unique_ptr<State> state;
  };
  /// As run(), but for later. The inputs share their memory with `inputs`: it
  /// must be aligned to the elements, booleans in it must be 0 or 1 whenever
  /// the call runs.
  /// With `kept` the inputs that runs update stay on the device (KeptTensors).
  Result<Call> bind(std::span<const Tensor> inputs,
                    KeptTensors *kept = nullptr);

  const Program &program() const;
  /// What `prepare` has put into a buffer. For a device that uses the process's
  /// memory.
  std::span<const std::byte> prepared(uint32_t buffer) const;
  /// Bytes that stay allocated: prepared weights (but for those that others
  /// prepared) and the pooled arenas.
  uint64_t residentBytes() const;

  struct State;

private:
  Executor();
  std::unique_ptr<State> state;
};

} // namespace tenon

#endif // TENON_RUNTIME_EXECUTOR_H
