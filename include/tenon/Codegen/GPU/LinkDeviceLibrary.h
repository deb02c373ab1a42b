//===- LinkDeviceLibrary.h - Functions of the C library on a GPU ----------===//

#ifndef TENON_CODEGEN_GPU_LINKDEVICELIBRARY_H
#define TENON_CODEGEN_GPU_LINKDEVICELIBRARY_H

#include "tenon/Runtime/Tensor.h"

namespace llvm {
class Module;
} // namespace llvm

namespace tenon {

/// Gives the module the functions of the C library that it calls (sinf, pow...)
/// from libdevice, which comes with CUDA's compiler: in $CUDA_HOME, $CUDA_PATH
/// or /usr/local/cuda. Their errors, of 1 to 2 units in the last place, stand
/// in the CUDA C++ Programming Guide, "Mathematical Functions". A module that
/// calls none needs no library.
Status linkDeviceLibrary(llvm::Module &module);

} // namespace tenon

#endif // TENON_CODEGEN_GPU_LINKDEVICELIBRARY_H
