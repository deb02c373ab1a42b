//===- Slicing.cpp - Slices, joins and paddings ---------------------------===//

#include "LoweringBuilders.h"
#include "Lowerings.h"
#include "Windows.h"

using namespace mlir;
using namespace mlir::tenon;

static Value forwardElement(ImplicitLocOpBuilder &, ValueRange elements) {
  return elements[0];
}

static Value createInsertedSlice(ImplicitLocOpBuilder &b, Value source,
                                 Value destination, ArrayRef<int64_t> offsets) {
  MLIRContext *context = b.getContext();
  SmallVector<int64_t> steps(offsets.size(), 1);
  return tensor::InsertSliceOp::create(
      b, source, destination, getAsIndexOpFoldResult(context, offsets),
      getAsIndexOpFoldResult(context, shapeOf(source)),
      getAsIndexOpFoldResult(context, steps));
}

namespace {
/// Forwards a view; backwards a copy that reads by start + i step.
struct LowerSlice : OpRewritePattern<SliceOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(SliceOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    MLIRContext *context = op.getContext();
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    if (llvm::all_of(op.getSteps(), [](int64_t step) { return step > 0; })) {
      rewriter.replaceOpWithNewOp<tensor::ExtractSliceOp>(
          op, op.getInput(), getAsIndexOpFoldResult(context, op.getStarts()),
          getAsIndexOpFoldResult(context, shape),
          getAsIndexOpFoldResult(context, op.getSteps()));
      return success();
    }
    // A map with a negative factor could not be tiled.
    rewriter.replaceOp(
        op, createElementwise(
                b, {}, shape, elementTypeOf(op.getInput()),
                [&](ImplicitLocOpBuilder &b, ValueRange) -> Value {
                  SmallVector<Value> point;
                  for (size_t axis : llvm::seq(shape.size())) {
                    Value index = linalg::IndexOp::create(b, axis);
                    index = createMul(b, index,
                                      createIndex(b, op.getSteps()[axis]));
                    point.push_back(createAdd(
                        b, index, createIndex(b, op.getStarts()[axis])));
                  }
                  return tensor::ExtractOp::create(b, op.getInput(), point);
                }));
    return success();
  }
};

/// How many tensors one kernel joins. Each is a loop of its own, and the time
/// to compile a kernel grows faster than their number.
constexpr size_t mostJoined = 48;

/// concat(a, b, c, ..) -> concat(concat(a, b), concat(c, ..)), where there are
/// many: what an unrolled loop makes in each step.
struct SplitConcat : OpRewritePattern<ConcatOp> {
  using Base::Base;

  void initialize() { setHasBoundedRewriteRecursion(); }

  LogicalResult matchAndRewrite(ConcatOp op,
                                PatternRewriter &rewriter) const override {
    OperandRange inputs = op.getInputs();
    if (inputs.size() <= mostJoined)
      return rewriter.notifyMatchFailure(op, "one kernel can join them");
    SmallVector<Value> parts;
    for (size_t i = 0; i < inputs.size(); i += mostJoined)
      parts.push_back(ConcatOp::create(
          rewriter, op.getLoc(),
          inputs.slice(i, std::min(mostJoined, inputs.size() - i)),
          op.getAxis()));
    rewriter.replaceOpWithNewOp<ConcatOp>(op, parts, op.getAxis());
    return success();
  }
};

struct LowerConcat : OpRewritePattern<ConcatOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(ConcatOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getInputs().size() > mostJoined)
      return rewriter.notifyMatchFailure(op, "it is split first");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    Value joined = createEmpty(b, shape, elementTypeOf(op.getResult()));
    SmallVector<int64_t> offsets(shape.size(), 0);
    for (Value input : op.getInputs()) {
      int64_t size = shapeOf(input)[op.getAxis()];
      if (size == 0)
        continue;
      joined = createInsertedSlice(b, input, joined, offsets);
      offsets[op.getAxis()] += size;
    }
    rewriter.replaceOp(op, joined);
    return success();
  }
};

/// The part of one axis that negative paddings leave, and how many elements
/// come before it.
struct PaddedAxis {
  int64_t first;
  int64_t size;
  int64_t low;
  int64_t high;

  bool isPlain() const { return low == 0 && high == 0; }
};
} // namespace

