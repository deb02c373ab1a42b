//===- AddressSpaces.h - Memory as NVPTX numbers it -----------------------===//

#ifndef TENON_CODEGEN_GPU_ADDRESSSPACES_H
#define TENON_CODEGEN_GPU_ADDRESSSPACES_H

namespace tenon {

/// Memory of the GPU, and memory that a block's threads share.
inline constexpr unsigned globalSpace = 1, sharedSpace = 3;

} // namespace tenon

#endif // TENON_CODEGEN_GPU_ADDRESSSPACES_H
