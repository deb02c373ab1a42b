//===- Scatter.cpp - Updates at computed places ---------------------------===//
//
// Updates may meet at one place and the last one stays, so that they are made
// one after another in a copy of the input.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"
#include "SequentialLoops.h"

using namespace mlir;
using namespace mlir::tenon;

/// A place along an axis from an element of the indices: whether it lies inside
/// and, clamped, the index itself. A negative index counts from the end.
static std::pair<Value, Value> createPlace(ImplicitLocOpBuilder &b,
                                           Value element, int64_t size) {
  Value index = arith::IndexCastOp::create(b, b.getIndexType(), element);
  Value isNegative = arith::CmpIOp::create(b, arith::CmpIPredicate::slt, index,
                                           createIndex(b, 0));
  Value fromEnd = createAdd(b, index, createIndex(b, size));
  index = arith::SelectOp::create(b, isNegative, fromEnd, index);
  Value isInside = createIsInside(b, index, size);
  return {isInside,
          arith::SelectOp::create(b, isInside, index, createIndex(b, 0))};
}

/// What becomes of `old` where `update` arrives.
static Value createCombined(ImplicitLocOpBuilder &b, ScatterReduction reduction,
                            Value old, Value update, bool isUnsigned) {
  bool isBoolean = old.getType().isInteger(1);
  switch (reduction) {
  case ScatterReduction::none:
    return update;
  case ScatterReduction::add:
    if (isBoolean)
      return arith::OrIOp::create(b, old, update);
    return createAdd(b, old, update);
  case ScatterReduction::mul:
    return createMul(b, old, update);
  case ScatterReduction::max:
    return createMax(b, old, update, isUnsigned);
  case ScatterReduction::min:
    return createMin(b, old, update, isUnsigned);
  }
  return update;
}

namespace {
/// The place of an update in the result, and whether there is one.
struct Target {
  Value isInside;
  SmallVector<Value> point;
};
} // namespace

using TargetBuilder =
    llvm::function_ref<Target(ImplicitLocOpBuilder &b, ValueRange update)>;

static Value createConverted(ImplicitLocOpBuilder &b, Value tensor, Type type) {
  if (elementTypeOf(tensor) == type)
    return tensor;
  return createElementwise(b, tensor, shapeOf(tensor), type,
                           [&](ImplicitLocOpBuilder &b, ValueRange x) {
                             return convertElement(b, x[0], type, {});
                           });
}

/// Sums and products of 16-bit floats are formed in f32 and rounded at the end.
template <typename OpTy>
static Value createScatter(ImplicitLocOpBuilder &b, OpTy op,
                           TargetBuilder createTarget) {
  Value input = op.getInput(), updates = op.getUpdates();
  ScatterReduction reduction = op.getReduction();
  Type element = elementTypeOf(input);
  bool isArithmetic =
      reduction == ScatterReduction::add || reduction == ScatterReduction::mul;
  Type wide = isArithmetic ? getComputeType(element) : element;
  Value start =
      wide == element ? createCopy(b, input) : createConverted(b, input, wide);
  Value scattered =
      createSequentialLoops(
          b, shapeOf(updates), start,
          [&](ImplicitLocOpBuilder &b, ValueRange indices,
              ValueRange carried) -> SmallVector<Value> {
            Target target = createTarget(b, indices);
            Value update = tensor::ExtractOp::create(b, updates, indices);
            update = convertElement(b, update, wide, {});
            Value old =
                tensor::ExtractOp::create(b, carried.front(), target.point);
            Value combined = createCombined(b, reduction, old, update,
                                            op.getUnsignedElements());
            combined =
                arith::SelectOp::create(b, target.isInside, combined, old);
            return {tensor::InsertOp::create(b, combined, carried.front(),
                                             target.point)};
          })
          .front();
  return createConverted(b, scattered, element);
}

namespace {
struct LowerScatterElements : OpRewritePattern<ScatterElementsOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(ScatterElementsOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    int64_t axis = op.getAxis(), size = shapeOf(op.getInput())[axis];
    rewriter.replaceOp(
        op,
        createScatter(b, op, [&](ImplicitLocOpBuilder &b, ValueRange update) {
          Value element = tensor::ExtractOp::create(b, op.getIndices(), update);
          auto [isInside, place] = createPlace(b, element, size);
          Target target = {isInside, llvm::to_vector(update)};
          target.point[axis] = place;
          return target;
        }));
    return success();
  }
};

struct LowerScatterNd : OpRewritePattern<ScatterNdOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(ScatterNdOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    int64_t vectors = shapeOf(op.getIndices()).size() - 1;
    int64_t count = shapeOf(op.getIndices()).back();
    rewriter.replaceOp(
        op,
        createScatter(b, op, [&](ImplicitLocOpBuilder &b, ValueRange update) {
          SmallVector<Value> at(update.take_front(vectors));
          at.push_back({});
          Target target;
          for (int64_t i : llvm::seq(count)) {
            at.back() = createIndex(b, i);
            Value element = tensor::ExtractOp::create(b, op.getIndices(), at);
            auto [isInside, place] =
                createPlace(b, element, shapeOf(op.getInput())[i]);
            target.point.push_back(place);
            target.isInside =
                target.isInside
                    ? Value(arith::AndIOp::create(b, target.isInside, isInside))
                    : isInside;
          }
          llvm::append_range(target.point, update.drop_front(vectors));
          return target;
        }));
    return success();
  }
};
} // namespace

void tenon::populateScatterToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerScatterElements, LowerScatterNd>(patterns.getContext());
}
