//===- Devices.h - A device with a model's kernels ------------------------===//

#ifndef TENON_LIB_API_DEVICES_H
#define TENON_LIB_API_DEVICES_H

#include "tenon/Pipelines/CompileModel.h"
#include "tenon/Runtime/Device.h"

namespace tenon {

/// Links or loads the code of `model` for the target; on the process's own
/// threads as many as `threads` run it.
Result<std::shared_ptr<Device>> createDevice(const Target &target,
                                             const CompiledProgram &model,
                                             unsigned threads);

} // namespace tenon

#endif // TENON_LIB_API_DEVICES_H
