//===- ClipText.h - CLIP's text encoder -----------------------------------===//
//
// Radford et al., 2021 (arXiv:2103.00020): the prompts of Stable Diffusion.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_CLIPTEXT_H
#define TENON_LIB_IMPORT_HUGGINGFACE_CLIPTEXT_H

#include "Architecture.h"

namespace tenon::hugging_face {

/// Folders of CLIPTextModel, and of CLIPTextModelWithProjection, whose pooled
/// output `text_embeds` is projected.
Result<Signature> readClipTextSignature(const std::filesystem::path &folder,
                                        Config &config,
                                        const ImportOptions &options);
Result<ImportedModel> importClipText(mlir::MLIRContext &context,
                                     const std::filesystem::path &folder,
                                     Config &config,
                                     const ImportOptions &options);

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_CLIPTEXT_H
