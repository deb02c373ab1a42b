//===- SumOfProducts.cpp - What a sum multiplies --------------------------===//

#include "SumOfProducts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using ::tenon::ProductFactor;
using ::tenon::SumOfProducts;

bool ProductFactor::isFunctionOf(linalg::LinalgOp op, unsigned loop) const {
  return llvm::any_of(inputs, [&](OpOperand *input) {
    return op.getMatchingIndexingMap(input).isFunctionOfDim(loop);
  });
}

OpOperand &tenon::largestInput(linalg::LinalgOp op,
                               ArrayRef<OpOperand *> inputs) {
  auto elements = [&](OpOperand *input) {
    AffineMap map = op.getMatchingIndexingMap(input);
    int64_t count = 1;
    for (auto [loop, size] : llvm::enumerate(op.getStaticLoopRanges()))
      // Loops whose count is not known are a tile's, of which all count alike.
      if (map.isFunctionOfDim(loop) && !ShapedType::isDynamic(size))
        count *= size;
    return count;
  };
  return **llvm::max_element(inputs, [&](OpOperand *a, OpOperand *b) {
    return elements(a) < elements(b);
  });
}

FloatType SumOfProducts::narrowElement() const {
  Type element = left.element ? left.element : right.element;
  bool agree = !left.element || !right.element || left.element == right.element;
  return element && agree && element.getIntOrFloatBitWidth() == 16
             ? dyn_cast<FloatType>(element)
             : FloatType();
}

Type SumOfProducts::tensorElement(bool usesTf32) const {
  if (FloatType narrow = narrowElement())
    return narrow;
  if (areBytes())
    return IntegerType::get(left.element.getContext(), 8);
  auto isFloat = [](Type element) {
    return !element || isa<FloatType>(element);
  };
  return usesTf32 && isFloat(left.element) && isFloat(right.element)
             ? Type(Float32Type::get(left.inputs.front()->get().getContext()))
             : Type();
}

/// Adds the inputs that `value` is computed of; failure where that is more than
/// arithmetic on their elements.
static LogicalResult collectInputs(linalg::LinalgOp op, Value value,
                                   SmallVectorImpl<OpOperand *> &inputs) {
  Block *body = op.getBlock();
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    if (argument.getOwner() != body)
      return success();
    OpOperand &operand = op->getOpOperand(argument.getArgNumber());
    if (!op.isDpsInput(&operand))
      return failure();
    if (!llvm::is_contained(inputs, &operand))
      inputs.push_back(&operand);
    return success();
  }
  Operation *definition = value.getDefiningOp();
  if (definition->getBlock() != body || isa<linalg::IndexOp>(definition))
    return success();
  if (definition->getNumRegions() != 0 || !isPure(definition))
    return failure();
  for (Value operand : definition->getOperands())
    if (failed(collectInputs(op, operand, inputs)))
      return failure();
  return success();
}

/// A byte of the factor's input, widened.
static FailureOr<ProductFactor> matchByte(linalg::LinalgOp op, Value number,
                                          ProductFactor factor) {
  Operation *widened = number.getDefiningOp();
  if (!isa_and_nonnull<arith::ExtUIOp, arith::ExtSIOp>(widened) ||
      !widened->getOperand(0).getType().isInteger(8) ||
      widened->getOperand(0) !=
          op.getMatchingBlockArgument(factor.inputs.front()))
    return failure();
  factor.element =
      IntegerType::get(op.getContext(), 8,
                       isa<arith::ExtSIOp>(widened) ? IntegerType::Signed
                                                    : IntegerType::Unsigned);
  return factor;
}

static FailureOr<ProductFactor> matchFactor(linalg::LinalgOp op, Value number) {
  ProductFactor factor;
  factor.number = number;
  if (failed(collectInputs(op, number, factor.inputs)) || factor.inputs.empty())
    return failure();
  if (!isa<FloatType>(number.getType()))
    return matchByte(op, number, factor);
  if (auto widened = number.getDefiningOp<arith::ExtFOp>())
    number = widened.getIn();
  if (number == op.getMatchingBlockArgument(factor.inputs.front())) {
    factor.element = number.getType();
    if (!isa<Float16Type, BFloat16Type, Float32Type>(factor.element))
      return failure();
  }
  return factor;
}

/// Whether every place that the factor's arithmetic asks for is one of its
/// inputs' loops.
static bool usesOwnPlaces(linalg::LinalgOp op, const ProductFactor &factor) {
  SmallVector<Value> left = {factor.number};
  while (!left.empty()) {
    Operation *definition = left.pop_back_val().getDefiningOp();
    if (!definition || definition->getBlock() != op.getBlock())
      continue;
    if (auto place = dyn_cast<linalg::IndexOp>(definition))
      if (!factor.isFunctionOf(op, place.getDim()))
        return false;
    llvm::append_range(left, definition->getOperands());
  }
  return true;
}

FailureOr<SumOfProducts> tenon::matchSumOfProducts(linalg::LinalgOp op) {
  if (op.getNumDpsInits() != 1 || op.getNumDpsInputs() < 2 ||
      op.getNumReductionLoops() == 0)
    return failure();
  Value total = op.getBlock()->getTerminator()->getOperand(0);
  Operation *sum = total.getDefiningOp();
  if (!(isa_and_nonnull<arith::AddFOp>(sum) && total.getType().isF32()) &&
      !(isa_and_nonnull<arith::AddIOp>(sum) && total.getType().isInteger(32)))
    return failure();
  BlockArgument acc = op.getMatchingBlockArgument(op.getDpsInitOperand(0));
  Value product = sum->getOperand(0) == acc   ? sum->getOperand(1)
                  : sum->getOperand(1) == acc ? sum->getOperand(0)
                                              : Value();
  Operation *multiplied = product ? product.getDefiningOp() : nullptr;
  if (!isa_and_nonnull<arith::MulFOp, arith::MulIOp>(multiplied))
    return failure();
  FailureOr<ProductFactor> left = matchFactor(op, multiplied->getOperand(0)),
                           right = matchFactor(op, multiplied->getOperand(1));
  if (failed(left) || failed(right) ||
      llvm::any_of(left->inputs,
                   [&](OpOperand *input) {
                     return llvm::is_contained(right->inputs, input);
                   }) ||
      !usesOwnPlaces(op, *left) || !usesOwnPlaces(op, *right))
    return failure();
  if (llvm::is_contained(right->inputs, op.getDpsInputOperand(0)))
    std::swap(left, right);
  if (!llvm::is_contained(left->inputs, op.getDpsInputOperand(0)))
    return failure();
  return SumOfProducts{std::move(*left), std::move(*right)};
}
