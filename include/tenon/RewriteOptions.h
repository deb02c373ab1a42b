//===- RewriteOptions.h - What may change a model's sums --------*- C++ -*-===//

#ifndef TENON_REWRITEOPTIONS_H
#define TENON_REWRITEOPTIONS_H

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace tenon {

/// Weights of linear layers kept in few bits, rounded when a model is loaded:
/// memory and its traffic shrink by the same factor, results lose digits.
struct WeightQuantization {
  /// 8 (symmetric) or 4 (with an offset); 0: weights stay as in the file.
  int bits = 0;
  /// Neighbouring inputs of an output that share a scale; 0: all of them.
  int64_t group = 0;
};

/// A LoRA, LoHa or LoKr adapter and what its changes are multiplied by: a
/// folder as PEFT writes it, or a file for diffusion pipelines, as kohya's
/// scripts, LyCORIS or diffusers write it (or the folder of a
/// pytorch_lora_weights.safetensors).
struct AdapterSource {
  std::filesystem::path folder;
  double scale = 1;
};

/// How adapters take part in a run.
enum class AdapterForm {
  Auto,   ///< of each weight merged or beside, what costs less
  Merged, ///< a part of the weights, for nothing
  Beside, ///< two thin products beside each layer, whose weight is the base's
  ByRow,  ///< beside, and each row of a batch names the one that it has
};

/// The adapters of a model.
struct AdapterOptions {
  /// A source without folder is a place for one.
  std::vector<AdapterSource> sources;
  AdapterForm form = AdapterForm::Auto;
  /// Auto: how many rows (tokens of a prompt, images' places) each layer
  /// multiplies between two changes of the adapters; 0: they are given once and
  /// stay, so that merging is paid once and all are merged.
  int64_t rowsPerSwap = 0;
  /// Auto: how many of them go through a layer in one call: 1 where text is
  /// generated token by token, more where batches or whole texts are.
  int64_t rowsPerCall = 1;
  /// Adapters of no more ranks than this are swapped without compiling a
  /// kernel anew, those of more refused; 0: ranks are as they are.
  int64_t rank = 0;
  /// By row: how many places there are at least.
  int64_t places = 0;
  /// Merged or Auto: a weight of 16 bits whose rounding eats more of what
  /// adapters add, as a root mean square over that of the change, has them
  /// beside it; 0: all are merged. Finding out reads every weight that adapters
  /// change.
  double lossLimit = 0;
  /// Merged or Auto: tensors of weights that have their adapters beside them.
  std::set<std::string> beside;
  /// The part of a diffusion pipeline that the model is: "unet",
  /// "text_encoder" or "text_encoder_2". Of files with changes to several those
  /// to this one count; empty: what the model must be.
  std::string component;
};

/// What rounding weights costs: to few bits, or to 16 with adapters merged.
enum class Measured { Nothing, Quantization, Merging };

/// What a rewrite may do beside what leaves a model's sums as they are.
struct RewriteOptions {
  /// Whether 3 x 3 convolutions may be formed with fewer products, which rounds
  /// otherwise but not worse.
  bool winograd = true;
  WeightQuantization quantization;
  /// Something about the model's weights instead of the model.
  Measured measures = Measured::Nothing;
  /// How latent attention is computed: "auto", or for all alike "absorbed"
  /// (among the latents) or "expanded" (over keys and values). They differ in
  /// the order of sums only.
  std::string latentAttention = "auto";
  /// Of a network that a denoising loop runs only what it computes before the
  /// loop ("begin"), for each of its times ("time") or in each step ("step");
  /// empty: all of it.
  std::string denoisingStage;
};

} // namespace tenon

#endif // TENON_REWRITEOPTIONS_H
