//===- CompiledModel.cpp - Run what was compiled ahead of time ------------===//

#include "tenon/CompiledModel.h"

#include "tenon/Runtime/LoadObject.h"

using namespace tenon;

struct CompiledModel::State {
  LoadedObject loaded;

  Result<Executor *> find(std::span<const NamedTensor> inputs) const;
};

struct CompiledModel::Call::State {
  std::shared_ptr<CompiledModel::State> model;
  Executor::Call call;
};

/// A model of one variant leaves it to the executor to say which input is
/// wrong.
Result<Executor *>
CompiledModel::State::find(std::span<const NamedTensor> inputs) const {
  for (const std::unique_ptr<Executor> &executor : loaded.executors)
    if (loaded.executors.size() == 1 ||
        acceptsInputs(executor->program().inputs, inputs))
      return executor.get();
  std::vector<std::span<const TensorSpec>> variants;
  for (const std::unique_ptr<Executor> &executor : loaded.executors)
    variants.push_back(executor->program().inputs);
  return Error{"the model was compiled for other inputs; there are:" +
               describeInputs(variants)};
}

Result<CompiledModel> CompiledModel::open(const std::filesystem::path &library,
                                          const LoadOptions &options) {
  Result<LoadedObject> loaded = loadLibrary(library, options);
  if (!loaded)
    return loaded.error();
  CompiledModel model;
  model.state = std::make_shared<State>(std::move(*loaded));
  return model;
}

Result<CompiledModel> CompiledModel::open(const CompiledObject &object,
                                          const LoadOptions &options) {
  Result<LoadedObject> loaded = loadObject(object, "the linked model", options);
  if (!loaded)
    return loaded.error();
  CompiledModel model;
  model.state = std::make_shared<State>(std::move(*loaded));
  return model;
}

size_t CompiledModel::variants() const {
  return state->loaded.executors.size();
}

std::span<const TensorSpec> CompiledModel::inputs(size_t variant) const {
  return state->loaded.executors[variant]->program().inputs;
}

std::span<const TensorSpec> CompiledModel::outputs(size_t variant) const {
  return state->loaded.executors[variant]->program().outputs;
}

const std::string &CompiledModel::processor() const {
  return state->loaded.processor;
}

Result<std::vector<Tensor>>
CompiledModel::run(std::span<const NamedTensor> inputs) const {
  Result<Executor *> executor = state->find(inputs);
  if (!executor)
    return executor.error();
  Result<std::vector<Tensor>> ordered = inOrder((*executor)->program(), inputs);
  if (!ordered)
    return ordered;
  return (*executor)->run(*ordered);
}

Status CompiledModel::Call::run() { return state->call.run(); }

std::span<const Tensor> CompiledModel::Call::outputs() const {
  return state->call.outputs();
}

Result<CompiledModel::Call>
CompiledModel::bind(std::span<const NamedTensor> inputs) const {
  Result<Executor *> executor = state->find(inputs);
  if (!executor)
    return executor.error();
  Result<std::vector<Tensor>> ordered = inOrder((*executor)->program(), inputs);
  if (!ordered)
    return ordered.error();
  Result<Executor::Call> bound = (*executor)->bind(*ordered);
  if (!bound)
    return bound.error();
  Call call;
  call.state = std::make_shared<Call::State>(state, std::move(*bound));
  return call;
}
