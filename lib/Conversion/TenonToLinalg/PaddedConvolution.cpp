//===- PaddedConvolution.cpp - Packed convolutions that skip padding ------===//
//
// Images [N, axes.., C]. No padded image is made: tap by tap, a tile of the
// result, some rows of the first axis, adds up the products of those windows
// whose tap lies in the image. Along the first axis these are a range that
// depends on the tile, along the others they are known.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"
#include "Windows.h"

#include "tenon/Codegen/Panels.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

#include <algorithm>

using namespace mlir;
using namespace mlir::tenon;

/// Fewer channels would not fill a sum over one tap.
static constexpr int64_t fewestChannels = 32;
/// Taps along the axes but the first: each is code of its own.
static constexpr int64_t mostSums = 9;
/// Windows of a tile, so that a tap's weights are used often, and tiles that
/// keep threads busy.
static constexpr int64_t wantedWindows = 192, fewestWindows = 36,
                         wantedTiles = 16;

namespace {
/// Windows [begin, begin + count) of an axis, and where in the image a tap of
/// the first of them lies.
struct Part {
  OpFoldResult begin, count, image, span;
};

class PaddedLowering {
public:
  PaddedLowering(ImplicitLocOpBuilder &b, Value input, Value weight,
                 ArrayRef<WindowAxis> axes, ArrayRef<int64_t> counts)
      : b(b), input(input), weight(weight), axes(axes), counts(counts),
        batch(shapeOf(input).front()), channels(shapeOf(input).back()),
        panels(shapeOf(weight).front()), width(shapeOf(weight).back()) {}

  Value lower();

private:
  OpFoldResult attr(int64_t value) const { return b.getIndexAttr(value); }
  void chooseTile();
  Value createTile(Value tile, OpFoldResult n, OpFoldResult row,
                   OpFoldResult rows, OpFoldResult panel);
  Value addTap(Value tile, OpFoldResult n, OpFoldResult panel, Part first,
               OpFoldResult firstTap, ArrayRef<int64_t> otherTaps);
  Part partOfFirst(OpFoldResult tap, OpFoldResult row, OpFoldResult rows);
  std::optional<Part> partOf(size_t axis, int64_t tap);

  ImplicitLocOpBuilder &b;
  Value input, weight;
  ArrayRef<WindowAxis> axes;
  ArrayRef<int64_t> counts;
  int64_t batch, channels, panels, width;
  int64_t tileRows = 1, tilePanels = 1;
};
} // namespace

static bool isPadded(const WindowAxis &axis, int64_t count) {
  int64_t last = (count - 1) * axis.stride - axis.padBegin +
                 (axis.kernel - 1) * axis.dilation;
  return axis.padBegin > 0 || last >= axis.size;
}

bool mlir::tenon::paysWithoutPadding(ArrayRef<WindowAxis> axes,
                                     ArrayRef<int64_t> counts,
                                     int64_t channels) {
  int64_t sums = 1;
  bool padded = false;
  for (auto [axis, count] : llvm::zip_equal(axes, counts)) {
    padded |= isPadded(axis, count);
    sums *= &axis == axes.begin() ? 1 : axis.kernel;
  }
  return padded && axes.size() > 1 && channels >= fewestChannels &&
         sums <= mostSums;
}

void PaddedLowering::chooseTile() {
  int64_t perRow = computeProduct(counts.drop_front()), rows = counts.front();
  int64_t most = std::clamp<int64_t>(wantedWindows / perRow, 1, rows);
  int64_t fewest = std::clamp<int64_t>(fewestWindows / perRow, 1, rows);
  auto tiles = [&] {
    return batch * llvm::divideCeil(rows, tileRows) *
           llvm::divideCeil(panels, tilePanels);
  };
  // Equal tiles, where there are such near the size.
  auto even = [&](int64_t size) -> int64_t {
    for (int64_t near = std::min(rows, size + size / 2); near > size / 2;
         --near)
      if (rows % near == 0)
        return near;
    return llvm::divideCeil(rows, llvm::divideCeil(rows, size));
  };
  tileRows = even(most);
  tilePanels = panels;
  for (int64_t size = most; tiles() < wantedTiles && size > fewest;) {
    size = std::max(fewest, size / 2);
    tileRows = std::min(tileRows, even(size));
  }
  for (int64_t part = panels - 1;
       part >= ::tenon::panelGrain && tiles() < wantedTiles; --part)
    if (panels % part == 0)
      tilePanels = part;
}

