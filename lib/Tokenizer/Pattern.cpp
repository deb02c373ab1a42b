//===- Pattern.cpp - What a tokenizer.json looks for in texts -------------===//

#include "Pattern.h"

#include <unicode/regex.h>

namespace tenon::tokenization {

/// Of one search; ICU counts steps that take about a millisecond. Expressions
/// that need more go through exponentially many ways.
static constexpr int32_t maxRegexSteps = 2000;
static constexpr int32_t maxRegexStackBytes = 64 << 20;
static constexpr size_t maxRegexBytes = 1 << 16;

/// Oniguruma's \w in a class; alone it has Latin-1's other numbers too. ICU's
/// has joiners.
static constexpr std::string_view wordClass =
    R"(\p{Alphabetic}\p{M}\p{Nd}\p{Pc})";
static constexpr std::string_view wordAlone =
    R"(\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u00b2\u00b3\u00b9\u00bc-\u00be)";

/// The escape that stands at `position`, which moves behind it, as ICU spells
/// it; nothing where that might mean something else to Oniguruma, or nothing.
static std::optional<std::string>
translateEscape(std::string_view expression, size_t &position, bool inClass) {
  std::string_view rest = expression.substr(position);
  constexpr std::string_view same = "sSdDnrtfaAz";
  if (rest.size() < 2)
    return std::nullopt;
  char letter = rest[1];
  bool isLetter = (letter | 0x20) >= 'a' && (letter | 0x20) <= 'z',
       isDigit = letter >= '0' && letter <= '9';
  size_t length = 2;
  if (letter == 'w' || letter == 'W') {
    position += length;
    std::string word(inClass ? wordClass : wordAlone);
    if (letter == 'W')
      return "[^" + word + "]";
    return inClass ? word : "[" + word + "]";
  }
  if ((letter == 'p' || letter == 'P' || letter == 'x') && rest.size() > 2 &&
      rest[2] == '{') {
    length = rest.find('}');
    if (length == std::string_view::npos)
      return std::nullopt;
    ++length;
  } else if (letter == 'u' || letter == 'x') {
    length = std::min<size_t>(rest.size(), letter == 'u' ? 6 : 4);
  } else if (isDigit || (isLetter && same.find(letter) == same.npos)) {
    return std::nullopt;
  }
  position += length;
  return std::string(rest.substr(0, length));
}

/// An expression of Oniguruma's for ICU; an Error where the two might find
/// different things.
static Result<std::string> translate(std::string_view expression) {
  std::string translated;
  unsigned depth = 0;
  for (size_t position = 0; position < expression.size();) {
    std::string_view rest = expression.substr(position);
    if (rest[0] == '\\') {
      std::optional<std::string> escape =
          translateEscape(expression, position, depth > 0);
      if (!escape)
        return Error{"holds '" + std::string(rest.substr(0, 2)) +
                     "', which not all regular expressions know alike"};
      translated += *escape;
      continue;
    }
    size_t length = 1;
    if (rest[0] == '^' && depth == 0) {
      // Oniguruma's does not stand behind a line end that is the text's end.
      translated += R"((?:\A|^(?!\z)))";
      ++position;
      continue;
    }
    if (rest[0] == '[') {
      // A bracket that comes first in a class is itself a member.
      if (rest.starts_with("[]") || rest.starts_with("[^]"))
        return Error{"holds a class that starts with a bracket"};
      if (rest.starts_with("[:") && depth > 0) {
        if (!rest.starts_with("[:space:]"))
          return Error{"holds '[:', whose classes not all regular expressions "
                       "know alike"};
        length = std::string_view("[:space:]").size();
      } else {
        ++depth;
      }
    } else if (rest[0] == ']' && depth > 0) {
      --depth;
    } else if (depth > 0 && rest.starts_with("--")) {
      return Error{"holds a difference of classes"};
    } else if (depth == 0 && rest.starts_with("}+")) {
      return Error{"holds '}+', which is possessive for some and a repetition "
                   "for others"};
    } else if (depth == 0 && rest.starts_with("(?") &&
               rest.substr(2, rest.find_first_of(":)<=!>") - 2)
                       .find_first_of("msxuaWDSP") != std::string_view::npos) {
      return Error{"holds a mode that not all regular expressions know alike"};
    }
    translated += rest.substr(0, length);
    position += length;
  }
  return translated;
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
  if (Status status = checkLength(text); !status)
    return status.error();
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
  Result<std::string> translated = translate(expression);
  if (!translated)
    return translated.error();
  UErrorCode code = U_ZERO_ERROR;
  UParseError where;
  // As in Ruby: ^ and $ stand at every line, and only \n ends one.
  std::shared_ptr<const icu::RegexPattern> pattern(icu::RegexPattern::compile(
      icu::UnicodeString::fromUTF8(icu::StringPiece(
          translated->data(), static_cast<int32_t>(translated->size()))),
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
  for (const Span &span : *spans) {
    replaced +=
        span.isMatch ? content : text.substr(span.begin, span.end - span.begin);
    if (Status status = checkLength(replaced); !status)
      return status.error();
  }
  return replaced;
}

} // namespace tenon::tokenization
