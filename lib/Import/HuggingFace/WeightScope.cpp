//===- WeightScope.cpp - Weights as the builders ask for them -------------===//

#include "WeightScope.h"

#include "MergeWeight.h"

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
  if (adapters.empty())
    return weight;
  return withAdapters(builder, loc, weight,
                      adaptedAs.empty() ? llvm::StringRef(name) : adaptedAs);
}

mlir::Value WeightScope::withAdapters(mlir::OpBuilder &builder,
                                      mlir::Location loc, mlir::Value weight,
                                      llvm::StringRef name) {
  auto [module, part] = name.rsplit('.');
  // A folder of the bare model may meet an adapter of one with a head.
  std::vector<std::string> names = {prefix + module.str(), module.str()};
  if (prefix.empty())
    names.push_back(otherPrefix + module.str());
  modules.push_back(names.front());
  auto type = mlir::cast<mlir::RankedTensorType>(weight.getType());
  llvm::ArrayRef<int64_t> shape = type.getShape();
  std::vector<LowRankChange> changes;
  for (Adapter &adapter : adapters) {
    if (const StoredTensor *found = adapter.findReplacement(names, part)) {
      if (llvm::ArrayRef<int64_t>(found->entry.shape) != shape)
        complain(found->file + ": tensor '" + found->entry.name + "' is " +
                 shapeString(found->entry.shape) + ", but the base's is " +
                 shapeString(shape));
      else if (!isWeightType(found->entry.type))
        complain(found->file + ": unsupported: tensor '" + found->entry.name +
                 "' (of type " + std::string(tenon::name(found->entry.type)) +
                 ")");
      else
        weight = createStored(builder, loc, *found, type.getElementType());
    }
    if (part == "bias")
      if (const StoredTensor *added = adapter.findAddedBias(names)) {
        Result<double> scale = adapter.scaleOf(module);
        if (!scale)
          complain(scale.error().message);
        else if (llvm::ArrayRef<int64_t>(added->entry.shape) != shape)
          complain(added->file + ": tensor '" + added->entry.name + "' is " +
                   shapeString(added->entry.shape) + ", but the base's is " +
                   shapeString(shape));
        else
          weight = mergeBias(builder, loc, weight, *added, *scale);
      }
    if (part != "weight")
      continue;
    auto change = adapter.findChange(names, shape);
    if (!change)
      complain(change.error().message);
    else if (*change)
      changes.push_back(**change);
  }
  bool hasMagnitude = llvm::any_of(
      changes, [](const LowRankChange &c) { return c.magnitude != nullptr; });
  if (hasMagnitude && changes.size() > 1)
    complain(adapters.front().fileName() + ": unsupported: module '" +
             names.front() +
             "' has several adapters, one of them with use_dora");
  if (first)
    return weight;
  return mergeChanges(builder, loc, weight, changes);
}

Status WeightScope::attach(llvm::ArrayRef<AdapterSource> sources) {
  for (const AdapterSource &source : sources) {
    Result<Adapter> adapter = Adapter::open(source.folder, source.scale);
    if (!adapter)
      return adapter.error();
    adapters.push_back(std::move(*adapter));
  }
  return success();
}

Status WeightScope::finish() const {
  if (first)
    return *first;
  for (const Adapter &adapter : adapters)
    if (Status status = adapter.checkAllUsed(modules); !status)
      return status;
  return success();
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
  return mlir::tenon::WeightOp::create(builder, loc, type, entry.name,
                                       found->file,
                                       static_cast<int64_t>(entry.offset));
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
