//===- LoadObject.cpp - Code compiled ahead of time to executors ----------===//

#include "tenon/Runtime/LoadObject.h"

#include "tenon/Runtime/CudaDevice.h"
#include "tenon/Runtime/ProcessorFeatures.h"
#include "tenon/Runtime/Threads.h"

#include <algorithm>
#include <cstring>
#include <dlfcn.h>
#include <elf.h>
#include <fstream>
#include <functional>
#include <sstream>

using namespace tenon;
namespace fs = std::filesystem;

static std::vector<std::string> splitNames(const char *list) {
  std::vector<std::string> names;
  std::stringstream items(list);
  for (std::string item; std::getline(items, item, ',');)
    names.push_back(item);
  return names;
}

static std::string join(const std::vector<std::string> &names) {
  std::string text;
  for (const std::string &name : names)
    text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// The number of the version that is to run: the last that the processor can.
static Result<uint32_t> chooseVersion(const CompiledObject &object,
                                      const std::string &target) {
  std::string refused;
  for (uint32_t number = object.versionCount; number-- > 0;) {
    const ObjectVersion &version = object.versions[number];
    if (version.target != target)
      continue;
    std::vector<std::string> lacking = splitNames(version.features);
    std::erase_if(lacking, [](const std::string &feature) {
      return processorHas(feature);
    });
    if (lacking.empty())
      return number;
    refused += std::string(refused.empty() ? "" : "; ") + "that for " +
               version.processor + " needs " + join(lacking);
  }
  if (refused.empty())
    return Error{"has no code for the target '" + target + "'"};
  return Error{"its code has instructions that this processor lacks: " +
               refused};
}

static Status checkWeights(const fs::path &path, uint64_t expected) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return Error{path.string() + ": the file of weights cannot be read"};
  char magic[sizeof weightsMagic];
  uint64_t found = 0;
  file.read(magic, sizeof magic);
  file.read(reinterpret_cast<char *>(&found), sizeof found);
  if (!file || std::memcmp(magic, weightsMagic, sizeof magic) != 0)
    return Error{path.string() +
                 ": is no file of weights that tenon-compile wrote"};
  if (found != expected)
    return Error{path.string() +
                 ": are weights of another compilation than the code's"};
  return success();
}

static KernelShape shapeOf(const ObjectKernel &kernel) {
  return {kernel.extent, kernel.threads, kernel.sharedBytes,
          kernel.workspaceBytes};
}

static Result<std::shared_ptr<Device>>
createDevice(const ObjectVersion &version, const Program &program,
             std::span<const ObjectKernel> kernels, unsigned threads,
             std::shared_ptr<void> code) {
  std::vector<KernelFunction> functions;
  for (const ObjectKernel &kernel : kernels)
    functions.push_back(kernel.bytes > 0
                            ? nullptr
                            : reinterpret_cast<KernelFunction>(
                                  const_cast<void *>(kernel.code)));
  if (std::strcmp(version.target, "cuda") != 0)
    return createHostDevice(std::move(functions), threads, std::move(code));
  std::vector<CudaKernel> modules;
  for (size_t i = 0; i < kernels.size(); ++i)
    modules.push_back({program.kernels[i],
                       std::string(static_cast<const char *>(kernels[i].code),
                                   kernels[i].bytes),
                       shapeOf(kernels[i])});
  Result<std::shared_ptr<Device>> device = createCudaDevice(modules);
  if (!device || !std::ranges::any_of(functions, std::identity()))
    return device;
  return createFallbackDevice(std::move(*device), std::move(functions), threads,
                              std::move(code));
}

