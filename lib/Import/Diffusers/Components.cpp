//===- Components.cpp - The components of diffusers folders ---------------===//

#include "Component.h"

#include "llvm/ADT/STLExtras.h"

namespace fs = std::filesystem;

namespace tenon::diffusers {

namespace {
struct Component {
  llvm::StringRef className;
  Result<Signature> (*readSignature)(const fs::path &folder, Config &config,
                                     const ImportOptions &options);
  Result<ImportedModel> (*import)(mlir::MLIRContext &context,
                                  const fs::path &folder, Config &config,
                                  const ImportOptions &options);
};

struct OpenedFolder {
  Config config;
  const Component *component;
};
} // namespace

static constexpr Component components[] = {
    {"AutoencoderKL", readAutoencoderSignature, importAutoencoder},
    {"ControlNetModel", readControlNetSignature, importControlNet},
    {"UNet2DConditionModel", readUnetSignature, importUnet},
};

static std::string componentNames() {
  std::string names;
  for (const Component &component : components)
    names += (names.empty() ? "" : ", ") + component.className.str();
  return names;
}

static Result<OpenedFolder> openFolder(const fs::path &folder,
                                       const ImportOptions &options) {
  fs::path path = folder / "config.json";
  Result<llvm::json::Object> object = readJsonObject(path);
  if (!object)
    return object.error();
  Config config(std::move(*object), path.string());
  std::string name = config.string("_class_name", "");
  if (Status status = config.status(); !status)
    return status.error();
  if (options.cacheType)
    return Error{folder.string() + ": a " + name + " has no caches"};
  if (options.adapters.form == AdapterForm::ByRow)
    return Error{folder.string() + ": unsupported: adapters by row of a " +
                 name};
  for (const Component &component : components)
    if (component.className == name)
      return OpenedFolder{std::move(config), &component};
  return Error{path.string() + ": unsupported: _class_name '" + name +
               "' (known are " + componentNames() + ")"};
}

Result<WeightScope> openWeights(const fs::path &folder, llvm::StringRef probe) {
  std::string stem = "diffusion_pytorch_model";
  std::error_code code;
  // A folder may hold the weights of 16 bits alone.
  if (!fs::exists(folder / (stem + ".safetensors"), code) &&
      fs::exists(folder / (stem + ".fp16.safetensors"), code))
    stem += ".fp16";
  Result<hugging_face::SafetensorsIndex> index =
      hugging_face::SafetensorsIndex::open(folder, stem);
  if (!index)
    return index.error();
  return WeightScope::open(std::move(*index), /*otherPrefix=*/"", probe);
}

void refuseOtherKeys(
    Config &config, llvm::ArrayRef<llvm::StringRef> read,
    llvm::ArrayRef<std::pair<llvm::StringRef, llvm::StringRef>> others) {
  for (llvm::StringRef key : config.keys()) {
    const llvm::json::Value *value = config.value(key);
    if (key.starts_with("_") || llvm::is_contained(read, key) || !value ||
        hugging_face::isOff(*value))
      continue;
    std::string text;
    llvm::raw_string_ostream(text) << *value;
    if (!llvm::is_contained(
            others, std::pair<llvm::StringRef, llvm::StringRef>(key, text)))
      config.complain("unsupported: " + key.str() + " " + text);
  }
}

} // namespace tenon::diffusers

namespace tenon {

Result<Signature> readDiffusersSignature(const fs::path &folder,
                                         const ImportOptions &options) {
  auto opened = diffusers::openFolder(folder, options);
  if (!opened)
    return opened.error();
  return opened->component->readSignature(folder, opened->config, options);
}

Result<ImportedModel> importDiffusers(mlir::MLIRContext &context,
                                      const fs::path &folder,
                                      const ImportOptions &options) {
  auto opened = diffusers::openFolder(folder, options);
  if (!opened)
    return opened.error();
  return opened->component->import(context, folder, opened->config, options);
}

} // namespace tenon
