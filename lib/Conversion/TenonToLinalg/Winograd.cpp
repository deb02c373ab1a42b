//===- Winograd.cpp - 3 x 3 convolution with fewer products ---------------===//
//
// F(2 x 2, 3 x 3) of Lavin and Gray (2015, arXiv:1509.09308): an output tile of
// 2 x 2 pixels comes from a patch of 4 x 4 by 16 products a channel instead of
// 36. A block of tiles is worked on at once: its patches are transformed into
// 16 matrices [tiles, C], each of which meets the weight's matrix of the same
// place, panel by panel, and what comes out is transformed back while it is
// near. A block at a border works on a copy of its part of the image, with the
// zeros around it; one inside reads the image where it lies.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"

#include <array>

using namespace mlir;
using namespace mlir::tenon;

/// Tiles of a block: so many bytes of transformed patches stay near, and a
/// panel of the weight is read once for so many tiles.
static constexpr int64_t patchBytes = 256 << 10, fewestTiles = 24,
                         mostTiles = 64;
/// A weight of more bytes than caches hold meets the patches place by place, so
/// that those of one place stay near while all panels go by once; then a block
/// has more tiles.
static constexpr int64_t largeWeightBytes = 4 << 20, fewestTilesOfLarge = 64,
                         mostTilesOfLarge = 128;
/// Where a stride of these bytes parts the places, all fall on the same lines
/// of the first cache.
static constexpr int64_t pageBytes = 4096;
/// Blocks that keep threads busy. Where there are not tiles enough, each block
/// is one for several groups of panels, each of which transforms its patches
/// anew: for outputs enough that this does not count.
static constexpr int64_t wantedBlocks = 16, fewestOutputsOfGroup = 64;
/// Outputs of a tile and elements of a patch along an axis.
static constexpr int64_t step = 2, patch = 4, places = patch * patch;

namespace {
/// How one axis of the image is cut.
struct BlockedAxis {
  int64_t size;     ///< of the input
  int64_t outputs;  ///< of the result
  int64_t padBegin; ///< zeros before the input
  int64_t tiles;    ///< of a block

  int64_t allTiles() const { return llvm::divideCeil(outputs, step); }
  int64_t blocks() const { return llvm::divideCeil(allTiles(), tiles); }
  /// Input elements that a block reads, those of the borders included.
  int64_t span() const { return step * tiles + patch - step; }
  /// Whether the last block has outputs past the end.
  bool isClipped() const { return outputs != blocks() * step * tiles; }
  bool isPadded() const {
    return padBegin > 0 || blocks() * step * tiles + 2 > padBegin + size;
  }
};

class WinogradLowering {
public:
  WinogradLowering(ImplicitLocOpBuilder &b, WinogradConvOp op);
  Value lower();

private:
  Value index(int64_t value) { return createIndex(b, value); }
  OpFoldResult attr(int64_t value) { return b.getIndexAttr(value); }
  SmallVector<OpFoldResult> attrs(ArrayRef<int64_t> values) {
    return getAsIndexOpFoldResult(b.getContext(), values);
  }

  bool isLarge() const {
    return places * channels * panels * width * 4 > largeWeightBytes;
  }
  void chooseTiles();
  Value createBuffer(int64_t size);
  Value withoutPadding(Value buffer, int64_t size);
  Value createPatches(OpFoldResult n, ArrayRef<Value> block);
  Value createInnerPatches(OpFoldResult n, ArrayRef<Value> block);
  Value isInside(ArrayRef<Value> block);
  Value transformPatches(Value image, Value result);
  Value productsOf(Value patches, Value panel);
  Value allProducts(Value patches);
  Value overGroup(Value patches, Value result, ArrayRef<Value> block);
  Value transformBack(Value products, Value panel, Value result, bool isWhole);
  /// A nest of loops around `body`, which maps one tensor to the next.
  Value overLoops(ArrayRef<int64_t> sizes, Value init,
                  llvm::function_ref<Value(ValueRange, Value)> body);
  /// Panel `panel` of the group among all.
  Value ofAll(Value panel) {
    return group == panels ? panel
                           : arith::AddIOp::create(b, firstPanel, panel);
  }
  /// index scale + shift
  Value scaled(Value value, int64_t scale, int64_t shift);
  /// The rows or columns of the result that block `block` of an axis has.
  OpFoldResult extent(const BlockedAxis &axis, Value block);

