//===- Transforms.td - Passes that rewrite models -------------------------===//

#ifndef TENON_PASSES_TRANSFORMS
#define TENON_PASSES_TRANSFORMS

include "mlir/Pass/PassBase.td"

#endif
