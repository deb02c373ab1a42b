//===- Target.h - What kernels are compiled for ---------------------------===//

#ifndef TENON_CODEGEN_TARGET_H
#define TENON_CODEGEN_TARGET_H

#include "tenon/Codegen/Machine.h"

namespace tenon {

/// Where kernels run.
enum class DeviceKind {
  Cpu,         ///< on this process's threads
  Cuda,        ///< on an NVIDIA GPU
  EmulatedCuda ///< as on a GPU, by the emulator on this process's threads
};

/// What code generation knows of a GPU.
struct GpuTarget {
  std::string chip;        ///< "sm_90a"
  int64_t threads = 128;   ///< of a block, a multiple of 32
  int64_t sharedBytes = 0; ///< that a block may have
  /// Whether groups of four warps multiply out of shared memory (wgmma).
  bool hasWarpgroupProducts = false;
  /// Whether factors in f32 may be rounded to the 10 bits of fraction that
  /// tensor cores take (tf32).
  bool usesTf32 = false;
};

struct Target {
  DeviceKind device = DeviceKind::Cpu;
  Machine machine; ///< whose instructions the code has
  /// Cpu: of the widest vector register to use, and how many of them there are.
  unsigned vectorBytes = 16, vectorRegisters = 16;
  /// Cpu: whether it is of AArch64, else of x86.
  bool isArm = false;
  /// Cpu: whether it adds products of pairs of bf16 to f32 (AVX512-BF16, BF16),
  /// of four unsigned and signed bytes to i32 (AVX512-VNNI, AVX-VNNI, I8MM), of
  /// four signed ones (DotProd), of two bytes to i16 and of two i16 to i32
  /// (SSSE3, AVX2, AVX512BW).
  bool hasBf16Products = false, hasByteProducts = false,
       hasSignedByteProducts = false, hasWordProducts = false;
  GpuTarget gpu; ///< the others

  /// All of it in one string, part of every cache key.
  std::string description() const;
};

/// The machine this process runs on.
Target hostTarget();

/// A processor of `triple` by LLVM's name ("x86-64-v3", "neoverse-n1"), or
/// "native": the host's own, but for what a process cannot ask a processor for
/// (checkableFeatures()). An empty triple is the host's, an empty name "native"
/// where that is of the triple's architecture, else "generic". An Error where
/// LLVM knows none of this name, or Tenon makes no code for the triple.
Result<Target> processorTarget(const std::string &name,
                               const std::string &triple = "");

/// Whether code for the machine is of this process's architecture.
bool isOfHost(const Machine &machine);

/// The checkable features that code for the target may use.
std::vector<std::string> requiredFeatures(const Target &target);

/// "cpu", "cuda" (or "nvptx") or "emulated-cuda", the latter two perhaps with
/// ":THREADS" of a block; `chip` as NVIDIA names them, empty: "sm_80", which
/// all later ones run.
Result<Target> parseTarget(const std::string &text,
                           const std::string &chip = "");

} // namespace tenon

#endif // TENON_CODEGEN_TARGET_H
