//===- PrefixTree.cpp - Which texts another starts with -------------------===//

#include "PrefixTree.h"

#include <map>

namespace tenon::tokenization {

PrefixTree::PrefixTree(std::vector<std::pair<std::string, uint32_t>> texts)
    : entries(std::move(texts)) {
  std::erase_if(entries, [](const auto &entry) { return entry.first.empty(); });
  // std::string compares as unsigned bytes.
  std::map<std::string_view, uint32_t> firsts;
  for (const auto &[text, number] : entries)
    firsts.try_emplace(text, number);
  std::vector<std::pair<std::string, uint32_t>> sorted;
  sorted.reserve(firsts.size());
  for (auto [text, number] : firsts)
    sorted.emplace_back(text, number);
  entries = std::move(sorted);
  for (const auto &[text, number] : entries)
    ++starts[static_cast<uint8_t>(text[0]) + 1];
  for (size_t byte = 0; byte < 256; ++byte)
    starts[byte + 1] += starts[byte];
}

std::pair<size_t, size_t> PrefixTree::narrow(size_t begin, size_t end,
                                             size_t depth, uint8_t byte) const {
  auto byteOf = [&](size_t index) {
    return static_cast<uint8_t>(entries[index].first[depth]);
  };
  auto firstNotBelow = [&](unsigned wanted, size_t low) {
    size_t high = end;
    while (low < high) {
      size_t middle = low + (high - low) / 2;
      if (byteOf(middle) < wanted)
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  };
  size_t low = firstNotBelow(byte, begin);
  return {low, firstNotBelow(unsigned(byte) + 1, low)};
}

std::optional<PrefixTree::Match>
PrefixTree::longestPrefix(std::string_view text) const {
  std::optional<Match> longest;
  forEachPrefix(text, [&](Match match) { longest = match; });
  return longest;
}

} // namespace tenon::tokenization
