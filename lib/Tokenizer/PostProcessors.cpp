//===- PostProcessors.cpp - Special tokens around a text ------------------===//

#include "PostProcessors.h"

namespace tenon::tokenization {

static std::vector<int64_t> readIds(const JsonNode &special) {
  special.expectKeys({"id", "ids", "tokens"});
  std::vector<int64_t> ids;
  JsonNode list = special.child("ids");
  if (const llvm::json::Array *array = list.array())
    for (size_t index = 0; index < array->size(); ++index)
      ids.push_back(list.element(index).asNumber());
  return ids;
}

static SpecialTokens readTemplate(const JsonNode &node) {
  node.expectKeys({"type", "single", "pair", "special_tokens"});
  SpecialTokens special;
  unsigned texts = 0;
  JsonNode single = node.child("single");
  const llvm::json::Array *parts = single.array();
  for (size_t index = 0; parts && index < parts->size(); ++index) {
    JsonNode part = single.element(index);
    part.expectKeys({"SpecialToken", "Sequence"});
    if (!part.object())
      break;
    JsonNode token = part.child("SpecialToken"), text = part.child("Sequence");
    if (token.isNull()) {
      text.expectKeys({"id", "type_id"});
      if (text.object() && text.text("id") != "A")
        text.complainOfUnknown("id", text.text("id"));
      ++texts;
      continue;
    }
    token.expectKeys({"id", "type_id"});
    if (!token.object())
      break;
    std::vector<int64_t> ids =
        readIds(node.child("special_tokens").child(token.text("id")));
    std::vector<int64_t> &side = texts ? special.behind : special.before;
    side.insert(side.end(), ids.begin(), ids.end());
  }
  if (parts && texts != 1)
    single.complain("has the text " + llvm::Twine(texts) + " times");
  return special;
}

/// ["[CLS]", 101]
static int64_t readNamed(const JsonNode &node, llvm::StringRef key) {
  JsonNode pair = node.child(key);
  if (const llvm::json::Array *array = pair.array();
      array && array->size() != 2)
    pair.complain("is no token with its number");
  return pair.element(1).asNumber();
}

/// Each part stands around what the parts before it made.
static SpecialTokens readSequence(const JsonNode &node) {
  node.expectKeys({"type", "processors"});
  SpecialTokens special;
  JsonNode list = node.child("processors");
  const llvm::json::Array *array = list.array();
  for (size_t index = 0; array && index < array->size(); ++index) {
    SpecialTokens outer = readPostProcessor(list.element(index));
    special.before.insert(special.before.begin(), outer.before.begin(),
                          outer.before.end());
    special.behind.insert(special.behind.end(), outer.behind.begin(),
                          outer.behind.end());
  }
  return special;
}

SpecialTokens readPostProcessor(const JsonNode &node) {
  if (node.isNull())
    return {};
  std::string type = node.text("type");
  if (type == "Sequence")
    return readSequence(node);
  if (type == "TemplateProcessing")
    return readTemplate(node);
  if (type == "BertProcessing" || type == "RobertaProcessing") {
    node.expectKeys({"type", "sep", "cls", "trim_offsets", "add_prefix_space"});
    return {{readNamed(node, "cls")}, {readNamed(node, "sep")}};
  }
  if (type == "ByteLevel") {
    // It moves offsets, which are not kept here.
    node.expectKeys({"type", "add_prefix_space", "trim_offsets", "use_regex"});
    return {};
  }
  node.complainOfUnknown("type", type);
  return {};
}

} // namespace tenon::tokenization
