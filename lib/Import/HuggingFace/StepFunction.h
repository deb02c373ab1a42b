//===- StepFunction.h - The function that a folder becomes ----------------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_STEPFUNCTION_H
#define TENON_LIB_IMPORT_HUGGINGFACE_STEPFUNCTION_H

#include "tenon/Import/Import.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace tenon::hugging_face {

/// The input that says for each row of a batch which adapter it has.
Port adapterPort();

/// Fills the body of @step, whose arguments are the `inputs` that it has, and
/// returns a value for each output; nothing where something is missing.
using StepBuilder = llvm::function_ref<llvm::SmallVector<mlir::Value>(
    mlir::OpBuilder &, mlir::func::FuncOp, llvm::ArrayRef<Port> inputs)>;

/// A module of @step alone, with those inputs of `signature` that `options`
/// asks for, their symbols replaced by `sizes`. Where `build` returns nothing
/// the module is unfinished, and its caller knows why.
ImportedModel createStep(mlir::MLIRContext &context, const Signature &signature,
                         const ImportOptions &options,
                         const std::map<std::string, int64_t> &sizes,
                         StepBuilder build);

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_STEPFUNCTION_H
