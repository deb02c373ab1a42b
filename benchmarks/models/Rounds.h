//===- Rounds.h - The times of a call that waits for its turn -------------===//

#ifndef TENON_BENCHMARKS_MODELS_ROUNDS_H
#define TENON_BENCHMARKS_MODELS_ROUNDS_H

#include "tenon/Runtime/Tensor.h"

#include <chrono>
#include <vector>

namespace tenon::benchmark {

template <typename Call> Result<double> millisecondsOf(Call &call) {
  auto start = std::chrono::steady_clock::now();
  if (Status status = call.run(); !status)
    return status.error();
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now() - start)
      .count();
}

/// The times in ms of as many runs as take `budgetMs` after an untimed one.
template <typename Call>
Result<std::vector<double>> timesFor(Call &call, double budgetMs) {
  // A run slower than this counts although it is the first.
  constexpr double slowMs = 2000;
  constexpr size_t mostRuns = 200;
  std::vector<double> times;
  double spent = 0;
  for (bool isFirst = true; spent < budgetMs && times.size() < mostRuns;
       isFirst = false) {
    Result<double> now = millisecondsOf(call);
    if (!now)
      return now.error();
    if (isFirst && *now <= slowMs)
      continue;
    times.push_back(*now);
    spent += *now;
  }
  return times;
}

} // namespace tenon::benchmark

#endif // TENON_BENCHMARKS_MODELS_ROUNDS_H
