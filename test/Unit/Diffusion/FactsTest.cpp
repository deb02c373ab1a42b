//===- FactsTest.cpp - Numbers known of schedules -------------------------===//
//
// The facts of SEMANTICS, section F; the rule's name is in the test's.
//
//===----------------------------------------------------------------------===//

#include "tenon/Diffusion/Schedule.h"

#include <cmath>
#include <gmock/gmock.h>
#include <set>

using namespace tenon;
using namespace tenon::diffusion;
using testing::ElementsAre;

/// Stable Diffusion's betas, and more keys.
static Schedule scheduleOf(const std::string &scheduler,
                           const std::string &keys,
                           ScheduleOptions options = {}) {
  options.scheduler = scheduler;
  std::string json = R"({"beta_start": 0.00085, "beta_end": 0.012,
                         "beta_schedule": "scaled_linear")" +
                     keys + "}";
  Result<Schedule> schedule = makeSchedule(json, "test", options);
  EXPECT_TRUE(schedule.ok()) << schedule.error().message;
  return schedule.ok() ? *schedule : Schedule{.steps = {Step()}};
}

static std::vector<double> timestepsOf(const Schedule &schedule) {
  std::vector<double> timesteps;
  for (const Step &step : schedule.steps)
    timesteps.push_back(step.timestep);
  return timesteps;
}

static void expectEnds(const std::string &keys, int64_t steps, double first,
                       double last) {
  Schedule schedule = scheduleOf("DDIMScheduler", keys, {.steps = steps});
  EXPECT_EQ(schedule.steps.front().timestep, first) << keys;
  EXPECT_EQ(schedule.steps.back().timestep, last) << keys;
  EXPECT_EQ(schedule.steps.size(), static_cast<size_t>(steps));
}

static constexpr char leading[] =
    R"(, "timestep_spacing": "leading", "steps_offset": 1)";
static constexpr char linspace[] = R"(, "timestep_spacing": "linspace")";
static constexpr char trailing[] = R"(, "timestep_spacing": "trailing")";

TEST(Facts, F1TimestepsOfEachSpacing) {
  expectEnds(leading, 50, 981, 1);
  expectEnds(linspace, 50, 999, 0);
  expectEnds(trailing, 50, 999, 19);
  expectEnds(leading, 20, 951, 1);
  expectEnds(trailing, 20, 999, 49);
}

/// numpy.arange would place a 62nd, at -1.
TEST(Facts, F1TrailingHasAsManyTimestepsAsSteps) {
  expectEnds(trailing, 61, 999, 15);
}

TEST(Facts, F2StepsThatDoNotDivideTheTraining) {
  EXPECT_THAT(timestepsOf(scheduleOf("DDIMScheduler", leading, {.steps = 3})),
              ElementsAre(667, 334, 1));
}

TEST(Facts, F3PndmCallsTheModelOnceMore) {
  Schedule schedule =
      scheduleOf("PNDMScheduler", R"(, "skip_prk_steps": true)", {.steps = 5});
  EXPECT_THAT(timestepsOf(schedule), ElementsAre(800, 600, 600, 400, 200, 0));
}

TEST(Facts, F3HeunCallsTheModelTwiceButAtTheEnd) {
  Schedule schedule = scheduleOf("HeunDiscreteScheduler", "", {.steps = 3});
  EXPECT_THAT(timestepsOf(schedule), ElementsAre(999, 499.5, 499.5, 0, 0));
}

/// The alpha that the last step reaches, where a limit keeps its term apart.
static double lastAlphaOf(const std::string &scheduler,
                          const std::string &keys) {
  Schedule schedule =
      scheduleOf(scheduler, R"(, "clip_sample": true)" + keys, {.steps = 10});
  double factor = schedule.steps.back().next.converted;
  return factor * factor;
}

