//===- ModuleKey.cpp - What modules of other weights have alike -----------===//

#include "ModuleKey.h"

#include "tenon/IR/TenonOps.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

using namespace tenon;
namespace ir = mlir::tenon;

namespace {
/// Writes a module down, operand by operand, into a hash.
class KeyBuilder {
public:
  explicit KeyBuilder(ModuleKey &key) : key(key), text(line) {}

  void add(mlir::Operation *op);
  std::string hash() {
    return std::string(
        llvm::toStringRef(llvm::ArrayRef<uint8_t>(hasher.final())));
  }

private:
  void add(mlir::Block &block);
  void addWeight(ir::WeightOp op);
  void addParameter(ir::ParameterOp op);
  void flush() {
    hasher.update(line);
    line.clear();
  }

  ModuleKey &key;
  std::string line;
  llvm::raw_string_ostream text;
  llvm::SHA256 hasher;
  llvm::DenseMap<mlir::Value, size_t> values;
};
} // namespace

void KeyBuilder::addWeight(ir::WeightOp op) {
  std::string file = op.getFile().str(), tensor = op.getTensor().str();
  auto [place, isNew] = key.places.try_emplace({file, tensor, op.getOffset()},
                                               key.weights.size());
  text << place->second;
  if (isNew)
    key.weights.push_back({std::move(file), std::move(tensor), op.getOffset()});
}

void KeyBuilder::addParameter(ir::ParameterOp op) {
  text << op.getName();
  auto elements = mlir::cast<mlir::DenseElementsAttr>(op.getValue());
  std::vector<std::byte> &bytes = key.parameters[op.getName().str()];
  // One value may be kept for all elements.
  llvm::ArrayRef<char> raw = elements.getRawData();
  size_t repeats = elements.isSplat() ? elements.getNumElements() : 1;
  for (size_t i = 0; i < repeats; ++i)
    for (char byte : raw)
      bytes.push_back(static_cast<std::byte>(byte));
}

void KeyBuilder::add(mlir::Block &block) {
  for (mlir::BlockArgument argument : block.getArguments()) {
    values.try_emplace(argument, values.size());
    text << argument.getType() << ",";
  }
  for (mlir::Operation &op : block)
    add(&op);
}

void KeyBuilder::add(mlir::Operation *op) {
  text << op->getName() << "(";
  for (mlir::Value operand : op->getOperands())
    text << values.lookup(operand) << ",";
  text << ")";
  if (auto weight = mlir::dyn_cast<ir::WeightOp>(op))
    addWeight(weight);
  else if (auto parameter = mlir::dyn_cast<ir::ParameterOp>(op))
    addParameter(parameter);
  else
    text << op->getAttrDictionary();
  for (mlir::Value result : op->getResults()) {
    values.try_emplace(result, values.size());
    text << ":" << result.getType();
  }
  text << "\n";
  flush();
  for (mlir::Region &region : op->getRegions()) {
    text << "{";
    for (mlir::Block &block : region)
      add(block);
    text << "}";
  }
  flush();
}

ModuleKey tenon::keyOf(mlir::ModuleOp module, const RewriteOptions &rewrites) {
  ModuleKey key;
  KeyBuilder builder(key);
  builder.add(module);
  key.hash = builder.hash();
  llvm::raw_string_ostream(key.hash)
      << " " << rewrites.winograd << " " << rewrites.quantization.bits << " "
      << rewrites.quantization.group << " "
      << static_cast<int>(rewrites.measures) << " " << rewrites.latentAttention
      << " " << rewrites.denoisingStage;
  return key;
}

std::optional<Program> tenon::withWeightsOf(Program program,
                                            const ModuleKey &other,
                                            const ModuleKey &key) {
  for (WeightSpec &weight : program.weights) {
    auto place = other.places.find({weight.file, weight.tensor, weight.offset});
    if (place == other.places.end())
      return std::nullopt;
    const WeightSpec &own = key.weights[place->second];
    weight.file = own.file;
    weight.tensor = own.tensor;
    weight.offset = own.offset;
  }
  for (const ParameterSpec &parameter : program.parameters) {
    auto own = key.parameters.find(parameter.name);
    if (own == key.parameters.end() || own->second.size() != parameter.bytes)
      return std::nullopt;
    std::ranges::copy(own->second,
                      program.constants.begin() +
                          static_cast<ptrdiff_t>(parameter.offset));
  }
  return program;
}
