//===- DecoderExperts.cpp - DeepSeek's mixtures of experts ----------------===//
//
// A router scores all experts for each token; the best few (of the best groups
// only, where there are groups) each give their share, beside experts that all
// tokens share (DeepSeek-V2, 2024, arXiv:2405.04434, section 2.2; DeepSeek-V3,
// 2024, arXiv:2412.19437, section 2.1.2).
//
//===----------------------------------------------------------------------===//

#include "DecoderBuilder.h"

using namespace mlir;
namespace ir = mlir::tenon;

namespace tenon::hugging_face {

ExpertSizes readExpertSizes(Config &config, ExpertRouting routing) {
  bool isSecond = routing == ExpertRouting::Softmax;
  ExpertSizes sizes;
  sizes.firstLayer = config.integer("first_k_dense_replace", isSecond ? 0 : 3);
  sizes.experts = config.size("n_routed_experts", isSecond ? 64 : 256);
  sizes.perToken = isSecond ? config.size("num_experts_per_tok", 1)
                            : config.size("num_experts_per_tok", 8);
  sizes.intermediate =
      config.size("moe_intermediate_size", isSecond ? 1407 : 2048);
  sizes.shared = config.size("n_shared_experts", isSecond ? 2 : 1);
  sizes.scale = config.number("routed_scaling_factor", isSecond ? 1 : 2.5);
  sizes.isNormalised = config.flag("norm_topk_prob", !isSecond);
  std::string method =
      config.string("topk_method", isSecond ? "greedy" : "noaux_tc");
  if (method == "group_limited_greedy" || !isSecond) {
    sizes.groups = config.size("n_group", isSecond ? 1 : 8);
    sizes.keptGroups = config.size("topk_group", isSecond ? 1 : 4);
  }
  // What transformers' models do not compute, though its files may say so.
  auto refuse = [&](const std::string &what) {
    config.complain("unsupported: " + what);
  };
  if (isSecond ? method != "greedy" && method != "group_limited_greedy"
               : method != "noaux_tc")
    refuse("topk_method '" + method + "'");
  if (isSecond && sizes.isNormalised)
    refuse("norm_topk_prob (shares of a softmax that sum to 1)");
  const char *function = isSecond ? "softmax" : "sigmoid";
  if (config.string("scoring_func", function) != function)
    refuse("scoring_func '" + config.string("scoring_func", "") + "'");
  if (config.integer("moe_layer_freq", 1) != 1)
    refuse("moe_layer_freq (dense layers among those of experts)");
  if (sizes.firstLayer < 0)
    config.complain("'first_k_dense_replace' is negative");
  if (sizes.experts % sizes.groups != 0 || sizes.keptGroups > sizes.groups)
    config.complain("n_group " + std::to_string(sizes.groups) +
                    " does not divide n_routed_experts " +
                    std::to_string(sizes.experts) + ", or topk_group is more");
  else if (sizes.perToken > sizes.experts / sizes.groups * sizes.keptGroups)
    config.complain("num_experts_per_tok " + std::to_string(sizes.perToken) +
                    " are more than the experts to choose from");
  else if (!isSecond && sizes.groups > 1 && sizes.experts < 2 * sizes.groups)
    config.complain("n_group " + std::to_string(sizes.groups) +
                    " leaves fewer than two experts in a group");
  return sizes;
}

/// Of each token and expert, in f32: [tokens, experts].
Value DecoderBuilder::routerScores(const std::string &prefix, Value rows) {
  const ExpertSizes &sizes = *config.experts;
  Location loc = at(prefix + "gate");
  Type f32 = builder.getF32Type();
  Value matrix = folder.weights.getOfOwnType(
      builder, loc, prefix + "gate.weight", {sizes.experts, config.hidden});
  Value logits = ir::LinearOp::create(builder, loc, inType(loc, rows, f32),
                                      inType(loc, matrix, f32),
                                      /*bias=*/Value());
  if (config.family->routing == ExpertRouting::Softmax)
    return ir::SoftmaxOp::create(builder, loc, logits, /*axis=*/1,
                                 /*log=*/false);
  return ir::ActivationOp::create(builder, loc, ir::ActivationKind::sigmoid,
                                  logits, FloatAttr(), FloatAttr());
}

/// The scores, lower than any of a kept group where an expert's is not kept. A
/// group counts as its best expert, or with corrections its best two.
Value DecoderBuilder::withinBestGroups(Location loc, Value scores) {
  const ExpertSizes &sizes = *config.experts;
  if (sizes.groups == sizes.keptGroups)
    return scores;
  bool isCorrected = config.family->routing == ExpertRouting::CorrectedSigmoid;
  int64_t rows = cast<RankedTensorType>(scores.getType()).getDimSize(0);
  SmallVector<int64_t> split = {rows, sizes.groups,
                                sizes.experts / sizes.groups};
  Value grouped = reshape(loc, scores, split);
  Value best = grouped;
  if (isCorrected)
    best = ir::TopKOp::create(builder, loc, grouped, /*k=*/2, /*axis=*/2,
                              /*smallest=*/false, /*unsigned_elements=*/false)
               .getValues();
  Value ofGroup = ir::ReduceOp::create(
      builder, loc,
      isCorrected ? ir::ReductionKind::sum : ir::ReductionKind::max, best,
      builder.getDenseI64ArrayAttr({2}), /*keep_dims=*/false,
      /*unsigned_elements=*/false);
  Value kept = ir::TopKOp::create(builder, loc, ofGroup, sizes.keptGroups,
                                  /*axis=*/1, /*smallest=*/false,
                                  /*unsigned_elements=*/false)
                   .getIndices();
  Value zeros = splat(loc, ofGroup, 0);
  auto keptType =
      RankedTensorType::get({rows, sizes.keptGroups}, builder.getF32Type());
  Value ones = arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(keptType, 1.0f));
  Value marks = ir::ScatterElementsOp::create(
      builder, loc, zeros, kept, ones, /*axis=*/1, ir::ScatterReduction::none,
      /*unsigned_elements=*/false);
  auto type = cast<RankedTensorType>(grouped.getType());
  marks = ir::BroadcastOp::create(builder, loc, type,
                                  reshape(loc, marks, {rows, sizes.groups, 1}));
  Value isKept = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OGT,
                                       marks, splat(loc, grouped, 0));
  double never = isCorrected ? -std::numeric_limits<double>::infinity() : 0.0;
  Value chosen = arith::SelectOp::create(builder, loc, isKept, grouped,
                                         splat(loc, grouped, never));
  return reshape(loc, chosen, {rows, sizes.experts});
}

