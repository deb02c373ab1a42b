//===- PipelineNetworks.h - The networks of a diffusion pipeline ----------===//

#ifndef TENON_LIB_API_PIPELINENETWORKS_H
#define TENON_LIB_API_PIPELINENETWORKS_H

#include "Specialization.h"

namespace tenon {

using Network = std::shared_ptr<Specialization>;

/// Components compiled for the sizes at hand, each once.
class PipelineNetworks {
public:
  explicit PipelineNetworks(unsigned threads) : threads(threads) {}

  /// A component compiled with these options, whose `dims` say all sizes; what
  /// compiling takes is added to `ms`.
  Result<Network> get(const std::filesystem::path &component,
                      const CompileOptions &options, double &ms);

private:
  unsigned threads;
  std::map<std::string, Network> networks; ///< by what they were compiled for
  std::map<std::filesystem::path, Shareable> shared; ///< by component
};

/// The outputs of a network with their names; the time is added to `ms`.
Result<std::vector<NamedTensor>> runNetwork(const Network &network,
                                            std::span<const NamedTensor> inputs,
                                            double &ms);

/// Adds an input in the type that the network has it in, where it has it.
Status addInput(std::vector<NamedTensor> &inputs, const Network &network,
                const std::string &name, std::vector<int64_t> shape,
                std::span<const float> values);

} // namespace tenon

#endif // TENON_LIB_API_PIPELINENETWORKS_H
