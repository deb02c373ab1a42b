//===- GroupNorm.cpp - Group normalisation --------------------------------===//

#include "NormLowering.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace mlir::tenon;

/// Pixels of which the statistics are formed at once, in two passes: so many
/// bytes of them stay in a second cache between the passes.
static constexpr int64_t blockBytes = 128 << 10;

/// How many pixels: a divisor of them all, the largest that fits if that is no
/// handful, else the smallest above.
static int64_t pixelsInBlock(int64_t pixels, int64_t channels) {
  int64_t fitting = std::max<int64_t>(1, blockBytes / (4 * channels));
  int64_t block = std::min(fitting, pixels);
  while (pixels % block != 0)
    --block;
  if (4 * block >= std::min(fitting, pixels))
    return block;
  for (block = fitting; pixels % block != 0;)
    ++block;
  return block;
}

namespace {
/// Per block and channel, [N, blocks, C]: the mean and the sum of squared
/// distances from it.
struct BlockStatistics {
  Value means, squares;
  int64_t pixels;
};
} // namespace

/// Those of image [N, pixels, C]: memory is passed over once, in parallel.
static BlockStatistics createBlockStatistics(ImplicitLocOpBuilder &b,
                                             Value image) {
  MLIRContext *context = b.getContext();
  ArrayRef<int64_t> shape = shapeOf(image);
  int64_t batch = shape[0], channels = shape[2];
  int64_t pixels = pixelsInBlock(shape[1], channels);
  int64_t blocks = shape[1] / pixels;
  Value empty = createEmpty(b, {batch, blocks, channels},
                            getComputeType(elementTypeOf(image)));
  auto indices = [&](ArrayRef<int64_t> values) {
    return getAsIndexOpFoldResult(context, values);
  };
  auto loop = scf::ForallOp::create(b, indices({0, 0}),
                                    indices({batch, blocks}), indices({1, 1}),
                                    ValueRange{empty, empty}, std::nullopt);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  OpFoldResult one = b.getIndexAttr(1), zero = b.getIndexAttr(0),
               all = b.getIndexAttr(channels);
  OpFoldResult n = loop.getInductionVar(0);
  Value block = loop.getInductionVar(1);
  OpFoldResult first =
      arith::MulIOp::create(b, block, createIndex(b, pixels)).getResult();
  Value own = tensor::ExtractSliceOp::create(
      b, RankedTensorType::get({pixels, channels}, elementTypeOf(image)), image,
      ArrayRef<OpFoldResult>{n, first, zero},
      ArrayRef<OpFoldResult>{one, b.getIndexAttr(pixels), all},
      ArrayRef<OpFoldResult>{one, one, one});
  Value means = createMean(b, own, {0});
  Value squares = createSquares(b, own, means, {0});
  b.setInsertionPointToStart(loop.getTerminator().getBody());
  for (auto [index, value] : llvm::enumerate(SmallVector{means, squares}))
    tensor::ParallelInsertSliceOp::create(
        b, value, loop.getRegionIterArgs()[index],
        ArrayRef<OpFoldResult>{n, block, zero},
        ArrayRef<OpFoldResult>{one, one, all},
        ArrayRef<OpFoldResult>{one, one, one});
  return {loop.getResult(0), loop.getResult(1), pixels};
}

/// The statistics [N, groups] of image [N, pixels, C]: those of equally large
/// parts join by Chan, Golub and LeVeque (1979).
static Statistics createFromBlocks(ImplicitLocOpBuilder &b, Value image,
                                   int64_t groups, double epsilon) {
  BlockStatistics parts = createBlockStatistics(b, image);
  ArrayRef<int64_t> shape = shapeOf(parts.means);
  SmallVector<int64_t> grouped = {shape[0], shape[1], groups,
                                  shape[2] / groups};
  Value means = createReshape(b, parts.means, grouped),
        squares = createReshape(b, parts.squares, grouped);
  Statistics statistics;
  statistics.mean = createMean(b, means, {1, 3});
  Type wide = elementTypeOf(means);
  AffineMap whole = b.getMultiDimIdentityMap(4),
            row = selectLoops(b.getContext(), 4, {0, 2});
  Value sum = createLoops(
      b, {squares, means, statistics.mean},
      createFilled(b, shapeOf(statistics.mean), createScalar(b, wide, 0.0)),
      {whole, whole, row, row}, [&](ImplicitLocOpBuilder &b, ValueRange x) {
        Value distance = createSub(b, x[1], x[2]);
        Value apart =
            createMul(b, createMul(b, distance, distance),
                      createScalar(b, wide, static_cast<double>(parts.pixels)));
        return createAdd(b, x[3], createAdd(b, x[0], apart));
      });
  statistics.inverseDeviation = createInverseDeviation(
      b, sum, grouped[1] * grouped[3] * parts.pixels, epsilon);
  return statistics;
}

/// [batch, groups] to [batch, channels].
static Value spread(ImplicitLocOpBuilder &b, Value perGroup, int64_t channels) {
  int64_t batch = shapeOf(perGroup)[0], groups = shapeOf(perGroup)[1];
  if (groups == channels)
    return perGroup;
  Value column = createReshape(b, perGroup, {batch, groups, 1});
  Value spreadOut = createElementwise(
      b, column, {batch, groups, channels / groups}, elementTypeOf(column),
      [](ImplicitLocOpBuilder &, ValueRange x) { return x[0]; });
  return createReshape(b, spreadOut, {batch, channels});
}

namespace {
struct LowerGroupNorm : OpRewritePattern<GroupNormOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(GroupNormOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value input = op.getInput();
    ArrayRef<int64_t> shape = shapeOf(input);
    bool isLast = op.getChannelsLast();
    int64_t rank = shape.size(), axis = isLast ? rank - 1 : 1;
    int64_t batch = shape[0], channels = shape[axis], groups = op.getGroups();
    int64_t pixels = computeProduct(shape) / (batch * channels);
    double epsilon = op.getEpsilon().convertToDouble();
    Statistics statistics;
    if (isLast) {
      Value image = createReshape(b, input, {batch, pixels, channels});
      statistics = createFromBlocks(b, image, groups, epsilon);
    } else {
      Value rows =
          createReshape(b, input, {batch, groups, channels / groups * pixels});
      statistics = createStatistics(b, rows, {2}, epsilon);
    }
    // Statistics per channel: then the last step keeps the input's own shape
    // and fuses with what surrounds it.
    MLIRContext *context = op.getContext();
    AffineMap perChannel = selectLoops(context, rank, {0, axis});
    AffineMap channel = selectLoops(context, rank, {axis});
    NormInputs inputs;
    inputs.add(input, b.getMultiDimIdentityMap(rank));
    inputs.add(spread(b, statistics.mean, channels), perChannel);
    inputs.add(spread(b, statistics.inverseDeviation, channels), perChannel);
    for (Value parameter : {op.getScale(), op.getBias()})
      if (parameter)
        inputs.add(parameter, channel);
    rewriter.replaceOp(
        op, createNormalised(b, inputs, !!op.getScale(), !!op.getBias()));
    return success();
  }
};
} // namespace

void tenon::populateGroupNormToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerGroupNorm>(patterns.getContext());
}
