//===- AdapterNamesTest.cpp - Names in files of diffusion adapters --------===//
//
// What diffusers 0.42's loaders make of the same names.
//
//===----------------------------------------------------------------------===//

#include "AdapterNames.h"

#include <gtest/gtest.h>

using namespace tenon;

static std::string parsed(llvm::StringRef name) {
  std::optional<AdapterTensorName> parts = parseAdapterName(name);
  return parts ? parts->component + "/" + parts->module + parts->suffix : "";
}

TEST(AdapterNames, OfKohya) {
  EXPECT_EQ(parsed("lora_unet_down_blocks_0_attentions_1_proj_in.alpha"),
            "unet/down_blocks_0_attentions_1_proj_in.alpha");
  EXPECT_EQ(
      parsed("lora_te_text_model_encoder_layers_3_mlp_fc1.lora_up.weight"),
      "text_encoder/text_model_encoder_layers_3_mlp_fc1.lora_B.weight");
  EXPECT_EQ(parsed("lora_te1_text_model_x.lora_down.weight"),
            "text_encoder/text_model_x.lora_A.weight");
  EXPECT_EQ(parsed("lora_te2_text_model_x.lora_down.weight"),
            "text_encoder_2/text_model_x.lora_A.weight");
}

TEST(AdapterNames, OfKohyaForXl) {
  constexpr std::pair<const char *, const char *> blocks[] = {
      {"input_blocks_1_0_in_layers_2", "down_blocks_0_resnets_0_conv1"},
      {"input_blocks_2_0_out_layers_3", "down_blocks_0_resnets_1_conv2"},
      {"input_blocks_3_0_op", "down_blocks_0_downsamplers_0_conv"},
      {"input_blocks_4_0_emb_layers_1",
       "down_blocks_1_resnets_0_time_emb_proj"},
      {"input_blocks_4_1_transformer_blocks_0_attn1_to_q",
       "down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q"},
      {"input_blocks_5_1_proj_in", "down_blocks_1_attentions_1_proj_in"},
      {"input_blocks_7_0_skip_connection",
       "down_blocks_2_resnets_0_conv_shortcut"},
      {"input_blocks_8_1_transformer_blocks_9_ff_net_2",
       "down_blocks_2_attentions_1_transformer_blocks_9_ff_net_2"},
      {"middle_block_0_in_layers_2", "mid_block_resnets_0_conv1"},
      {"middle_block_1_transformer_blocks_3_attn2_to_k",
       "mid_block_attentions_0_transformer_blocks_3_attn2_to_k"},
      {"middle_block_2_out_layers_3", "mid_block_resnets_1_conv2"},
      {"output_blocks_0_0_in_layers_2", "up_blocks_0_resnets_0_conv1"},
      {"output_blocks_1_1_transformer_blocks_0_attn1_to_v",
       "up_blocks_0_attentions_1_transformer_blocks_0_attn1_to_v"},
      {"output_blocks_2_2_conv", "up_blocks_0_upsamplers_0_conv"},
      {"output_blocks_4_1_proj_out", "up_blocks_1_attentions_1_proj_out"},
      {"output_blocks_5_2_conv", "up_blocks_1_upsamplers_0_conv"},
      {"output_blocks_8_0_skip_connection",
       "up_blocks_2_resnets_2_conv_shortcut"}};
  for (auto [written, meant] : blocks)
    EXPECT_EQ(parsed("lora_unet_" + std::string(written) + ".lora_up.weight"),
              "unet/" + std::string(meant) + ".lora_B.weight");
}

TEST(AdapterNames, OfDiffusers) {
  EXPECT_EQ(parsed("unet.mid_block.attentions.0.proj_in.lora_A.weight"),
            "unet/mid_block.attentions.0.proj_in.lora_A.weight");
  EXPECT_EQ(parsed("unet.mid_block.attn1.to_q.lora.down.weight"),
            "unet/mid_block.attn1.to_q.lora_A.weight");
  EXPECT_EQ(parsed("unet.mid_block.attn1.processor.to_out_lora.up.weight"),
            "unet/mid_block.attn1.to_out.0.lora_B.weight");
  EXPECT_EQ(parsed("unet.mid_block.attn1.processor.to_k_lora.down.weight"),
            "unet/mid_block.attn1.to_k.lora_A.weight");
  EXPECT_EQ(
      parsed("text_encoder.text_model.a.q_proj.lora_linear_layer.up.weight"),
      "text_encoder/text_model.a.q_proj.lora_B.weight");
}

TEST(AdapterNames, OfLycoris) {
  for (const char *suffix :
       {".hada_w1_a", ".hada_w1_b", ".hada_t1", ".hada_w2_a", ".hada_w2_b",
        ".hada_t2", ".lokr_w1", ".lokr_w1_a", ".lokr_w1_b", ".lokr_w2",
        ".lokr_w2_a", ".lokr_w2_b", ".lokr_t2", ".dora_scale"})
    EXPECT_EQ(parsed("lora_te_text_model_x" + std::string(suffix)),
              "text_encoder/text_model_x" + std::string(suffix));
  EXPECT_EQ(parsed("unet.a.to_q.lora_magnitude_vector.weight"),
            "unet/a.to_q.lora_magnitude_vector");
}

TEST(AdapterNames, OfNeither) {
  for (const char *name :
       {"", "lora_unet_", "lora_unet_a.hada_w3_a", "lora_unet_a.lokr_t1",
        "lora_unet_a.scalar", "base_model.model.a.lora_A.weight",
        "lora_unet_a.lora_mid.weight"})
    EXPECT_EQ(parsed(name), "") << name;
  // Numbers that count no block stay as they are, for others to miss.
  for (const char *name :
       {"input_blocks_x_0_op", "input_blocks_0_0_op", "output_blocks_",
        "middle_block_9_a", "input_blocks_99999999999999999999_0_op"})
    EXPECT_EQ(parsed("lora_unet_" + std::string(name) + ".alpha"),
              "unet/" + std::string(name) + ".alpha");
}
