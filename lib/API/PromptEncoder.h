//===- PromptEncoder.h - What a denoising network is told of prompts ------===//

#ifndef TENON_LIB_API_PROMPTENCODER_H
#define TENON_LIB_API_PROMPTENCODER_H

#include "DiffusionFolder.h"
#include "PipelineNetworks.h"

#include "tenon/DiffusionPipeline.h"
#include "tenon/Tokenizer.h"

namespace tenon {

/// Of each text of a batch.
struct PromptStates {
  int64_t batch = 0, tokens = 0, size = 0, pooledSize = 0;
  std::vector<float> states; ///< [batch, tokens, size]
  std::vector<float> pooled; ///< [batch, pooledSize], of Stable Diffusion XL

  /// Of the last text alone.
  PromptStates last() const;
};

/// The text encoders of a folder with their tokenizers. Two encoders' states
/// stand side by side.
class PromptEncoder {
public:
  static Result<PromptEncoder> open(const DiffusionFolder &folder);

  /// The last of the texts is one; in the place of others that are not there
  /// stand zeros. What it takes is added to `took`.
  Result<PromptStates> encode(std::span<const std::optional<std::string>> texts,
                              PipelineNetworks &networks,
                              const CompileOptions &options,
                              DiffusionStatistics &took) const;

private:
  struct Encoder {
    TextEncoderFolder folder;
    Tokenizer tokenizer;
    int64_t pad;
  };

  PromptEncoder(bool isXl) : isXl(isXl) {}
  Result<Tensor> tokensOf(const Encoder &encoder,
                          const std::string &text) const;
  Result<PromptStates> encodeOne(const std::string &text,
                                 PipelineNetworks &networks,
                                 const CompileOptions &options,
                                 DiffusionStatistics &took) const;

  std::vector<Encoder> encoders;
  bool isXl;
};

} // namespace tenon

#endif // TENON_LIB_API_PROMPTENCODER_H
