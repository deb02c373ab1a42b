//===- Phases.cpp - Images computed phase by phase ------------------------===//

#include "Phases.h"
#include "Layout.h"

#include "tenon/IR/Create.h"
#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace mlir::tenon;

Value tenon::createSlotBias(ImplicitLocOpBuilder &b, Value bias,
                            int64_t slots) {
  if (!bias || slots == 1)
    return bias;
  int64_t outputs = shapeOf(bias)[0];
  auto type = RankedTensorType::get({slots, outputs}, elementTypeOf(bias));
  return createReshape(b, BroadcastOp::create(b, type, bias),
                       {slots * outputs});
}

Value tenon::createPhasesApart(ImplicitLocOpBuilder &b, Value phases,
                               ArrayRef<int64_t> factors) {
  Value last =
      TransposeOp::create(b, phases, toChannelsLast(shapeOf(phases).size()));
  SmallVector<int64_t> apart(shapeOf(last).drop_back());
  llvm::append_range(apart, factors);
  apart.push_back(shapeOf(phases)[1] / computeProduct(factors));
  return createReshape(b, last, apart);
}

Value tenon::createImageOfPhases(ImplicitLocOpBuilder &b, Value phases,
                                 ArrayRef<PhaseAxis> axes) {
  auto count = static_cast<int64_t>(axes.size());
  int64_t batch = shapeOf(phases).front(), outputs = shapeOf(phases).back();
  SmallVector<int64_t> order = {0}, joined = {batch}, starts = {0},
                       sizes = {batch};
  for (int64_t i = 0; i < count; ++i) {
    order.append({1 + i, 1 + count + i});
    joined.push_back(axes[i].places * axes[i].factor);
    starts.push_back(axes[i].skipped);
    sizes.push_back(axes[i].size);
  }
  order.push_back(1 + 2 * count);
  starts.push_back(0);
  for (SmallVector<int64_t> *list : {&joined, &sizes})
    list->push_back(outputs);
  Value moved = TransposeOp::create(b, phases, order);
  SmallVector<int64_t> steps(starts.size(), 1);
  Value kept =
      SliceOp::create(b, createReshape(b, moved, joined), starts, sizes, steps);
  return TransposeOp::create(b, kept, toChannelsFirst(count + 2));
}
