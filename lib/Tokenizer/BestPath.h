//===- BestPath.h - The likeliest way through a text ----------------------===//

#ifndef TENON_LIB_TOKENIZER_BESTPATH_H
#define TENON_LIB_TOKENIZER_BESTPATH_H

#include "Characters.h"
#include "PrefixTree.h"

#include <algorithm>

namespace tenon::tokenization {

/// A token that covers a part of a text.
struct Step {
  size_t begin, end;
  uint32_t token;
};

/// The steps with the largest sum of scores, of equals those found first
/// (Viterbi). Characters that no token of theirs alone covers may be taken as
/// `unknown`. `scoreOf(token, bytes)` is nothing for a token not to be used.
template <typename Score, typename ScoreOf>
std::vector<Step> findBestPath(std::string_view text, const PrefixTree &tree,
                               uint32_t unknown, Score unknownScore,
                               ScoreOf scoreOf) {
  constexpr size_t unreached = SIZE_MAX;
  struct Node {
    size_t begin = unreached;
    uint32_t token = 0;
    Score score = 0;
  };
  std::vector<Node> best(text.size() + 1);
  auto offer = [&](size_t begin, size_t end, uint32_t token, Score score) {
    score += best[begin].score;
    Node &node = best[end];
    if (node.begin == unreached || score > node.score)
      node = {begin, token, score};
  };
  for (size_t begin = 0; begin < text.size();) {
    size_t next = begin + characterBytes(text[begin]);
    bool isCovered = false;
    tree.forEachPrefix(text.substr(begin), [&](PrefixTree::Match match) {
      std::optional<Score> score = scoreOf(match.number, match.length);
      if (!score)
        return;
      offer(begin, begin + match.length, match.number, *score);
      isCovered |= begin + match.length == next;
    });
    if (!isCovered)
      offer(begin, next, unknown, unknownScore);
    begin = next;
  }
  std::vector<Step> steps;
  for (size_t end = text.size(); end > 0; end = best[end].begin)
    steps.push_back({best[end].begin, end, best[end].token});
  std::reverse(steps.begin(), steps.end());
  return steps;
}

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_BESTPATH_H
