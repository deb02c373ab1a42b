//===- Signature.cpp - What a graph asks for and gives --------------------===//

#include "Signature.h"

#include "tenon/Import/Tensors/TensorProto.h"

#include <set>

using namespace tenon;
using namespace tenon::onnx_import;

static const char *kindName(const onnx::TypeProto &type) {
  switch (type.value_case()) {
  case onnx::TypeProto::kSequenceType:
    return "is a sequence";
  case onnx::TypeProto::kOptionalType:
    return "is optional";
  case onnx::TypeProto::kMapType:
    return "is a map";
  case onnx::TypeProto::kSparseTensorType:
    return "is a sparse tensor";
  default:
    return "has no type";
  }
}

/// `what` is "input" or "output". Outputs may lack shapes.
static Result<Port> portOf(const ModelFile &file, const char *what,
                           const onnx::ValueInfoProto &info) {
  std::string subject = std::string(what) + " '" + info.name() + "'";
  if (!info.type().has_tensor_type())
    return Error{file.name() + ": unsupported: " + subject + " (it " +
                 kindName(info.type()) + ")"};
  const onnx::TypeProto::Tensor &tensor = info.type().tensor_type();
  std::optional<DataType> type = dataTypeFromProto(tensor.elem_type());
  if (!type)
    return Error{file.name() + ": unsupported: " + subject +
                 " (its elements are of type " +
                 protoTypeName(tensor.elem_type()) + ")"};

  Port port;
  port.name = info.name();
  port.type = *type;
  if (!tensor.has_shape())
    port.symbols.push_back("...");
  for (const auto &dim : tensor.shape().dim()) {
    // Some exporters write -1 for a free size.
    bool isFree = !dim.has_dim_value() || dim.dim_value() == -1;
    if (!isFree && dim.dim_value() < 0)
      return Error{file.name() + ": " + subject + " has the negative size " +
                   std::to_string(dim.dim_value())};
    port.shape.push_back(isFree ? -1 : dim.dim_value());
    // Some exporters call every free size "?".
    bool isNamed = dim.has_dim_param() && dim.dim_param() != "?";
    port.symbols.push_back(isNamed ? dim.dim_param() : "");
  }
  return port;
}

/// Whether the model declares a shape; else every shape will do.
static bool hasRank(const Port &port) {
  return port.symbols.size() == port.shape.size();
}

static constexpr const char *adapterName = "adapters";

bool onnx_import::isAdapterPort(const Port &port,
                                const ImportOptions &options) {
  return options.adapters.form == AdapterForm::ByRow &&
         port.name == adapterName;
}

/// Adds the input for the adapters of rows.
static Status addAdapterPort(Signature &signature, const std::string &file) {
  auto isNamed = [](const Port &port) { return port.name == adapterName; };
  if (llvm::any_of(signature.inputs, isNamed))
    return Error{file + ": unsupported: adapters by row of a model with an "
                        "input 'adapters' of its own"};
  auto rows = llvm::find_if(signature.inputs, [](const Port &port) {
    return hasRank(port) && !port.shape.empty() && !port.optional;
  });
  if (rows == signature.inputs.end())
    return Error{file + ": unsupported: adapters by row, since no input of the "
                        "model has a first axis"};
  signature.inputs.push_back({adapterName,
                              DataType::Int64,
                              {rows->shape.front()},
                              {rows->symbols.front()},
                              /*optional=*/true});
  return success();
}

Result<Signature> onnx_import::signatureOf(const ModelFile &file,
                                           const ImportOptions &options) {
  const onnx::GraphProto &graph = file.model().graph();
  std::set<std::string> initializers;
  for (const onnx::TensorProto &tensor : graph.initializer())
    initializers.insert(tensor.name());
  for (const onnx::SparseTensorProto &sparse : graph.sparse_initializer())
    initializers.insert(sparse.values().name());

  Signature signature;
  for (const onnx::ValueInfoProto &info : graph.input()) {
    bool hasDefault = initializers.count(info.name());
    // Before IR version 4 every initializer had to be an input as well.
    if (hasDefault && file.model().ir_version() < 4)
      continue;
    Result<Port> port = portOf(file, "input", info);
    if (!port)
      return port.error();
    port->optional = hasDefault;
    signature.inputs.push_back(std::move(*port));
  }
  for (const onnx::ValueInfoProto &info : graph.output()) {
    Result<Port> port = portOf(file, "output", info);
    if (!port)
      return port.error();
    signature.outputs.push_back(std::move(*port));
  }
  if (options.adapters.form == AdapterForm::ByRow)
    if (Status status = addAdapterPort(signature, file.name()); !status)
      return status.error();
  return signature;
}

namespace {

/// The sizes that symbols have been given, and by whom.
struct SymbolTable {
  struct Size {
    int64_t size;
    std::string from;
  };
  std::map<std::string, Size> sizes;

