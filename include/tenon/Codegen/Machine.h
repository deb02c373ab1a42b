//===- Machine.h - Optimisation and code of a processor ---------*- C++ -*-===//

#ifndef TENON_CODEGEN_MACHINE_H
#define TENON_CODEGEN_MACHINE_H

#include "tenon/Runtime/Tensor.h"

#include <memory>
#include <string>

namespace llvm {
class Module;
class TargetMachine;
} // namespace llvm

namespace tenon {

/// A processor as LLVM knows it.
struct Machine {
  std::string triple;
  std::string cpu;      ///< LLVM's name, "znver3" or "sm_90a"
  std::string features; ///< LLVM's feature string, "+avx2,-avx512f"
};

/// The one that this process runs on.
Machine hostMachine();

/// A machine of LLVM, or why there is none.
Result<std::unique_ptr<llvm::TargetMachine>>
createTargetMachine(const Machine &machine);

/// Optimises `module` for the machine, in place: a GPU's as O3 does, a
/// processor's by the part of it that kernels need.
void optimize(llvm::Module &module, llvm::TargetMachine &machine);

/// The module as a relocatable object or as assembly text.
enum class EmitKind { Object, Assembly };
Result<std::string> emit(llvm::Module &module, llvm::TargetMachine &machine,
                         EmitKind kind);

} // namespace tenon

#endif // TENON_CODEGEN_MACHINE_H