  ImplicitLocOpBuilder &b;
  Value input, weight, bias;
  Type element;
  int64_t channels, panels, width, batch;
  int64_t group; ///< panels of a group
  Value firstPanel;
  std::array<BlockedAxis, 2> axes;
};
} // namespace

/// The least number of equal pieces of at most `most`, as their size.
static int64_t evenPiece(int64_t size, int64_t most) {
  return llvm::divideCeil(size, llvm::divideCeil(size, most));
}

WinogradLowering::WinogradLowering(ImplicitLocOpBuilder &b, WinogradConvOp op)
    : b(b), input(op.getInput()), weight(op.getWeight()), bias(op.getBias()),
      element(elementTypeOf(op)) {
  ArrayRef<int64_t> image = shapeOf(input), kernel = shapeOf(weight),
                    result = shapeOf(op);
  batch = image[0];
  channels = image[3];
  panels = kernel.front();
  width = kernel.back();
  for (int64_t axis : {0, 1})
    axes[axis] = {image[axis + 1], result[axis + 1], op.getPadsBegin()[axis],
                  1};
  chooseTiles();
  if (bias)
    bias = createReshape(b, bias, {panels, width});
}

/// The least divisor of `size` that is no less than `least`, itself at most.
static int64_t divisorFrom(int64_t size, int64_t least) {
  int64_t divisor = std::clamp<int64_t>(least, 1, size);
  while (size % divisor != 0)
    ++divisor;
  return divisor;
}

void WinogradLowering::chooseTiles() {
  auto &[rows, columns] = axes;
  int64_t all = batch * rows.allTiles() * columns.allTiles(),
          smallestGroup = llvm::divideCeil(fewestOutputsOfGroup, width);
  int64_t fewest, most;
  if (isLarge()) {
    bool hasGroups = divisorFrom(panels, smallestGroup) < panels;
    most = mostTilesOfLarge;
    fewest = hasGroups ? fewestTilesOfLarge
                       : std::min<int64_t>(fewestTilesOfLarge,
                                           llvm::divideCeil(all, 2));
  } else {
    most =
        std::clamp(patchBytes / (places * 4 * std::max<int64_t>(1, channels)),
                   fewestTiles, mostTiles);
    fewest = std::min(most, fewestTiles / 2);
  }
  int64_t wanted = std::clamp(all / wantedBlocks, fewest, most);
  columns.tiles = evenPiece(columns.allTiles(), wanted);
  rows.tiles =
      evenPiece(rows.allTiles(), std::max<int64_t>(1, wanted / columns.tiles));
  int64_t blocks = batch * rows.blocks() * columns.blocks();
  group = divisorFrom(panels,
                      std::max(smallestGroup, panels * blocks / wantedBlocks));
}

Value WinogradLowering::scaled(Value value, int64_t scale, int64_t shift) {
  Value product = arith::MulIOp::create(b, value, index(scale));
  return arith::AddIOp::create(b, product, index(shift));
}

Value WinogradLowering::overLoops(
    ArrayRef<int64_t> sizes, Value init,
    llvm::function_ref<Value(ValueRange, Value)> body) {
  SmallVector<Value> zeros, ends, ones;
  for (int64_t size : sizes) {
    zeros.push_back(index(0));
    ends.push_back(index(size));
    ones.push_back(index(1));
  }
  scf::LoopNest nest = scf::buildLoopNest(
      b, b.getLoc(), zeros, ends, ones, init,
      [&](OpBuilder &inner, Location, ValueRange indices, ValueRange now) {
        OpBuilder::InsertionGuard guard(b);
        b.setInsertionPoint(inner.getInsertionBlock(),
                            inner.getInsertionPoint());
        return scf::ValueVector{body(indices, now.front())};
      });
  return nest.results.front();
}