  /// An error text where `symbol` has another size already.
  std::optional<std::string> bind(const std::string &symbol, int64_t size,
                                  const std::string &from) {
    auto [it, isNew] = sizes.try_emplace(symbol, Size{size, from});
    if (isNew || it->second.size == size)
      return std::nullopt;
    return "size '" + symbol + "' is " + std::to_string(it->second.size) +
           " by " + it->second.from + " and " + std::to_string(size) + " by " +
           from;
  }
};

} // namespace

static std::string axisName(const Port &port, size_t axis) {
  return port.name + "." + std::to_string(axis);
}

/// Checks a given shape against the declared one and learns its symbols.
static std::optional<std::string> bindShape(const Port &port,
                                            const std::vector<int64_t> &given,
                                            SymbolTable &symbols) {
  std::string from = "input '" + port.name + "'";
  if (given.size() != port.shape.size())
    return from + " has shape " + shapeString(given) + ", the model declares " +
           std::to_string(port.shape.size()) + " axes";
  for (size_t axis = 0; axis < given.size(); ++axis) {
    if (port.shape[axis] >= 0) {
      if (port.shape[axis] != given[axis])
        return from + " has size " + std::to_string(given[axis]) + " on axis " +
               std::to_string(axis) + ", the model declares " +
               std::to_string(port.shape[axis]);
      continue;
    }
    const std::string &symbol =
        port.symbols[axis].empty() ? axisName(port, axis) : port.symbols[axis];
    if (std::optional<std::string> error =
            symbols.bind(symbol, given[axis], from))
      return error;
  }
  return std::nullopt;
}

/// Checks that every entry of `dims` names a size of an input.
static std::optional<std::string> checkDims(const std::vector<Port> &inputs,
                                            const ImportOptions &options) {
  std::set<std::string> known;
  for (const Port &port : inputs)
    for (size_t axis = 0; axis < port.shape.size(); ++axis)
      if (port.shape[axis] < 0)
        known.insert(port.symbols[axis].empty() ? axisName(port, axis)
                                                : port.symbols[axis]);
  for (const auto &[name, size] : options.dims) {
    if (size < 0)
      return "size '" + name + "' is given as " + std::to_string(size);
    if (known.count(name))
      continue;
    std::string list;
    for (const std::string &symbol : known)
      list += (list.empty() ? "" : ", ") + symbol;
    return "no input has a size named '" + name + "' (" +
           (list.empty() ? "all sizes are fixed" : "there is: " + list) + ")";
  }
  return std::nullopt;
}

Result<std::vector<std::vector<int64_t>>>
onnx_import::resolveShapes(const ModelFile &file,
                           const std::vector<Port> &inputs,
                           const ImportOptions &options) {
  auto failure = [&](const std::string &reason) {
    return Error{file.name() + ": " + reason};
  };
  if (std::optional<std::string> error = checkDims(inputs, options))
    return failure(*error);
  SymbolTable symbols;
  for (const auto &[name, size] : options.dims)
    symbols.sizes[name] = {size, "--dim"};

  // Shapes at hand first: one input's may settle a symbol of another.
  std::map<std::string, std::vector<int64_t>> given = options.inputShapes;
  for (const auto &[name, value] : options.inputValues)
    given.try_emplace(name, value.shape());
  for (const Port &port : inputs) {
    auto it = given.find(port.name);
    if (it == given.end() || !hasRank(port))
      continue;
    if (std::optional<std::string> error = bindShape(port, it->second, symbols))
      return failure(*error);
  }

  std::vector<std::vector<int64_t>> shapes;
  for (const Port &port : inputs) {
    if (auto it = given.find(port.name); it != given.end()) {
      shapes.push_back(it->second);
    } else if (!hasRank(port)) {
      return failure("input '" + port.name +
                     "' has no declared shape: give the input itself");
    } else {
      std::vector<int64_t> shape = port.shape;
      for (size_t axis = 0; axis < shape.size(); ++axis) {
        if (shape[axis] >= 0)
          continue;
        const std::string &symbol = port.symbols[axis].empty()
                                        ? axisName(port, axis)
                                        : port.symbols[axis];
        auto size = symbols.sizes.find(symbol);
        if (size == symbols.sizes.end() && !port.optional)
          return failure("input '" + port.name + "' has a dynamic size '" +
                         symbol + "': give --dim " + symbol +
                         "=N or the input itself");
        shape[axis] = size == symbols.sizes.end() ? 0 : size->second.size;
      }
      shapes.push_back(std::move(shape));
    }
    std::optional<int64_t> elements = elementCount(shapes.back());
    if (!elements || *elements > largestTensor)
      return failure("input '" + port.name + "' has the shape " +
                     shapeString(shapes.back()) + ", which no tensor can have");
  }
  return shapes;
}

Result<Signature> tenon::readOnnxSignature(const std::filesystem::path &model,
                                           const ImportOptions &options) {
  Result<ModelFile> file = ModelFile::open(model);
  if (!file)
    return file.error();
  return signatureOf(*file, options);
}
