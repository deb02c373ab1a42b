//===- CudaStub.cpp - A CUDA driver without a GPU -------------------------===//
//
// Built as libcuda.so.1, for what of a model is not on the GPU and for the host
// side of what is. Its memory is the process's own, at addresses that the
// process cannot use: who reads it without a copy crashes. It loads any kernel,
// and runs those that a test has defined. Calls are checked as the driver's
// manual has them: sizes, lifetimes, and what may be called while a stream's
// work is captured.
//
//===----------------------------------------------------------------------===//

#include "CudaStub.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

using namespace tenon::test;
using Address = unsigned long long;

/// The driver's numbers: CUDA_ERROR_INVALID_VALUE, _OUT_OF_MEMORY,
/// _ILLEGAL_ADDRESS, _NOT_SUPPORTED, _STREAM_CAPTURE_UNSUPPORTED.
static constexpr int invalidValue = 1, outOfMemory = 2, illegalAddress = 700,
                     notSupported = 801, captureUnsupported = 900;
/// Outside of what a process of x86-64 may address.
static constexpr Address away = Address(1) << 62;

static void *memoryAt(Address address) {
  return reinterpret_cast<void *>(static_cast<uintptr_t>(address - away));
}

namespace {
/// One piece of work of a stream; as part of a graph it is done when that is
/// launched.
struct Work {
  std::string name;
  std::function<int()> run;
};

struct Graph {
  std::vector<Work> works;
};

struct Stream {
  std::unique_ptr<Graph> captured; ///< while its work is captured
};

struct Module {};
struct Function {
  std::string name;
};

/// All that there is. The driver's objects are the addresses of these.
struct Stub {
  std::mutex lock;
  std::map<std::string, StubKernel> kernels;
  std::vector<std::string> calls;
  std::map<std::string, int> failures;
  std::map<Address, size_t> memory;
  std::map<Stream *, std::unique_ptr<Stream>> streams;
  std::map<Module *, std::unique_ptr<Module>> modules;
  std::map<std::string, std::unique_ptr<Function>> functions;
  std::map<Graph *, std::unique_ptr<Graph>> graphs, executables;
};

using Guard = std::scoped_lock<std::mutex>;
} // namespace

static Stub &stub() {
  static Stub all;
  return all;
}

/// The thread's captures, by which it may not wait, allocate or free.
static thread_local int openCaptures = 0;

static int refuse(const std::string &what, int status) {
  stub().calls.push_back("error: " + what);
  return status;
}

static std::optional<int> plannedFailure(const char *name) {
  auto found = stub().failures.find(name);
  if (found == stub().failures.end())
    return std::nullopt;
  int status = found->second;
  stub().failures.erase(found);
  return status;
}

/// Whether all of it lies in memory that was allocated and not freed.
static bool isAllocated(Address address, size_t bytes) {
  auto next = stub().memory.upper_bound(address);
  if (next == stub().memory.begin())
    return false;
  auto [begin, size] = *std::prev(next);
  return address - begin <= size && bytes <= size - (address - begin);
}

/// Does the work now, or keeps it for the graph that is captured.
static int enqueue(void *stream, Work work) {
  auto found = stub().streams.find(static_cast<Stream *>(stream));
  if (found == stub().streams.end())
    return refuse(work.name + " in a stream that there is not", invalidValue);
  stub().calls.push_back(work.name);
  if (Graph *graph = found->second->captured.get()) {
    graph->works.push_back(std::move(work));
    return 0;
  }
  return work.run();
}

static std::string sized(const char *what, size_t bytes) {
  return what + (" " + std::to_string(bytes));
}

namespace tenon::test {

void defineKernel(const std::string &name, StubKernel kernel) {
  Guard guard(stub().lock);
  stub().kernels[name] = std::move(kernel);
}

std::vector<std::string> takeStubCalls() {
  Guard guard(stub().lock);
  return std::exchange(stub().calls, {});
}

StubObjects stubObjects() {
  Guard guard(stub().lock);
  return {stub().memory.size(), stub().streams.size(), stub().modules.size(),
          stub().graphs.size(), stub().executables.size()};
}

void failNext(const std::string &name, int status) {
  Guard guard(stub().lock);
  stub().failures[name] = status;
}

} // namespace tenon::test

