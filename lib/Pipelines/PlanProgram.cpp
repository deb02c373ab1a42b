//===- PlanProgram.cpp - A lowered module's host, under a memory limit ----===//

#include "tenon/Pipelines/PlanProgram.h"
#include "tenon/Pipelines/Pipelines.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace tenon;

/// What tenon-find-footprints has noted of a kernel.
static std::optional<KernelSteps> stepsOf(func::FuncOp kernel) {
  auto noted = kernel->getAttrOfType<DenseI64ArrayAttr>("tenon.steps");
  if (!noted)
    return std::nullopt;
  KernelSteps steps;
  steps.steps = noted[0];
  steps.iterations = noted[1];
  for (unsigned i = 0; i < kernel.getNumArguments(); ++i) {
    auto bytes =
        kernel.getArgAttrOfType<DenseI64ArrayAttr>(i, "tenon.footprint");
    steps.footprints.push_back(
        bytes ? std::optional(Footprint{bytes[0], bytes[1], bytes[2]})
              : std::nullopt);
  }
  return steps;
}

Result<Program> tenon::planProgram(ModuleOp module, StringRef function,
                                   DeviceKind device,
                                   std::optional<uint64_t> memoryLimit) {
  if (!memoryLimit)
    return buildProgram(module, function);
  if (device != DeviceKind::Cpu)
    return Error{"unsupported: a memory limit on a GPU"};
  // The kernels' tiles are cut as they will be when they are compiled.
  OwningOpRef<ModuleOp> tiled(module.clone());
  PassManager manager(module.getContext());
  buildFootprintPipeline(manager);
  if (failed(manager.run(*tiled)))
    return Error{"the kernels cannot be cut into tiles"};
  ArenaLimit limit;
  limit.bytes = *memoryLimit;
  for (auto kernel : tiled->getOps<func::FuncOp>())
    if (std::optional<KernelSteps> steps = stepsOf(kernel))
      limit.steps[kernel.getName()] = std::move(*steps);
  return buildProgram(module, function, limit);
}
