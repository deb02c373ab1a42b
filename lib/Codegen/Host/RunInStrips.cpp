//===- RunInStrips.cpp - Less memory for a stage's launches ---------------===//

#include "tenon/Codegen/Host/RunInStrips.h"

#include <algorithm>
#include <map>
#include <set>

using namespace tenon;

/// Into how many strips a launch is cut: windows are about that part of their
/// buffers.
static constexpr int64_t strips = 32;
/// Kernels expect operands at multiples of it.
static constexpr int64_t alignment = 64;
/// A plan that makes things again and again is none.
static constexpr size_t mostLaunches = 20000;

static int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

std::vector<Lifetime> UnplacedLaunches::lifetimes() const {
  constexpr int64_t never = -1;
  std::vector<Lifetime> lifetimes;
  for (uint64_t size : sizes)
    lifetimes.push_back({size, never, never, 0});
  for (size_t step = 0; step < launches.size(); ++step) {
    std::vector<BufferRef> named = launches[step].buffers;
    if (launches[step].branch)
      named.push_back(launches[step].branch->choice);
    for (const BufferRef &buffer : named) {
      if (buffer.space != BufferRef::Space::Arena)
        continue;
      Lifetime &lifetime = lifetimes[buffer.index];
      lifetime.last = static_cast<int64_t>(step);
      if (lifetime.first == never)
        lifetime.first = lifetime.last;
    }
  }
  // What nobody names needs no room.
  for (Lifetime &lifetime : lifetimes)
    if (lifetime.first == never)
      lifetime = {0, 0, 0, 0};
  return lifetimes;
}

namespace {
/// The part [begin, end) of a streamed buffer that is there, in a buffer of its
/// own, for one launch that reads it.
struct Window {
  uint32_t source;                 ///< the streamed buffer
  size_t producer;                 ///< the launch that makes it
  std::vector<Window> inputs = {}; ///< what that one reads of streamed buffers
  uint32_t buffer = 0;
  int64_t begin = 0, end = 0;
};

struct Plan {
  UnplacedLaunches result;
  std::vector<size_t> owners; ///< by launch: that of the whole it is part of

  /// The most bytes in use during each launch of the whole.
  std::vector<uint64_t> liveBytes(size_t count) const;
  uint64_t peakBytes() const { return largestLiveSet(result.lifetimes()); }
};

class StripPlanner {
public:
  StripPlanner(const UnplacedLaunches &whole, uint64_t limit,
               const std::function<const KernelSteps *(uint32_t)> &steps);

  UnplacedLaunches find();

private:
  using Place = std::pair<BufferRef::Space, uint32_t>;

  bool isArena(const BufferRef &buffer, uint32_t number) const {
    return buffer.space == BufferRef::Space::Arena && buffer.index == number;
  }
  const Footprint *resultFootprint(size_t launch) const;
  bool isReproducible(size_t launch) const;
  bool canStream(uint32_t buffer) const;
  std::vector<uint32_t> candidates(const Plan &plan, size_t peak) const;
  uint64_t excess(const Plan &plan, uint64_t goal) const;
  void improve(Plan &plan, uint64_t goal);

  std::optional<Plan> makePlan() const;
  std::vector<Window> windowsOf(size_t launch, Plan &plan) const;
  void runSteps(Plan &plan, size_t owner, size_t launch,
                std::vector<Window> &inputs, int64_t first, int64_t last,
                const BufferRef *result) const;
  void provide(Plan &plan, size_t owner, Window &window, int64_t begin,
               int64_t end) const;
  void append(Plan &plan, Launch launch, size_t owner) const {
    plan.result.launches.push_back(std::move(launch));
    plan.owners.push_back(owner);
  }

  const UnplacedLaunches &whole;
  uint64_t limit;
  std::vector<const KernelSteps *> steps;   ///< by launch
  std::vector<std::vector<size_t>> readers; ///< by buffer
  std::map<Place, std::vector<size_t>> writers;
  std::set<uint32_t> streamed;
};
} // namespace

