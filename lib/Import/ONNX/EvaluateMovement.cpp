//===- EvaluateMovement.cpp - Ops that move known elements ----------------===//

#include "Evaluator.h"

#include "tenon/IR/TenonOps.h"

using namespace tenon;
using namespace tenon::onnx_import;

using Coordinates = llvm::ArrayRef<int64_t>;

/// Visits all coordinates of `shape` in row-major order.
template <typename Function>
static void forEach(llvm::ArrayRef<int64_t> shape, Function function) {
  size_t count = 1;
  for (int64_t size : shape)
    count *= size;
  llvm::SmallVector<int64_t> at(shape.size(), 0);
  for (size_t i = 0; i < count; ++i) {
    function(i, Coordinates(at));
    for (size_t axis = shape.size(); axis-- > 0;) {
      if (++at[axis] < shape[axis])
        break;
      at[axis] = 0;
    }
  }
}

static int64_t offsetOf(Coordinates at, llvm::ArrayRef<int64_t> strides) {
  int64_t offset = 0;
  for (auto [coordinate, stride] : llvm::zip_equal(at, strides))
    offset += coordinate * stride;
  return offset;
}

/// A tensor of the type of the op's result whose elements come from `input`;
/// `source` gives the offset for coordinates.
template <typename Function>
static Results pick(mlir::Operation *op, const Contents &input,
                    Function source) {
  auto type = mlir::cast<mlir::RankedTensorType>(op->getResult(0).getType());
  Contents result(type.getShape(), input.element);
  forEach(result.shape,
          [&](size_t i, Coordinates at) { result.copy(i, input, source(at)); });
  return std::vector<Contents>{std::move(result)};
}

static Results evaluateBroadcast(mlir::Operation *op, const Contents &input) {
  llvm::SmallVector<int64_t> strides = stridesOf(input.shape);
  return pick(op, input, [&](Coordinates at) {
    Coordinates last = at.take_back(input.shape.size());
    int64_t offset = 0;
    for (size_t axis = 0; axis < last.size(); ++axis)
      offset += input.shape[axis] == 1 ? 0 : last[axis] * strides[axis];
    return offset;
  });
}

static Results evaluateTranspose(mlir::tenon::TransposeOp op,
                                 const Contents &input) {
  llvm::SmallVector<int64_t> strides = stridesOf(input.shape);
  return pick(op, input, [&](Coordinates at) {
    int64_t offset = 0;
    for (auto [axis, from] : llvm::enumerate(op.getPermutation()))
      offset += at[axis] * strides[from];
    return offset;
  });
}

static Results evaluateSlice(mlir::tenon::SliceOp op, const Contents &input) {
  llvm::SmallVector<int64_t> strides = stridesOf(input.shape);
  return pick(op, input, [&](Coordinates at) {
    int64_t offset = 0;
    for (size_t axis = 0; axis < at.size(); ++axis)
      offset += (op.getStarts()[axis] + at[axis] * op.getSteps()[axis]) *
                strides[axis];
    return offset;
  });
}

static Results evaluateConcat(mlir::tenon::ConcatOp op, Operands operands) {
  auto type = mlir::cast<mlir::RankedTensorType>(op.getResult().getType());
  Contents result(type.getShape(), type.getElementType());
  llvm::SmallVector<int64_t> strides = stridesOf(result.shape);
  int64_t axis = op.getAxis(), begin = 0;
  for (const Contents *part : operands) {
    forEach(part->shape, [&](size_t i, Coordinates at) {
      result.copy(offsetOf(at, strides) + begin * strides[axis], *part, i);
    });
    begin += part->shape[axis];
  }
  return std::vector<Contents>{std::move(result)};
}

/// An index as the gathering ops read it: from the end if negative, clamped.
static int64_t readable(int64_t index, int64_t size) {
  return std::clamp<int64_t>(index < 0 ? index + size : index, 0, size - 1);
}

static Results evaluateGather(mlir::tenon::GatherOp op, Operands operands) {
  const Contents &input = *operands[0], &indices = *operands[1];
  llvm::SmallVector<int64_t> strides = stridesOf(input.shape);
  llvm::SmallVector<int64_t> indexStrides = stridesOf(indices.shape);
  size_t axis = op.getAxis(), indexRank = indices.shape.size();
  return pick(op, input, [&](Coordinates at) {
    int64_t index =
        indices.ints[offsetOf(at.slice(axis, indexRank), indexStrides)];
    int64_t offset = readable(index, input.shape[axis]) * strides[axis];
    for (size_t i = 0; i < strides.size(); ++i)
      if (i != axis)
        offset += at[i < axis ? i : i + indexRank - 1] * strides[i];
    return offset;
  });
}

static Results evaluateGatherElements(mlir::tenon::GatherElementsOp op,
                                      Operands operands) {
  const Contents &input = *operands[0], &indices = *operands[1];
  llvm::SmallVector<int64_t> strides = stridesOf(input.shape);
  llvm::SmallVector<int64_t> indexStrides = stridesOf(indices.shape);
  int64_t axis = op.getAxis();
  return pick(op, input, [&](Coordinates at) {
    int64_t index =
        readable(indices.ints[offsetOf(at, indexStrides)], input.shape[axis]);
    return offsetOf(at, strides) + (index - at[axis]) * strides[axis];
  });
}

