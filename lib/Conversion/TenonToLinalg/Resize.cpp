//===- Resize.cpp - Resampling by tables ----------------------------------===//
//
// Each resized axis is a pass of its own: result element i along it is a
// weighted sum of input elements that a constant table names. Nearest
// resampling needs no sums and does all axes at once.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"
#include "ResizeTaps.h"

using namespace mlir;
using namespace mlir::tenon;

/// Sums of so few taps are written out; longer ones are a reduction.
constexpr int64_t mostUnrolledTaps = 4;

static Value createTable(ImplicitLocOpBuilder &b, ArrayRef<int64_t> shape,
                         ArrayRef<int64_t> values) {
  auto type = RankedTensorType::get(shape, b.getI64Type());
  return arith::ConstantOp::create(b, DenseElementsAttr::get(type, values));
}

static Value createTable(ImplicitLocOpBuilder &b, ArrayRef<int64_t> shape,
                         Type element, ArrayRef<double> values) {
  SmallVector<Attribute> rounded;
  for (double value : values)
    rounded.push_back(b.getFloatAttr(element, value));
  auto type = RankedTensorType::get(shape, element);
  return arith::ConstantOp::create(b, DenseElementsAttr::get(type, rounded));
}

/// The element of `tensor` at the loops' point, but for the axes with an entry
/// in `indices`, where an i64 element tells the place.
static Value createRead(ImplicitLocOpBuilder &b, Value tensor,
                        ArrayRef<Value> indices) {
  SmallVector<Value> point;
  for (auto [axis, index] : llvm::enumerate(indices))
    point.push_back(
        index ? Value(arith::IndexCastOp::create(b, b.getIndexType(), index))
              : Value(linalg::IndexOp::create(b, axis)));
  return tensor::ExtractOp::create(b, tensor, point);
}

/// indices[first + t step], t = 0, 1, ..
template <typename T>
static SmallVector<T> takeEvery(ArrayRef<T> values, int64_t first,
                                int64_t step) {
  SmallVector<T> taken;
  for (size_t i = first; i < values.size(); i += step)
    taken.push_back(values[i]);
  return taken;
}

/// One axis, few taps: all of them in the body of elementwise loops.
static Value createUnrolledPass(ImplicitLocOpBuilder &b, Value input,
                                int64_t axis, const ResizeTaps &taps,
                                ArrayRef<int64_t> shape, Type wide,
                                Type element) {
  int64_t rank = shape.size();
  SmallVector<Value> tables;
  for (int64_t t : llvm::seq(taps.count)) {
    tables.push_back(createTable(
        b, shape[axis], takeEvery<int64_t>(taps.indices, t, taps.count)));
    tables.push_back(createTable(
        b, shape[axis], wide, takeEvery<double>(taps.weights, t, taps.count)));
  }
  SmallVector<AffineMap> maps(tables.size(),
                              selectLoops(b.getContext(), rank, axis));
  maps.push_back(b.getMultiDimIdentityMap(rank));
  return createLoops(b, tables, createEmpty(b, shape, element), maps,
                     [&](ImplicitLocOpBuilder &b, ValueRange x) {
                       Value sum;
                       for (int64_t t : llvm::seq(taps.count)) {
                         SmallVector<Value> indices(rank);
                         indices[axis] = x[2 * t];
                         Value tap = convertFloat(
                             b, createRead(b, input, indices), wide);
                         tap = createMul(b, tap, x[2 * t + 1]);
                         sum = sum ? createAdd(b, sum, tap) : tap;
                       }
                       return convertFloat(b, sum, element);
                     });
}

/// One axis, many taps: a reduction over them, innermost.
static Value createReducedPass(ImplicitLocOpBuilder &b, Value input,
                               int64_t axis, const ResizeTaps &taps,
                               ArrayRef<int64_t> shape, Type wide) {
  MLIRContext *context = b.getContext();
  int64_t rank = shape.size();
  SmallVector<int64_t> tableShape = {shape[axis], taps.count};
  AffineMap table = selectLoops(context, rank + 1, {axis, rank});
  Value init = createFilled(b, shape, createScalar(b, wide, 0.0));
  return createLoops(
      b,
      {createTable(b, tableShape, taps.indices),
       createTable(b, tableShape, wide, taps.weights)},
      init,
      {table, table,
       selectLoops(context, rank + 1, llvm::to_vector(llvm::seq(rank)))},
      [&](ImplicitLocOpBuilder &b, ValueRange x) {
        SmallVector<Value> indices(rank);
        indices[axis] = x[0];
        Value tap = convertFloat(b, createRead(b, input, indices), wide);
        return createAdd(b, x[2], createMul(b, tap, x[1]));
      });
}

namespace {
struct ResizedAxis {
  int64_t axis;
  ResizeAxis sizes;
  ResizeTaps taps;
};
} // namespace

