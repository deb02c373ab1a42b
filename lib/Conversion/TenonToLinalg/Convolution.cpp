//===- Convolution.cpp - Convolutions to contractions ---------------------===//
//
// A convolution becomes one linalg.generic over (batch, output channel, output
// positions, input channel, taps) that reads its padded input by strided maps;
// of channels by themselves it may go plane by plane (PlaneConvolution.cpp).
// A transposed one is rewritten to a convolution of stride 1 whose channels
// hold the `stride` outputs that stand side by side, and their interleaving.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"
#include "Windows.h"

#include "tenon/IR/PlaneConvolution.h"
#include "tenon/IR/TransposedConvolution.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace mlir::tenon;

namespace {
struct Convolution {
  Value input;
  Value weight;
  /// None where null.
  Value bias;
  SmallVector<WindowAxis> axes;
  /// Shape of the result.
  SmallVector<int64_t> shape;
  int64_t groups;
  Type element;
  /// The type in which products are summed.
  Type sumType;

  bool isPointwise() const {
    return groups == 1 && llvm::all_of(axes, [](const WindowAxis &axis) {
             return axis.isPointwise();
           });
  }
};
} // namespace

/// The convolution's result from its sums, before these are reshaped: bias and
/// rounding then belong to the same kernel.
static Value createResult(ImplicitLocOpBuilder &b,
                          const Convolution &convolution, Value sums,
                          ArrayRef<int64_t> channelLoops) {
  Value bias = convolution.bias;
  if (bias && channelLoops.size() == 2)
    bias = createReshape(b, bias, shapeOf(sums).slice(1, 2));
  int64_t rank = shapeOf(sums).size();
  Value result = createBiased(b, sums, b.getMultiDimIdentityMap(rank), bias,
                              channelLoops, shapeOf(sums), convolution.element);
  return createReshape(b, result, convolution.shape);
}

/// One tap that reads every position in place: weight [O, C] times [C, S].
static Value createPointwise(ImplicitLocOpBuilder &b,
                             const Convolution &convolution) {
  ArrayRef<int64_t> input = shapeOf(convolution.input);
  int64_t batch = input[0], channels = input[1];
  int64_t outputs = convolution.shape[1];
  int64_t positions = computeProduct(input.drop_front(2));
  Value weight = createReshape(b, convolution.weight, {outputs, channels});
  Value zero = createScalar(b, convolution.sumType, 0.0);
  if (batch == 1) {
    Value x = createReshape(b, convolution.input, {channels, positions});
    Value init = createFilled(b, {outputs, positions}, zero);
    Value sum =
        linalg::MatmulOp::create(b, ValueRange{weight, x}, ValueRange{init})
            .getResult(0);
    return createResult(b, convolution, sum, 0);
  }
  MLIRContext *context = b.getContext();
  Value x = createReshape(b, convolution.input, {batch, channels, positions});
  // Loops (n, o, s, c).
  Value sum = createLoops(
      b, {x, weight}, createFilled(b, {batch, outputs, positions}, zero),
      {selectLoops(context, 4, {0, 3, 2}), selectLoops(context, 4, {1, 3}),
       selectLoops(context, 4, {0, 1, 2})},
      createMultiplyAdd);
  return createResult(b, convolution, sum, 1);
}

/// GPUs want loops over the whole image.
static Value createConvolution(ImplicitLocOpBuilder &b,
                               const Convolution &convolution, bool forGpu) {
  MLIRContext *context = b.getContext();
  ArrayRef<int64_t> shape = convolution.shape;
  Value zero = createScalar(b, convolution.sumType, 0.0);
  if (computeProduct(shapeOf(convolution.input)) == 0 ||
      computeProduct(shapeOf(convolution.weight)) == 0)
    return createResult(b, convolution, createFilled(b, shape, zero), 1);
  if (convolution.isPointwise())
    return createPointwise(b, convolution);

  ArrayRef<int64_t> counts = shape.drop_front(2);
  int64_t groups = convolution.groups;
  int64_t outputs = shape[1] / groups,
          channels = shapeOf(convolution.input)[1] / groups;
  bool isDepthwise = groups > 1 && outputs == 1 && channels == 1;
  bool isGrouped = groups > 1 && !isDepthwise;
  if (isDepthwise && !forGpu &&
      paysByPlanes(convolution.axes, counts, convolution.sumType))
    return createResult(b, convolution,
                        createPlaneSums(b, convolution.input,
                                        convolution.weight, convolution.axes,
                                        shape),
                        1);
  Value padding = createScalar(b, elementTypeOf(convolution.input), 0.0);
  Value x = createWindowedInput(b, convolution.input, convolution.axes, counts,
                                padding);
  Value w = convolution.weight;

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
  SmallVector<int64_t> channelLoops = {1};
  if (isGrouped)
    channelLoops.push_back(2);
  return createResult(b, convolution, sum, channelLoops);
}

