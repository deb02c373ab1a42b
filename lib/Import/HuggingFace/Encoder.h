//===- Encoder.h - BERT and its relatives ---------------------------------===//
//
// The encoders differ in the names of their weights and configuration keys, in
// how positions are counted, and in whether they have token types or a shared
// relative position bias. The rest is one builder.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_ENCODER_H
#define TENON_LIB_IMPORT_HUGGINGFACE_ENCODER_H

#include "Architecture.h"
#include "SentencePooling.h"
#include "WeightScope.h"

#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace tenon::hugging_face {

enum class PositionKind {
  Counted,      ///< 0, 1, 2, ...
  AfterPadding, ///< pad + 1, pad + 2, ... over the tokens that are not padding
};

/// Names of a layer's weights, without ".weight" and ".bias", behind the
/// layer's own prefix.
struct LayerNames {
  llvm::StringRef query, key, value, attentionOutput, attentionNorm;
  llvm::StringRef feedForwardIn, feedForwardOut, outputNorm;
};

struct EncoderFamily {
  llvm::StringRef modelType;
  /// Before every name, in folders saved with a task's head.
  llvm::StringRef prefix;
  llvm::StringRef layers; ///< "encoder.layer."
  LayerNames names;
  // Configuration keys.
  llvm::StringRef hiddenKey, layersKey, headsKey, intermediateKey,
      activationKey;
  int64_t defaultHidden, defaultLayers, defaultHeads, defaultIntermediate,
      defaultPositions;
  double defaultEpsilon;
  PositionKind positions;
  /// The padding id where the configuration does not say.
  int64_t defaultPadding;
  bool fixedPadding; ///< the code ignores the configuration's `pad_token_id`
  int64_t defaultTokenTypes; ///< 0: the family has none
  bool relativeBias;
};

const EncoderFamily *findEncoderFamily(llvm::StringRef modelType);

/// What config.json says, checked.
struct EncoderConfig {
  const EncoderFamily *family = nullptr;
  int64_t vocabulary, hidden, layers, heads, intermediate, maxPositions;
  int64_t tokenTypes, padding;
  int64_t biasBuckets = 0; ///< of the relative position bias
  double epsilon;
  mlir::tenon::ActivationKind activation;
  std::optional<double> activationAlpha;
};
Result<EncoderConfig> readEncoderConfig(Config &config);

/// What a folder holds, read once for the signature and the import.
struct EncoderFolder {
  EncoderConfig config;
  WeightScope weights;
  std::optional<SentencePooling> pooling;

  bool hasPooler() const { return weights.has("pooler.dense.weight"); }
  /// A single token type needs no input: its row is added everywhere.
  bool asksTokenTypes() const { return config.tokenTypes > 1; }
};

/// The inputs of @step; those that it does not have are null.
struct EncoderInputs {
  mlir::Value ids, attentionMask, tokenTypes; ///< [batch, sequence]
  mlir::Value adapters;                       ///< of each row [batch]
};

/// Fills @step: one value for each output of the signature. What is missing
/// among the weights is in their status.
llvm::SmallVector<mlir::Value> buildEncoderGraph(mlir::OpBuilder &builder,
                                                 EncoderFolder &folder,
                                                 const EncoderInputs &inputs,
                                                 int64_t batch, int64_t tokens);

Result<Signature> readEncoderSignature(const std::filesystem::path &folder,
                                       Config &config,
                                       const ImportOptions &options);
Result<ImportedModel> importEncoder(mlir::MLIRContext &context,
                                    const std::filesystem::path &folder,
                                    Config &config,
                                    const ImportOptions &options);

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_ENCODER_H
