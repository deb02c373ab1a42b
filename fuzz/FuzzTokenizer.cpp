//===- FuzzTokenizer.cpp - Feeds the tokenizers' readers ------------------===//
//
// The first byte is how many follow as a text for the tokenizer that the rest
// is the file of. What is accepted must encode and decode.
//
//===----------------------------------------------------------------------===//

#include "UseTokenizer.h"

#include <sys/mman.h>
#include <unistd.h>

using namespace tenon;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  std::string_view bytes(reinterpret_cast<const char *>(data), size);
  std::string_view text = bytes.substr(1, data[0]);
  std::string_view content = bytes.substr(1 + text.size());
  int file = memfd_create("fuzz.json", MFD_CLOEXEC);
  if (file < 0)
    std::abort();
  if (write(file, content.data(), content.size()) ==
      static_cast<ssize_t>(content.size())) {
    Result<Tokenizer> tokenizer =
        Tokenizer::load("/proc/self/fd/" + std::to_string(file));
    if (tokenizer)
      fuzz::use(*tokenizer, text);
    else if (tokenizer.error().message.empty())
      std::abort();
  }
  close(file);
  return 0;
}
