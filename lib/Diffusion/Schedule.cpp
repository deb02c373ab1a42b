//===- Schedule.cpp - Noise schedules as tables of coefficients -----------===//

#include "tenon/Diffusion/Schedule.h"

#include "Families.h"

#include "llvm/Support/MemoryBuffer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tenon::diffusion {

namespace {

struct Family {
  Traits traits;
  Schedule (*make)(Settings &);
};

} // namespace

static constexpr Family families[] = {
    {{.name = "DDPMScheduler",
      .spacing = Spacing::Leading,
      .zeroSnr = ZeroSnr::Exact,
      .clips = true,
      .readsThresholding = true},
     makeDdpm},
    {{.name = "DDIMScheduler",
      .spacing = Spacing::Leading,
      .zeroSnr = ZeroSnr::Exact,
      .clips = true,
      .readsThresholding = true},
     makeDdim},
    {{.name = "PNDMScheduler",
      .spacing = Spacing::Leading,
      .predictsSample = false},
     makePndm},
    {{.name = "LMSDiscreteScheduler"}, makeLms},
    {{.name = "EulerDiscreteScheduler", .zeroSnr = ZeroSnr::Nearly}, makeEuler},
    {{.name = "EulerAncestralDiscreteScheduler",
      .zeroSnr = ZeroSnr::Nearly,
      .predictsSample = false},
     makeEulerAncestral},
    {{.name = "HeunDiscreteScheduler",
      .betaStart = 0.00085,
      .betaEnd = 0.012,
      .clips = false},
     makeHeun},
    {{.name = "DPMSolverMultistepScheduler",
      .zeroSnr = ZeroSnr::Nearly,
      .readsThresholding = true},
     makeDpmSolver},
    {{.name = "UniPCMultistepScheduler",
      .zeroSnr = ZeroSnr::Nearly,
      .readsThresholding = true},
     makeUniPc},
    {{.name = "LCMScheduler",
      .betaStart = 0.00085,
      .betaEnd = 0.012,
      .betaSchedule = "scaled_linear",
      .spacing = Spacing::Leading,
      .zeroSnr = ZeroSnr::Exact,
      .clips = false,
      .readsThresholding = true},
     makeLcm}};

/// Calls `visit` with each factor.
template <typename Terms, typename Visit>
static void forEachFactor(Terms &terms, Visit visit) {
  for (auto *each : {&terms.sample, &terms.output, &terms.converted,
                     &terms.saved, &terms.noise})
    visit(*each);
  for (auto &each : terms.history)
    visit(each);
}

/// Calls `visit` with each combination that a step computes after the model.
template <typename AnyStep, typename Visit>
static void forEachResult(AnyStep &step, Visit visit) {
  visit(step.next);
  if (step.save)
    visit(*step.save);
  if (step.push)
    visit(*step.push);
}

template <typename Read> static bool reads(const Step &step, Read factor) {
  bool found = false;
  forEachResult(step, [&](const Combination &terms) {
    found = found || factor(terms) != 0;
  });
  return found;
}

bool Step::usesConverted() const {
  return reads(*this, [](const Combination &terms) { return terms.converted; });
}

bool Step::usesNoise() const {
  return reads(*this, [](const Combination &terms) { return terms.noise; });
}

bool Schedule::usesNoise() const {
  return std::any_of(steps.begin(), steps.end(),
                     [](const Step &step) { return step.usesNoise(); });
}

bool Schedule::usesSaved() const {
  return std::any_of(steps.begin(), steps.end(), [](const Step &step) {
    return reads(step, [](const Combination &terms) { return terms.saved; });
  });
}

/// Leaves out what no later step reads.
static void dropDeadResults(Schedule &schedule) {
  bool readsSaved = false;
  size_t depth = 0;
  for (size_t i = schedule.steps.size(); i-- > 0;) {
    Step &step = schedule.steps[i];
    if (!readsSaved)
      step.save.reset();
    // Without a reader of any age later on; an entry in between that nobody
    // reads still counts for the ages of the others.
    if (depth == 0)
      step.push.reset();
    if (step.save)
      readsSaved = false;
    readsSaved = readsSaved || reads(step, [](const Combination &terms) {
                   return terms.saved;
                 });
    for (size_t age = 0; age < maxHistory; ++age)
      if (reads(step,
                [&](const Combination &terms) { return terms.history[age]; }))
        depth = std::max(depth, age + 1);
  }
  schedule.history = depth;
}

