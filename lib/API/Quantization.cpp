//===- Quantization.cpp - What few bits cost ------------------------------===//

#include "Specialization.h"

#include "tenon/Runtime/Threads.h"

using namespace tenon;

Result<std::vector<WeightError>>
tenon::measureQuantization(const std::filesystem::path &model,
                           const CompileOptions &options) {
  CompileOptions measuring = options;
  measuring.rewrites.measuresQuantization = true;
  if (options.rewrites.quantization.bits == 0)
    return Error{model.string() + ": no bits are given to measure"};
  std::error_code failure;
  if (std::filesystem::is_directory(model, failure)) {
    // Weights do not depend on them.
    measuring.dims.try_emplace("batch", 1);
    measuring.dims.try_emplace("sequence", 1);
  }
  auto program = Specialization::create(model, measuring, {},
                                        threadCount(options.threads), {});
  if (!program)
    return program.error();
  Result<std::vector<Tensor>> outputs = (*program)->run({}, nullptr);
  if (!outputs)
    return outputs.error();
  std::vector<WeightError> errors;
  for (size_t i = 0; i < outputs->size(); ++i) {
    std::span<const float> numbers = (*outputs)[i].as<float>();
    errors.push_back(
        {(*program)->program().outputs[i].name, numbers[0], numbers[1]});
  }
  return errors;
}
