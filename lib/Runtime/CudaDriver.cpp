//===- CudaDriver.cpp - The CUDA driver, opened at run time ---------------===//

#include "CudaDriver.h"

#include <dlfcn.h>

using namespace tenon;
using namespace tenon::cuda;

std::string Driver::describe(cuda::Status status) const {
  const char *text = nullptr;
  if (errorString(status, &text) == 0 && text)
    return text;
  return "error " + std::to_string(status);
}

template <typename Function>
static bool find(void *library, const char *name, Function &function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

static Result<const Driver *> open() {
  void *library = ::dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library)
    return Error{"there is no CUDA driver: " + std::string(::dlerror())};
  static Driver driver;
  const char *missing = nullptr;
  auto want = [&](const char *name, auto &function) {
    if (!find(library, name, function) && !missing)
      missing = name;
  };
  want("cuInit", driver.init);
  want("cuDeviceGet", driver.deviceGet);
  want("cuDeviceGetAttribute", driver.deviceGetAttribute);
  want("cuDevicePrimaryCtxRetain", driver.primaryContextRetain);
  want("cuDevicePrimaryCtxRelease_v2", driver.primaryContextRelease);
  want("cuCtxSetCurrent", driver.contextSetCurrent);
  want("cuModuleLoadDataEx", driver.moduleLoad);
  want("cuModuleUnload", driver.moduleUnload);
  want("cuModuleGetFunction", driver.moduleGetFunction);
  want("cuFuncSetAttribute", driver.functionSetAttribute);
  want("cuLaunchKernel", driver.launchKernel);
  want("cuMemAlloc_v2", driver.memoryAllocate);
  want("cuMemFree_v2", driver.memoryFree);
  want("cuMemsetD8Async", driver.memorySet);
  want("cuMemcpyHtoDAsync_v2", driver.copyToDevice);
  want("cuMemcpyDtoHAsync_v2", driver.copyToHost);
  want("cuMemcpyDtoDAsync_v2", driver.copyOnDevice);
  want("cuStreamCreate", driver.streamCreate);
  want("cuStreamDestroy_v2", driver.streamDestroy);
  want("cuStreamSynchronize", driver.streamSynchronize);
  want("cuGetErrorString", driver.errorString);
  find(library, "cuStreamBeginCapture_v2", driver.streamBeginCapture);
  find(library, "cuStreamEndCapture", driver.streamEndCapture);
  find(library, "cuGraphInstantiateWithFlags", driver.graphInstantiate);
  find(library, "cuGraphLaunch", driver.graphLaunch);
  find(library, "cuGraphDestroy", driver.graphDestroy);
  find(library, "cuGraphExecDestroy", driver.graphExecDestroy);
  if (missing)
    return Error{"the CUDA driver has no function '" + std::string(missing) +
                 "'"};
  if (cuda::Status status = driver.init(0))
    return Error{"the CUDA driver does not start: " + driver.describe(status)};
  return &driver;
}

Result<const Driver *> cuda::openDriver() {
  static const Result<const Driver *> driver = open();
  return driver;
}
