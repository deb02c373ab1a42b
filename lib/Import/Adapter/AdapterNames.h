//===- AdapterNames.h - Tensors of diffusion pipelines' adapters ----------===//
//
// Two kinds of files are about: those of kohya's scripts (sd-scripts,
// github.com/kohya-ss/sd-scripts) and of LyCORIS
// (github.com/KohakuBlueleaf/LyCORIS), in whose names modules have underscores
// in place of dots, and those of diffusers.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_ADAPTER_ADAPTERNAMES_H
#define TENON_LIB_IMPORT_ADAPTER_ADAPTERNAMES_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace tenon {

/// What a tensor is for: a module of a component, and as PEFT writes it what of
/// the module (".lora_A.weight", ".hada_w1_a"), or ".alpha" or ".dora_scale",
/// which PEFT has not.
struct AdapterTensorName {
  std::string component; ///< "unet", "text_encoder", "text_encoder_2"
  std::string module;
  std::string suffix;
  bool isFlat; ///< the module has underscores in place of dots
};

/// Nothing for a name of neither kind.
std::optional<AdapterTensorName> parseAdapterName(llvm::StringRef name);

/// A module's name with underscores in place of dots.
std::string flattened(llvm::StringRef module);

} // namespace tenon

#endif // TENON_LIB_IMPORT_ADAPTER_ADAPTERNAMES_H