extern "C" {
int cuInit(unsigned) { return 0; }
int cuDeviceGet(int *device, int) { return *device = 0; }
int cuDeviceGetAttribute(int *value, int, int) {
  *value = 8; // multiprocessors; the capability is that of no chip
  return 0;
}
int cuDevicePrimaryCtxRetain(void **context, int) {
  *context = &stub();
  return 0;
}
int cuDevicePrimaryCtxRelease_v2(int) { return 0; }
int cuCtxSetCurrent(void *) { return 0; }

int cuModuleLoadDataEx(void **module, const void *, unsigned, int *, void **) {
  Guard guard(stub().lock);
  auto made = std::make_unique<Module>();
  *module = made.get();
  stub().modules[made.get()] = std::move(made);
  return 0;
}
int cuModuleUnload(void *module) {
  Guard guard(stub().lock);
  if (!stub().modules.erase(static_cast<Module *>(module)))
    return refuse("unloading a module that there is not", invalidValue);
  return 0;
}
int cuModuleGetFunction(void **function, void *, const char *name) {
  Guard guard(stub().lock);
  auto &known = stub().functions[name];
  if (!known)
    known = std::make_unique<Function>(name);
  *function = known.get();
  return 0;
}
int cuFuncSetAttribute(void *, int, int) { return 0; }

int cuLaunchKernel(void *function, unsigned blocks, unsigned, unsigned,
                   unsigned, unsigned, unsigned, unsigned, void *stream,
                   void **arguments, void **) {
  Guard guard(stub().lock);
  if (auto status = plannedFailure("cuLaunchKernel"))
    return *status;
  std::string name = static_cast<Function *>(function)->name;
  auto found = stub().kernels.find(name);
  if (found == stub().kernels.end())
    return notSupported;
  // Arguments are read during the call, whenever the kernel runs.
  std::vector<Address> addresses;
  for (size_t i = 0; i <= found->second.buffers; ++i)
    addresses.push_back(*static_cast<Address *>(arguments[i]));
  return enqueue(stream, {"launch " + name, [name, addresses, blocks] {
                            std::vector<void *> buffers;
                            for (Address address : addresses) {
                              if (!isAllocated(address, 1))
                                return refuse("kernel " + name +
                                                  " has a buffer that was "
                                                  "freed",
                                              illegalAddress);
                              buffers.push_back(memoryAt(address));
                            }
                            stub().kernels[name].run(buffers, blocks);
                            return 0;
                          }});
}

int cuMemAlloc_v2(Address *address, size_t bytes) {
  Guard guard(stub().lock);
  if (openCaptures > 0)
    return refuse("allocating during a capture", captureUnsupported);
  void *memory = std::malloc(bytes);
  if (!memory)
    return outOfMemory;
  *address = reinterpret_cast<uintptr_t>(memory) + away;
  stub().memory[*address] = bytes;
  return 0;
}
int cuMemFree_v2(Address address) {
  Guard guard(stub().lock);
  if (openCaptures > 0)
    return refuse("freeing during a capture", captureUnsupported);
  if (!stub().memory.erase(address))
    return refuse("freeing what is not allocated", invalidValue);
  std::free(memoryAt(address));
  return 0;
}
int cuMemsetD8Async(Address address, unsigned char value, size_t bytes,
                    void *stream) {
  Guard guard(stub().lock);
  return enqueue(stream, {sized("clear", bytes), [=] {
                            if (!isAllocated(address, bytes))
                              return refuse("clearing beyond memory",
                                            illegalAddress);
                            std::memset(memoryAt(address), value, bytes);
                            return 0;
                          }});
}
int cuMemcpyHtoDAsync_v2(Address to, const void *from, size_t bytes,
                         void *stream) {
  Guard guard(stub().lock);
  return enqueue(stream, {sized("copy to device", bytes), [=] {
                            if (!isAllocated(to, bytes))
                              return refuse("copying beyond memory",
                                            illegalAddress);
                            std::memcpy(memoryAt(to), from, bytes);
                            return 0;
                          }});
}
int cuMemcpyDtoHAsync_v2(void *to, Address from, size_t bytes, void *stream) {
  Guard guard(stub().lock);
  return enqueue(stream, {sized("copy from device", bytes), [=] {
                            if (!isAllocated(from, bytes))
                              return refuse("copying from beyond memory",
                                            illegalAddress);
                            std::memcpy(to, memoryAt(from), bytes);
                            return 0;
                          }});
}
int cuMemcpyDtoDAsync_v2(Address to, Address from, size_t bytes, void *stream) {
  Guard guard(stub().lock);
  return enqueue(stream,
                 {sized("copy on device", bytes), [=] {
                    if (!isAllocated(to, bytes) || !isAllocated(from, bytes))
                      return refuse("copying beyond memory", illegalAddress);
                    std::memcpy(memoryAt(to), memoryAt(from), bytes);
                    return 0;
                  }});
}

int cuStreamCreate(void **stream, unsigned) {
  Guard guard(stub().lock);
  auto made = std::make_unique<Stream>();
  *stream = made.get();
  stub().streams[made.get()] = std::move(made);
  return 0;
}
int cuStreamDestroy_v2(void *stream) {
  Guard guard(stub().lock);
  auto found = stub().streams.find(static_cast<Stream *>(stream));
  if (found == stub().streams.end())
    return refuse("destroying a stream that there is not", invalidValue);
  if (found->second->captured)
    return refuse("destroying a stream in a capture", captureUnsupported);
  stub().streams.erase(found);
  return 0;
}
int cuStreamSynchronize(void *) {
  Guard guard(stub().lock);
  if (openCaptures > 0)
    return refuse("waiting during a capture", captureUnsupported);
  return 0;
}

int cuStreamBeginCapture_v2(void *stream, int mode) {
  Guard guard(stub().lock);
  if (auto status = plannedFailure("cuStreamBeginCapture"))
    return *status;
  auto found = stub().streams.find(static_cast<Stream *>(stream));
  if (found == stub().streams.end() || found->second->captured || mode < 0 ||
      mode > 2)
    return refuse("beginning a capture", invalidValue);
  stub().calls.push_back("begin capture");
  found->second->captured = std::make_unique<Graph>();
  ++openCaptures;
  return 0;
}
int cuStreamEndCapture(void *stream, void **graph) {
  Guard guard(stub().lock);
  auto found = stub().streams.find(static_cast<Stream *>(stream));
  if (found == stub().streams.end() || !found->second->captured)
    return refuse("ending a capture that was not begun", invalidValue);
  stub().calls.push_back("end capture");
  --openCaptures;
  std::unique_ptr<Graph> captured = std::move(found->second->captured);
  *graph = captured.get();
  stub().graphs[captured.get()] = std::move(captured);
  return 0;
}
int cuGraphInstantiateWithFlags(void **executable, void *graph,
                                unsigned long long) {
  Guard guard(stub().lock);
  if (auto status = plannedFailure("cuGraphInstantiate"))
    return *status;
  auto found = stub().graphs.find(static_cast<Graph *>(graph));
  if (found == stub().graphs.end())
    return refuse("instantiating a graph that there is not", invalidValue);
  auto made = std::make_unique<Graph>(*found->second);
  *executable = made.get();
  stub().executables[made.get()] = std::move(made);
  return 0;
}
int cuGraphLaunch(void *executable, void *stream) {
  Guard guard(stub().lock);
  auto found = stub().executables.find(static_cast<Graph *>(executable));
  if (found == stub().executables.end())
    return refuse("launching a graph that there is not", invalidValue);
  std::vector<Work> works = found->second->works;
  return enqueue(stream,
                 {"launch graph of " + std::to_string(works.size()), [works] {
                    for (const Work &work : works)
                      if (int status = work.run())
                        return status;
                    return 0;
                  }});
}
int cuGraphDestroy(void *graph) {
  Guard guard(stub().lock);
  if (!stub().graphs.erase(static_cast<Graph *>(graph)))
    return refuse("destroying a graph that there is not", invalidValue);
  return 0;
}
int cuGraphExecDestroy(void *executable) {
  Guard guard(stub().lock);
  if (!stub().executables.erase(static_cast<Graph *>(executable)))
    return refuse("destroying a graph that there is not", invalidValue);
  return 0;
}
int cuGetErrorString(int status, const char **text) {
  *text = status == notSupported ? "the stub runs no kernels"
                                 : "the stub refuses the call";
  return 0;
}
}
