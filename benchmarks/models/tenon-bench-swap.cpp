//===- tenon-bench-swap.cpp - What swapping an adapter costs --------------===//
//
//   tenon-bench-swap MODEL ADAPTER RANK THREADS SWAPS
//
// Puts ADAPTER, of at most RANK, in its own place again and again, merged, with
// another scale each time: all weights that it changes are made anew. Between
// swaps as many bytes as they have are copied, by as many threads. Prints the
// times of both in ms and the ratio of their medians, a JSON object; whatever
// fails is {"error":..}. Sizes that are free are 1.
//
//===----------------------------------------------------------------------===//

#include "tenon/Tenon.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <functional>
#include <thread>

namespace json = llvm::json;
using namespace tenon;

static int refuse(const std::string &message) {
  llvm::outs() << json::Value(json::Object{{"error", message}}) << "\n";
  return 2;
}

static double millisecondsOf(const std::function<void()> &work) {
  auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now() - start)
      .count();
}

static double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// Copies `from` to `to`, each thread an equal part of it.
static void copy(std::span<const std::byte> from, std::byte *to,
                 unsigned threads) {
  std::vector<std::jthread> workers;
  for (unsigned i = 0; i < threads; ++i)
    workers.emplace_back([=] {
      size_t begin = from.size() / threads * i,
             end = i + 1 == threads ? from.size()
                                    : from.size() / threads * (i + 1);
      std::memcpy(to + begin, from.data() + begin, end - begin);
    });
}

int main(int argc, char **argv) {
  unsigned rank, threads, swaps;
  if (argc != 6 || !llvm::to_integer(argv[3], rank) ||
      !llvm::to_integer(argv[4], threads) ||
      !llvm::to_integer(argv[5], swaps) || threads == 0 || swaps == 0)
    return refuse("usage: tenon-bench-swap MODEL ADAPTER RANK THREADS SWAPS");
  CompileOptions options;
  options.threads = threads;
  options.adapters.rank = rank;
  options.adapters.form = AdapterForm::Merged;
  Result<Model> model = compile(argv[1], options);
  if (!model)
    return refuse(model.error().message);
  std::vector<NamedTensor> inputs;
  for (const PortInfo &port : model->inputs()) {
    std::vector<int64_t> shape = port.shape;
    std::ranges::replace_if(shape, [](int64_t size) { return size < 0; }, 1);
    if (!port.optional)
      inputs.push_back({port.name, Tensor(port.type, shape)});
  }
  if (Status status = model->prepare(inputs); !status)
    return refuse(status.error().message);

  std::vector<double> times, copies;
  std::vector<std::byte> from, to;
  // The first swaps compile, and ask for the memory that later ones use.
  for (unsigned i = 0; i < swaps + 2; ++i) {
    Status status = success();
    double time = millisecondsOf([&] {
      status = model->setAdapter("adapter", argv[2], 1 + 0.125 * (i + 1));
    });
    if (!status)
      return refuse(status.error().message);
    if (i < 2)
      continue;
    times.push_back(time);
    from.resize(model->statistics().residentBytes, std::byte{1});
    to.resize(from.size());
    copies.push_back(millisecondsOf([&] { copy(from, to.data(), threads); }));
  }
  llvm::outs() << json::Value(json::Object{
                      {"swap_ms", json::Array(times)},
                      {"copy_ms", json::Array(copies)},
                      {"changed_mb", static_cast<double>(from.size()) / 1e6},
                      {"ratio", median(times) / median(copies)}})
               << "\n";
  return 0;
}
