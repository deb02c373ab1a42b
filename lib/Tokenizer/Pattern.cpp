//===- Pattern.cpp - What a tokenizer.json looks for in texts -------------===//

#include "Pattern.h"

#include <unicode/regex.h>

namespace tenon::tokenization {

/// Of one search; ICU counts steps that take about a millisecond. Expressions
/// that need more go through exponentially many ways.
static constexpr int32_t maxRegexSteps = 2000;
static constexpr int32_t maxRegexStackBytes = 64 << 20;
static constexpr size_t maxRegexBytes = 1 << 16;

/// Why the expression might mean one thing to ICU and another to Oniguruma, or
/// nothing.
static const char *differenceOf(std::string_view expression) {
  bool inClass = false;
  for (size_t i = 0; i < expression.size(); ++i) {
    std::string_view rest = expression.substr(i);
    if (rest[0] == '\\') {
      if (rest.size() > 1 &&
          std::string_view("hHRXNOKGyYQEvVbBkgcCMZ").find(rest[1]) !=
              std::string_view::npos &&
          !(rest[1] == 'b' && !inClass) && !(rest[1] == 'B' && !inClass))
        return "an escape that not all regular expressions know alike";
      ++i;
      // \p{..}, \x{..}: these braces do not repeat.
      if (rest.size() > 2 && rest[2] == '{')
        i += std::min(rest.find('}'), rest.size()) - 1;
      continue;
    }
    if (inClass) {
      if (rest[0] == ']')
        inClass = false;
      else if (rest.starts_with("--"))
        return "a difference of classes";
      continue;
    }
    if (rest[0] == '[') {
      inClass = true;
      // A bracket that comes first is itself a member.
      if (rest.starts_with("[]") || rest.starts_with("[^]"))
        return "a class that starts with a bracket";
    } else if (rest.starts_with("}+"))
      return "'}+', which is possessive for some and a repetition for others";
    else if (rest.starts_with("(?") &&
             rest.substr(2, rest.find_first_of(":)<=!>") - 2)
                     .find_first_of("msxuaWDSP") != std::string_view::npos)
      return "a mode that not all regular expressions know alike";
  }
  return nullptr;
}

/// Positions of UTF-16 as those of UTF-8, asked for in rising order.
class Offsets {
public:
  explicit Offsets(std::string_view text) : text(text) {}

  size_t bytesBefore(int32_t unit) {
    while (units < unit) {
      size_t size = characterBytes(text[bytes]);
      bytes += size;
      units += size == 4 ? 2 : 1;
    }
    return bytes;
  }

private:
  std::string_view text;
  size_t bytes = 0;
  int32_t units = 0;
};

static Result<std::vector<Span>> findRegex(const icu::RegexPattern &pattern,
                                           std::string_view text) {
  if (text.size() > INT32_MAX)
    return Error{"a text of " + std::to_string(text.size()) +
                 " bytes is too long"};
  icu::UnicodeString units = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  UErrorCode code = U_ZERO_ERROR;
  std::unique_ptr<icu::RegexMatcher> matcher(pattern.matcher(units, code));
  if (matcher) {
    matcher->setTimeLimit(maxRegexSteps, code);
    matcher->setStackLimit(maxRegexStackBytes, code);
  }
  std::vector<Span> spans;
  Offsets offsets(text);
  size_t between = 0;
  std::optional<int32_t> lastEnd;
  while (U_SUCCESS(code) && matcher->find(code)) {
    int32_t begin = matcher->start(code), end = matcher->end(code);
    // No empty match right behind another match.
    if (begin == end && lastEnd == end)
      continue;
    lastEnd = end;
    size_t first = offsets.bytesBefore(begin), last = offsets.bytesBefore(end);
    if (between < first)
      spans.push_back({between, first, false});
    spans.push_back({first, last, true});
    between = last;
  }
  if (U_FAILURE(code))
    return Error{std::string("a regular expression: ") + u_errorName(code)};
  if (between < text.size())
    spans.push_back({between, text.size(), false});
  return spans;
}

Result<Finder> regexFinder(std::string_view expression) {
  if (expression.size() > maxRegexBytes)
    return Error{std::to_string(expression.size()) +
                 " bytes are too many for a regular expression"};
  if (const char *difference = differenceOf(expression))
    return Error{"holds " + std::string(difference)};
  UErrorCode code = U_ZERO_ERROR;
  UParseError where;
  // As in Ruby: ^ and $ stand at every line, and only \n ends one.
  std::shared_ptr<const icu::RegexPattern> pattern(icu::RegexPattern::compile(
      icu::UnicodeString::fromUTF8(icu::StringPiece(
          expression.data(), static_cast<int32_t>(expression.size()))),
      UREGEX_MULTILINE | UREGEX_UNIX_LINES, where, code));
  if (U_FAILURE(code))
    return Error{std::string("is no regular expression: ") + u_errorName(code) +
                 " at character " + std::to_string(where.offset)};
  return Finder(
      [pattern](std::string_view text) { return findRegex(*pattern, text); });
}

Finder literalFinder(std::string wanted) {
  return [wanted = std::move(wanted)](
             std::string_view text) -> Result<std::vector<Span>> {
    std::vector<Span> spans;
    size_t between = 0;
    while (!wanted.empty()) {
      size_t found = text.find(wanted, between);
      if (found == std::string_view::npos)
        break;
      if (between < found)
        spans.push_back({between, found, false});
      spans.push_back({found, found + wanted.size(), true});
      between = found + wanted.size();
    }
    if (between < text.size())
      spans.push_back({between, text.size(), false});
    return spans;
  };
}

Finder readPattern(const JsonNode &node, llvm::StringRef key) {
  JsonNode pattern = node.child(key);
  pattern.expectKeys({"Regex", "String"});
  if (!pattern.object())
    return {};
  if (std::optional<std::string> text = pattern.optionalText("String"))
    return literalFinder(*text);
  std::string expression = pattern.text("Regex");
  Result<Finder> finder = regexFinder(expression);
  if (finder)
    return *finder;
  pattern.child("Regex").complain(finder.error().message);
  return {};
}

Result<std::string> replaceMatches(std::string_view text, const Finder &find,
                                   std::string_view content) {
  Result<std::vector<Span>> spans = find(text);
  if (!spans)
    return spans.error();
  std::string replaced;
  replaced.reserve(text.size());
  for (const Span &span : *spans)
    replaced +=
        span.isMatch ? content : text.substr(span.begin, span.end - span.begin);
  return replaced;
}

} // namespace tenon::tokenization
