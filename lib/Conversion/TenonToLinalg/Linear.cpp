//===- Linear.cpp - Matrix products, embeddings, LoRA ---------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"

using namespace mlir;
using namespace mlir::tenon;
using arith::CmpFPredicate;

Value tenon::createContraction(ImplicitLocOpBuilder &b, const LoopedTensor &lhs,
                               const LoopedTensor &rhs,
                               ArrayRef<int64_t> resultLoops) {
  return createContraction(b, lhs, rhs, resultLoops,
                           getComputeType(elementTypeOf(lhs.tensor)),
                           createMultiplyAdd);
}

Value tenon::createContraction(ImplicitLocOpBuilder &b, const LoopedTensor &lhs,
                               const LoopedTensor &rhs,
                               ArrayRef<int64_t> resultLoops, Type sumType,
                               BodyBuilder multiplyAdd) {
  SmallVector<int64_t> sizes;
  for (const LoopedTensor &side : {lhs, rhs})
    for (auto [loop, size] :
         llvm::zip_equal(side.loops, shapeOf(side.tensor))) {
      if (loop >= static_cast<int64_t>(sizes.size()))
        sizes.resize(loop + 1);
      sizes[loop] = size;
    }
  SmallVector<int64_t> shape;
  for (int64_t loop : resultLoops)
    shape.push_back(sizes[loop]);
  MLIRContext *context = b.getContext();
  int64_t loops = sizes.size();
  return createLoops(b, {lhs.tensor, rhs.tensor},
                     createFilled(b, shape, createScalar(b, sumType, 0.0)),
                     {selectLoops(context, loops, lhs.loops),
                      selectLoops(context, loops, rhs.loops),
                      selectLoops(context, loops, resultLoops)},
                     multiplyAdd);
}

Value tenon::createRounded(ImplicitLocOpBuilder &b, Value tensor,
                           Type element) {
  if (elementTypeOf(tensor) == element)
    return tensor;
  return createElementwise(b, tensor, shapeOf(tensor), element,
                           [&](ImplicitLocOpBuilder &b, ValueRange x) {
                             return convertFloat(b, x[0], element);
                           });
}

Value tenon::createBiased(ImplicitLocOpBuilder &b, Value sums, AffineMap map,
                          Value bias, ArrayRef<int64_t> biasLoops,
                          ArrayRef<int64_t> shape, Type element) {
  Type wide = elementTypeOf(sums);
  if (!bias && wide == element && map.isIdentity())
    return sums;
  int64_t loops = shape.size();
  SmallVector<Value> inputs = {sums};
  SmallVector<AffineMap> maps = {map};
  if (bias) {
    inputs.push_back(bias);
    maps.push_back(selectLoops(b.getContext(), loops, biasLoops));
  }
  maps.push_back(b.getMultiDimIdentityMap(loops));
  return createLoops(b, inputs, createEmpty(b, shape, element), maps,
                     [&](ImplicitLocOpBuilder &b, ValueRange x) {
                       Value sum = x[0];
                       if (bias)
                         sum = createAdd(b, sum,
                                         convertElement(b, x[1], wide, {}));
                       return convertElement(b, sum, element, {});
                     });
}

/// [.., n] as [rows, n].
static Value collapseRows(ImplicitLocOpBuilder &b, Value tensor) {
  ArrayRef<int64_t> shape = shapeOf(tensor);
  int64_t rows = 1;
  for (int64_t size : shape.drop_back())
    rows *= size;
  return createReshape(b, tensor, {rows, shape.back()});
}

/// rows [m, k] times the transpose of weight [n, k].
static Value multiplyByTransposed(ImplicitLocOpBuilder &b, Value rows,
                                  Value weight) {
  return createContraction(b, {rows, {0, 2}}, {weight, {1, 2}}, {0, 1});
}

namespace {
/// The product, then bias and rounding as an elementwise op of its own, which
/// code generation fuses as an epilogue together with what follows.
struct LowerLinear : OpRewritePattern<LinearOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(LinearOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Type element = elementTypeOf(op);
    Value rows = collapseRows(b, op.getInput());
    Value result = multiplyByTransposed(b, rows, op.getWeight());
    result = createBiased(b, result, b.getMultiDimIdentityMap(2), op.getBias(),
                          1, shapeOf(result), element);
    rewriter.replaceOp(op, createReshape(b, result, shapeOf(op)));
    return success();
  }
};

struct LowerLora : OpRewritePattern<LoraOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(LoraOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Type element = elementTypeOf(op);
    Value rows = collapseRows(b, op.getInput());
    Value base = multiplyByTransposed(b, rows, op.getWeight());
    Value latent = multiplyByTransposed(b, rows, op.getA());
    Value delta = multiplyByTransposed(b, latent, op.getB());
    SmallVector<Value> inputs = {base, delta, op.getScale()};
    if (op.getBias())
      inputs.push_back(op.getBias());
    auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) {
      Type wide = x[0].getType();
      Value scale = convertFloat(b, x[2], wide);
      Value adapted = createAdd(b, x[0], createMul(b, scale, x[1]));
      // base + 0 delta would lose the sign of zero, and base itself where the
      // delta is not finite.
      Value isOff = arith::CmpFOp::create(b, CmpFPredicate::OEQ, scale,
                                          createScalar(b, wide, 0.0));
      Value sum = arith::SelectOp::create(b, isOff, x[0], adapted);
      if (op.getBias())
        sum = createAdd(b, sum, convertFloat(b, x[3], wide));
      return convertFloat(b, sum, element);
    };
    Value result = createElementwise(b, inputs, shapeOf(base), element, body);
    rewriter.replaceOp(op, createReshape(b, result, shapeOf(op)));
    return success();
  }
};

