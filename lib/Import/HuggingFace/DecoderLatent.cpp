//===- DecoderLatent.cpp - DeepSeek's attention ---------------------------===//

#include "DecoderBuilder.h"

using namespace mlir;

namespace tenon::hugging_face {

/// transformers gives the norms of latents this, whatever config.json says.
static constexpr double latentEpsilon = 1e-6;

LatentSizes readLatentSizes(Config &config) {
  LatentSizes sizes;
  if (!config.isNull("q_lora_rank"))
    sizes.queryRank = config.size("q_lora_rank", 1536);
  sizes.rank = config.size("kv_lora_rank", 512);
  sizes.plainSize = config.size("qk_nope_head_dim", 128);
  sizes.ropeSize = config.size("qk_rope_head_dim", 64);
  sizes.valueSize = config.size("v_head_dim", 128);
  sizes.isInterleaved = config.flag("rope_interleave", true);
  return sizes;
}

/// `count` heads turned by their positions: [batch, heads, tokens, size], or
/// [batch, tokens, size] of one.
Value DecoderBuilder::turned(Location loc, Value heads, int64_t count) {
  return mlir::tenon::RopeOp::create(
      builder, loc, heads, cosines, sines,
      /*position_ids=*/Value(), builder.getI64IntegerAttr(count),
      config.latent->ropeSize, config.latent->isInterleaved);
}

/// All heads' queries, [batch, heads, tokens, size].
Value DecoderBuilder::latentQuery(const std::string &prefix, Value states) {
  const LatentSizes &sizes = *config.latent;
  int64_t width = config.heads * sizes.keySize();
  Value query;
  if (sizes.queryRank) {
    int64_t rank = *sizes.queryRank;
    query = linear(prefix + "q_a_proj", states, config.hidden, rank,
                   config.queryBias);
    query = norm(prefix + "q_a_layernorm", query, rank, latentEpsilon);
    query = linear(prefix + "q_b_proj", query, rank, width, false);
  } else {
    query = linear(prefix + "q_proj", states, config.hidden, width, false);
  }
  return splitHeads(at(prefix + "q_proj"), query, config.heads);
}

/// The first `size` columns of a cache [batch, 1, capacity, columns], and the
/// others.
std::pair<Value, Value> DecoderBuilder::partsOfCache(Location loc, Value cache,
                                                     int64_t size) {
  auto type = cast<RankedTensorType>(cache.getType());
  int64_t all = type.getDimSize(3);
  cache = reshape(loc, cache, {batch, type.getDimSize(2), all});
  return {columns(loc, cache, 0, size), columns(loc, cache, size, all - size)};
}

Value DecoderBuilder::latentAttention(const std::string &layer, int64_t number,
                                      Value states) {
  std::string prefix = layer + "self_attn.";
  const LatentSizes &sizes = *config.latent;
  Location loc = at(prefix + "attention");
  Value query = latentQuery(prefix, states);
  Value plain = columns(loc, query, 0, sizes.plainSize);
  Value rope = turned(at(prefix + "q_rope"),
                      columns(loc, query, sizes.plainSize, sizes.ropeSize),
                      config.heads);

  Value rows = linear(prefix + "kv_a_proj_with_mqa", states, config.hidden,
                      sizes.cached(), config.queryBias);
  Value latent =
      norm(prefix + "kv_a_layernorm", columns(loc, rows, 0, sizes.rank),
           sizes.rank, latentEpsilon);
  Value keyRope = turned(at(prefix + "k_rope"),
                         columns(loc, rows, sizes.rank, sizes.ropeSize), 1);
  Value latentScale, ropeScale;
  auto causal = mlir::tenon::CausalKind::top_left;
  if (inputs.isCached()) {
    causal = mlir::tenon::CausalKind::cached;
    rows = mlir::tenon::ConcatOp::create(builder, loc,
                                         ValueRange{latent, keyRope}, 2);
    auto [cache, scales] = stored(loc, inputs.latents[number], rows);
    std::tie(latent, keyRope) = partsOfCache(loc, cache, sizes.rank);
    if (scales)
      std::tie(latentScale, ropeScale) =
          partsOfCache(loc, scales, sizes.rank / sizes.groupSize());
  }
  int64_t rowsOfHead = sizes.plainSize + sizes.valueSize;
  Value attended = mlir::tenon::MlaOp::create(
      builder, loc, plain, rope, latent, keyRope,
      weight(prefix + "kv_b_proj.weight",
             {config.heads * rowsOfHead, sizes.rank}),
      mask, validLengths, latentScale, ropeScale,
      builder.getF64FloatAttr(config.scale * scoreAmplitude * scoreAmplitude),
      mlir::tenon::CausalKindAttr::get(builder.getContext(), causal),
      /*form=*/mlir::tenon::MlaFormAttr());
  attended = mlir::tenon::TransposeOp::create(
      builder, loc, attended, builder.getDenseI64ArrayAttr({0, 2, 1, 3}));
  int64_t width = config.heads * sizes.valueSize;
  attended = reshape(loc, attended, {batch, tokens, width});
  return linear(prefix + "o_proj", attended, width, config.hidden,
                config.outputBias);
}

} // namespace tenon::hugging_face
