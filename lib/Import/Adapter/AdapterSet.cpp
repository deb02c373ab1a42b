//===- AdapterSet.cpp - The adapters of a model ---------------------------===//

#include "AdapterSet.h"

#include "AdapterCost.h"
#include "MergeWeight.h"

#include "tenon/IR/Create.h"
#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

using namespace mlir;
namespace ir = mlir::tenon;

namespace tenon {

Result<AdapterSet> AdapterSet::open(const AdapterOptions &options) {
  Places adapters;
  for (const AdapterSource &source : options.sources) {
    if (source.folder.empty()) {
      adapters.push_back(std::nullopt);
      continue;
    }
    Result<Adapter> adapter =
        Adapter::open(source.folder, source.scale, options.component);
    if (!adapter)
      return adapter.error();
    adapters.push_back(std::move(*adapter));
  }
  bool isByRow = options.form == AdapterForm::ByRow;
  if (isByRow && adapters.size() < static_cast<size_t>(options.places))
    adapters.resize(options.places);
  return AdapterSet(options, std::move(adapters));
}

static bool isWeightType(DataType type) {
  return type == DataType::Float32 || type == DataType::Float16 ||
         type == DataType::BFloat16;
}

static std::string misfit(const StoredTensor &tensor,
                          ArrayRef<int64_t> expected) {
  return tensor.file + ": tensor '" + tensor.entry.name + "' is " +
         shapeString(tensor.entry.shape) + ", but the base's is " +
         shapeString(expected);
}

Value AdapterSet::replace(OpBuilder &builder, Location loc, Value parameter,
                          ArrayRef<std::string> module, StringRef part) {
  auto type = cast<RankedTensorType>(parameter.getType());
  for (std::optional<Adapter> &adapter : adapters) {
    const StoredTensor *found =
        adapter ? adapter->findReplacement(module, part) : nullptr;
    if (!found)
      continue;
    if (isByRow())
      complain(found->file + ": unsupported: tensor '" + found->entry.name +
               "' (by row an adapter cannot take the place of a parameter)");
    else if (ArrayRef<int64_t>(found->entry.shape) != type.getShape())
      complain(misfit(*found, type.getShape()));
    else if (!isWeightType(found->entry.type))
      complain(found->file + ": unsupported: tensor '" + found->entry.name +
               "' (of type " + std::string(::tenon::name(found->entry.type)) +
               ")");
    else
      parameter = createStored(builder, loc, *found, type.getElementType());
  }
  return parameter;
}

Value AdapterSet::mergeBiases(OpBuilder &builder, Location loc, Value bias,
                              ArrayRef<std::string> module) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(bias.getType()).getShape();
  for (auto [number, adapter] : llvm::enumerate(adapters)) {
    const StoredTensor *added =
        adapter ? adapter->findAddedBias(module) : nullptr;
    if (!added)
      continue;
    Result<double> scale = adapter->scaleOf(module.front());
    if (!scale)
      complain(scale.error().message);
    else if (isByRow())
      complain(added->file + ": unsupported: tensor '" + added->entry.name +
               "' (a bias by row)");
    else if (ArrayRef<int64_t>(added->entry.shape) != shape)
      complain(misfit(*added, shape));
    else
      bias =
          mergeBias(builder, loc, bias, *added, *scale,
                    module.front() + " bias scale " + std::to_string(number));
  }
  return bias;
}