/// Neighbouring batch axes of a product that both sides have or one lacks.
struct BatchAxes {
  int64_t size;
  bool inLhs, inRhs;
};
} // namespace

/// The fewest axes that express the batch of `op`: those of size 1 vanish,
/// neighbours that the same sides have become one.
template <typename OpTy> static SmallVector<BatchAxes> groupBatchAxes(OpTy op) {
  ArrayRef<int64_t> result = shapeOf(op).drop_back(2);
  auto sizeOn = [&](Value side, int64_t axis) -> int64_t {
    ArrayRef<int64_t> shape = shapeOf(side).drop_back(2);
    int64_t own = axis + shape.size() - result.size();
    return own < 0 ? 1 : shape[own];
  };
  SmallVector<BatchAxes> groups;
  for (auto [axis, size] : llvm::enumerate(result)) {
    if (size == 1)
      continue;
    bool inLhs = sizeOn(op.getLhs(), axis) != 1;
    bool inRhs = sizeOn(op.getRhs(), axis) != 1;
    if (!groups.empty() && groups.back().inLhs == inLhs &&
        groups.back().inRhs == inRhs)
      groups.back().size *= size;
    else
      groups.push_back({size, inLhs, inRhs});
  }
  return groups;
}

namespace {
/// The operands of a matrix product with their loops: batches, rows, columns,
/// and what is summed.
struct MatmulLoops {
  LoopedTensor lhs, rhs;
  SmallVector<int64_t> result;
};
} // namespace

template <typename OpTy>
static MatmulLoops loopsOf(ImplicitLocOpBuilder &b, OpTy op, bool transposeLhs,
                           bool transposeRhs) {
  SmallVector<BatchAxes> batch = groupBatchAxes(op);
  SmallVector<int64_t> lhsShape, rhsShape;
  SmallVector<int64_t> lhsTail(shapeOf(op.getLhs()).take_back(2));
  ArrayRef<int64_t> rhsTail = shapeOf(op.getRhs()).take_back(2);
  // A batch that rhs does not know is just more rows.
  if (!batch.empty() && !batch.back().inRhs && !transposeLhs)
    lhsTail[0] *= batch.pop_back_val().size;

  MatmulLoops loops;
  for (auto [loop, axes] : llvm::enumerate(batch)) {
    loops.result.push_back(loop);
    if (axes.inLhs) {
      lhsShape.push_back(axes.size);
      loops.lhs.loops.push_back(loop);
    }
    if (axes.inRhs) {
      rhsShape.push_back(axes.size);
      loops.rhs.loops.push_back(loop);
    }
  }
  int64_t row = batch.size(), column = row + 1, inner = row + 2;
  loops.result.append({row, column});
  loops.lhs.loops.append({row, inner});
  loops.rhs.loops.append({inner, column});
  if (transposeLhs)
    std::swap(loops.lhs.loops.back(), *std::prev(loops.lhs.loops.end(), 2));
  if (transposeRhs)
    std::swap(loops.rhs.loops.back(), *std::prev(loops.rhs.loops.end(), 2));
  llvm::append_range(lhsShape, lhsTail);
  llvm::append_range(rhsShape, rhsTail);
  loops.lhs.tensor = createReshape(b, op.getLhs(), lhsShape);
  loops.rhs.tensor = createReshape(b, op.getRhs(), rhsShape);
  return loops;
}

namespace {
struct LowerMatmul : OpRewritePattern<MatmulOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(MatmulOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    MatmulLoops loops =
        loopsOf(b, op, op.getTransposeLhs(), op.getTransposeRhs());
    Value result = createContraction(b, loops.lhs, loops.rhs, loops.result);
    result = createRounded(b, result, elementTypeOf(op));
    rewriter.replaceOp(op, createReshape(b, result, shapeOf(op)));
    return success();
  }
};

struct LowerIntegerMatmul : OpRewritePattern<IntegerMatmulOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(IntegerMatmulOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    MatmulLoops loops = loopsOf(b, op, false, false);
    Type i32 = b.getI32Type();
    auto multiplyAdd = [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
      Value product =
          arith::MulIOp::create(b, arith::ExtUIOp::create(b, i32, x[0]),
                                arith::ExtSIOp::create(b, i32, x[1]));
      return arith::AddIOp::create(b, x[2], product);
    };
    Value result = createContraction(b, loops.lhs, loops.rhs, loops.result, i32,
                                     multiplyAdd);
    rewriter.replaceOp(op, createReshape(b, result, shapeOf(op)));
    return success();
  }
};

struct LowerEmbedding : OpRewritePattern<EmbeddingOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(EmbeddingOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value ids = op.getIds(), table = op.getTable();
    int64_t rank = shapeOf(op).size();
    AffineMap whole = b.getMultiDimIdentityMap(rank);
    AffineMap row =
        selectLoops(op.getContext(), rank, otherAxes(rank, rank - 1));
    auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
      Value id = createClampedIndex(b, x[0], shapeOf(table)[0]);
      Value channel = linalg::IndexOp::create(b, rank - 1);
      return tensor::ExtractOp::create(b, table, ValueRange{id, channel});
    };
    rewriter.replaceOp(
        op, createLoops(b, ids, createEmpty(b, shapeOf(op), elementTypeOf(op)),
                        {row, whole}, body));
    return success();
  }
};
} // namespace

void tenon::populateLinearToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerEmbedding, LowerLinear, LowerLora, LowerMatmul,
               LowerIntegerMatmul>(patterns.getContext());
}
