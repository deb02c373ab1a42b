//===- Report.h - What tenon-run measures and prints ----------------------===//

#ifndef TENON_TOOLS_TENON_RUN_REPORT_H
#define TENON_TOOLS_TENON_RUN_REPORT_H

#include "tenon/Tenon.h"

namespace tenon {

/// Adds a random tensor for each input that is not given; free sizes come from
/// `dims`.
Result<std::vector<NamedTensor>>
fillWithRandom(const Model &model, std::vector<NamedTensor> inputs,
               uint64_t seed, const std::map<std::string, int64_t> &dims);

/// Compares by name and prints a line for each output; whether all agree. An
/// expected tensor without an output of its name is an error; a file with one
/// unnamed tensor (.npy) goes with a single output.
Result<bool> reportComparison(std::span<const NamedTensor> outputs,
                              std::span<const NamedTensor> expected,
                              double rtol, double atol);

/// Runs `times` times; the JSON line of --bench.
Result<std::string> measure(const Model &model,
                            std::span<const NamedTensor> inputs,
                            unsigned times);

/// A line for each weight, then one for all of them: the largest numbers of
/// any.
void printWeightErrors(std::span<const WeightError> errors);

void printMergeLosses(std::span<const MergeLoss> losses);

/// Name, type, shape and first values of each output.
void printSummary(std::span<const NamedTensor> outputs);

} // namespace tenon

#endif // TENON_TOOLS_TENON_RUN_REPORT_H
