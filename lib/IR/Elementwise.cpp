//===- Elementwise.cpp - Activations, softmax, casts, broadcasts ----------===//

#include "tenon/IR/Create.h"
#include "tenon/IR/TenonOps.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/APSInt.h"

using namespace mlir;
using namespace mlir::tenon;

/// Constants up to this size are folded; they are shapes and parameters, not
/// weights.
static constexpr int64_t maxFoldedElements = 1024;

static bool usesAlpha(ActivationKind kind) {
  switch (kind) {
  case ActivationKind::leaky_relu:
  case ActivationKind::elu:
  case ActivationKind::selu:
  case ActivationKind::celu:
  case ActivationKind::hard_sigmoid:
  case ActivationKind::silu:
  case ActivationKind::thresholded_relu:
  case ActivationKind::shrink:
    return true;
  default:
    return false;
  }
}

static bool usesBeta(ActivationKind kind) {
  return kind == ActivationKind::selu || kind == ActivationKind::hard_sigmoid ||
         kind == ActivationKind::shrink;
}

LogicalResult ActivationOp::inferReturnTypes(MLIRContext *,
                                             std::optional<Location> location,
                                             Adaptor adaptor,
                                             SmallVectorImpl<Type> &types) {
  ActivationKind kind = adaptor.getKind();
  Type element = elementTypeOf(adaptor.getInput());
  // activation_c1
  bool isInteger = isa<IntegerType>(element) && !element.isInteger(1);
  if (!isa<FloatType>(element) && !(isInteger && kind == ActivationKind::relu))
    return emitOptionalError(location, "elements of type ", element,
                             " have no ", stringifyActivationKind(kind));
  // activation_c2
  if (adaptor.getAlpha() && !usesAlpha(kind))
    return emitOptionalError(location, stringifyActivationKind(kind),
                             " has no alpha");
  if (adaptor.getBeta() && !usesBeta(kind))
    return emitOptionalError(location, stringifyActivationKind(kind),
                             " has no beta");
  // activation_c3: celu divides by alpha.
  if (kind == ActivationKind::celu && adaptor.getAlpha() &&
      adaptor.getAlpha()->isZero())
    return emitOptionalError(location, "alpha of celu is 0");
  return appendResult(location, shapeOf(adaptor.getInput()), element, types);
}

LogicalResult SoftmaxOp::inferReturnTypes(MLIRContext *,
                                          std::optional<Location> location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &types) {
  ArrayRef<int64_t> shape = shapeOf(adaptor.getInput());
  // softmax_c1
  if (failed(checkAxis(location, "axis", adaptor.getAxis(), shape.size())))
    return failure();
  return appendResult(location, shape, elementTypeOf(adaptor.getInput()),
                      types);
}

LogicalResult CastOp::verify() {
  RankedTensorType from = getInput().getType(), to = getType();
  Type source = from.getElementType(), target = to.getElementType();
  // cast_c1
  if (from.getShape().size() != to.getShape().size() ||
      !llvm::equal(from.getShape(), to.getShape(), mayEqual))
    return emitOpError("changes the shape of ") << from << " to that of " << to;
  // cast_c2
  for (Type element : {source, target})
    if (!element.isIntOrFloat())
      return emitOpError("does not convert elements of type ") << element;
  // cast_c3
  if (getUnsignedInput() && !isa<IntegerType>(source))
    return emitOpError("has unsigned_input but reads ") << source;
  if (getUnsignedResult() && !isa<IntegerType>(target))
    return emitOpError("has unsigned_result but gives ") << target;
  // cast_c4
  if (getSaturate() &&
      (!isa<FloatType>(target) || target.getIntOrFloatBitWidth() > 8))
    return emitOpError("has saturate, which is for floats of 8 bits or less, "
                       "but gives ")
           << target;
  return success();
}