TEST(Facts, F4LastAlphaIsOneOrTheTablesFirst) {
  std::string first = R"(, "set_alpha_to_one": false)";
  EXPECT_NEAR(lastAlphaOf("DDIMScheduler", first), 0.99915, 1e-6);
  EXPECT_EQ(lastAlphaOf("DDIMScheduler", ""), 1);
  // A key that comes with the file of another scheduler counts as well.
  EXPECT_NEAR(lastAlphaOf("DDIMScheduler",
                          first + R"(, "_class_name": "PNDMScheduler")"),
              0.99915, 1e-6);
}

TEST(Facts, F5EulerPredictsFromVelocityAtTheSamplesScale) {
  Schedule schedule =
      scheduleOf("EulerDiscreteScheduler",
                 R"(, "prediction_type": "v_prediction")", {.steps = 5});
  double sigma = schedule.initialScale;
  const Step &step = schedule.steps.front();
  EXPECT_DOUBLE_EQ(step.convert.output, -sigma / std::hypot(sigma, 1));
  EXPECT_DOUBLE_EQ(step.convert.sample, 1 / (sigma * sigma + 1));
  EXPECT_DOUBLE_EQ(step.inputScale, 1 / std::hypot(sigma, 1));
}

TEST(Facts, F6EulersFirstNoiseDependsOnTheSpacing) {
  double largest = 14.6146;
  EXPECT_NEAR(scheduleOf("EulerDiscreteScheduler", linspace).initialScale,
              largest, 1e-4);
  EXPECT_NEAR(scheduleOf("EulerDiscreteScheduler", trailing).initialScale,
              largest, 1e-4);
  Schedule schedule = scheduleOf("EulerDiscreteScheduler", leading);
  double sigma = 1 / schedule.steps.front().inputScale;
  EXPECT_NEAR(schedule.initialScale, sigma, 1e-9);
  EXPECT_LT(sigma, largest);
}

TEST(Facts, F6EulersLastStepGivesTheSampleWithoutNoise) {
  const Step last = scheduleOf("EulerDiscreteScheduler", "").steps.back();
  EXPECT_NEAR(last.next.sample, last.convert.sample, 1e-12);
  EXPECT_NEAR(last.next.output, last.convert.output, 1e-12);
}

static constexpr char zeroSnr[] =
    R"(, "timestep_spacing": "trailing", "rescale_betas_zero_snr": true,
       "prediction_type": "v_prediction")";

TEST(Facts, F7ZeroTerminalSignalIsASigmaOf4096) {
  for (const char *name :
       {"EulerDiscreteScheduler", "EulerAncestralDiscreteScheduler"})
    EXPECT_NEAR(scheduleOf(name, zeroSnr).initialScale, 4096, 1e-3) << name;
  // What is left of an image then is 2^-12 of it.
  for (const char *name :
       {"DPMSolverMultistepScheduler", "UniPCMultistepScheduler"})
    EXPECT_NEAR(scheduleOf(name, zeroSnr, {.strength = 1}).imageScale,
                1.0 / 4096, 1e-9)
        << name;
}

TEST(Facts, F7ZeroTerminalSignalIsExactWithoutSigmas) {
  for (const char *name : {"DDIMScheduler", "DDPMScheduler"}) {
    Schedule schedule = scheduleOf(name, zeroSnr, {.strength = 1});
    EXPECT_EQ(schedule.imageScale, 0) << name;
    EXPECT_EQ(schedule.noiseScale, 1) << name;
  }
}

TEST(Facts, F8StepsThatRepeatATimestepAreKept) {
  Schedule schedule =
      scheduleOf("DPMSolverMultistepScheduler",
                 R"(, "use_karras_sigmas": true)", {.steps = 100});
  std::vector<double> timesteps = timestepsOf(schedule);
  EXPECT_EQ(timesteps.size(), 100);
  EXPECT_EQ(std::set<double>(timesteps.begin(), timesteps.end()).size(), 95);
}

TEST(Facts, StrengthLeavesOutTheFirstSteps) {
  Schedule all = scheduleOf("DDIMScheduler", leading, {.steps = 50});
  Schedule some =
      scheduleOf("DDIMScheduler", leading, {.steps = 50, .strength = 0.3});
  EXPECT_EQ(some.steps.size(), 15);
  EXPECT_EQ(some.steps.front().timestep, all.steps[35].timestep);
  EXPECT_NEAR(some.imageScale * some.imageScale +
                  some.noiseScale * some.noiseScale,
              1, 1e-12);
  EXPECT_EQ(all.imageScale, 0);
}

