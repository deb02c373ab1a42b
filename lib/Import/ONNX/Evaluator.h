//===- Evaluator.h - What values of the program are known to hold ---------===//
//
// Shape arithmetic is imported like everything else and evaluated where an
// operator needs its result. The imported ops have ONNX's rules behind them
// already, so there is one place for each rule; those that went into shapes
// alone die when the import ends.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_ONNX_EVALUATOR_H
#define TENON_LIB_IMPORT_ONNX_EVALUATOR_H

#include "Contents.h"

#include "mlir/IR/Operation.h"
#include "mlir/IR/Value.h"

#include <set>

namespace tenon::onnx_import {

class Evaluator {
public:
  struct Outcome {
    std::optional<Contents> contents;
    /// The arguments whose assumed values the contents follow from.
    std::set<unsigned> arguments;
    /// Where there are no contents: an argument whose value was not given.
    std::optional<unsigned> missingArgument;
  };

  /// Takes `contents` for the value of an argument.
  void assume(mlir::BlockArgument argument, const Tensor &contents);
  /// What `value` holds. The outcome stays valid until the next call.
  const Outcome &evaluate(mlir::Value value);

private:
  Outcome evaluateArgument(mlir::BlockArgument argument) const;
  void evaluateOp(mlir::Operation *op);

  std::map<unsigned, Tensor> assumed;
  llvm::DenseMap<mlir::Value, Outcome> outcomes;
};

/// The results of one op, for the kinds of ops each knows; nothing for others.
using Operands = llvm::ArrayRef<const Contents *>;
using Results = std::optional<std::vector<Contents>>;
Results evaluateArithmetic(mlir::Operation *op, Operands operands);
Results evaluateMovement(mlir::Operation *op, Operands operands);
Results evaluateReduction(mlir::Operation *op, Operands operands);

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_EVALUATOR_H
