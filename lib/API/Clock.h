//===- Clock.h - How long something takes ---------------------------------===//

#ifndef TENON_LIB_API_CLOCK_H
#define TENON_LIB_API_CLOCK_H

#include <chrono>

namespace tenon {

using Clock = std::chrono::steady_clock;

inline double millisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start)
      .count();
}

} // namespace tenon

#endif // TENON_LIB_API_CLOCK_H
