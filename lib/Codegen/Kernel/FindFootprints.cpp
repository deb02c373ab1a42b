//===- FindFootprints.cpp - Which bytes a step of a kernel touches --------===//

#include "tenon/Codegen/KernelLoops.h"
#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"

namespace tenon {
#define GEN_PASS_DEF_FINDFOOTPRINTSPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

namespace {
/// The outermost axis of a kernel's loop that has several iterations.
struct StepLoop {
  scf::ForallOp loop;
  Value index;       ///< what it counts
  int64_t increment; ///< from one iteration of the axis to the next
  int64_t steps;
  int64_t iterations; ///< of the whole loop, for one step
};

/// Step i touches nothing but rows [i stride + low, i stride + high).
struct RowRange {
  int64_t stride, low, high;

  int64_t length() const { return high - low; }
};
} // namespace

/// The loop that is all `kernel` does, if it is that. Ops on whole tensors
/// beside it would be done again by each part of the loop.
static scf::ForallOp findWholeLoop(func::FuncOp kernel) {
  scf::ForallOp only;
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    bool makesTensor = llvm::any_of(
        op.getResultTypes(), [](Type type) { return isa<TensorType>(type); });
    auto allocation = dyn_cast<bufferization::AllocTensorOp>(op);
    if (auto loop = dyn_cast<scf::ForallOp>(op)) {
      if (only)
        return nullptr;
      only = loop;
    } else if (makesTensor && !isa<tensor::EmptyOp>(op) &&
               !(allocation && !allocation.getCopy())) {
      return nullptr;
    }
  }
  if (!only || !only.getDynamicLowerBound().empty() ||
      !only.getDynamicUpperBound().empty() || !only.getDynamicStep().empty())
    return nullptr;
  return only;
}

static std::optional<StepLoop> findSteps(scf::ForallOp loop) {
  SmallVector<int64_t> counts = ::tenon::countAlongAxes(loop);
  for (auto [axis, count] : llvm::enumerate(counts)) {
    if (count <= 1)
      continue;
    if (loop.getStaticLowerBound()[axis] != 0)
      return std::nullopt;
    return StepLoop{loop, loop.getInductionVar(axis),
                    loop.getStaticStep()[axis], count,
                    llvm::product_of(ArrayRef(counts).drop_front(axis + 1))};
  }
  return std::nullopt;
}

namespace {
/// A slice's size as an expression of operands that bounds are known of.
struct SliceSize {
  AffineExpr expr; ///< of dimensions from `firstDim` on
  SmallVector<OpFoldResult> operands;
};
} // namespace

/// A size of max(n, 0) counts as n: where that is less, nothing is touched. No
/// bound from above is known of a maximum.
static SliceSize describeSize(OpFoldResult size, unsigned firstDim) {
  MLIRContext *context = size.getContext();
  SliceSize plain = {getAffineDimExpr(firstDim, context), {size}};
  auto value = dyn_cast<Value>(size);
  auto largest = value ? value.getDefiningOp<affine::AffineMaxOp>()
                       : affine::AffineMaxOp();
  if (!largest)
    return plain;
  SmallVector<AffineExpr> counts;
  for (AffineExpr each : largest.getMap().getResults())
    if (auto constant = dyn_cast<AffineConstantExpr>(each);
        !constant || constant.getValue() > 0)
      counts.push_back(each);
  if (counts.size() != 1)
    return plain;
  unsigned dims = largest.getMap().getNumDims(),
           symbols = largest.getMap().getNumSymbols();
  SmallVector<AffineExpr> operands;
  for (unsigned i = 0; i < dims + symbols; ++i)
    operands.push_back(getAffineDimExpr(firstDim + i, context));
  return {
      counts.front().replaceDimsAndSymbols(ArrayRef(operands).take_front(dims),
                                           ArrayRef(operands).drop_front(dims)),
      llvm::to_vector_of<OpFoldResult>(largest.getMapOperands())};
}

/// The rows [offset, offset + size) of a slice, with a stride from one step to
/// the next that is given.
static std::optional<RowRange> boundRows(const StepLoop &loop,
                                         OpFoldResult offset, OpFoldResult size,
                                         int64_t stride) {
  using Bounds = ValueBoundsConstraintSet;
  AffineExpr index, first;
  bindDims(offset.getContext(), index, first);
  SliceSize count = describeSize(size, /*firstDim=*/2);
  SmallVector<Bounds::Variable> operands = {loop.index, offset};
  llvm::append_range(operands, count.operands);
  // In units of 1 / increment of a row, so that all factors are whole.
  auto distance = [&](AffineExpr row) {
    AffineExpr expr = row * loop.increment - index * stride;
    return Bounds::Variable(AffineMap::get(operands.size(), 0, expr), operands);
  };
  // Upstream is content with the first bound; there may be a closer one.
  auto never = [](Value, std::optional<int64_t>, Bounds &) { return false; };
  FailureOr<int64_t> least = Bounds::computeConstantBound(
                         presburger::BoundType::LB, distance(first), never),
                     most = Bounds::computeConstantBound(
                         presburger::BoundType::UB,
                         distance(first + count.expr), never,
                         /*closedUB=*/true);
  if (failed(least) || failed(most))
    return std::nullopt;
  return RowRange{stride, llvm::divideFloorSigned(*least, loop.increment),
                  llvm::divideCeilSigned(*most, loop.increment)};
}