Result<LoadedObject> tenon::loadObject(const CompiledObject &object,
                                       const std::string &name,
                                       const LoadOptions &options,
                                       std::shared_ptr<void> code) {
  if (std::memcmp(object.magic, CompiledObject::magicBytes,
                  sizeof object.magic) != 0)
    return Error{name + ": is no model that tenon-compile wrote"};
  if (object.layout != CompiledObject::layoutVersion)
    return Error{name + ": has layout " + std::to_string(object.layout) +
                 " of compiled models, this Tenon reads layout " +
                 std::to_string(CompiledObject::layoutVersion)};
  Result<uint32_t> version = chooseVersion(object, options.target);
  if (!version)
    return Error{name + ": " + version.error().message};
  if (Status status = checkWeights(options.weights, object.weights); !status)
    return Error{name + ": " + status.error().message};

  LoadedObject loaded;
  loaded.processor = object.versions[*version].processor;
  loaded.threads = threadCount(options.threads);
  for (uint32_t number = 0; number < object.programCount; ++number) {
    const ObjectProgram &entry = object.programs[number];
    Result<Program> program = deserialize(
        {static_cast<const std::byte *>(entry.program), entry.bytes});
    if (!program)
      return Error{name + ": " + program.error().message};
    std::span kernels(entry.kernels[*version], program->kernels.size());
    std::vector<KernelShape> shapes;
    std::ranges::transform(kernels, std::back_inserter(shapes), shapeOf);
    if (Status status = setExtents(*program, shapes); !status)
      return status.error();
    for (WeightSpec &weight : program->weights)
      weight.file = fs::absolute(options.weights).string();
    Result<std::shared_ptr<Device>> device = createDevice(
        object.versions[*version], *program, kernels, loaded.threads, code);
    if (!device)
      return Error{name + ": " + device.error().message};
    Result<std::unique_ptr<Executor>> executor =
        Executor::create(std::move(*program), std::move(*device), {});
    if (!executor)
      return Error{name + ": " + executor.error().message};
    loaded.executors.push_back(std::move(*executor));
  }
  return loaded;
}

/// The fields of a file's header that every kind of ELF file has.
static std::optional<Elf64_Ehdr> readHeader(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  Elf64_Ehdr header = {};
  if (!file.read(reinterpret_cast<char *>(&header), sizeof header) ||
      std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
    return std::nullopt;
  return header;
}

/// The architecture of this program, as an ELF file names it.
#if defined(__x86_64__)
static constexpr Elf64_Half ownArchitecture = EM_X86_64;
#elif defined(__aarch64__)
static constexpr Elf64_Half ownArchitecture = EM_AARCH64;
#else
static constexpr Elf64_Half ownArchitecture = EM_NONE;
#endif

static std::string architectureName(Elf64_Half number) {
  switch (number) {
  case EM_X86_64:
    return "x86-64";
  case EM_AARCH64:
    return "AArch64";
  default:
    return "another architecture";
  }
}

/// Whether all of the file is there: dlopen crashes where it is not. The
/// linkers write the table of sections last.
static bool isWhole(const fs::path &path, const Elf64_Ehdr &header) {
  std::error_code failure;
  uintmax_t size = fs::file_size(path, failure);
  uintmax_t tableBytes = uintmax_t(header.e_shnum) * header.e_shentsize;
  return !failure && header.e_shoff > 0 && header.e_shoff <= size &&
         tableBytes <= size - header.e_shoff;
}

bool tenon::isObjectFile(const fs::path &path) {
  return readHeader(path).has_value();
}

Result<LoadedObject> tenon::loadLibrary(const fs::path &library,
                                        const LoadOptions &options) {
  std::string name = library.string();
  std::optional<Elf64_Ehdr> header = readHeader(library);
  if (!header)
    return Error{name + ": cannot be read, or is no shared library"};
  if (header->e_type == ET_REL)
    return Error{name + ": is an object file to be linked into a program; only "
                        "a shared library (--emit so) can be loaded"};
  if (!isWhole(library, *header))
    return Error{name + ": is damaged: its end is missing"};
  if (ownArchitecture != EM_NONE && header->e_machine != ownArchitecture)
    return Error{name + ": is code for " + architectureName(header->e_machine) +
                 ", this machine is " + architectureName(ownArchitecture)};
  // The absolute path keeps dlopen from searching for a plain name.
  void *handle = ::dlopen(fs::absolute(library).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    return Error{name + ": " + ::dlerror()};
  std::shared_ptr<void> code(handle, ::dlclose);
  auto *object =
      static_cast<const CompiledObject *>(::dlsym(handle, "tenon_model"));
  if (!object)
    return Error{name + ": is no model that tenon-compile wrote"};
  LoadOptions complete = options;
  if (complete.weights.empty())
    complete.weights = fs::path(library).replace_extension(".weights");
  return loadObject(*object, name, complete, std::move(code));
}

std::string
tenon::describeInputs(std::span<const std::span<const TensorSpec>> variants) {
  std::string text;
  for (std::span<const TensorSpec> inputs : variants) {
    std::string line;
    for (const TensorSpec &spec : inputs)
      line += (line.empty() ? "\n  " : ", ") + spec.name + ": " +
              std::string(name(spec.type)) + " " + shapeString(spec.shape);
    text += line;
  }
  return text;
}