OpFoldResult WinogradLowering::extent(const BlockedAxis &axis, Value block) {
  int64_t whole = step * axis.tiles;
  if (!axis.isClipped())
    return attr(whole);
  AffineExpr rest = axis.outputs - getAffineDimExpr(0, b.getContext()) * whole;
  AffineMap map = AffineMap::get(1, 0, {rest, b.getAffineConstantExpr(whole)},
                                 b.getContext());
  return affine::makeComposedFoldedAffineMin(b, b.getLoc(), map,
                                             OpFoldResult(block));
}

/// A buffer [places, tiles, size], with room between the places where they
/// would be in each other's way.
Value WinogradLowering::createBuffer(int64_t size) {
  int64_t tiles = axes[0].tiles * axes[1].tiles;
  int64_t bytes = size * element.getIntOrFloatBitWidth() / 8;
  bool clashes = tiles * bytes % pageBytes == 0;
  return bufferization::AllocTensorOp::create(
      b,
      RankedTensorType::get({places, tiles + (clashes ? 1 : 0), size}, element),
      ValueRange());
}

Value WinogradLowering::withoutPadding(Value buffer, int64_t size) {
  int64_t tiles = axes[0].tiles * axes[1].tiles;
  if (shapeOf(buffer)[1] == tiles)
    return buffer;
  return tensor::ExtractSliceOp::create(b, buffer, attrs({0, 0, 0}),
                                        attrs({places, tiles, size}),
                                        attrs({1, 1, 1}));
}

/// Whether a block reaches past no border that has zeros around it.
Value WinogradLowering::isInside(ArrayRef<Value> block) {
  Value inside;
  for (auto [axis, place] : llvm::zip(axes, block)) {
    if (!axis.isPadded())
      continue;
    Value begin = scaled(place, step * axis.tiles, -axis.padBegin);
    for (Value condition :
         {arith::CmpIOp::create(b, arith::CmpIPredicate::sge, begin, index(0))
              .getResult(),
          arith::CmpIOp::create(b, arith::CmpIPredicate::sle, begin,
                                index(axis.size - axis.span()))
              .getResult()})
      inside = inside ? arith::AndIOp::create(b, inside, condition).getResult()
                      : condition;
  }
  return inside;
}

/// The part of the image of a block inside it, where it lies.
Value WinogradLowering::createInnerPatches(OpFoldResult n,
                                           ArrayRef<Value> block) {
  SmallVector<OpFoldResult> from = {n};
  SmallVector<int64_t> shape;
  for (auto [axis, place] : llvm::zip(axes, block)) {
    from.push_back(scaled(place, step * axis.tiles, -axis.padBegin));
    shape.push_back(axis.span());
  }
  from.push_back(attr(0));
  shape.push_back(channels);
  SmallVector<OpFoldResult> sizes = attrs(shape);
  sizes.insert(sizes.begin(), attr(1));
  return tensor::ExtractSliceOp::create(
      b, RankedTensorType::get(shape, element), input, from, sizes,
      attrs({1, 1, 1, 1}));
}

/// The block's part of the image with zeros around where it reaches past.
Value WinogradLowering::createPatches(OpFoldResult n, ArrayRef<Value> block) {
  MLIRContext *context = b.getContext();
  AffineExpr d0 = getAffineDimExpr(0, context),
             d1 = getAffineDimExpr(1, context);
  AffineExpr zero = getAffineConstantExpr(0, context);
  auto apply = [&](AffineExpr expr, ArrayRef<OpFoldResult> operands) {
    return affine::makeComposedFoldedAffineApply(b, b.getLoc(), expr, operands);
  };
  auto least = [&](AffineExpr expr, int64_t bound, Value place) {
    return affine::makeComposedFoldedAffineMin(
        b, b.getLoc(),
        AffineMap::get(1, 0, {expr, getAffineConstantExpr(bound, context)},
                       context),
        OpFoldResult(place));
  };
  SmallVector<OpFoldResult> from = {n}, to, sizes = {attr(1)};
  SmallVector<int64_t> whole, shape;
  for (auto [axis, place] : llvm::zip(axes, block)) {
    AffineExpr start = d0 * (step * axis.tiles) - axis.padBegin;
    OpFoldResult begin = affine::makeComposedFoldedAffineMax(
        b, b.getLoc(), AffineMap::get(1, 0, {start, zero}, context),
        OpFoldResult(place));
    OpFoldResult end = least(start + axis.span(), axis.size, place);
    from.push_back(begin);
    to.push_back(apply(d0 - (d1 * (step * axis.tiles) - axis.padBegin),
                       {begin, OpFoldResult(place)}));
    sizes.push_back(apply(d0 - d1, {end, begin}));
    whole.push_back(axis.span());
    shape.push_back(
        getConstantIntValue(sizes.back()).value_or(ShapedType::kDynamic));
  }
  from.push_back(attr(0));
  to.push_back(attr(0));
  sizes.push_back(attr(channels));
  whole.push_back(channels);
  shape.push_back(channels);
  Value part =
      tensor::ExtractSliceOp::create(b, RankedTensorType::get(shape, element),
                                     input, from, sizes, attrs({1, 1, 1, 1}));
  Value zeros = createFilled(b, whole, createScalar(b, element, 0.0));
  return tensor::InsertSliceOp::create(
      b, part, zeros, to, ArrayRef(sizes).drop_front(), attrs({1, 1, 1}));
}

