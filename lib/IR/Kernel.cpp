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

LogicalResult LaunchOp::verify() {
  std::optional<ArrayRef<int64_t>> places = getInPlace();
  if (!places)
    return success();
  // launch_c5
  if (places->size() != getNumResults())
    return emitOpError("has in_place for ")
           << places->size() << " results, not " << getNumResults();
  for (auto [result, place] : llvm::zip(getResults(), *places)) {
    if (place == -1)
      continue;
    if (place < 0 || place >= static_cast<int64_t>(getInputs().size()))
      return emitOpError("has no input ") << place << " to overwrite";
    Value input = getInputs()[place];
    if (input.getType() != result.getType())
      return emitOpError("overwrites ")
             << input.getType() << " with " << result.getType();
    if (!input.hasOneUse())
      return emitOpError("overwrites input ")
             << place << ", which is used elsewhere too";
  }
  return success();
}
