//===- RefusalTest.cpp - Files that are wrong, and what is said of them ---===//

#include "Support/TemporaryFolder.h"

#include "tenon/Formats/WireFormat.h"
#include "tenon/Tokenizer.h"

#include <cmath>
#include <cstring>
#include <gmock/gmock.h>

using namespace tenon;
using namespace tenon::test;
using testing::HasSubstr;

/// A tokenizer of two letters, in which each part can be another one.
struct Parts {
  std::string added = "[]", normalizer = "null", preTokenizer = "null",
              postProcessor = "null", decoder = "null",
              model = R"({"type": "WordLevel", "unk_token": "b",
                          "vocab": {"a": 0, "b": 1}})",
              more = "";

  std::string json() const {
    return R"({"version": "1.0", "truncation": null, "padding": null,)"
           R"("added_tokens": )" +
           added + R"(, "normalizer": )" + normalizer +
           R"(, "pre_tokenizer": )" + preTokenizer + R"(, "post_processor": )" +
           postProcessor + R"(, "decoder": )" + decoder + R"(, "model": )" +
           model + more + "}";
  }
};

static std::string complaintOf(const std::string &content,
                               const std::string &name = "tokenizer.json") {
  TemporaryFolder folder;
  Result<Tokenizer> tokenizer =
      Tokenizer::load(folder.write(name, content).parent_path());
  if (tokenizer.ok())
    return "no error";
  std::string message = tokenizer.error().message,
              path = (folder.path() / name).string() + ": ";
  EXPECT_THAT(message, testing::StartsWith(path));
  return message.substr(std::min(message.size(), path.size()));
}

static std::string complaintOfModel(const std::string &model) {
  Parts parts;
  parts.model = model;
  return complaintOf(parts.json());
}

static std::string complaintOfPreTokenizer(const std::string &preTokenizer) {
  Parts parts;
  parts.preTokenizer = preTokenizer;
  return complaintOf(parts.json());
}

static std::string complaintOfExpression(const std::string &expression) {
  return complaintOfPreTokenizer(
      R"({"type": "Split", "behavior": "Isolated", "invert": false,
          "pattern": {"Regex": ")" +
      expression + R"("}})");
}

TEST(Refusal, AcceptsWhatTheseTestsChange) {
  EXPECT_EQ(complaintOf(Parts().json()), "no error");
}

TEST(Refusal, FoldersWithoutATokenizer) {
  TemporaryFolder folder;
  Result<Tokenizer> tokenizer = Tokenizer::load(folder.path());
  ASSERT_FALSE(tokenizer.ok());
  EXPECT_THAT(tokenizer.error().message,
              HasSubstr("has neither tokenizer.json nor tokenizer.model"));
  EXPECT_FALSE(Tokenizer::load(folder.path() / "absent.json").ok());
}

TEST(Refusal, EveryTruncation) {
  std::string whole = Parts().json();
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(complaintOf(whole.substr(0, size)), "no error") << size;
}

TEST(Refusal, JsonThatIsNone) {
  EXPECT_THAT(complaintOf("[1]"), HasSubstr("the file is not an object"));
  EXPECT_THAT(complaintOf("{\"version\": \"\xff\"}"),
              HasSubstr("Invalid UTF-8"));
  EXPECT_THAT(complaintOf(std::string(1000, '[') + std::string(1000, ']')),
              HasSubstr("nested too deeply"));
}

