//===- Pooling.cpp - Pooling over windows ---------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Windows.h"

using namespace mlir;
using namespace mlir::tenon;
using arith::CmpFPredicate;
using arith::CmpIPredicate;

namespace {
/// Loops (n, c, windows.., taps..) over the padded input of a pooling op.
struct PoolingLoops {
  SmallVector<WindowAxis> axes;
  ArrayRef<int64_t> shape;
  Value input;
  /// Never read: its shape gives the range of the taps.
  Value taps;
  SmallVector<AffineMap> maps;

  int64_t rank() const { return shape.size(); }
};
} // namespace

template <typename OpTy>
static PoolingLoops createPoolingLoops(ImplicitLocOpBuilder &b, OpTy op,
                                       Value padding) {
  MLIRContext *context = b.getContext();
  PoolingLoops loops;
  loops.axes = getWindowAxes(op, op.getKernel());
  loops.shape = shapeOf(op.getResult());
  loops.input = createWindowedInput(b, op.getInput(), loops.axes,
                                    loops.shape.drop_front(2), padding);
  loops.taps = createEmpty(b, op.getKernel(), elementTypeOf(loops.input));
  int64_t rank = loops.rank(), count = loops.axes.size();
  auto loop = [&](int64_t i) { return getAffineDimExpr(i, context); };
  SmallVector<AffineExpr> read = {loop(0), loop(1)};
  for (auto [i, axis] : llvm::enumerate(loops.axes))
    read.push_back(getTapPosition(axis, loop(2 + i), loop(rank + i)));
  loops.maps = {
      AffineMap::get(rank + count, 0, read, context),
      selectLoops(context, rank + count,
                  llvm::to_vector(llvm::seq<int64_t>(rank, rank + count))),
      selectLoops(context, rank + count,
                  llvm::to_vector(llvm::seq<int64_t>(0, rank)))};
  return loops;
}

/// Folds the elements of each window: body(element, accumulator).
static Value createWindowFold(ImplicitLocOpBuilder &b,
                              const PoolingLoops &loops, Value initial,
                              BodyBuilder body) {
  return createLoops(b, {loops.input, loops.taps},
                     createFilled(b, loops.shape, initial), loops.maps,
                     [&](ImplicitLocOpBuilder &b, ValueRange x) {
                       return body(b, {x[0], x[2]});
                     });
}

//===----------------------------------------------------------------------===//
// Maxima and where they stand
//===----------------------------------------------------------------------===//

/// Whether (value, index) goes before (other, otherIndex): the larger value,
/// NaN above all, and of equals the lower index. Independent of the order in
/// which a window is walked.
static Value createWins(ImplicitLocOpBuilder &b, Value value, Value index,
                        Value other, Value otherIndex, bool isUnsigned) {
  Value isLarger, isEqual;
  if (isa<FloatType>(value.getType())) {
    auto isNan = [&](Value x) -> Value {
      return arith::CmpFOp::create(b, CmpFPredicate::UNO, x, x);
    };
    Value valueNan = isNan(value), otherNan = isNan(other);
    Value larger = arith::CmpFOp::create(b, CmpFPredicate::OGT, value, other);
    Value equal = arith::CmpFOp::create(b, CmpFPredicate::OEQ, value, other);
    Value onlyValueNan =
        arith::CmpIOp::create(b, CmpIPredicate::ugt, valueNan, otherNan);
    isLarger = arith::OrIOp::create(b, larger, onlyValueNan);
    Value bothNan = arith::AndIOp::create(b, valueNan, otherNan);
    isEqual = arith::OrIOp::create(b, equal, bothNan);
  } else {
    bool ordersUnsigned = isUnsigned || value.getType().isInteger(1);
    isLarger = arith::CmpIOp::create(
        b, ordersUnsigned ? CmpIPredicate::ugt : CmpIPredicate::sgt, value,
        other);
    isEqual = arith::CmpIOp::create(b, CmpIPredicate::eq, value, other);
  }
  Value isBefore =
      arith::CmpIOp::create(b, CmpIPredicate::slt, index, otherIndex);
  return arith::OrIOp::create(b, isLarger,
                              arith::AndIOp::create(b, isEqual, isBefore));
}

