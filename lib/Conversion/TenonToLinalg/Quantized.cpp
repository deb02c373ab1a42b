//===- Quantized.cpp - Products with weights of few bits ------------------===//
//
// A loop over blocks of rows and panels. Where a block has few rows, time goes
// into reading the weight: its integers are factors as they are, and scale and
// offset are applied to the sums of each group. Where it has many, the panel's
// numbers are made once, in a buffer, and multiplied as any.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace mlir::tenon;

/// Rows of a block from which on making the panel's numbers pays.
static constexpr int64_t manyRows = 16;
/// Rows of a block, so that what they read stays in the second cache.
static constexpr int64_t mostRows = 120, fewestRows = 36;

/// The largest divisor of `rows` within these bounds, or all of them.
static int64_t chooseBlock(int64_t rows) {
  for (int64_t block = mostRows; block >= fewestRows && block < rows; --block)
    if (rows % block == 0)
      return block;
  return rows;
}

namespace {
class QuantizedLowering {
public:
  QuantizedLowering(ImplicitLocOpBuilder &b, QuantizedLinearOp op)
      : b(b), op(op), bits(op.getBits()), panels(shapeOf(op.getScale())[0]),
        groups(shapeOf(op.getScale())[1]), width(shapeOf(op.getScale())[2]),
        inputs(shapeOf(op.getWeight())[1]), group(inputs / groups),
        rows(computeProduct(shapeOf(op.getInput()).drop_back())),
        block(chooseBlock(rows)) {}

  Value lower();

private:
  /// Columns of a panel that lie in one byte each: 0 is the lower half.
  int64_t parts() const { return bits == 4 ? 2 : 1; }
  int64_t partWidth() const { return width / parts(); }
  SmallVector<OpFoldResult> attrs(ArrayRef<int64_t> values) {
    return getAsIndexOpFoldResult(b.getContext(), values);
  }

  Value createSums();
  Value toNumber(ImplicitLocOpBuilder &b, Value byte, int64_t part);
  Value panelsOf(Value tensor, Value panel);
  Value columns(Value tensor, int64_t part);
  Value groupOf(Value tensor, Value g);
  Value sumsOfGroups(Value x, Value totals, Value panel);
  Value addGroup(Value sums, int64_t part, Value x, Value bytes, Value scale,
                 Value total, Value offset);
  Value sumsOfNumbers(Value x, Value panel);

  ImplicitLocOpBuilder &b;
  QuantizedLinearOp op;
  int64_t bits, panels, groups, width, inputs, group, rows, block;
  int64_t panelBlock = 1; ///< panels at once
  Value weight;           ///< [panels, groups, group, part width]
};
} // namespace

/// The integer of part `part` of a byte as f32.
Value QuantizedLowering::toNumber(ImplicitLocOpBuilder &b, Value byte,
                                  int64_t part) {
  Type f32 = b.getF32Type(), i32 = b.getI32Type();
  if (bits == 8)
    return arith::SIToFPOp::create(b, f32, byte);
  Value wide = arith::ExtUIOp::create(b, i32, byte);
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantOp::create(b, b.getI32IntegerAttr(value));
  };
  Value bitsOfPart =
      part == 0 ? arith::AndIOp::create(b, wide, constant(15)).getResult()
                : arith::ShRUIOp::create(b, wide, constant(4)).getResult();
  return arith::SIToFPOp::create(b, f32, bitsOfPart);
}

/// The block's panels of [panels, rest..], from `panel` on.
Value QuantizedLowering::panelsOf(Value tensor, Value panel) {
  SmallVector<int64_t> shape(shapeOf(tensor));
  shape.front() = panelBlock;
  SmallVector<OpFoldResult> offsets = attrs(SmallVector<int64_t>(shape.size()));
  offsets.front() = panel;
  return tensor::ExtractSliceOp::create(
      b, tensor, offsets, attrs(shape),
      attrs(SmallVector<int64_t>(shape.size(), 1)));
}

/// Group `g` of [rows or panels, groups, rest..]: [rows or panels, rest..].
Value QuantizedLowering::groupOf(Value tensor, Value g) {
  SmallVector<int64_t> shape(shapeOf(tensor)), kept = shape;
  kept.erase(kept.begin() + 1);
  SmallVector<OpFoldResult> offsets = attrs(SmallVector<int64_t>(shape.size())),
                            sizes = attrs(shape);
  offsets[1] = g;
  sizes[1] = b.getIndexAttr(1);
  return tensor::ExtractSliceOp::create(
      b, RankedTensorType::get(kept, elementTypeOf(tensor)), tensor, offsets,
      sizes, attrs(SmallVector<int64_t>(shape.size(), 1)));
}

