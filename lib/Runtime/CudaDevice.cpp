//===- CudaDevice.cpp - An NVIDIA GPU -------------------------------------===//

#include "tenon/Runtime/CudaDevice.h"
#include "CudaDriver.h"

#include <algorithm>
#include <mutex>

using namespace tenon;
using cuda::Driver;

/// Blocks for each multiprocessor that are launched where a block needs
/// workspace: more would only take more memory.
static constexpr int64_t blocksPerProcessor = 4;
/// What a grid may have at most along its axis.
static constexpr int64_t mostBlocks = INT32_MAX;

static cuda::Address addressOf(const void *pointer) {
  return static_cast<cuda::Address>(reinterpret_cast<uintptr_t>(pointer));
}

namespace {
/// The GPU's context and a stream; memory and kernels keep it alive.
struct Session {
  const Driver *driver = nullptr;
  cuda::DeviceNumber number = 0;
  cuda::Context context = nullptr;
  cuda::Stream stream = nullptr;

  Session() = default;
  Session(const Session &) = delete;
  Session &operator=(const Session &) = delete;
  ~Session();

  static Result<std::shared_ptr<Session>> open();
  /// Calls of the driver are about the context of the calling thread.
  void enter() const { driver->contextSetCurrent(context); }
};

struct LoadedKernel {
  cuda::Module module = nullptr;
  cuda::Function function = nullptr;
  KernelShape shape;
};

class CudaDevice : public Device {
public:
  explicit CudaDevice(std::shared_ptr<Session> session)
      : session(std::move(session)), driver(*this->session->driver) {}
  ~CudaDevice() override;

  Status load(std::span<const CudaKernel> sources);

  Status check(const Program &program) const override;
  bool usesHostMemory() const override { return false; }
  std::shared_ptr<std::byte> allocate(uint64_t bytes) override;
  void copyToDevice(void *to, const void *from, uint64_t bytes) override;
  void copyFromDevice(void *to, const void *from, uint64_t bytes) override;
  void launch(const Launch &launch, void *const *buffers) override;
  std::unique_ptr<Recording> record(std::span<const Launch> launches,
                                    void *const *buffers) override;
  Status finish() override;
  void note(cuda::Status status, const std::string &what);

private:
  std::string describe(const Launch &launch) const {
    return launch.kernel == Launch::copy
               ? "copying on the GPU"
               : "launching kernel '" + names[launch.kernel] + "'";
  }
  cuda::Status enqueue(const Launch &launch, void *const *buffers,
                       cuda::Stream stream);
  cuda::Status capture(std::span<const Launch> launches, void *const *buffers,
                       cuda::GraphExec &graph);
  int64_t blocksOf(const LoadedKernel &kernel, int64_t extent) const;

  std::shared_ptr<Session> session;
  const Driver &driver;
  std::vector<std::string> names;
  std::vector<LoadedKernel> kernels;
  int64_t processors = 1;
  std::shared_ptr<std::byte> workspace;
  std::mutex lock;
  std::optional<std::string> failure; ///< the first since finish()
};
} // namespace

namespace {
/// A CUDA graph of launches.
class RecordedGraph : public Recording {
public:
  RecordedGraph(CudaDevice &device, std::shared_ptr<Session> session,
                cuda::GraphExec graph)
      : device(device), session(std::move(session)), graph(graph) {}
  RecordedGraph(const RecordedGraph &) = delete;
  RecordedGraph &operator=(const RecordedGraph &) = delete;
  ~RecordedGraph() override {
    session->enter();
    // It may still be running.
    session->driver->streamSynchronize(session->stream);
    session->driver->graphExecDestroy(graph);
  }

  void replay() override {
    session->enter();
    device.note(session->driver->graphLaunch(graph, session->stream),
                "launching a graph");
  }

private:
  CudaDevice &device;
  std::shared_ptr<Session> session;
  cuda::GraphExec graph;
};
} // namespace

Session::~Session() {
  if (!context)
    return;
  enter();
  if (stream)
    driver->streamDestroy(stream);
  driver->primaryContextRelease(number);
}

