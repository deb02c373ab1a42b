//===- Contents.h - The elements of a tensor, widened ---------------------===//

#ifndef TENON_LIB_IMPORT_ONNX_CONTENTS_H
#define TENON_LIB_IMPORT_ONNX_CONTENTS_H

#include "tenon/Runtime/Tensor.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

namespace tenon::onnx_import {

/// The elements of a tensor in row-major order: integers (sign-extended, a
/// boolean as 0 or 1) in `ints`, floats in `floats`, each a value that the
/// element type has.
struct Contents {
  llvm::SmallVector<int64_t> shape;
  mlir::Type element;
  std::vector<int64_t> ints;
  std::vector<double> floats;

  Contents() = default;
  /// All zero.
  Contents(llvm::ArrayRef<int64_t> shape, mlir::Type element);

  bool isFloat() const { return mlir::isa<mlir::FloatType>(element); }
  size_t size() const { return isFloat() ? floats.size() : ints.size(); }
  /// Element `i` becomes element `j` of `from`, of the same kind.
  void copy(size_t i, const Contents &from, size_t j);
  /// Stores with rounding to the element type.
  void set(size_t i, double value);
  /// Stores the low bits.
  void set(size_t i, int64_t value);
  /// Zero-extended.
  uint64_t unsignedAt(size_t i) const;
  unsigned width() const { return element.getIntOrFloatBitWidth(); }

  static std::optional<Contents> fromTensor(const Tensor &tensor,
                                            mlir::RankedTensorType type);
  static std::optional<Contents> fromAttribute(mlir::Attribute attribute);
  Tensor toTensor(DataType type) const;
};

/// Row-major strides.
llvm::SmallVector<int64_t> stridesOf(llvm::ArrayRef<int64_t> shape);

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_CONTENTS_H
