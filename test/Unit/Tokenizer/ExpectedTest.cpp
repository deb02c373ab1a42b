//===- ExpectedTest.cpp - Against Hugging Face's and Google's tokenizers --===//
//
// test/Inputs/tokenizers/make.py made the tokenizers and what they must give.
//
//===----------------------------------------------------------------------===//

#include "tenon/Formats/JsonFile.h"
#include "tenon/Tokenizer.h"

#include <atomic>
#include <gmock/gmock.h>
#include <thread>

using namespace tenon;
using testing::ElementsAreArray;

namespace fs = std::filesystem;

static const fs::path inputs = fs::path(TENON_TEST_INPUTS) / "tokenizers";

static llvm::json::Array readList(const fs::path &file) {
  Result<llvm::json::Value> value = readJson(file);
  EXPECT_TRUE(value.ok()) << value.error().message;
  return value.ok() ? std::move(*value->getAsArray()) : llvm::json::Array();
}

static std::vector<int64_t> tokensOf(const llvm::json::Value &list) {
  std::vector<int64_t> tokens;
  for (const llvm::json::Value &token : *list.getAsArray())
    tokens.push_back(*token.getAsInteger());
  return tokens;
}

class Expected : public testing::TestWithParam<std::string> {
protected:
  void SetUp() override {
    Result<Tokenizer> loaded = Tokenizer::load(inputs / GetParam());
    ASSERT_TRUE(loaded.ok()) << loaded.error().message;
    tokenizer = *loaded;
    texts = readList(inputs / "texts.json");
    expected = readList(inputs / GetParam() / "expected.json");
    ASSERT_EQ(texts.size(), expected.size());
  }

  std::string text(size_t index) const {
    return texts[index].getAsString()->str();
  }
  const llvm::json::Array &row(size_t index) const {
    return *expected[index].getAsArray();
  }

  std::optional<Tokenizer> tokenizer;
  llvm::json::Array texts, expected;
};

TEST_P(Expected, Encodes) {
  for (size_t index = 0; index < texts.size(); ++index)
    for (bool addsSpecial : {true, false}) {
      Result<std::vector<int64_t>> tokens =
          tokenizer->encode(text(index), addsSpecial);
      ASSERT_TRUE(tokens.ok()) << tokens.error().message;
      EXPECT_THAT(*tokens,
                  ElementsAreArray(tokensOf(row(index)[addsSpecial ? 0 : 1])))
          << index << ": " << text(index);
    }
}

TEST_P(Expected, Decodes) {
  for (size_t index = 0; index < texts.size(); ++index)
    for (bool skipsSpecial : {true, false}) {
      std::optional<llvm::StringRef> want =
          row(index)[skipsSpecial ? 2 : 3].getAsString();
      if (!want)
        continue;
      Result<std::string> got =
          tokenizer->decode(tokensOf(row(index)[0]), skipsSpecial);
      ASSERT_TRUE(got.ok()) << got.error().message;
      EXPECT_EQ(*got, want->str()) << index << ": " << text(index);
    }
}

TEST_P(Expected, StreamsWhatItDecodes) {
  for (size_t index = 0; index < texts.size(); ++index) {
    std::vector<int64_t> tokens = tokensOf(row(index)[0]);
    TextStream stream(*tokenizer);
    std::string joined;
    for (int64_t token : tokens) {
      Result<std::string> part = stream.add(token);
      ASSERT_TRUE(part.ok()) << part.error().message;
      // llvm::json tells whole characters from halves.
      EXPECT_TRUE(llvm::json::isUTF8(*part)) << index;
      joined += *part;
    }
    joined += stream.finish().value();
    // These decoders look at the last token, which is another one each time.
    if (GetParam() != "suffixes")
      EXPECT_EQ(joined, tokenizer->decode(tokens).value())
          << index << ": " << text(index);
  }
}

TEST_P(Expected, EncodesFromSeveralThreads) {
  std::vector<std::jthread> threads;
  std::atomic<size_t> wrong = 0;
  for (int turn = 0; turn < 4; ++turn)
    threads.emplace_back([&] {
      for (size_t index = 0; index < texts.size(); ++index)
        wrong +=
            tokenizer->encode(text(index)).value() != tokensOf(row(index)[0]);
    });
  threads.clear();
  EXPECT_EQ(wrong, 0u);
}

static std::vector<std::string> folders() {
  std::vector<std::string> names;
  for (const fs::directory_entry &entry : fs::directory_iterator(inputs))
    if (fs::exists(entry.path() / "expected.json"))
      names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Folders, Expected, testing::ValuesIn(folders()),
                         [](const auto &info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(Json, ReadsEveryCharacterByItsEscapes) {
  Result<llvm::json::Value> value = parseJson(
      R"(["\ud83d\ude00", "\uD840\uDC00", "\udbff\udfff", "\\ud840\\udc00",
          "\ud840", "a\n\u00e9"])",
      "x.json");
  ASSERT_TRUE(value.ok()) << value.error().message;
  std::vector<std::string> texts;
  for (const llvm::json::Value &text : *value->getAsArray())
    texts.push_back(text.getAsString()->str());
  EXPECT_THAT(texts,
              testing::ElementsAre("\U0001f600", "\U00020000", "\U0010ffff",
                                   "\\ud840\\udc00", "\ufffd", "a\n\u00e9"));
}