static Results evaluateGatherNd(mlir::tenon::GatherNdOp op, Operands operands) {
  const Contents &input = *operands[0], &indices = *operands[1];
  llvm::SmallVector<int64_t> strides = stridesOf(input.shape);
  llvm::SmallVector<int64_t> indexStrides = stridesOf(indices.shape);
  size_t batch = op.getBatchDims(), indexRank = indices.shape.size();
  size_t depth = indices.shape.back();
  return pick(op, input, [&](Coordinates at) {
    int64_t vector = offsetOf(at.take_front(indexRank - 1),
                              llvm::ArrayRef(indexStrides).drop_back());
    int64_t offset = offsetOf(at.take_front(batch),
                              llvm::ArrayRef(strides).take_front(batch));
    for (size_t i = 0; i < depth; ++i)
      offset += readable(indices.ints[vector + i], input.shape[batch + i]) *
                strides[batch + i];
    Coordinates rest = at.drop_front(indexRank - 1);
    return offset +
           offsetOf(rest, llvm::ArrayRef(strides).take_back(rest.size()));
  });
}

static Results evaluateScatterElements(mlir::tenon::ScatterElementsOp op,
                                       Operands operands) {
  if (op.getReduction() != mlir::tenon::ScatterReduction::none)
    return std::nullopt;
  Contents result = *operands[0];
  const Contents &indices = *operands[1], &updates = *operands[2];
  llvm::SmallVector<int64_t> strides = stridesOf(result.shape);
  int64_t axis = op.getAxis(), size = result.shape[axis];
  forEach(indices.shape, [&](size_t i, Coordinates at) {
    int64_t index =
        indices.ints[i] < 0 ? indices.ints[i] + size : indices.ints[i];
    if (index >= 0 && index < size)
      result.copy(offsetOf(at, strides) + (index - at[axis]) * strides[axis],
                  updates, i);
  });
  return std::vector<Contents>{std::move(result)};
}

static Results evaluateScatterNd(mlir::tenon::ScatterNdOp op,
                                 Operands operands) {
  if (op.getReduction() != mlir::tenon::ScatterReduction::none)
    return std::nullopt;
  Contents result = *operands[0];
  const Contents &indices = *operands[1], &updates = *operands[2];
  llvm::SmallVector<int64_t> strides = stridesOf(result.shape);
  size_t depth = indices.shape.back();
  size_t slice = 1;
  for (int64_t size : llvm::drop_begin(result.shape, depth))
    slice *= size;
  size_t vectors = depth ? indices.ints.size() / depth : 1;
  for (size_t vector = 0; vector < vectors; ++vector) {
    int64_t offset = 0;
    bool inside = true;
    for (size_t i = 0; i < depth; ++i) {
      int64_t index = indices.ints[vector * depth + i];
      index += index < 0 ? result.shape[i] : 0;
      inside = inside && index >= 0 && index < result.shape[i];
      offset += inside ? index * strides[i] : 0;
    }
    for (size_t i = 0; inside && i < slice; ++i)
      result.copy(offset + i, updates, vector * slice + i);
  }
  return std::vector<Contents>{std::move(result)};
}

static Results evaluatePad(mlir::tenon::PadOp op, Operands operands) {
  if (op.getMode() != mlir::tenon::PadMode::constant)
    return std::nullopt;
  const Contents &input = *operands[0];
  auto type = mlir::cast<mlir::RankedTensorType>(op.getResult().getType());
  llvm::SmallVector<int64_t> strides = stridesOf(input.shape);
  Contents result(type.getShape(), input.element);
  forEach(result.shape, [&](size_t i, Coordinates at) {
    int64_t offset = 0;
    bool inside = true;
    for (size_t axis = 0; axis < at.size(); ++axis) {
      int64_t coordinate = at[axis] - op.getLow()[axis];
      inside = inside && coordinate >= 0 && coordinate < input.shape[axis];
      offset += coordinate * strides[axis];
    }
    if (inside)
      result.copy(i, input, offset);
    else if (operands.size() > 1)
      result.copy(i, *operands[1], 0);
  });
  return std::vector<Contents>{std::move(result)};
}

Results onnx_import::evaluateMovement(mlir::Operation *op, Operands operands) {
  return llvm::TypeSwitch<mlir::Operation *, Results>(op)
      .Case<mlir::tenon::ReshapeOp>([&](auto reshape) {
        Contents result = *operands[0];
        llvm::ArrayRef<int64_t> shape =
            mlir::cast<mlir::RankedTensorType>(reshape.getResult().getType())
                .getShape();
        result.shape.assign(shape.begin(), shape.end());
        return std::vector<Contents>{std::move(result)};
      })
      .Case<mlir::tenon::BroadcastOp>(
          [&](auto op) { return evaluateBroadcast(op, *operands[0]); })
      .Case<mlir::tenon::TransposeOp>(
          [&](auto op) { return evaluateTranspose(op, *operands[0]); })
      .Case<mlir::tenon::SliceOp>(
          [&](auto op) { return evaluateSlice(op, *operands[0]); })
      .Case<mlir::tenon::ConcatOp>(
          [&](auto op) { return evaluateConcat(op, operands); })
      .Case<mlir::tenon::GatherOp>(
          [&](auto op) { return evaluateGather(op, operands); })
      .Case<mlir::tenon::GatherElementsOp>(
          [&](auto op) { return evaluateGatherElements(op, operands); })
      .Case<mlir::tenon::GatherNdOp>(
          [&](auto op) { return evaluateGatherNd(op, operands); })
      .Case<mlir::tenon::ScatterElementsOp>(
          [&](auto op) { return evaluateScatterElements(op, operands); })
      .Case<mlir::tenon::ScatterNdOp>(
          [&](auto op) { return evaluateScatterNd(op, operands); })
      .Case<mlir::tenon::PadOp>(
          [&](auto op) { return evaluatePad(op, operands); })
      .Default([](auto) { return std::nullopt; });
}