/// One number converted as tenon.cast says; null where the conversion is left
/// to generated code.
static Attribute castNumber(CastOp op, Attribute number, Type target) {
  bool toBool = target.isInteger(1);
  if (auto integer = dyn_cast<IntegerAttr>(number)) {
    APInt value = integer.getValue();
    bool isUnsigned = op.getUnsignedInput() || value.getBitWidth() == 1;
    if (toBool)
      return IntegerAttr::get(target, APInt(1, !value.isZero()));
    if (auto type = dyn_cast<IntegerType>(target))
      return IntegerAttr::get(target, isUnsigned
                                          ? value.zextOrTrunc(type.getWidth())
                                          : value.sextOrTrunc(type.getWidth()));
    auto type = cast<FloatType>(target);
    if (type.getWidth() < 16)
      return {};
    APFloat result(type.getFloatSemantics());
    result.convertFromAPInt(value, !isUnsigned, APFloat::rmNearestTiesToEven);
    return FloatAttr::get(target, result);
  }
  APFloat value = cast<FloatAttr>(number).getValue();
  if (toBool)
    return IntegerAttr::get(target, APInt(1, !value.isZero()));
  bool isInexact;
  if (auto type = dyn_cast<IntegerType>(target)) {
    // Out of range, APFloat gives the nearest bound, and 0 for NaN.
    APSInt result(type.getWidth(), op.getUnsignedResult());
    value.convertToInteger(result, APFloat::rmTowardZero, &isInexact);
    return IntegerAttr::get(target, result);
  }
  auto type = cast<FloatType>(target);
  if (type.getWidth() < 16)
    return {};
  value.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                &isInexact);
  return FloatAttr::get(target, value);
}

OpFoldResult CastOp::fold(FoldAdaptor adaptor) {
  if (getInput().getType() == getType())
    return getInput();
  auto constant = dyn_cast_or_null<DenseElementsAttr>(adaptor.getInput());
  if (!constant || !getType().hasStaticShape() ||
      (!constant.isSplat() && constant.getNumElements() > maxFoldedElements))
    return {};
  Type target = getType().getElementType();
  if (constant.isSplat()) {
    Attribute number =
        castNumber(*this, constant.getSplatValue<Attribute>(), target);
    return number ? DenseElementsAttr::get(getType(), number) : OpFoldResult();
  }
  SmallVector<Attribute> numbers;
  for (Attribute number : constant.getValues<Attribute>()) {
    numbers.push_back(castNumber(*this, number, target));
    if (!numbers.back())
      return {};
  }
  return DenseElementsAttr::get(getType(), numbers);
}

LogicalResult BroadcastOp::verify() {
  RankedTensorType to = getType();
  // broadcast_c1
  if (getInput().getType().getElementType() != to.getElementType())
    return emitOpError("changes elements of type ")
           << getInput().getType().getElementType() << " to "
           << to.getElementType();
  // broadcast_c2
  if (failed(checkBroadcastsTo(getLoc(), "input", getInput(), to.getShape())))
    return failure();
  // broadcast_c3
  SmallVector<Type> types;
  return appendResult(getLoc(), to.getShape(), to.getElementType(), types);
}

OpFoldResult BroadcastOp::fold(FoldAdaptor) {
  // Dynamic sizes of one type may still differ: 1 against n.
  if (getInput().getType() == getType() && getType().hasStaticShape())
    return getInput();
  return {};
}

LogicalResult TransposeOp::inferReturnTypes(MLIRContext *,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  ArrayRef<int64_t> input = shapeOf(adaptor.getInput());
  ArrayRef<int64_t> permutation = adaptor.getPermutation();
  // transpose_c1
  if (permutation.size() != input.size())
    return emitOptionalError(location, "permutation has ", permutation.size(),
                             " entries for ", input.size(), " axes");
  // transpose_c2
  SmallVector<bool> seen(input.size(), false);
  SmallVector<int64_t> shape;
  for (int64_t axis : permutation) {
    if (failed(checkAxis(location, "permutation entry", axis, input.size())))
      return failure();
    if (seen[axis])
      return emitOptionalError(location, "permutation names axis ", axis,
                               " twice");
    seen[axis] = true;
    shape.push_back(input[axis]);
  }
  return appendResult(location, shape, elementTypeOf(adaptor.getInput()),
                      types);
}