TEST(Facts, LoopsKeepWhatStepsRead) {
  auto kept = [](const char *name, const char *keys) {
    Schedule schedule = scheduleOf(name, keys, {.steps = 30});
    return std::tuple(schedule.history, schedule.usesSaved(),
                      schedule.usesNoise());
  };
  using Kept = std::tuple<size_t, bool, bool>;
  EXPECT_EQ(kept("DDIMScheduler", ""), Kept(0, false, false));
  EXPECT_EQ(kept("DDPMScheduler", ""), Kept(0, false, true));
  EXPECT_EQ(kept("LCMScheduler", ""), Kept(0, false, true));
  EXPECT_EQ(kept("PNDMScheduler", R"(, "skip_prk_steps": true)"),
            Kept(3, true, false));
  EXPECT_EQ(kept("LMSDiscreteScheduler", ""), Kept(3, false, false));
  EXPECT_EQ(kept("EulerDiscreteScheduler", ""), Kept(0, false, false));
  EXPECT_EQ(kept("EulerAncestralDiscreteScheduler", ""), Kept(0, false, true));
  EXPECT_EQ(kept("HeunDiscreteScheduler", ""), Kept(0, true, false));
  EXPECT_EQ(kept("DPMSolverMultistepScheduler", ""), Kept(1, false, false));
  EXPECT_EQ(kept("DPMSolverMultistepScheduler", R"(, "solver_order": 1)"),
            Kept(0, false, false));
  EXPECT_EQ(kept("UniPCMultistepScheduler", ""), Kept(2, true, false));
}

/// Nothing is computed that no step reads.
TEST(Facts, UnlimitedStepsReadTheOutputItself) {
  Schedule schedule = scheduleOf("DDIMScheduler", R"(, "clip_sample": false)");
  EXPECT_FALSE(schedule.steps[3].usesConverted());
  Schedule clipped = scheduleOf("DDIMScheduler", R"(, "clip_sample": true)");
  EXPECT_TRUE(clipped.steps[3].usesConverted());
  Schedule solver = scheduleOf("DPMSolverMultistepScheduler", "");
  EXPECT_TRUE(solver.steps[3].push.has_value());
  EXPECT_FALSE(solver.steps.back().push.has_value());
  EXPECT_FALSE(solver.steps.back().usesConverted());
}

TEST(Facts, TheFilesClassIsTakenWithoutAnother) {
  Result<Schedule> schedule = makeSchedule(
      R"({"_class_name": "LCMScheduler", "_diffusers_version": "0.42.1"})",
      "test", {.steps = 4});
  ASSERT_TRUE(schedule.ok()) << schedule.error().message;
  EXPECT_EQ(schedule->scheduler, "LCMScheduler");
  EXPECT_THAT(timestepsOf(*schedule), ElementsAre(999, 759, 499, 259));
}

/// diffusers ends at not a number in these two.
TEST(Facts, EndsThatFloat32DoesNotReach) {
  Schedule schedule = scheduleOf("UniPCMultistepScheduler",
                                 R"(, "solver_type": "bh1")", {.steps = 5});
  EXPECT_EQ(schedule.steps.back().next, schedule.steps.back().convert);
  schedule = scheduleOf("DDIMScheduler", zeroSnr, {.steps = 37, .eta = 1});
  EXPECT_NEAR(schedule.steps.front().next.output, 0, 1e-6);
}

/// What Python's json writes is not JSON.
TEST(Facts, InfinitiesOfSavedConfigurationsAreRead) {
  Schedule schedule = scheduleOf("DPMSolverMultistepScheduler",
                                 R"(, "lambda_min_clipped": -Infinity,
                                    "_note": "-Infinity \" NaN")",
                                 {.steps = 5});
  EXPECT_EQ(schedule.steps.front().timestep, 999);
}