TEST(Refusal, KeysAndTypesThatAreNotKnown) {
  Parts parts;
  parts.more = R"(, "surprise": 1)";
  EXPECT_EQ(complaintOf(parts.json()),
            "the file has a key 'surprise' that is not known");
  for (auto [part, key] : {std::pair(&Parts::normalizer, "normalizer"),
                           std::pair(&Parts::preTokenizer, "pre_tokenizer"),
                           std::pair(&Parts::postProcessor, "post_processor"),
                           std::pair(&Parts::decoder, "decoder"),
                           std::pair(&Parts::model, "model")}) {
    Parts other;
    other.*part = R"({"type": "Nova"})";
    EXPECT_EQ(complaintOf(other.json()),
              "'" + std::string(key) + ".type' is 'Nova', which is not known");
    other.*part = R"({"type": 5})";
    EXPECT_EQ(complaintOf(other.json()),
              "'" + std::string(key) + ".type' is not a string");
    other.*part = "7";
    EXPECT_EQ(complaintOf(other.json()),
              "'" + std::string(key) + "' is not an object");
  }
  EXPECT_EQ(complaintOfPreTokenizer(R"({"type": "Sequence", "pretokenizers":
                [{"type": "WhitespaceSplit"},
                 {"type": "Digits", "individual_digits": 1}]})"),
            "'pre_tokenizer.pretokenizers[1].individual_digits' is neither "
            "true nor false");
  EXPECT_EQ(complaintOfPreTokenizer(
                R"({"type": "Digits", "individual_digits": true, "x": 1})"),
            "'pre_tokenizer' has a key 'x' that is not known");
  EXPECT_EQ(complaintOfPreTokenizer(
                R"({"type": "Punctuation", "behavior": "Scattered"})"),
            "'pre_tokenizer.behavior' is 'Scattered', which is not known");
  EXPECT_EQ(
      complaintOfPreTokenizer(R"({"type": "Metaspace", "replacement": "ab"})"),
      "'pre_tokenizer.replacement' is not one character");
}

TEST(Refusal, MissingKeys) {
  EXPECT_EQ(complaintOf("{}"), "'version' is missing or is not a string");
  EXPECT_EQ(complaintOf(R"({"version": "1.0"})"),
            "'model' is missing or is not an object");
  EXPECT_EQ(complaintOfModel(R"({"type": "BPE", "merges": []})"),
            "'model.vocab' is missing or is not an object");
  EXPECT_EQ(complaintOfModel(R"({"type": "WordPiece", "vocab": {}})"),
            "'model.unk_token' is missing or is not a string");
}

TEST(Refusal, Expressions) {
  EXPECT_THAT(complaintOfExpression("(a"),
              HasSubstr("'pre_tokenizer.pattern.Regex' is no regular "
                        "expression: U_REGEX_MISMATCHED_PAREN"));
  for (const char *expression :
       {R"(\\hx)", R"(\\bword)", R"(\\X)", R"((a)\\1)", R"(\\p{1,3}+\\q)"})
    EXPECT_THAT(complaintOfExpression(expression),
                HasSubstr("which not all regular expressions know alike"))
        << expression;
  EXPECT_THAT(complaintOfExpression("a{1,3}+"), HasSubstr("'}+'"));
  EXPECT_THAT(complaintOfExpression("(?m:a.b)"), HasSubstr("a mode"));
  EXPECT_THAT(complaintOfExpression("[]a]"), HasSubstr("with a bracket"));
  EXPECT_THAT(complaintOfExpression("[[:alpha:]]"), HasSubstr("'[:'"));
  EXPECT_THAT(complaintOfExpression(std::string(100000, 'a')),
              HasSubstr("too many for a regular expression"));
  EXPECT_EQ(complaintOfExpression("[[:space:]]|\\\\p{L}+|\\\\w"), "no error");
}

TEST(Refusal, Merges) {
  auto withMerges = [](const std::string &merges) {
    return complaintOfModel(
        R"({"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": )" +
        merges + "}");
  };
  EXPECT_EQ(withMerges(R"(["a b"])"), "no error");
  EXPECT_EQ(withMerges(R"([["a", "b"]])"), "no error");
  EXPECT_EQ(withMerges(R"(["a b", "a c"])"),
            "'model.merges[1]' names 'c', which the vocabulary lacks");
  EXPECT_EQ(withMerges(R"([["b", "a"]])"),
            "'model.merges[0]' names 'ba', which the vocabulary lacks");
  EXPECT_EQ(withMerges(R"(["ab"])"), "'model.merges[0]' is no pair of tokens");
  EXPECT_EQ(withMerges(R"(["a b c"])"),
            "'model.merges[0]' is no pair of tokens");
  EXPECT_EQ(withMerges(R"([["a", 1]])"),
            "'model.merges[0]' is no pair of tokens");
  EXPECT_EQ(withMerges("3"), "'model.merges' is not a list");
}