/// The same with the stride that bounds it best: even parts of all rows, or as
/// many rows as the index grows by.
static std::optional<RowRange> boundRows(const StepLoop &loop,
                                         OpFoldResult offset, OpFoldResult size,
                                         ArrayRef<int64_t> strides) {
  std::optional<RowRange> best;
  for (int64_t stride : strides) {
    std::optional<RowRange> rows = boundRows(loop, offset, size, stride);
    if (rows && (!best || rows->length() < best->length()))
      best = rows;
  }
  return best;
}

namespace {
/// Gathers the accesses to one tensor.
class Accesses {
public:
  Accesses(const StepLoop &loop, RankedTensorType type) : loop(loop) {
    ArrayRef<int64_t> shape = type.getShape();
    axis = std::distance(shape.begin(), llvm::find_if(shape, [](int64_t size) {
                           return size != 1;
                         }));
    isSound = axis < type.getRank() && type.hasStaticShape() &&
              type.getElementType().isIntOrFloat() &&
              type.getElementTypeBitWidth() % 8 == 0;
    if (!isSound)
      return;
    rowBytes = llvm::product_of(shape.drop_front(axis + 1)) *
               type.getElementTypeBitWidth() / 8;
    rows = shape[axis];
    strides = {llvm::divideCeilSigned(shape[axis], loop.steps), loop.increment};
  }

  /// All that is done to `tensor`; what is done to the destination of a loop
  /// is done to the loop's own argument for it.
  void addUses(Value tensor) {
    for (OpOperand &use : tensor.getUses()) {
      Operation *user = use.getOwner();
      if (auto slice = dyn_cast<tensor::ExtractSliceOp>(user))
        add(slice.getMixedOffsets(), slice.getMixedSizes());
      else if (auto insert = dyn_cast<tensor::ParallelInsertSliceOp>(user);
               insert && insert.getDest() == tensor)
        add(insert.getMixedOffsets(), insert.getMixedSizes());
      else if (user == loop.loop)
        addUses(scf::ForallOp(loop.loop).getTiedBlockArgument(&use));
      else
        isSound = false;
    }
  }

  /// [stride, low, high] in bytes, where there are bounds that say something.
  std::optional<SmallVector<int64_t>> footprint() const {
    if (!isSound || !all || all->length() >= rows)
      return std::nullopt;
    return SmallVector<int64_t>{all->stride * rowBytes, all->low * rowBytes,
                                all->high * rowBytes};
  }

private:
  void add(ArrayRef<OpFoldResult> offsets, ArrayRef<OpFoldResult> sizes) {
    if (!isSound)
      return;
    ArrayRef<int64_t> candidates = strides;
    if (all) // one stride for all accesses
      candidates = all->stride;
    std::optional<RowRange> touched =
        boundRows(loop, offsets[axis], sizes[axis], candidates);
    if (!touched) {
      isSound = false;
      return;
    }
    if (all)
      *touched = {touched->stride, std::min(touched->low, all->low),
                  std::max(touched->high, all->high)};
    all = touched;
  }

  const StepLoop &loop;
  int64_t axis, rows = 0, rowBytes = 0;
  SmallVector<int64_t> strides;
  std::optional<RowRange> all;
  bool isSound;
};

struct FindFootprints : ::tenon::impl::FindFootprintsPassBase<FindFootprints> {
  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (!kernel->hasAttr("tenon.kernel") || kernel.isExternal())
      return;
    scf::ForallOp loop = findWholeLoop(kernel);
    std::optional<StepLoop> steps = loop ? findSteps(loop) : std::nullopt;
    if (!steps)
      return;
    Builder builder(&getContext());
    kernel->setAttr("tenon.steps", builder.getDenseI64ArrayAttr(
                                       {steps->steps, steps->iterations}));
    for (BlockArgument argument : kernel.getArguments()) {
      auto type = dyn_cast<RankedTensorType>(argument.getType());
      if (!type)
        continue;
      Accesses accesses(*steps, type);
      accesses.addUses(argument);
      if (auto footprint = accesses.footprint())
        kernel.setArgAttr(argument.getArgNumber(), "tenon.footprint",
                          builder.getDenseI64ArrayAttr(*footprint));
    }
  }
};
} // namespace
