//===- CallTensors.h - The tensors of a run ---------------------*- C++ -*-===//

#ifndef TENON_LIB_RUNTIME_CALLTENSORS_H
#define TENON_LIB_RUNTIME_CALLTENSORS_H

#include "tenon/Runtime/Program.h"
#include "tenon/Runtime/Tensor.h"

namespace tenon {

/// The inputs as kernels may read them. Where `mayCopy` is not set, or a run
/// writes to an input, its own memory has to do.
Result<std::vector<Tensor>> checkInputs(const Program &program,
                                        std::span<const Tensor> given,
                                        bool mayCopy);

/// New tensors for what a run gives.
Result<std::vector<Tensor>> allocateOutputs(const Program &program);

/// Kernels leave a signed 4-bit value in the low bits; outside it has a sign.
void extendSigns(std::span<const Tensor> outputs);

} // namespace tenon

#endif // TENON_LIB_RUNTIME_CALLTENSORS_H