TEST(Refusal, Vocabularies) {
  auto withVocabulary = [](const std::string &vocabulary) {
    return complaintOfModel(
        R"({"type": "BPE", "merges": [], "unk_token": "u", "vocab": )" +
        vocabulary + "}");
  };
  EXPECT_EQ(withVocabulary(R"({"u": 0})"), "no error");
  EXPECT_EQ(withVocabulary(R"({"u": -1})"),
            "'model.vocab.u' is not a number from 0 to 2^31");
  EXPECT_EQ(withVocabulary(R"({"u": 4294967296})"),
            "'model.vocab.u' is not a number from 0 to 2^31");
  EXPECT_THAT(withVocabulary(R"({"u": 0, "v": 0})"),
              HasSubstr("is 0, as is '"));
  EXPECT_EQ(complaintOfModel(R"({"type": "BPE", "merges": [], "vocab": {},
                                 "dropout": 0.1})"),
            "'model.dropout' is set: tokens would be drawn by chance");
}

TEST(Refusal, Unigrams) {
  EXPECT_EQ(complaintOfModel(R"({"type": "Unigram", "vocab": [["a", "b"]]})"),
            "'model.vocab[0]' is no token with a score");
  EXPECT_EQ(complaintOfModel(R"({"type": "Unigram", "vocab": [["a", 1e999]]})"),
            "'model.vocab[0]' is no token with a score");
  EXPECT_EQ(complaintOfModel(
                R"({"type": "Unigram", "unk_id": 1, "vocab": [["a", 0]]})"),
            "'model.unk_id' is 1 of 1 tokens");
}

TEST(Refusal, AddedTokens) {
  auto withAdded = [](const std::string &id, const std::string &content) {
    Parts parts;
    parts.added = R"([{"id": 5, "content": "c", "single_word": false,
        "lstrip": false, "rstrip": false, "normalized": false,
        "special": true}, {"id": )" +
                  id + R"(, "content": ")" + content +
                  R"(", "single_word": false, "lstrip": false, "rstrip": false,
        "normalized": false, "special": true}])";
    return complaintOf(parts.json());
  };
  EXPECT_EQ(withAdded("6", "d"), "no error");
  EXPECT_EQ(withAdded("1", "b"), "no error");
  EXPECT_EQ(withAdded("5", "d"),
            "'added_tokens[1].id' is 5, as is that of 'c'");
  EXPECT_EQ(withAdded("1", "d"),
            "'added_tokens[1].id' is 1, which the vocabulary has for 'b'");
  EXPECT_EQ(withAdded("6", "b"),
            "'added_tokens[1].id' is 6, but the vocabulary has 1 for 'b'");
  EXPECT_EQ(withAdded("1e300", "d"),
            "'added_tokens[1].id' is not a number from 0 to 2^31");
}

TEST(Refusal, AddedTokensThatVanish) {
  Parts parts;
  parts.added = R"([{"id": 5, "content": " ", "single_word": false,
      "lstrip": false, "rstrip": false, "normalized": true,
      "special": true}])";
  EXPECT_EQ(complaintOf(parts.json()), "no error");
  parts.normalizer =
      R"({"type": "Strip", "strip_left": true, "strip_right": true})";
  EXPECT_EQ(complaintOf(parts.json()), "'added_tokens' has ' ', of which the "
                                       "normalizer leaves nothing");
}

