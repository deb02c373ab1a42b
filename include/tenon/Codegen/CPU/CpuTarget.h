//===- CpuTarget.h - The CPU that code is generated for -------------------===//

#ifndef TENON_CODEGEN_CPU_CPUTARGET_H
#define TENON_CODEGEN_CPU_CPUTARGET_H

#include "tenon/Runtime/Tensor.h"

#include "llvm/ADT/SmallVector.h"

#include <memory>
#include <string>

namespace llvm {
class Module;
class TargetMachine;
} // namespace llvm

namespace tenon {

/// What code generation knows of a CPU.
struct CpuTarget {
  std::string triple;
  std::string cpu;           ///< LLVM's name, "znver3"
  std::string features;      ///< LLVM's feature string, "+avx2,-avx512f"
  unsigned vectorBytes = 16; ///< of the widest vector register to use

  /// All of it in one string, part of every cache key.
  std::string description() const;
};

/// The machine this process runs on.
CpuTarget hostTarget();

/// A machine of LLVM for `target`, or why there is none.
Result<std::unique_ptr<llvm::TargetMachine>>
createTargetMachine(const CpuTarget &target);

/// Optimises `module` (O3) for the machine, in place.
void optimize(llvm::Module &module, llvm::TargetMachine &machine);

/// The module as a relocatable object or as assembly text.
enum class EmitKind { Object, Assembly };
Result<std::string> emit(llvm::Module &module, llvm::TargetMachine &machine,
                         EmitKind kind);

} // namespace tenon

#endif // TENON_CODEGEN_CPU_CPUTARGET_H
