//===- PrefixTree.h - Which texts another starts with ---------------------===//

#ifndef TENON_LIB_TOKENIZER_PREFIXTREE_H
#define TENON_LIB_TOKENIZER_PREFIXTREE_H

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace tenon::tokenization {

/// Texts with numbers, in order, so that those with a common start stand
/// together.
class PrefixTree {
public:
  PrefixTree() = default;
  /// Of equal texts the first counts; empty ones do not.
  explicit PrefixTree(std::vector<std::pair<std::string, uint32_t>> texts);

  struct Match {
    size_t length;
    uint32_t number;
  };

  /// Calls `found(Match)` for all entries that `text` starts with, the shortest
  /// first.
  template <typename Found>
  void forEachPrefix(std::string_view text, Found found) const;
  std::optional<Match> longestPrefix(std::string_view text) const;
  bool empty() const { return entries.empty(); }

private:
  /// The part of [begin, end), whose texts agree before `depth`, that has
  /// `byte` there.
  std::pair<size_t, size_t> narrow(size_t begin, size_t end, size_t depth,
                                   uint8_t byte) const;

  std::vector<std::pair<std::string, uint32_t>> entries;
  /// Where the texts of each first byte start.
  std::array<size_t, 257> starts{};
};

template <typename Found>
void PrefixTree::forEachPrefix(std::string_view text, Found found) const {
  if (text.empty())
    return;
  auto first = static_cast<uint8_t>(text[0]);
  size_t begin = starts[first], end = starts[first + 1];
  for (size_t depth = 1; begin < end; ++depth) {
    // The shortest of what is left stands first.
    if (entries[begin].first.size() == depth) {
      found(Match{depth, entries[begin].second});
      ++begin;
    }
    if (depth == text.size())
      return;
    std::tie(begin, end) =
        narrow(begin, end, depth, static_cast<uint8_t>(text[depth]));
  }
}

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_PREFIXTREE_H