namespace {
struct LowerConv : OpRewritePattern<ConvOp> {
  LowerConv(MLIRContext *context, bool forGpu)
      : OpRewritePattern(context), forGpu(forGpu) {}

  LogicalResult matchAndRewrite(ConvOp op,
                                PatternRewriter &rewriter) const override {
    if (!isConvertible(elementTypeOf(op.getInput())))
      return rewriter.notifyMatchFailure(op, "elements cannot be summed");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Type element = elementTypeOf(op.getResult());
    rewriter.replaceOp(
        op, createConvolution(
                b,
                {op.getInput(), op.getWeight(), op.getBias(),
                 getWindowAxes(op, shapeOf(op.getWeight()).drop_front(2)),
                 SmallVector<int64_t>(shapeOf(op.getResult())),
                 static_cast<int64_t>(op.getGroups()), element,
                 getComputeType(element)},
                forGpu));
    return success();
  }

private:
  bool forGpu;
};
} // namespace

/// The weight's place for a phase and a tap, counted from the last one, along
/// one axis, and whether there is a weight.
static std::pair<Value, Value> createWeightPlace(ImplicitLocOpBuilder &b,
                                                 const TransposedAxis &axis,
                                                 Value phase, Value tap) {
  Value fromFirst = createSub(b, createIndex(b, axis.taps - 1), tap);
  Value place =
      createAdd(b, phase, createMul(b, fromFirst, createIndex(b, axis.stride)));
  Value spread = createIndex(b, axis.spread);
  Value rest = arith::RemUIOp::create(b, place, spread);
  place = arith::DivUIOp::create(b, place, spread);
  Value isWeight = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, rest,
                                         createIndex(b, 0));
  Value isInside = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, place,
                                         createIndex(b, axis.kernel));
  return {arith::MinUIOp::create(b, place, createIndex(b, axis.kernel - 1)),
          arith::AndIOp::create(b, isWeight, isInside)};
}

/// Weights [C, O/g, kernel..] as those of the convolution: [g O/g phases..,
/// C/g, taps..], the taps of each phase in reverse order, zeros where a phase
/// has fewer.
static Value createPhaseWeight(ImplicitLocOpBuilder &b, Value weight,
                               ArrayRef<TransposedAxis> axes, int64_t groups) {
  ArrayRef<int64_t> shape = shapeOf(weight);
  int64_t channels = shape[0] / groups, outputs = shape[1];
  int64_t rank = axes.size(), rows = groups * outputs;
  // Loops (g, o, phases.., c, taps..).
  SmallVector<int64_t> phaseShape = {groups, outputs}, tapShape;
  for (const TransposedAxis &axis : axes) {
    phaseShape.push_back(axis.stride);
    tapShape.push_back(axis.taps);
    rows *= axis.stride;
  }
  phaseShape.push_back(channels);
  llvm::append_range(phaseShape, tapShape);
  Type element = elementTypeOf(weight);
  Value phases = createElementwise(
      b, {}, phaseShape, element,
      [&](ImplicitLocOpBuilder &b, ValueRange) -> Value {
        auto loop = [&](int64_t i) -> Value {
          return linalg::IndexOp::create(b, i);
        };
        Value channel = createMul(b, loop(0), createIndex(b, channels));
        SmallVector<Value> point = {createAdd(b, channel, loop(2 + rank)),
                                    loop(1)};
        Value isWeight = arith::ConstantOp::create(b, b.getBoolAttr(true));
        for (auto [i, axis] : llvm::enumerate(axes)) {
          auto [place, isHere] =
              createWeightPlace(b, axis, loop(2 + i), loop(3 + rank + i));
          point.push_back(place);
          isWeight = arith::AndIOp::create(b, isWeight, isHere);
        }
        Value read = tensor::ExtractOp::create(b, weight, point);
        return arith::SelectOp::create(b, isWeight, read,
                                       createScalar(b, element, 0.0));
      });
  SmallVector<int64_t> rowShape = {rows, channels};
  llvm::append_range(rowShape, tapShape);
  return createReshape(b, phases, rowShape);
}