Result<std::shared_ptr<Session>> Session::open() {
  Result<const Driver *> driver = cuda::openDriver();
  if (!driver)
    return driver.error();
  auto session = std::make_shared<Session>();
  session->driver = *driver;
  cuda::Status status = (*driver)->deviceGet(&session->number, 0);
  if (!status)
    status =
        (*driver)->primaryContextRetain(&session->context, session->number);
  if (status)
    return Error{"there is no GPU: " + (*driver)->describe(status)};
  session->enter();
  // 1: not in step with the process's default stream.
  if ((status = (*driver)->streamCreate(&session->stream, 1)))
    return Error{"the GPU gives no stream: " + (*driver)->describe(status)};
  return session;
}

CudaDevice::~CudaDevice() {
  session->enter();
  driver.streamSynchronize(session->stream);
  for (LoadedKernel &kernel : kernels)
    if (kernel.module)
      driver.moduleUnload(kernel.module);
}

int64_t CudaDevice::blocksOf(const LoadedKernel &kernel, int64_t extent) const {
  int64_t most = kernel.shape.workspaceBytes > 0
                     ? blocksPerProcessor * processors
                     : mostBlocks;
  return std::clamp<int64_t>(extent, 1, most);
}

Status CudaDevice::load(std::span<const CudaKernel> sources) {
  session->enter();
  int count = 1;
  driver.deviceGetAttribute(&count, cuda::multiprocessorCount, session->number);
  processors = count;
  uint64_t workspaceBytes = 0;
  for (const CudaKernel &source : sources) {
    LoadedKernel kernel;
    kernel.shape = source.shape;
    names.push_back(source.name);
    if (source.code.empty()) {
      kernels.push_back(kernel);
      continue;
    }
    char log[4096] = {};
    int options[] = {cuda::errorLogBuffer, cuda::errorLogBufferBytes};
    void *values[] = {log, reinterpret_cast<void *>(sizeof log)};
    if (cuda::Status status = driver.moduleLoad(
            &kernel.module, source.code.c_str(), 2, options, values))
      return Error{"the GPU's driver refuses kernel '" + source.name +
                   "': " + driver.describe(status) + "; " + log};
    kernels.push_back(kernel);
    cuda::Status status = driver.moduleGetFunction(
        &kernels.back().function, kernel.module, source.name.c_str());
    if (!status && kernel.shape.sharedBytes > 0)
      status = driver.functionSetAttribute(
          kernels.back().function, cuda::maxDynamicSharedBytes,
          static_cast<int>(kernel.shape.sharedBytes));
    if (status)
      return Error{"kernel '" + source.name + "' with " +
                   std::to_string(kernel.shape.sharedBytes) +
                   " bytes of shared memory does not fit this GPU: " +
                   driver.describe(status)};
    workspaceBytes = std::max<uint64_t>(
        workspaceBytes, kernel.shape.workspaceBytes *
                            blocksOf(kernels.back(), kernel.shape.extent));
  }
  workspace = allocate(workspaceBytes);
  if (!workspace)
    return Error{"no memory on the GPU for " + std::to_string(workspaceBytes) +
                 " bytes of workspace"};
  return finish();
}

Status CudaDevice::check(const Program &program) const {
  if (names != program.kernels)
    return Error{"the GPU has other kernels than the program"};
  for (const Launch &launch : program.step.launches)
    if (launch.begin)
      return Error{"unsupported: parts of a kernel's loop on a GPU"};
  return success();
}

void CudaDevice::note(cuda::Status status, const std::string &what) {
  if (!status)
    return;
  std::scoped_lock guard(lock);
  if (!failure)
    failure = what + ": " + driver.describe(status);
}

std::shared_ptr<std::byte> CudaDevice::allocate(uint64_t bytes) {
  session->enter();
  cuda::Address address = 0;
  // At least something, so that an empty buffer has an address too.
  uint64_t size = std::max<uint64_t>(bytes, 64);
  if (driver.memoryAllocate(&address, size))
    return nullptr;
  note(driver.memorySet(address, 0, size, session->stream), "clearing memory");
  return std::shared_ptr<std::byte>(
      reinterpret_cast<std::byte *>(static_cast<uintptr_t>(address)),
      [session = session, address](std::byte *) {
        session->enter();
        session->driver->memoryFree(address);
      });
}

void CudaDevice::copyToDevice(void *to, const void *from, uint64_t bytes) {
  session->enter();
  if (bytes > 0)
    note(driver.copyToDevice(addressOf(to), from, bytes, session->stream),
         "copying to the GPU");
}

