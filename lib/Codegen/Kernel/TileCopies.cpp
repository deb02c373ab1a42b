//===- TileCopies.cpp - Cut joins, paddings and slices into tiles ---------===//

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace tenon {
#define GEN_PASS_DEF_TILECOPIESPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

/// Elements of a tile: less would not pay for a second thread, and what fills
/// the tile stays in the second cache until the rest is put on top.
static constexpr int64_t tileElements = 16384;
/// Each tensor is code of its own in every tile.
static constexpr size_t mostTensors = 16;

namespace {
/// What a kernel puts together: tensors at places of a destination, on top of
/// one number everywhere or nothing.
struct Join {
  SmallVector<tensor::InsertSliceOp> inserts; ///< in order
  linalg::FillOp fill;                        ///< may be null
  Value destination;
  RankedTensorType type;
};
} // namespace

/// Lets a kernel that returns a slice of an argument insert it into its
/// destination, the last of its arguments: a join of one tensor.
static void insertSlice(func::FuncOp kernel) {
  Operation *terminator = kernel.getBody().front().getTerminator();
  if (terminator->getNumOperands() != 1)
    return;
  Value value = terminator->getOperand(0);
  BlockArgument destination = kernel.getArguments().back();
  auto slice = value.getDefiningOp<tensor::ExtractSliceOp>();
  if (!slice || !isa<BlockArgument>(slice.getSource()) ||
      value.getType() != destination.getType())
    return;
  OpBuilder b(terminator);
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<OpFoldResult> zeros(type.getRank(), b.getIndexAttr(0)),
      ones(type.getRank(), b.getIndexAttr(1)),
      sizes = getAsIndexOpFoldResult(b.getContext(), type.getShape());
  terminator->setOperand(0, tensor::InsertSliceOp::create(b, value.getLoc(),
                                                          value, destination,
                                                          zeros, sizes, ones));
}

/// The tensors whose join `kernel` returns, if that is all it does.
static FailureOr<Join> joinOf(func::FuncOp kernel) {
  auto terminator =
      cast<func::ReturnOp>(kernel.getBody().front().getTerminator());
  if (terminator.getNumOperands() != 1)
    return failure();
  Join join;
  Value value = terminator.getOperand(0);
  while (auto insert = value.getDefiningOp<tensor::InsertSliceOp>()) {
    if (insert.getSourceType().getRank() != insert.getDestType().getRank() ||
        !insert.getSourceType().hasStaticShape() || !insert.hasUnitStride() ||
        llvm::any_of(insert.getStaticOffsets(), ShapedType::isDynamic))
      return failure();
    join.inserts.insert(join.inserts.begin(), insert);
    value = insert.getDest();
  }
  if (join.inserts.empty() || join.inserts.size() > mostTensors)
    return failure();
  join.type = join.inserts.back().getDestType();
  if ((join.fill = value.getDefiningOp<linalg::FillOp>()))
    value = join.fill.output();
  if (!isa<BlockArgument>(value) && !value.getDefiningOp<tensor::EmptyOp>())
    return failure();
  join.destination = value;
  return join;
}

/// The outermost axis that gives about enough pieces, or the longest of all.
static int64_t chooseAxis(ArrayRef<int64_t> shape, int64_t pieces) {
  for (auto [axis, size] : llvm::enumerate(shape))
    if (2 * size >= std::min<int64_t>(pieces, 16))
      return axis;
  return std::distance(shape.begin(), llvm::max_element(shape));
}

/// Makes the part of the join that lies in [begin, begin + size) of `axis`, in
/// `part` of its destination.
static Value joinPart(OpBuilder &b, Join &join, Value part, int64_t axis,
                      OpFoldResult begin, OpFoldResult size) {
  Location loc = join.inserts.front().getLoc();
  MLIRContext *context = b.getContext();
  if (join.fill)
    part = linalg::FillOp::create(b, loc, join.fill.value(), part).getResult(0);
  AffineExpr d0, d1;
  bindDims(context, d0, d1);
  auto constant = [&](int64_t value) {
    return getAffineConstantExpr(value, context);
  };
  for (tensor::InsertSliceOp insert : join.inserts) {
    int64_t rank = join.type.getRank();
    int64_t offset = insert.getStaticOffset(axis),
            extent = insert.getSourceType().getDimSize(axis);
    SmallVector<OpFoldResult> from(rank, b.getIndexAttr(0)),
        sizes = insert.getMixedSizes(), to = insert.getMixedOffsets(),
        ones(rank, b.getIndexAttr(1));
    if (extent == join.type.getDimSize(axis)) {
      from[axis] = begin;
      sizes[axis] = size;
    } else {
      // What of the source lies inside: from max(begin, offset) to
      // min(begin + size, offset + extent); nothing where these cross.
      OpFoldResult first = affine::makeComposedFoldedAffineMax(
          b, loc, AffineMap::get(1, 0, {d0, constant(offset)}, context),
          {begin});
      OpFoldResult last = affine::makeComposedFoldedAffineMin(
          b, loc,
          AffineMap::get(2, 0, {d0 + d1, constant(offset + extent)}, context),
          {begin, size});
      from[axis] =
          affine::makeComposedFoldedAffineApply(b, loc, d0 - offset, {first});
      to[axis] = affine::makeComposedFoldedAffineApply(b, loc, d0 - d1,
                                                       {first, begin});
      sizes[axis] = affine::makeComposedFoldedAffineMax(
          b, loc, AffineMap::get(2, 0, {d1 - d0, constant(0)}, context),
          {first, last});
    }
    Value source = tensor::ExtractSliceOp::create(b, loc, insert.getSource(),
                                                  from, sizes, ones);
    part = tensor::InsertSliceOp::create(b, loc, source, part, to, sizes, ones);
  }
  return part;
}

namespace {
struct TileCopies : ::tenon::impl::TileCopiesPassBase<TileCopies> {
  using Base::Base;

  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (!kernel->hasAttr("tenon.kernel"))
      return;
    insertSlice(kernel);
    FailureOr<Join> join = joinOf(kernel);
    if (failed(join) || !join->type.hasStaticShape())
      return;
    int64_t pieces = join->type.getNumElements() / tileElements;
    if (pieces <= 1)
      return;
    ArrayRef<int64_t> shape = join->type.getShape();
    int64_t axis = chooseAxis(shape, pieces), rank = shape.size();
    int64_t step = llvm::divideCeil(shape[axis], pieces);

    OpBuilder b(join->inserts.back());
    Location loc = join->inserts.back().getLoc();
    auto loop = scf::ForallOp::create(
        b, loc, ArrayRef<OpFoldResult>{b.getIndexAttr(0)},
        ArrayRef<OpFoldResult>{b.getIndexAttr(shape[axis])},
        ArrayRef<OpFoldResult>{b.getIndexAttr(step)}, join->destination,
        std::nullopt);
    join->inserts.back().getResult().replaceAllUsesWith(loop.getResult(0));
    b.setInsertionPointToStart(loop.getBody());
    OpFoldResult begin = loop.getInductionVar(0);
    OpFoldResult size = b.getIndexAttr(step);
    if (shape[axis] % step != 0)
      size = affine::makeComposedFoldedAffineMin(
          b, loc,
          AffineMap::get(
              1, 0,
              {b.getAffineConstantExpr(shape[axis]) - b.getAffineDimExpr(0),
               b.getAffineConstantExpr(step)},
              &getContext()),
          {begin});
    SmallVector<OpFoldResult> offsets(rank, b.getIndexAttr(0)),
        ones(rank, b.getIndexAttr(1)),
        sizes = getAsIndexOpFoldResult(&getContext(), shape);
    offsets[axis] = begin;
    sizes[axis] = size;
    Value out = loop.getRegionIterArgs().front();
    Value part =
        tensor::ExtractSliceOp::create(b, loc, out, offsets, sizes, ones);
    part = joinPart(b, *join, part, axis, begin, size);
    b.setInsertionPointToStart(loop.getTerminator().getBody());
    tensor::ParallelInsertSliceOp::create(b, loc, part, out, offsets, sizes,
                                          ones);
    for (tensor::InsertSliceOp insert : llvm::reverse(join->inserts))
      insert.erase();
    if (join->fill)
      join->fill.erase();
  }
};
} // namespace
