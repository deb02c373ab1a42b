//===- Schedule.h - What the code of a kernel leaves open -------*- C++ -*-===//

#ifndef TENON_CODEGEN_SCHEDULE_H
#define TENON_CODEGEN_SCHEDULE_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenon {

struct Target;

/// Numbers on which the speed of a kernel for a CPU depends, and of its results
/// the order of sums at most.
struct Schedule {
  /// Tiles that parallel loops are cut into, about (tenon-tile-kernel).
  int64_t tiles = 32;
  /// Steps of a sum of products in a block, at most, and columns from which on
  /// rows are copied next to each other (tenon-lower-contraction).
  int64_t summedSteps = 512, columnsToCopy = 128;

  bool operator==(const Schedule &) const = default;
  /// "tiles=32 summed=512 copied=128", and back; nothing for other texts.
  std::string description() const;
  static std::optional<Schedule> parse(std::string_view text);
};

/// That of the cost model.
Schedule defaultSchedule(const Target &target);

/// Other values that are worth a measurement, number by number.
std::vector<Schedule> alternatives(const Schedule &schedule, unsigned number);
inline constexpr unsigned scheduleNumbers = 3;

} // namespace tenon

#endif // TENON_CODEGEN_SCHEDULE_H
