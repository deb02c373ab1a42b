//===- PeakMemory.cpp - The most memory that a process held ---------------===//

#include "tenon/Runtime/PeakMemory.h"

#include <fstream>
#include <string>

uint64_t tenon::peakResidentBytes() {
  // Not getrusage: its figure starts with that of the process that forked this
  // one.
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:"))
      return std::stoull(line.substr(sizeof "VmHWM:" - 1)) * 1024;
  return 0;
}
