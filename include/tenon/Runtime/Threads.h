//===- Threads.h - How many threads, and loops over them ------------------===//

#ifndef TENON_RUNTIME_THREADS_H
#define TENON_RUNTIME_THREADS_H

#include "tenon/Runtime/Program.h"

namespace tenon {

/// The smaller of the processors this process may use (affinity), the cgroup's CPU quota
/// rounded up (v1 and v2) and, unless 0, `requested`; at least 1.
unsigned threadCount(unsigned requested);

/// Runs [0, extent) of a kernel over `threads` threads in static, contiguous parts (OpenMP).
void parallelFor(KernelFunction kernel, void *const *buffers, int64_t extent, unsigned threads);

} // namespace tenon

#endif // TENON_RUNTIME_THREADS_H