/// Each token's experts, and in f32 their shares: [tokens, per token] both.
std::pair<Value, Value> DecoderBuilder::route(const std::string &prefix,
                                              Value rows) {
  const ExpertSizes &sizes = *config.experts;
  Location loc = at(prefix + "gate");
  Value scores = routerScores(prefix, rows), ranked = scores;
  bool isCorrected = config.family->routing == ExpertRouting::CorrectedSigmoid;
  if (isCorrected) {
    Value correction = folder.weights.getOfOwnType(
        builder, loc, prefix + "gate.e_score_correction_bias", {sizes.experts});
    auto type = cast<RankedTensorType>(scores.getType());
    correction = inType(loc, correction, type.getElementType());
    ranked = arith::AddFOp::create(
        builder, loc, scores,
        ir::BroadcastOp::create(builder, loc, type, correction));
  }
  auto best = ir::TopKOp::create(
      builder, loc, withinBestGroups(loc, ranked), sizes.perToken, /*axis=*/1,
      /*smallest=*/false, /*unsigned_elements=*/false);
  Value choice = best.getIndices();
  Value shares = isCorrected ? ir::GatherElementsOp::create(
                                   builder, loc, scores, choice, /*axis=*/1)
                                   .getResult()
                             : best.getValues();
  if (sizes.isNormalised) {
    Value total = ir::ReduceOp::create(
        builder, loc, ir::ReductionKind::sum, shares,
        builder.getDenseI64ArrayAttr({1}), /*keep_dims=*/true,
        /*unsigned_elements=*/false);
    total =
        arith::AddFOp::create(builder, loc, total, splat(loc, total, 1e-20));
    shares = arith::DivFOp::create(
        builder, loc, shares,
        ir::BroadcastOp::create(builder, loc, shares.getType(), total));
  }
  if (sizes.scale != 1)
    shares = arith::MulFOp::create(builder, loc, shares,
                                   splat(loc, shares, sizes.scale));
  return {choice, shares};
}

