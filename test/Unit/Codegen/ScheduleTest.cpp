#include "tenon/Codegen/Schedule.h"
#include "tenon/Codegen/Target.h"

#include <gmock/gmock.h>

using namespace tenon;

TEST(Schedule, IsReadAsItIsWritten) {
  EXPECT_EQ(Schedule().description(), "tiles=32 summed=512 copied=128");
  Schedule schedule{8, 512, 1};
  EXPECT_EQ(Schedule::parse(schedule.description()), schedule);
}

TEST(Schedule, WideVectorsSumInLongerBlocks) {
  Target target;
  target.vectorBytes = 32;
  EXPECT_EQ(defaultSchedule(target), Schedule());
  target.vectorBytes = 64;
  EXPECT_EQ(defaultSchedule(target).summedSteps, 2 * Schedule().summedSteps);
}

TEST(Schedule, RefusesOtherTexts) {
  for (const char *text :
       {"", "tiles=32",
        "tiles=32 summed=256 copied=", "tiles=0 summed=1 copied=1",
        "summed=256 tiles=32 copied=128", "tiles=32 summed=256 copied=128 more",
        "tiles=32 summed=-1 copied=128", "tiles=x summed=256 copied=128"})
    EXPECT_EQ(Schedule::parse(text), std::nullopt) << text;
}

TEST(Schedule, AlternativesDifferInOneNumber) {
  Schedule usual;
  for (unsigned number = 0; number < scheduleNumbers; ++number) {
    std::vector<Schedule> others = alternatives(usual, number);
    EXPECT_GE(others.size(), 2u);
    for (const Schedule &other : others) {
      EXPECT_EQ((other.tiles != usual.tiles) +
                    (other.summedSteps != usual.summedSteps) +
                    (other.columnsToCopy != usual.columnsToCopy),
                1);
      EXPECT_EQ(Schedule::parse(other.description()), other);
    }
  }
}
