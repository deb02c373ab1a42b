//===- ProgramChecks.cpp - What holds of every program that runs ----------===//

#include "tenon/Runtime/Program.h"

#include <bit>
#include <limits>
#include <span>

using namespace tenon;

static const char *spaceName(BufferRef::Space space) {
  switch (space) {
  case BufferRef::Space::Input:
    return "input";
  case BufferRef::Space::Output:
    return "output";
  case BufferRef::Space::Weight:
    return "weight";
  case BufferRef::Space::Constant:
    return "constants";
  case BufferRef::Space::Prepared:
    return "prepared memory";
  case BufferRef::Space::Arena:
    return "arena";
  }
  return "space that does not exist";
}

static std::optional<uint64_t> specBytes(const std::vector<TensorSpec> &specs,
                                         uint32_t index) {
  if (index >= specs.size())
    return std::nullopt;
  return byteCount(specs[index].type, specs[index].shape);
}

/// The bytes that lie behind a reference's base; nothing where there is no such
/// base.
static std::optional<uint64_t>
baseBytes(const Program &program, const Stage &stage, const BufferRef &buffer) {
  switch (buffer.space) {
  case BufferRef::Space::Input:
    return specBytes(program.inputs, buffer.index);
  case BufferRef::Space::Output:
    return specBytes(program.outputs, buffer.index);
  case BufferRef::Space::Weight:
    if (buffer.index >= program.weights.size())
      return std::nullopt;
    return program.weights[buffer.index].bytes;
  case BufferRef::Space::Constant:
    return program.constants.size();
  case BufferRef::Space::Prepared:
    if (buffer.index >= program.prepared.size())
      return std::nullopt;
    return program.prepared[buffer.index];
  case BufferRef::Space::Arena:
    return stage.arenaBytes;
  }
  return std::nullopt;
}

/// Why `bytes` at a reference are not there; empty where they are.
static std::string rangeFault(const Program &program, const Stage &stage,
                              const BufferRef &buffer, uint64_t bytes) {
  std::optional<uint64_t> size = baseBytes(program, stage, buffer);
  std::string what =
      std::string(spaceName(buffer.space)) + " " + std::to_string(buffer.index);
  if (!size)
    return what + " does not exist";
  if (buffer.offset > *size || bytes > *size - buffer.offset)
    return std::to_string(bytes) + " bytes at offset " +
           std::to_string(buffer.offset) + " lie outside " + what + " of " +
           std::to_string(*size) + " bytes";
  return {};
}

static std::string launchFault(const Program &program, const Stage &stage,
                               const Launch &launch) {
  if (launch.extent < 0)
    return "extent " + std::to_string(launch.extent) + " is negative";
  if (launch.begin && *launch.begin < 0)
    return "a part that begins at " + std::to_string(*launch.begin);
  if (launch.grain < 1)
    return "grain " + std::to_string(launch.grain) + " is below 1";
  bool isCopy = launch.kernel == Launch::copy;
  if (launch.begin &&
      *launch.begin > std::numeric_limits<int64_t>::max() - launch.extent)
    return "a part of its loop ends past all numbers";
  if (!isCopy && launch.kernel >= program.kernels.size())
    return "kernel " + std::to_string(launch.kernel) + " does not exist";
  if (isCopy && launch.buffers.size() != 2)
    return "a copy has " + std::to_string(launch.buffers.size()) +
           " buffers, not 2";
  for (const BufferRef &buffer : launch.buffers) {
    if (buffer.skipped > 0 && (isCopy || !launch.begin))
      return "all of its loop runs, but a tensor is there in part";
    std::string fault = rangeFault(program, stage, buffer,
                                   isCopy ? launch.bytes : buffer.bytes);
    if (!fault.empty())
      return fault;
  }
  if (launch.results > launch.buffers.size() || (isCopy && launch.results != 1))
    return std::to_string(launch.results) + " of its " +
           std::to_string(launch.buffers.size()) + " buffers are results";
  bool prepares = &stage == &program.prepare;
  for (const BufferRef &target :
       std::span(launch.buffers).last(launch.results)) {
    bool mayBe = target.space == BufferRef::Space::Output ||
                 target.space == BufferRef::Space::Arena ||
                 (target.space == BufferRef::Space::Prepared && prepares) ||
                 (target.space == BufferRef::Space::Input &&
                  program.inputs[target.index].updated && !isCopy);
    if (!mayBe)
      return (isCopy ? "a copy" : "it") + std::string(" writes to ") +
             spaceName(target.space);
  }
  if (!launch.branch)
    return {};
  const Branch &branch = *launch.branch;
  if (branch.number >= branch.branches)
    return "branch " + std::to_string(branch.number) + " of " +
           std::to_string(branch.branches) + " does not exist";
  if (branch.choice.skipped > 0)
    return "what is chosen is there in part";
  return rangeFault(program, stage, branch.choice, sizeof(int64_t));
}

static Status validateStage(const Program &program, const Stage &stage,
                            bool beforeInputs) {
  for (size_t i = 0; i < stage.launches.size(); ++i) {
    const Launch &launch = stage.launches[i];
    std::string fault = launchFault(program, stage, launch);
    std::vector<BufferRef> buffers = launch.buffers;
    if (launch.branch)
      buffers.push_back(launch.branch->choice);
    for (const BufferRef &buffer : buffers)
      if (beforeInputs && fault.empty() &&
          (buffer.space == BufferRef::Space::Input ||
           buffer.space == BufferRef::Space::Output))
        fault = std::string("there is no ") + spaceName(buffer.space) +
                " yet in this stage";
    if (!fault.empty())
      return Error{"stage '" + stage.name + "', launch " + std::to_string(i) +
                   (launch.label.empty() ? "" : " (" + launch.label + ")") +
                   ": " + fault};
  }
  return success();
}

static Status validateSpecs(const std::vector<TensorSpec> &specs,
                            const char *what) {
  for (const TensorSpec &spec : specs) {
    if (static_cast<size_t>(spec.type) >= dataTypeCount)
      return Error{std::string(what) + " '" + spec.name +
                   "' has an element type that does not exist"};
    std::optional<uint64_t> bytes = byteCount(spec.type, spec.shape);
    if (!bytes)
      return Error{std::string(what) + " '" + spec.name +
                   "': no tensor can have the shape " +
                   shapeString(spec.shape)};
    if (!spec.value.empty() && spec.value.size() != *bytes)
      return Error{std::string(what) + " '" + spec.name + "' must have " +
                   std::to_string(spec.value.size()) +
                   " bytes of a value, but has " + std::to_string(*bytes)};
  }
  return success();
}

Status tenon::validate(const Program &program) {
  if (Status status = validateSpecs(program.inputs, "input"); !status)
    return status;
  if (Status status = validateSpecs(program.outputs, "output"); !status)
    return status;
  for (const WeightSpec &weight : program.weights)
    if (!std::has_single_bit(weight.alignment) || weight.alignment > 64)
      return Error{"weight '" + weight.tensor + "' has alignment " +
                   std::to_string(weight.alignment) +
                   ", not a power of two up to 64"};
  for (const ParameterSpec &parameter : program.parameters)
    if (std::string fault = rangeFault(
            program, program.step,
            {BufferRef::Space::Constant, 0, parameter.offset}, parameter.bytes);
        !fault.empty())
      return Error{"parameter '" + parameter.name + "': " + fault};
  if (Status status = validateStage(program, program.prepare, true); !status)
    return status;
  return validateStage(program, program.step, false);
}