StripPlanner::StripPlanner(
    const UnplacedLaunches &whole, uint64_t limit,
    const std::function<const KernelSteps *(uint32_t)> &stepsOf)
    : whole(whole), limit(limit), readers(whole.sizes.size()) {
  for (size_t i = 0; i < whole.launches.size(); ++i) {
    const Launch &launch = whole.launches[i];
    bool isKernel = launch.kernel != Launch::copy && !launch.branch;
    const KernelSteps *known = isKernel ? stepsOf(launch.kernel) : nullptr;
    if (known && known->footprints.size() != launch.buffers.size())
      known = nullptr;
    steps.push_back(known);
    size_t inputs = launch.buffers.size() - launch.results;
    for (size_t j = 0; j < launch.buffers.size(); ++j) {
      const BufferRef &buffer = launch.buffers[j];
      if (j >= inputs)
        writers[{buffer.space, buffer.index}].push_back(i);
      else if (buffer.space == BufferRef::Space::Arena &&
               !std::ranges::count(readers[buffer.index], i))
        readers[buffer.index].push_back(i);
    }
  }
}

const Footprint *StripPlanner::resultFootprint(size_t launch) const {
  if (!steps[launch] || whole.launches[launch].results != 1 ||
      !steps[launch]->footprints.back())
    return nullptr;
  return &*steps[launch]->footprints.back();
}

/// Whether a launch may run later, and again: nothing that it reads changes.
bool StripPlanner::isReproducible(size_t launch) const {
  const Launch &made = whole.launches[launch];
  for (size_t i = 0; i + made.results < made.buffers.size(); ++i) {
    auto found = writers.find({made.buffers[i].space, made.buffers[i].index});
    size_t count = found == writers.end() ? 0 : found->second.size();
    // An input that is written to at all had another value before.
    if (count > (made.buffers[i].space == BufferRef::Space::Input ? 0 : 1))
      return false;
  }
  return true;
}

bool StripPlanner::canStream(uint32_t buffer) const {
  auto writing = writers.find({BufferRef::Space::Arena, buffer});
  if (writing == writers.end() || writing->second.size() != 1 ||
      readers[buffer].empty())
    return false;
  size_t producer = writing->second.front();
  const Footprint *made = resultFootprint(producer);
  if (!made || made->low != 0 || made->high != made->stride ||
      made->stride <= 0 || made->stride % alignment != 0 ||
      !isReproducible(producer))
    return false;
  return std::ranges::all_of(readers[buffer], [&](size_t reader) {
    const Launch &launch = whole.launches[reader];
    if (!steps[reader] || reader < producer)
      return false;
    for (size_t i = 0; i < launch.buffers.size(); ++i)
      if (isArena(launch.buffers[i], buffer) &&
          (!steps[reader]->footprints[i] ||
           steps[reader]->footprints[i]->stride < 0))
        return false;
    return true;
  });
}

//===----------------------------------------------------------------------===//
// Launches for a choice of streamed buffers
//===----------------------------------------------------------------------===//

/// A window for each streamed buffer that a launch reads, and so on.
std::vector<Window> StripPlanner::windowsOf(size_t launch, Plan &plan) const {
  std::vector<Window> windows;
  for (const BufferRef &buffer : whole.launches[launch].buffers) {
    if (buffer.space != BufferRef::Space::Arena ||
        !streamed.contains(buffer.index) ||
        std::ranges::count(windows, buffer.index, &Window::source))
      continue;
    size_t producer =
        writers.at({BufferRef::Space::Arena, buffer.index}).front();
    if (producer == launch) // its own result
      continue;
    Window window{buffer.index, producer};
    window.inputs = windowsOf(producer, plan);
    window.buffer = static_cast<uint32_t>(plan.result.sizes.size());
    plan.result.sizes.push_back(0);
    windows.push_back(std::move(window));
  }
  return windows;
}