/// Windows of the first axis among `rows` from `row` on whose tap `tap` lies in
/// the image.
Part PaddedLowering::partOfFirst(OpFoldResult tap, OpFoldResult row,
                                 OpFoldResult rows) {
  const WindowAxis &axis = axes.front();
  MLIRContext *context = b.getContext();
  AffineExpr d0, d1, d2;
  bindDims(context, d0, d1, d2);
  AffineExpr zero = getAffineConstantExpr(0, context);
  Location loc = b.getLoc();
  AffineExpr place = d0 * axis.dilation - axis.padBegin;
  OpFoldResult none = attr(0);
  Part part;
  part.begin = affine::makeComposedFoldedAffineMax(
      b, loc,
      AffineMap::get(3, 0, {d1, (-place).ceilDiv(axis.stride)}, context),
      {tap, row, none});
  OpFoldResult end = affine::makeComposedFoldedAffineMin(
      b, loc,
      AffineMap::get(3, 0, {d1 + d2, (axis.size - place).ceilDiv(axis.stride)},
                     context),
      {tap, row, rows});
  part.count = affine::makeComposedFoldedAffineMax(
      b, loc, AffineMap::get(3, 0, {d1 - d0, zero}, context),
      {part.begin, end, none});
  part.image = affine::makeComposedFoldedAffineApply(
      b, loc, AffineMap::get(3, 0, {d1 * axis.stride + place}, context),
      {tap, part.begin, none});
  // Of begin and end alone, as bounds of what a tile reads are found.
  part.span = affine::makeComposedFoldedAffineMax(
      b, loc,
      AffineMap::get(3, 0, {(d1 - d0 - 1) * axis.stride + 1, zero}, context),
      {part.begin, end, none});
  return part;
}

/// The same of all windows of another axis, if there are any.
std::optional<Part> PaddedLowering::partOf(size_t number, int64_t tap) {
  const WindowAxis &axis = axes[number];
  int64_t place = tap * axis.dilation - axis.padBegin;
  int64_t begin =
      std::max<int64_t>(0, llvm::divideCeilSigned(-place, axis.stride));
  int64_t end = std::min<int64_t>(
      counts[number], llvm::divideCeilSigned(axis.size - place, axis.stride));
  if (begin >= end)
    return std::nullopt;
  return Part{attr(begin), attr(end - begin), attr(begin * axis.stride + place),
              attr((end - begin - 1) * axis.stride + 1)};
}

/// Adds the products of one tap to `tile` [1, rows, windows.., panels, width].
Value PaddedLowering::addTap(Value tile, OpFoldResult n, OpFoldResult panel,
                             Part first, OpFoldResult firstTap,
                             ArrayRef<int64_t> otherTaps) {
  SmallVector<Part> parts = {first};
  SmallVector<OpFoldResult> taps = {firstTap};
  for (auto [i, tap] : llvm::enumerate(otherTaps)) {
    std::optional<Part> part = partOf(i + 1, tap);
    if (!part)
      return tile;
    parts.push_back(*part);
    taps.push_back(attr(tap));
  }
  SmallVector<OpFoldResult> imageOffsets = {n}, imageSizes = {attr(1)},
                            offsets = {attr(0)}, sizes = {attr(1)},
                            tapOffsets = {panel}, tapSizes = {attr(tilePanels)};
  for (auto [part, tap] : llvm::zip_equal(parts, taps)) {
    imageOffsets.push_back(part.image);
    imageSizes.push_back(part.span);
    offsets.push_back(part.begin);
    sizes.push_back(part.count);
    tapOffsets.push_back(tap);
    tapSizes.push_back(attr(1));
  }
  imageOffsets.push_back(attr(0));
  imageSizes.push_back(attr(channels));
  offsets.append({attr(0), attr(0)});
  sizes.append({attr(tilePanels), attr(width)});
  tapOffsets.append({attr(0), attr(0)});
  tapSizes.append({attr(channels), attr(width)});
  Value image = createSlice(b, input, imageOffsets, imageSizes);
  SmallVector<OpFoldResult> ones(tapOffsets.size(), attr(1));
  Value matrix = tensor::ExtractSliceOp::create(
      b,
      RankedTensorType::get({tilePanels, channels, width},
                            elementTypeOf(weight)),
      weight, tapOffsets, tapSizes, ones);
  Value sums = createSlice(b, tile, offsets, sizes);
  // Loops (n, windows.., panel, place, c).
  MLIRContext *context = b.getContext();
  int64_t rank = axes.size(), loops = rank + 4;
  SmallVector<AffineExpr> read = {getAffineDimExpr(0, context)};
  for (auto [i, axis] : llvm::enumerate(axes))
    read.push_back(getAffineDimExpr(1 + i, context) * axis.stride);
  read.push_back(getAffineDimExpr(rank + 3, context));
  sums = createLoops(
      b, {image, matrix}, sums,
      {AffineMap::get(loops, 0, read, context),
       selectLoops(context, loops, {rank + 1, rank + 3, rank + 2}),
       AffineMap::getMultiDimIdentityMap(loops, context).dropResult(loops - 1)},
      createMultiplyAdd);
  ones.assign(offsets.size(), attr(1));
  return tensor::InsertSliceOp::create(b, sums, tile, offsets, sizes, ones);
}

