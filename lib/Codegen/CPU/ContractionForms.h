//===- ContractionForms.h - The loop nests of a contraction ---------------===//

#ifndef TENON_LIB_CODEGEN_CPU_CONTRACTIONFORMS_H
#define TENON_LIB_CODEGEN_CPU_CONTRACTIONFORMS_H

#include "Contraction.h"

namespace tenon {

/// What a register tile is made for: a quarter of the registers is left for one
/// operand's vectors and a broadcast.
struct RegisterTiling {
  int64_t registers = 16;
  /// Whether products of pairs of bf16 are added to f32 (`vdpbf16ps`, `bfdot`),
  /// of four unsigned and signed bytes to i32 (`vpdpbusd`, `usdot`), of four
  /// signed ones (`sdot`), and whether pairs of i16 are multiplied to i32
  /// (`vpmaddwd`).
  bool bf16Products = false, byteProducts = false, signedByteProducts = false,
       wordProducts = false;
  /// Whether it is AArch64 that has these instructions, not x86.
  bool isArm = false;
  /// As the pass's options.
  int64_t summedSteps = 256, columnsToCopy = 128;

  int64_t mostAccumulators() const { return registers / 4 * 3; }
};

/// Emit the loop nest of a contraction in one of its forms (ContractionForm) in
/// place of its op.
void emitOuterContraction(const Contraction &contraction,
                          const ContractionForm &form, int64_t lanes,
                          const RegisterTiling &tiling);
void emitInnerContraction(const Contraction &contraction,
                          const ContractionForm &form, int64_t lanes,
                          const RegisterTiling &tiling);
void emitWindowContraction(const Contraction &contraction,
                           const ContractionForm &form, int64_t lanes,
                           const RegisterTiling &tiling);

} // namespace tenon

#endif // TENON_LIB_CODEGEN_CPU_CONTRACTIONFORMS_H
