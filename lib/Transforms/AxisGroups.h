//===- AxisGroups.h - Which axes a reshape splits and joins -----*- C++ -*-===//

#ifndef TENON_LIB_TRANSFORMS_AXISGROUPS_H
#define TENON_LIB_TRANSFORMS_AXISGROUPS_H

#include "mlir/Support/LLVM.h"

#include <optional>

namespace mlir::tenon {

/// Neighbouring axes of one shape, from `fromBegin` on, that hold the elements
/// of neighbouring axes of the other, from `toBegin` on.
struct AxisGroup {
  int64_t fromBegin, fromEnd, toBegin, toEnd;
};

/// The finest groups by which shape `from` becomes `to`; nothing where a size
/// is 0.
std::optional<SmallVector<AxisGroup>> groupAxes(ArrayRef<int64_t> from,
                                                ArrayRef<int64_t> to);

} // namespace mlir::tenon

#endif // TENON_LIB_TRANSFORMS_AXISGROUPS_H