TEST(Refusal, Templates) {
  Parts parts;
  parts.postProcessor = R"({"type": "TemplateProcessing", "pair": [],
      "single": [{"SpecialToken": {"id": "x", "type_id": 0}},
                 {"Sequence": {"id": "A", "type_id": 0}}],
      "special_tokens": {}})";
  EXPECT_EQ(complaintOf(parts.json()),
            "'post_processor.special_tokens.x' is missing or is not an object");
  parts.postProcessor = R"({"type": "TemplateProcessing", "pair": [],
      "single": [], "special_tokens": {}})";
  EXPECT_EQ(complaintOf(parts.json()),
            "'post_processor.single' has the text 0 times");
  parts.postProcessor = R"({"type": "BertProcessing", "sep": ["a"],
      "cls": ["b", 1]})";
  EXPECT_EQ(complaintOf(parts.json()),
            "'post_processor.sep' is no token with its number");
}

TEST(Refusal, CharsMaps) {
  auto withMap = [](const std::string &map) {
    Parts parts;
    parts.normalizer =
        R"({"type": "Precompiled", "precompiled_charsmap": ")" + map + "\"}";
    return complaintOf(parts.json());
  };
  EXPECT_EQ(withMap(""), "no error");
  EXPECT_THAT(withMap("?"), HasSubstr("is not in base 64"));
  EXPECT_THAT(withMap("AAA="), HasSubstr("is too short"));
  EXPECT_THAT(withMap("/////w=="),
              HasSubstr("whose first part would have 4294967295 of 4 bytes"));
}

/// A piece of a SentencePiece model.
static std::string piece(const std::string &text, uint64_t type,
                         float score = 0) {
  std::string fields;
  appendBytes(fields, 1, text);
  std::byte bytes[sizeof(score)];
  std::memcpy(bytes, &score, sizeof(score));
  appendField(fields, {2, WireType::Fixed32, bytes});
  appendVarint(fields, 3, type);
  std::string message;
  appendBytes(message, 1, fields);
  return message;
}

static std::string complaintOfPieces(const std::string &model) {
  return complaintOf(model, "tokenizer.model");
}

TEST(Refusal, SentencePieceModels) {
  std::string whole = piece("<unk>", 2) + piece("<s>", 3) + piece("a", 1);
  EXPECT_EQ(complaintOfPieces(whole), "no error");
  EXPECT_EQ(complaintOfPieces(""), "no piece stands for the unknown");
  EXPECT_EQ(complaintOfPieces(whole + whole),
            "piece 3 is a second one of the unknown");
  EXPECT_EQ(complaintOfPieces(whole + piece("a", 4)),
            "piece 3 is 'a', as is one before it");
  EXPECT_EQ(complaintOfPieces(whole + piece("b", 9)),
            "piece 3 is of type 9, which is not known");
  EXPECT_EQ(complaintOfPieces(whole + piece("\xff", 1)),
            "piece 3 has no text, or none in UTF-8");
  EXPECT_EQ(complaintOfPieces(whole + piece("b", 1, NAN)),
            "piece 3 has no finite score");
  EXPECT_EQ(complaintOfPieces(whole + piece("byte", 6)),
            "piece 3 is of a byte, but 'byte'");
  EXPECT_EQ(complaintOfPieces(whole + "\x08\x01"),
            "the model has a field 1 that is not a message");
  for (size_t cut = 1; cut < 4; ++cut)
    EXPECT_EQ(complaintOfPieces(whole.substr(0, whole.size() - cut)),
              "the model is cut off or no message");
  auto withTrainer = [&](uint32_t number, uint64_t value) {
    std::string fields, message;
    appendVarint(fields, number, value);
    appendBytes(message, 2, fields);
    return complaintOfPieces(whole + message);
  };
  EXPECT_EQ(withTrainer(3, 2), "no error");
  EXPECT_THAT(withTrainer(3, 4), HasSubstr("trainer_spec has model_type 4"));
  EXPECT_THAT(withTrainer(24, 1), HasSubstr("treat_whitespace_as_suffix"));
  EXPECT_EQ(withTrainer(35, 1), "no piece stands for the byte <0x00>");
}

