//===- Temporaries.h - Where a block's temporaries lie --------------------===//

#ifndef TENON_CODEGEN_GPU_TEMPORARIES_H
#define TENON_CODEGEN_GPU_TEMPORARIES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace tenon {

/// Notes on a kernel on memrefs, which has no workspace yet, how it is
/// launched: `tenon.extent`, `tenon.threads` and `tenon.buffer_bytes`.
void describeLaunch(mlir::func::FuncOp kernel, int64_t tiles, int64_t threads);

/// The kernel's new last argument.
mlir::Value addWorkspace(mlir::func::FuncOp kernel);

/// Gives the allocas of a kernel their places: in shared memory those that must
/// be there (address space 3) and then what fits, the smallest first; the
/// others in the part of the workspace that is the block's own. Notes
/// `tenon.shared_bytes` and `tenon.workspace_bytes`.
void placeTemporaries(mlir::func::FuncOp kernel, int64_t sharedBytes,
                      mlir::Value workspace);

} // namespace tenon

#endif // TENON_CODEGEN_GPU_TEMPORARIES_H
