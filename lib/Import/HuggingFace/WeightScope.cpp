//===- WeightScope.cpp - Weights as the builders ask for them -------------===//

#include "WeightScope.h"

#include "tenon/IR/Create.h"

namespace tenon::hugging_face {

static bool isWeightType(DataType type) {
  return type == DataType::Float32 || type == DataType::Float16 ||
         type == DataType::BFloat16;
}

Result<WeightScope> WeightScope::open(SafetensorsIndex index,
                                      llvm::StringRef otherPrefix,
                                      llvm::StringRef probe) {
  WeightScope scope(std::move(index));
  scope.otherPrefix = otherPrefix.str();
  const StoredTensor *found = scope.index.find(probe);
  if (!found) {
    scope.prefix = otherPrefix.str();
    found = scope.index.find(scope.prefix + probe.str());
  }
  if (!found)
    return Error{scope.index.fileName() + ": tensor '" + probe.str() +
                 "' is missing"};
  scope.elementType = found->entry.type;
  if (!isWeightType(scope.elementType))
    return Error{found->file + ": unsupported: tensor '" + found->entry.name +
                 "' (weights of type " + std::string(name(scope.elementType)) +
                 ")"};
  return scope;
}

const StoredTensor *WeightScope::find(const std::string &name) const {
  if (const StoredTensor *found = index.find(prefix + name))
    return found;
  // A task's head stands beside the model that has the prefix.
  if (const StoredTensor *found = index.find(name))
    return found;
  // Checkpoints converted from TensorFlow keep its names for norms.
  llvm::StringRef stem = name;
  if (stem.consume_back(".LayerNorm.weight"))
    return index.find(prefix + stem.str() + ".LayerNorm.gamma");
  if (stem.consume_back(".LayerNorm.bias"))
    return index.find(prefix + stem.str() + ".LayerNorm.beta");
  return nullptr;
}

mlir::Value WeightScope::get(mlir::OpBuilder &builder, mlir::Location loc,
                             const std::string &name,
                             llvm::ArrayRef<int64_t> shape,
                             llvm::StringRef adaptedAs) {
  mlir::Value weight = create(builder, loc, name, shape, elementType);
  if (!adapters)
    return weight;
  auto [module, part] =
      (adaptedAs.empty() ? llvm::StringRef(name) : adaptedAs).rsplit('.');
  return adapters->merge(builder, loc, weight, namesOf(module), part);
}

mlir::Value WeightScope::linear(mlir::OpBuilder &builder, mlir::Location loc,
                                mlir::Value input, const std::string &name,
                                llvm::ArrayRef<int64_t> shape, bool isBiased,
                                llvm::StringRef adaptedAs) {
  PlainLayer layer;
  layer.input = input;
  layer.weight = create(builder, loc, name + ".weight", shape, elementType);
  if (isBiased)
    layer.bias =
        create(builder, loc, name + ".bias", shape.take_front(), elementType);
  if (!adapters)
    return mlir::tenon::LinearOp::create(builder, loc, input, layer.weight,
                                         layer.bias);
  return adapters->addLayer(
      builder, loc, layer,
      namesOf(adaptedAs.empty() ? llvm::StringRef(name) : adaptedAs));
}

std::vector<std::string> WeightScope::namesOf(llvm::StringRef module) const {
  // A folder of the bare model may meet an adapter of one with a head.
  std::vector<std::string> names = {prefix + module.str(), module.str()};
  if (prefix.empty())
    names.push_back(otherPrefix + module.str());
  return names;
}

Status WeightScope::attach(const AdapterOptions &options) {
  if (options.sources.empty() && options.places == 0)
    return success();
  Result<AdapterSet> opened = AdapterSet::open(options);
  if (!opened)
    return opened.error();
  adapters = std::move(*opened);
  return success();
}

Status WeightScope::finish() const {
  if (first)
    return *first;
  return adapters ? adapters->finish() : success();
}

mlir::Value WeightScope::getOfOwnType(mlir::OpBuilder &builder,
                                      mlir::Location loc,
                                      const std::string &name,
                                      llvm::ArrayRef<int64_t> shape) {
  const StoredTensor *found = find(name);
  bool isKnown = found && isWeightType(found->entry.type);
  return create(builder, loc, name, shape,
                isKnown ? found->entry.type : elementType);
}

mlir::Value WeightScope::create(mlir::OpBuilder &builder, mlir::Location loc,
                                const std::string &name,
                                llvm::ArrayRef<int64_t> shape,
                                DataType elementType) {
  auto type = mlir::RankedTensorType::get(
      shape, tenon::elementType(builder.getContext(), elementType));
  const StoredTensor *found = find(name);
  if (!found) {
    complain(index.fileName() + ": tensor '" + prefix + name + "' is missing");
    type = type.clone(tenon::elementType(builder.getContext(), this->type()));
    return mlir::tenon::WeightOp::create(builder, loc, type, name, "", 0);
  }
  const SafetensorsEntry &entry = found->entry;
  if (entry.shape != std::vector<int64_t>(shape.begin(), shape.end()))
    complain(found->file + ": tensor '" + entry.name + "' is " +
             shapeString(entry.shape) + ", but config.json makes it " +
             shapeString(shape));
  else if (entry.type != elementType)
    complain(found->file + ": unsupported: tensor '" + entry.name + "' (" +
             std::string(tenon::name(entry.type)) + " among weights of type " +
             std::string(tenon::name(elementType)) + ")");
  mlir::Value weight =
      mlir::tenon::WeightOp::create(builder, loc, type, entry.name, found->file,
                                    static_cast<int64_t>(entry.offset));
  if (!widens)
    return weight;
  mlir::ImplicitLocOpBuilder b(loc, builder);
  return mlir::tenon::createCast(b, weight, builder.getF32Type());
}

void WeightScope::complain(const std::string &message) {
  if (!first)
    first = Error{message};
}

Status WeightScope::status() const {
  if (first)
    return *first;
  return success();
}

} // namespace tenon::hugging_face
