//===- tenon-bench-compiled.cpp - Times of a model ahead of time ----------===//
//
//   tenon-bench-compiled MODEL.so INPUTS OUTPUTS THREADS
//
// The part of compiled.py that runs the model, with libTenonRuntime alone, so
// that its memory is what a program needs that embeds it. INPUTS has for each
// input a line with its name, one with its bytes' number, and the bytes; a
// first run's outputs are written to OUTPUTS one after the other. Then it
// prints {"load_s"} and answers as tenon-bench-model does.
//
//===----------------------------------------------------------------------===//

#include "Rounds.h"

#include "tenon/CompiledModel.h"
#include "tenon/Runtime/PeakMemory.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

using namespace tenon;

static int refuse(const std::string &message) {
  std::printf("{\"error\":\"%s\"}\n", message.c_str());
  return 2;
}

static Result<std::vector<NamedTensor>> readInputs(const char *path,
                                                   const CompiledModel &model) {
  std::ifstream file(path, std::ios::binary);
  std::vector<NamedTensor> inputs;
  for (std::string name, bytes;
       std::getline(file, name) && std::getline(file, bytes);) {
    auto count = std::strtoull(bytes.c_str(), nullptr, 10);
    auto specs = model.inputs();
    auto spec =
        std::find_if(specs.begin(), specs.end(),
                     [&](const TensorSpec &s) { return s.name == name; });
    if (spec == specs.end()) {
      file.ignore(static_cast<std::streamsize>(count));
      continue;
    }
    Result<Tensor> tensor = Tensor::allocate(spec->type, spec->shape);
    if (!tensor)
      return tensor.error();
    if (tensor->bytes() != count)
      return Error{"the input '" + name + "' has " + bytes + " bytes"};
    file.read(static_cast<char *>(tensor->data()),
              static_cast<std::streamsize>(count));
    inputs.push_back({name, std::move(*tensor)});
  }
  return inputs;
}

/// Answers requests until the last.
static Status answer(CompiledModel::Call &call) {
  for (std::string line; std::getline(std::cin, line);) {
    size_t colon = line.find(':');
    if (line.find("run_ms") == std::string::npos ||
        colon == std::string::npos) {
      std::printf("{\"peak_rss_mb\":%.1f}\n",
                  static_cast<double>(peakResidentBytes()) / (1 << 20));
      break;
    }
    auto times = benchmark::timesFor(
        call, std::strtod(line.c_str() + colon + 1, nullptr));
    if (!times)
      return times.error();
    std::printf("{\"ms\":[");
    for (const char *separator = ""; double time : *times) {
      std::printf("%s%.6f", separator, time);
      separator = ",";
    }
    std::printf("]}\n");
    std::fflush(stdout);
  }
  return success();
}

int main(int argc, char **argv) {
  if (argc != 5)
    return refuse("usage: MODEL.so INPUTS OUTPUTS THREADS");
  LoadOptions options;
  options.threads = static_cast<unsigned>(std::strtoul(argv[4], nullptr, 10));
  auto start = std::chrono::steady_clock::now();
  Result<CompiledModel> model = CompiledModel::open(argv[1], options);
  if (!model)
    return refuse(model.error().message);
  Result<std::vector<NamedTensor>> inputs = readInputs(argv[2], *model);
  if (!inputs)
    return refuse(inputs.error().message);
  Result<CompiledModel::Call> call = model->bind(*inputs);
  if (!call)
    return refuse(call.error().message);
  if (Status status = call->run(); !status)
    return refuse(status.error().message);
  double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  {
    std::ofstream file(argv[3], std::ios::binary);
    for (const Tensor &output : call->outputs())
      file.write(static_cast<const char *>(output.data()),
                 static_cast<std::streamsize>(output.bytes()));
  }
  std::printf("{\"load_s\":%.6f}\n", seconds);
  std::fflush(stdout);
  if (Status status = answer(*call); !status)
    return refuse(status.error().message);
  return 0;
}
