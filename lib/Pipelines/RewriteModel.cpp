//===- RewriteModel.cpp - tenon-rewrite-model: rewrites on tenon ops ------===//

#include "tenon/Pipelines/Pipelines.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Transforms/Passes.h"

using namespace mlir;

void tenon::buildRewritePipeline(OpPassManager &manager,
                                 const RewriteOptions &options,
                                 DeviceKind device) {
  // Constants are numbers, equal values are one: what raising looks for.
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
  if (!options.denoisingStage.empty()) {
    SplitDenoisingPassOptions split;
    split.stage = options.denoisingStage;
    manager.addPass(createSplitDenoisingPass(split));
  }
  if (options.measures == Measured::Merging) {
    manager.addPass(createMeasureMergePass());
    return;
  }
  // An attention's products are gone before the rest may become linear layers.
  manager.addPass(createRaiseAttentionPass());
  manager.addPass(createRaiseLinearPass());
  manager.addPass(createRaiseLoraPass());
  manager.addPass(createMergeLoraPass());
  manager.addPass(createRaiseMlaPass());
  ChooseMlaPassOptions latentForm;
  latentForm.form = options.latentAttention;
  manager.addPass(createChooseMlaPass(latentForm));
  manager.addPass(createAbsorbMlaPass());
  manager.addPass(createExpandMlaPass());
  manager.addPass(createRaiseActivationPass());
  manager.addPass(createRaiseNormPass());
  manager.addPass(createRaiseUpsamplePass());
  manager.addPass(createFoldPadsPass());
  SplitUpsampleConvPassOptions split;
  split.winograd = options.winograd;
  manager.addPass(createSplitUpsampleConvPass(split));
  SplitConvTransposePassOptions phases;
  phases.winograd = options.winograd;
  manager.addPass(createSplitConvTransposePass(phases));
  manager.addPass(createFoldBatchNormPass());
  if (options.measures == Measured::Quantization) {
    MeasureQuantizationPassOptions measure;
    measure.bits = options.quantization.bits;
    measure.group = options.quantization.group;
    manager.addPass(createMeasureQuantizationPass(measure));
    return;
  }
  if (options.quantization.bits != 0) {
    QuantizeWeightsPassOptions quantize;
    quantize.bits = options.quantization.bits;
    quantize.group = options.quantization.group;
    manager.addPass(createQuantizeWeightsPass(quantize));
  }
  // What adapters add is not rounded with the weights beside it.
  manager.addPass(createExpandAdaptersPass());
  // Layout: weights in panels, images with the channels last.
  PackWeightsPassOptions packing;
  packing.linear = packing.groups = device == DeviceKind::Cpu;
  manager.addPass(createPackWeightsPass(packing));
  if (options.winograd)
    manager.addPass(createUseWinogradPass());
  manager.addPass(createSinkTransposesPass());
  if (device == DeviceKind::Cpu)
    manager.addPass(createUnpackConvsPass());
  // Transposes that raising put on weights meet those of the exporter.
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
  // Last, so that it sees everything that follows from weights alone.
  manager.addPass(createHoistStagesPass());
}
