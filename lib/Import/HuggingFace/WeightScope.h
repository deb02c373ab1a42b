//===- WeightScope.h - Weights as the builders ask for them ---------------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_WEIGHTSCOPE_H
#define TENON_LIB_IMPORT_HUGGINGFACE_WEIGHTSCOPE_H

#include "AdapterSet.h"

#include "tenon/IR/ElementTypes.h"
#include "tenon/IR/TenonOps.h"
#include "tenon/RewriteOptions.h"

namespace tenon::hugging_face {

/// Makes `tenon.weight` ops under the names that a model's code uses. A folder
/// may put one prefix before all names (`bert.`), or keep old names for some
/// parts. The first complaint is kept: what is built after it is thrown away by
/// whoever asks `status`.
class WeightScope {
public:
  /// The prefix is the one of none and `otherPrefix` under which `probe` is
  /// found; its element type is the one that all weights must have.
  static Result<WeightScope> open(SafetensorsIndex index,
                                  llvm::StringRef otherPrefix,
                                  llvm::StringRef probe);

  /// Whether the folder puts the other prefix before its names.
  bool isPrefixed() const { return !prefix.empty(); }
  bool has(const std::string &name) const { return find(name) != nullptr; }
  /// With what adapters change of it; they know it as `adaptedAs` where that is
  /// not the name itself.
  mlir::Value get(mlir::OpBuilder &builder, mlir::Location loc,
                  const std::string &name, llvm::ArrayRef<int64_t> shape,
                  llvm::StringRef adaptedAs = {});
  /// A linear layer of the weight `name`.weight [out, in] and, where it has
  /// one, the bias `name`.bias; likewise.
  mlir::Value linear(mlir::OpBuilder &builder, mlir::Location loc,
                     mlir::Value input, const std::string &name,
                     llvm::ArrayRef<int64_t> shape, bool isBiased,
                     llvm::StringRef adaptedAs = {});

  /// A weight of f32, f16 or bf16, whatever the others are.
  mlir::Value getOfOwnType(mlir::OpBuilder &builder, mlir::Location loc,
                           const std::string &name,
                           llvm::ArrayRef<int64_t> shape);

  /// What the model computes in.
  DataType type() const { return widens ? DataType::Float32 : elementType; }
  /// Weights of 16 bits are given as f32 from now on.
  void widen() { widens = true; }
  /// Opens adapters, whose changes all weights have from now on.
  Status attach(const AdapterOptions &options);
  /// Where adapters go by rows, the one of each row of the batch [batch].
  void setAdapterRows(mlir::Value rows) { adapters->setRows(rows); }
  /// The first complaint, or in the end what of an adapter was used by nothing.
  Status status() const;
  Status finish() const;

private:
  WeightScope(SafetensorsIndex index) : index(std::move(index)) {}
  const StoredTensor *find(const std::string &name) const;
  /// The names under which adapters may know a module.
  std::vector<std::string> namesOf(llvm::StringRef module) const;
  mlir::Value create(mlir::OpBuilder &builder, mlir::Location loc,
                     const std::string &name, llvm::ArrayRef<int64_t> shape,
                     DataType type);
  void complain(const std::string &message);

  SafetensorsIndex index;
  std::string prefix, otherPrefix;
  std::optional<AdapterSet> adapters;
  DataType elementType = DataType::Float32;
  bool widens = false;
  std::optional<Error> first;
};

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_WEIGHTSCOPE_H
