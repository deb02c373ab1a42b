//===- Sizes.cpp - The sizes for which a model is imported ----------------===//

#include "Sizes.h"

#include "llvm/ADT/STLExtras.h"

namespace tenon::hugging_face {

using Sizes = std::map<std::string, int64_t>;

static Status setSize(Sizes &sizes, const std::string &symbol, int64_t size,
                      const std::string &model) {
  if (size < 0)
    return Error{model + ": '" + symbol + "' cannot be " +
                 std::to_string(size)};
  auto [it, isNew] = sizes.try_emplace(symbol, size);
  if (isNew || it->second == size)
    return success();
  return Error{model + ": '" + symbol + "' is both " +
               std::to_string(it->second) + " and " + std::to_string(size)};
}

static Status takeShape(Sizes &sizes, const Port &port,
                        const std::vector<int64_t> &shape,
                        const std::string &model) {
  if (shape.size() != port.shape.size())
    return Error{model + ": input '" + port.name + "' is " +
                 shapeString(shape) + ", but has " +
                 std::to_string(port.shape.size()) + " axes in this model"};
  for (auto [axis, symbol] : llvm::enumerate(port.symbols)) {
    if (port.shape[axis] < 0) {
      if (Status status = setSize(sizes, symbol, shape[axis], model); !status)
        return status;
    } else if (port.shape[axis] != shape[axis]) {
      return Error{model + ": input '" + port.name + "' is " +
                   shapeString(shape) + ", but axis " + std::to_string(axis) +
                   " must be " + std::to_string(port.shape[axis])};
    }
  }
  return success();
}

static std::string symbolNames(const Signature &signature) {
  std::string names;
  std::vector<std::string> seen;
  for (const Port &port : signature.inputs)
    for (const std::string &symbol : port.symbols)
      if (!symbol.empty() && !llvm::is_contained(seen, symbol)) {
        names += (seen.empty() ? "" : ", ") + symbol;
        seen.push_back(symbol);
      }
  return names;
}

Result<Sizes> resolveSizes(const Signature &signature,
                           const ImportOptions &options,
                           const std::string &model) {
  Sizes sizes;
  for (const auto &[symbol, size] : options.dims) {
    bool known = llvm::any_of(signature.inputs, [&](const Port &port) {
      return llvm::is_contained(port.symbols, symbol);
    });
    if (!known)
      return Error{model + ": no dimension is named '" + symbol +
                   "'; the inputs have " + symbolNames(signature)};
    if (Status status = setSize(sizes, symbol, size, model); !status)
      return status.error();
  }
  for (const auto &[name, shape] : options.inputShapes) {
    auto port = llvm::find_if(
        signature.inputs, [&](const Port &port) { return port.name == name; });
    if (port == signature.inputs.end())
      return Error{model + ": no input is named '" + name + "'"};
    if (Status status = takeShape(sizes, *port, shape, model); !status)
      return status.error();
  }
  for (const Port &port : signature.inputs)
    for (auto [size, symbol] : llvm::zip_equal(port.shape, port.symbols))
      if (size < 0 && !sizes.count(symbol))
        return Error{model + ": input '" + port.name + "': the size of '" +
                     symbol + "' is not known; give it with --dim " + symbol +
                     "=N"};
  return sizes;
}

bool isGiven(const std::string &input, const ImportOptions &options) {
  return options.inputShapes.empty() || options.inputShapes.count(input) != 0;
}

} // namespace tenon::hugging_face
