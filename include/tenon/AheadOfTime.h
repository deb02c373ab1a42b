//===- AheadOfTime.h - Compile models to object files ---------------------===//

#ifndef TENON_AHEADOFTIME_H
#define TENON_AHEADOFTIME_H

#include "tenon/Tenon.h"

namespace tenon {

struct AheadOfTimeOptions {
  /// A shared library for CompiledModel::open and tenon-run, or an object file
  /// to link into a program.
  bool sharedLibrary = true;
  /// Of the machine that the file is for: "x86_64-linux-gnu" or
  /// "aarch64-linux-gnu"; empty: this one.
  std::string triple;
  /// Of a CPU: which to make code for, by LLVM's names, from the least to the
  /// greatest ("x86-64-v2", "x86-64-v3", "x86-64-v4"); "native" is the one that
  /// this runs on. When a model is opened the last is taken whose instructions
  /// the processor has. Empty: "native", or "generic" of another architecture.
  /// Beside code for a GPU, at most one.
  std::vector<std::string> processors;
  /// Of an object file: the name of the CompiledObject in it.
  std::string symbol = "tenon_model";
  /// What the model is compiled for, one or more times.
  struct Variant {
    /// Sizes of named dimensions, beside those of CompileOptions::dims.
    std::map<std::string, int64_t> dims;
    /// Inputs of the shapes, and of the values where these decide shapes.
    std::vector<NamedTensor> inputs;
  };
  std::vector<Variant> variants = {{}};
};

/// Compiles a model to `output`, and writes its weights, prepared, beside it
/// with the extension ".weights". Options' target is "cpu", or "cuda" or
/// "nvptx" for PTX of its `chip`. Adapters are merged. Needs a linker, `ld` or
/// `ld.lld`, which for another architecture has to be `ld.lld` or the linker of
/// that architecture's tools.
TENON_API Status compileAheadOfTime(const std::filesystem::path &model,
                                    const CompileOptions &options,
                                    const AheadOfTimeOptions &ahead,
                                    const std::filesystem::path &output);

} // namespace tenon

#endif // TENON_AHEADOFTIME_H
