//===- Specialization.h - A model compiled for exact shapes ---------------===//

#ifndef TENON_LIB_API_SPECIALIZATION_H
#define TENON_LIB_API_SPECIALIZATION_H

#include "ModuleKey.h"

#include "tenon/Import/Import.h"
#include "tenon/Pipelines/CompileModel.h"
#include "tenon/Runtime/Executor.h"
#include "tenon/Tenon.h"

namespace tenon {

/// Whether the options' numbers are such as there are.
Status checkOptions(const CompileOptions &options);

/// What kernels are to be compiled for.
Result<Target> targetOf(const CompileOptions &options);

/// What of these options the importers want.
ImportOptions importOptions(const CompileOptions &options);

/// Lets a model be imported for these inputs' shapes and, where they decide
/// shapes, their values.
void useInputs(std::span<const NamedTensor> inputs, ImportOptions &import);
/// Notes in the program which values it was made for.
void keepValues(const ImportedModel &model, std::span<const NamedTensor> inputs,
                Program &program);

/// How the options let kernels be compiled for the target.
ModelCompilation compilationFor(const CompileOptions &options,
                                const Target &target, unsigned threads);

/// Where a model's weights lie that its program names by relative paths.
std::filesystem::path weightFolder(const std::filesystem::path &model);

/// What compiling a module gave.
struct CompiledModule {
  ModuleKey key;
  Program program;
  std::shared_ptr<Device> device; ///< with the kernels' code
  size_t kernelCount, cacheHits;
};

/// What models of the same file and options but for adapters may share.
class Specialization;
struct Shareable {
  /// Their prepared weights are shared.
  std::vector<std::shared_ptr<Specialization>> specializations;
  /// Code of modules that differ in nothing but weights and parameters is; the
  /// newest come last.
  std::vector<std::shared_ptr<const CompiledModule>> modules;

  void add(std::shared_ptr<Specialization> fresh);
};

/// Null where none has the name.
const Tensor *findTensor(std::span<const NamedTensor> tensors,
                         std::string_view name);

/// A model compiled for the shapes of some inputs and, where they decide
/// shapes, their values.
class Specialization {
public:
  static Result<std::shared_ptr<Specialization>>
  create(const std::filesystem::path &model, const CompileOptions &options,
         std::span<const NamedTensor> inputs, unsigned threads,
         const Shareable &others);

  /// One that was compiled ahead of time, and what loading it took.
  static std::shared_ptr<Specialization> of(std::unique_ptr<Executor> executor,
                                            double loadMs);

  /// The same model compiled for the same inputs with other options.
  Result<std::shared_ptr<Specialization>>
  with(const std::filesystem::path &model, const CompileOptions &options,
       unsigned threads, const Shareable &others) const;

  /// Whether these inputs have the shapes, types and values it was compiled
  /// for.
  bool fits(std::span<const NamedTensor> inputs) const;
  Result<std::vector<Tensor>> run(std::span<const NamedTensor> inputs,
                                  Profiler *profiler) const;
  /// As run(), for later; the specialization must outlive it.
  Result<Executor::Call> bind(std::span<const NamedTensor> inputs,
                              KeptTensors *kept) const;
  const Program &program() const { return executor->program(); }
  const CompileStatistics &statistics() const { return figures; }

private:
  friend struct Shareable;
  void adopt(std::unique_ptr<Executor> executor);

  std::shared_ptr<const CompiledModule> compiled; ///< null: ahead of time
  std::unique_ptr<Executor> executor;
  CompileStatistics figures;
};

} // namespace tenon

#endif // TENON_LIB_API_SPECIALIZATION_H
