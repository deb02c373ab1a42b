//===- GraphValue.h - What a name of an ONNX graph stands for -------------===//

#ifndef TENON_LIB_IMPORT_ONNX_GRAPHVALUE_H
#define TENON_LIB_IMPORT_ONNX_GRAPHVALUE_H

#include "ModelFile.h"
#include "NodeImporter.h"

namespace tenon::onnx_import {

struct GraphValue;
using ValueRef = std::shared_ptr<GraphValue>;

/// A tensor; or a sequence or an optional, which exist at import only: both are
/// lists of values, an optional's holds at most one. In a function's body a
/// name can also stand for an input that the caller leaves out.
struct GraphValue {
  enum class Kind { Tensor, Sequence, Optional, Absent };

  Kind kind = Kind::Tensor;
  std::string name;

  /// `tensor.value` is null until something uses the tensor; then a constant or
  /// a weight is made from `tensor.constant` or `stored`.
  OnnxValue tensor;
  std::optional<StoredTensor> stored;

  /// Of a sequence: its element type and its elements. Of an optional: none or
  /// one.
  std::vector<ValueRef> elements;

  /// Whether the contents are part of the model file.
  bool isConstant() const { return tensor.constant || stored; }
  int64_t elementCount() const;

  static ValueRef constant(Tensor contents);
  static ValueRef computed(mlir::Value value, DataType type);
  static ValueRef list(Kind kind, std::vector<ValueRef> elements);
};

/// The names that nodes see: those of a graph, then those around it.
class Scope {
public:
  explicit Scope(const Scope *outer) : outer(outer) {
    if (!outer)
      return;
    opsets = outer->opsets;
    attributes = outer->attributes;
    functions = outer->functions;
    prefix = outer->prefix;
  }

  /// Null where nothing defines the name (yet).
  ValueRef lookup(llvm::StringRef name) const {
    for (const Scope *scope = this; scope; scope = scope->outer)
      if (auto it = scope->values.find(name); it != scope->values.end())
        return it->second;
    return nullptr;
  }
  /// False where the graph itself defines the name already.
  bool define(llvm::StringRef name, ValueRef value) {
    return values.try_emplace(name, std::move(value)).second;
  }

  /// Version by domain ("" for ai.onnx).
  std::shared_ptr<const llvm::StringMap<int64_t>> opsets;
  /// In a function's body: the caller's attributes and the defaults.
  std::shared_ptr<const llvm::StringMap<const onnx::AttributeProto *>>
      attributes;
  /// Functions whose bodies this scope lies in.
  std::vector<const onnx::FunctionProto *> functions;
  /// Goes before the names of nodes: the calls that led here.
  std::string prefix;

private:
  const Scope *outer;
  llvm::StringMap<ValueRef> values;
};

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_GRAPHVALUE_H
