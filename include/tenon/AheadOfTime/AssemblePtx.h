//===- AssemblePtx.h - PTX to a GPU's machine code ------------------------===//

#ifndef TENON_AHEADOFTIME_ASSEMBLEPTX_H
#define TENON_AHEADOFTIME_ASSEMBLEPTX_H

#include "tenon/Runtime/Tensor.h"

#include <filesystem>

namespace tenon {

/// Assembles PTX texts, each a module of its own, into one cubin for the chip
/// ("sm_90a") by NVIDIA's ptxas of $PATH, $CUDA_HOME, $CUDA_PATH or
/// /usr/local/cuda. An Error where there is none, or what it said.
Status assemblePtx(std::span<const std::string> texts, const std::string &chip,
                   const std::filesystem::path &output);

} // namespace tenon

#endif // TENON_AHEADOFTIME_ASSEMBLEPTX_H
