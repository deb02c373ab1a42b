//===- Measures.cpp - What rounding weights costs -------------------------===//

#include "Measures.h"

#include "Specialization.h"

#include "tenon/Runtime/Threads.h"

using namespace tenon;

/// Two numbers of a weight.
struct Measure {
  std::string weight;
  float first, second;
};

static Result<std::vector<Measure>> measure(const std::filesystem::path &model,
                                            CompileOptions options,
                                            Measured what) {
  options.rewrites.measures = what;
  std::error_code failure;
  if (std::filesystem::is_directory(model, failure)) {
    // Weights do not depend on them.
    options.dims.try_emplace("batch", 1);
    options.dims.try_emplace("sequence", 1);
  }
  auto program = Specialization::create(model, options, {},
                                        threadCount(options.threads), {});
  if (!program)
    return program.error();
  Result<std::vector<Tensor>> outputs = (*program)->run({}, nullptr);
  if (!outputs)
    return outputs.error();
  std::vector<Measure> measures;
  for (size_t i = 0; i < outputs->size(); ++i) {
    std::span<const float> numbers = (*outputs)[i].as<float>();
    measures.push_back(
        {(*program)->program().outputs[i].name, numbers[0], numbers[1]});
  }
  return measures;
}

Result<std::vector<WeightError>>
tenon::measureQuantization(const std::filesystem::path &model,
                           const CompileOptions &options) {
  if (options.rewrites.quantization.bits == 0)
    return Error{model.string() + ": no bits are given to measure"};
  auto measures = measure(model, options, Measured::Quantization);
  if (!measures)
    return measures.error();
  std::vector<WeightError> errors;
  for (Measure &each : *measures)
    errors.push_back({std::move(each.weight), each.first, each.second});
  return errors;
}

Result<std::vector<MergeLoss>>
tenon::measureMerging(const std::filesystem::path &model,
                      const CompileOptions &options) {
  if (options.adapters.sources.empty())
    return Error{model.string() + ": no adapters are given to measure"};
  CompileOptions merging = options;
  merging.adapters.form = AdapterForm::Merged;
  merging.adapters.beside.clear();
  auto measures = measure(model, std::move(merging), Measured::Merging);
  if (!measures)
    return measures.error();
  std::vector<MergeLoss> losses;
  for (Measure &each : *measures)
    losses.push_back({std::move(each.weight), each.first, each.second});
  return losses;
}

Status tenon::findKept(const std::filesystem::path &path,
                       CompileOptions &options) {
  AdapterOptions &adapters = options.adapters;
  if (adapters.lossLimit <= 0 || adapters.form == AdapterForm::Beside ||
      adapters.form == AdapterForm::ByRow || adapters.sources.empty())
    return success();
  adapters.beside.clear();
  Result<std::vector<MergeLoss>> losses = measureMerging(path, options);
  if (!losses)
    return losses.error();
  for (const MergeLoss &loss : *losses)
    if (loss.meanSquare > adapters.lossLimit)
      adapters.beside.insert(loss.weight);
  return success();
}
