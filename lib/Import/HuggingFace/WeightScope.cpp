//===- WeightScope.cpp - Weights as the builders ask for them -------------===//

#include "WeightScope.h"

namespace tenon::hugging_face {

static bool isWeightType(DataType type) {
  return type == DataType::Float32 || type == DataType::Float16 ||
         type == DataType::BFloat16;
}

Result<WeightScope> WeightScope::open(SafetensorsIndex index,
                                      llvm::StringRef otherPrefix,
                                      llvm::StringRef probe) {
  WeightScope scope(std::move(index));
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
                             llvm::ArrayRef<int64_t> shape) {
  return create(builder, loc, name, shape, elementType);
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
