//===- Block.cpp - The threads of one block and their memory --------------===//

#include "Block.h"

#include <algorithm>
#include <cstring>
#include <utility>

using namespace tenon;
namespace context = boost::context;

static constexpr size_t stackBytes = 64 << 10;

static thread_local Block *currentBlock = nullptr;

Block &Block::current() { return *currentBlock; }

Block::Block(Emulator &emulator, const EmulatedKernel &kernel,
             void *const *buffers)
    : emulator(emulator), kernel(kernel), threads(kernel.threads),
      arguments(buffers, buffers + kernel.buffers),
      shared("shared memory", kernel.sharedBytes),
      workspace("the workspace", kernel.workspaceBytes),
      stacks(new std::byte[stackBytes * kernel.threads]) {
  arguments.push_back(nullptr); // the workspace
}

namespace {
/// Gives out the stacks that a block keeps for its threads.
struct KeptStack {
  std::byte *memory;
  context::stack_context allocate() {
    context::stack_context stack;
    stack.size = stackBytes;
    stack.sp = memory + stackBytes;
    return stack;
  }
  void deallocate(context::stack_context &) {}
};
} // namespace

void Block::startThread(int32_t thread) {
  EmulatedThread &self = threads[thread];
  self.state = ThreadState::Runs;
  self.uncommitted.clear();
  self.groups.clear();
  self.uncommittedReads.clear();
  self.readGroups.clear();
  self.hasUnpublished = false;
  self.fiber = context::fiber(
      std::allocator_arg, KeptStack{stacks.get() + stackBytes * thread},
      [this, thread](context::fiber &&scheduler) {
        threads[thread].scheduler = std::move(scheduler);
        kernel.thread(arguments.data());
        EmulatedThread &self = threads[thread];
        if (!self.uncommitted.empty() ||
            std::ranges::any_of(
                self.groups, [](const auto &group) { return !group.empty(); }))
          fault(thread, "ends while copies are on their way");
        if (!self.readGroups.empty())
          fault(thread, "ends while products are being formed");
        threads[thread].state = ThreadState::Ended;
        return std::move(threads[thread].scheduler);
      });
}

void Block::resume(int32_t thread) {
  running = thread;
  threads[thread].fiber = std::move(threads[thread].fiber).resume();
}

void Block::waitAs(ThreadState state, int32_t site) {
  EmulatedThread &self = threads[running];
  self.state = state;
  self.site = site;
  self.scheduler = std::move(self.scheduler).resume();
}

void Block::fault(int32_t thread, const std::string &what) {
  emulator.report("kernel '" + std::string(kernel.name) + "', block " +
                  std::to_string(number) + ", thread " +
                  std::to_string(thread) + ": " + what);
}

void Block::barrier(int32_t site) { waitAs(ThreadState::AtBarrier, site); }

void Block::exchange(int32_t site, const Exchange &exchange) {
  threads[running].exchange = &exchange;
  waitAs(ThreadState::AtExchange, site);
}

void *Block::access(void *address, int64_t bytes, bool writes,
                    int64_t alignment) {
  return accessAs(running, address, bytes, writes, alignment);
}

void *Block::accessAs(int32_t thread, void *address, int64_t bytes, bool writes,
                      int64_t alignment) {
  std::string wrong;
  // On a GPU every buffer begins at a multiple of more.
  auto isAlignedFrom = [&](const void *begin) {
    return (static_cast<std::byte *>(address) -
            static_cast<const std::byte *>(begin)) %
               alignment ==
           0;
  };
  bool isAligned = false, isWritable = true;
  if (shared.holds(address)) {
    wrong = shared.access(address, bytes, writes);
    isAligned = isAlignedFrom(shared.begin());
    threads[thread].hasUnpublished |= writes;
  } else if (workspace.holds(address)) {
    wrong = workspace.access(address, bytes, writes);
    isAligned = isAlignedFrom(workspace.begin());
  } else {
    auto *first = static_cast<std::byte *>(address);
    bool isKnown = false;
    isWritable = false;
    for (int64_t buffer = 0; buffer < kernel.buffers; ++buffer) {
      auto *begin = static_cast<std::byte *>(arguments[buffer]);
      if (first < begin || first + bytes > begin + kernel.bytes[buffer])
        continue;
      isKnown = true;
      isAligned |= isAlignedFrom(begin);
      isWritable |= buffer >= kernel.buffers - kernel.results;
    }
    if (!isKnown)
      wrong = std::string(writes ? "writes" : "reads") + " " +
              std::to_string(bytes) + " bytes outside of all buffers";
    else if (writes && !isWritable)
      wrong = "writes to an input";
  }
  if (wrong.empty() && !isAligned)
    wrong = std::string(writes ? "writes" : "reads") + " " +
            std::to_string(bytes) + " bytes at no multiple of " +
            std::to_string(alignment);
  if (!wrong.empty()) {
    fault(thread, wrong);
    return nowhere;
  }
  // What no thread writes needs no watching.
  if (!isWritable)
    return address;
  wrong = log.add(address, bytes, writes, thread, interval);
  if (!wrong.empty())
    fault(thread, wrong);
  return address;
}

