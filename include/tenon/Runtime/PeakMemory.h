//===- PeakMemory.h - The most memory that a process held -----------------===//

#ifndef TENON_RUNTIME_PEAKMEMORY_H
#define TENON_RUNTIME_PEAKMEMORY_H

#include <cstdint>

namespace tenon {

/// The most bytes of memory that this program had resident at once, code and
/// mapped files included; 0 where the system does not say.
uint64_t peakResidentBytes();

} // namespace tenon

#endif // TENON_RUNTIME_PEAKMEMORY_H
