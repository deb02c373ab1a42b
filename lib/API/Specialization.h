//===- Specialization.h - A model compiled for exact shapes ---------------===//

#ifndef TENON_LIB_API_SPECIALIZATION_H
#define TENON_LIB_API_SPECIALIZATION_H

#include "tenon/Import/Import.h"
#include "tenon/Runtime/Executor.h"
#include "tenon/Tenon.h"

namespace tenon {

/// What of these options the importers want.
ImportOptions importOptions(const CompileOptions &options);

/// A model compiled for the shapes of some inputs and, where they decide
/// shapes, their values.
class Specialization {
public:
  /// Weights that one of `others`, of the same model, has prepared are shared.
  static Result<std::shared_ptr<Specialization>>
  create(const std::filesystem::path &model, const CompileOptions &options,
         std::span<const NamedTensor> inputs, unsigned threads,
         std::span<const std::shared_ptr<Specialization>> others);

  /// The same model compiled for the same inputs with other options.
  Result<std::shared_ptr<Specialization>>
  with(const std::filesystem::path &model, const CompileOptions &options,
       unsigned threads,
       std::span<const std::shared_ptr<Specialization>> others) const;

  /// Whether these inputs have the shapes, types and values it was compiled
  /// for.
  bool fits(std::span<const NamedTensor> inputs) const;
  Result<std::vector<Tensor>> run(std::span<const NamedTensor> inputs,
                                  Profiler *profiler) const;
  /// As run(), for later; the specialization must outlive it.
  Result<Executor::Call> bind(std::span<const NamedTensor> inputs) const;
  const Program &program() const { return executor->program(); }
  const CompileStatistics &statistics() const { return figures; }

private:
  /// The program's inputs in its order.
  Result<std::vector<Tensor>>
  inOrder(std::span<const NamedTensor> inputs) const;

  std::vector<TensorSpec> shapes; ///< of the inputs given
  std::vector<NamedTensor>
      values; ///< of the inputs that became part of the program
  std::unique_ptr<Executor> executor;
  CompileStatistics figures;
};

} // namespace tenon

#endif // TENON_LIB_API_SPECIALIZATION_H
