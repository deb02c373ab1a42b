//===- Phases.cpp - Images computed phase by phase ------------------------===//

#include "Phases.h"
#include "Layout.h"

#include "tenon/IR/Create.h"
#include "tenon/IR/TenonOps.h"

using namespace mlir;
using namespace mlir::tenon;

/// bias [O] for `slots` slots of channels: [slots O].
static Value createSlotBias(ImplicitLocOpBuilder &b, Value bias,
                            int64_t slots) {
  int64_t outputs = shapeOf(bias)[0];
  auto type = RankedTensorType::get({slots, outputs}, elementTypeOf(bias));
  return createReshape(b, BroadcastOp::create(b, type, bias),
                       {slots * outputs});
}

/// The image [N, O, sizes..] from its phases [N, slots O, places..].
static Value createImage(ImplicitLocOpBuilder &b, Value phases, int64_t slots,
                         ArrayRef<PhaseAxis> axes) {
  auto count = static_cast<int64_t>(axes.size());
  int64_t batch = shapeOf(phases)[0];
  // With the channels last, slots move between the places of their axes.
  SmallVector<int64_t> apart = {batch}, order = {0}, joined = {batch},
                       starts = {0}, sizes = {batch};
  for (int64_t i = 0; i < count; ++i) {
    apart.push_back(axes[i].places);
    order.append({1 + i, 1 + count + i});
    joined.push_back(axes[i].places * axes[i].factor);
    starts.push_back(axes[i].skipped);
    sizes.push_back(axes[i].size);
  }
  for (const PhaseAxis &axis : axes)
    apart.push_back(axis.factor);
  order.push_back(1 + 2 * count);
  starts.push_back(0);
  for (SmallVector<int64_t> *list : {&apart, &joined, &sizes})
    list->push_back(shapeOf(phases)[1] / slots);
  Value last = TransposeOp::create(b, phases, toChannelsLast(count + 2));
  Value moved = TransposeOp::create(b, createReshape(b, last, apart), order);
  SmallVector<int64_t> steps(starts.size(), 1);
  Value kept =
      SliceOp::create(b, createReshape(b, moved, joined), starts, sizes, steps);
  return TransposeOp::create(b, kept, toChannelsFirst(count + 2));
}

Value tenon::createConvOfPhases(ImplicitLocOpBuilder &b, Value input,
                                Value kernels, Value bias,
                                ArrayRef<int64_t> dilations,
                                ArrayRef<int64_t> padsBegin,
                                ArrayRef<int64_t> padsEnd,
                                ArrayRef<PhaseAxis> axes) {
  int64_t slots = 1;
  for (const PhaseAxis &axis : axes)
    slots *= axis.factor;
  if (bias && slots > 1)
    bias = createSlotBias(b, bias, slots);
  SmallVector<int64_t> ones(axes.size(), 1);
  Value phases = ConvOp::create(b, input, kernels, bias, ones, dilations,
                                padsBegin, padsEnd, /*groups=*/1);
  return slots == 1 ? phases : createImage(b, phases, slots, axes);
}