AdapterSet::Changes AdapterSet::changesOf(ArrayRef<std::string> module,
                                          ArrayRef<int64_t> shape,
                                          bool isTransposed) {
  Changes changes;
  for (std::optional<Adapter> &adapter : adapters) {
    changes.emplace_back();
    if (!adapter)
      continue;
    Result<std::optional<WeightChange>> change =
        adapter->findChange(module, shape, isTransposed);
    if (!change) {
      complain(change.error().message);
      continue;
    }
    if (*change && rank != 0 && (*change)->rank() > rank)
      complain(adapter->fileName() + ": module '" + module.front() +
               "' has rank " + std::to_string((*change)->rank()) +
               ", the largest that is asked for is " + std::to_string(rank));
    changes.back() = *change;
  }
  auto isDecomposed = [](const std::optional<WeightChange> &change) {
    return change && change->magnitude;
  };
  auto decomposed = llvm::find_if(changes, isDecomposed);
  auto count = llvm::count_if(changes, [](auto &each) { return !!each; });
  if (decomposed != changes.end() && (count > 1 || isByRow()))
    complain((*decomposed)->magnitude->file + ": unsupported: module '" +
             module.front() +
             (isByRow() ? "' has use_dora, by row"
                        : "' has several adapters, one of them with use_dora"));
  return changes;
}

Value AdapterSet::merge(OpBuilder &builder, Location loc, Value parameter,
                        ArrayRef<std::string> module, StringRef part) {
  if (empty())
    return parameter;
  parameter = replace(builder, loc, parameter, module, part);
  if (part == "weight" && !first)
    return mergeWeight(builder, loc, parameter, module);
  know(module);
  return part == "bias" ? mergeBiases(builder, loc, parameter, module)
                        : parameter;
}

Value AdapterSet::mergeWeight(OpBuilder &builder, Location loc, Value weight,
                              ArrayRef<std::string> module, WeightUse use) {
  know(module);
  ArrayRef<int64_t> shape = cast<RankedTensorType>(weight.getType()).getShape();
  SmallVector<WeightChange> changes;
  for (const auto &change :
       changesOf(module, shape, use == WeightUse::TransposedConvolution)) {
    bool crosses = change && change->kind == ChangeKind::AcrossGroups;
    if (crosses && use != WeightUse::Convolution)
      complain(misfit(*change->a, shape));
    if (change && !crosses)
      changes.push_back(*change);
  }
  if (!changes.empty() && isByRow())
    complain(changes.front().tensor().file + ": unsupported: module '" +
             module.front() + "' by row (it is no linear layer by itself)");
  if (first)
    return weight;
  return mergeChanges(builder, loc, weight, changes, rank);
}

std::vector<std::string> AdapterSet::namesLike(StringRef name) const {
  std::vector<std::string> names;
  for (const std::optional<Adapter> &adapter : adapters)
    if (adapter)
      llvm::append_range(names, adapter->namesLike(name));
  llvm::sort(names);
  names.erase(llvm::unique(names), names.end());
  return names;
}

/// [1, rank, in] or [1, out, rank], filled up with zeros.
static Value createFactor(ImplicitLocOpBuilder &b, const StoredTensor &tensor,
                          Type element, int64_t rankAxis, int64_t rank) {
  Value factor =
      filledUp(b, b.getLoc(), createStored(b, b.getLoc(), tensor, element),
               rankAxis, rank);
  SmallVector<int64_t> shape(
      cast<RankedTensorType>(factor.getType()).getShape());
  shape.insert(shape.begin(), 1);
  return ir::ReshapeOp::create(b, RankedTensorType::get(shape, element),
                               factor);
}

static Value createZeros(ImplicitLocOpBuilder &b, ArrayRef<int64_t> shape,
                         Type element) {
  return arith::ConstantOp::create(
      b, b.getZeroAttr(RankedTensorType::get(shape, element)));
}

