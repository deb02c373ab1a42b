//===- Calls.h - What each call of tenon-run is given ---------------------===//

#ifndef TENON_TOOLS_TENON_RUN_CALLS_H
#define TENON_TOOLS_TENON_RUN_CALLS_H

#include "tenon/Tenon.h"

namespace tenon {

/// The tensor of that name, or null.
const Tensor *findTensor(std::span<const NamedTensor> tensors,
                         const std::string &name);

/// Adds to the inputs of a call the caches of the calls before; `caches` are
/// then those for the next. A cache that the call brings itself takes the place
/// of an earlier one. At the first call caches of zeros are made, if their
/// sizes follow from `dims` or from what is given.
Status passCaches(const Model &model,
                  const std::map<std::string, int64_t> &dims,
                  std::vector<NamedTensor> &inputs,
                  std::vector<NamedTensor> &caches);

} // namespace tenon

#endif // TENON_TOOLS_TENON_RUN_CALLS_H
