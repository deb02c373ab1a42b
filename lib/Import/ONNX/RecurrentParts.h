//===- RecurrentParts.h - The operands of a recurrent layer ---------------===//

#ifndef TENON_LIB_IMPORT_ONNX_RECURRENTPARTS_H
#define TENON_LIB_IMPORT_ONNX_RECURRENTPARTS_H

#include "Expressions.h"

namespace tenon::onnx_import {

/// An activation with its parameters.
struct Activation {
  std::string name; ///< in lower case
  std::optional<double> alpha, beta;
};

struct RecurrentState {
  mlir::Value hidden, cell; ///< [batch, hidden]; cell of an LSTM
};

struct RecurrentDirection {
  bool isReverse = false;
  int64_t gates = 1;
  mlir::Value weight;        ///< [gates hidden, input]
  mlir::Value recurrence;    ///< [gates hidden, hidden]
  mlir::Value inputBias;     ///< [gates hidden], or null
  mlir::Value recurrentBias; ///< likewise
  mlir::Value peephole;      ///< [3 hidden], or null
  RecurrentState initial;
  llvm::SmallVector<Activation> activations;
};

/// All values with elements of f32, or of f64 where the input has.
struct RecurrentLayer {
  mlir::Value input;   ///< [length, batch, input]
  mlir::Value lengths; ///< [batch] of i64, or null where all are full
  int64_t length = 0, batch = 0, hidden = 0;
  bool batchFirst = false;
  std::optional<double> clip;
  llvm::SmallVector<RecurrentDirection> directions;
};

/// What tells the three operators apart.
struct RecurrentKind {
  int64_t gates;
  llvm::SmallVector<llvm::StringRef> activations; ///< default of a direction
};

mlir::FailureOr<RecurrentLayer> readRecurrentLayer(const Node &node,
                                                   const RecurrentKind &kind);

mlir::Value applyActivation(const TensorMath &math,
                            const Activation &activation, mlir::Value value);

/// [batch, 1] of i1: whether step `time` lies inside each sequence.
mlir::Value isBefore(const TensorMath &math, int64_t time, mlir::Value lengths);

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_RECURRENTPARTS_H
