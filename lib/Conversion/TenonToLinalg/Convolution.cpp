//===- Convolution.cpp - Convolutions to contractions ---------------------===//
//
// A convolution becomes one linalg.generic over (batch, output channel, output
// positions, input channel, taps) that reads its padded input by strided maps.
// A transposed one is rewritten to a convolution of stride 1 whose channels
// hold the `stride` outputs that stand side by side, and their interleaving.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Windows.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace mlir::tenon;

/// accumulator + x w in the accumulator's type.
static Value createMultiplyAdd(ImplicitLocOpBuilder &b, ValueRange elements) {
  Type type = elements[2].getType();
  Value x = convertElement(b, elements[0], type, {});
  Value w = convertElement(b, elements[1], type, {});
  return createAdd(b, elements[2], createMul(b, x, w));
}

namespace {
/// The parts of a convolution whose input is padded already or needs to be.
struct Convolution {
  Value input;
  Value weight;
  SmallVector<WindowAxis> axes;
  /// Shape of the result.
  SmallVector<int64_t> shape;
  int64_t groups;
  /// The type in which products are summed.
  Type sumType;

  bool isPointwise() const {
    return groups == 1 && llvm::all_of(axes, [](const WindowAxis &axis) {
             return axis.kernel == 1 && axis.stride == 1 &&
                    axis.padBegin == 0 && axis.padEnd == 0;
           });
  }
};
} // namespace

/// One tap that reads every position in place: weight [O, C] times [C, S].
static Value createPointwise(ImplicitLocOpBuilder &b,
                             const Convolution &convolution) {
  ArrayRef<int64_t> input = shapeOf(convolution.input);
  int64_t batch = input[0], channels = input[1];
  int64_t outputs = convolution.shape[1];
  int64_t positions = computeProduct(input.drop_front(2));
  Value weight = createReshape(b, convolution.weight, {outputs, channels});
  Value zero = createScalar(b, convolution.sumType, 0.0);
  Value sum;
  if (batch == 1) {
    Value x = createReshape(b, convolution.input, {channels, positions});
    Value init = createFilled(b, {outputs, positions}, zero);
    sum = linalg::MatmulOp::create(b, ValueRange{weight, x}, ValueRange{init})
              .getResult(0);
  } else {
    MLIRContext *context = b.getContext();
    Value x = createReshape(b, convolution.input, {batch, channels, positions});
    // Loops (n, o, s, c).
    sum = createLoops(
        b, {x, weight}, createFilled(b, {batch, outputs, positions}, zero),
        {selectLoops(context, 4, {0, 3, 2}), selectLoops(context, 4, {1, 3}),
         selectLoops(context, 4, {0, 1, 2})},
        createMultiplyAdd);
  }
  return createReshape(b, sum, convolution.shape);
}

