//===- Profiler.h - Time per kernel ---------------------------------------===//

#ifndef TENON_RUNTIME_PROFILER_H
#define TENON_RUNTIME_PROFILER_H

#include "tenon/Runtime/Tensor.h"

#include <chrono>
#include <filesystem>

namespace tenon {

/// Collects spans; one per run() at a time. Written as Chrome's trace JSON
/// (chrome://tracing, Perfetto).
class Profiler {
public:
  using Clock = std::chrono::steady_clock;
  void record(std::string_view kernel, std::string_view label,
              Clock::time_point begin, Clock::time_point end);
  /// Writes a temporary, then renames it.
  Status writeChromeTrace(const std::filesystem::path &path) const;
  /// A table: kernel, calls, total ms, share.
  std::string summary() const;
  bool empty() const { return spans.empty(); }

private:
  struct Span {
    std::string kernel, label;
    Clock::time_point begin, end;
  };
  std::vector<Span> spans;
};

} // namespace tenon

#endif // TENON_RUNTIME_PROFILER_H
