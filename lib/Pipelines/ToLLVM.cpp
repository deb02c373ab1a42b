//===- ToLLVM.cpp - tenon-to-llvm: one kernel to the LLVM dialect ---------===//

#include "KernelPhases.h"

#include "tenon/Codegen/Passes.h"
#include "tenon/Pipelines/Pipelines.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/SCF/Transforms/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using ::tenon::Schedule;
using ::tenon::Target;

/// Larger temporaries are on the heap.
static constexpr int64_t stackBytes = 256 << 10;

/// Tensors: tiles for the threads, producers fused into them.
static void addTiling(OpPassManager &manager, const Schedule &schedule) {
  ::tenon::TileKernelPassOptions tiling;
  tiling.tiles = schedule.tiles;
  manager.addNestedPass<func::FuncOp>(::tenon::createTileKernelPass(tiling));
  manager.addNestedPass<func::FuncOp>(::tenon::createTileCopiesPass());
  ::tenon::addCleanUp(manager);
}

/// Loops: the parallel one takes a range, sums of products become register
/// tiles, the rest plain loops.
static void addLoops(OpPassManager &manager, const Target &target,
                     const Schedule &schedule) {
  manager.addNestedPass<func::FuncOp>(::tenon::createSplitRangePass());
  manager.addNestedPass<func::FuncOp>(::tenon::createAllowReassociationPass());
  ::tenon::LowerContractionPassOptions contraction;
  contraction.vectorBytes = target.vectorBytes;
  contraction.registers = target.vectorRegisters;
  contraction.bf16Products = target.hasBf16Products;
  contraction.byteProducts = target.hasByteProducts;
  contraction.signedByteProducts = target.hasSignedByteProducts;
  contraction.wordProducts = target.hasWordProducts;
  contraction.arm = target.isArm;
  contraction.summedSteps = schedule.summedSteps;
  contraction.columnsToCopy = schedule.columnsToCopy;
  manager.addNestedPass<func::FuncOp>(
      ::tenon::createLowerContractionPass(contraction));
  ::tenon::LowerColumnReductionPassOptions columns;
  columns.vectorBytes = target.vectorBytes;
  columns.registers = target.vectorRegisters;
  manager.addNestedPass<func::FuncOp>(
      ::tenon::createLowerColumnReductionPass(columns));
  ::tenon::LowerTransposePassOptions transposes;
  transposes.vectorBytes = target.vectorBytes;
  manager.addNestedPass<func::FuncOp>(
      ::tenon::createLowerTransposePass(transposes));
  manager.addNestedPass<func::FuncOp>(createConvertLinalgToLoopsPass());
  manager.addNestedPass<func::FuncOp>(createForallToForLoopPass());
  ::tenon::addCleanUp(manager);
  manager.addPass(createLoopInvariantCodeMotionPass());
}

void tenon::buildFootprintPipeline(OpPassManager &manager) {
  addTiling(manager, Schedule());
  manager.addNestedPass<func::FuncOp>(createFindFootprintsPass());
}

void tenon::buildLLVMPipeline(OpPassManager &manager, const Target &target,
                              std::optional<Schedule> given) {
  Schedule schedule = given.value_or(::tenon::defaultSchedule(target));
  LowerQuantizedLinearPassOptions quantized;
  quantized.vectorBytes = target.vectorBytes;
  quantized.registers = target.vectorRegisters;
  quantized.byteProducts = target.hasByteProducts;
  quantized.signedByteProducts = target.hasSignedByteProducts;
  quantized.wordProducts = target.hasWordProducts;
  manager.addNestedPass<func::FuncOp>(
      createLowerQuantizedLinearPass(quantized));
  addTiling(manager, schedule);
  addBufferization(manager, stackBytes);
  addLoops(manager, target, schedule);
  addArithmetic(manager, /*convertsBf16=*/false);
  addConversions(manager);
  manager.addPass(createAddEntryPointPass());
}