/// B^T x of the four elements of a patch along one axis.
static std::array<Value, patch> forward(ImplicitLocOpBuilder &b,
                                        const std::array<Value, patch> &x) {
  return {createSub(b, x[0], x[2]), createAdd(b, x[1], x[2]),
          createSub(b, x[2], x[1]), createSub(b, x[1], x[3])};
}

/// A^T m of the four products along one axis.
static std::array<Value, step> backward(ImplicitLocOpBuilder &b,
                                        const std::array<Value, patch> &m) {
  return {createAdd(b, createAdd(b, m[0], m[1]), m[2]),
          createSub(b, createSub(b, m[1], m[2]), m[3])};
}

/// X^T d X, where `d` gives the elements of d and `transform` is X^T along one
/// axis.
template <size_t size>
static std::array<std::array<Value, size>, size> transformBoth(
    ImplicitLocOpBuilder &b, llvm::function_ref<Value(int64_t, int64_t)> d,
    std::array<Value, size> (*transform)(ImplicitLocOpBuilder &,
                                         const std::array<Value, patch> &)) {
  std::array<std::array<Value, size>, patch> byColumn;
  for (int64_t column = 0; column < patch; ++column) {
    std::array<Value, patch> elements;
    for (int64_t row = 0; row < patch; ++row)
      elements[row] = d(row, column);
    byColumn[column] = transform(b, elements);
  }
  std::array<std::array<Value, size>, size> result;
  for (size_t row = 0; row < size; ++row) {
    std::array<Value, patch> elements;
    for (int64_t column = 0; column < patch; ++column)
      elements[column] = byColumn[column][row];
    result[row] = transform(b, elements);
  }
  return result;
}

/// B^T d B of every patch d of the image goes into a buffer.
Value WinogradLowering::transformPatches(Value image, Value buffer) {
  auto &[rows, columns] = axes;
  return overLoops({rows.tiles, columns.tiles, channels}, buffer,
                   [&](ValueRange at, Value result) {
                     auto transformed = transformBoth(
                         b,
                         [&](int64_t row, int64_t column) -> Value {
                           return tensor::ExtractOp::create(
                               b, image,
                               ValueRange{scaled(at[0], step, row),
                                          scaled(at[1], step, column), at[2]});
                         },
                         forward);
                     Value tile = arith::AddIOp::create(
                         b, scaled(at[0], columns.tiles, 0), at[1]);
                     for (int64_t place = 0; place < places; ++place)
                       result = tensor::InsertOp::create(
                           b, transformed[place / patch][place % patch], result,
                           ValueRange{index(place), tile, at[2]});
                     return result;
                   });
}

