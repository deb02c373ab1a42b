//===- FuzzPipeline.cpp - Feeds the reader of diffusers' pipelines --------===//
//
// The bytes are the files named below, a zero byte between them. Both text
// encoders of a folder have the same.
//
//===----------------------------------------------------------------------===//

#include "Folder.h"

#include "DiffusionFolder.h"

using namespace tenon;
namespace fs = std::filesystem;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static constexpr const char *names[] = {"model_index.json",
                                          "unet/config.json",
                                          "vae/config.json",
                                          "text_encoder/config.json",
                                          "tokenizer/tokenizer_config.json",
                                          "scheduler/scheduler_config.json",
                                          "tokenizer/special_tokens_map.json"};
  const fs::path &folder = fuzz::folderInMemory();
  std::error_code code;
  for (const char *name : {"text_encoder", "tokenizer"})
    if (fs::path second = folder / (std::string(name) + "_2");
        !fs::is_symlink(second, code))
      fs::create_directory_symlink(name, second, code);
  fuzz::writeFiles(folder, names, {reinterpret_cast<const char *>(data), size});
  Result<DiffusionFolder> read = readDiffusionFolder(folder);
  if (!read) {
    if (read.error().message.empty())
      std::abort();
    return 0;
  }
  if (read->encoders.size() != (read->isXl ? 2 : 1) || read->factor < 1 ||
      read->latentChannels < 1 || read->defaultSize < 1 || read->scale == 0)
    std::abort();
  Result<diffusion::Schedule> schedule = readSchedule(*read, {});
  if (!schedule && schedule.error().message.empty())
    std::abort();
  return 0;
}
