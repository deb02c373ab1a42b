//===- ProcessorFeatures.h - Instruction sets of this processor -----------===//

#ifndef TENON_RUNTIME_PROCESSORFEATURES_H
#define TENON_RUNTIME_PROCESSORFEATURES_H

#include <span>
#include <string_view>

namespace tenon {

/// The instruction sets that generated code may use and a process can ask for,
/// by LLVM's names ("avx2"); none where the build knows of none.
std::span<const std::string_view> checkableFeatures();

/// Whether the processor, and the system for its registers, has it; not for
/// names that are unknown.
bool processorHas(std::string_view feature);

} // namespace tenon

#endif // TENON_RUNTIME_PROCESSORFEATURES_H
