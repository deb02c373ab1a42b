//===- Devices.cpp - A device with a model's kernels ----------------------===//

#include "Devices.h"

#include "tenon/Emulator/Emulator.h"
#include "tenon/JIT/KernelLinker.h"
#include "tenon/Runtime/CudaDevice.h"

using namespace tenon;

static Result<std::shared_ptr<Device>> createHost(const CompiledProgram &model,
                                                  unsigned threads) {
  Result<LinkedKernels> linked =
      linkKernels(model.kernels.objects, model.program.kernels);
  if (!linked)
    return linked.error();
  return createHostDevice(std::move(linked->functions), threads,
                          std::move(linked->code));
}

static Result<std::shared_ptr<Device>>
createEmulated(const CompiledProgram &model, unsigned threads) {
  auto emulator = std::make_shared<Emulator>();
  std::vector<KnownSymbol> known = {{"tenon_emulator", emulator.get()}};
  for (const EmulatorFunction &function : emulatorFunctions())
    known.push_back({function.name, function.address});
  Result<LinkedKernels> linked =
      linkKernels(model.kernels.objects, model.program.kernels, known);
  if (!linked)
    return linked.error();
  return createHostDevice(std::move(linked->functions), threads,
                          std::move(linked->code),
                          [emulator] { return emulator->takeFault(); });
}

Result<std::shared_ptr<Device>>
tenon::createDevice(const Target &target, const CompiledProgram &model,
                    unsigned threads) {
  switch (target.device) {
  case DeviceKind::Cpu:
    return createHost(model, threads);
  case DeviceKind::EmulatedCuda:
    return createEmulated(model, threads);
  case DeviceKind::Cuda:
    break;
  }
  std::vector<CudaKernel> kernels;
  for (size_t i = 0; i < model.kernels.objects.size(); ++i)
    kernels.push_back({model.program.kernels[i], model.kernels.objects[i],
                       model.kernels.shapes[i]});
  return createCudaDevice(kernels);
}