/// A^T m A + bias of the products [places, tiles, width] with one panel. Goes
/// into `result`: the panel's place in the block where that is whole, else a
/// tensor for this panel.
Value WinogradLowering::transformBack(Value products, Value panel, Value result,
                                      bool isWhole) {
  auto &[rows, columns] = axes;
  return overLoops(
      {rows.tiles, columns.tiles, width}, result,
      [&](ValueRange at, Value now) {
        Value tile =
            arith::AddIOp::create(b, scaled(at[0], columns.tiles, 0), at[1]);
        auto outputs = transformBoth(
            b,
            [&](int64_t row, int64_t column) -> Value {
              return tensor::ExtractOp::create(
                  b, products,
                  ValueRange{index(row * patch + column), tile, at[2]});
            },
            backward);
        Value shift;
        if (bias)
          shift = tensor::ExtractOp::create(b, bias,
                                            ValueRange{ofAll(panel), at[2]});
        for (int64_t output = 0; output < step * step; ++output) {
          int64_t row = output / step, column = output % step;
          SmallVector<Value> place = {scaled(at[0], step, row),
                                      scaled(at[1], step, column), at[2]};
          if (isWhole) {
            place.insert(place.begin() + 2, panel);
            place.insert(place.begin(), index(0));
          }
          Value value = outputs[row][column];
          now = tensor::InsertOp::create(
              b, bias ? createAdd(b, value, shift) : value, now, place);
        }
        return now;
      });
}

/// The products [places, tiles, width] of the patches with one panel.
Value WinogradLowering::productsOf(Value patches, Value panel) {
  Value factors = tensor::ExtractSliceOp::create(
      b, RankedTensorType::get({places, channels, width}, element), weight,
      ArrayRef<OpFoldResult>{panel, attr(0), attr(0), attr(0)},
      attrs({1, places, channels, width}), attrs({1, 1, 1, 1}));
  Value sums = withoutPadding(createBuffer(width), width);
  sums = linalg::FillOp::create(b, createScalar(b, element, 0.0), sums)
             .getResult(0);
  return createLoops(b, {patches, factors}, sums,
                     {selectLoops(b.getContext(), 4, {0, 1, 3}),
                      selectLoops(b.getContext(), 4, {0, 3, 2}),
                      selectLoops(b.getContext(), 4, {0, 1, 2})},
                     createMultiplyAdd);
}

/// The products [panels, places, tiles, width] with the panels of the group,
/// place by place.
Value WinogradLowering::allProducts(Value patches) {
  int64_t tiles = axes[0].tiles * axes[1].tiles;
  Value factors = weight;
  if (group != panels)
    factors = tensor::ExtractSliceOp::create(
        b, weight,
        ArrayRef<OpFoldResult>{firstPanel, attr(0), attr(0), attr(0)},
        attrs({group, places, channels, width}), attrs({1, 1, 1, 1}));
  Value sums = bufferization::AllocTensorOp::create(
      b, RankedTensorType::get({group, places, tiles, width}, element),
      ValueRange());
  sums = linalg::FillOp::create(b, createScalar(b, element, 0.0), sums)
             .getResult(0);
  return createLoops(b, {patches, factors}, sums,
                     {selectLoops(b.getContext(), 5, {0, 2, 4}),
                      selectLoops(b.getContext(), 5, {1, 0, 4, 3}),
                      selectLoops(b.getContext(), 5, {1, 0, 2, 3})},
                     createMultiplyAdd);
}

/// The block of the result [1, rows, columns, panels of the group, width],
/// panel by panel.
Value WinogradLowering::overGroup(Value patches, Value result,
                                  ArrayRef<Value> block) {
  auto &[rows, columns] = axes;
  bool isWhole = !rows.isClipped() && !columns.isClipped();
  Value all = isLarge() ? allProducts(patches) : Value();
  return overLoops({group}, result, [&](ValueRange at, Value now) -> Value {
    Value panel = at.front(), products;
    if (all)
      products = tensor::ExtractSliceOp::create(
          b,
          RankedTensorType::get({places, rows.tiles * columns.tiles, width},
                                element),
          all, ArrayRef<OpFoldResult>{panel, attr(0), attr(0), attr(0)},
          attrs({1, places, rows.tiles * columns.tiles, width}),
          attrs({1, 1, 1, 1}));
    else
      products = productsOf(patches, ofAll(panel));
    if (isWhole)
      return transformBack(products, panel, now, isWhole);
    Value own = createEmpty(b, {step * rows.tiles, step * columns.tiles, width},
                            element);
    own = transformBack(products, panel, own, isWhole);
    SmallVector<OpFoldResult> sizes = {extent(rows, block[0]),
                                       extent(columns, block[1]), attr(width)};
    Value part = tensor::ExtractSliceOp::create(b, own, attrs({0, 0, 0}), sizes,
                                                attrs({1, 1, 1}));
    sizes.insert(sizes.begin() + 2, attr(1));
    sizes.insert(sizes.begin(), attr(1));
    return tensor::InsertSliceOp::create(
        b, part, now,
        ArrayRef<OpFoldResult>{attr(0), attr(0), attr(0), panel, attr(0)},
        sizes, attrs({1, 1, 1, 1, 1}));
  });
}

