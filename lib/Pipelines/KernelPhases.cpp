//===- KernelPhases.cpp - What the pipelines of all targets share ---------===//

#include "KernelPhases.h"

#include "tenon/Codegen/Passes.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void tenon::addCleanUp(OpPassManager &manager) {
  manager.addPass(createCSEPass());
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
}

void tenon::addBufferization(OpPassManager &manager, int64_t stackBytes) {
  manager.addNestedPass<func::FuncOp>(::tenon::createTakeBuffersPass());
  manager.addPass(bufferization::createEmptyTensorEliminationPass());
  manager.addPass(bufferization::createEmptyTensorToAllocTensorPass());
  manager.addPass(bufferization::createOneShotBufferizePass());
  // CSE first: canonicalization alone leaves copies of a buffer to itself.
  addCleanUp(manager);
  manager.addNestedPass<func::FuncOp>(::tenon::createCopyToLoopsPass());
  PlaceAllocationsPassOptions placement;
  placement.stackBytes = stackBytes;
  manager.addNestedPass<func::FuncOp>(createPlaceAllocationsPass(placement));
}

void tenon::addArithmetic(OpPassManager &manager, bool convertsBf16) {
  manager.addNestedPass<func::FuncOp>(math::createMathExtendToSupportedTypes());
  arith::ArithEmulateUnsupportedFloatsOptions emulate;
  emulate.sourceTypeStrs.assign({"bf16", "f16"});
  emulate.targetTypeStr = "f32";
  manager.addNestedPass<func::FuncOp>(
      arith::createArithEmulateUnsupportedFloats(emulate));
  ApproximateMathPassOptions approximation;
  approximation.roundToBf16 = !convertsBf16;
  manager.addNestedPass<func::FuncOp>(createApproximateMathPass(approximation));
  manager.addNestedPass<func::FuncOp>(createLowerMaximaPass());
  arith::ArithExpandOpsPassOptions expand;
  expand.includeBf16 = !convertsBf16;
  manager.addNestedPass<func::FuncOp>(arith::createArithExpandOpsPass(expand));
}

void tenon::addConversions(OpPassManager &manager) {
  manager.addPass(memref::createExpandStridedMetadataPass());
  manager.addPass(createLowerAffinePass());
  manager.addPass(createConvertVectorToSCFPass());
  manager.addPass(createSCFToControlFlowPass());
  addCleanUp(manager);
  manager.addPass(createConvertVectorToLLVMPass());
  manager.addPass(createConvertMathToLLVMPass());
  manager.addPass(createConvertMathToLibmPass());
  manager.addPass(createConvertIndexToLLVMPass());
  manager.addPass(createArithToLLVMConversionPass());
  manager.addPass(createFinalizeMemRefToLLVMConversionPass());
  ConvertFuncToLLVMPassOptions function;
  function.useBarePtrCallConv = true;
  manager.addPass(createConvertFuncToLLVMPass(function));
  manager.addPass(createConvertControlFlowToLLVMPass());
  manager.addPass(createUBToLLVMConversionPass());
  manager.addPass(createReconcileUnrealizedCastsPass());
}
