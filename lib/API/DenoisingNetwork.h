//===- DenoisingNetwork.h - A network that each step of a loop asks -------===//

#ifndef TENON_LIB_API_DENOISINGNETWORK_H
#define TENON_LIB_API_DENOISINGNETWORK_H

#include "PipelineNetworks.h"

#include "tenon/Diffusion/Schedule.h"
#include "tenon/DiffusionPipeline.h"

namespace tenon {

/// A tensor for a network that takes it, in f32 or a type of its own.
struct NetworkInput {
  std::string name;
  std::vector<int64_t> shape;
  std::vector<float> values;
};

/// A UNet or a ControlNet in its three stages (docs/diffusion.md).
class DenoisingNetwork {
public:
  /// Compiles all stages for the sizes that the options' `dims` say, and runs
  /// those that come before the loop. What is given and not taken is left out.
  static Result<DenoisingNetwork> begin(const std::filesystem::path &component,
                                        const CompileOptions &options,
                                        std::span<const NetworkInput> given,
                                        const diffusion::Schedule &schedule,
                                        PipelineNetworks &networks,
                                        DiffusionStatistics &took);

  /// What step `number` of the schedule gives.
  Result<std::vector<NamedTensor>> run(size_t number,
                                       std::span<const NetworkInput> given,
                                       std::span<const NamedTensor> more,
                                       DiffusionStatistics &took) const;

  /// Of a step.
  const std::vector<TensorSpec> &outputs() const {
    return step->program().outputs;
  }

private:
  std::filesystem::path component;
  Network step;
  std::vector<NamedTensor> once;
  std::vector<std::vector<NamedTensor>> ofTime; ///< by step
};

} // namespace tenon

#endif // TENON_LIB_API_DENOISINGNETWORK_H
