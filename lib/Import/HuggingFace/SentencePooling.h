//===- SentencePooling.h - Sentence embeddings from token states ----------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_SENTENCEPOOLING_H
#define TENON_LIB_IMPORT_HUGGINGFACE_SENTENCEPOOLING_H

#include "tenon/IR/TenonOps.h"
#include "tenon/Runtime/Tensor.h"

#include <filesystem>

namespace tenon::hugging_face {

enum class PoolingKind { Mean, FirstToken, Max };

/// What a sentence-transformers folder puts behind its encoder.
struct SentencePooling {
  PoolingKind kind = PoolingKind::Mean;
  bool normalize = false;
};

/// Reads modules.json. Nothing where the folder has none, or where the encoder
/// is its only module.
Result<std::optional<SentencePooling>>
readSentencePooling(const std::filesystem::path &folder, int64_t hidden);

/// [batch, hidden] from `states` [batch, sequence, hidden] and `mask` (i1,
/// [batch, sequence]).
mlir::Value buildSentencePooling(mlir::OpBuilder &builder, mlir::Location loc,
                                 const SentencePooling &pooling,
                                 mlir::Value states, mlir::Value mask);

/// `states` [batch, sequence, hidden] at the first token: [batch, hidden].
mlir::Value firstToken(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value states);

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_SENTENCEPOOLING_H