/// One projection of all experts, [experts, out, in].
Value DecoderBuilder::expertWeights(const std::string &prefix, const char *part,
                                    int64_t out, int64_t in) {
  Location loc = at(prefix + "experts." + part);
  SmallVector<Value> each;
  for (int64_t i = 0; i < config.experts->experts; ++i) {
    std::string name =
        prefix + "experts." + std::to_string(i) + "." + part + ".weight";
    each.push_back(reshape(loc, weight(name, {out, in}), {1, out, in}));
    // Sizes that only a configuration claims must not decide how much is built.
    if (!folder.weights.status())
      break;
  }
  if (each.size() == 1)
    return each.front();
  return ir::ConcatOp::create(builder, loc, each, 0);
}

/// Rows of a tile: as many as fill the registers of 256-bit vectors once, or
/// twice where most experts have them.
static int64_t chooseTile(int64_t tokens, const ExpertSizes &sizes) {
  constexpr int64_t rowsInRegisters = 6;
  if (tokens == 1)
    return 1;
  bool isCrowded = tokens * sizes.perToken > sizes.experts * rowsInRegisters;
  return isCrowded ? 2 * rowsInRegisters : rowsInRegisters;
}

Value DecoderBuilder::mixture(const std::string &prefix, Value states) {
  const ExpertSizes &sizes = *config.experts;
  Location loc = at(prefix + "experts");
  int64_t count = batch * tokens;
  Value rows = reshape(loc, states, {count, config.hidden});
  auto [choice, shares] = route(prefix, rows);
  auto grouping = ir::GroupRowsOp::create(builder, loc, choice, sizes.experts,
                                          chooseTile(count, sizes));
  Value given = ir::GatherOp::create(builder, loc, rows, grouping.getRows(),
                                     /*axis=*/0);
  auto layer = [&](const char *part, Value input, int64_t in,
                   int64_t out) -> Value {
    return ir::GroupedLinearOp::create(builder, loc, input,
                                       expertWeights(prefix, part, out, in),
                                       grouping.getExperts());
  };
  Value gate = layer("gate_proj", given, config.hidden, sizes.intermediate);
  Value up = layer("up_proj", given, config.hidden, sizes.intermediate);
  Value active = ir::ActivationOp::create(builder, loc, config.activation, gate,
                                          FloatAttr(), FloatAttr());
  Value product = arith::MulFOp::create(builder, loc, active, up);
  Value each = layer("down_proj", product, sizes.intermediate, config.hidden);
  // [tokens, per token, hidden], summed by the shares in f32.
  each = ir::GatherOp::create(builder, loc, each, grouping.getPlaces(),
                              /*axis=*/0);
  SmallVector<int64_t> shape = {count, sizes.perToken, config.hidden};
  auto wide = RankedTensorType::get(shape, builder.getF32Type());
  each = inType(loc, each, wide.getElementType());
  Value share = ir::BroadcastOp::create(
      builder, loc, wide, reshape(loc, shares, {count, sizes.perToken, 1}));
  Value sum = ir::ReduceOp::create(
      builder, loc, ir::ReductionKind::sum,
      arith::MulFOp::create(builder, loc, each, share),
      builder.getDenseI64ArrayAttr({1}), /*keep_dims=*/false,
      /*unsigned_elements=*/false);
  sum = inType(loc, sum, element);
  Value shared = feedForward(prefix + "shared_experts.", states,
                             sizes.intermediate * sizes.shared);
  return arith::AddFOp::create(
      builder, loc, reshape(loc, sum, {batch, tokens, config.hidden}), shared);
}

} // namespace tenon::hugging_face
