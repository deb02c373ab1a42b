//===- tenon-conformance.cpp - Runs exported test cases -------------------===//
//
// Reads folders from standard input, one a line, and answers each with a line:
//
//   FOLDER<TAB>pass | fail: REASON | unsupported: OP (WHY)
//
// A folder holds model.onnx, tolerance.json and for each data set K a folder
// set_K with input_I.npy and output_I.npy in the graph's order. A .dtype file
// beside an array names the type its bytes are of.
//
//===----------------------------------------------------------------------===//

#include "tenon/Runtime/Comparison.h"
#include "tenon/Tenon.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

using namespace tenon;
namespace fs = std::filesystem;

static Result<Tensor> readArray(const fs::path &stem) {
  fs::path file = stem;
  file += ".npy";
  Result<std::vector<NamedTensor>> tensors = loadTensors(file);
  if (!tensors)
    return tensors.error();
  Tensor tensor = tensors->front().tensor;
  fs::path beside = stem;
  beside += ".dtype";
  std::ifstream stream(beside);
  std::string typeName;
  if (!(stream >> typeName))
    return tensor;
  std::optional<DataType> type = dataTypeByName(typeName);
  if (!type || byteWidth(*type) != byteWidth(tensor.type()))
    return Error{beside.string() + ": unknown type '" + typeName + "'"};
  return Tensor(*type, tensor.shape(), tensor.data(),
                std::make_shared<Tensor>(tensor));
}

/// The number after `"key":` in a file of one flat JSON object.
static double numberIn(const fs::path &file, const std::string &key) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  size_t at = text.str().find("\"" + key + "\":");
  return at == std::string::npos
             ? 0
             : std::strtod(text.str().c_str() + at + key.size() + 3, nullptr);
}

static std::string oneLine(std::string text) {
  for (char &c : text)
    if (c == '\n' || c == '\t')
      c = ' ';
  return text.substr(0, 400);
}

/// "unsupported: ..." where the error says so, else "fail: ...".
static std::string verdictOf(const Error &error) {
  size_t at = error.message.find("unsupported: ");
  return oneLine(at == std::string::npos ? "fail: " + error.message
                                         : error.message.substr(at));
}

static std::string runSet(const Model &model, const fs::path &set, double rtol,
                          double atol) {
  std::vector<NamedTensor> inputs;
  for (size_t index = 0; index < model.inputs().size(); ++index) {
    fs::path stem = set / ("input_" + std::to_string(index));
    if (!fs::exists(stem.string() + ".npy"))
      continue;
    Result<Tensor> tensor = readArray(stem);
    if (!tensor)
      return verdictOf(tensor.error());
    inputs.push_back({model.inputs()[index].name, *tensor});
  }
  Result<std::vector<Tensor>> outputs = model.run(inputs);
  if (!outputs)
    return verdictOf(outputs.error());
  for (size_t index = 0; index < outputs->size(); ++index) {
    Result<Tensor> want = readArray(set / ("output_" + std::to_string(index)));
    if (!want)
      return verdictOf(want.error());
    const Tensor &got = (*outputs)[index];
    bool exact = !isFloat(got.type());
    // onnx's own runner allows bfloat16 two units in the last place.
    double relative =
        got.type() == DataType::BFloat16 ? std::max(rtol, 1.0 / 64) : rtol;
    Comparison comparison =
        compare(got, *want, exact ? 0 : relative, exact ? 0 : atol);
    if (!comparison.agrees)
      return oneLine("fail: output " + std::to_string(index) + ": " +
                     comparison.describe(got));
  }
  return "pass";
}

static std::string judge(const fs::path &folder, const std::string &target) {
  CompileOptions options;
  options.target = target;
  options.threads = 1;
  Result<Model> model = compile(folder / "model.onnx", options);
  if (!model)
    return verdictOf(model.error());
  double rtol = numberIn(folder / "tolerance.json", "rtol"),
         atol = numberIn(folder / "tolerance.json", "atol");
  for (size_t set = 0; fs::exists(folder / ("set_" + std::to_string(set)));
       ++set)
    if (std::string verdict =
            runSet(*model, folder / ("set_" + std::to_string(set)), rtol, atol);
        verdict != "pass")
      return verdict;
  return "pass";
}

/// tenon-conformance [TARGET]
int main(int argc, char **argv) {
  std::string target = argc > 1 ? argv[1] : "cpu";
  for (std::string folder; std::getline(std::cin, folder);)
    std::cout << folder << '\t' << judge(folder, target) << std::endl;
}
