//===- WeightPanels.cpp - Weights formed in panels at once ----------------===//

#include "WeightPanels.h"

#include "tenon/IR/Create.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::tenon;

/// Whether `value` comes of its operands element by element.
static bool isElementwise(Value value) {
  Operation *op = value.getDefiningOp();
  return op && op->getNumResults() == 1 && op->getNumRegions() == 0 &&
         (isa<CastOp>(op) || OpTrait::hasElementwiseMappableTraits(op)) &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           auto type = dyn_cast<RankedTensorType>(operand.getType());
           return type && type.getShape() == shapeOf(value);
         });
}

/// The product that `value` is, of factors that together are smaller than it.
static MatmulOp matchThinProduct(Value value) {
  auto product = value.getDefiningOp<MatmulOp>();
  if (!product)
    return nullptr;
  ArrayRef<int64_t> lhs = shapeOf(product.getLhs()),
                    rhs = shapeOf(product.getRhs()), shape = shapeOf(value);
  if (lhs.size() != 2 || rhs.size() != 2)
    return nullptr;
  int64_t summed = lhs[product.getTransposeLhs() ? 0 : 1];
  return summed * (shape[0] + shape[1]) < shape[0] * shape[1] ? product
                                                              : nullptr;
}

/// Whether there is such a product behind elementwise ops.
static bool comesOfProduct(Value value, llvm::DenseMap<Value, bool> &known) {
  auto [place, isNew] = known.try_emplace(value, false);
  if (!isNew)
    return place->second;
  bool found = matchThinProduct(value) != nullptr;
  if (isElementwise(value))
    for (Value operand : value.getDefiningOp()->getOperands())
      found |= comesOfProduct(operand, known);
  known[value] = found;
  return found;
}

namespace {
class PanelBuilder {
public:
  PanelBuilder(ImplicitLocOpBuilder &b, int64_t width) : b(b), width(width) {}

  Value panelsOf(Value value) {
    if (Value built = panels.lookup(value))
      return built;
    Value built = build(value);
    panels[value] = built;
    return built;
  }

private:
  /// The type of `value` in panels.
  RankedTensorType typeOf(Value value) {
    ArrayRef<int64_t> shape = shapeOf(value);
    return RankedTensorType::get({shape[0] / width, shape[1], width},
                                 elementTypeOf(value));
  }

  Value build(Value value) {
    if (MatmulOp product = matchThinProduct(value))
      return productOf(product);
    if (isElementwise(value)) {
      Operation *op = value.getDefiningOp();
      OperationState state(b.getLoc(), op->getName());
      for (Value operand : op->getOperands())
        state.addOperands(panelsOf(operand));
      state.addTypes(typeOf(value));
      state.addAttributes(op->getAttrs());
      return b.create(state)->getResult(0);
    }
    if (auto broadcast = value.getDefiningOp<BroadcastOp>())
      if (Value source = sourceOf(broadcast))
        return BroadcastOp::create(b, typeOf(value), source);
    DenseElementsAttr constant;
    if (matchPattern(value, m_Constant(&constant)) && constant.isSplat())
      return arith::ConstantOp::create(b, constant.resizeSplat(typeOf(value)));
    return createPanels(b, value, width);
  }

  /// What `broadcast` repeats, so that it may be in panels: one number, or one
  /// for each output; else null.
  Value sourceOf(BroadcastOp broadcast) {
    Value source = broadcast.getInput();
    ArrayRef<int64_t> shape = shapeOf(source);
    if (shape.empty())
      return source;
    return shape.size() == 2 && shape[0] != 1 && shape[1] == 1
               ? createPanels(b, source, width)
               : Value();
  }

  /// [panels, in, width] of lhs [out, summed] times rhs [summed, in]: for each
  /// panel rhs^T, each of whose rows is read again and again, times the panel
  /// of lhs.
  Value productOf(MatmulOp product) {
    Value lhs = product.getLhs();
    if (product.getTransposeLhs())
      lhs = TransposeOp::create(b, lhs, ArrayRef<int64_t>{1, 0});
    Value rhs = product.getRhs();
    if (!product.getTransposeRhs())
      rhs = TransposeOp::create(b, rhs, ArrayRef<int64_t>{1, 0});
    return MatmulOp::create(b, rhs, createPanels(b, lhs, width),
                            /*transpose_lhs=*/false, /*transpose_rhs=*/false);
  }

  ImplicitLocOpBuilder &b;
  int64_t width;
  llvm::DenseMap<Value, Value> panels;
};
} // namespace

Value mlir::tenon::createWeightPanels(ImplicitLocOpBuilder &b, Value weight,
                                      int64_t width) {
  llvm::DenseMap<Value, bool> known;
  return comesOfProduct(weight, known) ? PanelBuilder(b, width).panelsOf(weight)
                                       : createPanels(b, weight, width);
}