/// Sums of the products in `sumType`, in the result's shape.
static Value createConvolution(ImplicitLocOpBuilder &b,
                               const Convolution &convolution) {
  MLIRContext *context = b.getContext();
  ArrayRef<int64_t> shape = convolution.shape;
  Value zero = createScalar(b, convolution.sumType, 0.0);
  if (computeProduct(shapeOf(convolution.input)) == 0 ||
      computeProduct(shapeOf(convolution.weight)) == 0)
    return createFilled(b, shape, zero);
  if (convolution.isPointwise())
    return createPointwise(b, convolution);

  ArrayRef<int64_t> counts = shape.drop_front(2);
  Value padding = createScalar(b, elementTypeOf(convolution.input), 0.0);
  Value x = createWindowedInput(b, convolution.input, convolution.axes, counts,
                                padding);
  Value w = convolution.weight;
  int64_t groups = convolution.groups;
  int64_t outputs = shape[1] / groups, channels = shapeOf(x)[1] / groups;
  bool isDepthwise = groups > 1 && outputs == 1 && channels == 1;
  bool isGrouped = groups > 1 && !isDepthwise;

  // Loops (n, g?, o, positions.., c?, taps..) and the shapes that they read.
  unsigned loops = 0;
  auto nextLoop = [&] { return getAffineDimExpr(loops++, context); };
  SmallVector<AffineExpr> read = {nextLoop()}, weighed, written = {read[0]};
  SmallVector<int64_t> xShape = {shapeOf(x)[0]}, wShape, sumShape = {shape[0]};
  if (isGrouped) {
    AffineExpr group = nextLoop();
    for (auto *exprs : {&read, &weighed, &written})
      exprs->push_back(group);
    for (auto *sizes : {&xShape, &wShape, &sumShape})
      sizes->push_back(groups);
  }
  AffineExpr output = nextLoop();
  weighed.push_back(output);
  written.push_back(output);
  wShape.push_back(isDepthwise ? groups : outputs);
  sumShape.push_back(isDepthwise ? groups : outputs);
  SmallVector<AffineExpr> windows;
  for (int64_t count : counts) {
    windows.push_back(nextLoop());
    sumShape.push_back(count);
  }
  llvm::append_range(written, windows);
  AffineExpr channel = isDepthwise ? output : nextLoop();
  read.push_back(channel);
  xShape.push_back(isDepthwise ? groups : channels);
  if (!isDepthwise) {
    weighed.push_back(channel);
    wShape.push_back(channels);
  }
  for (auto [axis, window] : llvm::zip_equal(convolution.axes, windows)) {
    AffineExpr tap = nextLoop();
    weighed.push_back(tap);
    wShape.push_back(axis.kernel);
    read.push_back(getTapPosition(axis, window, tap));
  }
  llvm::append_range(xShape, shapeOf(x).drop_front(2));

  Value sum =
      createLoops(b, {createReshape(b, x, xShape), createReshape(b, w, wShape)},
                  createFilled(b, sumShape, zero),
                  {AffineMap::get(loops, 0, read, context),
                   AffineMap::get(loops, 0, weighed, context),
                   AffineMap::get(loops, 0, written, context)},
                  createMultiplyAdd);
  return createReshape(b, sum, shape);
}

/// sums[map(i..)] + bias[channel], rounded to `element`.
static Value createBiased(ImplicitLocOpBuilder &b, Value sums, AffineMap map,
                          Value bias, ArrayRef<int64_t> shape, Type element) {
  MLIRContext *context = b.getContext();
  if (!bias && elementTypeOf(sums) == element && map.isIdentity())
    return sums;
  Type wide = elementTypeOf(sums);
  SmallVector<Value> inputs = {sums};
  SmallVector<AffineMap> maps = {map};
  if (bias) {
    inputs.push_back(bias);
    maps.push_back(selectLoops(context, shape.size(), 1));
  }
  maps.push_back(b.getMultiDimIdentityMap(shape.size()));
  return createLoops(
      b, inputs, createEmpty(b, shape, element), maps,
      [&](ImplicitLocOpBuilder &b, ValueRange x) {
        Value sum =
            bias ? createAdd(b, x[0], convertElement(b, x[1], wide, {})) : x[0];
        return convertElement(b, sum, element, {});
      });
}

namespace {
struct LowerConv : OpRewritePattern<ConvOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(ConvOp op,
                                PatternRewriter &rewriter) const override {
    Type element = elementTypeOf(op.getInput());
    if (!isConvertible(element))
      return rewriter.notifyMatchFailure(op, "elements cannot be summed");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Type resultElement = elementTypeOf(op.getResult());
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    Convolution convolution = {
        op.getInput(),
        op.getWeight(),
        getWindowAxes(op, shapeOf(op.getWeight()).drop_front(2)),
        SmallVector<int64_t>(shape),
        static_cast<int64_t>(op.getGroups()),
        getComputeType(resultElement)};
    Value sums = createConvolution(b, convolution);
    rewriter.replaceOp(op, createBiased(b, sums,
                                        b.getMultiDimIdentityMap(shape.size()),
                                        op.getBias(), shape, resultElement));
    return success();
  }
};

