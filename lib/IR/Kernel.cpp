//===- Kernel.cpp - Calls of outlined kernels -----------------------------===//

#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace mlir::tenon;

LogicalResult LaunchOp::verifySymbolUses(SymbolTableCollection &symbols) {
  // launch_c1
  auto kernel =
      symbols.lookupNearestSymbolFrom<func::FuncOp>(*this, getKernelAttr());
  if (!kernel)
    return emitOpError("runs ") << getKernelAttr() << ", which is no function";
  // launch_c2
  if (!kernel->hasAttrOfType<UnitAttr>("tenon.kernel"))
    return emitOpError("runs ")
           << getKernelAttr() << ", which is not marked tenon.kernel";
  // launch_c3
  FunctionType type = kernel.getFunctionType();
  SmallVector<Type> expected(getInputs().getTypes());
  llvm::append_range(expected, getResultTypes());
  if (type.getInputs() != ArrayRef<Type>(expected))
    return emitOpError("passes inputs and destinations of types (")
           << expected << ") but " << getKernelAttr() << " takes ("
           << type.getInputs() << ")";
  // launch_c4
  if (TypeRange(type.getResults()) != getResultTypes())
    return emitOpError("has results of types (")
           << getResultTypes() << ") but " << getKernelAttr() << " gives ("
           << type.getResults() << ")";
  return success();
}
