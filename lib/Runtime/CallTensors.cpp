//===- CallTensors.cpp - The tensors of a run -----------------------------===//

#include "CallTensors.h"

#include <algorithm>

using namespace tenon;

static Status checkInput(const TensorSpec &wanted, const Tensor &given) {
  if (given.type() == wanted.type && given.shape() == wanted.shape &&
      (given.data() || !given.bytes())) {
    if (wanted.accepts(given))
      return success();
    return Error{"input '" + wanted.name +
                 "' has another value than the program was made for"};
  }
  auto describe = [](DataType type, std::span<const int64_t> shape) {
    return std::string(name(type)) + " " + shapeString(shape);
  };
  return Error{"input '" + wanted.name + "' must be " +
               describe(wanted.type, wanted.shape) + ", given is " +
               (given.data() ? describe(given.type(), given.shape())
                             : "a tensor without data")};
}

/// The bits of a byte that hold a value of `type`. Kernels rely on the others
/// being 0.
static uint8_t usedBits(DataType type) {
  switch (type) {
  case DataType::Bool:
    return 0x01;
  case DataType::Int4:
  case DataType::UInt4:
    return 0x0f;
  default:
    return 0xff;
  }
}

/// Kernels rely on aligned elements, on booleans that are 0 or 1 and on 4-bit
/// values in the low bits. A view of a file may offer none of it.
static bool isUsable(const Tensor &tensor) {
  if (reinterpret_cast<uintptr_t>(tensor.data()) % byteWidth(tensor.type()))
    return false;
  uint8_t bits = usedBits(tensor.type());
  return bits == 0xff ||
         std::ranges::all_of(tensor.as<uint8_t>(),
                             [bits](uint8_t value) { return value <= bits; });
}

static Result<Tensor> usableCopy(const Tensor &tensor) {
  Result<Tensor> copy = tensor.clone();
  if (!copy)
    return copy;
  if (tensor.type() == DataType::Bool)
    for (uint8_t &value : copy->as<uint8_t>())
      value = value != 0;
  else if (uint8_t bits = usedBits(tensor.type()); bits != 0xff)
    for (uint8_t &value : copy->as<uint8_t>())
      value &= bits;
  return copy;
}

void tenon::extendSigns(std::span<const Tensor> outputs) {
  for (const Tensor &output : outputs)
    if (output.type() == DataType::Int4)
      for (int8_t &value : output.as<int8_t>())
        value = static_cast<int8_t>(value << 4) >> 4;
}

Result<std::vector<Tensor>> tenon::checkInputs(const Program &program,
                                               std::span<const Tensor> given,
                                               bool mayCopy) {
  if (given.size() != program.inputs.size())
    return Error{"the model has " + std::to_string(program.inputs.size()) +
                 " inputs, given are " + std::to_string(given.size())};
  std::vector<Tensor> inputs;
  for (size_t i = 0; i < given.size(); ++i) {
    const TensorSpec &spec = program.inputs[i];
    if (Status status = checkInput(spec, given[i]); !status)
      return status.error();
    if (!given[i].bytes() || isUsable(given[i])) {
      inputs.push_back(given[i]);
      continue;
    }
    if (spec.updated || !mayCopy)
      return Error{"input '" + spec.name + "' is " +
                   (spec.updated ? "updated" : "read") +
                   " where it lies, but its memory is not aligned to its "
                   "elements, or has values that its type has not"};
    Result<Tensor> copy = usableCopy(given[i]);
    if (!copy)
      return copy.error();
    inputs.push_back(std::move(*copy));
  }
  return inputs;
}

Result<std::vector<Tensor>> tenon::allocateOutputs(const Program &program) {
  std::vector<Tensor> outputs;
  for (const TensorSpec &spec : program.outputs) {
    Result<Tensor> output = Tensor::allocate(spec.type, spec.shape);
    if (!output)
      return Error{"output '" + spec.name + "': " + output.error().message};
    outputs.push_back(std::move(*output));
  }
  return outputs;
}
