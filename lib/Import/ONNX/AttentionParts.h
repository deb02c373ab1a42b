//===- AttentionParts.h - What the attention operators share --------------===//

#ifndef TENON_LIB_IMPORT_ONNX_ATTENTIONPARTS_H
#define TENON_LIB_IMPORT_ONNX_ATTENTIONPARTS_H

#include "Expressions.h"

namespace tenon::onnx_import {

/// The operands and attributes of tenon.attention.
struct AttentionParts {
  mlir::Value query, key, value, mask, pastKey, pastValue, validLengths;
  int64_t heads = 0, kvHeads = 0;
  std::optional<double> scale;
  mlir::tenon::CausalKind causal = mlir::tenon::CausalKind::none;
  std::optional<int64_t> window;
  std::optional<double> softcap;
  std::optional<mlir::tenon::ScoresKind> scores;
};
mlir::FailureOr<mlir::tenon::AttentionOp>
buildAttention(const Node &node, const AttentionParts &parts);

/// The operands and attributes of tenon.rope; a rotaryDim of 0 is the head
/// size.
struct RopeParts {
  mlir::Value input, cos, sin, positions;
  int64_t heads = 0, rotaryDim = 0;
  bool interleaved = false;
};
mlir::FailureOr<mlir::Value> buildRope(const Node &node,
                                       const RopeParts &parts);

/// [B, L, heads d] as [B, heads, L, d]; a tensor of rank 4 is that already.
mlir::Value splitHeads(const TensorMath &math, mlir::Value value,
                       int64_t heads);
/// `past` (may be null) and then `present`, along axis 2.
mlir::Value appendPast(const TensorMath &math, mlir::Value past,
                       mlir::Value present);
/// `mask` (null, boolean or additive) hiding also what is not `visible`.
mlir::Value andMask(const TensorMath &math, mlir::Value mask,
                    mlir::Value visible);

/// The operators of the domain com.microsoft.
void addRuntimeAttention(OperatorTable &table);

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_ATTENTIONPARTS_H
