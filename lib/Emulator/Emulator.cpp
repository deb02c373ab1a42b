//===- Emulator.cpp - What generated code calls ---------------------------===//

#include "tenon/Emulator/Emulator.h"
#include "Block.h"
#include "WarpOps.h"
#include "WarpgroupOps.h"

#include <array>
#include <utility>

using namespace tenon;

void Emulator::run(const EmulatedKernel &kernel, void *const *buffers,
                   int64_t begin, int64_t end) {
  Block block(*this, kernel, buffers);
  for (int64_t number = begin; number < end; ++number)
    block.run(number);
}

void Emulator::report(std::string what) {
  std::scoped_lock guard(lock);
  if (!fault)
    fault = std::move(what);
}

std::optional<std::string> Emulator::takeFault() {
  std::scoped_lock guard(lock);
  return std::exchange(fault, std::nullopt);
}

//===----------------------------------------------------------------------===//
// Called by generated code
//===----------------------------------------------------------------------===//

static void run(Emulator *emulator, const EmulatedKernel *kernel,
                void *const *buffers, int64_t begin, int64_t end) {
  emulator->run(*kernel, buffers, begin, end);
}

static int32_t thread() { return Block::current().threadNumber(); }

static int32_t block() {
  return static_cast<int32_t>(Block::current().blockNumber());
}

static int32_t blocks() {
  return static_cast<int32_t>(Block::current().description().blocks);
}

static void *shared() { return Block::current().sharedMemory(); }

static void barrier(int32_t site) { Block::current().barrier(site); }

static void *accessMemory(void *address, int64_t bytes, int32_t writes,
                          int32_t alignment) {
  return Block::current().access(address, bytes, writes != 0, alignment);
}

static void copyLater(std::byte *to, const std::byte *from, int32_t bytes,
                      int32_t copied) {
  Block::current().copy({to, from, bytes, copied});
}

static void commitCopies() { Block::current().commit(); }

static void waitForCopies(int32_t left) {
  Block::current().finishCopies(static_cast<size_t>(left));
}

static void publish() { Block::current().publish(); }

static void commitProducts() { Block::current().commitReads(); }

static void waitForProducts(int32_t left) {
  Block::current().finishReads(static_cast<size_t>(left));
}

std::span<const EmulatorFunction> tenon::emulatorFunctions() {
  static const std::array functions = {
      EmulatorFunction{"tenon_emulator_run", reinterpret_cast<void *>(&run)},
      EmulatorFunction{"tenon_emulator_thread",
                       reinterpret_cast<void *>(&thread)},
      EmulatorFunction{"tenon_emulator_block",
                       reinterpret_cast<void *>(&block)},
      EmulatorFunction{"tenon_emulator_blocks",
                       reinterpret_cast<void *>(&blocks)},
      EmulatorFunction{"tenon_emulator_shared",
                       reinterpret_cast<void *>(&shared)},
      EmulatorFunction{"tenon_emulator_barrier",
                       reinterpret_cast<void *>(&barrier)},
      EmulatorFunction{"tenon_emulator_shuffle",
                       reinterpret_cast<void *>(&shuffleLanes)},
      EmulatorFunction{"tenon_emulator_ldmatrix",
                       reinterpret_cast<void *>(&loadMatrices)},
      EmulatorFunction{"tenon_emulator_mma",
                       reinterpret_cast<void *>(&multiplyMatrices)},
      EmulatorFunction{"tenon_emulator_mma_bytes",
                       reinterpret_cast<void *>(&multiplyBytes)},
      EmulatorFunction{"tenon_emulator_tf32",
                       reinterpret_cast<void *>(&roundToTf32)},
      EmulatorFunction{"tenon_emulator_wgmma",
                       reinterpret_cast<void *>(&multiplyShared)},
      EmulatorFunction{"tenon_emulator_publish",
                       reinterpret_cast<void *>(&publish)},
      EmulatorFunction{"tenon_emulator_wgmma_commit",
                       reinterpret_cast<void *>(&commitProducts)},
      EmulatorFunction{"tenon_emulator_wgmma_wait",
                       reinterpret_cast<void *>(&waitForProducts)},
      EmulatorFunction{"tenon_emulator_copy",
                       reinterpret_cast<void *>(&copyLater)},
      EmulatorFunction{"tenon_emulator_commit",
                       reinterpret_cast<void *>(&commitCopies)},
      EmulatorFunction{"tenon_emulator_wait",
                       reinterpret_cast<void *>(&waitForCopies)},
      EmulatorFunction{"tenon_emulator_access",
                       reinterpret_cast<void *>(&accessMemory)},
  };
  return functions;
}
