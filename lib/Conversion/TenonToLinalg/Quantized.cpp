//===- Quantized.cpp - Products with weights of few bits ------------------===//
//
// A loop over blocks of rows and panels. Where a block has many rows, the
// panel's numbers are made once, in a buffer, and multiplied as any. Where
// there are few, time goes into reading the weight: a tile of panels remains a
// tenon.quantized_linear, for code generation knows what the processor
// multiplies (tenon-lower-quantized-linear).
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"

#include "tenon/IR/QuantizedWords.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace mlir::tenon;

/// Rows from which on making the panel's numbers pays.
static constexpr int64_t manyRows = 32;
/// Rows of a block, so that what they read stays in the second cache.
static constexpr int64_t mostRows = 120, fewestRows = 36;
/// Panels of a tile: what a register tile of a processor has at most.
static constexpr int64_t mostPanels = 4;

/// The largest divisor of `rows` within these bounds, or all of them.
static int64_t chooseBlock(int64_t rows) {
  for (int64_t block = mostRows; block >= fewestRows && block < rows; --block)
    if (rows % block == 0)
      return block;
  return rows;
}

static int64_t rowsOf(QuantizedLinearOp op) {
  return computeProduct(shapeOf(op.getInput()).drop_back());
}

bool tenon::hasFewRows(QuantizedLinearOp op) {
  return op.hasWords() && shapeOf(op.getWeight())[1] > 0 &&
         rowsOf(op) < manyRows;
}

namespace {
class QuantizedLowering {
public:
  QuantizedLowering(ImplicitLocOpBuilder &b, QuantizedLinearOp op)
      : b(b), op(op), bits(op.getBits()), panels(shapeOf(op.getScale())[0]),
        groups(shapeOf(op.getScale())[1]), width(shapeOf(op.getScale())[2]),
        steps(op.getInputsOfElement()),
        inputs(shapeOf(op.getWeight())[1] * steps), group(inputs / groups),
        rows(rowsOf(op)) {
    while (panels % tilePanels != 0)
      tilePanels /= 2;
  }

  /// All rows and panels.
  Value lower();
  /// Few rows, in tiles of panels.
  Value lowerFewRows();

private:
  /// Columns of a panel that lie in one byte each: 0 is the lower half.
  int64_t parts() const { return bits == 4 && steps == 1 ? 2 : 1; }
  int64_t partWidth() const { return width / parts(); }
  SmallVector<OpFoldResult> attrs(ArrayRef<int64_t> values) {
    return getAsIndexOpFoldResult(b.getContext(), values);
  }

  Value slice(Value tensor, OpFoldResult first, int64_t size);
  Value columns(Value tensor, int64_t part);
  Value toNumber(ImplicitLocOpBuilder &b, Value element, int64_t part);
  Value numbersOf(Value panel);
  Value createSums();

  ImplicitLocOpBuilder &b;
  QuantizedLinearOp op;
  /// `steps` inputs are in an element of the weight.
  int64_t bits, panels, groups, width, steps, inputs, group, rows;
  int64_t tilePanels = mostPanels;
  Value weight; ///< [panels, groups, elements of a group, part width]
};
} // namespace

/// What `size` indices of the first axis from `first` on have of `tensor`.
Value QuantizedLowering::slice(Value tensor, OpFoldResult first, int64_t size) {
  SmallVector<int64_t> shape(shapeOf(tensor));
  if (shape.front() == size)
    return tensor;
  shape.front() = size;
  SmallVector<OpFoldResult> offsets = attrs(SmallVector<int64_t>(shape.size()));
  offsets.front() = first;
  return createSlice(b, tensor, offsets, attrs(shape));
}

/// The columns of a part: [rest.., width] to [rest.., part width].
Value QuantizedLowering::columns(Value tensor, int64_t part) {
  if (parts() == 1)
    return tensor;
  SmallVector<int64_t> shape(shapeOf(tensor)), offsets(shape.size(), 0);
  shape.back() = partWidth();
  offsets.back() = part * partWidth();
  return createSlice(b, tensor, attrs(offsets), attrs(shape));
}

/// The integer of part `part` of a byte, or of a word that of the input which
/// loop 3 says, as f32.
Value QuantizedLowering::toNumber(ImplicitLocOpBuilder &b, Value element,
                                  int64_t part) {
  Type f32 = b.getF32Type(), i32 = b.getI32Type();
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantOp::create(b, b.getI32IntegerAttr(value));
  };
  Value field;
  if (steps > 1) {
    // Its upper end comes to the word's.
    Value up =
        createShiftToTop(b, linalg::IndexOp::create(b, 3).getResult(), bits);
    field = arith::ShLIOp::create(b, element, up);
    field = arith::ShRSIOp::create(b, field, constant(32 - bits));
  } else if (bits == 8) {
    field = element;
  } else {
    field = arith::ExtUIOp::create(b, i32, element);
    field = part == 0
                ? arith::AndIOp::create(b, field, constant(15)).getResult()
                : arith::ShRUIOp::create(b, field, constant(4)).getResult();
  }
  return arith::SIToFPOp::create(b, f32, field);
}

