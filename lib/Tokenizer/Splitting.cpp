//===- Splitting.cpp - Texts in pieces ------------------------------------===//

#include "Splitting.h"

#include <algorithm>

namespace tenon::tokenization {

Status checkLength(std::string_view text) {
  if (text.size() <= maxTextBytes)
    return success();
  return Error{"a text of " + std::to_string(text.size()) +
               " bytes is too long"};
}

/// Puts each match that follows something else to what stands before it.
static std::vector<Span> mergeWithPrevious(const std::vector<Span> &spans) {
  std::vector<Span> merged;
  bool wasMatch = false;
  for (const Span &span : spans) {
    if (span.isMatch && !wasMatch && !merged.empty())
      merged.back().end = span.end;
    else
      merged.push_back(span);
    wasMatch = span.isMatch;
  }
  return merged;
}

static std::vector<Span> mergeWithNext(std::vector<Span> spans) {
  std::vector<Span> merged;
  bool wasMatch = false;
  for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
    if (span->isMatch && !wasMatch && !merged.empty())
      merged.back().begin = span->begin;
    else
      merged.push_back(*span);
    wasMatch = span->isMatch;
  }
  std::reverse(merged.begin(), merged.end());
  return merged;
}

static std::vector<Span> mergeAlike(const std::vector<Span> &spans) {
  std::vector<Span> merged;
  for (const Span &span : spans) {
    if (!merged.empty() && merged.back().isMatch == span.isMatch)
      merged.back().end = span.end;
    else
      merged.push_back(span);
  }
  return merged;
}

std::vector<Span> applyBehavior(std::vector<Span> spans,
                                SplitBehavior behavior) {
  switch (behavior) {
  case SplitBehavior::Removed:
    std::erase_if(spans, [](const Span &span) { return span.isMatch; });
    return spans;
  case SplitBehavior::Isolated:
    return spans;
  case SplitBehavior::MergedWithPrevious:
    return mergeWithPrevious(spans);
  case SplitBehavior::MergedWithNext:
    return mergeWithNext(std::move(spans));
  case SplitBehavior::Contiguous:
    return mergeAlike(spans);
  }
  return spans;
}

Status splitPieces(std::vector<Piece> &pieces, const Finder &find,
                   SplitBehavior behavior) {
  std::vector<Piece> parts;
  for (const Piece &piece : pieces) {
    Result<std::vector<Span>> spans = find(piece.text);
    if (!spans)
      return spans.error();
    for (const Span &span : applyBehavior(std::move(*spans), behavior))
      if (span.begin < span.end)
        parts.push_back({piece.text.substr(span.begin, span.end - span.begin),
                         piece.atStart && span.begin == 0});
  }
  pieces = std::move(parts);
  return success();
}

} // namespace tenon::tokenization
