//===- ControlNets.cpp - What ControlNets add in a step -------------------===//

#include "ControlNets.h"

#include "Latents.h"

#include <cmath>
#include <cstring>

namespace fs = std::filesystem;

namespace tenon {

/// A factor for each residual. Guessing, what the way down hands over counts
/// the less the earlier it is: from a tenth in equal ratios to all of the
/// middle's.
static NetworkInput scalesOf(const Control &control, size_t residuals,
                             bool guesses) {
  NetworkInput scales{
      "conditioning_scale",
      {static_cast<int64_t>(residuals)},
      std::vector<float>(residuals, static_cast<float>(control.scale))};
  if (guesses)
    for (size_t i = 0; i + 1 < residuals; ++i) {
      double place =
          static_cast<double>(i) / static_cast<double>(residuals - 1);
      scales.values[i] =
          static_cast<float>(std::pow(10, place - 1) * control.scale);
    }
  return scales;
}

/// The image that a ControlNet looks at, once for each prompt.
static NetworkInput imageOf(const Control &control, int64_t batch) {
  const std::vector<int64_t> &shape = control.image.shape();
  NetworkInput image{
      "controlnet_cond", {batch, shape[0], shape[1], shape[2]}, {}};
  std::vector<float> once = toFloats(control.image);
  for (int64_t i = 0; i < batch; ++i)
    image.values.insert(image.values.end(), once.begin(), once.end());
  return image;
}

Result<ControlNets> ControlNets::begin(
    std::span<const fs::path> folders, const CompileOptions &compile,
    const DiffusionOptions &options, std::span<const NetworkInput> prompt,
    int64_t batch, const diffusion::Schedule &schedule,
    PipelineNetworks &networks, DiffusionStatistics &took) {
  ControlNets all;
  all.batch = batch;
  all.netBatch = prompt.front().shape.front();
  for (size_t i = 0; i < folders.size(); ++i) {
    const Control &control = options.controls[i];
    CompileOptions own = compile;
    own.adapters = {};
    own.part = i == 0 ? "" : "controlled";
    own.dims["batch"] = all.netBatch;
    own.dims["image_height"] = control.image.shape()[1];
    own.dims["image_width"] = control.image.shape()[2];
    std::vector<NetworkInput> given(prompt.begin(), prompt.end());
    given.push_back(imageOf(control, all.netBatch));
    auto network = DenoisingNetwork::begin(folders[i], own, given, schedule,
                                           networks, took);
    if (!network)
      return network.error();
    NetworkInput scales =
        scalesOf(control, network->outputs().size(), options.guessMode);
    Net net{std::move(*network), std::move(scales), {}};
    auto count = static_cast<double>(schedule.steps.size());
    for (size_t step = 0; step < schedule.steps.size(); ++step) {
      auto number = static_cast<double>(step);
      net.isAsked.push_back(number / count >= control.start &&
                            (number + 1) / count <= control.end);
    }
    all.nets.push_back(std::move(net));
  }
  return all;
}

/// With zeros for the first of `batch` images.
static Result<NamedTensor> behindZeros(const NamedTensor &residual,
                                       int64_t batch) {
  std::vector<int64_t> shape = residual.tensor.shape();
  shape.front() = batch;
  Result<Tensor> all = Tensor::allocate(residual.tensor.type(), shape);
  if (!all)
    return all.error();
  size_t own = residual.tensor.bytes();
  std::memcpy(static_cast<std::byte *>(all->data()) + (all->bytes() - own),
              residual.tensor.data(), own);
  return NamedTensor{residual.name, std::move(*all)};
}

Result<std::vector<NamedTensor>>
ControlNets::ask(size_t number, const NetworkInput &sample,
                 DiffusionStatistics &took) const {
  std::vector<NamedTensor> residuals;
  if (nets.empty())
    return residuals;
  NetworkInput own = sample;
  own.shape.front() = netBatch;
  own.values.resize(sample.values.size() / batch * netBatch);
  if (!nets.front().isAsked[number])
    for (const TensorSpec &spec : nets.front().network.outputs()) {
      Result<Tensor> none = Tensor::allocate(spec.type, spec.shape);
      if (!none)
        return none.error();
      residuals.push_back({spec.name, std::move(*none)});
    }
  for (const Net &net : nets) {
    if (!net.isAsked[number])
      continue;
    auto sums =
        net.network.run(number, std::vector{own, net.scales}, residuals, took);
    if (!sums)
      return sums;
    residuals = std::move(*sums);
  }
  if (netBatch < batch)
    for (NamedTensor &residual : residuals) {
      auto all = behindZeros(residual, batch);
      if (!all)
        return all.error();
      residual = std::move(*all);
    }
  return residuals;
}

} // namespace tenon