Value PaddedLowering::createTile(Value tile, OpFoldResult n, OpFoldResult row,
                                 OpFoldResult rows, OpFoldResult panel) {
  Value zero = createScalar(b, elementTypeOf(tile), 0.0);
  tile = linalg::FillOp::create(b, zero, tile).getResult(0);
  auto loop = scf::ForOp::create(b, createIndex(b, 0),
                                 createIndex(b, axes.front().kernel),
                                 createIndex(b, 1), tile);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  OpFoldResult tap = loop.getInductionVar();
  Value now = loop.getRegionIterArg(0);
  Part part = partOfFirst(tap, row, rows);
  // Within the tile.
  AffineExpr d0, d1;
  bindDims(b.getContext(), d0, d1);
  part.begin = affine::makeComposedFoldedAffineApply(b, b.getLoc(), d0 - d1,
                                                     {part.begin, row});
  int64_t others = 1;
  for (const WindowAxis &axis : axes.drop_front())
    others *= axis.kernel;
  for (int64_t number = 0; number < others; ++number) {
    SmallVector<int64_t> taps(axes.size() - 1);
    int64_t rest = number;
    for (size_t axis = axes.size() - 1; axis > 0; --axis) {
      taps[axis - 1] = rest % axes[axis].kernel;
      rest /= axes[axis].kernel;
    }
    now = addTap(now, n, panel, part, tap, taps);
  }
  scf::YieldOp::create(b, now);
  return loop.getResult(0);
}

Value PaddedLowering::lower() {
  chooseTile();
  MLIRContext *context = b.getContext();
  SmallVector<int64_t> shape = {batch};
  llvm::append_range(shape, counts);
  shape.append({panels, width});
  auto loop = scf::ForallOp::create(
      b, getAsIndexOpFoldResult(context, {0, 0, 0}),
      getAsIndexOpFoldResult(context, {batch, counts.front(), panels}),
      getAsIndexOpFoldResult(context, {1, tileRows, tilePanels}),
      createEmpty(b, shape, getComputeType(elementTypeOf(input))),
      std::nullopt);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  SmallVector<OpFoldResult> place =
      llvm::to_vector_of<OpFoldResult>(loop.getInductionVars());
  OpFoldResult rows = attr(tileRows);
  if (counts.front() % tileRows != 0)
    rows = affine::makeComposedFoldedAffineMin(
        b, b.getLoc(),
        AffineMap::get(1, 0,
                       {getAffineConstantExpr(tileRows, context),
                        counts.front() - getAffineDimExpr(0, context)},
                       context),
        place[1]);
  SmallVector<OpFoldResult> offsets = {place[0], place[1]},
                            sizes = {attr(1), rows},
                            ones(shape.size(), attr(1));
  for (int64_t count : counts.drop_front()) {
    offsets.push_back(attr(0));
    sizes.push_back(attr(count));
  }
  offsets.append({place[2], attr(0)});
  sizes.append({attr(tilePanels), attr(width)});
  Value all = loop.getRegionIterArgs().front();
  Value tile = createTile(createSlice(b, all, offsets, sizes), place[0],
                          place[1], rows, place[2]);
  b.setInsertionPointToStart(loop.getTerminator().getBody());
  tensor::ParallelInsertSliceOp::create(b, tile, all, offsets, sizes, ones);
  return loop.getResult(0);
}

Value mlir::tenon::createUnpaddedSums(ImplicitLocOpBuilder &b, Value input,
                                      Value weight, ArrayRef<WindowAxis> axes,
                                      ArrayRef<int64_t> counts) {
  return PaddedLowering(b, input, weight, axes, counts).lower();
}
