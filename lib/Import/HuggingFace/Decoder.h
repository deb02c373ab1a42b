//===- Decoder.h - Llama and its relatives --------------------------------===//
//
// Causal language models with rotary positions, RMS norms before each branch
// and gated feed-forward layers. They differ in which projections have biases,
// in where norms stand and how they round, in which layers see a window only,
// and in caps on scores and logits. The rest is one builder.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_DECODER_H
#define TENON_LIB_IMPORT_HUGGINGFACE_DECODER_H

#include "Architecture.h"
#include "Rope.h"
#include "WeightScope.h"

#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <numeric>

namespace tenon::hugging_face {

enum class ProjectionBias {
  Configured,    ///< `attention_bias`: query, key, value and output
  QueryKeyValue, ///< always, but not the output
  None,
};

enum class WindowKind {
  None,
  Everywhere,     ///< `sliding_window`, where it is given
  FromLayer,      ///< `use_sliding_window`, from layer `max_window_layers` on
  EveryOtherLayer ///< the first, the third, ..
};

/// How a token's experts are chosen, where a family has any.
enum class ExpertRouting {
  None,
  Softmax,         ///< DeepSeek-V2's: by probability
  CorrectedSigmoid ///< DeepSeek-V3's: by a sigmoid and a correction, which only
                   ///< the choice sees
};

struct DecoderFamily {
  llvm::StringRef modelType;
  ProjectionBias projectionBias = ProjectionBias::Configured;
  WindowKind window = WindowKind::None;
  bool queryKeyNorms = false; ///< each head's query and key are normalised
  /// Gemma's: norms weigh by 1 + w and also follow each branch, embeddings are
  /// scaled, scores and logits capped.
  bool isGemma = false;
  /// DeepSeek's: latent attention, and experts in most layers.
  ExpertRouting routing = ExpertRouting::None;
  bool isLatent() const { return routing != ExpertRouting::None; }
  llvm::StringRef activationKey = "hidden_act";
  llvm::StringRef defaultActivation = "silu";
  int64_t defaultHeadSize = 0; ///< 0: hidden size / heads
  double defaultEpsilon = 1e-6, defaultTheta = 10000;
  bool defaultTied = false;
};

const DecoderFamily *findDecoderFamily(llvm::StringRef modelType);

/// Sizes of latent attention.
struct LatentSizes {
  std::optional<int64_t> queryRank;
  int64_t rank, plainSize, ropeSize, valueSize;
  bool isInterleaved; ///< which channels of a head turn together

  /// Of a row of the cache: the latent, then the turned key.
  int64_t cached() const { return rank + ropeSize; }
  /// Channels that share a scale in caches of i8: as many as divide both parts,
  /// which differ in magnitude and so share none.
  int64_t groupSize() const { return std::gcd(rank, ropeSize); }
  int64_t groups() const { return cached() / groupSize(); }
  int64_t keySize() const { return plainSize + ropeSize; }
};

/// Mixtures of experts, which stand in the layers from `firstLayer` on.
struct ExpertSizes {
  int64_t firstLayer, experts, perToken, intermediate, shared;
  int64_t groups = 1, keptGroups = 1; ///< only those of the best are chosen
  double scale;
  bool isNormalised; ///< the chosen shares of a token sum to 1
};

/// What config.json says, checked.
struct DecoderConfig {
  const DecoderFamily *family = nullptr;
  int64_t vocabulary, hidden, layers, heads, keyHeads, headSize, intermediate,
      maxPositions;
  double epsilon, scale;
  mlir::tenon::ActivationKind activation;
  bool queryBias, outputBias, feedForwardBias, isTied;
  std::optional<double> scoreCap, logitCap;
  std::optional<int64_t> windowSize; ///< of the layers that have one
  std::vector<bool> hasWindow;       ///< by layer
  std::optional<LatentSizes> latent;
  std::optional<ExpertSizes> experts;
};
Result<DecoderConfig> readDecoderConfig(Config &config);
LatentSizes readLatentSizes(Config &config);
ExpertSizes readExpertSizes(Config &config, ExpertRouting routing);

/// What a folder holds, read once for the signature and the import.
struct DecoderFolder {
  DecoderConfig config;
  WeightScope weights;

  /// A folder of the bare model gives its last hidden state instead.
  bool hasHead() const {
    return weights.has("lm_head.weight") ||
           (config.isTied && weights.isPrefixed());
  }
};

/// Rows of all tokens so far [batch, heads, capacity, size], and for those of
/// i8 what each of their groups of channels is multiplied by [batch, heads,
/// capacity, groups].
struct Cache {
  mlir::Value rows, scales;
};

/// The inputs of @step; those that it does not have are null.
struct DecoderInputs {
  mlir::Value ids;           ///< [batch, sequence]
  mlir::Value attentionMask; ///< [batch, sequence]
  /// Of each row, the tokens in the caches and those among `ids` [batch].
  mlir::Value pastLengths, newLengths;
  mlir::Value adapters; ///< of each row [batch]
  /// Caches by layer: keys and values, or latents.
  llvm::SmallVector<Cache> keys, values, latents;

  bool isCached() const { return pastLengths != nullptr; }
};

/// Fills @step and returns the value of its one output. What is missing among
/// the weights is in their status.
mlir::Value buildDecoderGraph(mlir::OpBuilder &builder, DecoderFolder &folder,
                              const RopeFrequencies &frequencies,
                              const DecoderInputs &inputs);

Result<Signature> readDecoderSignature(const std::filesystem::path &folder,
                                       Config &config,
                                       const ImportOptions &options);
Result<ImportedModel> importDecoder(mlir::MLIRContext &context,
                                    const std::filesystem::path &folder,
                                    Config &config,
                                    const ImportOptions &options);

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_DECODER_H
