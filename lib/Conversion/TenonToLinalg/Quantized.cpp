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
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace mlir::tenon;

/// Rows of a block from which on making the panel's numbers pays.
static constexpr int64_t manyRows = 16;
/// Rows of a block, so that what they read stays in the second cache.
static constexpr int64_t mostRows = 120, fewestRows = 36;
/// Rows that share what is read of the weight: with two panels of 16 columns
/// twelve vectors of eight, with one row and four panels eight.
static constexpr int64_t mostRowsAtOnce = 3;

/// The largest divisor of `rows` within these bounds, or all of them.
static int64_t chooseBlock(int64_t rows) {
  for (int64_t block = mostRows; block >= fewestRows && block < rows; --block)
    if (rows % block == 0)
      return block;
  return rows;
}

namespace {
/// Rows and panels whose sums are held in registers together.
struct Tile {
  Value row, panel; ///< the first row, the block's first panel
  Value inBlock;    ///< the tile's first panel in the block
  int64_t rows, panels;
};

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
  SmallVector<Value> toNumbers(Value bytes);
  Value readColumns(Value tensor, ValueRange place);
  Value splat(Value tensor, ValueRange place);
  Value sumsOfGroups(Value x, Value totals, Value panel);
  Value sumsOfTile(const Tile &tile, Value x, Value totals, Value result);
  Value sumsOfNumbers(Value x, Value panel);

  ImplicitLocOpBuilder &b;
  QuantizedLinearOp op;
  int64_t bits, panels, groups, width, inputs, group, rows, block;
  int64_t panelBlock = 1; ///< panels at once
  Value weight;           ///< [panels, groups, group, part width]
};
} // namespace

/// The integer of part `part` of a byte, or of each of a vector, as f32.
Value QuantizedLowering::toNumber(ImplicitLocOpBuilder &b, Value byte,
                                  int64_t part) {
  auto like = [&](Type element) -> Type {
    auto type = dyn_cast<VectorType>(byte.getType());
    return type ? type.clone(element) : element;
  };
  Type f32 = like(b.getF32Type()), i32 = like(b.getI32Type());
  if (bits == 8)
    return arith::SIToFPOp::create(b, f32, byte);
  Value wide = arith::ExtUIOp::create(b, i32, byte);
  auto constant = [&](int64_t value) -> Value {
    TypedAttr number = b.getI32IntegerAttr(value);
    if (auto type = dyn_cast<VectorType>(i32))
      number = DenseElementsAttr::get(type, Attribute(number));
    return arith::ConstantOp::create(b, number);
  };
  Value bitsOfPart =
      part == 0 ? arith::AndIOp::create(b, wide, constant(15)).getResult()
                : arith::ShRUIOp::create(b, wide, constant(4)).getResult();
  return arith::SIToFPOp::create(b, f32, bitsOfPart);
}

