//===- Threads.cpp - How many threads, and loops over them ----------------===//

#include "tenon/Runtime/Threads.h"

#include <algorithm>
#include <fstream>
#include <omp.h>
#include <sched.h>
#include <sstream>
#include <thread>

using namespace tenon;
namespace fs = std::filesystem;

/// The processors that this process may run on.
static unsigned affinityCount() {
  // The kernel refuses a set smaller than its own.
  for (int processors = CPU_SETSIZE; processors <= CPU_SETSIZE * 64;
       processors *= 2) {
    cpu_set_t *set = CPU_ALLOC(processors);
    if (!set)
      break;
    size_t size = CPU_ALLOC_SIZE(processors);
    int failed = sched_getaffinity(0, size, set);
    int count = failed ? 0 : CPU_COUNT_S(size, set);
    CPU_FREE(set);
    if (count > 0)
      return count;
  }
  return std::max(1u, std::thread::hardware_concurrency());
}

namespace {

/// A mounted cgroup hierarchy that may limit processors.
struct CgroupMount {
  bool unified;       ///< version 2
  std::string group;  ///< the group that is visible at `folder`
  std::string folder; ///< where it is mounted
};

} // namespace

static bool hasItem(const std::string &list, std::string_view item) {
  std::stringstream items(list);
  for (std::string each; std::getline(items, each, ',');)
    if (each == item)
      return true;
  return false;
}

/// A line of mountinfo: id parent device root folder options [tags...] - type
/// source superoptions
static std::optional<CgroupMount> parseMount(const std::string &line) {
  std::stringstream fields(line);
  std::string skipped, group, folder, word, type, source, superOptions;
  fields >> skipped >> skipped >> skipped >> group >> folder;
  while (fields >> word && word != "-")
    ;
  fields >> type >> source >> superOptions;
  if (type == "cgroup2")
    return CgroupMount{true, group, folder};
  if (type == "cgroup" && hasItem(superOptions, "cpu"))
    return CgroupMount{false, group, folder};
  return std::nullopt;
}

/// This process's group in a hierarchy. Lines read id:controllers:path; version
/// 2 has no controllers.
static std::optional<std::string> ownGroup(const fs::path &root, bool unified) {
  std::ifstream file(root / "proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    size_t first = line.find(':');
    size_t second =
        first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos)
      continue;
    std::string controllers = line.substr(first + 1, second - first - 1);
    if (unified ? controllers.empty() : hasItem(controllers, "cpu"))
      return line.substr(second + 1);
  }
  return std::nullopt;
}

/// The quota that one folder of a hierarchy sets, in processors rounded up.
static std::optional<unsigned> folderQuota(const fs::path &folder,
                                           bool unified) {
  int64_t quota = 0, period = 0;
  if (unified) {
    // "max 100000" does not parse as a number, and limits nothing.
    std::ifstream(folder / "cpu.max") >> quota >> period;
  } else {
    std::ifstream(folder / "cpu.cfs_quota_us") >> quota;
    std::ifstream(folder / "cpu.cfs_period_us") >> period;
  }
  if (quota <= 0 || period <= 0)
    return std::nullopt;
  int64_t processors = quota / period + (quota % period != 0);
  return static_cast<unsigned>(std::min<int64_t>(processors, UINT16_MAX));
}

static std::optional<unsigned> mountQuota(const fs::path &root,
                                          const CgroupMount &mount) {
  std::optional<std::string> group = ownGroup(root, mount.unified);
  if (!group)
    return std::nullopt;
  // Inside a container the group may be named as the host sees it, while the
  // mount shows only its part.
  fs::path inside = fs::path(*group).lexically_relative(mount.group);
  if (inside.empty() || *inside.begin() == "..")
    inside = ".";
  fs::path top = root / fs::path(mount.folder).relative_path();

  std::optional<unsigned> least;
  auto consider = [&](const fs::path &folder) {
    if (std::optional<unsigned> quota = folderQuota(folder, mount.unified))
      least = std::min(least.value_or(*quota), *quota);
  };
  fs::path folder = top;
  consider(folder);
  for (const fs::path &step : inside) {
    if (step == ".")
      continue;
    folder /= step;
    consider(folder);
  }
  return least;
}

std::optional<unsigned> tenon::cgroupQuota(const fs::path &root) {
  std::optional<unsigned> least;
  std::ifstream mounts(root / "proc/self/mountinfo");
  for (std::string line; std::getline(mounts, line);)
    if (std::optional<CgroupMount> mount = parseMount(line))
      if (std::optional<unsigned> quota = mountQuota(root, *mount))
        least = std::min(least.value_or(*quota), *quota);
  return least;
}

unsigned tenon::threadCount(unsigned requested) {
  unsigned count = affinityCount();
  if (std::optional<unsigned> quota = cgroupQuota("/"))
    count = std::min(count, *quota);
  if (requested)
    count = std::min(count, requested);
  return std::max(count, 1u);
}

void tenon::parallelFor(KernelFunction kernel, void *const *buffers,
                        int64_t first, int64_t extent, unsigned threads) {
  if (extent <= 0)
    return;
  int64_t parts = std::clamp<int64_t>(threads, 1, extent);
  if (parts == 1)
    return kernel(buffers, first, first + extent);
  // The first `longer` parts take one iteration more than the others.
  int64_t length = extent / parts, longer = extent % parts;
  // Not `omp for`, for which libomp allocates. The team may be smaller than
  // asked for.
#pragma omp parallel num_threads(static_cast<int>(parts))
  for (int64_t part = omp_get_thread_num(); part < parts;
       part += omp_get_num_threads()) {
    int64_t begin = first + part * length + std::min(part, longer);
    kernel(buffers, begin, begin + length + (part < longer));
  }
}
