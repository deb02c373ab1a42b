//===- ExpectedTest.cpp - Against diffusers, step by step -----------------===//
//
// test/Inputs/schedules/schedules.py made the cases and what they must give.
//
//===----------------------------------------------------------------------===//

#include "Reference.h"

#include "tenon/Formats/JsonFile.h"
#include "tenon/Import/Tensors/TensorFiles.h"

#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <gtest/gtest.h>
#include <map>

using namespace tenon;
using namespace tenon::diffusion;
using namespace tenon::test;

namespace fs = std::filesystem;

static const fs::path inputs = fs::path(TENON_TEST_INPUTS) / "schedules";

static std::map<std::string, Tensor> readExpected() {
  std::map<std::string, Tensor> tensors;
  Result<std::vector<NamedTensor>> read = readTensors(inputs / "expected.npz");
  EXPECT_TRUE(read.ok()) << read.error().message;
  if (read.ok())
    for (NamedTensor &each : *read)
      tensors[each.name] = each.tensor;
  return tensors;
}

static llvm::json::Array readCases() {
  Result<llvm::json::Value> value = readJson(inputs / "cases.json");
  EXPECT_TRUE(value.ok()) << value.error().message;
  return value.ok() ? std::move(*value->getAsArray()) : llvm::json::Array();
}

/// The values of a tensor of 8.
static Values valuesOf(const Tensor &tensor) {
  std::span<float> values = tensor.as<float>();
  return {values.begin(), values.end()};
}

/// What a case must give, as the script lays it out: rows of 9 floats.
class Rows {
public:
  explicit Rows(const Tensor &tensor) : values(tensor.as<float>()) {}

  double initialScale() const { return values[0]; }
  double imageScale() const { return values[1]; }
  double noiseScale() const { return values[2]; }
  size_t calls() const { return values.size() / 9 - 1; }
  double timestep(size_t call) const { return values[9 * (call + 1)]; }
  Values sample(size_t call) const {
    std::span<float> row = values.subspan(9 * (call + 1) + 1, 8);
    return {row.begin(), row.end()};
  }

private:
  std::span<float> values;
};

static Schedule scheduleOf(const llvm::json::Object &one) {
  std::string config;
  llvm::raw_string_ostream(config) << *one.get("config");
  ScheduleOptions options;
  options.steps = *one.getInteger("steps");
  options.scheduler = one.getString("scheduler")->str();
  options.eta = one.getNumber("eta").value_or(0);
  options.strength = one.getNumber("strength");
  Result<Schedule> schedule = makeSchedule(config, "case", options);
  EXPECT_TRUE(schedule.ok()) << schedule.error().message;
  return schedule.ok() ? *schedule : Schedule();
}

static double largestOf(const Values &values) {
  double largest = 0;
  for (double each : values)
    largest = std::max(largest, std::abs(each));
  return largest;
}

/// How far two samples are apart, where 1 is as far as they may: a relative
/// 1e-4 of each value, 1e-6 of the largest, and what diffusers' float32 rounds
/// off the largest value before (some thousands, where no signal is left).
static double distance(const Values &a, const Values &b, double before) {
  double floor = 1e-6 * largestOf(b) + 0x1p-22 * before, worst = 0;
  for (size_t i = 0; i < b.size(); ++i)
    worst = std::max(worst,
                     std::abs(a[i] - b[i]) / (1e-4 * std::abs(b[i]) + floor));
  return worst;
}

/// Checks what does not depend on tensors.
static void checkNumbers(const Schedule &schedule, const Rows &rows,
                         bool hasImage) {
  EXPECT_NEAR(schedule.initialScale, rows.initialScale(),
              1e-6 * rows.initialScale());
  EXPECT_NEAR(schedule.imageScale, rows.imageScale(), 1e-6);
  double noise = hasImage ? rows.noiseScale() : rows.initialScale();
  EXPECT_NEAR(schedule.noiseScale, noise, 1e-6 * (1 + noise));
  ASSERT_EQ(schedule.steps.size(), rows.calls());
  for (size_t i = 0; i < schedule.steps.size(); ++i)
    EXPECT_NEAR(schedule.steps[i].timestep, rows.timestep(i), 1e-3)
        << "call " << i;
}

TEST(Expected, EveryCaseAsDiffusersStepByStep) {
  std::map<std::string, Tensor> expected = readExpected();
  Values bias = valuesOf(expected["bias"]);
  Values image = valuesOf(expected["image"]);
  Values latents = valuesOf(expected["latents"]);
  auto model = [&](const Values &sample, double timestep) {
    Values output = bias;
    for (size_t i = 0; i < 8; ++i)
      output[i] += 0.3 * std::cos(timestep / 1000) * sample[i];
    return output;
  };
  auto noise = [&](size_t call) {
    std::span<float> row = expected["noise"].as<float>().subspan(8 * call, 8);
    return Values(row.begin(), row.end());
  };
  std::map<std::string, std::pair<double, std::string>> worst;
  size_t calls = 0;
  for (const llvm::json::Value &value : readCases()) {
    const llvm::json::Object &one = *value.getAsObject();
    std::string name = one.getString("name")->str();
    SCOPED_TRACE(name);
    Schedule schedule = scheduleOf(one);
    Rows rows(expected[name]);
    checkNumbers(schedule, rows, one.get("strength"));
    Values sample(8);
    for (size_t i = 0; i < 8; ++i)
      sample[i] =
          schedule.imageScale * image[i] + schedule.noiseScale * latents[i];
    Reference reference(schedule, sample);
    double before = 0;
    for (size_t i = 0; i < std::min(schedule.steps.size(), rows.calls());
         ++i, ++calls) {
      before = std::max(before, largestOf(reference.sample));
      reference.step(model, noise);
      double apart = distance(reference.sample, rows.sample(i), before);
      auto &[most, where] = worst[schedule.scheduler];
      if (!(apart <= most)) {
        most = apart;
        where = name + " call " + std::to_string(i);
      }
      EXPECT_LE(apart, 1) << "call " << i;
    }
  }
  EXPECT_EQ(worst.size(), 10);
  llvm::outs() << calls << " calls\n";
  for (const auto &[scheduler, most] : worst)
    llvm::outs() << scheduler << ": at most " << most.first
                 << " of what is allowed (" << most.second << ")\n";
}
