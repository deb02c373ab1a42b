//===- KeptMemory.h - Large blocks that are used again --------------------===//

#ifndef TENON_LIB_RUNTIME_KEPTMEMORY_H
#define TENON_LIB_RUNTIME_KEPTMEMORY_H

#include "tenon/Runtime/Tensor.h"

#include <map>
#include <mutex>

namespace tenon {

/// Memory of which large blocks stay when they are freed, for the next that
/// asks for as many bytes: their pages need neither faults nor zeros. The
/// system takes the pages of those that lie idle when it needs memory. A block
/// keeps the object alive. May be used from several threads at once.
class KeptMemory : public std::enable_shared_from_this<KeptMemory> {
public:
  /// Bytes that are not set, at a multiple of 64; null where there is no
  /// memory.
  std::shared_ptr<std::byte> allocate(uint64_t bytes);

private:
  using Block = std::shared_ptr<std::byte>;
  Block take(uint64_t bytes);
  void keep(Block block, uint64_t bytes);

  std::mutex lock;
  std::multimap<uint64_t, Block> idle; ///< by their bytes
};

} // namespace tenon

#endif // TENON_LIB_RUNTIME_KEPTMEMORY_H
