//===- Target.cpp - What kernels are compiled for -------------------------===//

#include "tenon/Codegen/Target.h"

#include "tenon/Runtime/ProcessorFeatures.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"

using namespace tenon;

namespace {
/// Shared memory of a block: CUDA C++ Programming Guide, "Compute
/// Capabilities"; the version of PTX that first knows the chip, but 7.0 at
/// least.
struct Chip {
  const char *name;
  int64_t sharedKilobytes;
  const char *features;
};
} // namespace

static constexpr Chip chips[] = {
    {"sm_80", 163, "+ptx70"},   {"sm_86", 99, "+ptx71"},
    {"sm_87", 163, "+ptx74"},   {"sm_89", 99, "+ptx78"},
    {"sm_90", 227, "+ptx80"},   {"sm_90a", 227, "+ptx80"},
    {"sm_100", 227, "+ptx86"},  {"sm_100a", 227, "+ptx86"},
    {"sm_103a", 227, "+ptx88"}, {"sm_120", 99, "+ptx87"},
    {"sm_120a", 99, "+ptx87"},
};

static constexpr int64_t mostThreads = 1024;

std::string Target::description() const {
  std::string text =
      machine.triple + ";" + machine.cpu + ";" + machine.features + ";";
  if (device == DeviceKind::Cpu)
    return text + "v" + std::to_string(vectorBytes) + "x" +
           std::to_string(vectorRegisters) + (hasBf16Products ? "b" : "") +
           (hasByteProducts ? "i" : "") + (hasSignedByteProducts ? "s" : "") +
           (hasWordProducts ? "w" : "");
  return text + gpu.chip + ";t" + std::to_string(gpu.threads) + ";s" +
         std::to_string(gpu.sharedBytes) + (gpu.usesTf32 ? ";tf32" : "");
}

static Architecture architectureOf(const Machine &machine) {
  return llvm::Triple(machine.triple).isAArch64() ? Architecture::AArch64
                                                  : Architecture::X86_64;
}

/// NEON alone: tiles are made of vectors of a known length, and of loops that
/// LLVM makes with SVE's, some gave wrong numbers where these have more than 16
/// bytes (qemu 7.2, LLVM 22.1: mla-bytes.mlir).
static void leaveOutSve(Machine &machine) {
  if (architectureOf(machine) == Architecture::AArch64)
    machine.features += machine.features.empty() ? "-sve" : ",-sve";
}

/// What code for a CPU uses of its features.
static void useFeatures(Target &target,
                        llvm::function_ref<bool(const char *)> has) {
  if (architectureOf(target.machine) == Architecture::AArch64) {
    target.vectorBytes = 16;
    target.vectorRegisters = 32;
    target.isArm = true;
    target.hasBf16Products = has("bf16");
    target.hasByteProducts = has("i8mm");
    target.hasSignedByteProducts = has("dotprod");
    return;
  }
  target.vectorBytes = has("avx512f") ? 64 : has("avx") ? 32 : 16;
  target.vectorRegisters = has("avx512f") ? 32 : 16;
  target.hasBf16Products = has("avx512bf16") && has("avx512vl");
  target.hasByteProducts =
      has("avx512f") ? has("avx512vnni") && has("avx512vl") : has("avxvnni");
  target.hasWordProducts = has("avx512f") ? has("avx512bw")
                           : has("avx")   ? has("avx2")
                                          : has("ssse3");
}

Target tenon::hostTarget() {
  Target target;
  target.machine = hostMachine();
  leaveOutSve(target.machine);
  llvm::StringMap<bool> features = llvm::sys::getHostCPUFeatures();
  useFeatures(target, [&](const char *name) { return features.lookup(name); });
  return target;
}

bool tenon::isOfHost(const Machine &machine) {
  return llvm::Triple(machine.triple).getArch() ==
         llvm::Triple(hostMachine().triple).getArch();
}

/// The triple in full, the host's where that is as good.
static Result<std::string> completeTriple(const std::string &text) {
  std::string host = hostMachine().triple;
  if (text.empty())
    return host;
  llvm::Triple triple(llvm::Triple::normalize(text));
  bool isKnown = (triple.getArch() == llvm::Triple::x86_64 ||
                  triple.getArch() == llvm::Triple::aarch64) &&
                 triple.isOSLinux() &&
                 llvm::is_contained({llvm::Triple::UnknownEnvironment,
                                     llvm::Triple::GNU, llvm::Triple::Musl},
                                    triple.getEnvironment());
  if (!isKnown)
    return Error{"no code is made for '" + text +
                 "': there are x86_64-linux-gnu and aarch64-linux-gnu"};
  return isOfHost({triple.str(), "", ""}) ? host : triple.str();
}