/// Passes over one axis after the other, those that shrink it most first and,
/// of equals, the innermost: later passes then run along contiguous rows.
static Value createFiltered(ImplicitLocOpBuilder &b, ResizeOp op,
                            SmallVector<ResizedAxis> axes) {
  llvm::sort(axes, [](const ResizedAxis &left, const ResizedAxis &right) {
    WideInt leftRatio = WideInt(left.sizes.resultSize) * right.sizes.size;
    WideInt rightRatio = WideInt(right.sizes.resultSize) * left.sizes.size;
    return leftRatio != rightRatio ? leftRatio < rightRatio
                                   : left.axis > right.axis;
  });
  Type element = elementTypeOf(op.getResult()), wide = getComputeType(element);
  Value value = op.getInput();
  SmallVector<int64_t> shape(shapeOf(value));
  for (const ResizedAxis &resized : axes) {
    shape[resized.axis] = resized.sizes.resultSize;
    bool isLast = &resized == &axes.back();
    value = resized.taps.count <= mostUnrolledTaps
                ? createUnrolledPass(b, value, resized.axis, resized.taps,
                                     shape, wide, isLast ? element : wide)
                : createReducedPass(b, value, resized.axis, resized.taps, shape,
                                    wide);
  }
  if (elementTypeOf(value) == element)
    return value;
  return createElementwise(b, value, shape, element,
                           [&](ImplicitLocOpBuilder &b, ValueRange x) {
                             return convertFloat(b, x[0], element);
                           });
}

/// The whole number of times that each element is repeated, 0 where they are
/// not alike.
static int64_t findFactor(const ResizedAxis &resized) {
  ArrayRef<int64_t> indices = resized.taps.indices;
  int64_t count = indices.size(), factor = count / resized.sizes.size;
  if (factor * resized.sizes.size != count)
    return 0;
  auto isRepeated = [&](int64_t at) { return indices[at] == at / factor; };
  return llvm::all_of(llvm::seq(count), isRepeated) ? factor : 0;
}

/// All axes at once: by repetition where it is one, else by tables.
static Value createNearest(ImplicitLocOpBuilder &b, ResizeOp op,
                           ArrayRef<ResizedAxis> axes) {
  MLIRContext *context = b.getContext();
  Value input = op.getInput();
  ArrayRef<int64_t> shape = shapeOf(op.getResult());
  int64_t rank = shape.size();
  SmallVector<int64_t> factors(rank, 1);
  for (const ResizedAxis &resized : axes)
    factors[resized.axis] = findFactor(resized);
  if (!llvm::is_contained(factors, 0))
    return createRepeated(b, input, factors);
  AffineMap identity = b.getMultiDimIdentityMap(rank);
  Value init = createEmpty(b, shape, elementTypeOf(input));
  SmallVector<Value> tables;
  SmallVector<AffineMap> maps;
  for (const ResizedAxis &resized : axes) {
    tables.push_back(createTable(b, shape[resized.axis], resized.taps.indices));
    maps.push_back(selectLoops(context, rank, resized.axis));
  }
  maps.push_back(identity);
  return createLoops(b, tables, init, maps,
                     [&](ImplicitLocOpBuilder &b, ValueRange x) {
                       SmallVector<Value> indices(rank);
                       for (auto [i, resized] : llvm::enumerate(axes))
                         indices[resized.axis] = x[i];
                       return createRead(b, input, indices);
                     });
}

/// `extrapolation_value` where an axis says that the element lies outside.
static Value createExtrapolated(ImplicitLocOpBuilder &b, ResizeOp op,
                                Value value, ArrayRef<ResizedAxis> axes) {
  ArrayRef<int64_t> shape = shapeOf(value);
  int64_t rank = shape.size();
  SmallVector<Value> inputs = {value};
  SmallVector<AffineMap> maps = {b.getMultiDimIdentityMap(rank)};
  for (const ResizedAxis &resized : axes) {
    if (resized.taps.isOutside.empty())
      continue;
    auto type = RankedTensorType::get(shape[resized.axis], b.getI1Type());
    inputs.push_back(arith::ConstantOp::create(
        b, DenseElementsAttr::get(type, ArrayRef(resized.taps.isOutside))));
    maps.push_back(selectLoops(b.getContext(), rank, resized.axis));
  }
  if (inputs.size() == 1)
    return value;
  maps.push_back(b.getMultiDimIdentityMap(rank));
  Type element = elementTypeOf(value);
  double extrapolation = op.getExtrapolationValue().convertToDouble();
  return createLoops(b, inputs, createEmpty(b, shape, element), maps,
                     [&](ImplicitLocOpBuilder &b, ValueRange x) {
                       Value result = x[0];
                       Value outside = createScalar(b, element, extrapolation);
                       for (Value isOutside : x.drop_front().drop_back())
                         result = arith::SelectOp::create(b, isOutside, outside,
                                                          result);
                       return result;
                     });
}

namespace {
struct LowerResize : OpRewritePattern<ResizeOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(ResizeOp op,
                                PatternRewriter &rewriter) const override {
    bool isNearest = op.getMode() == ResizeMode::nearest;
    if (!isNearest && !isConvertible(elementTypeOf(op.getInput())))
      return rewriter.notifyMatchFailure(op, "elements cannot be summed");
    SmallVector<ResizedAxis> axes;
    for (int64_t axis : llvm::seq(op.getType().getRank())) {
      ResizeAxis sizes = getResizeAxis(op, axis);
      if (isIdentity(op, sizes))
        continue;
      if (!countResizeTaps(op, sizes))
        return op.emitOpError("axis ")
               << axis << " resized from " << sizes.size << " to "
               << sizes.resultSize << " elements needs too large a table";
      axes.push_back({axis, sizes, computeResizeTaps(op, sizes)});
    }
    if (axes.empty()) {
      rewriter.replaceOp(op, op.getInput());
      return success();
    }
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value value =
        isNearest ? createNearest(b, op, axes) : createFiltered(b, op, axes);
    rewriter.replaceOp(op, createExtrapolated(b, op, value, axes));
    return success();
  }
};
} // namespace

void tenon::populateResizeToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerResize>(patterns.getContext());
}
