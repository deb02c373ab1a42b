//===- AxisGroups.cpp - Which axes a reshape splits and joins -------------===//

#include "AxisGroups.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace mlir::tenon;

std::optional<SmallVector<AxisGroup>>
mlir::tenon::groupAxes(ArrayRef<int64_t> from, ArrayRef<int64_t> to) {
  if (llvm::is_contained(from, 0) || llvm::is_contained(to, 0))
    return std::nullopt;
  SmallVector<AxisGroup> groups;
  size_t i = 0, j = 0;
  while (i < from.size() && j < to.size()) {
    AxisGroup group{static_cast<int64_t>(i), 0, static_cast<int64_t>(j), 0};
    int64_t left = from[i++], right = to[j++];
    while (left != right) {
      if (left < right && i < from.size())
        left *= from[i++];
      else if (right < left && j < to.size())
        right *= to[j++];
      else
        return std::nullopt;
    }
    group.fromEnd = i;
    group.toEnd = j;
    groups.push_back(group);
  }
  if (groups.empty())
    return std::nullopt;
  // What is left over has size 1.
  groups.back().fromEnd = from.size();
  groups.back().toEnd = to.size();
  return groups;
}
