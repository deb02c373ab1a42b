//===- RefusalTest.cpp - Configurations that are refused, and why ---------===//

#include "Support/TemporaryFolder.h"

#include "tenon/Diffusion/Schedule.h"

#include <cmath>
#include <gmock/gmock.h>

using namespace tenon;
using namespace tenon::diffusion;
using testing::HasSubstr;

static std::string complaintOf(const std::string &json,
                               const ScheduleOptions &options = {}) {
  Result<Schedule> schedule = makeSchedule(json, "folder/file.json", options);
  if (schedule.ok())
    return "no error";
  EXPECT_THAT(schedule.error().message,
              testing::StartsWith("folder/file.json: "));
  return schedule.error().message.substr(18);
}

/// What is said of keys beside the name of a scheduler.
static std::string complaintOf(const std::string &scheduler,
                               const std::string &keys,
                               const ScheduleOptions &options = {}) {
  return complaintOf(R"({"_class_name": ")" + scheduler + "\"" +
                         (keys.empty() ? "" : ", ") + keys + "}",
                     options);
}

TEST(Refusal, FilesThatAreNoSchedulers) {
  EXPECT_THAT(complaintOf("{"), HasSubstr("[1:1"));
  EXPECT_EQ(complaintOf("[]"), "not a JSON object");
  EXPECT_EQ(complaintOf("{}"),
            "'_class_name' is missing, and no scheduler given");
  EXPECT_EQ(complaintOf("DEISMultistepScheduler", ""),
            "unsupported: _class_name \"DEISMultistepScheduler\"");
  EXPECT_EQ(complaintOf("DDIMScheduler", "", {.scheduler = "Nothing"}),
            "unsupported: _class_name \"Nothing\"");
  EXPECT_FALSE(readSchedule("/nowhere/scheduler_config.json", {}).ok());
}

TEST(Refusal, FilesAreNamed) {
  test::TemporaryFolder folder;
  auto file = folder.write("scheduler_config.json",
                           R"({"_class_name": "DDIMScheduler", "odd": 3})");
  Result<Schedule> schedule = readSchedule(file, {});
  ASSERT_FALSE(schedule.ok());
  EXPECT_EQ(schedule.error().message, file.string() + ": unsupported: odd 3");
}

TEST(Refusal, KeysThatAskForWhatIsNotDone) {
  EXPECT_EQ(
      complaintOf("DPMSolverMultistepScheduler", R"("use_flow_sigmas": true)"),
      "unsupported: use_flow_sigmas true");
  EXPECT_EQ(
      complaintOf("DPMSolverMultistepScheduler", R"("use_lu_lambdas": true)"),
      "unsupported: use_lu_lambdas true");
  EXPECT_EQ(complaintOf("UniPCMultistepScheduler", R"("shift_terminal": 0.02)"),
            "unsupported: shift_terminal 0.02");
  EXPECT_EQ(complaintOf("DDPMScheduler", R"("variance_type": "learned")"),
            "unsupported: variance_type \"learned\"");
  EXPECT_EQ(
      complaintOf("DDPMScheduler", R"("variance_type": "fixed_large_log")"),
      "unsupported: variance_type \"fixed_large_log\"");
  EXPECT_EQ(complaintOf("DPMSolverMultistepScheduler",
                        R"("variance_type": "learned_range")"),
            "unsupported: variance_type \"learned_range\"");
  EXPECT_EQ(complaintOf("DDIMScheduler", R"("beta_schedule": "sigmoid")"),
            "unsupported: beta_schedule \"sigmoid\"");
  EXPECT_EQ(complaintOf("DDIMScheduler", R"("timestep_spacing": "even")"),
            "unsupported: timestep_spacing \"even\"");
  EXPECT_EQ(
      complaintOf("DDIMScheduler", R"("prediction_type": "flow_prediction")"),
      "unsupported: prediction_type \"flow_prediction\" with DDIMScheduler");
  for (const char *name : {"PNDMScheduler", "EulerAncestralDiscreteScheduler"})
    EXPECT_EQ(complaintOf(name, R"("prediction_type": "sample")"),
              "unsupported: prediction_type \"sample\" with " +
                  std::string(name));
}