/// Writes a step without limits in terms of what the model saw and gave: one
/// pass over the tensors less, and large factors that cancel do so in double.
static void foldConversion(Step &step) {
  forEachResult(step, [&](Combination &terms) {
    double factor = std::exchange(terms.converted, 0);
    if (factor != 0)
      terms = terms + factor * step.convert;
  });
}

static Status checkFinite(const Schedule &schedule, const std::string &file) {
  for (size_t i = 0; i < schedule.steps.size(); ++i) {
    const Step &step = schedule.steps[i];
    bool isFinite =
        std::isfinite(step.timestep) && std::isfinite(step.inputScale);
    auto check = [&](const Combination &terms) {
      forEachFactor(terms, [&](double factor) {
        isFinite = isFinite && std::isfinite(factor);
      });
    };
    check(step.convert);
    forEachResult(step, check);
    if (!isFinite)
      return Error{file + ": step " + std::to_string(i) + " of " +
                   std::to_string(schedule.steps.size()) + " (timestep " +
                   std::to_string(step.timestep) + ") divides by 0 with " +
                   schedule.scheduler};
  }
  if (!std::isfinite(schedule.initialScale) ||
      !std::isfinite(schedule.noiseScale))
    return Error{file + ": the first noise is infinite with " +
                 schedule.scheduler};
  return success();
}

/// Python writes infinities and NaNs that JSON does not have: they become text.
static std::string quoteNonNumbers(std::string_view json) {
  std::string quoted;
  bool inString = false;
  for (size_t i = 0; i < json.size(); ++i) {
    char c = json[i];
    if (c == '"')
      inString = !inString;
    if (inString && c == '\\' && i + 1 < json.size())
      quoted += json[i++];
    else if (!inString)
      if (std::string_view rest = json.substr(i);
          rest.starts_with("NaN") || rest.starts_with("Infinity") ||
          rest.starts_with("-Infinity")) {
        size_t length = c == 'N' ? 3 : c == 'I' ? 8 : 9;
        quoted.append("\"").append(rest.substr(0, length)).append("\"");
        i += length - 1;
        continue;
      }
    quoted += json[i];
  }
  return quoted;
}

static Result<Schedule> makeOf(const Family &family, llvm::json::Object object,
                               const std::string &name,
                               const ScheduleOptions &options) {
  Result<Settings> settings =
      readSettings(std::move(object), name, options, family.traits);
  if (!settings)
    return settings.error();
  if (options.eta != 0 && family.make != makeDdim)
    settings->config.complain("unsupported: eta " +
                              std::to_string(options.eta) + " with " +
                              settings->scheduler);
  Schedule schedule = family.make(*settings);
  if (Status status = settings->config.status(); !status)
    return status.error();
  dropDeadResults(schedule);
  // A clamped sample is no longer a combination of two tensors, and one that
  // is pushed is computed in any case.
  for (Step &step : schedule.steps)
    if (!schedule.clip && !schedule.threshold && !step.push)
      foldConversion(step);
  if (Status status = checkFinite(schedule, name); !status)
    return status.error();
  return schedule;
}

Result<Schedule> makeSchedule(std::string_view json, const std::string &name,
                              const ScheduleOptions &options) {
  Result<llvm::json::Value> value = parseJson(quoteNonNumbers(json), name);
  if (!value)
    return value.error();
  llvm::json::Object *object = value->getAsObject();
  if (!object)
    return Error{name + ": not a JSON object"};
  std::string scheduler = options.scheduler;
  if (scheduler.empty())
    scheduler = object->getString("_class_name").value_or("").str();
  if (scheduler.empty())
    return Error{name + ": '_class_name' is missing, and no scheduler given"};
  for (const Family &family : families)
    if (family.traits.name == scheduler)
      return makeOf(family, std::move(*object), name, options);
  return Error{name + ": unsupported: _class_name \"" + scheduler + "\""};
}

Result<Schedule> readSchedule(const std::filesystem::path &file,
                              const ScheduleOptions &options) {
  constexpr uint64_t maxBytes = 16 << 20;
  std::error_code code;
  uint64_t bytes = std::filesystem::file_size(file, code);
  if (code)
    return Error{file.string() + ": " + code.message()};
  if (bytes > maxBytes)
    return Error{file.string() + ": " + std::to_string(bytes) +
                 " bytes are too many for a configuration"};
  auto buffer = llvm::MemoryBuffer::getFile(file.string());
  if (!buffer)
    return Error{file.string() + ": " + buffer.getError().message()};
  return makeSchedule((*buffer)->getBuffer(), file.string(), options);
}

} // namespace tenon::diffusion
