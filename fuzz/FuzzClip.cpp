//===- FuzzClip.cpp - Feeds the reader of CLIP's tokenizers ---------------===//
//
// The first byte is how many follow as a text for the tokenizer whose files the
// rest is: vocab.json, merges.txt and tokenizer_config.json, a zero byte
// between them.
//
//===----------------------------------------------------------------------===//

#include "Folder.h"
#include "UseTokenizer.h"

using namespace tenon;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static constexpr const char *names[] = {"vocab.json", "merges.txt",
                                          "tokenizer_config.json"};
  if (size == 0)
    return 0;
  std::string_view bytes(reinterpret_cast<const char *>(data), size);
  std::string_view text = bytes.substr(1, data[0]);
  const std::filesystem::path &folder = fuzz::folderInMemory();
  fuzz::writeFiles(folder, names, bytes.substr(1 + text.size()));
  Result<Tokenizer> tokenizer = Tokenizer::load(folder);
  if (tokenizer)
    fuzz::use(*tokenizer, text);
  else if (tokenizer.error().message.empty())
    std::abort();
  return 0;
}