Value AdapterSet::withProducts(OpBuilder &builder, Location loc, Value base,
                               Value input, const Changes &changes,
                               const std::string &module) {
  ImplicitLocOpBuilder b(loc, builder);
  auto type = cast<RankedTensorType>(base.getType());
  Type element = type.getElementType();
  for (const auto &change : changes)
    if (change && !change->isThin()) {
      complain(change->tensor().file + ": unsupported: module '" + module +
               "' " + (isByRow() ? "by row" : "beside a product") +
               " (it adds no product of thin factors)");
      return base;
    }
  int64_t in = cast<RankedTensorType>(input.getType()).getShape().back(),
          out = type.getShape().back(), common = rank;
  for (const auto &change : changes)
    if (change)
      common = std::max(common, change->rank());
  SmallVector<Value> as, bs;
  SmallVector<float> scales;
  for (const auto &change : changes) {
    bool isOff = !change || change->scale == 0;
    // A place stays where rows count them; off is the base bit for bit (C17).
    if (isOff && !isByRow())
      continue;
    scales.push_back(isOff ? 0 : static_cast<float>(change->scale));
    as.push_back(isOff ? createZeros(b, {1, common, in}, element)
                       : createFactor(b, *change->a, element, 0, common));
    bs.push_back(isOff ? createZeros(b, {1, out, common}, element)
                       : createFactor(b, *change->b, element, 1, common));
  }
  if (as.empty() || (isByRow() && !rows))
    return base;
  auto joined = [&](ArrayRef<Value> factors) -> Value {
    return factors.size() == 1 ? factors.front()
                               : ir::ConcatOp::create(b, factors, 0);
  };
  auto count = static_cast<int64_t>(scales.size());
  Value factors = ir::ParameterOp::create(
      b, module + " scales",
      DenseElementsAttr::get(RankedTensorType::get({count}, b.getF32Type()),
                             ArrayRef(scales)));
  FailureOr<ir::AdaptersOp> adapted = ir::createChecked<ir::AdaptersOp>(
      builder, loc, base, input, joined(as), joined(bs), factors, rows);
  if (failed(adapted)) {
    complain("module '" + module + "': its adapters do not fit the layer" +
             (isByRow() ? ", whose rows may not be the model's" : ""));
    return base;
  }
  return adapted->getResult();
}

Value AdapterSet::layerBeside(OpBuilder &builder, Location loc,
                              const PlainLayer &layer,
                              ArrayRef<std::string> module) {
  Changes changes = changesOf(
      module, cast<RankedTensorType>(layer.weight.getType()).getShape());
  auto decomposed = llvm::find_if(
      changes, [](const auto &change) { return change && change->magnitude; });
  if (first || decomposed == changes.end()) {
    Value base = ir::LinearOp::create(builder, loc, layer.input, layer.weight,
                                      layer.bias);
    return first ? base
                 : withProducts(builder, loc, base, layer.input, changes,
                                module.front());
  }
  Value base = ir::LinearOp::create(builder, loc, layer.input, layer.weight,
                                    /*bias=*/Value());
  Value sum =
      withProducts(builder, loc, base, layer.input, changes, module.front());
  return withRowFactors(builder, loc, sum,
                        rowFactors(builder, loc, layer.weight, **decomposed),
                        layer.bias);
}

bool AdapterSet::isBeside(Value weight, ArrayRef<int64_t> shape,
                          ArrayRef<std::string> module) {
  if (isByRow())
    return true;
  auto stored = weight.getDefiningOp<ir::WeightOp>();
  bool isAsked = form == AdapterForm::Beside ||
                 (stored && kept.contains(stored.getTensor().str()));
  bool isWeighed = form == AdapterForm::Auto && rowsPerSwap != 0;
  if (!isAsked && !isWeighed)
    return false;
  AdaptedSizes sizes{
      shape[0], shape[1], /*rank=*/0,
      cast<RankedTensorType>(weight.getType()).getElementTypeBitWidth() / 8};
  for (const auto &change : changesOf(module, shape)) {
    if (!change)
      continue;
    // What is no product of thin factors has to be formed as a whole anyway;
    // beside it, so have the rows whose lengths are to be changed.
    if (!change->isThin() || (change->magnitude && !isAsked))
      return false;
    sizes.rank += std::max(rank, change->rank());
  }
  CallPattern pattern{rowsPerSwap, 1 + (rowsPerSwap - 1) / rowsPerCall};
  return isAsked || (sizes.rank > 0 && isBesideCheaper(sizes, pattern));
}

