//===- ToKernels.cpp - tenon-to-kernels: tensors to launches --------------===//

#include "tenon/Conversion/Passes.h"
#include "tenon/Pipelines/Pipelines.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace tenon {

void buildKernelsPipeline(OpPassManager &manager, DeviceKind device) {
  // Every op becomes a linalg op on tensors, arithmetic on whole tensors
  // included.
  ::mlir::tenon::ConvertTenonToLinalgPassOptions conversion;
  conversion.forGpu = device != DeviceKind::Cpu;
  manager.addPass(::mlir::tenon::createConvertTenonToLinalgPass(conversion));
  manager.addPass(createCanonicalizerPass());
  manager.addNestedPass<func::FuncOp>(createConvertElementwiseToLinalgPass());
  // Elementwise producers move into their only consumers; what is equal is
  // computed once.
  manager.addPass(createCSEPass());
  manager.addPass(createFuseElementwisePass());
  manager.addPass(createSinkReshapesPass());
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createFuseElementwisePass());
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
  // What is left are the kernels.
  FormKernelsPassOptions forming;
  forming.joinRows = device != DeviceKind::Cpu;
  manager.addPass(createFormKernelsPass(forming));
}

} // namespace tenon
