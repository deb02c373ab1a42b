//===- CudaDriver.h - The CUDA driver, opened at run time -----------------===//
//
// Names, types and numbers are those of the CUDA driver API (NVIDIA, "CUDA
// Driver API" reference manual); its headers are not needed to build.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_RUNTIME_CUDADRIVER_H
#define TENON_LIB_RUNTIME_CUDADRIVER_H

#include "tenon/Runtime/Tensor.h"

namespace tenon::cuda {

using Status = int;
using DeviceNumber = int;
using Address = unsigned long long;
using Context = struct ContextHandle *;
using Module = struct ModuleHandle *;
using Function = struct FunctionHandle *;
using Stream = struct StreamHandle *;
using Graph = struct GraphHandle *;
using GraphExec = struct GraphExecHandle *;

// CUdevice_attribute, CUfunction_attribute, CUjit_option.
inline constexpr int multiprocessorCount = 16, capabilityMajor = 75,
                     capabilityMinor = 76;
inline constexpr int maxDynamicSharedBytes = 8;
inline constexpr int errorLogBuffer = 5, errorLogBufferBytes = 6;
/// CUstreamCaptureMode: other threads may call what they like.
inline constexpr int captureModeThreadLocal = 1;

/// The functions that Tenon calls.
struct Driver {
  Status (*init)(unsigned flags);
  Status (*deviceGet)(DeviceNumber *, int ordinal);
  Status (*deviceGetAttribute)(int *, int attribute, DeviceNumber);
  Status (*primaryContextRetain)(Context *, DeviceNumber);
  Status (*primaryContextRelease)(DeviceNumber);
  Status (*contextSetCurrent)(Context);
  Status (*moduleLoad)(Module *, const void *image, unsigned count,
                       const int *options, void **values);
  Status (*moduleUnload)(Module);
  Status (*moduleGetFunction)(Function *, Module, const char *name);
  Status (*functionSetAttribute)(Function, int attribute, int value);
  Status (*launchKernel)(Function, unsigned gridX, unsigned gridY,
                         unsigned gridZ, unsigned blockX, unsigned blockY,
                         unsigned blockZ, unsigned sharedBytes, Stream,
                         void **arguments, void **extra);
  Status (*memoryAllocate)(Address *, size_t bytes);
  Status (*memoryFree)(Address);
  Status (*memorySet)(Address, unsigned char value, size_t bytes, Stream);
  Status (*copyToDevice)(Address to, const void *from, size_t bytes, Stream);
  Status (*copyToHost)(void *to, Address from, size_t bytes, Stream);
  Status (*copyOnDevice)(Address to, Address from, size_t bytes, Stream);
  Status (*streamCreate)(Stream *, unsigned flags);
  Status (*streamDestroy)(Stream);
  Status (*streamSynchronize)(Stream);
  Status (*errorString)(Status, const char **);

  // Null in drivers before 11.4.
  Status (*streamBeginCapture)(Stream, int mode);
  Status (*streamEndCapture)(Stream, Graph *);
  Status (*graphInstantiate)(GraphExec *, Graph, unsigned long long flags);
  Status (*graphLaunch)(GraphExec, Stream);
  Status (*graphDestroy)(Graph);
  Status (*graphExecDestroy)(GraphExec);
  bool hasGraphs() const {
    return streamBeginCapture && streamEndCapture && graphInstantiate &&
           graphLaunch && graphDestroy && graphExecDestroy;
  }

  /// What a status means, in the driver's words.
  std::string describe(Status status) const;
};

/// Opens libcuda.so.1 and initialises it, once in a process.
Result<const Driver *> openDriver();

} // namespace tenon::cuda

#endif // TENON_LIB_RUNTIME_CUDADRIVER_H
