//===- CudaToolkit.h - Where the CUDA toolkit is ----------------*- C++ -*-===//

#ifndef TENON_RUNTIME_CUDATOOLKIT_H
#define TENON_RUNTIME_CUDATOOLKIT_H

#include <filesystem>

namespace tenon {

/// $CUDA_HOME, $CUDA_PATH or /usr/local/cuda. Whether there is one is for the
/// caller to find out.
std::filesystem::path cudaToolkitFolder();

} // namespace tenon

#endif // TENON_RUNTIME_CUDATOOLKIT_H
