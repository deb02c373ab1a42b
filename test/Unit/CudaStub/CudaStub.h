//===- CudaStub.h - What a test tells and asks the stub driver ------------===//

#ifndef TENON_TEST_UNIT_CUDASTUB_CUDASTUB_H
#define TENON_TEST_UNIT_CUDASTUB_CUDASTUB_H

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace tenon::test {

/// A kernel of `buffers` buffers (the workspace is one more), which are here as
/// the host can use them.
struct StubKernel {
  size_t buffers;
  std::function<void(std::span<void *const> buffers, unsigned blocks)> run;
};

/// Lets kernels of that name be launched from now on.
void defineKernel(const std::string &name, StubKernel kernel);
/// The calls since the last time that put work into a stream, or make and end
/// graphs, in order: "launch add", "copy to device 64", "begin capture", ...;
/// and what was wrong with others, after "error: ".
std::vector<std::string> takeStubCalls();
/// What there is of that must be given back.
struct StubObjects {
  size_t memory, streams, modules, graphs, executableGraphs;
  bool operator==(const StubObjects &) const = default;
};
StubObjects stubObjects();
/// The next call of the driver's function `name` returns `status`.
void failNext(const std::string &name, int status);

} // namespace tenon::test

#endif // TENON_TEST_UNIT_CUDASTUB_CUDASTUB_H
