//===- Expressions.h - Tensor and scalar arithmetic at a node -------------===//
//
// What importers write formulas with where an operator has no op of its own.
// The operands' shapes are the importer's business: they are checked before.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_ONNX_EXPRESSIONS_H
#define TENON_LIB_IMPORT_ONNX_EXPRESSIONS_H

#include "Axes.h"
#include "Operands.h"

namespace tenon::onnx_import {

using mlir::tenon::elementTypeOf;
using mlir::tenon::shapeOf;
/// f64 for f64, f32 for every other float: what sums are formed in.
mlir::Type accumulatorOf(mlir::Type element);
bool isFloatValue(const OnnxValue &value);

/// `handler`, called only for a node with its first `count` inputs.
template <size_t count, NodeHandler handler>
mlir::LogicalResult withInputs(Node &node) {
  if (mlir::failed(requireInputs(node, count)))
    return mlir::failure();
  return handler(node);
}

/// Arithmetic on tensors with NumPy's broadcasting.
class TensorMath {
public:
  explicit TensorMath(const Node &node)
      : builder(node.builder), loc(node.loc) {}

  mlir::Value add(mlir::Value a, mlir::Value b) const;
  mlir::Value sub(mlir::Value a, mlir::Value b) const;
  mlir::Value mul(mlir::Value a, mlir::Value b) const;
  mlir::Value div(mlir::Value a, mlir::Value b) const; ///< floats
  mlir::Value add(mlir::Value a, double b) const;
  mlir::Value mul(mlir::Value a, double b) const;
  /// `a` held to the range from `low` to `high`; floats.
  mlir::Value clamp(mlir::Value a, double low, double high) const;
  mlir::Value select(mlir::Value condition, mlir::Value a, mlir::Value b) const;
  /// A tensor like `a` full of `value`.
  mlir::Value like(mlir::Value a, double value) const;

  template <typename Op> mlir::Value unary(mlir::Value a) const {
    return Op::create(builder, loc, a);
  }
  mlir::Value activation(mlir::tenon::ActivationKind kind, mlir::Value a,
                         std::optional<double> alpha = {},
                         std::optional<double> beta = {}) const;

  /// `a` with elements of `element`, read as signed.
  mlir::Value convert(mlir::Value a, mlir::Type element) const;
  mlir::Value reshape(mlir::Value a, llvm::ArrayRef<int64_t> shape) const;
  mlir::Value transpose(mlir::Value a,
                        llvm::ArrayRef<int64_t> permutation) const;
  mlir::Value broadcast(mlir::Value a, llvm::ArrayRef<int64_t> shape) const;
  /// `size` elements from `start` on along `axis`.
  mlir::Value slice(mlir::Value a, int64_t axis, int64_t start,
                    int64_t size) const;
  mlir::Value concat(llvm::ArrayRef<mlir::Value> values, int64_t axis) const;
  mlir::Value matmul(mlir::Value a, mlir::Value b, bool transposeA = false,
                     bool transposeB = false) const;
  mlir::Value reduce(mlir::tenon::ReductionKind kind, mlir::Value a,
                     llvm::ArrayRef<int64_t> axes, bool keepDims) const;

  mlir::OpBuilder &builder;
  mlir::Location loc;

private:
  template <typename FloatOp, typename IntOp>
  mlir::Value binary(mlir::Value a, mlir::Value b) const;
};

/// Arithmetic on the scalars inside a loop body: floats of one type, and
/// indices.
class ScalarMath {
public:
  ScalarMath(mlir::OpBuilder &builder, mlir::Location loc, mlir::Type type)
      : builder(builder), loc(loc), type(type) {}

  mlir::Value number(double value) const;
  mlir::Value index(int64_t value) const;
  mlir::Value add(mlir::Value a, mlir::Value b) const;
  mlir::Value sub(mlir::Value a, mlir::Value b) const;
  mlir::Value mul(mlir::Value a, mlir::Value b) const;
  mlir::Value div(mlir::Value a, mlir::Value b) const; ///< floats
  mlir::Value max(mlir::Value a, mlir::Value b) const;
  mlir::Value min(mlir::Value a, mlir::Value b) const;
  mlir::Value floor(mlir::Value a) const;
  mlir::Value ceil(mlir::Value a) const;
  mlir::Value select(mlir::Value condition, mlir::Value a, mlir::Value b) const;
  mlir::Value both(mlir::Value a, mlir::Value b) const; ///< of two conditions
  mlir::Value less(mlir::Value a, mlir::Value b) const;
  mlir::Value lessOrEqual(mlir::Value a, mlir::Value b) const;
  /// The index of a whole number; a huge number or NaN is held to a range that
  /// index arithmetic bears.
  mlir::Value toIndex(mlir::Value number) const;
  mlir::Value toNumber(mlir::Value index) const;
  /// An element of `tensor`, converted to the type of numbers.
  mlir::Value read(mlir::Value tensor,
                   llvm::ArrayRef<mlir::Value> indices) const;
  /// An integer element of `tensor` as an index.
  mlir::Value readIndex(mlir::Value tensor,
                        llvm::ArrayRef<mlir::Value> indices) const;

  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::Type type;
};

/// A tensor of `shape` whose element at each place `body` computes, in
/// accumulatorOf(element), rounded once.
mlir::Value computeElements(
    const Node &node, llvm::ArrayRef<int64_t> shape, mlir::Type element,
    llvm::function_ref<mlir::Value(const ScalarMath &, mlir::ValueRange)> body);

/// A constant of `type` with `values`, each rounded to it.
Tensor tensorOf(DataType type, llvm::ArrayRef<int64_t> shape,
                llvm::ArrayRef<double> values);
/// The same in the IR, f64 for f64 elements and f32 for others.
mlir::Value tableOf(const Node &node, mlir::Type element,
                    llvm::ArrayRef<int64_t> shape,
                    llvm::ArrayRef<double> values);

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_EXPRESSIONS_H
