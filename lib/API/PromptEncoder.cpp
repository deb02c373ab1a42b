//===- PromptEncoder.cpp - What a denoising network is told of prompts ----===//

#include "PromptEncoder.h"

#include "Latents.h"

#include <algorithm>
#include <ranges>

namespace fs = std::filesystem;

namespace tenon {

Result<PromptEncoder> PromptEncoder::open(const DiffusionFolder &folder) {
  PromptEncoder opened(folder.isXl);
  for (const TextEncoderFolder &encoder : folder.encoders) {
    Result<Tokenizer> tokenizer = Tokenizer::load(encoder.tokenizer);
    if (!tokenizer)
      return tokenizer.error();
    std::optional<int64_t> pad = tokenizer->find(encoder.padToken);
    if (!pad)
      return Error{encoder.tokenizer.string() + ": has no token '" +
                   encoder.padToken + "' to fill texts up with"};
    if (encoder.tokens != folder.encoders.front().tokens)
      return Error{folder.root.string() +
                   ": the text encoders read texts of different lengths"};
    opened.encoders.push_back({encoder, std::move(*tokenizer), *pad});
  }
  return opened;
}

/// The tokens of a text [1, tokens], cut so that its end stays, and filled up.
Result<Tensor> PromptEncoder::tokensOf(const Encoder &encoder,
                                       const std::string &text) const {
  Result<std::vector<int64_t>> tokens = encoder.tokenizer.encode(text);
  if (!tokens)
    return tokens.error();
  auto most = static_cast<size_t>(encoder.folder.tokens);
  if (tokens->size() > most) {
    int64_t last = tokens->back();
    tokens->resize(most);
    tokens->back() = last;
  }
  tokens->resize(most, encoder.pad);
  Tensor ids(DataType::Int64, {1, encoder.folder.tokens});
  std::ranges::copy(*tokens, ids.as<int64_t>().begin());
  return ids;
}

PromptStates PromptStates::last() const {
  PromptStates one = *this;
  one.batch = 1;
  one.states.assign(states.end() - tokens * size, states.end());
  one.pooled.assign(pooled.end() - pooledSize, pooled.end());
  return one;
}

Result<PromptStates> PromptEncoder::encodeOne(const std::string &text,
                                              PipelineNetworks &networks,
                                              const CompileOptions &options,
                                              DiffusionStatistics &took) const {
  PromptStates one;
  one.batch = 1;
  one.tokens = encoders.front().folder.tokens;
  std::vector<Tensor> parts;
  for (const Encoder &encoder : encoders) {
    CompileOptions own = options;
    own.adapters.component = encoder.folder.encoder.filename().string();
    // PEFT's folders are the UNet's.
    std::erase_if(own.adapters.sources, [](const AdapterSource &source) {
      std::error_code code;
      return fs::exists(source.folder / "adapter_config.json", code);
    });
    own.dims = {{"batch", 1}, {"sequence", one.tokens}};
    Result<Network> network =
        networks.get(encoder.folder.encoder, own, took.compileMs);
    if (!network)
      return network.error();
    Result<Tensor> ids = tokensOf(encoder, text);
    if (!ids)
      return ids.error();
    NamedTensor input{"input_ids", *ids};
    auto outputs = runNetwork(*network, {&input, 1}, took.textMs);
    if (!outputs)
      return outputs.error();
    parts.push_back(*findTensor(*outputs, isXl ? "penultimate_hidden_state"
                                               : "last_hidden_state"));
    one.size += parts.back().shape().back();
    // The last encoder's pooled text is what the network is told of.
    if (!isXl || &encoder != &encoders.back())
      continue;
    const Tensor *pooled = findTensor(*outputs, "text_embeds");
    if (!pooled)
      return Error{encoder.folder.encoder.string() +
                   ": no CLIPTextModelWithProjection, which Stable Diffusion "
                   "XL has for its second encoder"};
    one.pooled = toFloats(*pooled);
    one.pooledSize = pooled->elements();
  }
  one.states.resize(one.tokens * one.size);
  int64_t column = 0;
  for (const Tensor &part : parts) {
    std::vector<float> values = toFloats(part);
    int64_t size = part.shape().back();
    for (int64_t token = 0; token < one.tokens; ++token)
      std::copy_n(values.begin() + token * size, size,
                  one.states.begin() + token * one.size + column);
    column += size;
  }
  return one;
}

Result<PromptStates>
PromptEncoder::encode(std::span<const std::optional<std::string>> texts,
                      PipelineNetworks &networks, const CompileOptions &options,
                      DiffusionStatistics &took) const {
  Result<PromptStates> last = encodeOne(*texts.back(), networks, options, took);
  if (!last)
    return last;
  PromptStates all = *last;
  for (const std::optional<std::string> &text :
       std::ranges::reverse_view(texts.first(texts.size() - 1))) {
    PromptStates one;
    one.states.resize(last->states.size());
    one.pooled.resize(last->pooled.size());
    if (text) {
      Result<PromptStates> encoded = encodeOne(*text, networks, options, took);
      if (!encoded)
        return encoded;
      one = std::move(*encoded);
    }
    all.states.insert(all.states.begin(), one.states.begin(), one.states.end());
    all.pooled.insert(all.pooled.begin(), one.pooled.begin(), one.pooled.end());
    ++all.batch;
  }
  return all;
}

} // namespace tenon
