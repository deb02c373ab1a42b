//===- Threads.h - How many threads, and loops over them ------------------===//

#ifndef TENON_RUNTIME_THREADS_H
#define TENON_RUNTIME_THREADS_H

#include "tenon/Runtime/Program.h"

#include <filesystem>

namespace tenon {

/// The smaller of the processors this process may use (affinity), the cgroup's
/// CPU quota rounded up (v1 and v2) and, unless 0, `requested`; at least 1.
unsigned threadCount(unsigned requested);

/// The processors that the cgroup's CPU quota amounts to, rounded up; nothing
/// where none is set. Every group from this process's own up to the mounted
/// root counts. `root` is where /proc and /sys lie.
std::optional<unsigned> cgroupQuota(const std::filesystem::path &root);

/// Runs `extent` iterations of a kernel from `first` on over `threads` threads
/// in static, contiguous parts (OpenMP).
void parallelFor(KernelFunction kernel, void *const *buffers, int64_t first,
                 int64_t extent, unsigned threads);

} // namespace tenon

#endif // TENON_RUNTIME_THREADS_H
