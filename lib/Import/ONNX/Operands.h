//===- Operands.h - Operands that broadcast together, and arithmetic on them -//

#ifndef TENON_LIB_IMPORT_ONNX_OPERANDS_H
#define TENON_LIB_IMPORT_ONNX_OPERANDS_H

#include "NodeImporter.h"

namespace tenon::onnx_import {

/// The given inputs from `first` on, broadcast to their common shape.
struct Broadcast {
  llvm::SmallVector<OnnxValue> values;
  llvm::SmallVector<int64_t> shape;

  mlir::Value operator[](size_t i) const { return values[i].value; }
  DataType type() const { return values[0].type; }
};
/// Fails where the shapes do not broadcast, an input is missing, or the element
/// types differ (they may with `mixed`).
mlir::FailureOr<Broadcast> broadcastInputs(const Node &node, size_t first,
                                           size_t count, bool mixed = false);

/// Fails where the node has fewer inputs; handlers read input(i) after this.
mlir::LogicalResult requireInputs(const Node &node, size_t count);

/// Arithmetic on tensors of one shape and type.
class Arithmetic {
public:
  Arithmetic(mlir::OpBuilder &builder, mlir::Location loc, DataType type)
      : builder(builder), loc(loc), type(type) {}
  Arithmetic(const Node &node, DataType type)
      : Arithmetic(node.builder, node.loc, type) {}

  mlir::Value constant(mlir::Value like, double value) const;
  mlir::Value integer(mlir::Value like, int64_t value) const;
  mlir::Value add(mlir::Value a, mlir::Value b) const;
  mlir::Value sub(mlir::Value a, mlir::Value b) const;
  mlir::Value mul(mlir::Value a, mlir::Value b) const;
  /// Integer division truncates; by zero it gives 0.
  mlir::Value div(mlir::Value a, mlir::Value b) const;
  /// The remainder of div, with the sign of `a`; by zero 0 for integers.
  mlir::Value rem(mlir::Value a, mlir::Value b) const;
  mlir::Value max(mlir::Value a, mlir::Value b) const;
  mlir::Value min(mlir::Value a, mlir::Value b) const;
  mlir::Value neg(mlir::Value a) const;
  mlir::Value less(mlir::Value a, mlir::Value b) const;
  mlir::Value lessOrEqual(mlir::Value a, mlir::Value b) const;
  mlir::Value equal(mlir::Value a, mlir::Value b) const;
  mlir::Value notEqual(mlir::Value a, mlir::Value b) const;
  mlir::Value select(mlir::Value condition, mlir::Value a, mlir::Value b) const;

  mlir::OpBuilder &builder;
  mlir::Location loc;
  DataType type;

private:
  bool real() const { return isFloat(type); }
  bool natural() const { return isUnsigned(type) || type == DataType::Bool; }
};

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_OPERANDS_H