OpFoldResult TransposeOp::fold(FoldAdaptor adaptor) {
  ArrayRef<int64_t> permutation = getPermutation();
  if (getInput().getType() == getType() &&
      llvm::equal(permutation, llvm::seq<int64_t>(permutation.size())))
    return getInput();
  auto constant = dyn_cast_or_null<SplatElementsAttr>(adaptor.getInput());
  if (constant && getType().hasStaticShape())
    return constant.resizeSplat(getType());
  return {};
}

namespace {
/// transpose(transpose(x, p), q) is transpose(x, p[q]).
struct ComposeTransposes : OpRewritePattern<TransposeOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getInput().getDefiningOp<TransposeOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "input is not transposed");
    SmallVector<int64_t> permutation;
    for (int64_t axis : op.getPermutation())
      permutation.push_back(inner.getPermutation()[axis]);
    rewriter.replaceOpWithNewOp<TransposeOp>(op, op.getType(), inner.getInput(),
                                             permutation);
    return success();
  }
};
} // namespace

void TransposeOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns.add<ComposeTransposes>(context);
}

/// The product of the static sizes of `shape`, and whether any is dynamic.
static std::pair<std::optional<int64_t>, bool>
countStaticPart(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> sizes = llvm::filter_to_vector(
      shape, [](int64_t size) { return !isDynamic(size); });
  return {countElements(sizes), sizes.size() != shape.size()};
}

LogicalResult ReshapeOp::verify() {
  RankedTensorType from = getInput().getType(), to = getType();
  // reshape_c1
  if (from.getElementType() != to.getElementType())
    return emitOpError("changes elements of type ")
           << from.getElementType() << " to " << to.getElementType();
  // reshape_c2
  auto [source, sourceOpen] = countStaticPart(from.getShape());
  auto [target, targetOpen] = countStaticPart(to.getShape());
  if (!source || !target)
    return emitOpError("has more elements than 64 bits can count: ")
           << from << " to " << to;
  // reshape_c3: a dynamic size stands for some factor.
  bool fits = sourceOpen && targetOpen ? true
              : sourceOpen ? *source ? *target % *source == 0 : *target == 0
              : targetOpen ? *target ? *source % *target == 0 : *source == 0
                           : *source == *target;
  if (!fits)
    return emitOpError("changes the number of elements: ")
           << from << " to " << to;
  return success();
}

Value tenon::createCast(ImplicitLocOpBuilder &b, Value tensor, Type element) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (type.getElementType() == element)
    return tensor;
  return CastOp::create(b, type.clone(element), tensor);
}

Value tenon::createReshape(ImplicitLocOpBuilder &b, Value tensor,
                           ArrayRef<int64_t> shape) {
  if (shapeOf(tensor) == shape)
    return tensor;
  return ReshapeOp::create(
      b, RankedTensorType::get(shape, elementTypeOf(tensor)), tensor);
}

OpFoldResult ReshapeOp::fold(FoldAdaptor adaptor) {
  // A single dynamic size follows from the number of elements, two do not.
  if (getInput().getType() == getType() &&
      (getType().hasStaticShape() ||
       (getType().getNumDynamicDims() == 1 &&
        !llvm::is_contained(getType().getShape(), 0))))
    return getInput();
  if (auto inner = getInput().getDefiningOp<ReshapeOp>()) {
    getInputMutable().assign(inner.getInput());
    return getResult();
  }
  auto constant = dyn_cast_or_null<DenseElementsAttr>(adaptor.getInput());
  if (constant && getType().hasStaticShape())
    return constant.reshape(getType());
  return {};
}