void CudaDevice::copyFromDevice(void *to, const void *from, uint64_t bytes) {
  session->enter();
  if (bytes > 0)
    note(driver.copyToHost(to, addressOf(from), bytes, session->stream),
         "copying from the GPU");
  note(driver.streamSynchronize(session->stream), "running on the GPU");
}

cuda::Status CudaDevice::enqueue(const Launch &launch, void *const *buffers,
                                 cuda::Stream stream) {
  if (launch.kernel == Launch::copy)
    return launch.bytes == 0 ? 0
                             : driver.copyOnDevice(addressOf(buffers[1]),
                                                   addressOf(buffers[0]),
                                                   launch.bytes, stream);
  const LoadedKernel &kernel = kernels[launch.kernel];
  // The driver takes the address of each argument.
  std::vector<void *> arguments;
  arguments.reserve(launch.buffers.size() + 1);
  for (size_t i = 0; i < launch.buffers.size(); ++i)
    arguments.push_back(const_cast<void **>(&buffers[i]));
  void *temporary = workspace.get();
  arguments.push_back(&temporary);
  return driver.launchKernel(
      kernel.function, static_cast<unsigned>(blocksOf(kernel, launch.extent)),
      1, 1, static_cast<unsigned>(kernel.shape.threads), 1, 1,
      static_cast<unsigned>(kernel.shape.sharedBytes), stream, arguments.data(),
      nullptr);
}

void CudaDevice::launch(const Launch &launch, void *const *buffers) {
  session->enter();
  note(enqueue(launch, buffers, session->stream), describe(launch));
}

/// Has the driver collect the launches instead of running them. They are given
/// to a stream of their own: what other threads do meanwhile is none of them.
cuda::Status CudaDevice::capture(std::span<const Launch> launches,
                                 void *const *buffers,
                                 cuda::GraphExec &executable) {
  cuda::Stream stream = nullptr;
  cuda::Status status = driver.streamCreate(&stream, 1);
  if (status)
    return status;
  cuda::Graph graph = nullptr;
  status = driver.streamBeginCapture(stream, cuda::captureModeThreadLocal);
  if (!status) {
    for (const Launch &launch : launches) {
      if (!status)
        status = enqueue(launch, buffers, stream);
      buffers += launch.buffers.size();
    }
    // A capture that was begun is ended, come what may.
    cuda::Status ended = driver.streamEndCapture(stream, &graph);
    status = status ? status : ended;
  }
  if (!status)
    status = driver.graphInstantiate(&executable, graph, 0);
  if (graph)
    driver.graphDestroy(graph);
  driver.streamDestroy(stream);
  return status;
}

std::unique_ptr<Recording> CudaDevice::record(std::span<const Launch> launches,
                                              void *const *buffers) {
  if (!driver.hasGraphs() || launches.empty())
    return nullptr;
  session->enter();
  cuda::GraphExec graph = nullptr;
  // What the driver does not take as a graph may still run without.
  if (capture(launches, buffers, graph))
    return nullptr;
  return std::make_unique<RecordedGraph>(*this, session, graph);
}

Status CudaDevice::finish() {
  session->enter();
  note(driver.streamSynchronize(session->stream), "running on the GPU");
  std::scoped_lock guard(lock);
  if (!failure)
    return success();
  return Error{*std::exchange(failure, std::nullopt)};
}

Result<std::shared_ptr<Device>>
tenon::createCudaDevice(std::span<const CudaKernel> kernels) {
  Result<std::shared_ptr<Session>> session = Session::open();
  if (!session)
    return session.error();
  auto device = std::make_shared<CudaDevice>(std::move(*session));
  if (Status status = device->load(kernels); !status)
    return status.error();
  return std::shared_ptr<Device>(std::move(device));
}

Result<std::string> tenon::findCudaChip() {
  Result<std::shared_ptr<Session>> session = Session::open();
  if (!session)
    return session.error();
  int major = 0, minor = 0;
  const Driver &driver = *(*session)->driver;
  driver.deviceGetAttribute(&major, cuda::capabilityMajor, (*session)->number);
  driver.deviceGetAttribute(&minor, cuda::capabilityMinor, (*session)->number);
  // Hopper and later have instructions that only the exact chip runs.
  return "sm_" + std::to_string(10 * major + minor) + (major >= 9 ? "a" : "");
}