void Block::copy(const PendingCopy &copy) {
  // The copy engine takes what it is given for an address of global memory.
  if (!shared.holds(copy.to) || shared.holds(copy.from))
    fault(running, "copies from elsewhere than global to shared memory");
  threads[running].uncommitted.push_back(copy);
}

void Block::commit() {
  EmulatedThread &self = threads[running];
  self.groups.push_back(std::exchange(self.uncommitted, {}));
}

void Block::finishCopies(size_t left) {
  EmulatedThread &self = threads[running];
  for (; self.groups.size() > left; self.groups.pop_front())
    for (const PendingCopy &copy : self.groups.front()) {
      void *to = access(copy.to, copy.bytes, true, copy.bytes);
      std::memset(to, 0, copy.bytes);
      if (copy.copied > 0)
        std::memcpy(to,
                    access(const_cast<std::byte *>(copy.from), copy.copied,
                           false, copy.bytes),
                    copy.copied);
    }
}

void Block::publish() { threads[running].hasUnpublished = false; }

bool Block::isPublished() const {
  return std::ranges::none_of(threads, &EmulatedThread::hasUnpublished);
}

void Block::commitReads() {
  EmulatedThread &self = threads[running];
  self.readGroups.push_back(std::exchange(self.uncommittedReads, {}));
}

/// Products may read until they are waited for: in each interval anew.
void Block::logReads(int32_t thread) {
  for (const auto &group : threads[thread].readGroups)
    for (const PendingRead &read : group)
      accessAs(thread, read.from, read.bytes, false);
}

void Block::finishReads(size_t left) {
  std::deque<std::vector<PendingRead>> &groups = threads[running].readGroups;
  while (groups.size() > left)
    groups.pop_front();
}

/// Lets all threads pass the barrier that they are at.
bool Block::releaseBarrier() {
  for (EmulatedThread &thread : threads)
    if (thread.state != ThreadState::AtBarrier ||
        thread.site != threads.front().site)
      return false;
  for (EmulatedThread &thread : threads)
    thread.state = ThreadState::Runs;
  ++interval;
  for (size_t thread = 0; thread < threads.size(); ++thread)
    logReads(static_cast<int32_t>(thread));
  return true;
}

/// Does what threads do together, where all of them have come.
void Block::doExchanges() {
  for (size_t thread = 0; thread < threads.size(); ++thread) {
    if (threads[thread].state != ThreadState::AtExchange)
      continue;
    const Exchange &exchange = *threads[thread].exchange;
    size_t first = thread / exchange.size * exchange.size;
    bool isComplete =
        exchange.size > lanesPerWarp || (exchange.mask >> (thread - first) & 1);
    Exchange::Lanes brought = {};
    for (unsigned lane = 0; lane < exchange.size && isComplete; ++lane) {
      if (exchange.size == lanesPerWarp && !(exchange.mask >> lane & 1))
        continue;
      const EmulatedThread *other =
          first + lane < threads.size() ? &threads[first + lane] : nullptr;
      isComplete = other && other->state == ThreadState::AtExchange &&
                   other->site == threads[thread].site &&
                   other->exchange->mask == exchange.mask;
      if (isComplete)
        brought[lane] = other->exchange->brought;
    }
    if (!isComplete)
      continue;
    exchange.perform(*this, static_cast<unsigned>(first), brought);
    for (unsigned lane = 0; lane < exchange.size; ++lane)
      if (brought[lane])
        threads[first + lane].state = ThreadState::Runs;
  }
}

/// Some threads wait for others that will not come.
void Block::releaseAll() {
  auto waits = std::ranges::find_if(threads, [](const EmulatedThread &thread) {
    return thread.state == ThreadState::AtBarrier ||
           thread.state == ThreadState::AtExchange;
  });
  fault(static_cast<int32_t>(waits - threads.begin()),
        waits->state == ThreadState::AtBarrier
            ? "waits at a barrier that other threads do not come to"
            : "waits for an exchange that other lanes do not come to");
  for (EmulatedThread &thread : threads) {
    if (thread.state != ThreadState::Ended)
      thread.state = ThreadState::Runs;
  }
  ++interval;
}

void Block::run(int64_t block) {
  currentBlock = this;
  number = block;
  shared.reset();
  workspace.reset();
  // Kernels look for their part behind those of the blocks before them.
  arguments.back() = workspace.begin() - number * kernel.workspaceBytes;
  log.clear();
  auto count = static_cast<int32_t>(threads.size());
  for (int32_t thread = 0; thread < count; ++thread)
    startThread(thread);
  // Blocks take turns in which thread goes first: what depends on the order
  // shows.
  bool isReversed = block % 2 != 0;
  while (true) {
    for (int32_t turn = 0; turn < count; ++turn) {
      int32_t thread = isReversed ? count - 1 - turn : turn;
      if (threads[thread].state == ThreadState::Runs)
        resume(thread);
    }
    if (std::ranges::all_of(threads, [](const EmulatedThread &thread) {
          return thread.state == ThreadState::Ended;
        }))
      break;
    doExchanges();
    if (!releaseBarrier() &&
        std::ranges::none_of(threads, [](const EmulatedThread &thread) {
          return thread.state == ThreadState::Runs;
        }))
      releaseAll();
  }
  currentBlock = nullptr;
}
