//===- Tenon.h - Compile and run models -----------------------------------===//
//
//   #include <tenon/Tenon.h>
//   auto model = tenon::compile("model.onnx");
//   if (!model) { std::puts(model.error().message.c_str()); return 2; }
//   auto out = model->run({{"input_ids", ids}, {"attention_mask", mask}});
//
// Nothing here throws; there is no global state. Only the standard library is
// included.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_TENON_H
#define TENON_TENON_H

#include "tenon/RewriteOptions.h"
#include "tenon/Runtime/Tensor.h"

#include <filesystem>
#include <functional>
#include <map>

namespace tenon {

struct CompileOptions {
  /// "cpu": the machine this runs on. "cuda": its NVIDIA GPU.
  /// "emulated-cuda": the GPU's kernels on the CPU, slowly, with checks of what
  /// they do. The latter two may end in ":THREADS" of a block.
  std::string target = "cpu";
  /// The GPU that kernels are made for, as NVIDIA names it ("sm_90a"); empty:
  /// the one that is there, emulated "sm_80".
  std::string chip = "";
  /// Whether a GPU's tensor cores multiply f32 factors rounded to 10 bits of
  /// fraction (tf32), but for what is prepared of weights. Not for the CPU.
  bool tf32 = false;
  /// Threads to compile and run with; 0: as many as affinity and the cgroup's
  /// quota allow.
  unsigned threads = 0;
  /// Where compiled kernels are kept; nothing: $TENON_CACHE, else
  /// ~/.cache/tenon; an empty path: nowhere.
  std::optional<std::filesystem::path> cacheDirectory;
  /// Sizes for the model's named dimensions ("batch", or "input.0" for axis 0
  /// of an input).
  std::map<std::string, int64_t> dims;
  /// What a decoder's folder keeps in its caches: Float32, Float16, BFloat16,
  /// or Int8 with scales beside it; nothing: the type of its weights.
  std::optional<DataType> cacheType;
  /// Which part of a diffusers autoencoder: "decoder" or "encoder"; empty: the
  /// decoder. Of a UNet or a ControlNet "controlled": with inputs for what a
  /// ControlNet gives.
  std::string part;
  /// LoRA adapters of a Hugging Face folder or an ONNX model, each tensor of
  /// which must fit a weight. Merged, they are added in f32 and rounded once
  /// when the model is loaded. By row, an input "adapters" [batch] of Int64
  /// names for each row the number of its adapter; any other number is the
  /// base.
  AdapterOptions adapters;
  /// The most bytes that the intermediates of a run may take (weights, inputs
  /// and outputs are beside them), on a CPU. Where that is less than they take
  /// otherwise, large ones are formed strip by strip where they are read, some
  /// of them more than once; the results are the same. An Error of the first
  /// run where it is less than can be done with.
  std::optional<uint64_t> memoryLimit;
  /// The function of an .mlir file to run.
  std::string function = "step";
  /// Measures other schedules of each kernel on this machine, with as many
  /// threads, and keeps the fastest in the cache, where later compilations find
  /// it. Of the target "cpu".
  bool tune = false;
  RewriteOptions rewrites;
  /// Told of long work: what, how much done, of how much. Called from the
  /// compiling thread or its workers.
  std::function<void(std::string_view, size_t, size_t)> progress;
  /// Told what is slower than it was asked for: of kernels that the GPU cannot
  /// have and the CPU runs, each with the reason. As progress.
  std::function<void(std::string_view)> note;
};

/// One input or output of a model. A size of -1 is chosen by each run.
struct PortInfo {
  std::string name;
  DataType type = DataType::Float32;
  std::vector<int64_t> shape;
  std::vector<std::string>
      symbols; ///< the names of the free sizes, "" where there is none
  bool optional = false;
  /// A run writes to the input's memory: a cache, which the next run is given
  /// again. The caller owns it and gives it to one run at a time.
  bool updated = false;
};

/// What a compilation took, and what a run keeps in memory.
struct CompileStatistics {
  double importMs = 0, compileMs = 0, loadMs = 0;
  size_t kernels = 0, cacheHits = 0;
  uint64_t weightBytes = 0, residentBytes = 0;
  /// The memory for what lies between inputs and outputs, and the most of it
  /// that is in use at once.
  uint64_t arenaBytes = 0, liveBytes = 0;
};

class Profiler;

/// A call of a model with its memory: run() reads the inputs as they are then,
/// overwrites the outputs and allocates nothing. It keeps the model alive. For
/// one thread at a time.
class TENON_API Call {
public:
  /// An Error is one of the device (of kernels on the CPU there is none).
  Status run();
  /// In the model's order; the same tensors after each run.
  std::span<const Tensor> outputs() const;

private:
  friend class Model;
  struct State;
  std::shared_ptr<State> state;
};

/// A compiled model. Copies share it; run() may be called from several threads
/// at once.
///
/// Code is made for exact shapes. A model whose sizes are free is compiled on
/// the first run with new shapes (and, where an input's value decides a shape,
/// new values), later runs reuse it.
class TENON_API Model {
public:
  const std::vector<PortInfo> &inputs() const;
  const std::vector<PortInfo> &outputs() const;

