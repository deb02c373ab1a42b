//===- ToLLVM.cpp - tenon-to-llvm: one kernel to the LLVM dialect ---------===//

#include "tenon/Codegen/Passes.h"
#include "tenon/Pipelines/Pipelines.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/SCF/Transforms/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

static void cleanUp(OpPassManager &manager) {
  manager.addPass(createCSEPass());
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
}

/// Tensors: tiles for the threads, producers fused into them.
static void addTiling(OpPassManager &manager) {
  manager.addNestedPass<func::FuncOp>(::tenon::createTileKernelPass());
  manager.addNestedPass<func::FuncOp>(::tenon::createTileCopiesPass());
  cleanUp(manager);
}

/// Memory: after it no tensor is left, temporaries lie at the kernel's entry.
static void addBufferization(OpPassManager &manager) {
  manager.addNestedPass<func::FuncOp>(::tenon::createTakeBuffersPass());
  manager.addPass(bufferization::createEmptyTensorEliminationPass());
  manager.addPass(bufferization::createEmptyTensorToAllocTensorPass());
  manager.addPass(bufferization::createOneShotBufferizePass());
  // CSE first: canonicalization alone leaves copies of a buffer to itself.
  cleanUp(manager);
  manager.addNestedPass<func::FuncOp>(::tenon::createCopyToLoopsPass());
  manager.addNestedPass<func::FuncOp>(::tenon::createPlaceAllocationsPass());
}

/// Loops: the parallel one takes a range, sums of products become register
/// tiles, the rest plain loops.
static void addLoops(OpPassManager &manager, unsigned vectorBytes) {
  manager.addNestedPass<func::FuncOp>(::tenon::createSplitRangePass());
  manager.addNestedPass<func::FuncOp>(::tenon::createAllowReassociationPass());
  ::tenon::LowerContractionPassOptions contraction;
  contraction.vectorBytes = vectorBytes;
  manager.addNestedPass<func::FuncOp>(
      ::tenon::createLowerContractionPass(contraction));
  manager.addNestedPass<func::FuncOp>(::tenon::createLowerTransposePass());
  manager.addNestedPass<func::FuncOp>(createConvertLinalgToLoopsPass());
  manager.addNestedPass<func::FuncOp>(createForallToForLoopPass());
  cleanUp(manager);
  manager.addPass(createLoopInvariantCodeMotionPass());
}

/// Arithmetic: 16-bit floats compute in f32, functions become polynomials.
static void addArithmetic(OpPassManager &manager) {
  manager.addNestedPass<func::FuncOp>(math::createMathExtendToSupportedTypes());
  arith::ArithEmulateUnsupportedFloatsOptions emulate;
  emulate.sourceTypeStrs.assign({"bf16", "f16"});
  emulate.targetTypeStr = "f32";
  manager.addNestedPass<func::FuncOp>(
      arith::createArithEmulateUnsupportedFloats(emulate));
  manager.addNestedPass<func::FuncOp>(::tenon::createApproximateMathPass());
  arith::ArithExpandOpsPassOptions expand;
  expand.includeBf16 = true;
  manager.addNestedPass<func::FuncOp>(arith::createArithExpandOpsPass(expand));
}

/// The LLVM dialect, with bare pointers for arguments.
static void addConversions(OpPassManager &manager) {
  manager.addPass(memref::createExpandStridedMetadataPass());
  manager.addPass(createLowerAffinePass());
  manager.addPass(createConvertVectorToSCFPass());
  manager.addPass(createSCFToControlFlowPass());
  cleanUp(manager);
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
  manager.addPass(::tenon::createAddEntryPointPass());
}

void tenon::buildLLVMPipeline(OpPassManager &manager, unsigned vectorBytes) {
  addTiling(manager);
  addBufferization(manager);
  addLoops(manager, vectorBytes);
  addArithmetic(manager);
  addConversions(manager);
}
