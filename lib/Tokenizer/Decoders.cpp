//===- Decoders.cpp - From tokens to text ---------------------------------===//

#include "Decoders.h"
#include "Pattern.h"
#include "PreTokenizers.h"

#include "llvm/ADT/StringExtras.h"

namespace tenon::tokenization {

using Tokens = std::vector<std::string>;

/// A decoder that cannot fail.
template <typename Change> static Decoder always(Change change) {
  return [change](Tokens &tokens) {
    change(tokens);
    return success();
  };
}

/// The bytes that a token of byte-level vocabularies spells; a token with other
/// characters is taken as it is.
static std::string bytesOfToken(const std::string &token) {
  std::string bytes;
  for (size_t position = 0; position < token.size();) {
    char32_t character = nextCharacter(token, position);
    int byte = character < byteAlphabet().bytes.size()
                   ? byteAlphabet().bytes[character]
                   : -1;
    if (byte < 0)
      return token;
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

static void decodeByteLevel(Tokens &tokens) {
  std::string bytes;
  for (const std::string &token : tokens)
    bytes += bytesOfToken(token);
  tokens = {replaceInvalid(bytes)};
}

/// The byte that "<0xE2>" stands for.
static std::optional<uint8_t> byteOfToken(llvm::StringRef token) {
  uint8_t byte;
  if (token.size() != 6 || !token.consume_front("<0x") ||
      !token.consume_back(">") || token.getAsInteger(16, byte))
    return std::nullopt;
  return byte;
}

static void decodeByteFallback(Tokens &tokens) {
  Tokens decoded;
  std::string bytes;
  auto addBytes = [&] {
    if (isUtf8(bytes))
      decoded.push_back(bytes);
    else
      decoded.insert(decoded.end(), bytes.size(), "\ufffd");
    bytes.clear();
  };
  for (std::string &token : tokens) {
    if (std::optional<uint8_t> byte = byteOfToken(token)) {
      bytes += static_cast<char>(*byte);
      continue;
    }
    if (!bytes.empty())
      addBytes();
    decoded.push_back(std::move(token));
  }
  if (!bytes.empty())
    addBytes();
  tokens = std::move(decoded);
}

static void replaceAll(std::string &text, std::string_view wanted,
                       std::string_view content) {
  text =
      replaceMatches(text, literalFinder(std::string(wanted)), content).value();
}

/// Takes back the spaces that English does not have.
static void cleanUp(std::string &text) {
  static constexpr std::string_view changes[][2] = {
      {" .", "."},   {" ?", "?"},     {" !", "!"},    {" ,", ","},
      {" ' ", "'"},  {" n't", "n't"}, {" 'm", "'m"},  {" do not", " don't"},
      {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"}};
  for (auto [wanted, content] : changes)
    replaceAll(text, wanted, content);
}

static Decoder readWordPieceDecoder(const JsonNode &node) {
  node.expectKeys({"type", "prefix", "cleanup"});
  std::string prefix = node.text("prefix");
  bool cleans = node.flag("cleanup");
  return always([=](Tokens &tokens) {
    for (size_t index = 0; index < tokens.size(); ++index) {
      std::string &token = tokens[index];
      if (index > 0) {
        if (token.starts_with(prefix))
          token.erase(0, prefix.size());
        else
          token.insert(0, 1, ' ');
      }
      if (cleans)
        cleanUp(token);
    }
  });
}

static Decoder readMetaspaceDecoder(const JsonNode &node) {
  Metaspace metaspace = readMetaspace(node);
  return always([metaspace](Tokens &tokens) {
    for (size_t index = 0; index < tokens.size(); ++index)
      replaceAll(tokens[index], metaspace.replacement,
                 index == 0 && metaspace.scheme != PrependScheme::Never ? ""
                                                                        : " ");
  });
}

static Decoder readBpeDecoder(const JsonNode &node) {
  node.expectKeys({"type", "suffix"});
  std::string suffix = node.text("suffix");
  return always([suffix](Tokens &tokens) {
    for (size_t index = 0; index < tokens.size(); ++index)
      replaceAll(tokens[index], suffix, index + 1 < tokens.size() ? " " : "");
  });
}

static Decoder readStrip(const JsonNode &node) {
  node.expectKeys({"type", "content", "start", "stop"});
  std::string content = node.text("content");
  if (countCharacters(content) != 1)
    node.child("content").complain("is not one character");
  int64_t start = node.number("start"), stop = node.number("stop");
  return always([=](Tokens &tokens) {
    for (std::string &token : tokens) {
      for (int64_t turn = 0; turn < start && token.starts_with(content); ++turn)
        token.erase(0, content.size());
      for (int64_t turn = 0; turn < stop && token.ends_with(content); ++turn)
        token.resize(token.size() - content.size());
    }
  });
}

static Decoder readReplace(const JsonNode &node) {
  node.expectKeys({"type", "pattern", "content"});
  Finder find = readPattern(node, "pattern");
  std::string content = node.text("content");
  return [find, content](Tokens &tokens) -> Status {
    for (std::string &token : tokens) {
      Result<std::string> replaced = replaceMatches(token, find, content);
      if (!replaced)
        return replaced.error();
      token = std::move(*replaced);
    }
    return success();
  };
}

static Decoder readSequence(const JsonNode &node) {
  node.expectKeys({"type", "decoders"});
  std::vector<Decoder> steps;
  JsonNode list = node.child("decoders");
  const llvm::json::Array *array = list.array();
  for (size_t index = 0; array && index < array->size(); ++index) {
    JsonNode element = list.element(index);
    if (element.isNull())
      element.complain("is null");
    steps.push_back(readDecoder(element));
  }
  return [steps](Tokens &tokens) -> Status {
    for (const Decoder &step : steps)
      if (Status status = step(tokens); !status)
        return status;
    return success();
  };
}

Decoder readDecoder(const JsonNode &node) {
  if (node.isNull())
    return always([](Tokens &tokens) { tokens = {llvm::join(tokens, " ")}; });
  std::string type = node.text("type");
  if (type == "Sequence")
    return readSequence(node);
  if (type == "WordPiece")
    return readWordPieceDecoder(node);
  if (type == "Metaspace")
    return readMetaspaceDecoder(node);
  if (type == "BPEDecoder")
    return readBpeDecoder(node);
  if (type == "Strip")
    return readStrip(node);
  if (type == "Replace")
    return readReplace(node);
  if (type == "ByteLevel") {
    node.expectKeys({"type", "add_prefix_space", "trim_offsets", "use_regex"});
    return always(decodeByteLevel);
  }
  node.expectKeys({"type"});
  if (type == "ByteFallback")
    return always(decodeByteFallback);
  if (type == "Fuse")
    return always([](Tokens &tokens) { tokens = {llvm::join(tokens, "")}; });
  node.complainOfUnknown("type", type);
  return {};
}

} // namespace tenon::tokenization