/// The numbers of a tile's panels, [panels, inputs, width].
Value QuantizedLowering::numbersOf(Value panel) {
  Type f32 = b.getF32Type();
  bool isWords = steps > 1;
  // Loops (panel, group, element, step of a word, column).
  int64_t loops = isWords ? 5 : 4, column = loops - 1;
  SmallVector<int64_t> shape = {tilePanels, groups, group / steps};
  if (isWords)
    shape.push_back(steps);
  auto select = [&](ArrayRef<int64_t> axes) {
    return selectLoops(b.getContext(), loops, axes);
  };
  Value bytesOrWords = slice(weight, panel, tilePanels);
  Value scale = slice(op.getScale(), panel, tilePanels), offset;
  if (op.getOffset())
    offset = slice(op.getOffset(), panel, tilePanels);
  auto withColumns = [&](int64_t count) {
    SmallVector<int64_t> result(shape);
    result.push_back(count);
    return result;
  };
  Value numbers = createEmpty(b, withColumns(width), f32);
  for (int64_t part = 0; part < parts(); ++part) {
    SmallVector<Value> terms = {bytesOrWords, columns(scale, part)};
    SmallVector<AffineMap> maps = {select({0, 1, 2, column}),
                                   select({0, 1, column})};
    if (offset) {
      terms.push_back(columns(offset, part));
      maps.push_back(maps.back());
    }
    maps.push_back(b.getMultiDimIdentityMap(loops));
    Value made =
        createLoops(b, terms, createEmpty(b, withColumns(partWidth()), f32),
                    maps, [&](ImplicitLocOpBuilder &b, ValueRange e) {
                      Value number =
                          createMul(b, toNumber(b, e[0], part), e[1]);
                      return offset ? createSub(b, number, e[2]) : number;
                    });
    if (parts() == 1) {
      numbers = made;
      break;
    }
    SmallVector<int64_t> first(loops, 0);
    first.back() = part * partWidth();
    numbers = tensor::InsertSliceOp::create(
        b, made, numbers, attrs(first), attrs(withColumns(partWidth())),
        attrs(SmallVector<int64_t>(loops, 1)));
  }
  SmallVector<ReassociationIndices> axes = {{0}, {1, 2}, {3}};
  if (isWords)
    axes = {{0}, {1, 2, 3}, {4}};
  return tensor::CollapseShapeOp::create(b, numbers, axes);
}

/// All sums, [rows, panels, width].
Value QuantizedLowering::createSums() {
  Type f32 = b.getF32Type();
  Value x = createReshape(b, op.getInput(), {rows, inputs});
  x = createRounded(b, x, f32);
  weight = createReshape(b, op.getWeight(),
                         {panels, groups, group / steps, partWidth()});
  int64_t block = chooseBlock(rows);
  Value empty = createEmpty(b, {rows, panels, width}, f32);
  auto loop =
      scf::ForallOp::create(b, attrs({0, 0}), attrs({rows, panels}),
                            attrs({block, tilePanels}), empty, std::nullopt);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  OpFoldResult first = loop.getInductionVar(0);
  Value panel = loop.getInductionVar(1);
  Value sums = createContraction(b, {slice(x, first, block), {0, 3}},
                                 {numbersOf(panel), {1, 3, 2}}, {0, 1, 2});
  b.setInsertionPointToStart(loop.getTerminator().getBody());
  tensor::ParallelInsertSliceOp::create(
      b, sums, loop.getRegionIterArgs().front(),
      ArrayRef<OpFoldResult>{first, panel, b.getIndexAttr(0)},
      attrs({block, tilePanels, width}), attrs({1, 1, 1}));
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

Value QuantizedLowering::lowerFewRows() {
  int64_t outputs = panels * width, tile = tilePanels * width;
  Type element = elementTypeOf(op.getInput());
  Value x = createReshape(b, op.getInput(), {rows, inputs});
  Value empty = createEmpty(b, {rows, outputs}, element);
  auto loop = scf::ForallOp::create(b, attrs({0}), attrs({outputs}),
                                    attrs({tile}), empty, std::nullopt);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  Value column = loop.getInductionVar(0);
  Value panel = arith::DivUIOp::create(b, column, createIndex(b, width));
  auto panelsOf = [&](Value tensor) {
    return tensor ? slice(tensor, panel, tilePanels) : tensor;
  };
  Value bias = op.getBias() ? slice(op.getBias(), column, tile) : Value();
  Value tileOfSums = QuantizedLinearOp::create(
      b, RankedTensorType::get({rows, tile}, element), x,
      panelsOf(op.getWeight()), panelsOf(op.getScale()),
      panelsOf(op.getOffset()), bias, bits);
  b.setInsertionPointToStart(loop.getTerminator().getBody());
  tensor::ParallelInsertSliceOp::create(
      b, tileOfSums, loop.getRegionIterArgs().front(),
      ArrayRef<OpFoldResult>{b.getIndexAttr(0), column}, attrs({rows, tile}),
      attrs({1, 1}));
  b.setInsertionPointAfter(loop);
  return createReshape(b, loop.getResult(0), shapeOf(op));
}

namespace {
struct LowerQuantizedLinear : OpRewritePattern<QuantizedLinearOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(QuantizedLinearOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    QuantizedLowering lowering(b, op);
    rewriter.replaceOp(op, hasFewRows(op) ? lowering.lowerFewRows()
                                          : lowering.lower());
    return success();
  }
};
} // namespace

void tenon::populateQuantizedToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerQuantizedLinear>(patterns.getContext());
}
