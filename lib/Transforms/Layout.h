//===- Layout.h - Where the channels of an image stand ----------*- C++ -*-===//

#ifndef TENON_LIB_TRANSFORMS_LAYOUT_H
#define TENON_LIB_TRANSFORMS_LAYOUT_H

#include "mlir/Support/LLVM.h"

namespace mlir::tenon {

/// The permutation from [N, spatial.., C] to [N, C, spatial..].
SmallVector<int64_t> toChannelsFirst(int64_t rank);
/// The permutation from [N, C, spatial..] to [N, spatial.., C].
SmallVector<int64_t> toChannelsLast(int64_t rank);

} // namespace mlir::tenon

#endif // TENON_LIB_TRANSFORMS_LAYOUT_H
