//===- Merging.h - Neighbours that become one, the best first -------------===//

#ifndef TENON_LIB_TOKENIZER_MERGING_H
#define TENON_LIB_TOKENIZER_MERGING_H

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace tenon::tokenization {

/// A part of a word; `previous` and `next` are -1 where there is none.
struct Symbol {
  uint32_t token;
  size_t begin, length;
  int64_t previous = -1, next = -1;
  /// It stays as it is.
  bool isFrozen = false;
};

/// What two neighbours may become; those of the smallest order come first,
/// and of equals the leftmost.
struct Merge {
  double order;
  uint32_t token;
};

inline void linkSymbols(std::vector<Symbol> &symbols) {
  auto count = static_cast<int64_t>(symbols.size());
  for (int64_t index = 0; index < count; ++index) {
    symbols[index].previous = index - 1;
    symbols[index].next = index + 1 < count ? index + 1 : -1;
  }
}

/// Merges what `find(left, right)` gives a Merge for, until it gives none. The
/// first symbol stays the first, the others follow by `next`. Of n symbols in
/// O(n log n).
template <typename Find>
void mergeSymbols(std::vector<Symbol> &symbols, Find find) {
  struct Candidate {
    Merge merge;
    int64_t left;
    /// Of both; if it is another by now, one of the two has changed.
    size_t length;
  };
  auto isWorse = [](const Candidate &a, const Candidate &b) {
    return a.merge.order != b.merge.order ? a.merge.order > b.merge.order
                                          : a.left > b.left;
  };
  std::vector<Candidate> heap;
  auto consider = [&](int64_t left) {
    if (left < 0 || symbols[left].next < 0)
      return;
    const Symbol &first = symbols[left], &second = symbols[first.next];
    if (first.isFrozen || second.isFrozen)
      return;
    if (std::optional<Merge> merge = find(first, second)) {
      heap.push_back({*merge, left, first.length + second.length});
      std::push_heap(heap.begin(), heap.end(), isWorse);
    }
  };
  for (size_t index = 0; index + 1 < symbols.size(); ++index)
    consider(static_cast<int64_t>(index));
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), isWorse);
    Candidate best = heap.back();
    heap.pop_back();
    Symbol &left = symbols[best.left];
    if (left.length == 0 || left.next < 0 ||
        left.length + symbols[left.next].length != best.length)
      continue;
    Symbol &right = symbols[left.next];
    left.token = best.merge.token;
    left.length = best.length;
    left.next = right.next;
    if (right.next >= 0)
      symbols[right.next].previous = best.left;
    right.length = 0;
    consider(left.previous);
    consider(best.left);
  }
}

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_MERGING_H
