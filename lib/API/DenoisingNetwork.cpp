//===- DenoisingNetwork.cpp - A network that each step of a loop asks -----===//

#include "DenoisingNetwork.h"

namespace fs = std::filesystem;

namespace tenon {

static Status addInputs(std::vector<NamedTensor> &inputs,
                        const Network &network,
                        std::span<const NetworkInput> given) {
  for (const auto &[name, shape, values] : given)
    if (Status status = addInput(inputs, network, name, shape, values);
        !status.ok())
      return status;
  return success();
}

Result<DenoisingNetwork> DenoisingNetwork::begin(
    const fs::path &component, const CompileOptions &options,
    std::span<const NetworkInput> given, const diffusion::Schedule &schedule,
    PipelineNetworks &networks, DiffusionStatistics &took) {
  auto stage = [&](const char *name) {
    CompileOptions own = options;
    own.rewrites.denoisingStage = name;
    return networks.get(component, own, took.compileMs);
  };
  Result<Network> begin = stage("begin"), time = stage("time"),
                  step = stage("step");
  for (const Result<Network> *network : {&begin, &time, &step})
    if (!*network)
      return network->error();
  std::vector<NamedTensor> ofBegin, ofTime;
  if (Status status = addInputs(ofBegin, *begin, given); !status.ok())
    return status.error();
  if (Status status = addInputs(ofTime, *time, given); !status.ok())
    return status.error();
  auto once = runNetwork(*begin, ofBegin, took.beginMs);
  // Of other sizes than the pipeline's, maybe.
  if (!once)
    return Error{component.string() + ": " + once.error().message};
  DenoisingNetwork network;
  network.component = component;
  network.step = std::move(*step);
  network.once = std::move(*once);
  ofTime.insert(ofTime.end(), network.once.begin(), network.once.end());
  int64_t batch = options.dims.at("batch");
  for (const diffusion::Step &each : schedule.steps) {
    std::vector<NamedTensor> inputs = ofTime;
    std::vector<float> times(batch, static_cast<float>(each.timestep));
    if (Status status = addInput(inputs, *time, "timestep", {batch}, times);
        !status.ok())
      return status.error();
    auto values = runNetwork(*time, inputs, took.beginMs);
    if (!values)
      return values.error();
    network.ofTime.push_back(std::move(*values));
  }
  return network;
}

Result<std::vector<NamedTensor>>
DenoisingNetwork::run(size_t number, std::span<const NetworkInput> given,
                      std::span<const NamedTensor> more,
                      DiffusionStatistics &took) const {
  std::vector<NamedTensor> inputs = once;
  inputs.insert(inputs.end(), ofTime[number].begin(), ofTime[number].end());
  inputs.insert(inputs.end(), more.begin(), more.end());
  if (Status status = addInputs(inputs, step, given); !status.ok())
    return status.error();
  auto outputs = runNetwork(step, inputs, took.stepsMs);
  if (!outputs)
    return Error{component.string() + ": " + outputs.error().message};
  return outputs;
}

} // namespace tenon
