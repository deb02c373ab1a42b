//===- tenon-bench-model.cpp - A model's times, beside its peers ----------===//
//
//   tenon-bench-model MODEL inputs.npz outputs.npz THREADS
//
// One worker of a comparison that lets several programs take turns. It speaks
// JSON, an object a line: once compiled it prints {"ready":1, "load_s",
// "compile_s", "rel_err"}; it answers {"run_ms":T} with {"ms":[..]}, the times
// of as many runs as take T ms after an untimed one, and {"quit":1} with
// {"peak_rss_mb"}. Whatever fails is {"error":..}.
//
//===----------------------------------------------------------------------===//

#include "Rounds.h"

#include "tenon/Runtime/Comparison.h"
#include "tenon/Runtime/PeakMemory.h"
#include "tenon/Tenon.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>

namespace json = llvm::json;
using namespace tenon;

static void say(json::Object object) {
  llvm::outs() << json::Value(std::move(object)) << "\n";
  llvm::outs().flush();
}

static int refuse(const std::string &message) {
  say(json::Object{{"error", message}});
  return 2;
}

/// The largest error of all outputs, relative to the largest expected value of
/// the same output.
static double largestError(std::span<const Tensor> outputs,
                           std::span<const NamedTensor> expected) {
  double worst = 0;
  for (size_t i = 0; i < outputs.size() && i < expected.size(); ++i) {
    double difference = 0, scale = 0;
    const Tensor &want = expected[i].tensor;
    if (want.shape() != outputs[i].shape())
      return INFINITY;
    for (int64_t at = 0; at < want.elements(); ++at) {
      double value = elementAsDouble(want, at);
      difference = std::max(difference,
                            std::abs(value - elementAsDouble(outputs[i], at)));
      scale = std::max(scale, std::abs(value));
    }
    worst = std::max(worst, difference / (scale + 1e-30));
  }
  return worst;
}

int main(int argc, char **argv) {
  unsigned threads = 0;
  if (argc != 5 || !llvm::to_integer(argv[4], threads))
    return refuse("usage: MODEL inputs.npz outputs.npz THREADS");
  auto start = std::chrono::steady_clock::now();
  CompileOptions options;
  options.threads = threads;
  options.cacheDirectory.emplace(); // A cold cache: compile times count.
  auto given = loadTensors(argv[2]);
  auto expected = loadTensors(argv[3]);
  if (!given || !expected)
    return refuse((given ? expected : given).error().message);
  auto model = compile(argv[1], options);
  if (!model)
    return refuse(model.error().message);
  std::vector<NamedTensor> inputs;
  for (const NamedTensor &input : *given)
    if (llvm::any_of(model->inputs(), [&](const PortInfo &port) {
          return port.name == input.name;
        }))
      inputs.push_back({input.name, input.tensor.clone().value()});
  auto call = model->bind(inputs);
  if (!call)
    return refuse(call.error().message);
  if (Status status = call->run(); !status)
    return refuse(status.error().message);
  double ready =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  CompileStatistics statistics = model->statistics();
  double compileSeconds = (statistics.importMs + statistics.compileMs) / 1e3;
  say(json::Object{{"ready", 1},
                   {"load_s", ready - compileSeconds},
                   {"compile_s", compileSeconds},
                   {"rel_err", largestError(call->outputs(), *expected)}});

  for (std::string line; std::getline(std::cin, line);) {
    auto request = json::parse(line);
    if (!request)
      return refuse(llvm::toString(request.takeError()));
    const json::Object *fields = request->getAsObject();
    if (fields && fields->getNumber("run_ms")) {
      auto times = benchmark::timesFor(*call, *fields->getNumber("run_ms"));
      if (!times)
        return refuse(times.error().message);
      say(json::Object{{"ms", json::Array(*times)}});
      continue;
    }
    say(json::Object{
        {"peak_rss_mb", static_cast<int64_t>(peakResidentBytes() >> 20)}});
    break;
  }
  return 0;
}
