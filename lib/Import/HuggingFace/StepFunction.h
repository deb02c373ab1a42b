//===- StepFunction.h - The function that a folder becomes ----------------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_STEPFUNCTION_H
#define TENON_LIB_IMPORT_HUGGINGFACE_STEPFUNCTION_H

#include "tenon/Import/Import.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace tenon::hugging_face {

/// @step with `inputs` as arguments, their symbols replaced by `sizes`; its
/// body is empty.
mlir::func::FuncOp createStep(mlir::OpBuilder &builder,
                              llvm::ArrayRef<Port> inputs,
                              const std::map<std::string, int64_t> &sizes);

/// Returns `results`, one for each of `outputs`.
void finishStep(mlir::OpBuilder &builder, mlir::func::FuncOp step,
                llvm::ArrayRef<mlir::Value> results,
                llvm::ArrayRef<Port> outputs);

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_STEPFUNCTION_H
