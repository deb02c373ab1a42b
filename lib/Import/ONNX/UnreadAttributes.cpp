//===- UnreadAttributes.cpp - Attributes that nobody asked for ------------===//
//
// An attribute that is read by no one could change the result without a word
// (SEMANTICS A7). So a node may keep one to itself only where its operator's
// definition gives it no meaning there; the table names those.
//
//===----------------------------------------------------------------------===//

#include "GraphImporter.h"

using namespace tenon;
using namespace tenon::onnx_import;
using llvm::StringRef;

/// Attributes of an operator that mean something in some cases only: a mode, a
/// rank, an output that is asked for.
static llvm::ArrayRef<StringRef> conditionalAttributes(StringRef op) {
  static constexpr StringRef
      casts[] = {"saturate", "round_mode"},
      quantized[] = {"axis", "block_size", "saturate"},
      windows[] = {"pads", "kernel_shape", "ceil_mode", "storage_order",
                   "output_padding"},
      dropout[] = {"ratio", "seed", "is_test"},
      norms[] = {"momentum", "is_test", "stash_type"},
      branches[] = {"then_branch", "else_branch"}, sorted[] = {"sorted"},
      resize[] = {"extrapolation_value", "keep_aspect_ratio_policy",
                  "cubic_coeff_a",       "exclude_outside",
                  "nearest_mode",        "antialias"},
      attention[] = {"q_num_heads",        "kv_num_heads",
                     "num_heads",          "qk_matmul_output_mode",
                     "rotary_interleaved", "mask_filter_value"},
      // How to go about it, not what comes out.
      linearAttention[] = {"chunk_size"},
      recurrent[] = {"activation_alpha", "activation_beta"},
      lists[] = {"type", "new_axis", "keepdims"}, mask[] = {"mask_index_type"},
      reductions[] = {"noop_with_empty_axes"};
  if (op.starts_with("Reduce"))
    return reductions;
  if (op.ends_with("Pool") || op.contains("Conv") || op == "MaxUnpool")
    return windows;
  return llvm::StringSwitch<llvm::ArrayRef<StringRef>>(op)
      .Cases({"Cast", "CastLike"}, casts)
      .Cases({"QuantizeLinear", "DequantizeLinear"}, quantized)
      .Case("Dropout", dropout)
      .Cases({"BatchNormalization", "LayerNormalization", "GroupNormalization",
              "RMSNormalization"},
             norms)
      .Case("If", branches)
      .Cases({"TopK", "Unique"}, sorted)
      .Cases({"Resize", "Upsample"}, resize)
      .Cases({"Attention", "RotaryEmbedding", "GroupQueryAttention",
              "MultiHeadAttention"},
             attention)
      .Case("EmbedLayerNormalization", mask)
      .Case("LinearAttention", linearAttention)
      .Cases({"RNN", "LSTM", "GRU"}, recurrent)
      .Cases({"Optional", "ConcatFromSequence", "SplitToSequence"}, lists)
      .Default({});
}

mlir::LogicalResult GraphImporter::refuseUnreadAttributes(const Node &node) {
  for (const onnx::AttributeProto &attribute : node.proto.attribute()) {
    StringRef name = attribute.name();
    bool isSilent =
        node.askedAttributes.contains(name) ||
        llvm::is_contained(conditionalAttributes(node.proto.op_type()), name);
    if (!isSilent)
      return node.unsupported("its attribute '" + name + "'");
  }
  return mlir::success();
}
