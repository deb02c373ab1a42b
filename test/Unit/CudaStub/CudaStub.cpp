//===- CudaStub.cpp - A CUDA driver without a GPU -------------------------===//
//
// Built as libcuda.so.1, to run what of a model is not on the GPU. Its memory
// is the process's own, at addresses that the process cannot use: who reads
// it without a copy crashes. It loads any kernel and launches none.
//
//===----------------------------------------------------------------------===//

#include <cstdint>
#include <cstdlib>
#include <cstring>

using Address = unsigned long long;

/// The driver's error CUDA_ERROR_NOT_SUPPORTED.
static constexpr int notSupported = 801;
/// Outside of what a process of x86-64 may address.
static constexpr Address away = Address(1) << 62;

static void *memoryAt(Address address) {
  return reinterpret_cast<void *>(static_cast<uintptr_t>(address - away));
}

extern "C" {
int cuInit(unsigned) { return 0; }
int cuDeviceGet(int *device, int) { return *device = 0; }
int cuDeviceGetAttribute(int *value, int, int) {
  *value = 8; // multiprocessors; the capability is that of no chip
  return 0;
}
int cuDevicePrimaryCtxRetain(void **context, int) {
  *context = context;
  return 0;
}
int cuDevicePrimaryCtxRelease_v2(int) { return 0; }
int cuCtxSetCurrent(void *) { return 0; }
int cuModuleLoadDataEx(void **module, const void *, unsigned, int *, void **) {
  *module = module;
  return 0;
}
int cuModuleUnload(void *) { return 0; }
int cuModuleGetFunction(void **function, void *, const char *) {
  *function = function;
  return 0;
}
int cuFuncSetAttribute(void *, int, int) { return 0; }
int cuLaunchKernel(void *, unsigned, unsigned, unsigned, unsigned, unsigned,
                   unsigned, unsigned, void *, void **, void **) {
  return notSupported;
}
int cuMemAlloc_v2(Address *address, size_t bytes) {
  void *memory = std::malloc(bytes);
  if (!memory)
    return 2;
  *address = reinterpret_cast<uintptr_t>(memory) + away;
  return 0;
}
int cuMemFree_v2(Address address) {
  std::free(memoryAt(address));
  return 0;
}
int cuMemsetD8Async(Address address, unsigned char value, size_t bytes,
                    void *) {
  std::memset(memoryAt(address), value, bytes);
  return 0;
}
int cuMemcpyHtoDAsync_v2(Address to, const void *from, size_t bytes, void *) {
  std::memcpy(memoryAt(to), from, bytes);
  return 0;
}
int cuMemcpyDtoHAsync_v2(void *to, Address from, size_t bytes, void *) {
  std::memcpy(to, memoryAt(from), bytes);
  return 0;
}
int cuMemcpyDtoDAsync_v2(Address to, Address from, size_t bytes, void *) {
  std::memcpy(memoryAt(to), memoryAt(from), bytes);
  return 0;
}
int cuStreamCreate(void **stream, unsigned) {
  *stream = stream;
  return 0;
}
int cuStreamDestroy_v2(void *) { return 0; }
int cuStreamSynchronize(void *) { return 0; }
int cuGetErrorString(int, const char **text) {
  *text = "the stub runs no kernels";
  return 0;
}
}
