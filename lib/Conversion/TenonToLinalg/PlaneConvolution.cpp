//===- PlaneConvolution.cpp - Depthwise, plane by plane -------------------===//
//
// Images [N, C, rows, columns]. A tile of the result is some rows of one
// channel. What it reads is copied first, with zeros where the padding is and
// in the type of sums: the copy stays in the first cache while all taps read
// it, and has lines and sets of its own choice.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Windows.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

#include <algorithm>

using namespace mlir;
using namespace mlir::tenon;

/// Elements of a copy: half of the usual first cache. Rows of a tile, at least,
/// as the rows of the image that two tiles read are copied for both.
static constexpr int64_t copiedElements = 4096, fewestRows = 16;
/// Elements (f32) of a cache line, and from one row to the next where all rows
/// fall on few sets.
static constexpr int64_t line = 16, sameSets = 256;

/// Elements of an axis that so many windows read.
static int64_t spanOf(const WindowAxis &axis, int64_t windows) {
  return (windows - 1) * axis.stride + (axis.kernel - 1) * axis.dilation + 1;
}

namespace {
class PlaneLowering {
public:
  PlaneLowering(ImplicitLocOpBuilder &b, Value input, Value weight,
                ArrayRef<WindowAxis> axes, ArrayRef<int64_t> shape)
      : b(b), input(input), weight(weight), rows(axes.front()),
        columns(axes.back()), shape(shape),
        element(getComputeType(elementTypeOf(input))),
        width(spanOf(columns, shape.back())) {
    // The image's columns begin a line.
    int64_t padding = std::max<int64_t>(0, columns.padBegin);
    lead = llvm::alignTo(padding, line) - padding;
    pitch = llvm::alignTo(lead + width, line);
    if (pitch % sameSets == 0)
      pitch += line;
    tileRows = chooseRows();
    height = spanOf(rows, tileRows);
  }

  Value lower();

private:
  OpFoldResult attr(int64_t value) const { return b.getIndexAttr(value); }
  int64_t chooseRows() const;
  Value createTile(Value tile, ArrayRef<OpFoldResult> place);
  Value createCopy(OpFoldResult n, OpFoldResult channel, OpFoldResult row);
  Value withZeros(Value copy, OpFoldResult row, OpFoldResult rowCount,
                  int64_t column, int64_t columnCount);
  Value withImage(Value copy, ArrayRef<OpFoldResult> from,
                  ArrayRef<OpFoldResult> to, ArrayRef<OpFoldResult> sizes);

  ImplicitLocOpBuilder &b;
  Value input, weight;
  const WindowAxis &rows, &columns;
  ArrayRef<int64_t> shape;
  Type element;
  /// Of what a tile reads.
  int64_t height, width;
  /// Of the copy of it: columns before the first that is read, and all of them.
  int64_t lead, pitch;
  /// Rows of a tile; the last one may have fewer.
  int64_t tileRows;
};
} // namespace

/// All of them, or equal parts where there are such near the size.
int64_t PlaneLowering::chooseRows() const {
  int64_t count = shape[2], extent = spanOf(rows, 1);
  int64_t fitting = (copiedElements / pitch - extent) / rows.stride + 1;
  int64_t wanted = std::max(fitting, fewestRows);
  if (wanted + wanted / 4 >= count)
    return count;
  for (int64_t near = wanted + wanted / 4; near > wanted / 2; --near)
    if (count % near == 0)
      return near;
  return wanted;
}

Value PlaneLowering::withZeros(Value copy, OpFoldResult row,
                               OpFoldResult rowCount, int64_t column,
                               int64_t columnCount) {
  if (isConstantIntValue(rowCount, 0))
    return copy;
  SmallVector<OpFoldResult> offsets = {attr(0), attr(0), row, attr(column)},
                            sizes = {attr(1), attr(1), rowCount,
                                     attr(columnCount)},
                            ones(4, attr(1));
  Value zeros = linalg::FillOp::create(b, createScalar(b, element, 0.0),
                                       createSlice(b, copy, offsets, sizes))
                    .getResult(0);
  return tensor::InsertSliceOp::create(b, zeros, copy, offsets, sizes, ones);
}

Value PlaneLowering::withImage(Value copy, ArrayRef<OpFoldResult> from,
                               ArrayRef<OpFoldResult> to,
                               ArrayRef<OpFoldResult> sizes) {
  Value image = createSlice(b, input, from, sizes);
  if (elementTypeOf(image) != element) {
    AffineMap identity = b.getMultiDimIdentityMap(4);
    image = createLoops(b, image, createSlice(b, copy, to, sizes),
                        {identity, identity},
                        [&](ImplicitLocOpBuilder &b, ValueRange x) {
                          return convertFloat(b, x[0], element);
                        });
  }
  SmallVector<OpFoldResult> ones(4, attr(1));
  return tensor::InsertSliceOp::create(b, image, copy, to, sizes, ones);
}

