//===- Report.cpp - What tenon-run measures and prints --------------------===//

#include "Report.h"

#include "Calls.h"

#include "tenon/Runtime/Comparison.h"
#include "tenon/Runtime/PeakMemory.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <chrono>

using namespace tenon;

Result<std::vector<NamedTensor>>
tenon::fillWithRandom(const Model &model, std::vector<NamedTensor> inputs,
                      uint64_t seed,
                      const std::map<std::string, int64_t> &dims) {
  for (const PortInfo &port : model.inputs()) {
    if (findTensor(inputs, port.name) || port.optional)
      continue;
    std::vector<int64_t> shape = port.shape;
    for (size_t axis = 0; axis < shape.size(); ++axis) {
      if (shape[axis] >= 0)
        continue;
      std::string symbol = port.symbols[axis].empty()
                               ? port.name + "." + std::to_string(axis)
                               : port.symbols[axis];
      auto size = dims.find(symbol);
      if (size == dims.end())
        return Error{"input '" + port.name + "' has a free size: give --dim " +
                     symbol + "=N"};
      shape[axis] = size->second;
    }
    inputs.push_back(
        {port.name, randomTensor(port.type, std::move(shape), seed++)});
  }
  return inputs;
}

Result<bool> tenon::reportComparison(std::span<const NamedTensor> outputs,
                                     std::span<const NamedTensor> expected,
                                     double rtol, double atol) {
  bool agrees = true;
  for (const NamedTensor &want : expected) {
    bool unnamed =
        want.name.empty() && expected.size() == 1 && outputs.size() == 1;
    const std::string &name = unnamed ? outputs.front().name : want.name;
    const Tensor *got = findTensor(outputs, name);
    if (!got)
      return Error{"there is no output '" + want.name + "' to compare with"};
    Comparison comparison = compare(*got, want.tensor, rtol, atol);
    llvm::outs() << name << ": " << (comparison.agrees ? "agrees" : "DIFFERS")
                 << ": " << comparison.describe(*got) << "\n";
    agrees &= comparison.agrees;
  }
  return agrees;
}

Result<std::string> tenon::measure(const Model &model,
                                   std::span<const NamedTensor> inputs,
                                   unsigned times) {
  // Those of a file may lie at any address.
  std::vector<NamedTensor> aligned;
  for (const NamedTensor &input : inputs) {
    Result<Tensor> copy = input.tensor.clone();
    if (!copy)
      return Error{"input '" + input.name + "': " + copy.error().message};
    aligned.push_back({input.name, std::move(*copy)});
  }
  Result<Call> call = model.bind(aligned);
  if (!call)
    return call.error();
  std::vector<double> milliseconds;
  for (unsigned turn = 0; turn < times; ++turn) {
    auto start = std::chrono::steady_clock::now();
    if (Status status = call->run(); !status)
      return status.error();
    milliseconds.push_back(std::chrono::duration<double, std::milli>(
                               std::chrono::steady_clock::now() - start)
                               .count());
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  CompileStatistics statistics = model.statistics();
  std::string line;
  llvm::raw_string_ostream(line) << llvm::format(
      R"({"median_ms":%.4f,"min_ms":%.4f,"compile_ms":%.1f,"load_ms":%.1f,"peak_bytes":%llu,"weight_bytes":%llu,"arena_bytes":%llu,"live_bytes":%llu,"threads":%u})",
      milliseconds[milliseconds.size() / 2], milliseconds.front(),
      statistics.importMs + statistics.compileMs, statistics.loadMs,
      peakResidentBytes(), statistics.weightBytes, statistics.arenaBytes,
      statistics.liveBytes, model.threads());
  return line;
}

void tenon::printWeightErrors(std::span<const WeightError> errors) {
  WeightError most;
  auto print = [](const WeightError &error) {
    llvm::outs() << llvm::format("%s: root mean square %.3g, largest %.3g\n",
                                 error.weight.c_str(), error.meanSquare,
                                 error.largest);
  };
  for (const WeightError &error : errors) {
    print(error);
    most.meanSquare = std::max(most.meanSquare, error.meanSquare);
    most.largest = std::max(most.largest, error.largest);
  }
  most.weight = "most of " + std::to_string(errors.size()) + " weights";
  print(most);
}

void tenon::printMergeLosses(std::span<const MergeLoss> losses) {
  MergeLoss most;
  auto print = [](const MergeLoss &loss) {
    llvm::outs() << llvm::format(
        "%s: rounding is %.3g of the change, which leaves %.3g of the elements "
        "as they were\n",
        loss.weight.c_str(), loss.meanSquare, loss.gone);
  };
  for (const MergeLoss &loss : losses) {
    print(loss);
    most.meanSquare = std::max(most.meanSquare, loss.meanSquare);
    most.gone = std::max(most.gone, loss.gone);
  }
  most.weight = "most of " + std::to_string(losses.size()) + " weights";
  print(most);
}

void tenon::printSummary(std::span<const NamedTensor> outputs) {
  for (const auto &[name, tensor] : outputs) {
    llvm::outs() << name << ": " << llvm::StringRef(tenon::name(tensor.type()))
                 << "[" << shapeString(tensor.shape()) << "]";
    for (int64_t index = 0; index < std::min<int64_t>(8, tensor.elements());
         ++index)
      llvm::outs() << " "
                   << llvm::format("%.6g", elementAsDouble(tensor, index));
    llvm::outs() << (tensor.elements() > 8 ? " ...\n" : "\n");
  }
}