/// The flat index in the whole input tensor of the element at a point of the
/// loops, and whether it is one of the input and not of its padding.
static std::pair<Value, Value> createFlatIndex(ImplicitLocOpBuilder &b,
                                               const PoolingLoops &loops,
                                               int64_t channels,
                                               bool isColumnMajor) {
  int64_t count = loops.axes.size();
  Value isInside = arith::ConstantOp::create(b, b.getBoolAttr(true));
  SmallVector<Value> coordinates;
  int64_t area = 1;
  for (auto [i, axis] : llvm::enumerate(loops.axes)) {
    Value window = linalg::IndexOp::create(b, 2 + i);
    Value tap = linalg::IndexOp::create(b, loops.rank() + i);
    Value start = createMul(b, window, createIndex(b, axis.stride));
    Value offset = createMul(b, tap, createIndex(b, axis.dilation));
    Value position = createSub(b, createAdd(b, start, offset),
                               createIndex(b, axis.padBegin));
    // Below zero is a large unsigned number.
    Value isWithin = arith::CmpIOp::create(b, CmpIPredicate::ult, position,
                                           createIndex(b, axis.size));
    isInside = arith::AndIOp::create(b, isInside, isWithin);
    coordinates.push_back(position);
    area *= axis.size;
  }
  if (isColumnMajor)
    std::reverse(coordinates.begin(), coordinates.end());
  SmallVector<WindowAxis> axes = loops.axes;
  if (isColumnMajor)
    std::reverse(axes.begin(), axes.end());
  Value flat = createIndex(b, 0);
  for (int64_t i : llvm::seq(count))
    flat = createAdd(b, createMul(b, flat, createIndex(b, axes[i].size)),
                     coordinates[i]);
  Value plane = linalg::IndexOp::create(b, 0);
  plane = createAdd(b, createMul(b, plane, createIndex(b, channels)),
                    linalg::IndexOp::create(b, 1));
  flat = createAdd(b, createMul(b, plane, createIndex(b, area)), flat);
  return {arith::IndexCastOp::create(b, b.getI64Type(), flat), isInside};
}

namespace {
struct LowerMaxPool : OpRewritePattern<MaxPoolOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(MaxPoolOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    bool isUnsigned = op.getUnsignedElements();
    Value lowest = createLowest(b, elementTypeOf(op.getInput()), isUnsigned);
    PoolingLoops loops = createPoolingLoops(b, op, lowest);
    if (op.getWithIndices()) {
      rewriter.replaceOp(op, createWithIndices(b, op, loops, lowest));
      return success();
    }
    rewriter.replaceOp(
        op, createWindowFold(b, loops, lowest,
                             [&](ImplicitLocOpBuilder &b, ValueRange x) {
                               return createMax(b, x[0], x[1], isUnsigned);
                             }));
    return success();
  }