/// What the windows of a tile from `row` on read, as [1, 1, height, pitch].
Value PlaneLowering::createCopy(OpFoldResult n, OpFoldResult channel,
                                OpFoldResult row) {
  MLIRContext *context = b.getContext();
  Location loc = b.getLoc();
  AffineExpr d0, d1;
  bindDims(context, d0, d1);
  AffineExpr start = d0 * rows.stride - rows.padBegin;
  // Rows [above, below) of the copy and columns [left, right) are the image's.
  auto within = [&](AffineExpr place) {
    OpFoldResult most = affine::makeComposedFoldedAffineMin(
        b, loc,
        AffineMap::get(1, 0, {place, getAffineConstantExpr(height, context)},
                       context),
        row);
    return affine::makeComposedFoldedAffineMax(
        b, loc,
        AffineMap::get(1, 0, {d0, getAffineConstantExpr(0, context)}, context),
        most);
  };
  auto difference = [&](OpFoldResult from, OpFoldResult to) {
    return affine::makeComposedFoldedAffineApply(b, loc, d1 - d0, {from, to});
  };
  OpFoldResult above = within(-start), below = within(rows.size - start),
               count = difference(above, below);
  int64_t first = lead + columns.padBegin;
  int64_t left = std::clamp(first, lead, lead + width),
          right = std::clamp(first + columns.size, left, lead + width);
  Value copy = createEmpty(b, {1, 1, height, pitch}, element);
  copy = withZeros(copy, attr(0), above, 0, pitch);
  copy = withZeros(copy, below, difference(below, attr(height)), 0, pitch);
  // Whole lines, as these take no longer than single columns.
  if (left > lead)
    copy = withZeros(copy, above, count, 0, left);
  if (right < lead + width)
    copy = withZeros(copy, above, count, right, pitch - right);
  if (left == right || isConstantIntValue(count, 0))
    return copy;
  OpFoldResult begin =
      affine::makeComposedFoldedAffineApply(b, loc, start + d1, {row, above});
  return withImage(copy, {n, channel, begin, attr(left - first)},
                   {attr(0), attr(0), above, attr(left)},
                   {attr(1), attr(1), count, attr(right - left)});
}

/// Loops (n, c, windows.., taps..).
Value PlaneLowering::createTile(Value tile, ArrayRef<OpFoldResult> place) {
  Value copy = createSlice(b, createCopy(place[0], place[1], place[2]),
                           {attr(0), attr(0), attr(0), attr(lead)},
                           {attr(1), attr(1), attr(height), attr(width)});
  Value taps =
      createSlice(b, weight, {place[1], attr(0), attr(0), attr(0)},
                  {attr(1), attr(1), attr(rows.kernel), attr(columns.kernel)});
  Value zero = createScalar(b, element, 0.0);
  tile = linalg::FillOp::create(b, zero, tile).getResult(0);
  MLIRContext *context = b.getContext();
  auto loop = [&](unsigned i) { return getAffineDimExpr(i, context); };
  return createLoops(
      b, {copy, taps}, tile,
      {AffineMap::get(6, 0,
                      {loop(0), loop(1), getTapPosition(rows, loop(2), loop(4)),
                       getTapPosition(columns, loop(3), loop(5))},
                      context),
       selectLoops(context, 6, {1, 0, 4, 5}),
       selectLoops(context, 6, {0, 1, 2, 3})},
      createMultiplyAdd);
}

Value PlaneLowering::lower() {
  MLIRContext *context = b.getContext();
  auto loop =
      scf::ForallOp::create(b, getAsIndexOpFoldResult(context, {0, 0, 0}),
                            getAsIndexOpFoldResult(context, shape.drop_back()),
                            getAsIndexOpFoldResult(context, {1, 1, tileRows}),
                            createEmpty(b, shape, element), std::nullopt);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  SmallVector<OpFoldResult> place =
      llvm::to_vector_of<OpFoldResult>(loop.getInductionVars());
  OpFoldResult size = attr(tileRows);
  if (shape[2] == tileRows)
    place[2] = attr(0);
  else if (shape[2] % tileRows != 0)
    size = affine::makeComposedFoldedAffineMin(
        b, b.getLoc(),
        AffineMap::get(1, 0,
                       {getAffineConstantExpr(tileRows, context),
                        shape[2] - getAffineDimExpr(0, context)},
                       context),
        place[2]);
  SmallVector<OpFoldResult> offsets = {place[0], place[1], place[2], attr(0)},
                            sizes = {attr(1), attr(1), size, attr(shape[3])},
                            ones(4, attr(1));
  Value all = loop.getRegionIterArgs().front();
  Value tile = createTile(createSlice(b, all, offsets, sizes), place);
  b.setInsertionPointToStart(loop.getTerminator().getBody());
  tensor::ParallelInsertSliceOp::create(b, tile, all, offsets, sizes, ones);
  return loop.getResult(0);
}

Value tenon::createPlaneSums(ImplicitLocOpBuilder &b, Value input, Value weight,
                             ArrayRef<WindowAxis> axes,
                             ArrayRef<int64_t> shape) {
  return PlaneLowering(b, input, weight, axes, shape).lower();
}
