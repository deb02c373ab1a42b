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

/// On the process's own threads, emulated and those for the CPU alike.
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

static Result<std::shared_ptr<Device>> createCuda(const CompiledProgram &model,
                                                  unsigned threads) {
  std::vector<CudaKernel> kernels;
  std::vector<std::string> objects, names;
  for (size_t i = 0; i < model.program.kernels.size(); ++i) {
    const std::string &name = model.program.kernels[i];
    const KernelShape &shape = model.kernels.shapes[i];
    const std::string &code = model.kernels.objects[i];
    kernels.push_back({name, shape.isForCpu() ? "" : code, shape});
    if (!shape.isForCpu())
      continue;
    objects.push_back(code);
    names.push_back(name);
  }
  Result<std::shared_ptr<Device>> device = createCudaDevice(kernels);
  if (!device || objects.empty())
    return device;
  Result<LinkedKernels> linked = linkKernels(objects, names);
  if (!linked)
    return linked.error();
  std::vector<KernelFunction> functions;
  auto next = linked->functions.begin();
  for (const KernelShape &shape : model.kernels.shapes)
    functions.push_back(shape.isForCpu() ? *next++ : nullptr);
  return createFallbackDevice(std::move(*device), std::move(functions), threads,
                              std::move(linked->code));
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
  return createCuda(model, threads);
}
