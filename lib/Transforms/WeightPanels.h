//===- WeightPanels.h - Weights formed in panels at once ------------------===//

#ifndef TENON_LIB_TRANSFORMS_WEIGHTPANELS_H
#define TENON_LIB_TRANSFORMS_WEIGHTPANELS_H

#include "tenon/IR/TenonOps.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::tenon {

/// `weight` [out, in] in panels of `width` outputs, which divides them:
/// [panels, in, width], as createPanels() gives it. Where it is computed
/// element by element from a product of thin factors, as merged adapters are,
/// that is done on the panels, so that the weight never lies in memory as a
/// matrix.
Value createWeightPanels(ImplicitLocOpBuilder &b, Value weight, int64_t width);

} // namespace mlir::tenon

#endif // TENON_LIB_TRANSFORMS_WEIGHTPANELS_H
