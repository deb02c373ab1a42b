//===- Schedule.cpp - What the code of a kernel leaves open ---------------===//

#include "tenon/Codegen/Schedule.h"

#include "tenon/Codegen/Target.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <limits>

using namespace tenon;

namespace {
/// A number of a schedule, its name, and what it may be.
struct Knob {
  const char *name;
  int64_t Schedule::*number;
  llvm::ArrayRef<int64_t> values;
};
} // namespace

static constexpr int64_t tileCounts[] = {8, 16, 32, 64, 128};
static constexpr int64_t stepCounts[] = {128, 256, 512, 1024};
static constexpr int64_t columnCounts[] = {32, 128,
                                           std::numeric_limits<int64_t>::max()};

static const Knob knobs[scheduleNumbers] = {
    {"tiles", &Schedule::tiles, tileCounts},
    {"summed", &Schedule::summedSteps, stepCounts},
    {"copied", &Schedule::columnsToCopy, columnCounts},
};

Schedule tenon::defaultSchedule(const Target &target) {
  Schedule schedule;
  // The second cache is in time with a block's vectors, and sums are loaded and
  // stored the less often the longer blocks are: on a Zen 4, whose second cache
  // is 1 MB, 256, 512 and 1024 steps ran at 98, 102 and 112 GFLOP/s. Processors
  // without AVX-512 often have half of that cache.
  if (target.vectorBytes >= 64)
    schedule.summedSteps = 1024;
  return schedule;
}

std::string Schedule::description() const {
  std::string text;
  for (const Knob &knob : knobs)
    text += (text.empty() ? "" : " ") + std::string(knob.name) + "=" +
            std::to_string(this->*knob.number);
  return text;
}

std::optional<Schedule> Schedule::parse(std::string_view text) {
  Schedule schedule;
  llvm::StringRef rest(text);
  for (const Knob &knob : knobs) {
    llvm::StringRef item;
    std::tie(item, rest) = rest.split(' ');
    auto [name, value] = item.split('=');
    if (name != knob.name || value.getAsInteger(10, schedule.*knob.number) ||
        schedule.*knob.number <= 0)
      return std::nullopt;
  }
  return rest.empty() ? std::optional(schedule) : std::nullopt;
}

std::vector<Schedule> tenon::alternatives(const Schedule &schedule,
                                          unsigned number) {
  std::vector<Schedule> others;
  const Knob &knob = knobs[number];
  for (int64_t value : knob.values)
    if (value != schedule.*knob.number) {
      others.push_back(schedule);
      others.back().*knob.number = value;
    }
  return others;
}
