//===- Block.h - The threads of one block and their memory ----------------===//

#ifndef TENON_LIB_EMULATOR_BLOCK_H
#define TENON_LIB_EMULATOR_BLOCK_H

#include "Accesses.h"

#include "tenon/Emulator/Emulator.h"

#include <boost/context/fiber.hpp>

#include <array>
#include <deque>
#include <memory>
#include <vector>

namespace tenon {

inline constexpr unsigned lanesPerWarp = 32;
class Block;

/// What a thread is at.
enum class ThreadState { Runs, AtBarrier, AtExchange, Ended };

/// What neighbouring threads do together: those of a warp that are in a mask,
/// or all of four warps. `perform` is given what each of them brings, null for
/// those that take no part.
struct Exchange {
  using Lanes = std::array<void *, 4 * lanesPerWarp>;
  unsigned size; ///< of the group: of one warp or four
  uint32_t mask; ///< of one warp: who takes part
  void *brought;
  void (*perform)(Block &block, unsigned first, const Lanes &lanes);
};

/// Shared memory that products still read.
struct PendingRead {
  std::byte *from;
  int64_t bytes;
};

/// A copy that is on its way to shared memory; zeros follow what is copied.
struct PendingCopy {
  std::byte *to;
  const std::byte *from;
  int64_t bytes, copied;
};

struct EmulatedThread {
  boost::context::fiber fiber, scheduler;
  ThreadState state = ThreadState::Runs;
  /// Which barrier or exchange of the kernel's text it is at.
  int32_t site = 0;
  const Exchange *exchange = nullptr;
  std::vector<PendingCopy> uncommitted;
  std::deque<std::vector<PendingCopy>> groups; ///< the oldest first
  std::vector<PendingRead> uncommittedReads;
  std::deque<std::vector<PendingRead>> readGroups;
  /// Whether it has written to shared memory what products may not see yet.
  bool hasUnpublished = false;
};

/// Runs one block after another. One host thread.
class Block {
public:
  Block(Emulator &emulator, const EmulatedKernel &kernel, void *const *buffers);
  void run(int64_t number);

  /// The block whose thread is running on this host thread.
  static Block &current();

  // Called by the running thread.
  int32_t threadNumber() const { return running; }
  int64_t blockNumber() const { return number; }
  const EmulatedKernel &description() const { return kernel; }
  std::byte *sharedMemory() { return shared.begin(); }
  void barrier(int32_t site);
  void exchange(int32_t site, const Exchange &exchange);
  /// Where the access is to go: `address`, or memory of nobody. It must be a
  /// multiple of `alignment`, counted from where its buffer begins.
  void *access(void *address, int64_t bytes, bool writes,
               int64_t alignment = 1);
  /// As access(), by that thread.
  void *accessAs(int32_t thread, void *address, int64_t bytes, bool writes,
                 int64_t alignment = 1);
  void copy(const PendingCopy &copy);
  void commit();
  /// Does all but the newest `left` groups of copies: as late as they may be.
  void finishCopies(size_t left);
  /// Lets products see what the running thread has written.
  void publish();
  bool isPublished() const;
  void commitReads();
  /// Waits for all but the newest `left` groups of products.
  void finishReads(size_t left);
  EmulatedThread &threadAt(int32_t thread) { return threads[thread]; }
  void fault(int32_t thread, const std::string &what);

private:
  void startThread(int32_t thread);
  void resume(int32_t thread);
  void waitAs(ThreadState state, int32_t site);
  bool releaseBarrier();
  void doExchanges();
  void logReads(int32_t thread);
  void releaseAll();

  Emulator &emulator;
  const EmulatedKernel &kernel;
  int64_t number = 0;
  int32_t running = 0;
  /// Barriers passed so far: accesses of different intervals are in order.
  uint64_t interval = 1;
  std::vector<EmulatedThread> threads;
  std::vector<void *> arguments;
  OwnMemory shared, workspace;
  AccessLog log;
  std::unique_ptr<std::byte[]> stacks;
  std::byte nowhere[64];
};

} // namespace tenon

#endif // TENON_LIB_EMULATOR_BLOCK_H
