//===- SafetensorsIndex.cpp - Where a folder's weights lie ----------------===//

#include "SafetensorsIndex.h"

#include "Config.h"

namespace fs = std::filesystem;

namespace tenon::hugging_face {

static Result<std::vector<SafetensorsEntry>> readHeader(const fs::path &path) {
  Result<std::shared_ptr<MappedFile>> file = MappedFile::open(path);
  if (!file)
    return file.error();
  return parseSafetensorsHeader((*file)->bytes(), path.string());
}

/// A shard lies in the folder itself: an index cannot point elsewhere.
static bool isPlainFileName(const std::string &name) {
  fs::path path(name);
  return !name.empty() && path.filename() == path && name != "." &&
         name != "..";
}

static std::string absoluteName(const fs::path &path) {
  std::error_code code;
  fs::path absolute = fs::absolute(path, code);
  return (code ? path : absolute).lexically_normal().string();
}

/// The shard of every tensor, by the index file's `weight_map`.
static Result<std::map<std::string, std::vector<std::string>>>
readWeightMap(const fs::path &path) {
  Result<llvm::json::Object> index = readJsonObject(path);
  if (!index)
    return index.error();
  const llvm::json::Object *map = index->getObject("weight_map");
  if (!map)
    return Error{path.string() + ": 'weight_map' is missing"};
  std::map<std::string, std::vector<std::string>> shards;
  for (const auto &[name, value] : *map) {
    std::optional<llvm::StringRef> shard = value.getAsString();
    if (!shard || !isPlainFileName(shard->str()))
      return Error{path.string() + ": tensor '" + name.str() +
                   "' is not in a file of this folder"};
    shards[shard->str()].push_back(name.str());
  }
  return shards;
}

Result<SafetensorsIndex> SafetensorsIndex::openFile(const fs::path &file) {
  SafetensorsIndex index;
  index.file = file.string();
  Result<std::vector<SafetensorsEntry>> entries = readHeader(file);
  if (!entries)
    return entries.error();
  for (SafetensorsEntry &entry : *entries) {
    std::string name = entry.name;
    index.tensors[name] = {std::move(entry), absoluteName(file)};
  }
  return index;
}

Result<SafetensorsIndex> SafetensorsIndex::open(const fs::path &folder,
                                                const std::string &stem) {
  SafetensorsIndex index;
  fs::path single = folder / (stem + ".safetensors");
  fs::path sharded = folder / (stem + ".safetensors.index.json");
  std::error_code code;

  if (fs::exists(single, code))
    return openFile(single);

  if (!fs::exists(sharded, code)) {
    if (fs::exists(folder / "pytorch_model.bin", code))
      return Error{folder.string() +
                   ": unsupported: pytorch_model.bin (a Python pickle; save "
                   "the model as safetensors)"};
    return Error{folder.string() + ": no " + single.filename().string() +
                 " and no " + sharded.filename().string()};
  }
  index.file = sharded.string();
  auto shards = readWeightMap(sharded);
  if (!shards)
    return shards.error();
  for (const auto &[shard, names] : *shards) {
    fs::path path = folder / shard;
    Result<std::vector<SafetensorsEntry>> entries = readHeader(path);
    if (!entries)
      return entries.error();
    llvm::StringMap<SafetensorsEntry *> present;
    for (SafetensorsEntry &entry : *entries)
      present[entry.name] = &entry;
    for (const std::string &name : names) {
      auto found = present.find(name);
      if (found == present.end())
        return Error{path.string() + ": tensor '" + name +
                     "' is missing, which " + sharded.filename().string() +
                     " places here"};
      index.tensors[name] = {*found->second, absoluteName(path)};
    }
  }
  return index;
}

const StoredTensor *SafetensorsIndex::find(llvm::StringRef name) const {
  auto found = tensors.find(name);
  return found == tensors.end() ? nullptr : &found->second;
}

} // namespace tenon::hugging_face