TEST(Refusal, SolversThatAreNotDone) {
  const char *dpm = "DPMSolverMultistepScheduler";
  EXPECT_EQ(complaintOf(dpm, R"("algorithm_type": "dpmsolver")"),
            "unsupported: final_sigmas_type \"zero\" with algorithm_type "
            "\"dpmsolver\"");
  EXPECT_EQ(complaintOf(dpm, R"("algorithm_type": "other")"),
            "unsupported: algorithm_type \"other\"");
  EXPECT_EQ(complaintOf(dpm, R"("solver_type": "other")"),
            "unsupported: solver_type \"other\"");
  EXPECT_EQ(complaintOf(dpm, R"("solver_order": 4)"),
            "unsupported: solver_order 4");
  EXPECT_EQ(complaintOf(dpm, R"("solver_order": 3,
                        "algorithm_type": "sde-dpmsolver",
                        "final_sigmas_type": "sigma_min")"),
            "unsupported: algorithm_type \"sde-dpmsolver\" with solver_order "
            "3");
  EXPECT_EQ(complaintOf(dpm, R"("final_sigmas_type": "one")"),
            "unsupported: final_sigmas_type \"one\"");
  EXPECT_EQ(complaintOf(dpm, R"("lambda_min_clipped": 100)"),
            "'lambda_min_clipped' is 100.000000, which leaves no timestep");
  EXPECT_THAT(complaintOf(dpm, R"("use_karras_sigmas": true,
                                  "use_beta_sigmas": true)"),
              HasSubstr("'use_beta_sigmas' is true, and another of"));
  EXPECT_EQ(
      complaintOf("UniPCMultistepScheduler", R"("disable_corrector": [0.5])"),
      "unsupported: disable_corrector [0.5]");
  EXPECT_EQ(
      complaintOf("EulerDiscreteScheduler", R"("interpolation_type": "cubic")"),
      "unsupported: interpolation_type \"cubic\"");
  EXPECT_EQ(complaintOf("EulerDiscreteScheduler",
                        R"("use_karras_sigmas": true, "sigma_min": -1)"),
            "'sigma_min' is -1.000000, which is no positive number");
}

TEST(Refusal, RungeKuttaStepsAreThree) {
  EXPECT_EQ(complaintOf("PNDMScheduler", "", {.steps = 3}),
            "unsupported: skip_prk_steps false with fewer than 4 steps");
  EXPECT_EQ(complaintOf("PNDMScheduler", "", {.strength = 0.5}),
            "unsupported: skip_prk_steps false with an image to begin from");
}

TEST(Refusal, F2StepsBeyondTheTable) {
  EXPECT_EQ(
      complaintOf("DDIMScheduler", R"("steps_offset": 1)", {.steps = 1000}),
      "timestep 1000 is beyond the table of 1000 (1000 steps with "
      "steps_offset 1)");
  EXPECT_EQ(complaintOf("DDIMScheduler", R"("steps_offset": -1)"),
            "'steps_offset' is -1, which is beyond any table");
  EXPECT_EQ(complaintOf("DDIMScheduler", "", {.steps = 1001}),
            "1001 steps are more than the 1000 of the training");
  EXPECT_EQ(complaintOf("EulerDiscreteScheduler",
                        R"("timestep_spacing": "leading")", {.steps = 1001}),
            "1001 steps are too many for timestep_spacing \"leading\" over "
            "1000 training steps");
  EXPECT_EQ(complaintOf("LCMScheduler", "", {.steps = 51}),
            "51 steps are more than original_inference_steps 50");
  EXPECT_EQ(complaintOf("LCMScheduler", R"("original_inference_steps": 2000)"),
            "'original_inference_steps' is 2000, more than the 1000 of the "
            "training");
}