Value WinogradLowering::lower() {
  auto &[rows, columns] = axes;
  Value empty = createEmpty(
      b, {batch, rows.outputs, columns.outputs, panels, width}, element);
  auto loop = scf::ForallOp::create(
      b, attrs({0, 0, 0, 0}),
      attrs({batch, rows.blocks(), columns.blocks(), panels}),
      attrs({1, 1, 1, group}), empty, std::nullopt);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  OpFoldResult n = loop.getInductionVar(0);
  SmallVector<Value> block = {loop.getInductionVar(1), loop.getInductionVar(2)};
  firstPanel = loop.getInductionVar(3);
  Value buffer = createBuffer(channels), inside = isInside(block);
  auto transformed = [&](bool isInner) {
    Value image =
        isInner ? createInnerPatches(n, block) : createPatches(n, block);
    return transformPatches(image, buffer);
  };
  Value patches;
  bool isAlwaysOutside = llvm::any_of(axes, [](const BlockedAxis &axis) {
    return axis.isPadded() && axis.size < axis.span();
  });
  if (!inside || isAlwaysOutside) {
    patches = transformed(/*isInner=*/!inside);
  } else {
    auto choice = scf::IfOp::create(b, buffer.getType(), inside,
                                    /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(b);
    for (bool isInner : {true, false}) {
      b.setInsertionPointToStart(isInner ? choice.thenBlock()
                                         : choice.elseBlock());
      scf::YieldOp::create(b, transformed(isInner));
    }
    patches = choice.getResult(0);
  }
  patches = withoutPadding(patches, channels);
  SmallVector<OpFoldResult> offsets = {n}, sizes = {attr(1)}, ones(5, attr(1));
  SmallVector<int64_t> shape = {1};
  for (auto [axis, place] : llvm::zip(axes, block)) {
    offsets.push_back(affine::makeComposedFoldedAffineApply(
        b, b.getLoc(),
        getAffineDimExpr(0, b.getContext()) * (step * axis.tiles),
        {OpFoldResult(place)}));
    sizes.push_back(extent(axis, place));
    shape.push_back(
        getConstantIntValue(sizes.back()).value_or(ShapedType::kDynamic));
  }
  llvm::append_range(offsets, ArrayRef<OpFoldResult>{firstPanel, attr(0)});
  llvm::append_range(sizes, attrs({group, width}));
  llvm::append_range(shape, ArrayRef{group, width});
  Value own = tensor::ExtractSliceOp::create(
      b, RankedTensorType::get(shape, element),
      loop.getRegionIterArgs().front(), offsets, sizes, ones);
  Value result = overGroup(patches, own, block);
  b.setInsertionPointToStart(loop.getTerminator().getBody());
  tensor::ParallelInsertSliceOp::create(
      b, result, loop.getRegionIterArgs().front(), offsets, sizes, ones);
  return loop.getResult(0);
}

namespace {
struct LowerWinogradConv : OpRewritePattern<WinogradConvOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(WinogradConvOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ArrayRef<int64_t> shape = shapeOf(op);
    Value result = WinogradLowering(b, op).lower();
    b.setInsertionPointAfter(result.getDefiningOp());
    rewriter.replaceOp(op, createReshape(b, result, shape));
    return success();
  }
};
} // namespace

void tenon::populateWinogradToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerWinogradConv>(patterns.getContext());
}