  /// Inputs by name, in any order; outputs in the model's order. Errors name
  /// the input concerned.
  Result<std::vector<Tensor>> run(std::span<const NamedTensor> inputs) const;
  Result<std::vector<Tensor>>
  run(std::initializer_list<NamedTensor> inputs) const {
    return run(std::span<const NamedTensor>(inputs.begin(), inputs.size()));
  }
  /// As run(), and writes the time of each kernel to `trace` (Chrome's trace
  /// JSON).
  Result<std::vector<Tensor>> profile(std::span<const NamedTensor> inputs,
                                      const std::filesystem::path &trace) const;
  /// A call to be run many times, compiled if need be. Its inputs share their
  /// memory with `inputs`, which the caller changes between runs; an Error
  /// where it is not aligned to its elements. Booleans must be 0 or 1 in each
  /// run. What was compiled for values (a size, an axis) keeps those.
  /// Calls given the same `kept`, which is read here only, share the
  /// inputs that they update on a device with memory of its own (KeptTensors).
  Result<Call> bind(std::span<const NamedTensor> inputs,
                    KeptTensors *kept = nullptr) const;

  /// Compiles for these inputs' shapes ahead of the first run.
  Status prepare(std::span<const NamedTensor> inputs) const;

  /// Puts the adapter of a folder beside those that the model has, or in the
  /// place of the one of this name; a new scale for the same folder is one more
  /// call. Weights that it does not change stay as they are, the others are
  /// prepared again from the base's files. Calls that run meanwhile, and those
  /// that were bound before, end with the adapters they began with. An adapter
  /// that does not fit is an Error, and nothing changes.
  Status setAdapter(const std::string &name,
                    const std::filesystem::path &folder, double scale = 1);
  /// Takes it away: without any, outputs are the base's, bit for bit. An Error
  /// where there is none of this name.
  Status removeAdapter(const std::string &name);
  /// The number by which rows name an adapter that was set, which it has until
  /// it is removed; those of `CompileOptions::adapters` have the first numbers.
  Result<int64_t> adapterNumber(const std::string &name) const;

  /// Zeros for every input that a run updates, free sizes by their names; none
  /// where a size is not among `sizes`.
  Result<std::vector<NamedTensor>>
  createCaches(const std::map<std::string, int64_t> &sizes) const;

  /// Of the latest compilation.
  CompileStatistics statistics() const;
  /// Threads that a run uses.
  unsigned threads() const;

private:
  friend TENON_API Result<Model> compile(const std::filesystem::path &model,
                                         const CompileOptions &options);
  struct State;
  std::shared_ptr<State> state;
};

/// Reads an ONNX file, a Hugging Face folder or an .mlir file and, where its
/// sizes are known, compiles it.
TENON_API Result<Model> compile(const std::filesystem::path &model,
                                const CompileOptions &options = {});

/// What keeping a weight in few bits changes of it: the root mean square of the
/// changes over that of the weight, the largest change over the largest
/// magnitude.
struct WeightError {
  std::string weight; ///< the name of its tensor
  double meanSquare = 0, largest = 0;
};

/// Of each weight that a compilation with `options.rewrites.quantization` keeps
/// in few bits, computed from the model's files. Sizes that are free are those
/// of `options.dims`, of a folder else 1.
TENON_API Result<std::vector<WeightError>>
measureQuantization(const std::filesystem::path &model,
                    const CompileOptions &options);

/// What rounding to 16 bits eats of merged adapters: the root mean square of
/// what it changes over that of what they add, and the share of the elements in
/// which nothing of it is left.
struct MergeLoss {
  std::string weight;
  double meanSquare = 0, gone = 0;
};

/// Of each weight of 16 bits that `options.adapters` change; as
/// measureQuantization().
TENON_API Result<std::vector<MergeLoss>>
measureMerging(const std::filesystem::path &model,
               const CompileOptions &options);

/// Reads tensors from an .npy, .npz, .safetensors or TensorProto .pb file;
/// writes .npy, .npz and .safetensors.
TENON_API Result<std::vector<NamedTensor>>
loadTensors(const std::filesystem::path &file);
TENON_API Status saveTensors(const std::filesystem::path &file,
                             std::span<const NamedTensor> tensors);

} // namespace tenon

#endif // TENON_TENON_H
