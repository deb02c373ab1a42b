//===- CudaToolkit.cpp - Where the CUDA toolkit is ------------------------===//

#include "tenon/Runtime/CudaToolkit.h"

#include <cstdlib>

std::filesystem::path tenon::cudaToolkitFolder() {
  for (const char *variable : {"CUDA_HOME", "CUDA_PATH"})
    if (const char *folder = std::getenv(variable))
      return folder;
  return "/usr/local/cuda";
}
