//===- SumOfProducts.h - What a sum multiplies ----------------------------===//

#ifndef TENON_CODEGEN_GPU_SUMOFPRODUCTS_H
#define TENON_CODEGEN_GPU_SUMOFPRODUCTS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace tenon {

/// The largest of an op's inputs: it has the most loops' worth of elements.
mlir::OpOperand &largestInput(mlir::linalg::LinalgOp op,
                              llvm::ArrayRef<mlir::OpOperand *> inputs);

/// One of the two numbers that a sum's body multiplies: an input's element, or
/// computed of several inputs' (a weight of few bits of its integers and
/// scales).
struct ProductFactor {
  llvm::SmallVector<mlir::OpOperand *> inputs;
  mlir::Value number; ///< what is multiplied, in the body
  /// The input's element type where the number is its element, perhaps widened
  /// to f32; null where it is computed. Of bytes, which are widened to i32, one
  /// with a sign or without.
  mlir::Type element;

  /// Whether the input holds numbers of `type` as they are multiplied.
  bool holds(mlir::Type type) const {
    return element == type ||
           (element && element.isInteger(8) && type.isInteger(8));
  }
  bool isFunctionOf(mlir::linalg::LinalgOp op, unsigned loop) const;
  mlir::OpOperand &largestInput(mlir::linalg::LinalgOp op) const {
    return tenon::largestInput(op, inputs);
  }
};

/// The factors of acc + left * right in f32, or of bytes in i32, the left one
/// being that which reads the first input. They have no input in common.
struct SumOfProducts {
  ProductFactor left, right;

  /// The type of 16 bits in which tensor cores can have both factors: that of
  /// both, or of the one that is not computed; null where there is none.
  mlir::FloatType narrowElement() const;
  bool areBytes() const { return left.element && left.element.isInteger(8); }
  /// The type of which tensor cores take both: of 16 bits, i8, or with
  /// `usesTf32` f32; null where they do not.
  mlir::Type tensorElement(bool usesTf32) const;
};

mlir::FailureOr<SumOfProducts> matchSumOfProducts(mlir::linalg::LinalgOp op);

} // namespace tenon

#endif // TENON_CODEGEN_GPU_SUMOFPRODUCTS_H
