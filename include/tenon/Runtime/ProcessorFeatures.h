//===- ProcessorFeatures.h - Instruction sets of this processor -----------===//

#ifndef TENON_RUNTIME_PROCESSORFEATURES_H
#define TENON_RUNTIME_PROCESSORFEATURES_H

#include <span>
#include <string_view>

namespace tenon {

/// Those that code is made for.
enum class Architecture { X86_64, AArch64 };

/// The instruction sets of an architecture that generated code may use and a
/// process can ask for, by LLVM's names ("avx2", "dotprod").
std::span<const std::string_view> checkableFeatures(Architecture architecture);

/// Whether this process's processor, and the system for its registers, has it;
/// not for names that are unknown or another architecture's.
bool processorHas(std::string_view feature);

} // namespace tenon

#endif // TENON_RUNTIME_PROCESSORFEATURES_H