Value AdapterSet::addLayer(OpBuilder &builder, Location loc,
                           const PlainLayer &layer,
                           ArrayRef<std::string> module) {
  PlainLayer own = layer;
  if (!empty() &&
      isBeside(layer.weight,
               cast<RankedTensorType>(layer.weight.getType()).getShape(),
               module)) {
    know(module);
    own.weight = replace(builder, loc, own.weight, module, "weight");
    if (own.bias)
      own.bias = merge(builder, loc, own.bias, module, "bias");
    return layerBeside(builder, loc, own, module);
  }
  own.weight = merge(builder, loc, own.weight, module, "weight");
  if (own.bias)
    own.bias = merge(builder, loc, own.bias, module, "bias");
  return ir::LinearOp::create(builder, loc, own.input, own.weight, own.bias);
}

Value AdapterSet::addBeside(OpBuilder &builder, Location loc, Value base,
                            Value input, ArrayRef<std::string> module) {
  if (empty())
    return base;
  know(module);
  int64_t in = cast<RankedTensorType>(input.getType()).getShape().back(),
          out = cast<RankedTensorType>(base.getType()).getShape().back();
  Changes changes = changesOf(module, {out, in});
  if (llvm::none_of(changes, [](const auto &change) { return !!change; }))
    return base;
  for (const auto &change : changes)
    if (change && change->magnitude)
      complain(change->magnitude->file + ": unsupported: module '" +
               module.front() + "' (use_dora beside a product)");
  if (first)
    return base;
  return withProducts(builder, loc, base, input, changes, module.front());
}

/// y + s conv1x1(conv(x, A), B), the first with the base's window and all
/// channels, the second by groups.
Value AdapterSet::addAcrossGroups(OpBuilder &builder, Location loc, Value base,
                                  ArrayRef<std::string> module) {
  if (empty())
    return base;
  auto conv = base.getDefiningOp<ir::ConvOp>();
  if (!conv) {
    complain("module '" + module.front() + "' is no convolution by itself");
    return base;
  }
  ImplicitLocOpBuilder b(loc, builder);
  auto type = cast<RankedTensorType>(base.getType());
  auto weight = cast<RankedTensorType>(conv.getWeight().getType());
  SmallVector<int64_t> ones(weight.getRank() - 2, 1), zeros(ones.size(), 0);
  for (auto [number, change] :
       llvm::enumerate(changesOf(module, weight.getShape()))) {
    if (first)
      return base;
    if (!change || change->kind != ChangeKind::AcrossGroups ||
        change->scale == 0)
      continue;
    if (change->a->entry.shape[1] / weight.getDimSize(1) !=
        static_cast<int64_t>(conv.getGroups())) {
      complain(misfit(*change->a, weight.getShape()));
      return base;
    }
    Value thin = ir::ConvOp::create(
        b, conv.getInput(),
        createStored(b, loc, *change->a, type.getElementType()),
        /*bias=*/Value(), conv.getStrides(), conv.getDilations(),
        conv.getPadsBegin(), conv.getPadsEnd(), /*groups=*/1);
    Value added = ir::ConvOp::create(
        b, thin, createStored(b, loc, *change->b, type.getElementType()),
        /*bias=*/Value(), ones, ones, zeros, zeros, conv.getGroups());
    added = scaled(builder, loc, added, change->scale,
                   change->module + " scale " + std::to_string(number));
    base = arith::AddFOp::create(b, base, added);
  }
  return base;
}

Status AdapterSet::finish() const {
  if (first)
    return *first;
  for (const std::optional<Adapter> &adapter : adapters)
    if (adapter)
      if (Status status = adapter->checkAllUsed(modules); !status)
        return status;
  return success();
}

} // namespace tenon
