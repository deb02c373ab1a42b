//===- RunInStrips.h - Less memory for a stage's launches -----------------===//
//
// A kernel can do a part of its loop, and a plan may know which bytes of its
// operands a part touches. So a large buffer need not exist as a whole: each
// launch that reads it runs strip by strip, and before each strip the part of
// the buffer that it reads is made, in a window that moves along. What two
// strips share is kept. The same code forms the same numbers in another order.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_CODEGEN_HOST_RUNINSTRIPS_H
#define TENON_CODEGEN_HOST_RUNINSTRIPS_H

#include "tenon/Codegen/Host/PlanMemory.h"
#include "tenon/Runtime/Program.h"

#include <functional>

namespace tenon {

/// All that step i touches of an operand lies in bytes [i stride + low,
/// i stride + high).
struct Footprint {
  int64_t stride = 0, low = 0, high = 0;
};

/// How the loop of a kernel is cut: into `steps` parts of `iterations` each.
struct KernelSteps {
  int64_t steps = 1, iterations = 1;
  /// By operand, then by result; nothing: any step may touch anything.
  std::vector<std::optional<Footprint>> footprints;
};

/// Launches whose arena references name buffers, by number, instead of
/// offsets.
struct UnplacedLaunches {
  std::vector<Launch> launches;
  std::vector<uint64_t> sizes; ///< of the buffers, in bytes

  /// Each buffer from the first launch that names it to the last.
  std::vector<Lifetime> lifetimes() const;
};

/// Launches that do the same as `whole` with at most `limit` bytes in use at
/// once, or with as few as are found. `steps` gives a kernel's steps by its
/// number, null where nothing is known of them. What several launches read is
/// made several times, but only where that is needed.
UnplacedLaunches
runInStrips(const UnplacedLaunches &whole, uint64_t limit,
            const std::function<const KernelSteps *(uint32_t)> &steps);

} // namespace tenon

#endif // TENON_CODEGEN_HOST_RUNINSTRIPS_H