Result<Target> tenon::processorTarget(const std::string &name,
                                      const std::string &tripleText) {
  Result<std::string> triple = completeTriple(tripleText);
  if (!triple)
    return triple.error();
  Target target;
  target.machine.triple = *triple;
  bool isHost = isOfHost(target.machine);
  if (name == "native" && !isHost)
    return Error{
        "'native' is the processor of this machine, which is none of " +
        target.machine.triple + ": name one (\"generic\" runs on all)"};
  if (name == "native" || (name.empty() && isHost)) {
    llvm::SubtargetFeatures features;
    llvm::StringMap<bool> host = llvm::sys::getHostCPUFeatures();
    for (std::string_view feature :
         checkableFeatures(architectureOf(target.machine)))
      features.AddFeature(feature, host.lookup(feature));
    target.machine.cpu = hostMachine().cpu;
    target.machine.features = features.getString();
  } else {
    target.machine.cpu = name.empty() ? "generic" : name;
  }
  leaveOutSve(target.machine);
  Result<std::unique_ptr<llvm::TargetMachine>> machine =
      createTargetMachine(target.machine);
  if (!machine)
    return machine.error();
  const llvm::MCSubtargetInfo &subtarget = *(*machine)->getMCSubtargetInfo();
  if (!subtarget.isCPUStringValid(target.machine.cpu))
    return Error{"unknown processor '" + name + "' of " +
                 target.machine.triple};
  useFeatures(target, [&](const char *feature) {
    return subtarget.checkFeatures("+" + std::string(feature));
  });
  return target;
}

std::vector<std::string> tenon::requiredFeatures(const Target &target) {
  std::vector<std::string> required;
  Result<std::unique_ptr<llvm::TargetMachine>> machine =
      createTargetMachine(target.machine);
  if (!machine)
    return required;
  for (std::string_view feature :
       checkableFeatures(architectureOf(target.machine)))
    if ((*machine)->getMCSubtargetInfo()->checkFeatures("+" +
                                                        std::string(feature)))
      required.emplace_back(feature);
  return required;
}

Result<Target> tenon::parseTarget(const std::string &text,
                                  const std::string &chipName) {
  auto [name, threads] = llvm::StringRef(text).split(':');
  Target target = hostTarget();
  if (name == "cpu" && !text.ends_with(":") && threads.empty())
    return target;
  bool isCuda = name == "cuda" || name == "nvptx";
  if (!isCuda && name != "emulated-cuda")
    return Error{"unsupported target '" + text +
                 "': there are cpu, cuda (or nvptx) and emulated-cuda"};
  std::string wanted = chipName.empty() ? "sm_80" : chipName;
  const Chip *chip = llvm::find_if(
      chips, [&](const Chip &known) { return wanted == known.name; });
  if (chip == std::end(chips)) {
    auto names = llvm::map_range(
        chips, [](const Chip &known) { return llvm::StringRef(known.name); });
    return Error{"unknown chip '" + wanted + "': there are " +
                 llvm::join(names, ", ")};
  }
  target.gpu.chip = wanted;
  target.gpu.sharedBytes = chip->sharedKilobytes << 10;
  target.gpu.hasWarpgroupProducts = wanted == "sm_90a";
  if (target.gpu.hasWarpgroupProducts)
    target.gpu.threads = 256;
  if (text.find(':') != std::string::npos &&
      (threads.getAsInteger(10, target.gpu.threads) ||
       target.gpu.threads % 32 != 0 || target.gpu.threads <= 0 ||
       target.gpu.threads > mostThreads))
    return Error{"'" + text +
                 "': a block has a multiple of 32 threads, up to " +
                 std::to_string(mostThreads)};
  target.device = DeviceKind::EmulatedCuda;
  if (isCuda) {
    target.device = DeviceKind::Cuda;
    target.machine = {"nvptx64-nvidia-cuda", wanted, chip->features};
  }
  return target;
}
