//===- Calls.cpp - What each call of tenon-run is given -------------------===//

#include "Calls.h"

#include <algorithm>

using namespace tenon;

const Tensor *tenon::findTensor(std::span<const NamedTensor> tensors,
                                const std::string &name) {
  auto found = std::find_if(
      tensors.begin(), tensors.end(),
      [&](const NamedTensor &entry) { return entry.name == name; });
  return found == tensors.end() ? nullptr : &found->tensor;
}

/// The sizes of free dimensions, from `dims` or from what is given.
static std::map<std::string, int64_t>
sizesOf(const Model &model, std::span<const NamedTensor> given,
        const std::map<std::string, int64_t> &dims) {
  std::map<std::string, int64_t> sizes = dims;
  for (const PortInfo &port : model.inputs())
    if (const Tensor *tensor = findTensor(given, port.name);
        tensor && tensor->shape().size() == port.shape.size())
      for (size_t axis = 0; axis < port.shape.size(); ++axis)
        if (port.shape[axis] < 0 && !port.symbols[axis].empty())
          sizes.try_emplace(port.symbols[axis], tensor->shape()[axis]);
  return sizes;
}

Status tenon::passCaches(const Model &model,
                         const std::map<std::string, int64_t> &dims,
                         std::vector<NamedTensor> &inputs,
                         std::vector<NamedTensor> &caches) {
  if (caches.empty()) {
    Result<std::vector<NamedTensor>> zeros =
        model.createCaches(sizesOf(model, inputs, dims));
    if (!zeros)
      return zeros.error();
    caches = std::move(*zeros);
  }
  std::vector<NamedTensor> all;
  for (const NamedTensor &input : inputs) {
    bool isCache = std::any_of(model.inputs().begin(), model.inputs().end(),
                               [&](const PortInfo &port) {
                                 return port.updated && port.name == input.name;
                               });
    if (!isCache) {
      all.push_back(input);
      continue;
    }
    std::erase_if(caches, [&](const NamedTensor &cache) {
      return cache.name == input.name;
    });
    caches.push_back(input);
  }
  all.insert(all.end(), caches.begin(), caches.end());
  inputs = std::move(all);
  return success();
}
