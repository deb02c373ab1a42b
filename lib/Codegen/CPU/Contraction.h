//===- Contraction.h - A sum of products as strides -----------------------===//
//
// A linalg op on memrefs of the form acc + f(a) * g(b), of floats or of i32,
// every access of which is linear in the loop indices: it is then known by one
// stride for each operand and loop. f and g turn an element into a factor: they
// widen a float, or make one of (some bits of) an integer.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_CODEGEN_CPU_CONTRACTION_H
#define TENON_LIB_CODEGEN_CPU_CONTRACTION_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace tenon {

/// An operand's memory, addressed by a single index.
struct StridedOperand {
  mlir::Value memref;
  mlir::Type elementType;
  llvm::SmallVector<int64_t>
      strides;        ///< elements from one iteration of each loop to the next
  int64_t offset = 0; ///< of iteration 0 from the memref's first element
  /// What makes a factor of an element, in order: casts and integer operations
  /// with constants, each on the result of the one before.
  llvm::SmallVector<mlir::Operation *, 2> conversions;
  mlir::Value start; ///< index, added to every address; may be null
};

struct Contraction {
  mlir::linalg::LinalgOp op;
  StridedOperand lhs, rhs, result;
  llvm::SmallVector<int64_t> parallel, reduction; ///< loop numbers
  llvm::SmallVector<int64_t> sizes;               ///< kDynamic where not known

  mlir::Type accumulatorType() const { return result.elementType; }
};

/// `op` as a contraction, or why it is none.
mlir::FailureOr<Contraction> matchContraction(mlir::linalg::LinalgOp op);

/// The op before `op` that fills its result with zeros, if nothing between them
/// touches memory and `op` writes all of it; else null.
mlir::linalg::FillOp zeroBefore(mlir::linalg::LinalgOp op);

/// How a contraction is vectorised. Loop numbers; -1 where there is none.
struct ContractionForm {
  /// Outer: `vectorLoop` is an axis of the result that `rhs` shares. Inner: a
  /// summed axis both share. Window: an axis of the result that both share, or
  /// `lhs` alone.
  enum class Kind { Outer, Inner, Window };
  Kind kind = Kind::Outer;
  int64_t vectorLoop = -1;
  int64_t rowLoop = -1; ///< unrolled
  /// Unrolled too. Outer: an axis of the result along which `rhs` has other
  /// vectors, where the vector loop has one for a tile at most.
  int64_t columnLoop = -1;
  /// Window: a summed axis along which rows read what their neighbours read.
  int64_t tapLoop = -1;
  bool swapped = false; ///< lhs and rhs change places
};

/// The form to use, or nothing where neither is possible.
std::optional<ContractionForm> chooseForm(const Contraction &contraction,
                                          int64_t lanes);

} // namespace tenon

#endif // TENON_LIB_CODEGEN_CPU_CONTRACTION_H
