//===- CompiledModel.h - Run what was compiled ahead of time --------------===//
//
//   #include <tenon/CompiledModel.h>
//   auto model = tenon::CompiledModel::open("model.so");
//   auto out = model->run({{"input_ids", ids}});
//
// or, with an object file that `tenon-compile --emit obj` wrote and the program
// was linked with,
//
//   extern "C" const tenon::CompiledObject tenon_model;
//   auto model = tenon::CompiledModel::open(tenon_model, {.weights =
//   "model.weights"});
//
// libTenonRuntime is all that this needs: no compiler is in it. Nothing throws;
// there is no global state.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_COMPILEDMODEL_H
#define TENON_COMPILEDMODEL_H

#include "tenon/Runtime/CompiledObject.h"
#include "tenon/Runtime/TensorSpec.h"

#include <filesystem>

namespace tenon {

struct LoadOptions {
  /// Threads that a run uses; 0: as many as affinity and the cgroup's quota
  /// allow.
  unsigned threads = 0;
  /// "cpu" or "cuda": which of the code that is there.
  std::string target = "cpu";
  /// The file of weights; empty: the library's name with ".weights" for ".so".
  std::filesystem::path weights;
};

/// A model compiled ahead of time, for one or more sets of exact shapes. Its
/// weights are mapped, and nothing has to be prepared. Copies share it; run()
/// may be called from several threads at once.
class TENON_API CompiledModel {
public:
  /// Of the processors that the code was made for, the last whose instructions
  /// this one has is taken; an Error says what it lacks where there is none.
  static Result<CompiledModel> open(const std::filesystem::path &library,
                                    const LoadOptions &options = {});
  /// The object must stay where it is.
  static Result<CompiledModel> open(const CompiledObject &object,
                                    const LoadOptions &options);

  /// How many sets of shapes there are, and the inputs and outputs of each.
  size_t variants() const;
  std::span<const TensorSpec> inputs(size_t variant = 0) const;
  std::span<const TensorSpec> outputs(size_t variant = 0) const;
  /// The processor whose code runs, as the compiler was told it.
  const std::string &processor() const;

  /// Inputs by name, in any order, of the shapes of a variant; outputs in its
  /// order. Errors name the input concerned.
  Result<std::vector<Tensor>> run(std::span<const NamedTensor> inputs) const;
  Result<std::vector<Tensor>>
  run(std::initializer_list<NamedTensor> inputs) const {
    return run(std::span<const NamedTensor>(inputs.begin(), inputs.size()));
  }

  /// A call with its memory, as Model::bind makes one: run() reads the inputs
  /// as they are then, overwrites the outputs and allocates nothing. It keeps
  /// the model alive. For one thread at a time.
  class TENON_API Call {
  public:
    Status run();
    std::span<const Tensor> outputs() const;

  private:
    friend class CompiledModel;
    struct State;
    std::shared_ptr<State> state;
  };
  /// The call shares the inputs' memory, which must be aligned to the elements;
  /// booleans in it must be 0 or 1 in each run.
  Result<Call> bind(std::span<const NamedTensor> inputs) const;

private:
  struct State;
  std::shared_ptr<State> state;
};

} // namespace tenon

#endif // TENON_COMPILEDMODEL_H
