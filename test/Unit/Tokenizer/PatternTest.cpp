//===- PatternTest.cpp - Expressions as Oniguruma finds them --------------===//
//
// What is expected was printed by Split(Regex(..), "isolated") of Hugging
// Face's tokenizers 0.23.3.
//
//===----------------------------------------------------------------------===//

#include "../../../lib/Tokenizer/Pattern.h"

#include <gmock/gmock.h>

using namespace tenon;
using namespace tenon::tokenization;
using testing::ElementsAre;

static std::vector<std::string> split(std::string_view expression,
                                      const std::string &text) {
  Result<Finder> find = regexFinder(expression);
  if (!find)
    return {find.error().message};
  std::vector<Piece> pieces = {{text, true}};
  Status status = splitPieces(pieces, *find, SplitBehavior::Isolated);
  EXPECT_TRUE(status.ok());
  std::vector<std::string> texts;
  for (const Piece &piece : pieces) {
    EXPECT_EQ(piece.atStart, texts.empty());
    texts.push_back(piece.text);
  }
  return texts;
}

TEST(Pattern, LinesEndWithLineFeedsAlone) {
  EXPECT_THAT(split(R"(^\s*)", "\n  a\n"), ElementsAre("\n  ", "a\n"));
  EXPECT_THAT(split("$", "a\nb\n"), ElementsAre("a", "\nb", "\n"));
  EXPECT_THAT(split(".", "a\n\r\u2028b"),
              ElementsAre("a", "\n", "\r", "\u2028", "b"));
}

TEST(Pattern, WordCharactersAreOnigurumas) {
  EXPECT_THAT(split(R"(\W)", "a\u00b2\u200d b"),
              ElementsAre("a\u00b2", "\u200d", " ", "b"));
  EXPECT_THAT(split(R"([^\W\d])", "a1\u00b2_"),
              ElementsAre("a", "1\u00b2", "_"));
}

TEST(Pattern, EmptyMatchesMoveOn) {
  EXPECT_THAT(split("a*", "baac"), ElementsAre("b", "aa", "c"));
}

TEST(Pattern, SpacesAreUnicodes) {
  EXPECT_THAT(split(R"(\s)", "\u0085\u00a0\u180e\u200b\u3000"),
              ElementsAre("\u0085", "\u00a0", "\u180e\u200b", "\u3000"));
  EXPECT_THAT(split("[[:space:]]+", " \u00a0x"), ElementsAre(" \u00a0", "x"));
  EXPECT_THAT(split(R"(\s+(?!\S)|\s+)", "a   b  "),
              ElementsAre("a", "  ", " ", "b", "  "));
}

TEST(Pattern, ClassesCasesAndSurroundings) {
  EXPECT_THAT(split("(?i:'S|\u017f)", "'s'\u017fs"),
              ElementsAre("'s", "'\u017f", "s"));
  EXPECT_THAT(split(R"(\p{N}{1,3})", "12345"), ElementsAre("123", "45"));
  EXPECT_THAT(split("[\u4e00-\u9fa5]+|[!-/:-~]+", "\u4e2da!b,\u6587"),
              ElementsAre("\u4e2d", "a!b,", "\u6587"));
  EXPECT_THAT(split(R"([\p{L}&&[^a]]+)", "abca"), ElementsAre("a", "bc", "a"));
  EXPECT_THAT(split("(?<=a)b|c(?=d)", "abcbcd"),
              ElementsAre("a", "b", "cb", "c", "d"));
  EXPECT_THAT(split(R"(a++b|\p{Lu}?+x)", "aab Xx"),
              ElementsAre("aab", " ", "Xx"));
  EXPECT_THAT(split(R"(\u00e9|\x61)", "\u00e9a"), ElementsAre("\u00e9", "a"));
}
