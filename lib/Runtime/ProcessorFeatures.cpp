//===- ProcessorFeatures.cpp - Instruction sets of this processor ---------===//

#include "tenon/Runtime/ProcessorFeatures.h"

#include <algorithm>
#include <array>

#if defined(__aarch64__)
#include <sys/auxv.h>
#endif

using namespace tenon;

namespace {
/// One that this build's processor can be asked for, or else only a name.
struct Feature {
  std::string_view name;
  bool (*isThere)();
};
} // namespace

// The builtin takes nothing but a literal.
#if defined(__x86_64__)
#define TENON_X86(name)                                                        \
  Feature {                                                                    \
    name, [] { return __builtin_cpu_supports(name) != 0; }                     \
  }
#else
#define TENON_X86(name)                                                        \
  Feature { name, nullptr }
#endif

static constexpr Feature x86Features[] = {
    TENON_X86("sse3"),         TENON_X86("ssse3"),
    TENON_X86("sse4.1"),       TENON_X86("sse4.2"),
    TENON_X86("popcnt"),       TENON_X86("avx"),
    TENON_X86("f16c"),         TENON_X86("fma"),
    TENON_X86("avx2"),         TENON_X86("bmi"),
    TENON_X86("bmi2"),         TENON_X86("lzcnt"),
    TENON_X86("movbe"),        TENON_X86("gfni"),
    TENON_X86("avxvnni"),      TENON_X86("avx512f"),
    TENON_X86("avx512cd"),     TENON_X86("avx512bw"),
    TENON_X86("avx512dq"),     TENON_X86("avx512vl"),
    TENON_X86("avx512ifma"),   TENON_X86("avx512vbmi"),
    TENON_X86("avx512vbmi2"),  TENON_X86("avx512vnni"),
    TENON_X86("avx512bitalg"), TENON_X86("avx512vpopcntdq"),
    TENON_X86("avx512bf16"),   TENON_X86("avx512fp16"),
};

#undef TENON_X86

// Bits of AT_HWCAP and AT_HWCAP2, as the kernel's headers number them: those of
// older systems have not all of their names.
#if defined(__aarch64__)
#define TENON_ARM(name, entry, bit)                                            \
  Feature {                                                                    \
    name, [] { return (getauxval(entry) >> bit & 1) != 0; }                    \
  }
#else
#define TENON_ARM(name, entry, bit)                                            \
  Feature { name, nullptr }
#endif

static constexpr Feature armFeatures[] = {
    TENON_ARM("crc", AT_HWCAP, 7),       TENON_ARM("lse", AT_HWCAP, 8),
    TENON_ARM("fullfp16", AT_HWCAP, 10), TENON_ARM("rdm", AT_HWCAP, 12),
    TENON_ARM("jsconv", AT_HWCAP, 13),   TENON_ARM("complxnum", AT_HWCAP, 14),
    TENON_ARM("rcpc", AT_HWCAP, 15),     TENON_ARM("sha3", AT_HWCAP, 17),
    TENON_ARM("dotprod", AT_HWCAP, 20),  TENON_ARM("fp16fml", AT_HWCAP, 23),
    TENON_ARM("fptoint", AT_HWCAP2, 8),  TENON_ARM("i8mm", AT_HWCAP2, 13),
    TENON_ARM("bf16", AT_HWCAP2, 14),    TENON_ARM("cssc", AT_HWCAP2, 34),
    TENON_ARM("mops", AT_HWCAP2, 43),    TENON_ARM("faminmax", AT_HWCAP2, 50),
};

#undef TENON_ARM

template <size_t count>
static constexpr auto namesOf(const Feature (&features)[count]) {
  std::array<std::string_view, count> names;
  std::ranges::transform(features, names.begin(), &Feature::name);
  return names;
}

static constexpr auto x86Names = namesOf(x86Features);
static constexpr auto armNames = namesOf(armFeatures);

std::span<const std::string_view>
tenon::checkableFeatures(Architecture architecture) {
  if (architecture == Architecture::AArch64)
    return armNames;
  return x86Names;
}

static bool isThere(std::span<const Feature> features, std::string_view name) {
  auto known = std::ranges::find(features, name, &Feature::name);
  return known != features.end() && known->isThere && known->isThere();
}

bool tenon::processorHas(std::string_view feature) {
  return isThere(x86Features, feature) || isThere(armFeatures, feature);
}
