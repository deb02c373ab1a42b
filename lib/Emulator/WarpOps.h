//===- WarpOps.h - What the lanes of a warp do together -------------------===//

#ifndef TENON_LIB_EMULATOR_WARPOPS_H
#define TENON_LIB_EMULATOR_WARPOPS_H

#include <cstdint>

namespace tenon {

/// shfl.sync. `kind` is that of NVVM::ShflKind.
int32_t shuffleLanes(int32_t site, int32_t kind, int32_t mask, int32_t value,
                     int32_t offset, int32_t segment);

/// ldmatrix.x4 (transposed: .trans) of the line at `address`; four registers to
/// `out`.
void loadMatrices(int32_t site, uint32_t *out, void *address,
                  int32_t isTransposed);

/// What the registers of a product hold.
enum class FactorType : int32_t { F16, Bf16, Tf32 };

/// mma.m16n8k16 of registers with two numbers of 16 bits each (`type` is a
/// FactorType), m16n8k8 of such with a tf32, with sums in f32.
void multiplyMatrices(int32_t site, float *out, const uint32_t *a,
                      const uint32_t *b, const float *c, int32_t type);

/// mma.m16n8k32 of registers with four bytes each, which have a sign or not,
/// with sums in i32 that wrap.
void multiplyBytes(int32_t site, int32_t *out, const uint32_t *a,
                   const uint32_t *b, const int32_t *c, int32_t isSignedA,
                   int32_t isSignedB);

/// cvt.rna.tf32.f32: the nearest number of 10 bits of fraction, of two the one
/// further from zero.
uint32_t roundToTf32(uint32_t bits);

} // namespace tenon

#endif // TENON_LIB_EMULATOR_WARPOPS_H