/// How one axis of a transposed convolution becomes one of a convolution with
/// stride 1. Output y and the y + padBegin = stride q + phase that it stands
/// for read inputs q - dilation m, m < taps, by weight taps phase + stride m.
struct TransposedAxis {
  int64_t stride;
  int64_t padBegin;
  int64_t taps;
  int64_t dilation;
  /// q of the first output, and how many q there are.
  int64_t first;
  int64_t count;
};
} // namespace

static TransposedAxis getTransposedAxis(const WindowAxis &axis,
                                        int64_t resultSize) {
  TransposedAxis result;
  result.stride = axis.stride;
  result.padBegin = axis.padBegin;
  result.dilation = axis.stride == 1 ? axis.dilation : 1;
  result.taps = (axis.kernel + axis.stride - 1) / axis.stride;
  result.first = axis.padBegin / axis.stride;
  result.count =
      (axis.padBegin + resultSize - 1) / axis.stride - result.first + 1;
  return result;
}

/// Weights whose taps are spread by the dilation where the axis also has a
/// stride: taps between them are zero, and the dilation is 1.
static Value createSpreadWeight(ImplicitLocOpBuilder &b, Value weight,
                                MutableArrayRef<WindowAxis> axes) {
  SmallVector<int64_t> shape(shapeOf(weight)), steps(shape.size(), 1);
  SmallVector<int64_t> sizes = shape;
  for (auto [i, axis] : llvm::enumerate(axes)) {
    if (axis.stride == 1 || axis.dilation == 1)
      continue;
    steps[i + 2] = axis.dilation;
    shape[i + 2] = axis.kernel = static_cast<int64_t>(axis.extent());
    axis.dilation = 1;
  }
  if (shapeOf(weight) == ArrayRef(shape))
    return weight;
  Value zeros =
      createFilled(b, shape, createScalar(b, elementTypeOf(weight), 0.0));
  MLIRContext *context = b.getContext();
  SmallVector<int64_t> offsets(shape.size(), 0);
  return tensor::InsertSliceOp::create(b, weight, zeros,
                                       getAsIndexOpFoldResult(context, offsets),
                                       getAsIndexOpFoldResult(context, sizes),
                                       getAsIndexOpFoldResult(context, steps));
}

/// Weights [C, O/g, kernel..] as those of the convolution: [g O/g phases..,
/// C/g, taps..], the taps of each phase in reverse order.
static Value createPhaseWeight(ImplicitLocOpBuilder &b, Value weight,
                               ArrayRef<TransposedAxis> axes, int64_t groups) {
  MLIRContext *context = b.getContext();
  ArrayRef<int64_t> shape = shapeOf(weight);
  SmallVector<int64_t> low(shape.size(), 0), high = low;
  for (auto [i, axis] : llvm::enumerate(axes))
    high[i + 2] = axis.taps * axis.stride - shape[i + 2];
  weight = createPadded(b, weight, low, high,
                        createScalar(b, elementTypeOf(weight), 0.0));

  int64_t channels = shape[0] / groups, outputs = shape[1];
  int64_t rank = axes.size();
  // Loops (g, o, phases.., c, taps..).
  auto loop = [&](int64_t i) { return getAffineDimExpr(i, context); };
  AffineExpr channel = loop(2 + rank);
  SmallVector<AffineExpr> read = {loop(0), channel, loop(1)};
  SmallVector<int64_t> readShape = {groups, channels, outputs};
  SmallVector<int64_t> phaseShape = {groups, outputs}, tapShape;
  int64_t rows = groups * outputs;
  for (auto [i, axis] : llvm::enumerate(axes)) {
    AffineExpr phase = loop(2 + i), tap = loop(3 + rank + i);
    read.push_back(phase + (axis.taps - 1) * axis.stride - tap * axis.stride);
    readShape.push_back(axis.taps * axis.stride);
    phaseShape.push_back(axis.stride);
    tapShape.push_back(axis.taps);
    rows *= axis.stride;
  }
  phaseShape.push_back(channels);
  llvm::append_range(phaseShape, tapShape);
  Value phases =
      createLoops(b, createReshape(b, weight, readShape),
                  createEmpty(b, phaseShape, elementTypeOf(weight)),
                  {AffineMap::get(phaseShape.size(), 0, read, context),
                   b.getMultiDimIdentityMap(phaseShape.size())},
                  [](ImplicitLocOpBuilder &, ValueRange x) { return x[0]; });
  SmallVector<int64_t> rowShape = {rows, channels};
  llvm::append_range(rowShape, tapShape);
  return createReshape(b, phases, rowShape);
}