TEST(Refusal, TokensBesideASentencePieceModel) {
  TemporaryFolder folder;
  folder.write("tokenizer.model", piece("<unk>", 2) + piece("a", 1));
  auto complaint = [&](const std::string &config) {
    folder.write("tokenizer_config.json", config);
    Result<Tokenizer> tokenizer = Tokenizer::load(folder.path());
    return tokenizer.ok() ? "no error" : tokenizer.error().message;
  };
  EXPECT_EQ(complaint("{}"), "no error");
  EXPECT_THAT(complaint(R"({"add_bos_token": true})"),
              HasSubstr("tokenizer.model: has no '<s>', which "
                        "tokenizer_config.json wants around texts"));
  EXPECT_THAT(complaint(R"({"add_bos_token": "yes"})"),
              HasSubstr("tokenizer_config.json: 'add_bos_token' is neither "
                        "true nor false"));
  EXPECT_EQ(complaint(R"({"added_tokens_decoder": {"1": {}}})"), "no error");
  EXPECT_THAT(complaint(R"({"added_tokens_decoder": {"2": {}}})"),
              HasSubstr("'added_tokens_decoder.2' is no token of "
                        "tokenizer.model"));
  folder.write("added_tokens.json", "{}");
  EXPECT_THAT(complaint("{}"), HasSubstr("added_tokens.json: tokens beside"));
}

TEST(Refusal, TextsThatCannotBeEncoded) {
  TemporaryFolder folder;
  Parts parts;
  parts.model = R"({"type": "WordLevel", "unk_token": "none",
                    "vocab": {"a": 0}})";
  Result<Tokenizer> tokenizer =
      Tokenizer::load(folder.write("tokenizer.json", parts.json()));
  ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
  EXPECT_THAT(tokenizer->encode("a").value(), testing::ElementsAre(0));
  EXPECT_THAT(tokenizer->encode("\xff").error().message,
              HasSubstr("tokenizer.json: a text is not UTF-8"));
  EXPECT_THAT(tokenizer->encode("b").error().message,
              HasSubstr("'b' is not known, and there is no unk_token"));
  // Numbers of no token give nothing.
  std::vector<int64_t> tokens = {0, 1, -1, int64_t(1) << 40};
  EXPECT_EQ(tokenizer->decode(tokens).value(), "a");
}

TEST(Refusal, UnknownCharactersWithoutAToken) {
  TemporaryFolder folder;
  Parts parts;
  parts.model = R"({"type": "BPE", "merges": [], "unk_token": "none",
                    "vocab": {"a": 0}})";
  Result<Tokenizer> tokenizer =
      Tokenizer::load(folder.write("tokenizer.json", parts.json()));
  ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
  EXPECT_THAT(tokenizer->encode("aa").value(), testing::ElementsAre(0, 0));
  EXPECT_THAT(tokenizer->encode("ab").error().message,
              HasSubstr("'b' is not known, nor is the unk_token"));
}

TEST(Refusal, ExpressionsThatTakeForever) {
  TemporaryFolder folder;
  Parts parts;
  parts.preTokenizer = R"({"type": "Split", "behavior": "Isolated",
      "invert": false, "pattern": {"Regex": "(a|a)*(a|a)*(a|a)*c"}})";
  Result<Tokenizer> tokenizer =
      Tokenizer::load(folder.write("tokenizer.json", parts.json()));
  ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
  EXPECT_THAT(tokenizer->encode(std::string(50, 'a')).error().message,
              HasSubstr("a regular expression: U_REGEX_TIME_OUT"));
}

TEST(Refusal, TextsThatGrowWithoutEnd) {
  TemporaryFolder folder;
  Parts parts;
  std::string longer = R"({"type": "Replace", "pattern": {"String": "a"},
                           "content": ")" +
                       std::string(8192, 'a') + "\"}";
  parts.normalizer = R"({"type": "Sequence", "normalizers": [)" + longer +
                     ", " + longer + "]}";
  Result<Tokenizer> tokenizer =
      Tokenizer::load(folder.write("tokenizer.json", parts.json()));
  ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
  EXPECT_THAT(tokenizer->encode("aa").error().message,
              HasSubstr("bytes is too long"));
}
