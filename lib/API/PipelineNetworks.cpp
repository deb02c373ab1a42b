//===- PipelineNetworks.cpp - The networks of a diffusion pipeline --------===//

#include "PipelineNetworks.h"

#include "Clock.h"
#include "Latents.h"

#include <algorithm>

namespace tenon {

Result<Network> PipelineNetworks::get(const std::filesystem::path &component,
                                      const CompileOptions &options,
                                      double &ms) {
  std::string key = component.string() + " " + options.part + " " +
                    options.rewrites.denoisingStage;
  for (const auto &[name, size] : options.dims)
    key += " " + name + "=" + std::to_string(size);
  if (auto known = networks.find(key); known != networks.end())
    return known->second;
  auto start = Clock::now();
  Result<Network> network = Specialization::create(component, options, {},
                                                   threads, shared[component]);
  ms += millisecondsSince(start);
  if (!network)
    return network;
  shared[component].add(*network);
  networks[key] = *network;
  return network;
}

Result<std::vector<NamedTensor>> runNetwork(const Network &network,
                                            std::span<const NamedTensor> inputs,
                                            double &ms) {
  auto start = Clock::now();
  Result<std::vector<Tensor>> outputs = network->run(inputs, nullptr);
  ms += millisecondsSince(start);
  if (!outputs)
    return outputs.error();
  std::vector<NamedTensor> named;
  for (size_t i = 0; i < outputs->size(); ++i)
    named.push_back({network->program().outputs[i].name, (*outputs)[i]});
  return named;
}

Status addInput(std::vector<NamedTensor> &inputs, const Network &network,
                const std::string &name, std::vector<int64_t> shape,
                std::span<const float> values) {
  const std::vector<TensorSpec> &specs = network->program().inputs;
  auto spec = std::ranges::find(specs, name, &TensorSpec::name);
  if (spec == specs.end())
    return success();
  Result<Tensor> tensor = toType(spec->type, std::move(shape), values);
  if (!tensor)
    return tensor.error();
  inputs.push_back({name, std::move(*tensor)});
  return success();
}

} // namespace tenon