TEST(Refusal, OptionsThatMakeNoSense) {
  for (int64_t steps : {int64_t(0), int64_t(-5), int64_t(1) << 60})
    EXPECT_EQ(complaintOf("EulerDiscreteScheduler", "", {.steps = steps}),
              std::to_string(steps) + " steps are not from 1 to 10000");
  EXPECT_THAT(complaintOf("DDIMScheduler", "", {.eta = -1}),
              HasSubstr("eta is -1"));
  EXPECT_THAT(complaintOf("DDIMScheduler", "", {.eta = NAN}),
              HasSubstr("eta is nan"));
  EXPECT_EQ(complaintOf("DDPMScheduler", "", {.eta = 1}),
            "unsupported: eta 1.000000 with DDPMScheduler");
  for (double strength : {0.0, -1.0, 1.5, static_cast<double>(NAN)})
    EXPECT_THAT(complaintOf("DDIMScheduler", "", {.strength = strength}),
                HasSubstr("which is not above 0 and up to 1"));
  EXPECT_EQ(complaintOf("DDIMScheduler", "", {.steps = 20, .strength = 0.01}),
            "strength 0.010000 of 20 steps leaves no step");
}

TEST(Refusal, ValuesThatMakeNoSense) {
  EXPECT_EQ(complaintOf("DDIMScheduler", R"("num_train_timesteps": 2000000)"),
            "'num_train_timesteps' is 2000000, above 100000");
  EXPECT_EQ(complaintOf("DDIMScheduler", R"("num_train_timesteps": 0)"),
            "'num_train_timesteps' is 0, which is no size");
  EXPECT_EQ(complaintOf("EulerDiscreteScheduler", R"("num_train_timesteps": 1)",
                        {.steps = 1}),
            "'num_train_timesteps' is 1, which is too few for "
            "EulerDiscreteScheduler");
  EXPECT_EQ(complaintOf("DDIMScheduler", R"("beta_start": NaN)"),
            "'beta_start' is not a number");
  EXPECT_EQ(complaintOf("DDIMScheduler", R"("beta_end": 2)"),
            "beta 500 is 1.001051, which is not from 0 to below 1 (beta_start "
            "0.000100, beta_end 2.000000)");
  EXPECT_THAT(complaintOf("DDIMScheduler", R"("beta_start": -1,
                          "beta_schedule": "scaled_linear")"),
              HasSubstr("beta 0 is "));
  EXPECT_EQ(complaintOf("DDIMScheduler", R"("num_train_timesteps": 2,
                        "trained_betas": [0.1])"),
            "'trained_betas' is no list of 2 numbers, which "
            "num_train_timesteps asks for");
  EXPECT_THAT(complaintOf("DDIMScheduler", R"("num_train_timesteps": 2,
                          "trained_betas": [0.1, "NaN"])",
                          {.steps = 2}),
              HasSubstr("beta 1 is nan"));
  EXPECT_THAT(complaintOf("DDIMScheduler", R"("clip_sample_range": 0)"),
              HasSubstr("'clip_sample_range' is 0"));
  EXPECT_THAT(complaintOf("DDIMScheduler", R"("thresholding": true,
                          "dynamic_thresholding_ratio": 2)"),
              HasSubstr("'dynamic_thresholding_ratio' is 2"));
}

/// Where nothing of the signal is left, its noise says nothing of it.
TEST(Refusal, DivisionsByZero) {
  EXPECT_EQ(complaintOf("DDIMScheduler", R"("rescale_betas_zero_snr": true,
                        "timestep_spacing": "trailing")",
                        {.steps = 5}),
            "step 0 of 5 (timestep 999.000000) divides by 0 with "
            "DDIMScheduler");
  EXPECT_THAT(complaintOf("UniPCMultistepScheduler",
                          R"("lower_order_final": false)", {.steps = 5}),
              HasSubstr("step 4 of 5 (timestep 200.000000) divides by 0"));
}

/// A file of one scheduler may carry keys of others.
TEST(Refusal, NotOfKeysOfOtherSchedulers) {
  EXPECT_EQ(complaintOf("EulerDiscreteScheduler",
                        R"("skip_prk_steps": true, "set_alpha_to_one": false,
                           "clip_sample": false, "sample_max_value": 1.0,
                           "trained_betas": null, "flow_shift": 3.0,
                           "use_flow_sigmas": false, "_note": 1)"),
            "no error");
}