  /// One pass that carries the largest value and its index.
  ResultRange createWithIndices(ImplicitLocOpBuilder &b, MaxPoolOp op,
                                const PoolingLoops &loops, Value lowest) const {
    // The first element of the input wins against it, even the lowest one.
    Value noIndex = arith::ConstantOp::create(
        b, b.getI64IntegerAttr(std::numeric_limits<int64_t>::max()));
    Value values = createFilled(b, loops.shape, lowest);
    Value indices = createFilled(b, loops.shape, noIndex);
    SmallVector<AffineMap> maps = loops.maps;
    maps.push_back(maps.back());
    SmallVector<utils::IteratorType> iterators(loops.rank(),
                                               utils::IteratorType::parallel);
    iterators.append(loops.axes.size(), utils::IteratorType::reduction);
    auto build = [&](OpBuilder &nested, Location loc, ValueRange x) {
      ImplicitLocOpBuilder b(loc, nested);
      auto [index, isInside] = createFlatIndex(
          b, loops, shapeOf(op.getInput())[1], op.getColumnMajor());
      Value wins =
          createWins(b, x[0], index, x[2], x[3], op.getUnsignedElements());
      wins = arith::AndIOp::create(b, wins, isInside);
      Value value = arith::SelectOp::create(b, wins, x[0], x[2]);
      index = arith::SelectOp::create(b, wins, index, x[3]);
      linalg::YieldOp::create(b, ValueRange{value, index});
    };
    auto generic = linalg::GenericOp::create(
        b, TypeRange{values.getType(), indices.getType()},
        ValueRange{loops.input, loops.taps}, ValueRange{values, indices}, maps,
        iterators, build);
    return generic.getResults();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Means and norms
//===----------------------------------------------------------------------===//

/// How many taps of each window along an axis count.
static SmallVector<int64_t> countTaps(const WindowAxis &axis, int64_t windows,
                                      bool countsPadding) {
  int64_t first = countsPadding ? -axis.padBegin : 0;
  int64_t end = countsPadding ? axis.size + axis.padEnd : axis.size;
  SmallVector<int64_t> counts;
  for (int64_t window : llvm::seq(windows)) {
    int64_t start = window * axis.stride - axis.padBegin;
    int64_t count = 0;
    for (int64_t tap : llvm::seq(axis.kernel)) {
      int64_t position = start + tap * axis.dilation;
      count += position >= first && position < end;
    }
    counts.push_back(count);
  }
  return counts;
}

/// sums / (number of elements in the window), rounded to `element`. The number
/// is a product over the axes; those whose windows are not all alike have a
/// table.
static Value createMean(ImplicitLocOpBuilder &b, const PoolingLoops &loops,
                        Value sums, bool countsPadding, Type element) {
  Type wide = elementTypeOf(sums);
  int64_t rank = loops.rank();
  SmallVector<Value> inputs = {sums};
  SmallVector<AffineMap> maps = {b.getMultiDimIdentityMap(rank)};
  double common = 1;
  for (auto [i, axis] : llvm::enumerate(loops.axes)) {
    SmallVector<int64_t> counts =
        countTaps(axis, loops.shape[i + 2], countsPadding);
    if (llvm::all_equal(counts)) {
      common *= static_cast<double>(counts.front());
      continue;
    }
    SmallVector<Attribute> table;
    for (int64_t count : counts)
      table.push_back(b.getFloatAttr(wide, static_cast<double>(count)));
    auto type = RankedTensorType::get(loops.shape[i + 2], wide);
    inputs.push_back(
        arith::ConstantOp::create(b, DenseElementsAttr::get(type, table)));
    maps.push_back(selectLoops(b.getContext(), rank, 2 + i));
  }
  maps.push_back(b.getMultiDimIdentityMap(rank));
  return createLoops(b, inputs, createEmpty(b, loops.shape, element), maps,
                     [&](ImplicitLocOpBuilder &b, ValueRange x) {
                       Value divisor = createScalar(b, wide, common);
                       for (Value count : x.drop_front().drop_back())
                         divisor = createMul(b, divisor, count);
                       Value mean = arith::DivFOp::create(b, x[0], divisor);
                       return convertFloat(b, mean, element);
                     });
}

/// |x|^p
static Value createPower(ImplicitLocOpBuilder &b, Value x, int64_t p) {
  if (p == 2)
    return createMul(b, x, x);
  Value magnitude = math::AbsFOp::create(b, x);
  if (p == 1)
    return magnitude;
  return math::PowFOp::create(
      b, magnitude, createScalar(b, x.getType(), static_cast<double>(p)));
}

/// sum^(1/p), rounded to `element`.
static Value createRoot(ImplicitLocOpBuilder &b, Value sums, int64_t p,
                        Type element) {
  return createElementwise(
      b, sums, shapeOf(sums), element,
      [&](ImplicitLocOpBuilder &b, ValueRange x) {
        Value root = x[0];
        if (p == 2)
          root = math::SqrtOp::create(b, root);
        else if (p != 1)
          root = math::PowFOp::create(
              b, root,
              createScalar(b, root.getType(), 1.0 / static_cast<double>(p)));
        return convertFloat(b, root, element);
      });
}

namespace {
struct LowerAvgPool : OpRewritePattern<AvgPoolOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(AvgPoolOp op,
                                PatternRewriter &rewriter) const override {
    Type element = elementTypeOf(op.getInput());
    if (!isConvertible(element))
      return rewriter.notifyMatchFailure(op, "elements cannot be summed");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Type wide = getComputeType(element);
    PoolingLoops loops =
        createPoolingLoops(b, op, createScalar(b, element, 0.0));
    std::optional<int64_t> p = op.getLp();
    Value sums = createWindowFold(
        b, loops, createScalar(b, wide, 0.0),
        [&](ImplicitLocOpBuilder &b, ValueRange x) {
          Value value = convertFloat(b, x[0], wide);
          return createAdd(b, x[1], p ? createPower(b, value, *p) : value);
        });
    rewriter.replaceOp(
        op, p ? createRoot(b, sums, *p, element)
              : createMean(b, loops, sums, op.getCountIncludePad(), element));
    return success();
  }
};
} // namespace

void tenon::populatePoolingToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerMaxPool, LowerAvgPool>(patterns.getContext());
}