namespace {
struct LowerConvTranspose : OpRewritePattern<ConvTransposeOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(ConvTransposeOp op,
                                PatternRewriter &rewriter) const override {
    Type element = elementTypeOf(op.getInput());
    if (!isConvertible(element))
      return rewriter.notifyMatchFailure(op, "elements cannot be summed");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Type wide = getComputeType(element);
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    AffineMap identity = b.getMultiDimIdentityMap(shape.size());
    if (computeProduct(shapeOf(op.getInput())) == 0 ||
        computeProduct(shapeOf(op.getWeight())) == 0) {
      Value zeros = createFilled(b, shape, createScalar(b, wide, 0.0));
      rewriter.replaceOp(
          op, createBiased(b, zeros, identity, op.getBias(), shape, element));
      return success();
    }
    rewriter.replaceOp(op, createTransposed(b, op));
    return success();
  }

  Value createTransposed(ImplicitLocOpBuilder &b, ConvTransposeOp op) const {
    MLIRContext *context = b.getContext();
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    int64_t groups = op.getGroups();
    SmallVector<WindowAxis> windows =
        getWindowAxes(op, shapeOf(op.getWeight()).drop_front(2));
    Value weight = createSpreadWeight(b, op.getWeight(), windows);
    SmallVector<TransposedAxis> axes;
    SmallVector<WindowAxis> convolved;
    SmallVector<int64_t> counts, strides;
    int64_t phases = 1;
    for (auto [i, window] : llvm::enumerate(windows)) {
      TransposedAxis axis = getTransposedAxis(window, shape[i + 2]);
      // Input q - dilation (taps - 1) comes first, then forwards.
      int64_t begin = axis.dilation * (axis.taps - 1) - axis.first;
      int64_t end = axis.first + axis.count - window.size;
      convolved.push_back(
          {window.size, axis.taps, /*stride=*/1, axis.dilation, begin, end});
      axes.push_back(axis);
      counts.push_back(axis.count);
      strides.push_back(axis.stride);
      phases *= axis.stride;
    }
    Convolution convolution = {
        op.getInput(), createPhaseWeight(b, weight, axes, groups),
        convolved,     {shape[0], shape[1] * phases},
        groups,        getComputeType(elementTypeOf(op.getInput()))};
    llvm::append_range(convolution.shape, counts);
    Value sums = createConvolution(b, convolution);

    // [N, O, phases.., counts..], read at (y + padBegin) = stride q + phase.
    SmallVector<int64_t> sumShape = {shape[0], shape[1]};
    SmallVector<AffineExpr> read = {getAffineDimExpr(0, context),
                                    getAffineDimExpr(1, context)};
    SmallVector<AffineExpr> positions;
    for (auto [i, axis] : llvm::enumerate(axes)) {
      AffineExpr y = getAffineDimExpr(i + 2, context) + axis.padBegin;
      positions.push_back(y.floorDiv(axis.stride) - axis.first);
      if (axis.stride == 1)
        continue;
      read.push_back(y % axis.stride);
      sumShape.push_back(axis.stride);
    }
    llvm::append_range(read, positions);
    llvm::append_range(sumShape, counts);
    return createBiased(b, createReshape(b, sums, sumShape),
                        AffineMap::get(shape.size(), 0, read, context),
                        op.getBias(), shape, elementTypeOf(op.getResult()));
  }
};
} // namespace

void tenon::populateConvolutionToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerConv, LowerConvTranspose>(patterns.getContext());
}
