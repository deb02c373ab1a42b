//===- Calls.h - What each call of tenon-run is given ---------------------===//

#ifndef TENON_TOOLS_TENON_RUN_CALLS_H
#define TENON_TOOLS_TENON_RUN_CALLS_H

#include "tenon/Tenon.h"

namespace tenon {

/// Zeros for the caches of `model` that `given` lacks and whose sizes follow
/// from `dims` or from what is given. Where a size does not, there are none.
Result<std::vector<NamedTensor>>
createCaches(const Model &model, std::span<const NamedTensor> given,
             const std::map<std::string, int64_t> &dims);

} // namespace tenon

#endif // TENON_TOOLS_TENON_RUN_CALLS_H
