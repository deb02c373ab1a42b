#include "tenon/Runtime/Threads.h"
#include "Support/TemporaryFolder.h"

#include <atomic>

using namespace tenon;
using namespace tenon::test;

/// Counts how often each index was visited; one buffer, the counters.
static void visit(void *const *buffers, int64_t begin, int64_t end) {
  auto *counters = static_cast<std::atomic<int> *>(buffers[0]);
  for (int64_t i = begin; i < end; ++i)
    ++counters[i];
}

TEST(Threads, VisitEveryIndexOnce) {
  for (unsigned threads = 0; threads < 10; ++threads)
    for (int64_t extent = 0; extent < 40; ++extent)
      for (int64_t first : {0, 3}) {
        std::vector<std::atomic<int>> counters(first + extent + 1);
        void *buffer = counters.data();
        parallelFor(visit, &buffer, first, extent, threads);
        for (int64_t i = 0; i < first + extent; ++i)
          ASSERT_EQ(counters[i], i < first ? 0 : 1)
              << "index " << i << " of " << extent << " from " << first << ", "
              << threads << " threads";
        ASSERT_EQ(counters[first + extent], 0);
      }
}

TEST(Threads, AreAtLeastOneAndAtMostRequested) {
  EXPECT_EQ(threadCount(1), 1u);
  EXPECT_GE(threadCount(0), 1u);
  EXPECT_LE(threadCount(1000000), threadCount(0));
}

static constexpr const char *unifiedMount =
    "25 30 0:22 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup "
    "rw,nsdelegate\n";

TEST(CgroupQuota, ReadsTheUnifiedHierarchy) {
  TemporaryFolder root;
  root.write("proc/self/mountinfo", unifiedMount);
  root.write("proc/self/cgroup", "0::/work/job\n");
  root.write("sys/fs/cgroup/work/job/cpu.max", "250000 100000\n");
  EXPECT_EQ(cgroupQuota(root.path()), 3u);
}

TEST(CgroupQuota, TakesTheTightestOfTheParents) {
  TemporaryFolder root;
  root.write("proc/self/mountinfo", unifiedMount);
  root.write("proc/self/cgroup", "0::/work/job\n");
  root.write("sys/fs/cgroup/work/cpu.max", "50000 100000\n");
  root.write("sys/fs/cgroup/work/job/cpu.max", "400000 100000\n");
  EXPECT_EQ(cgroupQuota(root.path()), 1u);
}

TEST(CgroupQuota, UnderstandsNoLimit) {
  TemporaryFolder root;
  root.write("proc/self/mountinfo", unifiedMount);
  root.write("proc/self/cgroup", "0::/\n");
  root.write("sys/fs/cgroup/cpu.max", "max 100000\n");
  EXPECT_EQ(cgroupQuota(root.path()), std::nullopt);
}

TEST(CgroupQuota, ReadsTheOldHierarchy) {
  TemporaryFolder root;
  root.write("proc/self/mountinfo",
             "33 25 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
             "34 25 0:30 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup "
             "rw,cpu,cpuacct\n");
  root.write("proc/self/cgroup", "5:memory:/other\n4:cpu,cpuacct:/job\n");
  root.write("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "150000\n");
  root.write("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(cgroupQuota(root.path()), 2u);
  root.write("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "-1\n");
  EXPECT_EQ(cgroupQuota(root.path()), std::nullopt);
}

TEST(CgroupQuota, FindsAContainersPartByTheMount) {
  TemporaryFolder root;
  // The mount shows /docker/abc as its root, the process is named as the host
  // sees it.
  root.write("proc/self/mountinfo",
             "25 30 0:22 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n");
  root.write("proc/self/cgroup", "0::/docker/abc/inner\n");
  root.write("sys/fs/cgroup/cpu.max", "800000 100000\n");
  root.write("sys/fs/cgroup/inner/cpu.max", "200000 100000\n");
  EXPECT_EQ(cgroupQuota(root.path()), 2u);
  // A group outside the mount: what is mounted is all that can be seen.
  root.write("proc/self/cgroup", "0::/elsewhere\n");
  EXPECT_EQ(cgroupQuota(root.path()), 8u);
}

TEST(CgroupQuota, SurvivesNonsense) {
  TemporaryFolder root;
  EXPECT_EQ(cgroupQuota(root.path()), std::nullopt);
  root.write("proc/self/mountinfo", "\n-\n1 2 3\n - cgroup2\n");
  root.write("proc/self/cgroup", "\n:\n::\nnonsense\n");
  EXPECT_EQ(cgroupQuota(root.path()), std::nullopt);
}
