//===- NodeAdapters.cpp - Adapters of the layers of a model file ----------===//

#include "NodeAdapters.h"

#include "Expressions.h"

#include "tenon/Formats/WireFormat.h"

#include <array>

namespace tenon::onnx_import {

Result<NodeAdapters> NodeAdapters::open(const AdapterOptions &options,
                                        const onnx::GraphProto &graph) {
  Result<AdapterSet> set = AdapterSet::open(options);
  if (!set)
    return set.error();
  NodeAdapters adapters(std::move(*set));
  for (const onnx::NodeProto &node : graph.node())
    for (const std::string &output : node.output())
      adapters.producers[output] = &node;
  return adapters;
}

/// The initializer that a value is a form of, and whether it has few bits.
static std::pair<std::string, bool>
sourceOf(std::string name,
         const llvm::StringMap<const onnx::NodeProto *> &producers) {
  constexpr int mostForms = 8;
  bool isQuantized = false;
  for (int i = 0; i < mostForms; ++i) {
    auto producer = producers.find(name);
    if (producer == producers.end())
      break;
    const onnx::NodeProto &node = *producer->second;
    bool widens = node.op_type() == "DequantizeLinear";
    bool keeps =
        llvm::is_contained({"Transpose", "Cast", "Identity"}, node.op_type());
    if ((!widens && !keeps) || node.input_size() == 0)
      break;
    isQuantized |= widens;
    name = node.input(0);
  }
  return {std::move(name), isQuantized};
}

/// "encoder.0.proj" of "encoder.0.proj.weight", "encoder.0.proj.weight_Q4" and
/// what else quantizers append.
static std::string moduleOfInitializer(llvm::StringRef name) {
  size_t end = name.rfind(".weight");
  return end == llvm::StringRef::npos ? "" : name.take_front(end).str();
}

/// "encoder.0.proj" of "/encoder.0/proj/MatMul".
static std::string moduleOfPath(llvm::StringRef name) {
  if (!name.consume_front("/"))
    return "";
  std::string module = name.rsplit('/').first.str();
  std::ranges::replace(module, '/', '.');
  return module;
}

/// The last field of each number up to 2, as text.
static std::array<llvm::StringRef, 3> textsOf(WireReader fields) {
  std::array<llvm::StringRef, 3> texts;
  while (std::optional<WireField> field = fields.next())
    if (field->number < texts.size() && field->type == WireType::Bytes)
      texts[field->number] =
          llvm::StringRef(reinterpret_cast<const char *>(field->content.data()),
                          field->content.size());
  return texts;
}

/// The module among the scopes that PyTorch's exporter notes of a node, a list
/// in Python's syntax from the outermost to the node's own: ['', 'proj',
/// 'linear_1']. They lie in metadata_props, which Debian's onnx.proto does not
/// have yet.
static std::string moduleOfScopes(const onnx::NodeProto &node) {
  constexpr uint32_t metadata = 9;
  WireReader fields(std::as_bytes(std::span(node.unknown_fields())));
  while (std::optional<WireField> field = fields.next()) {
    if (field->number != metadata || field->type != WireType::Bytes)
      continue;
    auto [unused, key, value] = textsOf(WireReader(field->content));
    if (key != "pkg.torch.onnx.name_scopes")
      continue;
    llvm::StringRef outer = value.rsplit(',').first;
    return outer.rsplit(' ').second.trim("[]' \"").str();
  }
  return "";
}

/// Whether a node is x W^T, of floating-point numbers.
static bool isPlainProduct(const Node &node, const AdaptedLayer &layer) {
  return (layer.kind == WeightKind::Matrix ||
          layer.kind == WeightKind::Transposed) &&
         node.intAttribute("transA", 0) == 0 &&
         node.floatAttribute("alpha", 1) == 1 && isFloatValue(node.input(0)) &&
         node.input(0).rank() >= 1;
}

/// Adding adapters to a weight in few bits would widen or round it (SEMANTICS
/// C2).
bool NodeAdapters::isBeside(const Node &node, const AdaptedLayer &layer) {
  if (!isPlainProduct(node, layer))
    return false;
  if (layer.isQuantized)
    return true;
  const OnnxValue &weight = node.input(layer.input);
  if (!isFloatValue(weight) || weight.rank() != 2)
    return false;
  std::vector<int64_t> shape = weight.shape();
  if (layer.kind == WeightKind::Transposed)
    std::swap(shape[0], shape[1]);
  return set.isBeside(weight.value, shape, layer.modules);
}

std::optional<AdaptedLayer> NodeAdapters::layerOf(const Node &node) {
  const std::string &op = node.proto.op_type();
  AdaptedLayer layer;
  layer.input = op == "Gather" ? 0 : 1;
  layer.isQuantized = op == "MatMulNBits";
  if (op == "MatMul")
    layer.kind = WeightKind::Transposed;
  else if (op == "MatMulNBits")
    layer.kind = WeightKind::Matrix;
  else if (op == "Gemm")
    layer.kind = node.intAttribute("transB", 0) != 0 ? WeightKind::Matrix
                                                     : WeightKind::Transposed;
  else if (op == "Gather")
    layer.kind = WeightKind::Table;
  else if (op == "Conv")
    layer.kind = WeightKind::Kernel;
  else if (op == "ConvTranspose")
    layer.kind = WeightKind::TransposedKernel;
  else
    return std::nullopt;
  if (!node.has(layer.input))
    return std::nullopt;
  auto [source, isQuantized] =
      sourceOf(node.proto.input(static_cast<int>(layer.input)), producers);
  layer.isQuantized |= isQuantized;
  for (const std::string &module :
       {moduleOfInitializer(source), moduleOfPath(node.proto.name()),
        moduleOfScopes(node.proto)}) {
    if (module.empty())
      continue;
    std::vector<std::string> known = set.namesLike(module);
    if (llvm::is_contained(known, module))
      known = {module};
    // Which of several is meant would be a guess.
    if (known.size() == 1)
      layer.modules.insert(layer.modules.begin(), known.front());
    layer.modules.push_back(module);
  }
  if (layer.modules.empty())
    return std::nullopt;
  layer.isBeside = isBeside(node, layer);
  return layer;
}

mlir::Value NodeAdapters::adaptParameter(mlir::OpBuilder &builder,
                                         mlir::Location loc, mlir::Value value,
                                         llvm::StringRef name) {
  auto [module, part] = name.rsplit('.');
  std::vector<std::string> modules = {module.str()};
  for (const std::string &known : set.namesLike(module))
    modules.push_back(known);
  value = set.replace(builder, loc, value, modules, part);
  return part == "bias" ? set.mergeBiases(builder, loc, value, modules) : value;
}

std::optional<OnnxValue> NodeAdapters::adaptWeight(const Node &node,
                                                   const AdaptedLayer &layer) {
  if (layer.isQuantized || layer.isBeside)
    return std::nullopt;
  OnnxValue weight = node.input(layer.input);
  bool isKnown = weight.type == DataType::Float32 ||
                 weight.type == DataType::Float16 ||
                 weight.type == DataType::BFloat16;
  bool isKernel = layer.kind == WeightKind::Kernel ||
                  layer.kind == WeightKind::TransposedKernel;
  if (!isKnown || (isKernel ? weight.rank() < 3 : weight.rank() != 2))
    return std::nullopt;
  mlir::Value own = weight.value;
  auto turned = [&](mlir::Value value) -> mlir::Value {
    return mlir::tenon::TransposeOp::create(node.builder, node.loc, value,
                                            llvm::ArrayRef<int64_t>{1, 0});
  };
  bool isTransposed = layer.kind == WeightKind::Transposed;
  mlir::Value given = isTransposed ? turned(own) : own;
  using Use = AdapterSet::WeightUse;
  Use use = layer.kind == WeightKind::Kernel ? Use::Convolution
            : layer.kind == WeightKind::TransposedKernel
                ? Use::TransposedConvolution
                : Use::Any;
  mlir::Value merged =
      set.mergeWeight(node.builder, node.loc, given, layer.modules, use);
  if (merged == given)
    return std::nullopt;
  weight.value = isTransposed ? turned(merged) : merged;
  weight.constant = std::nullopt;
  return weight;
}

mlir::Value NodeAdapters::adaptResult(const Node &node,
                                      const AdaptedLayer &layer,
                                      mlir::Value result) {
  if (layer.kind == WeightKind::Kernel)
    return set.addAcrossGroups(node.builder, node.loc, result, layer.modules);
  if (!layer.isBeside)
    return result;
  return set.addBeside(node.builder, node.loc, result, node.input(0).value,
                       layer.modules);
}

} // namespace tenon::onnx_import
