//===- run-compiled.cpp - Run what was compiled ahead of time -------------===//
//
// run-compiled LIBRARY [--inputs FILE].. [--expect FILE].. [--outputs FILE]
//              [--rtol R] [--atol A] [--threads N] [--random-inputs SEED]
//
// What tenon-run does with a compiled model, with nothing but the runtime, for
// machines that have no LLVM. Files hold one tensor after the other: a line
// "TYPE<tab>2x3<tab>NAME" (a scalar's shape is empty), then the bytes. run.py
// makes them.
//
//===----------------------------------------------------------------------===//

#include "tenon/CompiledModel.h"
#include "tenon/Runtime/Comparison.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

using namespace tenon;

namespace {
struct Options {
  std::string library, outputs;
  std::vector<std::string> inputs, expected;
  double relative = 1e-4, absolute = 1e-5;
  unsigned threads = 0;
  std::optional<uint64_t> seed;
};
} // namespace

static Result<Options> parse(int argc, char **argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    std::string name = argv[i];
    if (!name.starts_with("--")) {
      options.library = name;
      continue;
    }
    if (++i == argc)
      return Error{name + " needs a value"};
    std::string value = argv[i];
    if (name == "--inputs")
      options.inputs.push_back(value);
    else if (name == "--expect")
      options.expected.push_back(value);
    else if (name == "--outputs")
      options.outputs = value;
    else if (name == "--rtol")
      options.relative = std::strtod(value.c_str(), nullptr);
    else if (name == "--atol")
      options.absolute = std::strtod(value.c_str(), nullptr);
    else if (name == "--threads")
      options.threads = std::strtoul(value.c_str(), nullptr, 10);
    else if (name == "--random-inputs")
      options.seed = std::strtoull(value.c_str(), nullptr, 10);
    else
      return Error{"unknown option " + name};
  }
  if (options.library.empty())
    return Error{"no library is named"};
  return options;
}

static Result<std::vector<NamedTensor>> readTensors(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return Error{path + ": cannot be read"};
  std::vector<NamedTensor> tensors;
  for (std::string line; std::getline(file, line);) {
    std::stringstream fields(line);
    std::string type, sizes, name;
    std::getline(fields, type, '\t');
    std::getline(fields, sizes, '\t');
    std::getline(fields, name);
    std::vector<int64_t> shape;
    std::stringstream list(sizes);
    for (std::string size; std::getline(list, size, 'x');)
      shape.push_back(std::strtoll(size.c_str(), nullptr, 10));
    std::optional<DataType> known = dataTypeByName(type);
    if (!known)
      return Error{path + ": unknown type '" + type + "'"};
    Result<Tensor> tensor = Tensor::allocate(*known, shape);
    if (!tensor)
      return tensor.error();
    if (!file.read(static_cast<char *>(tensor->data()), tensor->bytes()))
      return Error{path + ": its end is missing"};
    tensors.push_back({name, std::move(*tensor)});
  }
  return tensors;
}

static Status writeTensors(const std::string &path,
                           std::span<const NamedTensor> tensors) {
  std::ofstream file(path, std::ios::binary);
  for (const NamedTensor &each : tensors) {
    file << name(each.tensor.type()) << '\t';
    for (size_t axis = 0; axis < each.tensor.shape().size(); ++axis)
      file << (axis ? "x" : "") << each.tensor.shape()[axis];
    file << '\t' << each.name << '\n';
    file.write(static_cast<const char *>(each.tensor.data()),
               each.tensor.bytes());
  }
  if (!file.flush())
    return Error{path + ": cannot be written"};
  return success();
}

/// Adds what is not given, as tenon-run does.
static void fillWithRandom(const CompiledModel &model,
                           std::vector<NamedTensor> &given, uint64_t seed) {
  for (const TensorSpec &spec : model.inputs())
    if (std::ranges::find(given, spec.name, &NamedTensor::name) == given.end())
      given.push_back({spec.name, randomTensor(spec.type, spec.shape, seed++)});
}

/// What a call is given: caches, which are zeros at first, pass from one to the
/// next.
static std::vector<NamedTensor> withCaches(const CompiledModel &model,
                                           std::vector<NamedTensor> given,
                                           std::vector<NamedTensor> &caches) {
  auto find = [](std::vector<NamedTensor> &tensors, const std::string &name) {
    return std::ranges::find(tensors, name, &NamedTensor::name);
  };
  for (const TensorSpec &spec : model.inputs()) {
    if (!spec.updated)
      continue;
    auto cache = find(caches, spec.name), own = find(given, spec.name);
    if (cache == caches.end())
      cache = caches.insert(
          cache, {spec.name, own == given.end() ? Tensor(spec.type, spec.shape)
                                                : own->tensor});
    else if (own != given.end())
      cache->tensor = own->tensor;
    if (own == given.end())
      given.push_back(*cache);
  }
  return given;
}

static Result<bool> agree(std::span<const NamedTensor> outputs,
                          std::span<const NamedTensor> expected,
                          const Options &options) {
  bool all = true;
  for (const NamedTensor &want : expected) {
    auto got = std::ranges::find(outputs, want.name, &NamedTensor::name);
    if (want.name.empty() && outputs.size() == 1)
      got = outputs.begin();
    if (got == outputs.end())
      return Error{"there is no output '" + want.name + "' to compare with"};
    Comparison comparison =
        compare(got->tensor, want.tensor, options.relative, options.absolute);
    std::cout << got->name << ": " << (comparison.agrees ? "agrees" : "DIFFERS")
              << ": " << comparison.describe(got->tensor) << "\n";
    all &= comparison.agrees;
  }
  return all;
}

/// The calls, one after the other; whether all that is expected came out.
static Result<bool> run(const Options &options) {
  LoadOptions load;
  load.threads = options.threads;
  Result<CompiledModel> model = CompiledModel::open(options.library, load);
  if (!model)
    return model.error();
  std::cout << "processor " << model->processor() << "\n";
  size_t calls = std::max<size_t>(options.inputs.size(), 1);
  std::vector<NamedTensor> caches;
  bool all = true;
  for (size_t number = 0; number < calls; ++number) {
    std::vector<NamedTensor> given;
    if (number < options.inputs.size()) {
      Result<std::vector<NamedTensor>> read =
          readTensors(options.inputs[number]);
      if (!read)
        return read.error();
      given = std::move(*read);
    }
    if (options.seed)
      fillWithRandom(*model, given, *options.seed);
    given = withCaches(*model, std::move(given), caches);
    Result<std::vector<Tensor>> results = model->run(given);
    if (!results)
      return results.error();
    std::vector<NamedTensor> outputs;
    for (size_t i = 0; i < results->size(); ++i)
      outputs.push_back({model->outputs()[i].name, (*results)[i]});
    bool isLast = number + 1 == calls;
    if (isLast && !options.outputs.empty())
      if (Status written = writeTensors(options.outputs, outputs); !written)
        return written.error();
    size_t first = calls - std::min(calls, options.expected.size());
    if (number < first || options.expected.empty())
      continue;
    Result<std::vector<NamedTensor>> expected =
        readTensors(options.expected[number - first]);
    if (!expected)
      return expected.error();
    Result<bool> agreed = agree(outputs, *expected, options);
    if (!agreed)
      return agreed;
    all &= *agreed;
  }
  return all;
}

int main(int argc, char **argv) {
  Result<Options> options = parse(argc, argv);
  Result<bool> agreed = options ? run(*options) : options.error();
  if (!agreed) {
    std::cerr << "error: " << agreed.error().message << "\n";
    return 2;
  }
  return *agreed ? 0 : 1;
}