/// Sums [N, O phases.., counts..] to the result [N, O, positions..]: the phases
/// move beside the positions, and what the pads crop is cut off.
static Value createInterleaved(ImplicitLocOpBuilder &b, Value sums, Value bias,
                               ArrayRef<TransposedAxis> axes,
                               ArrayRef<int64_t> shape, Type element) {
  SmallVector<int64_t> sumShape = {shape[0], shape[1]};
  SmallVector<int64_t> blocks = sumShape, whole = sumShape;
  SmallVector<int64_t> phaseLoops, countLoops, offsets = {0, 0};
  for (const TransposedAxis &axis : axes) {
    countLoops.push_back(blocks.size());
    blocks.push_back(axis.count);
    if (axis.stride > 1) {
      phaseLoops.push_back(blocks.size());
      blocks.push_back(axis.stride);
      sumShape.push_back(axis.stride);
    }
    whole.push_back(axis.count * axis.stride);
    offsets.push_back(axis.crop);
  }
  SmallVector<int64_t> read = {0, 1};
  llvm::append_range(read, phaseLoops);
  for (auto [axis, loop] : llvm::zip_equal(axes, countLoops)) {
    read.push_back(loop);
    sumShape.push_back(axis.count);
  }
  MLIRContext *context = b.getContext();
  Value result = createBiased(b, createReshape(b, sums, sumShape),
                              selectLoops(context, blocks.size(), read), bias,
                              1, blocks, element);
  result = createReshape(b, result, whole);
  if (ArrayRef(whole) == shape)
    return result;
  SmallVector<int64_t> steps(shape.size(), 1);
  return tensor::ExtractSliceOp::create(
      b, result, getAsIndexOpFoldResult(context, offsets),
      getAsIndexOpFoldResult(context, shape),
      getAsIndexOpFoldResult(context, steps));
}

namespace {
struct LowerConvTranspose : OpRewritePattern<ConvTransposeOp> {
  LowerConvTranspose(MLIRContext *context, bool forGpu)
      : OpRewritePattern(context), forGpu(forGpu) {}

  LogicalResult matchAndRewrite(ConvTransposeOp op,
                                PatternRewriter &rewriter) const override {
    if (!isConvertible(elementTypeOf(op.getInput())))
      return rewriter.notifyMatchFailure(op, "elements cannot be summed");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    rewriter.replaceOp(op, createTransposed(b, op));
    return success();
  }

private:
  Value createTransposed(ImplicitLocOpBuilder &b, ConvTransposeOp op) const {
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    Type element = elementTypeOf(op.getInput());
    Convolution convolution;
    convolution.input = op.getInput();
    convolution.groups = op.getGroups();
    convolution.sumType = getComputeType(element);
    convolution.shape = {shape[0], shape[1]};
    SmallVector<TransposedAxis> axes = getTransposedAxes(op);
    bool isStrided = false;
    for (const TransposedAxis &axis : axes) {
      convolution.axes.push_back({axis.size, axis.taps, /*stride=*/1,
                                  axis.dilation, axis.padBegin(),
                                  axis.padEnd()});
      convolution.shape[1] *= axis.stride;
      convolution.shape.push_back(axis.count);
      isStrided |= axis.stride > 1;
    }
    convolution.weight =
        createPhaseWeight(b, op.getWeight(), axes, convolution.groups);
    if (!isStrided) {
      convolution.bias = op.getBias();
      convolution.element = element;
      return createConvolution(b, convolution, forGpu);
    }
    convolution.element = convolution.sumType;
    Value sums = createConvolution(b, convolution, forGpu);
    return createInterleaved(b, sums, op.getBias(), axes, shape, element);
  }

  bool forGpu;
};
} // namespace

void tenon::populateConvolutionToLinalgPatterns(RewritePatternSet &patterns,
                                                bool forGpu) {
  patterns.add<LowerConv, LowerConvTranspose>(patterns.getContext(), forGpu);
}
