//===- WeightScope.h - Weights as the builders ask for them ---------------===//

#ifndef TENON_LIB_IMPORT_HUGGINGFACE_WEIGHTSCOPE_H
#define TENON_LIB_IMPORT_HUGGINGFACE_WEIGHTSCOPE_H

#include "SafetensorsIndex.h"

#include "tenon/IR/ElementTypes.h"
#include "tenon/IR/TenonOps.h"

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
  mlir::Value get(mlir::OpBuilder &builder, mlir::Location loc,
                  const std::string &name, llvm::ArrayRef<int64_t> shape);

  /// A weight of f32, f16 or bf16, whatever the others are.
  mlir::Value getOfOwnType(mlir::OpBuilder &builder, mlir::Location loc,
                           const std::string &name,
                           llvm::ArrayRef<int64_t> shape);

  DataType type() const { return elementType; }
  Status status() const;

private:
  WeightScope(SafetensorsIndex index) : index(std::move(index)) {}
  const StoredTensor *find(const std::string &name) const;
  mlir::Value create(mlir::OpBuilder &builder, mlir::Location loc,
                     const std::string &name, llvm::ArrayRef<int64_t> shape,
                     DataType type);
  void complain(const std::string &message);

  SafetensorsIndex index;
  std::string prefix;
  DataType elementType = DataType::Float32;
  std::optional<Error> first;
};

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_HUGGINGFACE_WEIGHTSCOPE_H