/// Lets the window hold [begin, end) of its buffer, which lie behind what it
/// was asked for before.
void StripPlanner::provide(Plan &plan, size_t owner, Window &window,
                           int64_t begin, int64_t end) const {
  int64_t stride = resultFootprint(window.producer)->stride;
  begin = begin / alignment * alignment;
  if (begin >= window.end) {
    window.begin = window.end = begin / stride * stride;
  } else if (begin > window.begin) {
    Launch move;
    move.bytes = window.end - begin;
    move.label = "strip";
    auto from = static_cast<uint64_t>(begin - window.begin);
    move.buffers = {{BufferRef::Space::Arena, window.buffer, from, move.bytes},
                    {BufferRef::Space::Arena, window.buffer, 0, move.bytes}};
    append(plan, std::move(move), owner);
    window.begin = begin;
  }
  int64_t first = window.end / stride, last = ceilDiv(end, stride);
  if (last <= first || end <= window.end)
    return;
  window.end = std::min<int64_t>(last * stride, whole.sizes[window.source]);
  auto held = static_cast<uint64_t>(window.end - window.begin);
  uint64_t &size = plan.result.sizes[window.buffer];
  size = std::max(size, held);
  BufferRef result{BufferRef::Space::Arena, window.buffer, 0, held,
                   static_cast<uint64_t>(window.begin)};
  runSteps(plan, owner, window.producer, window.inputs, first, last, &result);
}

/// Steps [first, last) of a launch behind what they read of streamed buffers.
void StripPlanner::runSteps(Plan &plan, size_t owner, size_t launch,
                            std::vector<Window> &inputs, int64_t first,
                            int64_t last, const BufferRef *result) const {
  Launch part = whole.launches[launch];
  const KernelSteps &loop = *steps[launch];
  if (plan.result.launches.size() > mostLaunches)
    return;
  for (Window &window : inputs) {
    auto size = static_cast<int64_t>(whole.sizes[window.source]);
    int64_t begin = size, end = 0;
    for (size_t i = 0; i < part.buffers.size(); ++i) {
      if (!isArena(part.buffers[i], window.source))
        continue;
      const Footprint &footprint = *loop.footprints[i];
      begin = std::min(begin, std::max<int64_t>(0, first * footprint.stride +
                                                       footprint.low));
      end = std::max(
          end, std::min(size, (last - 1) * footprint.stride + footprint.high));
    }
    provide(plan, owner, window, begin, std::max(begin, end));
    for (size_t i = 0; i < part.buffers.size(); ++i)
      if (isArena(whole.launches[launch].buffers[i], window.source))
        part.buffers[i] = {BufferRef::Space::Arena, window.buffer, 0,
                           static_cast<uint64_t>(window.end - window.begin),
                           static_cast<uint64_t>(window.begin)};
  }
  if (result)
    part.buffers.back() = *result;
  part.begin = first * loop.iterations;
  part.extent = (last - first) * loop.iterations;
  append(plan, std::move(part), owner);
}

std::optional<Plan> StripPlanner::makePlan() const {
  Plan plan;
  plan.result.sizes = whole.sizes;
  for (size_t i = 0; i < whole.launches.size(); ++i) {
    const Launch &launch = whole.launches[i];
    const BufferRef *only =
        launch.results == 1 ? &launch.buffers.back() : nullptr;
    if (only && only->space == BufferRef::Space::Arena &&
        streamed.contains(only->index))
      continue;
    std::vector<Window> windows = windowsOf(i, plan);
    if (windows.empty()) {
      append(plan, launch, i);
      continue;
    }
    int64_t count = steps[i]->steps, piece = ceilDiv(count, strips);
    for (int64_t first = 0; first < count; first += piece)
      runSteps(plan, i, i, windows, first, std::min(first + piece, count),
               nullptr);
    if (plan.result.launches.size() > mostLaunches)
      return std::nullopt;
  }
  return plan;
}