/// The columns of a part: [rest.., width] to [rest.., part width].
Value QuantizedLowering::columns(Value tensor, int64_t part) {
  if (parts() == 1)
    return tensor;
  SmallVector<int64_t> shape(shapeOf(tensor)), offsets(shape.size(), 0),
      ones(shape.size(), 1);
  shape.back() = partWidth();
  offsets.back() = part * partWidth();
  return tensor::ExtractSliceOp::create(b, tensor, attrs(offsets), attrs(shape),
                                        attrs(ones));
}

/// The sums of all groups: over g of scale[g] * (sum of x q in g) - offset[g] *
/// totals[g], for the rows x [rows, groups, group] and the block's panels:
/// [rows, panels, width].
Value QuantizedLowering::sumsOfGroups(Value x, Value totals, Value panel) {
  Type f32 = b.getF32Type();
  int64_t own = shapeOf(x).front();
  Value bytes = panelsOf(weight, panel), scale = panelsOf(op.getScale(), panel),
        offset;
  if (op.getOffset())
    offset = panelsOf(op.getOffset(), panel);
  SmallVector<Value> starts(parts(),
                            createFilled(b, {own, panelBlock, partWidth()},
                                         createScalar(b, f32, 0.0)));
  // Group by group, so that the second part of each byte is still near.
  auto loop = scf::ForOp::create(b, createIndex(b, 0), createIndex(b, groups),
                                 createIndex(b, 1), starts);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    Value g = loop.getInductionVar();
    auto ofGroup = [&](Value tensor) {
      return tensor ? groupOf(tensor, g) : tensor;
    };
    SmallVector<Value> next;
    for (int64_t part = 0; part < parts(); ++part)
      next.push_back(addGroup(
          loop.getRegionIterArg(part), part, ofGroup(x), ofGroup(bytes),
          ofGroup(columns(scale, part)), ofGroup(totals),
          ofGroup(offset ? columns(offset, part) : offset)));
    scf::YieldOp::create(b, next);
  }
  if (parts() == 1)
    return loop.getResult(0);
  Value result = createEmpty(b, {own, panelBlock, width}, f32);
  for (int64_t part = 0; part < parts(); ++part)
    result = tensor::InsertSliceOp::create(
        b, loop.getResult(part), result, attrs({0, 0, part * partWidth()}),
        attrs({own, panelBlock, partWidth()}), attrs({1, 1, 1}));
  return result;
}

/// Adds one group's sums to `sums` [rows, panels, part width].
Value QuantizedLowering::addGroup(Value sums, int64_t part, Value x,
                                  Value bytes, Value scale, Value total,
                                  Value offset) {
  Type f32 = b.getF32Type();
  auto loops = [&](int64_t count, ArrayRef<int64_t> axes) {
    return selectLoops(b.getContext(), count, axes);
  };
  // Loops (row, panel, column, step).
  Value partial = createLoops(
      b, {x, bytes}, createFilled(b, shapeOf(sums), createScalar(b, f32, 0.0)),
      {loops(4, {0, 3}), loops(4, {1, 3, 2}), loops(4, {0, 1, 2})},
      [&](ImplicitLocOpBuilder &b, ValueRange e) {
        return createAdd(b, e[2], createMul(b, e[0], toNumber(b, e[1], part)));
      });
  SmallVector<Value> terms = {partial, scale};
  SmallVector<AffineMap> maps = {loops(3, {0, 1, 2}), loops(3, {1, 2})};
  if (offset) {
    terms.append({total, offset});
    maps.append({loops(3, {0}), loops(3, {1, 2})});
  }
  maps.push_back(loops(3, {0, 1, 2}));
  return createLoops(
      b, terms, sums, maps, [&](ImplicitLocOpBuilder &b, ValueRange e) {
        Value sum = createAdd(b, e.back(), createMul(b, e[0], e[1]));
        return offset ? createSub(b, sum, createMul(b, e[2], e[3])) : sum;
      });
}

