//===- PlaneConvolution.cpp - Depthwise, with the channels first ----------===//

#include "tenon/IR/PlaneConvolution.h"

#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;
using namespace mlir::tenon;

/// Windows of a row from which on they fill vectors and outweigh what is done
/// once for a row, and the longest step for which a vector of what they read
/// comes out of two loads.
static constexpr int64_t fewestColumns = 16, longestStep = 2;

bool tenon::paysByPlanes(ArrayRef<WindowAxis> axes, ArrayRef<int64_t> counts,
                         Type element) {
  return axes.size() == 2 && isa<FloatType>(element) &&
         counts.back() >= fewestColumns && axes.back().stride <= longestStep;
}
