//===- WarpgroupOps.h - What four warps do together -----------------------===//

#ifndef TENON_LIB_EMULATOR_WARPGROUPOPS_H
#define TENON_LIB_EMULATOR_WARPGROUPOPS_H

#include <cstdint>

namespace tenon {

/// wgmma.mma_async.m64nNk16 with both factors in shared memory, swizzled in 128
/// bytes, the sum inner: `sums`, in f32, grow. The products are formed at once,
/// but what they read counts as read until they are waited for.
void multiplyShared(int32_t site, float *sums, int64_t a, int64_t b,
                    int32_t columns, int32_t isBf16);

} // namespace tenon

#endif // TENON_LIB_EMULATOR_WARPGROUPOPS_H
