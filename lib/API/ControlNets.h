//===- ControlNets.h - What ControlNets add in a step ---------------------===//

#ifndef TENON_LIB_API_CONTROLNETS_H
#define TENON_LIB_API_CONTROLNETS_H

#include "DenoisingNetwork.h"

namespace tenon {

/// The ControlNets of a loop, in order. Each adds to what those before it gave.
class ControlNets {
public:
  /// One for each folder and each of the options' `controls`. `batch` is the
  /// UNet's; the batch of `prompt` is the one that the ControlNets have.
  static Result<ControlNets>
  begin(std::span<const std::filesystem::path> folders,
        const CompileOptions &compile, const DiffusionOptions &options,
        std::span<const NetworkInput> prompt, int64_t batch,
        const diffusion::Schedule &schedule, PipelineNetworks &networks,
        DiffusionStatistics &took);

  /// What they add to the UNet in step `number`, which is asked about `sample`,
  /// [batch, ...]: nothing where there are none, zeros where none is asked.
  Result<std::vector<NamedTensor>> ask(size_t number,
                                       const NetworkInput &sample,
                                       DiffusionStatistics &took) const;

private:
  struct Net {
    DenoisingNetwork network;
    NetworkInput scales;       ///< for each residual
    std::vector<bool> isAsked; ///< by step
  };

  std::vector<Net> nets;
  int64_t netBatch = 0, batch = 0;
};

} // namespace tenon

#endif // TENON_LIB_API_CONTROLNETS_H