static PaddedAxis getPaddedAxis(PadOp op, int64_t axis) {
  int64_t low = op.getLow()[axis], high = op.getHigh()[axis];
  int64_t first = std::max<int64_t>(0, -low);
  int64_t size =
      shapeOf(op.getInput())[axis] - first - std::max<int64_t>(0, -high);
  return {first, size, std::max<int64_t>(0, low), std::max<int64_t>(0, high)};
}

/// |x|
static Value createMagnitude(ImplicitLocOpBuilder &b, Value x) {
  return arith::MaxSIOp::create(b, x, createSub(b, createIndex(b, 0), x));
}

/// The element of the input that stands at result element `index`.
static Value createSource(ImplicitLocOpBuilder &b, PadMode mode,
                          const PaddedAxis &axis, Value index) {
  Value first = createIndex(b, axis.first);
  if (axis.isPlain())
    return createAdd(b, index, first);
  Value last = createIndex(b, axis.size - 1);
  Value x = createSub(b, index, createIndex(b, axis.low));
  switch (mode) {
  case PadMode::reflect:
    // No farther than the other end: once around 0 and once around the last.
    x = createMagnitude(b, x);
    x = createSub(b, last, createMagnitude(b, createSub(b, last, x)));
    break;
  case PadMode::wrap: {
    // Whole lengths are added first: remainders of negatives are negative.
    int64_t lengths = (axis.low + axis.size - 1) / axis.size;
    x = createAdd(b, x, createIndex(b, lengths * axis.size));
    x = arith::RemUIOp::create(b, x, createIndex(b, axis.size));
    break;
  }
  case PadMode::edge:
  case PadMode::constant:
    x = arith::MaxSIOp::create(b, x, createIndex(b, 0));
    x = arith::MinSIOp::create(b, x, last);
    break;
  }
  return createAdd(b, x, first);
}

/// The value that fills, where it is known while compiling.
static Value createKnownFill(ImplicitLocOpBuilder &b, PadOp op) {
  if (!op.getValue())
    return createScalar(b, elementTypeOf(op.getInput()), 0.0);
  DenseElementsAttr value;
  if (!matchPattern(op.getValue(), m_Constant(&value)) || !value.isSplat())
    return {};
  return arith::ConstantOp::create(
      b, cast<TypedAttr>(value.getSplatValue<Attribute>()));
}

namespace {
struct LowerPad : OpRewritePattern<PadOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(PadOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    if (op.getMode() != PadMode::constant) {
      rewriter.replaceOp(op, createContinued(b, op));
      return success();
    }
    if (Value fill = createKnownFill(b, op)) {
      rewriter.replaceOp(
          op, createPadded(b, op.getInput(), op.getLow(), op.getHigh(), fill));
      return success();
    }
    rewriter.replaceOp(op, createFilledByInput(b, op));
    return success();
  }

  /// Every element comes from the input.
  Value createContinued(ImplicitLocOpBuilder &b, PadOp op) const {
    Value input = op.getInput();
    return createElementwise(b, {}, shapeOf(op.getResult()),
                             elementTypeOf(input),
                             [&](ImplicitLocOpBuilder &b, ValueRange) -> Value {
                               return createRead(b, op);
                             });
  }

  /// The fill is an input of the loops.
  Value createFilledByInput(ImplicitLocOpBuilder &b, PadOp op) const {
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    Type element = elementTypeOf(op.getInput());
    Value fill =
        createElementwise(b, op.getValue(), shape, element, forwardElement);
    SmallVector<int64_t> before, after, offsets;
    for (int64_t axis : llvm::seq(shape.size())) {
      before.push_back(std::min<int64_t>(0, op.getLow()[axis]));
      after.push_back(std::min<int64_t>(0, op.getHigh()[axis]));
      offsets.push_back(std::max<int64_t>(0, op.getLow()[axis]));
    }
    Value inner = createPadded(b, op.getInput(), before, after, {});
    return createInsertedSlice(b, inner, fill, offsets);
  }

  static Value createRead(ImplicitLocOpBuilder &b, PadOp op) {
    SmallVector<Value> point;
    for (int64_t axis : llvm::seq(op.getInput().getType().getRank()))
      point.push_back(createSource(b, op.getMode(), getPaddedAxis(op, axis),
                                   linalg::IndexOp::create(b, axis)));
    return tensor::ExtractOp::create(b, op.getInput(), point);
  }
};
} // namespace

void tenon::populateSlicingToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerSlice, SplitConcat, LowerConcat, LowerPad>(
      patterns.getContext());
}