/// The numbers of a vector of bytes, part by part. One widening for both keeps
/// LLVM from masking the bytes of each part first, and widening twice.
SmallVector<Value> QuantizedLowering::toNumbers(Value bytes) {
  SmallVector<Value> numbers;
  for (int64_t part = 0; part < parts(); ++part)
    numbers.push_back(toNumber(b, bytes, part));
  return numbers;
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

/// The columns of a part of `tensor`, from those at `place` on, as a vector.
Value QuantizedLowering::readColumns(Value tensor, ValueRange place) {
  auto type = VectorType::get({partWidth()}, elementTypeOf(tensor));
  return vector::TransferReadOp::create(b, type, tensor, place, std::nullopt,
                                        ArrayRef<bool>{true});
}

Value QuantizedLowering::splat(Value tensor, ValueRange place) {
  Value element = tensor::ExtractOp::create(b, tensor, place);
  return vector::BroadcastOp::create(
      b, VectorType::get({partWidth()}, element.getType()), element);
}

/// The sums of all groups: over g of scale[g] * (sum of x q in g) - offset[g] *
/// totals[g], for the rows x [rows, groups, group] and the block's panels:
/// [rows, panels, width].
Value QuantizedLowering::sumsOfGroups(Value x, Value totals, Value panel) {
  int64_t own = shapeOf(x).front();
  Value result = createEmpty(b, {own, panelBlock, width}, b.getF32Type());
  int64_t rowTile = std::min(own, mostRowsAtOnce),
          panelTile =
              rowTile == 1 ? panelBlock : std::min<int64_t>(panelBlock, 2);
  auto overRows = [&](Value now, Value inBlock, int64_t begin, int64_t end,
                      int64_t count) -> Value {
    auto loop =
        scf::ForOp::create(b, createIndex(b, begin), createIndex(b, end),
                           createIndex(b, count), now);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    Tile tile{loop.getInductionVar(), panel, inBlock, count, panelTile};
    scf::YieldOp::create(b,
                         sumsOfTile(tile, x, totals, loop.getRegionIterArg(0)));
    return loop.getResult(0);
  };
  auto loop =
      scf::ForOp::create(b, createIndex(b, 0), createIndex(b, panelBlock),
                         createIndex(b, panelTile), result);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  Value now = loop.getRegionIterArg(0), inBlock = loop.getInductionVar();
  int64_t rest = own % rowTile;
  now = overRows(now, inBlock, 0, own - rest, rowTile);
  if (rest > 0)
    now = overRows(now, inBlock, own - rest, own, rest);
  scf::YieldOp::create(b, now);
  return loop.getResult(0);
}

/// The sums of a tile's rows and panels, held in vectors over all inputs.
Value QuantizedLowering::sumsOfTile(const Tile &tile, Value x, Value totals,
                                    Value result) {
  auto vectorType = VectorType::get({partWidth()}, b.getF32Type());
  auto shifted = [&](Value index, int64_t by) -> Value {
    return b.createOrFold<arith::AddIOp>(index, createIndex(b, by));
  };
  SmallVector<Value> rowsHere, inBlock, panelsHere;
  for (int64_t r = 0; r < tile.rows; ++r)
    rowsHere.push_back(shifted(tile.row, r));
  for (int64_t p = 0; p < tile.panels; ++p) {
    inBlock.push_back(shifted(tile.inBlock, p));
    panelsHere.push_back(
        b.createOrFold<arith::AddIOp>(tile.panel, inBlock.back()));
  }
  SmallVector<Value> zeros(
      tile.rows * tile.panels * parts(),
      arith::ConstantOp::create(b, b.getZeroAttr(vectorType)));
  /// `body` maps sums to sums; those of panel p, part c and row r are number
  /// (p parts + c) rows + r.
  auto loopOver =
      [&](int64_t size, ValueRange start,
          llvm::function_ref<void(Value, SmallVector<Value> &)> body) {
        auto loop =
            scf::ForOp::create(b, createIndex(b, 0), createIndex(b, size),
                               createIndex(b, 1), start);
        OpBuilder::InsertionGuard guard(b);
        b.setInsertionPointToStart(loop.getBody());
        auto sums = llvm::to_vector_of<Value>(loop.getRegionIterArgs());
        body(loop.getInductionVar(), sums);
        scf::YieldOp::create(b, sums);
        return SmallVector<Value>(loop.getResults());
      };
  auto addStep = [&](Value g, Value step, SmallVector<Value> &sums) {
    SmallVector<Value> factors;
    for (Value row : rowsHere)
      factors.push_back(splat(x, {row, g, step}));
    size_t next = 0;
    for (Value panel : panelsHere) {
      Value bytes = readColumns(weight, {panel, g, step, createIndex(b, 0)});
      for (Value numbers : toNumbers(bytes))
        for (Value factor : factors) {
          sums[next] = vector::FMAOp::create(b, factor, numbers, sums[next]);
          ++next;
        }
    }
  };
  auto addGroup = [&](Value g, SmallVector<Value> &sums) {
    SmallVector<Value> ofGroup =
        loopOver(group, zeros, [&](Value step, SmallVector<Value> &partial) {
          addStep(g, step, partial);
        });
    size_t next = 0;
    for (Value panel : panelsHere)
      for (int64_t part = 0; part < parts(); ++part) {
        SmallVector<Value> place = {panel, g,
                                    createIndex(b, part * partWidth())};
        Value scale = readColumns(op.getScale(), place), offset;
        if (op.getOffset())
          offset = arith::NegFOp::create(b, readColumns(op.getOffset(), place));
        for (Value row : rowsHere) {
          Value &sum = sums[next];
          sum = vector::FMAOp::create(b, ofGroup[next], scale, sum);
          if (offset)
            sum =
                vector::FMAOp::create(b, splat(totals, {row, g}), offset, sum);
          ++next;
        }
      }
  };
  SmallVector<Value> sums = loopOver(groups, zeros, addGroup);
  size_t next = 0;
  for (Value panel : inBlock)
    for (int64_t part = 0; part < parts(); ++part)
      for (Value row : rowsHere)
        result = vector::TransferWriteOp::create(
                     b, sums[next++], result,
                     ValueRange{row, panel, createIndex(b, part * partWidth())},
                     ArrayRef<bool>{true})
                     .getResult();
  return result;
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