/// The rows x [rows, inputs] times a panel's numbers: [rows, 1, width].
Value QuantizedLowering::sumsOfNumbers(Value x, Value panel) {
  MLIRContext *context = b.getContext();
  auto loops = [&](ArrayRef<int64_t> axes) {
    return selectLoops(context, 4, axes);
  };
  Type f32 = b.getF32Type();
  Value bytes = panelsOf(weight, panel), scale = panelsOf(op.getScale(), panel),
        offset;
  if (op.getOffset())
    offset = panelsOf(op.getOffset(), panel);
  Value numbers = createEmpty(b, {1, groups, group, width}, f32);
  for (int64_t part = 0; part < parts(); ++part) {
    // Loops (panel, group, step, column).
    SmallVector<Value> terms = {bytes, columns(scale, part)};
    SmallVector<AffineMap> maps = {loops({0, 1, 2, 3}), loops({0, 1, 3})};
    if (offset) {
      terms.push_back(columns(offset, part));
      maps.push_back(loops({0, 1, 3}));
    }
    maps.push_back(loops({0, 1, 2, 3}));
    Value made = createLoops(
        b, terms, createEmpty(b, {1, groups, group, partWidth()}, f32), maps,
        [&](ImplicitLocOpBuilder &b, ValueRange e) {
          Value number = createMul(b, toNumber(b, e[0], part), e[1]);
          return offset ? createSub(b, number, e[2]) : number;
        });
    numbers = tensor::InsertSliceOp::create(
        b, made, numbers, attrs({0, 0, 0, part * partWidth()}),
        attrs({1, groups, group, partWidth()}), attrs({1, 1, 1, 1}));
  }
  Value factors = tensor::CollapseShapeOp::create(
      b, numbers, SmallVector<ReassociationIndices>{{0}, {1, 2}, {3}});
  return createContraction(b, {x, {0, 3}}, {factors, {1, 3, 2}}, {0, 1, 2});
}

/// All sums, [rows, panels, width].
Value QuantizedLowering::createSums() {
  Type f32 = b.getF32Type();
  Value x = createReshape(b, op.getInput(), {rows, inputs});
  x = createRounded(b, x, f32);
  weight =
      createReshape(b, op.getWeight(), {panels, groups, group, partWidth()});
  bool isMany = block >= manyRows;
  panelBlock = isMany ? 1 : panels % 4 == 0 ? 4 : panels % 2 == 0 ? 2 : 1;
  Value totals;
  if (!isMany) {
    x = createReshape(b, x, {rows, groups, group});
    if (op.getOffset())
      totals = createReduction(b, x, {2}, createScalar(b, f32, 0.0),
                               [&](ImplicitLocOpBuilder &b, ValueRange e) {
                                 return createAdd(b, e[1], e[0]);
                               });
  }
  Value empty = createEmpty(b, {rows, panels, width}, f32);
  auto loop =
      scf::ForallOp::create(b, attrs({0, 0}), attrs({rows, panels}),
                            attrs({block, panelBlock}), empty, std::nullopt);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  OpFoldResult first = loop.getInductionVar(0);
  Value panel = loop.getInductionVar(1);
  auto own = [&](Value tensor) -> Value {
    SmallVector<int64_t> shape(shapeOf(tensor)), zeros(shape.size(), 0),
        ones(shape.size(), 1);
    if (shape.front() == block)
      return tensor;
    shape.front() = block;
    SmallVector<OpFoldResult> offsets = attrs(zeros);
    offsets.front() = first;
    return tensor::ExtractSliceOp::create(b, tensor, offsets, attrs(shape),
                                          attrs(ones));
  };
  Value sums = isMany
                   ? sumsOfNumbers(own(x), panel)
                   : sumsOfGroups(own(x), totals ? own(totals) : totals, panel);
  b.setInsertionPointToStart(loop.getTerminator().getBody());
  tensor::ParallelInsertSliceOp::create(
      b, sums, loop.getRegionIterArgs().front(),
      ArrayRef<OpFoldResult>{first, panel, b.getIndexAttr(0)},
      attrs({block, panelBlock, width}), attrs({1, 1, 1}));
  return loop.getResult(0);
}

Value QuantizedLowering::lower() {
  Type element = elementTypeOf(op.getInput());
  Value sums = inputs > 0 ? createSums()
                          : createFilled(b, {rows, panels, width},
                                         createScalar(b, b.getF32Type(), 0.0));
  Value bias = op.getBias();
  if (bias)
    bias = createReshape(b, bias, {panels, width});
  Value result = createBiased(b, sums, b.getMultiDimIdentityMap(3), bias,
                              {1, 2}, {rows, panels, width}, element);
  return createReshape(b, result, shapeOf(op));
}

namespace {
struct LowerQuantizedLinear : OpRewritePattern<QuantizedLinearOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(QuantizedLinearOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    rewriter.replaceOp(op, QuantizedLowering(b, op).lower());
    return success();
  }
};
} // namespace

void tenon::populateQuantizedToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerQuantizedLinear>(patterns.getContext());
}
