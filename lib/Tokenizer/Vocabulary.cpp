//===- Vocabulary.cpp - Tokens and their numbers --------------------------===//

#include "Vocabulary.h"

namespace tenon::tokenization {

void Vocabulary::add(llvm::StringRef token, uint32_t number) {
  auto entry = numbers.insert_or_assign(token, number).first;
  tokens[number] = entry->getKey();
}

std::optional<uint32_t> Vocabulary::find(llvm::StringRef token) const {
  auto found = numbers.find(token);
  if (found == numbers.end())
    return std::nullopt;
  return found->second;
}

std::optional<llvm::StringRef> Vocabulary::token(uint32_t number) const {
  auto found = tokens.find(number);
  if (found == tokens.end())
    return std::nullopt;
  return found->second;
}

std::shared_ptr<Vocabulary> readVocabulary(const JsonNode &model) {
  auto vocabulary = std::make_shared<Vocabulary>();
  JsonNode node = model.child("vocab");
  const llvm::json::Object *object = node.object();
  if (!object)
    return vocabulary;
  for (const auto &[key, value] : *object) {
    llvm::StringRef token = key;
    std::optional<int64_t> number = value.getAsInteger();
    if (!number || *number < 0 || *number >= int64_t(1) << 31) {
      node.child(token).complain("is not a number from 0 to 2^31");
      break;
    }
    auto small = static_cast<uint32_t>(*number);
    if (std::optional<llvm::StringRef> other = vocabulary->token(small)) {
      node.child(token).complain("is " + llvm::Twine(*number) + ", as is '" +
                                 *other + "'");
      break;
    }
    vocabulary->add(token, small);
  }
  return vocabulary;
}

} // namespace tenon::tokenization