//===----------------------------------------------------------------------===//
// The choice
//===----------------------------------------------------------------------===//

std::vector<uint64_t> Plan::liveBytes(size_t count) const {
  std::vector<int64_t> change(result.launches.size() + 1);
  for (const Lifetime &lifetime : result.lifetimes()) {
    change[lifetime.first] += static_cast<int64_t>(lifetime.bytes);
    change[lifetime.last + 1] -= static_cast<int64_t>(lifetime.bytes);
  }
  std::vector<uint64_t> live(count);
  int64_t now = 0;
  for (size_t i = 0; i < owners.size(); ++i) {
    now += change[i];
    live[owners[i]] = std::max(live[owners[i]], static_cast<uint64_t>(now));
  }
  return live;
}

/// By how much the launches exceed `goal`, added up.
uint64_t StripPlanner::excess(const Plan &plan, uint64_t goal) const {
  uint64_t sum = 0;
  for (uint64_t bytes : plan.liveBytes(whole.launches.size()))
    sum += bytes > goal ? bytes - goal : 0;
  return sum;
}

/// Buffers in use at launch `peak` that may be streamed, those first of which
/// nothing is made twice, then the largest.
std::vector<uint32_t> StripPlanner::candidates(const Plan &plan,
                                               size_t peak) const {
  std::vector<Lifetime> lifetimes = plan.result.lifetimes();
  auto begin = std::ranges::find(plan.owners, peak) - plan.owners.begin();
  auto end = begin + std::ranges::count(plan.owners, peak);
  std::vector<uint32_t> found;
  for (uint32_t buffer = 0; buffer < whole.sizes.size(); ++buffer)
    if (lifetimes[buffer].bytes > 0 && lifetimes[buffer].first < end &&
        lifetimes[buffer].last >= begin && !streamed.contains(buffer) &&
        canStream(buffer))
      found.push_back(buffer);
  std::ranges::sort(found, {}, [&](uint32_t buffer) {
    return std::tuple(readers[buffer].size() > 1,
                      -static_cast<int64_t>(whole.sizes[buffer]), buffer);
  });
  return found;
}

/// Streams buffers that are in use at the worst launch while that helps to
/// come to `goal`.
void StripPlanner::improve(Plan &plan, uint64_t goal) {
  uint64_t now = excess(plan, goal);
  for (bool isBetter = true; isBetter && now > 0;) {
    isBetter = false;
    std::vector<uint64_t> live = plan.liveBytes(whole.launches.size());
    size_t worst = std::ranges::max_element(live) - live.begin();
    for (uint32_t buffer : candidates(plan, worst)) {
      streamed.insert(buffer);
      std::optional<Plan> next = makePlan();
      uint64_t then = next ? excess(*next, goal) : now;
      if (then < now) {
        plan = std::move(*next);
        now = then;
        isBetter = true;
        break;
      }
      streamed.erase(buffer);
    }
  }
}

/// Goes down towards the limit by small steps, by larger ones where these lead
/// nowhere: what is found does not depend on how far away the limit is.
UnplacedLaunches StripPlanner::find() {
  Plan plan = *makePlan();
  uint64_t peak = plan.peakBytes();
  for (int share = 16; peak > limit && share > 1;) {
    Plan next = plan;
    std::set<uint32_t> before = streamed;
    improve(next, peak - peak / share);
    if (next.peakBytes() < peak) {
      plan = std::move(next);
      peak = plan.peakBytes();
      share = 16;
    } else {
      streamed = std::move(before);
      share /= 2;
    }
  }
  return std::move(plan.result);
}

UnplacedLaunches
tenon::runInStrips(const UnplacedLaunches &whole, uint64_t limit,
                   const std::function<const KernelSteps *(uint32_t)> &steps) {
  return StripPlanner(whole, limit, steps).find();
}
