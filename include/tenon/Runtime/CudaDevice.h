//===- CudaDevice.h - An NVIDIA GPU ---------------------------------------===//

#ifndef TENON_RUNTIME_CUDADEVICE_H
#define TENON_RUNTIME_CUDADEVICE_H

#include "tenon/Runtime/Device.h"

namespace tenon {

/// A kernel for a GPU.
struct CudaKernel {
  std::string name; ///< of the entry in `code`
  std::string code; ///< PTX, or a cubin; empty where the CPU has it instead
  KernelShape shape;
};

/// The first GPU that the CUDA driver shows. The driver's library is opened
/// here: an Error says what is missing, or which kernel it refuses and why.
/// Launches go to one stream; a run's memory is zeros at first and stays on the
/// GPU.
Result<std::shared_ptr<Device>>
createCudaDevice(std::span<const CudaKernel> kernels);

/// The chip of that GPU as compilers name it ("sm_90a"), or why there is none.
Result<std::string> findCudaChip();

} // namespace tenon

#endif // TENON_RUNTIME_CUDADEVICE_H
