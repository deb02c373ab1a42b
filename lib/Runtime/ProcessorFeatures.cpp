//===- ProcessorFeatures.cpp - Instruction sets of this processor ---------===//

#include "tenon/Runtime/ProcessorFeatures.h"

#include <algorithm>
#include <array>

using namespace tenon;

#if defined(__x86_64__)

namespace {
struct Feature {
  std::string_view name;
  bool (*isThere)();
};
} // namespace

// The builtin takes nothing but a literal.
#define TENON_FEATURE(name)                                                    \
  {name, [] { return __builtin_cpu_supports(name) != 0; }}

static constexpr Feature features[] = {
    TENON_FEATURE("sse3"),         TENON_FEATURE("ssse3"),
    TENON_FEATURE("sse4.1"),       TENON_FEATURE("sse4.2"),
    TENON_FEATURE("popcnt"),       TENON_FEATURE("avx"),
    TENON_FEATURE("f16c"),         TENON_FEATURE("fma"),
    TENON_FEATURE("avx2"),         TENON_FEATURE("bmi"),
    TENON_FEATURE("bmi2"),         TENON_FEATURE("lzcnt"),
    TENON_FEATURE("movbe"),        TENON_FEATURE("gfni"),
    TENON_FEATURE("avxvnni"),      TENON_FEATURE("avx512f"),
    TENON_FEATURE("avx512cd"),     TENON_FEATURE("avx512bw"),
    TENON_FEATURE("avx512dq"),     TENON_FEATURE("avx512vl"),
    TENON_FEATURE("avx512ifma"),   TENON_FEATURE("avx512vbmi"),
    TENON_FEATURE("avx512vbmi2"),  TENON_FEATURE("avx512vnni"),
    TENON_FEATURE("avx512bitalg"), TENON_FEATURE("avx512vpopcntdq"),
    TENON_FEATURE("avx512bf16"),   TENON_FEATURE("avx512fp16"),
};

#undef TENON_FEATURE

static constexpr auto names = [] {
  std::array<std::string_view, std::size(features)> names;
  std::ranges::transform(features, names.begin(), &Feature::name);
  return names;
}();

std::span<const std::string_view> tenon::checkableFeatures() { return names; }

bool tenon::processorHas(std::string_view feature) {
  const Feature *known = std::ranges::find(features, feature, &Feature::name);
  return known != std::end(features) && known->isThere();
}

#else

std::span<const std::string_view> tenon::checkableFeatures() { return {}; }
bool tenon::processorHas(std::string_view) { return false; }

#endif
